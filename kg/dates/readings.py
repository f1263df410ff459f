"""What the words of a date say: a time outright, or one counted from the day of writing or from an earlier date."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kg.dates.period import UNKNOWN, Period

FromDay = Callable[[datetime.date], Period | None]
FromPeriod = Callable[[Period], Period | None]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A time that the words give outright."""

    period: Period

    def then(self, step: FromPeriod) -> Reading:
        """Give the time that follows from this one."""
        return Fixed(step(self.period) or UNKNOWN)


@dataclass(frozen=True, slots=True)
class FromReference:
    """A time that is counted from the day of writing."""

    count: FromDay

    def then(self, step: FromPeriod) -> Reading:
        """Give the time that follows from this one."""

        def both(day: datetime.date) -> Period | None:
            found = self.count(day)
            return step(found) if found else None

        return FromReference(both)


@dataclass(frozen=True, slots=True)
class FromEarlier:
    """A time that is counted from a date that was named before, one that is known to the year, month or day."""

    need: Literal["year", "month", "day"]
    count: FromPeriod

    def then(self, step: FromPeriod) -> Reading:
        """Give the time that follows from this one."""

        def both(earlier: Period) -> Period | None:
            found = self.count(earlier)
            return step(found) if found else None

        return FromEarlier(self.need, both)


Reading = Fixed | FromReference | FromEarlier


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a sentence: its tokens from `start` up to `end`, and what they say.

    `bare` holds the month and the day of those without a year, whose year may stand elsewhere («… من العام ذاته»);
    `year_only` marks «هذا العام», «عام 2024».
    """

    start: int
    end: int
    reading: Reading
    bare: tuple[int, int | None] | None = None
    year_only: bool = False


def from_reference(reading: FromReference, reference: Period | None) -> Period:
    """Count from a day of writing that may be known to the month or year only.

    What comes out the same for its first and its last day is certain; otherwise the bounds of both remain.
    """
    if reference is None or reference.first is None or reference.last is None:
        return UNKNOWN
    first, last = reading.count(reference.first), reading.count(reference.last)
    return first.cover(last) if first and last else UNKNOWN
