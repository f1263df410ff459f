"""Judged against a gold of arrangements that several documents tell of: none is split, and none mixes two."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from gold_build import ROOT, claim, gold

from kg import graph, pipeline
from kg.model import Claim, Document, Evidence

CASES = tomllib.loads((Path(__file__).parent / "cases" / "arrangements.toml").read_text(encoding="utf-8"))


def second_claims(number: int, row: dict[str, Any]) -> list[Claim]:
    """Make the claims of a second report, each with the place of its words."""
    text, made = row["text"], []
    for one in row["claims"]:
        start = text.index(one["quote"])
        evidence = Evidence(start=start, end=start + len(one["quote"]), quote=one["quote"])
        known = {key: value for key, value in one.items() if key != "quote"}
        made.append(claim(number, document=row["name"], **known).model_copy(update={"evidence": (evidence,)}))
    return made


@cache
def documents() -> tuple[Document, ...]:
    second = (
        Document(name=row["name"], path=row["name"], sha256="0", raw=row["text"], date=row.get("date"))
        for row in CASES["document"]
    )
    return (*gold().documents, *second)


@cache
def claims() -> tuple[Claim, ...]:
    second = [one for number, row in enumerate(CASES["document"]) for one in second_claims(number, row)]
    return (*gold().claims, *second)


def actors(claim: Claim) -> set[str]:
    inside = {party.actor for party in claim.parties if party.role not in ("opponent", "against")}
    return inside | ({claim.organization} if claim.organization else set())


def named(name: str, known: Iterable[Claim]) -> Claim:
    """Find the claim that an entry names."""
    document, kind, *rest = name.split()
    status = rest.pop() if rest[-1].islower() and rest[-1] not in ("somaliland",) else None
    found = [
        one
        for one in known
        if one.document.startswith(document) and one.kind == kind and actors(one) == set(rest)
        and status in (None, one.status)
    ]  # fmt: skip
    assert len(found) == 1, (name, [one.status for one in found])
    return found[0]


@cache
def expected() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(named(one, claims()).id for one in row["claims"]) for row in CASES["arrangement"])


def across(groups: Iterable[Iterable[str]], document_of: dict[str, str]) -> set[frozenset[str]]:
    """Give the pairs of claims of different documents that stand in one group."""
    pairs = (frozenset(pair) for group in groups for pair in combinations(sorted(group), 2))
    return {pair for pair in pairs if len({document_of[one] for one in pair}) == 2}


def told(pairs: Iterable[frozenset[str]], known: Sequence[Claim]) -> list[str]:
    by_id = {one.id: one for one in known}
    return sorted(
        " = ".join(sorted(f"{by_id[one].document} {by_id[one].kind} {sorted(actors(by_id[one]))}" for one in pair))
        for pair in pairs
    )


def test_the_gold_names_thirty_arrangements_and_each_claim_once() -> None:
    assert len(expected()) >= 30
    assert max(Counter(one for group in expected() for one in group).values()) == 1


def test_no_arrangement_of_the_gold_is_split_and_none_mixed_with_another() -> None:
    document_of = {one.id: one.document for one in claims()}
    found = across((one.claims for one in graph.agreements(claims(), documents())), document_of)
    wanted = across(expected(), document_of)
    assert told(wanted - found, claims()) == []
    assert told(found - wanted, claims()) == []


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Harvest:
    """Read seeds, development documents and second reports as the programme does."""
    folder = tmp_path_factory.mktemp("second")
    for row in CASES["document"]:
        (folder / row["name"]).write_text(row["text"], encoding="utf-8")
    dated = "".join(f'["{row["name"]}"]\ndate = "{row["date"]}"\n' for row in CASES["document"] if "date" in row)
    (folder / "sources.toml").write_text(dated, encoding="utf-8")
    return pipeline.extract([ROOT / "seeds", ROOT / "tests" / "corpus" / "dev" / "docs", folder])


def counterpart(found: Claim) -> Claim | None:
    """Find the gold claim that a claim, read rightly, stands for: the same but for its words, which overlap."""
    places = {place for piece in found.evidence for place in range(piece.start, piece.end)}
    told = (found.document, found.kind, actors(found), found.status, found.dates)
    for one in claims():
        same = (one.document, one.kind, actors(one), one.status, one.dates) == told
        if same and any(places & set(range(piece.start, piece.end)) for piece in one.evidence):
            return one
    return None


def test_what_is_read_rightly_is_joined_rightly(read: pipeline.Harvest) -> None:
    gold_of = {one.id: stands_for.id for one in read.claims if (stands_for := counterpart(one))}
    document_of = {one.id: one.document for one in read.claims}
    agreements = graph.agreements(read.claims, read.documents)
    found = across(([one for one in agreement.claims if one in gold_of] for agreement in agreements), document_of)
    as_gold = {frozenset(gold_of[one] for one in pair) for pair in found}
    present = set(gold_of.values())
    wanted = {pair for pair in across(expected(), {one.id: one.document for one in claims()}) if pair <= present}
    assert len(wanted) >= 10
    assert told(as_gold - wanted, claims()) == []
    assert told(wanted - as_gold, claims()) == []
