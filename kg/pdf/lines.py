"""Glyphs into lines: marks on their letters, brackets as they look, spaces where gaps are, stretching left out."""

from __future__ import annotations

from bisect import bisect, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.bidi import MIRROR, OPENING, kind, logical
from kg.pdf.glyphs import Glyph, is_mark

SHADDA = "ّ"
NOT_JOINING = "اأإآدذرزوؤةىء"
SAME_LINE, SAME_PLACE = 0.35, 0.1
COLUMN_GAP, TOUCHING = 3.0, 0.6
LOOK_BACK = 60
WORD_GAP, WORD_GAP_UNSPACED = 0.4, 0.15
SPACED = 0.05
MIN_STROKES = 3

Stroke = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page in reading order: its ends, baseline, size and the width of its first word in points.

    `turn` is the direction of its text in degrees, `rtl` whether it is read from right to left.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int
    rtl: bool
    first: float


def lines_of(pages: Sequence[Sequence[Glyph]]) -> list[list[Line]]:
    """Give the lines of each page, in the order in which the file draws them.

    What holds for a whole file is found out first: whether its main direction is from right to left, which fonts
    name a bracket by its meaning and not by its look, which lost glyphs are the strokes that stretch a line, and
    whether spaces are drawn.
    """
    solid = [_without_twins(page) for page in pages]
    rows = [list(_rows(page)) for page in solid]
    every = [row for page in rows for row in page]
    strokes = _strokes(every)
    meant = _fonts_that_mean(every)
    gap = WORD_GAP if _spaced(every) else WORD_GAP_UNSPACED
    rtl = 2 * _letters(every, "R") >= _letters(every, "L")
    out = []
    for page, parts in zip(solid, rows, strict=True):
        texts = _texts(page, strokes, meant)
        out.append([_line(row, texts, gap, rtl) for row in parts])
    return out


# -- rows


def _without_twins(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Drop glyphs that are drawn again on the same place, as for bold type."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        near = SAME_PLACE * glyph.size
        twins = seen[glyph.text, glyph.turn][-40:]
        if glyph.text and not any(abs(t.x0 - glyph.x0) < near and abs(t.y - glyph.y) < near for t in twins):
            kept.append(glyph)
            seen[glyph.text, glyph.turn].append(glyph)
    return kept


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Part the glyphs of a page, vowel marks aside, into rows from left to right, in the order of their beginnings.

    A file draws a column of text after another: a glyph goes on with the row that is being drawn, and with an older
    one on the same line only where it touches it.
    """
    bands: list[list[tuple[float, int]]] = []
    drawn: list[tuple[float, int]] = []
    for at, glyph in enumerate(glyphs):
        if is_mark(glyph.text):
            continue
        if not drawn or not _on_line(glyphs[drawn[0][1]], glyph):
            older = (b for b in reversed(bands[-LOOK_BACK:]) if _on_line(glyphs[b[0][1]], glyph))
            drawn = next((b for b in older if _touches(b, glyphs, glyph)), [])
            if not drawn:
                bands.append(drawn)
        insort(drawn, (glyph.x0, at))
    rows = [row for band in bands for row in _columns(_from_left(band, glyphs), glyphs)]
    for row in sorted(rows, key=min):
        if any(not glyphs[i].text.isspace() for i in row):
            yield [glyphs[i] for i in row]


def _touches(band: Sequence[tuple[float, int]], glyphs: Sequence[Glyph], glyph: Glyph) -> bool:
    """Tell whether a glyph stands directly beside one of a row, which is sorted from the left."""
    at = bisect(band, (glyph.x0, -1))
    near = (glyphs[i] for _, i in band[max(0, at - 2) : at + 2])
    return any(max(one.x0, glyph.x0) - min(one.x1, glyph.x1) < TOUCHING * one.size for one in near)


def _from_left(band: Sequence[tuple[float, int]], glyphs: Sequence[Glyph]) -> list[int]:
    """Give the places of a row's glyphs from left to right; those that begin on one place stay as they are drawn."""
    ordered = [place for _, place in band]
    for at, (left, right) in enumerate(pairwise(ordered)):
        if right < left and glyphs[right].x0 - glyphs[left].x0 < SAME_PLACE / 2 * glyphs[left].size:
            ordered[at], ordered[at + 1] = right, left
    return ordered


def _on_line(one: Glyph, other: Glyph) -> bool:
    return one.turn == other.turn and abs(one.y - other.y) < SAME_LINE * max(one.size, other.size)


def _columns(places: Sequence[int], glyphs: Sequence[Glyph]) -> Iterator[list[int]]:
    """Part a row where a gap is as wide as that between columns."""
    row = [places[0]]
    for before, place in pairwise(places):
        if glyphs[place].x0 - glyphs[before].x1 > COLUMN_GAP * glyphs[place].size:
            yield row
            row = []
        row.append(place)
    yield row


# -- what holds for the whole file


def _letters(rows: Iterable[Sequence[Glyph]], letters: str) -> int:
    return sum(1 for row in rows for g in row if kind(g.text) == letters)


def _spaced(rows: Sequence[Sequence[Glyph]]) -> bool:
    """Tell whether the file draws its spaces."""
    spaces = sum(1 for row in rows for g in row if g.text.isspace())
    return spaces >= SPACED * sum(map(len, rows))


def _fonts_that_mean(rows: Iterable[Sequence[Glyph]]) -> frozenset[str]:
    """Find the fonts whose brackets, read by their look, close before they open: they name what is meant."""
    balance: Counter[str] = Counter()
    for row in rows:
        brackets = [g for g in row if g.text in MIRROR and not g.font.endswith("=")]
        balance.update({g.font: -len(row) for g in brackets if g.font.endswith("*")})
        for left, right in pairwise(brackets):
            if MIRROR[left.text] == right.text and left.font == right.font:
                balance[left.font] += 1 if left.text in OPENING else -1
    return frozenset(font for font, more in balance.items() if more < 0)


def _strokes(rows: Iterable[Sequence[Glyph]]) -> frozenset[Stroke]:
    """Find the lost glyphs that only ever fill the joint of two Arabic letters: they stretch, and say nothing."""
    places: dict[Stroke, list[bool]] = defaultdict(list)
    for row in rows:
        for at, glyph in enumerate(row):
            if glyph.lost:
                places[glyph.font, glyph.text].append(_in_joint(row, at))
    return frozenset(key for key, found in places.items() if all(found) and len(found) >= MIN_STROKES)


def _in_joint(row: Sequence[Glyph], at: int) -> bool:
    """Tell whether letters that join stand left and right of a glyph, over more of the same kind."""
    left = next((g.text for g in reversed(row[:at]) if g.text != row[at].text), "")
    right = next((g.text for g in row[at + 1 :] if g.text != row[at].text), "")
    return kind(left) == kind(right) == "R" and right[0] not in NOT_JOINING


# -- the text of each glyph


def _texts(glyphs: Sequence[Glyph], strokes: frozenset[Stroke], meant: frozenset[str]) -> dict[int, str]:
    """Give what each glyph of a page says, by its identity: brackets by their look, letters with their marks."""
    texts = {id(g): _text(g, strokes, meant) for g in glyphs if not is_mark(g.text)}
    marks: dict[int, str] = defaultdict(str)
    for at, glyph in enumerate(glyphs):
        if is_mark(glyph.text):
            letter = _letter_of(glyphs, at, strokes)
            if letter:
                marks[id(letter)] += glyph.text
    return texts | {key: _with_marks(texts[key], more) for key, more in marks.items()}


def _text(glyph: Glyph, strokes: frozenset[Stroke], meant: frozenset[str]) -> str:
    if glyph.text in MIRROR and glyph.font in meant:
        return MIRROR[glyph.text]
    return "" if (glyph.font, glyph.text) in strokes else glyph.text


def _letter_of(glyphs: Sequence[Glyph], at: int, strokes: frozenset[Stroke]) -> Glyph | None:
    """Find the letter of a vowel mark: the one drawn next where letters are drawn from left to right, else the last."""
    mark = glyphs[at]
    after, before = (
        _next_letter(part, mark, strokes) for part in (glyphs[at + 1 : at + 6], glyphs[max(0, at - 5) : at][::-1])
    )
    if after and before:
        return after if after.x0 >= before.x0 else before
    return after or before


def _next_letter(glyphs: Sequence[Glyph], mark: Glyph, strokes: frozenset[Stroke]) -> Glyph | None:
    solid = (g for g in glyphs if not is_mark(g.text) and (g.font, g.text) not in strokes)
    found = next(solid, None)
    near = found and kind(found.text) == "R" and found.turn == mark.turn and abs(found.y - mark.y) < found.size
    if not found or not near or max(found.x0 - mark.x0, mark.x0 - found.x1) > found.size:
        return None
    return found


def _with_marks(text: str, marks: str) -> str:
    """Write the marks of a letter behind it, each once, shadda first as it is typed."""
    fresh = [c for c in dict.fromkeys(marks) if c not in text]
    return text + "".join(sorted(fresh, key=lambda c: c != SHADDA))


# -- lines


def _line(row: Sequence[Glyph], texts: dict[int, str], gap: float, document_rtl: bool) -> Line:
    atoms = _atoms(row, texts, gap)
    words = "".join(atoms).split()
    arabic, latin = (sum(any(kind(c) == letters for c in word) for word in words) for letters in "RL")
    rtl = document_rtl and (latin <= 2 * arabic or not latin)
    ink = [g for g in row if not g.text.isspace()]
    sizes = Counter(round(g.size, 1) for g in ink)
    size = max(sizes, key=lambda s: (sizes[s], s))
    text = " ".join(logical(atoms, rtl).split())
    return Line(text, ink[0].x0, ink[-1].x1, ink[0].y, size, ink[0].turn, rtl, _first_word(row, rtl))


def _first_word(row: Sequence[Glyph], rtl: bool) -> float:
    """Measure the word with which a line begins."""
    word: list[Glyph] = []
    for glyph in reversed(row) if rtl else row:
        if not glyph.text.isspace():
            word.append(glyph)
        elif word:
            break
    return max(g.x1 for g in word) - min(g.x0 for g in word)


def _atoms(row: Sequence[Glyph], texts: dict[int, str], gap: float) -> list[str]:
    """Give the texts of glyphs from left to right, with a space in every gap between words."""
    atoms = [texts[id(row[0])]]
    for before, glyph in pairwise(row):
        spaces = before.text.isspace() or glyph.text.isspace()
        if not spaces and glyph.x0 - before.x1 > gap * glyph.size:
            atoms.append(" ")
        atoms.append(texts[id(glyph)])
    return atoms
