"""Holds a build to the shapes of the ontology (SHACL Core).

`validate` asks pyshacl, which the extra `validate` brings; `conform` is what every build is held to before it is
written, without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import ontology
from kg.errors import StoreError
from kg.graph import IRI
from kg.store import LAYOUT, Pen, Store
from kg.validate.report import Language, Report, Violation
from kg.validate.shapes import conform

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["Language", "Report", "Violation", "check", "conform", "validate"]

_SH = "http://www.w3.org/ns/shacl#"


def validate(path: Path) -> Report:
    """Hold a build's folder, or an RDF file, to `ontology/shapes.ttl`.

    Raises StoreError where the file cannot be read or pyshacl is not installed.
    """
    file = path / "alliances.nq" if path.is_dir() else path
    store = Store.open()
    store.load_file(file)
    return check(store)


def check(store: Store) -> Report:
    """Hold the merge of all graphs of a store to the shapes."""
    import rdflib

    try:
        import pyshacl
    except ImportError as error:
        raise StoreError("validating needs pyshacl; install it with `pip install 'alliance-kg[validate]'`") from error
    data = rdflib.Graph().parse(data=store.serialize("ntriples"), format="nt")
    triples = len(data)
    data += ontology.graph()  # its concepts are values, its subclasses count
    _, results, _ = pyshacl.validate(data, shacl_graph=ontology.graph("shapes.ttl"), inference="none")
    if not isinstance(results, rdflib.Graph):
        raise StoreError(f"the shapes cannot be applied: {results}")
    return Report(triples, tuple(sorted(_violations(results))))


def _violations(results: rdflib.Graph) -> Iterator[Violation]:
    from rdflib import URIRef

    pen = Pen(LAYOUT)
    for result in results.objects(None, URIRef(f"{_SH}result")):
        focus, path, value, shape = (
            _written(pen, results.value(result, URIRef(f"{_SH}{name}")))
            for name in ("focusNode", "resultPath", "value", "sourceShape")
        )
        messages = {getattr(one, "language", None): str(one) for one in results.objects(result, _message())}
        english = messages.get("en") or messages.get(None) or ""
        yield Violation(focus, path, value, shape, messages.get("ar") or english, english)


def _message() -> Node:
    from rdflib import URIRef

    return URIRef(f"{_SH}resultMessage")


def _written(pen: Pen, node: Node | None) -> str:
    from rdflib import URIRef

    if node is None:
        return ""
    return pen.write(IRI(str(node))) if isinstance(node, URIRef) else str(node)
