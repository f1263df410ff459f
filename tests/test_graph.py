import fnmatch
import random
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from gold_build import claim, gold, made, quads_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import graph
from kg.errors import ClaimError
from kg.graph import IRI, Literal, Names, Quad
from kg.graph.rivalry import contradict, key
from kg.graph.spans import days
from kg.model import Claim, Document, Run, StatusPeriod

CASES = tomllib.loads((Path(__file__).parent / "cases" / "agreements.toml").read_text(encoding="utf-8"))["case"]
AKG = "https://w3id.org/alliance-kg/ontology#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def claims_of(case: dict[str, Any]) -> list[Claim]:
    return [claim(number, **one) for number, one in enumerate(case["claims"])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_claims_make_the_expected_agreements(case: dict[str, Any]) -> None:
    claims = claims_of(case)
    found = graph.agreements(claims, [known(*one) for one in case.get("reported", {}).items()])
    expected = sorted((pattern.replace("**", "*"), status) for pattern, status in case["agreements"].items())
    assert len(found) == len(expected)
    assert sorted(one.status for one in found) == sorted(status for _, status in expected)
    for pattern, status in expected:
        assert any(fnmatch.fnmatchcase(one.id, pattern) and one.status == status for one in found), [*found]
    assert [one.id for one in found if one.contested] == case.get("contested", [])
    assert [one.id for one in graph.disagreements(claims, found)] == case.get("disagreements", [])
    for name, dates in case.get("dates", {}).items():
        assert next(one.dates for one in found if one.id == name) == dates
    for name, periods in case.get("periods", {}).items():
        assert [told_of(one) for one in next(one.periods for one in found if one.id == name)] == periods
    assert {one.id: one.accession_to for one in found if one.accession_to} == case.get("accessions", {})


def known(name: str, date: str) -> Document:
    return Document(name=name, path=name, sha256="0", raw="", date=date)


def told_of(period: StatusPeriod) -> str:
    return f"{period.status} {period.since or f'from {period.held_from}'}"


CLAIMS = st.lists(
    st.builds(
        dict,
        document=st.sampled_from("abc"),
        kind=st.sampled_from(["transit", "joint-exercise", "membership"]),
        actors=st.sampled_from(["TUR KAZ", "KAZ TUR", "TUR KAZ RUS:opponent"]),
        status=st.sampled_from(["proposed", "negotiating", "signed", "in-force", "terminated", "rejected", "denied"]),
        dates=st.dictionaries(
            st.sampled_from(["signed", "completed", "terminated"]),
            st.sampled_from(["2023", "2024", "2024-09", "2024-09-11", "2025-01"]),
            max_size=2,
        ),
        instrument=st.sampled_from([None, None, "x", "y"]),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_changes_nothing(drafts: list[dict[str, Any]], chance: random.Random) -> None:
    claims = [claim(number, **draft) for number, draft in enumerate(drafts)]
    shuffled = chance.sample(claims, len(claims))
    agreements = graph.agreements(claims)
    assert graph.agreements(shuffled) == agreements
    assert graph.disagreements(shuffled, agreements) == graph.disagreements(claims, agreements)


@settings(deadline=None)
@given(CLAIMS)
def test_every_claim_is_in_one_agreement_and_agreements_mix_nothing(drafts: list[dict[str, Any]]) -> None:
    claims = [claim(number, **draft) for number, draft in enumerate(drafts)]
    by_id = {one.id: one for one in claims}
    agreements = graph.agreements(claims)
    assert Counter(one for agreement in agreements for one in agreement.claims) == Counter(by_id.keys())
    assert len({agreement.id for agreement in agreements}) == len(agreements)
    for agreement in agreements:
        members = [by_id[one] for one in agreement.claims]
        assert len({key(one) for one in members}) == 1
        assert len({one.instrument for one in members} - {None}) <= 1
        assert agreement.status in {one.status for one in members}


@given(
    st.sampled_from(["proposed", "signed", "denied", "rejected"]), st.sampled_from(["proposed", "in-force", "denied"])
)
def test_contradiction_is_mutual(one: str, other: str) -> None:
    assert contradict(one, other) == contradict(other, one)


def test_of_one_exercise_planned_for_a_day_and_held_on_another_the_two_stay_two() -> None:
    claims = [
        claim(
            1, document="a", kind="joint-exercise", actors="EGY SAU", status="signed", dates={"planned": "2025-03-01"}
        ),
        claim(
            2, document="b", kind="joint-exercise", actors="EGY SAU", status="completed", dates={"completed": "2025-06"}
        ),
    ]
    assert [one.id for one in graph.agreements(claims)] == [
        "joint-exercise-EGY-SAU-2025-" + graph.agreements(claims)[number].id[-6:] for number in (0, 1)
    ]


def test_labels_are_readable_in_both_languages() -> None:
    found = {one.id: (one.label_ar, one.label_en) for one in gold().agreements}
    assert found["mutual-defense-pact-PAK-SAU-2025"] == (
        "معاهدة دفاع مشترك: السعودية – باكستان (2025)",
        "Mutual defence pact: Saudi Arabia – Pakistan (2025)",
    )
    assert found["base-TUR-in-SOM-2017"][0].endswith("تركيا في الصومال (2017)")
    assert found["membership-TUR-to-PAK-SAU"][0] == "عضوية: تركيا مع السعودية – باكستان"


@pytest.mark.parametrize(
    ("edtf", "bounds"),
    [
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-09-11", ("2024-09-11", "2024-09-11")),
        ("2024-12/2025-01", ("2024-12-01", "2025-01-31")),
    ],
)
def test_a_date_keeps_its_precision_as_bounds(edtf: str, bounds: tuple[str, str]) -> None:
    assert tuple(day.isoformat() for day in days(edtf)) == bounds


@pytest.mark.parametrize("edtf", ["", "24-13", "2024-13", "2023-02-29", "sometime"])
def test_what_is_no_date_is_refused(edtf: str) -> None:
    with pytest.raises(ClaimError, match="EDTF"):
        days(edtf)


# What the quads of the gold data must hold


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return quads_of(gold())


@pytest.fixture(scope="module")
def told(quads: list[Quad]) -> dict[str, dict[str, list[str]]]:
    """The merge, as subject → predicate → objects."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, obj, _ in quads:
        found[subject.value][predicate.value].append(obj.value)
    return found


def of_class(told: dict[str, dict[str, list[str]]], *names: str) -> list[dict[str, list[str]]]:
    return [facts for facts in told.values() if set(names) & set(facts[TYPE])]


def test_every_triple_stands_in_one_graph_only(quads: list[Quad]) -> None:
    assert max(Counter(quad[:3] for quad in quads).values()) == 1
    names = {f"https://w3id.org/alliance-kg/id/graph/{document.name}" for document in gold().documents}
    assert {quad.graph.value for quad in quads if quad.graph} == names | {"https://w3id.org/alliance-kg/id/merged"}


def test_claims_stand_in_the_graph_of_their_document(quads: list[Quad]) -> None:
    document_of = {Names().claim(one.id): Names().graph(one.document) for one in gold().claims}
    placed = {quad.subject: quad.graph for quad in quads if quad.subject in document_of}
    assert placed == document_of


def test_every_derived_node_leads_back_to_claims(told: dict[str, dict[str, list[str]]]) -> None:
    derived = of_class(told, *(AKG + name for name in ("Agreement", "Participation", "StatusPeriod", "Disagreement")))
    assert len(derived) > 1000
    for facts in derived:
        assert facts[PROV + "wasDerivedFrom"]
        assert all(AKG + "Claim" in told[claim][TYPE] for claim in facts[PROV + "wasDerivedFrom"])


def test_evidence_has_both_selectors_and_they_point_at_the_same_words(told: dict[str, dict[str, list[str]]]) -> None:
    raws = {Names().document(one.name).value: one.raw for one in gold().documents}
    places = of_class(told, OA + "SpecificResource")
    assert len(places) > 300
    for facts in places:
        raw = raws[facts[OA + "hasSource"][0]]
        position, quote = (told[one] for one in sorted(facts[OA + "hasSelector"]))
        start, end = int(position[OA + "start"][0]), int(position[OA + "end"][0])
        assert quote[OA + "exact"] == [raw[start:end]]
        assert (quote[OA + "prefix"] or [""])[0] == raw[max(0, start - 32) : start]
        assert (quote[OA + "suffix"] or [""])[0] == raw[end : end + 32]


def test_whatever_is_named_is_described(quads: list[Quad]) -> None:
    subjects = {quad.subject for quad in quads}
    own = {quad.object for quad in quads if isinstance(quad.object, IRI) and "/alliance-kg/id/" in quad.object.value}
    assert own - subjects == set()


def test_only_terms_of_the_vocabulary_are_used(quads: list[Quad]) -> None:
    text = (Path(__file__).parent.parent / "ontology" / "vocabulary.ttl").read_text(encoding="utf-8")
    used = {term.value.removeprefix(AKG) for quad in quads for term in quad[1:3] if term.value.startswith(AKG)}
    assert {name for name in used if f"\nakg:{name} a " not in text} == set()


def test_direct_lines_come_from_active_agreements_that_nobody_contests(told: dict[str, dict[str, list[str]]]) -> None:
    name = Names().actor
    assert name("PAK").value in told[name("SAU").value][AKG + "hasDefensePactWith"]
    assert name("SAU").value in told[name("PAK").value][AKG + "alliedWith"]
    assert name("TUR").value not in told[name("SAU").value][AKG + "hasDefensePactWith"]  # rejected
    assert name("RSF").value not in told[name("ARE").value][AKG + "suppliesArmsTo"]  # contested


def test_status_periods_follow_each_other(told: dict[str, dict[str, list[str]]]) -> None:
    stem = "https://w3id.org/alliance-kg/id/period/transit-KAZ-TUR-2024-"
    periods = [told[f"{stem}{number}"] for number in (1, 2, 3)]
    assert [one[AKG + "status"][0].rpartition("status-")[2] for one in periods] == ["signed", "ratified", "in-force"]
    assert [one[AKG + "until"] for one in periods[:2]] == [one[AKG + "since"] for one in periods[1:]]
    assert periods[2][AKG + "until"] == []


def test_the_base_of_the_names_can_be_chosen() -> None:
    build = gold()
    found = graph.quads(
        build.documents, build.claims, build.agreements, build.disagreements, build.run, base="https://example.org/kg"
    )
    assert {quad.subject.value.split("/kg/")[0] for quad in found} == {"https://example.org"}


def test_names_with_spaces_and_arabic_are_percent_encoded() -> None:
    text = Document(name="خبر 1.txt", path="x", sha256="0", raw="x y", publisher="ناشر ما", url="https://e.org/a b?ب=1")
    one = claim(0, document="خبر 1.txt", kind="neutrality", actors="CHE", status="in-force")
    found = quads_of(made([text], [one]))
    iris = {term.value for quad in found for term in quad if isinstance(term, IRI)}
    assert not any(" " in iri for iri in iris)
    assert "https://w3id.org/alliance-kg/id/document/%D8%AE%D8%A8%D8%B1%201.txt" in iris
    assert "https://e.org/a%20b?ب=1" in iris


def test_a_claim_about_a_document_that_is_not_there_is_an_error() -> None:
    one = claim(0, document="gone.txt", kind="neutrality", actors="CHE", status="in-force")
    with pytest.raises(ClaimError, match=r"gone\.txt"):
        quads_of(made([], [one]))


def test_the_day_of_the_build_is_told_only_where_it_is_given() -> None:
    days_of = [
        [quad.object for quad in graph.quads([], [], [], [], run) if quad.predicate.value == PROV + "endedAtTime"]
        for run in (Run(version="1"), Run(version="1", recorded="2026-01-20"))
    ]
    assert days_of[0] == []
    assert days_of[1] == [Literal("2026-01-20T00:00:00Z", None, IRI("http://www.w3.org/2001/XMLSchema#dateTime"))]


@settings(max_examples=50)
@given(st.text())
def test_literals_are_escaped_so_that_a_line_stays_a_line(text: str) -> None:
    assert "\n" not in Literal(text).nt()
    assert "\r" not in Literal(text).nt()


# Time


@settings(deadline=None)
@given(CLAIMS)
def test_periods_follow_each_other_and_at_most_one_holds_on_a_day(drafts: list[dict[str, Any]]) -> None:
    claims = [claim(number, **draft) for number, draft in enumerate(drafts)]
    for agreement in graph.agreements(claims, [known("a", "2025"), known("b", "2024-10-01")]):
        begun = [one.held_from for one in agreement.periods if one.held_from]
        assert begun == sorted(begun)
        for first, second in zip(agreement.periods, agreement.periods[1:], strict=False):
            assert first.held_until in (second.held_from, first.held_from)
        for day in ("2023-12-31", "2024-12-31", "2025-12-31"):
            assert sum(one.holds_on(day) for one in agreement.periods) <= 1
        assert {one for period in agreement.periods for one in period.claims} <= set(agreement.claims)


@pytest.mark.parametrize(
    ("day", "status", "dates"),
    [
        ("2024-09-10", None, {}),
        ("2024-09-11", "signed", {"signed": "2024-09-11"}),
        ("2026-04-30", "in-force", {"signed": "2024-09-11", "ratified": "2026-04", "in-force": "2026-04"}),
    ],
)
def test_a_build_as_of_a_day_holds_what_stood_then(day: str, status: str | None, dates: dict[str, str]) -> None:
    then = graph.as_of(gold(), day)
    found = {one.id: one for one in then.agreements}.get("transit-KAZ-TUR-2024")
    assert (found.status if found else None) == status
    assert (found.dates if found else {}) == dates
    assert {one.id for one in then.claims} == {one for agreement in then.agreements for one in agreement.claims}
    assert all(set(one.claims) <= {claim.id for claim in then.claims} for one in then.disagreements)
    assert quads_of(then)


def test_direct_lines_as_of_a_day_are_those_of_that_day() -> None:
    name = Names().actor
    line = (name("GBR"), IRI(AKG + "memberOf"), name("CENTO"))
    told = {day: {quad[:3] for quad in quads_of(graph.as_of(gold(), day))} for day in ("1970-01-01", "1990-01-01")}
    assert line in told["1970-01-01"]
    assert line not in told["1990-01-01"]


def test_what_has_no_place_in_time_is_counted() -> None:
    agreements = gold().agreements
    kept = graph.as_of(gold(), "9998-12-31").agreements
    ended = sum(not any(one.holds_on("9998-12-31") for one in agreement.periods) for agreement in agreements)
    assert len(kept) == len(agreements) - ended
    assert 0 < graph.timeless(agreements) <= ended
