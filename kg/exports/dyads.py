"""Dyad-years in the manner of the data sets of political science: ATOP, Correlates of War, DCAD.

The codes are derived by rule from what the claims say; the rules stand in the codebook that goes with each table. The
columns bear the names that users of those data sets know. Nothing here was coded by those projects.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from kg.exports.records import in_order
from kg.exports.tables import Column, Table, Value, codebook, csv_text, obligations
from kg.graph.lifetime import lifetime
from kg.graph.spans import days
from kg.lexicon import StateRow, load
from kg.model import Agreement, Build, Claim
from ontology import vocabulary

_BOOK = Path(__file__).with_name("dyads.toml")
_OUTSIDERS = frozenset({"opponent", "against", "prospective", "proposer", "observer"})
_OVER = frozenset({"suspended", "terminated"})
_ATOP = {"defense": "defense", "offense": "offense", "neutral": "neutrality", "nonagg": "nonaggression",
         "consul": "consultation"}  # fmt: skip
_COW = {"defense": "defense", "neutrality": "neutrality", "nonaggression": "nonaggression", "entente": "consultation"}


class Coding(NamedTuple):
    """A way to code dyad-years: what makes its variables 1, and what its codebook says."""

    title: str
    source: str
    nothing: str  # why an agreement that makes no variable 1 is left out
    variables: Mapping[str, str]


def _atop(agreement: Agreement) -> set[str]:
    promised = obligations(agreement.kind, agreement.provisions)
    found = {name for name, one in _ATOP.items() if one in promised}
    return found | {"atopally"} if found else found


def _cow(agreement: Agreement) -> set[str]:
    promised = obligations(agreement.kind, agreement.provisions)
    found = {name for name, one in _COW.items() if one in promised}
    if "defense" in found:
        return found | {"type1"}
    return found | {"type2" if found - {"entente"} else "type3"} if found else found


def _dcad(agreement: Agreement) -> set[str]:
    if len(_states(agreement)) != 2 or len(_insiders(agreement)) != 2:
        return set()
    if agreement.kind == "defense-industry":
        return {"dcaAny", "dcaSector"}
    if agreement.kind == "defense-cooperation":
        return {"dcaAny", "dcaSector" if len(agreement.sectors) == 1 else "dcaGeneral"}
    return set()


CODINGS: Mapping[str, Callable[[Agreement], set[str]]] = {"atop-like": _atop, "cow-like": _cow, "dcad-like": _dcad}


class Years(NamedTuple):
    """The years of an agreement; `ended` is False where no text tells of an end."""

    first: int
    last: int
    ended: bool


class _Tie(NamedTuple):
    """One agreement between two states, and the variables that it sets."""

    pair: tuple[str, str]
    agreement: Agreement
    years: Years
    values: Set[str]


def years(agreement: Agreement, claims: Iterable[Claim], published: Mapping[str, str]) -> Years | None:
    """Give the years that an agreement counts for; None where its beginning is not dated.

    `published` gives the dates (EDTF) of documents that have one.
    """
    began, ended = lifetime(agreement)
    if began is None:
        return None
    first = began.latest.year
    if ended:
        return Years(first, max(first, ended.earliest.year), ended=True)
    active = {name for name, one in vocabulary().statuses.items() if one.active}
    standing = {claim.document for claim in claims if claim.status in active}
    last = [days(published[name]).earliest.year for name in standing if name in published]
    return Years(first, max([first, *last]) if agreement.status not in _OVER else first, ended=False)


def files(build: Build, form: str) -> dict[str, str]:
    """Give the table of a coding, the memos of its cells, what was left out and why, and a codebook, by file name."""
    book = tomllib.loads(_BOOK.read_text(encoding="utf-8"))
    coding = Coding(**book[form])
    claims = {claim.id: claim for claim in build.claims}
    published = {one.name: one.date for one in build.documents if one.date}
    ties: list[_Tie] = []
    left_out: list[tuple[Value, ...]] = []
    for agreement in sorted(build.agreements, key=lambda one: one.id):
        held = years(agreement, (claims[one] for one in agreement.claims), published)
        values = CODINGS[form](agreement)
        if held is None or not _concluded(agreement) or not values or len(_states(agreement)) < 2:
            why = _why(agreement, held, values, coding)
            left_out.append((agreement.id, agreement.label_en, agreement.kind, agreement.status, why))
            continue
        ties += [_Tie(pair, agreement, held, values) for pair in combinations(_states(agreement), 2)]
    made = (_panel(form, coding, ties), _memos(form, coding, ties, claims), _left_out(form, left_out))
    rules = (f"**{name}.** {text.strip()}" for name, text in book["rules"].items())
    said = codebook(coding.title, made, coding.source.strip(), *rules)
    return {**{f"{table.name}.csv": csv_text(table) for table in made}, f"{form}-codebook.md": said}


def _concluded(agreement: Agreement) -> bool:
    return vocabulary().statuses[agreement.status].active or agreement.status in _OVER


def _why(agreement: Agreement, held: Years | None, values: Set[str], coding: Coding) -> str:
    if not _concluded(agreement):
        return f"its status is {agreement.status}"
    if not values:
        return coding.nothing
    if len(_states(agreement)) < 2:
        return "fewer than two of its parties are states"
    return "no text dates its beginning" if held is None else ""


def _insiders(agreement: Agreement) -> list[str]:
    return sorted({party.actor for party in agreement.parties if party.role not in _OUTSIDERS})


def _states(agreement: Agreement) -> list[str]:
    """Give the states that an agreement binds, those with smaller numbers in Correlates of War first."""
    states = (actor for actor in _insiders(agreement) if isinstance(load().actors.get(actor), StateRow))
    return sorted(states, key=_number)


def _panel(form: str, coding: Coding, ties: Iterable[_Tie]) -> Table:
    cells: dict[tuple[tuple[str, str], int], list[_Tie]] = defaultdict(list)
    for tie in ties:
        for year in range(tie.years.first, tie.years.last + 1):
            cells[tie.pair, year].append(tie)
    rows = [_panel_row(coding, *key, cells[key]) for key in sorted(cells, key=_place)]
    columns = [*_identity(), *(Column(name, "integer", said) for name, said in coding.variables.items()), *_about()]
    return Table(form, "two states in one year", tuple(columns), tuple(rows))


def _place(cell: tuple[tuple[str, str], int]) -> tuple[tuple[int, str], tuple[int, str], int]:
    (one, other), year = cell
    return _number(one), _number(other), year


def _number(state: str) -> tuple[int, str]:
    """Give what states are sorted by: the number in Correlates of War, those without one last."""
    row = load().actors[state]
    return (row.cow if isinstance(row, StateRow) and row.cow else 9999), state


def _panel_row(coding: Coding, pair: tuple[str, str], year: int, found: list[_Tie]) -> tuple[Value, ...]:
    values = {value for tie in found for value in tie.values}
    return (
        *_codes(pair), year, *(int(name in values) for name in coding.variables),
        int(all(len(_states(tie.agreement)) == 2 for tie in found)), len(found),
        int(any(not tie.years.ended and year == tie.years.last for tie in found)),
        int(any(tie.agreement.contested for tie in found)), tuple(sorted({tie.agreement.id for tie in found})),
    )  # fmt: skip


def _identity() -> Iterator[Column]:
    yield Column("dyad", "integer", "`ccode1` × 1000 + `ccode2`; empty where one of them is")
    for number in (1, 2):
        yield Column(f"ccode{number}", "integer", "number in Correlates of War")
        yield Column(f"gwcode{number}", "integer", "number with Gleditsch and Ward")
        yield Column(f"iso3_{number}", "text", "ISO 3166-1 alpha-3")
        yield Column(f"state{number}", "text", "name in English")
    yield Column("year", "integer", "the year")


def _about() -> Iterator[Column]:
    yield Column("bilateral", "integer", "1 where all agreements counted have two states only")
    yield Column("number", "integer", "how many agreements count")
    yield Column("right_censored", "integer", "1 in the last year of an agreement whose end is not told of")
    yield Column("contested", "integer", "1 where claims about one of them contradict each other")
    yield Column("agreements", "texts", "the ids of the agreements, as in the graph")


def _codes(pair: tuple[str, str]) -> Iterator[Value]:
    rows = [row for row in (load().actors[actor] for actor in pair) if isinstance(row, StateRow)]
    one, other = (row.cow for row in rows)
    yield one * 1000 + other if one and other else None
    for row in rows:
        yield from (row.cow, row.gw, row.id if row.iso2 and len(row.id) == 3 else None, row.en)


def _memos(form: str, coding: Coding, ties: Iterable[_Tie], claims: Mapping[str, Claim]) -> Table:
    rows: list[tuple[Value, ...]] = []
    for tie in ties:
        for variable in (name for name in coding.variables if name in tie.values):
            for claim in in_order(claims[one] for one in tie.agreement.claims):
                rows.extend(_memo(variable, tie, claim))
    return Table(f"{form}-memo", "one quote behind a cell, or behind the cells of several years", (
        Column("dyad", "integer", "as in the table"),
        Column("state1", "text", "as in the table"),
        Column("state2", "text", "as in the table"),
        Column("variable", "text", "the variable that is 1"),
        Column("from_year", "integer", "the first year for which that holds by this agreement"),
        Column("to_year", "integer", "the last one"),
        Column("agreement", "text", "the agreement that makes it so"),
        Column("claim", "text", "a claim about that agreement"),
        Column("asserts", "text", "the status that the claim asserts, and how certain that is"),
        Column("document", "text", "the document that makes the claim"),
        Column("start", "integer", "where the quote begins, in characters of the file"),
        Column("quote", "text", "the words"),
    ), tuple(rows))  # fmt: skip


def _memo(variable: str, tie: _Tie, claim: Claim) -> Iterator[tuple[Value, ...]]:
    dyad, *_ = _codes(tie.pair)
    names = (load().label(state)[1] for state in tie.pair)
    cells = (dyad, *names, variable, tie.years.first, tie.years.last, tie.agreement.id)
    asserts = f"{claim.status}, {claim.certainty}"
    for piece in claim.evidence:
        yield (*cells, claim.id, asserts, claim.document, piece.start, piece.quote)


def _left_out(form: str, rows: Iterable[tuple[Value, ...]]) -> Table:
    return Table(f"{form}-left-out", "an agreement that the table does not count", (
        Column("agreement", "text", "its id in the graph"),
        Column("label_en", "text", "what it is and between whom"),
        Column("kind", "text", "its kind"),
        Column("status", "text", "the furthest status that its claims assert"),
        Column("reason", "text", "why it is left out"),
    ), tuple(rows))  # fmt: skip
