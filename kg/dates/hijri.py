"""Hijri dates as Gregorian days, by the Umm al-Qura calendar (hijridate covers 1343 to 1500)."""

from __future__ import annotations

import datetime

from kg.dates.period import UNKNOWN, Period


def of(year: int, month: int | None = None, day: int | None = None) -> Period | None:
    """Give the Gregorian days of a Hijri year, month or day; UNKNOWN where the calendar's table ends.

    Months were and are sighted, not reckoned, in many places: a day may differ by one there.

    >>> of(1446, 8, 12).edtf
    '2025-02-11'
    """
    from hijridate import Hijri
    from hijridate.ummalqura import HIJRI_RANGE

    if not HIJRI_RANGE[0][0] <= year <= HIJRI_RANGE[1][0]:
        return UNKNOWN
    try:
        first = Hijri(year, month or 1, day or 1)
        month_of_last = Hijri(year, month or 12, 1)
        last = first if day else Hijri(year, month_of_last.month, month_of_last.month_length())
    except ValueError:
        return None
    return Period.between(first.to_gregorian(), last.to_gregorian())


def near(day: datetime.date, month: int, monthday: int | None, step: int) -> Period | None:
    """Give the latest such Hijri month or day that has begun by a day (step -1), or the next that has not (step 1)."""
    from hijridate import Gregorian

    try:
        year = Gregorian.fromdate(day).to_hijri().year
    except (ValueError, OverflowError):
        return None
    tried = (of(year + by, month, monthday) for by in range(-2, 3))
    found = [period for period in tried if period and period.first]
    begun = [period for period in found if period.first and period.first <= day]
    ahead = found[len(begun) :]
    if step < 0:
        return begun[-1] if begun else None
    return ahead[0] if ahead else None
