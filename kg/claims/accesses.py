"""Arrangements told by a verb and no noun of agreement: joint production, military aid, visits of forces."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.parties import described_by, free_groups, groups_in, subject, subject_above, unique, with_prep
from kg.claims.reading import Reading
from kg.claims.scopes import scope
from kg.claims.status import Verdict, judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group

TOGETHER = words("together")
ARMS = ("weapon", "drone", "ship", "aircraft", "ammunition", "battery", "system")


def production(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read «تنتج الدولتان معا صواريخ»: weapons that two actors make together."""
    for cue in reading.cues:
        if cue.cue != "produce" or not reading.has(cue.last, cue.last + 6, *ARMS):
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        together = reading.says(clause.first, clause.last, TOGETHER)
        found = groups_in(reading, clause.first, clause.last)
        acting = unique(*(g.actors for g in free_groups(reading, clause.first, clause.last)))
        partners = with_prep(found, "مع")
        if partners and len(acting) < 2:
            acting = unique(acting or subject_above(reading, reading.clause_of(cue.first), discourse)[:1], partners)
        if not together or len(acting) != 2:
            continue
        verdict = judge(reading, scope(reading, cue.first, cue.last), "instrument", default="in-force")
        draft = _draft("defense-industry", acting, verdict, reading, cue)
        draft.sectors.add("industry")
        if reading.has(clause.first, clause.last, "drone"):
            draft.sectors.add("drones")
        yield draft


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
