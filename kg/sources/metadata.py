"""What is known about a document: from the tables beside it, from the file itself, from its opening line."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from kg.errors import SourceError
from kg.sources.extracts import Extract

_TITLE_WORDS = 20
_LETTER = re.compile(r"[^\W\d_]")
_EDTF = re.compile("[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_STAMP = re.compile("([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[T ].*)?", re.DOTALL)
_BARE = ("title", "author", "publisher", "date", "url")
_KEYS = ("title", "author", "publisher", "date", "date_note", "url", "language")


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
    author: str | None = None
    publisher: str | None = None
    date: Annotated[str, AfterValidator(_checked)] | None = None
    date_note: str | None = None
    url: str | None = None
    language: str | None = None


def known(path: Path, extract: Extract) -> dict[str, Any]:
    """Give what is known about a document, and under `origins` where each value comes from.

    A table beside the file comes first (under the name of the document, or else of the file that it is a part of),
    then what the file says of itself, then for the title the opening line. A date that is not of EDTF level 0 stays
    away; its words are noted. Bad tables raise SourceError.
    """
    table, origin = _from_tables(path, path.name + extract.part)
    values = {key: value for key, value in table.model_dump().items() if value is not None}
    origins = dict.fromkeys((key for key in (*_BARE, "language") if key in values), origin)
    found = {"title": _title(extract.text), **_facts(extract)}
    for key, value in found.items():
        if value and key not in values:
            values[key] = value
            if key != "date_note":
                origins[key] = extract.origins.get(key, "opening line")
    return {**values, "origins": dict(sorted(origins.items()))}


def _facts(extract: Extract) -> dict[str, str]:
    """Give what a file says of itself, on one line each; a date that is none becomes a note."""
    facts = {key: line for key in (*_BARE, "language") if (line := " ".join(extract.facts.get(key, "").split()))}
    if "language" in facts:
        facts["language"] = re.split("[-_]", facts["language"].lower())[0]
    stamp = facts.pop("date", None)
    if stamp is None:
        created = extract.facts.get("created")
        return {**facts, "date_note": f"{extract.origins['created']}: created {created}"} if created else facts
    if date := iso_date(stamp):
        return {**facts, "date": date}
    return {**facts, "date_note": f"{extract.origins['date']}: {stamp}"}


def iso_date(stamp: str) -> str | None:
    """Give the date of an ISO 8601 time stamp, as its own clock has it; None for what is none.

    >>> iso_date("2025-03-12T23:10:00+03:00"), iso_date("2025-03"), iso_date("12/3/2025")
    ('2025-03-12', '2025-03', None)
    """
    match = _STAMP.fullmatch(stamp.strip())
    try:
        return _checked(match[1]) if match else None
    except ValueError:
        return None


def _title(raw: str) -> str | None:
    """Give the line that the text opens with, if it reads like a title: short, no full stop, more than an address."""
    opening = next((line.strip("\ufeff \t\r") for line in raw.split("\n") if _LETTER.search(line)), "")
    short = 0 < len(opening.split()) <= _TITLE_WORDS
    return opening if short and opening[-1] not in ".،؛:,;" and "://" not in opening else None


def _from_tables(path: Path, name: str) -> tuple[_Metadata, str]:
    """Find what `sources.toml` beside a document says, else `documents.jsonl` there or above; and which of them."""
    folder = path.parent
    for file in (folder / "sources.toml", folder / "documents.jsonl", folder.parent / "documents.jsonl"):
        if file.is_file():
            stat = file.stat()
            table = _table(file, stat.st_mtime_ns, stat.st_size)
            if row := table.get(name) or table.get(path.name):
                return row, file.name
    return _Metadata(), ""


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
        yield record["document"], {key: record[key] for key in _KEYS if record.get(key) is not None}


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
            f"{file}, document {name}, key {key}: {first['msg']}; known keys are {', '.join(_KEYS)}"
        ) from None
