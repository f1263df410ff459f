"""What an agreement is called: a slug for its IRI, and a label in Arabic and in English."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from kg.graph.rivalry import insider, side
from kg.graph.words import kind as kind_term
from kg.lexicon import load
from kg.model import Party

_MANY = 6  # actors that a slug or a label names; beyond it, fewer
_FEW = 4
ARABIC, ENGLISH = 0, 1
_YEAR_OF = ("signed", "ratified", "in-force", "completed", "planned", "proposed", "rejected", "suspended", "terminated")


def slug(
    kind: str, parties: Sequence[Party], organization: str | None, instrument: str | None, dates: Mapping[str, str]
) -> str:
    """Name an arrangement readably: kind, actors, instrument, year; a membership in an organization has no year.

    >>> slug("base", (Party(actor="TUR", role="operator"), Party(actor="SOM", role="host")), None, None, {})
    'base-TUR-in-SOM'
    """
    first, joint, second = _sides(kind, parties, organization)
    actors = f"-{joint}-".join(filter(None, (_run(first), _run(second)))) or "unnamed"
    year = "" if organization else _year(dates)
    named = instrument.removesuffix(f"-{year}") if instrument and year else instrument
    return "-".join(filter(None, (kind, actors, named, year)))


def _run(actors: Sequence[str]) -> str:
    """Join actors by hyphens, sorted; of many, the first few and a hash of all."""
    ordered = sorted(actors)
    if len(ordered) <= _MANY:
        return "-".join(ordered)
    return "-".join([*ordered[:_FEW], hashlib.sha256(" ".join(ordered).encode()).hexdigest()[:6]])


def _sides(kind: str, parties: Sequence[Party], organization: str | None) -> tuple[list[str], str, list[str]]:
    """Part the actors in two, with the English word that stands between them."""
    sides = {party.actor: side(kind, party.role) for party in parties if insider(party.role)}
    if organization:
        return list(sides), "in", [organization]
    for first, joint in (("operator", "in"), ("supplier", "to"), ("joiner", "to")):
        if first in sides.values():
            here = [actor for actor, found in sides.items() if found == first]
            return here, joint, [actor for actor, found in sides.items() if found != first]
    return list(sides), "", []


def _year(dates: Mapping[str, str]) -> str:
    return next((dates[event][:4] for event in _YEAR_OF if event in dates), "")


def labels(
    kind: str, parties: Sequence[Party], organization: str | None, instrument: str | None, dates: Mapping[str, str]
) -> tuple[str, str]:
    """Give the label in Arabic and in English: what it is, who with whom, and the year where it is known."""
    arabic, english = _heading(kind, instrument)
    first, joint, second = _sides(kind, parties, organization)
    if joint == "to" and kind == "membership":
        joint = "with"
    word = {"in": "في", "to": "إلى", "with": "مع", "": ""}[joint]
    year = "" if organization else _year(dates)
    behind = f" ({year})" if year else ""
    return (
        f"{arabic}: {_who(first, word, second, ARABIC)}" + ("" if year in arabic else behind),
        f"{english}: {_who(first, joint, second, ENGLISH)}" + ("" if year in english else behind),
    )


def _heading(kind: str, instrument: str | None) -> tuple[str, str]:
    named = load().instruments.get(instrument) if instrument and kind != "membership" else None
    heading = named or kind_term(kind)
    return heading.ar, heading.en[:1].upper() + heading.en[1:]


def _who(first: Sequence[str], joint: str, second: Sequence[str], language: int) -> str:
    groups = [_named(actors, language) for actors in (first, second) if actors]
    return f" {joint} ".join(groups)


def _named(actors: Sequence[str], language: int) -> str:
    shown = actors if len(actors) <= _MANY else actors[:_FEW]
    names = " – ".join(load().label(actor)[language] for actor in shown)
    return names if len(shown) == len(actors) else f"{names} +{len(actors) - len(shown)}"
