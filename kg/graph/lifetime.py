"""How long an arrangement lasted, as far as its dates tell."""

from __future__ import annotations

from typing import NamedTuple

from kg.graph.spans import Span, days
from kg.graph.words import date_place, status_of_date
from kg.model import Agreement
from ontology import vocabulary

_OVER = ("suspended", "terminated")
_TOOK_PLACE = "completed"


class Stage(NamedTuple):
    """A status, when it began and when the next one began; None where no text says."""

    status: str
    since: Span | None
    until: Span | None


def stages(agreement: Agreement) -> tuple[Stage, ...]:
    """Give the dated stages in the order of time, then the present status if no date tells of it.

    >>> from kg.model import Party
    >>> made = Agreement(id="a", kind="transit", parties=(Party(actor="TUR"),), label_ar="أ", label_en="A",
    ...     status="in-force", certainty="certain", dates={"signed": "2024-09", "in-force": "2026"}, claims=("c-1",))
    >>> [(stage.status, stage.since.earliest.isoformat()) for stage in stages(made)]
    [('signed', '2024-09-01'), ('in-force', '2026-01-01')]
    """
    events = [event for event in agreement.dates if status_of_date(event)]
    events.sort(key=lambda event: (days(agreement.dates[event]), date_place(event)))
    spans = [days(agreement.dates[event]) for event in events]
    names = [status_of_date(event) or "" for event in events]
    found = [Stage(*one) for one in zip(names, spans, [*spans[1:], None], strict=False)]
    undated = [] if agreement.status in names else [Stage(agreement.status, None, None)]
    return tuple(found + undated)


def lifetime(agreement: Agreement) -> tuple[Span | None, Span | None]:
    """Give when an arrangement first bound its parties or took place, and when it stopped; None where unknown.

    It begins with the first date at which it was signed, ratified, in force or carried out, and ends where the last
    dated change suspends or terminates it. What was only proposed, negotiated or denied has no lifetime.
    """
    statuses = vocabulary().statuses
    dated = [one for one in stages(agreement) if one.since]
    begun = [one.since for one in dated if statuses[one.status].active or one.status == _TOOK_PLACE]
    over = dated[-1].since if dated and dated[-1].status in _OVER else None
    return next(iter(begun), None), over
