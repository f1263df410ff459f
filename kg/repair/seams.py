"""Lines cut at seams and put out of order: «B A» for «A|B», where the cut goes through a word.

Some extractors take a gap inside a word for the end of a block and write the blocks of a line in reverse. The last
letters of the line and the first ones then make a word that neither piece is; three pieces and more follow suit:
the end of each piece joins the beginning of the piece that stands before it in the damaged line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kg.repair.adjacency import Neighbours
from kg.repair.orders import Line, Order, Reader, lines_of, pairs_of, read
from kg.repair.steps import Edit, Piece
from kg.repair.words import core, ends_sentence

NEW_BLOCK = 2.0
NO_STOP = 4.0
PASSES = 2


def transition(beside: Neighbours, last: str, first: str, after_break: bool) -> float:
    """Score two lines that follow each other: the sentence goes on, or it ends and another begins."""
    on = beside.tokens(last, first) - (NEW_BLOCK if after_break else 0.0)
    if ends_sentence(last):
        return beside.break_between(last, first)
    return max(on, beside.break_between(last, first) - (NO_STOP - (NEW_BLOCK if after_break else 0.0)))


def best_orders(lines: Sequence[Line]) -> list[Order]:
    """Choose an order for every line; the words side by side in a first reading teach the second."""
    readings = [list(line.words) for line in lines]
    orders: list[Order] = []
    for _ in range(PASSES):
        own = [pairs_of(reading) for reading in readings]
        beside = Neighbours.of(own, readings)
        orders = _best(lines, beside, own)
        readings = [read(line.words, order.bounds)[0] for line, order in zip(lines, orders, strict=True)]
    return orders


def _best(lines: Sequence[Line], beside: Neighbours, own: list[Counter[tuple[str, str]]]) -> list[Order]:
    """Choose the orders with which words, neighbours and line ends fit best together (Viterbi)."""
    choices = [Reader(line, beside, pairs).orders() for line, pairs in zip(lines, own, strict=True)]
    scores = [o.score + transition(beside, ".", o.first, True) for o in choices[0]] if choices else []
    back: list[list[int]] = []
    for number in range(1, len(choices)):
        gap = lines[number].after_break
        scores, origin = _advance(beside, scores, choices[number - 1], choices[number], gap)
        back.append(origin)
    return _trace(choices, scores, back)


def _advance(
    beside: Neighbours, scores: list[float], before: list[Order], now: list[Order], after_break: bool
) -> tuple[list[float], list[int]]:
    """Extend the best readings by one line."""
    best: dict[str, tuple[float, int]] = {}
    for index, order in enumerate(before):
        if order.last not in best or scores[index] > best[order.last][0]:
            best[order.last] = (scores[index], index)
    memo: dict[str, tuple[float, int]] = {}
    for first in {order.first for order in now}:
        options = ((value + transition(beside, last, first, after_break), -i) for last, (value, i) in best.items())
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
