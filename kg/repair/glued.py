"""Words that lost the space between them: «وزارةالدفاع»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.repair.adjacency import adjacency
from kg.repair.damage import GLUED
from kg.repair.steps import Edit, Piece, apart
from kg.repair.words import LETTERS, MARKS, bare, is_known, log_frequency

LIKELY = -22.0
MOST = 40
SIGN = "a sign that ends a word, or a number, stands without its space"
_WORD = re.compile(f"[{LETTERS}{MARKS}]{{4,}}")
_SIGN = re.compile(
    f"(?<=[{LETTERS}{MARKS}])[،؛؟:.!]+(?=[{LETTERS}])|(?<=[0-9٠-٩])[،؛؟](?=[{LETTERS}])|[{LETTERS}]{{2}}(?=[0-9٠-٩])|[0-9٠-٩](?=[{LETTERS}]{{2}})"
)
_LETTER = re.compile(f"[{LETTERS}][{MARKS}]*")


def glued_edits(text: str) -> list[Edit]:
    """Part words that stick together: after ة and ى, which only end a word, and where two frequent words fit."""
    signs = (Edit("spaces", m.end() - 1, m.end(), _with_space(text, m.end()), 0.9, SIGN) for m in _SIGN.finditer(text))
    words = (edit for match in _WORD.finditer(text) for edit in _parted(match))
    return apart([*signs, *words])


def _with_space(text: str, place: int) -> tuple[Piece, ...]:
    """Write a character and a space for the one before a place: the space has no place of its own in the file."""
    return Piece(text[place - 1], place - 1, place), Piece(" ", place - 1, place)


def _parted(match: re.Match[str]) -> Iterator[Edit]:
    letters = list(_LETTER.finditer(match[0]))
    word = bare(match[0])
    if len(letters) != len(word) or len(word) > MOST or is_known(word):
        return
    for at in sorted(_cuts(word)):
        place = match.start() + letters[at - 1].end()
        why = "no word has ة or ى inside" if GLUED.match(word, at - 2) else "two frequent words stand without a space"
        yield Edit("spaces", place - 1, place, _with_space(match.string, place), 0.85, why)


def _cuts(word: str, start: int = 0) -> set[int]:
    """Find where a word that is unknown falls apart into words."""
    if is_known(word):
        return set()
    inside = GLUED.search(word)
    at = inside.start() + 2 if inside else _best_cut(word)
    if not at:
        return set()
    return {start + at} | _cuts(word[:at], start) | _cuts(word[at:], start + at)


def _best_cut(word: str) -> int:
    """Give the place where two known words fit best, 0 if none fit well."""
    places = [at for at in range(2, len(word) - 1) if is_known(word[:at]) and is_known(word[at:])]
    scored = [(_likelihood(word[:at], word[at:]), at) for at in places]
    best, at = max(scored, default=(LIKELY, 0))
    return at if best > LIKELY else 0


def _likelihood(left: str, right: str) -> float:
    return log_frequency(left) + log_frequency(right) + adjacency().words(left, right)
