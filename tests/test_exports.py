"""Exports: their content against tests/golden, the same bytes each time, and nothing half-written.

KG_UPDATE_GOLDEN=1 writes the golden files anew: then read what changed before you commit it.
"""

import csv
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib
from gold_build import ROOT, claims_in, document, gold, made

from kg import exports
from kg.errors import StoreError
from kg.model import Build, Claim, Skip
from kg.store import Store

GOLDEN = ROOT / "tests" / "golden" / "small"


def small() -> Build:
    """Two documents that agree about one arrangement and contradict each other about another."""
    known = {
        "first.txt": {"title": "اتفاقية عبور عسكري", "date": "2024-09-12", "publisher": "صحيفة أولى"},
        "second.txt": {"date": "2026", "url": "https://example.org/خبر ثان"},
    }
    documents = [document(path, known[path.name]) for path in sorted((GOLDEN / "documents").glob("*.txt"))]
    build = made(documents, claims_in(GOLDEN / "claims.jsonl"))
    skips = (Skip(document="first.txt", what="sentence", reason="no actor", start=0, end=4),)
    return build.model_copy(update={"skips": skips})


@cache
def contents_of_gold() -> dict[str, str]:
    return exports.contents(gold())


@pytest.mark.parametrize("name", exports.FILES)
def test_exports_equal_the_golden_files(name: str) -> None:
    text = exports.contents(small())[name]
    file = GOLDEN / "expected" / name
    if os.environ.get("KG_UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    assert text == file.read_bytes().decode()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, by its own reader of TriG
def test_all_forms_of_rdf_say_the_same(tmp_path: Path) -> None:
    exports.write(small(), tmp_path)
    graphs = {}
    for name in ("alliances.ttl", "alliances.trig", "alliances.nq"):
        store = Store.open()
        store.load_file(tmp_path / name)
        graphs[name] = set(store.quads())
    assert graphs["alliances.trig"] == graphs["alliances.nq"]
    assert {quad[:3] for quad in graphs["alliances.ttl"]} == {quad[:3] for quad in graphs["alliances.nq"]}
    read = rdflib.Graph().parse(tmp_path / "alliances.ttl", format="turtle")
    dataset = rdflib.Dataset()
    dataset.parse(data=(tmp_path / "alliances.trig").read_text(encoding="utf-8"), format="trig")
    assert len(read) == len(graphs["alliances.nq"])
    assert set(read) == {quad[:3] for quad in dataset.quads()}
    assert not any(isinstance(term, rdflib.BNode) for triple in read for term in triple)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian: raptor2-utils) is not installed")
@pytest.mark.parametrize(("name", "form"), [("ttl", "turtle"), ("trig", "trig"), ("nq", "nquads")])
def test_raptor_reads_the_exports(name: str, form: str, tmp_path: Path) -> None:
    exports.write(small(), tmp_path)
    lines = (tmp_path / "alliances.nq").read_text(encoding="utf-8").count("\n")
    command = ["rapper", "-c", "-i", form, str(tmp_path / f"alliances.{name}")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"returned {lines} triples" in done.stderr


def test_claims_are_written_as_records_that_can_be_read_again() -> None:
    build = small()
    rows = [json.loads(line) for line in exports.contents(build)["claims.jsonl"].splitlines()]
    read = [Claim.model_validate({key: value for key, value in row.items() if key != "id"}) for row in rows]
    assert {one.id: one for one in read} == {
        row["id"]: claim for row in rows for claim in build.claims if claim.id == row["id"]
    }
    assert [row["document"] for row in rows] == ["first.txt", "first.txt", "second.txt", "second.txt"]
    assert list(rows[0])[: len(build.claims[0].record())] == list(build.claims[0].record())


def test_the_table_of_agreements_is_rfc_4180() -> None:
    text = contents_of_gold()["agreements.csv"]
    assert text.count("\r\n") == text.count("\n") == len(gold().agreements) + 1
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text)))
    assert {row["id"] for row in rows} == {one.id for one in gold().agreements}
    pact = next(row for row in rows if row["id"] == "mutual-defense-pact-PAK-SAU-2025")
    assert (pact["parties"], pact["date_signed"], pact["contested"]) == ("SAU:party;PAK:party", "2025-09", "false")
    assert pact["documents"].split(";") == ["000_fd7816d76020d3a4.txt", "001_664631aed35553c6.txt"]


def test_the_report_counts_what_is_there() -> None:
    report = json.loads(exports.contents(small())["report.json"])
    assert report["counts"] == {
        "documents": 2,
        "claims": 4,
        "agreements": 2,
        "contested": 1,
        "disagreements": 1,
        "decisions": 0,
        "skips": 1,
    }
    assert report["skips_by_reason"] == {"no actor": 1}
    assert [(one["name"], one["claims"], len(one["sha256"])) for one in report["documents"]] == [
        ("first.txt", 2, 64),
        ("second.txt", 2, 64),
    ]


def test_the_order_of_the_input_changes_no_byte() -> None:
    build = gold()
    expected = contents_of_gold()
    chance = random.Random(7)
    claims, documents = list(build.claims), list(build.documents)
    chance.shuffle(claims)
    chance.shuffle(documents)
    assert exports.contents(made(documents, claims)) == expected


def test_the_hash_seed_changes_no_byte() -> None:
    code = (
        "import hashlib, json; from gold_build import gold; from kg import exports;"
        "print(json.dumps({name: hashlib.sha256(text.encode()).hexdigest()"
        " for name, text in exports.contents(gold()).items()}))"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in contents_of_gold().items()}
    assert json.loads(done.stdout) == hashes


def test_files_are_written_and_replaced(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    paths = exports.write(small(), out)
    assert [path.name for path in paths] == list(exports.FILES)
    (out / "alliances.ttl").write_text("old", encoding="utf-8")
    (out / "mine.txt").write_text("kept", encoding="utf-8")
    exports.write(small(), out)
    assert (out / "alliances.ttl").read_text(encoding="utf-8") != "old"
    assert sorted(path.name for path in out.iterdir()) == sorted([*exports.FILES, "mine.txt"])
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_where_writing_fails_the_old_files_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    exports.write(small(), out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    written = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "report.json":
            raise OSError(28, "No space left on device")
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreError, match="No space left on device"):
        exports.write(gold(), out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="name a folder you may write"):
        exports.write(small(), tmp_path / "out")
