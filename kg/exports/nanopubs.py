"""The claims of a build as nanopublications: each claim with its provenance, to be cited on its own.

After the nanopublication guidelines (nanopub.net): four named graphs a claim. The assertion is what the claim says of
an arrangement; the provenance, the words that it rests on, their document, and whom the document names for it; the
publication info, the run and the rules that made it. They are not signed, and carry no licence of the documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.graph import IRI, Quad, prefixes
from kg.graph.names import AKG, PROV, RDF
from kg.graph.terms import Namespace, Term
from kg.store import Layout, layout, trig

NP = Namespace("http://www.nanopub.org/nschema#")

_PROVENANCE = {AKG(name) for name in ("evidence", "attributedTo", "attributedToActor")} | {PROV("hadPrimarySource")}
_PUBLICATION = {AKG(name) for name in ("rule", "cue")} | {PROV("wasGeneratedBy")}
_FOLLOWED = {  # what is told of a claim's own parts, in the graph of the claim that names them
    AKG("participation"), AKG("date"), AKG("evidence"), PROV("wasGeneratedBy"),
    Namespace("http://www.w3.org/ns/oa#")("hasSelector"),
}  # fmt: skip
_LEFT_OUT = {PROV("wasDerivedFrom")}  # of a party's part: it names the other claims that tell of it

Facts = Mapping[IRI, list[tuple[IRI, Term]]]


def nanopublications(quads: Iterable[Quad]) -> str:
    """Write the claims among the quads of a build as TriG, sorted."""
    facts: dict[IRI, list[tuple[IRI, Term]]] = defaultdict(list)
    for subject, predicate, obj, _ in quads:
        facts[subject].append((predicate, obj))
    claims = sorted((one for one, told in facts.items() if (RDF("type"), AKG("Claim")) in told), key=IRI.nt)
    made = [quad for claim in claims for quad in _nanopublication(claim, facts)]
    plain = layout()
    return trig(made, Layout({**prefixes(), "np": str(NP)}, (), plain.first, plain.head))


def _nanopublication(claim: IRI, facts: Facts) -> Iterator[Quad]:
    this = IRI(f"{claim.value}/nanopub")
    head, assertion, provenance, publication = (
        IRI(f"{this.value}/{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield Quad(this, RDF("type"), NP("Nanopublication"), head)
    yield Quad(this, NP("hasAssertion"), assertion, head)
    yield Quad(this, NP("hasProvenance"), provenance, head)
    yield Quad(this, NP("hasPublicationInfo"), publication, head)
    yield Quad(assertion, PROV("wasDerivedFrom"), claim, provenance)
    yield Quad(this, PROV("wasDerivedFrom"), claim, publication)
    for predicate, obj in facts[claim]:
        place = provenance if predicate in _PROVENANCE else publication if predicate in _PUBLICATION else assertion
        yield Quad(claim, predicate, obj, place)
        if predicate in _FOLLOWED and isinstance(obj, IRI):
            yield from _part(obj, place, facts)


def _part(node: IRI, place: IRI, facts: Facts) -> Iterator[Quad]:
    for predicate, obj in facts.get(node, ()):
        if predicate not in _LEFT_OUT:
            yield Quad(node, predicate, obj, place)
        if predicate in _FOLLOWED and isinstance(obj, IRI):
            yield from _part(obj, place, facts)
