"""Prints the table of quality of the README: how well the annotated documents are read."""

from pathlib import Path

from kg import pipeline
from kg.evaluate import evaluate, read_gold

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT / "tests" / "corpus"
SETS = (
    ("seeds", CORPUS / "seeds.gold.jsonl", ROOT / "seeds"),
    ("development", CORPUS / "dev" / "gold.jsonl", CORPUS / "dev" / "docs"),
)
SHARES = ("status", "roles", "dates", "certainty", "evidence", "quotes")


def row(name: str, gold: Path, docs: Path) -> list[str]:
    """Measure one set of documents."""
    harvest = pipeline.extract([docs])
    texts = {document.name: document.raw for document in harvest.documents}
    scores = evaluate(harvest.claims, read_gold(gold), texts=texts)
    strict = [f"{scores['strict'][figure]:.2f}" for figure in ("precision", "recall", "f1")]
    shares = ["–" if scores[key] is None else f"{scores[key]:.2f}" for key in SHARES]
    found, attribution = f"{scores['found']['f1']:.2f}", f"{scores['attribution']['f1']:.2f}"
    return [name, str(len(texts)), str(scores["strict"]["gold"]), *strict, found, *shares, attribution]


HEAD = ["documents", "number", "gold records", "strict precision", "strict recall", "strict F1", "found F1"]
HEAD += [*SHARES, "sources F1"]

if __name__ == "__main__":
    for cells in (HEAD, ["---"] * len(HEAD), *(row(*one) for one in SETS)):
        print("| " + " | ".join(cells) + " |")
