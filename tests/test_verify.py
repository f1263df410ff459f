"""A build is held to its sources."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import exports, pipeline
from kg.errors import StoreError
from kg.verify import reopen, verify

NEWS = "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في أنقرة."


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    exports.write(pipeline.build([tmp_path / "a.txt"]), tmp_path / "out")
    return tmp_path / "out"


def change_claim(made: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the first claim of a build, and give it the id that fits what it then says."""
    from kg.model import Claim

    first, *rest = (made / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(first)
    change(row)
    row["id"] = Claim.model_validate({key: value for key, value in row.items() if key != "id"}).id
    (made / "claims.jsonl").write_text("\n".join([json.dumps(row, ensure_ascii=False), *rest]) + "\n", encoding="utf-8")


def test_a_fresh_build_has_no_differences(made: Path) -> None:
    found = verify(made)
    assert (found.documents, found.differences) == (1, ())
    assert found.quotes >= 1


def test_what_was_written_is_read_back(made: Path) -> None:
    assert reopen(made).claims == pipeline.build([made.parent / "a.txt"]).claims


def test_a_source_that_changed_is_told(made: Path) -> None:
    (made.parent / "a.txt").write_text("ثم " + NEWS, encoding="utf-8")
    changed, misquoted = verify(made).differences
    assert "the source has changed" in changed
    assert "a.txt has «" in misquoted


def test_a_source_that_is_gone_is_told(made: Path) -> None:
    (made.parent / "a.txt").unlink()
    (difference,) = verify(made).differences
    assert "a.txt: the source cannot be read" in difference


def test_sources_can_be_looked_for_elsewhere(made: Path, tmp_path: Path) -> None:
    (tmp_path / "moved").mkdir()
    (made.parent / "a.txt").rename(tmp_path / "moved" / "a.txt")
    assert verify(made, tmp_path / "moved").differences == ()


def test_a_build_is_found_from_the_folder_that_holds_it(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = json.loads((made / "report.json").read_text(encoding="utf-8"))
    report["documents"][0]["path"] = "a.txt"
    (made / "report.json").write_text(json.dumps(report), encoding="utf-8")
    monkeypatch.chdir("/")
    assert verify(made).differences == ()


def test_a_quote_that_is_not_there_is_told(made: Path) -> None:
    def move(row: dict[str, Any]) -> None:
        row["evidence"][0]["start"] += 1
        row["evidence"][0]["end"] += 1

    change_claim(made, move)
    (difference,) = verify(made).differences
    assert difference.startswith("claims.jsonl, claim c-")


def test_a_claim_about_an_unknown_document_is_told(made: Path) -> None:
    change_claim(made, lambda row: row.update(document="b.txt"))
    (difference,) = verify(made).differences
    assert "b.txt is not among the documents" in difference


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("report.json", None, "there is no build here; make one with: kg build"),
        ("claims.jsonl", None, "there is no build here"),
        ("report.json", "{", "not the report of a build"),
        ("report.json", "[]", "not the report of a build"),
        ("report.json", "{}", "it lacks documents, recorded, skips, versions"),
        ("claims.jsonl", "{}\n", "line 1: not a claim of a build"),
        ("claims.jsonl", "[]\n", "line 1: not a claim of a build"),
        ("claims.jsonl", "not json\n", "line 1: not a claim of a build"),
    ],
)
def test_a_folder_that_is_no_build_is_an_error(made: Path, file: str, text: str | None, message: str) -> None:
    (made / file).unlink()
    if text is not None:
        (made / file).write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=message):
        verify(made)


def test_a_claim_that_was_changed_by_hand_is_an_error(made: Path) -> None:
    path = made / "claims.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"certain"', '"possible"'), encoding="utf-8")
    with pytest.raises(StoreError, match="says other than its id"):
        verify(made)


def test_a_build_without_claims_is_a_build(made: Path) -> None:
    (made / "claims.jsonl").write_text("", encoding="utf-8")
    assert verify(made).quotes == 0
