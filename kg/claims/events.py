"""Exercises and declared neutrality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.claims.arguments import is_verb
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
from kg.claims.status import Verdict, judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group

LISTING = words("listing")
FUTURE = words("future")
UNITS = words("units")
BORDERS = words("borders")
BESIDE = words("beside")
OTHER_GAMES = words("other-games")


def exercises(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each exercise that has two parties or more."""
    done = -1
    for cue in reading.cues:
        if cue.cue not in ("exercise", "drill") or cue.first < done:
            continue
        if not _again(cue, discourse) and not _is_joint(reading, cue):
            continue
        if reading.says(cue.first - 1, cue.last + 1, OTHER_GAMES):
            continue
        done = end = chunk_end(reading, cue.last)
        if _is_item(reading, cue):
            continue
        place = scope(reading, cue.first, end)
        parties = _participants(reading, cue, end, place.right, discourse)
        if len(parties) > 1 or (parties and is_organization(parties[0])):
            yield _exercise(reading, cue, place, parties)


def _again(cue: Cue, discourse: Discourse) -> bool:
    """Tell whether «المناورات» takes up an exercise that the text spoke of before."""
    definite = "ال" in cue.proclitics and cue.sense.number == "pl"
    return definite and discourse.antecedent(frozenset({"joint-exercise"})) is not None


def _exercise(reading: Reading, cue: Cue, place: Scope, parties: tuple[str, ...]) -> Draft:
    verdict = _judged(reading, cue, judge(reading, place, "exercise", default="completed"), alone=len(parties) == 1)
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


def _judged(reading: Reading, cue: Cue, verdict: Verdict, *, alone: bool) -> Verdict:
    """Judge an exercise of which no cue tells by the tense of its clause, and one that a headline closes as held."""
    k = reading.clause_of(cue.first)
    clause = reading.clauses[k]
    first = reading.clauses[clause.parent].first if clause.kind == "that" and clause.parent >= 0 else clause.first
    prepared = reading.has(first, cue.first, "prepare") and verdict.status == "proposed"
    coming = verdict.status in ("completed", "in-force") and reading.has(first, cue.first, "scheduled", "prepare")
    if prepared or coming:
        dates = dict.fromkeys(("planned",), next(iter(verdict.dates.values()))) if verdict.dates else {}
        return verdict._replace(status="signed", dates=dates, rule="an exercise to come", explicit=True)
    if verdict.rule == "close says in-force" and reading.sentence.kind == "heading":
        return verdict._replace(status="completed")
    going = reading.cues_in(clause.first, cue.first, ("witness", "host", "continue", "take-part", "hold", "include"))
    if not verdict.explicit and any(c.sense.pos == "imperfect" and not c.proclitics for c in going):
        return verdict._replace(status="in-force", rule="it goes on")
    if alone and not verdict.explicit:
        return verdict._replace(status="in-force", rule="exercises of an organization")
    return verdict


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
    if cue.sense.number != "pl" and "مشترك" not in near and reading.norm(cue.last) != '"':
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
    after = [g for a, b in ((cue.last, end), *right) for g in groups_in(reading, a, b) if not _is_scene(reading, g)]
    before = [g for g in groups_in(reading, clause.first, cue.first) if not _is_scene(reading, g)]
    between = with_prep(after, "بين")
    if len(between) > 1:
        return between
    nisbas = described_by(reading, cue.first, end)
    whose = tuple(a for g in after if g.prep in ("gen", "") and g.first == cue.last for a in g.actors)
    if len(nisbas) > 1 or len(whose) > 1:
        return nisbas if len(nisbas) > 1 else whose
    in_accord = reading.has(clause.first, cue.first, "treaty", "cooperation", "partnership")
    partners = () if in_accord else with_prep(before, "مع")
    joined = unique(with_prep(after, "مع", "بمشاركة"), _beside(reading, (*before, *after)), partners)
    taking = tuple(a for g in after if g.prep in ("من", "ل") and _sent(reading, cue, g) for a in g.actors)
    acting = _acting(reading, clause.first, clause.last, cue, before) or tuple(
        a for g in after if g.prep == "" and not g.is_nisba for a in g.actors
    )
    if not acting and not joined and any(reading.norm(k).endswith("هما") for k in range(clause.first, clause.last)):
        return pair_before(reading, clause.first, discourse)
    if (joined or taking) and not acting:
        above = () if taking else subject_above(reading, reading.clause_of(cue.first), discourse)
        acting = nisbas or above
    theirs = tuple(a for a in with_prep(groups_in(reading, cue.last, end), "ل") if is_organization(a))
    own = nisbas if len(acting) < 2 else ()
    return unique(
        acting, own, joined, taking, theirs, _asked(reading, clause.first, cue, before), _joining(reading, cue, after)
    )


def _is_scene(reading: Reading, group: Group) -> bool:
    """Tell whether a group only says where («في الكويت», «قرب الحدود مع مالي»), or who is listed elsewhere."""
    return is_location(group) or reading.norm(group.first - 2).removeprefix("ال") in BORDERS


def _acting(reading: Reading, first: int, last: int, cue: Cue, before: Sequence[Group]) -> tuple[str, ...]:
    """Give who holds an exercise: the subject, two navies by their nisbas, or the states that units come from."""
    acting = subject(reading, first, last, cue.first)
    pair = tuple(a for g in before if g.is_nisba and len(g.actors) > 1 for a in g.actors)
    units = tuple(
        a for g in before if g.prep == "من" and reading.has(first, g.first, "troops", "troop-force") for a in g.actors
    )
    return (acting if len(acting) > 1 else ()) or pair or unique(acting, units)


def _beside(reading: Reading, found: Sequence[Group]) -> tuple[str, ...]:
    """Give those who take part too: «إلى جانب …», «إضافة إلى …», «من بينها …»."""
    return unique(*(g.actors for g in found if reading.says(g.first - 2, g.first, BESIDE) and not is_location(g)))


def _asked(reading: Reading, first: int, cue: Cue, before: Sequence[Group]) -> tuple[str, ...]:
    """Give those to whom an exercise is proposed («اقترحت على الهند»), and those who invite («دعوة أمريكية»)."""
    if not reading.has(first, cue.first, "propose", "offer", "proposal"):
        return ()
    inviting = (
        g.actors for g in before if g.is_nisba and reading.has(g.head, g.head + 1, "propose", "proposal", "offer")
    )
    return unique(with_prep(before, "على"), *inviting)


def _joining(reading: Reading, cue: Cue, after: Sequence[Group]) -> tuple[str, ...]:
    """Give those of whom a verb after the exercise says that they take part («تمرينا شاركت فيه باكستان والهند»)."""
    verbs = [
        c
        for c in reading.cues_in(cue.last, len(reading.tokens), ("take-part", "include", "host", "lead"))
        if is_verb(c)
    ]
    return unique(
        *(g.actors for g in after for v in verbs if g.prep == "" and not g.is_nisba and 0 <= g.first - v.last <= 3)
    )


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
