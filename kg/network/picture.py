"""Where the actors of a network are drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.network.measuring import Measure, measures

if TYPE_CHECKING:
    from kg.network.drawing import Graph


def layout(graph: Graph, homes: Mapping[str, int] | None = None) -> dict[str, tuple[float, float]]:
    """Place every node, in pixels around the origin, rounded to 1 decimal: the same on every machine and in every run.

    Forces (ties pull, nodes push, a weak pull to the middle that is weaker sideways, because screens are wide), then
    nodes that would cover each other's names are moved apart. Only sums, products and roots in a fixed order are
    used, which IEEE 754 makes equal everywhere. Time and memory grow with the square of the number of nodes; where
    `homes` numbers the communities of actors, large networks are placed community by community, in the square of the
    largest.
    """
    from kg.network.placing import place

    nodes = list(graph)
    index = {node: number for number, node in enumerate(nodes)}
    pulls: dict[tuple[int, int], int] = defaultdict(int)
    for source, target in graph.edges():
        if source != target:
            pulls[index[source], index[target]] += 1
    widths = [_label_width(graph.nodes[node]) for node in nodes]
    return dict(zip(nodes, place(len(nodes), pulls, widths, _homes(graph, nodes, homes or {})), strict=True))


def _homes(graph: Graph, nodes: Sequence[str], known: Mapping[str, int]) -> list[int]:
    """Give the community of every node; an agreement is at home with the first of its parties."""
    if not known:
        return []
    firsts = {node: min([*graph.predecessors(node), *graph.successors(node)]) for node in nodes if node not in known}
    return [known[firsts.get(node, node)] for node in nodes]


def _label_width(node: Mapping[str, Any]) -> float:
    return 24.0 + 6.5 * min(26, max(len(node["ar"]), len(node["en"])))


def picture(graph: Graph) -> dict[str, list[dict[str, Any]]]:
    """Give the network as plain rows to draw: `nodes` with their place and measures, and `edges`, both sorted.

    Nodes have `id`, `ar`, `en`, `type`, `lat`, `lon`, `x`, `y`, and actors `agreements`, `partners`, `betweenness`,
    `community`. Edges have `source`, `target` and the attributes that `build` gives them.
    """
    found = {row.actor: row for row in measures(graph)}
    places = layout(graph, {actor: row.community for actor, row in found.items()})
    return {
        "nodes": [_node_row(graph, node, places[node], found.get(node)) for node in sorted(graph)],
        "edges": sorted(_edge_rows(graph), key=lambda row: (row["agreement"], row["source"], row["target"])),
    }


def _node_row(graph: Graph, node: str, place: tuple[float, float], found: Measure | None) -> dict[str, Any]:
    row = {"id": node, **graph.nodes[node], "x": place[0], "y": place[1]}
    if found:
        row |= {"agreements": found.agreements, "partners": found.partners}
        row |= {"betweenness": found.betweenness, "community": found.community}
    return row


def _edge_rows(graph: Graph) -> Iterator[dict[str, Any]]:
    for source, target, attributes in graph.edges(data=True):
        yield {"source": source, "target": target, **attributes}
