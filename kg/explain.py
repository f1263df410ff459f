"""How a claim came about, in words: the sentence, what was seen in it, and the rules that acted, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import graph, sources
from kg.claims import Trace
from kg.graph import Literal
from kg.model import Agreement, Build, Claim, Decision, Evidence, StatusPeriod
from kg.pipeline import Found, Reading
from kg.queries import Result
from kg.store import Answer

TABLE_WORDS = 8


def found(found: Found) -> Iterator[str]:
    """Explain what a name leads to: the agreement, if it is one's, then each claim."""
    if found.agreement:
        yield from agreement(found.agreement, found.build)
    for one, reading in found.claims:
        yield from claim(one, reading)
        for decision in (decision for decision in found.build.decisions if one.id in decision.yields):
            yield from _decision(decision)


def agreement(agreement: Agreement, build: Build) -> Iterator[str]:
    """Explain an agreement: its periods, why its claims were joined, and what was kept apart from it, and why."""
    by_id = {one.id: one for one in build.claims}
    cluster = [by_id[one] for one in agreement.claims]
    yield f"{agreement.id}  {agreement.label_en}"
    yield f"  {agreement.label_ar}"
    yield f"  status      {agreement.status}, {agreement.certainty}" + (", contested" if agreement.contested else "")
    held = "" if agreement.belief is None else f", belief {agreement.belief}"
    yield f"  witnesses   {agreement.witnesses}{held}"
    yield from _row("periods", [_period(period) for period in agreement.periods], " → ")
    for one, why in graph.joins(cluster):
        yield f"  joined      {one.id}: {why}"
    for decision in (one for one in build.decisions if set(one.claims) & set(agreement.claims)):
        yield from _decision(decision)
    for disagreement in (one for one in build.disagreements if agreement.id in one.agreements):
        yield f"  at issue    {disagreement.issue}: {' '.join(disagreement.claims)}"
    yield from _row("accedes to", [agreement.accession_to] if agreement.accession_to else [])
    yield from _row("accessions", [one.id for one in build.agreements if one.accession_to == agreement.id], " ")
    for other in build.agreements:
        why_two = graph.apart(cluster, [by_id[one] for one in other.claims]) if other.id != agreement.id else None
        if why_two:
            yield f"  kept apart  {other.id}: {why_two}"
    yield ""


def _decision(decision: Decision) -> Iterator[str]:
    yield f"  {decision.action:<11} by {decision.author}, {decision.date}: {_one_line(decision.reason)}"


def _period(period: StatusPeriod) -> str:
    reported = f"reported {period.held_from}" if period.held_from else "undated"
    return f"{period.status} {period.since or reported}"


def claim(claim: Claim, reading: Reading | None = None) -> Iterator[str]:
    """Explain one claim, line by line; with the reading of its document, also what was seen in its sentences."""
    parties = " ".join(f"{party.actor}:{party.role}" for party in claim.parties)
    organization = f" in {claim.organization}" if claim.organization else ""
    yield f"{claim.id}  {claim.kind}: {parties}{organization}"
    yield f"  status      {claim.status}, {claim.certainty}"
    for event, date in claim.dates.items():
        words = claim.date_words.get(event)
        yield f"  {event:<11} {date}" + (f" «{words}»" if words else "")
    yield from _row("provisions", claim.provisions)
    yield from _row("sectors", claim.sectors)
    yield from _row("instrument", [claim.instrument] if claim.instrument else [])
    yield from _row("said by", claim.attributed_to)
    if claim.order_confidence is not None:
        yield f"  line order  uncertain, {claim.order_confidence:.2f}: lines of its evidence were put back in order"
    yield from _row("rules", claim.rules, " → ")
    yield from _row("cues", [f"«{cue}»" for cue in claim.cues], " ")
    for piece in claim.evidence:
        yield f"  {claim.document} {piece.start}:{piece.end}"
        yield f"    «{_one_line(piece.quote)}»"
        if reading and (address := sources.link(reading.document, piece)):
            yield f"    {'page':<9} {address}"
        for trace in _traces(reading, piece):
            yield from _seen(trace)


def document(reading: Reading) -> Iterator[str]:
    """Explain a whole document: what was repaired, then every sentence with what was seen in it, then its claims."""
    yield f"{reading.document.path}: {len(reading.sentences)} sentences, {len(reading.extraction.claims)} claims"
    for step in reading.steps:
        change = f"«{_one_line(step.before)}» → «{_one_line(step.after)}»"
        yield f"repaired {step.span[0]}:{step.span[1]} {step.what}: {change}"
    for trace in reading.extraction.trace:
        sentence = trace.sentence
        yield f"\n{sentence.start}:{sentence.end} «{_one_line(reading.document.raw[sentence.start : sentence.end])}»"
        yield from _seen(trace)
    for found in reading.extraction.claims:
        yield ""
        yield from claim(found)


def table(claims: Iterable[Claim]) -> str:
    """Lay claims out as a table for a terminal."""
    columns = ("document", "kind", "actors", "status", "dates", "certainty", "first words")
    rows = tuple(tuple(Literal(cell) for cell in _cells(claim)) for claim in claims)
    return Result(Answer(variables=columns, rows=rows)).text("table")


def _cells(claim: Claim) -> tuple[str, ...]:
    actors = [f"{party.actor}:{party.role}" for party in claim.parties]
    actors += [f"in {claim.organization}"] if claim.organization else []
    dates = " ".join(f"{event}={date}" for event, date in claim.dates.items())
    words = " ".join(claim.evidence[0].quote.split()[:TABLE_WORDS])
    return claim.document, claim.kind, " ".join(actors), claim.status, dates, claim.certainty, words


def _row(name: str, values: Iterable[str], between: str = ", ") -> Iterator[str]:
    line = between.join(values)
    if line:
        yield f"  {name:<11} {line}"


def _seen(trace: Trace) -> Iterator[str]:
    for name, seen in (("actors", trace.mentions), ("cues", trace.cues)):
        if seen:
            yield f"    {name:<9} {' · '.join(dict.fromkeys(seen))}"
    yield from (f"    {'draft':<9} {draft}" for draft in trace.drafts)
    yield from (f"    {'left out':<9} {passed}" for passed in trace.passed)


def _traces(reading: Reading | None, piece: Evidence) -> list[Trace]:
    traces = reading.extraction.trace if reading else ()
    return [one for one in traces if one.sentence.start < piece.end and piece.start < one.sentence.end]


def _one_line(text: str) -> str:
    return " ".join(text.split())
