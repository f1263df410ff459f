"""Who takes part in an arrangement that a noun names: by construction, preposition and agreement."""

from __future__ import annotations

from typing import NamedTuple

from kg.claims.discourse import Discourse
from kg.claims.heads import Head
from kg.claims.kinds import INSTRUMENT_KINDS, SINGLE_PARTY_OK
from kg.claims.parties import (
    described_by,
    groups_in,
    is_location,
    is_organization,
    of_event,
    pair_before,
    subject,
    subject_above,
    unique,
    with_prep,
)
from kg.claims.reading import Reading
from kg.claims.scopes import Scope
from kg.lexicon import load
from kg.lexicon.grammar import words
from kg.mentions import Group

# Verbs that take whom is told for an object («أبلغت تشاد فرنسا إنهاء الاتفاق»).
NOTIFYING = frozenset({"أبلغ", "أخطر"})


def predicate_of(reading: Reading, head: Head, discourse: Discourse) -> dict[str, str]:
    """Give the parties of the arrangement of which a sentence says that it is, or holds, this one.

    «ليس هذا الإعلان حلفا», «المعاهدة لا تتضمن بندا للدفاع المشترك».
    """
    first = reading.clauses[reading.clause_of(head.first)].first
    linked = reading.has(first, head.first, "lack", "include", "content") or reading.says(
        first, head.first, words("copulas")
    )
    if not linked:
        return {}
    organizations = [m for m in reading.mentions if m.first < head.first and m.actors and is_organization(m.actors[0])]
    if organizations:
        return {organizations[-1].actors[0]: "party"}
    last = discourse.antecedent(INSTRUMENT_KINDS)
    return dict.fromkeys(last.sides, "party") if last else {}


class _Around(NamedTuple):
    """The groups around a head: in its noun phrase, to its right, and those that act, join in or describe it."""

    first: int
    inner: list[Group]
    right: list[Group]
    acting: tuple[str, ...]
    partners: tuple[str, ...]
    nisbas: tuple[str, ...]
    between: tuple[str, ...]


def parties_of(reading: Reading, head: Head, place: Scope, discourse: Discourse, kind: str) -> dict[str, str]:
    """Give the parties of an arrangement by how they stand to its noun: the closest construction first."""
    around = _around(reading, head, place)
    if len(around.between) >= 2:
        return dict.fromkeys(around.between, "party")
    if len(around.nisbas) >= 2:
        return dict.fromkeys(around.nisbas, "party")
    return (
        _given(reading, head, around)
        or _offered(reading, head, around, discourse)
        or _with_partners(reading, head, around, discourse)
        or _protected(around, reading, kind)
        or _joined_in(reading, head, around)
        or _known(reading, head, place, around, discourse)
        or _few(around, discourse, kind)
    )


def _around(reading: Reading, head: Head, place: Scope) -> _Around:
    clause = reading.clauses[reading.clause_of(head.first)]
    inner = [g for g in groups_in(reading, head.last, head.end) if not _of_rivals(reading, g)]
    right = [g for a, b in place.right for g in groups_in(reading, a, b)]
    joined = _joined_by_others(reading, head)
    before = [] if joined else groups_in(reading, clause.first, head.first)
    acting = () if joined else subject(reading, clause.first, clause.last, head.first)
    partners = _partners(reading, head, [*inner, *right], before, len(acting))
    if not acting:
        acting = tuple(
            a for g in right if g.prep == "" and not g.is_nisba and _after_verb(reading, g) for a in g.actors
        )
    if not acting:
        acting = tuple(a for g in before if g.prep == "gen" and of_event(reading, g) for a in g.actors)
    with_them = reading.says(head.last, place.last + 1, words("with-them"))
    if with_them and not partners:
        named = [a for g in reading.groups if g.last <= head.first and g.prep for a in g.actors if a not in acting]
        partners = tuple(named[-1:])
    between = with_prep(inner, "بين") or with_prep(right, "بين")
    if not between and not acting and not head.definite:
        between = with_prep([g for g in before if g.last == head.first], "بين")
    nisbas = described_by(reading, head.first, head.end)
    return _Around(clause.first, inner, right, acting, partners, nisbas, between)


def _joined_by_others(reading: Reading, head: Head) -> bool:
    """Tell whether a pact between two («بينهما») is what a third would join, who is then no party of it."""
    theirs = any(reading.norm(k).endswith("بينهما") for k in range(head.last, head.end))
    return theirs and any(c.cue == "join" and 0 <= head.first - c.last <= 2 for c in reading.cues)


def _of_rivals(reading: Reading, group: Group) -> bool:
    """Tell whether «بين» belongs to a war or a quarrel («الحرب الباردة (بين أمريكا والاتحاد السوفيتي)»)."""
    at = group.mentions[0].first
    return group.prep == "بين" and reading.says(at - 4, at, words("rivalries"))


def _partners(reading: Reading, head: Head, after: list[Group], before: list[Group], acting: int) -> tuple[str, ...]:
    """Give those with whom: after «مع», after «ب» of a tie («ترتبط الهند بفرنسا»), else after «مع» before the noun."""
    partners = with_prep([g for g in after if not is_location(g)], "مع")
    first = reading.clauses[reading.clause_of(head.first)].first
    if not partners and reading.has(first, head.first, "tie"):
        partners = with_prep(before, "ب")
    if not partners:
        tied = [g for g in after if g.prep == "ب" and reading.has(g.mentions[0].first - 2, g.mentions[0].first, "tie")]
        partners = with_prep(tied, "ب")
    told = [c for c in reading.cues_in(first, head.first, ("say",)) if c.sense.lemma in NOTIFYING]
    if not partners and told:
        free = [g for g in before if g.prep == "" and not g.is_nisba and g.first >= told[0].last]
        partners = free[1].actors if len(free) == 2 else ()
    if not partners and acting < 2:
        partners = with_prep(before, "مع")
    return partners


def _offered(reading: Reading, head: Head, around: _Around, discourse: Discourse) -> dict[str, str]:
    """Give the sides of an offer: whose it is and who refuses it, or who asks and who is asked."""
    asker = _asker(reading, around.first, head.first)
    refusers = tuple(a for a in around.acting if a not in asker)
    if asker and refusers and not around.partners:
        return dict.fromkeys(asker, "proposer") | dict.fromkeys(refusers, "party")
    invited = _invited(reading, around.first, head.first)
    if not invited:
        return {}
    asking = around.acting or _above(reading, head, discourse, invited)
    return dict.fromkeys(unique(asking, invited), "party")


def _given(reading: Reading, head: Head, around: _Around) -> dict[str, str]:
    """Give who gives military aid and who gets it («تقدم واشنطن لمصر مساعدات عسكرية»)."""
    if head.cue != "m-aid":
        return {}
    before = groups_in(reading, around.first, head.first)
    takers = with_prep([*around.inner, *around.right, *before], "ل", "الى")
    givers = tuple(a for a in unique(around.nisbas, around.acting) if a not in takers)
    return dict.fromkeys((*givers[:1], *takers), "party") if givers and takers else {}


def _protected(around: _Around, reading: Reading, kind: str) -> dict[str, str]:
    """Give who binds itself to defend whom («تلتزم واشنطن بموجب المعاهدة بالدفاع عن مانيلا»)."""
    named = [g for g in (*around.inner, *around.right) if g.prep == "عن" and reading.has(g.first - 3, g.first, "help")]
    if kind != "mutual-defense-pact" or not named or not around.acting:
        return {}
    return dict.fromkeys(unique(around.acting, named[0].actors), "party")


def _above(reading: Reading, head: Head, discourse: Discourse, but: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a for a in subject_above(reading, reading.clause_of(head.first), discourse) if a not in but)


def _with_partners(reading: Reading, head: Head, around: _Around, discourse: Discourse) -> dict[str, str]:
    """Give the one who acts and those with whom; a known treaty's own parties where the text gives others."""
    if head.cue == "factory" and len(around.partners) == 1 and not around.acting and discourse.home:
        return dict.fromkeys(unique((discourse.home,), around.partners), "party")
    listed = listed_parties(head)
    if len(listed) > 1 and not {*around.partners, *around.acting} >= set(listed):
        return dict.fromkeys(listed, "party")
    if not around.partners:
        return {}
    acting = tuple(a for a in (around.acting or around.nisbas) if a not in around.partners)
    return dict.fromkeys(unique(acting or _above(reading, head, discourse, around.partners), around.partners), "party")


def listed_parties(head: Head) -> tuple[str, ...]:
    """Give the parties that the lexicon knows of a named instrument, none for other nouns."""
    return load().instruments[head.instrument].parties if head.cue == "instrument" and head.instrument else ()


def _joined_in(reading: Reading, head: Head, around: _Around) -> dict[str, str]:
    """Give those who act together, whom the arrangement includes or ties, or whose units make up a force."""
    if len(around.acting) >= 2:
        return dict.fromkeys(around.acting, "party")
    included = [g for g in around.right if reading.has(max(0, g.first - 3), g.first, "include", "tie")]
    included = included or [g for g in around.inner if g.prep == "من" and reading.has(g.first - 3, g.first, "include")]
    if included:
        return dict.fromkeys(unique(around.acting, *(g.actors for g in included)), "party")
    sent = [g for g in around.right if g.prep == "من" and reading.has(g.first - 3, g.first, "troops", "troop-force")]
    units = unique(*(g.actors for g in sent))
    if len(units) >= 2:
        return dict.fromkeys(units, "party")
    if head.cue != "organization":
        return {}
    tied = unique(*(g.actors for g in around.right if g.prep == "" and not g.is_nisba))
    if len(tied) > 1 and reading.has(around.first, head.first + 1, "tie"):
        return dict.fromkeys(tied, "party")
    return {head.instrument or "": "party"}


def _known(reading: Reading, head: Head, place: Scope, around: _Around, discourse: Discourse) -> dict[str, str]:
    """Give a treaty's known parties, or the two that a dual pronoun refers to («بينهما»)."""
    listed = listed_parties(head)
    if listed and not (around.nisbas and around.acting):
        return dict.fromkeys(listed, "party")
    ranges = ((around.first, place.last), *place.right)
    if not any(reading.norm(k).endswith("هما") for a, b in ranges for k in range(a, b)):
        return {}
    pair = pair_before(reading, head.first, discourse)
    return dict.fromkeys(pair, "party") if len(pair) == 2 and set(around.acting) <= set(pair) else {}


def _few(around: _Around, discourse: Discourse, kind: str) -> dict[str, str]:
    """Give the few that are left: one alone, an organization that can be the one party, or the line's topic."""
    few = unique(around.acting, around.nisbas, around.between)
    if not few and kind in SINGLE_PARTY_OK:
        named = [a for g in (*around.inner, *around.right) if g.prep != "مثل" for a in g.actors]
        few = tuple(a for a in named if is_organization(a))[:1]
    alone = len(few) < 2 and not (few and is_organization(few[0]))
    line = discourse.topic if discourse.topic_of is not None and len(discourse.topic) >= 2 else ()
    if alone and line and set(few) <= set(line):
        return dict.fromkeys(line, "party")
    return dict.fromkeys(few, "party")


def _asker(reading: Reading, first: int, head: int) -> tuple[str, ...]:
    """Give whose offer it is, by the name or nisba on the noun («ترفض عرضا أرمينيا لميثاق»)."""
    nouns = [c.first for c in reading.cues_in(first, head, ("proposal", "offer")) if c.sense.pos in ("noun", "masdar")]
    found = [g for g in groups_in(reading, first, head) if (g.is_nisba and g.head in nouns) or (g.first - 1 in nouns)]
    return found[0].actors if found else ()


def _invited(reading: Reading, first: int, head: int) -> tuple[str, ...]:
    """Give those to whom an arrangement is offered, between the offer and its noun («عرضت موسكو على واشنطن تعهدا»)."""
    offers = list(reading.cues_in(first, head, ("offer", "propose", "proposal", "request")))
    if not offers:
        return ()
    preps = ("من",) if offers[0].cue == "request" else ("على", "ل", "الى", "مع")
    found = [g for g in groups_in(reading, offers[0].last, head) if g.prep in preps]
    if offers[0].cue == "proposal" or offers[0].sense.pos == "masdar":
        free = [g for g in groups_in(reading, offers[0].last, head) if g.prep in ("", "gen") and not g.is_nisba]
        found += free[1:]
    return tuple(dict.fromkeys(a for g in found for a in g.actors))


def _after_verb(reading: Reading, group: Group) -> bool:
    """Tell whether a group is the subject of a verb just before it («وقّعتها القاهرة ودمشق»)."""
    acts = ("sign", "announce", "ratify", "approve", "build", "include", "tie", "hold", "reject", "launch", "take-part")
    return any(
        c.sense.pos in ("perfect", "imperfect") for c in reading.cues_in(max(0, group.first - 4), group.first, acts)
    )
