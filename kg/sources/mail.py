"""Mail: a message (.eml) or a box of them (.mbox), each with its subject, sender and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from typing import cast

from kg.errors import SourceError
from kg.sources import html
from kg.sources.encodings import decode
from kg.sources.extracts import Extract, Found, Limits, Refusal, Source, digest

_HEADERS = {"title": "Subject", "author": "From"}


def read(content: bytes, limits: Limits) -> Extract:
    """Read a message: its subject as heading, and its body, plain where it has one, else the main text of its HTML."""
    message: EmailMessage = message_from_bytes(content, policy=default)
    body = message.get_body(("plain", "html"))
    if body is None or body.get_content_maintype() != "text":
        raise SourceError("a message without text")
    payload = cast(bytes, body.get_payload(decode=True) or b"")
    facts = {fact: value for fact, name in _HEADERS.items() if (value := str(message.get(name, "")).strip())}
    if day := _day(str(message.get("Date", ""))):
        facts["date"] = day
    if body.get_content_subtype() == "html":
        found = html.read(payload, limits)
        text, encoding, notes = found.text, found.encoding, found.notes
    else:
        decoded = decode(payload, body.get_content_charset())
        text, encoding, notes = decoded.text.replace("\r\n", "\n"), decoded.encoding, decoded.notes
    if count := sum(1 for _ in message.iter_attachments()):
        notes = (*notes, f"{count} attachments are not read")
    heading = [title] if (title := facts.get("title")) and not text.lstrip().startswith(title) else []
    origins = dict.fromkeys(facts, "mail header")
    return Extract("\n\n".join([*heading, text]), encoding=encoding, facts=facts, origins=origins, notes=notes)


def _day(stamp: str) -> str | None:
    """Give the day of a time stamp of RFC 5322, as its own clock has it; None for what is none.

    >>> _day("Thu, 11 Sep 2025 23:30:00 +0300")
    '2025-09-11'
    """
    try:
        return parsedate_to_datetime(stamp).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def box(source: Source) -> Iterator[Found]:
    """Read the messages of a box, each begun by a line `From ` after an empty one; the first is `#1`."""
    for number, content in enumerate(_messages(source), 1):
        part = f"{source.part}#{number}"
        try:
            yield replace(read(source.bounded(content), source.limits), part=part, sha256=digest(content))
        except SourceError as error:
            yield Refusal(part, str(error))


def _messages(source: Source) -> Iterator[bytes]:
    lines: list[bytes] = []
    size, empty = 0, True
    while line := source.stream.readline(source.limits.size + 1):
        if empty and line.startswith(b"From "):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= source.limits.size:
            lines.append(line)
            size += len(line)
        empty = not line.strip()
    if lines:
        yield b"".join(lines)
