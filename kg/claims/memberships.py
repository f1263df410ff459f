"""Memberships: who is in, would join, left or was kept out of an organization or a pact."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.instruments import chunk_end
from kg.claims.parties import groups_in, subject, subject_above
from kg.claims.reading import Reading
from kg.claims.status import judge, scope
from kg.lexicon import load
from kg.lexicon.cues import Cue
from kg.mentions import Group

TRIGGERS = frozenset({"join", "enter", "membership", "member", "observer", "withdraw", "suspend", "take-part", "include"})
PACT_HEADS = ("treaty", "alliance", "partnership", "corridor", "programme", "declaration", "framework")


def frames(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each member that a sentence says is, was or would be in an organization."""
    seen: set[tuple[str, str]] = set()
    for cue in reading.cues:
        if cue.cue not in TRIGGERS or (cue.cue == "include" and cue.sense.pos != "masdar"):
            continue
        target = organization_of(reading, cue, discourse)
        if not target:
            continue
        for member in members_of(reading, cue, target, discourse):
            if (member, target) in seen or member == target:
                continue
            seen.add((member, target))
            yield _draft(reading, cue, member, target)


def _draft(reading: Reading, cue: Cue, member: str, target: str) -> Draft:
    place = scope(reading, cue.first, max(cue.last, chunk_end(reading, cue.last)))
    realized = cue.sense.pos == "perfect" or cue.cue in ("member", "observer", "membership")
    verdict = judge(reading, place, "membership", default="in-force" if realized else "proposed")
    if cue.cue in ("join", "enter", "include") and verdict.status == "in-force" and cue.sense.pos != "perfect" and not verdict.explicit:
        verdict = verdict._replace(status="proposed")
    role = "observer" if reading.has(cue.first - 2, cue.last + 2, "observer") else "member"
    if verdict.status in ("proposed", "negotiating", "rejected", "denied") and cue.cue in ("join", "enter", "include"):
        role = "prospective"
    draft = Draft("membership", {member: role}, target, verdict.status, verdict.certainty, verdict.dates)
    draft.head = "membership"
    draft.rules += [f"membership by {cue.cue}", verdict.rule]
    draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
    return draft


def is_organization(actor: str) -> bool:
    """Tell whether an actor is an organization that states are members of."""
    return hasattr(load().actors.get(actor), "members")


def organization_of(reading: Reading, cue: Cue, discourse: Discourse) -> str:
    """Give the organization that a membership word is about: after it in the clause, or before it, or its pronoun."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    window = 14 if cue.cue not in ("withdraw", "suspend", "take-part") else 8
    after = [g for g in groups_in(reading, cue.first, min(clause.last, cue.last + window)) if is_organization(g.actors[0])]
    for group in after:
        if _fits(reading, cue, group):
            return group.actors[0]
    if cue.cue in ("member", "observer", "membership"):
        return ""
    return ""


def _fits(reading: Reading, cue: Cue, group: Group) -> bool:
    """Tell whether a group is the complement of a membership word by its preposition."""
    allowed = {
        "join": ("الى", "ب", "ل", "في"), "enter": ("", "الى", "ب"), "member": ("في", "ب", "", "لدى", "ل"),
        "observer": ("في", "لدى", "ل", "ب", ""), "membership": ("", "في", "ب", "ل"), "withdraw": ("من", "", "عن"),
        "suspend": ("في", "ب"), "take-part": ("في",), "include": ("الى",),
    }[cue.cue]  # fmt: skip
    if group.prep not in allowed or group.is_nisba:
        return False
    if cue.cue == "suspend":
        return reading.has(cue.last, group.first + 1, "membership", "take-part")
    if cue.cue == "withdraw" and group.prep == "":
        return group.first <= cue.last + 1
    return group.prep != "" or group.first <= cue.last + 1


def members_of(reading: Reading, cue: Cue, target: str, discourse: Discourse) -> tuple[str, ...]:
    """Give the states that are, were or would be members."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    if cue.cue == "take-part" and cue.sense.pos != "masdar":
        return ()
    after = [g for g in groups_in(reading, cue.last, min(clause.last, cue.last + 5)) if g.prep == "" and not is_organization(g.actors[0])]
    if after and cue.sense.pos in ("masdar", "noun", "perfect", "imperfect"):
        return after[0].actors
    acting = tuple(a for a in subject(reading, clause.first, clause.last, cue.first, discourse) if a != target)
    if acting and not is_organization(acting[0]):
        return acting
    above = tuple(a for a in subject_above(reading, reading.clause_of(cue.first), discourse) if not is_organization(a))
    return above if cue.sense.pronoun or cue.sense.pos in ("masdar", "perfect", "imperfect", "noun") else ()
