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
    unique,
    with_prep,
)
from kg.claims.reading import Reading
from kg.claims.scopes import scope
from kg.claims.sides import collective
from kg.claims.status import judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words


def continued(reading: Reading, found: list[Head], discourse: Discourse) -> Iterator[Draft]:
    """Read clauses that go on about an arrangement without naming it: «سقطت عام 1961», «وقّعتها القاهرة ودمشق»."""
    for clause in reading.clauses:
        if any(clause.first <= h.first < clause.last for h in found):
            continue
        verbs = [
            c
            for c in reading.cues_in(clause.first, min(clause.last, clause.first + 5))
            if (c.cue in CONTINUING and c.sense.pos == "perfect")
            or (c.cue in ("force", "still") and c.sense.pos == "word")
        ]
        if (
            not verbs
            or clause.kind in ("that", "and-that", "relative")
            or reading.has(clause.first, clause.last, *OTHER_TOPICS)
        ):
            continue
        verb = verbs[0]
        back = discourse.pending or discourse.antecedent(INSTRUMENT_KINDS, "اتفاق")
        if back is None or (back.sentence < reading.sentence.index - 1 and back is not discourse.pending):
            continue
        if back is not discourse.pending and clause.first > 0 and clause.kind not in ("coordinate", "contrast"):
            continue
        draft = _about_last(reading, verb, clause.last, back)
        if draft:
            yield draft


CONTINUING = frozenset(
    {"reject", "sign", "ratify", "approve", "end", "dissolve", "suspend", "announce", "build", "force"}
)


OTHER_TOPICS = ("join", "membership", "member", "base", "exercise", "drill", "weapon", "neutrality", "withdraw")


OFFERED = words("offered")


def _about_last(reading: Reading, verb: Cue, end: int, back: Draft) -> Draft | None:
    place = scope(reading, verb.first, verb.last)
    after = [g for g in groups_in(reading, verb.last, end) if not is_location(g)]
    free = [g for g in after if g.prep == "" and not g.is_nisba]
    named = with_prep(after, "بين") or (tuple(a for g in free for a in g.actors) if verb.sense.pronoun else ())
    refused = verb.cue == "reject" and (verb.sense.pronoun or reading.says(verb.last, verb.last + 3, OFFERED))
    if verb.cue == "reject" and not refused:
        return None
    if free and not verb.sense.pronoun and not named and not refused:
        return None
    if len(named) < 2 and len(back.scored) < 2 and not back.organization:
        partners = with_prep(after, "مع")
        named = unique(named, partners)
        alone = named or tuple(back.scored)
        if len(named) < 2 and not (len(alone) == 1 and collective(alone[0])):
            return None
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
