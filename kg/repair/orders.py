"""The possible readings of a damaged line: which pieces it was cut into, and how well each order reads."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.repair.adjacency import Neighbours
from kg.repair.words import (
    LEFT_JOINERS,
    LETTERS,
    MARKS,
    PRIVATE,
    TATWEEL,
    bare,
    core,
    ends_clause,
    ends_sentence,
    log_frequency,
)
from kg.repair.words import is_known as known

_TOKEN = re.compile(f"(?<!\\S)[{PRIVATE}]+(?=[{LETTERS}])|\\S+")
_HEAD = re.compile(f"^[{LETTERS}{MARKS}{TATWEEL}]+")
_TAIL = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+$")
_GLYPHS = re.compile(f"[{PRIVATE}]+")
_ORPHAN = re.compile(r"[،؛؟!:]|\.$")
JOIN_GAIN = 2.5
SEAM_COST = 2.5
ORPHAN_COST = 8.0
STOP_BONUS = 5.0
MAX_TOKENS = 60
MAX_ORDERS = 400
NEW_BLOCK = 2.0
NO_STOP = 4.0


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """The tokens of a line, whether an empty line stands before it, and whether it is too short to be wrapped."""

    tokens: tuple[Token, ...]
    after_break: bool
    last: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens' texts."""
        return tuple(token.text for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Order:
    """One way to read a line: the bounds of its pieces in the damaged order, the words it gives, its score."""

    bounds: tuple[int, ...]
    first: str
    last: str
    score: float
    joined: tuple[str, ...]


def lines_of(text: str, width: int = 0) -> list[Line]:
    """Split a text into its lines with words; lines shorter than most of `width` end a paragraph."""
    lines, at, gap = [], 0, True
    for row in text.split("\n"):
        tokens = tuple(Token(m[0], at + m.start(), at + m.end()) for m in _TOKEN.finditer(row))
        if tokens:
            lines.append(Line(tokens, gap, len(bare(row)) < 0.8 * width))
        gap = not tokens
        at += len(row) + 1
    return lines


def join_gain(left: str, right: str) -> float:
    """Give the log odds of one word cut in two against two words, by frequency; -inf where no cut is possible.

    A cut falls after a letter that does not join its left neighbour, or before a stretched letter.
    """
    tail, head = _TAIL.search(left), _HEAD.search(right)
    if not tail or not head:
        return -math.inf
    one, two = bare(tail[0]), bare(head[0])
    stretched = head[0].startswith(TATWEEL)
    if not one or not two or (one[-1] in LEFT_JOINERS and not stretched):
        return -math.inf
    if not known(one + two):
        short = min(len(one), len(two)) == 1 and (len(head[0]) == len(right) or len(tail[0]) == len(left))
        return 0.0 if short or stretched else -math.inf
    return log_frequency(one + two) - log_frequency(one) - log_frequency(two)


class Reader:
    """Finds the possible orders of one line; `own` are the pairs of words that this line gave to `beside`."""

    def __init__(self, line: Line, beside: Neighbours, own: Counter[tuple[str, str]]) -> None:
        self.words = line.words
        self.beside = beside
        self.own = own
        self.size = len(self.words)
        self.last = line.last
        glued = {i + n for i, w in enumerate(self.words) if _GLYPHS.fullmatch(w) for n in (0, 1)}
        stretched = {i for i, w in enumerate(self.words) if w.startswith(TATWEEL) and bare(w)}
        self.forced = frozenset(i for i in stretched | glued if 0 < i < self.size)

    def orders(self) -> list[Order]:
        """List the orders of the line, the given one first."""
        plain = self._order((0, self.size))
        if not 1 < self.size <= MAX_TOKENS:
            return [plain]
        found = [plain]
        for bounds in self._bounds():
            found.append(self._order(bounds))
            if len(found) >= MAX_ORDERS:
                break
        return found

    def _bounds(self) -> Iterator[tuple[int, ...]]:
        """Cut the line into pieces whose ends join the pieces before them."""
        ends = self._ends(0)
        if self.size in ends:
            for cut in range(1, self.size):
                if self.forced <= {cut}:
                    yield (0, cut, self.size)
        for second in ends:
            for first in range(1, second):
                if second < self.size:
                    yield from self._extend((0, first, second))

    def _extend(self, bounds: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Find where the piece after the last bound ends: it joins the beginning of the last but one."""
        if any(bounds[-3] < f < bounds[-1] and f not in bounds for f in self.forced):
            return
        for end in self._ends(bounds[-2]):
            if end == self.size and not any(f > bounds[-1] for f in self.forced):
                yield (*bounds, end)
            elif bounds[-1] < end < self.size and len(bounds) < 9:
                yield from self._extend((*bounds, end))

    def _ends(self, start: int) -> list[int]:
        """List the ends of pieces that join the piece which begins at `start`."""
        return [e for e in range(start + 1, self.size + 1) if self._gain(e - 1, start) >= self._least(start)]

    def _least(self, start: int) -> float:
        return 0.0 if self.words[start].startswith(TATWEEL) or len(self.words[start]) == 1 else JOIN_GAIN

    def _gain(self, left: int, right: int) -> float:
        if _GLYPHS.fullmatch(self.words[right]) or (right == 0 and self._orphaned()):
            return JOIN_GAIN
        gain = join_gain(self.words[left], self.words[right])
        return max(gain, JOIN_GAIN) if gain >= 0 and len(bare(self.words[left])) == 1 else gain

    def _orphaned(self) -> bool:
        """Whether the line begins with a mark that belongs to the end of a word."""
        return _ORPHAN.match(self.words[0]) is not None

    def _order(self, bounds: tuple[int, ...]) -> Order:
        """Read the pieces in reverse and score the words and the neighbours that come out."""
        words, joined = read(self.words, bounds)
        score = sum(log_frequency(core(word)) for word in words if core(word))
        score += sum(self.beside.tokens(a, b, self.own[core(a), core(b)]) for a, b in pairwise(words))
        pieces = len(bounds) - 1
        if _ORPHAN.match(words[0]):
            score -= ORPHAN_COST
        if self.last and ends_sentence(words[-1]):
            score += STOP_BONUS
        if pieces > 1:
            score -= SEAM_COST * (pieces - 1) + (math.log(len(self.words)) if pieces == 2 else 0.0)
        return Order(bounds, words[0], words[-1], score, tuple(joined))


def read(words: Sequence[str], bounds: Sequence[int]) -> tuple[list[str], list[str]]:
    """Put pieces in order: give the words that come out, and those among them that were joined."""
    out: list[str] = []
    joined = []
    for left, right in reversed(list(pairwise(bounds))):
        piece = list(words[left:right])
        if out:
            piece[0] = out.pop() + piece[0]
            joined.append(piece[0])
        out.extend(piece)
    return out, joined


def pairs_of(words: Sequence[str]) -> Counter[tuple[str, str]]:
    """Count the pairs of bare words that stand side by side without punctuation between them.

    >>> pairs_of(["دفاع", "مشترك،", "ثم"])
    Counter({('دفاع', 'مشترك'): 1})
    """
    beside = ((core(a), core(b)) for a, b in pairwise(words) if not ends_clause(a))
    return Counter(pair for pair in beside if all(pair))
