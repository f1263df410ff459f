"""A layer of the network: the agreements of some kinds, at some statuses, on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

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

    With `on`, the status is the one that each had on that day (see `kg.model.StatusPeriod`); what has no date has no
    place in such a layer.
    """
    wanted = set(statuses) or {name for name, status in vocabulary().statuses.items() if status.active}
    return tuple(one for one in agreements if (not kinds or one.kind in kinds) and _status(one, on) in wanted)


def _status(agreement: Agreement, on: date | None) -> str | None:
    if on is None:
        return agreement.status
    held = [period.status for period in agreement.periods if period.holds_on(on.isoformat())]
    return held[-1] if held else None
