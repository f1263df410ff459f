"""Arrangements told without a noun of agreement: guarantees, cooperation by a verb, advisers, missions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.effects import negated
from kg.claims.heads import heads
from kg.claims.parties import (
    described_by,
    free_groups,
    groups_in,
    is_location,
    is_organization,
    subject,
    subject_above,
    unique,
    with_prep,
)
from kg.claims.reading import FINITE, Reading
from kg.claims.scopes import scope
from kg.claims.status import judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words

# How many tokens after its noun the owner and the place of a force may stand.
NEAR = 14


def guarantees(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read that one state binds itself to help another: «تعهدت بريطانيا بالدفاع عن السويد إذا تعرضت لهجوم».

    The attack must be named («إذا هوجمت») or the defence be pledged («ملتزمة بالدفاع عن»): help in a war is neither.
    """
    if heads(reading):
        return
    attack = reading.has(0, len(reading.tokens), "attack")
    for cue in reading.cues:
        helped = _help(reading, cue)
        pledged = helped is not None and helped.sense.lemma == "دفاع عن" and helped.first - cue.last < 4
        if helped is None or negated(reading, cue) or not (attack or pledged):
            continue
        clause = reading.clause_of(cue.first)
        first, last = reading.clauses[clause].first, reading.clauses[clause].last
        after = [g for g in groups_in(reading, helped.last, last) if g.prep in ("", "gen", "عن", "ل")]
        protected = next((g.actors for g in after if not is_location(g)), ())
        free = unique(*(g.actors for g in free_groups(reading, first, helped.first)))
        acting = free or subject_above(reading, clause, discourse)
        if not protected or not acting or set(protected) & set(acting):
            continue
        default = "signed" if cue.sense.pos == "perfect" else "in-force"
        sides = (*acting, *protected)
        draft = _told(reading, cue, "mutual-defense-pact", sides, "guarantee of one to another", default=default)
        draft.provisions.add("collective-defense")
        yield draft


def cooperation(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read that states or armies work together by a verb: «تنسق موسكو وطهران عسكريا»."""
    for cue in reading.cues:
        if cue.cue != "cooperate" or cue.sense.pos not in FINITE or negated(reading, cue):
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        if not reading.says(cue.last, clause.last, words("militarily")):
            continue
        acting = unique(*(g.actors for g in free_groups(reading, clause.first, clause.last)))
        acting = acting or subject_above(reading, reading.clause_of(cue.first), discourse)
        sides = unique(acting, with_prep(groups_in(reading, cue.last, clause.last), "مع"))
        yield _told(reading, cue, "defense-cooperation", sides, "works together by a verb")


def advisers(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read military advisers or instructors of one state with another («مستشارون عسكريون روس في مالي»)."""
    for cue in reading.cues:
        if cue.cue != "advisers":
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        senders = described_by(reading, cue.first, min(clause.last, cue.last + 4))
        around = groups_in(reading, clause.first, clause.last)
        with_them = [g for g in around if g.prep in ("في", "الى", "ل", "مع") or g.first >= cue.last]
        hosts = unique(*(g.actors for g in with_them if not set(g.actors) & set(senders)))
        acting = subject(reading, clause.first, clause.last, cue.first)
        sides = unique(
            senders or acting, hosts or acting or subject_above(reading, reading.clause_of(cue.first), discourse)
        )
        if len(sides) != 2:
            continue
        draft = _told(reading, cue, "defense-cooperation", sides, "advisers of one with another")
        draft.sectors.add("training")
        yield draft


def missions(reading: Reading, _: Discourse) -> Iterator[Draft]:
    """Read a force or mission of an organization in a state («قوة «ألثيا» التابعة للاتحاد الأوروبي في البوسنة»)."""
    for cue in reading.cues:
        sent = cue.cue == "mission" or (cue.cue == "troop-force" and cue.sense.number == "sg")
        if not sent or cue.sense.pos != "noun" or cue.sense.pronoun:
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        after = groups_in(reading, cue.last, min(clause.last, cue.last + NEAR))
        owner = next((g for g in after if is_organization(g.actors[0])), None)
        hosts = [g for g in after if owner and g.first >= owner.last and g.prep in ("في", "لدى")]
        if owner is None or not hosts or len(hosts[0].actors) != 1 or owner.actors[0] == "UN":
            continue
        trains = cue.cue == "mission" and reading.has(clause.first, clause.last, "s-training", "train", "drill")
        kind = "defense-cooperation" if trains else "security-framework"
        sides = (owner.actors[0], hosts[0].actors[0])
        draft = _told(reading, cue, kind, sides, "a force or mission of an organization in a state")
        if trains:
            draft.sectors.add("training")
        yield draft


def _told(
    reading: Reading, cue: Cue, kind: str, sides: Sequence[str], rule: str, *, default: str = "in-force"
) -> Draft:
    """Make the draft of an arrangement that a word tells; `default` is its status where nothing else gives one."""
    verdict = judge(reading, scope(reading, cue.first, cue.last), "instrument", default=default)
    draft = verdict.draft(kind, dict.fromkeys(sides, "party"))
    draft.head, draft.at = "verb", cue.first
    draft.rules += [rule, verdict.rule]
    draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
    return draft


def _help(reading: Reading, cue: Cue) -> Cue | None:
    """Give the word of help that a verb promises: after a pledge, or the verb itself in the future."""
    if cue.cue == "help" and cue.sense.pos == "imperfect" and "س" in cue.proclitics:
        return cue
    if cue.cue not in ("pledge", "guarantee") or cue.sense.pos not in (*FINITE, "participle"):
        return None
    return next(reading.cues_in(cue.last, min(len(reading.tokens), cue.last + 8), ("help",)), None)
