"""Lines cut at seams and put out of order: «B A» for «A|B», where the cut goes through a word.

Some extractors take a gap inside a word for the end of a block and write the blocks of a line in reverse. The last
letters of the line and the first ones then make a word that neither piece is; three pieces and more follow suit:
the end of each piece joins the beginning of the piece that stands before it in the damaged line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.repair.adjacency import adjacency
from kg.repair.steps import Edit, Piece
from kg.repair.words import LEFT_JOINERS, LETTERS, MARKS, TATWEEL, bare, core, ends_sentence, log_frequency
from kg.repair.words import is_known as known

_TOKEN = re.compile(r"\S+")
_HEAD = re.compile(f"^[{LETTERS}{MARKS}{TATWEEL}]+")
_TAIL = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+$")
_ORPHAN = tuple("،؛.:؟!)»")
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
    """Finds the possible orders of one line."""

    def __init__(self, line: Line) -> None:
        self.words = line.words
        self.size = len(self.words)
        self.last = line.last
        self.forced = frozenset(i for i, w in enumerate(self.words) if i and w.startswith(TATWEEL))

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
        if self.size in ends or self._orphaned():
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
        gain = join_gain(self.words[left], self.words[right])
        return max(gain, JOIN_GAIN) if gain >= 0 and len(bare(self.words[left])) == 1 else gain

    def _orphaned(self) -> bool:
        """Whether the line begins with a mark that belongs to the end of a word."""
        return self.words[0].startswith(_ORPHAN)

    def _order(self, bounds: tuple[int, ...]) -> Order:
        """Read the pieces in reverse and score the words and the neighbours that come out."""
        words: list[str] = []
        joined = []
        for left, right in reversed(list(pairwise(bounds))):
            piece = list(self.words[left:right])
            if words:
                piece[0] = words.pop() + piece[0]
                joined.append(piece[0])
            words.extend(piece)
        beside = adjacency()
        score = sum(log_frequency(core(word)) for word in words if core(word))
        score += sum(beside.tokens(a, b) for a, b in pairwise(words))
        pieces = len(bounds) - 1
        if words[0].startswith(_ORPHAN):
            score -= ORPHAN_COST
        if self.last and ends_sentence(words[-1]):
            score += STOP_BONUS
        if pieces > 1:
            score -= SEAM_COST * (pieces - 1) + (math.log(len(self.words)) if pieces == 2 else 0.0)
        return Order(bounds, words[0], words[-1], score, tuple(joined))


def transition(last: str, first: str, after_break: bool) -> float:
    """Score two lines that follow each other: the sentence goes on, or it ends and another begins."""
    beside = adjacency()
    on = beside.tokens(last, first) - (NEW_BLOCK if after_break else 0.0)
    if ends_sentence(last):
        return beside.break_between(last, first)
    return max(on, beside.break_between(last, first) - (NO_STOP - (NEW_BLOCK if after_break else 0.0)))


def best_orders(lines: Sequence[Line]) -> list[Order]:
    """Choose an order for every line, so that words, neighbours and line ends fit best together (Viterbi)."""
    choices = [Reader(line).orders() for line in lines]
    scores = [o.score + transition(".", o.first, True) for o in choices[0]] if choices else []
    back: list[list[int]] = []
    for number in range(1, len(choices)):
        scores, origin = _advance(scores, choices[number - 1], choices[number], lines[number].after_break)
        back.append(origin)
    return _trace(choices, scores, back)


def _advance(
    scores: list[float], before: list[Order], now: list[Order], after_break: bool
) -> tuple[list[float], list[int]]:
    """Extend the best readings by one line."""
    best: dict[str, tuple[float, int]] = {}
    for index, order in enumerate(before):
        if order.last not in best or scores[index] > best[order.last][0]:
            best[order.last] = (scores[index], index)
    memo: dict[str, tuple[float, int]] = {}
    for first in {order.first for order in now}:
        options = ((value + transition(last, first, after_break), -i) for last, (value, i) in best.items())
        value, index = max(options)
        memo[first] = (value, -index)
    return [memo[o.first][0] + o.score for o in now], [memo[o.first][1] for o in now]


def _trace(choices: list[list[Order]], scores: list[float], back: list[list[int]]) -> list[Order]:
    if not choices:
        return []
    at = max(range(len(scores)), key=lambda i: (scores[i], -i))
    picked = [choices[-1][at]]
    for number in range(len(back) - 1, -1, -1):
        at = back[number][at]
        picked.append(choices[number][at])
    return picked[::-1]


def seam_edits(text: str, width: int) -> list[Edit]:
    """Put the pieces of cut lines back in order; `width` is that of wrapped lines, 0 if unknown."""
    lines = lines_of(text, width)
    orders = best_orders(lines)
    return [_edit(text, line, order) for line, order in zip(lines, orders, strict=True) if len(order.bounds) > 2]


def _edit(text: str, line: Line, order: Order) -> Edit:
    """Write an order as an edit of the line."""
    pieces = [
        Piece(
            text[line.tokens[left].start : line.tokens[right - 1].end],
            line.tokens[left].start,
            line.tokens[right - 1].end,
        )
        for left, right in pairwise(order.bounds)
    ]
    words = "، ".join(f"«{core(word)}»" for word in order.joined)
    sure = 0.97 if len(pieces) > 2 or ends_sentence(order.last) else 0.8
    why = f"the line's pieces stand in reverse: put back, their ends make {words}"
    return Edit("seam", line.tokens[0].start, line.tokens[-1].end, tuple(reversed(pieces)), sure, why)
