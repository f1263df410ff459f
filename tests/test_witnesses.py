"""Independent witnesses are counted once each, and belief keeps to its formula."""

from pathlib import Path

import pytest
from gold_build import claim
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import curation, graph, pipeline
from kg.errors import CurationError
from kg.graph.witnesses import belief, witnesses
from kg.model import Claim, Document, Priors

NEWS = "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في أنقرة."


def known(*documents: tuple[str, str | None, str | None]) -> dict[str, Document]:
    return {
        name: Document(name=name, path=name, sha256="0", raw="", publisher=publisher, same_as=same_as)
        for name, publisher, same_as in documents
    }


def says(number: int, document: str, status: str = "signed", *sources: str, certainty: str = "certain") -> Claim:
    known = {"kind": "transit", "actors": "TUR KAZ", "attributed_to": sources}
    return claim(number, document=document, status=status, certainty=certainty, **known)


@pytest.mark.parametrize(
    ("claims", "documents", "count"),
    [
        ([says(1, "a"), says(2, "b")], known(("a", None, None), ("b", None, None)), 2),
        ([says(1, "a"), says(2, "b")], known(("a", None, None), ("b", None, "a")), 1),  # a copy
        ([says(1, "a"), says(2, "b")], known(("a", "الأناضول", None), ("b", "الأناضول", None)), 1),  # one publisher
        ([says(1, "a", "signed", "وزارة الدفاع"), says(2, "b", "signed", "وزارة الدفاع")], {}, 1),  # one source quoted
        ([says(1, "a", "signed", "وزارة الدفاع"), says(2, "b", "signed", "رويترز")], {}, 2),
        ([says(1, "a", "signed", "رويترز"), says(2, "b")], known(("b", "Reuters", None)), 1),  # quoted, and publishing
        ([says(1, "a", "signed", "س"), says(2, "a", "denied", "ص")], {}, 2),  # two sources of one document
        ([says(1, "a", "signed", "س"), says(2, "b", "signed", "ص"), says(3, "c", "signed", "س", "ص")], {}, 1),
    ],
)
def test_those_with_a_voice_in_common_count_once(
    claims: list[Claim], documents: dict[str, Document], count: int
) -> None:
    assert len(witnesses(claims, documents)) == count
    assert len(witnesses(claims[::-1], documents)) == count
    (agreement, *_) = graph.agreements(claims, list(documents.values()))
    assert agreement.witnesses == count


PRIORS = Priors(default=0.5, sources={"رويترز": 0.6, "س": 0.6, "ص": 0.8})


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([says(1, "a")], 0.5),
        ([says(1, "a", "signed", "Reuters")], 0.6),  # one outlet, by any of its names
        ([says(1, "a", "signed", "رويترز"), says(2, "b", "signed", "س")], 0.84),  # 1 - 0.4 · 0.4
        ([says(1, "a", "signed", "رويترز"), says(2, "b", "signed", "رويترز")], 0.6),  # said twice is said once
        ([says(1, "a", "signed", "ص", certainty="probable")], 0.56),  # 0.8 · 0.7
        ([says(1, "a", "signed", "ص"), says(2, "b", "denied")], 0.6667),  # 0.8 · 0.5 / (1 - 0.8 · 0.5)
        ([says(1, "a", "signed", "ص"), says(2, "b", "negotiating")], 0.8),  # an earlier step is no contradiction
    ],
)
def test_belief_is_what_the_formula_gives(claims: list[Claim], expected: float) -> None:
    assert belief("signed", witnesses(claims, {}), {}, PRIORS) == expected


SAID = st.lists(
    st.tuples(
        st.sampled_from(["signed", "denied", "negotiating"]), st.sampled_from(["certain", "probable", "possible"])
    ),
    max_size=6,
)


@settings(deadline=None)
@given(SAID, st.randoms(use_true_random=False))
def test_belief_lies_from_0_to_1_and_each_witness_pulls_its_own_way(
    said: list[tuple[str, str]], chance: object
) -> None:
    claims = [says(number, f"{number}", status, certainty=sure) for number, (status, sure) in enumerate(said)]
    held = belief("signed", witnesses(claims, {}), {}, PRIORS)
    assert 0 <= held <= 1
    assert belief("signed", witnesses(claims[::-1], {}), {}, PRIORS) == held
    assert belief("signed", witnesses([*claims, says(9, "more")], {}), {}, PRIORS) >= held
    assert belief("signed", witnesses([*claims, says(9, "more", "denied")], {}), {}, PRIORS) <= held


def test_priors_beside_the_documents_are_weighed_and_kept_with_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    assert [one.belief for one in pipeline.build([tmp_path]).agreements] == [None]
    (tmp_path / "priors.toml").write_text('default = 0.3\n[sources]\n"رويترز" = 0.9\n', encoding="utf-8")
    build = pipeline.build([tmp_path])
    assert [one.belief for one in build.agreements] == [0.3]
    pipeline.write(build, tmp_path / "out")
    assert pipeline.reopen(tmp_path / "out").agreements == build.agreements
    assert '"0.3"^^<http://www.w3.org/2001/XMLSchema#decimal>' in (tmp_path / "out" / "alliances.nq").read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("default = 1.5", "key default: Input should be less than 1; the keys are default, sources, certainty"),
        ('[sources]\n"رويترز" = 0', r"key sources\.رويترز"),
        ("[certainty]\ncertain = 1.0", "key certainty: .*a weight for each of certain, probable, possible"),
        ("default: 1", "not TOML"),
    ],
)
def test_priors_that_are_none_are_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "priors.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CurationError, match=message):
        curation.priors([tmp_path])
