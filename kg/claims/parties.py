"""Who takes part: the groups around a head, by construction and preposition."""

from __future__ import annotations

from collections.abc import Sequence

from kg.claims.discourse import Discourse
from kg.claims.reading import FINITE, Clause, Reading
from kg.lexicon import load
from kg.lexicon.grammar import words
from kg.mentions import Group


def groups_in(reading: Reading, first: int, last: int) -> list[Group]:
    """Give the groups that begin in tokens `first:last`."""
    return [g for g in reading.groups if first <= g.mentions[0].first < last]


def with_prep(found: Sequence[Group], *preps: str) -> tuple[str, ...]:
    """Give the actors of the groups under one of these prepositions, in order, each once."""
    return tuple(dict.fromkeys(a for g in found if g.prep in preps for a in g.actors))


def is_location(group: Group) -> bool:
    """Tell whether a group only says where: a capital or a state after في or ب."""
    return group.prep in ("في", "ب") and all(m.via in ("seat", "name", "place", "anaphor") for m in group.mentions)


def subject(reading: Reading, first: int, last: int, head: int) -> tuple[str, ...]:
    """Give the actors who act in tokens `first:last` before the noun at `head`: the first free group there."""
    before = [g for g in free_groups(reading, first, last) if g.last <= head]
    return before[0].actors if before else ()


def free_groups(reading: Reading, first: int, last: int) -> list[Group]:
    """Give the groups in tokens `first:last` that no preposition governs and that do not merely describe a noun.

    An office before its holder's name is one with it («وزير الدفاع السعودي خالد بن سلمان ونظيره البريطاني»).
    """
    whole = groups_in(reading, first, last)
    later = {g.first: g for g in whole}
    found = [g for g in whole if g.last not in later or not set(g.actors) <= set(later[g.last].actors)]
    return [
        g
        for g in found
        if (g.prep == "" and not _only_describes(reading, g))
        or (g.prep == "gen" and of_event(reading, g))
        or (g.prep == "في" and _seats_office(reading, g))
        or (g.prep == "لدى" and _opens_clause(reading, g))
    ]


def _seats_office(reading: Reading, group: Group) -> bool:
    """Tell whether a group says whose office acts («المجلس العسكري في النيجر», «السلطات في مالي»)."""
    at = group.mentions[0].first - 1
    return reading.norm(at) == "في" and reading.says(at - 2, at, words("state-bodies"))


def _opens_clause(reading: Reading, group: Group) -> bool:
    """Tell whether a possessor opens its clause («لدى فرنسا معاهدات»)."""
    first = reading.clauses[reading.clause_of(group.first)].first
    return group.mentions[0].first - first <= 2


def of_event(reading: Reading, group: Group) -> bool:
    """Tell whether a group is the genitive of what it does («توقيع تركيا», «خروج مالي»)."""
    return any(c.last == group.first and c.sense.pos == "masdar" for c in reading.cues)


def pair_before(reading: Reading, i: int, discourse: Discourse) -> tuple[str, ...]:
    """Give the two states that a dual pronoun at token i refers to: named before it in the sentence, else before."""
    named = unique(*(g.actors for g in reading.groups if g.last <= i))
    return named[-2:] if len(named) >= 2 else discourse.pair()


def subject_above(reading: Reading, clause: int, discourse: Discourse) -> tuple[str, ...]:
    """Give whom a clause without a subject of its own is about.

    That is the noun which its relative describes, the subject of the clauses before it in the sentence, the topic, or
    the subject of the sentence before.
    """
    own = reading.clauses[clause]
    if own.kind == "relative":
        antecedent = [g for g in reading.groups if own.first - 2 <= g.last <= own.first]
        if antecedent:
            return antecedent[-1].actors
    introduced = _introduced(reading)
    if introduced:
        return introduced
    for c in reversed(reading.clauses[:clause]):
        if c.kind == "relative":
            continue
        free = free_groups(reading, c.first, c.last)
        if free:
            return free[0].actors
    if reading.sentence.kind == "bullet" and discourse.lead:
        return discourse.topic or discourse.lead
    if not discourse.topic and discourse.home and _official(reading):
        return (discourse.home,)
    if discourse.topic or not _goes_on(reading):
        return _agreeing(reading, own, discourse.topic)
    if discourse.speaker_state and reading.has(0, len(reading.tokens), "say"):
        return (discourse.speaker_state,)
    return _agreeing(reading, own, discourse.subject)


def _agreeing(reading: Reading, own: Clause, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Give the actors of before if they agree with the verb: a singular without a subject of its own is of one."""
    verb = next((c for c in reading.cues_in(own.first, own.last) if c.sense.pos in FINITE), None)
    return () if len(actors) > 1 and verb is not None and verb.sense.number == "sg" else actors


_OFFICES = words("offices")


def _official(reading: Reading) -> bool:
    """Tell whether an office acts whose state is not named: that of the country the report comes from."""
    for cue in reading.cues:
        named = cue.cue == "source" and cue.sense.lemma in _OFFICES
        if (named or cue.cue in ("legislature", "legislator")) and "ال" in cue.proclitics and cue.first <= 3:
            return not any(cue.last <= m.first <= cue.last + 5 for m in reading.mentions)
    return False


def _goes_on(reading: Reading) -> bool:
    """Tell whether a sentence begins with a verb, so that its subject may be that of the sentence before."""
    if any(c.first <= 1 and c.sense.pos in ("perfect", "imperfect") for c in reading.cues):
        return True
    return reading.norm(0) in words("going-on") or any(
        c.sense.pronoun and c.sense.pos in ("noun", "masdar") for c in reading.cues[:8]
    )


def _introduced(reading: Reading) -> tuple[str, ...]:
    """Give the topic that opens a sentence: «أما كازاخستان ف…», «بالنسبة إلى كازاخستان»."""
    for group in reading.groups:
        before = [reading.norm(k) for k in range(max(0, group.first - 3), group.first)]
        if group.first <= 4 and ("اما" in before or "واما" in before or "بالنسبه" in before):
            return group.actors
    return ()


ACTING_NOUNS = frozenset({"source", "legislature", "army", "troop-force", "troops", "legislator"})


def _only_describes(reading: Reading, group: Group) -> bool:
    """Tell whether a group of nisbas describes a thing rather than a body that acts («البرلمان الدنماركي» acts)."""
    if not group.is_nisba:
        return False
    return not any(c.cue in ACTING_NOUNS for c in reading.cues if c.first <= group.head < c.last)


def described_by(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """Give the actors of the nisbas that describe the head noun phrase in tokens `first:last`."""
    return tuple(
        dict.fromkeys(
            a
            for g in groups_in(reading, first, last)
            if g.prep == "" and _describes(g, first) and not reading.says(first, g.first, words("facing"))
            for a in g.actors
        )
    )


def _describes(group: Group, first: int) -> bool:
    """Tell whether a group of nisbas belongs to the noun phrase from `first` on, other adjectives between or not."""
    return group.mentions[0].is_nisba and (first <= group.head if group.is_nisba else first < group.first)


def unique(*lists: Sequence[str]) -> tuple[str, ...]:
    """Join actor lists, each actor once, in order."""
    return tuple(dict.fromkeys(a for actors in lists for a in actors))


def is_organization(actor: str) -> bool:
    """Tell whether an actor is an organization that states are members of, which can be a party by itself."""
    return hasattr(load().actors.get(actor), "members")
