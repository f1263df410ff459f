"""Holds a build to the shapes of the ontology (SHACL Core); needs the extra `validate`, which brings pyshacl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import ontology
from kg.errors import StoreError
from kg.graph import IRI
from kg.store import LAYOUT, Pen, Store

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

Language = Literal["ar", "en"]
_SH = "http://www.w3.org/ns/shacl#"
_HEADINGS = {
    "ar": ("سليم: {triples} من الثلاثيات توافق الأشكال كلها.", "مخالفات: {count} (في {triples} من الثلاثيات)"),
    "en": ("Sound: {triples} triples keep to every shape.", "{count} violations in {triples} triples"),
}
_FOUND = {"ar": "القيمة", "en": "found"}


@dataclass(frozen=True, order=True)
class Violation:
    """What breaks a shape: the node, the property and the value (empty where none is to blame), and what is wrong."""

    focus: str
    path: str
    value: str
    shape: str
    message_ar: str
    message_en: str


@dataclass(frozen=True)
class Report:
    """What was found in `triples` triples; names are written with the prefixes of the exports."""

    triples: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether nothing breaks a shape."""
        return not self.violations

    def text(self, language: Language = "en") -> str:
        """Say it for a reader: one block a violation, sorted by node."""
        sound, unsound = _HEADINGS[language]
        heading = (sound if self.conforms else unsound).format(triples=self.triples, count=len(self.violations))
        return "\n".join([heading, *(line for one in self.violations for line in _lines(one, language))]) + "\n"


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


def _lines(violation: Violation, language: Language) -> Iterator[str]:
    yield ""
    yield " ".join(filter(None, (violation.focus, violation.path)))
    yield f"  {violation.message_ar if language == 'ar' else violation.message_en}"
    if violation.value:
        yield f"  {_FOUND[language]}: {violation.value}"
