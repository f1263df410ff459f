"""The words of a sentence that mean a base or standing troops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.claims.reading import Reading
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words

SITES = frozenset({"base", "camp", "facility"})
TROOPS = frozenset({"presence", "troop-force", "troops"})
CIVIL = words("civil-aviation")


class Site(NamedTuple):
    """A base or troops at tokens `first:last`; the lexicon's base, if it is named."""

    first: int
    last: int
    cue: str
    pronoun: str
    base: str | None
    several: bool = False


def sites(reading: Reading) -> Iterator[Site]:
    """Find the bases and standing troops that a sentence names, each once."""
    taken: set[int] = set()
    named = [m for m in reading.mentions if m.via == "base"]
    for mention in named:
        first = mention.first - 1 if reading.has(mention.first - 1, mention.first, *SITES) else mention.first
        taken |= set(range(first, mention.last))
        yield Site(first, mention.last, "base", "", mention.target)
    for cue in sorted(reading.cues, key=lambda c: (c.first, -c.last)):
        if cue.first in taken or not _is_site(reading, cue):
            continue
        taken |= set(range(cue.first, cue.last))
        yield Site(
            cue.first, cue.last, cue.cue, cue.sense.pronoun, None, cue.sense.number == "pl" and cue.cue == "base"
        )


def _is_site(reading: Reading, cue: Cue) -> bool:
    """Tell whether a word is a base or troops here: also an airfield that an army runs, aircraft that are stationed."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    if cue.cue == "port":
        run = reading.has(clause.first, cue.first, "operate", "build", "host")
        return run and reading.has(cue.last, cue.last + 2, "m-military")
    if cue.cue in ("weapon", "aircraft", "battery"):
        return reading.has(clause.first, cue.first, "station") and owned_after(reading, cue.last)
    if cue.cue not in SITES | TROOPS or not _military(reading, cue):
        return False
    return not reading.says(clause.first, clause.last, CIVIL)


def owned_after(reading: Reading, i: int) -> bool:
    """Tell whether a nisba or a name stands right after token i."""
    return any(0 <= m.first - i <= 2 and m.via in ("nisba", "name", "seat") for m in reading.mentions)


def _military(reading: Reading, cue: Cue) -> bool:
    """Tell whether a presence is of soldiers («الوجود العسكري», «وجود قوات»), and a facility one of theirs."""
    if cue.sense.pos == "word" or cue.cue not in ("presence", "facility", "camp"):
        return True
    return (
        reading.has(cue.last, cue.last + 3, "m-military", "troop-force", "troops")
        or cue.cue == "camp"
        or (
            cue.cue == "facility"
            and any(reading.norm(k).removeprefix("ال") in ("جويه", "بحريه") for k in range(cue.last, cue.last + 2))
        )
    )
