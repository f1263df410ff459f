"""The claim records, the table of agreements, and the report of a build."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kg.model import Agreement, Build, Claim, Document
from ontology import vocabulary

_BEFORE_DATES = (
    "id", "kind", "label_ar", "label_en", "parties", "organization", "instrument", "status", "certainty", "contested",
)  # fmt: skip
_AFTER_DATES = ("provisions", "sectors", "documents", "claims")


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Sort claims by document and place."""
    return sorted(claims, key=lambda one: (one.document, min(e.start for e in one.evidence), one.id))


def claim_line(claim: Claim) -> str:
    """Write a claim as one JSON object: its record, its id, and how it was made."""
    more: dict[str, object] = {
        "id": claim.id,
        "instrument": claim.instrument,
        "date_words": claim.date_words,
        "rules": claim.rules,
        "cues": claim.cues,
    }
    if claim.order_confidence is not None:
        more["order_confidence"] = claim.order_confidence
    return json.dumps({**claim.record(), **more}, ensure_ascii=False)


def agreement_table(build: Build) -> str:
    """Write one row an agreement, as CSV."""
    document_of = {claim.id: claim.document for claim in build.claims}
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns())
    for agreement in sorted(build.agreements, key=lambda one: one.id):
        writer.writerow(_row(agreement, sorted({document_of[claim] for claim in agreement.claims})))
    return written.getvalue()


def columns() -> tuple[str, ...]:
    """Name the columns of `agreements.csv`; each event of the vocabulary has a column for its date."""
    dates = (f"date_{event.replace('-', '_')}" for event in vocabulary().dates)
    return (*_BEFORE_DATES, *dates, *_AFTER_DATES)


def _row(agreement: Agreement, documents: list[str]) -> Iterator[str]:
    yield from (agreement.id, agreement.kind, agreement.label_ar, agreement.label_en)
    yield ";".join(f"{party.actor}:{party.role}" for party in agreement.parties)
    yield from (agreement.organization or "", agreement.instrument or "", agreement.status, agreement.certainty)
    yield "true" if agreement.contested else "false"
    yield from (agreement.dates.get(event, "") for event in vocabulary().dates)
    yield from (";".join(values) for values in (agreement.provisions, agreement.sectors, documents, agreement.claims))


def report(build: Build) -> dict[str, Any]:
    """Say what went into a build and what came out: documents, counts, what was skipped and why, versions."""
    claims = Counter(claim.document for claim in build.claims)
    documents = sorted(build.documents, key=lambda one: one.name)
    return {
        "versions": {"alliance-kg": build.run.version, "ontology": vocabulary().version},
        "recorded": build.run.recorded,
        "counts": {
            "documents": len(build.documents),
            "claims": len(build.claims),
            "agreements": len(build.agreements),
            "contested": sum(agreement.contested for agreement in build.agreements),
            "disagreements": len(build.disagreements),
            "decisions": len(build.decisions),
            "skips": len(build.skips),
        },
        "claims_by_kind": _counts(claim.kind for claim in build.claims),
        "claims_by_status": _counts(claim.status for claim in build.claims),
        "skips_by_reason": _counts(skip.reason for skip in build.skips),
        "documents": [_about(document, claims[document.name]) for document in documents],
        "decisions": [decision.model_dump(mode="json") for decision in build.decisions],
        "priors": build.priors.model_dump(mode="json") if build.priors else None,
        "skips": sorted(
            (skip.model_dump() for skip in build.skips),
            key=lambda one: (one["document"], one["start"] or 0, one["end"] or 0, one["what"], one["reason"]),
        ),
    }


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _about(document: Document, claims: int) -> dict[str, Any]:
    about = document.model_dump(exclude={"raw"})
    return {**about, "characters": len(document.raw), "claims": claims}
