"""Source documents: finding files, reading them in every format, and what is known about each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.model import Document, Skip
from kg.sources import worker
from kg.sources.duplicates import witnesses
from kg.sources.extracts import Extract, Limits, Refusal, digest
from kg.sources.folders import Listing, discover
from kg.sources.formats import PLAIN, ending
from kg.sources.fragments import link
from kg.sources.languages import foreign, identify, named, require_arabic_letters
from kg.sources.metadata import known
from kg.sources.worker import close

__all__ = [
    "Limits", "Listing", "close", "discover", "documents", "foreign", "identify", "link", "named", "read", "witnesses",
]  # fmt: skip

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
    it may not. Documents are named by `name`, or else the base name of the file, with their part of it. All but plain
    text is parsed in a process of its own.
    """
    file_sha256 = None
    parts = set()
    for found in worker.at(path, limits) if ending(path.name) in PLAIN else worker.read(path, limits):
        called = (name or path.name) + found.part
        try:
            if isinstance(found, Refusal):
                raise SourceError(found.reason)
            if found.part in parts:
                raise SourceError("a second document of this name in the file")
            parts.add(found.part)
            if found.part and file_sha256 is None:
                file_sha256 = _hash(path)
            yield _document(path, called, found, file_sha256)
        except (SourceError, OSError) as error:
            yield Skip(document=called, what="document", reason=f"{path}{found.part}: {error}")


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _document(path: Path, name: str, found: Extract, file_sha256: str | None) -> Document:
    """Make the document of an extract; SourceError says why it cannot be used."""
    require_arabic_letters(found.text)
    text_sha256 = digest(found.text.encode())
    return Document(
        name=name,
        path=path.as_posix(),
        part=found.part or None,
        sha256=found.sha256,
        file_sha256=file_sha256,
        text_sha256=None if text_sha256 == found.sha256 and not found.part else text_sha256,
        encoding=found.encoding,
        raw=found.text,
        notes=found.notes,
        pages=found.pages,
        **known(path, found),
    )
