"""Reads a written build back, and holds it to the source files: their hashes and every quote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kg.errors import StoreError
from kg.model import Claim, Decision, Document, Priors, Run, Skip

CLAIMS, REPORT = "claims.jsonl", "report.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What the files of a build say: its documents (with an empty `raw`), claims, decisions, priors, skips and run."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    decisions: tuple[Decision, ...]
    priors: Priors | None
    skips: tuple[Skip, ...]
    run: Run


@dataclass(frozen=True, slots=True)
class Verification:
    """How many documents and quotes were looked at, and every difference that was found, in words."""

    documents: int
    quotes: int
    differences: tuple[str, ...]


def verify(directory: Path, sources: Path | None = None) -> Verification:
    """Compare a build with the files it was made from: whether they are unchanged, and every quote stands there.

    A source is looked for in the folder `sources`, or else where the report says, from the working directory or
    from the folder that holds the build. StoreError where `directory` holds no build.
    """
    written = reopen(directory)
    differences: list[str] = []
    texts: dict[str, str] = {}
    for document in written.documents:
        differences += _changes(document, directory, sources)
        if (raw := _stored(document, directory, sources)) is not None:
            texts[document.name] = raw
    for claim in written.claims:
        differences += _misquotes(claim, texts, {document.name for document in written.documents})
    quotes = sum(len(claim.evidence) for claim in written.claims)
    return Verification(len(written.documents), quotes, tuple(differences))


def reopen(directory: Path) -> Written:
    """Read the claims and the report of a build; StoreError says what is missing or malformed, and where."""
    report = _report(directory / REPORT)
    return Written(
        documents=tuple(_documents(directory / REPORT, report)),
        claims=tuple(_claims(directory / CLAIMS)),
        decisions=tuple(Decision.model_validate(one) for one in report.get("decisions", ())),
        priors=Priors.model_validate(report["priors"]) if report.get("priors") else None,
        skips=tuple(Skip.model_validate(skip) for skip in report["skips"]),
        run=Run(version=report["versions"]["alliance-kg"], recorded=report["recorded"]),
    )


def text(document: Document, directory: Path) -> str | None:
    """Give the text that the spans of a document count in; None where it is gone or has changed."""
    raw = _stored(document, directory, None)
    wanted = document.text_sha256 or document.sha256
    return raw if raw is not None and hashlib.sha256(raw.encode()).hexdigest() == wanted else None


def _stored(document: Document, directory: Path, sources: Path | None) -> str | None:
    """Read the text of a document as it stands now: from the build where it was extracted, else from the source."""
    file = document.text_file
    try:
        content = (directory / file if file else locate(document, directory, sources)).read_bytes()
    except OSError:
        return None
    return content.decode("utf-8", errors="replace")


def _changes(document: Document, directory: Path, sources: Path | None) -> Iterator[str]:
    """Tell whether the source of a document, or its extracted text, is another than that of the build, or gone."""
    try:
        with locate(document, directory, sources).open("rb") as source:
            if hashlib.file_digest(source, "sha256").hexdigest() != (document.file_sha256 or document.sha256):
                yield f"{document.path}: the source has changed since the build (its SHA-256 is another)"
    except OSError as error:
        yield f"{document.path}: the source cannot be read ({error.strerror}); name its folder"
    if document.text_file and text(document, directory) is None:
        yield f"{directory / document.text_file}: the text of {document.name} is gone or changed; build again"


def locate(document: Document, directory: Path, sources: Path | None = None) -> Path:
    """Give the place of a document's source: as the report says, from here or from the folder that holds the build."""
    if sources:
        return sources / Path(document.path).name
    places = [Path(document.path), directory.resolve().parent / document.path]
    return next((place for place in places if place.is_file()), places[0])


def _misquotes(claim: Claim, texts: Mapping[str, str], known: set[str]) -> Iterator[str]:
    place = f"{CLAIMS}, claim {claim.id}"
    if claim.document not in known:
        yield f"{place}: {claim.document} is not among the documents of {REPORT}"
    for piece in claim.evidence if claim.document in texts else ():
        there = texts[claim.document][piece.start : piece.end]
        if there != piece.quote:
            yield f"{place}: {claim.document} has «{there}» at {piece.start}:{piece.end}, not «{piece.quote}»"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StoreError(f"{path}: there is no build here; make one with: kg build PATH -o {path.parent}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read ({error})") from error


def _report(path: Path) -> dict[str, Any]:
    try:
        report = json.loads(_text(path))
        missing = {"documents", "recorded", "skips", "versions"} - report.keys()
    except (json.JSONDecodeError, AttributeError) as error:
        raise StoreError(f"{path}: not the report of a build ({error}); build again") from error
    if missing:
        raise StoreError(f"{path}: not the report of a build, it lacks {', '.join(sorted(missing))}; build again")
    return dict(report)


def _documents(path: Path, report: Mapping[str, Any]) -> Iterator[Document]:
    for row in report["documents"]:
        known = {key: value for key, value in row.items() if key in Document.model_fields}
        try:
            yield Document.model_validate(known | {"raw": ""})
        except ValidationError as error:
            raise StoreError(f"{path}: a document is malformed ({error.errors()[0]['msg']}); build again") from error


def _claims(path: Path) -> Iterator[Claim]:
    for number, line in enumerate(_text(path).removesuffix("\n").split("\n"), 1):
        if not line:
            continue
        try:
            row = json.loads(line)
            name = row.pop("id")
            claim = Claim.model_validate(row)
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise StoreError(f"{path}, line {number}: not a claim of a build ({error}); build again") from error
        if claim.id != name:
            raise StoreError(f"{path}, line {number}: the claim says other than its id {name}; build again")
        yield claim
