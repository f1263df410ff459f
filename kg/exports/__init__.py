"""Writes a build as files, for people and for other programmes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg import graph
from kg.errors import StoreError
from kg.exports import dyads, neo4j, tables
from kg.exports.folder import put
from kg.exports.nanopubs import nanopublications
from kg.exports.records import agreement_table, claim_line, columns, in_order, report
from kg.graph import BASE, Quad
from kg.model import Build
from kg.store import FORMATS, Store, layout, trig, turtle

__all__ = [
    "FILES", "FOLDERS", "FORMS", "NETWORKS", "RDF", "columns", "contents", "convert", "files", "nquads", "put",
    "report", "write", "written",
]  # fmt: skip

FILES = ("alliances.ttl", "alliances.trig", "alliances.nq", "claims.jsonl", "agreements.csv", "report.json")
NETWORKS = {"graphml": ".graphml", "gexf": ".gexf", "cytoscape": ".cyjs"}
RDF = {**FORMATS, "nanopub": ".trig"}
FOLDERS = ("csv", "parquet", "neo4j", *dyads.CODINGS)
FORMS = (*RDF, *NETWORKS, *FOLDERS)


def write(build: Build, out: Path, *, base: str = BASE) -> tuple[Path, ...]:
    """Write the files of a build into a folder, made if it is not there, and give their paths.

    The same build gives the same bytes. All files are written beside the folder first and then put in place one by
    one, so that none is ever half-written. Names in the RDF stand below `base`. Raises StoreError where the folder
    cannot be written.
    """
    return put(out, contents(build, base=base))


def contents(build: Build, *, base: str = BASE) -> dict[str, str]:
    """Give the text of every file of a build, by name.

    `claims.jsonl` has one claim record a line, with `id`, `instrument`, `date_words`, `rules` and `cues` after the
    record's own keys, `order_confidence` where it is set; sorted by document and place. `agreements.csv` is RFC 4180
    with `;` between several values. The texts that were extracted from other formats stand in `texts/`, named by
    their SHA-256.
    """
    parts = (build.documents, build.claims, build.agreements, build.disagreements, build.run)
    quads = list(graph.quads(*parts, decisions=build.decisions, base=base))
    arrangement = layout(base)
    return {
        "alliances.ttl": turtle(quads, arrangement),
        "alliances.trig": trig(quads, arrangement),
        "alliances.nq": nquads(quads),
        "claims.jsonl": "".join(f"{line}\n" for line in map(claim_line, in_order(build.claims))),
        "agreements.csv": agreement_table(build),
        "report.json": json.dumps(report(build), ensure_ascii=False, indent=2) + "\n",
        **{document.text_file: document.raw for document in build.documents if document.text_file},
    }


def convert(directory: Path, form: str) -> str:
    """Give the graph of a written build in one of the forms of `RDF`; StoreError where there is no build.

    `turtle`, `ntriples` and `rdfxml` hold the merge of all graphs; `nanopub` has four graphs for each claim.
    """
    file = directory / "alliances.nq"
    if not file.is_file():
        raise StoreError(f"{directory}: there is no build here; make one with `kg build PATH… -o {directory}`")
    store = Store.open()
    store.load_file(file)
    return written(store, form)


def written(store: Store, form: str) -> str:
    """Write all quads of a store in one of the forms of `RDF`."""
    return nanopublications(store.quads()) if form == "nanopub" else store.serialize(form)


def files(build: Build, form: str) -> Mapping[str, str | bytes]:
    """Give a build in one of the forms of `NETWORKS` (one file) or `FOLDERS` (several), by file name.

    Raises StoreError for an unknown form, and where `parquet` is asked for and the extra is not installed.
    """
    if form in NETWORKS:
        from kg import lexicon, network
        from ontology import vocabulary

        return {f"alliances{NETWORKS[form]}": getattr(network, form)(build.agreements, lexicon.load(), vocabulary())}
    if form in dyads.CODINGS:
        return dyads.files(build, form)
    if form == "csv":
        return tables.csv_files(tables.tables(build))
    if form == "parquet":
        return tables.parquet_files(tables.tables(build))
    if form == "neo4j":
        return neo4j.files(tables.tables(build))
    raise StoreError(f"unknown format {form!r}; expected one of {', '.join(FORMS)}")


def nquads(quads: Iterable[Quad]) -> str:
    """Write quads as N-Quads: one line each, sorted, none twice."""
    return "".join(f"{line}\n" for line in sorted({quad.nq() for quad in quads}))
