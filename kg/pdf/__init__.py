"""The text of PDF files from the places of their glyphs, in the order in which Arabic is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import SourceError

if TYPE_CHECKING:
    from kg.pdf.glyphs import Glyph

BATCH = 30


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF file, the offsets in it at which its pages begin, and what the file says of itself.

    `mended` files have a broken table of objects: pages may be missing.
    """

    text: str
    pages: tuple[int, ...]
    properties: Mapping[str, str]
    mended: bool = False


def read(file: BinaryIO, most: int = 2000) -> PdfText:
    """Read the text of all pages: paragraphs parted by empty lines, each line of a paragraph joined to the next.

    Vowel marks stand on their letters, numbers, Latin words and brackets in the order of reading; presentation forms
    are written as plain letters; a glyph that nothing explains is a private-use character, the same for the same
    glyph. Page numbers and running heads are left out. SourceError where the file is encrypted or broken, or has more
    than `most` pages.
    """
    from kg.pdf import glyphs
    from kg.pdf.lines import lines_of
    from kg.pdf.paragraphs import paragraphs, without_running_heads

    try:
        document = glyphs.opened(file)
        lines = [page for batch in _batches(glyphs.pages(document, most)) for page in lines_of(batch)]
        known, mended = glyphs.properties(document), glyphs.is_mended(document)
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # pdfminer meets broken files with errors of every kind
        raise SourceError(f"not a sound PDF ({type(error).__name__}: {error})") from error
    text, starts = paragraphs(without_running_heads(lines))
    return PdfText(text, tuple(starts), known, mended)


def _batches(items: Iterable[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """Read some pages at a time: what holds for a file holds for each, and glyphs take more room than lines."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
