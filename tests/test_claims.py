"""Short texts and the claims that they make: a case for each construction of the language, and for what is no claim."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.claims import extract
from kg.dates import earliest_reference
from kg.model import Claim, Document
from kg.repair import repair
from kg.text import sentences
from ontology import vocabulary

Case = dict[str, Any]
FILES = sorted((Path(__file__).parent / "cases/claims").glob("*.toml"))
CASES: list[Case] = [case for file in FILES for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]


@dataclass(frozen=True)
class Expected:
    """A record as a case writes it: `kind ACTOR[:role] … [@ORG] | status | key=value … | by SOURCE; SOURCE`.

    `dates`, `certainty` and `sources` are None where the case leaves them out: then they are not compared.
    """

    kind: str
    parties: frozenset[tuple[str, str]]
    organization: str | None
    status: str
    dates: dict[str, str] | None
    certainty: str | None
    sources: frozenset[str] | None

    @classmethod
    def read(cls, line: str) -> Expected:
        head, status, *rest = line.split(" | ")
        kind, *words = head.split()
        actors = [word.partition(":") for word in words if not word.startswith("@")]
        facts = dict(word.split("=") for part in rest if not part.startswith("by ") for word in part.split())
        certainty = facts.pop("certainty", None)
        return cls(
            kind=kind,
            parties=frozenset((actor, role or "party") for actor, _, role in actors),
            organization=next((word[1:] for word in words if word.startswith("@")), None),
            status=status,
            dates={key: value for key, value in facts.items() if key != "dates"} if facts else None,
            certainty=certainty,
            sources=next((frozenset(part[3:].split("; ")) for part in rest if part.startswith("by ")), None),
        )

    @property
    def details(self) -> int:
        return sum(detail is not None for detail in (self.dates, self.certainty, self.sources))

    def fits(self, claim: Claim) -> bool:
        """Tell whether a claim is this record, as far as the record goes."""
        parties = frozenset((party.actor, party.role) for party in claim.parties)
        return (
            (self.kind, self.parties, self.organization, self.status)
            == (claim.kind, parties, claim.organization, claim.status)
            and self.dates in (None, claim.dates)
            and self.certainty in (None, claim.certainty)
            and self.sources in (None, frozenset(claim.attributed_to))
        )


def written(claim: Claim) -> str:
    """Write a claim in the notation of the cases, with all that it says."""
    actors = [p.actor + ("" if p.role == "party" else f":{p.role}") for p in claim.parties]
    organization = [f"@{claim.organization}"] if claim.organization else []
    dates = [f"{name}={value}" for name, value in sorted(claim.dates.items())] or ["dates=none"]
    sources = ["by " + "; ".join(claim.attributed_to)] if claim.attributed_to else []
    head = " ".join([claim.kind, *actors, *organization])
    return " | ".join([head, claim.status, " ".join([*dates, f"certainty={claim.certainty}"]), *sources])


def read(text: str, date: str | None = None) -> tuple[Claim, ...]:
    """Take a text the way that a document goes, from repair to claims."""
    digest = sha256(text.encode()).hexdigest()
    document = Document(name="case.txt", path="case.txt", sha256=digest, raw=text, date=date)
    found = sentences(repair(text).text)
    return extract(document, found, earliest_reference(document, found)).claims


def differences(expected: Sequence[str], claims: Sequence[Claim]) -> tuple[list[str], list[str]]:
    """Give the expected records that no claim fits, and the claims that fit none."""
    left = list(claims)
    missed = []
    for line in sorted(expected, key=lambda line: -Expected.read(line).details):
        fitting = next((claim for claim in left if Expected.read(line).fits(claim)), None)
        if fitting is None:
            missed.append(line)
        else:
            left.remove(fitting)
    return missed, [written(claim) for claim in left]


def numbered() -> Iterator[tuple[str, Case]]:
    counts: Counter[str] = Counter()
    for case in CASES:
        counts[case["group"]] += 1
        yield f"{case['group']}-{counts[case['group']]:02}", case


def marks(case: Case) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason="not solved yet", strict=True)] if case.get("unsolved") else []


@pytest.mark.parametrize("case", [pytest.param(case, id=name, marks=marks(case)) for name, case in numbered()])
def test_claims_of_a_text(case: Case) -> None:
    claims = read(case["text"], case.get("date"))
    assert differences(case["claims"], claims) == ([], []), case["note"]


EXPECTED = [Expected.read(line) for case in CASES for line in case["claims"]]


def test_the_cases_use_every_word_of_the_records_and_no_other() -> None:
    words = vocabulary()
    assert {record.kind for record in EXPECTED} == set(words.kinds)
    assert {record.status for record in EXPECTED} == set(words.statuses)
    assert {role for record in EXPECTED for _, role in record.parties} == set(words.roles)
    assert {record.certainty for record in EXPECTED} - {None} == set(words.certainties)


def test_no_text_stands_twice() -> None:
    assert [text for text, count in Counter(case["text"] for case in CASES).items() if count > 1] == []


def test_organizations_stand_in_memberships_only() -> None:
    assert {record.kind for record in EXPECTED if record.organization} == {"membership"}
    assert [record for record in EXPECTED if record.organization and record.organization in dict(record.parties)] == []


def test_evidence_is_what_stands_in_the_text() -> None:
    for case in CASES:
        for claim in read(case["text"], case.get("date")):
            assert all(case["text"][piece.start : piece.end] == piece.quote.strip() for piece in claim.evidence)


def test_a_text_yields_the_same_claims_each_time() -> None:
    texts = [case["text"] for case in CASES if case["claims"]]
    assert [read(text) for text in texts] == [read(text) for text in texts]


def test_a_claim_written_down_fits_itself() -> None:
    for case in CASES:
        claims = read(case["text"], case.get("date"))
        assert differences([written(claim) for claim in claims], claims) == ([], [])
