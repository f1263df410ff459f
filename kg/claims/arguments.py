"""Who does what to whom in one clause: the agent and the object of a verb or masdar, by order and construction."""

from __future__ import annotations

from collections.abc import Collection

from kg.claims.discourse import Discourse
from kg.claims.parties import free_groups, groups_in, subject, subject_above
from kg.claims.reading import FINITE, Reading
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group

DAMMA = "\u064f"
GOING_ON = words("going-on")


def agent_of(reading: Reading, cue: Cue, discourse: Discourse) -> tuple[str, ...]:
    """Give who does what a cue says: the free group before it, else for a verb the one after it, else those above."""
    if is_passive(reading, cue):
        return ()
    k = reading.clause_of(cue.first)
    clause = reading.clauses[k]
    before = subject(reading, clause.first, clause.last, cue.first) or _body(reading, clause.first, cue.first)
    if before:
        return before
    after = _after(reading, cue)
    if after and is_verb(cue):
        return after[0].actors
    goes_on = reading.norm(0) in GOING_ON or reading.sentence.kind == "bullet"
    if k > 0 or discourse.topic or goes_on:
        return subject_above(reading, k, discourse)
    return ()


def _body(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """Give whose body acts, where the state is the genitive of its name («مجلس الوزراء الإسرائيلي»)."""
    found = (g for g in groups_in(reading, first, last) if g.prep == "gen" and g.last <= last)
    return next((g.actors for g in found if reading.has(g.first - 1, g.first, "speaker", "source", "legislature")), ())


def object_of(reading: Reading, cue: Cue) -> tuple[str, ...]:
    """Give the actor on whom a verb acts («سلّمت ألمانيا أوكرانيا …»), or the genitive of a masdar («تسليم أوكرانيا»).

    The object of a verb stands right behind the verb or its subject.
    """
    after = _after(reading, cue)
    if not after or cue.sense.pronoun:
        return ()
    if not is_verb(cue) or is_passive(reading, cue):
        return after[0].actors if after[0].first == cue.last else ()
    clause = reading.clauses[reading.clause_of(cue.first)]
    if subject(reading, clause.first, clause.last, cue.first):
        return after[0].actors if after[0].first == cue.last else ()
    return after[1].actors if len(after) > 1 and after[1].first == after[0].last else ()


def is_verb(cue: Cue) -> bool:
    """Tell whether a cue is a finite verb."""
    return cue.sense.pos in FINITE


def finite_at(reading: Reading, i: int) -> bool:
    """Tell whether the word at token i can only be a finite verb."""
    here = [c for c in reading.cues if c.first == i and c.last == i + 1]
    return bool(here) and all(is_verb(c) for c in here)


def is_passive(reading: Reading, cue: Cue) -> bool:
    """Tell whether vowel signs show that a perfect is passive («زُوّد الجيش»); without signs it counts as active."""
    token = reading.tokens[cue.first]
    return cue.sense.pos == "perfect" and DAMMA in reading.raw[token.start : token.start + 3]


def _after(reading: Reading, cue: Cue) -> list[Group]:
    """Give the groups after a cue that nothing else governs; a people is one too («إمداد الحوثيين»)."""
    last = reading.clauses[reading.clause_of(cue.first)].last
    free = free_groups(reading, cue.last, last)
    people = (
        g
        for g in groups_in(reading, cue.last, last)
        if g.is_nisba and g.head == cue.last - 1 and g.mentions[0].number == "pl"
    )
    return sorted({g for g in (*people, *free) if g.first >= cue.last}, key=lambda g: g.first)


def opponents_of(reading: Reading, cue: Cue, but: Collection[str]) -> tuple[str, ...]:
    """Give who refuses or obstructs, in its clause, what a cue speaks of («عرقلت المجر انضمام …»), but these actors."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    found: dict[str, None] = {}
    for verb in reading.cues_in(clause.first, cue.first, ("reject", "oppose")):
        if is_verb(verb) and not reading.negation(verb.first):
            before = subject(reading, clause.first, clause.last, verb.first)
            acting = before or next((g.actors for g in _after(reading, verb) if g.last <= cue.first), ())
            found |= dict.fromkeys(a for a in acting if a not in but)
    return tuple(found)
