"""The only module that imports pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import ontology
from kg.errors import QueryError, StoreError
from kg.graph.terms import IRI, Literal, Quad, Term
from kg.store.answers import Answer, Row
from kg.store.complaints import about_file, about_query
from kg.store.layout import LAYOUT
from kg.store.turtle import Layout, trig, turtle

if TYPE_CHECKING:
    import pyoxigraph as ox

_STRING = "http://www.w3.org/2001/XMLSchema#string"
FORMATS: dict[str, str] = {
    "turtle": ".ttl",
    "trig": ".trig",
    "nquads": ".nq",
    "ntriples": ".nt",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
_OXIGRAPH_NAMES = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nq": "N_QUADS",
    ".nt": "N_TRIPLES",
    ".jsonld": "JSON_LD",
    ".rdf": "RDF_XML",
}


class Store:
    """A set of quads that SPARQL can ask; the default graph of a query is the union of all graphs.

    Oxigraph keeps the values of numbers, booleans and dates, not their spelling: `007` comes back as `7`.

    >>> store = Store.open()
    >>> store.load([Quad(IRI("https://e.org/a"), IRI("https://e.org/p"), Literal("نعم", "ar"))])
    >>> store.select("SELECT ?o { ?s ?p ?o }").rows
    ((Literal(value='نعم', language='ar', datatype=None),),)
    """

    def __init__(self, inner: ox.Store) -> None:
        self._inner = inner

    @classmethod
    def open(cls, directory: Path | None = None, *, read_only: bool = False) -> Store:
        """Open the store in a directory, made if it is not there; without one, a store in memory."""
        import pyoxigraph as ox

        if directory is None:
            return cls(ox.Store())
        try:
            return cls(ox.Store.read_only(str(directory)) if read_only else ox.Store(str(directory)))
        except OSError as error:
            raise StoreError(f"{directory}: cannot be opened as an RDF store ({error})") from error

    def __len__(self) -> int:
        """Count the quads."""
        return len(self._inner)

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads; one that is there already changes nothing. Raises StoreError for an ill-formed term."""
        import pyoxigraph as ox

        lines = "\n".join(quad.nq() for quad in quads)
        try:
            self._inner.bulk_load(lines.encode(), ox.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"a quad is not valid RDF: {error}") from error

    def load_file(self, path: Path, graph: IRI | None = None) -> None:
        """Add an RDF file, its format told by its suffix; triples go to `graph`, quads keep theirs."""
        import pyoxigraph as ox

        name = _OXIGRAPH_NAMES.get(path.suffix)
        if name is None:
            raise StoreError(f"{path}: not an RDF file; expected one of {', '.join(sorted(_OXIGRAPH_NAMES))}")
        try:
            data = path.read_bytes()
            target = ox.NamedNode(graph.value) if graph else None
            self._inner.bulk_load(data, getattr(ox.RdfFormat, name), to_graph=target)
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from error
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{path}: {about_file(str(error))}") from error

    def load_vocabulary(self) -> None:
        """Add the vocabulary, its labels and definitions, in a graph of its own."""
        self.load_file(ontology.path("vocabulary.ttl"), IRI(ontology.AKG.rstrip("#")))

    def quads(self) -> Iterator[Quad]:
        """Give all quads, in no particular order."""
        for subject, predicate, obj, graph in self._inner:
            name = IRI(graph.value) if hasattr(graph, "value") else None
            yield Quad(_iri(subject), _iri(predicate), _term(obj), name)

    def graphs(self) -> frozenset[str]:
        """Name the named graphs."""
        return frozenset(graph.value for graph in self._inner.named_graphs())

    def serialize(self, form: str = "turtle", layout: Layout = LAYOUT) -> str:
        """Write all quads in one of `FORMATS`, the same bytes for the same quads.

        Formats without named graphs (`turtle`, `ntriples`, `rdfxml`) hold the merge of all graphs.
        """
        if form == "turtle":
            return turtle(self.quads(), layout)
        if form == "trig":
            return trig(self.quads(), layout)
        if form not in FORMATS:
            raise StoreError(f"unknown format {form!r}; expected one of {', '.join(FORMATS)}")
        return self._by_library(form, layout)

    def _by_library(self, form: str, layout: Layout) -> str:
        import pyoxigraph as ox

        target = getattr(ox.RdfFormat, _OXIGRAPH_NAMES[FORMATS[form]])
        if target.supports_datasets:
            items: list[Any] = sorted(self._inner, key=str)
        else:
            items = sorted({quad.triple for quad in self._inner}, key=str)
        prefixes = None if form in {"nquads", "ntriples"} else dict(layout.prefixes)
        written = ox.serialize(items, format=target, prefixes=prefixes)
        return written.decode() if written else ""

    def ask(self, query: str) -> bool:
        """Answer an ASK query."""
        truth = self.query(query).truth
        if truth is None:
            raise QueryError("expected an ASK query; use select() or construct() for the other forms")
        return truth

    def select(self, query: str) -> Answer:
        """Answer a SELECT query: `variables` and `rows` of the answer are filled."""
        answer = self.query(query)
        if answer.rows is None:
            raise QueryError("expected a SELECT query; use ask() or construct() for the other forms")
        return answer

    def construct(self, query: str) -> tuple[Quad, ...]:
        """Answer a CONSTRUCT or DESCRIBE query with its triples, sorted, each once."""
        triples = self.query(query).triples
        if triples is None:
            raise QueryError("expected a CONSTRUCT or DESCRIBE query; use select() or ask() for the other forms")
        return triples

    describe = construct

    def query(self, query: str, prefixes: dict[str, str] | None = None) -> Answer:
        """Answer a query of any form over the union of all graphs; `prefixes` need not be declared in the query.

        Raises QueryError with line and column where the query is malformed. What a query may not do (reach out to
        the network, change the data) is not checked here but in `kg.queries`.
        """
        import pyoxigraph as ox

        try:
            found = self._inner.query(query, prefixes=prefixes, use_default_graph_as_union=True)
            if isinstance(found, ox.QueryBoolean):
                return Answer(truth=bool(found))
            if isinstance(found, ox.QueryTriples):
                triples = {Quad(_iri(t.subject), _iri(t.predicate), _term(t.object)) for t in found}
                return Answer(triples=tuple(sorted(triples, key=Quad.nq)))
            names = tuple(variable.value for variable in found.variables)
            return Answer(variables=names, rows=tuple(_row(solution, len(names)) for solution in found))
        except SyntaxError as error:
            raise QueryError(f"malformed SPARQL, {about_query(str(error), query)}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error


def _row(solution: ox.QuerySolution, width: int) -> Row:
    values = (solution[place] for place in range(width))
    return tuple(None if value is None else _term(value) for value in values)


def _term(term: Any) -> Term:
    ox = _library()
    if type(term) is not ox.Literal:
        return _iri(term)
    if term.language:
        return Literal(term.value, term.language)
    datatype = term.datatype.value
    return Literal(term.value, None, None if datatype == _STRING else IRI(datatype))


def _iri(term: Any) -> IRI:
    """Take an IRI over; a blank node of a foreign file gets a name of its own, `urn:bnode:…`."""
    ox = _library()
    if type(term) is ox.NamedNode:
        return IRI(term.value)
    if type(term) is ox.BlankNode:
        return IRI(f"urn:bnode:{term.value}")
    raise StoreError(f"{term} is neither an IRI nor a literal: triples about triples are not supported")


@cache
def _library() -> ModuleType:
    import pyoxigraph

    return pyoxigraph
