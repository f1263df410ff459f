"""A network as files of the programmes that analyse and draw networks: GraphML, GEXF, Cytoscape JSON.

Nodes are actors, an edge is one agreement between two of them; no node stands for an agreement here. Nodes carry the
measures of `kg.network.Measure`. Edges carry what `kg.network.build` gives them, with `start` and `end`: the first day
on which the agreement can have begun to bind, and the last on which it can have ended, where a text dates them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.graph.lifetime import lifetime
from kg.graph.spans import days
from kg.lexicon import Lexicon
from kg.model import Agreement
from kg.network.drawing import build
from kg.network.measuring import measures

if TYPE_CHECKING:
    from kg.network.drawing import Graph
    from ontology import Vocabulary

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_META = re.compile(r'<meta lastmodifieddate="[^"]*">\s*<creator>[^<]*')  # networkx writes its version and the day
_CREATOR = "<meta>\n    <creator>alliance-kg"
_KEY = re.compile(r'id="(\d+)" title="networkx_key"')  # and the keys of edges, which are their ids, once more
_LETTER = re.compile(r"&#(\d{3,});")


def attributed(agreements: Iterable[Agreement], lexicon: Lexicon, vocabulary: Vocabulary) -> Graph:
    """Give the network with all that its files tell; edges are keyed by agreement and ends, and have no None."""
    import networkx as nx

    by_id = {agreement.id: agreement for agreement in agreements}
    plain = build(by_id.values(), lexicon, vocabulary, hubs=False)
    found = {row.actor: asdict(row) for row in measures(plain)}
    graph: Graph = nx.MultiDiGraph()
    for actor, known in plain.nodes(data=True):
        told = {"label": known["en"], **known, **found[actor]}
        graph.add_node(actor, **_known(told, without=("en", "actor")))
    for source, target, known in plain.edges(data=True):
        name = f"{known['agreement']}/{source}/{target}"
        agreement = by_id[known["agreement"]]
        told = {"label": agreement.label_en, "label_ar": agreement.label_ar, **known, **_times(agreement)}
        graph.add_edge(source, target, key=name, **_known(told))
    return graph


def _known(told: Mapping[str, Any], without: Collection[str] = ()) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None and name not in without}


def _times(agreement: Agreement) -> dict[str, str]:
    since, until = lifetime(agreement)
    start = {"start": since.earliest.isoformat()} if since else {}
    return start | ({"end": until.latest.isoformat()} if until else {})


def graphml(agreements: Iterable[Agreement], lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """Write GraphML, which yEd, Gephi, igraph and NetworkX read; `directed` of an edge says if it has a direction."""
    import networkx as nx

    graph = attributed(agreements, lexicon, vocabulary)
    return _readable("\n".join(nx.generate_graphml(graph, named_key_ids=True)))


def gexf(agreements: Iterable[Agreement], lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """Write GEXF 1.2 with time, for Gephi: edges live from `start` to `end`, and `stage` is their status at a time."""
    import networkx as nx

    chosen = list(agreements)
    by_id = {agreement.id: agreement for agreement in chosen}
    graph = attributed(chosen, lexicon, vocabulary)
    graph.graph["mode"] = "dynamic"
    for _, _, name, known in graph.edges(data=True, keys=True):
        known["id"] = name
        known["type"] = "directed" if known.pop("directed") else "undirected"
        if staged := _staged(by_id[known["agreement"]]):
            known["stage"] = staged
    return _readable(_without_keys(_META.sub(_CREATOR, "\n".join(nx.generate_gexf(graph)))))


def _without_keys(text: str) -> str:
    keys = _KEY.search(text)
    drop = re.compile(rf'.*(?: title="networkx_key"| for="{keys[1]}" ).*\n') if keys else None
    return drop.sub("", text) if drop else text


def _readable(text: str) -> str:
    """Write letters as letters, not as numbers, which XML allows as well."""
    return _HEAD + _LETTER.sub(lambda match: chr(int(match[1])), text) + "\n"


def _staged(agreement: Agreement) -> list[tuple[str, str, str | None]]:
    dated = [(one.status, days(one.since).earliest.isoformat()) for one in agreement.periods if one.since]
    ends = [*(start for _, start in dated[1:]), None]
    return [(status, start, end) for (status, start), end in zip(dated, ends, strict=False)]


def cytoscape(agreements: Iterable[Agreement], lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """Write the JSON that Cytoscape and Cytoscape.js read."""
    import networkx as nx

    graph = attributed(agreements, lexicon, vocabulary)
    for _, _, name, known in graph.edges(data=True, keys=True):
        known["id"] = name
    written = {**nx.cytoscape_data(graph), "data": {"name": "alliances"}}
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"
