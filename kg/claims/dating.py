"""Which dates go with an arrangement, and what each of them dates."""

from __future__ import annotations

from kg.claims.effects import FAMILIES, effect, irrealis, negated
from kg.claims.reading import Dated, Reading
from kg.claims.scopes import Scope
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words

_FUTURE = words("future")


def dates_of(reading: Reading, place: Scope, family: str, status: str) -> dict[str, str]:
    """Give each date by the head to the cue nearest before it (or after it), keyed by what that cue says."""
    ranges = [*place.left, (place.first, place.last), *place.right]
    first, last = min(a for a, _ in ranges), max(b for _, b in ranges)
    candidates = [c for c in reading.cues_in(first, last) if _can_date(c, family) and not negated(reading, c)]
    found: dict[str, str] = {}
    for dated in reading.dated:
        if dated.first < first or dated.last > last or not dated.span.edtf:
            continue
        key = _date_key(reading, dated, candidates, place, family, status)
        if key and key not in found:
            found[key] = dated.span.edtf
    return found


def _can_date(cue: Cue, family: str) -> bool:
    return cue.cue in FAMILIES[family] or cue.cue in ("reject", "propose", "offer")


def _date_key(reading: Reading, dated: Dated, candidates: list[Cue], place: Scope, family: str, status: str) -> str:
    """Give what a date dates: by «منذ», by the nearest cue that says so, else by the status; «» for nothing."""
    if reading.norm(dated.first - 1) in words("until") or reading.norm(dated.first - 2) in words("until"):
        return ""
    if reading.norm(dated.first - 1).lstrip("وف") == "منذ":
        return "in-force" if status in ("in-force", "suspended", "terminated") else ""
    for cue in sorted(candidates, key=lambda c: (_gap(c, dated.first, dated.last), c.first)):
        key = _key_of(reading, cue, family)
        if key:
            return key
    if family == "instrument" and dated.first <= place.last + 3:
        return "signed"
    if status == "proposed":
        return "planned" if reading.norm(dated.last) in _FUTURE else "proposed"
    return status if status in ("completed", "terminated", "suspended", "rejected", "signed") else ""


def _gap(cue: Cue, a: int, b: int) -> int:
    return a - cue.last if cue.last <= a else (cue.first - b) * 2


def _key_of(reading: Reading, cue: Cue, family: str) -> str:
    if cue.cue in ("propose", "offer"):
        return "proposed"
    if cue.cue == "reject":
        return "rejected"
    table = FAMILIES[family]
    said = effect(reading, cue, table, "")
    if said:
        return said.date
    return "planned" if cue.cue in table and cue.sense.pos == "imperfect" and irrealis(reading, cue) else ""
