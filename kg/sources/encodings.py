"""The encoding of a text: Unicode where the bytes are, else the Arabic code page in which most words are words."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kg.errors import SourceError
from kg.repair import words

CODE_PAGES = ("cp1256", "iso8859-6", "mac_arabic", "cp864", "cp720")

_ENOUGH = 0.6
_SAMPLE = 100_000
_WORD = re.compile("[\u0621-\u064a\u064b-\u0652\u0670]+")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ARABIC_ROW = 0x06


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that its bytes were read in, and what a reader should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text, and note what was not certain.

    UTF-8 and UTF-16 (by their mark, or by the row of the Arabic letters) are told by the bytes themselves. Else the
    `declared` encoding is taken if Arabic words come out, or that Arabic code page in which most words are known ones
    (wordfreq), and the guess is noted. A byte order mark of UTF-8 stays in the text, others go. SourceError where
    nothing fits, and for bytes that are no text.

    >>> decode("وقعت تركيا على الاتفاق".encode("cp1256")).encoding
    'cp1256'
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding)
    if wide := _unmarked(content):
        return _strict(content, wide, f"encoding guessed: {wide}, by its NUL bytes")
    if b"\0" in content:
        raise SourceError("holds NUL bytes: this is no text file")
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _guessed(content, declared, error)


def _strict(content: bytes, encoding: str, *notes: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding, notes)
    except UnicodeDecodeError as error:
        raise SourceError(f"not {encoding.upper()} at byte {error.start}; the file is damaged") from None


def _unmarked(content: bytes) -> str | None:
    """Tell UTF-16 without a mark: every other byte is that of the Arabic row, or zero for spaces and digits."""
    sample = content[: _SAMPLE // 2 * 2]
    for high, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        rows = sample[high::2]
        if len(sample) > 1 and b"\0" in rows and rows.count(_ARABIC_ROW) + rows.count(0) > 0.9 * len(rows):
            return encoding
    return None


def _guessed(content: bytes, declared: str | None, error: UnicodeDecodeError) -> Decoded:
    """Take the declared encoding or the code page that makes the most known words."""
    pages = dict.fromkeys(([name] if (name := _codec(declared)) else []) + list(CODE_PAGES))
    shares = {page: share for page in pages if (share := _known_words(content, page)) >= _ENOUGH}
    if not shares:
        raise SourceError(
            f"not UTF-8 at byte {error.start} (0x{content[error.start]:02x}), and no Arabic encoding gives words; "
            "convert it, for example with: iconv -f WINDOWS-1256 -t UTF-8"
        )
    best = max(shares, key=lambda page: (shares[page], page == _codec(declared)))
    text = content.decode(best, errors="replace")
    notes = [] if best == _codec(declared) else [f"encoding guessed: {best}, {shares[best]:.0%} of its words are known"]
    if lost := text.count("\ufffd"):
        notes.append(f"{lost} bytes are no characters of {best}, and stand as \ufffd")
    return Decoded(text, best, tuple(notes))


def _codec(name: str | None) -> str | None:
    """Give Python's name of an encoding, if it knows it and it is one for text."""
    try:
        b"a".decode(name or "", errors="replace")
    except (LookupError, ValueError):
        return None
    return codecs.lookup(name or "").name


def _known_words(content: bytes, encoding: str) -> float:
    """Give the share of Arabic words that wordfreq knows, 0 where there are none."""
    found = _WORD.findall(content[:_SAMPLE].decode(encoding, errors="replace"))
    long = [word for one in found if len(word := words.bare(one)) > 1]
    return sum(map(words.is_known, long)) / len(long) if long else 0.0
