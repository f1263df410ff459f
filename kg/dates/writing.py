"""When a text was written, where nobody says: what the text itself allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.dates.days import is_future
from kg.dates.period import Period, add_months
from kg.dates.scan import Scan
from kg.dates.tagger import find, find_in
from kg.model import DateSpan, Document
from kg.text import Sentence

_DATELINE_PARAGRAPHS = 5
_DATELINE_WORDS = 16
_DATELINE_OPENING = 8
_DAY = 10
_MONTH = 7
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(\d\d)(?=/|$)")
_PLANNED = frozenset({"بحلول", "حتي", "افق", "خطه", "رؤيه", "لعام", "ل"})


def earliest_reference(document: Document, sentences: Sequence[Sentence]) -> str | None:
    """Give the date of a document that relative dates are counted from, in EDTF, or None.

    The document's own date where it has one; else the full date of a dateline in its first lines; else the earliest
    date that the text allows: the latest day or month that it tells of as past (addresses of sources that bear a date
    count), or a later one where the text rules that out: «مارس الماضي» is not written in a March, and «في وقت لاحق من
    هذا العام، … مارس» is written before a March. A text that only mentions years gives None: it may be much younger
    than they are.
    """
    return document.date or dateline(sentences) or _allowed(sentences)


def dateline(sentences: Iterable[Sentence]) -> str | None:
    """Give the full date that a text bears in its first lines: on a short line, or before the dash of an opening."""
    for sentence in sentences:
        if sentence.paragraph >= _DATELINE_PARAGRAPHS:
            return None
        for date in find(sentence, None):
            if date.edtf and len(date.edtf) == _DAY and not date.relative and _is_dateline(sentence, date):
                return date.edtf
    return None


def _is_dateline(sentence: Sentence, date: DateSpan) -> bool:
    """Tell whether a date is the one that its line bears, and not one that the line tells of."""
    if len(sentence.tokens) <= _DATELINE_WORDS and sentence.kind == "heading":
        return True
    before = [token for token in sentence.tokens if token.end <= date.start]
    after = [token.norm for token in sentence.tokens if token.start >= date.end]
    return len(before) <= _DATELINE_OPENING and any(mark in after[:4] for mark in ("-", ":", "|")) and before[:1] != []


def _allowed(sentences: Sequence[Sentence]) -> str | None:
    """Give the earliest date that a text allows, to the day or month."""
    told = [*_past(sentences), *_addressed(sentences)]
    known = [period for period in told if period.first]
    if not known:
        return None
    latest = max(known, key=lambda period: (period.first, len(period.edtf or "")))
    if latest.edtf is None or len(latest.edtf) < _MONTH or latest.month is None:
        return None
    return _after(latest.edtf, latest.month, sentences)


def _past(sentences: Sequence[Sentence]) -> Iterator[Period]:
    """Give the dates that a text tells of as past, all but those of plans."""
    for sentence, dates in zip(sentences, find_in(sentences, None), strict=True):
        scan = Scan(sentence.tokens)
        for date in dates:
            at = next(number for number, token in enumerate(sentence.tokens) if token.start >= date.start)
            planned = scan.norm(at - 1) in _PLANNED or scan.norm(at).startswith("لعام") or is_future(scan, at)
            if date.edtf and not date.relative and not planned:
                yield Period.of_span(date)


def _addressed(sentences: Iterable[Sentence]) -> Iterator[Period]:
    """Give the dates in the addresses of pages that a text cites."""
    for sentence in sentences:
        for token in sentence.tokens:
            found = _ADDRESS_DATE.search(token.norm) if token.kind == "latin" else None
            period = Period.of(*map(int, found.groups())) if found else None
            if period:
                yield period


def _after(edtf: str, month: tuple[int, int], sentences: Sequence[Sentence]) -> str:
    """Give a date, or the first month after it in which the text's own words for months make sense."""
    over, ahead = _last_months(sentences), _months_ahead(sentences)
    year, number = month
    for later in range(12):
        year, number = add_months(*month, later)
        if number not in over and all(number < other for other in ahead):
            return edtf if later == 0 else f"{year:04}-{number:02}"
    return edtf


def _last_months(sentences: Iterable[Sentence]) -> set[int]:
    """Give the months that the text calls «الماضي»."""
    months = set()
    for sentence in sentences:
        scan = Scan(sentence.tokens)
        for at in range(len(scan.norms)):
            found = scan.month(at)
            if found and found[0].calendar == "gregorian" and scan.shift(found[1]) == -1:
                months.add(found[0].number)
    return months


def _months_ahead(sentences: Iterable[Sentence]) -> set[int]:
    """Give the months that the text puts later in its own year: «في وقت لاحق من هذا العام، ربما في شهر مارس»."""
    months = set()
    for sentence in sentences:
        norms = [token.norm for token in sentence.tokens]
        if "لاحق" not in norms and "لاحقا" not in norms:
            continue
        dates = find(sentence, "2000-01-01")
        for year, month in pairwise(dates):
            if year.relative and year.edtf == "2000" and month.relative and (month.edtf or "").startswith("2000-"):
                months.add(int((month.edtf or "")[5:7]))
    return months
