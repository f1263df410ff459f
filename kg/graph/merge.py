"""Claims of many documents become agreements, each with its status, dates and periods, and with its rivals."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.graph.clusters import Cluster, clusters, place
from kg.graph.curated import corrected, located, rearranged
from kg.graph.disputes import rivals
from kg.graph.labels import labels, slug
from kg.graph.periods import periods, renewed
from kg.graph.rivalry import TREATIES, insider, key
from kg.graph.spans import best
from kg.graph.witnesses import belief, witnesses
from kg.graph.words import date_place, is_negative, rank
from kg.graph.words import kind as kind_term
from kg.model import Agreement, Certainty, Claim, Decision, Document, Party, Priors

_SURE: tuple[Certainty, ...] = ("possible", "probable", "certain")


def agreements(
    claims: Sequence[Claim],
    documents: Sequence[Document] = (),
    decisions: Sequence[Decision] = (),
    priors: Priors | None = None,
) -> tuple[Agreement, ...]:
    """Merge claims about one arrangement into one agreement; sorted by id.

    Which claims belong together, `kg.graph.clusters` says, and then the merges and splits of the curation. The dates
    of `documents` are when their claims were reported, which gives statuses without a date their place in time.
    Belief is weighed where there are `priors`.
    """
    known = {document.name: document for document in documents}
    arranged = rearranged(clusters(claims), decisions)
    drafts = [_agreement(sorted(cluster, key=place), known, priors) for cluster in arranged]
    return tuple(sorted(_acceding(list(_told_apart(drafts))), key=lambda one: one.id))


def curated(
    claims: Sequence[Claim], documents: Sequence[Document], decisions: Sequence[Decision]
) -> tuple[tuple[Claim, ...], tuple[Decision, ...]]:
    """Carry out rejections and corrections, and find the claims that merges and splits are about.

    An agreement is known by the id that it has without any curation, without what follows in the file, or with it.
    Raises CurationError for what is not there.
    """
    before = {one.id: one.claims for one in agreements(claims, documents)} if decisions else {}
    remaining, carried = corrected(claims, decisions)
    moved = {old: one.yields for one in carried for old in one.claims if one.action in ("reject", "correct")}
    known = {name: tuple(new for old in found for new in moved.get(old, (old,))) for name, found in before.items()}
    done: list[Decision] = []
    for decision in carried:
        if decision.action in ("merge", "split"):
            known |= {one.id: one.claims for one in agreements(remaining, documents, done)}
            decision = located(decision, (claim.id for claim in remaining), known)
        done.append(decision)
    return remaining, tuple(done)


def _agreement(cluster: Cluster, documents: Mapping[str, Document], priors: Priors | None) -> Agreement:
    contested = bool(rivals(cluster))
    timeline = periods(cluster, documents, contested=contested)
    status = _furthest(cluster, contested)
    if not contested and renewed(timeline) in {claim.status for claim in cluster}:
        status = renewed(timeline) or status
    leading = [claim for claim in cluster if claim.status == status]
    believed = [claim for claim in cluster if claim.status != "denied"] or cluster
    instrument = min((claim.instrument for claim in cluster if claim.instrument), default=None)
    kind, dates = _kind(cluster), _dates(believed)
    parties = _parties(leading if len({key(claim) for claim in cluster}) == 1 else believed, cluster)
    organization = cluster[0].organization
    vouched = witnesses(cluster, documents)
    arabic, english = labels(kind, parties, organization, instrument, dates)
    return Agreement(
        id=slug(kind, parties, organization, instrument, dates),
        kind=kind,
        parties=parties,
        organization=organization,
        label_ar=arabic,
        label_en=english,
        instrument=instrument,
        status=status,
        certainty=max((claim.certainty for claim in leading), key=_SURE.index),
        dates=dates,
        provisions=tuple(sorted({term for claim in believed for term in claim.provisions})),
        sectors=tuple(sorted({term for claim in believed for term in claim.sectors})),
        contested=contested,
        periods=timeline,
        witnesses=len(vouched),
        belief=belief(status, vouched, documents, priors) if priors else None,
        claims=tuple(sorted(claim.id for claim in cluster)),
    )


def _kind(cluster: Cluster) -> str:
    """Give the kind that most claims give, of several the one that takes precedence."""
    counts = Counter(claim.kind for claim in cluster)
    return min(counts, key=lambda one: (-counts[one], kind_term(one).precedence))


def _acceding(agreements: Sequence[Agreement]) -> Iterator[Agreement]:
    """Hang each accession on its pact: the one agreement between exactly those that are in it already."""
    pacts: dict[frozenset[str], list[Agreement]] = defaultdict(list)
    for one in agreements:
        if one.kind in TREATIES:
            pacts[frozenset(party.actor for party in one.parties if insider(party.role))].append(one)
    for one in agreements:
        found = pacts[_inside(one)] if one.kind == "membership" and not one.organization else []
        binding = [pact for pact in found if kind_term(pact.kind).obligations or pact.kind == "alliance"]
        homes = binding or found
        yield one.model_copy(update={"accession_to": homes[0].id}) if len(homes) == 1 else one


def _inside(accession: Agreement) -> frozenset[str]:
    return frozenset(party.actor for party in accession.parties if party.role == "party")


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
    found: dict[str, list[str]] = defaultdict(list)
    for claim in cluster:
        for event, date in claim.dates.items():
            found[event].append(date)
    return {event: best(found[event]) for event in sorted(found, key=date_place)}


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
