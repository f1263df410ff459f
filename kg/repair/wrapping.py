"""Lines that a page's width broke: joined into paragraphs, around page breaks and footnotes, headings kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.repair.adjacency import Neighbours
from kg.repair.orders import pairs_of
from kg.repair.steps import Edit, Piece
from kg.repair.words import TATWEEL, ends_sentence

_URL = re.compile(r"\s*(?:\[?\d+\]?[.:)]?\s*)?(?:https?://|www\.)\S+\s*$")
_ITEM = re.compile(r"\s*(?:[-–—•▪●*]|\(?[0-9٠-٩]{1,2}[-.)–])\s")
_OPEN = ("،", ",", "—", "–")
FULL = 0.6
NEARLY_FULL = 0.8


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text with words in it: its place, and how many empty lines stand before it."""

    text: str
    start: int
    end: int
    gap: int

    @property
    def length(self) -> int:
        """Characters without tatweel."""
        return len(self.text) - self.text.count(TATWEEL)

    @property
    def is_url(self) -> bool:
        """Whether it is an address alone, as in a footnote."""
        return _URL.match(self.text) is not None


def rows_of(text: str) -> list[Row]:
    """Split a text into its lines with words, without the white space around them."""
    rows, at, gap = [], 0, 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + line.index(words[0])
            rows.append(Row(words, start, start + len(words), gap))
            gap = 0
        else:
            gap += 1
        at += len(line) + 1
    return rows


def continues(row: Row, following: Row, after: Row | None, width: int, beside: Neighbours) -> bool:
    """Tell whether a line goes on in the next one with words; `after` is the line after that."""
    if row.is_url or following.is_url or _ITEM.match(following.text):
        return False
    if ends_sentence(row.text):
        return not following.gap and row.length >= NEARLY_FULL * width
    if row.length >= FULL * width or (row.text.endswith(_OPEN) and not following.gap):
        return True
    heading = not following.gap and following.length < FULL * width and (after is None or after.gap > 0)
    return heading and row.length >= following.length and _fits(row, following, beside)


def _fits(row: Row, following: Row, beside: Neighbours) -> bool:
    return beside.tokens(row.text.split()[-1], following.text.split()[0]) > 0


def join_edits(text: str, width: int) -> list[Edit]:
    """Join the lines of a paragraph with a space; `width` is the width at which they were wrapped."""
    rows = rows_of(text)
    words = [row.text.split() for row in rows]
    beside = Neighbours.of(map(pairs_of, words), words)
    edits = []
    for row, following, after in zip(rows, rows[1:], [*rows[2:], None], strict=False):
        if continues(row, following, after, width, beside):
            why = "the line ends inside a sentence" if not ends_sentence(row.text) else "the line is full"
            sure = 0.9 if following.gap else 0.95
            space = Piece(" ", row.end, following.start)
            edits.append(Edit("line break", row.end, following.start, (space,), sure, why))
    return edits


def footnote_edits(text: str, width: int) -> list[Edit]:
    """Move addresses that stand at a page's foot inside a sentence behind the sentence's paragraph."""
    rows = rows_of(text)
    return [edit for block in _blocks(rows) if (edit := _move(text, rows, block, width))]


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Give the runs of rows that are addresses, as half-open ranges with rows on both sides."""
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end].is_url:
            end += 1
        if end > at > 0 and end < len(rows):
            yield at, end
        at = max(end, at + 1)


def _move(text: str, rows: Sequence[Row], block: tuple[int, int], width: int) -> Edit | None:
    first, end = block
    row = rows[first - 1]
    if ends_sentence(row.text) or row.length < FULL * width:
        return None
    last = end
    while last + 1 < len(rows) and not ends_sentence(rows[last].text) and not rows[last + 1].is_url:
        last += 1
    while last + 1 < len(rows) and rows[last].length >= NEARLY_FULL * width and not rows[last + 1].gap:
        last += 1
    moved = (
        Piece(text[row.end : row.end + 1], row.end, row.end + 1),
        Piece(text[rows[end].start : rows[last].end], rows[end].start, rows[last].end),
        Piece(text[row.end : rows[end - 1].end], row.end, rows[end - 1].end),
    )
    why = "a footnote at the foot of the page stands inside a sentence"
    return Edit("order", row.end, rows[last].end, moved, 0.9, why)


def stretch_edits(text: str) -> list[Edit]:
    """Take out the tatweel with which lines were stretched, line by line."""
    edits = []
    for match in re.finditer(rf"[^\n]*{TATWEEL}[^\n]*", text):
        pieces = tuple(
            Piece(part[0], match.start() + part.start(), match.start() + part.end())
            for part in re.finditer(rf"[^{TATWEEL}]+|(?<![^\s]){TATWEEL}+(?![^\s])", match[0])
        )
        if sum(len(p.text) for p in pieces) < len(match[0]):
            edits.append(
                Edit("tatweel", match.start(), match.end(), pieces, 0.99, "the line is stretched with tatweel")
            )
    return edits
