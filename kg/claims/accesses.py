"""Arrangements told by a verb and no noun of agreement: joint production, military aid, visits of forces."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.parties import (
    described_by,
    free_groups,
    groups_in,
    is_location,
    subject,
    subject_above,
    unique,
    with_prep,
)
from kg.claims.reading import Clause, Reading
from kg.claims.scopes import scope
from kg.claims.status import Verdict, judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group

TOGETHER = words("together")
LICENSED = words("licensed")
THE_COMPANY = words("the-company")
ARMS = ("weapon", "drone", "ship", "aircraft", "ammunition", "battery", "system")


def production(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read «تنتج الدولتان معا صواريخ», «تصنّع بولندا دبابات كورية بترخيص»: weapons that two actors make together."""
    for cue in reading.cues:
        if not _makes(reading, cue) or reading.has(0, cue.first, "treaty"):
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        makers = _makers(reading, cue, clause, discourse)
        if len(makers) != 2:
            continue
        verdict = judge(reading, scope(reading, cue.first, cue.last), "instrument", default="in-force")
        if verdict.rule == "build says in-force":
            verdict = verdict._replace(status="signed", rule="a factory that is being built")
        draft = _draft("defense-industry", makers, verdict, reading, cue)
        draft.sectors.add("industry")
        if reading.has(clause.first, clause.last, "drone"):
            draft.sectors.add("drones")
        if reading.has(clause.first, clause.last, "p-technology-transfer"):
            draft.provisions.add("technology-transfer")
        yield draft


def _makes(reading: Reading, cue: Cue) -> bool:
    """Tell whether weapons are made or developed, a factory for them set up, or their technology handed on."""
    weapons = reading.has(cue.last, cue.last + 6, *ARMS)
    if cue.cue == "produce" or (cue.cue == "deepen" and cue.sense.lemma == "طور"):
        return weapons
    if cue.cue == "factory":
        return weapons and cue.sense.pos in ("noun", "word")
    return cue.cue == "p-technology-transfer" and reading.has(0, len(reading.tokens), *ARMS)


def _makers(reading: Reading, cue: Cue, clause: Clause, discourse: Discourse) -> tuple[str, ...]:
    """Give the two who make weapons together: both act, one with the other, or one under the other's licence."""
    found = [g for g in groups_in(reading, clause.first, clause.last) if not is_location(g)]
    acting = unique(*(g.actors for g in free_groups(reading, clause.first, clause.last)))[:2]
    if reading.says(clause.first, clause.last, THE_COMPANY):
        acting = tuple(m.actors[0] for m in reading.mentions if m.via == "company" and m.first < cue.first)[-1:]
    else:
        acting = acting or subject_above(reading, reading.clause_of(cue.first), discourse)[:1]
    partners = tuple(a for a in with_prep(found, "مع") if a not in acting)
    if len(acting) == 1 and partners:
        return (*acting, partners[0])
    if reading.says(clause.first, clause.last, LICENSED) and acting:
        licensed = reading.cues_in(cue.last, clause.last, ARMS)
        of = unique(
            *(g.actors for g in found if g.is_nisba or g.prep == "من"), *(_made_by(reading, c) for c in licensed)
        )
        return (acting[0], *[a for a in of if a != acting[0]][:1])
    if cue.cue == "p-technology-transfer":
        given = with_prep(found, "الى", "ل")
        return (acting[0], *[a for a in given if a != acting[0]][:1]) if acting else ()
    if cue.cue == "factory":
        return _factory_of(reading, clause, acting)
    agreed = reading.has(clause.first, cue.first, "sign", "negotiate", "discuss", "negotiate-noun")
    together = agreed or reading.says(clause.first, clause.last, TOGETHER)
    return acting if together and len(acting) == 2 else ()


def _factory_of(reading: Reading, clause: Clause, acting: tuple[str, ...]) -> tuple[str, ...]:
    """Give whose factory stands where («افتتحت شركة بايكار مصنعا للمسيّرات في أوكرانيا»)."""
    places = [g.actors[0] for g in groups_in(reading, clause.first, clause.last) if is_location(g)]
    hosts = [place for place in places if place not in acting]
    opened = reading.has(clause.first, clause.last, "launch", "build", "negotiate", "discuss", "sign", "intend")
    return (acting[0], hosts[0]) if opened and acting and hosts else ()


def _made_by(reading: Reading, weapon: Cue) -> tuple[str, ...]:
    """Give the nisba on a weapon («دبابات كورية»)."""
    near = groups_in(reading, weapon.last, weapon.last + 4)
    return next((g.actors for g in near if g.is_nisba and g.head >= weapon.first), ())


def aid(reading: Reading, _: Discourse) -> Iterator[Draft]:
    """Read «يتولى الفيلق الروسي تدريب الجيش المالي»: one trains, builds up or advises the other's army."""
    for cue in reading.cues:
        if cue.cue != "train" or cue.sense.pos not in ("masdar", "perfect", "imperfect"):
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        army = [g for g in groups_in(reading, cue.last, min(clause.last, cue.last + 4)) if _is_army(reading, cue, g)]
        acting = subject(reading, clause.first, clause.last, cue.first) or described_by(
            reading, clause.first, cue.first
        )
        trainers = tuple(a for a in acting if not army or a not in army[0].actors)
        if not army or len(trainers) != 1:
            continue
        trainer = _state_of(reading, clause.first, cue.first) or trainers[0]
        verdict = judge(reading, scope(reading, cue.first, cue.last), "instrument", default="in-force")
        draft = _draft("defense-cooperation", (trainer, army[0].actors[0]), verdict, reading, cue)
        draft.sectors.add("training")
        yield draft


def visits(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read «الكونغرس يجيز دخول قوات أمريكية»: rules for visiting forces, without a noun of agreement."""
    for cue in reading.cues:
        if cue.cue != "p-troop-deployment" or reading.has(0, len(reading.tokens), "treaty", "base"):
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        allowed = reading.has(clause.first, cue.first, "approve", "bind", "allow", "ratify", "decide")
        guests = described_by(reading, cue.first, min(clause.last, cue.last + 3))
        before = [g for g in groups_in(reading, clause.first, cue.first) if not set(g.actors) & set(guests)]
        host = before[0].actors[0] if before else discourse.home
        if not allowed or len(guests) != 1 or not host or host in guests or "دخول" not in cue.sense.lemma:
            continue
        verdict = judge(reading, scope(reading, cue.first, cue.last), "instrument", default="signed")
        draft = _draft("defense-cooperation", (host, guests[0]), verdict, reading, cue)
        draft.provisions.add("troop-deployment")
        yield draft


def _is_army(reading: Reading, cue: Cue, group: Group) -> bool:
    return reading.has(cue.last, group.last, "army", "troop-force", "m-military") and group.first >= cue.last


def _state_of(reading: Reading, first: int, last: int) -> str:
    nisbas = [m for m in reading.mentions if first <= m.first < last and m.is_nisba]
    return nisbas[-1].actors[0] if nisbas else ""


def _draft(kind: str, parties: tuple[str, ...], verdict: Verdict, reading: Reading, cue: Cue) -> Draft:
    draft = verdict.draft(kind, dict.fromkeys(parties, "party"))
    draft.head, draft.at = "verb", cue.first
    draft.rules += [f"{kind} by {cue.cue}", verdict.rule]
    draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
    return draft
