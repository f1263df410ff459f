"""Brackets, numbers, harakat and spaces that stand on the wrong side after extraction."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.repair.damage import CONTROLS, LOOSE_MARK, LOST_TANWIN, MIRRORED_ADDRESS, MIRRORED_CODE, MIRRORED_STOP, PAIRS
from kg.repair.steps import Edit, Piece, What, apart
from kg.repair.words import LETTERS, MARKS, bare, is_known

REACH = 200
_RUN_ENDS = re.compile(r"(?P<ahead>[\W_]*?)(?P<core>[^\W_](?:.*[^\W_])?)?(?P<behind>[\W_]*)")
_OTHER_SIDE = {a: b for pair in PAIRS for a, b in (pair, pair[::-1])}
DEGREES = ("C", "F", "K")
_TAIL = re.compile(f"[{LETTERS}{MARKS}]+$")
_HEAD = re.compile(f"[{LETTERS}{MARKS}]+")
_LIST_MARK = re.compile(r"(?:^|\s)(?:\d{1,2}|\w)$")


def control_edits(text: str) -> list[Edit]:
    """Drop the controls of direction that an extractor wrote around digits, Latin letters and marks.

    Spaces and marks at the ends of such a left-to-right run stand in the order of the eye: in Arabic's order, what
    opens the run closes it, and brackets turn.
    """
    why = "a left-to-right run inside Arabic: the marks at its ends change sides"
    return [
        Edit("controls", m.start(), m.end(), _in_arabic_order(m["run"] or "", m.start("run")), 0.95, why)
        for m in CONTROLS.finditer(text)
    ]


def _in_arabic_order(run: str, start: int) -> tuple[Piece, ...]:
    """Give the characters of a left-to-right run, marks at its ends reversed, with their places from `start` on."""
    ends = _RUN_ENDS.fullmatch(run)
    if not ends:
        return (Piece(run, start, start + len(run)),) if run else ()
    marks = [[Piece(_OTHER_SIDE.get(run[i], run[i]), start + i, start + i + 1) for i in range(*span)][::-1]
             for span in (ends.span("ahead"), ends.span("behind"))]  # fmt: skip
    middle = Piece(ends["core"] or "", start + ends.start("core"), start + ends.end("core"))
    return (*marks[1], *([middle] if middle.text else []), *marks[0])


def mark_edits(text: str) -> list[Edit]:
    """Put harakat that a space split off back on their letter, and «اً» back on its word."""
    edits = []
    for match in LOOSE_MARK.finditer(text):
        spans = [match.span(2)] if _one_word(text, match) else [match.span(2), match.span(1)]
        why = "a vowel mark cannot follow a space: it belongs to the letter before"
        edits.append(_moved("harakat", match, spans, 0.95, why))
    for match in LOST_TANWIN.finditer(text):
        why = "«اً» is no word: it belongs to the word before"
        edits.append(_moved("harakat", match, [match.span(2)], 0.9, why))
    return apart(edits)


def _one_word(text: str, match: re.Match[str]) -> bool:
    """Tell whether nothing or the rest of the same word follows a loose mark."""
    before, after = _TAIL.search(text[max(0, match.start() - 30) : match.start()]), _HEAD.match(text, match.end())
    return not after or bool(before and is_known(bare(before[0] + after[0])))


def number_edits(text: str) -> list[Edit]:
    """Put a stop or comma behind the number that it was written before, and letters before the digits of a code."""
    edits = []
    for match in MIRRORED_STOP.finditer(text):
        stop, number = ("stop", "number") if match["stop"] else ("point", "digits")
        spans = [match.span(number), match.span(stop)]
        edits.append(_moved("number", match, spans, 0.9, "a stop cannot open a number: it closed it"))
    codes = list(MIRRORED_CODE.finditer(text))
    for match in codes:
        if match["letters"] in DEGREES and len(codes) + len(edits) < 2:
            continue
        spans = [match.span("letters"), match.span("hyphen"), match.span("digits")]
        edits.append(_moved("number", match, spans, 0.85, "a code is written letters, hyphen, digits"))
    return apart(edits)


def address_edits(text: str) -> list[Edit]:
    """Put the slash at the beginning of an address back at its end, and a label behind it back before it."""
    edits = []
    for match in MIRRORED_ADDRESS.finditer(text):
        names = ("label", "colon", "address", "slash") if match["label"] else ("address", "slash")
        why = "an address does not begin with a slash: the line is mirrored"
        edits.append(_moved("number", match, [match.span(name) for name in names], 0.9, why))
    return edits


def bracket_edits(text: str) -> list[Edit]:
    """Turn round pairs of brackets that close before they open."""
    edits = []
    for opening, closing in PAIRS:
        for left, right in _mirrored(text, opening, closing):
            why = f"«{closing}» comes before «{opening}»: the pair is mirrored"
            edits.append(_turned(text, left, opening, why))
            edits.append(_turned(text, right, closing, why))
    return apart(edits)


def _mirrored(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Give the places of pairs that stand in the wrong order, with nothing open around them."""
    open_at: int | None = None
    wrong_at: int | None = None
    for match in re.finditer(f"[{re.escape(opening + closing)}]", text):
        at = match.start()
        if match[0] == opening and wrong_at is not None and at - wrong_at <= REACH:
            yield wrong_at, at
            wrong_at = open_at = None
        elif match[0] == opening:
            open_at, wrong_at = at, None
        elif open_at is not None and at - open_at <= 2 * REACH:
            open_at = wrong_at = None
        else:
            wrong_at = None if _LIST_MARK.search(text[max(0, at - 8) : at]) else at
            open_at = None


def _turned(text: str, at: int, char: str, why: str) -> Edit:
    """Turn one bracket, and take a space from its inner to its outer side where it stuck to the wrong word."""
    opens = char in "([{«"
    inner = at + 1 if opens else at - 1
    outer = at - 1 if opens else at + 1
    stuck = text[inner : inner + 1] == " " and outer >= 0 and text[outer : outer + 1] not in ("", " ", "\n")
    if not stuck or not (opens or text[outer].isalnum()):
        if text[inner : inner + 1] == " " and not opens:
            return Edit("brackets", inner, at + 1, (Piece(char, at, at + 1),), 0.9, why)
        return Edit("brackets", at, at + 1, (Piece(char, at, at + 1),), 0.9, why)
    bracket, space = Piece(char, at, at + 1), Piece(" ", inner, inner + 1)
    pieces = (space, bracket) if opens else (bracket, space)
    return Edit("brackets", min(at, inner), max(at, inner) + 1, pieces, 0.9, why)


def space_edits(text: str) -> list[Edit]:
    """Make one space of several inside a line, and drop those at a line's ends."""
    edits = []
    for match in re.finditer(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)", text):
        piece = Piece(" ", match.start(), match.end())
        edits.append(Edit("spaces", match.start(), match.end(), (piece,), 0.99, "doubled space"))
    for match in re.finditer(r"(?:^|(?<=\n))[ \t\u00a0]+|(?<![ \t\u00a0\r])[ \t\u00a0\r]+(?=\n|$)", text):
        edits.append(Edit("spaces", match.start(), match.end(), (), 0.99, "space at a line's end"))
    return apart(edits)


def _moved(what: What, match: re.Match[str], spans: list[tuple[int, int]], sure: float, why: str) -> Edit:
    pieces = tuple(Piece(match.string[a:b], a, b) for a, b in spans)
    start = min(match.start(), *(a for a, _ in spans))
    return Edit(what, start, match.end(), pieces, sure, why)
