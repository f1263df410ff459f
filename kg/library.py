"""What a program or a notebook does with a build: ask it, and measure its network."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from kg import graph
from kg.model import Build

if TYPE_CHECKING:
    from kg.network import Survey
    from kg.queries import Result


def query(source: Build | Path, question: str | Path, **params: str) -> Result:
    """Ask a build, or the folder that holds one, a named question, an `.rq` file or SPARQL itself.

    The answer's `to_pandas()` is a data frame. A parameter that is a word of Python has a line below it: `from_`.
    Raises QueryError for a question that cannot be asked, StoreError for a build that cannot be read.
    """
    from kg import queries
    from kg.store import Store

    wanted = {name.rstrip("_"): value for name, value in params.items()}
    if isinstance(source, Path):
        return queries.run(source, question, wanted)
    store = Store.open()
    told = graph.quads(
        source.documents, source.claims, source.agreements, source.disagreements, source.run, decisions=source.decisions
    )
    store.load(told)
    store.load_vocabulary()
    return queries.run(store, question, wanted)


def measure(
    build: Build, *, kinds: Collection[str] = (), statuses: Collection[str] = (), as_of: str | None = None
) -> Survey:
    """Measure the network of a build: each actor, and the whole.

    `kinds` and `statuses` choose the agreements: without kinds all, without statuses those that are signed, ratified
    or in force. `as_of` is a day (ISO), for the network as it stood then. QueryError for an unknown kind or status.
    """
    from kg import network

    then = graph.as_of(build, as_of) if as_of else build
    return network.survey(network.layer(then.agreements, kinds=kinds, statuses=statuses))
