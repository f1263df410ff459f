"""A build as the page holds it: columns, and words where a word will do, because a file is sent by mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from kg.model import Agreement, Build, Claim, Document, StatusPeriod

_DOCUMENT = ("name", "title", "publisher", "date", "url")

Columns = dict[str, str | Sequence[Any]]


def records(build: Build, sites: Iterable[str] = ()) -> dict[str, Any]:
    """Give the agreements, claims, documents and disagreements of a build, each in an order of its own.

    Agreements and claims are columns: a list, or words with line ends between them; a column of nothing is left out.
    The claims of an agreement are their places among the claims; parties, dates and the like are `TUR SYR=host`.
    `sites` are the ids of the bases that have a place on the world.
    """
    known = {claim.id: claim for claim in build.claims}
    used = {one for agreement in build.agreements for one in agreement.claims} & known.keys() if known else set()
    order = sorted(used, key=lambda name: _place(name, known[name]))
    place = {name: number for number, name in enumerate(order)}
    return {
        "agreements": _agreements(sorted(build.agreements, key=attrgetter("id")), place, frozenset(sites)),
        "claims": _claims(order, [known[name] for name in order]),
        "documents": [_document(one) for one in sorted(build.documents, key=lambda one: one.name)],
        "disagreements": [list(one.claims) for one in sorted(build.disagreements, key=lambda one: one.id)],
    }


def _place(name: str, claim: Claim) -> tuple[str, int, str]:
    return claim.document, claim.evidence[0].start, name


_WORDS = (
    "id", "kind", "status", "certainty", "contested", "organization", "site", "parties", "dates", "periods",
    "provisions", "sectors",
)  # fmt: skip


def _agreements(agreements: Sequence[Agreement], place: Mapping[str, int], sites: frozenset[str]) -> Columns:
    if not agreements:
        return {}
    *words, ar, en, witnesses, claims = zip(*[_agreement(one, place, sites) for one in agreements], strict=True)
    told = {name: "\n".join(column) for name, column in zip(_WORDS, words, strict=True)}
    return _full(**told, ar=ar, en=en, witnesses=witnesses, claims=claims if place else ())


def _agreement(one: Agreement, place: Mapping[str, int], sites: frozenset[str]) -> tuple[Any, ...]:
    return (
        one.id,
        one.kind,
        one.status,
        one.certainty,
        "1" if one.contested else "",
        one.organization or "",
        one.instrument if one.instrument in sites else "",
        " ".join([party.actor if party.role == "party" else f"{party.actor}={party.role}" for party in one.parties]),
        " ".join([f"{event}={edtf}" for event, edtf in one.dates.items()]) if one.dates else "",
        " ".join([_period(period) for period in one.periods if period.held_from]) if one.periods else "",
        " ".join(one.provisions),
        " ".join(one.sectors),
        one.label_ar,
        one.label_en,
        one.witnesses,
        sorted([place[name] for name in one.claims if name in place]) if place else None,
    )


def _period(period: StatusPeriod) -> str:
    """Write a period as its first day, the day after its last if it has one, and its status."""
    return f"{period.held_from}/{period.held_until or ''}={period.status}"


def _claims(names: Sequence[str], claims: Sequence[Claim]) -> Columns:
    return _full(
        id="\n".join(names),
        document=[claim.document for claim in claims],
        status="\n".join([claim.status for claim in claims]),
        certainty="\n".join([claim.certainty for claim in claims]),
        attributed_to=[list(claim.attributed_to) for claim in claims],
        quotes=[[evidence.quote for evidence in claim.evidence] for claim in claims],
        spans=[[f"{evidence.start}-{evidence.end}" for evidence in claim.evidence] for claim in claims],
        cues=[list(claim.cues) for claim in claims],
    )


def drawing(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> dict[str, Columns]:
    """Give the nodes and edges that pyvis holds as columns."""
    fields = sorted({field for node in nodes for field in node})
    return {
        "nodes": _full(**{field: [node.get(field) for node in nodes] for field in fields}),
        "edges": _full(
            **{"from": "\n".join([edge["from"] for edge in edges]), "to": "\n".join([edge["to"] for edge in edges])},
            agreement=[edge["agreement"] for edge in edges],
            arrows="\n".join(["to" if "arrows" in edge else "" for edge in edges]),
        ),
    }


def _full(**columns: str | Sequence[Any]) -> Columns:
    """Leave out the columns that hold nothing."""
    return {
        name: column for name, column in columns.items() if (column.strip("\n") if isinstance(column, str) else column)
    }


def _document(document: Document) -> dict[str, Any]:
    return {field: getattr(document, field) for field in _DOCUMENT}
