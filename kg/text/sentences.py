"""Sentences: where they end, and whether a line is a heading, a bullet or running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.offsets import MappedText
from kg.text.normal import normalize
from kg.text.tokens import Token, pieces

_STOPS = frozenset(".؟?!")
_CLOSERS = frozenset("\")]'")
_BULLETS = frozenset("-•*▪●◦■□·‣➢►○✓")
_NUMBERING = frozenset(".-)")
_TITLES = frozenset({"dr", "mr", "mrs", "st", "vs", "no", "gen", "col", "lt", "sgt", "prof"})
_HEADING_WORDS = 16
_NUMBERED_HEADING_WORDS = 8
_LABEL_WORDS = 5
_LONG_QUOTATION = 80
_NEAR = 4
_GAP = re.compile(r"[ \t]{3,}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the document, the raw span that covers it, its tokens, and what kind of line it is of.

    `paragraph` counts the lines that are not blank, from 0. Raw spans are half-open and begin and end on a token.
    """

    index: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    kind: Literal["heading", "body", "bullet"]
    paragraph: int

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Give the raw spans that the sentence fills: one, or several where a repaired line was put back in order."""
        if all(left.start <= right.start for left, right in pairwise(self.tokens)):
            return ((self.start, self.end),)
        merged: list[tuple[int, int]] = []
        for start, end in sorted((token.start, token.end) for token in self.tokens):
            if merged and start - merged[-1][1] <= _NEAR:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)


def sentences(mapped: MappedText) -> tuple[Sentence, ...]:
    """Give the sentences of a text that is not yet normalized, with spans in the raw text that it maps to.

    A line break always ends a sentence; `. ؟ ? !` do, unless they belong to an abbreviation, initials or numbering, or
    stand within a quotation; `..` and `...` do not. Time is linear in the length of the text.

    >>> text = "قال د. أحمد إن الاتفاق قائم. ورفضت أنقرة."
    >>> [text[s.start:s.end] for s in sentences(MappedText.of(text))]
    ['قال د. أحمد إن الاتفاق قائم.', 'ورفضت أنقرة.']
    """
    found: list[Sentence] = []
    for paragraph, line in enumerate(_lines(normalize(mapped))):
        ends = list(_ends(line))
        kind = _kind(line, ends)
        start = 0
        for end in ends:
            tokens = tuple(line[start:end])
            cover = min(token.start for token in tokens), max(token.end for token in tokens)
            found.append(Sentence(len(found), *cover, tokens, kind, paragraph))
            start = end
    return tuple(found)


def _lines(text: MappedText) -> Iterator[list[Token]]:
    """Give the tokens of each line that has any."""
    norm = text.text
    start = 0
    while start <= len(norm):
        end = norm.find("\n", start)
        end = len(norm) if end < 0 else end
        for first, last in _columns(norm, start, end):
            line = [
                Token(token, *text.raw_span(at, after), kind, at > 0 and norm[at - 1].isspace())
                for token, at, after, kind in pieces(norm, first, last)
            ]
            if line:
                yield line
        start = end + 1


def _columns(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a line of columns or teasers at its wide gaps; one gap alone parts nothing."""
    gaps = [match for match in _GAP.finditer(norm, start, end) if match.start() > start]
    for gap in gaps if len(gaps) > 1 else ():
        yield start, gap.start()
        start = gap.end()
    yield start, end


def _ends(line: Sequence[Token]) -> Iterator[int]:
    """Give the index after the last token of each sentence of a line."""
    quoted = _quoted(line)
    at = _prefix(line)
    last = 0
    while at < len(line):
        after = at + 1
        if line[at].norm in _STOPS and not _abbreviates(line, at) and not _numbers(line, last, at):
            while after < len(line) and _closes(line, after):
                after += 1
            if after < len(line) and _breaks(line, at, after, quoted):
                yield after
                last = after
        at = after
    if last < len(line):
        yield len(line)


def _prefix(line: Sequence[Token]) -> int:
    """Count the tokens of a bullet or a numbering at the start of a line."""
    if line[0].norm in _BULLETS:
        return 1
    numbered = line[0].kind == "number" and len(line) > 2 and line[1].norm in _NUMBERING
    return 2 if numbered and not line[1].spaced and (line[2].spaced or line[2].kind == "word") else 0


def _quoted(line: Sequence[Token]) -> list[int]:
    """Give for each token the length of the quotation that it stands in, 0 outside; an unclosed one is none."""
    quoted = [0] * len(line)
    opened = None
    for at, token in enumerate(line):
        if token.norm != '"':
            continue
        if opened is None:
            opened = at
        else:
            quoted[opened + 1 : at] = [at - opened] * (at - opened - 1)
            opened = None
    return quoted


def _abbreviates(line: Sequence[Token], at: int) -> bool:
    """Tell whether the stop at a place belongs to an abbreviation («د.», «ق.م», «J.») and so ends nothing."""
    if line[at].norm != "." or at == 0 or line[at].spaced:
        return False
    before = line[at - 1]
    if before.kind == "latin":
        return len(before.norm) == 1 or before.norm in _TITLES
    # A single letter after a number is a unit («2018م.», «1446 هـ.») and may well end a sentence.
    letter = before.norm.removeprefix("و") if len(before.norm) == 2 else before.norm
    return before.kind == "word" and len(letter) == 1 and not (at > 1 and line[at - 2].kind == "number")


def _numbers(line: Sequence[Token], first: int, at: int) -> bool:
    """Tell whether the stop at a place belongs to a number that opens the sentence («2. يجتمع الطرفان»)."""
    return at == first + 1 and line[first].kind == "number"


def _closes(line: Sequence[Token], at: int) -> bool:
    """Tell whether a token still belongs to the sentence whose stop stands before it: more stops, closing marks."""
    token = line[at]
    if token.spaced:
        return False
    if token.norm in _STOPS or token.norm == "...":
        return True
    opens = at + 1 < len(line) and not line[at + 1].spaced and line[at + 1].kind != "punct"
    return token.norm in _CLOSERS and not opens


def _breaks(line: Sequence[Token], stop: int, after: int, quoted: Sequence[int]) -> bool:
    """Tell whether a sentence ends between a stop (with its closing marks) and the token that follows."""
    following = line[after]
    if quoted[after - 1] and quoted[after - 1] <= _LONG_QUOTATION and line[after - 1].norm != '"':
        return False
    closer = line[after - 1].norm
    if closer == ")" or (closer in _CLOSERS and line[stop].norm != "."):
        # What is in brackets, or a question that is quoted, is often only part: «"هل تنضم؟" في إشارة إلى …».
        return following.spaced and following.norm.startswith("و")
    if following.kind == "punct" and following.norm not in _CLOSERS | _BULLETS | {"("}:
        return False
    return following.spaced or (following.kind == "word" and line[stop - 1].kind == "word" and stop > 0)


def _kind(line: Sequence[Token], ends: Sequence[int]) -> Literal["heading", "body", "bullet"]:
    """Tell what kind of line this is; one with a full stop inside is no heading."""
    prefix = _prefix(line)
    if prefix == 1:
        return "bullet"
    words = sum(token.kind != "punct" for token in line[prefix:])
    short = _HEADING_WORDS if not prefix else _NUMBERED_HEADING_WORDS
    flows = _is_finished(line, words) or any(line[end - 1].norm == "." for end in ends[:-1])
    if 0 < words < short and not flows:
        return "heading"
    return "bullet" if prefix else "body"


def _is_finished(line: Sequence[Token], words: int) -> bool:
    """Tell whether a line ends as running text does: with a stop, a comma, or a colon that leads to a list."""
    end = len(line) - 1
    while end > 0 and line[end].norm in _CLOSERS:
        end -= 1
    last = line[end].norm
    return last in {".", "!", "،", ",", "؛", ";"} or (last == ":" and words > _LABEL_WORDS)
