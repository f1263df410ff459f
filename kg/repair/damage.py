"""Cheap signs of damage: each is one search over the text, so that sound text costs next to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.repair.words import LETTERS, MARKS, PRIVATE, TATWEEL, ends_sentence

PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("{", "}"))
LOOSE_MARK = re.compile(f"(?<=[{LETTERS}])([ \u00a0]+)([{MARKS}]+)")
LOST_TANWIN = re.compile(f"(?<=[{LETTERS}])([ \u00a0]+)(اً|ًا)(?![{LETTERS}{MARKS}])")
MIRRORED_STOP = re.compile(
    r"(?<=[^\S\n])(?:(?P<stop>[،؛])(?P<number>[0-9٠-٩]+)|(?P<point>\.)(?P<digits>[0-9٠-٩]{3,}))(?=\s|$)"
)
MIRRORED_CODE = re.compile(r"(?<=[^\S\n])(?P<hyphen>-)(?P<digits>\d{1,4})(?P<letters>[A-Z]{1,3})(?=[\s.,،؛:)]|$)")
REVERSED = re.compile(f"(?<![{LETTERS}{MARKS}{TATWEEL}])[ةى][{LETTERS}]")
SWAPPED_LAM = re.compile("ا[أإآ]ل")
MIRRORED_ADDRESS = re.compile(
    r"^(?P<slash>/)(?P<address>https?://[^\s/][^\s]*[^\s/])(?:(?P<colon> ?: )(?P<label>[^\n:]*[^\s:]))?(?=\s*$)", re.M
)
_STRETCHED = re.compile(f"[{LETTERS}]{TATWEEL}+[{LETTERS}]|(?<!\\S){TATWEEL}+[{LETTERS}]")
CONTROLS = re.compile(r"[\u202a\u202d](?P<run>[^\u202a-\u202e\n]*)\u202c|[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
FORMS = re.compile("[\ufb50-\ufbb1\ufbd3-\ufbff\ufe70-\ufefc]")
GLUED = re.compile(f"[{LETTERS}][ةى][{LETTERS}]{{2}}")
_EMBEDDING = re.compile("[\u202a-\u202e]")
_PRIVATE = re.compile(f"[{PRIVATE}]")
_TURNED = re.compile(r"(?:^|(?<=\s))[)\]»}](?=\w)|(?<=\w)[)\]»}] +\w[^()\[\]«»{}\n]*[(\[«{]")
MIN_STRETCHED = 12
MIN_WRAPPED = 4
MIN_CONTROLS = 4
MAX_WIDTH = 140
PROOFS = 2


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen of each kind of damage; `width` is that of wrapped lines in characters, or 0."""

    stretched: bool
    private: bool
    loose: bool
    turned: bool
    number: bool
    backward: bool
    lam: bool
    controls: bool
    forms: bool
    glued: bool
    width: int

    def __bool__(self) -> bool:
        return any(getattr(self, sign) for sign in self.__slots__)


def signs(text: str) -> Signs:
    """Look for damage.

    >>> bool(signs("زار الوزير بغداد."))
    False
    """
    return Signs(
        stretched=text.count(TATWEEL) >= MIN_STRETCHED and _count(_STRETCHED, text) >= MIN_STRETCHED,
        private=_PRIVATE.search(text) is not None,
        loose=LOOSE_MARK.search(text) is not None or LOST_TANWIN.search(text) is not None,
        turned=_TURNED.search(text) is not None,
        number=any(p.search(text) for p in (MIRRORED_STOP, MIRRORED_CODE, MIRRORED_ADDRESS)),
        backward=_count(REVERSED, text) >= PROOFS,
        lam=_count(SWAPPED_LAM, text) >= PROOFS,
        controls=_count(_EMBEDDING, text) >= MIN_CONTROLS,
        forms=_count(FORMS, text) >= PROOFS,
        glued=_count(GLUED, text) >= PROOFS,
        width=wrap_width(text),
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def wrap_width(text: str) -> int:
    """Give the width at which the lines of a text were wrapped, in characters without tatweel; 0 if they were not.

    Wrapped means: many lines of nearly one length, most of which break off inside a sentence.
    """
    lines = [line for line in (row.strip() for row in text.replace(TATWEEL, "").split("\n")) if line]
    if len(lines) < MIN_WRAPPED:
        return 0
    lengths = sorted(map(len, lines))
    width = lengths[int(len(lengths) * 0.9) - 1]
    if not 20 <= width <= MAX_WIDTH or lengths[-1] > 1.6 * width:
        return 0
    full = [line for line in lines if len(line) >= 0.75 * width]
    open_ended = sum(1 for line in full if not ends_sentence(line))
    return width if len(full) >= max(MIN_WRAPPED, 0.4 * len(lines)) and open_ended >= 0.5 * len(full) else 0
