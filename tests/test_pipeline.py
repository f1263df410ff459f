"""From files to a build: the seeds end to end, what cannot be used, and that the same input gives the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from seed_build import EXPORTS, ROOT, at_root, seeds

from kg import pipeline
from kg.errors import SourceError, StoreError

NEWS = "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في أنقرة."


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_quote_of_the_seeds_is_what_stands_in_the_file() -> None:
    build = seeds()
    texts = {path.name: path.read_bytes().decode() for path in (ROOT / "seeds").glob("*.txt")}
    pieces = [(texts[claim.document], piece) for claim in build.claims for piece in claim.evidence]
    assert pieces
    assert [piece for raw, piece in pieces if raw[piece.start : piece.end] != piece.quote] == []


def test_every_seed_is_used_and_every_claim_has_its_agreement() -> None:
    build = seeds()
    assert len(build.documents) == 5
    assert {claim.document for claim in build.claims} == {document.name for document in build.documents}
    merged = [claim for agreement in build.agreements for claim in agreement.claims]
    assert sorted(merged) == sorted(claim.id for claim in build.claims)


def test_the_committed_exports_are_a_fresh_build(tmp_path: Path) -> None:
    pipeline.write(seeds(), tmp_path)
    fresh, committed = written(tmp_path), written(EXPORTS)
    assert sorted(committed) == sorted(fresh)
    assert [name for name in fresh if fresh[name] != committed[name]] == []


def test_the_order_of_files_and_the_seed_of_hashes_change_no_byte(tmp_path: Path) -> None:
    pipeline.write(seeds(), tmp_path / "one")
    with at_root():
        paths = sorted(map(str, Path("seeds").glob("*.txt")), reverse=True)
    command = [sys.executable, "-m", "kg", "build", "-o", str(tmp_path / "two"), *paths]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_a_build_can_be_opened_again(tmp_path: Path) -> None:
    pipeline.write(seeds(), tmp_path)
    again = pipeline.reopen(tmp_path)
    assert (again.agreements, again.disagreements) == (seeds().agreements, seeds().disagreements)
    pipeline.write(seeds(), tmp_path / "copy")
    assert (tmp_path / "copy" / "alliances.html").read_text() == pipeline.draw(again)


def test_unusable_documents_are_skipped_with_their_reason(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\0")
    (tmp_path / "english.txt").write_text("Two states signed a pact.", encoding="utf-8")
    harvest = pipeline.extract([tmp_path])
    assert [document.name for document in harvest.documents] == ["good.txt"]
    assert [(skip.document, skip.what) for skip in harvest.skips] == [
        ("english.txt", "document"),
        ("image.txt", "document"),
    ]
    assert "not an Arabic text" in harvest.skips[0].reason
    assert "no text file" in harvest.skips[1].reason


def test_a_document_in_another_language_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "b.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "sources.toml").write_text('["b.txt"]\nlanguage = "fa"\n', encoding="utf-8")
    (skip,) = pipeline.extract([tmp_path]).skips
    assert "its language is given as 'fa'" in skip.reason


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no document"),
        ({"a.txt": b"plain words only"}, "a.txt: not an Arabic text"),
        ({"a.txt": b"", "b.txt": b"\xff\xfe\x00"}, "no document can be used; the first: .*a.txt: the file is empty"),
    ],
)
def test_nothing_usable_is_an_error(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=message):
        pipeline.build([tmp_path])


def test_a_dateline_dates_a_document_that_has_no_other_date(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(f"عنوان الخبر\nأنقرة – 12 مارس 2025 – {NEWS}\n", encoding="utf-8")
    document = pipeline.read(source).document
    assert (document.date, document.origins["date"]) == ("2025-03-12", "dateline")
    (tmp_path / "sources.toml").write_text('["a.txt"]\ndate = "2025-03-13"\n', encoding="utf-8")
    assert pipeline.read(source).document.date == "2025-03-13"


def test_documents_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{NEWS} {folder}", encoding="utf-8")
    harvest = pipeline.extract([tmp_path / "two", tmp_path / "one"])
    assert [document.name for document in harvest.documents] == ["one/a.txt", "two/a.txt"]
    assert {claim.document for claim in harvest.claims} == {"one/a.txt", "two/a.txt"}


def test_many_processes_read_what_one_reads(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(f"{NEWS} ({number})", encoding="utf-8")
    told: list[tuple[int, int]] = []
    many = pipeline.extract([tmp_path], jobs=2, progress=lambda done, total: told.append((done, total)))
    assert many == pipeline.extract([tmp_path])
    assert told == [(number, 9) for number in range(1, 10)]


def test_the_day_of_a_run_is_an_argument(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    assert pipeline.build([tmp_path], as_of="2026-05-01").run.recorded == "2026-05-01"
    assert pipeline.build([tmp_path]).run.recorded is None


def test_a_claim_is_traced_to_the_reading_of_its_source(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(NEWS, encoding="utf-8")
    build = pipeline.build([source])
    pipeline.write(build, tmp_path / "out")
    name = build.claims[0].id
    ((claim, reading),) = pipeline.trace(f"https://example.org/claim/{name}", tmp_path / "out").claims
    assert claim == build.claims[0]
    assert reading is not None
    assert reading.extraction.claims == build.claims
    source.write_text(NEWS + " ", encoding="utf-8")
    again = pipeline.trace(build.agreements[0].id, tmp_path / "out")
    assert (again.agreement, again.claims) == (build.agreements[0], ((claim, None),))
    with pytest.raises(StoreError, match="no claim, no agreement and no file 'c-0'"):
        pipeline.trace("c-0", tmp_path / "out")
