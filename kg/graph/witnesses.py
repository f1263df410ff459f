"""How many independent witnesses an agreement has, and what belief their reliability leads to.

Belief is Dempster's rule for simple support (G. Shafer, A Mathematical Theory of Evidence, 1976, ch. 4). A witness
that asserts the status supports it by r·w: r is its prior, w the weight of its certainty. With S = 1 − ∏(1 − r·w)
over the witnesses that assert the status, and D likewise over those that contradict it::

    belief = S · (1 − D) / (1 − S · D)

It lies from 0 to 1, does not depend on order, rises with each further witness and falls with each that contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from kg.graph.reported import publisher_slug
from kg.graph.rivalry import contradict
from kg.model import Claim, Document, Priors

Witness = list[Claim]


def witnesses(cluster: Sequence[Claim], documents: Mapping[str, Document]) -> list[Witness]:
    """Part claims by who vouches for them: those with a voice in common count once.

    The voices of a claim are the sources that its text names; where it names none, the publisher of its document, or
    the document itself. A document that repeats another has that one's voice.
    """
    found: list[tuple[set[str], Witness]] = []
    for claim in cluster:
        heard = voices(claim, documents)
        same = [one for one in found if one[0] & heard]
        found = [one for one in found if one not in same]
        found.append((heard.union(*(names for names, _ in same)), [*(c for _, those in same for c in those), claim]))
    return [claims for _, claims in found]


def voices(claim: Claim, documents: Mapping[str, Document]) -> set[str]:
    """Name those who vouch for a claim; an outlet has one name, whether it is quoted or publishes."""
    if claim.attributed_to:
        return {publisher_slug(name) for name in claim.attributed_to}
    document = documents.get(claim.document)
    original = documents.get(document.same_as, document) if document and document.same_as else document
    if original and original.publisher:
        return {publisher_slug(original.publisher)}
    return {original.name if original else claim.document}


def belief(status: str, found: Iterable[Witness], documents: Mapping[str, Document], priors: Priors) -> float:
    """Give the belief that the status holds, from 0 to 1, to four decimals; see the head of the module."""
    strengths = [_strongest(claims, documents, priors) for claims in found]
    support = _joint(one.get(status, 0.0) for one in strengths)
    doubt = _joint(max((r for other, r in one.items() if contradict(other, status)), default=0.0) for one in strengths)
    return round(support * (1 - doubt) / (1 - support * doubt), 4)


def _joint(strengths: Iterable[float]) -> float:
    return 1 - prod(1 - one for one in strengths)


def _strongest(claims: Witness, documents: Mapping[str, Document], priors: Priors) -> dict[str, float]:
    """Give for each status that a witness asserts how strongly it does so at most."""
    found: dict[str, float] = {}
    for claim in claims:
        found[claim.status] = max(found.get(claim.status, 0.0), _strength(claim, documents, priors))
    return found


def _strength(claim: Claim, documents: Mapping[str, Document], priors: Priors) -> float:
    known = {publisher_slug(name): prior for name, prior in priors.sources.items()}
    own = [known[voice] for voice in voices(claim, documents) if voice in known]
    return max(own, default=priors.default) * priors.certainty[claim.certainty]
