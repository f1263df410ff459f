"""Which actors a network ties to each other, and the ways that lead from one to another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.drawing import Graph


@dataclass(frozen=True)
class Step:
    """One step of a path: two actors and the ids of the agreements that tie them, sorted."""

    source: str
    target: str
    agreements: tuple[str, ...]


def is_hub(graph: Graph, node: str) -> bool:
    """Tell whether a node stands for an agreement, not for an actor."""
    return bool(graph.nodes[node]["type"] == "agreement")


def members_of(graph: Graph) -> dict[str, set[str]]:
    """Give the actors that each agreement ties, by agreement id."""
    members: dict[str, set[str]] = defaultdict(set)
    for source, target, agreement in graph.edges(keys=True):
        members[agreement] |= {node for node in (source, target) if not is_hub(graph, node)}
    return members


def ties(graph: Graph) -> nx.Graph[str]:
    """Give the simple graph of actors; `agreements` of an edge are the sorted ids of what ties the two."""
    import networkx as nx

    tied: nx.Graph[str] = nx.Graph()
    tied.add_nodes_from(sorted(node for node in graph if not is_hub(graph, node)))
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, agreement in graph.edges(keys=True):
        if source != target and not is_hub(graph, source) and not is_hub(graph, target):
            pairs[min(source, target), max(source, target)].add(agreement)
    for hub in sorted(node for node in graph if is_hub(graph, node)):
        around = sorted({*graph.predecessors(hub), *graph.successors(hub)})
        for pair in combinations(around, 2):
            pairs[pair].add(hub)
    for (one, other), ids in sorted(pairs.items()):
        tied.add_edge(one, other, agreements=tuple(sorted(ids)), weight=len(ids))
    return tied


def shortest_path(graph: Graph, source: str, target: str) -> list[Step]:
    """Give the fewest steps from one actor to another, or nothing where no chain of agreements joins them.

    Of several the same one is always chosen. Raises QueryError for an actor that the network does not hold.
    """
    import networkx as nx

    tied = ties(graph)
    _require(tied, source)
    _require(tied, target)
    try:
        path = nx.shortest_path(tied, source, target)
    except nx.NetworkXNoPath:
        return []
    return [Step(one, other, tied.edges[one, other]["agreements"]) for one, other in pairwise(path)]


def neighbourhood(graph: Graph, actor: str, distance: int = 1) -> Graph:
    """Give the part of a network within so many steps of an actor, with the agreements among those actors.

    Raises QueryError for an actor that the network does not hold.
    """
    import networkx as nx

    tied = ties(graph)
    _require(tied, actor)
    near = set(nx.single_source_shortest_path_length(tied, actor, cutoff=distance))
    members = members_of(graph)
    hubs = {node for node in graph if is_hub(graph, node) and len(members[node] & near) > 1}
    return graph.subgraph(near | hubs).copy()


def _require(ties: nx.Graph[str], actor: str) -> None:
    if actor not in ties:
        raise QueryError(f"no actor {actor!r} in this network; it has {len(ties)} actors, such as {_some(ties)}")


def _some(ties: nx.Graph[str]) -> str:
    return ", ".join(sorted(ties, key=lambda node: (-ties.degree(node), node))[:5]) or "none"
