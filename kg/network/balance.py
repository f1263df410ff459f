"""Structural balance: whether the friends of friends are friends, and the enemies of enemies.

After Cartwright and Harary (1956, doi:10.1037/h0046049): a triangle of signed ties is balanced where the product of
its signs is positive, all three friends, or two friends with a common enemy.

Two actors are friends (+) where more agreements tie them than set them against each other, enemies (-) where fewer do,
and without a sign where as many do. An agreement sets its parties against those whom the texts call its target
(`against`) and its outside opponents (`opponent`). An armistice ties enemies, and makes nobody a friend. A base on
another's soil counts as a tie, with the host's consent or without: the claims do not tell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.network.ties import ties

if TYPE_CHECKING:
    from kg.network.drawing import Graph

_BETWEEN_ENEMIES = frozenset({"armistice"})
_BALANCED = (0, 2)  # numbers of enmities in a balanced triangle


@dataclass(frozen=True)
class Count:
    """How many signed triangles there are, by the number of enmities in each (0 to 3)."""

    by_enmities: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def total(self) -> int:
        """Count all triangles."""
        return sum(self.by_enmities)

    @property
    def balanced(self) -> float | None:
        """Give the share (0 to 1) that is balanced, rounded to 6 decimals; None where there is no triangle."""
        return round(sum(self.by_enmities[one] for one in _BALANCED) / self.total, 6) if self.total else None


@dataclass(frozen=True)
class Triads:
    """The signed triangles of a network, all together and actor by actor."""

    every: Count
    by_actor: Mapping[str, Count] = field(default_factory=dict)

    def of(self, actor: str) -> Count:
        """Count the triangles that an actor stands in."""
        return self.by_actor.get(actor, Count())


def signs(graph: Graph) -> dict[tuple[str, str], int]:
    """Give the sign, 1 or -1, of each pair of actors that has one; the smaller id comes first."""
    kinds = {key: known["kind"] for _, _, key, known in graph.edges(keys=True, data=True)}
    weights: Counter[tuple[str, str]] = Counter()
    for one, other, known in ties(graph).edges(data=True):
        friendly = sum(kinds[name] not in _BETWEEN_ENEMIES for name in known["agreements"])
        weights[min(one, other), max(one, other)] += friendly
    for one, other, _ in graph.graph.get("rivals", ()):
        weights[min(one, other), max(one, other)] -= 1
    return {pair: 1 if weight > 0 else -1 for pair, weight in sorted(weights.items()) if weight}


def triads(graph: Graph) -> Triads:
    """Count the signed triangles of a network by the number of enmities in each."""
    every: Counter[int] = Counter()
    by_actor: dict[str, Counter[int]] = defaultdict(Counter)
    for triangle, enmities in _triangles(signs(graph)):
        every[enmities] += 1
        for actor in triangle:
            by_actor[actor][enmities] += 1
    return Triads(_count(every), {actor: _count(found) for actor, found in by_actor.items()})


def _triangles(signed: Mapping[tuple[str, str], int]) -> Iterator[tuple[tuple[str, str, str], int]]:
    after: dict[str, set[str]] = defaultdict(set)
    for one, other in signed:
        after[one].add(other)
    for (one, other), sign in signed.items():
        for third in after[one] & after[other]:
            signs_of = (sign, signed[one, third], signed[other, third])
            yield (one, other, third), signs_of.count(-1)


def _count(found: Counter[int]) -> Count:
    return Count((found[0], found[1], found[2], found[3]))
