"""Claims: what a document asserts about arrangements between actors, read sentence by sentence.

Each sentence is made ready (`reading`), the frames of each family propose drafts (`instruments`, `pacts`, `bases`,
`memberships`, `events`, `arms`, `passages`, `accesses`), a side that is not named is found (`completion`), the source
too (`speech`), and the drafts of the document are merged (`merge`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.claims import accesses, arms, bases, events, instruments, memberships, pacts, passages
from kg.claims.completion import complete
from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.kinds import SINGLE_PARTY_OK
from kg.claims.merge import merged
from kg.claims.parties import is_organization
from kg.claims.reading import Reading
from kg.claims.speech import Attribution, contradicted, sources_of
from kg.errors import ClaimError
from kg.model import Claim, Document, Evidence, Party, Skip
from kg.text import Sentence

__all__ = ["Extraction", "Trace", "extract"]
# Tokens of a sentence that is read; the longest of the annotated documents has 70. What is not read is a skip.
LONGEST = 300
FRAMES = (
    bases.frames, instruments.frames, memberships.frames,
    pacts.guarantees, pacts.cooperation, pacts.advisers, pacts.missions,
    events.exercises, arms.arms, events.neutrality,
    passages.transit, accesses.production, accesses.aid, accesses.visits,
)  # fmt: skip


@dataclass(frozen=True)
class Trace:
    """What acted on one sentence, for `kg explain`: mentions, cues, drafts, and what was passed over, in words."""

    sentence: Sentence
    mentions: tuple[str, ...]
    cues: tuple[str, ...]
    drafts: tuple[str, ...]
    passed: tuple[str, ...]


@dataclass(frozen=True)
class Extraction:
    """The claims of a document, what was left out and why, and a trace for each sentence."""

    claims: tuple[Claim, ...]
    skips: tuple[Skip, ...]
    trace: tuple[Trace, ...]


def extract(document: Document, sentences: Sequence[Sentence], reference: str | None) -> Extraction:
    """Read the claims of a document; `reference` is the EDTF date from which relative dates count, or None.

    A sentence of more than `LONGEST` tokens is text without full stops, and skipped: reading it would take long.
    """
    discourse = Discourse.open(document.raw, reference, sentences)
    attribution = Attribution(home=discourse.home)
    drafts: list[Draft] = []
    trace: list[Trace] = []
    skips: list[Skip] = []
    for sentence in sentences:
        if len(sentence.tokens) > LONGEST:
            skips.append(_too_long(document, sentence))
            continue
        reading = discourse.read(sentence)
        found = list(_of_sentence(reading, discourse, attribution))
        drafts.extend(found)
        trace.append(_trace(reading, found, discourse))
        discourse.note(reading)
    claims = tuple(_claim(document, draft) for draft in merged(drafts))
    return Extraction(claims, tuple(skips), tuple(trace))


def _too_long(document: Document, sentence: Sentence) -> Skip:
    reason = f"a sentence of more than {LONGEST} words and marks is not read; end its sentences with full stops"
    return Skip(document=document.name, what="sentence", reason=reason, start=sentence.start, end=sentence.end)


def _of_sentence(reading: Reading, discourse: Discourse, attribution: Attribution) -> Iterator[Draft]:
    said = attribution.read(reading)
    discourse.speaker_state = attribution.state
    _set_topic(reading, discourse)
    if reading.sentence.kind == "heading":
        parties = instruments.heading_parties(reading) if discourse.pending else ()
        if discourse.pending and parties:
            discourse.pending.parties = dict.fromkeys(parties, "party")
            draft = discourse.pending.again(
                sentence=reading.sentence.index, spans=list(discourse.pending.spans), explicit=False
            )
            discourse.recent.append(draft)
            yield draft
        else:
            discourse.pending = instruments.heading(reading)
    if reading.tokens and reading.norm(len(reading.tokens) - 1) in ("؟", "?"):
        return
    denier = contradicted(reading)
    for frame in FRAMES:
        for draft in frame(reading, discourse):
            complete(draft, reading, discourse)
            if not _usable(draft):
                discourse.pass_over(draft.at, draft.at + 1, f"{draft.kind} without enough actors: {_named(draft)}")
                continue
            draft.sentence, draft.heading = reading.sentence.index, reading.sentence.kind == "heading"
            draft.spans.append((reading.sentence.start, reading.sentence.end))
            draft.sources += [s for s in sources_of(said, draft) if not denier or s != denier]
            discourse.recent.append(draft)
            yield draft
            if denier and draft.status not in ("denied", "rejected"):
                yield draft.again(status="denied", sources=[denier], spans=list(draft.spans), sentence=draft.sentence,
                                  rules=["denied by another source"], sectors=set(draft.sectors))  # fmt: skip


def _named(draft: Draft) -> str:
    return " ".join(draft.sides) or "none"


def _usable(draft: Draft) -> bool:
    actors = draft.scored
    if draft.kind in ("membership", "neutrality"):
        return bool(actors)
    if len(actors) >= 2:
        return True
    if draft.kind == "mutual-defense-pact" and set(draft.parties.values()) == {"proposer"}:
        return True
    return len(actors) == 1 and draft.kind in SINGLE_PARTY_OK and is_organization(next(iter(actors)))


def _set_topic(reading: Reading, discourse: Discourse) -> None:
    """Note whom the next lines are about, where a heading is only actors or a line opens with them and a colon."""
    tokens = reading.tokens
    if reading.sentence.kind == "heading" and len(tokens) <= 6:
        actors = tuple(dict.fromkeys(a for g in reading.groups for a in g.actors))
        covered = sum(g.last - g.first for g in reading.groups)
        discourse.topic = actors if covered >= len(tokens) - 2 else ()
        return
    if discourse.topic_of is not None and reading.sentence.paragraph != discourse.topic_of:
        discourse.topic, discourse.topic_of = (), None
    colon = next((i for i in range(1, min(9, len(tokens))) if tokens[i].norm == ":"), None)
    if colon is not None:
        head = [g for g in reading.groups if g.last <= colon]
        if head and head[-1].last >= colon - 1:
            discourse.topic = tuple(dict.fromkeys(a for g in head for a in g.actors))
            discourse.topic_of = None if reading.sentence.kind == "heading" else reading.sentence.paragraph


def _trace(reading: Reading, drafts: Sequence[Draft], discourse: Discourse) -> Trace:
    return Trace(
        reading.sentence,
        tuple(
            f"{reading.words(m.first, m.last)} → {' '.join(m.actors) or m.target} ({m.via})" for m in reading.mentions
        ),
        tuple(f"{reading.words(c.first, c.last)} → {c.cue}" for c in reading.cues),
        tuple(
            f"{d.kind} {' '.join(f'{a}:{r}' for a, r in d.parties.items())} {d.status} ← {'; '.join(d.rules)}"
            for d in drafts
        ),
        tuple(f"«{reading.words(first, last)}»: {reason}" for first, last, reason in discourse.passed),
    )


def _claim(document: Document, draft: Draft) -> Claim:
    evidence = tuple(
        Evidence(start=start, end=end, quote=document.raw[start:end]) for start, end in sorted(set(draft.spans))
    )
    for piece in evidence:
        if document.raw[piece.start : piece.end] != piece.quote:
            raise ClaimError(f"{document.name}: {piece.start}:{piece.end}: the quote is not what stands there")
    return Claim(
        document=document.name,
        kind=draft.kind,
        parties=tuple(Party(actor=actor, role=role) for actor, role in draft.parties.items()),
        organization=draft.organization,
        status=draft.status,
        dates=dict(sorted(draft.dates.items())),
        provisions=tuple(sorted(draft.provisions)),
        sectors=tuple(sorted(draft.sectors)),
        certainty=draft.certainty,  # type: ignore[arg-type]
        attributed_to=tuple(draft.sources),
        evidence=evidence,
        instrument=draft.instrument,
        rules=tuple(dict.fromkeys(draft.rules)),
        cues=tuple(dict.fromkeys(draft.cues)),
    )
