"""Days and months: «11 سبتمبر/أيلول 2024», «الخامس من الشهر الجاري», «4 و11 مارس», «11/9/2024», «الخميس»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.dates import hijri, years
from kg.dates.calendars import Named
from kg.dates.period import Period, coming, recent
from kg.dates.readings import Fixed, Found, FromReference, Reading
from kg.dates.scan import Scan, months_of, unit_of, weekday_of

_SLASHED = re.compile(r"(\d{1,4})([/.])(\d{1,4})(?:\2(\d{1,4}))?")
_PAIRED_YEARS = re.compile(r"(\d{4})/(\d{4})")
_REACH = 6
_STRONG_REACH = 24
_LONGEST_LIST = 12
_THE_SAME_DAY = frozenset({"الموافق", "المصادف"})


@dataclass(frozen=True, slots=True)
class Head:
    """A day of a month without its year yet: the tokens that name the day, and the day."""

    start: int
    end: int
    day: int | None


def days(scan: Scan, at: int) -> tuple[list[Head], int] | None:
    """Read the days before a month, «4 و11», «3 إلى 9», «الحادي عشر من», and give the place after them."""
    spelt = scan.ordinal(at)
    if spelt and _describes(scan, at):
        return None
    if spelt:
        day, after = spelt
        follows = scan.norm(after) == "من" or _is_month(scan, after)
        return ([Head(at, after, day)], after + (scan.norm(after) == "من")) if follows else None
    heads: list[Head] = []
    place: int | None = at
    while place is not None and (number := scan.monthday(place)) and len(heads) < _LONGEST_LIST:
        heads.append(Head(place, place + 1, number))
        following = scan.link(place + 1)
        place = following if following is not None and scan.monthday(following) else None
    if not heads:
        return None
    return heads, heads[-1].end + (scan.norm(heads[-1].end) == "من")


def _describes(scan: Scan, at: int) -> bool:
    """Tell whether a counting word describes the noun before it and is no day: «الأسبوع الأول من مارس»."""
    before = scan.norm(at - 1)
    unit = unit_of(before)
    if weekday_of(before) or (unit and unit[0].name == "day") or before in _THE_SAME_DAY or scan.cue("month", at - 1):
        return False
    return before.removeprefix("ب").startswith("ال")


def _is_month(scan: Scan, at: int) -> bool:
    """Tell whether a month begins at a place: a name, or «الشهر»."""
    unit = unit_of(scan.norm(at))
    return scan.month(at) is not None or (unit is not None and unit[0].name == "month" and unit[0].count == 1)


def month_group(scan: Scan, at: int) -> tuple[Named, int, bool] | None:
    """Read a month by one name or by two («سبتمبر/أيلول», «سبتمبر أيلول», «أيلول (سبتمبر)»).

    Gives the month, the place after it, and whether the name alone leaves doubt that a month is meant.
    """
    first = scan.month(at)
    if first is None:
        return None
    named, end = first
    gap = scan.norm(end) in ("/", "\\", "-", "(")
    second = scan.month(end + gap)
    if second and (second[0].calendar, second[0].number) == (named.calendar, named.number) and second[1] > end + gap:
        closed = scan.norm(end) == "("
        if not closed or scan.norm(second[1]) == ")":
            return named, second[1] + closed, False
    return named, end, named.fragile


def within_year(reading: Reading, month: int, day: int | None) -> Reading:
    """Give a month or a day of the year that a reading gives."""
    return reading.then(lambda period: Period.of(period.year, month, day) if period.year else None)


def within_month(reading: Reading, day: int) -> Reading:
    """Give a day of the month that a reading gives."""
    return reading.then(lambda period: Period.of(*period.month, day) if period.month else None)


def dated(scan: Scan, at: int) -> list[Found]:
    """Read days and months from a place on, and those that share its year with it: «في مارس وأبريل 2024»."""
    first = listed = _one(scan, at)
    while listed and listed[-1].bare and len(listed) < _LONGEST_LIST:
        end = listed[-1].end
        following = scan.link(end)
        more = _one(scan, end if following is None else following)
        if not more or (following is None and not scan.norm(end).startswith("و")):
            return first
        listed = [*listed, *more]
    if not listed or listed[-1].bare:
        return first
    for number in range(len(listed) - 2, -1, -1):
        listed[number] = _shared(listed[number], listed[number + 1])
    return first if any(date.bare for date in listed) else listed


def _shared(date: Found, following: Found) -> Found:
    """Give a date without a year that of the date which follows it, or the year before where it would come later."""
    if date.bare is None or not isinstance(following.reading, Fixed):
        return date
    month, day = date.bare
    period = following.reading.period
    year, latest = period.year, period.last
    own = Period.of(year, month, day) if year else None
    if year and own and own.first and latest and own.first > latest:
        own = Period.of(year - 1, month, day)
    return replace(date, reading=years.fixed(own), bare=None)


def _one(scan: Scan, at: int) -> list[Found]:
    """Read the days of one month, or one month, with what says its year."""
    listed = days(scan, at)
    heads, end = listed or ([Head(at, at, None)], at)
    unit = unit_of(scan.norm(end))
    if unit and unit[0].name == "month" and unit[0].count and scan.month(end + 1):
        end += 1
    group = month_group(scan, end)
    if group is None:
        return _of_pointed_month(scan, heads, end) if listed else []
    named, after, doubtful = group
    if any(head.day and not Period.of(2000, named.number, head.day) for head in heads):
        return []
    if scan.lost(after) or (named.calendar == "hijri" and not _hijri_stands(scan, after, named)):
        return _lost(at, after) if scan.lost(after) else []
    tail = _tail(scan, after, named)
    if tail is None and heads[0].day is None and not _is_meant(scan, at, end, doubtful):
        return []
    if tail is None and heads[0].day is not None and scan.cue("proper", at - 1):
        return []
    return list(_readings(scan, at, heads, named, tail or (None, after)))


def _hijri_stands(scan: Scan, after: int, named: Named) -> bool:
    """Tell whether a Hijri month has what it needs: a fragile one a year or «الماضي»."""
    return not named.fragile or years.hijri_number(scan, after) is not None or scan.shift(after) is not None


def _lost(at: int, end: int) -> list[Found]:
    """Give a date whose year the text has lost."""
    return [Found(at, end, years.fixed(None))]


def _is_meant(scan: Scan, at: int, name: int, doubtful: bool) -> bool:
    """Tell whether a month's name with neither day nor year is one, by the word before it."""
    if name > at:
        return True
    if any(before in ("ب", "ل") for _, before in months_of(scan.norm(at))) and not doubtful:
        return True
    if doubtful:
        return scan.cue("firm", at - 1)
    before = at - 1 - (scan.norm(at - 1) in ("و", "/"))
    listed = scan.norm(at).startswith("و") and (scan.month(before) or scan.month(before - 1)) is not None
    return listed or scan.cue("month", before) or scan.cue("part", before)


def _tail(scan: Scan, at: int, named: Named) -> tuple[Reading | int, int] | None:
    """Read what follows a month: «الماضي» (as -1, 0, 1) or a year."""
    if named.calendar == "hijri":
        year = years.hijri_number(scan, at + (scan.norm(at) in ("سنه", "عام", "لعام")))
        if year:
            return year
    shift = scan.shift(at)
    if shift is not None:
        return shift, at + 1
    return years.after_month(scan, at) if named.calendar == "gregorian" else None


def _readings(
    scan: Scan, at: int, heads: Sequence[Head], named: Named, tail: tuple[Reading | int | None, int]
) -> Iterator[Found]:
    """Give each day of a list, or the month; the last of a list bears the month and the year."""
    what, end = tail
    for number, head in enumerate(heads):
        last = number == len(heads) - 1
        start = at if number == 0 else head.start
        bare = None
        if named.calendar == "hijri":
            reading = _hijri_reading(named.number, head.day, what)
        elif isinstance(what, int) or what is None:
            reading = _nearest(scan, at, named.number, head.day, what)
            bare = (named.number, head.day) if what is None else None
        else:
            reading = within_year(what, named.number, head.day)
        yield Found(start, end if last else head.end, reading, bare)


def _hijri_reading(month: int, day: int | None, what: Reading | int | None) -> Reading:
    """Give a Hijri month or day of a year, or the one nearest to the day of writing."""
    if isinstance(what, int) and what > 1:
        return years.fixed(hijri.of(what, month, day))
    step = 1 if what == 1 else -1
    return FromReference(lambda reference: hijri.near(reference, month, day, step))


def _nearest(scan: Scan, at: int, month: int, day: int | None, shift: int | None) -> FromReference:
    """Give the month or day that «الماضي», «المقبل» or nothing means on the day of writing."""
    if shift == 0:
        return FromReference(lambda reference: Period.of(reference.year, month, day))
    if shift == 1 or (shift is None and is_future(scan, at)):
        return FromReference(lambda reference: coming(reference, month, day, strict=shift == 1))
    return FromReference(lambda reference: recent(reference, month, day, strict=shift == -1))


def _of_pointed_month(scan: Scan, heads: Sequence[Head], end: int) -> list[Found]:
    """Read the days of «الشهر الجاري», or the short «5 الجاري»."""
    month = years.pointed(scan, end, "month")
    cued = scan.cue("month", heads[0].start - 1) or unit_of(scan.norm(heads[0].start - 1)) is not None
    if month is None and scan.shift(end) is not None and cued:
        by = scan.shift(end) or 0
        month = years.from_day("month", by), end + 1
    if month is None:
        return []
    reading, after = month
    *others, last = heads
    listed = [Found(head.start, head.end, within_month(reading, head.day or 1)) for head in others]
    return [*listed, Found(last.start, after, within_month(reading, last.day or 1))]


def is_future(scan: Scan, at: int) -> bool:
    """Tell whether what stands before a date puts it ahead: «من المقرر أن …», «ستبدأ …», but not «… الموقع في»."""
    for before in range(at - 1, max(-1, at - _STRONG_REACH), -1):
        if scan.norm(before) in (".", "؛", ";") or scan.cue("settled", before):
            return False
        if scan.cue("future", before) or (before >= at - _REACH and _will(scan, before)):
            return True
    return False


def _will(scan: Scan, at: int) -> bool:
    """Tell whether a word is a verb with the س of the future."""
    word = scan.norm(at)
    word = word[1:] if word[:2] in ("وس", "فس") else word
    if len(word) < 5 or word[0] != "س" or word[1] not in "يتن":
        return False
    return not word.startswith(tuple(scan.names.cues["not_future"]))


def numeric(scan: Scan, at: int) -> list[Found]:
    """Read dates in digits: 2024-09-11, 11/9/2024 (day first), 06.11.2025, 9/2024, and 2024/2025 as two years."""
    norm = scan.norm(at)
    paired = _PAIRED_YEARS.fullmatch(norm)
    if paired:
        first, second = (Period.of(int(year)) for year in paired.groups())
        in_order = 1800 <= int(paired[1]) < int(paired[2]) <= 2100
        return [Found(at, at + 1, years.fixed(first)), Found(at, at + 1, years.fixed(second))] if in_order else []
    end, parts = at + 1, _SLASHED.fullmatch(norm)
    if parts:
        texts = [parts[1], parts[3], *([parts[4]] if parts[4] else [])]
    else:
        texts, end = _spread(scan, at)
    period = _of_numbers(scan, at, texts)
    return [Found(at, end, period)] if period else []


def _spread(scan: Scan, at: int) -> tuple[list[str], int]:
    """Give the numbers of a date that is spread over tokens: 2024-09-11, 11-9-2024, 11 / 9 / 2024."""
    mark = scan.norm(at + 1)
    if mark in ("-", "/") and scan.norm(at + 3) == mark and scan.joined(at + 1) == scan.joined(at + 3):
        return [scan.norm(at), scan.norm(at + 2), scan.norm(at + 4)], at + 5
    return [], at


def _of_numbers(scan: Scan, at: int, texts: Sequence[str]) -> Reading | None:
    """Give the date of three numbers, its year of four digits first or last, of month and year, or of day and month."""
    if not texts or not all(text.isdigit() for text in texts):
        return None
    numbers = [int(text) for text in texts]
    if len(texts) == 3:
        if len(texts[0]) == 4:
            year, month, day = numbers
        else:
            day, month, year = numbers
            day, month = (month, day) if month > 12 else (day, month)
        is_year = 4 in (len(texts[0]), len(texts[2])) and 1800 <= year <= 2100
        period = Period.of(year, month, day) if is_year and 1 <= month <= 12 and day else None
        return Fixed(period) if period else None
    first, second = numbers
    if len(texts[1]) == 4 and 1 <= first <= 12 and 1800 <= second <= 2100:
        period = Period.of(second, first)
        return Fixed(period) if period else None
    cued = scan.cue("month", at - 1) or scan.norm(at - 1) in ("يوم", "بتاريخ")
    if "/" in scan.norm(at) and cued and 1 <= first <= 31 and 1 <= second <= 12 and Period.of(2000, second, first):
        return _nearest(scan, at, second, first, None)
    return None


def english(scan: Scan, at: int) -> list[Found]:
    """Read «December 22, 2024» as English has it, with the day after the month."""
    month, day = scan.month(at), scan.monthday(at + 1)
    if scan.tokens[at].kind != "latin" or month is None or day is None:
        return []
    year = years.number(scan, at + 2 + (scan.norm(at + 2) == ","))
    if year is None:
        return []
    return [Found(at, year[1], within_year(year[0], month[0].number, day))]
