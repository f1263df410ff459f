"""Weekdays: «الخميس», «يوم السبت الماضي», «يومي الأربعاء والخميس المقبلين», with the date that stands beside them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from kg.dates.days import dated, is_future, numeric
from kg.dates.period import Period, weekday_near
from kg.dates.readings import Found, FromReference
from kg.dates.scan import Scan, unit_of, weekday_of


def weekday(scan: Scan, at: int) -> list[Found]:
    """Read a weekday or a list of them, with the date that follows if one does: «يوم الخميس 6 فبراير»."""
    unit = unit_of(scan.norm(at))
    first = at + (unit is not None and unit[0].name == "day" and weekday_of(scan.norm(at + 1)) is not None)
    if weekday_of(scan.norm(first)) is None or scan.norm(first + 1) == "عشر" or scan.cue("not_weekday", at - 1):
        return []
    end = first + 1
    while scan.norm(end).startswith("و") and weekday_of(scan.norm(end)):
        end += 1
    before_last = scan.norm(end) == "قبل" and scan.shift(end + 1) == -1
    by = -2 if before_last else scan.shift(end)
    after = end + before_last + (by is not None)
    date = dated_after(scan, after) if end == first + 1 else []
    if date:
        return [replace(date[0], start=at), *date[1:]]
    ahead = by is None and is_future(scan, at)
    listed = [_one(scan, place, by, ahead=ahead) for place in range(first, end)]
    return _stretched(listed, at, after)


def _stretched(listed: Sequence[Found], start: int, end: int) -> list[Found]:
    """Let the first of a list begin with «يوم», and the last end with «الماضي»."""
    whole = list(listed)
    whole[0] = replace(whole[0], start=start)
    whole[-1] = replace(whole[-1], end=end)
    return whole


def _one(scan: Scan, at: int, by: int | None, *, ahead: bool) -> Found:
    """Give one weekday: the latest on or before the day of writing, unless «المقبل» or the sentence puts it ahead."""
    number = weekday_of(scan.norm(at)) or 1
    if ahead:
        return Found(at, at + 1, FromReference(lambda day: this_or_next(day, number)))
    return Found(at, at + 1, FromReference(lambda day: weekday_near(day, number, by or None)))


def this_or_next(day: datetime.date, number: int) -> Period | None:
    """Give the weekday on or after a day."""
    return weekday_near(day, number, None if day.isoweekday() == number else 1)


def dated_after(scan: Scan, at: int) -> list[Found]:
    """Read a date that stands right after its weekday, with a comma or in brackets or not."""
    bracket = scan.norm(at) == "("
    at += scan.norm(at) in ("،", ",", "(", "-", "الموافق")
    if scan.lost(at):
        return dated(scan, at + 1)
    if not scan.norm(at)[:1].isdigit() and scan.ordinal(at) is None:
        return []
    found = numeric(scan, at) or dated(scan, at)
    if found and bracket and scan.norm(found[-1].end) == ")":
        found[-1] = replace(found[-1], end=found[-1].end + 1)
    return found
