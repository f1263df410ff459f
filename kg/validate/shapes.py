"""Holds quads to the shapes of the ontology, fast enough for every build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import ontology
from kg.errors import StoreError
from kg.graph import IRI, Literal, Quad, Term
from kg.graph.names import RDF, RDFS
from kg.graph.terms import Namespace
from kg.store import LAYOUT, Pen, Store
from kg.validate.constraints import CHECKS
from kg.validate.report import Report, Violation

SH = Namespace("http://www.w3.org/ns/shacl#")
_ABOUT_THE_SHAPE = frozenset(
    SH(name) for name in ("path", "message", "property", "targetClass", "targetObjectsOf", "targetSubjectsOf")
) | {RDF("type")}
_QUALIFIED = ("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount")


class Facts:
    """Triples by subject and property, and the classes of nodes with all classes above them."""

    def __init__(self, triples: Iterable[Quad]) -> None:
        self._objects: dict[IRI, dict[IRI, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, obj in {quad[:3] for quad in triples}:
            self._objects[subject][predicate].append(obj)

    def objects(self, node: Term, predicate: IRI) -> list[Term]:
        """Give the values of a node's property; a literal has none."""
        return self._objects[node].get(predicate, []) if isinstance(node, IRI) and node in self._objects else []

    def having(self, predicate: IRI) -> list[IRI]:
        """Name all that have a property."""
        return [node for node, found in self._objects.items() if predicate in found]

    def properties(self, node: IRI) -> list[IRI]:
        """Name the properties that a node has."""
        return list(self._objects[node]) if node in self._objects else []

    def names(self, node: IRI, predicate: IRI) -> list[IRI]:
        """Give those values of a node's property that are names."""
        return [one for one in self.objects(node, predicate) if isinstance(one, IRI)]


@dataclass(frozen=True)
class _Property:
    name: IRI
    path: IRI
    messages: Mapping[str, str]
    constraints: tuple[tuple[str, Term], ...]
    qualified: tuple[IRI, int, int] | None = None


@dataclass(frozen=True)
class _Shape:
    name: IRI
    classes: frozenset[IRI]
    objects_of: frozenset[IRI]
    subjects_of: frozenset[IRI]
    own: tuple[tuple[str, Term], ...]
    properties: tuple[_Property, ...] = field(default=())


@dataclass(frozen=True)
class _Ontology:
    shapes: Mapping[IRI, _Shape]
    words: Facts


def conform(quads: Iterable[Quad]) -> Report:
    """Hold quads, the graphs of one build together, to every shape."""
    triples = {quad[:3] for quad in quads}
    return _Checker(triples).report()


class _Checker:
    """One run over one set of triples."""

    def __init__(self, triples: set[tuple[IRI, IRI, Term]]) -> None:
        known = _ontology()
        self._shapes, self._words = known.shapes, known.words
        self._count = len(triples)
        self._data = Facts(Quad(*one) for one in triples)
        self._pen = Pen(LAYOUT)
        self._above = cache(self._classes_above)
        self._classes = cache(self._classes_of)
        self._members: dict[IRI, list[IRI]] = defaultdict(list)
        for node in self._data.having(RDF("type")):
            for name in self._classes(node):
                self._members[name].append(node)

    def report(self) -> Report:
        found = {
            self._told(node, one, refused)
            for shape in self._shapes.values()
            for node in self._targets(shape)
            for one in shape.properties
            for refused in self._refused(node, one)
        }
        return Report(self._count, tuple(sorted(found)))

    def _targets(self, shape: _Shape) -> set[Term]:
        """Give the nodes that a shape is aimed at: of a class, or at either end of a property."""
        found: set[Term] = {node for one in shape.classes for node in self._members.get(one, ())}
        found.update(node for one in shape.subjects_of for node in self._data.having(one))
        return found.union(
            *(self._data.objects(node, one) for one in shape.objects_of for node in self._data.having(one))
        )

    def _refused(self, node: Term, shape: _Property) -> Iterator[Term | None]:
        values = self._data.objects(node, shape.path)
        for name, parameter in shape.constraints:
            yield from CHECKS[name](values, parameter, node, self._data.objects, self._is_a)
        if shape.qualified:
            wanted, least, most = shape.qualified
            count = sum(isinstance(one, IRI) and self._fits(one, self._shapes[wanted]) for one in values)
            yield from (None for _ in range((count < least) + (count > most)))

    def _fits(self, node: IRI, shape: _Shape) -> bool:
        own = (CHECKS[name]([node], term, node, self._data.objects, self._is_a) for name, term in shape.own)
        below = (self._refused(node, one) for one in shape.properties)
        return not any(True for found in (*own, *below) for _ in found)

    def _is_a(self, node: Term, wanted: IRI) -> bool:
        return isinstance(node, IRI) and wanted in self._classes(node)

    def _classes_of(self, node: IRI) -> frozenset[IRI]:
        own = (*self._data.names(node, RDF("type")), *self._words.names(node, RDF("type")))
        return frozenset().union(*(self._above(one) for one in own)) if own else frozenset()

    def _classes_above(self, name: IRI) -> frozenset[IRI]:
        above = (self._above(one) for one in self._words.names(name, RDFS("subClassOf")))
        return frozenset({name}).union(*above)

    def _told(self, node: Term, shape: _Property, refused: Term | None) -> Violation:
        return Violation(
            focus=self._shown(node),
            path=self._shown(shape.path),
            value="" if refused is None else self._shown(refused),
            shape=self._shown(shape.name),
            message_ar=shape.messages["ar"],
            message_en=shape.messages["en"],
        )

    def _shown(self, term: Term) -> str:
        return self._pen.write(term) if isinstance(term, IRI) else term.value


@cache
def _ontology() -> _Ontology:
    shapes, words = Facts(_read("shapes.ttl")), Facts(_read("vocabulary.ttl"))
    names = [one for one in shapes.having(RDF("type")) if SH("NodeShape") in shapes.objects(one, RDF("type"))]
    return _Ontology({name: _shape(shapes, name) for name in sorted(names, key=lambda one: one.value)}, words)


def _read(name: str) -> list[Quad]:
    store = Store.open()
    store.load_file(ontology.path(name))
    return list(store.quads())


def _shape(facts: Facts, name: IRI) -> _Shape:
    return _Shape(
        name=name,
        classes=frozenset(facts.names(name, SH("targetClass"))),
        objects_of=frozenset(facts.names(name, SH("targetObjectsOf"))),
        subjects_of=frozenset(facts.names(name, SH("targetSubjectsOf"))),
        own=_constraints(facts, name),
        properties=tuple(_property(facts, one) for one in facts.names(name, SH("property"))),
    )


def _property(facts: Facts, name: IRI) -> _Property:
    messages = {one.language or "": one.value for one in facts.objects(name, SH("message")) if isinstance(one, Literal)}
    qualified = None
    if shapes := facts.names(name, SH("qualifiedValueShape")):
        least, most = (int(facts.objects(name, SH(f"qualified{end}Count"))[0].value) for end in ("Min", "Max"))
        qualified = (shapes[0], least, most)
    (path,) = facts.names(name, SH("path"))
    return _Property(name, path, messages, _constraints(facts, name), qualified)


def _constraints(facts: Facts, name: IRI) -> tuple[tuple[str, Term], ...]:
    """Give the constraints of a shape; StoreError for one of a sort that is not checked here."""
    found: list[tuple[str, Term]] = []
    for predicate in facts.properties(name):
        kind = predicate.value.removeprefix(SH)
        if kind in CHECKS:
            found.extend((kind, one) for one in facts.objects(name, predicate))
        elif predicate not in _ABOUT_THE_SHAPE and kind not in _QUALIFIED:
            raise StoreError(f"shapes.ttl: {name.value}: {predicate.value} is not checked; add it to constraints.py")
    return tuple(found)
