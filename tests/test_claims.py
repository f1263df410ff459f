"""Short texts and the claims that they make: one case for each construction, good and bad."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kg.claims import Extraction, extract
from kg.dates import earliest_reference
from kg.model import Claim, Document
from kg.repair import repair
from kg.text import Sentence, sentences

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases/claims.toml").read_text(encoding="utf-8"))[
    "case"
]
CERTAINTIES = ("certain", "probable", "possible")


@dataclass(frozen=True)
class Expected:
    """A record as a case writes it: `kind ACTOR[:role] … [@ORG] | status | key=value … | by SOURCE; SOURCE`.

    `dates`, `certainty` and `sources` are None where the case leaves them out: then they are not compared.
    """

    kind: str
    parties: tuple[tuple[str, str], ...]
    organization: str | None
    status: str
    dates: dict[str, str] | None = field(default=None, hash=False)
    certainty: str | None = None
    sources: tuple[str, ...] | None = None

    @classmethod
    def read(cls, line: str) -> Expected:
        head, status, *rest = line.split(" | ")
        kind, *words = head.split()
        organization = next((word[1:] for word in words if word.startswith("@")), None)
        parties = sorted((word + ":party").split(":")[:2] for word in words if not word.startswith("@"))
        facts = dict(word.split("=") for part in rest if not part.startswith("by ") for word in part.split())
        certainty = facts.pop("certainty", None)
        sources = next((tuple(sorted(part[3:].split("; "))) for part in rest if part.startswith("by ")), None)
        dates = {key: value for key, value in facts.items() if key != "dates"} if facts else None
        return cls(kind, tuple((a, r) for a, r in parties), organization, status, dates, certainty, sources)

    @property
    def key(self) -> tuple[Any, ...]:
        return self.kind, self.parties, self.organization, self.status

    @property
    def details(self) -> int:
        return sum(detail is not None for detail in (self.dates, self.certainty, self.sources))

    def fits(self, claim: Claim) -> bool:
        """Tell whether a claim is this record, as far as the record goes."""
        return (
            self.key == key(claim)
            and self.dates in (None, claim.dates)
            and self.certainty in (None, claim.certainty)
            and (self.sources is None or self.sources == tuple(sorted(claim.attributed_to)))
        )


def key(claim: Claim) -> tuple[Any, ...]:
    parties = tuple(sorted((party.actor, party.role) for party in claim.parties))
    return claim.kind, parties, claim.organization, claim.status


def written(claim: Claim) -> str:
    """Write a claim in the notation of the cases, with all that it says."""
    actors = [p.actor + ("" if p.role == "party" else f":{p.role}") for p in claim.parties]
    organization = [f"@{claim.organization}"] if claim.organization else []
    facts = [f"{name}={value}" for name, value in sorted(claim.dates.items())] or ["dates=none"]
    parts = [
        " ".join([claim.kind, *actors, *organization]),
        claim.status,
        " ".join([*facts, f"certainty={claim.certainty}"]),
    ]
    return " | ".join([*parts, *(["by " + "; ".join(claim.attributed_to)] if claim.attributed_to else [])])


def read(text: str, date: str | None) -> tuple[Extraction, tuple[Sentence, ...]]:
    """Take a text the way that a document goes, from repair to claims."""
    digest = sha256(text.encode()).hexdigest()
    document = Document(name="case.txt", path="case.txt", sha256=digest, raw=text, date=date)
    found = tuple(sentences(repair(text).text))
    return extract(document, found, earliest_reference(document, found)), found


def differences(expected: list[str], claims: tuple[Claim, ...]) -> tuple[list[str], list[str]]:
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


def numbered() -> Iterator[tuple[str, dict[str, Any]]]:
    counts: Counter[str] = Counter()
    for case in CASES:
        counts[case["group"]] += 1
        yield f"{case['group']}-{counts[case['group']]:02}", case


def params() -> Iterator[Any]:
    for name, case in numbered():
        marks = [pytest.mark.xfail(reason="not solved yet", strict=True)] if case.get("unsolved") else []
        yield pytest.param(case, id=name, marks=marks)


@pytest.mark.parametrize("case", list(params()))
def test_claims_of_a_text(case: dict[str, Any]) -> None:
    extraction, _ = read(case["text"], case.get("date"))
    missed, extra = differences(case["claims"], extraction.claims)
    assert (missed, extra) == ([], []), case["note"]
