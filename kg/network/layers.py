"""A layer of the network: the agreements of some kinds, at some statuses, on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from kg.graph.lifetime import stages
from kg.model import Agreement
from ontology import vocabulary


def layer(
    agreements: Iterable[Agreement],
    *,
    kinds: Collection[str] = (),
    statuses: Collection[str] = (),
    on: date | None = None,
) -> tuple[Agreement, ...]:
    """Choose agreements by kind and status; without kinds all, without statuses those that the parties have concluded.

    With `on`, the status is the one that each had on that day: the furthest that had begun for certain and had not
    given way to another. What is not dated has no place in such a layer.
    """
    wanted = set(statuses) or {name for name, status in vocabulary().statuses.items() if status.active}
    return tuple(
        one
        for one in agreements
        if (not kinds or one.kind in kinds) and (one.status if on is None else status_on(one, on)) in wanted
    )


def status_on(agreement: Agreement, day: date) -> str | None:
    """Give the status that an agreement had on a day; None where no date tells.

    >>> from kg.model import Party
    >>> made = Agreement(id="a", kind="transit", parties=(Party(actor="TUR"),), label_ar="أ", label_en="A",
    ...     status="in-force", certainty="certain", dates={"signed": "2024", "in-force": "2026-04"}, claims=("c-1",))
    >>> [status_on(made, date(*day)) for day in ((2024, 6, 1), (2025, 6, 1), (2026, 5, 1))]
    [None, 'signed', 'in-force']
    """
    begun = [one.status for one in stages(agreement) if one.since and one.since.latest <= day]
    return begun[-1] if begun else None
