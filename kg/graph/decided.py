"""What an analyst decided, as quads in the graph of the file that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.graph.names import AKG, DCTERMS, PROV, RDFS, XSD, Names
from kg.graph.reported import TYPE, Fact
from kg.graph.terms import IRI, Literal, Quad
from kg.graph.words import concept
from kg.model import Agreement, Decision


def decision_quads(decisions: Sequence[Decision], names: Names) -> Iterator[Quad]:
    """Tell decisions with author, date and reason; a claim that one sets aside is named by its id alone."""
    for decision in decisions:
        graph = names.graph(decision.document)
        yield from (Quad(*fact, graph) for fact in dict.fromkeys(_decision(decision, names)))


def _decision(decision: Decision, names: Names) -> Iterator[Fact]:
    node = names.decision(decision.id)
    yield node, TYPE, AKG("Decision")
    yield node, AKG("action"), concept("action", decision.action)
    yield node, DCTERMS("creator"), Literal(decision.author)
    yield node, DCTERMS("created"), Literal(decision.date, None, XSD("date"))
    yield node, RDFS("comment"), Literal(decision.reason)
    yield node, PROV("hadPrimarySource"), names.document(decision.document)
    if decision.action in ("merge", "split"):
        yield from ((node, AKG("arranges"), names.claim(claim)) for claim in decision.claims)
    else:
        yield from ((node, AKG("setsAside"), Literal(claim)) for claim in decision.claims)
    yield from ((node, AKG("yields"), names.claim(claim)) for claim in decision.yields)


def influences(agreement: Agreement, decisions: Iterable[Decision], names: Names) -> Iterator[Fact]:
    """Lead from an agreement to the merges and splits that made it what it is."""
    node: IRI = names.agreement(agreement.id)
    for decision in decisions:
        if decision.action in ("merge", "split") and set(decision.claims) & set(agreement.claims):
            yield node, PROV("wasInfluencedBy"), names.decision(decision.id)
