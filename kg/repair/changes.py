"""What a repair changes, told line by line: the line as it is, as it comes out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.repair.steps import SURE, Repaired, Step

Kind = Literal["head", "before", "after", "why", "unsure"]


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the account: `head` titles, `before` and `after` texts, `why` reasons, `unsure` those not certain."""

    kind: Kind
    text: str


def account(raw: str, done: Repaired) -> Iterator[Note]:
    """Tell what a repair changes: counts first, then every line that changes with its reasons, then the gaps left.

    >>> from kg.repair import repair
    >>> raw = "انضمت إلى الحلف )الناتو( عام 1952."
    >>> for note in account(raw, repair(raw)):
    ...     print(note.kind, note.text)
    head 1 of 1 lines: 2 brackets
    head line 1
    before انضمت إلى الحلف )الناتو( عام 1952.
    after انضمت إلى الحلف (الناتو) عام 1952.
    why 0.90 brackets: «)» comes before «(»: the pair is mirrored
    """
    lines = _lines(raw)
    steps = _by_line(lines, done.steps)
    after = _texts(lines, done)
    changed = [n for n in range(len(lines)) if steps[n]]
    kinds = Counter(step.what for step in done.steps)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])))
    yield Note("head", f"{len(changed)} of {len(lines)} lines: {counts}" if changed else "sound: nothing is changed")
    for number in changed:
        start, end = lines[number]
        if after[number] == raw[start:end]:
            yield from (Note(note.kind, f"line {number + 1}: {note.text}") for note in _reasons(steps[number]))
            continue
        yield Note("head", f"line {number + 1}")
        yield Note("before", raw[start:end])
        yield Note("after", after[number])
        yield from _reasons(steps[number])
    yield from _gaps(lines, done)


def _lines(raw: str) -> list[tuple[int, int]]:
    """Give the raw span of each line, without its line break."""
    spans, at = [], 0
    for line in raw.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _by_line(lines: Sequence[tuple[int, int]], steps: Sequence[Step]) -> list[list[Step]]:
    """Give the steps that begin in each line."""
    found: list[list[Step]] = [[] for _ in lines]
    numbers = {place: n for n, (start, end) in enumerate(lines) for place in range(start, end + 1)}
    for step in steps:
        found[numbers[step.span[0]]].append(step)
    return found


def _texts(lines: Sequence[tuple[int, int]], done: Repaired) -> list[str]:
    """Give what becomes of each line: its characters, in the order in which they come out."""
    out: list[list[str]] = [[] for _ in lines]
    numbers = {place: n for n, (start, end) in enumerate(lines) for place in range(start, end)}
    for char, start in zip(done.text.text, done.text.starts, strict=True):
        if start in numbers:
            out[numbers[start]].append(char)
    return ["".join(chars) for chars in out]


def _reasons(steps: Sequence[Step]) -> Iterator[Note]:
    seen = Counter((step.what, step.confidence, step.why) for step in steps)
    for (what, sure, why), _ in seen.items():
        unsure = what in ("seam", "order") and sure < SURE
        yield Note(
            "unsure" if unsure else "why", f"{sure:.2f} {what}: {why}" + (" (order uncertain)" if unsure else "")
        )


def _gaps(lines: Sequence[tuple[int, int]], done: Repaired) -> Iterator[Note]:
    for start, end in done.gaps:
        number = next(n for n, (_, last) in enumerate(lines) if start <= last)
        lost = "a lost glyph" if end - start == 1 else f"{end - start} lost glyphs"
        yield Note("unsure", f"line {number + 1}: {lost} left as a gap: nothing in the text proves what stood there")
