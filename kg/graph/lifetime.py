"""How long an arrangement lasted, as far as its dates tell."""

from __future__ import annotations

from kg.graph.spans import Span, days
from kg.model import Agreement
from ontology import vocabulary

_OVER = ("suspended", "terminated")
_TOOK_PLACE = "completed"


def lifetime(agreement: Agreement) -> tuple[Span | None, Span | None]:
    """Give when an arrangement first bound its parties or took place, and when it stopped; None where unknown.

    It begins with the first date at which it was signed, ratified, in force or carried out, and ends where the last
    dated change suspends or terminates it. What was only proposed, negotiated or denied has no lifetime.
    """
    statuses = vocabulary().statuses
    dated = [(one.status, days(one.since)) for one in agreement.periods if one.since]
    begun = (span for status, span in dated if statuses[status].active or status == _TOOK_PLACE)
    over = dated[-1][1] if dated and dated[-1][0] in _OVER else None
    return next(begun, None), over
