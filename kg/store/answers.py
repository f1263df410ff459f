"""What a SPARQL query gives back, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kg.graph.terms import Quad, Term

Row: TypeAlias = tuple[Term | None, ...]


@dataclass(frozen=True)
class Answer:
    """The answer to a query of any form.

    SELECT fills `variables` and `rows` (None where a variable is unbound), CONSTRUCT and DESCRIBE fill `triples`
    (sorted, each once), ASK fills `truth`; what a form does not have is None.
    """

    variables: tuple[str, ...] | None = None
    rows: tuple[Row, ...] | None = None
    triples: tuple[Quad, ...] | None = None
    truth: bool | None = None
