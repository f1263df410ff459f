"""Where claims cannot all hold: on one agreement, or on two that may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from kg.graph.clusters import Cluster
from kg.graph.periods import ends, one_event
from kg.graph.rivalry import TREATIES, contradict, insider
from kg.graph.spans import days
from kg.model import Agreement, Claim, Disagreement

_DAY = len("2024-09-11")


def disagreements(claims: Sequence[Claim], agreements: Sequence[Agreement]) -> tuple[Disagreement, ...]:
    """Find the claims that cannot all hold, and what is at issue between them.

    Claims on one agreement differ in its status, its parties, its kind or the day of one event. Two agreements that
    were signed on one day, and that differ in their kind alone or in some of their parties alone, may be one that two
    documents tell of differently: they stay two, and are linked.
    """
    by_id = {claim.id: claim for claim in claims}
    found: list[Disagreement] = []
    for agreement in agreements:
        cluster = [by_id[one] for one in agreement.claims]
        found.extend(_within(agreement.id, cluster))
    found.extend(_between(agreements, by_id))
    return tuple(sorted(found, key=lambda one: one.id))


def rivals(cluster: Cluster) -> set[str]:
    """Name the claims whose status another one contradicts.

    One document gives two records of one arrangement only where its sources differ: there any two statuses do.
    """
    statuses = {claim.status for claim in cluster}
    in_document: dict[str, set[str]] = defaultdict(set)
    for claim in cluster:
        in_document[claim.document].add(claim.status)
    return {
        claim.id
        for claim in cluster
        if len(in_document[claim.document]) > 1 or any(contradict(claim.status, other) for other in statuses)
    }


def _within(agreement: str, cluster: Cluster) -> Iterator[Disagreement]:
    if found := rivals(cluster):
        yield _disagreement(f"status-{agreement}", "status", (agreement,), found)
    if len({claim.kind for claim in cluster}) > 1:
        yield _disagreement(f"kind-{agreement}", "kind", (agreement,), {claim.id for claim in cluster})
    if found := _rival_parties(cluster):
        yield _disagreement(f"parties-{agreement}", "parties", (agreement,), found)
    for event in sorted({event for claim in cluster for event in claim.dates}):
        if found := _rival_dates(cluster, event):
            yield _disagreement(f"date-{event}-{agreement}", "date", (agreement,), found)


def _rival_parties(cluster: Cluster) -> set[str]:
    """Name the claims that give other actors than another one does; to name only some of them is no contradiction."""
    actors = {claim.id: {party.actor for party in claim.parties if insider(party.role)} for claim in cluster}
    return {
        name for name, one in actors.items() if any(not one <= other and not other <= one for other in actors.values())
    }


def _rival_dates(cluster: Cluster, event: str) -> set[str]:
    """Name the claims that date one event differently; what came again after an end is another event."""
    dates = {claim.id: claim.dates[event] for claim in cluster if event in claim.dates}
    over = ends(cluster)
    return {
        name
        for name, one in dates.items()
        if any(days(one).gap(days(other)) and one_event(one, other, over) for other in dates.values())
    }


def _disagreement(name: str, issue: str, agreements: tuple[str, ...], claims: set[str]) -> Disagreement:
    return Disagreement.model_validate(
        {"id": name, "issue": issue, "agreements": agreements, "claims": tuple(sorted(claims))}
    )


def _between(agreements: Sequence[Agreement], claims: Mapping[str, Claim]) -> Iterator[Disagreement]:
    """Link treaties that were signed on one day by different accounts of their kind or their parties."""
    by_day: dict[str, list[Agreement]] = defaultdict(list)
    for one in agreements:
        signed = one.dates.get("signed", "")
        if len(signed) == _DAY and one.kind in TREATIES:
            by_day[signed].append(one)
    for group in by_day.values():
        for one, other in combinations(sorted(group, key=lambda it: it.id), 2):
            if (issue := _at_issue(one, other)) and not _in_one_document(one, other, claims):
                both = {*one.claims, *other.claims}
                yield _disagreement(f"{issue}-{one.id}-{other.id}", issue, (one.id, other.id), both)


def _at_issue(one: Agreement, other: Agreement) -> str | None:
    """Name what two treaties of one day differ in, if it is one thing; two names are two treaties."""
    if one.instrument and other.instrument:
        return None
    first, second = ({party.actor for party in it.parties if insider(party.role)} for it in (one, other))
    if first == second:
        return "kind" if one.kind != other.kind else None
    shared = len(first & second) >= 2  # two at least, for many a state signs with several on one day
    return "parties" if shared and one.kind == other.kind else None


def _in_one_document(one: Agreement, other: Agreement, claims: Mapping[str, Claim]) -> bool:
    first, second = ({claims[name].document for name in it.claims} for it in (one, other))
    return bool(first & second)
