"""When two claims about the same actors speak of one arrangement, of two, or against each other.

The rules are conservative: claims are kept apart wherever the texts give a reason to think of two arrangements.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from kg.graph.spans import Span, days
from kg.model import Claim

# Two sources that differ by less than this on one date are taken to mean one event, and to disagree about its day.
SAME_EVENT_DAYS = 31

_OUTSIDERS = frozenset({"opponent", "against"})
_SIDES = frozenset({"host", "operator", "supplier", "recipient"})
# Kinds of which a name can be the name; an exercise, a sale, a base or an accession is at most made under one.
TREATIES = frozenset({
    "mutual-defense-pact", "nonaggression-pact", "alliance", "defense-cooperation", "defense-industry", "transit",
    "armistice", "security-framework", "strategic-partnership", "neutrality", "arms-control",
})  # fmt: skip
_ONE_OFF = frozenset({"joint-exercise", "arms-transfer"})
_EXISTED = frozenset({"signed", "ratified", "in-force", "completed"})
_NOT_YET = frozenset({"proposed", "negotiating"})
_OVER = frozenset({"suspended", "terminated"})
_ANCHORS = ("signed", "ratified", "in-force", "completed", "planned", "terminated")
_CHANGES = ("rejected", "suspended")  # what can come more than once: the same day speaks for one, another not for two
_BEGINNINGS = ("proposed", "signed", "ratified", "in-force", "completed", "planned", "rejected")

Key = tuple[str, frozenset[tuple[str, str]], str | None]


class Bond(Enum):
    """What two claims with the same key have to do with each other."""

    TIED = "one arrangement"
    OPEN = "nothing speaks against one arrangement"
    APART = "two arrangements"


class Tie(NamedTuple):
    """A bond and the reason for it, in words."""

    bond: Bond
    why: str


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

    What is over is denied without contradiction: the denial is of its standing, or of its return.

    >>> contradict("denied", "proposed"), contradict("rejected", "proposed"), contradict("signed", "in-force")
    (True, False, False)
    """
    pair = {one, other}
    if len(pair) == 2 and "denied" in pair:
        return not pair & {"rejected", "terminated"}
    return "rejected" in pair and bool(pair & (_EXISTED | {"negotiating"}))


def tie(one: Claim, other: Claim) -> Tie:
    """Judge two claims with the same key."""
    if lasting(one):
        return Tie(Bond.TIED, f"there is one membership of an actor in {one.organization}")
    if one.instrument and other.instrument:
        if one.instrument == other.instrument:
            return Tie(Bond.TIED, f"both name {one.instrument}")
        return Tie(Bond.APART, f"one names {one.instrument}, the other {other.instrument}")
    return _tie_of_dates(one, other) or _tie_of_documents(one, other)


def _tie_of_documents(one: Claim, other: Claim) -> Tie:
    if one.document == other.document:
        return _tie_within_document(one.status, other.status)
    pair = {one.status, other.status}
    if pair & _OVER and "rejected" in pair:
        return Tie(Bond.APART, "what was turned down never was, and the other came to an end")
    return Tie(Bond.OPEN, "kind and actors are the same, and nothing tells them apart")


def _tie_within_document(one: str, other: str) -> Tie:
    """Judge two records that one document keeps apart: they contradict each other, or are two arrangements."""
    if contradict(one, other) and not ("rejected" in (one, other) and {one, other} & _EXISTED):
        return Tie(Bond.TIED, f"one document tells of one arrangement as {one} and as {other}: its sources differ")
    return Tie(Bond.APART, "one document tells of them as two")


def _tie_of_dates(one: Claim, other: Claim) -> Tie | None:
    first, second = _events(one), _events(other)
    shared = [name for name in _ANCHORS if name in first and name in second]
    one_off = one.kind in _ONE_OFF
    if shared:
        widest = max(shared, key=lambda name: first[name].gap(second[name]))
        gap = first[widest].gap(second[widest])
        dates = f"{widest} {_date(one, widest)} and {_date(other, widest)}"
        near = gap <= (0 if one_off else SAME_EVENT_DAYS)
        return Tie(Bond.TIED, f"the dates agree: {dates}") if near else Tie(Bond.APART, f"{dates}: {gap} days apart")
    for name in _CHANGES:
        if name in first and name in second and not first[name].gap(second[name]):
            return Tie(Bond.TIED, f"the dates agree: {name} {one.dates[name]} and {other.dates[name]}")
    if _ended_before(first, second) or _ended_before(second, first):
        return Tie(Bond.APART, "one had ended before the other began")
    if one.kind == "joint-exercise" and _held_twice(first, second):
        return Tie(Bond.APART, "an exercise that had been held before the other began")
    if one_off and one.document != other.document and bool(first) != bool(second):
        return Tie(Bond.APART, "one has a date and the other has none; it may have been held more than once")
    return None


def _date(claim: Claim, event: str) -> str:
    return claim.dates.get(event) or claim.dates["planned"]


def _events(claim: Claim) -> dict[str, Span]:
    """Give the dates as spans of days; the day on which a one-off is planned is the day on which it takes place."""
    spans = {name: days(text) for name, text in claim.dates.items()}
    if claim.kind in _ONE_OFF and "planned" in spans:
        spans.setdefault("completed", spans.pop("planned"))
    return spans


def _ended_before(first: dict[str, Span], second: dict[str, Span]) -> bool:
    end = first.get("terminated")
    return end is not None and any(end.before(second[name]) for name in _BEGINNINGS if name in second)


def _held_twice(first: dict[str, Span], second: dict[str, Span]) -> bool:
    """Tell whether one exercise was held more than a month before or after the day on which another was going on."""
    pairs = ((first, second), (second, first))
    gaps = [
        one["completed"].gap(other["in-force"]) for one, other in pairs if "completed" in one and "in-force" in other
    ]
    return any(gap > SAME_EVENT_DAYS for gap in gaps)


def one_treaty(first: Iterable[Claim], second: Iterable[Claim]) -> Tie | None:
    """Judge two groups of claims with different kinds or actors: is it one treaty that both name? None if it is not.

    A document that tells of two arrangements under one name keeps them apart.
    """
    one, other = list(first), list(second)
    named = {claim.instrument for claim in one} & {claim.instrument for claim in other} - {None}
    kinds = {claim.kind for claim in (*one, *other)}
    together = {claim.document for claim in one} & {claim.document for claim in other}
    if not named or together or not kinds <= TREATIES:
        return None
    return Tie(Bond.TIED, f"both name {min(map(str, named))}")
