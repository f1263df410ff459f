"""A build as things stood on a day: valid time, by the periods of its agreements."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.spans import days
from kg.model import Agreement, Build, StatusPeriod


def as_of(build: Build, day: str) -> Build:
    """Keep of a build what had begun by a day (ISO) for certain, each agreement at the status that it had then.

    What has no place in time is left out (`timeless` counts it), with its claims. What is kept has the events and the
    periods that had begun, and keeps all its claims, later ones too: they are why it is known.
    """
    kept = [found for one in build.agreements if (found := _then(one, day))]
    names = {one.id for one in kept}
    claims = {claim for one in kept for claim in one.claims}
    standing = (
        one.model_copy(update={"accession_to": one.accession_to if one.accession_to in names else None}) for one in kept
    )
    return build.model_copy(
        update={
            "agreements": tuple(standing),
            "claims": tuple(one for one in build.claims if one.id in claims),
            "disagreements": tuple(one for one in build.disagreements if set(one.agreements) <= names),
        }
    )


def timeless(agreements: Sequence[Agreement]) -> int:
    """Count the agreements none of whose periods has a place in time."""
    return sum(not any(period.held_from for period in one.periods) for one in agreements)


def _then(agreement: Agreement, day: str) -> Agreement | None:
    held = [period for period in agreement.periods if period.holds_on(day)]
    if not held:
        return None
    begun = [period for period in agreement.periods if period.held_from and period.held_from <= day]
    dates = {event: date for event, date in agreement.dates.items() if days(date).earliest.isoformat() <= day}
    now = {"status": held[-1].status, "dates": dates, "periods": (*begun[:-1], _open(begun[-1]))}
    return agreement.model_copy(update=now)


def _open(period: StatusPeriod) -> StatusPeriod:
    return period.model_copy(update={"until": None, "held_until": None})
