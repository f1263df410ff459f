"""Turtle and TriG that a person can read, the same bytes whatever the order of the triples.

Subjects stand in sections by their class; what belongs to one subject alone (its participations, its evidence)
follows it at once. `a` comes first, then labels, then the rest by name. There are no blank nodes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.graph.terms import IRI, Literal, Quad, Term

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_NAMESPACE = re.compile(r"^(.*[/#])([^/#]*)$")
_BARE = {_XSD + "integer": re.compile(r"[+-]?[0-9]+"), _XSD + "boolean": re.compile(r"true|false")}
_LINE = 110  # characters after which the objects of a predicate stand one on a line
_DIGITS = re.compile(r"([0-9]+)")
_INDENT = "    "


@dataclass(frozen=True)
class Section:
    """A heading and the classes whose members stand under it.

    Subjects are sorted by the least value that each of `order`, paths of predicates, leads to, then by their names.
    """

    title: str
    classes: frozenset[str]
    order: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Layout:
    """How a file is laid out: prefixes, sections in their order, predicates that come first, lines at its head.

    `titles` are predicates whose texts, found in a named graph, stand above it as a comment.
    """

    prefixes: Mapping[str, str]
    sections: Sequence[Section] = ()
    first: Sequence[str] = ()
    head: str = ""
    titles: Sequence[str] = ()


class Pen:
    """Writes terms by the prefixes of a layout, and remembers which of them were used."""

    def __init__(self, layout: Layout) -> None:
        self._by_namespace = {namespace: prefix for prefix, namespace in layout.prefixes.items()}
        self._written: dict[Term, str] = {}
        self.used: set[str] = set()

    def write(self, term: Term) -> str:
        """Write one term: a prefixed name where that is possible, else in full."""
        text = self._written.get(term)
        if text is None:
            text = self._name(term) if isinstance(term, IRI) else self._literal(term)
            self._written[term] = text
        return text

    def _name(self, iri: IRI) -> str:
        parts = _NAMESPACE.match(iri.value)
        prefix = self._by_namespace.get(parts.group(1)) if parts else None
        if prefix is None or parts is None or not _LOCAL.fullmatch(parts.group(2)):
            return iri.nt()
        self.used.add(prefix)
        return f"{prefix}:{parts.group(2)}"

    def _literal(self, literal: Literal) -> str:
        if literal.datatype is None:
            return literal.nt()
        bare = _BARE.get(literal.datatype.value)
        if bare and bare.fullmatch(literal.value):
            return literal.value
        return f"{literal.quoted()}^^{self.write(literal.datatype)}"


class Sheet:
    """The triples of one graph, grouped by subject, and the order in which the subjects are told."""

    def __init__(self, triples: Iterable[Quad], layout: Layout, pen: Pen) -> None:
        self._layout, self._pen = layout, pen
        self._rank = {predicate: place for place, predicate in enumerate((_RDF_TYPE, *layout.first))}
        self._subjects: dict[IRI, dict[IRI, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, obj, _ in triples:
            self._subjects[subject][predicate].add(obj)
        self._section_of = {subject: self._section(subject) for subject in self._subjects}

    def blocks(self) -> Iterator[str]:
        """Give the blocks of text in order: headings, then each subject followed by what is its own."""
        told: set[IRI] = set()
        tops: dict[int, list[IRI]] = defaultdict(list)
        for subject, number in self._section_of.items():
            tops[number].append(subject)
        parts = len(self._layout.sections)
        for number, section in enumerate(self._layout.sections):
            yield from self._told(section.title, section.order, tops.get(number, []), told)
        rest = [subject for subject in tops.get(parts, []) if subject not in told]
        yield from self._told("Other" if told else "", (), rest, told)

    def _told(
        self, title: str, order: tuple[tuple[str, ...], ...], subjects: list[IRI], told: set[IRI]
    ) -> Iterator[str]:
        if subjects and title:
            yield f"# ==== {title} ===="
        for subject in sorted(subjects, key=lambda one: ([self._least(one, path) for path in order], one.value)):
            if subject not in told:
                yield "\n".join(self._family(subject, told))

    def _section(self, subject: IRI) -> int:
        classes = {term.value for term in self._subjects[subject].get(IRI(_RDF_TYPE), ())}
        for number, section in enumerate(self._layout.sections):
            if classes & section.classes:
                return number
        return len(self._layout.sections)

    def _least(self, subject: IRI, path: tuple[str, ...]) -> tuple[int, int, str]:
        reached: set[Term] = {subject}
        for step in path:
            reached = {obj for one in reached if isinstance(one, IRI) for obj in self._objects(one, step)}
        return min((_natural(term.value) for term in reached), default=(2, 0, ""))

    def _objects(self, subject: IRI, predicate: str) -> Iterable[Term]:
        return self._subjects[subject].get(IRI(predicate), ()) if subject in self._subjects else ()

    def _family(self, subject: IRI, told: set[IRI]) -> list[str]:
        """Write a subject, and below it, indented and closely, what belongs to it."""
        if subject in told:
            return []
        told.add(subject)
        written = [self._block(subject)]
        for obj in self._own(subject):
            written.extend(_indented(lines) for lines in self._close_family(obj, told))
        return written

    def _own(self, subject: IRI) -> list[IRI]:
        """Give the objects that stand in no section, in the order in which they are named."""
        sections = len(self._layout.sections)
        return [
            obj
            for _, objects in self._predicates(subject)
            for obj in objects
            if isinstance(obj, IRI) and self._section_of.get(obj) == sections
        ]

    def _close_family(self, subject: IRI, told: set[IRI]) -> list[str]:
        if subject in told:
            return []
        family = self._family(subject, told)
        return [_close(self._pen.write(subject), self._lines(subject)), *family[1:]]

    def _predicates(self, subject: IRI) -> list[tuple[IRI, list[Term]]]:
        last = len(self._rank)
        found = self._subjects[subject]
        names = sorted(found, key=lambda name: (self._rank.get(name.value, last), name.value))
        return [(name, self._sorted(found[name])) for name in names]

    def _sorted(self, terms: set[Term]) -> list[Term]:
        return sorted(terms, key=self._order) if len(terms) > 1 else list(terms)

    def _order(self, term: Term) -> tuple[str, tuple[str | int, ...], str]:
        written = self._pen.write(term)
        return (term.language or "" if isinstance(term, Literal) else "", _by_number(written), written)

    def _lines(self, subject: IRI) -> list[str]:
        return [self._line(name, terms) for name, terms in self._predicates(subject)]

    def _block(self, subject: IRI) -> str:
        return f"{self._pen.write(subject)}\n    " + " ;\n    ".join(self._lines(subject)) + " ."

    def _line(self, predicate: IRI, terms: list[Term]) -> str:
        name = "a" if predicate.value == _RDF_TYPE else self._pen.write(predicate)
        objects = [self._pen.write(term) for term in terms]
        on_one_line = ", ".join(objects)
        if len(objects) == 1 or len(name) + len(on_one_line) < _LINE:
            return f"{name} {on_one_line}"
        return f"{name}\n        " + " ,\n        ".join(objects)


def _close(subject: str, lines: Sequence[str]) -> str:
    """Write a subject with as many predicates on a line as there is room for."""
    written = [subject]
    for number, line in enumerate(lines):
        piece = f" {line} " + (";" if number < len(lines) - 1 else ".")
        if number and len(written[-1]) + len(piece) > _LINE:
            written.append(_INDENT + piece.lstrip())
        else:
            written[-1] += piece
    return "\n".join(written)


def _indented(block: str) -> str:
    return "\n".join(_INDENT + line for line in block.split("\n"))


def _natural(text: str) -> tuple[int, int, str]:
    return (0, int(text), text) if text.isascii() and text.isdigit() else (1, 0, text)


def _by_number(text: str) -> tuple[str | int, ...]:
    """Make a key that puts `text-48-138` before `text-2611-2891`: parts of letters and of digits take turns."""
    return tuple(int(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(text)))


def _assemble(body: list[str], layout: Layout, pen: Pen) -> str:
    head = [f"# {line}".rstrip() for line in layout.head.splitlines()]
    prefixes = [f"@prefix {name}: <{layout.prefixes[name]}> ." for name in sorted(pen.used)]
    parts = ["\n".join(block) for block in (head, prefixes) if block]
    return "\n\n".join(parts + body) + "\n"


def turtle(triples: Iterable[Quad], layout: Layout) -> str:
    """Write the merge of all graphs as Turtle."""
    pen = Pen(layout)
    return _assemble(list(Sheet(triples, layout, pen).blocks()), layout, pen)


def trig(quads: Iterable[Quad], layout: Layout) -> str:
    """Write the quads as TriG: the default graph first, then the named graphs sorted by name."""
    pen = Pen(layout)
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph.value if quad.graph else ""].append(quad)
    body: list[str] = []
    for name in sorted(graphs):
        blocks = list(Sheet(graphs[name], layout, pen).blocks())
        body.extend(blocks if not name else [_graph(pen.write(IRI(name)), _title(graphs[name], layout), blocks)])
    return _assemble(body, layout, pen)


def _title(quads: Iterable[Quad], layout: Layout) -> str:
    place = {predicate: number for number, predicate in enumerate(layout.titles)}
    found = {(place[quad.predicate.value], quad.object.value) for quad in quads if quad.predicate.value in place}
    return " · ".join(" ".join(text.split()) for _, text in sorted(found))


def _graph(name: str, title: str, blocks: list[str]) -> str:
    heading = f"# {title}\n" if title else ""
    indented = "\n\n".join(_indented(block) for block in blocks)
    return f"{heading}{name} {{\n\n{indented}\n}}"
