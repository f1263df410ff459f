"""Days that a date of EDTF level 0 can mean."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kg.errors import ClaimError


class Span(NamedTuple):
    """The first and the last day that a date can mean."""

    earliest: date
    latest: date

    def gap(self, other: Span) -> int:
        """Count the days between two spans; 0 where they share a day."""
        return max((other.earliest - self.latest).days, (self.earliest - other.latest).days, 0)

    def before(self, other: Span) -> bool:
        """Tell whether every day of this span lies before every day of the other."""
        return self.latest < other.earliest


def days(edtf: str) -> Span:
    """Give the bounds of a day, month, year or interval.

    >>> days("2024-02")
    Span(earliest=datetime.date(2024, 2, 1), latest=datetime.date(2024, 2, 29))

    Raises ClaimError for anything else.
    """
    try:
        first, _, last = edtf.partition("/")
        return Span(_bounds(first).earliest, _bounds(last or first).latest)
    except ValueError as error:
        raise ClaimError(f"{edtf!r} is not a date of EDTF level 0 such as 2024, 2024-09 or 2024-09-11") from error


def best(dates: Iterable[str]) -> str:
    """Of the dates that claims give one event, take the one that most agree with: the most precise, then the earliest.

    >>> best(["2024", "2024-09-11", "2023"])
    '2024-09-11'
    """
    counts = Counter(dates)
    support = {one: sum(n for other, n in counts.items() if not days(one).gap(days(other))) for one in counts}
    return min(counts, key=lambda one: (-support[one], -len(one), one))


def _bounds(point: str) -> Span:
    year, *rest = (int(part) for part in point.split("-"))
    month_from, month_to = (rest[0], rest[0]) if rest else (1, 12)
    if len(rest) > 1:
        day = date(year, month_from, *rest[1:])
        return Span(day, day)
    return Span(date(year, month_from, 1), date(year, month_to, calendar.monthrange(year, month_to)[1]))
