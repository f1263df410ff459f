"""Pacts told by a verb and no noun of agreement: guarantees, cooperation."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.effects import negated
from kg.claims.heads import heads
from kg.claims.parties import free_groups, groups_in, is_location, subject_above, unique, with_prep
from kg.claims.reading import FINITE, Reading
from kg.claims.scopes import scope
from kg.claims.status import judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words


def guarantees(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read that one state binds itself to help another: «تعهدت بريطانيا بالدفاع عن السويد إذا تعرضت لهجوم».

    The attack must be named in the sentence («إذا هوجمت»); help in a war that goes on is no guarantee.
    """
    if heads(reading) or not reading.has(0, len(reading.tokens), "attack"):
        return
    for cue in reading.cues:
        helped = _help(reading, cue)
        if helped is None or negated(reading, cue):
            continue
        clause = reading.clause_of(cue.first)
        first, last = reading.clauses[clause].first, reading.clauses[clause].last
        after = [g for g in groups_in(reading, helped.last, last) if g.prep in ("", "gen", "عن", "ل")]
        protected = next((g.actors for g in after if not is_location(g)), ())
        free = unique(*(g.actors for g in free_groups(reading, first, helped.first)))
        acting = free or subject_above(reading, clause, discourse)
        if not protected or not acting or set(protected) & set(acting):
            continue
        verdict = judge(reading, scope(reading, cue.first, cue.last), "instrument")
        draft = verdict.draft("mutual-defense-pact", dict.fromkeys((*acting, *protected), "party"))
        draft.head, draft.at = "verb", cue.first
        draft.provisions.add("collective-defense")
        draft.rules += ["guarantee of one to another", verdict.rule]
        draft.cues += [reading.words(cue.first, helped.last), *verdict.cues]
        yield draft


def cooperation(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read that armies or states work together by a verb: «تنسق موسكو وطهران عسكريا»."""
    for cue in reading.cues:
        if cue.cue != "cooperate" or cue.sense.pos not in FINITE or negated(reading, cue):
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        if not reading.says(cue.last, clause.last, words("militarily")):
            continue
        acting = unique(*(g.actors for g in free_groups(reading, clause.first, clause.last)))
        acting = acting or subject_above(reading, reading.clause_of(cue.first), discourse)
        sides = unique(acting, with_prep(groups_in(reading, cue.last, clause.last), "مع"))
        verdict = judge(reading, scope(reading, cue.first, cue.last), "instrument", default="in-force")
        draft = verdict.draft("defense-cooperation", dict.fromkeys(sides, "party"))
        draft.head, draft.at = "verb", cue.first
        draft.rules += ["works together by a verb", verdict.rule]
        draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
        yield draft


def _help(reading: Reading, cue: Cue) -> Cue | None:
    """Give the word of help that a verb promises: after a pledge, or the verb itself in the future."""
    if cue.cue == "help" and cue.sense.pos == "imperfect" and "س" in cue.proclitics:
        return cue
    if cue.cue not in ("pledge", "guarantee") or cue.sense.pos not in FINITE:
        return None
    return next(reading.cues_in(cue.last, min(len(reading.tokens), cue.last + 8), ("help",)), None)
