"""Build a folder of mixed files of which one in twenty is broken: time, memory of all processes, and the skips.

`python tests/benchmarks/mixed.py [FILES] [JOBS]`; without a number, 10,000 files and one process that reads.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))
import source_files as made

CORPUS = Path(__file__).parent.parent / "corpus" / "dev" / "docs"
TOWNS = (
    "دمشق حلب بيروت صيدا عمان إربد بغداد الموصل القاهرة أسوان تونس صفاقس الجزائر وهران الرباط فاس صنعاء مسقط".split()
)
EVERYDAY = (
    "شهدت أسواق {0} ارتفاعا في أسعار الخضار بلغ {1} ليرة للصندوق الواحد مع بداية الموسم.",
    "افتتحت بلدية {0} حديقة عامة جديدة تضم {1} شجرة وملعبا للأطفال.",
    "فاز فريق {0} على ضيفه بعد مباراة حضرها {1} متفرج في الملعب البلدي.",
    "توقعت الأرصاد أن تنخفض الحرارة في {0} خلال الأسبوع وأن تتساقط الأمطار بمقدار {1} ملم.",
    "أعلنت جامعة {0} أسماء {1} طالبا من الحاصلين على منح دراسية هذا العام.",
    "انطلقت في {0} فعاليات معرض الكتاب بمشاركة {1} دار نشر وعدد من الشعراء.",
    "أنهت ورشات الصيانة إصلاح خط المياه في {0} بعد انقطاع دام {1} ساعة عن عدة أحياء.",
    "يعرض متحف {0} {1} قطعة من الفخار عثر عليها في تنقيبات الموسم الماضي.",
    "سجل مستشفى {0} {1} ولادة خلال الشهر وفق إحصاءات مديرية الصحة.",
    "بدأ مزارعو {0} قطاف الزيتون وسط توقعات بإنتاج {1} طنا من الزيت.",
    "نظمت مدارس {0} رحلة كشفية شارك فيها {1} تلميذا وتلميذة إلى الغابات المجاورة.",
    "أغلقت الثلوج طرقا جبلية قرب {0} وعملت الآليات على فتح {1} كيلومترا منها.",
    "تستعد مطاعم {0} لاستقبال الزوار في العيد وقد حجزت {1} طاولة مسبقا.",
    "رصدت جمعية الفلك في {0} {1} شهابا في ليلة واحدة من ليالي الصيف.",
)
EVERY = 20
PRINTED = 20
MEGABYTE = 1_000_000


def texts(number: random.Random) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give articles without end, one in ten of paragraphs of the development documents, the others of everyday news."""
    whole = [path.read_text(encoding="utf-8").splitlines() for path in sorted(CORPUS.glob("*.txt"))]
    paragraphs = [line for lines in whole for line in lines if len(line.split()) > 12]
    titles = [lines[0] for lines in whole]
    while True:
        if number.randrange(10):
            news = (number.choice(EVERYDAY).format(number.choice(TOWNS), number.randrange(2, 999)) for _ in range(12))
            yield f"أخبار {number.choice(TOWNS)}", tuple(" ".join(next(news) for _ in range(3)) for _ in range(4))
        else:
            yield number.choice(titles), tuple(number.sample(paragraphs, number.randint(3, 6)))


def printed(articles: Iterator[tuple[str, tuple[str, ...]]]) -> list[bytes]:
    """Print some articles as PDF: these stand in the folder many times."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        found = []
        for _ in range(PRINTED):
            page.set_content(made.page(*next(articles)))
            found.append(page.pdf())
        browser.close()
    return found


def sound(kind: int, articles: Iterator[tuple[str, tuple[str, ...]]], pdfs: list[bytes]) -> tuple[str, bytes]:
    """Give the ending and the content of a file of the kind of a number."""
    article = next(articles)
    page, line = made.page(*article).encode(), json.dumps(made.record(*article), ensure_ascii=False).encode()
    return (
        lambda: (".txt", made.text(*article).encode()),
        lambda: (".html", page),
        lambda: (".txt", made.text(*article).encode("cp1256", "replace")),
        lambda: (".docx", made.word(*article)),
        lambda: (".jsonl", line + b"\n" + json.dumps(made.record(*next(articles))).encode()),
        lambda: (".html", made.page(*article, charset="windows-1256").encode("cp1256", "xmlcharrefreplace")),
        lambda: (".pdf", pdfs[kind % len(pdfs)]),
        lambda: (".csv", made.table(made.record(*article))),
        lambda: (".eml", made.message(*article)),
        lambda: (".zip", made.zipped({"a.html": page, "b.jsonl": line})),
        lambda: (".warc.gz", made.crawl({f"https://x.org/{kind}": page})),
        lambda: (".md", made.text(*article).encode("utf-16")),
    )[kind % 12]()


def broken(kind: int, pdfs: list[bytes]) -> tuple[str, bytes]:
    """Give the ending and the content of a file that cannot be used."""
    word = made.word()
    return (
        lambda: (".txt", b""),
        lambda: (".txt", b"\x89PNG\0\0"),
        lambda: (".txt", b"Two states signed a pact."),
        lambda: (".txt", "وزیر امور خارجه ایران با همتای ترکیه‌ای خود در آنکارا دیدار و گفتگو کرد".encode()),
        lambda: (".pdf", pdfs[kind % len(pdfs)][:900]),
        lambda: (".docx", word[: len(word) // 2]),
        lambda: (".docx", b"\xd0\xcf\x11\xe0" + bytes(512)),
        lambda: (".zip", made.zipped({"a.txt": b"x" * 40_000_000})),
        lambda: (".html", b"<nav>menu</nav>"),
        lambda: (".json", b"[" * 5000),
        lambda: (".jpg", b"\xff\xd8"),
        lambda: (".tar.gz", made.tape({"a.txt": b"x"})[:30]),
    )[kind % 12]()


def memory(process: int) -> int:
    """Give the memory of a process and of those it started, in bytes, shared pages counted once (Linux)."""
    try:
        maps = Path(f"/proc/{process}/smaps_rollup").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) * 1024 for line in maps.splitlines() if line.startswith("Pss:")), 0)
    return own + sum(memory(int(child)) for child in children)


def fill(folder: Path, count: int) -> list[str]:
    """Write the files, and name the broken ones."""
    articles = texts(random.Random(4))
    pdfs = printed(articles)
    bad = []
    for number in range(count):
        is_bad = number % EVERY == EVERY - 1
        ending, content = broken(number // EVERY, pdfs) if is_bad else sound(number, articles, pdfs)
        file = folder / f"{number % 100:02}" / f"{number:05}{ending}"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        bad += [file.name] if is_bad else []
    return bad


def main(count: int, jobs: int) -> None:
    """Make the folder, build it, and say what it took."""
    with TemporaryDirectory() as place:
        folder, out = Path(place, "in"), Path(place, "out")
        folder.mkdir()
        bad = fill(folder, count)
        started, peak = time.monotonic(), 0
        command = [sys.executable, "-m", "kg", "build", str(folder), "-o", str(out), "--jobs", str(jobs)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as build:
            while build.poll() is None:
                peak = max(peak, memory(build.pid))
                time.sleep(0.2)
            print(build.stdout.read() if build.stdout else "", end="")
        report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    left_out = {skip["document"].partition("/")[0] for skip in report["skips"] if skip["what"] == "document"}
    print(f"exit code      {build.returncode}")
    print(f"files          {count}, {len(bad)} broken, {len(set(bad) & left_out)} of these among the skips")
    print(f"sound, skipped {sorted(left_out - set(bad))[:5]}")
    print(f"repeated       {sum(one['same_as'] is not None for one in report['documents'])}")
    print(f"seconds        {time.monotonic() - started:.0f}")
    print(f"peak memory    {peak / MEGABYTE:.0f} MB")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(given[0] if given else 10_000, given[1] if len(given) > 1 else 1)
