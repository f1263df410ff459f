"""The normal form: one spelling for what readers take for the same word."""

from __future__ import annotations

import re
import unicodedata
from array import array

from kg.offsets import MappedText

# Marks that belong to the letter before them: harakat, Koranic signs, superscript alef, tatweel.
_MARKS = (
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
)
# What nobody sees: soft hyphen, Arabic letter mark, zero-width and bidi marks, variation selectors, BOM.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
# Characters that may stand for several: ligatures and presentation forms, the ellipsis, a dotted capital I.
_WIDE = "\u0130\u0675-\u0678\u2025\u2026\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc"
_HAMZA_SEATS = {"و": "ؤ", "ي": "ئ", "ى": "ئ", "ی": "ئ"}

_mark = re.compile(f"[{_MARKS}]")
_unseen = re.compile(f"[{_UNSEEN}]")
_wide = re.compile(f"[{_WIDE}\uff01-\uff5e]")
_seated = re.compile("([ويىی])\u0654")
_uneven = re.compile(f"[ويىی]\u0654|[{_MARKS}]|[{_UNSEEN}]|[{_WIDE}]")

_ONE = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیېے", "ي"),
    **dict.fromkeys("ةۀۃہە", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("«»“”„‟‹›〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛`´", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **dict(zip("\u0130٪٫٬\u06d4", "i%.,.", strict=True)),
}


def _one(char: str) -> str:
    """Give what a single character becomes: nothing, another one, or several."""
    if char in _ONE:
        return _ONE[char]
    if _mark.match(char) or _unseen.match(char):
        return ""
    if _wide.match(char):
        plain = unicodedata.normalize("NFKC", char)
        return plain if plain == char else "".join(map(_one, plain.strip()))
    if char != "\n" and char.isspace():
        return " "
    digit = unicodedata.decimal(char, None)
    return char.lower() if digit is None else str(digit)


class _Table(dict[int, str]):
    """A translation table that fills itself as characters turn up."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _one(chr(code)))


_table = _Table()


def normal(text: str) -> str:
    """Give the normal form of a text, the key that names and cues are matched by.

    Presentation forms are unfolded; harakat, tatweel, superscript alef, zero-width and bidi marks, soft hyphens and
    BOM go; أإآٱ become ا, ى ي, ة ه, Persian ی ک Arabic ي ك; ؤ ئ ء stay. Digits become ASCII, quotation marks ", dashes
    -, line separators a newline, other white space a space; Latin letters small. The normal form of a normal form is
    itself.

    >>> normal("الـمملكة العربيّة «السعودية» – ٢٠٢٥")
    'المملكه العربيه "السعوديه" - 2025'
    """
    if "\u0654" in text:
        text = _seated.sub(lambda match: _HAMZA_SEATS[match[1]], text)
    return text.translate(_table)


def normalize(mapped: MappedText) -> MappedText:
    """Give the normal form with offsets: `normalize(m).text == normal(m.text)`, spans in the same raw text.

    A mark that goes widens the span of the letter that it stood on, so that slices keep it.

    >>> normalize(MappedText.of("دُوَلٌ")).raw_span(2, 3)
    (4, 6)
    """
    source, starts, ends = mapped.text, array("I"), array("I")
    pieces: list[str] = []
    done = 0
    for match in _uneven.finditer(source):
        at, after = match.span()
        pieces.append(source[done:at].translate(_table))
        starts += mapped.starts[done:at]
        ends += mapped.ends[done:at]
        found = normal(match[0])
        if found:
            start, end = mapped.raw_span(at, after)
            pieces.append(found)
            starts.extend([start] * len(found))
            ends.extend([end] * len(found))
        elif ends and ends[-1] == mapped.starts[at] and _mark.match(match[0]):
            ends[-1] = mapped.ends[at]
        done = after
    pieces.append(source[done:].translate(_table))
    starts += mapped.starts[done:]
    ends += mapped.ends[done:]
    return MappedText("".join(pieces), starts, ends)
