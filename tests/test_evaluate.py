"""Scores of small made-up records, and what must hold for any records."""

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ClaimError
from kg.evaluate import differences, evaluate, pairs, read_gold
from kg.model import Claim


def record(document: str = "a.txt", kind: str = "base", actors: str = "TUR:host USA:operator", **fields: Any) -> Claim:
    """Make a record from actors written `ID:role`, and fields that replace the defaults."""
    parties = [dict(zip(("actor", "role"), word.split(":"), strict=True)) for word in actors.split()]
    defaults: dict[str, Any] = {"status": "in-force", "evidence": [{"start": 0, "end": 4, "quote": "نص ق"}]}
    return Claim.model_validate({"document": document, "kind": kind, "parties": parties} | defaults | fields)


def span(start: int, quote: str) -> dict[str, Any]:
    return {"start": start, "end": start + len(quote), "quote": quote}


GOLD = [
    record(),
    record(kind="transit", actors="TUR:party KAZ:party", status="signed", dates={"signed": "2024-09-11"}),
    record("b.txt", "membership", "TUR:prospective", organization="SCO", status="proposed", certainty="possible"),
]


def test_a_perfect_prediction_scores_one_everywhere() -> None:
    scores = evaluate(GOLD, GOLD)
    assert scores["strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 3, "predicted": 3, "gold": 3}
    assert scores["found"] == scores["strict"]
    assert [scores[key] for key in ("status", "roles", "dates", "certainty", "evidence")] == [1.0] * 5


def test_records_may_be_plain_dictionaries() -> None:
    assert evaluate([claim.record() for claim in GOLD], [claim.record() for claim in GOLD]) == evaluate(GOLD, GOLD)


@pytest.mark.parametrize(
    ("change", "strict", "found"),
    [
        ({"status": "signed"}, 0, 1),
        ({"kind": "transit"}, 0, 0),
        ({"document": "c.txt"}, 0, 0),
        ({"actors": "TUR:host"}, 0, 1),
        ({"actors": "TUR:host GBR:operator"}, 0, 0),
        ({"actors": "TUR:host USA:operator RUS:opponent IRN:against"}, 1, 1),
        ({"actors": "TUR:operator USA:host"}, 1, 1),
        ({"actors": "TUR:host USA:operator RUS:party"}, 0, 1),
        ({"organization": "NATO"}, 0, 1),
        ({"dates": {"signed": "2020"}, "certainty": "possible"}, 1, 1),
    ],
)
def test_what_strict_and_found_look_at(change: dict[str, Any], strict: int, found: int) -> None:
    scores = evaluate([record(**change)], [record()])
    assert (scores["strict"]["tp"], scores["found"]["tp"]) == (strict, found)


@pytest.mark.parametrize(
    ("figure", "change"),
    [
        ("status", {"status": "signed"}),
        ("roles", {"actors": "TUR:operator USA:host"}),
        ("roles", {"actors": "TUR:host"}),
        ("dates", {"dates": {"signed": "2020"}}),
        ("certainty", {"certainty": "probable"}),
        ("evidence", {"evidence": [span(4, "نص")]}),
    ],
)
def test_each_figure_falls_with_its_own_error_only(figure: str, change: dict[str, Any]) -> None:
    scores = evaluate([record(**change)], [record()])
    figures = {key: scores[key] for key in ("status", "roles", "dates", "certainty", "evidence")}
    assert figures == {key: float(key != figure) for key in figures}


def test_roles_of_opponents_are_not_scored() -> None:
    assert evaluate([record(actors="TUR:host USA:operator RUS:against")], [record()])["roles"] == 1.0


def test_spurious_and_missed_records_count_in_every_document() -> None:
    scores = evaluate([record(), record("z.txt")], [record(), record("y.txt"), record(kind="transit")])
    assert scores["strict"] == {
        "precision": 0.5,
        "recall": 0.3333,
        "f1": 0.4,
        "tp": 1,
        "predicted": 2,
        "gold": 3,
    }


def test_equal_records_need_a_partner_each() -> None:
    scores = evaluate([record(), record()], [record()])
    assert (scores["strict"]["tp"], scores["found"]["tp"]) == (1, 1)


def test_the_most_pairs_win_over_the_best_pair() -> None:
    wide, narrow = "TUR:party USA:party", "TUR:party"
    predicted = [record(actors=wide), record(actors=narrow)]
    gold = [record(actors=wide, status="signed"), record(actors="TUR:party USA:party GBR:party RUS:party")]
    assert evaluate(predicted, gold)["found"]["tp"] == 2


def test_ties_go_to_the_strictly_equal_pair_then_to_the_status() -> None:
    gold = [record(status="signed"), record(status="in-force")]
    predicted = [record(status="in-force"), record(status="denied")]
    matched = {
        (pair.predicted.status, pair.gold.status) for pair in pairs(predicted, gold) if pair.predicted and pair.gold
    }
    assert matched == {("in-force", "in-force"), ("denied", "signed")}


def test_ties_go_to_the_overlapping_evidence_last() -> None:
    here, there = [span(0, "هنا")], [span(50, "هناك")]
    gold = [record(evidence=here), record(evidence=there)]
    for predicted in (gold, gold[::-1]):
        assert evaluate(predicted, gold)["evidence"] == 1.0


def test_nothing_to_measure_is_none_and_nothing_wanted_is_perfect() -> None:
    assert evaluate([], [])["strict"]["f1"] == 1.0
    assert evaluate([], GOLD)["strict"]["f1"] == 0.0
    assert evaluate([], GOLD)["status"] is None


@pytest.mark.parametrize(
    ("predicted", "gold", "equal"),
    [
        ("مصادر تركية", "مصادر تركية", 1),
        ("مصادر تركيّة", "مصادر تركية", 1),
        ("وزارة الدفاع", "وزارة الدفاع التركية", 1),
        ("الوزارة", "وزارة الدفاع التركية", 0),
        ("رويترز", "بلومبرغ", 0),
    ],
)
def test_names_of_sources_are_compared_by_their_words(predicted: str, gold: str, equal: int) -> None:
    scores = evaluate([record(attributed_to=[predicted])], [record(attributed_to=[gold])])
    assert scores["attribution"]["tp"] == equal


def test_each_name_of_a_source_has_one_partner() -> None:
    scores = evaluate([record(attributed_to=["رويترز", "رويترز"])], [record(attributed_to=["رويترز"])])
    assert (scores["attribution"]["precision"], scores["attribution"]["recall"]) == (0.5, 1.0)


def test_quotes_are_held_to_the_texts() -> None:
    predicted = [record(evidence=[span(0, "وقعت"), span(5, "أنقرة")])]
    assert evaluate(predicted, [], texts={"a.txt": "وقعت أنقرة"})["quotes"] == 1.0
    assert evaluate(predicted, [], texts={"a.txt": "وقعت بغداد"})["quotes"] == 0.5
    assert evaluate(predicted, [])["quotes"] is None


def test_tables_split_the_figures() -> None:
    predicted = [record(status="signed"), record(kind="transit")]
    tables = evaluate(predicted, [record(), record(kind="transit")], tables=True)
    assert tables["by_kind"]["transit"]["strict"]["f1"] == 1.0
    assert (tables["by_kind"]["base"]["strict"]["tp"], tables["by_kind"]["base"]["found"]["tp"]) == (0, 1)
    assert tables["by_status"]["signed"]["precision"] == 0.0
    assert tables["by_status"]["in-force"]["recall"] == 0.5


def test_errors_are_listed_by_document() -> None:
    predicted = [record(status="signed"), record("b.txt", dates={"signed": "2020"}), record("c.txt")]
    gold = [record(), record("b.txt"), record(kind="transit")]
    listed = [(error.document, error.what) for error in differences(predicted, gold)]
    assert listed == [("a.txt", "missed"), ("a.txt", "status"), ("b.txt", "dates"), ("c.txt", "spurious")]


def test_an_error_reads_gold_first() -> None:
    (error,) = differences([record(status="signed")], [record()])
    line = str(error)
    assert line.index("in-force") < line.index("signed")
    assert line.startswith("a.txt\tstatus\tbase [TUR:host USA:operator]")


def test_a_gold_file_that_is_not_one_names_the_line(tmp_path: Any) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record().record()) + '\n\n{"document": "a.txt"}\n', encoding="utf-8")
    with pytest.raises(ClaimError, match="line 3 is not a claim record: kind"):
        read_gold(path)


claims = st.builds(
    lambda document, kind, actors, status, certainty, start: record(
        document,
        kind,
        " ".join(f"{actor}:{role}" for actor, role in actors),
        status=status,
        certainty=certainty,
        evidence=[span(start, "دليل")],
    ),
    st.sampled_from(["a.txt", "b.txt"]),
    st.sampled_from(["base", "transit"]),
    st.lists(st.tuples(st.sampled_from(["TUR", "KAZ", "USA"]), st.sampled_from(["party", "against"])), max_size=3),
    st.sampled_from(["signed", "proposed"]),
    st.sampled_from(["certain", "possible"]),
    st.integers(0, 6),
)
many = st.lists(claims, max_size=7)


@given(many)
def test_any_prediction_of_itself_is_perfect(gold: list[Claim]) -> None:
    scores = evaluate(gold, gold, texts=dict.fromkeys(["a.txt", "b.txt"], "ــــــــــ"))
    assert scores["strict"]["f1"] == scores["found"]["f1"] == 1.0
    if gold:
        assert [scores[key] for key in ("status", "roles", "dates", "certainty", "evidence")] == [1.0] * 5
    assert differences(gold, gold) == []


@given(many, many, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(predicted: list[Claim], gold: list[Claim], dice: random.Random) -> None:
    shuffled = dice.sample(predicted, len(predicted)), dice.sample(gold, len(gold))
    assert evaluate(*shuffled, tables=True) == evaluate(predicted, gold, tables=True)


@given(many, many)
def test_figures_stay_in_their_bounds(predicted: list[Claim], gold: list[Claim]) -> None:
    scores = evaluate(predicted, gold)
    strict, found = scores["strict"], scores["found"]
    assert strict["tp"] <= found["tp"] <= min(len(predicted), len(gold))
    assert all(0 <= figures[key] <= 1 for figures in (strict, found) for key in ("precision", "recall", "f1"))


@given(many, many)
def test_matching_is_one_to_one_and_loses_nobody(predicted: list[Claim], gold: list[Claim]) -> None:
    matched = pairs(predicted, gold)
    ids = sorted(claim.id for claim in predicted), sorted(claim.id for claim in gold)
    assert sorted(pair.predicted.id for pair in matched if pair.predicted) == ids[0]
    assert sorted(pair.gold.id for pair in matched if pair.gold) == ids[1]
