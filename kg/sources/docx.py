"""Word files (.docx): paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.sources.extracts import MEGABYTE, Extract, Limits
from kg.sources.optional import library

_OLD = b"\xd0\xcf\x11\xe0"
_ALL = 8


def read(content: bytes, limits: Limits) -> Extract:
    """Read the paragraphs of a Word file, one a line, and its title and author.

    The day on which the file was made is no date of publication: it goes into the note of the date. A file that
    expands to more than the limit, is encrypted or broken raises SourceError.
    """
    docx = library("docx", "docx")
    if content.startswith(_OLD):
        raise SourceError("encrypted, or a .doc of before 2007; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = [member.file_size for member in archive.infolist()]
    except zipfile.BadZipFile as error:
        raise SourceError(f"not a sound DOCX ({error})") from None
    if max(sizes, default=0) > limits.size or sum(sizes) > _ALL * limits.size:
        raise SourceError(f"expands to {sum(sizes) / MEGABYTE:.0f} MB; raise the limit with --max-size")
    document = docx.Document(io.BytesIO(content))
    properties = document.core_properties
    created = properties.created.date().isoformat() if properties.created else ""
    facts = {"title": properties.title or "", "author": properties.author or "", "created": created}
    origins = dict.fromkeys(facts, "DOCX properties")
    return Extract(text="\n".join(_lines(document)), facts=facts, origins=origins)


def _lines(container: Any) -> Iterator[str]:
    """Give the lines of a document or of a cell of a table; a cell that spans several columns counts once."""
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in dict.fromkeys(row.cells):
                    yield from _lines(cell)
        else:
            yield block.text
