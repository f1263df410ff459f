"""Source documents: finding files, reading them in every format, and what is known about each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.model import Document, Skip
from kg.sources.extracts import Found, Limits, Refusal, Source, digest
from kg.sources.folders import Listing, discover, skip
from kg.sources.formats import extracts
from kg.sources.languages import foreign, identify, named, require_arabic_letters
from kg.sources.metadata import known

__all__ = ["Limits", "Listing", "discover", "documents", "foreign", "identify", "named", "read", "skip"]

DEFAULT = Limits()


def read(path: Path, limits: Limits = DEFAULT) -> Document:
    """Read the one document in a file; SourceError where there is none, or more than one."""
    found = list(documents(path, limits))
    usable = [one for one in found if isinstance(one, Document)]
    if len(usable) == 1:
        return usable[0]
    if usable:
        raise SourceError(f"{path}: holds {len(usable)} documents, one is expected")
    raise SourceError(found[0].reason if isinstance(found[0], Skip) else f"{path}: holds no document")


def documents(path: Path, limits: Limits = DEFAULT, name: str | None = None) -> Iterator[Document | Skip]:
    """Give the documents in a file, with what is known about each; what cannot be used is a skip with its reason.

    `raw` of a text file is the file decoded and nothing else: line ends and a byte order mark stay. A text that is
    empty, or of whose letters fewer than three in ten are Arabic, is a skip, and so is one of which a table says what
    it may not. Documents are named by `name`, or else the base name of the file, with their part of it.
    """
    for found in _extracts(path, limits):
        called = (name or path.name) + found.part
        try:
            yield _document(path, called, found)
        except SourceError as error:
            yield Skip(document=called, what="document", reason=f"{path}{found.part}: {error}")


def _extracts(path: Path, limits: Limits) -> Iterator[Found]:
    """Open a file and read it."""
    if path.is_dir():
        yield Refusal("", "this is a folder, not a document; name a file in it")
        return
    try:
        with path.open("rb") as stream:
            yield from extracts(Source(path.name, stream, limits))
    except FileNotFoundError:
        yield Refusal("", "there is no such file; check the path")
    except OSError as error:
        yield Refusal("", f"cannot be read ({error.strerror}); check its permissions")


def _document(path: Path, name: str, found: Found) -> Document:
    """Make the document of an extract; SourceError says why it cannot be used."""
    if isinstance(found, Refusal):
        raise SourceError(found.reason)
    require_arabic_letters(found.text)
    text_sha256 = digest(found.text.encode())
    return Document(
        name=name,
        path=path.as_posix(),
        part=found.part or None,
        sha256=found.sha256,
        text_sha256=None if text_sha256 == found.sha256 and not found.part else text_sha256,
        encoding=found.encoding,
        raw=found.text,
        notes=found.notes,
        pages=found.pages,
        **known(path, found),
    )
