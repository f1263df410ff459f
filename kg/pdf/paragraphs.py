"""Lines into paragraphs: what a line's end means, told from where the lines stand; running heads are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.pdf.lines import Line

EDGE = 2
REPEATED = 3
LEADING, SAME_SIZE = 1.3, 0.05
WORD_SPACE, INDENT = 0.3, 0.9
NEAR = 8
_NUMBER = re.compile(r"[\d٠-٩]+")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:صفحة|page)?[\W_]*[\d٠-٩]{1,4}[\W_]*(?:(?:من|of|/)\s*[\d٠-٩]{1,4})?[\W_]*", re.I)
_ITEM = re.compile(r"[-–—•▪●◦*]\s|\(?[\d٠-٩]{1,2}[-.)–]\s")
_ENDS = re.compile(r"[.؟!…:][\])}»”\"']*$")
_CUT_INSIDE = re.compile(r"\S/$|[\d٠-٩][-–]$")


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and what is repeated at the edge of at least three pages and half of them."""
    edges = [{*map(id, page[:EDGE]), *map(id, page[-EDGE:])} for page in pages]
    seen = Counter(
        key for page, edge in zip(pages, edges, strict=True) for key in {_head(x) for x in page if id(x) in edge}
    )
    often = {key for key, count in seen.items() if count >= max(REPEATED, len(pages) / 2)}

    def runs(line: Line, page: Sequence[Line]) -> bool:
        at_edge = line.y in (max(x.y for x in page), min(x.y for x in page))
        return _head(line) in often or (at_edge and len(page) > 1 and bool(_PAGE_NUMBER.fullmatch(line.text)))

    return [
        [line for line in page if id(line) not in edge or not runs(line, page)]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _head(line: Line) -> tuple[str, int]:
    return _NUMBER.sub("0", line.text), round(line.y / 3)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the ends of the column it stands in, and whether it is the first of its page."""

    line: Line
    left: float
    right: float
    first: bool

    @property
    def indent(self) -> float:
        """The room before its first word."""
        return self.right - self.line.x1 if self.line.rtl else self.line.x0 - self.left

    @property
    def rest(self) -> float:
        """The room behind its last word."""
        return self.line.x0 - self.left if self.line.rtl else self.right - self.line.x1


def paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[str, list[int]]:
    """Join lines into paragraphs, and give the text and the offsets in it at which the pages begin."""
    leading = _leading(pages)
    text: list[str] = []
    starts: list[int] = []
    before: _Placed | None = None
    size = 0
    for page in pages:
        placed = _placed(page)
        for here in placed:
            text.append(_between(before, here, leading))
            size += len(text[-1])
            if here.first:
                starts.append(size)
            text.append(here.line.text)
            size += len(text[-1])
            before = here
        if not placed:
            starts.append(size)
    return "".join(text), starts


def _placed(page: Sequence[Line]) -> list[_Placed]:
    """Find for each line its column: the lines of its kind near it that lie over or under it."""
    found = []
    for number, line in enumerate(page):
        near = (x for x in page[max(0, number - NEAR) : number + NEAR + 1] if _alike(line, x))
        column = [line, *(x for x in near if _overlap(x, line) > 0.5 * min(x.x1 - x.x0, line.x1 - line.x0))]
        found.append(_Placed(line, min(x.x0 for x in column), max(x.x1 for x in column), number == 0))
    return found


def _overlap(one: Line, other: Line) -> float:
    return min(one.x1, other.x1) - max(one.x0, other.x0)


def _leading(pages: Iterable[Sequence[Line]]) -> float:
    """Give the usual distance of two lines of a paragraph, in sizes of their type."""
    steps = sorted(
        (a.y - b.y) / a.size
        for page in pages
        for a, b in pairwise(page)
        if _alike(a, b) and a.size < a.y - b.y < 3 * a.size
    )
    return steps[len(steps) // 4] if steps else 1.5


def _alike(one: Line, other: Line) -> bool:
    return one.turn == other.turn and abs(one.size - other.size) <= SAME_SIZE * one.size


def _between(before: _Placed | None, here: _Placed, leading: float) -> str:
    """Give what stands between two lines: an empty line; in a paragraph a space, or nothing behind a slash or dash."""
    if before is None:
        return ""
    if not _continues(before, here, leading):
        return "\n\n"
    return "" if _CUT_INSIDE.search(before.line.text) else " "


def _continues(before: _Placed, here: _Placed, leading: float) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it, which had no room for its first word."""
    last, line = before.line, here.line
    if not _alike(last, line) or last.rtl != line.rtl or _ITEM.match(line.text):
        return False
    if before.rest > line.first + WORD_SPACE * line.size or here.indent > before.indent + INDENT * line.size:
        return False
    if here.first or line.y > last.y:
        return not _ENDS.search(last.text)
    return last.y - line.y <= LEADING * leading * last.size
