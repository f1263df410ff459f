"""What readers take and give: an opened file and the limits it is read under, the texts in it, and what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import IO

from kg.errors import KgError, SourceError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read, so that no file can take all memory or all time.

    `size` bytes and `characters` of the text of one document; `expanded` bytes read out of one archive or collection,
    and `parts` documents of it; `pages` of a PDF; archives within archives down to `nesting`; `seconds` for parsing one
    document, and `memory` bytes for the process that parses.
    """

    size: int = 32 * MEGABYTE
    characters: int = 2_000_000
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
    where it stands. `created` among the facts is the day on which the file was made, which is no date of publication.
    `encoding` is that of the bytes; `pages` are the offsets in `text` at which pages begin.
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


class ExhaustedError(KgError):
    """An archive holds more than may be read of it."""


@dataclass(slots=True)
class Budget:
    """What may still be read of one file: bytes and documents."""

    expanded: int
    parts: int


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file, or an opened part of one: its name, whose ending says how it is read, and its bytes.

    `facts` is what the file around it says about it, and `origin` where.
    """

    name: str
    stream: IO[bytes]
    limits: Limits
    budget: Budget
    part: str = ""
    depth: int = 0
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    origin: str = ""

    @classmethod
    def of(cls, name: str, stream: IO[bytes], limits: Limits) -> Source:
        """Begin with a file, of which nothing was read yet."""
        return cls(name, stream, limits, Budget(limits.expanded, limits.parts))

    def inside(self, name: str, stream: IO[bytes], part: str) -> Source:
        """Go into a part of the file."""
        return replace(self, name=name, stream=stream, part=self.part + part, depth=self.depth + 1)

    def content(self) -> bytes:
        """Read all bytes of a document; SourceError where there are more than the limit."""
        return self.bounded(self.stream.read(self.limits.size + 1))

    def bounded(self, content: bytes) -> bytes:
        """Hold a document to the limits; `ExhaustedError` where the file has given all that it may."""
        self.budget.expanded -= len(content)
        self.budget.parts -= 1
        if len(content) > self.limits.size:
            raise SourceError(f"larger than {self.limits.size / MEGABYTE:g} MB; raise the limit with --max-size")
        if self.budget.expanded < 0:
            most = f"{self.limits.expanded / MEGABYTE:g} MB"
            raise ExhaustedError(f"holds more than {most} in all, the rest is not read; raise it with --max-expanded")
        if self.budget.parts < 0:
            raise ExhaustedError(f"holds more than {self.limits.parts} documents, the rest is not read; --max-parts")
        return content


def digest(content: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
