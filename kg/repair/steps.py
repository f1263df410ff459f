"""The plan of a repair: steps that say what was changed, where, why and how surely, and that can be replayed."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from kg.offsets import MappedText
from kg.repair.words import PRIVATE

What = Literal[
    "tatweel", "seam", "split word", "line break", "order", "glyph digits", "glyph letters",
    "harakat", "spaces", "brackets", "number", "lam-alef", "reversed", "controls", "forms",
]  # fmt: skip


SURE = 0.9
_GAP = re.compile(f"[{PRIVATE}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """What comes out of a stretch of the text: `text` stands for `start:end` of the text before the step.

    A piece with as many characters as its stretch maps them one to one, any other maps each to the whole stretch.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of `start:end` of the text at the beginning of a stage into pieces, in their new order."""

    what: What
    start: int
    end: int
    pieces: tuple[Piece, ...]
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """An edit that was made: its stage, the raw span it touches, and the words before and after.

    `confidence` is 0 to 1: how sure it is that this change restores what was printed.
    """

    stage: int
    edit: Edit
    span: tuple[int, int]
    before: str
    after: str

    @property
    def what(self) -> What:
        """The kind of damage."""
        return self.edit.what

    @property
    def confidence(self) -> float:
        """How sure the step is, 0 to 1."""
        return self.edit.confidence

    @property
    def why(self) -> str:
        """The proof, in words."""
        return self.edit.why


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repair: every character keeps its raw span; without steps the text is the raw text itself."""

    text: MappedText
    steps: tuple[Step, ...]

    @property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The raw spans of glyphs that lost their code and that nothing in the text explains."""
        return tuple(self.text.raw_span(*match.span()) for match in _GAP.finditer(self.text.text))

    def order_confidence(self, start: int, end: int) -> float | None:
        """Tell how sure the order of the lines in a raw span is, where they were put in order and less than `SURE`."""
        order = [
            one for one in self.steps if one.what in ("seam", "order") and one.span[0] < end and start < one.span[1]
        ]
        least = min((one.confidence for one in order), default=1.0)
        return least if least < SURE else None

    @property
    def damaged(self) -> bool:
        """Whether anything was changed."""
        return bool(self.steps)


def apply(text: MappedText, edits: Sequence[Edit]) -> MappedText:
    """Make the edits of one stage; they are sorted and do not overlap."""
    chars: list[str] = []
    starts, ends = array("I"), array("I")

    def keep(start: int, end: int) -> None:
        chars.append(text.text[start:end])
        starts.extend(text.starts[start:end])
        ends.extend(text.ends[start:end])

    at = 0
    for edit in edits:
        keep(at, edit.start)
        for piece in edit.pieces:
            if len(piece.text) == piece.end - piece.start:
                keep(piece.start, piece.end)
                chars[-1] = piece.text
            else:
                low, high = text.raw_span(piece.start, piece.end)
                chars.append(piece.text)
                starts.extend([low] * len(piece.text))
                ends.extend([high] * len(piece.text))
        at = edit.end
    keep(at, len(text.text))
    return MappedText("".join(chars), starts, ends)


def apart(edits: list[Edit]) -> list[Edit]:
    """Sort, and drop edits that overlap an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def record(stage: int, text: MappedText, edits: Iterable[Edit]) -> list[Step]:
    """Describe the edits of a stage as steps, with raw spans."""
    return [
        Step(
            stage,
            edit,
            text.raw_span(edit.start, edit.end),
            text.text[edit.start : edit.end],
            "".join(piece.text for piece in edit.pieces),
        )
        for edit in edits
    ]


def replay(raw: str, steps: Sequence[Step]) -> MappedText:
    """Apply recorded steps to the raw text again.

    >>> replay("بغداد", []).text
    'بغداد'
    """
    text = MappedText.of(raw)
    for _, group in groupby(steps, key=lambda step: step.stage):
        text = apply(text, [step.edit for step in group])
    return text
