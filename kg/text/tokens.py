"""Tokens: words, numbers, foreign words and single marks, each with its raw span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "number", "latin", "punct"]
LOST = "\ufffd"

_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6"
    "\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
)
_LOST = "\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff"
_LATIN = f"[^\\W\\d_{_ARABIC}\u0600-\u06ff]"
_LATIN_OR_DIGIT = f"[^\\W_{_ARABIC}\u0600-\u06ff]"
_ADDRESS = r"(?:https?://|www\.)[^\s\"<>" + _ARABIC + r"]*[^\s\"<>.,;:!?)\]'" + _ARABIC + "]"

_token = re.compile(
    f"(?P<word>[{_ARABIC}]+)"
    f"|(?P<address>{_ADDRESS})"
    rf"|(?P<number>[0-9{_LOST}]+(?:[.,/][0-9{_LOST}]+)*%?)"
    rf"|(?P<acronym>(?:{_LATIN}\.){{2,}})"
    rf"|(?P<latin>{_LATIN}(?:{_LATIN_OR_DIGIT}|[\u0300-\u036f])*(?:[-+&'.@/]{_LATIN_OR_DIGIT}+)*)"
    r"|(?P<dots>\.{2,})"
    r"|(?P<punct>\S)"
)
_lost = re.compile(f"[{_LOST}]")
_KINDS: dict[str, Kind] = {
    "word": "word",
    "address": "latin",
    "number": "number",
    "acronym": "latin",
    "latin": "latin",
    "dots": "punct",
    "punct": "punct",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A token in normal form, with its half-open raw span and whether white space stands before it.

    Digits that a file has lost (private-use glyphs) are numbers with the norm U+FFFD; two or more dots are one `...`.
    """

    norm: str
    start: int
    end: int
    kind: Kind
    spaced: bool


def pieces(norm: str, start: int, end: int) -> Iterator[tuple[str, int, int, Kind]]:
    """Give the tokens of `norm[start:end]`, a text in normal form, with their places in it."""
    for match in _token.finditer(norm, start, end):
        name = match.lastgroup or "punct"
        text = match[0]
        if name == "dots":
            text = "..."
        elif name == "number" and _lost.search(text):
            text = LOST
        yield text, match.start(), match.end(), _KINDS[name]
