"""Claims become agreements, and everything becomes quads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.errors import ClaimError
from kg.graph.clusters import apart, joins
from kg.graph.decided import decision_quads
from kg.graph.disputes import disagreements
from kg.graph.merge import agreements, curated
from kg.graph.merged import merged_quads
from kg.graph.names import BASE, Names, prefixes
from kg.graph.reported import document_quads
from kg.graph.terms import IRI, Literal, Quad, Term
from kg.graph.valid import as_of, timeless
from kg.model import Agreement, Claim, Decision, Disagreement, Document, Run

__all__ = [
    "BASE", "IRI", "Literal", "Names", "Quad", "Term", "agreements", "apart", "as_of", "curated", "disagreements",
    "joins", "prefixes", "quads", "timeless",
]  # fmt: skip


def quads(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    agreements: Sequence[Agreement],
    disagreements: Sequence[Disagreement],
    run: Run,
    *,
    decisions: Sequence[Decision] = (),
    base: str = BASE,
) -> Iterator[Quad]:
    """Tell a whole build: each document and its claims in a graph of its own, then the merged view in another.

    `decisions` stand in the graph of the document that holds them. Every triple stands in one graph only, so that the
    union of all graphs is the merge. Names stand below `base`.
    Raises ClaimError for a claim whose document is missing.
    """
    names = Names(base)
    agreement_of = {claim: agreement.id for agreement in agreements for claim in agreement.claims}
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    if missing := sorted(by_document.keys() - {document.name for document in documents}):
        raise ClaimError(f"{missing[0]}: claims name this document, and it is not among the documents given")
    for document in sorted(documents, key=lambda one: one.name):
        yield from document_quads(document, by_document[document.name], agreement_of, run, names)
        yield from decision_quads([one for one in decisions if one.document == document.name], names)
    by_id = {claim.id: claim for claim in claims}
    yield from merged_quads(documents, by_id, agreements, disagreements, decisions, run, names)
