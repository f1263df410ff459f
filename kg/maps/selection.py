"""A part of a build: the agreements of some kinds, of some actors, or those that an answer names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from kg.errors import QueryError
from kg.model import Agreement, Build


def narrow(
    build: Build,
    *,
    kinds: Collection[str] = (),
    actors: Collection[str] = (),
    only: Collection[str] | None = None,
) -> Build:
    """Keep the agreements that are of one of `kinds`, have one of `actors` in them, and are among the ids `only`.

    An empty `kinds` or `actors`, and None for `only`, keep all. Claims, documents and disagreements that no kept
    agreement needs go too. Raises QueryError for a kind or an actor that no agreement of the build has, and where
    nothing is left.
    """
    _known("kind", kinds, {one.kind for one in build.agreements})
    _known("actor", actors, {actor for one in build.agreements for actor in _actors(one)})
    kept = [
        one
        for one in build.agreements
        if (not kinds or one.kind in kinds)
        and (not actors or not _actors(one).isdisjoint(actors))
        and (only is None or one.id in only)
    ]
    if not kept:
        raise QueryError("no agreement meets all these conditions; leave one of them out")
    return _of(build, kept)


def _of(build: Build, agreements: Iterable[Agreement]) -> Build:
    agreements = tuple(agreements)
    used = {claim for one in agreements for claim in one.claims}
    claims = tuple(claim for claim in build.claims if claim.id in used)
    named = {claim.document for claim in claims}
    return build.model_copy(
        update={
            "agreements": agreements,
            "claims": claims,
            "documents": tuple(one for one in build.documents if one.name in named),
            "disagreements": tuple(one for one in build.disagreements if used.issuperset(one.claims)),
        }
    )


def _actors(agreement: Agreement) -> set[str]:
    actors = {party.actor for party in agreement.parties}
    return actors | {agreement.organization} if agreement.organization else actors


def _known(what: str, wanted: Iterable[str], known: Collection[str]) -> None:
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, known, 3) or sorted(known)[:5]
            raise QueryError(f"no agreement here has the {what} {name!r}; there are, among others, {', '.join(near)}")
