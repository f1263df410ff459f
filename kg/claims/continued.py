"""Clauses that go on about an arrangement without naming it again."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.features import features
from kg.claims.heads import Head
from kg.claims.kinds import INSTRUMENT_KINDS, obliges
from kg.claims.parties import (
    groups_in,
    is_location,
    is_organization,
    unique,
    with_prep,
)
from kg.claims.reading import Clause, Reading
from kg.claims.scopes import scope
from kg.claims.status import judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words

CONTINUING = frozenset(
    {"reject", "sign", "ratify", "approve", "end", "cancel", "dissolve", "suspend", "announce", "build", "force"}
)
OTHER_TOPICS = (
    "join",
    "membership",
    "member",
    "base",
    "exercise",
    "drill",
    "weapon",
    "neutrality",
    "withdraw",
    "mission",
    "troop-force",
)
OFFERED = words("offered")


def continued(reading: Reading, found: list[Head], discourse: Discourse) -> Iterator[Draft]:
    """Read clauses that go on about an arrangement without naming it: «سقطت عام 1961», «وقّعتها القاهرة ودمشق»."""
    for clause in reading.clauses:
        if any(clause.first <= h.first < clause.last for h in found):
            continue
        verb = _verb(reading, clause)
        back = _last(reading, clause, discourse) if verb else None
        draft = _about_last(reading, verb, clause.last, back) if verb and back else None
        if draft:
            yield draft


def _verb(reading: Reading, clause: Clause) -> Cue | None:
    """Give the verb at the head of a clause that can go on about an arrangement, if it is about nothing else."""
    if clause.kind in ("that", "and-that", "relative") or reading.has(clause.first, clause.last, *OTHER_TOPICS):
        return None
    for cue in reading.cues_in(clause.first, min(clause.last, clause.first + 5)):
        in_force = cue.cue in ("force", "still") and cue.sense.pos == "word"
        if in_force or (cue.cue in CONTINUING and cue.sense.pos == "perfect"):
            return cue
    return None


def _last(reading: Reading, clause: Clause, discourse: Discourse) -> Draft | None:
    """Give the arrangement that a clause can go on about: the heading's, or that of this sentence or the one before."""
    if discourse.pending:
        return discourse.pending
    back = discourse.antecedent(INSTRUMENT_KINDS, "اتفاق")
    near = back is not None and back.sentence >= reading.sentence.index - 1
    goes_on = clause.first == 0 or clause.kind in ("coordinate", "contrast")
    return back if near and goes_on else None


def _about_last(reading: Reading, verb: Cue, end: int, back: Draft) -> Draft | None:
    refused = verb.cue == "reject" and (verb.sense.pronoun or reading.says(verb.last, verb.last + 3, OFFERED))
    if verb.cue == "reject" and not refused:
        return None
    named = _named(reading, verb, end, back, refused=bool(refused))
    if named is None:
        return None
    place = scope(reading, verb.first, verb.last)
    verdict = judge(reading, place, "instrument")
    if refused:
        verdict = verdict._replace(status="rejected", rule="the offer is refused", explicit=True)
    if back.head == "treaty" and back.kind in ("defense-cooperation", "alliance") and obliges(reading, verb.last, end):
        back.kind = "mutual-defense-pact"
    draft = back.again(status=verdict.status, certainty=verdict.certainty, dates=verdict.dates)
    if len(named) >= 2 or (named and not back.parties):
        draft.parties = dict.fromkeys(named, "party")
    draft.explicit, draft.at = verdict.explicit, verb.first
    draft.rules += ["goes on about the last arrangement", verdict.rule]
    draft.cues += [reading.words(verb.first, verb.last), *verdict.cues]
    features(reading, place, draft)
    return draft


def _named(reading: Reading, verb: Cue, end: int, back: Draft, *, refused: bool) -> tuple[str, ...] | None:
    """Give the parties that a clause itself names, None where it is about something else or too few are known."""
    after = [g for g in groups_in(reading, verb.last, end) if not is_location(g)]
    free = [g for g in after if g.prep == "" and not g.is_nisba]
    named = with_prep(after, "بين") or (unique(*(g.actors for g in free)) if verb.sense.pronoun else ())
    if free and not verb.sense.pronoun and not named and not refused:
        return None
    if len(named) >= 2 or len(back.scored) >= 2 or back.organization:
        return named
    named = unique(named, with_prep(after, "مع"))
    alone = named or back.sides
    return named if len(named) >= 2 or (len(alone) == 1 and is_organization(alone[0])) else None
