"""What changed between two builds is said, with its reason, and the triples lead from one to the other."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import changes, cli, pipeline
from kg.errors import StoreError
from kg.model import Build
from kg.store import Store

TEXTS = {
    "a.txt": "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في أنقرة.",
    "b.txt": "وقعت تركيا وكازاخستان اتفاقية إنتاج مشترك للمسيّرات في 11 سبتمبر 2024.",
    "c.txt": "وقعت مصر وكينيا اتفاقية تعاون عسكري في 29 يناير 2025.",
}
EGYPT = "defense-cooperation-EGY-KEN-2025"
BY = 'author = "ن. الأحمد"\ndate = 2026-02-01\nreason = "سبب"\n'
MERGE = f'[[merge]]\nagreements = ["defense-cooperation-KAZ-TUR", "defense-industry-KAZ-TUR-2024"]\n{BY}'


def built(folder: Path, texts: dict[str, str]) -> Build:
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return pipeline.build([folder])


def compared(tmp_path: Path, old: dict[str, str], new: dict[str, str]) -> dict[str, changes.Change]:
    found = changes.changes(built(tmp_path / "corpus", old), built(tmp_path / "corpus", new))
    return {one.agreement: one for one in found}


def test_the_same_documents_make_no_difference(tmp_path: Path) -> None:
    assert compared(tmp_path, TEXTS, TEXTS) == {}
    assert changes.text(()) == "No agreement differs.\n"


def test_a_new_document_brings_a_new_agreement_and_more_to_a_known_one(tmp_path: Path) -> None:
    more = "وقعت مصر وكينيا اتفاقية تعاون عسكري في 29 يناير 2025. وأجرت مصر والسودان مناورة مشتركة في مايو 2024."
    found = compared(tmp_path, TEXTS, TEXTS | {"d.txt": more})
    assert {name: one.what for name, one in found.items()} == {EGYPT: "changed", "joint-exercise-EGY-SDN-2024": "new"}
    assert found[EGYPT].details == ("witnesses 1 → 2", "claims 1 → 2")
    assert {one.because for one in found.values()} == {("d.txt is new",)}


def test_a_document_that_is_gone_or_has_changed_is_named(tmp_path: Path) -> None:
    assert compared(tmp_path, TEXTS, {"a.txt": TEXTS["a.txt"], "b.txt": TEXTS["b.txt"]})[EGYPT].because == (
        "c.txt is no longer there",
    )
    later = TEXTS | {"c.txt": "وقعت مصر وكينيا اتفاقية تعاون عسكري في 29 يناير 2024."}
    found = compared(tmp_path, TEXTS, later)
    assert {one.what for one in found.values()} == {"new", "gone"}
    assert {one.because for one in found.values()} == {("c.txt has changed",)}


def test_a_decision_is_the_reason_and_taking_it_back_is_one_too(tmp_path: Path) -> None:
    found = compared(tmp_path, TEXTS, TEXTS | {"curation.toml": MERGE})
    merged, gone = found["defense-cooperation-KAZ-TUR-2024"], found["defense-industry-KAZ-TUR-2024"]
    assert (merged.what, merged.details[0]) == ("renamed", "was defense-cooperation-KAZ-TUR")
    assert (gone.what, gone.details) == ("gone", ("its claims are now in defense-cooperation-KAZ-TUR-2024",))
    reason = "ن. الأحمد decided on 2026-02-01 to merge: سبب"
    assert merged.because == gone.because == (reason,)
    back = compared(tmp_path, TEXTS | {"curation.toml": MERGE}, TEXTS)
    assert back["defense-industry-KAZ-TUR-2024"].because == (f"a decision is taken back: {reason}",)


def test_what_is_known_about_documents_and_sources_is_a_reason(tmp_path: Path) -> None:
    files = TEXTS | {"sources.toml": '["a.txt"]\npublisher = "وكالة"\n', "priors.toml": "default = 0.4\n"}
    found = compared(tmp_path, TEXTS, files)
    assert found[EGYPT].details == ("belief none → 0.4",)
    assert found["defense-cooperation-KAZ-TUR"].because == ("publisher of a.txt is وكالة", "the priors have changed")


def test_a_rule_that_reads_in_another_way_is_a_reason(tmp_path: Path) -> None:
    old = built(tmp_path / "corpus", TEXTS)
    other = tuple(one.model_copy(update={"status": "ratified"}) for one in old.claims if one.document == "c.txt")
    claims = (*(one for one in old.claims if one.document != "c.txt"), *other)
    new = old.model_copy(
        update={
            "claims": claims,
            "agreements": pipeline.graph.agreements(claims, old.documents),
            "run": old.run.model_copy(update={"version": "9.9.9"}),
        }
    )
    (change,) = changes.changes(old, new)
    assert "status signed → ratified" in change.details
    assert change.because == (f"the rules read c.txt in another way (version {old.run.version} → 9.9.9)",)


def test_the_triples_lead_from_one_build_to_the_other(tmp_path: Path) -> None:
    for name, texts in (("old", TEXTS), ("new", TEXTS | {"curation.toml": MERGE})):
        pipeline.write(built(tmp_path / "corpus", texts), tmp_path / name)
    text = (
        CliRunner().invoke(cli.kg, ["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "nquads"]).stdout
    )
    (tmp_path / "diff.nq").write_text(text, encoding="utf-8")
    graphs: dict[str, set[object]] = {}
    for name in ("old/alliances.nq", "new/alliances.nq", "diff.nq"):
        store = Store.open()
        store.load_file(tmp_path / name)
        for quad in store.quads():
            key = quad.graph.value.rpartition("/")[2] if name == "diff.nq" and quad.graph else name
            graphs.setdefault(key, set()).add(quad[:3])
    assert graphs["old/alliances.nq"] - graphs["removed"] | graphs["added"] == graphs["new/alliances.nq"]
    assert graphs["removed"] & graphs["added"] == set()


def test_a_folder_that_is_no_build_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no build here"):
        changes.rdf(tmp_path, tmp_path)


def test_words_are_printed(tmp_path: Path) -> None:
    for name, texts in (("old", TEXTS), ("new", {"a.txt": TEXTS["a.txt"], "b.txt": TEXTS["b.txt"]})):
        pipeline.write(built(tmp_path / "corpus", texts), tmp_path / name)
    told = CliRunner().invoke(cli.kg, ["diff", str(tmp_path / "old"), str(tmp_path / "new")]).stdout
    assert told.splitlines() == [
        "1 agreement differs: 1 gone",
        f"gone     {EGYPT}  Defence cooperation: Egypt – Kenya (2025)",
        "         because c.txt is no longer there",
    ]
