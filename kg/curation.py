"""Reads what an analyst puts beside documents: `curation.toml`, decisions on claims, and `priors.toml`, on sources."""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import CurationError
from kg.model import Decision, Document, Priors

FILE = "curation.toml"
PRIORS = "priors.toml"
_UNDETERMINED = "und"  # ISO 639-2: an analyst writes in any language

Text = Annotated[str, Field(min_length=1)]
Changeable = Literal[
    "kind", "parties", "organization", "status", "dates", "provisions", "sectors", "certainty", "attributed_to",
    "instrument",
]  # fmt: skip


class _Entry(BaseModel):
    """What every decision says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    author: Text
    date: datetime.date
    reason: Text


class _Merge(_Entry):
    agreements: tuple[Text, ...] = ()
    claims: tuple[Text, ...] = ()


class _Split(_Entry):
    claims: tuple[Text, ...] = Field(min_length=1)


class _Correct(_Entry):
    claim: Text
    change: dict[Changeable, Any] = Field(min_length=1)


_ENTRIES: dict[str, type[_Entry]] = {"merge": _Merge, "split": _Split, "reject": _Split, "correct": _Correct}


def read(paths: Sequence[Path]) -> tuple[Document | None, tuple[Decision, ...]]:
    """Read the curation of a corpus: the `curation.toml` in one of its folders, as a document, and its decisions.

    `paths` are those that documents are looked for at: folders, and files, whose folders count. Without a file there
    are no decisions. CurationError for two files, and for one that is malformed: it says which entry, and what is
    wrong with it.
    """
    file = _beside(paths, FILE)
    if file is None:
        return None, ()
    content = file.read_bytes()
    document = Document(
        name=FILE,
        path=file.as_posix(),
        sha256=hashlib.sha256(content).hexdigest(),
        raw=_text(file, content),
        language=_UNDETERMINED,
    )
    return document, tuple(_decisions(file, document.raw))


def priors(paths: Sequence[Path]) -> Priors | None:
    """Read how reliable sources are, from the `priors.toml` in one of the folders of a corpus; None without one.

    CurationError for two files, and for one that is malformed.
    """
    file = _beside(paths, PRIORS)
    if file is None:
        return None
    try:
        return Priors.model_validate(tomllib.loads(_text(file, file.read_bytes())))
    except tomllib.TOMLDecodeError as error:
        raise CurationError(f"{file}: not TOML ({error})") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "certainty"
        raise CurationError(
            f"{file}, key {key}: {first['msg']}; the keys are {', '.join(Priors.model_fields)}"
        ) from None


def _beside(paths: Sequence[Path], name: str) -> Path | None:
    folders = {path if path.is_dir() else path.parent for path in paths}
    there = (folder / name for folder in sorted(folders))
    files = list({file.resolve(): file for file in there if file.is_file()}.values())
    if len(files) > 1:
        raise CurationError(f"{files[1]}: {files[0]} is there too; a build has one {name}: join them in one file")
    return files[0] if files else None


def _text(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CurationError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _decisions(file: Path, text: str) -> Iterator[Decision]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CurationError(f"{file}: not TOML ({error})") from None
    for action, entries in tables.items():
        if action not in _ENTRIES or not isinstance(entries, list):
            raise CurationError(f"{file}: {action}: unknown; write [[{']], [['.join(_ENTRIES)}]]")
        for number, entry in enumerate(entries, 1):
            yield _decision(file, action, f"[[{action}]] {number}", entry)


def _decision(file: Path, action: str, place: str, entry: object) -> Decision:
    try:
        checked = _ENTRIES[action].model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        known = ", ".join(_ENTRIES[action].model_fields)
        raise CurationError(f"{file}, {place}, key {key}: {first['msg']}; the keys are {known}") from None
    if isinstance(checked, _Merge) and len(checked.agreements) + len(checked.claims) < 2:
        raise CurationError(f"{file}, {place}: fewer than two to merge; name two or more agreements or claims")
    said = checked.model_dump(mode="json")
    claims = [said.pop("claim")] if "claim" in said else said.pop("claims")
    return Decision.model_validate(said | {"claims": claims, "action": action, "document": FILE, "place": place})
