"""What the graph needs to know of the vocabulary, as terms of RDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kg.errors import ClaimError
from kg.graph.terms import IRI
from ontology import Kind, Shortcut, Status, Term, vocabulary


def _schemes() -> Mapping[str, Mapping[str, Term]]:
    known = vocabulary()
    return {
        "kind": known.kinds,
        "role": known.roles,
        "status": known.statuses,
        "provision": known.provisions,
        "sector": known.sectors,
        "certainty": known.certainties,
        "date": known.dates,
        "issue": known.issues,
        "recognition": known.recognitions,
        "action": known.actions,
    }


@cache
def concept(scheme: str, name: str) -> IRI:
    """Give the concept that a string of a claim record stands for; ClaimError for one that is not in its scheme.

    >>> concept("status", "in-force").value
    'https://w3id.org/alliance-kg/ontology#status-in-force'
    """
    terms = _schemes()[scheme]
    if name not in terms:
        raise ClaimError(f"{name!r} is no {scheme}; expected one of {', '.join(terms)}")
    return IRI(terms[name].iri)


def kind(name: str) -> Kind:
    """Give a kind; ClaimError for one that is not in the vocabulary."""
    concept("kind", name)
    return vocabulary().kinds[name]


def status(name: str) -> Status:
    """Give a status; ClaimError for one that is not in the vocabulary."""
    concept("status", name)
    return vocabulary().statuses[name]


def rank(name: str) -> int:
    """Say how far along the life of an arrangement a status is."""
    return status(name).rank


def is_negative(name: str) -> bool:
    """Tell whether a status says that the arrangement has not come about."""
    return status(name).polarity == "negative"


@cache
def factuality(certainty: str, name: str) -> IRI:
    """Give the value on FactBank's scale that a certainty and a status lead to."""
    return IRI(vocabulary().factualities[vocabulary().factuality(certainty, name)].iri)


def obligations(name: str, provisions: Iterable[str]) -> list[IRI]:
    """Give the obligations that go with a kind and with provisions, sorted."""
    known = vocabulary()
    found = {*kind(name).obligations, *(one for term in provisions for one in known.provisions[term].obligations)}
    return [IRI(known.obligations[one].iri) for one in sorted(found)]


def status_of_date(event: str) -> str | None:
    """Give the status that an event brings about; None for what is only planned."""
    return vocabulary().dates[event].status


def date_place(event: str) -> int:
    """Give an event's place in the order in which events are listed."""
    return list(vocabulary().dates).index(event)


@cache
def shortcuts(kind_name: str, status_name: str) -> tuple[Shortcut, ...]:
    """Give the direct properties that agreements of a kind at a status lead to."""
    every = vocabulary().shortcuts.values()
    return tuple(one for one in every if kind_name in one.kinds and status_name in one.statuses)
