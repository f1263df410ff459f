"""Exercises and declared neutrality."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.features import SECTORS
from kg.claims.heads import chunk_end
from kg.claims.parties import (
    described_by,
    groups_in,
    is_location,
    is_organization,
    pair_before,
    subject,
    subject_above,
    unique,
    with_prep,
)
from kg.claims.reading import Reading
from kg.claims.scopes import Scope, scope
from kg.claims.status import judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group

LISTING = words("listing")
FUTURE = words("future")
UNITS = words("units")


def exercises(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each exercise that has two parties or more."""
    done = -1
    for cue in reading.cues:
        if cue.cue not in ("exercise", "drill") or cue.first < done:
            continue
        if not _again(cue, discourse) and not _is_joint(reading, cue):
            continue
        done = end = chunk_end(reading, cue.last)
        if _is_item(reading, cue):
            continue
        place = scope(reading, cue.first, end)
        parties = _participants(reading, cue, end, place.right, discourse)
        if len(parties) > 1:
            yield _exercise(reading, cue, place, parties)


def _again(cue: Cue, discourse: Discourse) -> bool:
    """Tell whether «المناورات» takes up an exercise that the text spoke of before."""
    definite = "ال" in cue.proclitics and cue.sense.number == "pl"
    return definite and discourse.antecedent(frozenset({"joint-exercise"})) is not None


def _exercise(reading: Reading, cue: Cue, place: Scope, parties: tuple[str, ...]) -> Draft:
    verdict = judge(reading, place, "exercise", default="completed")
    draft = verdict.draft("joint-exercise", dict.fromkeys(parties, "party"))
    if draft.status in ("completed", "in-force") and _to_come(reading, cue):
        draft.status = "signed"
        draft.dates = {"planned": next(iter(draft.dates.values()))} if draft.dates else {}
    draft.head, draft.definite, draft.at = "exercise", "ال" in cue.proclitics, cue.first
    draft.rules += ["exercise with participants", verdict.rule]
    draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
    if draft.status == "proposed":
        draft.parties[parties[0]] = "proposer"
    draft.name = _quoted(reading, cue.last, place.last)
    found = [c.cue for a, b in ((cue.first, place.last), *place.right) for c in reading.cues_in(a, b)]
    draft.sectors |= {"exercises", *(SECTORS[c] for c in found if c in ("s-naval", "s-counterterrorism"))}
    return draft


def _to_come(reading: Reading, cue: Cue) -> bool:
    """Tell whether an exercise is dated to come («في أكتوبر القادم», «تنطلق الأحد المقبل»), and not told as past."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    told = reading.cues_in(clause.first, cue.first, ("hold", "launch", "close", "take-part"))
    if any(c.sense.pos == "perfect" for c in told):
        return False
    return reading.says(clause.first, clause.last, FUTURE)


def _quoted(reading: Reading, first: int, last: int) -> str:
    marks = [k for k in range(first, min(last + 6, len(reading.tokens))) if reading.norm(k) == '"']
    return " ".join(reading.norm(k) for k in range(marks[0] + 1, marks[1])) if len(marks) > 1 else ""


def _is_joint(reading: Reading, cue: Cue) -> bool:
    if cue.cue == "exercise":
        return True
    near = " ".join(reading.norm(k) for k in range(cue.last, cue.last + 5))
    described = [
        g
        for g in reading.groups
        if g.mentions[0].is_nisba and cue.last <= g.mentions[0].first <= cue.last + 2 and len(g.actors) > 1
    ]
    if described:
        return True
    if cue.sense.number != "pl" and "مشترك" not in near:
        return False
    return "مشترك" in near or '"' in near or "عسكري" in near or "بحري" in near


def _is_item(reading: Reading, cue: Cue) -> bool:
    """Tell whether an exercise is only an item of another arrangement («خطة تتضمن تدريبات مشتركة»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    return (
        reading.has(clause.first, cue.first, "include", "content")
        and reading.has(0, cue.first, "treaty", "cooperation", "partnership")
    ) or _lists(reading, clause.first, cue.first)


def _lists(reading: Reading, first: int, last: int) -> bool:
    return reading.says(first, last, LISTING)


def _participants(
    reading: Reading, cue: Cue, end: int, right: tuple[tuple[int, int], ...], discourse: Discourse
) -> tuple[str, ...]:
    clause = reading.clauses[reading.clause_of(cue.first)]
    after = [g for a, b in ((cue.last, end), *right) for g in groups_in(reading, a, b) if not is_location(g)]
    between = with_prep(after, "بين")
    if len(between) > 1:
        return between
    nisbas = described_by(reading, cue.first, end)
    if len(nisbas) > 1:
        return nisbas
    joined = with_prep(after, "مع", "بمشاركة")
    taking = tuple(a for g in after if g.prep in ("من", "ل") and _sent(reading, cue, g) for a in g.actors)
    acting = subject(reading, clause.first, clause.last, cue.first)
    acting = acting or tuple(a for g in after if g.prep == "" and not g.is_nisba for a in g.actors)
    if not acting and not joined and any(reading.norm(k).endswith("هما") for k in range(clause.first, clause.last)):
        return pair_before(reading, clause.first, discourse)
    if joined and not acting:
        acting = nisbas or subject_above(reading, reading.clause_of(cue.first), discourse)
    whose = tuple(a for a in with_prep(groups_in(reading, cue.last, end), "ل") if is_organization(a))
    return unique(acting, nisbas if len(acting) < 2 else (), joined, taking, whose)


def _sent(reading: Reading, cue: Cue, group: Group) -> bool:
    """Tell whether units of these states take part («بمشاركة وحدات من …», «عناصر … لكل من …»)."""
    if (
        group.prep == "ل"
        and not reading.norm(group.first).endswith("كل")
        and not reading.norm(group.first - 2).endswith("كل")
    ):
        return False
    return reading.has(cue.first, group.first, "troops", "take-part") or reading.says(
        group.first - 12, group.first, UNITS
    )


def neutrality(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each state whose neutrality, or ban on alliances and foreign bases, the sentence speaks of."""
    for cue in reading.cues:
        banned = cue.cue in ("any-alliance", "p-no-foreign-bases") and _banned(reading, cue)
        if cue.cue != "neutrality" and not banned:
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        if reading.has(clause.first, cue.first, "treaty", "conditional") or cue.sense.number == "pl":
            continue
        for actor in _neutral(reading, cue, discourse):
            yield _neutrality(reading, cue, actor, banned=banned)


def _neutrality(reading: Reading, cue: Cue, actor: str, *, banned: bool) -> Draft:
    verdict = judge(reading, scope(reading, cue.first, cue.last), "neutrality")
    draft = verdict.draft("neutrality", {actor: "party"})
    if banned and verdict.status in ("rejected", "denied"):
        draft.status = "in-force"
    draft.head, draft.at = "neutrality", cue.first
    draft.rules += ["ban on alliances or bases" if banned else "declared neutrality", verdict.rule]
    draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
    if reading.has(0, len(reading.tokens), "p-no-foreign-bases"):
        draft.provisions.add("no-foreign-bases")
    if reading.has(0, len(reading.tokens), "foreign-forces"):
        draft.provisions.add("no-foreign-forces")
    return draft


def _banned(reading: Reading, cue: Cue) -> bool:
    clause = reading.clauses[reading.clause_of(cue.first)]
    first = max(0, cue.first - 16)
    bound = reading.has(clause.first, cue.first, "bind", "reject", "pledge")
    forbids = bound or reading.says(cue.first - 3, cue.first, ("عدم",))
    return forbids and reading.has(first, cue.first, "charter", "pledge", "reject")


def _neutral(reading: Reading, cue: Cue, discourse: Discourse) -> tuple[str, ...]:
    """Give whose neutrality it is: the nisba or genitive on it, the one who acts, the topic."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    after = [g for g in groups_in(reading, cue.last, min(clause.last, cue.last + 3)) if g.prep == "gen" or g.is_nisba]
    acting = subject(reading, clause.first, clause.last, cue.first)
    before = [g for g in groups_in(reading, max(0, cue.first - 16), cue.first) if g.is_nisba or g.prep == "gen"]
    found = (after[0].actors if after else ()) or acting or (before[0].actors if before and not discourse.topic else ())
    found = found or subject_above(reading, reading.clause_of(cue.first), discourse)
    return tuple(a for a in found if len(a) == 3)
