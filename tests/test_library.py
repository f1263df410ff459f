"""What a program does with a build: ask, and measure."""

import sys
from datetime import date
from pathlib import Path

import pytest
from gold_build import claim, gold, made

import kg
from kg import exports
from kg.errors import QueryError
from kg.model import Document


def test_a_build_and_its_folder_give_the_same_answer(tmp_path: Path) -> None:
    exports.write(gold(), tmp_path)
    asked = [kg.query(source, "bases", host="DJI") for source in (gold(), tmp_path)]
    assert asked[0].rows == asked[1].rows
    assert len(asked[0]) == 4


def test_a_parameter_that_is_a_word_of_python_has_a_line_below_it() -> None:
    found = kg.query(gold(), "changes-between", from_="2026-04-01", to="2026-04-30", actor="KAZ")
    assert len(found) == 2


def test_a_data_frame_holds_values_of_python() -> None:
    frame = kg.query(gold(), "uncertain-dates", actor="KAZ").to_pandas()
    row = frame[frame["date"] == "2026-04"].iloc[0]
    assert (row["earliest"], row["disputed"]) == (date(2026, 4, 1), False)
    assert row["agreement"] == "agreement:transit-KAZ-TUR-2024"
    counted = kg.query(gold(), "actors").to_pandas().set_index("actor")
    assert counted["agreements"].sum() == sum(kg.query(gold(), "actors").to_pandas()["agreements"]) > 100
    empty = kg.query(gold(), "transit").to_pandas()
    assert empty["signed"].isna().any()


def test_rows_are_a_table_in_a_notebook() -> None:
    shown = kg.query(gold(), "SELECT ?x { VALUES ?x { 'a<b' 'دفاع' } }")._repr_html_()
    assert "<th>x</th>" in shown
    assert '<td dir="auto">a&lt;b</td>' in shown


@pytest.mark.parametrize("what", ["query", "measure"])
def test_a_data_frame_without_pandas_says_what_to_install(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    answer = kg.query(gold(), "transit") if what == "query" else kg.measure(gold())
    with pytest.raises(QueryError, match=r"alliance-kg\[pandas\]"):
        answer.to_pandas()


def test_the_network_of_a_layer_on_a_day() -> None:
    documents = [Document(name="a.txt", path="a.txt", sha256="0" * 64, raw="x" * 9)]
    build = made(documents, [
        claim(1, document="a.txt", kind="alliance", actors="TUR AZE", status="in-force", dates={"signed": "2021"}),
        claim(2, document="a.txt", kind="alliance", actors="TUR KAZ", status="signed", dates={"signed": "2023"}),
        claim(3, document="a.txt", kind="transit", actors="TUR UZB", status="signed", dates={"signed": "2020"}),
        claim(4, document="a.txt", kind="alliance", actors="TUR SYR", status="proposed"),
    ])  # fmt: skip
    tied = {row.actor: row.partners for row in kg.measure(build, kinds=["alliance"]).actors}
    assert tied == {"TUR": 2, "AZE": 1, "KAZ": 1}
    tied = {row.actor: row.partners for row in kg.measure(build, kinds=["alliance"], as_of="2022-06-30").actors}
    assert tied == {"TUR": 1, "AZE": 1}
    assert [row.actor for row in kg.measure(build, statuses=["proposed"]).actors] == ["SYR", "TUR"]
    assert kg.measure(build).to_pandas().loc["TUR", "ar"] == "تركيا"
    with pytest.raises(QueryError, match="'pact' is no kind; expected one of mutual-defense-pact, "):
        kg.measure(build, kinds=["pact"])
