"""Where the words about one noun stand: its clause, the clauses on it and above it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.claims.reading import Clause, Reading
from kg.lexicon.grammar import words

CAUSES = words("causes")


class Scope(NamedTuple):
    """Where the words about one head stand: its own tokens, its clause, and the ranges that speak of it."""

    first: int
    last: int
    left: tuple[tuple[int, int], ...]
    right: tuple[tuple[int, int], ...]
    over: tuple[tuple[int, int], ...]


def scope(reading: Reading, first: int, last: int, stop: int | None = None) -> Scope:
    """Give the ranges that may speak of the head at `first:last`: its clause, relative clauses on it, those above it.

    `stop` cuts what stands to the right (where the next head begins).
    """
    clauses = reading.clauses
    k = reading.clause_of(first)
    own = clauses[k]
    end = own.last
    n = reading.clause_of(last - 1) + 1
    end = clauses[n - 1].last
    while n < len(clauses) and clauses[n].kind == "relative":
        end = clauses[n].last
        n += 1
    opened = reading.norm(own.first) in ("اما", "واما", "فاما")
    if opened and n < len(clauses) and reading.norm(clauses[n].first)[:1] == "ف":
        end = clauses[n].last
    if reading.norm(last) == ":" and _opens_line(reading, first):
        end, stop = len(reading.tokens), None
    if stop is not None:
        end = max(last, min(end, stop))
    return Scope(first, last, ((own.first, first),), ((last, end),), tuple(_above(reading, own)))


def _opens_line(reading: Reading, first: int) -> bool:
    return all(reading.tokens[k].kind in ("punct", "number") for k in range(first))


def _above(reading: Reading, own: Clause) -> Iterator[tuple[int, int]]:
    """Give the clauses above a complement; a relative counts where it reports («التقارير التي زعمت أن …»).

    What is given as a cause («لأن لدينا تعاونا») stands by itself.
    """
    clauses = reading.clauses
    clause = own
    while clause.kind in ("that", "and-that", "relative") and clause.parent >= 0:
        if reading.norm(clause.first) in CAUSES:
            return
        told = clause.kind != "relative" or reading.has(clause.first, clause.last, "say")
        clause = clauses[clause.parent]
        if told:
            yield clause.first, clause.last
