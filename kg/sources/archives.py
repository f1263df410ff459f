"""Archives: .zip, and .tar plain or compressed; each file in them is read as if it stood in a folder."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from kg.sources.extracts import Refusal, Source

_ENCRYPTED = 0x1


def zipped(source: Source) -> Iterator[Source | Refusal]:
    """Open the files of a ZIP archive, in the order of their names."""
    stream = source.stream if source.depth == 0 else io.BytesIO(source.content())
    with zipfile.ZipFile(stream) as archive:
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            part = "/" + _shown(member.filename)
            if member.is_dir() or _hidden(member.filename):
                continue
            if member.flag_bits & _ENCRYPTED:
                yield Refusal(source.part + part, "encrypted; give an archive without a password")
                continue
            with archive.open(member) as opened:
                yield source.inside(part, opened, part)


def tape(source: Source) -> Iterator[Source | Refusal]:
    """Open the files of a tar archive, in its order: it is read through once."""
    with tarfile.open(fileobj=source.stream, mode="r|*") as archive:
        for member in archive:
            part = "/" + _shown(member.name)
            if member.isdir() or _hidden(member.name):
                continue
            opened = archive.extractfile(member) if member.isreg() else None
            if opened is None:
                yield Refusal(source.part + part, "not a regular file (a link, a pipe or a device)")
            else:
                yield source.inside(part, opened, part)


def _hidden(name: str) -> bool:
    """Tell whether a file is one that a folder would hide."""
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) and part != "." for part in parts)


def _shown(name: str) -> str:
    """Write a name so that it can be printed, and from the root of the archive."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace").removeprefix("./").lstrip("/")
