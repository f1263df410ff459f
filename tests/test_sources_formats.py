"""Every format: the same claims whatever the file, what the files say of themselves, and what cannot be read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import source_files as made
from playwright.sync_api import sync_playwright

from kg import pipeline, sources, verify
from kg.errors import SourceError
from kg.model import Claim, Document, Skip
from kg.sources import Limits, worker


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The page as a PDF, as a browser prints it."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        page.set_content(made.page().split("<aside>")[0].replace("<nav>", "<nav hidden>"))
        printed = page.pdf()
        browser.close()
    return printed


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def found(path: Path, **limits: int) -> tuple[list[Document], list[str]]:
    """The documents in a file, and why the rest of it is not used."""
    all_of_it = list(sources.documents(path, Limits(**limits)))
    documents = [one for one in all_of_it if isinstance(one, Document)]
    return documents, [one.reason.removeprefix(str(path)) for one in all_of_it if isinstance(one, Skip)]


def gist(claim: Claim) -> tuple[object, ...]:
    """What a claim says, without its document and place."""
    quotes = tuple(" ".join(piece.quote.split()) for piece in claim.evidence)
    record = claim.record()
    return (*(json.dumps(record[key], sort_keys=True) for key in record if key not in {"document", "evidence"}), quotes)


def test_the_same_text_in_any_format_gives_the_same_claims(tmp_path: Path, printed: bytes) -> None:
    for name, content in {**made.files(), "p.pdf": printed}.items():
        put(tmp_path, name, content)
    build = pipeline.build([tmp_path])
    gists = {
        document.name: sorted(gist(c) for c in build.claims if c.document == document.name)
        for document in build.documents
    }
    assert len(gists) == 14
    assert len(gists["a.txt"]) == 3
    assert {name: one for name, one in gists.items() if one != gists["a.txt"]} == {}
    assert len({document.same_as or document.name for document in build.documents}) == 1
    pipeline.write(build, tmp_path / "out")
    checked = verify.verify(tmp_path / "out")
    assert (checked.documents, checked.differences) == (14, ())
    (tmp_path / "j.zip").write_bytes(made.zipped({"x.txt": b""}))
    assert {line.split(": ")[1] for line in verify.verify(tmp_path / "out").differences} == {
        "the source has changed since the build (its SHA-256 is another)"
    }


def test_a_page_says_who_wrote_it_when_and_where(tmp_path: Path) -> None:
    document = sources.read(put(tmp_path, "a.html", made.page(charset="windows-1256").encode("cp1256")))
    assert document.raw == made.text().strip()
    assert (document.title, document.author, document.publisher) == (made.TITLE, "ليلى حداد", "صحيفة المثال")
    assert (document.date, document.url, document.encoding) == ("2024-09-12", made.URL, "cp1256")
    assert document.origins["date"] == "JSON-LD datePublished"
    assert document.notes == ()


def test_a_table_beside_the_file_outweighs_what_it_says(tmp_path: Path) -> None:
    put(tmp_path, "sources.toml", '["a.html"]\ndate = "2024-09-13"\n["z.zip/a.html"]\npublisher = "آخر"\n'.encode())
    put(tmp_path, "z.zip", made.zipped({"a.html": made.page().encode()}))
    document = sources.read(put(tmp_path, "a.html", made.page().encode()))
    assert (document.date, document.origins["date"]) == ("2024-09-13", "sources.toml")
    assert sources.read(tmp_path / "z.zip").publisher == "آخر"


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ('<meta property="article:published_time" content="2025-01-02T00:10:00+03:00">', {"date": "2025-01-02"}),
        ('<meta property="article:published_time" content="12 مارس">', {"date": None}),
        ('<meta property="og:site_name" content=" وكالة  الأنباء ">', {"publisher": "وكالة الأنباء"}),
        ('<link rel="canonical" href="https://x.org/a">', {"url": "https://x.org/a"}),
        ('<script type="application/ld+json">[{"@graph": [{"headline": "ع", "datePublished": "2025-02"}]}]</script>',
         {"date": "2025-02", "title": "ع"}),
        ('<script type="application/ld+json">{broken</script>', {"date": None, "publisher": None}),
    ],
)  # fmt: skip
def test_what_the_head_of_a_page_says(tmp_path: Path, head: str, facts: dict[str, str | None]) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in made.PARAGRAPHS)
    page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    document = sources.read(put(tmp_path, "a.html", page.encode()))
    assert {name: getattr(document, name) for name in facts} == facts


def test_records_name_their_keys_in_several_ways(tmp_path: Path) -> None:
    rows = [
        {
            "Content": made.text(),
            "Published": "2025-01-02T10:00:00Z",
            "Source": {"name": "وكالة"},
            "link": "https://x.org/1",
        },
        {"body": made.text(), "date": "2 يناير", "authors": ["أ", "ب"], "lang": "ar-SA"},
        {"title": "بلا نص"},
        [],
    ]
    lines = "\n".join(json.dumps(row) for row in rows) + "\n\n{\n"
    documents, reasons = found(put(tmp_path, "a.jsonl", lines.encode()))
    first, second = documents
    assert (first.name, first.date, first.publisher, first.url) == (
        "a.jsonl#1",
        "2025-01-02",
        "وكالة",
        "https://x.org/1",
    )
    assert (second.date, second.date_note, second.author, second.language) == (None, "record: 2 يناير", "أ, ب", "ar")
    assert [reason.split(":")[0] for reason in reasons] == ["#3", "#4", "#6"]


def test_a_record_in_another_language_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", json.dumps({**made.record(), "language": "fa"}).encode())
    with pytest.raises(SourceError, match=r"a\.jsonl#1: its language is given as 'fa'"):
        pipeline.extract([tmp_path])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_with_any_separator(tmp_path: Path, separator: str) -> None:
    content = b"\xef\xbb\xbf" + made.table(made.record(), {**made.record(), "text": ""}, separator=separator)
    documents, reasons = found(put(tmp_path, "a.csv", content))
    assert [(one.part, one.date) for one in documents] == [("#1", "2024-09-12")]
    assert len(reasons) == 1
    assert "no column with the text" in found(put(tmp_path, "b.csv", b"a,b\n1,2\n"))[1][0]


def test_a_message_in_html_and_one_without_text(tmp_path: Path) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"], mail["Date"] = made.TITLE, "no day"
    mail.set_content(made.page(), subtype="html")
    mail.add_attachment(b"\0", maintype="image", subtype="png")
    document = sources.read(put(tmp_path, "a.eml", mail.as_bytes()))
    assert document.raw == made.text().strip()
    assert (document.date, document.notes) == (None, ("1 attachments are not read",))
    assert "without text" in found(put(tmp_path, "b.eml", b"Content-Type: image/png\n\nx"))[1][0]


def test_a_crawl_gives_its_pages_and_counts_the_rest(tmp_path: Path) -> None:
    content = made.crawl({"https://x.org/1": made.page().encode()}) + made.crawl({"https://x.org/2": b"x"}, "image/png")
    documents, reasons = found(put(tmp_path, "a.warc.gz", content * 2))
    assert [one.part for one in documents] == ["#1", "#3"]
    assert reasons == [": 2 records of image/png, which is not read"]
    bare = (
        b"<html><body><article>"
        + "".join(f"<p>{p}</p>" for p in made.PARAGRAPHS).encode()
        + b"</article></body></html>"
    )
    (document,), _ = found(put(tmp_path, "b.warc", gzip.decompress(made.crawl({"https://x.org/9": bare}))))
    assert (document.url, document.origins["url"]) == ("https://x.org/9", "WARC-Target-URI")


def encrypted_zip() -> bytes:
    content = bytearray(made.zipped({"a.txt": b"x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def nested(times: int) -> bytes:
    content = made.zipped({"a.txt": made.text().encode()})
    for _ in range(times):
        content = made.zipped({"in.zip": content})
    return content


def bomb() -> bytes:
    """A Word file whose text unpacks to 64 MB."""
    content = io.BytesIO(made.word())
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.xml", b" " * 64_000_000)
    return content.getvalue()


def with_entities() -> bytes:
    """A Word file that would have a parser read a file of the machine."""
    original, content = zipfile.ZipFile(io.BytesIO(made.word())), io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in original.namelist():
            body = original.read(name)
            if name == "word/document.xml":
                entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                body = body.replace(b"<w:document", entity + b"<w:document", 1).replace(b"</w:t>", b"&x;</w:t>", 1)
            archive.writestr(name, body)
    return content.getvalue()


BROKEN = {
    "truncated PDF": ("a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<", {}, ""),
    "not a PDF": ("a.pdf", lambda: b"\0" * 99, {}, ""),
    "Word bomb": ("a.docx", bomb, {}, "expands to 65 MB"),
    "encrypted Word": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600), {}, "encrypted"),
    "truncated Word": ("a.docx", lambda: made.word()[:9000], {}, "not a sound DOCX"),
    "a ZIP that is no Word file": ("a.docx", lambda: made.zipped({"x": b""}), {}, "cannot be read as .docx"),
    "encrypted archive": ("a.zip", encrypted_zip, {}, "encrypted"),
    "truncated archive": ("a.zip", lambda: nested(0)[:-20], {}, "cannot be read as .zip"),
    "truncated tape": ("a.tar.gz", lambda: made.tape({"a.txt": b"x"})[:40], {}, "cannot be read as .tar.gz"),
    "archives in archives": ("a.zip", lambda: nested(5), {}, "more than 3 deep"),
    "archive that holds too much": ("a.zip", lambda: made.zipped({"a.txt": b"x" * 900, "b.txt": b"y" * 900}),
                                    {"expanded": 1000}, "holds more than"),
    "too many documents": ("a.jsonl", lambda: b"{}\n" * 9, {"parts": 3}, "holds more than 3 documents"),
    "large file": ("a.html", lambda: b"<p>" * 700, {"size": 2000}, "larger than 0.002 MB"),
    "long line": ("a.txt", lambda: "كلمة ".encode() * 700, {"size": 2000}, "larger than"),
    "long text": ("a.html", lambda: made.page().encode(), {"characters": 99}, "more than 99 characters"),
    "long record": ("a.jsonl", lambda: json.dumps(made.record()).encode(), {"characters": 99}, "more than 99"),
    "NUL bytes": ("a.txt", lambda: b"ab\0cd", {}, "NUL bytes"),
    "deep JSON": ("a.json", lambda: b"[" * 100_000, {}, "nested too deeply"),
    "no page": ("a.html", lambda: b"", {}, ""),
    "page of menus": ("a.html", lambda: "<nav>الرئيسية</nav>".encode(), {}, ""),
    "no crawl": ("a.warc.gz", lambda: gzip.compress(b"nothing"), {}, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_refused_with_its_reason(case: str, tmp_path: Path) -> None:
    name, content, limits, reason = BROKEN[case]
    documents, reasons = found(put(tmp_path, name, content()), **limits)
    assert [one.name for one in documents] == []
    assert any(reason in one for one in reasons), reasons
    assert reasons


def test_a_file_of_the_machine_is_not_read_into_a_word_file(tmp_path: Path) -> None:
    documents, reasons = found(put(tmp_path, "a.docx", with_entities()))
    assert all("root:" not in one.raw for one in documents)
    assert documents or reasons


def test_half_characters_are_marked(tmp_path: Path) -> None:
    row = json.dumps({"text": made.text() + "\ud83d \0", "title": "ع\udcff"})
    document = sources.read(put(tmp_path, "a.json", row.encode()))
    assert "\ufffd \ufffd" in document.raw
    assert document.notes == ("3 NUL or half characters stand as \ufffd",)
    assert document.title == "ع\ufffd"


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.sources.optional import library

    monkeypatch.setitem(sys.modules, "warcio", None)
    with pytest.raises(SourceError, match=r"warcio is needed; install it with: pip install 'alliance-kg\[warc\]'"):
        library("warcio", "warc")


@pytest.fixture
def own_worker() -> Iterator[None]:
    worker.close()
    yield
    worker.close()


def test_the_process_that_parses_may_die_and_hang(
    tmp_path: Path, own_worker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.json", json.dumps(made.record()).encode())
    monkeypatch.setattr(worker, "_COMMAND", ["-c", "import sys; sys.stdin.readline(); sys.exit(9)"])
    assert "the process that parses died at it" in found(path)[1][0]
    monkeypatch.setattr(worker, "_COMMAND", ["-c", "import time; time.sleep(99)"])
    assert "took more than 1 s" in found(path, seconds=1)[1][0]
    monkeypatch.undo()
    assert len(found(path)[0]) == 1


def test_a_document_that_needs_too_much_memory_harms_no_other(tmp_path: Path, own_worker: None) -> None:
    page = put(tmp_path, "a.html", b"<html><body>" + b"<p><b>x</b></p>" * 2_000_000)
    documents, reasons = found(page, memory=300_000_000)
    assert documents == []
    assert "memory" in reasons[0] or "died" in reasons[0]
    assert len(found(put(tmp_path, "b.html", made.page().encode()), memory=300_000_000)[0]) == 1


def test_what_a_folder_holds_besides_documents_is_told(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", made.text().encode())
    put(tmp_path, ".hidden.txt", b"x")
    put(tmp_path, "sources.toml", b"")
    put(tmp_path, "image.jpg", b"x")
    put(tmp_path, "empty.txt", b"")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9.txt")).write_text("x")
    harvest = pipeline.extract([tmp_path])
    assert [one.name for one in harvest.documents] == ["a.txt"]
    reasons = {skip.document: skip.reason.split(": ")[1] for skip in harvest.skips}
    assert {name: reason.split(" (")[0].split(";")[0] for name, reason in reasons.items()} == {
        "image.jpg": "no reader for this kind of file",
        "empty.txt": "the file is empty",
        "pipe.txt": "not a regular file",
        "loop": "a link to a folder that is read already",
        "circle.txt": "a link that leads nowhere, or a file out of reach",
        "gone.txt": "a link that leads nowhere, or a file out of reach",
        "\\xe9.txt": "its name is not UTF-8",
    }


def test_a_file_that_goes_away_or_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there is no such file" in found(tmp_path / "gone.txt")[1][0]
    assert "there is no such file" in found(tmp_path / "gone.pdf")[1][0]
    path = put(tmp_path, "a.txt", b"x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "cannot be read (Permission denied)" in found(path)[1][0]
