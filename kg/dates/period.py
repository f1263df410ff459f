"""Stretches of days, and the EDTF text that says no more than is known of them."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Literal

from kg.model import DateSpan

UnitName = Literal["day", "week", "month", "year", "decade", "century"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`; an end that is None is open. `edtf` is None where only the bounds are known."""

    edtf: str | None
    first: datetime.date | None
    last: datetime.date | None

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Period | None:
        """Give a year, a month or a day; None where there is no such day.

        >>> Period.of(2024, 2).last
        datetime.date(2024, 2, 29)
        """
        try:
            first = datetime.date(year, month or 1, day or 1)
        except ValueError:
            return None
        if month is None:
            return cls(f"{year:04}", first, datetime.date(year, 12, 31))
        if day is None:
            return cls(f"{year:04}-{month:02}", first, first.replace(day=calendar.monthrange(year, month)[1]))
        return cls(first.isoformat(), first, first)

    @classmethod
    def between(cls, first: datetime.date, last: datetime.date) -> Period:
        """Give the days from one to another, with the finest EDTF text that holds them all, if one does."""
        if first == last:
            return cls(first.isoformat(), first, last)
        if (first.year, first.month) == (last.year, last.month):
            return cls(f"{first.year:04}-{first.month:02}", first, last)
        return cls(f"{first.year:04}" if first.year == last.year else None, first, last)

    @classmethod
    def parse(cls, edtf: str) -> Period | None:
        """Read EDTF level 0.

        >>> Period.parse("2024-09").first
        datetime.date(2024, 9, 1)
        """
        return cls.of(*map(int, edtf.split("-")))

    @classmethod
    def of_span(cls, span: DateSpan) -> Period:
        """Give the days of a date that was found."""
        first, last = (datetime.date.fromisoformat(end) if end else None for end in (span.earliest, span.latest))
        return cls(span.edtf, first, last)

    @property
    def year(self) -> int | None:
        """The year that all of it lies in."""
        return self.first.year if self.first and self.last and self.first.year == self.last.year else None

    @property
    def month(self) -> tuple[int, int] | None:
        """The year and the month that all of it lies in."""
        if self.year is None or self.first is None or self.last is None or self.first.month != self.last.month:
            return None
        return self.first.year, self.first.month

    @property
    def day(self) -> datetime.date | None:
        """The day that it is."""
        return self.first if self.first == self.last else None

    def bounds_only(self) -> Period:
        """Give the same days without EDTF text."""
        return Period(None, self.first, self.last)

    def cover(self, other: Period) -> Period:
        """Give the days from the earlier beginning to the later end of both."""
        if self == other:
            return self
        if not (self.first and self.last and other.first and other.last):
            return Period(None, None, None)
        found = Period.between(min(self.first, other.first), max(self.last, other.last))
        return found if self.edtf and other.edtf else found.bounds_only()


UNKNOWN = Period(None, None, None)


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Count months on.

    >>> add_months(2025, 1, -2)
    (2024, 11)
    """
    whole = year * 12 + month - 1 + count
    return whole // 12, whole % 12 + 1


def counted(unit: UnitName, day: datetime.date, by: int) -> Period | None:
    """Give the day, week, month, year … that lies so many units after that of a day.

    Weeks, decades and centuries give bounds only: weeks begin on other days in other places, and so the bounds of a
    week hold every way to count it.

    >>> counted("month", datetime.date(2026, 1, 9), -1).edtf
    '2025-12'
    """
    try:
        if unit == "day":
            found = day + datetime.timedelta(days=by)
            return Period.of(found.year, found.month, found.day)
        if unit == "week":
            middle = day + datetime.timedelta(weeks=by)
            first, last = middle - datetime.timedelta(days=6), middle + datetime.timedelta(days=6)
            limits = (first, min(last, day - datetime.timedelta(days=1))) if by < 0 else (first, last)
            limits = (max(first, day + datetime.timedelta(days=1)), last) if by > 0 else limits
            return Period(None, *limits)
    except OverflowError:
        return None
    if unit == "month":
        return Period.of(*add_months(day.year, day.month, by))
    if unit == "year":
        return Period.of(day.year + by)
    length = 10 if unit == "decade" else 100
    # The decade of 2026 is counted from 2020, its century from 2001.
    start = (day.year - (length == 100)) // length * length + (length == 100) + by * length
    return years(start, start + length - 1)


def years(first: int, last: int) -> Period | None:
    """Give the bounds of several years."""
    start, end = Period.of(first), Period.of(last)
    return Period(None, start.first, end.last) if start and end else None


def ago(unit: UnitName, day: datetime.date, count: int) -> Period | None:
    """Give when it was so many units before a day: to the day, month or year, and in bounds for weeks and longer times.

    >>> ago("year", datetime.date(2026, 2, 3), 2).edtf
    '2024'
    """
    if unit == "week":
        middle = counted("day", day, -7 * count)
        return _widened(middle, 3) if middle else None
    if unit in ("decade", "century"):
        length = count * (10 if unit == "decade" else 100)
        return years(day.year - length - length // (2 * count), day.year - length + length // (2 * count))
    return counted(unit, day, -count)


def _widened(period: Period, days: int) -> Period:
    """Give bounds some days wider on both sides."""
    width = datetime.timedelta(days=days)
    if period.first is None or period.last is None:
        return UNKNOWN
    return Period(None, period.first - width, period.last + width)


def recent(day: datetime.date, month: int, monthday: int | None, *, strict: bool = False) -> Period | None:
    """Give the latest such month (or day of a month) that is not after a day; with `strict`, not its own month or day.

    >>> recent(datetime.date(2025, 12, 15), 5, 22).edtf
    '2025-05-22'
    """
    return _nearest(day, month, monthday, -1, strict)


def coming(day: datetime.date, month: int, monthday: int | None, *, strict: bool = False) -> Period | None:
    """Give the first such month (or day of a month) that is not before a day; with `strict`, not its own month or day.

    >>> coming(datetime.date(2026, 1, 9), 3, None).edtf
    '2026-03'
    """
    return _nearest(day, month, monthday, 1, strict)


def _nearest(day: datetime.date, month: int, monthday: int | None, step: int, strict: bool) -> Period | None:
    """Try this year and the years beside it (29 February needs up to eight)."""
    here = Period.of(day.year, day.month) if monthday is None else Period.of(day.year, day.month, day.day)
    for year in range(day.year, day.year + 9 * step, step):
        found = Period.of(year, month, monthday)
        if found is None or here is None or found.first is None or here.first is None:
            continue
        if found.first == here.first and not strict:
            return found
        if (found.first > here.first) == (step > 0) and found.first != here.first:
            return found
    return None


def weekday_near(day: datetime.date, number: int, by: int | None) -> Period | None:
    """Give the weekday (Monday is 1) that is latest on or before a day; by -1 the last one before, by 1 the next after.

    >>> weekday_near(datetime.date(2026, 1, 20), 6, -1).edtf
    '2026-01-17'
    """
    back = (day.isoweekday() - number) % 7
    if by is not None and by < 0:
        back = (back or 7) - 7 * (by + 1)
    elif by is not None and by > 0:
        back -= 7 * by
    return counted("day", day, -back)
