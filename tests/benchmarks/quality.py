"""Prints the table of quality of the README: how well the annotated documents are read."""

from pathlib import Path

from kg import pipeline
from kg.evaluate import evaluate, read_gold

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT / "tests" / "corpus"
SETS = (
    ("seeds", CORPUS / "seeds.gold.jsonl", ROOT / "seeds"),
    ("development", CORPUS / "dev" / "gold.jsonl", CORPUS / "dev" / "docs"),
    ("further", CORPUS / "further" / "gold.jsonl", CORPUS / "further" / "docs"),
    ("fresh", CORPUS / "fresh" / "gold.jsonl", CORPUS / "fresh" / "docs"),
    ("dense", CORPUS / "dense" / "gold.jsonl", CORPUS / "dense" / "docs"),
)
SHARES = ("status", "roles", "dates", "certainty", "evidence", "quotes")


SHOWN = ("strict precision", "strict recall", "strict F1", "found F1", *SHARES, "sources F1")


def scores(gold: Path, docs: Path) -> tuple[str, ...]:
    """Measure one set of documents: how many they are, how many gold records they have, and the figures."""
    harvest = pipeline.extract([docs])
    texts = {document.name: document.raw for document in harvest.documents}
    scores = evaluate(harvest.claims, read_gold(gold), texts=texts)
    figures = [scores["strict"][figure] for figure in ("precision", "recall", "f1")]
    figures += [scores["found"]["f1"], *(scores[share] for share in SHARES), scores["attribution"]["f1"]]
    shown = ("–" if figure is None else f"{figure:.2f}" for figure in figures)
    return (str(len(texts)), str(scores["strict"]["gold"]), *shown)


def table() -> str:
    """Give the table as Markdown, one column a set of documents."""
    columns = [(name, *scores(gold, docs)) for name, gold, docs in SETS]
    rows = zip(("", "documents", "gold records", *SHOWN), *columns, strict=True)
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join([lines[0], "| --- |" + " ---: |" * len(SETS), *lines[1:]]) + "\n"


if __name__ == "__main__":
    print(table(), end="")
