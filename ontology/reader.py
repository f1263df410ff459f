"""Reads the Turtle of the vocabulary into its terms, and says exactly what is wrong with a file that it cannot read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypedDict, TypeVar

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from ontology import (
    AKG,
    DateKey,
    Factuality,
    Kind,
    Provision,
    Shortcut,
    Status,
    Term,
    Vocabulary,
    VocabularyError,
)

T = TypeVar("T", bound=Term)
TERM_TYPES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, SKOS.ConceptScheme)


class Basics(TypedDict):
    """What every term has."""

    name: str
    iri: str
    ar: str
    en: str
    definition_ar: str
    definition_en: str


def parse(file: Path) -> Graph:
    """Parse a Turtle file; VocabularyError names the file and the place of a fault."""
    try:
        return Graph(bind_namespaces="none").parse(file, format="turtle")
    except FileNotFoundError as error:
        raise VocabularyError(f"{file}: no such file") from error
    except BadSyntax as error:
        line, why = error.lines + 1, error._why
        raise VocabularyError(f"{file}, line {line}: not Turtle: {why}; mend the line") from error


def read_vocabulary(file: Path) -> Vocabulary:
    """Read all terms of a vocabulary file; VocabularyError for a term that lacks something."""
    source = _Source(file)
    plain = source.term
    return Vocabulary(
        version=source.version(),
        kinds=source.scheme("Kind", partial(_kind, source)),
        roles=source.scheme("Role", plain),
        statuses=source.scheme("Status", partial(_status, source)),
        provisions=source.scheme("Provision", partial(_provision, source)),
        sectors=source.scheme("Sector", plain),
        certainties=source.scheme("Certainty", plain),
        factualities=source.scheme("Factuality", partial(_factuality, source)),
        obligations=source.scheme("Obligation", plain),
        dates=source.scheme("DateKey", partial(_date_key, source)),
        issues=source.scheme("Issue", plain),
        recognitions=source.scheme("Recognition", plain),
        actions=source.scheme("Action", plain),
        shortcuts=source.shortcuts(),
        terms=source.all_terms(),
        prefixes=MappingProxyType({prefix: str(iri) for prefix, iri in sorted(source.graph.namespaces())}),
    )


def _kind(source: _Source, node: URIRef) -> Kind:
    return Kind(
        **source.basics(node),
        class_iri=source.text(node, "kindClass"),
        shortcut=source.optional(node, "shortcut"),
        obligations=source.names(node, "impliesObligation"),
        color=source.text(node, "color", "#rrggbb", r"#[0-9a-f]{6}"),
        dash=source.dash(node),
        directed=source.flag(node, "directed"),
        directed_from=source.names(node, "directedFrom"),
        directed_to=source.names(node, "directedTo"),
        draw_roles=source.names(node, "drawRole"),
        precedence=source.number(node, "precedence"),
    )


def _status(source: _Source, node: URIRef) -> Status:
    return Status(
        **source.basics(node),
        rank=source.number(node, "lifecycleRank"),
        active=source.flag(node, "isActive"),
        polarity=source.name(node, "polarity"),
        line=source.text(node, "lineStyle", "solid, dashed, dotted or crossed", "solid|dashed|dotted|crossed"),
        dash=source.dash(node),
    )


def _provision(source: _Source, node: URIRef) -> Provision:
    return Provision(**source.basics(node), obligations=source.names(node, "impliesObligation"))


def _date_key(source: _Source, node: URIRef) -> DateKey:
    status = source.names(node, "dateOfStatus")
    return DateKey(**source.basics(node), status=status[0] if status else None)


def _factuality(source: _Source, node: URIRef) -> Factuality:
    certainties = source.names(node, "fromCertainty")
    return Factuality(**source.basics(node), polarity=source.name(node, "polarity"), certainties=certainties)


def _shortcut(source: _Source, node: URIRef) -> Shortcut:
    organization = source.optional(node, "shortcutToOrganization") == "true"
    return Shortcut(
        **source.basics(node),
        properties=source.above(node),
        kinds=source.names(node, "shortcutKind"),
        from_roles=source.names(node, "shortcutFrom"),
        to_roles=source.names(node, "shortcutTo"),
        to_organization=organization,
        statuses=source.names(node, "shortcutStatus"),
        symmetric=(node, RDF.type, OWL.SymmetricProperty) in source.graph,
    )


class _Source:
    """One parsed file, and typed ways to ask it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.graph = parse(file)

    def fault(self, node: Node, what: str) -> VocabularyError:
        return VocabularyError(f"{self.file}: {str(node).replace(AKG, 'akg:')}: {what}")

    def version(self) -> str:
        versions = [str(one) for one in self.graph.objects(None, OWL.versionInfo)]
        if len(versions) != 1:
            raise VocabularyError(f"{self.file}: owl:Ontology: owl:versionInfo must be there once")
        return versions[0]

    def scheme(self, name: str, make: Callable[[URIRef], T]) -> Mapping[str, T]:
        """Give the concepts of a scheme in their order, by notation; each notation once."""
        scheme = URIRef(f"{AKG}{name}Scheme")
        nodes = [one for one in self.graph.subjects(SKOS.inScheme, scheme) if isinstance(one, URIRef)]
        if not nodes:
            raise self.fault(scheme, "no concept has it as its skos:inScheme")
        found: dict[str, T] = {}
        for node in sorted(nodes, key=lambda one: self.number(one, "position")):
            term = make(node)
            if term.name in found:
                raise self.fault(node, f"skos:notation «{term.name}» belongs to {found[term.name].iri} already")
            found[term.name] = term
        return MappingProxyType(found)

    def shortcuts(self) -> Mapping[str, Shortcut]:
        nodes = sorted({one for one in self.graph.subjects(URIRef(AKG + "shortcutKind")) if isinstance(one, URIRef)})
        return MappingProxyType({one.name: one for one in (_shortcut(self, node) for node in nodes)})

    def all_terms(self) -> Mapping[str, Term]:
        types = [*TERM_TYPES, *self.graph.subjects(RDFS.subClassOf, SKOS.Concept)]
        nodes = {node for one in types for node in self.graph.subjects(RDF.type, one) if isinstance(node, URIRef)}
        own = sorted(node for node in nodes if node.startswith(AKG))
        return MappingProxyType({str(node): self.term(node) for node in own})

    def term(self, node: URIRef) -> Term:
        return Term(**self.basics(node))

    def basics(self, node: URIRef) -> Basics:
        concept = any(self.graph.objects(node, SKOS.prefLabel))
        label, definition = (SKOS.prefLabel, SKOS.definition) if concept else (RDFS.label, RDFS.comment)
        return {
            "name": self.notation(node) if (node, SKOS.inScheme, None) in self.graph else str(node)[len(AKG) :],
            "iri": str(node),
            "ar": self.words(node, label, "ar"),
            "en": self.words(node, label, "en"),
            "definition_ar": self.words(node, definition, "ar"),
            "definition_en": self.words(node, definition, "en"),
        }

    def words(self, node: URIRef, predicate: URIRef, language: str) -> str:
        literals = [one for one in self.graph.objects(node, predicate) if isinstance(one, Literal)]
        found = [str(one) for one in literals if one.language == language and one.strip()]
        if len(found) != 1:
            name = predicate.n3(self.graph.namespace_manager)
            raise self.fault(node, f"{len(found)} texts in @{language} for {name}; write one in ar and one in en")
        return found[0]

    def notation(self, node: Node) -> str:
        found = list(self.graph.objects(node, SKOS.notation))
        if len(found) != 1:
            raise self.fault(node, f"{len(found)} values of skos:notation; it needs one, its string in claim records")
        return str(found[0])

    def optional(self, node: URIRef, local: str) -> str | None:
        found = [str(one) for one in self.graph.objects(node, URIRef(AKG + local))]
        if len(found) > 1:
            raise self.fault(node, f"{len(found)} values of akg:{local}; at most one may stand")
        return found[0] if found else None

    def text(self, node: URIRef, local: str, expected: str = "one value", pattern: str = ".+") -> str:
        found = self.optional(node, local)
        if found is None or not re.fullmatch(pattern, found):
            raise self.fault(node, f"akg:{local} is {found or 'missing'}; expected {expected}")
        return found

    def number(self, node: URIRef, local: str) -> int:
        return int(self.text(node, local, "a whole number", r"\d+"))

    def flag(self, node: URIRef, local: str) -> bool:
        return self.text(node, local, "true or false", "true|false") == "true"

    def dash(self, node: URIRef) -> tuple[int, ...]:
        lengths = self.text(node, "dash", "none, or lengths such as 8 4", r"none|\d+( \d+)*")
        return () if lengths == "none" else tuple(int(one) for one in lengths.split())

    def names(self, node: URIRef, local: str) -> tuple[str, ...]:
        """Give the notations of the concepts that a property leads to, in the order of their scheme."""
        targets = [one for one in self.graph.objects(node, URIRef(AKG + local)) if isinstance(one, URIRef)]
        for one in targets:
            if (one, SKOS.inScheme, None) not in self.graph:
                raise self.fault(node, f"akg:{local} leads to {one}, which is no concept of this file")
        return tuple(self.notation(one) for one in sorted(targets, key=lambda one: self.number(one, "position")))

    def name(self, node: URIRef, local: str) -> str:
        found = self.names(node, local)
        if len(found) != 1:
            raise self.fault(node, f"{len(found)} values of akg:{local}; it needs one")
        return found[0]

    def above(self, node: URIRef) -> tuple[str, ...]:
        return tuple(str(one) for one in self.graph.transitive_objects(node, RDFS.subPropertyOf))
