"""Exercises, arms transfers and declared neutrality."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.features import SECTORS
from kg.claims.heads import chunk_end
from kg.claims.parties import (
    described_by,
    groups_in,
    is_location,
    pair_before,
    subject,
    subject_above,
    unique,
    with_prep,
)
from kg.claims.reading import Reading
from kg.claims.scopes import scope
from kg.claims.status import judge
from kg.lexicon import load
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group

LISTING = words("listing")
WEAPONS = frozenset({"weapon", "drone", "ship", "aircraft", "ammunition", "materiel", "battery", "system", "shipment"})
TRADE = ("sell", "deliver", "buy", "receive", "arrive", "contract", "offer", "customer")


def exercises(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each exercise that has two parties or more."""
    done = -1
    for cue in reading.cues:
        again = (
            "ال" in cue.proclitics and cue.sense.number == "pl" and discourse.antecedent(frozenset({"joint-exercise"}))
        )
        if cue.cue not in ("exercise", "drill") or cue.first < done or not (again or _is_joint(reading, cue)):
            continue
        end = chunk_end(reading, cue.last)
        done = end
        if _is_item(reading, cue):
            continue
        place = scope(reading, cue.first, end)
        parties = _participants(reading, cue, end, place.right, discourse)
        if len(parties) < 2:
            continue
        verdict = judge(reading, place, "exercise", default="completed")
        draft = Draft(
            "joint-exercise",
            dict.fromkeys(parties, "party"),
            status=verdict.status,
            certainty=verdict.certainty,
            dates=verdict.dates,
        )
        if draft.status in ("completed", "in-force") and _to_come(reading, cue):
            draft.status, draft.dates = "signed", dict(zip(("planned",), draft.dates.values(), strict=False))
        draft.head, draft.definite = "exercise", "ال" in cue.proclitics
        draft.explicit, draft.at = verdict.explicit, cue.first
        draft.rules += ["exercise with participants", verdict.rule]
        draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
        draft.sectors.add("exercises")
        if draft.status == "proposed" and len(parties) > 1:
            draft.parties[parties[0]] = "proposer"
        draft.name = _quoted(reading, cue.last, end)
        for a, b in ((cue.first, end), *place.right):
            draft.sectors |= {
                SECTORS[c.cue] for c in reading.cues_in(a, b) if c.cue in ("s-naval", "s-counterterrorism")
            }
        yield draft


def _to_come(reading: Reading, cue: Cue) -> bool:
    """Tell whether an exercise is dated to come («في أكتوبر القادم», «تنطلق الأحد المقبل»), and not told as past."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    if any(
        c.sense.pos == "perfect"
        for c in reading.cues_in(clause.first, cue.first, ("hold", "launch", "close", "take-part"))
    ):
        return False
    future = words("future")
    return any(reading.norm(k) in future for k in range(clause.first, clause.last))


def _quoted(reading: Reading, first: int, last: int) -> str:
    marks = [k for k in range(first, min(last + 6, len(reading.tokens))) if reading.norm(k) == '"']
    return " ".join(reading.norm(k) for k in range(marks[0] + 1, marks[1])) if len(marks) > 1 else ""


def _is_joint(reading: Reading, cue: Cue) -> bool:
    if cue.cue == "exercise":
        return True
    near = " ".join(reading.norm(k) for k in range(cue.last, cue.last + 5))
    described = [
        g
        for g in reading.groups
        if g.mentions[0].is_nisba and cue.last <= g.mentions[0].first <= cue.last + 2 and len(g.actors) > 1
    ]
    if described:
        return True
    if cue.sense.number != "pl" and "مشترك" not in near:
        return False
    return "مشترك" in near or '"' in near or "عسكري" in near or "بحري" in near


def _is_item(reading: Reading, cue: Cue) -> bool:
    """Tell whether an exercise is only an item of another arrangement («خطة تتضمن تدريبات مشتركة»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    return (
        reading.has(clause.first, cue.first, "include", "content")
        and reading.has(0, cue.first, "treaty", "cooperation", "partnership")
    ) or _lists(reading, clause.first, cue.first)


def _lists(reading: Reading, first: int, last: int) -> bool:
    return reading.says(first, last, LISTING)


def _participants(
    reading: Reading, cue: Cue, end: int, right: tuple[tuple[int, int], ...], discourse: Discourse
) -> tuple[str, ...]:
    clause = reading.clauses[reading.clause_of(cue.first)]
    after = [g for a, b in ((cue.last, end), *right) for g in groups_in(reading, a, b) if not is_location(g)]
    between = with_prep(after, "بين")
    if len(between) > 1:
        return between
    nisbas = described_by(reading, cue.first, end)
    if len(nisbas) > 1:
        return nisbas
    joined = with_prep(after, "مع", "بمشاركة")
    taking = tuple(a for g in after if g.prep in ("من", "ل") and _sent(reading, cue, g) for a in g.actors)
    acting = subject(reading, clause.first, clause.last, cue.first)
    acting = acting or tuple(a for g in after if g.prep == "" and not g.is_nisba for a in g.actors)
    if not acting and not joined and any(reading.norm(k).endswith("هما") for k in range(clause.first, clause.last)):
        return pair_before(reading, clause.first, discourse)
    if joined and not acting:
        acting = nisbas or subject_above(reading, reading.clause_of(cue.first), discourse)
    whose = tuple(
        a for a in with_prep(groups_in(reading, cue.last, end), "ل") if hasattr(load().actors.get(a), "members")
    )
    return unique(acting, nisbas if len(acting) < 2 else (), joined, taking, whose)


_UNITS = words("units")


def _sent(reading: Reading, cue: Cue, group: Group) -> bool:
    """Tell whether units of these states take part («بمشاركة وحدات من …», «عناصر … لكل من …»)."""
    if (
        group.prep == "ل"
        and not reading.norm(group.first).endswith("كل")
        and not reading.norm(group.first - 2).endswith("كل")
    ):
        return False
    return reading.has(cue.first, group.first, "troops", "take-part") or reading.says(
        group.first - 12, group.first, _UNITS
    )


def arms(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each sale or delivery of weapons that has a supplier and a recipient."""
    done: set[tuple[str, str]] = set()
    for cue in reading.cues:
        if cue.cue not in WEAPONS:
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        trade = [c for c in reading.cues_in(clause.first, clause.last) if c.cue in TRADE]
        above = (
            reading.clauses[clause.parent].first if clause.kind == "relative" and clause.parent >= 0 else clause.first
        )
        if not trade or (cue.cue == "shipment" and not reading.has(above, clause.last, *(WEAPONS - {"shipment"}))):
            continue
        supplier, recipient = _sides(reading, cue, trade, discourse)
        if not supplier or not recipient or supplier == recipient or (supplier, recipient) in done:
            continue
        done.add((supplier, recipient))
        place = scope(reading, min(cue.first, trade[0].first), max(cue.last, trade[0].last))
        verdict = judge(reading, place, "arms", default="proposed" if trade[0].cue == "offer" else "in-force")
        if reading.sentence.kind == "heading" and verdict.status == "in-force":
            verdict = verdict._replace(explicit=False)
        parties = {supplier: "supplier", recipient: "recipient"}
        draft = Draft("arms-transfer", parties, status=verdict.status, certainty=verdict.certainty, dates=verdict.dates)
        draft.head = "arms"
        draft.explicit, draft.at = verdict.explicit, cue.first
        draft.rules += [f"weapons by {trade[0].cue}", verdict.rule]
        draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
        draft.sectors.add("procurement")
        if reading.has(clause.first, clause.last, "drone"):
            draft.sectors.add("drones")
        if reading.has(clause.first, clause.last, "s-air-defense"):
            draft.sectors.add("air-defense")
        yield draft


def _sides(reading: Reading, cue: Cue, trade: list[Cue], discourse: Discourse) -> tuple[str, str]:
    clause = reading.clauses[reading.clause_of(cue.first)]
    found = groups_in(reading, clause.first, clause.last)
    origin = [
        g
        for g in found
        if g.is_nisba and (0 <= g.mentions[0].first - cue.last <= 3 or g.head < cue.last) and g.head >= cue.first
    ]
    to = with_prep([g for g in found if g.first > trade[0].first], "الى", "ل")
    given = [c.last for c in trade if c.cue in ("deliver", "sell") and c.sense.pos == "masdar"]
    direct = [
        c.last
        for c in trade
        if c.cue in ("deliver", "sell") and c.sense.pos == "perfect" and any(f.last <= c.first for f in found)
    ]
    to = to or tuple(a for g in found if g.prep == "" and g.first in direct for a in g.actors)
    to = to or tuple(a for g in found if g.prep in ("gen", "") and g.first in given for a in g.actors)
    wanted = [g for g in found if g.is_nisba and reading.has(g.head, g.head + 1, "request")]
    if wanted and not origin:
        return next(
            (a for a in subject(reading, clause.first, clause.last, cue.first) if a not in wanted[0].actors), ""
        ), wanted[0].actors[0]
    by = with_prep([g for g in found if g.first > trade[0].first], "من", "مع")
    acting = subject(reading, clause.first, clause.last, cue.first)
    k = reading.clause_of(cue.first)
    if not acting and (k > 0 or discourse.topic or reading.sentence.kind == "bullet"):
        acting = subject_above(reading, k, discourse)
    giving = any(c.cue in ("sell", "deliver", "offer") for c in trade) or (trade[0].cue == "contract" and bool(to))
    if not to and any(c.cue == "offer" for c in trade):
        to = with_prep(found, "على") or tuple(
            a
            for a in (discourse.topic or discourse.subject)
            if reading.says(clause.first, clause.last, ("عليها", "عليه"))
        )
    acting = tuple(a for a in acting if not giving or a not in to) or acting
    if giving and not [a for a in acting if a not in to]:
        acting = tuple(
            a for g in found if g.last <= trade[0].first and g.prep in ("gen", "") for a in g.actors if a not in to
        )[-1:]
    supplier = origin[0].actors[0] if origin else (acting[0] if giving and acting else (by[0] if by else ""))
    if giving:
        recipient = to[0] if to else ""
    else:
        recipient = next((a for a in acting if a != supplier), "") or (to[0] if to else "")
    return supplier, recipient


def neutrality(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each state whose neutrality, or ban on alliances and foreign bases, the sentence speaks of."""
    for cue in reading.cues:
        banned = cue.cue in ("any-alliance", "p-no-foreign-bases") and _banned(reading, cue)
        if cue.cue != "neutrality" and not banned:
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        if reading.has(clause.first, cue.first, "treaty", "conditional") or cue.sense.number == "pl":
            continue
        for actor in _neutral(reading, cue, discourse):
            verdict = judge(reading, scope(reading, cue.first, cue.last), "neutrality")
            draft = Draft(
                "neutrality", {actor: "party"}, status=verdict.status, certainty=verdict.certainty, dates=verdict.dates
            )
            if banned and verdict.status in ("rejected", "denied"):
                draft.status = "in-force"
            draft.head, draft.explicit, draft.at = "neutrality", verdict.explicit, cue.first
            draft.rules += ["declared neutrality" if not banned else "ban on alliances or bases", verdict.rule]
            draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
            if reading.has(0, len(reading.tokens), "p-no-foreign-bases"):
                draft.provisions.add("no-foreign-bases")
            if reading.has(0, len(reading.tokens), "foreign-forces"):
                draft.provisions.add("no-foreign-forces")
            yield draft


def _banned(reading: Reading, cue: Cue) -> bool:
    clause = reading.clauses[reading.clause_of(cue.first)]
    first = max(0, cue.first - 16)
    forbids = reading.has(clause.first, cue.first, "bind", "reject", "pledge") or "عدم" in [
        reading.norm(k) for k in range(max(0, cue.first - 3), cue.first)
    ]
    return forbids and reading.has(first, cue.first, "charter", "pledge", "reject")


def _neutral(reading: Reading, cue: Cue, discourse: Discourse) -> tuple[str, ...]:
    """Give whose neutrality it is: the nisba or genitive on it, the one who acts, the topic."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    after = [g for g in groups_in(reading, cue.last, min(clause.last, cue.last + 3)) if g.prep == "gen" or g.is_nisba]
    acting = subject(reading, clause.first, clause.last, cue.first)
    before = [g for g in groups_in(reading, max(0, cue.first - 16), cue.first) if g.is_nisba or g.prep == "gen"]
    found = (after[0].actors if after else ()) or acting or (before[0].actors if before and not discourse.topic else ())
    found = found or subject_above(reading, reading.clause_of(cue.first), discourse)
    return tuple(a for a in found if len(a) == 3)
