"""The statuses of one arrangement in the order of time: what is dated, and what a dated document reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cmp_to_key

from kg.graph.rivalry import SAME_EVENT_DAYS
from kg.graph.spans import Span, best, days
from kg.graph.words import date_place, rank, status_of_date
from kg.model import Claim, Document, StatusPeriod

_ENDS = frozenset({"suspended", "terminated"})
_NEVER = Span(date.max, date.max)
_RUNS = frozenset({"ratified", "in-force", "completed"})  # what cannot be said of what is suspended or over


@dataclass(frozen=True, slots=True)
class _Step:
    """A status, the date of the event that opened it (None where it is reported alone), when, and who says so."""

    status: str
    since: str | None
    when: Span | None
    claims: frozenset[str]


def periods(
    cluster: Sequence[Claim], documents: Mapping[str, Document], *, contested: bool
) -> tuple[StatusPeriod, ...]:
    """Put the statuses of an arrangement in the order of time.

    Each dated event opens a period, which the next one closes; an event that several claims date within a month is
    one, and one that comes again after an end (signed, lapsed, signed again) is two. A status without a date begins
    with the first document that reports it, and what is reported to work after its end has come back; `documents` are
    known by their names. Where no document has a date, or where the claims contradict each other, only the furthest
    such status is told, and it comes last.
    """
    steps = _dated(cluster)
    told = {claim.id: None if contested else _report(documents.get(claim.document)) for claim in cluster}
    for claim in sorted(cluster, key=lambda one: (told[one.id] or _NEVER, one.id)):
        if claim.status not in map(status_of_date, claim.dates):
            steps = _with_report(steps, claim, told[claim.id])
    return tuple(_periods(_without_lesser_undated(steps)))


def renewed(periods: Sequence[StatusPeriod]) -> str | None:
    """Give the status of an arrangement that came back after its end; None if it did not."""
    timed = [one.status for one in periods if one.held_from]
    ended = [number for number, status in enumerate(timed) if status in _ENDS]
    back = [status for status in timed[ended[-1] + 1 :] if status not in ("denied", "rejected")] if ended else []
    return max(back, key=rank, default=None)


def one_event(first: str, second: str, ends: Iterable[str]) -> bool:
    """Tell whether two dates of one sort of event are to be those of one event: no end lies between them."""
    early, late = sorted((days(first), days(second)))
    return not any(early.before(days(end)) and days(end).before(late) for end in ends)


def ends(cluster: Iterable[Claim]) -> list[str]:
    """Give the dates on which an arrangement was suspended or ended."""
    return [date for claim in cluster for event, date in claim.dates.items() if event in _ENDS]


def _report(document: Document | None) -> Span | None:
    """Give the first day on which a report is out for certain."""
    if document is None or document.date is None:
        return None
    return Span(days(document.date).latest, days(document.date).latest)


def _dated(cluster: Sequence[Claim]) -> list[_Step]:
    """Give the dated events in the order of time, each once, with the claims that date it."""
    over = ends(cluster)
    steps = []
    for event in sorted({event for claim in cluster for event in claim.dates}, key=date_place):
        status = status_of_date(event)
        dates = {claim.id: claim.dates[event] for claim in cluster if event in claim.dates}
        for group in _events(sorted(set(dates.values()), key=days), over) if status else ():
            claims = [name for name, date in dates.items() if date in group]
            since = best([dates[name] for name in claims])
            steps.append(_Step(status or "", since, days(since), frozenset(claims)))
    return _in_order(steps)


def _in_order(steps: Iterable[_Step]) -> list[_Step]:
    """Sort by time; what time leaves open, by the life-cycle: signed in 2024 comes before in force in March 2024."""
    canonical = sorted(steps, key=lambda one: (one.when or _NEVER, rank(one.status), one.since or ""))
    return sorted(canonical, key=cmp_to_key(_compare))


def _compare(one: _Step, other: _Step) -> int:
    first, second = one.when or _NEVER, other.when or _NEVER
    if first.gap(second):
        return -1 if first < second else 1
    return rank(one.status) - rank(other.status)


def _events(dates: Sequence[str], over: Sequence[str]) -> Iterator[list[str]]:
    """Part the dates of one sort of event, in their order, where an end and more than a month lie between them."""
    group: list[str] = []
    for one in dates:
        near = not group or days(group[-1]).gap(days(one)) <= SAME_EVENT_DAYS or one_event(group[-1], one, over)
        if not near:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _with_report(steps: list[_Step], claim: Claim, report: Span | None) -> list[_Step]:
    """Add what a claim says without a date: to the period that it tells of, or as one that begins with the report."""
    before = [step for step in steps if report is None or not report.before(step.when or _NEVER)]
    same = [number for number, step in enumerate(before) if step.status == claim.status]
    over = [number for number, step in enumerate(before) if step.status in _ENDS]
    back = bool(report and over and claim.status in _RUNS and not (same and same[-1] > over[-1]))
    if same and not back:
        home = before[same[-1]]
        return [replace(step, claims=step.claims | {claim.id}) if step is home else step for step in steps]
    history = bool(report and before) and not back and rank(claim.status) < rank(before[-1].status)
    return _in_order([*steps, _Step(claim.status, None, None if history else report, frozenset({claim.id}))])


def _without_lesser_undated(steps: list[_Step]) -> list[_Step]:
    """Drop what has no place in time, unless it is further than all that has one."""
    furthest = max((rank(step.status) for step in steps), default=0)
    return [step for step in steps if step.when or rank(step.status) == furthest]


def _periods(steps: Sequence[_Step]) -> Iterator[StatusPeriod]:
    """Close each step with the next; what comes before a certain day is certain by then itself.

    Where an end without a date follows, no day is certain on which a status still held.
    """
    begun = [step.when.latest if step.when else date.max for step in steps]
    days_held = [min(begun[number:]) for number in range(len(steps))]
    held = [day.isoformat() if day < date.max else None for day in days_held]
    for number, (step, following) in enumerate(zip(steps, [*steps[1:], None], strict=True)):
        ended = following is not None and following.when is None and following.status in _ENDS
        yield StatusPeriod(
            status=step.status,
            since=step.since,
            until=following.since if following else None,
            held_from=held[number],
            held_until=held[number] if ended else held[number + 1] if following else None,
            claims=tuple(sorted(step.claims)),
        )
