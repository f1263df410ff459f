"""Letters in the wrong order inside words: words written backward, and lam-alef written alef-lam."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.repair.adjacency import Neighbours
from kg.repair.steps import Edit, Piece
from kg.repair.words import LEFT_JOINERS, LETTERS, MARKS, TATWEEL, bare, core, is_known, log_frequency

_WORD = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}]+")
_CLUSTER = re.compile(f"[{LETTERS}{TATWEEL}][{MARKS}]*|[{MARKS}]+")
_ALEF_LAM = re.compile("[اأإآ]ل")
_TOKEN = re.compile(r"\S+")
CLEARER = 2.0
SPLIT_GAIN = 11.0
RARE = -11.0


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
