"""The normal form, tokens, sentences and proclitics."""

from __future__ import annotations

import random
import re
import tomllib
from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.offsets import MappedText
from kg.text import Sentence, Split, normal, normalize, sentences, splits

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
CASES = tomllib.loads((ROOT / "tests/cases/sentences.toml").read_text(encoding="utf-8"))["case"]

anything = st.text(alphabet=st.characters(), max_size=60) | st.text(
    alphabet='اأإآٱىیةکوي\u0654ًّٰـ \n\r.؟"«»()0٢\ue008\ufeff\u200fﷺﻻ\u0130…aA-', max_size=60
)


def raw_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def only(text: str) -> Sentence:
    (sentence,) = sentences(MappedText.of(text))
    return sentence


def norms(text: str) -> list[str]:
    return [token.norm for sentence in sentences(MappedText.of(text)) for token in sentence.tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أنقرة إلى آسيا ٱلعربى", "انقره الي اسيا العربي"),
        ("مسؤول رئيس سماء", "مسؤول رئيس سماء"),
        ("الـــمُتّحِدَةُ رحمٰن", "المتحده رحمن"),
        ("ايران کشور یک", "ايران كشور يك"),
        ("٢٠٢٥ ۱۴۰۳ ٪٥٠", "2025 1403 %50"),
        ("\ufeffا\u200fب\u200cت\u00adث\u202a", "ابتث"),
        ("ا\u00a0ب\u2009ت\tث", "ا ب ت ث"),
        ("«أ» “ب” ”", '"ا" "ب" "'),
        ("أ–ب—ت‑ث", "ا-ب-ت-ث"),
        ("NATO Ｓ－400", "nato s-400"),
        ("ﻣﻌﺎﻫﺪﺓ ﻻ ﷲ", "معاهده لا الله"),
        ("مسو\u0654ول ري\u0654يس", "مسؤول رئيس"),
        ("اتجاه…", "اتجاه..."),
        ("a\r\nb\u2028c", "a\n\nb\nc"),
        ("\ud800\x00", "\ud800\x00"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normal(text) == expected


@given(anything)
@example("\ud800\x00\u0654ى\u0654")
def test_the_normal_form_is_a_fixed_point(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(anything)
def test_normalizing_with_offsets_gives_the_same_text(text: str) -> None:
    assert normalize(MappedText.of(text)).text == normal(text)


@given(anything)
def test_normalized_spans_are_raw_spans_in_order(text: str) -> None:
    found = normalize(MappedText.of(text))
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    assert list(found.starts) == sorted(found.starts)
    assert list(found.ends) == sorted(found.ends)


@given(anything)
def test_each_normalized_character_comes_from_its_slice(text: str) -> None:
    found = normalize(MappedText.of(text))
    for at, char in enumerate(found.text):
        assert char in normal(text[found.starts[at] : found.ends[at]])


def test_offsets_are_composed_with_those_of_a_repaired_text() -> None:
    # The line "يا أهميتها لا تستمد سور", its two parts put back in order.
    raw = "يا أهميتها لا تستمد سور"
    order = [*range(11, 23), *range(10)]
    mapped = MappedText("".join(raw[at] for at in order), array("I", order), array("I", [at + 1 for at in order]))
    assert mapped.text == "لا تستمد سوريا أهميتها"
    sentence = only_of(mapped)
    assert [token.norm for token in sentence.tokens] == ["لا", "تستمد", "سوريا", "اهميتها"]
    assert sentence.tokens[2].start == 0
    assert sentence.tokens[2].end == len(raw)


def only_of(mapped: MappedText) -> Sentence:
    (sentence,) = sentences(mapped)
    return sentence


def test_a_sentence_out_of_order_has_several_spans() -> None:
    raw = "ثالث رابع ............... أول ثان"
    order = [*range(26, len(raw)), 25, *range(9)]
    mapped = MappedText("".join(raw[at] for at in order), array("I", order), array("I", [at + 1 for at in order]))
    assert [raw[start:end] for start, end in only_of(mapped).spans()] == ["ثالث رابع", "أول ثان"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_normal_form_is_that_of_camel_tools(path: Path) -> None:
    from camel_tools.utils import dediac, normalize

    text = raw_of(path)
    theirs = normalize.normalize_unicode(dediac.dediac_ar(text))
    for step in (normalize.normalize_alef_ar, normalize.normalize_alef_maksura_ar, normalize.normalize_teh_marbuta_ar):
        theirs = step(theirs)
    letters = re.compile("[\u0621-\u063a\u0641-\u064a]+")
    assert letters.findall(normal(text)) == letters.findall(theirs.replace("\u0640", ""))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_tokens_are_those_of_camel_tools(path: Path) -> None:
    from camel_tools.tokenizers.word import simple_word_tokenize

    text = re.sub("[\ue000-\uf8ff]", " ", normal(raw_of(path)))
    arabic = re.compile("[\u0621-\u064a]+$")
    ours = [norm for norm in norms(text) if arabic.match(norm)]
    assert ours == [word for word in simple_word_tokenize(text) if arabic.match(word)]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_sentences_cover_all_that_is_not_white_space(path: Path) -> None:
    raw = raw_of(path)
    rest = list(raw)
    for sentence in sentences(MappedText.of(raw)):
        assert sentence.spans() == ((sentence.start, sentence.end),)
        assert raw[sentence.start : sentence.end] == raw[sentence.start : sentence.end].strip()
        rest[sentence.start : sentence.end] = " " * (sentence.end - sentence.start)
    assert not "".join(rest).strip("\u0640 \n")


@given(anything)
def test_tokens_are_in_order_and_where_they_say(text: str) -> None:
    end = 0
    for index, sentence in enumerate(sentences(MappedText.of(text))):
        assert sentence.index == index
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        for token in sentence.tokens:
            assert end <= token.start < token.end or (token.norm and token.start < end <= token.end)
            assert token.norm in {"...", "\ufffd"} or token.norm in normal(text[token.start : token.end])
            end = token.end


@given(st.lists(st.text(alphabet='ابي .\n،"َـ', max_size=8), max_size=8), st.randoms(use_true_random=False))
def test_sentences_of_a_text_put_in_order_stay_within_the_raw_text(parts: list[str], chance: random.Random) -> None:
    raw = "".join(parts)
    order = list(range(len(raw)))
    chance.shuffle(order)
    mapped = MappedText("".join(raw[at] for at in order), array("I", order), array("I", [at + 1 for at in order]))
    for sentence in sentences(mapped):
        spans = sentence.spans()
        assert all(sentence.start <= start < end <= sentence.end <= len(raw) for start, end in spans)
        assert all(before[1] < after[0] for before, after in pairwise(spans))
        assert all(any(start <= token.start and token.end <= end for start, end in spans) for token in sentence.tokens)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("نحو 2.2 مليار", "word:نحو number:2.2 word:مليار"),
        ("30/6 و60%", "number:30/6 word:و number:60%"),
        ("11/سبتمبر", "number:11 punct:/ word:سبتمبر"),
        ("2024-09-11", "number:2024 punct:- number:09 punct:- number:11"),
        ("S-400 وTB2 C5+C", "latin:s-400 word:و latin:tb2 latin:c5+c"),
        ("KazHackStan (CSTO)", "latin:kazhackstan punct:( latin:csto punct:)"),
        ("U.S. Army", "latin:u.s. latin:army"),
        ("إس-400", "word:اس punct:- number:400"),
        ("هنا..وهنا", "word:هنا punct:... word:وهنا"),
        ("اتجاه…", "word:اتجاه punct:..."),
        ("عام \ue008\ue010\ue00e\ue00b ثم 20\ue008\ue009", "word:عام number:\ufffd word:ثم number:\ufffd"),
        ("https://x.org/2025/02/06/a-b: نص", "latin:https://x.org/2025/02/06/a-b punct:: word:نص"),
        ("\u0416", "latin:\u0436"),
    ],
)
def test_tokens(text: str, kinds: str) -> None:
    assert " ".join(f"{token.kind}:{token.norm}" for token in only(text).tokens) == kinds


def test_tokens_know_whether_space_stands_before_them() -> None:
    assert [token.spaced for token in only("أنقرة، و موسكو").tokens] == [False, False, True, True]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_sentence_ends(case: dict[str, str]) -> None:
    text = case["text"]
    found = sentences(MappedText.of(text))
    assert [text[sentence.start : sentence.end] for sentence in found] == case["parts"]
    assert {sentence.kind for sentence in found} == {case["kind"]}


def test_lines_end_sentences_and_count_as_paragraphs() -> None:
    found = sentences(MappedText.of("عنوان\n\nنص أول. نص ثان.\r\nآخر،"))
    assert [(sentence.paragraph, sentence.kind) for sentence in found] == [
        (0, "heading"),
        (1, "body"),
        (1, "body"),
        (2, "body"),
    ]


def test_a_long_quotation_is_taken_apart() -> None:
    text = "قال: «" + "نريد السلام في المنطقة كلها. " * 30 + "نعم.»"
    assert len(sentences(MappedText.of(text))) == 31


@pytest.mark.parametrize(
    "text", ['"' * 20_000, '" .' * 20_000, "." * 50_000, "ا.ا" * 20_000, "a-" * 50_000, ".)" * 9_000]
)
def test_odd_long_lines_are_read_whole(text: str) -> None:
    found = sentences(MappedText.of(text))
    assert (found[0].start, found[-1].end) == (0, len(text))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("والسعوديه", [("و",), ("و", "ال")]),
        ("وبالرياض", [("و",), ("و", "ب"), ("و", "ب", "ال")]),
        ("سيوقع", [("س",)]),
        ("سوريا", []),
        ("فستوقع", [("ف",), ("ف", "س")]),
        ("بك", []),
    ],
)
def test_proclitics(word: str, expected: list[tuple[str, ...]]) -> None:
    found = splits(word)
    assert found[0] == Split((), word)
    assert [split.proclitics for split in found[1:]] == expected


def test_the_article_after_lam() -> None:
    assert {("ل", "ال", "عراق"), ("ل", "لعراق")} <= {(*split.proclitics, split.stem) for split in splits("للعراق")}
    assert ("ل", "ليبيا") in {(*split.proclitics, split.stem) for split in splits("لليبيا")}
    assert ("ل", "ال", "لجنه") in {(*split.proclitics, split.stem) for split in splits("للجنه")}


@given(st.text(alphabet="وفبلكسايتنم", max_size=10))
def test_splits_come_fewest_first_and_keep_their_stem(word: str) -> None:
    found = splits(word)
    assert found[0] == Split((), word)
    assert [len(split.proclitics) for split in found] == sorted(len(split.proclitics) for split in found)
    assert all(word.endswith(split.stem) and len(split.stem) > 1 for split in found[1:])
    assert len(set(found)) == len(found)
