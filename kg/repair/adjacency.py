"""How well two Arabic words stand side by side: a log ratio learned from 33 million pairs of running text.

The table `adjacency.bin` holds two short vectors for each of the 30,000 most frequent words, and for the shapes
(`words.shape`) of all others: one for the word as the first of a pair, one as the second. Their product approaches
log P(a b) / P(a) P(b). They were fitted (skip-gram with negative sampling, window of one word to the right) to the
counts of word pairs that the package ar-corrector 1.1.6 (MIT) ships; its texts are news and book reviews.
"""

from __future__ import annotations

import json
import math
import re
import struct
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from pathlib import Path

from kg.repair.words import core, ends_clause, ends_sentence, shape

START, END = "<s>", "<e>"
CLAUSE_WEIGHT = 0.8
CONJOINED = 0.5
OPENERS = {
    word: bonus
    for bonus, words in (
        (1.5, "أما كما لكن لقد كذلك هل"),
        (0.5, "ثم إذ بل رغم هذا هذه هناك لن لا إن"),
        (-1.5, "أن عن إلى على أي"),
    )
    for word in words.split()
}
FORMS = (
    (re.compile("#[وف]"), 1.6),
    (re.compile("#ال"), -1.6),
    (re.compile("#[بكل]"), -1.0),
    (re.compile(".*(?:ها|هم|ه|نا)$"), -0.7),
)
TRUST = 0.5
NOT_ONLY, BUT = frozenset("فحسب فقط وحسب وحده وحدها".split()), frozenset("بل وإنما ولكن".split())
GOVERNORS = frozenset(
    "كامل جميع كل معظم سائر مختلف كافة غير عدم في على إلى عن مع بين ضد خلال بشأن نحو لدى ذات ذو".split()
)
NO_NOUNS = frozenset("سوف قد لقد فقد لن لم ثم حيث بل لكن ولكن".split())
CORRELATED, UNGOVERNED = 4.0, 5.0
TABLE = Path(__file__).with_name("adjacency.bin")


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The vectors of words and shapes, `size` signed bytes each, with the scale of each vector."""

    names: dict[str, int]
    size: int
    scales: tuple[array[float], array[float]]
    vectors: tuple[array[int], array[int]]
    memo: dict[tuple[int, int], float] = field(default_factory=dict)

    def words(self, first: str, second: str) -> float:
        """Score two bare words, or the marks `START` and `END`; 0 means: as often as by chance.

        >>> beside = adjacency()
        >>> beside.words("الولايات", "المتحدة") > 5 > 0 > beside.words("المتحدة", "الولايات")
        True
        """
        key = self._index(first), self._index(second)
        if min(key) < 0:
            return 0.0
        found = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._product(*key)
        return found

    def _index(self, word: str) -> int:
        found = self.names.get(word)
        return self.names.get(shape(word), -1) if found is None else found

    def _product(self, first: int, second: int) -> float:
        left = self.vectors[0][first * self.size : (first + 1) * self.size]
        right = self.vectors[1][second * self.size : (second + 1) * self.size]
        product: int = sum(map(mul, left, right))
        return product * self.scales[0][first] * self.scales[1][second]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The scores of pairs in one text: what the table foretells, corrected by the pairs that the text has."""

    table: Adjacency
    pairs: Counter[tuple[str, str]]
    singles: Counter[str]
    total: int

    @classmethod
    def of(cls, pairs: Iterable[Counter[tuple[str, str]]], lines: Iterable[Sequence[str]]) -> Neighbours:
        """Count the pairs and words of the lines of a text."""
        summed: Counter[tuple[str, str]] = Counter()
        for line in pairs:
            summed.update(line)
        singles = Counter(word for line in lines for token in line if (word := core(token)))
        return cls(adjacency(), summed, singles, max(1, singles.total()))

    def tokens(self, first: str, second: str, own: int = 0) -> float:
        """Score two tokens as they stand in a line; `own` times the line itself gave the pair."""
        left, right = core(first), core(second)
        if not left or not right:
            return 0.0
        if ends_sentence(first):
            return self.opening(second)
        if ends_clause(first):
            return CLAUSE_WEIGHT * self.table.words(START, right) + _goes_on(left, right)
        return self._pair(left, right, own) - (UNGOVERNED if left in GOVERNORS and _is_no_noun(right) else 0.0)

    def opening(self, token: str) -> float:
        """Score a token at the beginning of a sentence."""
        word = core(token)
        if not word:
            return 0.0
        return CLAUSE_WEIGHT * self.table.words(START, word) + _opens(word)

    def break_between(self, first: str, second: str) -> float:
        """Score a sentence that ends with the first token and another that begins with the second."""
        closing = 0.0 if ends_sentence(first) or not core(first) else self.table.words(core(first), END)
        return closing + self.opening(second)

    def _pair(self, first: str, second: str, own: int) -> float:
        score = self.table.words(first, second)
        seen = self.pairs[first, second] - own
        if seen <= 0:
            return score
        chance = self.singles[first] * self.singles[second] / self.total
        return math.log((seen + TRUST * math.exp(score)) / (chance + TRUST))


@cache
def adjacency() -> Adjacency:
    """Read the table that comes with the package; 50 ms, once."""
    data = zlib.decompress(TABLE.read_bytes())
    head, count, size = struct.unpack_from("<III", data)
    at = 12 + head
    names = json.loads(data[12:at])
    scales = _floats(data[at : at + 4 * count]), _floats(data[at + 4 * count : at + 8 * count])
    at += 8 * count
    middle = at + size * count
    vectors = array("b", data[at:middle]), array("b", data[middle:])
    return Adjacency({name: i for i, name in enumerate(names)}, size, scales, vectors)


@cache
def _opens(word: str) -> float:
    """Give how much oftener a sentence opens with a word, by its form, than the table foretells.

    Measured on 6,600 paragraphs of news, rounded, and drawn half way towards zero for other kinds of text.
    """
    if word in OPENERS:
        return OPENERS[word]
    form = shape(word)
    return next((bonus for pattern, bonus in FORMS if pattern.match(form)), 0.0)


def _is_no_noun(word: str) -> bool:
    """Tell whether a word is a particle or a verb in the future, which nothing governs in the genitive."""
    return word in NO_NOUNS or shape(word).startswith("#س")


def _goes_on(left: str, right: str) -> float:
    """Give how much a word after a comma shows that the sentence goes on: «not only, but», or a conjunction."""
    if left in NOT_ONLY and right in BUT:
        return CORRELATED
    return CONJOINED if shape(right)[1:2] in ("و", "ف") else 0.0


def _floats(data: bytes) -> array[float]:
    found = array("f", data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
