"""The answers to the named questions, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import graph, queries
from kg.graph import IRI, Term
from kg.model import Build
from kg.store import LAYOUT, Pen, Store

FILE = "answers.md"


def page(build: Build) -> str:
    """Ask every named question that nothing must be set for, and give questions and answers as Markdown."""
    store = Store.open()
    store.load(graph.quads(build.documents, build.claims, build.agreements, build.disagreements, build.run))
    store.load_vocabulary()
    return "\n".join(["# Answers", "", *(line for name in queries.names() for line in _section(store, name))])


def _section(store: Store, name: str) -> Iterator[str]:
    question = queries.load(name)
    result = queries.run(store, name)
    yield from (f"## {question.title}", "", question.title_ar, "", question.description, "")
    yield from (f"`kg query {name}`: {len(result)} {'row' if len(result) == 1 else 'rows'}.", "")
    if result.rows:
        yield _row(result.variables)
        yield _row("---" for _ in result.variables)
        yield from (_row(_cell(term) for term in row) for row in result.rows)
        yield ""


def _cell(term: Term | None) -> str:
    if isinstance(term, IRI):
        return Pen(LAYOUT).write(term)
    return term.value if term else ""


def _row(cells: Iterable[str]) -> str:
    """Write a row of a table; a bar within a cell is escaped, a line break becomes a space."""
    return "| " + " | ".join(" ".join(cell.replace("|", r"\|").split()) for cell in cells) + " |"
