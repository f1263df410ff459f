"""The gazetteer: who and what an Arabic text may name, as data, and the one table that finds it.

Files of this folder: `states.toml`, `places.toml`, `regions.toml`, `organizations.toml`, `groups.toml`,
`companies.toml`, `persons.toml`, `instruments.toml`, `bases.toml`, `outlets.toml`; each is an array of tables
named in the singular (`[[state]]`), with the keys of the model in `kg.lexicon.rows`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kg.errors import LexiconError
from kg.lexicon.loader import dangling, read_rows
from kg.lexicon.rows import (
    ActorRow,
    BaseRow,
    CompanyRow,
    GroupRow,
    InstrumentRow,
    Member,
    OrganizationRow,
    OutletRow,
    PersonRow,
    PlaceRow,
    RegionRow,
    Row,
    StateRow,
)
from kg.lexicon.surfaces import Surface, Via, surface_table
from kg.text.normal import normal
from kg.text.tokens import pieces

__all__ = [
    "ActorRow", "BaseRow", "CompanyRow", "GroupRow", "InstrumentRow", "Lexicon", "Member", "OrganizationRow",
    "OutletRow", "PersonRow", "PlaceRow", "RegionRow", "Row", "StateRow", "Surface", "Via", "dangling", "load",
    "normal_key", "read",
]  # fmt: skip

FOLDER = Path(__file__).parent
_plain = re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+)*")
RowType = TypeVar("RowType", bound=Row)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All rows, by id. `actors` holds states, organizations, groups and companies together."""

    actors: Mapping[str, ActorRow]
    persons: Mapping[str, PersonRow]
    places: Mapping[str, PlaceRow]
    regions: Mapping[str, RegionRow]
    instruments: Mapping[str, InstrumentRow]
    bases: Mapping[str, BaseRow]
    outlets: Mapping[str, OutletRow]

    def label(self, actor_id: str) -> tuple[str, str]:
        """Give the Arabic and the English label of an actor; the id itself where it is not known.

        >>> load().label("TUR")
        ('تركيا', 'Türkiye')
        """
        row = self.actors.get(actor_id)
        return (row.ar, row.en) if row else (actor_id, actor_id)

    def surfaces(self) -> Mapping[str, tuple[Surface, ...]]:
        """Give every written form and its senses; made once.

        Keys are in `kg.text.normal` form, tokens joined by one space, without proclitics; nisbas are without their
        article, names keep theirs («الصين»).
        """
        return self._surfaces

    @cached_property
    def _surfaces(self) -> Mapping[str, tuple[Surface, ...]]:
        return surface_table(self, normal_key)

    def actors_of(self, surface: Surface) -> tuple[str, ...]:
        """Give the ids of the actors that a sense stands for; none for masked regions and for outlets."""
        match surface.via:
            case "place":
                return (self.places[surface.target].state,)
            case "region" | "outlet":
                return ()
            case "group-of-states":
                return self.regions[surface.target].actors
            case "person":
                person = self.persons[surface.target]
                return (person.state or person.organization or "",)
            case "instrument":
                return self.instruments[surface.target].parties
            case "base":
                return (self.bases[surface.target].host,)
            case _:
                return (surface.target,)


def normal_key(text: str) -> str:
    """Give the form in which a name is looked up: its tokens in normal form, joined by one space.

    >>> normal_key("الكونغو-برازافيل")
    'الكونغو - برازافيل'
    """
    norm = normal(text)
    if _plain.fullmatch(norm):
        return norm
    return " ".join(token for token, _, _, _ in pieces(norm, 0, len(norm)))


@cache
def load() -> Lexicon:
    """Read the lexicon that comes with the programme; raises LexiconError for a bad file or row."""
    return read(FOLDER)


def read(folder: Path) -> Lexicon:
    """Read the lexicon files of a folder; a file that is missing holds no rows. Raises LexiconError."""
    return Lexicon(
        actors=_actors(folder),
        persons=_frozen(read_rows(folder / "persons.toml", "person", PersonRow)),
        places=_frozen(read_rows(folder / "places.toml", "place", PlaceRow)),
        regions=_frozen(read_rows(folder / "regions.toml", "region", RegionRow)),
        instruments=_frozen(read_rows(folder / "instruments.toml", "instrument", InstrumentRow)),
        bases=_frozen(read_rows(folder / "bases.toml", "base", BaseRow)),
        outlets=_frozen(read_rows(folder / "outlets.toml", "outlet", OutletRow)),
    )


def _actors(folder: Path) -> Mapping[str, ActorRow]:
    actors: dict[str, ActorRow] = {}
    tables: tuple[tuple[str, str, type[ActorRow]], ...] = (
        ("states.toml", "state", StateRow),
        ("organizations.toml", "organization", OrganizationRow),
        ("groups.toml", "group", GroupRow),
        ("companies.toml", "company", CompanyRow),
    )
    for file, table, model in tables:
        found = read_rows(folder / file, table, model)
        if twice := sorted(actors.keys() & found.keys()):
            raise LexiconError(f"{file}: [[{table}]]: other files have the ids {', '.join(twice)} too; rename one")
        actors |= found
    return _frozen(actors)


def _frozen(rows: dict[str, RowType]) -> Mapping[str, RowType]:
    return MappingProxyType(rows)
