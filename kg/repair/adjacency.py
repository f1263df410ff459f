"""How well two Arabic words stand side by side: log ratios counted on 33 million pairs of running text.

The table `adjacency.bin` is made by `python -m kg.repair.adjacency FOLDER` from the counts of word pairs that
the package ar-corrector 1.1.6 (MIT) ships; its texts are news and book reviews. It holds three layers: the most
frequent words by themselves, every other word by its shape (`words.shape`), and the pairs of whole words whose
count differs most from what their shapes foretell.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.repair.words import core, ends_clause, ends_sentence, shape

START, END = "<s>", "<e>"
SCALE = 16
TABLE = Path(__file__).with_name("adjacency.bin")


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The log ratios of pairs: P(a b) against P(a) P(b), natural log, quantized to 1/16, within ±7.9."""

    classes: dict[str, int]
    cells: array[int]
    keys: array[int]
    values: array[int]

    def words(self, first: str, second: str) -> float:
        """Score two bare words, or the marks `START` and `END`; 0 means: as often as by chance."""
        key = pair_key(first, second)
        at = bisect_left(self.keys, key)
        if at < len(self.keys) and self.keys[at] == key:
            return self.values[at] / SCALE
        row, column = self._class(first), self._class(second)
        return self.cells[row * len(self.classes) + column] / SCALE if row >= 0 and column >= 0 else 0.0

    def tokens(self, first: str, second: str) -> float:
        """Score two tokens as they stand in a line: after punctuation a clause begins."""
        left, right = core(first), core(second)
        if not left or not right:
            return 0.0
        return self.words(START if ends_clause(first) else left, right)

    def break_between(self, first: str, second: str) -> float:
        """Score a clause that ends with the first token and another that begins with the second."""
        right = core(second)
        begin = self.words(START, right) if right else 0.0
        return begin if ends_sentence(first) or not core(first) else begin + self.words(core(first), END)

    def _class(self, word: str) -> int:
        found = self.classes.get(word)
        return self.classes.get(shape(word), -1) if found is None else found


def pair_key(first: str, second: str) -> int:
    """Hash a pair of words to 32 bits."""
    return zlib.crc32(f"{first} {second}".encode("utf-8", "surrogatepass"))


@cache
def adjacency() -> Adjacency:
    """Read the table that comes with the package; 20 ms, once."""
    data = zlib.decompress(TABLE.read_bytes())
    head, pairs = struct.unpack_from("<II", data)
    names = json.loads(data[8 : 8 + head])
    at = 8 + head
    cells = array("b", data[at : at + len(names) ** 2])
    at += len(names) ** 2
    keys = array("I")
    keys.frombytes(data[at : at + 4 * pairs])
    if sys.byteorder == "big":
        keys.byteswap()
    return Adjacency({n: i for i, n in enumerate(names)}, cells, keys, array("b", data[at + 4 * pairs :]))
