"""Source documents: finding them, reading them byte for byte, and what is known about each."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from kg.errors import SourceError
from kg.model import Document

_LEAST_ARABIC = 0.3
_TITLE_WORDS = 20
_ARABIC = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_EDTF = re.compile("[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_METADATA = ("title", "publisher", "date", "date_note", "url", "language")


def _checked(date: str) -> str:
    """Check a date of EDTF level 0: a year, a month or a day that exists."""
    if not _EDTF.fullmatch(date):
        raise ValueError("a date is written 2026-01-20, 2026-01 or 2026")
    datetime.date.fromisoformat(date + "2000-01-01"[len(date) :])
    return date


class _Metadata(BaseModel):
    """What is known about one document; all of it may be missing."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: str | None = None
    publisher: str | None = None
    date: Annotated[str, AfterValidator(_checked)] | None = None
    date_note: str | None = None
    url: str | None = None
    language: str = "ar"


def discover(paths: Sequence[Path]) -> list[Path]:
    """Give the documents at some paths: files as given, and every `*.txt` below a folder.

    Sorted by name, then path; a file that is reached twice counts once. A path that does not exist, or a folder
    without any document, raises SourceError.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for document in _documents(path):
            found.setdefault(document.resolve(), document)
    return sorted(found.values(), key=lambda path: (path.name, path.as_posix()))


def _documents(path: Path) -> list[Path]:
    """Give the documents at one path."""
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder; check the path")
    if not path.is_dir():
        return [path]
    below = sorted(file for file in path.rglob("*") if file.suffix.lower() == ".txt" and file.is_file())
    if not below:
        raise SourceError(f"{path}: this folder holds no document; put .txt files (UTF-8) into it or name another")
    return below


def read(path: Path) -> Document:
    """Read one document and what `sources.toml` beside it, or else a `documents.jsonl`, says about it.

    `raw` is the file decoded as UTF-8 and nothing else: line ends and a byte order mark stay. A file that is missing,
    empty, not UTF-8, or that has fewer than three Arabic letters in ten raises SourceError, and so does bad metadata.
    """
    content = _bytes(path)
    raw = _decoded(path, content)
    _require_arabic(path, raw)
    known = _metadata(path)
    return Document(
        name=path.name,
        path=path.as_posix(),
        sha256=hashlib.sha256(content).hexdigest(),
        raw=raw,
        **known.model_copy(update={"title": known.title or _title(raw)}).model_dump(),
    )


def _bytes(path: Path) -> bytes:
    """Read a file."""
    if path.is_dir():
        raise SourceError(f"{path}: this is a folder, not a document; name a file in it")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path}: there is no such file; check the path") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def _decoded(path: Path, content: bytes) -> str:
    """Decode a file as UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        likely = "UTF-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "WINDOWS-1256"
        raise SourceError(
            f"{path}: not UTF-8 at byte {error.start} (0x{content[error.start]:02x}); "
            f"convert it, for example with: iconv -f {likely} -t UTF-8"
        ) from None


def _require_arabic(path: Path, raw: str) -> None:
    """Refuse a text that is empty or for the most part not written in Arabic letters."""
    if not raw.strip("\ufeff \t\r\n"):
        raise SourceError(f"{path}: the file is empty; give a file with Arabic text")
    letters = len(_LETTER.findall(raw))
    arabic = len(_ARABIC.findall(raw))
    if arabic < _LEAST_ARABIC * letters or not letters:
        share = f"{100 * arabic // letters} % of its letters are Arabic" if letters else "it has no letters"
        raise SourceError(f"{path}: not an Arabic text ({share}, at least 30 % are expected); give Arabic text")


def _title(raw: str) -> str | None:
    """Give the line that the text opens with, if it reads like a title: short, no full stop, more than an address."""
    opening = next((line.strip("\ufeff \t\r") for line in raw.split("\n") if _LETTER.search(line)), "")
    short = 0 < len(opening.split()) <= _TITLE_WORDS
    return opening if short and opening[-1] not in ".،؛:,;" and "://" not in opening else None


def _metadata(path: Path) -> _Metadata:
    """Find what is known about a document: in `sources.toml` beside it, else in `documents.jsonl` there or above."""
    folder = path.parent
    for file in (folder / "sources.toml", folder / "documents.jsonl", folder.parent / "documents.jsonl"):
        if file.is_file():
            stat = file.stat()
            known = _table(file, stat.st_mtime_ns, stat.st_size).get(path.name)
            if known:
                return known
    return _Metadata()


@lru_cache(maxsize=16)
def _table(file: Path, _changed: int, _size: int) -> Mapping[str, _Metadata]:
    """Read one metadata file: what it says about each document, by file name."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: cannot be read ({error}); it must be a UTF-8 text file") from None
    rows = _toml(file, text) if file.suffix == ".toml" else dict(_json_lines(file, text))
    return {name: _row(file, name, row) for name, row in rows.items()}


def _toml(file: Path, text: str) -> dict[str, Any]:
    """Read `sources.toml`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f'{file}: not TOML ({error}); write one table for each file: ["name.txt"]') from None


def _json_lines(file: Path, text: str) -> Iterator[tuple[str, Any]]:
    """Read `documents.jsonl`: a record a line, named by its key `document`; keys that are not known are passed over."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(f"{file}, line {number}: not JSON ({error.msg}); write one record a line") from None
        if not isinstance(record, dict) or not isinstance(record.get("document"), str):
            raise SourceError(f"{file}, line {number}: key document is missing; give the document's file name")
        yield record["document"], {key: record[key] for key in _METADATA if record.get(key) is not None}


def _row(file: Path, name: str, row: object) -> _Metadata:
    """Check what one metadata file says about one document."""
    if not isinstance(row, dict):
        raise SourceError(f'{file}, key {name}: expected a table; write ["{name}"] and its keys below it')
    plain = {key: value.isoformat() if isinstance(value, datetime.date) else value for key, value in row.items()}
    try:
        return _Metadata.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise SourceError(
            f"{file}, document {name}, key {key}: {first['msg']}; known keys are {', '.join(_METADATA)}"
        ) from None
