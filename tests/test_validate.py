from pathlib import Path

import pytest
from gold_build import ROOT, part_of_gold, quads_of

from kg import exports, validate
from kg.errors import StoreError

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


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        validate.validate(tmp_path / "none.ttl")
