"""Finding the dates of a sentence, and counting out those that depend on another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.dates import days, spans, weekdays, years
from kg.dates.period import UNKNOWN, Period
from kg.dates.readings import Fixed, Found, FromEarlier, FromReference, Reading, from_reference
from kg.dates.scan import Scan, may_open
from kg.model import DateSpan
from kg.text import Sentence, Token

# The first that reads a date from a token wins: those that need more words come first.
_READERS: tuple[Callable[[Scan, int], list[Found]], ...] = (
    weekdays.weekday,
    spans.nearby,
    days.english,
    days.numeric,
    days.dated,
    spans.before,
    spans.season,
    spans.century,
    spans.part,
    spans.pointed,
    spans.decade,
)
# How many sentences back «العام نفسه» may point, and how many words may stand between «هذا العام» and its month.
_MEMORY = 3
_NEAR = 5


def find(sentence: Sentence, reference: str | None, earlier: Sequence[DateSpan] = ()) -> tuple[DateSpan, ...]:
    """Give the dates of a sentence in their order.

    `reference` is the document's own date (EDTF level 0, any precision), which relative dates are counted from;
    without it their `edtf` is None. `earlier` are dates of the sentences before, for «العام نفسه». Where one year or
    month follows for every day that `reference` may stand for it is given, else bounds. Weeks, decades and centuries
    give bounds only. The two ends of a range are two dates. `words` are in normal form; `start` and `end` are raw.

    >>> from kg.offsets import MappedText
    >>> from kg.text import sentences
    >>> (sentence,) = sentences(MappedText.of("وُقّع في 11 سبتمبر/أيلول 2024 ونفذ العام الماضي."))
    >>> [(date.edtf, date.words) for date in find(sentence, "2026-04")]
    [('2024-09-11', '11 سبتمبر/ايلول 2024'), ('2025', 'العام الماضي')]
    """
    founds = _years_taken_on(_years_handed_back(_merged(sentence.tokens, _scanned(sentence))))
    period = Period.parse(reference) if reference else None
    dates: list[DateSpan] = []
    anchors = [(Period.of_span(date), date.relative) for date in earlier]
    for found in founds:
        resolved, relative = _resolved(found, period, anchors)
        dates.append(_date_span(sentence.tokens, found, resolved, relative))
        if found.bare is None and resolved != UNKNOWN:
            anchors.append((resolved, relative))
    return tuple(dates)


def find_in(sentences: Iterable[Sentence], reference: str | None) -> tuple[tuple[DateSpan, ...], ...]:
    """Give the dates of each sentence of a document; what «العام نفسه» goes back to may stand in a sentence before."""
    found: list[tuple[DateSpan, ...]] = []
    for sentence in sentences:
        earlier = [date for dates in found[-_MEMORY:] for date in dates]
        found.append(find(sentence, reference, earlier))
    return tuple(found)


def _scanned(sentence: Sentence) -> list[Found]:
    """Read dates from left to right, none within another."""
    scan = Scan(sentence.tokens)
    founds: list[Found] = []
    at = 0
    while at < len(scan.norms):
        token = scan.tokens[at]
        here = _read(scan, at) if token.kind == "number" or may_open(token.norm) else []
        if here and (not founds or founds[-1].end < at) and scan.cue("part", at - 1):
            here[0] = replace(here[0], start=at - 1)
        founds += here
        at = max(here[-1].end, at + 1) if here else at + 1
    return founds


def _read(scan: Scan, at: int) -> list[Found]:
    """Read the date that begins at a token."""
    for reader in _READERS:
        found = reader(scan, at)
        if found:
            return found
    year = years.alone(scan, at)
    return list(years.chain(scan, Found(at, year[1], year[0]))) if year else []


def _merged(tokens: Sequence[Token], founds: Sequence[Found]) -> list[Found]:
    """Join a date in two calendars to one: «12 شعبان 1446 هـ الموافق 11 فبراير 2025», «… (2 نيسان 1936)»."""
    merged: list[Found] = []
    for found in founds:
        before = merged[-1] if merged else None
        between = [token.norm for token in tokens[before.end : found.start]] if before else []
        if (
            before
            and between in (["الموافق"], ["الموافق", "ل"], ["("], ["/"], ["،", "الموافق"])
            and _same(before, found)
        ):
            closed = found.end < len(tokens) and between == ["("] and tokens[found.end].norm == ")"
            fine = found if _fineness(found) >= _fineness(before) else before
            merged[-1] = replace(before, end=found.end + closed, reading=fine.reading)
        else:
            merged.append(found)
    return merged


def _same(one: Found, other: Found) -> bool:
    """Tell whether two dates may be one: both full, and at most two days apart, as sighted months may be."""
    if not (isinstance(one.reading, Fixed) and isinstance(other.reading, Fixed)):
        return False
    first, second = one.reading.period, other.reading.period
    if not (first.first and first.last and second.first and second.last):
        return False
    return abs((first.first - second.first).days) <= 2 and abs((first.last - second.last).days) <= 2


def _fineness(found: Found) -> int:
    """Tell how exact a date is."""
    return len(found.reading.period.edtf or "") if isinstance(found.reading, Fixed) else 0


def _years_handed_back(founds: Sequence[Found]) -> list[Found]:
    """Give months without a year that of «من العام ذاته» at the end of their list, which stands for an earlier date."""
    handed: list[Found] = []
    same_year = False
    for found in reversed(founds):
        same_year = isinstance(found.reading, FromEarlier) or (same_year and found.bare is not None)
        handed.append(_of_year(found, FromEarlier("year", lambda period: period)) if same_year else found)
    return handed[::-1]


def _years_taken_on(founds: Sequence[Found]) -> list[Found]:
    """Give a month without a year that of the words right before it: «في وقت لاحق من هذا العام، ربما في شهر مارس»."""
    taken: list[Found] = []
    for found in founds:
        before = taken[-1] if taken else None
        near = before is not None and before.year_only and found.start - before.end <= _NEAR
        taken.append(_of_year(found, before.reading) if before and near else found)
    return taken


def _of_year(found: Found, year: Reading) -> Found:
    """Give a month or day that has no year that of a reading; one that has its own stays."""
    if found.bare is None:
        return found
    return replace(found, reading=days.within_year(year, *found.bare), bare=None)


def _resolved(found: Found, reference: Period | None, anchors: Sequence[tuple[Period, bool]]) -> tuple[Period, bool]:
    """Count a date out; tells also whether it depends on the day of writing."""
    reading = found.reading
    if isinstance(reading, Fixed):
        return reading.period, False
    if isinstance(reading, FromReference):
        return from_reference(reading, reference), True
    for earlier, relative in reversed(anchors):
        if getattr(earlier, reading.need) is not None:
            return reading.count(earlier) or UNKNOWN, relative
    return UNKNOWN, True


def _date_span(tokens: Sequence[Token], found: Found, period: Period, relative: bool) -> DateSpan:
    """Give the record of a date."""
    own = tokens[found.start : found.end]
    words = own[0].norm + "".join((" " if token.spaced else "") + token.norm for token in own[1:])
    return DateSpan(
        edtf=period.edtf,
        earliest=period.first.isoformat() if period.first else None,
        latest=period.last.isoformat() if period.last else None,
        words=words,
        start=min(token.start for token in own),
        end=max(token.end for token in own),
        relative=relative,
    )
