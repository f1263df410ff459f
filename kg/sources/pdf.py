"""PDF files: the text of their pages in the order of reading, and what they say of themselves."""

from __future__ import annotations

import re
from io import BytesIO

from kg import pdf
from kg.errors import SourceError
from kg.sources.extracts import Extract, Limits
from kg.sources.optional import library

_PROPERTIES = {"Title": "title", "Author": "author", "CreationDate": "created"}
_FILE_NAME = re.compile(r"\.(?:html?|docx?|rtf|odt|fodt|txt|pdf|indd|tex)$", re.IGNORECASE)
_LIBRARIES = ("pdfminer", "fontTools")


def read(content: bytes, limits: Limits) -> Extract:
    """Read the text of a PDF, the offsets at which its pages begin, and its title, author and day of creation.

    The day of creation is no date of publication: it goes into the note of the date. SourceError where the file is
    encrypted, broken, a scan without text or longer than the limit.
    """
    for module in _LIBRARIES:
        library(module, "pdf")
    found = pdf.read(BytesIO(content), limits.pages)
    if not found.text.strip():
        raise SourceError(f"no text on its {len(found.pages)} pages: a scan; recognize its letters (OCR) first")
    given = {key: found.properties.get(name, "") for name, key in _PROPERTIES.items()}
    facts = {key: value for key, value in given.items() if value and not _FILE_NAME.search(value)}
    return Extract(
        text=found.text,
        facts=facts,
        origins=dict.fromkeys(facts, "PDF properties"),
        notes=tuple(_notes(found)),
        pages=found.pages,
    )


def _notes(found: pdf.PdfText) -> list[str]:
    return ["its table of objects is broken: pages may be missing"] if found.mended else []
