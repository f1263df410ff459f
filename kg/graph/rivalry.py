"""When two claims about the same actors speak of one arrangement, of two, or against each other.

The rules are conservative: claims are kept apart wherever the texts give a reason to think of two arrangements.
"""

from __future__ import annotations

from enum import Enum

from kg.graph.spans import Span, days
from kg.model import Claim

# Two sources that differ by less than this on one date are taken to mean one event, and to disagree about its day.
SAME_EVENT_DAYS = 31

_OUTSIDERS = frozenset({"opponent", "against"})
_SIDES = frozenset({"host", "operator", "supplier", "recipient"})
_ONE_OFF = frozenset({"joint-exercise", "arms-transfer"})
_EXISTED = frozenset({"signed", "ratified", "in-force", "completed"})
_NOT_YET = frozenset({"proposed", "negotiating"})
_OVER = frozenset({"suspended", "terminated"})
_ANCHORS = ("signed", "ratified", "in-force", "completed", "planned", "terminated")
_BEGINNINGS = ("proposed", "signed", "ratified", "in-force", "completed", "planned", "rejected")

Key = tuple[str, frozenset[tuple[str, str]], str | None]


class Bond(Enum):
    """What two claims with the same key have to do with each other."""

    TIED = "one arrangement"
    OPEN = "nothing speaks against one arrangement"
    APART = "two arrangements"


def side(kind: str, role: str) -> str:
    """Give the part of a role that tells arrangements apart: a base of A in B is not a base of B in A."""
    if role in _SIDES:
        return role
    return "joiner" if kind == "membership" and role != "party" else ""


def insider(role: str) -> bool:
    """Tell whether an actor with this role belongs to the arrangement."""
    return role not in _OUTSIDERS


def key(claim: Claim) -> Key:
    """Give what claims of one arrangement have in common: kind, actors with their sides, organization."""
    actors = frozenset((p.actor, side(claim.kind, p.role)) for p in claim.parties if insider(p.role))
    return claim.kind, actors, claim.organization


def lasting(claim: Claim) -> bool:
    """Tell whether there can be only one arrangement of this sort: an actor's membership of an organization."""
    return claim.kind == "membership" and claim.organization is not None


def contradict(one: str, other: str) -> bool:
    """Tell whether two statuses cannot both be true of one arrangement, whatever their time.

    >>> contradict("denied", "proposed"), contradict("rejected", "proposed"), contradict("signed", "in-force")
    (True, False, False)
    """
    pair = {one, other}
    if len(pair) == 2 and "denied" in pair:
        return "rejected" not in pair
    return "rejected" in pair and bool(pair & (_EXISTED | {"negotiating"}))


def bond(one: Claim, other: Claim) -> Bond:
    """Judge two claims with the same key."""
    if lasting(one):
        return Bond.TIED
    if one.instrument and other.instrument:
        return Bond.TIED if one.instrument == other.instrument else Bond.APART
    dates = _bond_of_dates(one, other)
    if dates is not Bond.OPEN:
        return dates
    if one.document == other.document:
        return _bond_within_document(one.status, other.status)
    never_was = {one.status, other.status} & _OVER and "rejected" in {one.status, other.status}
    return Bond.APART if never_was else Bond.OPEN


def _bond_within_document(one: str, other: str) -> Bond:
    """Judge two records that one document keeps apart: they contradict each other, or are two arrangements."""
    if contradict(one, other) and not ("rejected" in (one, other) and {one, other} & _EXISTED):
        return Bond.TIED
    return Bond.APART


def _bond_of_dates(one: Claim, other: Claim) -> Bond:
    first, second = _events(one), _events(other)
    gaps = [first[name].gap(second[name]) for name in _ANCHORS if name in first and name in second]
    one_off = one.kind in _ONE_OFF
    if gaps:
        return Bond.TIED if max(gaps) <= (0 if one_off else SAME_EVENT_DAYS) else Bond.APART
    if _ended_before(first, second) or _ended_before(second, first):
        return Bond.APART
    if one_off and one.document != other.document and bool(first) != bool(second):
        return Bond.APART
    return Bond.OPEN


def _events(claim: Claim) -> dict[str, Span]:
    """Give the dates as spans of days; the day on which a one-off is planned is the day on which it takes place."""
    spans = {name: days(text) for name, text in claim.dates.items()}
    if claim.kind in _ONE_OFF and "planned" in spans:
        spans.setdefault("completed", spans.pop("planned"))
    return spans


def _ended_before(first: dict[str, Span], second: dict[str, Span]) -> bool:
    end = first.get("terminated")
    return end is not None and any(end.before(second[name]) for name in _BEGINNINGS if name in second)
