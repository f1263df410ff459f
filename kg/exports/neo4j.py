"""A build as CSV files for the bulk import of Neo4j, with the command that imports them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.exports.tables import Column, Kind, Table, Value, csv_text

_TYPES: Mapping[Kind, str] = {
    "text": "", "integer": ":long", "number": ":double", "boolean": ":boolean", "date": ":date", "texts": ":string[]",
}  # fmt: skip


class _Node(NamedTuple):
    label: str
    key: str
    space: str


class _Link(NamedTuple):
    """A type of relationships: the table they are in, and which columns hold their ends, each in an id space."""

    file: str
    type: str
    table: str
    start: tuple[str, str]
    end: tuple[str, str]
    keep: tuple[str, ...] = ()


_NODES: Mapping[str, _Node] = {
    "documents": _Node("Document", "name", "document"),
    "actors": _Node("Actor", "id", "actor"),
    "agreements": _Node("Agreement", "id", "agreement"),
    "claims": _Node("Claim", "id", "claim"),
}
_LINKS = (
    _Link("participates_in", "PARTICIPATES_IN", "participations", ("actor", "actor"), ("agreement", "agreement"),
          ("role",)),
    _Link("of_organization", "OF_ORGANIZATION", "agreements", ("id", "agreement"), ("organization", "actor")),
    _Link("about", "ABOUT", "claims", ("id", "claim"), ("agreement", "agreement")),
    _Link("stated_in", "STATED_IN", "evidence", ("claim", "claim"), ("document", "document"),
          ("start", "end", "quote")),
    _Link("names", "NAMES", "claim_parties", ("claim", "claim"), ("actor", "actor"), ("role",)),
)  # fmt: skip
_SAID_BY_LINKS = frozenset({("agreements", "organization"), ("claims", "agreement"), ("claims", "document")})


def files(found: Iterable[Table]) -> dict[str, str]:
    """Write nodes and relationships with typed heads, and `import.txt`, the command for neo4j-admin.

    Nodes: documents, actors, agreements, claims. An actor's second label is its type. Relationships carry the role,
    or the place and words of the evidence.
    """
    tables = {table.name: table for table in found}
    nodes = {f"{name}.csv": _nodes(tables[name], node) for name, node in _NODES.items()}
    links = {f"{link.file}.csv": _links(tables[link.table], link) for link in _LINKS}
    return {**nodes, **links, "import.txt": _command()}


def _nodes(table: Table, node: _Node) -> str:
    kept = [
        (place, column) for place, column in enumerate(table.columns) if (table.name, column.name) not in _SAID_BY_LINKS
    ]
    head = [_head(column, node) for _, column in kept]
    label = [column.name for column in table.columns].index("type") if node.label == "Actor" else None
    rows = [
        (*(row[place] for place, _ in kept), node.label if label is None else f"Actor;{str(row[label]).capitalize()}")
        for row in table.rows
    ]
    return csv_text(Table(table.name, "", (), tuple(rows)), [*head, ":LABEL"])


def _head(column: Column, node: _Node) -> str:
    return f"{column.name}:ID({node.space})" if column.name == node.key else column.name + _TYPES[column.kind]


def _links(table: Table, link: _Link) -> str:
    places = {column.name: place for place, column in enumerate(table.columns)}
    kinds = {column.name: column.kind for column in table.columns}
    wanted = [places[name] for name in (link.start[0], link.end[0], *link.keep)]
    rows: list[tuple[Value, ...]] = [
        (*(row[place] for place in wanted), link.type) for row in table.rows if row[places[link.end[0]]] is not None
    ]
    head = [f":START_ID({link.start[1]})", f":END_ID({link.end[1]})"]
    head += [name + _TYPES[kinds[name]] for name in link.keep]
    return csv_text(Table(link.file, "", (), tuple(rows)), [*head, ":TYPE"])


def _command() -> str:
    parts = [f"--nodes={name}.csv" for name in _NODES] + [f"--relationships={link.file}.csv" for link in _LINKS]
    return " \\\n  ".join(["neo4j-admin database import full neo4j --multiline-fields=true", *parts]) + "\n"
