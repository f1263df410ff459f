"""The IRIs of everything: readable slugs below one base, the same on every machine."""

from __future__ import annotations

from functools import cached_property

import ontology
from kg.graph.terms import IRI, Namespace

BASE = ontology.ID

AKG = Namespace(ontology.AKG)
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

# The families of names: the prefix that Turtle uses for each, and the folder below the base.
FAMILIES = {
    "actor": "actor",
    "agreement": "agreement",
    "base": "base",
    "claim": "claim",
    "date": "date",
    "decision": "decision",
    "disagreement": "disagreement",
    "document": "document",
    "evidence": "evidence",
    "graph": "graph",
    "part": "participation",
    "period": "period",
    "publisher": "publisher",
    "run": "run",
}


class Names:
    """Makes the names below one base.

    >>> Names().agreement("transit-KAZ-TUR-2024").value
    'https://w3id.org/alliance-kg/id/agreement/transit-KAZ-TUR-2024'
    """

    def __init__(self, base: str = BASE) -> None:
        self.base = base if base.endswith(("/", "#")) else f"{base}/"
        spaces = {prefix: Namespace(f"{self.base}{folder}/") for prefix, folder in FAMILIES.items()}
        self.actor, self.agreement, self.claim = spaces["actor"], spaces["agreement"], spaces["claim"]
        self.date, self.document, self.evidence = spaces["date"], spaces["document"], spaces["evidence"]
        self.disagreement, self.graph, self.base_site = spaces["disagreement"], spaces["graph"], spaces["base"]
        self.decision, self.part, self.period = spaces["decision"], spaces["part"], spaces["period"]
        self.publisher, self.run = spaces["publisher"], spaces["run"]

    @cached_property
    def merged(self) -> IRI:
        """The graph of the merged view; no document's graph can have this name."""
        return IRI(f"{self.base}merged")

    def participation(self, agreement: str, actor: str, role: str) -> IRI:
        """Name one actor's part in one agreement."""
        return self.part(f"{agreement}-{actor}-{role}")


def prefixes(base: str = BASE) -> dict[str, str]:
    """Give the prefixes that exports and queries use, by name."""
    root = Names(base).base
    shared = {
        "akg": AKG, "dcterms": DCTERMS, "foaf": FOAF, "geo": GEO, "oa": OA, "prov": PROV, "rdf": RDF, "rdfs": RDFS,
        "schema": SCHEMA, "wikidata": WIKIDATA, "xsd": XSD, "skos": "http://www.w3.org/2004/02/skos/core#",
    }  # fmt: skip
    own = {prefix: f"{root}{folder}/" for prefix, folder in FAMILIES.items()}
    return {name: str(space) for name, space in {**shared, **own, "kgid": root}.items()}
