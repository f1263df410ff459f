"""Proclitics: the little words that Arabic writes together with the next one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_VERB_STARTS = "يتنا"


class Split(NamedTuple):
    """A way to take a word apart: its proclitics from the outside in, and what remains."""

    proclitics: tuple[str, ...]
    stem: str


def _article(word: str) -> Iterator[Split]:
    """Take off the article, or leave it."""
    yield Split((), word)
    if word.startswith("ال"):
        yield Split(("ال",), word[2:])


def _preposition(word: str) -> Iterator[Split]:
    """Take off ب ل ك with or without an article, or the س of the future."""
    yield from _article(word)
    if word[:1] in ("ب", "ل", "ك"):
        yield from (Split((word[0], *inner.proclitics), inner.stem) for inner in _article(word[1:]))
    if word.startswith("لل"):
        # The alef of the article is not written after ل, and a stem with its own ل loses that one too (للجنة).
        yield Split(("ل", "ال"), word[2:])
        yield Split(("ل", "ال"), word[1:])
    if word[:1] == "س" and word[1:2] and word[1] in _VERB_STARTS:
        yield Split(("س",), word[1:])


def _conjunction(word: str) -> Iterator[Split]:
    """Take off و or ف, and then what follows it."""
    yield from _preposition(word)
    if word[:1] in ("و", "ف"):
        yield from (Split((word[0], *inner.proclitics), inner.stem) for inner in _preposition(word[1:]))


@lru_cache(maxsize=65536)
def splits(norm_word: str) -> tuple[Split, ...]:
    """Give all ways to take proclitics off a word in normal form, fewest first; the first takes off none.

    Stems keep at least two letters. Which of them are words is for the lexicon to say.

    >>> [split.stem for split in splits("والسعوديه")]
    ['والسعوديه', 'السعوديه', 'سعوديه']
    >>> splits("للعراق")[-2]
    Split(proclitics=('ل', 'ال'), stem='عراق')
    """
    found = dict.fromkeys(split for split in _conjunction(norm_word) if not split.proclitics or len(split.stem) > 1)
    return tuple(sorted(found, key=lambda split: len(split.proclitics)))
