"""The annotated documents are read no worse than this."""

import pytest
from seed_build import ROOT, seeds

from kg import pipeline
from kg.evaluate import evaluate, read_gold
from kg.model import Claim, Document

CORPUS = ROOT / "tests" / "corpus"


def development() -> tuple[tuple[Claim, ...], tuple[Document, ...]]:
    harvest = pipeline.extract([CORPUS / "dev" / "docs"])
    return harvest.claims, harvest.documents


@pytest.mark.parametrize(
    ("name", "precision", "f1"), [("seeds.gold.jsonl", 0.65, 0.55), ("dev/gold.jsonl", 0.75, 0.65)]
)
def test_precision_and_f1_stay_above_their_floors(name: str, precision: float, f1: float) -> None:
    claims, documents = development() if name.startswith("dev") else (seeds().claims, seeds().documents)
    texts = {document.name: document.raw for document in documents}
    scores = evaluate(claims, read_gold(CORPUS / name), texts=texts)
    assert scores["quotes"] == 1.0
    assert scores["strict"]["precision"] >= precision
    assert scores["strict"]["f1"] >= f1


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("seeds.gold.jsonl", "seeds"),
        ("dev/gold.jsonl", "tests/corpus/dev/docs"),
        ("further/gold.jsonl", "tests/corpus/further/docs"),
        ("fresh/gold.jsonl", "tests/corpus/fresh/docs"),
        ("dense/gold.jsonl", "tests/corpus/dense/docs"),
    ],
)
def test_the_annotations_quote_their_documents(name: str, folder: str) -> None:
    for claim in read_gold(CORPUS / name):
        raw = (ROOT / folder / claim.document).read_bytes().decode()
        assert [piece for piece in claim.evidence if raw[piece.start : piece.end] != piece.quote] == []
