"""The side of an arrangement that its own phrase does not name: by what its clause, its sentence or the title name."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.kinds import INSTRUMENT_KINDS
from kg.claims.parties import groups_in, is_location, is_organization, unique
from kg.claims.reading import Reading
from kg.lexicon import StateRow, load

# What is told as a fact of its sides; wishes and hypotheses name others too.
TOLD = frozenset({"signed", "ratified", "in-force", "suspended", "terminated"})
AGAINST = ("ضد", "سوى", "مثل", "بوصف", "رعاية", "قرب", "خارج", "بعد", "قبل", "رغم", "بسبب")


def complete(draft: Draft, reading: Reading, discourse: Discourse) -> None:
    """Give an arrangement of fewer than two sides those that can only be meant, if there is just one way to do so.

    Where a clause names two states and no more, it is about those two; where a sentence names one, the other is the one
    that the title is about («بريطانيا التي لم ترحل» above «كانت معاهدة التحالف مع العراق …»).
    """
    if draft.kind not in INSTRUMENT_KINDS or len(draft.scored) > 1 or any(map(is_organization, draft.sides)):
        return
    for actors, rule in _candidates(draft, reading, discourse):
        sides = unique(draft.sides, actors)
        if len(sides) == 2:
            draft.parties |= {a: draft.parties.get(a, "party") for a in sides}
            draft.rules.append(rule)
            return
        if len(sides) > 2:
            return


def _candidates(draft: Draft, reading: Reading, discourse: Discourse) -> Iterator[tuple[tuple[str, ...], str]]:
    clause = reading.clauses[reading.clause_of(draft.at)]
    if draft.explicit and draft.scored and draft.status in TOLD and draft.head != "m-mutual":
        yield _states(reading, clause.first, clause.last), "its clause names no other states"
    if draft.explicit and reading.sentence.kind != "heading":
        here = _states(reading, 0, len(reading.tokens))
        named = unique(draft.sides, discourse.title)
        yield unique(here, discourse.title) if len(named) == 2 else (), "whom the document's title is about takes part"


def _states(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """Give the states that tokens `first:last` name as actors, each once: not as places, opponents or examples."""
    found = [g for g in groups_in(reading, first, last) if g.prep not in AGAINST and not is_location(g)]
    return tuple(a for a in unique(*(g.actors for g in found)) if isinstance(load().actors.get(a), StateRow))
