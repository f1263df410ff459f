"""Links that land on a sentence of a web page: the page's address with a text fragment."""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag

from kg.model import Document, Evidence

_ENDS = 5
_WHOLE = 10


def link(document: Document, evidence: Evidence) -> str | None:
    """Give the address of a web page that opens at the words of evidence; None where no address is known.

    Browsers look for the words (`#:~:text=` of the WICG draft): the whole quote, or of a long one its first and last
    five, between which the page may have line breaks. A page that has changed opens at its top.

    >>> page = Document(name="a.html", path="a.html", sha256="", raw="وقعت تركيا", url="https://x.org/a")
    >>> link(page, Evidence(start=0, end=4, quote="وقعت"))
    'https://x.org/a#:~:text=%D9%88%D9%82%D8%B9%D8%AA'
    """
    if not document.url or not re.match("https?://", document.url):
        return None
    lines = [line.split() for line in evidence.quote.splitlines() if line.strip()]
    short = len(lines) == 1 and len(lines[0]) <= _WHOLE
    pieces = lines if short else [lines[0][:_ENDS], lines[-1][-_ENDS:]]
    directive = ",".join(_escaped(" ".join(piece)) for piece in pieces)
    return f"{urldefrag(document.url).url}#:~:text={directive}"


def _escaped(words: str) -> str:
    """Encode words; the hyphen too, which parts a fragment from what stands around it."""
    return quote(words, safe="").replace("-", "%2D")
