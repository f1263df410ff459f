"""A layer of the network: the agreements of some kinds at some statuses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from kg.errors import QueryError
from kg.model import Agreement
from ontology import Term, vocabulary


def layer(
    agreements: Iterable[Agreement], *, kinds: Collection[str] = (), statuses: Collection[str] = ()
) -> tuple[Agreement, ...]:
    """Choose agreements by kind and status; without kinds all, without statuses those that the parties have concluded.

    For a layer as it stood on a day, give the agreements of `kg.graph.as_of`. QueryError for a kind or status that is
    not in the vocabulary.
    """
    known = vocabulary()
    _require("kind", kinds, known.kinds)
    _require("status", statuses, known.statuses)
    wanted = set(statuses) or {name for name, status in known.statuses.items() if status.active}
    return tuple(one for one in agreements if (not kinds or one.kind in kinds) and one.status in wanted)


def _require(what: str, names: Iterable[str], known: Mapping[str, Term]) -> None:
    for name in names:
        if name not in known:
            raise QueryError(f"{name!r} is no {what}; expected one of {', '.join(known)}")
