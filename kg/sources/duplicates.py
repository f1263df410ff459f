"""Documents that repeat one another: the same bytes, the same words, or nearly the same (republished wire copy)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from kg.model import Document
from kg.repair.words import bare
from kg.sources.extracts import digest

ALIKE = 0.6  # of the runs of three words that either text has, the share that both have

_CANDIDATE = 0.5
_PERMUTATIONS = 64
_RUN = 3
_FEW_RUNS = 20
_FEW_TEXTS = 100
_WORD = re.compile(r"\w+")


def witnesses(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Set `same_as` of each document that repeats another one; order and number stay.

    Of documents that repeat one another the earliest by date, then by name, is the witness, and the others name it.
    Two texts repeat each other if their bytes or their words are the same (harakat, tatweel and punctuation aside), or
    if at least `ALIKE` of their runs of three words are; texts of fewer than 20 runs must have the same words.
    """
    seen = _Seen(len(documents))
    order = sorted(documents, key=lambda one: (one.date or "9999", one.name))
    same_as = {document.name: seen.witness(document) for document in order}
    return tuple(one.model_copy(update={"same_as": same_as[one.name]}) for one in documents)


class _Seen:
    """The texts that were seen so far, each once, and found again by what they have in common with another.

    A few texts are compared each with each; of many, only those that MinHash finds to be near.
    """

    def __init__(self, count: int) -> None:
        self._exact: dict[str, str] = {}
        self._first: dict[str, Document] = {}
        self._near = _index() if count > _FEW_TEXTS else None
        self._runs: dict[str, set[str]] = {}

    def witness(self, document: Document) -> str | None:
        """Name the document that this one repeats; None where it is the first of its kind, and is kept."""
        words = _words(document.raw)
        keys = (document.sha256, digest(" ".join(words).encode()))
        same = next((self._exact[key] for key in keys if key in self._exact), None) or self._alike(document, words)
        for key in keys:
            self._exact.setdefault(key, same or document.name)
        return same

    def _alike(self, document: Document, words: Sequence[str]) -> str | None:
        runs = _runs(words)
        if len(runs) < _FEW_RUNS:
            return None
        sketch = _sketch(runs) if self._near else None
        for name in sorted(self._near.query(sketch) if self._near else self._runs):
            others = self._runs.get(name) or _runs(_words(self._first[name].raw))
            if len(runs & others) >= ALIKE * len(runs | others):
                return str(name)
        if self._near:
            self._near.insert(document.name, sketch)
            self._first[document.name] = document
        else:
            self._runs[document.name] = runs
        return None


def _index() -> Any:
    from datasketch import MinHashLSH

    return MinHashLSH(threshold=_CANDIDATE, num_perm=_PERMUTATIONS)


def _sketch(runs: set[str]) -> Any:
    from datasketch import MinHash

    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch([run.encode() for run in runs])
    return sketch


def _words(text: str) -> list[str]:
    return _WORD.findall(bare(unicodedata.normalize("NFKC", text)).casefold())


def _runs(words: Sequence[str]) -> set[str]:
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
