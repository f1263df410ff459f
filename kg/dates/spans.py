"""Times that are counted or pointed at: «أمس», «قبل عامين», «السبعينيات», «ربيع 2026», «قبل ذلك بشهرين»."""

from __future__ import annotations

import datetime
from dataclasses import replace

from kg.dates import years
from kg.dates.calendars import SeasonRow
from kg.dates.period import Period, UnitName, ago, counted
from kg.dates.period import years as years_between
from kg.dates.readings import Found, FromEarlier, FromReference, Reading
from kg.dates.scan import LOST, Scan, decade_of, ordinal_of, season_of, unit_of, weekday_of
from kg.dates.weekdays import dated_after

_NOT_TODAY = frozenset({"الوطني", "العالمي", "الدولي", "الذي", "الاخير", "التالي", "السابق", "الواحد", "الدراسي"})
_HALF_WEEK = 3
_AND_MORE = frozenset({"ونصف", "ونيف", "وبضعه", "وربع"})
_FINE: tuple[UnitName, ...] = ("day", "month", "year")


def nearby(scan: Scan, at: int) -> list[Found]:
    """Read «أمس», «أول من أمس», «اليوم», «غدا», with the weekday or the date that stands beside it."""
    word = scan.norm(at)
    for length in (3, 2, 1):
        name = (word.removeprefix("و"), *scan.norms[at + 1 : at + length])
        by = scan.names.nearbys.get(name)
        if by is not None:
            return _day(scan, at, at + length, by)
    return _day(scan, at, at + 1, 0) if word in ("اليوم", "واليوم") and _is_today(scan, at) else []


def _is_today(scan: Scan, at: int) -> bool:
    """Tell whether «اليوم» means today and not a certain day («في اليوم الأول», «اليوم الوطني»)."""
    following = scan.norm(at + 1)
    if following in _NOT_TODAY or following in scan.names.follows:
        return False
    if scan.norm(at - 1).removeprefix("و") in ("في", "ذلك", "هذا", "منتصف", "نفس", "ذات", "حتي", "الي"):
        return False
    return ordinal_of(following) is None or weekday_of(following) is not None


def _day(scan: Scan, start: int, end: int, by: int) -> list[Found]:
    """Give a day near the day of writing; a weekday beside it decides where the two do not agree."""
    place = end + (scan.norm(end) in ("(", "،"))
    number = weekday_of(scan.norm(place))
    if number is None or (place > end and scan.norm(end) == "(" and scan.norm(place + 1) != ")"):
        date = dated_after(scan, end) if scan.norm(end) != "،" else []
        if date:
            return [replace(date[0], start=start), *date[1:]]
        return [Found(start, end, FromReference(lambda day: counted("day", day, by)))]
    date = dated_after(scan, place + 1)
    if date:
        return [replace(date[0], start=start), *date[1:]]
    end = place + 1 + (scan.norm(end) == "(")
    return [Found(start, end, FromReference(lambda day: _agreed(counted("day", day, by), number)))]


def _agreed(period: Period | None, number: int) -> Period | None:
    """Give the weekday that is meant where «أمس الخميس» and the day of writing do not agree: the nearest."""
    day = period.day if period else None
    if day is None or day.isoweekday() == number:
        return period
    late = (number - day.isoweekday()) % 7
    return counted("day", day, late if late <= _HALF_WEEK else late - 7)


def pointed(scan: Scan, at: int) -> list[Found]:
    """Read units that are pointed at, «الشهر الماضي», «هذا العام», «الأسبوع المقبل», and «عام 2018» with its list."""
    for name in ("month", "week", "day", "decade", "century"):
        unit: tuple[Reading, int] | None = years.pointed(scan, at, name)
        if unit and not (name == "day" and isinstance(unit[0], FromReference) and scan.norm(at) == "هذا"):
            return [Found(at, unit[1], unit[0])]
    year = years.named(scan, at)
    return list(years.chain(scan, Found(at, year[1], year[0], year_only=True))) if year else []


def before(scan: Scan, at: int) -> list[Found]:
    """Read «قبل عامين», «منذ ثلاثة أيام», and «قبل ذلك بشهرين», «بعدها بعام»."""
    word = scan.norm(at).lstrip("وف")
    if word in ("قبل", "بعد", "قبله", "بعده", "قبلها", "بعدها"):
        linked = _from_that(scan, at, 1 if word.startswith("بعد") else -1)
        if linked:
            return linked
    if word not in ("قبل", "منذ", "قبيل"):
        return []
    place, about = _about(scan, at + 1)
    size = _quantity(scan, place, "")
    if size is None or _has_start(scan, size[2]):
        return []
    count, name, end = size
    if scan.norm(end) in _AND_MORE:
        return [Found(at, end + 1, FromReference(lambda day: _and_more(name, day, count)))]
    about = about or ("approximate" if scan.cue("approximate", end) else "")
    return [Found(at, end, FromReference(lambda day: _how_long(ago(name, day, count), about)))]


def _about(scan: Scan, at: int) -> tuple[int, str]:
    """Read «نحو», «أكثر من», «أقل من» before a length of time: the place after it, and which it is."""
    for cue in ("more", "less"):
        if scan.cue(cue, at) and scan.norm(at + 1) in ("من", "علي", "عن"):
            return at + 2, cue
    return (at + 1, "approximate") if scan.cue("approximate", at) else (at, "")


def _and_more(name: UnitName, day: datetime.date, count: int) -> Period | None:
    """Give the bounds of «قبل عام ونصف»: more than one, less than two."""
    first, last = ago(name, day, count + 1), ago(name, day, count)
    return Period(None, first.first, last.last) if first and last else None


def _how_long(period: Period | None, about: str) -> Period | None:
    """Give the bounds that «أكثر من» and «أقل من» leave, and none for «نحو»."""
    if period is None or not about:
        return period
    if about == "approximate":
        return Period(None, None, None)
    return Period(None, None, period.last) if about == "more" else Period(None, period.first, None)


def _has_start(scan: Scan, at: int) -> bool:
    """Tell whether a length of time is counted from some event: «قبل يومين من الهجوم», not «من الآن»."""
    return scan.norm(at) in ("من", "علي") and scan.norm(at + 1) not in ("الان", "اليوم", "الزمن", "الزمان")


def _quantity(scan: Scan, at: int, before: str) -> tuple[int, UnitName, int] | None:
    """Read a length of time: «عامين», «ثلاثة أيام», «11 يوما», «عام»; gives count, unit and the place after it."""
    unit = unit_of(scan.norm(at))
    if unit and unit[0].count and not unit[1] and unit[2] == before:
        if unit[0].count == 1 and _is_named(scan, at, unit[0].name):
            return None
        return unit[0].count, unit[0].name, at + 1 + (scan.norm(at + 1) in ("واحد", "واحده"))
    number = scan.number(at, 1, 999)
    spelt = (number, at + 1) if number else scan.words_number(at, 999)
    if spelt is None:
        return None
    unit = unit_of(scan.norm(spelt[1]))
    return (spelt[0], unit[0].name, spelt[1] + 1) if unit and not unit[1] and not unit[2] else None


def _is_named(scan: Scan, at: int, name: UnitName) -> bool:
    """Tell whether a single unit is a certain one: «قبل عام 2018», «قبل شهر رمضان», «قبل عقد القمة»."""
    following = scan.norm(at + 1)
    if following[:1].isdigit() or following == LOST or years.named(scan, at):
        return True
    if name in ("decade", "century"):
        return following not in ("", ".", "،", "من", "واحد")
    return (name == "month" and scan.month(at + 1) is not None) or weekday_of(following) is not None


def _from_that(scan: Scan, at: int, sign: int) -> list[Found]:
    """Read «قبل ذلك بشهرين», «بعدها بعام» as counted from the date before."""
    place = at + 1 + (scan.norm(at + 1) == "ذلك")
    if place == at + 1 and scan.norm(at).lstrip("وف") in ("قبل", "بعد"):
        return []
    size = _quantity(scan, place, "ب")
    if size is None and scan.norm(place).startswith("ب"):
        size = _quantity(scan, place, "")
    if size is None:
        return []
    count, name, end = size
    need = name if name in ("day", "month") else "year"

    def step(earlier: Period) -> Period | None:
        return ago(name, earlier.first, -sign * count) if earlier.first and name in _FINE else None

    return [Found(at, end, FromEarlier(need, step))]


def decade(scan: Scan, at: int) -> list[Found]:
    """Read «السبعينيات», «ستينيات القرن الماضي», in bounds."""
    row = decade_of(scan.norm(at))
    if row is None:
        return []
    stated = scan.norm(at + 1) == "القرن" and scan.norm(at + 2) in ("الماضي", "العشرين", "الفائت", "المنصرم")
    if row.century_needed and not stated:
        return []
    if scan.norm(at + 1) == "القرن" and not stated:
        return []
    return [Found(at, at + 1 + 2 * stated, years.fixed(years_between(row.first, row.first + 9)))]


def century(scan: Scan, at: int) -> list[Found]:
    """Read «القرن التاسع عشر», in bounds."""
    number = scan.ordinal(at + 1) if scan.norm(at).removeprefix("و").removeprefix("ب") == "القرن" else None
    if number is None or number[0] > 30:
        return []
    return [Found(at, number[1], years.fixed(years_between(100 * number[0] - 99, 100 * number[0])))]


def season(scan: Scan, at: int) -> list[Found]:
    """Read a season of a year, «ربيع 2026», «الصيف الماضي», «صيف العام الماضي», in bounds."""
    found = season_of(scan.norm(at))
    if found is None:
        return []
    row, article = found
    by = scan.shift(at + 1) if article else None
    if by is not None:
        return [Found(at, at + 2, FromReference(lambda day: _season_near(row, day.year, day.month, by)))]
    year = None if article else years.after_month(scan, at + 1)
    if year is None:
        return []
    return [Found(at, year[1], year[0].then(lambda period: row.of(period.year) if period.year else None))]


def _season_near(row: SeasonRow, year: int, month: int, by: int) -> Period | None:
    """Give the season that «الماضي», «الجاري», «المقبل» means in a month: one that has begun, or is to come."""
    if row.whole_year:
        return None
    begun = month >= int(row.first[:2])
    over = month > int(row.last[:2])
    if by < 0:
        return row.of(year if over else year - 1)
    return row.of(year + 1 if by > 0 and begun else year)


def part(scan: Scan, at: int) -> list[Found]:
    """Read «الربع الأول من 2025», «النصف الثاني من العام الماضي», in bounds within the year."""
    length = {"الربع": 3, "النصف": 6}.get(scan.norm(at).removeprefix("ب").removeprefix("و"))
    number = ordinal_of(scan.norm(at + 1))
    if length is None or number is None or number * length > 12:
        return []
    year = years.after_month(scan, at + 2)
    if year is None:
        return []
    last_month = number * length

    def step(period: Period) -> Period | None:
        if period.year is None:
            return None
        first, last = Period.of(period.year, last_month - length + 1), Period.of(period.year, last_month)
        return first.cover(last) if first and last else None

    return [Found(at, year[1], year[0].then(step))]
