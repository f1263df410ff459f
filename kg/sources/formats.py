"""The formats that are read, by the ending of a file's name, and the one way into every reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.errors import SourceError
from kg.sources import pdf, plain
from kg.sources.extracts import Extract, Found, Limits, Refusal, Source, digest

READERS: Mapping[str, Callable[[bytes, Limits], Extract]] = MappingProxyType(
    {".txt": plain.read, ".md": plain.read, ".pdf": pdf.read}
)

_HALF = re.compile("[\ud800-\udfff]")


def ending(name: str) -> str | None:
    """Give the ending of a name that says how a file is read, or None where no format has it.

    >>> ending("خبر.PDF"), ending("a.jpg")
    ('.pdf', None)
    """
    lower = name.lower()
    return next((one for one in READERS if lower.endswith(one)), None)


def extracts(source: Source) -> Iterator[Found]:
    """Give the texts in a file; what cannot be used of it is a refusal with its reason."""
    try:
        content = source.content()
        extract = READERS[ending(source.name) or ".txt"](content, source.limits)
        yield replace(_sound(extract), part=source.part, sha256=digest(content))
    except SourceError as error:
        yield Refusal(source.part, str(error))


def _sound(extract: Extract) -> Extract:
    """Put U+FFFD for halves of characters (lone surrogates), which no file can hold, and note it."""
    text, lost = _HALF.subn("\ufffd", extract.text)
    if not lost:
        return extract
    return replace(extract, text=text, notes=(*extract.notes, f"{lost} halves of characters stand as \ufffd"))
