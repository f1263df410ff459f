"""What an analyst decided, carried out: claims set aside or corrected, agreements merged or split."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from pydantic import ValidationError

from kg.errors import ClaimError, CurationError
from kg.graph.clusters import Cluster
from kg.graph.words import concept
from kg.model import Claim, Decision


def corrected(claims: Sequence[Claim], decisions: Sequence[Decision]) -> tuple[tuple[Claim, ...], tuple[Decision, ...]]:
    """Carry out rejections and corrections: give the claims that remain, and the decisions with what they yield.

    A corrected claim keeps the words that it was read from; `curation` stands last among its rules. CurationError
    for a claim that is not there, and for a change that makes it none.
    """
    remaining = {claim.id: claim for claim in claims}
    carried = []
    for decision in decisions:
        if decision.action in ("reject", "correct"):
            old = [remaining.pop(_known(one, remaining, decision)) for one in decision.claims]
            new = [_changed(claim, decision) for claim in old if decision.action == "correct"]
            remaining |= {claim.id: claim for claim in new}
            decision = decision.model_copy(update={"yields": tuple(claim.id for claim in new)})
        carried.append(decision)
    return tuple(remaining.values()), tuple(carried)


def _changed(claim: Claim, decision: Decision) -> Claim:
    rules = (*claim.rules, "curation")
    try:
        changed = Claim.model_validate(claim.model_dump() | decision.change | {"rules": rules})
        for scheme, names in _terms(changed).items():
            for name in names:
                concept(scheme, name)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise CurationError(f"{decision.document}, {decision.place}, change.{key}: {first['msg']}") from None
    except ClaimError as error:
        raise CurationError(f"{decision.document}, {decision.place}, change: {error}") from None
    return changed


def _terms(claim: Claim) -> dict[str, Iterable[str]]:
    return {
        "kind": [claim.kind],
        "status": [claim.status],
        "role": [party.role for party in claim.parties],
        "date": claim.dates,
        "provision": claim.provisions,
        "sector": claim.sectors,
    }


def rearranged(clusters: list[Cluster], decisions: Sequence[Decision]) -> list[Cluster]:
    """Carry out merges and splits, each named by claims; one that is not there changes nothing."""
    for decision in decisions:
        named = frozenset(decision.claims)
        if decision.action == "merge":
            clusters = _merged(clusters, named)
        elif decision.action == "split":
            clusters = _split(clusters, named)
    return clusters


def _merged(clusters: list[Cluster], named: frozenset[str]) -> list[Cluster]:
    touched = [cluster for cluster in clusters if named & {claim.id for claim in cluster}]
    rest = [cluster for cluster in clusters if cluster not in touched]
    return [*rest, [claim for cluster in touched for claim in cluster]] if touched else rest


def _split(clusters: list[Cluster], named: frozenset[str]) -> list[Cluster]:
    out = [claim for cluster in clusters for claim in cluster if claim.id in named]
    kept = [[claim for claim in cluster if claim.id not in named] for cluster in clusters]
    return [cluster for cluster in (*kept, out) if cluster]


def located(decision: Decision, claims: Iterable[str], agreements: dict[str, tuple[str, ...]]) -> Decision:
    """Give a merge or split with all its claims by their ids; CurationError for what is not there.

    `agreements` gives, for each id that an agreement has or had, its claims.
    """
    known = set(claims)
    found = {_known(one, known, decision) for one in decision.claims}
    for name in decision.agreements:
        found.update(agreements[_known(name, agreements, decision)])
    return decision.model_copy(update={"claims": tuple(sorted(found))})


def _known(name: str, known: Iterable[str], decision: Decision) -> str:
    names = list(known)
    if name in names:
        return name
    close = get_close_matches(name, names, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "it may have another id since the documents changed"
    what = "claim" if name.startswith("c-") else "agreement"
    raise CurationError(f"{decision.document}, {decision.place}: there is no {what} {name!r}; {hint}")
