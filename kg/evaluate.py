"""Scoring against gold records: how much was found, how much of it is right, and what went wrong where.

Records are matched one to one inside each document. Two matchings are made:

strict
    Records that agree in `kind`, the set of scored actors, `organization` and `status`.
found
    Records of the same `kind` whose actor sets (an organization counted in) have a Jaccard index of at least
    0.5. Of all such matchings the one with the most pairs is taken; ties go to more strictly equal pairs, then
    more equal statuses, the larger sum of Jaccard indices, more pairs whose evidence overlaps, and more equal
    roles, dates and certainties.

An actor is scored unless it only has the role `opponent` or `against`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kg.errors import ClaimError
from kg.model import Claim
from kg.text import normal

UNSCORED_ROLES = frozenset({"opponent", "against"})
FOUND_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """A predicted and a gold record that are about the same arrangement, or one of them alone."""

    predicted: Claim | None
    gold: Claim | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One error: where, what kind (`missed`, `spurious`, `actors`, `status`, `dates` …), and the two records."""

    document: str
    what: str
    predicted: Claim | None
    gold: Claim | None

    def __str__(self) -> str:
        """Say the error in one line, gold on the left."""
        sides = [_brief(self.gold, self.what), _brief(self.predicted, self.what)]
        return f"{self.document}\t{self.what}\t" + " → ".join(side for side in sides if side)


def evaluate(
    predicted: Iterable[Claim | Mapping[str, Any]],
    gold: Iterable[Claim | Mapping[str, Any]],
    *,
    texts: Mapping[str, str] | None = None,
    tables: bool = False,
) -> dict[str, Any]:
    """Score predicted records against gold records, over all documents (micro averages).

    `strict` and `found` hold precision, recall, f1, tp, predicted and gold. Over the found pairs, each a share of
    them, or None where no pair was found:

    - `status`, `certainty`: the two are equal;
    - `roles`: the maps from scored actor to its roles are equal, so the actors are too;
    - `dates`: the same keys with the same values, none missing, none extra;
    - `evidence`: some predicted span overlaps some gold span by a character or more.

    `attribution` counts the names of sources in the found pairs, matched one to one; two names are equal when they
    share at least half of the longer one's words in normal form. `quotes` is the share of predicted quotes that are
    exactly the slice of `texts[document]`, None without texts. With `tables`, `by_kind` and `by_status` give
    the strict and found figures of each kind and the strict ones of each status. All figures are rounded to four
    places. A record that breaks the schema raises ClaimError.
    """
    found = pairs(predicted, gold)
    guesses = [pair.predicted for pair in found if pair.predicted]
    wanted = [pair.gold for pair in found if pair.gold]
    both = [(pair.predicted, pair.gold) for pair in found if pair.predicted and pair.gold]
    scores: dict[str, Any] = {
        "strict": _strict(guesses, wanted),
        "found": _figures(len(both), len(guesses), len(wanted)),
        "pairs": len(both),
        "status": _share(p.status == g.status for p, g in both),
        "roles": _share(_roles(p) == _roles(g) for p, g in both),
        "dates": _share(p.dates == g.dates for p, g in both),
        "certainty": _share(p.certainty == g.certainty for p, g in both),
        "evidence": _share(_overlap(p, g) for p, g in both),
        "attribution": _attribution(both),
        "quotes": None if texts is None else _share(_quotes(guesses, texts)),
    }
    return scores | _tables(found) if tables else scores


def differences(
    predicted: Iterable[Claim | Mapping[str, Any]], gold: Iterable[Claim | Mapping[str, Any]]
) -> list[Difference]:
    """List every error by document: records missed and spurious, and what is wrong in the found pairs."""
    errors = []
    for pair in pairs(predicted, gold):
        claim = pair.gold or pair.predicted
        assert claim is not None
        errors += [Difference(claim.document, what, pair.predicted, pair.gold) for what in _wrong(pair)]
    return sorted(errors, key=lambda error: (error.document, error.what, str(error)))


def pairs(predicted: Iterable[Claim | Mapping[str, Any]], gold: Iterable[Claim | Mapping[str, Any]]) -> list[Pair]:
    """Match records one to one inside each document; records without a partner stand alone in their pair."""
    guesses, wanted = _by_document(predicted), _by_document(gold)
    return [
        pair
        for document in sorted(guesses.keys() | wanted.keys())
        for pair in _match(guesses.get(document, []), wanted.get(document, []))
    ]


def read_gold(path: Path) -> list[Claim]:
    """Read a gold file: JSON Lines, UTF-8, one record a line; ClaimError says which line is not a record."""
    claims = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            claims.append(_claim(line, f"{path}, line {number}"))
    return claims


def _claim(record: Claim | Mapping[str, Any] | str, place: str = "a record") -> Claim:
    if isinstance(record, Claim):
        return record
    try:
        return Claim.model_validate_json(record) if isinstance(record, str) else Claim.model_validate(dict(record))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "record"
        raise ClaimError(f"{place} is not a claim record: {field}: {first['msg']}") from error


def _by_document(records: Iterable[Claim | Mapping[str, Any]]) -> dict[str, list[Claim]]:
    """Group by document, each group in an order that does not depend on the input's."""
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for record in records:
        claim = _claim(record)
        groups[claim.document].append(claim)
    return {document: sorted(claims, key=_canonical) for document, claims in groups.items()}


def _canonical(claim: Claim) -> str:
    return json.dumps(claim.record(), ensure_ascii=False, sort_keys=True)


def _match(guesses: Sequence[Claim], wanted: Sequence[Claim]) -> list[Pair]:
    """Take the assignment of the largest total weight and drop the pairs in it that are not found."""
    from scipy.optimize import linear_sum_assignment

    matched: dict[int, int] = {}
    if guesses and wanted:
        weights = [[_weight(guess, want, min(len(guesses), len(wanted))) for want in wanted] for guess in guesses]
        rows, columns = linear_sum_assignment(weights, maximize=True)
        matched = {int(row): int(column) for row, column in zip(rows, columns, strict=True) if weights[row][column]}
    alone = sorted(set(range(len(wanted))) - set(matched.values()))
    return [
        *(Pair(guess, wanted[matched[row]] if row in matched else None) for row, guess in enumerate(guesses)),
        *(Pair(None, wanted[column]) for column in alone),
    ]


def _weight(guess: Claim, want: Claim, most: int) -> int:
    """Weigh a pair so that a sum over at most `most` pairs orders matchings lexicographically; 0 if not found."""
    likeness = _likeness(guess, want)
    if guess.kind != want.kind or likeness < FOUND_FROM:
        return 0
    merits = (
        (1, 1),
        (_key(guess) == _key(want), 1),
        (guess.status == want.status, 1),
        (round(likeness * 60), 60),
        (_overlap(guess, want), 1),
        (len(_equal_parts(guess, want)), 3),
    )
    weight = 0
    for merit, bound in merits:
        weight = weight * (bound * most + 1) + int(merit)
    return weight


def _equal_parts(guess: Claim, want: Claim) -> list[str]:
    parts = {
        "roles": _roles(guess) == _roles(want),
        "dates": guess.dates == want.dates,
        "certainty": guess.certainty == want.certainty,
    }
    return [part for part, equal in parts.items() if equal]


def _actors(claim: Claim) -> frozenset[str]:
    return frozenset(party.actor for party in claim.parties if party.role not in UNSCORED_ROLES)


def _roles(claim: Claim) -> set[tuple[str, str]]:
    return {(party.actor, party.role) for party in claim.parties if party.role not in UNSCORED_ROLES}


def _key(claim: Claim) -> tuple[str, frozenset[str], str | None, str]:
    return claim.kind, _actors(claim), claim.organization, claim.status


def _likeness(one: Claim, other: Claim) -> float:
    """Give the Jaccard index of the actor sets, organizations counted in; two empty sets are alike."""
    left = _actors(one) | ({one.organization} if one.organization else set())
    right = _actors(other) | ({other.organization} if other.organization else set())
    return len(left & right) / len(left | right) if left | right else 1.0


def _overlap(one: Claim, other: Claim) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)


def _strict(guesses: Iterable[Claim], wanted: Iterable[Claim]) -> dict[str, float]:
    """Count equal keys: strict equality is transitive, so the largest matching is the smaller count of each key."""
    left = Counter((claim.document, _key(claim)) for claim in guesses)
    right = Counter((claim.document, _key(claim)) for claim in wanted)
    return _figures((left & right).total(), left.total(), right.total())


def _figures(tp: int, predicted: int, gold: int) -> dict[str, float]:
    """Give precision, recall and F1; where nothing is predicted, and where nothing is wanted, 1 only if both hold."""
    nothing = float(predicted == gold == 0)
    return {
        "precision": round(tp / predicted if predicted else nothing, 4),
        "recall": round(tp / gold if gold else nothing, 4),
        "f1": round(2 * tp / (predicted + gold) if predicted + gold else nothing, 4),
        "tp": tp,
        "predicted": predicted,
        "gold": gold,
    }


def _share(hits: Iterable[bool]) -> float | None:
    marks = list(hits)
    return round(sum(marks) / len(marks), 4) if marks else None


def _quotes(claims: Iterable[Claim], texts: Mapping[str, str]) -> Iterator[bool]:
    for claim in claims:
        raw = texts.get(claim.document, "")
        yield from (raw[piece.start : piece.end] == piece.quote for piece in claim.evidence)


def _attribution(both: Sequence[tuple[Claim, Claim]]) -> dict[str, float]:
    shared = sum(_shared_names(guess.attributed_to, want.attributed_to) for guess, want in both)
    predicted = sum(len(guess.attributed_to) for guess, _ in both)
    return _figures(shared, predicted, sum(len(want.attributed_to) for _, want in both))


def _shared_names(guesses: Sequence[str], wanted: Sequence[str]) -> int:
    from scipy.optimize import linear_sum_assignment

    if not guesses or not wanted:
        return 0
    same = [[_same_name(guess, want) for want in wanted] for guess in guesses]
    rows, columns = linear_sum_assignment(same, maximize=True)
    return sum(same[row][column] for row, column in zip(rows, columns, strict=True))


def _same_name(one: str, other: str) -> bool:
    left, right = set(normal(one).split()), set(normal(other).split())
    return 2 * len(left & right) >= max(len(left), len(right)) > 0


def _tables(found: Sequence[Pair]) -> dict[str, Any]:
    kinds = _grouped(found, lambda claim: claim.kind)
    return {
        "by_kind": {kind: {"strict": _strict(*_sides(rows)), "found": _found(rows)} for kind, rows in kinds.items()},
        "by_status": {
            status: _strict(*_sides(rows)) for status, rows in _grouped(found, lambda claim: claim.status).items()
        },
    }


def _grouped(found: Sequence[Pair], key: Callable[[Claim], str]) -> dict[str, list[Pair]]:
    """Sort pairs by a field; a pair whose sides differ in it goes to both groups, one side each."""
    groups: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in found:
        left = key(pair.predicted) if pair.predicted else None
        right = key(pair.gold) if pair.gold else None
        for value in {left, right} - {None}:
            assert value is not None
            groups[value].append(Pair(pair.predicted if left == value else None, pair.gold if right == value else None))
    return dict(sorted(groups.items()))


def _sides(rows: Sequence[Pair]) -> tuple[list[Claim], list[Claim]]:
    return [row.predicted for row in rows if row.predicted], [row.gold for row in rows if row.gold]


def _found(rows: Sequence[Pair]) -> dict[str, float]:
    guesses, wanted = _sides(rows)
    return _figures(sum(bool(row.predicted and row.gold) for row in rows), len(guesses), len(wanted))


def _wrong(pair: Pair) -> list[str]:
    guess, want = pair.predicted, pair.gold
    if guess is None:
        return ["missed"]
    if want is None:
        return ["spurious"]
    checks = {
        "actors": _actors(guess) == _actors(want) and guess.organization == want.organization,
        "status": guess.status == want.status,
        "roles": all(dict(_roles(guess)).get(actor, role) == role for actor, role in _roles(want)),
        "dates": guess.dates == want.dates,
        "certainty": guess.certainty == want.certainty,
        "evidence": _overlap(guess, want),
    }
    return [what for what, right in checks.items() if not right]


def _brief(claim: Claim | None, what: str) -> str:
    """Show of a record what an error of this kind is about."""
    if claim is None:
        return ""
    actors = " ".join(f"{party.actor}:{party.role}" for party in claim.parties)
    about = f"{claim.kind} [{actors}]" + (f" in {claim.organization}" if claim.organization else "")
    if what in {"missed", "spurious"}:
        return f"{about} {claim.status} «{claim.evidence[0].quote[:120]}»"
    shown = {"status": claim.status, "certainty": claim.certainty, "dates": json.dumps(claim.dates)}
    return f"{about} {shown[what]}" if what in shown else f"{about} «{claim.evidence[0].quote[:60]}»"
