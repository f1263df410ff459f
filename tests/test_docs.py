"""The README says what is so: its session prints what it shows, and its lists are complete."""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import readme
from seed_build import EXPORTS, ROOT, seeds

from kg import cli, pipeline, queries
from ontology import vocabulary

TEXT = readme.README.read_text(encoding="utf-8")
INLINE = [code for code in re.findall(r"`([^`\n]+)`", TEXT) if code.startswith("kg ")]


def listed(heading: str) -> str:
    """Give a section of the README."""
    return re.split(r"^## ", TEXT.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0]


def test_the_session_prints_what_the_readme_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    made = seeds()
    monkeypatch.setattr(pipeline, "build", lambda paths, **_: made)
    assert readme.refreshed(TEXT) == TEXT


@pytest.mark.parametrize("code", sorted(set(INLINE)))
def test_every_command_names_a_verb(code: str) -> None:
    assert shlex.split(code)[1] in cli.kg.commands


def test_every_verb_and_every_option_named_for_it_is_there() -> None:
    rows = re.findall(r"^\| `kg (\w+)[^`]*` \| (.*) \|$", listed("Verbs"), re.MULTILINE)
    assert {verb for verb, _ in rows} == cli.kg.commands.keys()
    for verb, text in rows:
        known = {name for option in cli.kg.commands[verb].params for name in option.opts}
        assert set(re.findall(r"--[a-z-]+", text)) <= known


def test_every_output_is_listed() -> None:
    named = re.findall(r"`([a-z]+\.[a-z]+)`", listed("Outputs"))
    assert sorted(named) == sorted(path.name for path in EXPORTS.iterdir())


TERMS: Mapping[str, str] = {
    "kind": "kinds",
    "parties": "roles",
    "status": "statuses",
    "provisions": "provisions",
    "sectors": "sectors",
    "certainty": "certainties",
}


@pytest.mark.parametrize("key", TERMS)
def test_claim_records_list_every_term(key: str) -> None:
    (row,) = re.findall(rf"^\| `{key}` \| (.*) \|$", listed("Claim records"), re.MULTILINE)
    assert getattr(vocabulary(), TERMS[key]).keys() <= set(re.findall(r"`([^`]+)`", row))


def test_targets_of_make_are_there() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", TEXT)) <= made


def test_linked_files_are_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", TEXT) if "://" not in link]
    assert links
    assert all((ROOT / link).is_file() for link in links)


def test_python_in_the_readme_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = seeds()
    monkeypatch.setattr(pipeline, "build", lambda paths: made)
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    known: dict[str, Any] = {}
    exec(compile(block, "README.md", "exec"), known)
    assert len(known["pacts"]) == len(queries.run(tmp_path / "exports", "pacts-in-force", {"actor": "TUR"}).rows)
    assert known["central"].loc["TUR", "en"] == "Türkiye"
    assert known["central"].loc["TUR", "agreements"] >= len(known["pacts"])
    assert known["page"]._repr_html_().startswith("<iframe")
