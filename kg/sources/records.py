"""Records with a text each: JSON, JSON Lines, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import SourceError
from kg.sources.encodings import decode
from kg.sources.extracts import Extract, Found, Refusal, Source, digest

TEXT = ("text", "content", "body", "article", "articlebody", "article_text", "full_text", "fulltext")
FACTS = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "publisher": ("publisher", "source", "site", "site_name", "outlet"),
    "date": ("date", "published", "datepublished", "published_at", "publication_date", "pub_date", "pubdate"),
    "url": ("url", "link", "canonical_url"),
    "language": ("language", "lang", "inlanguage"),
}

_SAMPLE = 100_000


def json_lines(source: Source) -> Iterator[Found]:
    """Read one record a line; a line is named by its number: `#3`."""
    number = 0
    while line := source.stream.readline(source.limits.size + 1):
        number += 1
        part = f"{source.part}#{number}"
        if not line.strip():
            continue
        try:
            yield _of_json(line, source.bounded(line), part)
        except SourceError as error:
            yield Refusal(part, str(error))
            if not line.endswith(b"\n"):
                return


def _of_json(line: bytes, content: bytes, part: str) -> Extract:
    decoded = decode(content)
    return _extract(_parsed(decoded.text), part, digest(line), decoded.encoding, decoded.notes)


def json_file(source: Source) -> Iterator[Found]:
    """Read one record, or a list of records; those of a list are named by their place: `#3`."""
    decoded = decode(source.content())
    whole = _parsed(decoded.text)
    records = whole if isinstance(whole, list) else [whole]
    for number, record in enumerate(records, 1):
        part = source.part + (f"#{number}" if isinstance(whole, list) else "")
        canonical = json.dumps(record, sort_keys=True).encode()
        try:
            yield _extract(record, part, digest(canonical), decoded.encoding, decoded.notes)
        except SourceError as error:
            yield Refusal(part, str(error))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise SourceError(f"not JSON, line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise SourceError("JSON nested too deeply") from None


def table(source: Source) -> Iterator[Found]:
    """Read one record a row of a CSV (`,` `;` or tab) under a head with the names of the columns: `#1` is the first."""
    sample = source.stream.read(_SAMPLE)
    decoded = decode(sample[: sample.rfind(b"\n") + 1] or sample)
    raw = io.BufferedReader(_Joined(sample, source))
    lines = io.TextIOWrapper(raw, encoding=decoded.encoding, errors="replace", newline="")
    csv.field_size_limit(source.limits.size)
    head = lines.readline().lstrip("\ufeff")
    separator = max(",;\t", key=head.count)
    columns = next(csv.reader([head], delimiter=separator), [])
    if not _first({column.lower(): column for column in columns}, TEXT):
        raise SourceError(f"no column with the text; name one of them {', '.join(TEXT)}")
    for number, row in enumerate(csv.DictReader(lines, columns, delimiter=separator), 1):
        part = f"{source.part}#{number}"
        canonical = json.dumps(list(row.values())).encode()
        try:
            source.bounded(canonical)
            yield _extract(row, part, digest(canonical), decoded.encoding, decoded.notes)
        except SourceError as error:
            yield Refusal(part, str(error))


class _Joined(io.RawIOBase):
    """A sample that was read already, and the rest of the stream behind it."""

    def __init__(self, sample: bytes, source: Source) -> None:
        self._sample, self._stream = sample, source.stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._sample[: len(buffer)] or self._stream.read(len(buffer))
        self._sample = self._sample[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _extract(record: object, part: str, sha256: str, encoding: str, notes: tuple[str, ...]) -> Extract:
    """Make an extract of a record, whatever the case of its keys."""
    if not isinstance(record, dict):
        raise SourceError("not a record: expected an object with a text")
    values = {key.lower(): value for key, value in record.items() if isinstance(key, str)}
    text = _first(values, TEXT)
    if not isinstance(text, str):
        raise SourceError(f"a record without text; expected one of the keys {', '.join(TEXT)}")
    facts = {fact: plain for fact, keys in FACTS.items() if (plain := _plain(_first(values, keys)))}
    title = facts.get("title", "")
    whole = text if not title or text.lstrip().startswith(title) else f"{title}\n\n{text}"
    return Extract(whole, part, sha256, encoding, facts, dict.fromkeys(facts, "record"), notes)


def _first(values: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((values[key] for key in keys if values.get(key)), None)


def _plain(value: object) -> str:
    """Give a value as a text: of an object its name, of a list its members."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value)))
    return str(value) if isinstance(value, str | int | float) else ""
