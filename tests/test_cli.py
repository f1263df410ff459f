"""The command line: what it prints, where, and how it fails."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from seed_build import ROOT, at_root, seeds

import kg
from kg import cli, exports, pipeline
from kg.model import Claim
from kg.sources import Limits

SEED = "seeds/001_664631aed35553c6.txt"
GOLD = "tests/corpus/seeds.gold.jsonl"
NEWS = "وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في أنقرة."


def run(*words: object, code: int = 0) -> Result:
    """Run `kg` in the repository's folder and check its exit code."""
    with at_root():
        result = CliRunner().invoke(cli.kg, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a build of the seeds."""
    folder = tmp_path_factory.mktemp("cli") / "build"
    pipeline.write(seeds(), folder)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a document of one sentence."""
    path = tmp_path_factory.mktemp("small") / "a.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_version_and_help() -> None:
    assert run("--version").stdout == f"kg, version {kg.__version__}\n"
    assert all(f"  {verb} " in run("--help").stdout for verb in cli.kg.commands)


def test_every_verb_explains_itself_and_its_options() -> None:
    for verb, command in cli.kg.commands.items():
        assert command.help
        assert "Usage: kg" in run(verb, "--help").stdout


def test_build_writes_everything_and_sums_it_up(small: Path, tmp_path: Path) -> None:
    lines = run("build", small, "-o", tmp_path / "out", "--as-of", "2026-05-01").stdout.splitlines()
    counts = dict(line.split() for line in lines[:5])
    assert list(counts) == ["documents", "claims", "agreements", "disagreements", "skips"]
    assert (counts["documents"], counts["skips"]) == ("1", "0")
    files = dict(line.split() for line in lines[5:])
    assert list(files) == ["graph", "map", "answers"]
    assert all(Path(file).is_file() for file in files.values())
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["recorded"] == "2026-05-01"


def test_extract_prints_records_and_nothing_else() -> None:
    rows = [json.loads(line) for line in run("extract", SEED).stdout.splitlines()]
    assert rows
    assert all(Claim.model_validate(row).record() == row for row in rows)
    assert list(rows[0]) == [
        "document", "kind", "parties", "organization", "status", "dates", "provisions", "sectors", "certainty",
        "attributed_to", "evidence",
    ]  # fmt: skip
    assert {row["document"] for row in rows} == {Path(SEED).name}


def test_extract_as_a_table(small: Path) -> None:
    head, rule, row, count = run("extract", small, "--format", "table").stdout.splitlines()
    assert head.split() == ["document", "kind", "actors", "status", "dates", "certainty", "first", "words"]
    assert set(rule) == {"─", " "}
    assert row.split()[:2] == ["a.txt", "defense-cooperation"]
    assert count == "(1 row)"


def test_unusable_documents_are_told_on_stderr(small: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"Z\xfcrich")
    result = run("extract", small, tmp_path / "bad.txt")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith("skipped ")
    assert "not UTF-8" in result.stderr


def test_a_guess_is_told_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(NEWS.encode("cp1256"))
    result = run("extract", tmp_path / "old.txt")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith(f"note {tmp_path}/old.txt: encoding guessed: cp1256")


def test_limits_are_options_with_the_same_defaults(small: Path) -> None:
    assert Limits(**{name: default * unit for name, default, unit, _ in cli.LIMITS}) == Limits()
    result = run("extract", small, "--max-characters", 20, code=1)
    assert "more than 20 characters; raise the limit with --max-characters" in result.stderr


def test_every_document_of_a_file_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps({"text": f"{NEWS} {number}"}) + "\n" for number in (1, 2)), encoding="utf-8")
    told = run("explain", file).stdout
    assert told.count(": 2 sentences, 1 claims") == 2
    build = tmp_path / "out"
    run("build", file, "-o", build)
    name = json.loads((build / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])["id"]
    assert "actors" in run("explain", name, "-d", build).stdout


def test_explain_a_claim(made: Path) -> None:
    claim = seeds().claims[0]
    told = run("explain", claim.id, "-d", made).stdout
    assert told.startswith(f"{claim.id}  {claim.kind}: {claim.parties[0].actor}")
    assert all(rule in told for rule in claim.rules)
    assert all(" ".join(piece.quote.split()) in told for piece in claim.evidence)


def test_explain_an_agreement_by_its_iri(made: Path) -> None:
    agreement = max(seeds().agreements, key=lambda one: len(one.claims))
    told = run("explain", f"https://w3id.org/alliance-kg/id/agreement/{agreement.id}", "-d", made).stdout
    assert {line.split()[0] for line in told.splitlines() if line.startswith("c-")} == set(agreement.claims)


def test_explain_a_file(small: Path) -> None:
    told = run("explain", small).stdout
    assert told.startswith(f"{small}: 1 sentences, 1 claims\n")
    assert f"0:{len(NEWS)} «{NEWS}»" in told
    assert "تركيا → TUR (name)" in told


def test_repair_prints_the_text_or_what_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("انضمت تركيا إلى الحلف )الناتو( عام 1952.", encoding="utf-8")
    assert run("repair", path).stdout == "انضمت تركيا إلى الحلف (الناتو) عام 1952.\n"
    told = run("repair", path, "--diff").stdout.splitlines()
    assert told[:3] == [path.as_posix(), "1 of 1 lines: 2 brackets", "line 1"]
    assert [line[:2] for line in told[3:]] == ["- ", "+ ", "  "]
    assert "\x1b" not in run("repair", path, "--diff").stdout
    colored = CliRunner().invoke(cli.kg, ["repair", str(path), "--diff"], color=True).stdout
    assert "\x1b[31m- " in colored
    run("repair", tmp_path / "none.txt", code=1)


def test_query_by_name_file_and_text(made: Path, tmp_path: Path) -> None:
    question = "SELECT ?claim { ?claim a akg:Claim }"
    (tmp_path / "q.rq").write_text(question, encoding="utf-8")
    for query in (question, tmp_path / "q.rq"):
        rows = list(csv.reader(io.StringIO(run("query", query, "-d", made, "--format", "csv").stdout)))
        assert len(rows) == 1 + len(seeds().claims)
    assert run("query", "actors", "-d", made).stdout.startswith("actor ")


def test_query_takes_parameters(made: Path) -> None:
    everyone = run("query", "bases", "-d", made, "--format", "csv").stdout.splitlines()
    some = run("query", "bases", "-d", made, "--format", "csv", "-p", "host=SYR").stdout.splitlines()
    assert set(some) <= set(everyone)
    assert {row.split(",")[0] for row in some[1:]} <= {"SYR"}


def test_query_alone_lists_the_questions() -> None:
    assert any(line.startswith("pacts-in-force ") for line in run("query").stdout.splitlines())


def test_formats_of_export_are_those_of_the_library() -> None:
    assert cli.EXPORT_FORMATS == exports.FORMS


@pytest.mark.parametrize("form", exports.FOLDERS)
def test_export_of_several_files_needs_a_folder(made: Path, tmp_path: Path, form: str) -> None:
    assert "name a folder for them with --out" in run("export", "-d", made, "--format", form, code=2).output
    listed = run("export", "-d", made, "--format", form, "-o", tmp_path / form).stdout.splitlines()
    assert len(listed) > 3
    assert sorted(listed) == sorted(map(str, (tmp_path / form).iterdir()))


@pytest.mark.parametrize("form", [*exports.RDF, *exports.NETWORKS])
def test_export_knows_every_format(made: Path, tmp_path: Path, form: str) -> None:
    run("export", "-d", made, "--format", form, "-o", tmp_path / "graph")
    text = (tmp_path / "graph").read_text(encoding="utf-8")
    assert text
    if form == "turtle":
        assert text == (made / "alliances.ttl").read_text(encoding="utf-8") == run("export", "-d", made).stdout


def test_network_prints_actors_and_the_whole(made: Path) -> None:
    lines = run("network", "-d", made, "--kind", "mutual-defense-pact").stdout.splitlines()
    assert lines[0].split()[:4] == ["actor", "ar", "en", "agreements"]
    assert {line.split()[0] for line in lines[-15:]} >= {"actors", "ties", "modularity", "core", "balanced"}
    rows = list(csv.DictReader(io.StringIO(run("network", "-d", made, "--format", "csv").stdout)))
    assert rows[0]["actor"] == "TUR"
    assert "'pact' is no kind" in run("network", "-d", made, "--kind", "pact", code=1).output


def test_a_question_is_listed_and_described(made: Path) -> None:
    assert run("query", "--list").stdout == run("query").stdout
    told = run("query", "drawn-in", "--describe").stdout
    assert "Who could be drawn in" in told
    assert "الفاعل الذي يقاتل إلى جانبه" in told


def test_map_is_drawn_again(made: Path, tmp_path: Path) -> None:
    run("map", "-d", made, "-o", tmp_path / "same.html")
    assert (tmp_path / "same.html").read_bytes() == (made / "alliances.html").read_bytes()
    run("map", "-d", made, "-o", tmp_path / "other.html", "--lang", "en", "--title", "Pacts")
    assert '<html lang="en"' in (tmp_path / "other.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "agreements", "start"),
    [
        (("--kind", "transit", "--layout", "world"), {"transit"}, "view=world"),
        (("--actor", "KAZ", "--as-of", "2024-12-31"), None, ""),
        (("--query", "ties-of", "-p", "actor=SYR"), None, ""),
        (("--query", "SELECT ?a WHERE { ?a akg:kind akg:kind-transit }"), {"transit"}, ""),
    ],
)
def test_map_draws_a_part(made: Path, tmp_path: Path, options: tuple[str, ...], agreements: set[str] | None,
                          start: str) -> None:  # fmt: skip
    run("map", "-d", made, "-o", tmp_path / "part.html", *options)
    text = (tmp_path / "part.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="alliance-data">(.*?)</script>', text)[1])
    assert data["start"] == start
    kinds = data["agreements"]["kind"].split("\n")
    assert 0 < len(kinds) < len(kg.reopen(made).agreements)
    assert agreements is None or set(kinds) == agreements


def test_evaluate_prints_one_object() -> None:
    scores = json.loads(run("evaluate", GOLD, "--docs", SEED, "--tables").stdout)
    assert {"strict", "found", "status", "roles", "dates", "certainty", "evidence", "by_kind"} <= scores.keys()
    assert scores["strict"]["gold"] == 69
    assert scores["quotes"] == 1.0


def test_evaluate_lists_errors_and_says_what_is_not_there(small: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = [claim.record() for claim in pipeline.extract([small]).claims]
    rows += [row | {"document": "b.txt"} for row in rows]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = run("evaluate", gold, "--docs", small.parent, "--errors")
    error, scores = result.stdout.splitlines()
    assert error.startswith("b.txt\tmissed\tdefense-cooperation")
    assert json.loads(scores)["strict"]["recall"] == 0.5
    assert "b.txt is not there" in result.stderr


def test_verify_passes_and_fails(small: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(NEWS, encoding="utf-8")
    run("build", source, "-o", tmp_path / "out")
    assert run("verify", tmp_path / "out").stdout == "1 documents, 1 quotes, 0 differences\n"
    source.write_text(f" {NEWS}", encoding="utf-8")
    assert "the source has changed" in run("verify", tmp_path / "out", code=1).stderr


def test_validate_passes_and_fails(small: Path, tmp_path: Path) -> None:
    run("build", small, "-o", tmp_path / "out")
    assert run("validate", tmp_path / "out").stdout.startswith("Sound: ")
    graph = tmp_path / "out" / "alliances.nq"
    kept = [line for line in graph.read_text(encoding="utf-8").splitlines() if "ontology#status>" not in line]
    graph.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert "violations in" in run("validate", graph, code=1).stdout
    assert "مخالفات" in run("validate", graph, "--lang", "ar", code=1).stdout


FAILURES: Mapping[str, tuple[list[str], str]] = {
    "wrong path": (["build", "{tmp}/nowhere", "-o", "{tmp}/out"], "there is no such file or folder"),
    "empty folder": (["build", "{tmp}/empty", "-o", "{tmp}/out"], "holds no document"),
    "not UTF-8": (["extract", "{tmp}/latin1.txt"], "latin1.txt: not UTF-8 at byte 1"),
    "not Arabic": (["build", "{tmp}/english.txt", "-o", "{tmp}/out"], "english.txt: not an Arabic text"),
    "a file for a folder": (["build", SEED, "-o", "{tmp}/english.txt"], "english.txt: cannot be written"),
    "unknown question": (["query", "pact-in-force", "-d", "{made}"], "did you mean pacts-in-force"),
    "malformed SPARQL": (["query", "SELECT ?x {", "-d", "{made}"], "malformed SPARQL, line 1"),
    "query reaching out": (["query", "SELECT * { SERVICE <http://a.b/> { ?s ?p ?o } }", "-d", "{made}"], "SERVICE"),
    "missing build": (["query", "actors", "-d", "{tmp}/empty"], "there is no build here"),
    "no build to export": (["export", "-d", "{tmp}/empty"], "there is no build here"),
    "no build to draw": (["map", "-d", "{tmp}/empty"], "there is no build here"),
    "no such kind": (["map", "-d", "{made}", "--kind", "transits"], "the kind 'transits'; there are, among others"),
    "nothing to draw": (["map", "-d", "{made}", "--query", "SELECT ?x WHERE { ?x a akg:Run }"], "nothing to draw"),
    "no build to verify": (["verify", "{tmp}/empty"], "there is no build here"),
    "no build to validate": (["validate", "{tmp}/empty"], "alliances.nq: cannot be read"),
    "unknown claim": (["explain", "c-0000", "-d", "{made}"], "no claim, no agreement and no file 'c-0000'"),
    "no gold": (["evaluate", "{tmp}/gold.jsonl", "--docs", "seeds"], "gold.jsonl: No such file or directory"),
    "not gold": (["evaluate", "{tmp}/english.txt", "--docs", "seeds"], "line 1 is not a claim record"),
}


@pytest.fixture
def place(tmp_path: Path, made: Path) -> Iterator[dict[str, str]]:
    (tmp_path / "empty").mkdir()
    (tmp_path / "latin1.txt").write_bytes(b"Z\xfcrich")
    (tmp_path / "english.txt").write_text("Two states signed a pact.", encoding="utf-8")
    before = sorted(path for path in tmp_path.rglob("*"))
    yield {"tmp": str(tmp_path), "made": str(made)}
    assert sorted(path for path in tmp_path.rglob("*")) == before, "something was left behind"


@pytest.mark.parametrize("case", FAILURES)
def test_failures_say_what_is_wrong_and_leave_nothing_behind(case: str, place: dict[str, str]) -> None:
    words, message = FAILURES[case]
    result = run(*(word.format(**place) if "{tmp}" in word or "{made}" in word else word for word in words), code=1)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["build", "seeds"],
        ["extract"],
        ["build", "seeds", "-o", "out", "--as-of", "yesterday"],
        ["extract", SEED, "--format", "xml"],
        ["query", "actors", "--param", "host"],
        ["unheard-of"],
    ],
)
def test_wrong_usage_is_exit_code_2(words: list[str]) -> None:
    assert "Usage: kg" in run(*words, code=2).stderr


def process(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start `kg` as a process of its own."""
    command = [sys.executable, "-m", "kg", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=pipe, stderr=pipe)


def test_output_is_utf_8_whatever_the_locale(small: Path) -> None:
    running = process("extract", str(small), LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    told, complaints = running.communicate()
    assert complaints == b""
    assert json.loads(told.decode("utf-8"))["evidence"][0]["quote"] == NEWS


def test_a_reader_who_leaves_early_is_no_error(made: Path) -> None:
    with process("export", "-d", str(made), "--format", "nquads") as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_progress_is_shown_on_a_terminal_once_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(cli, "LONG_AFTER", 1000.0)
    show = cli.progress()
    assert show
    show(1, 2)
    assert screen.getvalue() == ""
    monkeypatch.setattr(cli, "LONG_AFTER", -1.0)
    show(1, 2)
    show(2, 2)
    assert screen.getvalue() == "\r1/2 documents\r2/2 documents\n"
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert cli.progress() is None


def test_a_build_is_told_as_of_a_day(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("وقعت تركيا وكازاخستان اتفاقية تعاون دفاعي في 11 سبتمبر 2024.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("وقعت مصر وكينيا اتفاقية تعاون عسكري.", encoding="utf-8")
    out = tmp_path / "out"
    run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", out)
    asked = "SELECT ?a { ?a a akg:Agreement }"
    for day, count in (("2024-09-10", 0), ("2024-09-11", 1)):
        found = run("query", asked, "-d", out, "--as-of", day, "--format", "csv")
        assert len(found.stdout.splitlines()) == 1 + count
        assert "no text gives them a place in time: 1" in found.stderr
        ntriples = run("export", "-d", out, "--as-of", day, "--format", "ntriples").stdout
        assert ntriples.count("ontology#statusPeriod>") == count
        page = tmp_path / f"{day}.html"
        run("map", "-d", out, "--as-of", day, "-o", page)
        assert page.read_text(encoding="utf-8").count("defense-cooperation-KAZ-TUR-2024") == count or count == 1


@pytest.mark.parametrize(("part", "start"), [("docs", "<!doctype html>"), ("context", "{")])
def test_what_explains_the_vocabulary_is_printed_or_written(part: str, start: str, tmp_path: Path) -> None:
    printed = run("ontology", part).stdout
    assert printed.startswith(start)
    run("ontology", part, "-o", tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == printed
