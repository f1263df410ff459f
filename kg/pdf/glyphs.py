"""The glyphs of PDF pages with their places, as pdfminer.six gives them: the only module that touches it."""

from __future__ import annotations

import logging
import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, BinaryIO

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect, PDFXRefFallback
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import decode_text

from kg.bidi import MIRROR
from kg.errors import SourceError

FIRST_LOST, LOST_CODES = 0xE000, 0x1900
SPACE = 32


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one glyph says and where it stands: its ends and baseline in points, along the direction of its text.

    `turn` is that direction in degrees, 0 for text that runs across the page. `font` names the font, with «*» behind
    it where the file gives the words themselves (`/ActualText`), and «=» where the font program knows the glyph. `lost`
    marks glyphs whose code nothing explains: their text is a private-use character made from the code, so that
    neighbouring codes stay neighbours.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int
    font: str
    lost: bool = False


def opened(file: BinaryIO) -> PDFDocument:
    """Open a PDF file; SourceError where it is encrypted or no PDF."""
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    try:
        return PDFDocument(PDFParser(file))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise SourceError("encrypted; give a copy without a password") from None


def pages(document: PDFDocument, most: int) -> Iterator[list[Glyph]]:
    """Give the glyphs of each page as they are drawn; SourceError where there are more than `most` pages."""
    resources = _Fonts()
    device = _Device(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > most:
            raise SourceError(f"more than {most} pages; raise the limit with --max-pages")
        device.glyphs = []
        interpreter.process_page(page)
        yield device.glyphs


def properties(document: PDFDocument) -> dict[str, str]:
    """Give what the file says of itself: `Title`, `Author`, `CreationDate` and the like."""
    known = {key: resolve1(value) for info in document.info for key, value in info.items()}
    return {key: decode_text(value).strip("\0 ") for key, value in known.items() if isinstance(value, bytes)}


def is_mended(document: PDFDocument) -> bool:
    """Tell whether the file's table of objects is broken, so that they had to be searched for."""
    return any(isinstance(table, PDFXRefFallback) for table in document.xrefs)


def plain(text: str) -> str:
    """Write presentation forms as the letters that they are, without the space that carries a lone vowel mark.

    >>> plain(chr(0xFEFB)), plain(chr(0xFE76)) == chr(0x64E)
    ('لا', True)
    """
    return "".join(_letters(c) if "\ufb50" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufeff" else c for c in text)


def _letters(form: str) -> str:
    if form == "\ufeff":
        return ""
    letters = unicodedata.normalize("NFKC", form)
    return letters.lstrip(" ـ") or letters


@dataclass
class _Span:
    """Marked content that is open: the words that the file gives for it, and the glyphs drawn in it."""

    words: str | None
    glyphs: list[Glyph] = field(default_factory=list)


class _Fonts(PDFResourceManager):
    """Reads with each font what its own program says of its glyphs."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> Any:
        """Read a font."""
        known: Any = super().get_font(objid, spec)
        if not hasattr(known, "shapes"):
            known.shapes = _shapes(spec) if literal_name(spec.get("Subtype")) == "CIDFontType2" else {}
        return known


def _shapes(spec: Mapping[str, object]) -> dict[int, str]:
    """Give the character that each glyph of an embedded TrueType font draws, where its program says so."""
    program = resolve1(dict_value(spec.get("FontDescriptor", {})).get("FontFile2"))
    if not isinstance(program, PDFStream) or isinstance(resolve1(spec.get("CIDToGIDMap")), PDFStream):
        return {}
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(program.get_data()), lazy=True)
        return {font.getGlyphID(name): plain(chr(code)) for code, name in sorted((font.getBestCmap() or {}).items())}
    except Exception:  # a font program that is broken in any way explains nothing
        return {}


class _Device(PDFTextDevice):
    """Collects the glyphs of a page; what is marked with words of its own becomes one glyph."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.glyphs: list[Glyph] = []
        self._spans: list[_Span] = []
        self._properties: dict[str, Any] = {}

    def begin_page(self, page: PDFPage, ctm: Any) -> None:  # noqa: ARG002
        """Look up the named properties of a page."""
        self._spans = []
        found = resolve1(resolve1(page.resources or {}).get("Properties"))
        self._properties = found if isinstance(found, dict) else {}

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:  # noqa: ARG002
        """Open marked content."""
        if isinstance(props, PSLiteral):
            props = resolve1(self._properties.get(str(props.name)))
        words = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        inside = any(span.words is not None for span in self._spans)
        self._spans.append(_Span(_decoded(words) if isinstance(words, bytes) and not inside else None))

    def end_tag(self) -> None:
        """Close marked content."""
        span = self._spans.pop() if self._spans else _Span(None)
        if span.words is not None and span.glyphs:
            self._collect(_as_one(span.words, span.glyphs))

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,  # noqa: ARG002
        graphicstate: Any,  # noqa: ARG002
    ) -> float:
        """Take one glyph and give its advance."""
        text = _text(font, cid)
        advance: float = font.char_width(cid) * fontsize * scaling
        a, b, c, d, x, y = matrix
        across, up = math.hypot(a, b), math.hypot(c, d)
        if across and up:
            x, y = x + rise * c, y + rise * d
            cosine, sine = a / across, b / across
            start, base = x * cosine + y * sine, y * cosine - x * sine
            ends = sorted((start, start + advance * across))
            turn = round(math.degrees(math.atan2(b, a)))
            lost = not text
            text = text or chr(FIRST_LOST + cid % LOST_CODES)
            name = f"{font.fontname}{'=' if cid in font.shapes else ''}"
            self._collect(Glyph(text, ends[0], ends[1], base, abs(fontsize) * up, turn, name, lost))
        return advance

    def _collect(self, glyph: Glyph) -> None:
        span = next((span for span in self._spans if span.words is not None), None)
        (self.glyphs if span is None else span.glyphs).append(glyph)


def _text(font: Any, cid: int) -> str:
    """Give the characters of a glyph; "" where a font that explains its codes does not explain this one."""
    explained = getattr(font, "unicode_map", None)
    drawn: str = font.shapes.get(cid, "")
    try:
        text: str = explained.get_unichr(cid) if explained else font.to_unichr(cid)
    except (KeyError, PDFUnicodeNotDefined):
        return drawn or (" " if cid == SPACE and not font.is_multibyte() else "")
    if not text.strip("\0\ufffd") or MIRROR.get(text) == drawn or is_mark(drawn):
        return drawn
    if font.char_width(cid) == 0 and len(text) > 1:
        return "".join(c for c in text if is_mark(c)) or plain(text)
    return plain(text)


def is_mark(text: str) -> bool:
    """Tell whether a text is vowel marks and nothing else."""
    return bool(text) and all(unicodedata.category(c) == "Mn" for c in text)


def _decoded(words: bytes) -> str:
    if words.startswith(b"\xfe\xff"):
        text = words[2:].decode("utf-16-be", "replace")
    else:
        text = words.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return plain("".join(c for c in text if unicodedata.category(c) != "Cf"))


def _as_one(words: str, glyphs: list[Glyph]) -> Glyph:
    wide = [g for g in glyphs if g.x1 > g.x0] or glyphs
    start, end = min(g.x0 for g in wide), max(g.x1 for g in wide)
    return replace(wide[0], text=words, x0=start, x1=end, font=wide[0].font + "*", lost=False)
