"""Finding and reading documents, and their metadata."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources import discover, read

SEEDS = Path(__file__).parent.parent / "seeds"
TEXT = "عنوان الخبر\n\nوقعت أنقرة وأستانا الاتفاق في أستانا أمس.\n"


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_seeds_are_read_byte_for_byte(path: Path) -> None:
    document = read(path)
    assert document.raw.encode("utf-8") == path.read_bytes()
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.name == path.name
    assert document.date or document.date_note


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    document = read(write(tmp_path / "a.txt", text))
    assert document.raw == text
    assert document.title == "عنوان الخبر"


def test_metadata_from_a_table_beside_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    write(
        tmp_path / "sources.toml",
        '["a.txt"]\ntitle = "آخر"\npublisher = "وكالة"\ndate = 2026-01-20\nurl = "https://x.org/"\nlanguage = "ar"\n',
    )
    document = read(path)
    assert (document.title, document.publisher, document.date) == ("آخر", "وكالة", "2026-01-20")
    assert document.url == "https://x.org/"


@pytest.mark.parametrize("place", ["docs/documents.jsonl", "documents.jsonl"])
def test_metadata_from_records_in_the_folder_or_above(tmp_path: Path, place: str) -> None:
    path = write(tmp_path / "docs/a.txt")
    records = [{"document": "b.txt", "date": "2020"}, {"document": "a.txt", "date": "2025-10", "title": None, "x": 1}]
    write(tmp_path / place, "\n".join(map(json.dumps, records)) + "\n")
    assert read(path).date == "2025-10"
    assert read(path).title == "عنوان الخبر"


def test_changed_metadata_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    table = write(tmp_path / "sources.toml", '["a.txt"]\ndate = "2024"\n')
    assert read(path).date == "2024"
    write(table, '["a.txt"]\ndate = "2025-01"\n')
    assert read(path).date == "2025-01"


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("ما قصة «الناتو التركي»؟", "ما قصة «الناتو التركي»؟"),
        ("وقعت أنقرة الاتفاق.", None),
        ("كلمة " * 30, None),
        ("12:44 | 06.11.2025\nعنوان", "عنوان"),
        ("https://x.org/a\nعنوان", None),
    ],
)
def test_titles_are_taken_from_the_opening_line(tmp_path: Path, opening: str, title: str | None) -> None:
    assert read(write(tmp_path / "a.txt", f"\n{opening}\n\n{TEXT}")).title == title


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"Z\xfcrich", "not UTF-8 at byte 1 .*WINDOWS-1256"),
        ("سلام".encode("utf-16") + b"!", "not UTF-16-LE at byte 8"),
        (b"\x89PNG\0\0", "NUL bytes"),
        (b"An English text", "not an Arabic text \\(0 %"),
        (b"1 2 3", "no letters"),
    ],
)
def test_a_file_that_is_no_arabic_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(SourceError, match=message):
        read(tmp_path / "a.txt")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="a folder"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("sources.toml", '["a.txt"]\ndate = "20 January"\n', "document a.txt, key date: .*2026-01-20"),
        ("sources.toml", '["a.txt"]\ndate = "2026-02-30"\n', "key date"),
        ("sources.toml", '["a.txt"]\ndate = 2026\n', "key date"),
        ("sources.toml", '["a.txt"]\ntitel = "x"\n', "key titel"),
        ("sources.toml", '"a.txt" = 1\n', "key a.txt: expected a table"),
        ("sources.toml", "[a\n", "not TOML"),
        ("documents.jsonl", "{}\n", "line 1: key document is missing"),
        ("documents.jsonl", '{"document": "a.txt"}\n{\n', "line 2: not JSON"),
        ("documents.jsonl", '{"document": "a.txt", "date": "2026-13"}\n', "key date"),
    ],
)
def test_bad_metadata_names_the_file_and_the_key(tmp_path: Path, file: str, content: str, message: str) -> None:
    write(tmp_path / file, content)
    with pytest.raises(SourceError, match=f"{file}.*{message}"):
        read(write(tmp_path / "a.txt"))


def test_metadata_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes(b"\xff")
    with pytest.raises(SourceError, match=r"sources\.toml.*UTF-8"):
        read(write(tmp_path / "a.txt"))


def test_documents_are_discovered_once_and_in_order(tmp_path: Path) -> None:
    second, first = write(tmp_path / "x/b.txt"), write(tmp_path / "y/z/a.txt")
    write(tmp_path / "x/sources.toml", "")
    given = write(tmp_path / "c.text")
    listing = discover([given, tmp_path / "y", second, tmp_path, tmp_path / "x/../x"])
    assert list(listing.files.values()) == [first, second, given]
    assert listing.skips == ()


def test_nothing_to_discover_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        discover([tmp_path / "none"])
    with pytest.raises(SourceError, match="holds no document"):
        discover([tmp_path])


def test_every_row_of_the_seeds_is_about_a_seed() -> None:
    import tomllib

    rows = tomllib.loads((SEEDS / "sources.toml").read_text(encoding="utf-8"))
    assert sorted(rows) == list(discover([SEEDS]).files)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6"])
def test_encodings_are_found_out_and_a_guess_is_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    document = read(tmp_path / "a.txt")
    assert document.raw == TEXT
    assert document.encoding == encoding.replace("utf-16", "utf-16-le") if encoding == "utf-16" else encoding
    assert ("guessed" in "".join(document.notes)) == (encoding != "utf-16")
    assert document.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
