"""Years: numbers that are years, «عام 2018», «من العام الماضي», and the ranges and lists that they form."""

from __future__ import annotations

from collections.abc import Iterator

from kg.dates import hijri
from kg.dates.period import UNKNOWN, Period, UnitName, counted
from kg.dates.readings import Fixed, Found, FromEarlier, FromReference, Reading
from kg.dates.scan import LOST, Scan, forms, unit_of

_FIRST, _LAST = 1800, 2100
_LIKELY = (1940, 2040)
_FIRST_HIJRI, _LAST_HIJRI = 1300, 1500
_HIJRI = frozenset({"ه", "هجري", "هجريه", "للهجره"})
_COMMON = frozenset({"م", "ميلادي", "ميلاديه", "للميلاد"})
_BEFORE_CHRIST = frozenset({"ق", "ق.م"})
_WINDOW = 4
_THIS = frozenset({"هذا", "هذه"})
_SAME = frozenset({"نفس", "ذات", "ذلك", "تلك"})


def fixed(period: Period | None) -> Fixed:
    """Give a reading that is the same whenever the text was written."""
    return Fixed(period or UNKNOWN)


def number(scan: Scan, at: int) -> tuple[Fixed, int] | None:
    """Read a year of four digits, with «م» or «هـ» after it, and give the place after that."""
    mark = scan.norm(at + 1)
    if mark in _HIJRI:
        year = scan.number(at, 1, _LAST_HIJRI)
        return (fixed(hijri.of(year)), at + 2) if year else None
    year = scan.number(at, _FIRST, _LAST)
    if year is None or mark in _BEFORE_CHRIST:
        return None
    return fixed(Period.of(year)), at + 1 + (mark in _COMMON)


def hijri_number(scan: Scan, at: int) -> tuple[int, int] | None:
    """Read the year after a Hijri month, and give the place after it and its «هـ»."""
    year = scan.number(at, _FIRST_HIJRI, _LAST_HIJRI)
    return (year, at + 1 + (scan.norm(at + 1) in _HIJRI)) if year else None


def is_counted(scan: Scan, at: int) -> bool:
    """Tell whether the number at a place counts things («2000 جندي», «بين 1800 و2000 مقاتل») and is no year."""
    after = at + 1
    for _ in range(_WINDOW):
        following = scan.link(after)
        if following is None or not scan.norm(following)[:1].isdigit():
            break
        after = following + 1
    if scan.norm(after) in ("%", "$", "€") or scan.norm(after) in scan.names.cues["counted"]:
        return True
    before = scan.norm(at - 1)
    if scan.cue("approximate", at - 1) or before in ("$", "€", ":", "#"):
        return True
    return before == "من" and any(scan.cue(cue, at - 2) for cue in ("more", "less", "approximate"))


def named(scan: Scan, at: int) -> tuple[Reading, int] | None:
    """Read «عام 2018», «سنة ثمان وتسعين وتسعمائة وألف», «العام الماضي», «هذا العام», «العام نفسه»."""
    unit = unit_of(scan.norm(at))
    if unit and unit[0].name == "year":
        found = number(scan, at + 1)
        if found and not is_counted(scan, at + 1):
            return found
        if unit[0].count == 1 and scan.norm(at + 1) != LOST:
            spelt = scan.words_number(at + 1, _LAST)
            if spelt and spelt[0] >= _FIRST:
                return fixed(Period.of(spelt[0])), spelt[1]
    return pointed(scan, at, "year")


def pointed(scan: Scan, at: int, name: UnitName) -> tuple[Reading, int] | None:
    """Read a unit of time that is pointed at: «الشهر الماضي», «هذا العام», «نفس الشهر», «العام التالي»."""
    if _is_the(scan, at + 1, name):
        found = _with_word_before(scan, at, name)
        if found:
            return found
    if not _is_the(scan, at, name) or scan.cue("general", at - 1):
        return None
    following = at + 1 + (scan.norm(at + 1) == "ما")
    if scan.norm(following) == "قبل" and scan.shift(following + 1) == -1:
        return from_day(name, -2), following + 2
    by = scan.shift(at + 1)
    if by is not None:
        stated = number(scan, at + 2) if name == "year" else None
        return stated or (from_day(name, by), at + 2)
    at += scan.norm(at + 1) in ("الذي", "التي")
    follow = scan.names.follows.get(scan.norm(at + 1))
    if follow is not None:
        return _from_earlier(name, follow), at + 2
    if name in ("year", "month") and scan.cue("part", at - 1) and not _goes_on(scan, at + 1):
        return from_day(name, 0), at + 1
    return None


def _with_word_before(scan: Scan, at: int, name: UnitName) -> tuple[Reading, int] | None:
    """Read «هذا العام», «نفس الشهر», «ذلك العام»."""
    stems = {scan.norm(at), *(stem for stem, _, _ in forms(scan.norm(at)))}
    if stems & _THIS:
        by = scan.shift(at + 2)
        return from_day(name, by or 0), at + 2 + (by is not None)
    return (_from_earlier(name, 0), at + 2) if stems & _SAME else None


def _goes_on(scan: Scan, at: int) -> bool:
    """Tell whether «نهاية العام» goes on with something that says which: a number, a name, «الذي»."""
    return scan.norm(at)[:1].isdigit() or scan.norm(at) == LOST or scan.norm(at).startswith("ال")


def _is_the(scan: Scan, at: int, name: UnitName) -> bool:
    """Tell whether a unit of time in the singular stands at a place with the article."""
    unit = unit_of(scan.norm(at))
    return unit is not None and unit[0].name == name and unit[0].count == 1 and unit[1]


def from_day(name: UnitName, by: int) -> FromReference:
    """Give the unit that lies so many after that of the day of writing."""
    return FromReference(lambda day: counted(name, day, by))


def _from_earlier(name: UnitName, by: int) -> FromEarlier:
    """Give the unit that lies so many after that of a date named before."""
    need = name if name in ("day", "month") else "year"

    def count(earlier: Period) -> Period | None:
        return counted(name, earlier.first, by) if earlier.first else None

    return FromEarlier(need, count)


def after_month(scan: Scan, at: int) -> tuple[Reading, int] | None:
    """Read the year that follows a month: «2024», «، 2024», «من عام 2024», «من العام نفسه»."""
    at += scan.norm(at) == "من" or (
        scan.norm(at) in ("،", ",", "/", "-") and scan.number(at + 1, _FIRST, _LAST) is not None
    )
    return number(scan, at) or named(scan, at)


def alone(scan: Scan, at: int) -> tuple[Fixed, int] | None:
    """Read a bare number that can only be a year: after a preposition, in brackets, or at the end of a name.

    After a preposition any year from 1800 to 2100 will do; at the end of a name («إعلان غابالا 2025») one that is
    likely in the news, and not a round hundred; never where something is counted, after «نحو», «رقم», «قرار».
    """
    found = number(scan, at)
    if found is None or is_counted(scan, at):
        return None
    marked = found[1] > at + 1
    if (
        marked
        or scan.norm(at - 1) in ("ال", "لل")
        or scan.cue("year", at - 1)
        or scan.cue("part", at - 1)
        or _bracketed(scan, at)
    ):
        return found if not scan.cue("numbered", at - 2) or marked else None
    return found if _ends_name(scan, at) else None


def _bracketed(scan: Scan, at: int) -> bool:
    """Tell whether a number is alone, last, or first of two in brackets: «(1985)», «(أوسلو، 1993)», «(2025-2030)»."""
    if scan.norm(at + 1) == "-" and scan.norm(at - 1) == "(":
        return scan.norm(at + 3) == ")" and number(scan, at + 2) is not None
    return scan.norm(at + 1) == ")" and scan.norm(at - 1) in ("(", "،", ",")


def _ends_name(scan: Scan, at: int) -> bool:
    """Tell whether a number follows a word as the year of an event does."""
    if scan.number(at, *_LIKELY) is None or int(scan.norm(at)) % 100 == 0 or at == 0 or scan.joined(at):
        return False
    if scan.tokens[at - 1].kind not in ("word", "latin") and scan.norm(at - 1) not in ('"', ")"):
        return False
    return not any(scan.cue("numbered", place) for place in range(at - _WINDOW, at)) and not scan.lost(at + 1)


def chain(scan: Scan, found: Found) -> Iterator[Found]:
    """Give a year, and those that are joined to it: «2014 و2019», «2026-2028», «من 2014 إلى 2019»."""
    yield found
    at = found.end
    while (start := scan.link(at)) is not None:
        following = start + (scan.norm(start) in ("عام", "سنه", "العام"))
        year = number(scan, following)
        if year is None or is_counted(scan, following) or scan.norm(at) in ("،", ",", "/"):
            return
        yield Found(start, year[1], year[0])
        at = year[1]
