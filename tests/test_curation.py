"""What an analyst decides is carried out, leaves a trace, survives a rebuild, and is refused where it is unclear."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import cli, graph, pipeline, verify
from kg.errors import CurationError
from kg.model import Build

TEXTS = {
    "a.txt": "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في أنقرة.",
    "b.txt": "وقعت تركيا وكازاخستان اتفاقية إنتاج مشترك للمسيّرات في 11 سبتمبر 2024.",
    "c.txt": "وقعت مصر وكينيا اتفاقية تعاون عسكري في 29 يناير 2025.",
}
BY = 'author = "ن. الأحمد"\ndate = 2026-02-01\nreason = "الخبران عن اتفاقية واحدة"\n'
MERGE = f'[[merge]]\nagreements = ["defense-cooperation-KAZ-TUR", "defense-industry-KAZ-TUR-2024"]\n{BY}'
MERGED = "defense-cooperation-KAZ-TUR-2024"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def built(corpus: Path, curation: str = "") -> Build:
    if curation:
        (corpus / "curation.toml").write_text(curation, encoding="utf-8")
    return pipeline.build([corpus])


def ids(build: Build) -> list[str]:
    return [one.id for one in build.agreements]


def claim_of(build: Build, document: str) -> str:
    (claim,) = [one for one in build.claims if one.document == document]
    return claim.id


def test_a_merge_joins_agreements_and_keeps_what_they_differ_in(corpus: Path) -> None:
    before = ids(built(corpus))
    build = built(corpus, MERGE)
    merged = next(one for one in build.agreements if one.id == MERGED)
    assert len(before) == len(build.agreements) + 1 == 3
    assert set(merged.claims) == {claim_of(build, "a.txt"), claim_of(build, "b.txt")}
    assert [one.id for one in build.disagreements] == [f"kind-{MERGED}"]


def test_a_merge_is_explained_and_leads_to_its_author_in_the_graph(corpus: Path, tmp_path: Path) -> None:
    build = built(corpus, MERGE)
    pipeline.write(build, tmp_path / "out")
    told = CliRunner().invoke(cli.kg, ["explain", "-d", str(tmp_path / "out"), MERGED]).stdout
    assert "merge       by ن. الأحمد, 2026-02-01: الخبران عن اتفاقية واحدة" in told
    assert ": the curation joins them" in told
    quads = (tmp_path / "out" / "alliances.nq").read_text(encoding="utf-8")
    (decision,) = build.decisions
    assert f"agreement/{MERGED}> <http://www.w3.org/ns/prov#wasInfluencedBy> " in quads
    assert f"decision/{decision.id}> <http://purl.org/dc/terms/creator> " in quads
    assert verify.verify(tmp_path / "out").differences == ()


def test_a_merge_survives_new_documents_and_a_second_one_builds_on_it(corpus: Path) -> None:
    (corpus / "d.txt").write_text("وقعت تركيا وكازاخستان اتفاقية عبور عسكري في أكتوبر 2024.", encoding="utf-8")
    assert MERGED in ids(built(corpus, MERGE))
    again = f'[[merge]]\nagreements = ["{MERGED}", "transit-KAZ-TUR-2024"]\n{BY}'
    (merged,) = [one for one in built(corpus, f"{MERGE}\n{again}").agreements if "KAZ" in one.id]
    assert len(merged.claims) == 3


def test_a_split_takes_claims_out(corpus: Path) -> None:
    (corpus / "d.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    whole = built(corpus)
    (together,) = [one for one in whole.agreements if len(one.claims) == 2]
    build = built(corpus, f'[[split]]\nclaims = ["{claim_of(whole, "d.txt")}"]\n{BY}')
    assert together.id not in ids(build)
    assert len(build.agreements) == len(whole.agreements) + 1


def test_a_rejected_claim_is_set_aside_and_named(corpus: Path) -> None:
    name = claim_of(built(corpus), "c.txt")
    build = built(corpus, f'[[reject]]\nclaims = ["{name}"]\n{BY}')
    assert name not in {one.id for one in build.claims}
    assert not any("KEN" in one for one in ids(build))
    (decision,) = build.decisions
    assert (decision.claims, decision.yields) == ((name,), ())


def test_a_corrected_claim_keeps_its_words_and_says_that_it_is_corrected(corpus: Path) -> None:
    before = built(corpus)
    old = next(one for one in before.claims if one.document == "c.txt")
    change = 'change = { status = "in-force", dates = { in-force = "2025-01-29" } }'
    build = built(corpus, f'[[correct]]\nclaim = "{old.id}"\n{change}\n{BY}')
    new = next(one for one in build.claims if one.document == "c.txt")
    assert (new.status, new.dates, new.evidence) == ("in-force", {"in-force": "2025-01-29"}, old.evidence)
    assert new.rules == (*old.rules, "curation")
    assert build.decisions[0].yields == (new.id,)


def test_a_written_build_opens_again_with_its_decisions(corpus: Path, tmp_path: Path) -> None:
    name = claim_of(built(corpus), "c.txt")
    build = built(corpus, f'{MERGE}\n[[reject]]\nclaims = ["{name}"]\n{BY}')
    pipeline.write(build, tmp_path / "out")
    again = pipeline.reopen(tmp_path / "out")
    assert (again.agreements, again.decisions) == (build.agreements, build.decisions)
    assert (again.claims, again.disagreements) == (build.claims, build.disagreements)


def test_without_its_entry_a_decision_is_undone(corpus: Path) -> None:
    before = built(corpus)
    built(corpus, MERGE)
    (corpus / "curation.toml").unlink()
    assert built(corpus) == before


def test_decisions_are_told_once_and_in_the_graph_of_their_file(corpus: Path) -> None:
    build = built(corpus, MERGE)
    parts = (build.documents, build.claims, build.agreements, build.disagreements, build.run)
    quads = list(graph.quads(*parts, decisions=build.decisions))
    placed = {quad.graph.value for quad in quads if quad.graph and "/decision/" in quad.subject.value}
    assert placed == {"https://w3id.org/alliance-kg/id/graph/curation.toml"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            MERGE.replace("KAZ-TUR-2024", "KAZ-TUR-2023"),
            r"\[\[merge\]\] 1: .* 'defense-industry-KAZ-TUR-2023'; did you",
        ),
        (f'[[merge]]\nagreements = ["defense-cooperation-KAZ-TUR"]\n{BY}', "fewer than two to merge"),
        (f'[[reject]]\nclaims = ["c-000000000000"]\n{BY}', r"\[\[reject\]\] 1: there is no claim 'c-000000000000'"),
        ('[[reject]]\nclaims = ["c-0"]\nauthor = "x"\ndate = 2026-02-01\n', r"\[\[reject\]\] 1, key reason: Field req"),
        (f'[[drop]]\nclaims = ["c-0"]\n{BY}', r"drop: unknown; write \[\[merge\]\], \[\[split\]\]"),
        (f'[[correct]]\nclaim = "CLAIM"\nchange = {{ status = "signd" }}\n{BY}', "'signd' is no status; expected one"),
        (
            f'[[correct]]\nclaim = "CLAIM"\nchange = {{ certainty = "sure" }}\n{BY}',
            r"change\.certainty: Input should be",
        ),
        (f'[[correct]]\nclaim = "CLAIM"\nchange = {{ evidence = [] }}\n{BY}', "key change.evidence"),
        ("[[merge]", "not TOML"),
    ],
)
def test_what_cannot_be_carried_out_is_refused(corpus: Path, text: str, message: str) -> None:
    name = claim_of(built(corpus), "a.txt")
    with pytest.raises(CurationError, match=message):
        built(corpus, text.replace("CLAIM", name))


def test_two_curation_files_are_refused(corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "e.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    for folder in (corpus, other):
        (folder / "curation.toml").write_text(MERGE, encoding="utf-8")
    with pytest.raises(CurationError, match="a build has one curation"):
        pipeline.build([corpus, other])
