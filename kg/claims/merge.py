"""From drafts to claims: mentions of one arrangement in one document become one record."""

from __future__ import annotations

from collections.abc import Iterable

from kg.claims.drafts import BARE_DEFENCE, RANKS, Draft
from kg.claims.speech import Witness, attributed

# What only a wish came to: elsewhere who proposed an arrangement is a party of it.
WISHED = frozenset({"proposed", "negotiating", "rejected", "denied"})
NEGATIVE = frozenset({"denied", "rejected"})


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """Merge the drafts of a document: those of one kind, with the same actors and organization, are one record.

    Mentions that contradict each other and different instruments stay apart. The furthest status wins; all evidence
    and all dates stay.
    """
    records: list[Draft] = []
    drafts = list(drafts)
    pacts = [d.scored for d in drafts if d.kind == "mutual-defense-pact"]
    for draft in drafts:
        vague = draft.kind == "alliance" and not draft.instrument
        if (BARE_DEFENCE in draft.rules or vague) and draft.scored in pacts:
            draft.kind = "mutual-defense-pact"
    witnesses: list[list[Witness]] = []
    for draft in drafts:
        witness = Witness(draft.status, draft.explicit, draft.heading, tuple(draft.sources))
        place = next((i for i, record in enumerate(records) if _same(record, draft)), len(records))
        if place == len(records):
            records.append(draft)
            witnesses.append([witness])
        else:
            _absorb(records[place], draft)
            witnesses[place].append(witness)
    for record, heard in zip(records, witnesses, strict=True):
        record.sources = attributed(record.status, heard)
        if record.status not in WISHED:
            record.parties = {a: "party" if role == "proposer" else role for a, role in record.parties.items()}
    return records


def _same(left: Draft, right: Draft) -> bool:
    if (left.kind, left.organization) != (right.kind, right.organization) or left.scored != right.scored:
        return False
    if left.name and right.name and left.name != right.name:
        return False
    if left.instrument and right.instrument and left.instrument != right.instrument:
        return False
    if left.kind == "arms-transfer" and left.parties != right.parties:
        return False
    return not _contradict(left, right) and not _different_dates(left, right)


def _contradict(left: Draft, right: Draft) -> bool:
    """Tell whether one affirms what the other denies; a wish or a rumour beside a refusal is no contradiction."""
    negative = {left.status, right.status} & NEGATIVE
    if not (left.explicit and right.explicit):
        return False
    if {left.status, right.status} & {"suspended", "terminated"} and "in-force" in (left.status, right.status):
        affirmed = left if left.status == "in-force" else right
        still = any("still" in rule or "force-adj" in rule for rule in affirmed.rules)
        return still and bool(left.sources and right.sources) and not set(left.sources) & set(right.sources)
    if not negative or left.status == right.status:
        return False
    if {left.status, right.status} == {"denied", "rejected"}:
        return False
    other = right if left.status in NEGATIVE else left
    return not (negative == {"rejected"} and other.status in ("proposed", "negotiating"))


def _different_dates(left: Draft, right: Draft) -> bool:
    keys = ("signed", "completed", "planned") if left.kind == "joint-exercise" else ("signed",)
    both = {"planned", "completed"}
    shared = both <= set(left.dates) or both <= set(right.dates)
    if left.kind == "joint-exercise" and both <= {*left.dates, *right.dates} and not shared:
        return True
    return any(
        key in left.dates and key in right.dates and not _compatible(left.dates[key], right.dates[key]) for key in keys
    )


def _compatible(left: str, right: str) -> bool:
    return left.startswith(right) or right.startswith(left)


def _content_beside_news(record: Draft, draft: Draft) -> bool:
    """Tell whether a draft only says what a treaty holds, beside the news that it was signed or ratified."""
    content = draft.rules[-1:] in (["bind says in-force"], ["content says in-force"])
    return (
        content and record.explicit and record.status in ("signed", "ratified") and draft.sentence - record.sentence < 2
    )


def _absorb(record: Draft, draft: Draft) -> None:
    further = RANKS[draft.status] > RANKS[record.status] and not _content_beside_news(record, draft)
    if (draft.explicit, further) == (True, True) or (draft.explicit and not record.explicit):
        record.status, record.certainty, record.explicit = draft.status, draft.certainty, draft.explicit
    for key, value in draft.dates.items():
        if len(value) > len(record.dates.get(key, "")):
            record.dates[key] = value
    for actor, role in draft.parties.items():
        if record.parties.get(actor, "party") == "party":
            record.parties[actor] = role
    record.provisions |= draft.provisions
    record.sectors |= draft.sectors
    record.sources += [s for s in draft.sources if s not in record.sources]
    record.spans += [s for s in draft.spans if s not in record.spans]
    record.rules += draft.rules
    record.cues += draft.cues
    record.name = record.name or draft.name
    record.instrument = record.instrument or draft.instrument
