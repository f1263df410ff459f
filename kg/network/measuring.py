"""How central each actor of a network is, and how the whole holds together.

All measures look at the simple graph of actors: two actors are tied where at least one agreement binds both, and the
weight of the tie is the number of such agreements. An actor's tie to itself counts as an agreement and for nothing
else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from kg.network.balance import Triads, triads
from kg.network.ties import members_of, ties

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.drawing import Graph

DIGITS = 6


@dataclass(frozen=True)
class Measure:
    """How an actor stands in a network.

    - `agreements`: how many it is bound by;
    - `partners`: its degree, the number of actors that they tie it to (Freeman 1978, doi:10.1016/0378-8733(78)90021-7);
    - `strength`: the sum of the weights of its ties (Barrat and others 2004, doi:10.1073/pnas.0400087101);
    - `betweenness`: the share (0 to 1) of shortest paths between others that pass through it (Freeman 1977,
      doi:10.2307/3033543; the algorithm is Brandes 2001, doi:10.1080/0022250X.2001.9990249), weights not counted;
    - `community`: the number of its cluster, 0 the largest (Louvain: Blondel and others 2008,
      doi:10.1088/1742-5468/2008/10/P10008), by weight, with a fixed seed;
    - `core`: whether it belongs to the core of the network (see `core`);
    - `triads` and `balanced`: in how many signed triangles it stands, and the share of them that is balanced (see
      `kg.network.balance`); None where it stands in none.
    """

    actor: str
    agreements: int
    partners: int
    strength: int
    betweenness: float
    community: int
    core: bool
    triads: int
    balanced: float | None


@dataclass(frozen=True)
class Whole:
    """What can be said of a network as a whole.

    `density` is the share of pairs that are tied; `modularity` how much weight lies within the communities beyond
    what chance would give (Newman and Girvan 2004, doi:10.1103/PhysRevE.69.026113); `core_fit` the correlation
    (-1 to 1) of the ties with an ideal core and periphery. A number that is not defined (no tie, say) is None.
    """

    actors: int
    agreements: int
    ties: int
    components: int
    density: float | None
    communities: int
    modularity: float | None
    core: tuple[str, ...]
    core_fit: float | None
    triads: Triads


def measures(graph: Graph) -> list[Measure]:
    """Measure every actor, the one with most agreements first, then by id; shares are rounded to 6 decimals."""
    tied = ties(graph)
    between, cluster = _betweenness(tied), _by_actor(_communities(tied))
    inner, signed = set(core(tied)[0]), triads(graph)
    counts: dict[str, int] = defaultdict(int)
    for members in members_of(graph).values():
        for actor in members:
            counts[actor] += 1
    rows = [
        Measure(
            actor=actor,
            agreements=counts[actor],
            partners=tied.degree(actor),
            strength=tied.degree(actor, weight="weight"),
            betweenness=round(between[actor], DIGITS),
            community=cluster[actor],
            core=actor in inner,
            triads=signed.of(actor).total,
            balanced=signed.of(actor).balanced,
        )
        for actor in tied
    ]
    return sorted(rows, key=lambda row: (-row.agreements, row.actor))


def whole(graph: Graph) -> Whole:
    """Describe a network as a whole."""
    import networkx as nx

    tied = ties(graph)
    groups = _communities(tied)
    inner, fit = core(tied)
    pairs = tied.number_of_nodes() * (tied.number_of_nodes() - 1) / 2
    heavy = tied.number_of_edges() > 0
    return Whole(
        actors=tied.number_of_nodes(),
        agreements=len(members_of(graph)),
        ties=tied.number_of_edges(),
        components=nx.number_connected_components(tied),
        density=round(tied.number_of_edges() / pairs, DIGITS) if pairs else None,
        communities=len(groups),
        modularity=round(nx.community.modularity(tied, [set(group) for group in groups]), DIGITS) if heavy else None,
        core=inner,
        core_fit=fit,
        triads=triads(graph),
    )


def core(tied: nx.Graph[str]) -> tuple[tuple[str, ...], float | None]:
    """Part a simple graph into core and periphery; give the core, sorted, and how well the ideal fits.

    In the ideal (Borgatti and Everett 2000, doi:10.1016/S0378-8733(99)00019-2) everyone in the core is tied to
    everyone in it, and no two of the periphery to each other; ties between the two parts are left out of the
    account. The core that departs least from it consists of the actors of highest degree, as Lip (2011,
    arXiv:1102.5511) shows; of several equally good ones the smallest is given. The fit is the correlation of the ties
    within the parts with the ideal, None where either does not vary.

    >>> import networkx as nx
    >>> core(nx.star_graph(["TUR", "AZE", "KAZ", "UZB"]))
    (('TUR',), None)
    >>> core(nx.Graph([("A", "B"), ("B", "C"), ("A", "C"), ("A", "x"), ("B", "y"), ("C", "z")]))
    (('A', 'B', 'C'), 1.0)
    """
    ranked = sorted(tied, key=lambda actor: (-tied.degree(actor), actor))
    edges = tied.number_of_edges()
    if not edges:
        return (), None
    best, size, degrees = edges, 0, 0
    for number, actor in enumerate(ranked, 1):
        degrees += tied.degree(actor)
        departures = number * (number - 1) // 2 + edges - degrees
        if departures < best:
            best, size = departures, number
    inner = ranked[:size]
    return tuple(sorted(inner)), _fit(tied, set(inner))


def _fit(tied: nx.Graph[str], inner: set[str]) -> float | None:
    """Correlate ties within the core and within the periphery with the ideal: a phi coefficient of four counts."""
    outer = tied.number_of_nodes() - len(inner)
    in_core = sum(one in inner and other in inner for one, other in tied.edges())
    in_rim = sum(one not in inner and other not in inner for one, other in tied.edges())
    no_core = len(inner) * (len(inner) - 1) // 2 - in_core
    no_rim = outer * (outer - 1) // 2 - in_rim
    margins = (in_core + no_core) * (in_rim + no_rim) * (in_core + in_rim) * (no_core + no_rim)
    return round((in_core * no_rim - no_core * in_rim) / sqrt(margins), DIGITS) if margins else None


def _betweenness(tied: nx.Graph[str]) -> dict[str, float]:
    """Compute betweenness, by igraph (the extra `network`) where it is installed: many times faster."""
    try:
        import igraph
    except ImportError:
        return _betweenness_by_networkx(tied)
    names = list(tied)
    place = {name: number for number, name in enumerate(names)}
    lean = igraph.Graph(len(names), [(place[one], place[other]) for one, other in tied.edges()])
    pairs = max(1.0, (len(names) - 1) * (len(names) - 2) / 2)
    return {name: paths / pairs for name, paths in zip(names, lean.betweenness(), strict=True)}


def _betweenness_by_networkx(tied: nx.Graph[str]) -> dict[str, float]:
    import networkx as nx

    found: dict[str, float] = nx.betweenness_centrality(tied)
    return found


def _communities(tied: nx.Graph[str]) -> list[list[str]]:
    """Give the communities, each sorted, the largest first."""
    # Numbers, not names: the hash of a string changes from run to run, and with it the order of a set.
    import networkx as nx

    names = list(tied)
    numbered: nx.Graph[int] = nx.convert_node_labels_to_integers(tied)  # type: ignore[arg-type]
    found = nx.community.louvain_communities(numbered, weight="weight", seed=1) if names else []
    groups = [sorted(names[number] for number in group) for group in found]
    return sorted(groups, key=lambda members: (-len(members), members))


def _by_actor(groups: list[list[str]]) -> dict[str, int]:
    return {actor: number for number, members in enumerate(groups) for actor in members}
