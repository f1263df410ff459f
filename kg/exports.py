"""Writes a build as files: RDF in three forms, the claim records, a table of agreements, and the report."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg import graph
from kg.errors import StoreError
from kg.graph import BASE, Quad
from kg.model import Agreement, Build, Claim, Document
from kg.store import Store, layout, trig, turtle
from ontology import vocabulary

FILES = ("alliances.ttl", "alliances.trig", "alliances.nq", "claims.jsonl", "agreements.csv", "report.json")
_BEFORE_DATES = (
    "id", "kind", "label_ar", "label_en", "parties", "organization", "instrument", "status", "certainty", "contested",
)  # fmt: skip
_AFTER_DATES = ("provisions", "sectors", "documents", "claims")


def write(build: Build, out: Path, *, base: str = BASE) -> tuple[Path, ...]:
    """Write the files of a build into a folder, made if it is not there, and give their paths.

    The same build gives the same bytes. All files are written beside the folder first and then put in place one by
    one, so that none is ever half-written. Names in the RDF stand below `base`. Raises StoreError where the folder
    cannot be written.
    """
    return put(out, contents(build, base=base))


def put(out: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Put texts into a folder as UTF-8 files, each whole or not at all; StoreError where that is impossible."""
    staging: Path | None = None
    try:
        out.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{out.resolve().name}-", dir=out.resolve().parent))
        for name, text in files.items():
            (staging / name).write_text(text, encoding="utf-8", newline="")
        for name in files:
            (staging / name).replace(out / name)
    except OSError as error:
        raise StoreError(
            f"{out}: cannot be written ({error.strerror or error}); name a folder you may write"
        ) from error
    finally:
        if staging:
            shutil.rmtree(staging, ignore_errors=True)
    return tuple(out / name for name in files)


def contents(build: Build, *, base: str = BASE) -> dict[str, str]:
    """Give the text of every file of a build, by name.

    `claims.jsonl` has one claim record a line, with `id`, `instrument`, `date_words`, `rules` and `cues` after the
    record's own keys, sorted by document and place. `agreements.csv` is RFC 4180 with `;` between several values.
    """
    quads = list(
        graph.quads(build.documents, build.claims, build.agreements, build.disagreements, build.run, base=base)
    )
    arrangement = layout(base)
    return {
        "alliances.ttl": turtle(quads, arrangement),
        "alliances.trig": trig(quads, arrangement),
        "alliances.nq": nquads(quads),
        "claims.jsonl": "".join(f"{line}\n" for line in map(_claim_line, _in_order(build.claims))),
        "agreements.csv": _table(build),
        "report.json": json.dumps(report(build), ensure_ascii=False, indent=2) + "\n",
    }


def convert(directory: Path, form: str) -> str:
    """Give the graph of a written build in one of `kg.store.FORMATS`; StoreError where there is no build."""
    file = directory / "alliances.nq"
    if not file.is_file():
        raise StoreError(f"{directory}: there is no build here; make one with `kg build PATH… -o {directory}`")
    store = Store.open()
    store.load_file(file)
    return store.serialize(form)


def nquads(quads: Iterable[Quad]) -> str:
    """Write quads as N-Quads: one line each, sorted, none twice."""
    return "".join(f"{line}\n" for line in sorted({quad.nq() for quad in quads}))


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda one: (one.document, min(e.start for e in one.evidence), one.id))


def _claim_line(claim: Claim) -> str:
    more = {
        "id": claim.id,
        "instrument": claim.instrument,
        "date_words": claim.date_words,
        "rules": claim.rules,
        "cues": claim.cues,
    }
    return json.dumps({**claim.record(), **more}, ensure_ascii=False)


def _table(build: Build) -> str:
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
            "skips": len(build.skips),
        },
        "claims_by_kind": _counts(claim.kind for claim in build.claims),
        "claims_by_status": _counts(claim.status for claim in build.claims),
        "skips_by_reason": _counts(skip.reason for skip in build.skips),
        "documents": [_about(document, claims[document.name]) for document in documents],
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
