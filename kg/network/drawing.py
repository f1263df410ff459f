"""Agreements as lines between actors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

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


def build(agreements: Iterable[Agreement], lexicon: Lexicon, vocabulary: Vocabulary, *, hubs: bool = True) -> Graph:
    """Draw the agreements as a directed multigraph; the key of an edge is the id of its agreement.

    Nodes are actors, with `ar`, `en`, `type` (state, organization, group, company, other), `lat`, `lon` (of the
    capital, the headquarters, or the capital of the state that it belongs to; None where not known). Edges carry
    `agreement`, `kind`, `status`, `certainty`, `contested`, `source_role`, `target_role` and `directed`; an edge that
    is not directed runs from the smaller id to the larger. A directed kind goes from the roles that the vocabulary
    names to the others (supplier to recipient, operator to host, member to organization). An actor alone is tied to
    itself. An agreement that would take more than six lines becomes a node of its own (`type` "agreement"), tied to
    each of its parties: a star of six reads better than fifteen lines that cross; without `hubs`, none does.
    Opponents and targets are nodes, but no line ties them to an arrangement that they are outside of; `rivals` of the
    graph are pairs of a party and such an outsider, with the agreement's id.
    """
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    ordered = sorted(agreements, key=lambda agreement: agreement.id)
    for actor in sorted({actor for agreement in ordered for actor in _actors(agreement)}):
        graph.add_node(actor, **_actor_node(actor, lexicon))
    for agreement in ordered:
        lines = _lines(agreement, vocabulary, MOST_LINES if hubs else None)
        if any(agreement.id in (line.source, line.target) for line in lines):
            graph.add_node(agreement.id, **_hub_node(agreement))
        for line in lines:
            graph.add_edge(line.source, line.target, key=agreement.id, **_edge(agreement, line))
    graph.graph["rivals"] = [pair for agreement in ordered for pair in _rivals(agreement, vocabulary)]
    return graph


def _rivals(agreement: Agreement, vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    outside = outsiders(vocabulary)
    bound = sorted({party.actor for party in agreement.parties if party.role not in outside})
    others = sorted({party.actor for party in agreement.parties if party.role in outside} - set(bound))
    return [(one, other, agreement.id) for one, other in product(bound, others)]


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


def _lines(agreement: Agreement, vocabulary: Vocabulary, most: int | None) -> list[Line]:
    drawn = vocabulary.kinds.get(agreement.kind)
    outside = outsiders(vocabulary)
    bound = sorted({p.actor: p for p in agreement.parties if p.role not in outside}.values(), key=lambda p: p.actor)
    leave = [p for p in bound if drawn and p.role in drawn.directed_from]
    reach = [p for p in bound if drawn and p.role in drawn.directed_to]
    if agreement.organization:
        leave, reach = bound, [Party(actor=agreement.organization, role="organization")]
    lines = _arrows(leave, reach, bound) if leave and reach else _pairs(bound)
    if most is not None and len(lines) > max(most, len(bound)):
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
