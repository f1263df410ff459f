"""Agreements as a network of actors: who is tied to whom, how central each is, and where to draw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.lexicon import ActorRow, CompanyRow, GroupRow, Lexicon, OrganizationRow, StateRow
from kg.model import Agreement, Party

if TYPE_CHECKING:
    import networkx as nx

    from ontology import Vocabulary

    Graph = nx.MultiDiGraph[str]

MOST_LINES = 6
TYPES: tuple[tuple[type[ActorRow], str], ...] = (
    (StateRow, "state"),
    (OrganizationRow, "organization"),
    (GroupRow, "group"),
    (CompanyRow, "company"),
)


@dataclass(frozen=True)
class Line:
    """One line of an agreement between two nodes, with the part that each end has in it."""

    source: str
    target: str
    source_role: str
    target_role: str
    directed: bool = False


@dataclass(frozen=True)
class Measure:
    """How an actor stands in a network.

    `agreements` counts those it is bound by, `partners` the actors that they tie it to; `betweenness` is the share
    (0 to 1) of shortest paths between others that pass through it; `community` numbers its cluster, 0 the largest.
    """

    actor: str
    agreements: int
    partners: int
    betweenness: float
    community: int


@dataclass(frozen=True)
class Step:
    """One step of a path: two actors and the ids of the agreements that tie them, sorted."""

    source: str
    target: str
    agreements: tuple[str, ...]


def build(agreements: Iterable[Agreement], lexicon: Lexicon, vocabulary: Vocabulary) -> Graph:
    """Draw the agreements as a directed multigraph; the key of an edge is the id of its agreement.

    Nodes are actors, with `ar`, `en`, `type` (state, organization, group, company, other), `lat`, `lon` (of the
    capital, the headquarters, or the capital of the state that it belongs to; None where not known). Edges carry
    `agreement`, `kind`, `status`, `certainty`, `contested`, `source_role`, `target_role` and `directed`; an edge that
    is not directed runs from the smaller id to the larger. A directed kind goes from the roles that the vocabulary
    names to the others (supplier to recipient, operator to host, member to organization). An actor alone is tied to
    itself. An agreement that would take more than six lines becomes a node of its own (`type` "agreement"), tied to
    each of its parties: a star of six reads better than fifteen lines that cross. Opponents and targets are nodes,
    but no line ties them to an arrangement that they are outside of.
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    ordered = sorted(agreements, key=lambda agreement: agreement.id)
    for actor in sorted({actor for agreement in ordered for actor in _actors(agreement)}):
        graph.add_node(actor, **_actor_node(actor, lexicon))
    for agreement in ordered:
        lines = _lines(agreement, vocabulary)
        if any(agreement.id in (line.source, line.target) for line in lines):
            graph.add_node(agreement.id, **_hub_node(agreement))
        for line in lines:
            graph.add_edge(line.source, line.target, key=agreement.id, **_edge(agreement, line))
    return graph


def _actors(agreement: Agreement) -> set[str]:
    parties = {party.actor for party in agreement.parties}
    return parties | {agreement.organization} if agreement.organization else parties


def _actor_node(actor: str, lexicon: Lexicon) -> dict[str, Any]:
    row = lexicon.actors.get(actor)
    ar, en = lexicon.label(actor)
    kind = next((name for cls, name in TYPES if isinstance(row, cls)), "other")
    if row and row.lat is None and isinstance(row, GroupRow | CompanyRow) and row.state:
        row = lexicon.actors.get(row.state)
    return {"ar": ar, "en": en, "type": kind, "lat": row.lat if row else None, "lon": row.lon if row else None}


def _hub_node(agreement: Agreement) -> dict[str, Any]:
    return {"ar": agreement.label_ar, "en": agreement.label_en, "type": "agreement", "lat": None, "lon": None}


def _edge(agreement: Agreement, line: Line) -> dict[str, Any]:
    return {
        "agreement": agreement.id,
        "kind": agreement.kind,
        "status": agreement.status,
        "certainty": agreement.certainty,
        "contested": agreement.contested,
        "source_role": line.source_role,
        "target_role": line.target_role,
        "directed": line.directed,
    }


def outsiders(vocabulary: Vocabulary) -> frozenset[str]:
    """Give the roles of those whom an arrangement does not bind: no kind draws a line to them."""
    drawn = {role for kind in vocabulary.kinds.values() for role in kind.draw_roles}
    return frozenset(vocabulary.roles.keys() - drawn)


def _lines(agreement: Agreement, vocabulary: Vocabulary) -> list[Line]:
    drawn = vocabulary.kinds.get(agreement.kind)
    outside = outsiders(vocabulary)
    bound = sorted({p.actor: p for p in agreement.parties if p.role not in outside}.values(), key=lambda p: p.actor)
    leave = [p for p in bound if drawn and p.role in drawn.directed_from]
    reach = [p for p in bound if drawn and p.role in drawn.directed_to]
    if agreement.organization:
        leave, reach = bound, [Party(actor=agreement.organization, role="organization")]
    lines = _arrows(leave, reach, bound) if leave and reach else _pairs(bound)
    if len(lines) > MOST_LINES and len(lines) > len(bound):
        return _star(agreement.id, bound, leave if reach else [], reach)
    return lines


def _arrows(leave: list[Party], reach: list[Party], bound: list[Party]) -> list[Line]:
    arrows = [
        Line(source.actor, target.actor, source.role, target.role, directed=True)
        for source, target in product(leave, reach)
        if source.actor != target.actor
    ]
    others = [party for party in bound if party not in leave and party not in reach]
    return arrows + [_plain(other, target) for other, target in product(others, reach) if other.actor != target.actor]


def _pairs(bound: list[Party]) -> list[Line]:
    if len(bound) == 1:
        return [_plain(bound[0], bound[0])]
    return [_plain(one, other) for one, other in combinations(bound, 2)]


def _plain(one: Party, other: Party) -> Line:
    first, second = sorted((one, other), key=lambda party: party.actor)
    return Line(first.actor, second.actor, first.role, second.role)


def _star(hub: str, bound: list[Party], leave: list[Party], reach: list[Party]) -> list[Line]:
    lines = []
    for party in sorted({party.actor: party for party in [*bound, *reach]}.values(), key=lambda party: party.actor):
        if leave and party in reach:
            lines.append(Line(hub, party.actor, "agreement", party.role, directed=True))
        else:
            lines.append(Line(party.actor, hub, party.role, "agreement", directed=party in leave))
    return lines


def _is_hub(graph: Graph, node: str) -> bool:
    return bool(graph.nodes[node]["type"] == "agreement")


def _members(graph: Graph) -> dict[str, set[str]]:
    """Give the actors that each agreement ties, by agreement id."""
    members: dict[str, set[str]] = defaultdict(set)
    for source, target, agreement in graph.edges(keys=True):
        members[agreement] |= {node for node in (source, target) if not _is_hub(graph, node)}
    return members


def _ties(graph: Graph) -> nx.Graph[str]:
    """Give the simple graph of actors; `agreements` of an edge are the sorted ids of what ties the two."""
    import networkx as nx

    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(sorted(node for node in graph if not _is_hub(graph, node)))
    pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, agreement in graph.edges(keys=True):
        if source != target and not _is_hub(graph, source) and not _is_hub(graph, target):
            pairs[min(source, target), max(source, target)].add(agreement)
    for hub in sorted(node for node in graph if _is_hub(graph, node)):
        around = sorted({*graph.predecessors(hub), *graph.successors(hub)})
        for pair in combinations(around, 2):
            pairs[pair].add(hub)
    for (one, other), ids in sorted(pairs.items()):
        ties.add_edge(one, other, agreements=tuple(sorted(ids)), weight=len(ids))
    return ties


def measures(graph: Graph) -> list[Measure]:
    """Measure every actor, the one with most agreements first, then by id.

    Communities are Louvain's, on the number of agreements between two actors, with a fixed seed; betweenness is exact
    and rounded to 6 decimals. An actor's tie to itself counts as an agreement and for nothing else.
    """
    import networkx as nx

    ties = _ties(graph)
    names = list(ties)
    numbered = _numbered(ties)
    between = nx.betweenness_centrality(numbered)
    cluster = _communities(numbered)
    counts: dict[str, int] = defaultdict(int)
    for members in _members(graph).values():
        for actor in members:
            counts[actor] += 1
    rows = [
        Measure(name, counts[name], ties.degree(name), round(between[index], 6), cluster[index])
        for index, name in enumerate(names)
    ]
    return sorted(rows, key=lambda row: (-row.agreements, row.actor))


def _numbered(ties: nx.Graph[str]) -> nx.Graph[int]:
    import networkx as nx

    number = {name: index for index, name in enumerate(ties)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(number.values())
    numbered.add_edges_from(
        (number[one], number[other], {"weight": found["weight"]}) for one, other, found in ties.edges(data=True)
    )
    return numbered


def _communities(numbered: nx.Graph[int]) -> dict[int, int]:
    # Numbers, not names: the hash of a string changes from run to run, and with it the order of a set.
    import networkx as nx

    found = nx.community.louvain_communities(numbered, weight="weight", seed=1) if numbered else []
    ordered = sorted((sorted(community) for community in found), key=lambda members: (-len(members), members))
    return {node: index for index, members in enumerate(ordered) for node in members}


def shortest_path(graph: Graph, source: str, target: str) -> list[Step]:
    """Give the fewest steps from one actor to another, or nothing where no chain of agreements joins them.

    Of several the same one is always chosen. Raises QueryError for an actor that the network does not hold.
    """
    import networkx as nx

    ties = _ties(graph)
    _require(ties, source)
    _require(ties, target)
    try:
        path = nx.shortest_path(ties, source, target)
    except nx.NetworkXNoPath:
        return []
    return [Step(one, other, ties.edges[one, other]["agreements"]) for one, other in pairwise(path)]


def neighbourhood(graph: Graph, actor: str, distance: int = 1) -> Graph:
    """Give the part of a network within so many steps of an actor, with the agreements among those actors.

    Raises QueryError for an actor that the network does not hold.
    """
    import networkx as nx

    ties = _ties(graph)
    _require(ties, actor)
    near = set(nx.single_source_shortest_path_length(ties, actor, cutoff=distance))
    members = _members(graph)
    hubs = {node for node in graph if _is_hub(graph, node) and len(members[node] & near) > 1}
    return graph.subgraph(near | hubs).copy()


def _require(ties: nx.Graph[str], actor: str) -> None:
    if actor not in ties:
        raise QueryError(f"no actor {actor!r} in this network; it has {len(ties)} actors, such as {_some(ties)}")


def _some(ties: nx.Graph[str]) -> str:
    return ", ".join(sorted(ties, key=lambda node: (-ties.degree(node), node))[:5]) or "none"


def layout(graph: Graph) -> dict[str, tuple[float, float]]:
    """Place every node, in pixels around the origin, rounded to 1 decimal: the same on every machine and in every run.

    Forces (ties pull, nodes push, a weak pull to the middle that is weaker sideways, because screens are wide), then
    nodes that would cover each other's names are moved apart. Only sums, products and roots in a fixed order are
    used, which IEEE 754 makes equal everywhere. Time and memory grow with the square of the number of nodes.
    """
    from kg.network.placing import place

    nodes = list(graph)
    index = {node: number for number, node in enumerate(nodes)}
    pulls: dict[tuple[int, int], int] = defaultdict(int)
    for source, target in graph.edges():
        if source != target:
            pulls[index[source], index[target]] += 1
    widths = [_label_width(graph.nodes[node]) for node in nodes]
    return dict(zip(nodes, place(len(nodes), pulls, widths), strict=True))


def _label_width(node: Mapping[str, Any]) -> float:
    return 24.0 + 6.5 * min(26, max(len(node["ar"]), len(node["en"])))


def picture(graph: Graph) -> dict[str, list[dict[str, Any]]]:
    """Give the network as plain rows to draw: `nodes` with their place and measures, and `edges`, both sorted.

    Nodes have `id`, `ar`, `en`, `type`, `lat`, `lon`, `x`, `y`, and actors `agreements`, `partners`, `betweenness`,
    `community`. Edges have `source`, `target` and the attributes that `build` gives them.
    """
    places = layout(graph)
    found = {row.actor: row for row in measures(graph)}
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
