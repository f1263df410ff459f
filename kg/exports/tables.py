"""A build as flat tables with keys between them, for pandas, R and databases: CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kg.errors import StoreError
from kg.exports.records import in_order
from kg.graph.spans import Span, days
from kg.lexicon import CompanyRow, GroupRow, OrganizationRow, StateRow, load
from kg.model import Agreement, Build, Claim
from ontology import vocabulary

if TYPE_CHECKING:
    import pyarrow as pa

Kind: TypeAlias = Literal["text", "integer", "number", "boolean", "date", "texts"]
Value: TypeAlias = str | int | float | bool | Sequence[str] | None
BETWEEN = ";"  # between the values of a cell that holds several
_TYPES = ((StateRow, "state"), (OrganizationRow, "organization"), (GroupRow, "group"), (CompanyRow, "company"))


class Column(NamedTuple):
    """A column: its name, what its cells hold, and what they mean."""

    name: str
    kind: Kind
    meaning: str


class Table(NamedTuple):
    """A table: its name, what a row of it is, its columns, and its rows, sorted; an empty cell is None."""

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def tables(build: Build) -> tuple[Table, ...]:
    """Lay a build out as tables: documents, actors, agreements and their parties, dates, claims and their evidence."""
    return (
        _table("documents", "a source text", _DOCUMENT, _documents(build)),
        _table("actors", "whoever has a part in an agreement or a claim", _ACTOR, _actors(build)),
        _table("agreements", "one arrangement, from the claims of one or several documents", _AGREEMENT,
               _agreements(build)),
        _table("participations", "one actor's part in one agreement", _PARTICIPATION, _participations(build)),
        _table("periods", "one status of one agreement, and when it held", _PERIOD, _periods(build)),
        _table("claims", "what one document asserts about one agreement", _CLAIM, _claims(build)),
        _table("claim_parties", "one actor's part in one claim", _CLAIM_PARTY, _claim_parties(build)),
        _table("claim_dates", "one dated event in one claim", _CLAIM_DATE, _claim_dates(build)),
        _table("evidence", "one quote that a claim rests on", _EVIDENCE, _evidence(build)),
        _table("disagreements", "claims that cannot all hold, one row a claim", _DISAGREEMENT, _disagreements(build)),
    )  # fmt: skip


def _table(name: str, row: str, columns: str, rows: Iterable[tuple[Value, ...]]) -> Table:
    parts = (line.split(" ", 2) for line in columns.strip().splitlines())
    return Table(name, row, tuple(Column(one, kind, said) for one, kind, said in parts), tuple(rows))  # type: ignore[arg-type]


_DOCUMENT = """
name text the file's base name: the key
title text its title, where that is known
publisher text who published it, where that is known
date text when it was published, as EDTF: 2024, 2024-09 or 2024-09-11
url text where it was found
language text its language, as a BCP 47 tag
sha256 text the hash of its bytes
"""


def _documents(build: Build) -> Iterator[tuple[Value, ...]]:
    for one in sorted(build.documents, key=lambda one: one.name):
        yield one.name, one.title, one.publisher, one.date, one.url, one.language, one.sha256


_ACTOR = """
id text the key: an ISO 3166-1 alpha-3 code for a state, else an acronym or a name
type text state, organization, group, company or other
ar text its name in Arabic
en text its name in English
iso3 text a state's code by ISO 3166-1 alpha-3
cow integer a state's number in Correlates of War
gw integer a state's number with Gleditsch and Ward
wikidata text its item in Wikidata
lat number latitude, in degrees, of the capital or headquarters
lon number longitude, in degrees
"""


def _actors(build: Build) -> Iterator[tuple[Value, ...]]:
    records: tuple[Agreement | Claim, ...] = (*build.agreements, *build.claims)
    found = {party.actor for one in records for party in one.parties}
    for actor in sorted(found | {one.organization for one in records if one.organization}):
        row, (arabic, english) = load().actors.get(actor), load().label(actor)
        state = row if isinstance(row, StateRow) else None
        iso3 = row.id if state and state.iso2 and len(state.id) == 3 and row else None
        yield (
            actor, next((name for model, name in _TYPES if isinstance(row, model)), "other"), arabic, english, iso3,
            state.cow if state else None, state.gw if state else None, row.qid if row else None,
            row.lat if row else None, row.lon if row else None,
        )  # fmt: skip


_AGREEMENT = """
id text the key
kind text mutual-defense-pact, base, transit and so on
label_ar text what it is and between whom, in Arabic
label_en text the same in English
status text the furthest status that its claims assert
certainty text certain, probable or possible: how sure its sources are of that
contested boolean whether its claims contradict each other
organization text of a membership, what it is in: an actor
instrument text the named treaty or base, where there is one
obligations texts what its parties promise each other for a conflict, in ATOP's terms
provisions texts what it obliges to or allows
sectors texts the fields that it works in
documents integer how many documents tell of it
claims integer how many claims do
"""


def _agreements(build: Build) -> Iterator[tuple[Value, ...]]:
    document_of = {claim.id: claim.document for claim in build.claims}
    for one in sorted(build.agreements, key=lambda one: one.id):
        documents = {document_of[claim] for claim in one.claims}
        yield (
            one.id, one.kind, one.label_ar, one.label_en, one.status, one.certainty, one.contested, one.organization,
            one.instrument, obligations(one.kind, one.provisions), one.provisions, one.sectors, len(documents),
            len(one.claims),
        )  # fmt: skip


def obligations(kind: str, provisions: Iterable[str]) -> tuple[str, ...]:
    """Name the obligations that a kind and provisions bring with them, in the order of the vocabulary.

    >>> obligations("mutual-defense-pact", ["consultation"])
    ('defense', 'consultation')
    """
    known = vocabulary()
    found = {*known.kinds[kind].obligations, *(o for term in provisions for o in known.provisions[term].obligations)}
    return tuple(one for one in known.obligations if one in found)


_PARTICIPATION = """
agreement text the agreement
actor text the actor
role text its role: party, host, operator, member and so on
"""


def _participations(build: Build) -> Iterator[tuple[Value, ...]]:
    yield from sorted((one.id, party.actor, party.role) for one in build.agreements for party in one.parties)


_PERIOD = """
agreement text the agreement
number integer its place in the order of time, from 1; those without a date come last
status text the status
since text when it began, as EDTF: 2024, 2024-09 or 2024-09-11; empty where no text dates it
until text when it ended
held_from date the first day on which it had begun for certain: by its date, or by that of a document that tells of it
held_until date the day on which the next period had begun for certain
"""


def _periods(build: Build) -> Iterator[tuple[Value, ...]]:
    for one in sorted(build.agreements, key=lambda one: one.id):
        for number, period in enumerate(one.periods, 1):
            yield one.id, number, period.status, period.since, period.until, period.held_from, period.held_until


def _bounds(span: Span | None) -> tuple[str | None, str | None]:
    return (span.earliest.isoformat(), span.latest.isoformat()) if span else (None, None)


_CLAIM = """
id text the key
agreement text the agreement that it is about
document text the document that makes it
kind text the kind that it asserts
status text the furthest status that it asserts
certainty text how sure the document, or whom it quotes, is of that
organization text of a membership, what it is in
attributed_to texts the sources that the document names for it, as written
provisions texts what it says the arrangement obliges to or allows
sectors texts the fields that it names
instrument text the named treaty or base
"""


def _claims(build: Build) -> Iterator[tuple[Value, ...]]:
    agreement_of = {claim: one.id for one in build.agreements for claim in one.claims}
    for one in in_order(build.claims):
        yield (
            one.id, agreement_of[one.id], one.document, one.kind, one.status, one.certainty, one.organization,
            one.attributed_to, one.provisions, one.sectors, one.instrument,
        )  # fmt: skip


_CLAIM_PARTY = """
claim text the claim
actor text the actor
role text the role that the claim gives it
"""


def _claim_parties(build: Build) -> Iterator[tuple[Value, ...]]:
    for one in in_order(build.claims):
        yield from ((one.id, party.actor, party.role) for party in one.parties)


_CLAIM_DATE = """
claim text the claim
event text what happened: signed, ratified, in-force and so on
edtf text when, as precisely as the text says
earliest date the first day that this can mean
latest date the last day that this can mean
words text the words that say so, where they were kept
"""


def _claim_dates(build: Build) -> Iterator[tuple[Value, ...]]:
    for one in in_order(build.claims):
        for event, edtf in sorted(one.dates.items()):
            yield one.id, event, edtf, *_bounds(days(edtf)), one.date_words.get(event)


_EVIDENCE = """
claim text the claim
document text the document
start integer where the quote begins, in characters (Unicode code points) of the file
end integer where it ends, exclusive
quote text exactly what stands there
"""


def _evidence(build: Build) -> Iterator[tuple[Value, ...]]:
    for one in in_order(build.claims):
        for piece in sorted(one.evidence, key=lambda piece: (piece.start, piece.end)):
            yield one.id, one.document, piece.start, piece.end, piece.quote


_DISAGREEMENT = """
id text the disagreement
issue text what is at issue: status, date, parties or kind
claim text a claim that takes part in it
"""


def _disagreements(build: Build) -> Iterator[tuple[Value, ...]]:
    yield from sorted((one.id, one.issue, claim) for one in build.disagreements for claim in one.claims)


def csv_files(found: Iterable[Table]) -> dict[str, str]:
    """Write each table as CSV (RFC 4180, UTF-8, `;` between several values), and `codebook.md` beside them."""
    made = tuple(found)
    return {**{f"{one.name}.csv": csv_text(one) for one in made}, "codebook.md": codebook("Tables", made)}


def csv_text(table: Table, head: Sequence[str] | None = None) -> str:
    """Write one table as CSV, with another head than its columns' names if one is given."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(head or [column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return written.getvalue()


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value)
    return BETWEEN.join(value)


def parquet_files(found: Iterable[Table]) -> dict[str, bytes]:
    """Write each table as Parquet, with types; needs the extra `parquet`, else StoreError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StoreError("Parquet needs pyarrow; install it with `pip install 'alliance-kg[parquet]'`") from error
    types: Mapping[str, Callable[[], pa.DataType]] = {
        "text": pa.string, "integer": pa.int64, "number": pa.float64, "boolean": pa.bool_, "date": pa.date32,
        "texts": lambda: pa.list_(pa.string()),
    }  # fmt: skip
    files = {}
    for table in found:
        columns = [
            pa.array(_typed(column, [row[place] for row in table.rows]), types[column.kind]())
            for place, column in enumerate(table.columns)
        ]
        fields = [pa.field(one.name, types[one.kind](), metadata={"meaning": one.meaning}) for one in table.columns]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table(columns, schema=pa.schema(fields)), sink)
        files[f"{table.name}.parquet"] = sink.getvalue().to_pybytes()
    return files


def _typed(column: Column, values: Iterable[Value]) -> list[object]:
    from datetime import date

    if column.kind == "date":
        return [date.fromisoformat(value) if isinstance(value, str) else None for value in values]
    return [list(value) if isinstance(value, tuple) else value for value in values]


def codebook(title: str, found: Iterable[Table], *paragraphs: str) -> str:
    """Describe tables and their columns as Markdown, after paragraphs that say how they were made."""
    lines = [f"# {title}", "", *(line for text in paragraphs for line in (text, ""))]
    for table in found:
        lines += [f"## {table.name}", "", f"One row is {table.row}; {len(table.rows)} in this build.", ""]
        lines += ["| column | holds | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{one.name}` | {one.kind} | {one.meaning} |" for one in table.columns]
        lines.append("")
    return "\n".join(lines)
