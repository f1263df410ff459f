"""What readers take and give: an opened file and the limits it is read under, the texts in it, and what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO

from kg.errors import SourceError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read, so that no file can take all memory or all time.

    `size` bytes of one document, `expanded` bytes read out of one archive or collection, and `parts` documents of it;
    `pages` of a PDF; archives within archives down to `nesting`; `seconds` for one document, and `memory` bytes for
    the process that parses.
    """

    size: int = 32 * MEGABYTE
    expanded: int = 4000 * MEGABYTE
    parts: int = 200_000
    pages: int = 2000
    nesting: int = 3
    seconds: float = 60.0
    memory: int = 768 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one document, where it stands in its file (`part`, empty for the whole), and what is known of it.

    `facts` may have title, author, publisher, date, url and language, as the file gives them; `origins` says for each
    where it stands. `encoding` is that of the bytes; `pages` are the offsets in `text` at which pages begin.
    """

    text: str
    part: str = ""
    sha256: str = ""
    encoding: str = "utf-8"
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a file (empty: the file) that cannot be used, and why."""

    part: str
    reason: str


Found = Extract | Refusal


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file, or an opened part of one: its name, whose ending says how it is read, and its bytes."""

    name: str
    stream: BinaryIO
    limits: Limits
    part: str = ""
    depth: int = 0

    def content(self) -> bytes:
        """Read all bytes of a document; SourceError where there are more than the limit."""
        content = self.stream.read(self.limits.size + 1)
        if len(content) > self.limits.size:
            raise too_large(self.limits)
        return content


def too_large(limits: Limits) -> SourceError:
    """Say that a document is larger than the limit."""
    return SourceError(f"larger than {limits.size / MEGABYTE:g} MB; raise the limit with --max-size")


def digest(content: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
