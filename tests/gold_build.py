"""Builds from the annotated documents of tests/corpus, and small claims for tests."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg import graph
from kg.graph import Quad
from kg.model import Build, Claim, Document, Evidence, Party, Run

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus"


def document(path: Path, known: Mapping[str, Any] | None = None) -> Document:
    content = path.read_bytes()
    about = {key: (known or {}).get(key) for key in ("title", "date", "publisher", "url")}
    return Document(
        name=path.name,
        path=f"docs/{path.name}",
        sha256=hashlib.sha256(content).hexdigest(),
        raw=content.decode(),
        **about,
    )


def made(documents: Sequence[Document], claims: Sequence[Claim]) -> Build:
    agreements = graph.agreements(claims, documents)
    return Build(
        documents=tuple(documents),
        claims=tuple(claims),
        agreements=agreements,
        disagreements=graph.disagreements(claims, agreements),
        run=Run(version="0.0.0"),
    )


def claims_in(path: Path) -> list[Claim]:
    return [Claim.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def gold() -> Build:
    """The seeds and the development documents with their gold claims."""
    known = [json.loads(line) for line in (CORPUS / "dev" / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    by_name = {one["document"]: one for one in known}
    files = [*(ROOT / "seeds").glob("*.txt"), *(CORPUS / "dev" / "docs").glob("*.txt")]
    documents = [document(path, by_name.get(path.name)) for path in sorted(files)]
    return made(documents, claims_in(CORPUS / "seeds.gold.jsonl") + claims_in(CORPUS / "dev" / "gold.jsonl"))


def part_of_gold(*names: str) -> Build:
    """The build of those documents whose names begin so."""
    documents = [one for one in gold().documents if one.name.startswith(names)]
    known = {one.name for one in documents}
    return made(documents, [one for one in gold().claims if one.document in known])


def quads_of(build: Build) -> list[Quad]:
    return list(graph.quads(build.documents, build.claims, build.agreements, build.disagreements, build.run))


def claim(number: int, *, document: str, kind: str, actors: str, **more: Any) -> Claim:
    """A claim from `TUR:operator SOM:host`; its number keeps its evidence, and so its id, apart from others'."""
    parties = [
        Party(actor=actor, role=role or "party") for actor, _, role in (one.partition(":") for one in actors.split())
    ]
    evidence = (Evidence(start=number, end=number + 1, quote="x"),)
    return Claim(document=document, kind=kind, parties=tuple(parties), evidence=evidence, **more)
