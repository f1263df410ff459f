"""Cheap signs of damage: each is one search over the text, so that sound text costs next to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.repair.words import LETTERS, MARKS, PRIVATE, TATWEEL, ends_sentence

_STRETCHED = re.compile(f"[{LETTERS}]{TATWEEL}+[{LETTERS}]|(?<!\\S){TATWEEL}+[{LETTERS}]")
_PRIVATE = re.compile(f"[{PRIVATE}]")
LOOSE_MARK = re.compile(f"(?<=[{LETTERS}])([ \u00a0]+)([{MARKS}]+)")
MIN_STRETCHED = 12
MIN_WRAPPED = 4
MAX_WIDTH = 140


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen: stretched words, private-use glyphs, loose harakat, and the width of wrapped lines (or 0)."""

    stretched: bool
    private: bool
    loose: bool
    width: int

    def __bool__(self) -> bool:
        return self.stretched or self.private or self.loose or self.width > 0


def signs(text: str) -> Signs:
    """Look for damage.

    >>> bool(signs("زار الوزير بغداد."))
    False
    """
    return Signs(_is_stretched(text), _PRIVATE.search(text) is not None, _has_loose(text), wrap_width(text))


def _is_stretched(text: str) -> bool:
    if text.count(TATWEEL) < MIN_STRETCHED:
        return False
    return sum(1 for _ in _STRETCHED.finditer(text)) >= MIN_STRETCHED


def _has_loose(text: str) -> bool:
    return LOOSE_MARK.search(text) is not None


def wrap_width(text: str) -> int:
    """Give the width at which the lines of a text were wrapped, in characters without tatweel; 0 if they were not.

    Wrapped means: many lines of nearly one length, most of which break off inside a sentence.
    """
    lines = [line for line in text.replace(TATWEEL, "").split("\n") if line.strip()]
    if len(lines) < MIN_WRAPPED:
        return 0
    lengths = sorted(len(line) for line in lines)
    width = lengths[int(len(lengths) * 0.9) - 1]
    if not 20 <= width <= MAX_WIDTH or lengths[-1] > 1.6 * width:
        return 0
    full = [line for line in lines if len(line) >= 0.75 * width]
    open_ended = sum(1 for line in full if not ends_sentence(line.rstrip()))
    return width if len(full) >= max(MIN_WRAPPED, 0.4 * len(lines)) and open_ended >= 0.5 * len(full) else 0
