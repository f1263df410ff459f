"""The nouns of the programme: frozen records, checked when made, without any input or output."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Certainty = Literal["certain", "probable", "possible"]
ActorId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]


class Record(BaseModel):
    """The base of every noun: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Record):
    """One source text and what is known about it.

    `name` is the file's base name, with the place in the file behind it where that holds several documents; `sha256`
    is the hash of the document's own bytes, `file_sha256` that of the file where the document is a part of it. `raw`
    is the text that all spans count in: the file decoded, or what was extracted from it, and then `text_sha256` is its
    hash as UTF-8. `date` is EDTF level 0 (`2026-01-20`, `2026-01`, `2026`) or None where it is not known. `origins`
    says where each of title, author, publisher, date, url and language comes from, `notes` what a reader should know
    about how the text was read. `pages` are the offsets in `raw` at which pages begin. `same_as` names the document
    whose text this one repeats: both are one witness.
    """

    name: str
    path: str
    part: str | None = None
    sha256: str
    file_sha256: str | None = None
    text_sha256: str | None = None
    encoding: str = "utf-8"
    raw: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    date_note: str | None = None
    url: str | None = None
    language: str = "ar"
    origins: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    same_as: str | None = None

    @property
    def text_file(self) -> str | None:
        """Name the file of a build that holds the extracted text, by its content; None where the source is the text."""
        return f"texts/{self.text_sha256}.txt" if self.text_sha256 else None


class DateSpan(Record):
    """A date as a text gives it: EDTF level 0, its earliest and latest day (ISO), the words, and their raw span.

    `relative` marks dates that follow from the document's own date. `edtf` is None where the words give bounds
    only or nothing to count from.
    """

    edtf: str | None
    earliest: str | None
    latest: str | None
    words: str
    start: int
    end: int
    relative: bool = False


class Evidence(Record):
    """A half-open span of the raw text, in code points, and exactly the words that stand there."""

    start: int = Field(ge=0)
    end: int
    quote: str

    @model_validator(mode="after")
    def _length_fits(self) -> Evidence:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"a quote of {len(self.quote)} characters cannot fill the span {self.start}:{self.end}")
        return self


class Party(Record):
    """An actor and the part it has in an arrangement."""

    actor: ActorId
    role: str = "party"


class Claim(Record):
    """What one document asserts about one arrangement (see README, «Claim records»).

    `rules` and `cues` tell how it was made: rule ids in the order in which they acted, and the Arabic words that
    set them off. `instrument` is the lexicon id of a named treaty, or None. `date_words` gives, for keys of `dates`,
    the words that say so. `order_confidence` is set where the order of the lines that hold the evidence was repaired
    and stays uncertain: how sure it is, 0 to 1. These five are for provenance and are not part of the record that
    `kg extract` prints.
    """

    document: str
    kind: str
    parties: tuple[Party, ...]
    organization: ActorId | None = None
    status: str
    dates: dict[str, str] = Field(default_factory=dict)
    provisions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    certainty: Certainty = "certain"
    attributed_to: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    instrument: str | None = None
    rules: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    date_words: dict[str, str] = Field(default_factory=dict)
    order_confidence: float | None = Field(default=None, ge=0, le=1)

    @property
    def id(self) -> str:
        """Name the claim by its content: `c-` and 12 hexadecimal digits, the same on every machine."""
        canonical = json.dumps(self.record(), ensure_ascii=False, sort_keys=True)
        return "c-" + hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def record(self) -> dict[str, Any]:
        """Give the claim as the plain record that `kg extract` prints, keys in their documented order."""
        return self.model_dump(mode="json", exclude={"rules", "cues", "instrument", "date_words", "order_confidence"})


class StatusPeriod(Record):
    """A stretch of time through which an arrangement had one status.

    `since` and `until` are the dates (EDTF) of the events that open and close it, None where they are not known or
    have not come. `held_from` is the first day (ISO) on which it had begun for certain: the last day that `since` can
    mean, or else the day on which a document first reports the status; `held_until` is the day on which the next
    period had begun for certain. The status held on a day D if `held_from` <= D < `held_until`.
    """

    status: str
    since: str | None = None
    until: str | None = None
    held_from: str | None = None
    held_until: str | None = None
    claims: tuple[str, ...] = Field(min_length=1)

    def holds_on(self, day: str) -> bool:
        """Tell whether the status held on a day (ISO); False where its beginning is not known.

        >>> StatusPeriod(status="signed", held_from="2024-09-30", claims=("c-1",)).holds_on("2025-01-01")
        True
        """
        return self.held_from is not None and self.held_from <= day < (self.held_until or "9999")


class Agreement(Record):
    """One arrangement, as the claims of one or several documents about it give it.

    `status` and `dates` are the furthest that its claims assert; `contested` is set where they contradict each
    other. `periods` are in the order of time, those without a date last. `accession_to` is the pact that a membership
    would join. `witnesses` counts the independent voices among its claims; `belief`, from 0 to 1, is how far they carry
    its status, given priors (see `kg.graph.witnesses`). `claims` are claim ids, sorted.
    """

    id: str
    kind: str
    parties: tuple[Party, ...]
    organization: ActorId | None = None
    label_ar: str
    label_en: str
    instrument: str | None = None
    status: str
    certainty: Certainty
    dates: dict[str, str] = Field(default_factory=dict)
    provisions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    contested: bool = False
    periods: tuple[StatusPeriod, ...] = ()
    accession_to: str | None = None
    witnesses: int = Field(default=1, ge=1)
    belief: float | None = None
    claims: tuple[str, ...] = Field(min_length=1)


class Disagreement(Record):
    """Claims that cannot all hold, and what is at issue between them."""

    id: str
    issue: Literal["status", "date", "parties", "kind"]
    agreements: tuple[str, ...]
    claims: tuple[str, ...] = Field(min_length=2)


Prior = Annotated[float, Field(gt=0, lt=1)]


class Priors(Record):
    """How reliable an analyst takes sources to be: the chance that what one says is so, by the name of the source.

    `default` is for all others; `certainty` weighs what a source says by how sure it is of it.
    """

    default: Prior = 0.5
    sources: dict[str, Prior] = Field(default_factory=dict)
    certainty: dict[Certainty, Annotated[float, Field(ge=0, le=1)]] = Field(
        default={"certain": 1.0, "probable": 0.7, "possible": 0.4}
    )

    @model_validator(mode="after")
    def _weights_are_whole(self) -> Priors:
        if len(self.certainty) < len(get_args(Certainty)):
            raise ValueError(f"certainty needs a weight for each of {', '.join(get_args(Certainty))}")
        return self


class Decision(Record):
    """What an analyst decided in `curation.toml`: by whom, when and why, and which claims it is about.

    A merge joins the agreements that hold its `claims`; a split takes its `claims` out into an agreement of their own;
    a rejection sets its `claims` aside; a correction sets one aside and `yields` another, with `change` made to it.
    `agreements` are the ids by which the analyst named them; `place` says where in the file `document` it stands.
    """

    action: Literal["merge", "split", "reject", "correct"]
    claims: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    change: dict[str, Any] = Field(default_factory=dict)
    yields: tuple[str, ...] = ()
    author: str
    date: str
    reason: str
    document: str
    place: str

    @property
    def id(self) -> str:
        """Name the decision by its content: `d-` and 12 hexadecimal digits."""
        content = json.dumps(self.model_dump(exclude={"place"}), ensure_ascii=False, sort_keys=True)
        return "d-" + hashlib.sha256(content.encode()).hexdigest()[:12]


class Skip(Record):
    """Something that was not used, and why: a file, a sentence, a mention."""

    document: str
    what: Literal["document", "sentence", "mention"]
    reason: str
    start: int | None = None
    end: int | None = None


class Run(Record):
    """One run of the programme: its version and, where the user gave it, the day on which it was recorded (ISO).

    There is no clock: without a day given, a run is known by its version alone.
    """

    version: str
    recorded: str | None = None

    @property
    def id(self) -> str:
        """Name the run: `alliance-kg-0.1.0`, with the day behind it where there is one."""
        return "-".join(filter(None, ("alliance-kg", self.version, self.recorded)))


class Build(Record):
    """All that a build yields, before it is written: what `kg.exports` writes and `kg.maps` draws."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    agreements: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]
    decisions: tuple[Decision, ...] = ()
    priors: Priors | None = None
    skips: tuple[Skip, ...] = ()
    run: Run
