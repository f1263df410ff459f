"""Who takes part in an arrangement that a noun names: by construction, preposition and agreement."""

from __future__ import annotations

from kg.claims.discourse import Discourse
from kg.claims.heads import Head
from kg.claims.kinds import INSTRUMENT_KINDS, SINGLE_PARTY_OK
from kg.claims.parties import (
    described_by,
    groups_in,
    is_location,
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
from kg.mentions import Group


def predicate_of(reading: Reading, head: Head, discourse: Discourse) -> dict[str, str]:
    """Give the parties of the arrangement of which a sentence says that it is, or holds, this one.

    «أن يكون الإعلان حلفا عسكريا», «المعاهدة لا تتضمن بندا للدفاع المشترك».
    """
    first = reading.clauses[reading.clause_of(head.first)].first
    linked = reading.has(first, head.first, "lack", "include", "content") or any(
        reading.norm(k) in ("يكون", "تكون", "ليس", "ليست") for k in range(first, head.first)
    )
    if not linked:
        return {}
    organizations = [m for m in reading.mentions if m.first < head.first and m.actors and collective(m.actors[0])]
    if organizations:
        return {organizations[-1].actors[0]: "party"}
    last = discourse.antecedent(INSTRUMENT_KINDS)
    return (
        dict.fromkeys((a for a, r in last.parties.items() if r not in ("opponent", "against")), "party") if last else {}
    )


def parties_of(reading: Reading, head: Head, place: Scope, discourse: Discourse, kind: str) -> dict[str, str]:
    """Give the parties of an arrangement by how they stand to its noun."""
    clause = reading.clauses[reading.clause_of(head.first)]
    inner = groups_in(reading, head.last, head.end)
    right = [g for a, b in place.right for g in groups_in(reading, a, b)]
    nisbas = described_by(reading, head.first, head.end)
    between = with_prep(inner, "بين") or with_prep(right, "بين")
    if len(between) >= 2:
        return dict.fromkeys(between, "party")
    if len(nisbas) >= 2:
        return dict.fromkeys(nisbas, "party")
    partners = with_prep([g for g in (*inner, *right) if not is_location(g)], "مع")
    if reading.has(clause.first, head.first, "tie"):
        partners = partners or with_prep(
            [g for g in groups_in(reading, clause.first, head.first) if g.prep == "ب"], "ب"
        )
    acting = subject(reading, clause.first, clause.last, head.first)
    if not partners and len(acting) < 2:
        partners = with_prep(groups_in(reading, clause.first, head.first), "مع")
    after = tuple(a for g in right if g.prep == "" and not g.is_nisba and _after_verb(reading, g) for a in g.actors)
    if not acting:
        acting = after
    if not acting:
        acting = tuple(
            a
            for g in groups_in(reading, clause.first, head.first)
            if g.prep == "gen" and of_event(reading, g)
            for a in g.actors
        )
    with_them = any(reading.norm(k) in ("معها", "معه", "معهما", "معهم") for k in range(head.last, place.last + 1))
    if with_them and not partners:
        partners = tuple(
            a for g in reading.groups if g.last <= head.first and g.prep for a in g.actors if a not in acting
        )[-1:]
    asker = _asker(reading, clause.first, head.first)
    refusers = tuple(a for a in acting if a not in asker)
    if asker and refusers and not partners:
        return dict.fromkeys(asker, "proposer") | dict.fromkeys(refusers, "party")
    invited = _invited(reading, clause.first, head.first)
    if invited:
        asker = acting or tuple(
            a for a in subject_above(reading, reading.clause_of(head.first), discourse) if a not in invited
        )
        return dict.fromkeys(unique(asker, invited), "party")
    if head.cue == "factory" and len(partners) == 1 and not acting and discourse.home:
        return dict.fromkeys(unique((discourse.home,), partners), "party")
    listed = load().instruments[head.instrument].parties if head.cue == "instrument" else ()
    if len(listed) > 1 and not set(partners) | set(acting) >= set(listed):
        return dict.fromkeys(listed, "party")
    if partners:
        acting = tuple(a for a in (acting or nisbas) if a not in partners)
        if not acting:
            acting = tuple(
                a for a in subject_above(reading, reading.clause_of(head.first), discourse) if a not in partners
            )
        return dict.fromkeys(unique(acting, partners), "party")
    if len(acting) >= 2:
        return dict.fromkeys(acting, "party")
    included = [g for g in right if reading.has(max(0, g.first - 3), g.first, "include", "tie")]
    if included:
        return dict.fromkeys(unique(acting, *(g.actors for g in included)), "party")
    sent = tuple(
        a
        for g in right
        if g.prep == "من" and reading.has(g.first - 3, g.first, "troops", "troop-force")
        for a in g.actors
    )
    if len(sent) >= 2:
        return dict.fromkeys(sent, "party")
    if head.cue == "organization" and reading.has(clause.first, head.first + 1, "tie"):
        tied = tuple(a for g in right if g.prep == "" and not g.is_nisba for a in g.actors)
        if len(tied) > 1:
            return dict.fromkeys(tied, "party")
    if head.cue == "organization":
        return {head.instrument or "": "party"}
    known = load().instruments[head.instrument].parties if head.instrument and head.cue == "instrument" else ()
    if known and not (nisbas and acting):
        return dict.fromkeys(known, "party")
    if any(reading.norm(k).endswith("هما") for a, b in ((clause.first, place.last), *place.right) for k in range(a, b)):
        pair = pair_before(reading, head.first, discourse)
        if len(pair) == 2 and set(acting) <= set(pair):
            return dict.fromkeys(pair, "party")
    few = unique(acting, nisbas, between)
    if not few and kind in SINGLE_PARTY_OK:
        few = tuple(a for g in (*inner, *right) if g.prep != "مثل" for a in g.actors if collective(a))[:1]
    if (
        len(few) < 2
        and not (few and collective(few[0]))
        and len(discourse.topic) >= 2
        and discourse.topic_of is not None
        and set(few) <= set(discourse.topic)
    ):
        return dict.fromkeys(discourse.topic, "party")
    return dict.fromkeys(few, "party")


def _asker(reading: Reading, first: int, head: int) -> tuple[str, ...]:
    """Give whose offer it is, by the name or nisba on the noun («ترفض عرضا أرمينيا لميثاق»)."""
    nouns = [c.first for c in reading.cues_in(first, head, ("proposal", "offer")) if c.sense.pos in ("noun", "masdar")]
    found = [g for g in groups_in(reading, first, head) if (g.is_nisba and g.head in nouns) or (g.first - 1 in nouns)]
    return found[0].actors if found else ()


def _invited(reading: Reading, first: int, head: int) -> tuple[str, ...]:
    """Give those to whom an arrangement is offered, between the offer and its noun («عرضت موسكو على واشنطن تعهدا»)."""
    offers = [c for c in reading.cues_in(first, head, ("offer", "propose", "proposal"))]
    if not offers:
        return ()
    found = [g for g in groups_in(reading, offers[0].last, head) if g.prep in ("على", "ل", "الى", "مع")]
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


def collective(actor: str) -> bool:
    """Tell whether an actor is an organization, which can be the one party of a collective arrangement."""
    return hasattr(load().actors.get(actor), "members")
