"""PDF files: their text in the order of reading, whatever made them; what is broken is refused."""

from __future__ import annotations

import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from bidi.algorithm import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pdf, pipeline
from kg.bidi import logical
from kg.errors import SourceError
from kg.pdf.glyphs import Glyph
from kg.pdf.lines import lines_of

HERE = Path(__file__).parent
PDFS = HERE / "pdfs"
TEXT = (HERE / "cases" / "pdf.txt").read_text(encoding="utf-8")
MADE = {"chromium": 1, "weasyprint": 2, "libreoffice": 1, "columns": 4}


@cache
def read(name: str) -> pdf.PdfText:
    return pdf.read(BytesIO((PDFS / f"{name}.pdf").read_bytes()))


def as_read(text: str) -> list[str]:
    """Give the paragraphs with their marks in one order; where tanwin stands beside an alef is a matter of taste."""
    lines = (unicodedata.normalize("NFC", line).replace("اً", "ًا") for line in text.splitlines())
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.parametrize("name", MADE)
def test_the_text_comes_out_as_it_went_in(name: str) -> None:
    assert as_read(read(name).text) == as_read(TEXT)


@pytest.mark.parametrize("name", MADE)
def test_pages_begin_where_they_begin(name: str) -> None:
    found = read(name)
    assert len(found.pages) == MADE[name]
    assert found.pages[0] == 0
    assert list(found.pages) == sorted(found.pages)
    assert all(start == 0 or found.text[start - 1].isspace() for start in found.pages)
    assert all(not found.text[start].isspace() for start in found.pages)


def test_properties_are_given() -> None:
    assert read("columns").properties["Title"] == "خريطة الاتفاقيات"
    assert read("columns").properties["Author"] == "هيئة التحرير"


@pytest.mark.parametrize("name", ["chromium", "weasyprint", "libreoffice"])
def test_claims_are_those_of_the_text(name: str, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "text.pdf").write_bytes((PDFS / f"{name}.pdf").read_bytes())
    both = [pipeline.read(tmp_path / f"text.{kind}").extraction.claims for kind in ("txt", "pdf")]
    told = [[claim.model_dump(exclude={"document", "evidence", "cues", "date_words"}) for claim in one] for one in both]
    assert told[0] == told[1]
    assert told[0]


@pytest.mark.parametrize("cut", [0, 9, 4000, 15000])
def test_a_truncated_file_is_refused(cut: int) -> None:
    with pytest.raises(SourceError, match="not a sound PDF"):
        pdf.read(BytesIO((PDFS / "weasyprint.pdf").read_bytes()[:cut]))


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(SourceError, match="more than 3 pages"):
        pdf.read(BytesIO((PDFS / "columns.pdf").read_bytes()), most=3)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 18000), st.binary(min_size=1, max_size=20)), min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(wounds: list[tuple[int, bytes]]) -> None:
    content = bytearray((PDFS / "weasyprint.pdf").read_bytes())
    for at, bytes_ in wounds:
        content[at : at + len(bytes_)] = bytes_
    try:
        found = pdf.read(BytesIO(bytes(content)))
    except SourceError:
        return
    assert all(0 <= start <= len(found.text) for start in found.pages)


# -- the order of reading: what the bidirectional algorithm shows is turned back

ARABIC = st.sampled_from(
    ["اتفاقية", "تركيا", "في", "عام", "ولا", "«الناتو»", "(الملحق)", "[انظر]", "دولة،", "القاعدة."]
)
OTHER = st.sampled_from(["2024", "12.5", "1,250,000", "15/09/2025", "10:30", "S-400", "NATO", "(OTS)", "MiG-29", "G7"])


@given(st.lists(st.one_of(ARABIC, ARABIC, OTHER), min_size=1, max_size=9))
def test_what_is_shown_is_read_back(words: list[str]) -> None:
    apart = [words[0]]
    for word in words[1:]:  # two foreign words side by side look alike in both orders
        apart += ["ثم", word] if word[-1].isascii() and apart[-1][-1].isascii() else [word]
    line = " ".join(["قال", *apart, "أمس"])
    assert logical(list(get_display(line, base_dir="R"))) == line


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("2026-2019 نيب", "بين 2019-2026"),
        ("2019-2026 نيب", "بين 2019-2026"),
        ("%12.5 ةدايز", "زيادة 12.5%"),
        ("12.5% ةدايز", "زيادة 12.5%"),
        (".2019 ماع", "عام 2019."),
        ("ةموظنم (NATO) S-400", "S-400 (NATO) منظومة"),
        ("دمحأ AhmadTalk (@x) 22", "AhmadTalk (@x) 22 أحمد"),
    ],
)
def test_numbers_and_brackets(shown: str, meant: str) -> None:
    assert logical(list(shown)) == meant


def test_a_line_of_latin_keeps_its_order() -> None:
    assert logical(list("The ايروس question"), rtl=False) == "The سوريا question"


# -- glyphs to lines


def row(text: str, y: float = 100.0, size: float = 10.0, **more: object) -> list[Glyph]:
    """Draw characters from left to right, five points wide each."""
    return [Glyph(c, 5.0 * i, 5.0 * i + 5, y, size, 0, "F", **more) for i, c in enumerate(text)]


def test_marks_stand_on_the_letter_drawn_after_them_from_left_to_right() -> None:
    glyphs = [*row("ىتح")[:1], Glyph("ّ", 6.0, 6.0, 103.0, 10.0, 0, "F"), *row("ىتح")[1:]]
    assert [line.text for line in lines_of([glyphs])[0]] == ["حتّى"]


def test_type_drawn_twice_is_read_once() -> None:
    assert [line.text for line in lines_of([row("ايروس") * 2])[0]] == ["سوريا"]


def test_strokes_that_stretch_are_left_out_and_lost_letters_stay() -> None:
    stretched = "ا" + "\ue02a" * 3 + "يروس"
    lost = [Glyph(g.text, g.x0, g.x1, g.y, g.size, 0, "F", g.text == "\ue02a") for g in row(stretched)]
    assert [line.text for line in lines_of([lost])[0]] == ["سوريا"]
    alone = [Glyph(g.text, g.x0, g.x1, g.y, g.size, 0, "F", g.text == "\ue02a") for g in row("ايروس \ue02a ماع")]
    assert [line.text for line in lines_of([alone])[0]] == ["عام \ue02a سوريا"]


def test_columns_are_read_one_after_the_other() -> None:
    right = [Glyph(g.text, g.x0 + 100, g.x1 + 100, y, 10.0, 0, "F") for y in (100.0, 85.0) for g in row("ديدج صن")]
    left = [Glyph(g.text, g.x0, g.x1, y, 10.0, 0, "F") for y in (100.0, 85.0) for g in row("ميدق صن")]
    assert [line.text for line in lines_of([[*right, *left]])[0]] == ["نص جديد", "نص جديد", "نص قديم", "نص قديم"]
