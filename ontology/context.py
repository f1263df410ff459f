"""The JSON-LD context of the vocabulary: short names for JSON that says what the graph says."""

from __future__ import annotations

import json
from typing import Any

from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef

from ontology import AKG, ID, graph, vocabulary

_FOREIGN = ("dcterms", "foaf", "geo", "oa", "prov", "rdfs", "schema", "skos", "xsd")
_DAYS = ("earliest", "latest", "heldFrom", "heldUntil")  # xsd:date, which OWL 2 has no range for


def text() -> str:
    """Write the context as JSON, keys in order.

    >>> json.loads(text())["@context"]["about"]
    {'@id': 'akg:about', '@type': '@id'}
    """
    return json.dumps({"@context": _context(graph())}, ensure_ascii=False, indent=2) + "\n"


def _context(words: Graph) -> dict[str, Any]:
    shared = {"rdfs": str(RDFS), "akg": AKG, "id": ID}
    prefixes = {name: iri for name, iri in {**vocabulary().prefixes, **shared}.items() if name in (*_FOREIGN, *shared)}
    names = sorted(name.removeprefix(AKG) for name in vocabulary().terms)
    own = {name: found for name in names if (found := _entry(words, name))}
    return {"@version": 1.1, **dict(sorted(prefixes.items())), **own}


def _entry(words: Graph, name: str) -> Any:
    """Give the entry of a class or property; None for a concept, which is a value and stays `akg:status-signed`."""
    node = URIRef(AKG + name)
    kinds = set(words.objects(node, RDF.type))
    if OWL.ObjectProperty in kinds:
        return {"@id": f"akg:{name}", "@type": "@id"}
    if OWL.DatatypeProperty in kinds:
        return _typed(name, XSD.date if name in _DAYS else words.value(node, RDFS.range))
    return f"akg:{name}" if OWL.Class in kinds else None


def _typed(name: str, datatype: object) -> dict[str, str]:
    plain = datatype in (None, XSD.string)
    return (
        {"@id": f"akg:{name}"} if plain else {"@id": f"akg:{name}", "@type": f"xsd:{str(datatype).partition('#')[2]}"}
    )
