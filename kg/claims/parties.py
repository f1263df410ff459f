"""Who takes part: the groups around a head, by construction and preposition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.claims.discourse import Discourse
from kg.claims.reading import Reading
from kg.mentions import Group

CIRCUMSTANCE = frozenset({"رعاية", "قرب", "رغم", "بسبب", "خارج", "تجاه", "سوى", "ضد", "باسم", "بوصف", "ك", "منذ", "قبل", "بعد", "عن", "نحو"})  # fmt: skip


def groups_in(reading: Reading, first: int, last: int) -> list[Group]:
    """Give the groups that begin in tokens `first:last`."""
    return [g for g in reading.groups if first <= g.mentions[0].first < last]


def with_prep(found: Sequence[Group], *preps: str) -> tuple[str, ...]:
    """Give the actors of the groups under one of these prepositions, in order, each once."""
    return tuple(dict.fromkeys(a for g in found if g.prep in preps for a in g.actors))


def is_location(group: Group) -> bool:
    """Tell whether a group only says where: a capital or a state after في or ب."""
    return group.prep in ("في", "ب") and all(m.via in ("seat", "name", "place", "anaphor") for m in group.mentions)


def subject(reading: Reading, first: int, last: int, head: int, discourse: Discourse) -> tuple[str, ...]:
    """Give the actors who act in tokens `first:last`, whose head noun is at `head`: the nearest free group before it,
    else the first free group right after a verb; else whom the last sentence was about.
    """  # fmt: skip
    free = [g for g in groups_in(reading, first, last) if g.prep == "" and not _only_describes(reading, g, head)]
    before = [g for g in free if g.last <= head]
    if before:
        return before[-1].actors
    return ()


def subject_above(reading: Reading, clause: int, discourse: Discourse) -> tuple[str, ...]:
    """Give the subject of the clauses that this one hangs on, nearest first, then of the discourse."""
    k = clause
    while k >= 0:
        k = reading.clauses[k].parent
        if k >= 0:
            c = reading.clauses[k]
            free = [g for g in groups_in(reading, c.first, c.last) if g.prep == "" and not g.is_nisba]
            if free:
                return free[0].actors
    for c in reversed(reading.clauses[:clause]):
        free = [g for g in groups_in(reading, c.first, c.last) if g.prep == "" and not g.is_nisba]
        if free:
            return free[-1].actors
    return discourse.topic or discourse.subject


ACTING_NOUNS = frozenset({"source", "legislature", "army", "troop-force", "troops", "legislator"})


def _only_describes(reading: Reading, group: Group, head: int) -> bool:
    """Tell whether a group of nisbas describes a thing rather than a body that acts («البرلمان الدنماركي» acts)."""
    if not group.is_nisba:
        return False
    return not any(c.cue in ACTING_NOUNS for c in reading.cues if c.first <= group.head < c.last)


def described_by(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """Give the actors of the nisbas that describe the head noun phrase in tokens `first:last`."""
    return tuple(
        dict.fromkeys(
            a for g in groups_in(reading, first, last) if g.prep == "" and g.is_nisba and first <= g.head for a in g.actors
        )
    )


def unique(*lists: Sequence[str]) -> tuple[str, ...]:
    """Join actor lists, each actor once, in order."""
    return tuple(dict.fromkeys(a for actors in lists for a in actors))


def others(found: Sequence[Group], used: Sequence[str]) -> Iterator[Group]:
    """Give the groups with an actor that is not used yet."""
    return (g for g in found if not set(g.actors) <= set(used))
