"""From the order of the eye to the order of reading: lines of glyphs from left to right, turned as Arabic is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

Kind = Literal["R", "L", "N", "sep", "unit", "space", "mark"]

OPENING, CLOSING = "([{«‹<", ")]}»›>"
MIRROR = dict(zip(OPENING + CLOSING, CLOSING + OPENING, strict=True))
_SEPARATORS = ".,:/٫٬\u00a0"
_UNITS = "%٪‰°"
_YEARS = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)([-–])((?:19|20)\d\d)(?![\d/-])")


@lru_cache(maxsize=20_000)
def kind(atom: str) -> Kind:
    """Tell how an atom (a glyph with its marks) takes part in the order of a line.

    `R` Arabic or Hebrew letters, `L` letters of other scripts, `N` digits, `sep` what may stand inside a number,
    `unit` what may follow it, `space`, and `mark` for all other signs.

    >>> [kind(c) for c in "بN7.% («"]
    ['R', 'L', 'N', 'sep', 'unit', 'space', 'mark', 'mark']
    """
    classes = [unicodedata.bidirectional(c) for c in atom if not is_private(c)]
    if any(c in ("R", "AL") for c in classes):
        return "R"
    if "L" in classes:
        return "L"
    if any(c in ("EN", "AN") for c in classes) or any(map(is_private, atom)):
        return "N"
    if atom.isspace():
        return "space"
    return "sep" if atom in _SEPARATORS else "unit" if atom in _UNITS else "mark"


def is_private(char: str) -> bool:
    """Tell whether a character is a private-use code: a glyph whose meaning is lost."""
    return "\ue000" <= char <= "\uf8ff"


def logical(atoms: Sequence[str], rtl: bool = True) -> str:
    """Bring the atoms of a line, given from left to right, into the order in which they are read.

    The inverse of the Unicode bidirectional algorithm (UAX #9) for one line, with `rtl` its base direction: numbers,
    and Latin words with what stands between them, keep their order from left to right; brackets among Arabic turn.
    Where two texts look alike, the commoner is given: a unit follows its number, years of a range ascend.

    >>> logical(["2", "0", "2", "4", " ", "م", "ا", "ع"])
    'عام 2024'
    >>> logical(list("(S-400) " "ةموظنم"))
    'منظومة (S-400)'
    """
    text = "".join(MIRROR.get(atoms[i], atoms[i]) if turned else atoms[i] for i, turned in reading_order(atoms, rtl))
    return _YEARS.sub(_ascending, text) if rtl else text


def reading_order(atoms: Sequence[str], rtl: bool = True) -> list[tuple[int, bool]]:
    """Give the places of atoms, in a line from left to right, in the order of reading, and whether brackets turn.

    >>> reading_order(["1", "9", ")", "م"])
    [(3, True), (2, True), (0, False), (1, False)]
    """
    kinds = _kinds(atoms)
    if rtl:
        return list(_right_to_left(atoms, kinds, 0, len(atoms)))
    out: list[tuple[int, bool]] = []
    for start, end, arabic in _arabic_runs(kinds):
        out += _right_to_left(atoms, kinds, start, end) if arabic else ((i, False) for i in range(start, end))
    return out


def _ascending(match: re.Match[str]) -> str:
    first, dash, last = match.groups()
    return f"{first}{dash}{last}" if first <= last else f"{last}{dash}{first}"


def _right_to_left(atoms: Sequence[str], kinds: Sequence[Kind], start: int, end: int) -> Iterator[tuple[int, bool]]:
    at = end
    for left, right in reversed(list(_runs(atoms, kinds, start, end))):
        yield from ((i, True) for i in range(at - 1, right - 1, -1))
        yield from ((i, False) for i in range(left, right))
        at = left
    yield from ((i, True) for i in range(at - 1, start - 1, -1))


def _kinds(atoms: Sequence[str]) -> list[Kind]:
    """Give the kinds of atoms; lost glyphs that touch an Arabic letter are letters, all others digits."""
    kinds = [kind(atom) for atom in atoms]
    for places in (range(1, len(atoms)), range(len(atoms) - 2, -1, -1)):
        step = places.step
        for i in places:
            if kinds[i] == "N" and is_private(atoms[i][0]) and kinds[i - step] == "R":
                kinds[i] = "R"
    return kinds


def _runs(atoms: Sequence[str], kinds: Sequence[Kind], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the half-open ranges that are read from left to right: numbers and Latin words."""
    at = start
    while at < end:
        if kinds[at] in ("L", "N"):
            after = _end_of_run(atoms, kinds, at, end)
            yield at, after
            at = after
        else:
            at += 1


def _end_of_run(atoms: Sequence[str], kinds: Sequence[Kind], start: int, stop: int) -> int:
    end, latin = start + 1, kinds[start] == "L"
    open_at: list[int] = []
    for at in range(start + 1, stop):
        if kinds[at] == "R":
            break
        if atoms[at] in OPENING:
            open_at.append(at)
        elif atoms[at] in CLOSING:
            if not open_at:
                break
            open_at.pop()
            end = at + 1 if latin and at == end else end
        elif kinds[at] in ("L", "N"):
            if not _joins(kinds[end:at], kinds[end - 1], kinds[at], latin):
                break
            end, latin = at + 1, latin or kinds[at] == "L"
        elif kinds[at] == "unit" and at == end and kinds[at - 1] == "N":
            end = at + 1
    unclosed = [at for at in open_at if at < end]
    return _trimmed(kinds, start, unclosed[0]) if unclosed else end


def _joins(between: Sequence[Kind], before: Kind, now: Kind, latin: bool) -> bool:
    """Tell whether a letter or digit goes on with the run, over the atoms between."""
    if not between or latin:
        return True
    return now == "N" and before == "N" and list(between) == ["sep"]


def _trimmed(kinds: Sequence[Kind], start: int, end: int) -> int:
    while end - 1 > start and kinds[end - 1] not in ("L", "N"):
        end -= 1
    return end


def _arabic_runs(kinds: Sequence[Kind]) -> Iterator[tuple[int, int, bool]]:
    """Part a line of left-to-right text into its Arabic runs, inner spaces and marks counted in, and the rest."""
    at = 0
    while at < len(kinds):
        arabic = kinds[at] == "R"
        end = last = at + 1
        while end < len(kinds) and kinds[end] != ("L" if arabic else "R"):
            end += 1
            last = end if kinds[end - 1] == "R" else last
        end = last if arabic else end
        yield at, end, arabic
        at = end
