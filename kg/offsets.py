"""Text that remembers where it came from: every character keeps its span in the raw file."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text, and for each of its characters the half-open span of the raw text that it stands for.

    Spans count Unicode code points of the decoded file. A normalized text is monotone (starts never
    fall); a repaired one, whose lines were put back in order, need not be.

    >>> MappedText.of("بغداد").raw_span(1, 3)
    (1, 3)
    """

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, raw: str) -> MappedText:
        """Map a raw text onto itself."""
        return cls(raw, array("I", range(len(raw))), array("I", range(1, len(raw) + 1)))

    @classmethod
    def join(cls, pieces: Iterable[tuple[str, int, int]]) -> MappedText:
        """Build from pieces `(text, raw start, raw end)`; each character of a piece maps to the piece's whole span.

        >>> MappedText.join([("لا", 4, 5)]).raw_span(0, 1)
        (4, 5)
        """
        chars: list[str] = []
        starts, ends = array("I"), array("I")
        for text, start, end in pieces:
            chars.append(text)
            starts.extend([start] * len(text))
            ends.extend([end] * len(text))
        return cls("".join(chars), starts, ends)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the smallest raw span that covers `text[start:end]`; an empty range raises ValueError."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no characters at {start}:{end} of a text of {len(self.text)}")
        return min(self.starts[start:end]), max(self.ends[start:end])
