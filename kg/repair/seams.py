"""Lines cut at seams and put out of order: «B A» for «A|B», where the cut goes through a word.

Some extractors take a gap inside a word for the end of a block and write the blocks of a line in reverse. The last
letters of the line and the first ones then make a word that neither piece is; three pieces and more follow suit:
the end of each piece joins the beginning of the piece that stands before it in the damaged line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.repair.adjacency import Neighbours
from kg.repair.orders import Line, Order, Reader, lines_of, pairs_of, read
from kg.repair.steps import Edit, Piece
from kg.repair.words import core, ends_sentence

NEW_BLOCK = 2.0
NO_STOP = 4.0
PASSES = 2


def transition(beside: Neighbours, last: str, first: str, line: Line) -> float:
    """Score a line after another, by last and first word: the sentence goes on, or it ends and another begins."""
    if ends_sentence(last):
        return beside.break_between(last, first)
    apart = NEW_BLOCK * line.after_break + NO_STOP * line.after_heading
    on = beside.tokens(last, first) - apart
    return max(on, beside.break_between(last, first) - max(0.0, NO_STOP - apart))


@dataclass(frozen=True, slots=True)
class Reading:
    """The order chosen for a line, and how much likelier it is than the line's other orders, its neighbours fixed."""

    order: Order
    confidence: float


def best_orders(lines: Sequence[Line]) -> list[Reading]:
    """Choose an order for every line; the words side by side in a first reading teach the second."""
    readings = [list(line.words) for line in lines]
    chosen: list[Reading] = []
    for _ in range(PASSES):
        own = [pairs_of(reading) for reading in readings]
        beside = Neighbours.of(own, readings)
        chosen = _best(lines, beside, own)
        readings = [read(line.words, at.order.bounds)[0] for line, at in zip(lines, chosen, strict=True)]
    return chosen


def _best(lines: Sequence[Line], beside: Neighbours, own: list[Counter[tuple[str, str]]]) -> list[Reading]:
    """Choose the orders with which words, neighbours and line ends fit best together (Viterbi)."""
    choices = [Reader(line, beside, pairs).orders() for line, pairs in zip(lines, own, strict=True)]
    scores = [o.score + transition(beside, ".", o.first, lines[0]) for o in choices[0]] if choices else []
    back: list[list[int]] = []
    for number in range(1, len(choices)):
        scores, origin = _advance(beside, scores, choices[number - 1], choices[number], lines[number])
        back.append(origin)
    picked = _trace(choices, scores, back)
    around = zip([None, *picked], lines, [*zip(picked[1:], lines[1:], strict=True), None], strict=False)
    return [
        Reading(order, _confidence(beside, options, order, before, line, after))
        for (before, line, after), order, options in zip(around, picked, choices, strict=True)
    ]


def _confidence(
    beside: Neighbours,
    options: list[Order],
    chosen: Order,
    before: Order | None,
    line: Line,
    after: tuple[Order, Line] | None,
) -> float:
    """Give the share of the chosen order among all, by score, between the lines around it."""

    def total(order: Order) -> float:
        score = order.score + (transition(beside, before.last, order.first, line) if before else 0.0)
        return score + (transition(beside, order.last, after[0].first, after[1]) if after else 0.0)

    best = total(chosen)
    return round(1 / sum(math.exp(min(50.0, total(order) - best)) for order in options), 2)


def _advance(
    beside: Neighbours, scores: list[float], before: list[Order], now: list[Order], line: Line
) -> tuple[list[float], list[int]]:
    """Extend the best readings by one line."""
    best: dict[str, tuple[float, int]] = {}
    for index, order in enumerate(before):
        if order.last not in best or scores[index] > best[order.last][0]:
            best[order.last] = (scores[index], index)
    memo: dict[str, tuple[float, int]] = {}
    for first in {order.first for order in now}:
        options = ((value + transition(beside, last, first, line), -i) for last, (value, i) in best.items())
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
    return [
        _edit(text, line, reading.order, reading.confidence)
        for line, reading in zip(lines, best_orders(lines), strict=True)
        if len(reading.order.bounds) > 2
    ]


def _edit(text: str, line: Line, order: Order, sure: float) -> Edit:
    """Write an order as an edit of the line."""
    spans = [(line.tokens[left].start, line.tokens[right - 1].end) for left, right in pairwise(order.bounds)]
    pieces = tuple(Piece(text[start:end], start, end) for start, end in reversed(spans))
    words = "، ".join(f"«{core(word)}»" for word in order.joined)
    why = f"the line's pieces stand in reverse: put back, their ends make {words}"
    return Edit("seam", line.tokens[0].start, line.tokens[-1].end, pieces, sure, why)
