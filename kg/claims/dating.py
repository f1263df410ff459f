"""Which dates go with an arrangement, and what each of them dates."""

from __future__ import annotations

from kg.claims.effects import FAMILIES, effect, irrealis, negated
from kg.claims.reading import Reading
from kg.claims.scopes import Scope
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words

_FUTURE = words("future")


def dates_of(reading: Reading, place: Scope, family: str, status: str) -> dict[str, str]:
    """Give each date that stands by the head, keyed by what the cue nearest to it says."""
    ranges = [*place.left, (place.first, place.last), *place.right]
    first, last = min(a for a, _ in ranges), max(b for _, b in ranges)
    table = FAMILIES[family]
    found: dict[str, str] = {}
    for dated in reading.dated:
        if dated.first < first or dated.last > last or not dated.span.edtf:
            continue
        key = _date_key(reading, dated.first, dated.last, first, last, table, family, status, place)
        if key and key not in found:
            found[key] = dated.span.edtf
    return found


def _date_key(
    reading: Reading,
    a: int,
    b: int,
    first: int,
    last: int,
    table: dict[str, tuple[str, str]],
    family: str,
    status: str,
    place: Scope,
) -> str:
    before = reading.norm(a - 1)
    if before.lstrip("وف") == "منذ":
        return "in-force" if status in ("in-force", "suspended", "terminated") else ""
    candidates = [
        c for c in reading.cues_in(first, last) if (c.cue in table or c.cue in ("reject", "propose", "offer"))
    ]
    candidates = [c for c in candidates if not negated(reading, c)]
    for cue in sorted(candidates, key=lambda c: (_gap(c, a, b), c.first)):
        key = _key_of(reading, cue, table)
        if key:
            return key
    if family == "instrument" and a <= place.last + 3:
        return "signed"
    return {
        "completed": "completed",
        "terminated": "terminated",
        "suspended": "suspended",
        "rejected": "rejected",
        "proposed": "planned" if reading.norm(b) in _FUTURE else "proposed",
        "signed": "signed",
    }.get(status, "")


def _gap(cue: Cue, a: int, b: int) -> int:
    return a - cue.last if cue.last <= a else (cue.first - b) * 2


def _key_of(reading: Reading, cue: Cue, table: dict[str, tuple[str, str]]) -> str:
    if cue.cue in ("propose", "offer"):
        return "proposed"
    if cue.cue == "reject":
        return "rejected"
    said = effect(reading, cue, table, "")
    if said:
        return said.date
    return "planned" if cue.cue in table and cue.sense.pos == "imperfect" and irrealis(reading, cue) else ""
