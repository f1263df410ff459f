"""Makes `adjacency.bin`: fits the vectors of `adjacency` to counts of word pairs. For maintainers; needs numpy.

Run `python -m kg.repair.learning FOLDER`, where FOLDER holds `ngram_plus1.pickle` of the package ar-corrector
1.1.6 (MIT): counts of 33 million pairs of neighbouring words. Half an hour on one core. The draws have a fixed seed:
the table in the package is what this command writes.
"""

from __future__ import annotations

import json
import pickle
import struct
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.repair.adjacency import END, START, TABLE
from kg.repair.words import bare, shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

WORDS, SIZE = 30_000, 48
BATCH, NEGATIVES, EPOCHS, RATE, DECAY = 100_000, 3, 3.0, 0.08, 1e-3


class _Counts(pickle.Unpickler):
    """Reads counters and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        allowed = {"Counter": Counter, "defaultdict": defaultdict}
        if module != "collections" or name not in allowed:
            raise pickle.UnpicklingError(f"{module}.{name} is not a counter")
        return allowed[name]


def read_pairs(file: BinaryIO) -> Counter[tuple[str, str]]:
    """Read the counts of pairs of bare words."""
    pairs: Counter[tuple[str, str]] = Counter()
    for first, seconds in _Counts(file).load().items():
        for second, count in seconds.items() if len(first) == 1 else ():
            pairs[bare(first[0]), bare(second)] += count
    return pairs


def name_words(pairs: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Keep the most frequent Arabic words and the marks of beginning and end; put shapes for all others."""
    seen: Counter[str] = Counter()
    for (first, second), count in pairs.items():
        seen[first] += count
        seen[second] += count
    arabic = (word for word in seen if word and "\u0621" <= word[0] <= "\u064a")
    kept = {START, END, *sorted(arabic, key=lambda word: (-seen[word], word))[:WORDS]}
    named: Counter[tuple[str, str]] = Counter()
    for (first, second), count in pairs.items():
        if first and second:
            named[first if first in kept else shape(first), second if second in kept else shape(second)] += count
    return named


def fit(firsts: Ints, seconds: Ints, counts: Floats, size: int) -> tuple[Floats, Floats]:
    """Fit two vectors to each of `size` names (skip-gram with negative samples, Adagrad, a fixed seed)."""
    import numpy as np

    chance = np.random.default_rng(0)
    left, right = (chance.normal(0, 0.1, (size, SIZE)).astype(np.float32) for _ in range(2))
    left[:, 0], right[:, 0], left[:, 1], right[:, 1] = 0, 1, 1, 0
    sums = [np.full((size, SIZE), 1e-3, np.float32) for _ in range(2)]
    bounds = [
        np.cumsum(c, dtype=np.float64) for c in (counts, np.bincount(firsts, counts), np.bincount(seconds, counts))
    ]
    truth = np.repeat(np.array([1, 0], np.float32), [BATCH, BATCH * NEGATIVES])
    steps = int(EPOCHS * bounds[0][-1] / BATCH)

    def draw(bound: Any, many: int) -> Any:
        return np.minimum(np.searchsorted(bound, chance.random(many) * bound[-1]), len(bound) - 1)

    for step in range(steps):
        real = draw(bounds[0], BATCH)
        a = np.concatenate([firsts[real], draw(bounds[1], BATCH * NEGATIVES)])
        b = np.concatenate([seconds[real], draw(bounds[2], BATCH * NEGATIVES)])
        logit = np.einsum("ij,ij->i", left[a], right[b]) - np.float32(np.log(NEGATIVES))
        error = truth - 1 / (1 + np.exp(-logit))
        rate = np.float32(RATE * (1 - 0.9 * step / steps))
        moves = (a, error[:, None] * right[b], left, sums[0], 1), (b, error[:, None] * left[a], right, sums[1], 0)
        for names, gradient, vectors, squares, fixed in moves:
            _move(names, gradient, vectors, squares, fixed, rate)
    return left, right


def _move(names: Any, gradient: Any, vectors: Floats, squares: Floats, fixed: int, rate: np.float32) -> None:
    """Add the gradients of one batch to the vectors of its names; column `fixed` is a bias of the other side."""
    import numpy as np

    order = np.argsort(names, kind="stable")
    which, begins = np.unique(names[order], return_index=True)
    summed = np.add.reduceat(gradient[order], begins, axis=0) - np.float32(DECAY) * vectors[which]
    summed[:, fixed] = 0
    squares[which] += summed * summed
    vectors[which] += rate * summed / np.sqrt(squares[which])


def pack(names: list[str], left: Floats, right: Floats) -> bytes:
    """Turn the vectors so that both sides weigh alike, quantize each to signed bytes, and compress all."""
    import numpy as np

    roots = [np.linalg.cholesky((v.T @ v).astype(np.float64) + 1e-6 * np.eye(SIZE)).T for v in (left, right)]
    turn, weights, back = np.linalg.svd(roots[0] @ roots[1].T)
    sides = (
        left @ np.linalg.inv(roots[0]) @ turn * np.sqrt(weights),
        right @ np.linalg.inv(roots[1]) @ back.T * np.sqrt(weights),
    )
    scales = [np.maximum(np.abs(side).max(1), 1e-9) / 127 for side in sides]
    head = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()
    parts = [struct.pack("<III", len(head), len(names), SIZE), head, *(s.astype("<f4").tobytes() for s in scales)]
    parts += [np.round(side / s[:, None]).astype(np.int8).tobytes() for side, s in zip(sides, scales, strict=True)]
    return zlib.compress(b"".join(parts), 9)


def main(folder: str) -> None:
    """Read the counts, fit, and write the table into the package."""
    import numpy as np

    with (Path(folder) / "ngram_plus1.pickle").open("rb") as file:
        pairs = name_words(read_pairs(file))
    names = sorted({name for pair in pairs for name in pair})
    index = {name: i for i, name in enumerate(names)}
    cells = sorted((index[a], index[b], count) for (a, b), count in pairs.items())
    firsts, seconds, counts = (np.array(column) for column in zip(*cells, strict=True))
    left, right = fit(firsts, seconds, counts.astype(np.float32), len(names))
    TABLE.write_bytes(pack(names, left, right))


if __name__ == "__main__":
    main(sys.argv[1])
