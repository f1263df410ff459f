"""Explanations hold what the records hold, in words."""

from pathlib import Path

import pytest
from seed_build import at_root, seeds

from kg import explain, pipeline
from kg.pipeline import Reading


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Give the reading of a seed whose text is damaged."""
    with at_root():
        return pipeline.read(Path("seeds/004_990ae68f789d3059.txt"))


def test_a_claim_is_told_with_all_that_its_record_says() -> None:
    for claim in seeds().claims:
        told = "\n".join(explain.claim(claim))
        says = [claim.id, claim.kind, claim.status, claim.certainty, *claim.dates.values(), *claim.provisions]
        says += [*claim.sectors, *claim.attributed_to, *claim.rules, *claim.cues]
        says += [f"{party.actor}:{party.role}" for party in claim.parties]
        says += [" ".join(piece.quote.split()) for piece in claim.evidence]
        assert [one for one in says if one not in told] == []


def test_with_its_reading_a_claim_shows_what_was_seen_in_its_sentences(reading: Reading) -> None:
    claim = reading.extraction.claims[0]
    alone, told = list(explain.claim(claim)), list(explain.claim(claim, reading))
    more = [line.split()[0] for line in told if line not in alone]
    assert {"actors", "draft"} <= set(more) <= {"actors", "cues", "draft", "page"}


def test_a_document_is_told_whole(reading: Reading) -> None:
    told = list(explain.document(reading))
    places = [f"\n{trace.sentence.start}:{trace.sentence.end} «" for trace in reading.extraction.trace]
    assert [line[: line.index("«") + 1] for line in told if line.startswith("\n")] == places
    assert sum(line.startswith("repaired ") for line in told) == len(reading.steps) > 0
    assert all(any(line.startswith(claim.id) for line in told) for claim in reading.extraction.claims)


def test_a_table_has_a_row_for_each_claim() -> None:
    claims = seeds().claims
    assert explain.table(claims).endswith(f"({len(claims)} rows)\n")
    assert explain.table([]).endswith("(0 rows)\n")
