"""One text as files of every format, for tests and benchmarks."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

TITLE = "أنقرة وأستانا توقعان اتفاقا دفاعيا"
PARAGRAPHS = (
    "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في أنقرة في 11 سبتمبر 2024.",
    "وقال وزير الدفاع التركي إن الاتفاقية تشمل التدريب المشترك وتبادل المعلومات الاستخباراتية بين البلدين.",
    "وتجري باكستان والسعودية محادثات مع تركيا للانضمام إلى معاهدة الدفاع المشترك، وفق ما نقلته وكالة بلومبرغ.",
    "ونفت القاهرة وجود أي خطط لإقامة قاعدة عسكرية روسية على الأراضي المصرية.",
)
URL = "https://news.example.org/world/2024/pact"


def text(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    return "\n".join([title, *paragraphs]) + "\n"


def page(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS, charset: str = "utf-8") -> str:
    """A news page: menu, article, teasers, comments, footer."""
    linked = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "url": URL,
        "datePublished": "2024-09-12T09:30:00+03:00", "author": {"@type": "Person", "name": "ليلى حداد"},
        "publisher": {"@type": "Organization", "name": "صحيفة المثال"},
    }  # fmt: skip
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>{html.escape(title)} | صحيفة المثال</title>
<link rel="canonical" href="{URL}">
<script type="application/ld+json">{json.dumps(linked)}</script></head>
<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/sport">رياضة</a></li></ul></nav>
<article><h1>{html.escape(title)}</h1>
{body}
</article>
<aside><h3>اقرأ أيضا</h3><ul><li><a href="/a">إيران وروسيا توقعان معاهدة شراكة</a></li></ul></aside>
<section id="comments"><h3>التعليقات</h3><div class="comment"><p>خبر رائع جدا</p></div></section>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def word(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.add_heading(title, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def record(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> dict[str, str]:
    return {"title": title, "text": "\n".join(paragraphs), "date": "2024-09-12", "url": URL, "source": "صحيفة المثال"}


def table(*rows: Mapping[str, str], separator: str = ",") -> bytes:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def message(title: str = TITLE, paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["Date"] = title, "Desk <desk@example.org>", "Thu, 12 Sep 2024 09:30:00 +0300"
    made.set_content("\n".join(paragraphs))
    return made.as_bytes()


def zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def tape(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def crawl(pages: Mapping[str, bytes], kind: str = "text/html") -> bytes:
    """A web archive of answers, compressed record by record."""
    records = []
    for address, content in pages.items():
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(records):032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0))
    return b"".join(records)


def files() -> dict[str, bytes]:
    """The text as a file of every format that can be made without a browser, by name."""
    lines = json.dumps(record(), ensure_ascii=False).encode() + b"\n"
    return {
        "a.txt": text().encode(), "b.md": text().encode(), "c.html": page().encode(), "d.docx": word(),
        "e.json": json.dumps([record()]).encode(), "f.jsonl": lines, "g.csv": table(record()), "h.eml": message(),
        "i.mbox": b"From desk Thu Sep 12 09:30:00 2024\n" + message(),
        "j.zip": zipped({"in/c.html": page().encode(), "in/n.jsonl": lines, "x.jpg": b"\xff\xd8"}),
        "k.tar.gz": tape({"d.docx": word()}), "l.warc.gz": crawl({URL: page().encode()}),
    }  # fmt: skip
