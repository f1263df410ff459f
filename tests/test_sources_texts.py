"""What is found out about a text: its encoding, its language, whether it repeats another, links into its page."""

from __future__ import annotations

from pathlib import Path

import pytest
import source_files as made
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright
from seed_build import ROOT

from kg import pipeline, sources
from kg.errors import SourceError
from kg.model import Document, Evidence
from kg.sources.duplicates import witnesses
from kg.sources.encodings import CODE_PAGES, decode
from kg.sources.languages import foreign, identify

CORPUS = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/corpus/dev/docs").glob("*.txt")])
OTHERS = {
    "fa": "وزیر امور خارجه ایران روز سه‌شنبه با همتای ترکیه‌ای خود در آنکارا دیدار کرد و درباره همکاری گفتگو شد.",
    "ur": "پاکستان اور سعودی عرب نے دفاعی معاہدے پر دستخط کر دیے ہیں جس کے تحت ایک پر حملہ دونوں پر حملہ تصور ہوگا۔",
    "ckb": "سەرۆکی هەرێمی کوردستان لەگەڵ شاندێکی سوپای ئەمریکا کۆبووەوە و باسیان لە هەماهەنگی نێوان هێزەکان کرد.",
    "ug": "جۇڭگو ۋە قازاقىستان مۇداپىئە ھەمكارلىقى كېلىشىمىگە ئىمزا قويدى، ئىككى دۆلەت رەھبەرلىرى ئۇچراشتى.",
    "ps": "د افغانستان د بهرنیو چارو وزیر له خپل پاکستاني سیال سره په کابل کې ولیدل او د امنیت په اړه یې خبرې وکړې.",
    "en": "Turkey and Kazakhstan signed an agreement on military cooperation in Ankara on Tuesday.",
}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_arabic_is_arabic(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert identify(text) == "ar"
    assert {language for _, _, language in foreign(text)} <= {"en"}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told_apart(language: str, tmp_path: Path) -> None:
    other = OTHERS[language]
    assert identify(other) == language
    (tmp_path / "a.txt").write_text(made.text(), encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{made.text()}\n{other}\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(other, encoding="utf-8")
    harvest = pipeline.extract([tmp_path])
    assert [document.name for document in harvest.documents] == ["a.txt", "b.txt"]
    paragraph, document = sorted(harvest.skips, key=lambda skip: skip.document)
    assert paragraph.reason == f"a paragraph in {sources.named(language)}"
    assert harvest.documents[1].raw[paragraph.start : paragraph.end] == other
    assert "Arabic text" in document.reason or f"written in {sources.named(language)}" in document.reason
    counts = [sum(claim.document == name for claim in harvest.claims) for name in ("a.txt", "b.txt")]
    assert counts == [3, 3]


@pytest.mark.parametrize("page", CODE_PAGES[:2])
@pytest.mark.parametrize("path", CORPUS[5::8], ids=lambda path: path.stem)
def test_code_pages_are_told_by_the_words(path: Path, page: str) -> None:
    text = path.read_text(encoding="utf-8").encode(page, errors="replace")
    decoded = decode(text)
    assert decoded.encoding == page
    assert decoded.text == text.decode(page)


def test_a_wrong_declaration_is_not_believed() -> None:
    assert decode(made.text().encode("cp1256"), "iso-8859-1").encoding == "cp1256"
    assert decode(made.text().encode("cp1256"), "windows-1256").notes == ()
    assert decode(made.text().encode(), "iso-8859-6").encoding == "utf-8"
    assert decode(made.text().encode("cp1256"), "rot13").encoding == "cp1256"
    noted = decode(made.text().encode("iso8859-6") + b"\xff").notes
    assert [note.split(",")[0].split(" are ")[0] for note in noted] == ["encoding guessed: iso8859-6", "1 bytes"]


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    try:
        decoded = decode(content)
    except SourceError:
        return
    if decoded.encoding == "utf-8":
        assert decoded.text.encode() == content
    else:
        assert "guessed" in " ".join(decoded.notes) or content.startswith((b"\xff\xfe", b"\xfe\xff"))


def document(name: str, raw: str, date: str | None = None) -> Document:
    return Document(name=name, path=name, sha256=name, raw=raw, date=date)


def test_repeated_texts_name_their_first() -> None:
    wire = CORPUS[-1].read_text(encoding="utf-8")
    paragraphs = wire.split("\n")
    documents = [
        document("a.txt", wire),
        document("b.txt", wire.replace("ا", "اَ").replace("،", ","), date="2024-01-02"),
        document("c.txt", "\n".join(["خاص - بيروت", *paragraphs, "شاهد أيضا على موقعنا"]), date="2024-01-03"),
        document("d.txt", "\n".join(paragraphs[: len(paragraphs) // 3])),
        *(document(path.name, path.read_text(encoding="utf-8")) for path in CORPUS[:-1]),
    ]
    found = witnesses(documents)
    assert [one.name for one in found] == [one.name for one in documents]
    assert {one.name: one.same_as for one in found if one.same_as} == {"a.txt": "b.txt", "c.txt": "b.txt"}
    assert witnesses(documents[::-1]) == found[::-1]


def test_short_texts_repeat_each_other_only_word_for_word() -> None:
    short = "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي"
    texts = [document("a", short), document("b", f" {short}.\n"), document("c", f"{short} في أنقرة")]
    assert [one.same_as for one in witnesses(texts)] == [None, "a", None]


def test_a_link_opens_the_page_at_the_sentence(tmp_path: Path) -> None:
    """Chromium scrolls to the words and not elsewhere."""
    filler = tuple(f"فقرة رقم {number} من نص طويل لا علاقة له بالخبر." for number in range(150))
    path = tmp_path / "a.html"
    path.write_text(made.page(paragraphs=(*filler, *made.PARAGRAPHS, *filler)), encoding="utf-8")
    page = sources.read(path).model_copy(update={"url": "http://page.test/a.html#top"})
    raw = page.raw
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium")
        for first, last in [(0, 0), (1, 1), (2, 3)]:
            start, end = (
                raw.index(made.PARAGRAPHS[first]),
                raw.index(made.PARAGRAPHS[last]) + len(made.PARAGRAPHS[last]),
            )
            address = sources.link(page, Evidence(start=start, end=end, quote=raw[start:end]))
            assert address
            view = browser.new_page()
            view.route("**/*", lambda route: route.fulfill(path=path, content_type="text/html"))
            view.goto(address)
            view.wait_for_function("window.scrollY > 0")
            top = view.get_by_text(made.PARAGRAPHS[first]).evaluate("one => one.getBoundingClientRect().top")
            assert 0 < top < view.evaluate("window.innerHeight")
            view.close()
        browser.close()


def test_without_an_address_there_is_no_link() -> None:
    evidence = Evidence(start=0, end=1, quote="ا")
    assert sources.link(document("a", "ا"), evidence) is None
    assert sources.link(document("a", "ا").model_copy(update={"url": "file:///a"}), evidence) is None
