"""The files at some paths: which are documents, in which order, and what is passed over and why."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.model import Skip
from kg.sources.formats import ending

# What is known about documents, and so is none itself.
TABLES = ("sources.toml", "documents.jsonl", "curation.toml", "priors.toml")

Entry = tuple[Path, str | None]


@dataclass(frozen=True, slots=True)
class Listing:
    """The files that hold documents, by their names and in their order, and what stands beside them and is not read."""

    files: Mapping[str, Path]
    skips: tuple[Skip, ...]


def discover(paths: Sequence[Path]) -> Listing:
    """List the documents at some paths: files as given, and below a folder all that have a reader.

    A file that is reached twice counts once, and a folder that a link leads back to is not entered again. Names that
    begin with a dot and the files of TABLES are passed over; whatever else is not read is a skip. A path
    that does not exist, or a folder without any document, raises SourceError.
    """
    files: dict[str, Path] = {}
    refused: dict[str, Skip] = {}
    for path in paths:
        found = list(_at(path))
        if not found:
            raise SourceError(f"{path}: this folder holds no document; put files into it or name another")
        for file, reason in found:
            if reason is None:
                files.setdefault(os.path.realpath(file), file)
            else:
                refused.setdefault(os.path.realpath(file), skip(file, reason))
    skips = (skip for file, skip in refused.items() if file not in files)
    return Listing(_names(files.values()), tuple(sorted(skips, key=lambda one: one.reason)))


def _names(files: Iterable[Path]) -> dict[str, Path]:
    """Name files, in the order of name and path: by base name, or by as much of the path as tells namesakes apart."""
    order = sorted(files, key=lambda path: (path.name, path.as_posix()))
    names = {path: path.name for path in order}
    for depth in range(2, 1 + max((len(path.parts) for path in order), default=0)):
        shared = Counter(names.values())
        if len(shared) == len(names):
            break
        names |= {path: Path(*path.parts[-depth:]).as_posix() for path, name in names.items() if shared[name] > 1}
    return {name: path for path, name in names.items()}


def _at(path: Path) -> Iterator[Entry]:
    """Give what is at one path, each with the reason why it is not read, if any."""
    if not os.path.lexists(path):
        raise SourceError(f"{shown(path)}: there is no such file or folder; check the path")
    if path.is_dir():
        yield from _below(path, {_identity(path)})
    else:
        yield path, _unfit(path)


def _below(folder: Path, entered: set[tuple[int, int]]) -> Iterator[Entry]:
    """Give what is below a folder, without hidden names."""
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        yield folder, f"the folder cannot be read ({error.strerror}); check its permissions"
        return
    for path in paths:
        if path.is_dir() and _identity(path) in entered:
            yield path, "a link to a folder that is read already"
        elif path.is_dir():
            entered.add(_identity(path))
            yield from _below(path, entered)
        elif path.name not in TABLES:
            yield path, _unfit(path) or (None if ending(path.name) else "no reader for this kind of file")


def _identity(path: Path) -> tuple[int, int]:
    known = path.stat()
    return known.st_dev, known.st_ino


def _unfit(path: Path) -> str | None:
    """Say why a path cannot be read as a file, if so."""
    if shown(path) != str(path):
        return "its name is not UTF-8; rename it"
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"a link that leads nowhere, or a file out of reach ({error.strerror})"
    return None if stat.S_ISREG(mode) else "not a regular file (a pipe, a device or a socket)"


def skip(path: Path, reason: str) -> Skip:
    """Leave a file out, for a reason."""
    return Skip(document=shown(Path(path.name)), what="document", reason=f"{shown(path)}: {reason}")


def shown(path: Path) -> str:
    r"""Write a path so that it can be printed: bytes that are not UTF-8 as `\xe9`."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")
