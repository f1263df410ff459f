"""Web archives (.warc, .warc.gz): the pages that a crawl fetched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.sources.extracts import Refusal, Source
from kg.sources.optional import library

_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_HELD = {"response", "resource", "conversion"}
_OK = "200"


def records(source: Source) -> Iterator[Source | Refusal]:
    """Open the pages, documents and texts of a web archive; a record is named by its number: `#12`.

    What else it holds (images, styles, pages that were not there) is counted by kind.
    """
    others: Counter[str] = Counter()
    for number, record in enumerate(library("warcio.archiveiterator", "warc").ArchiveIterator(source.stream), 1):
        if record.rec_type not in _HELD:
            continue
        kind = _kind(record)
        if kind not in _KINDS:
            others[kind] += 1
            continue
        page = source.inside(f"{number}{_KINDS[kind]}", record.content_stream(), f"#{number}")
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        yield replace(page, facts={"url": address.strip("<>")}, origin="WARC-Target-URI")
    for kind, count in sorted(others.items()):
        yield Refusal(source.part, f"{count} records of {kind}, which is not read")


def _kind(record: Any) -> str:
    """Give the media type of a record, or the status of an answer that brought no page."""
    headers = record.http_headers
    if headers and (status := headers.get_statuscode()) != _OK:
        return f"status {status}"
    found = (headers or record.rec_headers).get_header("Content-Type") or "no media type"
    return str(found.partition(";")[0].strip().lower())
