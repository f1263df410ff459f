"""Attribution: short texts and the sources that they name, and which of them a record keeps."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims.discourse import Discourse
from kg.claims.speech import Attribution, Said, Witness, attributed
from kg.offsets import MappedText
from kg.text import sentences

PATH = Path(__file__).parent / "cases/attribution.toml"
CASES: list[dict[str, Any]] = tomllib.loads(PATH.read_text(encoding="utf-8"))["case"]


def said(text: str) -> list[list[Said]]:
    """Give the sources of each sentence of a text."""
    found = sentences(MappedText.of(text))
    discourse = Discourse.open(text, None, found)
    attribution = Attribution(home=discourse.home)
    return [list(attribution.read(discourse.read(sentence))) for sentence in found]


def names(text: str) -> list[str]:
    return [name for sentence in said(text) for name in dict.fromkeys(one.source for one in sentence)]


def numbered() -> list[Any]:
    seen: Counter[str] = Counter()
    found = []
    for case in CASES:
        seen[case["group"]] += 1
        marks = [pytest.mark.xfail(reason="not solved yet", strict=True)] if case.get("unsolved") else []
        found.append(pytest.param(case, id=f"{case['group']}-{seen[case['group']]:02}", marks=marks))
    return found


@pytest.mark.parametrize("case", numbered())
def test_sources_of_a_text(case: dict[str, Any]) -> None:
    assert names(case["text"]) == case["said"], case["note"]


def test_cases_are_all_different_and_closed() -> None:
    assert len({case["text"] for case in CASES}) == len(CASES)
    assert {key for case in CASES for key in case} <= {"group", "note", "text", "said", "unsolved"}


def witness(status: str, *sources: str, explicit: bool = True, heading: bool = False) -> Witness:
    return Witness(status, explicit, heading, sources)


# What is said of an arrangement at a status, by whom, and the sources that its record has.
WITNESSES = {
    "the text alone": ("signed", [witness("signed")], []),
    "a source": ("signed", [witness("signed", "أ")], ["أ"]),
    "several, once each": ("signed", [witness("signed", "أ", "ب"), witness("signed", "ب")], ["أ", "ب"]),
    "a source of an earlier status": ("signed", [witness("proposed", "أ"), witness("signed", "ب")], ["ب"]),
    "a heading beside the text": ("denied", [witness("denied", "أ", heading=True), witness("denied", "ب")], ["ب"]),
    "a heading alone": ("denied", [witness("denied", "أ", heading=True)], ["أ"]),
    "a comment on what the text says": ("signed", [witness("signed"), witness("signed", "أ", explicit=False)], []),
    "a supposition beside a source": ("signed", [witness("signed", explicit=False), witness("signed", "أ")], ["أ"]),
    "two forms of a name": ("signed", [witness("signed", "زيد عمرو"), witness("signed", "عمرو")], ["زيد عمرو"]),
}  # fmt: skip


@pytest.mark.parametrize(("status", "witnesses", "expected"), WITNESSES.values(), ids=WITNESSES.keys())
def test_sources_of_a_record(status: str, witnesses: list[Witness], expected: list[str]) -> None:
    assert attributed(status, witnesses) == expected


PIECES = st.sampled_from(
    ["قال", "قالت", "وأضاف", "نفى", "مصدر", "وزير", "الدفاع", "التركي", "بيان", "صحيفة", "«", "»", "،", ":", "عن", "إن",
     "الذي", "أن", "وفق", "ما", "نقلت", "رويترز", "أنقرة", "مؤكدا", "في", ".", "لوزارة", "غولر", "\n", "كما"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text_has_sources_that_stand_in_it(text: str) -> None:
    for sentence, found in zip(sentences(MappedText.of(text)), said(text), strict=True):
        assert all(-1 <= one.first <= one.last == len(sentence.tokens) and one.source for one in found)
