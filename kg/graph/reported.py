"""What the documents say, as quads: each document and its claims in the graph of that document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from kg.graph.names import AKG, DCTERMS, FOAF, OA, PROV, RDF, RDFS, XSD, Names
from kg.graph.spans import days
from kg.graph.speakers import side
from kg.graph.terms import IRI, Literal, Quad, Term, web_iri
from kg.graph.words import concept, factuality
from kg.lexicon import load
from kg.model import Claim, Document, Evidence, Run

CONTEXT = 32  # characters before and after a quote that its selector carries

Fact = tuple[IRI, IRI, Term]
TYPE = RDF("type")


def document_quads(
    document: Document, claims: Sequence[Claim], agreement_of: Mapping[str, str], run: Run, names: Names
) -> Iterator[Quad]:
    """Tell a document and its claims, in the document's own graph, each fact once."""
    graph = names.graph(document.name)
    facts = [*_document(document, names)]
    for claim in claims:
        facts.extend(_claim(claim, agreement_of[claim.id], run, names))
    for evidence in sorted({(e.start, e.end): e for claim in claims for e in claim.evidence}.items()):
        facts.extend(_evidence(document, evidence[1], names))
    return (Quad(*fact, graph) for fact in dict.fromkeys(facts))


def dated(node: IRI, edtf: str, event: str | None = None, words: str | None = None) -> Iterator[Fact]:
    """Tell a date: as EDTF, its two bounds as days, what happened then, and the words as written."""
    span = days(edtf)
    yield node, TYPE, AKG("PartialDate")
    if event:
        yield node, AKG("dateKey"), concept("date", event)
    yield node, AKG("edtf"), Literal(edtf)
    yield node, AKG("earliest"), Literal(span.earliest.isoformat(), None, XSD("date"))
    yield node, AKG("latest"), Literal(span.latest.isoformat(), None, XSD("date"))
    if words:
        yield node, AKG("asWritten"), Literal(words, "ar")


def integer(value: int) -> Literal:
    """Give a whole number as a literal."""
    return Literal(str(value), None, XSD("integer"))


def _document(document: Document, names: Names) -> Iterator[Fact]:
    node = names.document(document.name)
    yield node, TYPE, AKG("Document")
    yield node, AKG("fileName"), Literal(document.name)
    yield node, AKG("sha256"), Literal(document.sha256)
    yield node, DCTERMS("language"), Literal(document.language)
    if document.title:
        yield node, DCTERMS("title"), Literal(document.title, document.language)
    if document.publisher:
        yield node, DCTERMS("publisher"), names.publisher(publisher_slug(document.publisher))
    if document.url:
        yield node, FOAF("page"), web_iri(document.url)
    if document.date:
        date = names.date(f"{document.name}-published")
        yield node, AKG("published"), date
        yield from dated(date, document.date)
    if document.date_note:
        yield node, RDFS("comment"), Literal(document.date_note)


@cache
def publisher_slug(name: str) -> str:
    """Give the lexicon's id of an outlet, or the name itself with hyphens for spaces."""
    for outlet in load().outlets.values():
        if name in (outlet.ar, outlet.en, *outlet.names, *outlet.latin):
            return outlet.id
    return "-".join(name.split())


def _claim(claim: Claim, agreement: str, run: Run, names: Names) -> Iterator[Fact]:
    node = names.claim(claim.id)
    yield node, TYPE, AKG("Claim")
    yield node, AKG("about"), names.agreement(agreement)
    yield node, AKG("factuality"), factuality(claim.certainty, claim.status)
    yield from common(node, claim.kind, claim.status, claim.certainty, claim.organization, names)
    yield from terms(node, claim.provisions, claim.sectors)
    yield from instrument(node, claim.instrument, names)
    for party in claim.parties:
        yield node, AKG("participation"), names.participation(agreement, party.actor, party.role)
    for event, edtf in claim.dates.items():
        date = names.date(f"{claim.id}-{event}")
        yield node, AKG("date"), date
        yield from dated(date, edtf, event, claim.date_words.get(event))
    for name, texts in (("attributedTo", claim.attributed_to), ("rule", claim.rules), ("cue", claim.cues)):
        yield from ((node, AKG(name), Literal(text)) for text in texts)
    yield from ((node, AKG("attributedToActor"), names.actor(actor)) for actor in side(claim.attributed_to))
    yield from ((node, AKG("evidence"), _evidence_name(claim.document, one, names)) for one in claim.evidence)
    if claim.order_confidence is not None:
        yield node, AKG("orderConfidence"), Literal(str(claim.order_confidence), None, XSD("decimal"))
    yield node, PROV("hadPrimarySource"), names.document(claim.document)
    yield node, PROV("wasGeneratedBy"), names.run(run.id)


def common(node: IRI, kind: str, status: str, certainty: str, organization: str | None, names: Names) -> Iterator[Fact]:
    """Tell what claims and agreements have alike."""
    yield node, AKG("kind"), concept("kind", kind)
    yield node, AKG("status"), concept("status", status)
    yield node, AKG("certainty"), concept("certainty", certainty)
    if organization:
        yield node, AKG("organization"), names.actor(organization)


def terms(node: IRI, provisions: Iterable[str], sectors: Iterable[str]) -> Iterator[Fact]:
    """Tell what an arrangement lays down, and the fields that it works in."""
    yield from ((node, AKG("provision"), concept("provision", term)) for term in provisions)
    yield from ((node, AKG("sector"), concept("sector", term)) for term in sectors)


def instrument(node: IRI, name: str | None, names: Names) -> Iterator[Fact]:
    """Tell the named treaty, or the base where the lexicon knows the name as one."""
    if name and name in load().bases:
        yield node, AKG("atBase"), names.base_site(name)
    elif name:
        yield node, AKG("instrument"), Literal(name)


def _evidence_name(document: str, evidence: Evidence, names: Names, selector: str = "") -> IRI:
    return names.evidence(f"{document}-{evidence.start}-{evidence.end}{selector}")


def _evidence(document: Document, evidence: Evidence, names: Names) -> Iterator[Fact]:
    node, position, quote = (
        _evidence_name(document.name, evidence, names, selector) for selector in ("", "-position", "-quote")
    )
    yield node, TYPE, OA("SpecificResource")
    yield node, OA("hasSource"), names.document(document.name)
    yield node, OA("hasSelector"), position
    yield node, OA("hasSelector"), quote
    yield position, TYPE, OA("TextPositionSelector")
    yield position, OA("start"), integer(evidence.start)
    yield position, OA("end"), integer(evidence.end)
    yield quote, TYPE, OA("TextQuoteSelector")
    yield quote, OA("exact"), Literal(evidence.quote)
    before = document.raw[max(0, evidence.start - CONTEXT) : evidence.start]
    after = document.raw[evidence.end : evidence.end + CONTEXT]
    yield from ((quote, OA(name), Literal(text)) for name, text in (("prefix", before), ("suffix", after)) if text)
