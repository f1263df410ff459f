"""Which claims belong to one arrangement, conservatively, and in the same way whatever their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.graph.rivalry import Bond, Key, Tie, key, lasting, one_treaty, tie
from kg.model import Claim

Cluster = list[Claim]


def clusters(claims: Sequence[Claim]) -> list[Cluster]:
    """Part claims into arrangements.

    Claims belong together when kind, actors (without opponents and targets) and organization are the same and
    neither instrument, dates nor the document itself tell them apart; or when they name the same treaty.
    """
    by_key: dict[Key, Cluster] = defaultdict(list)
    for claim in sorted(claims, key=place):
        by_key[key(claim)].append(claim)
    alike = [cluster for group in by_key.values() for cluster in _parted(group)]
    return _joined(alike)


def place(claim: Claim) -> tuple[str, int, str]:
    """Give where a claim stands, for sorting."""
    return claim.document, min(evidence.start for evidence in claim.evidence), claim.id


def joins(cluster: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    """Say of each claim of an arrangement but the first why it belongs to those before it."""
    told: Cluster = []
    for claim in sorted(cluster, key=_anchored_first):
        if told:
            yield claim, _best(claim, told).why
        told.append(claim)


def apart(cluster: Sequence[Claim], other: Sequence[Claim]) -> str | None:
    """Say why two arrangements with the same kind and actors are two; None where kind or actors tell them apart."""
    if key(cluster[0]) != key(other[0]):
        return None
    ties = [tie(one, two) for one in cluster for two in other]
    return next((found.why for found in ties if found.bond is Bond.APART), "it is open which of several is meant")


def _best(claim: Claim, others: Cluster) -> Tie:
    alike = [tie(claim, other) for other in others if key(other) == key(claim)]
    by_name = one_treaty([claim], others)
    ties = sorted((one for one in (*alike, by_name) if one), key=lambda one: (one.bond is not Bond.TIED, one.why))
    return ties[0] if ties else Tie(Bond.TIED, "the curation joins them")


def _anchored_first(claim: Claim) -> tuple[bool, bool, tuple[str, int, str]]:
    return not claim.instrument, not claim.dates, place(claim)


def _parted(group: Cluster) -> list[Cluster]:
    """Part claims with one key into arrangements: those with a name or a date first, then the rest join them."""
    if lasting(group[0]):
        return [group]
    found: list[Cluster] = []
    for claim in sorted(group, key=_anchored_first):
        home = _home(claim, found)
        if home is None:
            found.append([claim])
        else:
            home.append(claim)
    return found


def _home(claim: Claim, clusters: list[Cluster]) -> Cluster | None:
    """Find the one arrangement that a claim belongs to; None where there is none or more than one."""
    bonds = [(cluster, {tie(claim, member).bond for member in cluster}) for cluster in clusters]
    possible = [(cluster, found) for cluster, found in bonds if Bond.APART not in found]
    tied = [cluster for cluster, found in possible if Bond.TIED in found]
    if tied:
        return tied[0]
    candidates = [cluster for cluster, _ in possible]
    alike = [cluster for cluster in candidates if any(member.status == claim.status for member in cluster)]
    bare = [cluster for cluster in candidates if not any(member.dates or member.instrument for member in cluster)]
    return next((found[0] for found in (candidates, alike, bare) if len(found) == 1), None)


def _joined(clusters: list[Cluster]) -> list[Cluster]:
    """Join what names one treaty, where it is one treaty and no more that is meant."""
    found: list[Cluster] = []
    by_name: dict[str | None, list[Cluster]] = defaultdict(list)
    for cluster in sorted(clusters, key=lambda one: place(one[0])):
        name = max((claim.instrument for claim in cluster if claim.instrument), default=None)
        homes = [home for home in by_name[name] if one_treaty(home, cluster)] if name else []
        if len(homes) == 1:
            homes[0].extend(cluster)
            continue
        found.append(cluster)
        by_name[name].append(cluster)
    return found
