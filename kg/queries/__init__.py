"""Questions to a build, named or in SPARQL, and their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kg.errors import QueryError, StoreError
from kg.graph import prefixes
from kg.queries.guard import check
from kg.queries.question import Parameter, Question, load, names, parse
from kg.queries.result import Result, tabled
from kg.store import Store

__all__ = ["Parameter", "Question", "Result", "check", "load", "names", "open_build", "run", "tabled"]

_NAME = re.compile(r"[\w-]+")
_FILE = re.compile(r"[^{}\n]+\.(?:rq|sparql)")


def run(source: Path | Store, query: str | Path, params: Mapping[str, str] | None = None) -> Result:
    """Ask a build: `source` is its folder, an RDF file or a store; `query` a name, a file or SPARQL itself.

    `params` set the parameters of a question (actors and kinds by their ids, days as 2025-12-31). The prefixes of
    the exports need not be declared. The labels and notations of the vocabulary can be asked for as well. Raises
    QueryError for an unknown name, a malformed or refused query, StoreError for a build that cannot be read.
    """
    question = find(query)
    text = question.bind(params or {})
    check(text)
    store = source if isinstance(source, Store) else open_build(source)
    return Result(store.query(text, prefixes()), question.columns)


def find(query: str | Path) -> Question:
    """Tell a name, a file and SPARQL apart, and give the question; QueryError for what is not there."""
    if isinstance(query, str):
        text = query.strip()
        if _NAME.fullmatch(text):
            return load(text)
        if not _FILE.fullmatch(text):
            return parse("query", query)
        query = Path(text)
    try:
        return parse(query.stem, query.read_text(encoding="utf-8"))
    except OSError as error:
        raise QueryError(f"{query}: cannot be read ({error.strerror}); name an .rq file that is there") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{query}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error


def open_build(source: Path) -> Store:
    """Load a build's folder, or one RDF file, into memory, with the vocabulary beside it in a graph of its own."""
    file = source / "alliances.nq" if source.is_dir() else source
    if not file.is_file():
        raise StoreError(f"{source}: there is no build here; make one with `kg build PATH… -o {source}`")
    store = Store.open()
    store.load_file(file)
    store.load_vocabulary()
    return store
