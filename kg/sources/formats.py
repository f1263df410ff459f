"""The formats that are read, by the ending of a file's name, and the one way into every reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.errors import SourceError
from kg.sources import archives, docx, html, mail, pdf, plain, records, warc
from kg.sources.extracts import ExhaustedError, Extract, Found, Limits, Refusal, Source, digest

Reader = Callable[[bytes, Limits], Extract]
Collection = Callable[[Source], Iterator[Source | Found]]

# One document a file.
READERS: Mapping[str, Reader] = MappingProxyType({
    ".txt": plain.read, ".md": plain.read, ".html": html.read, ".htm": html.read, ".xhtml": html.read, ".pdf": pdf.read,
    ".docx": docx.read, ".eml": mail.read,
})  # fmt: skip
# Many documents a file.
COLLECTIONS: Mapping[str, Collection] = MappingProxyType({
    ".json": records.json_file, ".jsonl": records.json_lines, ".csv": records.table, ".tsv": records.table,
    ".mbox": mail.box, ".zip": archives.zipped, ".tar": archives.tape, ".tar.gz": archives.tape, ".tgz": archives.tape,
    ".warc": warc.records, ".warc.gz": warc.records,
})  # fmt: skip
ENDINGS = tuple(sorted({*READERS, *COLLECTIONS}, key=lambda one: (-len(one), one)))
# Read without a process of their own: nothing is parsed.
PLAIN = {".txt", ".md", None}

_NO_TEXT = re.compile("[\\0\ud800-\udfff]")


def ending(name: str) -> str | None:
    """Give the ending of a name that says how a file is read, or None where no format has it.

    >>> ending("خبر.PDF"), ending("crawl.warc.gz"), ending("a.jpg")
    ('.pdf', '.warc.gz', None)
    """
    lower = name.lower()
    return next((one for one in ENDINGS if lower.endswith(one)), None)


def extracts(source: Source) -> Iterator[Found]:
    """Give the texts in a file; what cannot be used of it is a refusal with its reason.

    A name without a known ending is read as text. Whatever a reader of another's making fails with is a refusal too.
    """
    kind = ending(source.name) or ".txt"
    try:
        if kind in READERS:
            content = source.content()
            extract = _placed(READERS[kind](content, source.limits), source, digest(content))
            yield _sound(extract, source.limits)
        else:
            yield from _members(source, COLLECTIONS[kind])
    except ExhaustedError as error:
        if source.depth:
            raise
        yield Refusal(source.part, str(error))
    except SourceError as error:
        yield Refusal(source.part, str(error))
    except MemoryError:
        yield Refusal(source.part, "needs more memory than it may have; raise the limit with --max-memory")
    except Exception as error:
        yield Refusal(source.part, f"cannot be read as {kind} ({type(error).__name__}: {error})")


def _members(source: Source, collection: Collection) -> Iterator[Found]:
    """Give the texts of an archive or another collection."""
    if source.depth > source.limits.nesting:
        raise SourceError(f"archives within archives, more than {source.limits.nesting} deep; --max-nesting")
    for found in collection(source):
        if not isinstance(found, Source):
            yield found if isinstance(found, Refusal) else _sound(found, source.limits)
        elif ending(found.name):
            yield from extracts(found)
        else:
            yield Refusal(found.part, "no reader for this kind of file")


def _placed(extract: Extract, source: Source, sha256: str) -> Extract:
    """Add to an extract where it stands, and what the file around it says."""
    around = {key: value for key, value in source.facts.items() if value and key not in extract.facts}
    return replace(
        extract,
        part=source.part,
        sha256=sha256,
        facts={**extract.facts, **around},
        origins={**extract.origins, **dict.fromkeys(around, source.origin)},
    )


def _sound(extract: Extract, limits: Limits) -> Found:
    """Put U+FFFD for NUL and for halves of characters (lone surrogates), which are no text; refuse what is too long."""
    if len(extract.text) > limits.characters:
        return Refusal(extract.part, f"more than {limits.characters} characters; raise the limit with --max-characters")
    facts = {key: _NO_TEXT.sub("\ufffd", value) for key, value in extract.facts.items()}
    text, lost = _NO_TEXT.subn("\ufffd", extract.text)
    notes = (*extract.notes, f"{lost} NUL or half characters stand as \ufffd") if lost else extract.notes
    return replace(extract, text=text, facts=facts, notes=notes)
