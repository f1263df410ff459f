"""The forms for other programmes: each read again by such a programme, and the same bytes each time."""

import csv
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.resources import files as files_of_package
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pandas as pd
import pyarrow.parquet as pq
import pytest
import rdflib
from gold_build import ROOT, claim, gold, made, part_of_gold, quads_of
from test_exports import small

from kg import exports, lexicon, network
from kg.errors import StoreError
from kg.exports import dyads
from kg.exports.nanopubs import nanopublications
from kg.lexicon import StateRow
from kg.model import Build, Document
from kg.store import Store
from ontology import vocabulary

E = "https://w3id.org/alliance-kg/"
TABLES = (
    "documents", "actors", "agreements", "participations", "periods", "claims", "claim_parties", "claim_dates",
    "evidence", "disagreements",
)  # fmt: skip


@cache
def files(form: str) -> dict[str, Any]:
    return dict(exports.files(gold(), form))


def frame(form: str, name: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(files(form)[name]), keep_default_na=False)


# RDF


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("forms")
    exports.write(small(), out)
    return out


def plain() -> set[tuple[Any, ...]]:
    graph = rdflib.Graph().parse(
        data=exports.nquads(one._replace(graph=None) for one in quads_of(small())), format="nt"
    )
    return set(graph)


RDFLIB = {
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, by its own readers of quads
@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_the_same_triples_from_every_form(form: str, built: Path) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=exports.convert(built, form), format=RDFLIB[form])
    assert {quad[:3] for quad in dataset.quads()} == plain()
    if form in {"trig", "nquads", "jsonld"}:
        named = {str(quad[3]) for quad in dataset.quads()}
        assert named == {str(one.graph.value) for one in quads_of(small()) if one.graph}


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian: raptor2-utils) is not installed")
@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "ntriples", "rdfxml"])
def test_raptor_reads_every_form_that_it_knows(form: str, built: Path, tmp_path: Path) -> None:
    (tmp_path / "graph").write_text(exports.convert(built, form), encoding="utf-8")
    command = ["rapper", "-q", "-i", form, "-o", "ntriples", str(tmp_path / "graph"), E]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(rdflib.Graph().parse(data=done.stdout, format="nt")) == plain()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_nanopublication_has_four_graphs_and_keeps_the_claim_together(built: Path) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=exports.convert(built, "nanopub"), format="trig")
    akg, np = rdflib.Namespace(E + "ontology#"), rdflib.Namespace("http://www.nanopub.org/nschema#")
    oa, prov = rdflib.Namespace("http://www.w3.org/ns/oa#"), rdflib.Namespace("http://www.w3.org/ns/prov#")
    heads = {quad[0]: quad[3] for quad in dataset.quads((None, rdflib.RDF.type, np.Nanopublication, None))}
    assert len(heads) == len(small().claims)
    for this, head in heads.items():
        parts = [
            dataset.graph(head).value(this, name) for name in (np.hasAssertion, np.hasProvenance, np.hasPublicationInfo)
        ]
        assertion, provenance, publication = (dataset.graph(part) for part in parts)
        assert len(dataset.graph(head)) == 4
        (about,) = assertion.subjects(rdflib.RDF.type, akg.Claim)
        assert (about, akg.about, None) in assertion
        assert set(provenance.objects(about, akg.evidence)) == set(
            provenance.subjects(rdflib.RDF.type, oa.SpecificResource)
        )
        assert list(provenance.objects(None, oa.exact))
        assert (about, prov.wasGeneratedBy, None) in publication
    told = {quad[:3] for quad in dataset.quads() if "/nanopub" not in quad[0]}
    assert told < plain()


# Networks


def drawn() -> "nx.MultiDiGraph[str]":
    return network.build(gold().agreements, lexicon.load(), vocabulary(), hubs=False)


def ends(graph: Any, key: str = "agreement") -> Counter[tuple[str, ...]]:
    return Counter((*sorted((source, target)), known[key]) for source, target, known in graph.edges(data=True))


def test_networkx_reads_the_network_from_graphml() -> None:
    read = nx.parse_graphml(files("graphml")["alliances.graphml"], force_multigraph=True)
    assert ends(read) == ends(drawn())
    assert read.nodes["TUR"]["ar"] == "تركيا"
    measured = {row.actor: row for row in network.measures(drawn())}
    assert {name: known["partners"] for name, known in read.nodes(data=True)} == {
        name: row.partners for name, row in measured.items()
    }
    pact = read.edges["PAK", "SAU", "mutual-defense-pact-PAK-SAU-2025/PAK/SAU"]
    assert (pact["start"], pact["status"], pact["directed"]) == ("2025-09-01", "in-force", False)
    assert "end" not in pact


def test_igraph_reads_the_network_from_graphml(tmp_path: Path) -> None:
    (tmp_path / "n.graphml").write_text(files("graphml")["alliances.graphml"], encoding="utf-8")
    read = igraph.Graph.Read_GraphML(str(tmp_path / "n.graphml"))
    assert Counter(read.es["agreement"]) == Counter(known["agreement"] for *_, known in drawn().edges(data=True))
    assert dict(zip(read.vs["id"], read.vs["label"], strict=True))["TUR"] == "Türkiye"


def test_gexf_lives_in_time(tmp_path: Path) -> None:
    # GEXF lets directed and undirected edges stand side by side; the reader of networkx does not.
    text = files("gexf")["alliances.gexf"].replace(' type="undirected"', "")
    (tmp_path / "n.gexf").write_text(text, encoding="utf-8")
    read = nx.read_gexf(tmp_path / "n.gexf", version="1.2draft")
    assert ends(read) == ends(drawn())
    transit = read.edges["KAZ", "TUR", "transit-KAZ-TUR-2024/KAZ/TUR"]
    assert transit["stage"] == [
        ("signed", "2024-09-11", "2026-04-01"), ("ratified", "2026-04-01", "2026-04-01"),
        ("in-force", "2026-04-01", "None"),
    ]  # fmt: skip  # None: how networkx reads an open end
    assert read.graph["mode"] == "dynamic"
    assert "lastmodifieddate" not in text


def test_cytoscape_json_is_the_same_network() -> None:
    read = nx.cytoscape_graph(json.loads(files("cytoscape")["alliances.cyjs"]))
    assert ends(read) == ends(drawn())
    ids = [known["id"] for *_, known in read.edges(data=True)]
    assert len(ids) == len(set(ids))


# Tables


def test_tables_hold_the_build_and_their_keys_fit() -> None:
    frames = {name: frame("csv", f"{name}.csv") for name in TABLES}
    assert {f"{name}.csv" for name in TABLES} | {"codebook.md"} == files("csv").keys()
    assert list(frames["claims"]["id"].sort_values()) == sorted(one.id for one in gold().claims)
    assert set(frames["agreements"]["id"]) == {one.id for one in gold().agreements}
    for table, column, of in (
        ("claims", "agreement", "agreements"), ("participations", "agreement", "agreements"),
        ("participations", "actor", "actors"), ("claim_parties", "actor", "actors"),
        ("periods", "agreement", "agreements"),
        ("claim_dates", "claim", "claims"), ("evidence", "claim", "claims"), ("disagreements", "claim", "claims"),
    ):  # fmt: skip
        assert set(frames[table][column]) <= set(frames[of]["id"]), (table, column)
    assert set(frames["claims"]["document"]) <= set(frames["documents"]["name"])
    raws = {one.name: one.raw for one in gold().documents}
    pieces = frames["evidence"].itertuples()
    assert all(raws[one.document][one.start : one.end] == one.quote for one in pieces)


def test_parquet_says_the_same_with_types() -> None:
    for name in TABLES:
        read = pq.read_table(io.BytesIO(files("parquet")[f"{name}.parquet"]))
        rows = list(csv.DictReader(io.StringIO(files("csv")[f"{name}.csv"])))
        assert read.column_names == list(rows[0])
        assert [{key: cell(value) for key, value in row.items()} for row in read.to_pylist()] == rows
    dated = pd.read_parquet(io.BytesIO(files("parquet")["claim_dates.parquet"]))
    assert str(dated["earliest"].min()) == "1815-01-01"
    meaning = pq.read_table(io.BytesIO(files("parquet")["agreements.parquet"])).schema.field("contested").metadata
    assert meaning[b"meaning"].decode() in files("csv")["codebook.md"]


def cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ";".join(value) if isinstance(value, list) else "" if value is None else str(value)


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(StoreError, match=r"alliance-kg\[parquet\]"):
        exports.files(small(), "parquet")


def test_relationships_for_neo4j_join_nodes_that_are_there() -> None:
    found = files("neo4j")
    ids: dict[str, set[str]] = {}
    for line in found["import.txt"].splitlines():
        if line.strip().startswith("--nodes="):
            head, *rows = csv.reader(io.StringIO(found[line.strip(" \\").removeprefix("--nodes=")]))
            key = next(place for place, name in enumerate(head) if ":ID(" in name)
            space = head[key].split(":ID(")[1].rstrip(")")
            ids[space] = {row[key] for row in rows}
            assert len(ids[space]) == len(rows)
            assert head[-1] == ":LABEL"
    assert ids.keys() == {"document", "actor", "agreement", "claim"}
    links = [name for name in found if name.endswith(".csv") and found[name].startswith(":START_ID(")]
    assert {f"--relationships={name}" for name in links} <= set(found["import.txt"].split())
    for name in links:
        head, *rows = csv.reader(io.StringIO(found[name]))
        start, end = (head[place].split("(")[1].rstrip(")") for place in (0, 1))
        assert rows
        assert all(row[0] in ids[start] and row[1] in ids[end] and row[-1] == name[:-4].upper() for row in rows)


# Dyad-years


def test_codes_of_states_are_those_of_country_converter() -> None:
    # Its table alone: its programme does not run with pandas 3.
    table = files_of_package("country_converter") / "country_data.tsv"
    theirs = {
        row["ISO3"]: row["GWcode"]
        for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")), delimiter="\t")
    }
    ours = {row.id: row.gw for row in lexicon.load().actors.values() if isinstance(row, StateRow) and row.gw}
    common = ours.keys() & {state for state, code in theirs.items() if code}
    assert len(common) > 150
    # There, those of Czechoslovakia, South Vietnam and South Yemen stand for the states of today.
    predecessors = {"CZE": (316, 315), "VNM": (816, 817), "YEM": (678, 680)}
    codes = {state: (ours[state], int(float(theirs[state]))) for state in common}
    assert {state: pair for state, pair in codes.items() if pair[0] != pair[1]} == predecessors


def treaty(document: str, **more: Any) -> Build:
    """One pact of Turkey and Azerbaijan with Pakistan as a prospective party."""
    dated = {"first.txt": "2023-05-01", "second.txt": "2026"}
    documents = tuple(
        Document(name=name, path=name, sha256="0" * 64, raw="x" * 9, date=date) for name, date in dated.items()
    )
    one = {"kind": "mutual-defense-pact", "actors": "TUR AZE PAK:prospective NATO", "status": "in-force", **more}
    return made(documents, [claim(1, document=document, **one)])


YEARS = [
    ("first.txt", {"dates": {"signed": "2021-06"}}, [2021, 2022, 2023], [0, 0, 1]),
    ("second.txt", {"dates": {"signed": "2024/2025"}}, [2025, 2026], [0, 1]),
    (
        "second.txt",
        {"dates": {"signed": "2020", "terminated": "2022-03"}, "status": "terminated"},
        [2020, 2021, 2022],
        [0, 0, 0],
    ),
    ("second.txt", {"dates": {"signed": "2020"}, "status": "terminated"}, [2020], [1]),
    ("second.txt", {}, [], []),
    ("second.txt", {"status": "proposed", "dates": {"proposed": "2020"}}, [], []),
    ("second.txt", {"kind": "transit", "dates": {"signed": "2020"}}, [], []),
]


@pytest.mark.parametrize(("document", "more", "years", "censored"), YEARS)
def test_years_of_a_dyad(document: str, more: dict[str, Any], years: list[int], censored: list[int]) -> None:
    found = exports.files(treaty(document, **more), "atop-like")
    rows = list(csv.DictReader(io.StringIO(str(found["atop-like.csv"]))))
    assert [int(row["year"]) for row in rows] == years
    assert [int(row["right_censored"]) for row in rows] == censored
    assert {(row["dyad"], row["iso3_1"], row["ccode1"], row["state2"]) for row in rows} <= {
        ("373640", "AZE", "373", "Türkiye")
    }
    left_out = list(csv.DictReader(io.StringIO(str(found["atop-like-left-out.csv"]))))
    assert bool(left_out) != bool(rows)
    assert all(row["reason"] for row in left_out)


CODES = [
    ("mutual-defense-pact", (), "atop-like", {"atopally", "defense"}),
    ("mutual-defense-pact", ("consultation",), "atop-like", {"atopally", "defense", "consul"}),
    ("nonaggression-pact", (), "atop-like", {"atopally", "nonagg"}),
    ("alliance", (), "atop-like", set()),
    ("alliance", ("collective-defense",), "cow-like", {"defense", "type1"}),
    ("nonaggression-pact", ("consultation",), "cow-like", {"nonaggression", "entente", "type2"}),
    ("strategic-partnership", ("consultation",), "cow-like", {"entente", "type3"}),
    ("defense-cooperation", (), "dcad-like", {"dcaAny", "dcaGeneral"}),
    ("defense-industry", (), "dcad-like", {"dcaAny", "dcaSector"}),
    ("mutual-defense-pact", (), "dcad-like", set()),
]


@pytest.mark.parametrize(("kind", "provisions", "form", "expected"), CODES)
def test_codes_follow_from_kind_and_provisions(
    kind: str, provisions: tuple[str, ...], form: str, expected: set[str]
) -> None:
    build = treaty("first.txt", kind=kind, actors="TUR AZE", provisions=provisions, dates={"signed": "2023"})
    rows = list(csv.DictReader(io.StringIO(str(exports.files(build, form)[f"{form}.csv"]))))
    variables = [name for name in (rows[0] if rows else ()) if rows[0][name] == "1" and name not in ABOUT]
    assert set(variables) == expected


ABOUT = {"bilateral", "number", "right_censored", "contested"}


@pytest.mark.parametrize("form", dyads.CODINGS)
def test_every_cell_has_its_memo_and_every_agreement_its_place(form: str) -> None:
    table, memo = frame(form, f"{form}.csv"), frame(form, f"{form}-memo.csv")
    after = list(table.columns).index("year") + 1
    cells = {
        (row["state1"], row["state2"], name, row["year"])
        for row in table.to_dict("records")
        for name in table.columns[after:]
        if name not in ABOUT and row[name] == 1
    }
    told = {
        (row.state1, row.state2, row.variable, year)
        for row in memo.itertuples()
        for year in range(row.from_year, row.to_year + 1)
    }
    assert cells
    assert told == cells
    counted = {one for ids in table["agreements"] for one in ids.split(";")}
    left_out = set(frame(form, f"{form}-left-out.csv")["agreement"])
    assert counted | left_out == {one.id for one in gold().agreements}
    assert not counted & left_out
    raws = {one.name: one.raw for one in gold().documents}
    assert all(raws[one.document][one.start :].startswith(one.quote) for one in memo.itertuples())
    assert all(f"`{name}`" in files(form)[f"{form}-codebook.md"] for name in table.columns)


# The same bytes

OTHERS = (*exports.NETWORKS, *exports.FOLDERS)


def hashes(build: Build) -> dict[str, str]:
    made_of = {
        **{form: dict(exports.files(build, form)) for form in OTHERS},
        "np": {"np": nanopublications(quads_of(build))},
    }
    return {
        f"{form}/{name}": hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()
        for form, found in made_of.items()
        for name, text in found.items()
    }


def some() -> Build:
    return part_of_gold("000_", "002_", "01.", "22.")


def test_the_order_of_the_input_changes_no_byte() -> None:
    chance = random.Random(5)
    build = some()
    claims, documents = list(build.claims), list(build.documents)
    chance.shuffle(claims)
    chance.shuffle(documents)
    assert hashes(made(documents, claims)) == hashes(build)


def test_the_hash_seed_changes_no_byte() -> None:
    code = "import json; from test_exports_forms import hashes, some; print(json.dumps(hashes(some())))"
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == hashes(some())


def test_an_unknown_form_is_told_with_the_known_ones() -> None:
    with pytest.raises(StoreError, match="unknown format 'docx'; expected one of turtle, trig, "):
        exports.files(small(), "docx")


def test_a_store_reads_the_nanopublications(built: Path, tmp_path: Path) -> None:
    (tmp_path / "np.trig").write_text(exports.convert(built, "nanopub"), encoding="utf-8")
    store = Store.open()
    store.load_file(tmp_path / "np.trig")
    assert len(store.graphs()) == 4 * len(small().claims)
