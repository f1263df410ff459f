"""PDF files: the text of their pages, in the order in which the file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.errors import SourceError
from kg.sources.extracts import Extract, Limits
from kg.sources.optional import library

_PROPERTIES = {"Title": "title", "Author": "author"}


def read(content: bytes, limits: Limits) -> Extract:
    """Read the text of a PDF, page by page, and its title, author and day of creation.

    The day of creation is no date of publication: it is noted, no more. SourceError where the file is encrypted,
    broken, a scan without text or longer than the limit.
    """
    pdfium = library("pypdfium2", "pdf")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        reason = (
            "encrypted; give a copy without a password"
            if "password" in str(error).lower()
            else f"not a sound PDF ({error})"
        )
        raise SourceError(reason) from None
    try:
        if len(document) > limits.pages:
            raise SourceError(f"more than {limits.pages} pages ({len(document)}); raise the limit with --max-pages")
        return _extract(list(_pages(document)), document.get_metadata_dict())
    finally:
        document.close()


def _pages(document: Any) -> Iterator[str]:
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        yield text.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n")
        text.close()
        page.close()


def _extract(pages: list[str], properties: dict[str, str]) -> Extract:
    """Join pages by a line break, and remember where each begins."""
    if not any(page.strip() for page in pages):
        raise SourceError(f"no text on its {len(pages)} pages: a scan; recognize its letters (OCR) first")
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    facts = {key: value for name, key in _PROPERTIES.items() if (value := properties.get(name, "").strip())}
    created = properties.get("CreationDate", "")
    notes = (f"PDF property CreationDate: {created}",) if created else ()
    return Extract(
        text="\n".join(pages),
        facts=facts,
        origins=dict.fromkeys(facts, "PDF properties"),
        notes=notes,
        pages=tuple(starts),
    )
