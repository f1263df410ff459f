"""Prints how well the text of made PDFs is read, beside other extractors: producers × fonts × justified or not.

Needs Chromium, LibreOffice Writer, the fonts below (Debian: fonts-noto-core, fonts-hosny-amiri, fonts-dejavu,
fonts-kacst-one) and WeasyPrint; of the other extractors it takes those that are installed (`uv pip install weasyprint
pypdf pypdfium2 pymupdf`, Debian: poppler-utils). `python tests/benchmarks/pdf.py FOLDER` keeps the PDFs in a folder.
"""

from __future__ import annotations

import html
import io
import logging
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mean

from kg.pdf import read
from kg.repair import repair

TESTS = Path(__file__).parent.parent
TEXTS = [TESTS / "cases" / "pdf.txt", *(TESTS / "corpus" / "dev" / "docs" / f"{n}.txt" for n in ("02", "13"))]
FONTS = {"amiri": "Amiri", "naskh": "Noto Naskh Arabic", "dejavu": "DejaVu Sans", "kacst": "KacstOne"}
CSS = "@page{{size:A4;margin:25mm}}body{{font:13pt/1.8 '{font}';text-align:{align}}}"
PAGE = "<!DOCTYPE html><html lang=ar dir=rtl><meta charset=utf-8><style>{css}</style><body>{body}</body></html>"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
FLAT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="{ODF}:office:1.0" xmlns:style="{ODF}:style:1.0" xmlns:text="{ODF}:text:1.0"
 xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:svg="{ODF}:svg-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'{{font}}'"/></office:font-face-decls>
<office:automatic-styles><style:style style:name="P" style:family="paragraph">
<style:paragraph-properties fo:text-align="{{align}}" style:writing-mode="rl-tb" fo:margin-bottom="4mm"/>
<style:text-properties style:font-name="F" style:font-name-complex="F" fo:font-size="13pt"
 style:font-size-complex="13pt" style:language-complex="ar" style:country-complex="SA"/></style:style>
</office:automatic-styles><office:body><office:text>{{body}}</office:text></office:body></office:document>"""
SLACK = re.compile("[\u064b-\u065f\u0670ـ\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
EDGES = ".,،؛;:؟?!()[]«»\"'“”…"
Measures = tuple[float, float, float, float]


def paragraphs() -> list[str]:
    lines = (line.strip() for path in TEXTS for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


# -- making PDFs


def web_page(font: str, align: str) -> str:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs())
    return PAGE.format(css=CSS.format(font=font, align=align), body=body)


def chromium(font: str, align: str, out: Path) -> None:
    page = out.with_suffix(".html")
    page.write_text(web_page(font, align), encoding="utf-8")
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    call("chromium", *switches, f"--print-to-pdf={out}", page.as_uri())


def weasyprint(font: str, align: str, out: Path) -> None:
    import weasyprint

    weasyprint.HTML(string=web_page(font, align)).write_pdf(out)


def libreoffice(font: str, align: str, out: Path) -> None:
    flat = out.with_suffix(".fodt")
    body = "".join(f'<text:p text:style-name="P">{html.escape(text, quote=False)}</text:p>' for text in paragraphs())
    flat.write_text(FLAT.format(font=font, align=align, body=body), encoding="utf-8")
    profile = f"-env:UserInstallation={(out.parent / 'profile').as_uri()}"
    call("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(out.parent), str(flat))


def call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)


PRODUCERS = (chromium, weasyprint, libreoffice)


def corpus(folder: Path) -> Iterator[Path]:
    for producer in PRODUCERS:
        for name, font in FONTS.items():
            for align in ("start", "justify"):
                out = folder / f"{producer.__name__}-{name}-{align}.pdf"
                if not out.exists():
                    producer(font, align, out)
                yield out


# -- reading them


def ours(path: Path) -> str:
    with path.open("rb") as file:
        return repair(read(file).text).text.text


def ours_unrepaired(path: Path) -> str:
    with path.open("rb") as file:
        return read(file).text


def pdfium(path: Path) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def pdfium_repaired(path: Path) -> str:
    return repair(pdfium(path).replace("\r", "")).text.text


def pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def pdfminer_repaired(path: Path) -> str:
    return repair(pdfminer(path)).text.text


def pdftotext(path: Path) -> str:
    return subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True).stdout.decode()


def pymupdf(path: Path) -> str:
    import pymupdf

    return "\n".join(page.get_text() for page in pymupdf.open(path))


EXTRACTORS: tuple[Callable[[Path], str], ...] = (
    ours, ours_unrepaired, pdfium_repaired, pdfminer_repaired, pdfium, pypdf, pdfminer, pdftotext, pymupdf,
)  # fmt: skip


def usable(extractor: Callable[[Path], str], path: Path) -> bool:
    try:
        extractor(path)
    except (ImportError, FileNotFoundError):
        return False
    return True


# -- comparing


def as_written(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub("[ـ\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text))


def letters(text: str) -> str:
    return SLACK.sub("", unicodedata.normalize("NFKC", text))


def recall(found: list[str], wanted: list[str]) -> float:
    want = Counter(wanted)
    return (want & Counter(found)).total() / want.total()


def in_order(found: list[str], wanted: list[str]) -> float:
    matcher = SequenceMatcher(None, found, wanted, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


def numbers(text: str) -> list[str]:
    """Give the words with digits in them, by the value of the digits: some fonts draw ٢ and 2 with one glyph."""
    words = (word.strip(EDGES) for word in letters(text).split())
    return ["".join(str(int(c)) if c.isdecimal() else c for c in word) for word in words if re.search(r"\d", word)]


def measure(text: str, wanted: str) -> Measures:
    """Give word recall, words in order, recall with vowel marks as written, and numbers right."""
    plain, want = letters(text).split(), letters(wanted).split()
    exact = recall(as_written(text).split(), as_written(wanted).split())
    return recall(plain, want), in_order(plain, want), exact, recall(numbers(text), numbers(wanted))


def table(folder: Path) -> Iterator[str]:
    wanted = "\n".join(paragraphs())
    paths = list(corpus(folder))
    yield f"{len(paths)} PDFs of {len(wanted.split())} words and {len(numbers(wanted))} numbers"
    yield (
        f"{'word recall (numbers right)':<26}"
        + "".join(f"{p.__name__:>15}" for p in PRODUCERS)
        + (f"{'mean':>15}{'in order':>10}{'with marks':>12}{'worst':>8}")
    )
    for extractor in EXTRACTORS:
        if not usable(extractor, paths[0]):
            yield f"{extractor.__name__:<26} not installed"
            continue
        rows: dict[str, list[Measures]] = defaultdict(list)
        for path in paths:
            rows[path.name.split("-")[0]].append(measure(extractor(path), wanted))
        every = [row for part in rows.values() for row in part]
        cells = [pair(part) for part in rows.values()] + [pair(every)]
        more = f"{mean(r[1] for r in every):>10.3f}{mean(r[2] for r in every):>12.3f}{min(r[0] for r in every):>8.3f}"
        yield f"{extractor.__name__.replace('_', ', '):<26}" + "".join(f"{cell:>15}" for cell in cells) + more


def pair(rows: list[Measures]) -> str:
    return f"{mean(r[0] for r in rows):.3f} ({mean(r[3] for r in rows):.3f})"


def main() -> None:
    logging.disable(logging.WARNING)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    kept = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    folder = kept or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    for line in table(folder.resolve()):
        print(line)
    if not kept:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
