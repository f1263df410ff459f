"""Dates: every way of writing them that the cases hold, and what must never be read as one."""

from __future__ import annotations

import calendar
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import earliest_reference, find, find_in
from kg.dates.calendars import calendars, load
from kg.errors import LexiconError
from kg.model import DateSpan, Document
from kg.offsets import MappedText
from kg.text import normal, sentences

ROOT = Path(__file__).parent.parent
CASES = tomllib.loads((ROOT / "tests/cases/dates.toml").read_text(encoding="utf-8"))["case"]
LOST = re.compile("[\ue000-\uf8ff]+")
ROWS = [
    row
    for table in ("month", "weekday", "season", "unit", "shift", "follow", "nearby", "decade")
    for row in getattr(calendars(), table)
]


def dates_of(text: str, reference: str | None = None) -> list[DateSpan]:
    return [date for dates in find_in(sentences(MappedText.of(text)), reference) for date in dates]


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """Work out the first and the last day of an EDTF text."""
    year, month, day = (*edtf.split("-"), None, None)[:3]
    if not year:
        return None, None
    last = calendar.monthrange(int(year), int(month or 12))[1]
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or last}"


def expected(row: list[Any]) -> tuple[Any, ...]:
    """Fill in what a row of a case leaves out."""
    words, edtf, earliest, latest, relative = row + ["", "", "", False][len(row) - 1 :]
    first, last = bounds(edtf)
    first, last = earliest or first, latest or last
    return words, edtf or None, None if first == "-" else first, None if last == "-" else last, relative


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_dates_are_found_as_written(case: dict[str, Any]) -> None:
    text = case["text"]
    found = dates_of(text, case.get("reference"))
    assert [(text[date.start : date.end], date.edtf, date.earliest, date.latest, date.relative) for date in found] == [
        expected(row) for row in case["dates"]
    ]
    assert [date.words for date in found] == [
        LOST.sub("\ufffd", " ".join(normal(text[date.start : date.end]).split())) for date in found
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.example)
def test_every_row_of_the_calendars_fires(row: Any) -> None:
    found = dates_of(row.example, "2025-06-11")
    assert found
    if row.never:
        assert not dates_of(row.never, "2025-06-11")


def test_every_month_of_the_arab_locales_is_known() -> None:
    from babel import Locale

    known = {normal(name): row.number for row in calendars().month for name in row.names}
    for code in ("ar", "ar_EG", "ar_SY", "ar_IQ", "ar_DZ", "ar_TN", "ar_MA", "ar_MR", "ar_SA"):
        for number, name in Locale.parse(code).months["format"]["wide"].items():
            assert known[normal(name)] == number
            assert dates_of(f"في {name} 2024")[0].edtf == f"2024-{number:02}"


def test_hijri_dates_agree_with_the_calendar_of_umm_al_qura() -> None:
    from hijridate import Hijri

    months = {row.number: row.names[0] for row in calendars().month if row.calendar == "hijri"}
    for number, name in months.items():
        assert dates_of(f"في 7 {name} 1447 هـ")[0].edtf == Hijri(1447, number, 7).to_gregorian().isoformat()


def document(text: str, date: str | None = None) -> Document:
    return Document(name="a.txt", path="a.txt", sha256="0" * 64, raw=text, date=date)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("عنوان\n\nالقاهرة - 12 يناير 2026\n\nوقعت مصر أمس اتفاقا.", "2026-01-12"),
        ("عنوان\n12:44 GMT | 06.11.2025\nصرحت المتحدثة.", "2025-11-06"),
        ("الرياض 21 ربيع الآخر 1447 هـ الموافق 13 أكتوبر 2025 م\nوافق المجلس.", "2025-10-13"),
        ("بروكسل 14 أكتوبر تشرين الأول 2025 (وكالات) - قال دبلوماسيان أوروبيان إن بلدا طلب الانضمام.", "2025-10-14"),
        ("عنوان\nداكار - سلّمت فرنسا، يوم 17 يوليوز 2025، آخر منشآتها العسكرية في السنغال.", "2025-07-17"),
        ("نقلت بلومبرغ في 9 يناير 2026 أن أنقرة تحركت. وفي عام 2026 تغير الأمن. وستنتهي في 2030.", "2026-01-09"),
        ("وقعت في أبريل 2026 خطة لعام 2027. ومن المقرر أن تبدأ المناورات في 5 مايو 2026.", "2026-04"),
        ("وقعت في سبتمبر 2025. ويزور الرئيس الخليج في وقت لاحق من هذا العام، ربما في شهر مارس.", "2026-01"),
        ("قال في مقابلة في فبراير الماضي إنه موافق.\nhttps://example.org/2025/02/06/talks", "2025-03"),
        ("فشل الانقلاب عام 2016 وتغيرت السياسة.", None),
        ("لا تاريخ في هذا النص.", None),
    ],
)
def test_the_earliest_date_that_a_text_allows(text: str, reference: str | None) -> None:
    assert earliest_reference(document(text), sentences(MappedText.of(text))) == reference


def test_a_document_s_own_date_comes_first() -> None:
    text = "القاهرة - 12 يناير 2026"
    assert earliest_reference(document(text, "2020"), sentences(MappedText.of(text))) == "2020"


common = ["و", "في", "من", "عام", "2024", "11", "/", "-", "\ue008"]
words = st.sampled_from([word for case in CASES for word in case["text"].split()] + common)
references = st.sampled_from([None, "2025", "2025-03", "2025-03-31", "2024-02-29"])


@given(st.lists(words, max_size=25).map(" ".join), references)
def test_whatever_stands_together_dates_are_sound(text: str, reference: str | None) -> None:
    for date in dates_of(text, reference):
        assert 0 <= date.start < date.end <= len(text)
        if date.edtf is None:
            continue
        first, last = bounds(date.edtf)
        assert first is not None
        assert last is not None
        assert first <= (date.earliest or "") <= (date.latest or "") <= last


@given(st.lists(words, max_size=12).map(" ".join))
def test_without_a_reference_relative_dates_stay_open(text: str) -> None:
    assert all(date.edtf is None for date in dates_of(text) if date.relative)


@pytest.mark.parametrize(
    ("content", "message"),
    [("[[", "not TOML"), ("month = []\n", "weekday: Field required"), ("[cue]\nmonths = []", "Field required")],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "calendars.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=f"calendars.toml.*(?:{message})"):
        load(path)
    with pytest.raises(LexiconError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_a_sentence_alone_is_read_as_in_its_document() -> None:
    text = "وقعت في 11 سبتمبر 2024."
    (sentence,) = sentences(MappedText.of(text))
    assert find(sentence, None) == tuple(dates_of(text))
