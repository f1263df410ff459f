"""Letters in the wrong form or order: presentation forms, lines and words written backward, lam-alef, cut words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.bidi import MIRROR, reading_order
from kg.repair.adjacency import Neighbours
from kg.repair.damage import FORMS
from kg.repair.steps import Edit, Piece
from kg.repair.words import LEFT_JOINERS, LETTERS, MARKS, TATWEEL, bare, core, is_known, log_frequency

_WORD = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+")
_CLUSTER = re.compile(f"[{LETTERS}{TATWEEL}][{MARKS}]*|[{MARKS}]+")
_LINE = re.compile("[^\n]*[^\\s\n][^\n]*")
_CLUSTER_OR_ANY = re.compile(f"[{LETTERS}{TATWEEL}][{MARKS}]*|.", re.S)
_MARKS_AND_LETTER = re.compile(f"[{MARKS}]*[{LETTERS}{TATWEEL}]|.", re.S)
_MARK_FIRST = re.compile(f"(?<!\\S)[{MARKS}]")
_MARK_LAST = re.compile(f"[{MARKS}](?!\\S)")
_ALEF_LAM = re.compile("[اأإآ]ل")
_TOKEN = re.compile(r"\S+")
CLEARER = 2.0
BACKWARD = 4
SPLIT_GAIN = 11.0
RARE = -11.0


def form_edits(text: str) -> list[Edit]:
    """Write presentation forms, the shapes that a letter takes in a word, as the letters that they are."""
    why = "a shape of a letter stands for the letter"
    edits = []
    for match in FORMS.finditer(text):
        letters = unicodedata.normalize("NFKC", match[0])
        letters = letters.lstrip(" ـ") or letters
        if letters != match[0]:
            edits.append(Edit("forms", match.start(), match.end(), (Piece(letters, *match.span()),), 0.99, why))
    return edits


def line_edits(text: str) -> list[Edit]:
    """Turn lines round that were written as the eye sees them, from left to right, where that makes words of them.

    Only in a text whose backward words, each turned on its place, would stand in an order that is read worse.
    """
    lines = [match for match in _LINE.finditer(text) if _is_backward(match[0])]
    marks_first = _count(_MARK_FIRST, lines) > _count(_MARK_LAST, lines)
    edits = [edit for line in lines if (edit := _turned_line(line, marks_first))]
    if len(edits) < len(lines) or not edits or _order(_after(edit) for edit in edits) <= _order(_words_turned(lines)):
        return []
    return edits


def _is_backward(line: str) -> bool:
    """Tell whether nearly all words of a line, those that tell, are words only when read backward."""
    gains = [_turning_gain(bare(match[0])) for match in _WORD.finditer(line)]
    backward, forward = sum(g > CLEARER for g in gains), sum(g < -CLEARER for g in gains)
    return backward > BACKWARD * forward


def _turning_gain(word: str) -> float:
    return log_frequency(word[::-1]) - log_frequency(word) if word else 0.0


def _turned_line(line: re.Match[str], marks_first: bool) -> Edit | None:
    cluster = _MARKS_AND_LETTER if marks_first else _CLUSTER_OR_ANY
    spans = [m.span() for m in cluster.finditer(line[0])]
    atoms = [line[0][slice(*span)] for span in spans]
    pieces = []
    for place, turned in reading_order(atoms):
        start, end = line.start() + spans[place][0], line.start() + spans[place][1]
        marks = marks_first and end - start > 1
        places = range(end - 1, start - 1, -1) if marks else (start,)
        for at in places:
            char = line.string[at] if marks else line.string[start:end]
            pieces.append(Piece(MIRROR.get(char, char) if turned else char, at, at + 1 if marks else end))
    why = "the line is written from left to right, as it is seen"
    return Edit("reversed", line.start(), line.end(), tuple(pieces), 0.9, why) if len(atoms) > 1 else None


def _after(edit: Edit) -> str:
    return "".join(piece.text for piece in edit.pieces)


def _words_turned(lines: Iterable[re.Match[str]]) -> Iterator[str]:
    return (_WORD.sub(lambda m: m[0][::-1], line[0]) for line in lines)


def _order(lines: Iterable[str]) -> float:
    """Give how well the words of lines stand side by side."""
    beside = Neighbours.of([], [])
    return sum(beside.tokens(a, b) for line in lines for a, b in pairwise(line.split()))


def _count(pattern: re.Pattern[str], lines: Iterable[re.Match[str]]) -> int:
    return sum(1 for line in lines for _ in pattern.finditer(line[0]))


def backward_edits(text: str) -> list[Edit]:
    """Turn words round whose letters stand in reverse, where the reverse is the far commoner word."""
    edits = []
    for match in _WORD.finditer(text):
        word = bare(match[0])
        turned = word[::-1]
        if word and log_frequency(turned) - log_frequency(word) > CLEARER:
            at = match.start()
            clusters = [Piece(m[0], at + m.start(), at + m.end()) for m in _CLUSTER.finditer(match[0])]
            why = f"«{turned}» is a word, «{word}» is not, and no word begins with ة"
            edits.append(Edit("reversed", at, match.end(), tuple(reversed(clusters)), 0.85, why))
    return edits


def lam_alef_edits(text: str) -> list[Edit]:
    """Put lam before alef again where a ligature was read in the wrong order and the word exists only so."""
    edits = []
    for match in _WORD.finditer(text):
        swaps = _swaps(match[0])
        if swaps:
            at = match.start()
            pieces: list[Piece] = []
            done = at
            for place in swaps:
                here = at + place
                pieces += [Piece(text[done:here], done, here)] if here > done else []
                pieces += [Piece(text[here + 1], here + 1, here + 2), Piece(text[here], here, here + 1)]
                done = here + 2
            pieces += [Piece(text[done : match.end()], done, match.end())] if done < match.end() else []
            why = f"«{bare(match[0])}» is no word: lam and alef of a ligature stand in reverse"
            edits.append(Edit("lam-alef", at, match.end(), tuple(pieces), 0.85, why))
    return edits


def _swaps(word: str) -> list[int]:
    """Give the places of alef-lam to swap so that a far commoner word comes out; none if there is none."""
    if word == "ال":
        return [0]
    places = [m.start() for m in _ALEF_LAM.finditer(word)]
    options = [[p] for p in places] + ([places] if len(places) > 1 else [])
    scored = [(log_frequency(bare(_swapped(word, option))), -len(option), option) for option in options]
    best = max(scored, default=(0.0, 0, []))
    return best[2] if best[2] and best[0] - log_frequency(bare(word)) > CLEARER else []


def _swapped(word: str, places: list[int]) -> str:
    letters = list(word)
    for p in places:
        letters[p], letters[p + 1] = letters[p + 1], letters[p]
    return "".join(letters)


def split_edits(text: str) -> list[Edit]:
    """Join words that a stray space cut after a letter that does not join, where only the whole is a word there."""
    edits: list[Edit] = []
    for before, left, right, after in _windows(text):
        if edits and left.start() < edits[-1].end:
            continue
        gain = _split_gain(before, left[0], right[0], after)
        if gain >= SPLIT_GAIN:
            why = f"«{bare(left[0])}» and «{bare(right[0])}» are one word"
            edits.append(Edit("split word", left.end(), right.start(), (), 0.85, why))
    return edits


def _windows(text: str) -> Iterator[tuple[str, re.Match[str], re.Match[str], str]]:
    """Give each two tokens on one line with the tokens beside them."""
    tokens = list(_TOKEN.finditer(text))
    for i, (left, right) in enumerate(pairwise(tokens)):
        if "\n" not in text[left.end() : right.start()]:
            before = tokens[i - 1][0] if i else ""
            yield before, left, right, tokens[i + 2][0] if i + 2 < len(tokens) else ""


def _split_gain(before: str, left: str, right: str, after: str) -> float:
    one, two = bare(left), core(right)
    if not _WORD.fullmatch(left) or not _WORD.match(right) or not one or one[-1] in LEFT_JOINERS or not two:
        return 0.0
    whole = one + two
    if not is_known(whole) or min(log_frequency(one), log_frequency(two)) > RARE:
        return 0.0
    beside = Neighbours.of([], [])
    joined = log_frequency(whole) + beside.tokens(before, whole) + beside.tokens(whole, after)
    apart = log_frequency(one) + log_frequency(two) + beside.tokens(left, right)
    return joined - apart - beside.tokens(before, left) - beside.tokens(right, after)
