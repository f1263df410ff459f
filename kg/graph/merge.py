"""Claims of many documents become agreements, conservatively, and in the same way whatever their order."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.graph.labels import labels, slug
from kg.graph.rivalry import Bond, Key, bond, contradict, insider, key, lasting
from kg.graph.spans import days
from kg.graph.words import date_place, is_negative, rank
from kg.model import Agreement, Certainty, Claim, Disagreement, Party

_SURE: tuple[Certainty, ...] = ("possible", "probable", "certain")

Cluster = list[Claim]


def agreements(claims: Sequence[Claim]) -> tuple[Agreement, ...]:
    """Merge claims about one arrangement into one agreement; sorted by id.

    Claims belong together when kind, actors (without opponents and targets) and organization are the same and
    neither instrument, dates nor the document itself tell them apart (see `kg.graph.rivalry`).
    """
    by_key: dict[Key, Cluster] = defaultdict(list)
    for claim in sorted(claims, key=_place):
        by_key[key(claim)].append(claim)
    clusters = [cluster for group in by_key.values() for cluster in _clusters(group)]
    drafts = [_agreement(cluster) for cluster in clusters]
    return tuple(sorted(_told_apart(drafts), key=lambda one: one.id))


def disagreements(claims: Sequence[Claim], agreements: Sequence[Agreement]) -> tuple[Disagreement, ...]:
    """Find the claims on one agreement that cannot all hold: of its status, or of the day of one event."""
    by_id = {claim.id: claim for claim in claims}
    found: list[Disagreement] = []
    for agreement in agreements:
        cluster = [by_id[one] for one in agreement.claims]
        found.extend(_disagreements(agreement.id, cluster))
    return tuple(sorted(found, key=lambda one: one.id))


def _place(claim: Claim) -> tuple[str, int, str]:
    return claim.document, min(evidence.start for evidence in claim.evidence), claim.id


def _clusters(group: Cluster) -> list[Cluster]:
    """Part claims with one key into arrangements: those with a name or a date first, then the rest join them."""
    if lasting(group[0]):
        return [group]
    clusters: list[Cluster] = []
    for claim in sorted(group, key=lambda one: (not one.instrument, not one.dates, _place(one))):
        home = _home(claim, clusters)
        if home is None:
            clusters.append([claim])
        else:
            home.append(claim)
    return clusters


def _home(claim: Claim, clusters: list[Cluster]) -> Cluster | None:
    """Find the one arrangement that a claim belongs to; None where there is none or more than one."""
    bonds = [(cluster, {bond(claim, member) for member in cluster}) for cluster in clusters]
    possible = [(cluster, found) for cluster, found in bonds if Bond.APART not in found]
    tied = [cluster for cluster, found in possible if Bond.TIED in found]
    if tied:
        return tied[0]
    candidates = [cluster for cluster, _ in possible]
    alike = [cluster for cluster in candidates if any(member.status == claim.status for member in cluster)]
    bare = [cluster for cluster in candidates if not any(member.dates or member.instrument for member in cluster)]
    return next((found[0] for found in (candidates, alike, bare) if len(found) == 1), None)


def _agreement(cluster: Cluster) -> Agreement:
    contested = bool(_rivals(cluster))
    status = _furthest(cluster, contested)
    leading = [claim for claim in cluster if claim.status == status]
    believed = [claim for claim in cluster if claim.status != "denied"] or cluster
    instrument = min((claim.instrument for claim in cluster if claim.instrument), default=None)
    parties, dates = _parties(leading, cluster), _dates(believed)
    first = cluster[0]
    arabic, english = labels(first.kind, parties, first.organization, instrument, dates)
    return Agreement(
        id=slug(first.kind, parties, first.organization, instrument, dates),
        kind=first.kind,
        parties=parties,
        organization=first.organization,
        label_ar=arabic,
        label_en=english,
        instrument=instrument,
        status=status,
        certainty=max((claim.certainty for claim in leading), key=_SURE.index),
        dates=dates,
        provisions=tuple(sorted({term for claim in believed for term in claim.provisions})),
        sectors=tuple(sorted({term for claim in believed for term in claim.sectors})),
        contested=contested,
        claims=tuple(sorted(claim.id for claim in cluster)),
    )


def _furthest(cluster: Cluster, contested: bool) -> str:
    """Give the furthest status; where claims contradict each other, the furthest of those that affirm."""
    statuses = {claim.status for claim in cluster}
    affirmed = {status for status in statuses if not is_negative(status)}
    return max(affirmed if contested and affirmed else statuses, key=rank)


def _parties(leading: Cluster, cluster: Cluster) -> tuple[Party, ...]:
    """Give the actors in the order of the first leading claim, each with the role it has most often there.

    Opponents and targets of any claim come last, unless they have a place in the arrangement.
    """
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for party in (p for claim in leading for p in claim.parties if insider(p.role)):
        roles[party.actor][party.role] += 1
    inside = [Party(actor=actor, role=_most_common(found)) for actor, found in roles.items()]
    outside = {
        (party.role, party.actor)
        for claim in cluster
        for party in claim.parties
        if not insider(party.role) and party.actor not in roles
    }
    return tuple(inside) + tuple(Party(actor=actor, role=role) for role, actor in sorted(outside))


def _dates(cluster: Cluster) -> dict[str, str]:
    """Give each event the date that most claims give, the most precise and then the earliest of them."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in cluster:
        for event, date in claim.dates.items():
            found[event][date] += 1
    return {event: _best_date(found[event]) for event in sorted(found, key=date_place)}


def _best_date(dates: Counter[str]) -> str:
    """Count for each date the claims that it agrees with: `2024` agrees with `2024-09`, which says more."""
    support = {one: sum(n for other, n in dates.items() if not days(one).gap(days(other))) for one in dates}
    return min(dates, key=lambda one: (-support[one], -len(one), one))


def _most_common(counts: Counter[str]) -> str:
    return min(counts, key=lambda one: (-counts[one], one))


def _told_apart(drafts: Iterable[Agreement]) -> Iterator[Agreement]:
    """Give agreements that would share an id one each, by a hash of the least of their claims."""
    by_id: dict[str, list[Agreement]] = defaultdict(list)
    for draft in drafts:
        by_id[draft.id].append(draft)
    for name, group in by_id.items():
        for draft in group:
            yield (
                draft if len(group) == 1 else draft.model_copy(update={"id": f"{name}-{_short_hash(draft.claims[0])}"})
            )


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _rivals(cluster: Cluster) -> set[str]:
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


def _disagreements(agreement: str, cluster: Cluster) -> Iterator[Disagreement]:
    if rivals := _rivals(cluster):
        yield _disagreement(f"status-{agreement}", "status", agreement, rivals)
    for event in sorted({event for claim in cluster for event in claim.dates}):
        dates = {claim.dates[event] for claim in cluster if event in claim.dates}
        clashing = {one for one in dates if any(days(one).gap(days(other)) for other in dates)}
        if clashing:
            rivals = {claim.id for claim in cluster if claim.dates.get(event) in clashing}
            yield _disagreement(f"date-{event}-{agreement}", "date", agreement, rivals)


def _disagreement(name: str, issue: str, agreement: str, claims: set[str]) -> Disagreement:
    return Disagreement.model_validate(
        {"id": name, "issue": issue, "agreements": (agreement,), "claims": tuple(sorted(claims))}
    )
