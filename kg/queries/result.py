"""An answer, and the forms in which it is printed."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.graph import IRI, Literal, Term
from kg.graph.names import XSD
from kg.store import LAYOUT, Answer, Pen, Row, turtle

if TYPE_CHECKING:
    import pandas as pd

WIDEST = 60  # cells of a table's column, beyond which its text is wrapped
_LEFT_TO_RIGHT = "\u200e"
_GAP = "  "
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True)
class Result:
    """An answer to a query; `columns` tells what the columns mean, where the question says so."""

    answer: Answer
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def variables(self) -> tuple[str, ...]:
        """Name the columns; the triples of a CONSTRUCT have three."""
        if self.answer.triples is not None:
            return _TRIPLE
        return self.answer.variables or ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give the rows; an unbound value is None."""
        if self.answer.triples is not None:
            return tuple(quad[:3] for quad in self.answer.triples)
        return self.answer.rows or ()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def text(self, form: str = "table") -> str:
        """Print as `table`, `csv`, `tsv`, `json` or `turtle`, with a line end at the end; QueryError for another."""
        if form not in FORMS:
            raise QueryError(f"unknown format {form!r}; expected one of {', '.join(FORMS)}")
        if self.answer.truth is not None and form != "json":
            return f"{str(self.answer.truth).lower()}\n"
        return FORMS[form](self)

    def table(self) -> str:
        """Print aligned columns for a terminal; long texts are wrapped, and Arabic does not move its neighbours."""
        pen = Pen(LAYOUT)
        head = [[name] for name in self.variables]
        body = [[_wrapped(_shown(pen, term)) for term in row] for row in self.rows]
        columns = zip(head, *body, strict=True)
        widths = [max(width(line) for cell in column for line in cell) for column in columns]
        rule = _GAP.join("─" * width for width in widths)
        lines = [*_lines(head, widths), rule]
        for cells in body:
            lines.extend(_lines(cells, widths))
        count = len(self.rows)
        return "\n".join([*lines, f"({count} {'row' if count == 1 else 'rows'})"]) + "\n"

    def csv(self) -> str:
        """Print as SPARQL 1.1 CSV results: plain values, lines ended by CR LF."""
        written = io.StringIO(newline="")
        writer = csv.writer(written)
        writer.writerow(self.variables)
        writer.writerows([term.value if term else "" for term in row] for row in self.rows)
        return written.getvalue()

    def tsv(self) -> str:
        """Print as SPARQL 1.1 TSV results: terms as Turtle writes them."""
        head = "\t".join(f"?{name}" for name in self.variables)
        return "".join(f"{line}\n" for line in (head, *("\t".join(_full(term) for term in row) for row in self.rows)))

    def json(self) -> str:
        """Print as SPARQL 1.1 JSON results."""
        return json.dumps(_json(self), ensure_ascii=False, indent=1) + "\n"

    def to_pandas(self) -> pd.DataFrame:
        """Give the rows as a data frame: names and texts, numbers, truth values and days; an empty cell is None.

        An IRI is written with its prefix. Needs the extra `pandas`; QueryError where that is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise QueryError(
                "a data frame needs pandas; install it with `pip install 'alliance-kg[pandas]'`"
            ) from error
        pen = Pen(LAYOUT)
        return pd.DataFrame(
            [[_python(pen, term) for term in row] for row in self.rows], columns=list(self.variables), dtype=object
        ).infer_objects()

    def _repr_html_(self) -> str:
        """Show the rows as a table in a notebook; a cell takes the direction of its text."""
        pen = Pen(LAYOUT)
        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        rows = ("".join(f'<td dir="auto">{escape(_shown(pen, term))}</td>' for term in row) for row in self.rows)
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    def turtle(self) -> str:
        """Print the triples of a CONSTRUCT or DESCRIBE as Turtle; QueryError for other forms."""
        if self.answer.triples is None:
            raise QueryError("only CONSTRUCT and DESCRIBE give triples; print this answer as table, csv, tsv or json")
        return turtle(self.answer.triples, replace(LAYOUT, head=""))


def tabled(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Result:
    """Make an answer of plain values, to be printed as answers are; None is an empty cell."""
    return Result(Answer(variables=tuple(columns), rows=tuple(tuple(map(_term, row)) for row in rows)))


def _term(value: object) -> Term | None:
    if value is None:
        return None
    kind = next((name for cls, name in _DATATYPES if isinstance(value, cls)), None)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return Literal(text, None, XSD(kind) if kind else None)


_DATATYPES = ((bool, "boolean"), (int, "integer"), (float, "decimal"))
FORMS = {"table": Result.table, "csv": Result.csv, "tsv": Result.tsv, "json": Result.json, "turtle": Result.turtle}


def width(text: str) -> int:
    """Count the cells that a text takes in a terminal: none for marks and controls, two for wide letters.

    >>> width("دفاعٌ"), width("日本")
    (4, 4)
    """
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _shown(pen: Pen, term: Term | None) -> str:
    if isinstance(term, IRI):
        return pen.write(term)
    return " ".join(term.value.split()) if term else ""


def _python(pen: Pen, term: Term | None) -> object:
    if not isinstance(term, Literal):
        return pen.write(term) if term else None
    convert = _VALUES.get(term.datatype.value.rpartition("#")[2]) if term.datatype else None
    return convert(term.value) if convert else term.value


_VALUES: Mapping[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": float,
    "double": float,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
}


def _wrapped(text: str) -> list[str]:
    """Break a text at spaces into lines of at most `WIDEST` cells; a longer word has a line of its own."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width(longer) > WIDEST:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Lay out one row; a mark after each cell keeps two Arabic cells from changing places."""
    for number in range(max((len(cell) for cell in cells), default=0)):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        padded = (part + _mark(part) + " " * (room - width(part)) for part, room in zip(parts, widths, strict=True))
        yield _GAP.join(padded).rstrip(" ")


def _mark(text: str) -> str:
    right_to_left = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)
    return _LEFT_TO_RIGHT if right_to_left else ""


def _full(term: Term | None) -> str:
    return term.nt() if term else ""


def _json(result: Result) -> dict[str, object]:
    if result.answer.truth is not None:
        return {"head": {}, "boolean": result.answer.truth}
    bindings = [dict(_bindings(result.variables, row)) for row in result.rows]
    return {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}


def _bindings(variables: Iterable[str], row: Row) -> Iterator[tuple[str, dict[str, str]]]:
    for name, term in zip(variables, row, strict=True):
        if term is not None:
            yield name, _value(term)


def _value(term: Term) -> dict[str, str]:
    if isinstance(term, IRI):
        return {"type": "uri", "value": term.value}
    value = {"type": "literal", "value": term.value}
    if isinstance(term, Literal) and term.language:
        value["xml:lang"] = term.language
    elif term.datatype:
        value["datatype"] = term.datatype.value
    return value
