import re
from pathlib import Path

import pytest
from gold_build import ROOT, gold, part_of_gold, quads_of
from test_ontology import CASES, spoilt

import ontology
from kg import exports, pipeline, validate
from kg.errors import StoreError
from kg.store import Store

pytest.importorskip("pyshacl", reason="pyshacl (the extra `validate`) is not installed")
GOLDEN = ROOT / "tests" / "golden" / "small" / "expected"
ID = "<https://w3id.org/alliance-kg/id/"
AKG = "<https://w3id.org/alliance-kg/ontology#"

# Faults: the lines of the sound case that hold these words lose them to others; what the report then says.
FAULTS = [
    ("a claim without status", ("claim/c-", "#status>"), None, "akg:status", "claim: «status» is given exactly once"),
    (
        "a quote that is no text",
        ("-quote>", "oa#exact>"),
        ('"', "", f"{ID}x>"),
        "oa:exact",
        "is given exactly once",
    ),
    ("evidence without a place", ("oa#start>",), None, "oa:start", "is given exactly once"),
    ("a role that is none", ("#role-host>",), ("#role-host>", "#role-guest>"), "akg:role", "«role»"),
    ("an agreement without a label", ("/agreement/", "rdf-schema#label>", "@en"), None, "rdfs:label", "agreement"),
    ("a date without bounds", ("#earliest>",), None, "akg:earliest", "partial date"),
]  # fmt: skip


def faulty(words: tuple[str, ...], change: tuple[str, ...] | None) -> str:
    lines = []
    for line in (GOLDEN / "alliances.nq").read_text(encoding="utf-8").splitlines():
        if not all(word in line for word in words):
            lines.append(line)
        elif change and len(change) == 2:
            lines.append(line.replace(change[0], change[1]))
        elif change:
            lines.append(f"{line[: line.index(change[0])]}{change[2]} .")
    return "\n".join(lines) + "\n"


def test_the_gold_graph_keeps_to_every_shape(tmp_path: Path) -> None:
    quads = quads_of(part_of_gold("00", "02", "22"))
    exports.put(tmp_path, {"alliances.nq": exports.nquads(quads)})
    report = validate.validate(tmp_path)
    assert report.text() == f"Sound: {len(quads)} triples keep to every shape.\n"
    assert report.conforms


@pytest.mark.parametrize(("name", "words", "change", "path", "message"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_found_and_told(
    name: str, words: tuple[str, ...], change: tuple[str, ...] | None, path: str, message: str, tmp_path: Path
) -> None:
    file = tmp_path / "faulty.nq"
    file.write_text(faulty(words, change), encoding="utf-8")
    report = validate.validate(file)
    assert not report.conforms
    assert any(one.path == path and message in one.message_en and one.message_ar for one in report.violations)
    text = report.text()
    assert text.startswith(f"{len(report.violations)} violations in ")
    assert path in text
    assert report.text("ar").startswith("مخالفات: ")


def test_the_quick_check_finds_what_pyshacl_finds(tmp_path: Path) -> None:
    text = (ROOT / "ontology" / "vocabulary.ttl").read_text(encoding="utf-8")
    lines = [*re.findall(r"^@prefix .*$", text, re.MULTILINE), *re.findall(r"^#   (.*)$", text, re.MULTILINE)]
    (tmp_path / "broken.ttl").write_text(
        "\n".join([*lines, *(case["turtle"] for case in CASES["broken"])]), encoding="utf-8"
    )
    spoilt(ontology.graph("shapes.ttl")).serialize(tmp_path / "spoilt.nt", format="nt", encoding="utf-8")
    store = Store.open()
    for name in ("broken.ttl", "spoilt.nt"):
        store.load_file(tmp_path / name)
    quick, reference = validate.conform(store.quads()), validate.check(store)
    assert len(reference.violations) > 150
    assert {*quick.violations} - {*reference.violations} == set()
    assert {*reference.violations} - {*quick.violations} == set()
    assert quick.triples == reference.triples


def test_the_quick_check_passes_the_gold_graph() -> None:
    quads = quads_of(gold())
    assert validate.conform(quads).text() == f"Sound: {len(quads)} triples keep to every shape.\n"


def test_a_build_that_breaks_a_shape_is_not_written(tmp_path: Path) -> None:
    build = part_of_gold("22")
    documents = tuple(one.model_copy(update={"sha256": "0"}) for one in build.documents)
    with pytest.raises(StoreError, match=r"(?s)out: not written, .*akg:sha256.*«SHA-256»"):
        pipeline.write(build.model_copy(update={"documents": documents}), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        validate.validate(tmp_path / "none.ttl")
