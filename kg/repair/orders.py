"""The possible readings of a damaged line: which pieces it was cut into, and how well each order reads."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise

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
_LETTER = re.compile(f"[{LETTERS}]")
_ORPHAN = re.compile(r"[،؛؟!:.]$")
HEADING = 0.5
JOIN_GAIN = 2.5
SEAM_COST = 2.5
DANGLING_COST = 8.0
STOP_BONUS = 5.0
WEAK_COST = 8.0
WEAK = 0.0
MAX_TOKENS = 60
MAX_ORDERS = 150
MAX_PIECES = 9
BUDGET = 1500


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """The tokens of a line, what stands before it, and whether it is too short to be wrapped.

    `after_break` is set behind an empty line, `after_heading` behind a short line that ends no sentence.
    """

    tokens: tuple[Token, ...]
    after_break: bool
    last: bool = False
    after_heading: bool = False

    @cached_property
    def stuck(self) -> frozenset[int]:
        """The places of tokens that a private-use glyph directly before or after them touches, and the glyph's own."""
        pairs = enumerate(pairwise(self.tokens))
        return frozenset(n for i, (a, b) in pairs if a.end == b.start for n in (i, i + 1))

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
    lines: list[Line] = []
    at, gap, heading = 0, True, False
    for row in text.split("\n"):
        tokens = tuple(Token(m[0], at + m.start(), at + m.end()) for m in _TOKEN.finditer(row))
        if tokens:
            lines.append(Line(tokens, gap, len(bare(row)) < 0.8 * width, heading))
            heading = len(bare(row)) < HEADING * width and not any(ends_sentence(token.text) for token in tokens)
        gap = not tokens
        at += len(row) + 1
    return lines


@lru_cache(maxsize=100_000)
def join_gain(left: str, right: str) -> float:
    """Give the log odds of one word cut in two against two words, by frequency; -inf where no cut is possible.

    A cut falls after a letter that does not join its left neighbour, or before a stretched letter. `WEAK` says that
    the whole is unknown, but a piece is so too, or is a single letter: a name, or a word cut twice.

    >>> join_gain("سور", "يا،") > 5, join_gain("من", "سوريا")
    (True, -inf)
    """
    tail, head = _TAIL.search(left), _HEAD.search(right)
    one, two = bare(tail[0]) if tail else "", bare(head[0]) if head else ""
    if not one or not two or not head:
        return -math.inf
    stretched = head[0].startswith(TATWEEL)
    if one[-1] in LEFT_JOINERS and not stretched:
        return -math.inf
    if known(one + two):
        return log_frequency(one + two) - log_frequency(one) - log_frequency(two)
    partial = stretched or min(len(one), len(two)) == 1 or not known(one) or not known(two)
    return WEAK if partial else -math.inf


class Reader:
    """Finds the possible orders of one line; `own` are the pairs of words that this line gave to `beside`."""

    def __init__(self, line: Line, beside: Neighbours, own: Counter[tuple[str, str]]) -> None:
        self.words = line.words
        self.beside = beside
        self.own = own
        self.size = len(self.words)
        self.last = line.last
        self.stuck = line.stuck
        self.budget = BUDGET
        self.forced = frozenset(self._starts())

    def orders(self) -> list[Order]:
        """List the orders of the line, the given one first."""
        plain = self._order((0, self.size))
        if not 1 < self.size <= MAX_TOKENS:
            return [plain]
        return [plain, *map(self._order, islice(self._bounds(), MAX_ORDERS))]

    def _starts(self) -> Iterator[int]:
        """Give the places where a piece must begin: at a stretched letter, and around a glyph stuck to a word."""
        for i in range(1, self.size):
            if i in self.stuck or (self.words[i].startswith(TATWEEL) and bare(self.words[i])):
                yield i

    def _bounds(self) -> Iterator[tuple[int, ...]]:
        """Cut the line into pieces whose ends join the pieces before them."""
        ends = self._ends(0)
        if self._gain(self.size - 1, 0) >= JOIN_GAIN:
            yield from ((0, cut, self.size) for cut in range(1, self.size) if self.forced <= {cut})
        for second in ends:
            for first in range(1, second):
                if second < self.size:
                    yield from self._extend((0, first, second))

    def _extend(self, bounds: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Find where the piece after the last bound ends: it joins the beginning of the last but one."""
        self.budget -= 1
        if self.budget < 0 or any(bounds[-3] < f < bounds[-1] and f not in bounds for f in self.forced):
            return
        for end in self._ends(bounds[-2]):
            if end == self.size:
                if self._proven((*bounds, end)) and not any(f > bounds[-1] for f in self.forced):
                    yield (*bounds, end)
            elif bounds[-1] < end and len(bounds) < MAX_PIECES:
                yield from self._extend((*bounds, end))

    def _proven(self, bounds: tuple[int, ...]) -> bool:
        """Whether a join makes a word that is known, or a stretched letter shows the cut."""
        joins = [(bounds[i + 2] - 1, bounds[i]) for i in range(len(bounds) - 2)]
        return any(self._gain(*join) >= JOIN_GAIN for join in joins)

    def _ends(self, start: int) -> list[int]:
        """List the ends of pieces that join the piece which begins at `start`."""
        return [e for e in range(start + 1, self.size + 1) if self._gain(e - 1, start) >= WEAK]

    def _gain(self, left: int, right: int) -> float:
        if right in self.stuck or (right == 0 and _ORPHAN.match(self.words[0])):
            return JOIN_GAIN
        gain = join_gain(self.words[left], self.words[right])
        letter = min(len(bare(self.words[left])), len(bare(self.words[right]))) == 1
        if gain >= WEAK and (letter or self.words[right].startswith(TATWEEL)):
            return max(gain, JOIN_GAIN)
        return gain if gain == WEAK or gain >= JOIN_GAIN else -math.inf

    def _order(self, bounds: tuple[int, ...]) -> Order:
        """Read the pieces in reverse and score the words and the neighbours that come out."""
        words, joined = read(self.words, bounds)
        score = sum(log_frequency(core(word)) for word in words if core(word))
        score += sum(self.beside.tokens(a, b, self.own[core(a), core(b)]) for a, b in pairwise(words))
        pieces = len(bounds) - 1
        score -= DANGLING_COST * dangles(words) + WEAK_COST * sum(not known(core(word)) for word in joined)
        if self.last and ends_sentence(words[-1]):
            score += STOP_BONUS
        if pieces > 1:
            score -= SEAM_COST * (pieces - 1) + (math.log(self.size) if pieces == 2 else 0.0)
        return Order(bounds, words[0], words[-1], score, tuple(joined))


def dangles(words: Sequence[str]) -> int:
    """Count what no line begins or ends with: a comma or stretched letter in front, a lone letter at either end.

    >>> dangles(["،", "ثم", "عاد"]), dangles(["ثم", "عاد", "و"]), dangles(["ثم", "عاد"])
    (1, 1, 0)
    """
    begins = bool(_ORPHAN.match(words[0])) or (words[0].startswith(TATWEEL) and bool(bare(words[0])))
    return begins + sum(_LETTER.fullmatch(bare(word)) is not None for word in (words[0], words[-1]))


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
