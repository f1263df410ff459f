"""Repair of broken extraction: proven damage is undone, sound text stays as it is, every character knows its origin."""

from __future__ import annotations

import pickle
import random
import re
import tomllib
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.offsets import MappedText
from kg.repair import Repaired, account, adjacency, learning, repair, replay
from kg.repair.steps import SURE

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
CASES: dict[str, Any] = tomllib.loads((HERE / "cases" / "repair.toml").read_text(encoding="utf-8"))
REFERENCE: dict[str, str] = CASES["reference"]
DAMAGED = SEEDS / REFERENCE["file"]
SOUND = sorted(p for p in SEEDS.glob("*.txt") if p != DAMAGED)
NOT_JOINING = "اأإآدذرزو"
SLACK = re.compile("[\u064b-\u065f\u0670ـ]")
DECODED = {"glyph digits", "glyph letters", "forms"}


def words(text: str) -> list[str]:
    return SLACK.sub("", text).split()


def accuracy(text: str, expected: str) -> float:
    """Word accuracy, order included: 1 less the share of words to insert, delete or replace."""
    got, want = words(text), words(expected)
    wrong = 0
    for kind, a, b, c, d in SequenceMatcher(None, got, want, autojunk=False).get_opcodes():
        wrong += 0 if kind == "equal" else max(b - a, d - c)
    return 1 - wrong / len(want)


def recall(text: str, expected: str) -> float:
    """The share of the expected words that are there, wherever they stand."""
    want = Counter(words(expected))
    return (want & Counter(words(text))).total() / want.total()


# -- damage that is made: lines folded, turned round at seams, stretched, digits replaced by glyphs


def fold(text: str, width: int) -> list[str]:
    """Break paragraphs into lines; the last line of each is set apart, as extraction does."""
    out: list[str] = []
    for paragraph in text.splitlines():
        lines = [""]
        for word in paragraph.split():
            lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits(lines[-1], word, width) else [*lines, word]
        out += [*lines[:-1], "", lines[-1], ""] if len(lines) > 1 else [*lines, ""]
    return out


def fits(line: str, word: str, width: int) -> bool:
    return len(line) + len(word) < width


def turn(line: str, cuts: list[int]) -> str:
    return " ".join(line[a:b].strip() for a, b in reversed(list(pairwise([0, *cuts, len(line)]))))


def turn_some(lines: list[str], chance: random.Random, share: float, seams: int = 1) -> list[str]:
    out = []
    for line in lines:
        places = [i + 1 for i in range(2, len(line) - 3) if line[i] in NOT_JOINING and line[i - 1 : i + 3].isalpha()]
        cut = len(places) >= seams and len(line) > 30 and chance.random() < share
        out.append(turn(line, sorted(chance.sample(places, seams))) if cut else line)
    return out


def stretch(line: str) -> str:
    return re.sub("(?<=[بتثجحخسشصضطظعغفقكلمنهي])(?=[ا-ي])", "ــ", line, count=12)


def glyphs(text: str, zero: int) -> str:
    return re.sub("[0-9]", lambda m: chr(zero + int(m[0])), text)


@cache
def damaged_seed() -> tuple[str, Repaired]:
    raw = DAMAGED.read_text(encoding="utf-8")
    return raw, repair(raw)


# -- cases


@pytest.mark.parametrize("case", CASES["case"], ids=lambda c: c["name"])
def test_cases(case: dict[str, Any]) -> None:
    done = repair(case["raw"].strip())
    assert done.text.text == case["text"].strip()
    assert {step.what for step in done.steps} == set(case.get("what", []))
    assert replay(case["raw"].strip(), done.steps) == done.text


@pytest.mark.parametrize("page", CASES["page"], ids=lambda c: c["name"])
def test_pages(page: dict[str, Any]) -> None:
    raw = "\n".join(" ".join(reversed(line.split("|"))) for line in page["lines"])
    assert repair(raw).text.text == page["text"].strip()


# -- the damaged seed against its reference


def test_reference_words_and_their_order() -> None:
    assert accuracy(damaged_seed()[1].text.text, REFERENCE["text"]) >= 0.985


def test_reference_seams_are_in_order() -> None:
    _, done = damaged_seed()
    flat = "".join(words(REFERENCE["text"]))
    seams = [step for step in done.steps if step.what == "seam"]
    right = sum("".join(words(step.after)) in flat for step in seams)
    assert len(seams) > 60
    assert right / len(seams) >= 0.95


def test_reference_paragraphs_are_whole() -> None:
    want = [line for line in REFERENCE["text"].splitlines() if line.strip()]
    got = [line for line in damaged_seed()[1].text.text.splitlines() if line.strip()]
    assert len(got) == len(want)
    assert [words(line)[-1] for line in got] == [words(line)[-1] for line in want]


def test_reference_dates_are_read() -> None:
    raw, done = damaged_seed()
    text = done.text.text
    for date in ("عام 1974،", "عام 2019 ", "الخميس 6 فبراير/شباط"):
        at = text.index(date)
        year = re.search(r"\d+", text[at:])
        assert year is not None
        start, end = done.text.raw_span(at + year.start(), at + year.end())
        assert all("\ue000" <= c <= "\uf8ff" for c in raw[start:end])


def test_a_second_repair_finds_nothing() -> None:
    assert not repair(damaged_seed()[1].text.text).damaged


# -- sound text


@pytest.mark.parametrize("path", SOUND, ids=lambda p: p.name[:3])
def test_sound_text_is_untouched(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    done = repair(raw)
    assert done.text == MappedText.of(raw)
    assert done.steps == ()
    assert not done.damaged


@pytest.mark.parametrize("path", SOUND, ids=lambda p: p.name[:3])
def test_lines_that_are_only_wrapped_keep_their_order(path: Path) -> None:
    sound = path.read_text(encoding="utf-8")
    done = repair("\n".join(fold(sound, 90)))
    assert {step.what for step in done.steps} <= {"line break", "spaces"}
    assert words(done.text.text) == words(sound)


@pytest.mark.parametrize("folder", ["corpus/dev/docs"])
def test_no_sound_document_is_changed(folder: str) -> None:
    damaged = {"15.txt", "24.txt", "34.txt"}
    changed = {path.name for path in (HERE / folder).glob("*.txt") if repair(path.read_text(encoding="utf-8")).damaged}
    assert changed == damaged


# -- what is uncertain, and what is told


def test_lines_of_uncertain_order_are_marked_and_gaps_are_left() -> None:
    raw, done = damaged_seed()
    start = raw.index("يــا باعتبــاره")
    sure = done.order_confidence(start, start + 40)
    assert sure is not None
    assert sure < SURE
    start = raw.index("ية، كما تقود")
    assert done.order_confidence(start, start + 40) is None
    assert [raw[slice(*gap)] for gap in done.gaps] == ["\ue285"]


def test_the_account_names_every_line_that_changes() -> None:
    raw, done = damaged_seed()
    notes = list(account(raw, done))
    assert notes[0].text.startswith("145 of 244 lines: 117 line break, 86 seam")
    first = [note.text for note in notes[1:5]]
    assert first[0] == "line 1"
    assert first[1] == raw.split("\n")[0]
    assert first[2].startswith("لا تَستمد سوريا أهميتها")
    assert "«سوريا»" in first[3]
    assert notes[-1].text == "line 46: a lost glyph left as a gap: nothing in the text proves what stood there"


def test_the_account_of_sound_text_says_so() -> None:
    assert [note.text for note in account("زار الوزير بغداد.", repair("زار الوزير بغداد."))] == [
        "sound: nothing is changed"
    ]


# -- damage made from sound text


@pytest.mark.parametrize(("seams", "in_order"), [(1, 0.92), (2, 0.96)])
def test_turned_lines_are_put_back(seams: int, in_order: float) -> None:
    chance = random.Random(7)
    sound = "\n".join(path.read_text(encoding="utf-8") for path in SOUND)
    raw = "\n".join(turn_some(fold(sound, 90), chance, 0.4, seams))
    done = repair(raw).text.text
    assert recall(done, sound) >= 0.99 > recall(raw, sound)
    assert accuracy(done, sound) >= in_order > accuracy(raw, sound)


def test_lost_spaces_are_put_back() -> None:
    chance = random.Random(2)
    sound = SOUND[0].read_text(encoding="utf-8")
    glued = re.sub(" ", lambda _: "" if chance.random() < 0.08 else " ", sound)
    assert recall(repair(glued).text.text, sound) >= 0.96 > 0.9 > recall(glued, sound)


def test_stretched_and_coded_text_is_restored() -> None:
    sound = "\n".join(path.read_text(encoding="utf-8") for path in SOUND[:3])
    coded = "\n".join(stretch(line) for line in fold(glyphs(sound, 0xE310), 90))
    proof = "\nhttps://example.org/2026/01/20 وقعت الاتفاقية في \ue312\ue310 يناير \ue312\ue310\ue312\ue316."
    done = repair(coded + proof).text.text
    assert recall(done, sound) >= 0.99 > recall(coded, sound)
    assert not re.search("[\ue000-\uf8ff]", done)


# -- properties

PIECES = st.sampled_from(
    """سوريا سور يا ية ــة وز ير و ا ، . ) ( « » 12 .2024 -400S اً ُ الخميس فبراير عام األمن ةيروس ـ
    https://a.b/2025/02/06""".split()
    + "ﻻ ﺕ وزارةالدفاع عام2024،وقال".split()
    + "\ue001,\ue002\ue003,\n,\n\n,\x00".split(",")
)
BROKEN = st.lists(PIECES, max_size=120).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.one_of(BROKEN, st.text(max_size=300)))
def test_every_character_stands_for_what_is_at_its_span(raw: str) -> None:
    done = repair(raw)
    assert replay(raw, done.steps) == done.text
    coded = [step.span for step in done.steps if step.what in DECODED]
    spaced = [step.span for step in done.steps if step.what == "spaces"]
    for at, char in enumerate(done.text.text):
        start, end = done.text.raw_span(at, at + 1)
        there = raw[start:end]
        decoded = any(a <= start and end <= b for a, b in coded)
        turned = char in "()[]«»{}" and there in "()[]«»{}"
        parted = char == " " and any(a <= start and end <= b for a, b in spaced)
        assert there == char or turned or decoded or parted or (char == " " and there.isspace())


@settings(max_examples=60, deadline=None)
@given(st.one_of(BROKEN, st.text(max_size=300)))
def test_steps_say_what_they_did(raw: str) -> None:
    done = repair(raw)
    assert done.damaged == bool(done.steps)
    assert done.damaged or done.text == MappedText.of(raw)
    for step in done.steps:
        assert 0 < step.confidence <= 1
        assert step.why
        assert step.before != step.after
        assert 0 <= step.span[0] <= step.span[1] <= len(raw)


def test_learning_tells_pairs_from_chance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    order = ["مجلس", "الأمن", "وزارة", "الدفاع", "رئيس", "الدولة"]
    counts = {(first,): Counter({second: 400}) for first, second in pairwise(order)}
    (tmp_path / "ngram_plus1.pickle").write_bytes(pickle.dumps(counts))
    monkeypatch.setattr(learning, "TABLE", tmp_path / "adjacency.bin")
    monkeypatch.setattr(adjacency, "TABLE", tmp_path / "adjacency.bin")
    monkeypatch.setattr(learning, "BATCH", 100)
    monkeypatch.setattr(learning, "SIZE", 4)
    learning.main(str(tmp_path))
    table = adjacency.adjacency.__wrapped__()
    assert table.words("مجلس", "الأمن") > 0.5 > table.words("الأمن", "مجلس")


def test_hostile_text_ends() -> None:
    for raw in (
        "يا سور " * 3000,
        ("ر ا " * 25 + "\n") * 6,
        "\ue000" * 9000,
        ") ا" * 5000,
        " " * 20000 + "ا",
        "\ud800ا ُ",
    ):
        done = repair(raw)
        assert len(done.text.starts) == len(done.text.ends) == len(done.text.text)
