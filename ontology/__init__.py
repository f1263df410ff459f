"""The vocabulary: the kinds, roles, statuses and other terms of claim records, read from `vocabulary.ttl`.

The Turtle file is the only place where a term is born, and nothing here lists one: a new kind is a few lines of
Turtle and the lexicon entries that find it.

>>> from ontology import vocabulary
>>> kind = vocabulary().kinds["transit"]
>>> kind.en, kind.ar
('military transit', 'عبور عسكري')
>>> vocabulary().statuses["in-force"].active
True
>>> vocabulary().factuality("probable", "denied")
'PR-'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

AKG = "https://w3id.org/alliance-kg/ontology#"
ID = "https://w3id.org/alliance-kg/id/"


class VocabularyError(Exception):
    """The vocabulary cannot be read: the message says which file, which term and what is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term in both languages; `name` is its exact string in claim records, or its local name for other terms."""

    name: str
    iri: str
    ar: str
    en: str
    definition_ar: str
    definition_en: str


@dataclass(frozen=True, slots=True)
class Kind(Term):
    """A kind of arrangement and how it is drawn.

    `class_iri` is its class of agreements, `shortcut` the main direct property between its actors (None where it has
    none). `color` is `#rrggbb`; `dash` the lengths of dashes and gaps in pixels, empty for a full line. An arrow runs
    from the roles of `directed_from` to those of `directed_to` or, in a membership, to the organization. The kind
    with the lowest `precedence` is drawn where one line stands for several.
    """

    class_iri: str
    shortcut: str | None
    obligations: tuple[str, ...]
    color: str
    dash: tuple[int, ...]
    directed: bool
    directed_from: tuple[str, ...]
    directed_to: tuple[str, ...]
    draw_roles: tuple[str, ...]
    precedence: int


@dataclass(frozen=True, slots=True)
class Status(Term):
    """A status: its life-cycle rank (the highest is the furthest), and how its lines are drawn.

    `active` means concluded and not said to be over. `line` is solid, dashed, dotted or crossed, `dash` as in Kind.
    `polarity` (positive, negative, open) says whether the arrangement has come about.
    """

    rank: int
    active: bool
    polarity: str
    line: str
    dash: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Provision(Term):
    """A provision and the ATOP obligations that go with it."""

    obligations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateKey(Term):
    """A key of a record's dates and the status whose reaching it dates; None for what is only planned."""

    status: str | None


@dataclass(frozen=True, slots=True)
class Factuality(Term):
    """A FactBank value: the polarity and the certainties that lead to it."""

    polarity: str
    certainties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shortcut(Term):
    """A direct property between actors and what it is derived from.

    It holds from an actor with one of `from_roles` to one with one of `to_roles`, or to the organization, in an
    agreement of one of `kinds` at one of `statuses`. `properties` are its IRI and those of the properties above it.
    """

    properties: tuple[str, ...]
    kinds: tuple[str, ...]
    from_roles: tuple[str, ...]
    to_roles: tuple[str, ...]
    to_organization: bool
    statuses: tuple[str, ...]
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms. Each mapping goes from a term's string in claim records to the term, in the documented order.

    `terms` holds every class, property and concept by its IRI, `prefixes` the Turtle prefixes of the file.
    """

    version: str
    kinds: Mapping[str, Kind]
    roles: Mapping[str, Term]
    statuses: Mapping[str, Status]
    provisions: Mapping[str, Provision]
    sectors: Mapping[str, Term]
    certainties: Mapping[str, Term]
    factualities: Mapping[str, Factuality]
    obligations: Mapping[str, Term]
    dates: Mapping[str, DateKey]
    issues: Mapping[str, Term]
    recognitions: Mapping[str, Term]
    actions: Mapping[str, Term]
    shortcuts: Mapping[str, Shortcut]
    terms: Mapping[str, Term]
    prefixes: Mapping[str, str]

    def factuality(self, certainty: str, status: str) -> str:
        """Give the FactBank value of a claim; KeyError for a string that is no certainty or status.

        >>> vocabulary().factuality("certain", "signed"), vocabulary().factuality("certain", "proposed")
        ('CT+', 'Uu')
        """
        polarity = self.statuses[status].polarity
        found = {one.name for one in self.factualities.values() if one.polarity == polarity}
        return next(name for name in found if self.certainties[certainty].name in self.factualities[name].certainties)


def path(name: str) -> Path:
    """Give the place of a file of the ontology, such as `shapes.ttl`; VocabularyError where there is none.

    >>> path("vocabulary.ttl").name
    'vocabulary.ttl'
    """
    file = Path(__file__).parent / name
    if not file.is_file():
        known = ", ".join(sorted(one.name for one in file.parent.glob("*.ttl")))
        raise VocabularyError(f"{file}: no such file; the ontology has {known}")
    return file


@cache
def vocabulary() -> Vocabulary:
    """Give the vocabulary of this installation, read once; VocabularyError where the file is malformed."""
    return read(path("vocabulary.ttl"))


def read(file: Path) -> Vocabulary:
    """Read a vocabulary file; VocabularyError says what is missing, and of which term."""
    from ontology.reader import read_vocabulary

    return read_vocabulary(file)


def graph(name: str = "vocabulary.ttl") -> rdflib.Graph:
    """Give a file of the ontology as an rdflib graph of its own, which the caller may change."""
    from ontology.reader import parse

    return parse(path(name))
