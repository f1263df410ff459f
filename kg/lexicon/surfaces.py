"""From the written form of a name to what it may stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.lexicon.nisba import Gender, Number, forms
from kg.lexicon.rows import ActorRow, CompanyRow, GroupRow, OrganizationRow, Row, StateRow

if TYPE_CHECKING:
    from kg.lexicon import Lexicon

Via = Literal[
    "name", "seat", "nisba", "place", "region", "group-of-states", "organization", "armed-group", "company",
    "person", "instrument", "base", "outlet",
]  # fmt: skip


class Surface(NamedTuple):
    """One sense of a written form: the id of its row, the table it is from (`via`), and its grammar.

    `definite` is None where the article on the first word decides, `latin` marks Latin script, `ambiguous` a form
    that needs support from the context before it may count.
    """

    target: str
    via: Via
    gender: Gender | None = None
    number: Number | None = None
    definite: bool | None = None
    latin: bool = False
    ambiguous: bool = False


Entry = tuple[str, Surface]
Normal = Callable[[str], str]


def surface_table(lexicon: Lexicon, normal: Normal) -> Mapping[str, tuple[Surface, ...]]:
    """Map every written form, in normal form, onto its senses: the doubtful ones last, else in the tables' order.

    An accusative that equals a name of the same actor («تركيًا», «تركيا») is left out: the name is the sense. So is a
    seat that is a name too.
    """
    table: dict[str, list[Surface]] = {}
    for key, surface in _entries(lexicon, normal):
        senses = table.setdefault(key, [])
        if not any(_covers(known, surface, key) for known in senses):
            senses.append(surface)
    return MappingProxyType({key: tuple(sorted(senses, key=lambda s: s.ambiguous)) for key, senses in table.items()})


def _covers(known: Surface, new: Surface, key: str) -> bool:
    if known.target != new.target:
        return False
    return known.via == new.via or new.via == "seat" or (new.via == "nisba" and key.endswith("ا"))


def _entries(lexicon: Lexicon, normal: Normal) -> Iterator[Entry]:
    for actor in lexicon.actors.values():
        yield from _of_actor(actor, normal)
    for region in lexicon.regions.values():
        yield from _named(region, "group-of-states" if region.kind == "group" else "region", normal)
    tables: tuple[tuple[Via, Iterable[Row]], ...] = (
        ("place", lexicon.places.values()),
        ("person", lexicon.persons.values()),
        ("instrument", lexicon.instruments.values()),
        ("base", lexicon.bases.values()),
        ("outlet", lexicon.outlets.values()),
    )
    for via, rows in tables:
        for row in rows:
            yield from _named(row, via, normal)


def _of_actor(row: ActorRow, normal: Normal) -> Iterator[Entry]:
    yield from _named(row, _via(row), normal)
    doubtful = {normal(text) for text in row.ambiguous}
    seats = (*row.seats, *row.seat) if isinstance(row, OrganizationRow) else row.seats
    for seat in seats:
        key = normal(seat)
        yield key, Surface(row.id, "seat", ambiguous=key in doubtful)
    for nisba in row.nisba:
        yield from _of_nisba(row.id, nisba, doubtful, normal)
    for plural in row.plurals:
        key = normal(plural)
        yield key, Surface(row.id, "nisba", "m", "pl", ambiguous=key in doubtful)


def _of_nisba(target: str, nisba: str, doubtful: set[str], normal: Normal) -> Iterator[Entry]:
    wide = normal(nisba) in doubtful
    for form in forms(nisba):
        key = normal(form.text)
        unsure = wide or key in doubtful
        yield key, Surface(target, "nisba", form.gender, form.number, form.definite, ambiguous=unsure)


def _named(row: Row, via: Via, normal: Normal) -> Iterator[Entry]:
    doubtful = {normal(text) for text in row.ambiguous}
    for latin, texts in ((False, (row.ar, *row.names)), (True, row.latin)):
        for text in texts:
            key = normal(text)
            yield key, Surface(row.id, via, latin=latin, ambiguous=key in doubtful)


def _via(row: ActorRow) -> Via:
    kinds: tuple[tuple[type[ActorRow], Via], ...] = (
        (StateRow, "name"),
        (OrganizationRow, "organization"),
        (GroupRow, "armed-group"),
        (CompanyRow, "company"),
    )
    return next(via for kind, via in kinds if isinstance(row, kind))
