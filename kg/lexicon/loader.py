"""Reads the lexicon's TOML files through their models; says what is wrong and where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from kg.errors import LexiconError
from kg.lexicon import rows

if TYPE_CHECKING:
    from kg.lexicon import Lexicon

RowType = TypeVar("RowType", bound=rows.Row)


def read_rows(path: Path, table: str, model: type[RowType]) -> dict[str, RowType]:
    """Read the array of tables `[[table]]` of one file, by id; a file that is not there holds no rows.

    Raises LexiconError for broken TOML, another table in the file, a bad row, or an id that comes twice.
    """
    found: dict[str, RowType] = {}
    for number, raw in enumerate(_raw_rows(path, table), start=1):
        row = _row(path, table, number, raw, model)
        if row.id in found:
            raise LexiconError(f"{path.name}: [[{table}]] row {number}: the id {row.id!r} comes twice; rename one row")
        found[row.id] = row
    return found


def _raw_rows(path: Path, table: str) -> Sequence[dict[str, Any]]:
    if not path.exists():
        return ()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: not a TOML file in UTF-8: {error}; correct it there") from error
    if set(content) - {table}:
        names = ", ".join(sorted(set(content) - {table}))
        raise LexiconError(f"{path.name}: expected only [[{table}]] tables, found {names}; move or rename them")
    found: Sequence[dict[str, Any]] = content.get(table, ())
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise LexiconError(f"{path.name}: expected an array of tables; write [[{table}]] above each row")
    return found


def _row(path: Path, table: str, number: int, raw: Mapping[str, Any], model: type[RowType]) -> RowType:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        place = f"{path.name}: [[{table}]] row {number} ({raw.get('id', 'no id')})"
        raise LexiconError(f"{place}: {_complaint(error, model)}") from error


def _complaint(error: ValidationError, model: type[rows.Row]) -> str:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "row"
    if first["type"] == "missing":
        return f"{key}: the key is missing; add it"
    if first["type"] == "extra_forbidden":
        known = ", ".join(field.alias or name for name, field in model.model_fields.items())
        return f"{key}: an unknown key; expected one of {known}; rename or delete it"
    return f"{key}: {first['msg']}, found {first['input']!r}; correct the value"


def dangling(lexicon: Lexicon) -> Iterator[str]:
    """Tell every reference to an actor that no file defines."""
    for table, row, key, actor in _references(lexicon):
        if actor not in lexicon.actors:
            yield f"[[{table}]] {row}: {key}: no actor has the id {actor!r}; correct it or add the actor"


def _references(lexicon: Lexicon) -> Iterator[tuple[str, str, str, str]]:
    for actor in lexicon.actors.values():
        if isinstance(actor, rows.OrganizationRow):
            yield from (("organization", actor.id, "members", member.actor) for member in actor.members)
        if isinstance(actor, rows.GroupRow | rows.CompanyRow) and actor.state:
            yield "group or company", actor.id, "state", actor.state
    yield from (("place", place.id, "state", place.state) for place in lexicon.places.values())
    for region in lexicon.regions.values():
        yield from (("region", region.id, "actors", actor_id) for actor_id in region.actors)
    for person in lexicon.persons.values():
        yield "person", person.id, "state or organization", person.state or person.organization or ""
    for instrument in lexicon.instruments.values():
        named = (*instrument.parties, *([instrument.organization] if instrument.organization else []))
        yield from (("instrument", instrument.id, "parties or organization", actor_id) for actor_id in named)
    for base in lexicon.bases.values():
        yield from (("base", base.id, "host or operator", actor_id) for actor_id in (base.host, *base.operator))
    for outlet in lexicon.outlets.values():
        if outlet.country:
            yield "outlet", outlet.id, "country", outlet.country
