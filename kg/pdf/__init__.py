"""The text of PDF files from the places of their glyphs, in the order in which Arabic is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from kg.pdf.glyphs import Glyph

BATCH = 30


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF file, and the offsets in it at which its pages begin."""

    text: str
    pages: tuple[int, ...]


def read(file: BinaryIO) -> PdfText:
    """Read the text of all pages: paragraphs parted by empty lines, each line of a paragraph joined to the next.

    Vowel marks stand on their letters, numbers, Latin words and brackets in the order of reading; presentation forms
    are written as plain letters; a glyph that nothing explains is a private-use character, the same for the same
    glyph. Page numbers and running heads are left out. A file that pdfminer.six cannot read raises its errors.
    """
    from kg.pdf.glyphs import pages
    from kg.pdf.lines import lines_of
    from kg.pdf.paragraphs import paragraphs, without_running_heads

    lines = [page for batch in _batches(pages(file)) for page in lines_of(batch)]
    text, starts = paragraphs(without_running_heads(lines))
    return PdfText(text, tuple(starts))


def _batches(items: Iterable[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """Read some pages at a time: what holds for a file holds for each, and glyphs take more room than lines."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
