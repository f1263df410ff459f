"""What becomes of an arrangement: its status and how certain that is, weighed from the cues about it."""

from __future__ import annotations

from typing import NamedTuple

from kg.claims.dating import dates_of
from kg.claims.drafts import RANKS
from kg.claims.effects import FAMILIES, Effect, effect, irrealis, is_modal, negated
from kg.claims.reading import FINITE, Reading
from kg.claims.scopes import Scope
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words


class Verdict(NamedTuple):
    """A status with its certainty and dates; `explicit` tells whether the text gave a cue or it is the default."""

    status: str
    certainty: str
    dates: dict[str, str]
    cues: tuple[str, ...]
    rule: str
    explicit: bool


WANTS = frozenset(
    {"propose", "offer", "seek", "want", "consider", "intend", "request", "proposal", "idea", "intention"}
)


TALKS = frozenset({"negotiate", "negotiate-noun", "discuss"})


HYPOTHESES = frozenset({"possible", "probable", "conditional", "premature", "question"})


DENIALS = frozenset({"deny", "deny-phrase"})


REFUSALS = frozenset({"reject", "reject-phrase", "oppose", "rule-out", "reject-vote"})


DEFAULTS = {
    "neutrality": "in-force",
    "instrument": "signed",
    "base": "in-force",
    "membership": "in-force",
    "exercise": "completed",
    "arms": "in-force",
}


def judge(reading: Reading, place: Scope, family: str, *, default: str | None = None) -> Verdict:
    """Weigh the cues about one head: denial and refusal, then wishes and talks, then the furthest that is real."""
    left = [c for a, b in place.left for c in reading.cues_in(a, b)]
    inner = list(reading.cues_in(place.first, place.last))
    right = [c for a, b in place.right for c in reading.cues_in(a, b)]
    over = [c for a, b in place.over for c in reading.cues_in(a, b)]
    table = FAMILIES[family]
    spoken = [c for c in right if c.sense.pos != "masdar"]
    if family == "instrument":
        spoken += _bound_after(reading, place)
    near = [c for c in left if not _taken(reading, c, place.first)]
    turned = [c.first for c in left if c.cue in WANTS | TALKS and not negated(reading, c)]
    near = [c for c in near if not turned or c.first > turned[-1] or c.cue in ("suspend", "end")]
    near = [c for c in near if not (c.cue in ("allow", "bind") and c.sense.pos == "perfect")]
    if any(
        e.status in ("signed", "ratified") and e.cue.sense.pos != "participle"
        for c in near
        if (e := effect(reading, c, table, family))
    ):
        spoken = [c for c in spoken if c.cue not in ("allow", "bind", "open")]
    real = [e for c in (*near, *inner, *spoken) if (e := effect(reading, c, table, family))]
    undone = family == "exercise" and next(
        (c for c in (*left, *right) if c.cue in ("hold", "close") and negated(reading, c) == "لم"), None
    )
    if not undone and family == "exercise":
        undone = next((c for c in (*left, *right) if c.cue == "hold" and reading.norm(c.first - 2) == "لم"), None)
    works = _works_under(reading, place) or _works_by_it(reading, place)
    if works:
        real.append(Effect("in-force", "certain", "", works))
    verdict = (
        (_verdict("denied", undone, "not held") if undone else None)
        or _denied(reading, place, left, right, over)
        or _refused(reading, left, right, over, real)
        or _unreal(reading, place, left, right, over, real)
        or _furthest(real)
        or Verdict(default or DEFAULTS[family], "certain", {}, (), "default", False)
    )
    return verdict._replace(dates=dates_of(reading, place, family, verdict.status))


def _denied(reading: Reading, place: Scope, left: list[Cue], right: list[Cue], over: list[Cue]) -> Verdict | None:
    for cue in (*over, *left):
        if (
            cue.cue in DENIALS
            and not _cancelled(reading, cue)
            and not (cue.cue == "deny" and cue.sense.pronoun and cue.sense.pos == "imperfect")
        ):
            return _verdict("denied", cue, "denial")
        if cue.cue == "offer" and negated(reading, cue) == "لم":
            return _verdict("denied", cue, "not offered")
        if cue.cue in ("intend", "intention") and negated(reading, cue) in words("not-intended"):
            return _verdict("denied", cue, "no intention")
    for cue in (*reading.cues_in(place.first, place.last), *right):
        if cue.cue == "deny-phrase":
            return _verdict("denied", cue, "denial after")
        if cue.cue == "intend" and negated(reading, cue) == "لا":
            return _verdict("denied", cue, "no intention")
    for cue in left:
        if cue.cue == "lack":
            return _verdict("denied", cue, "lacks it")
    if reading.norm(place.first - 1) in words("no-noun") or (
        reading.norm(place.first - 2) in ("لا", "ليس", "ليست") and reading.norm(place.first - 1) in words("existing")
    ):
        return Verdict("denied", "certain", {}, (reading.norm(place.first - 1),), "negated noun", True)
    return None


def _cancelled(reading: Reading, cue: Cue) -> bool:
    return cue.cue == "deny" and bool(negated(reading, cue))


def _verdict(status: str, cue: Cue, rule: str, certainty: str = "certain") -> Verdict:
    return Verdict(status, certainty, {}, (cue.sense.lemma,), rule, True)


_OPENING = frozenset(
    {
        "allow",
        "join",
        "enter",
        "sign",
        "build",
        "host",
        "grant",
        "deploy",
        "take-part",
        "approve",
        "include",
        "bind",
        "buy",
        "deliver",
        "sell",
        "open",
        "perform",
    }
)


def _refused(
    reading: Reading, left: list[Cue], right: list[Cue], over: list[Cue], real: list[Effect]
) -> Verdict | None:
    for cue in (*over, *left):
        if cue.cue in REFUSALS and not negated(reading, cue):
            return _verdict("rejected", cue, "refusal")
        if cue.cue in _OPENING and negated(reading, cue) == "لن":
            return _verdict("rejected", cue, "will not")
        if cue.cue in ("want", "allow", "seek") and negated(reading, cue) in words("not-wanted") and not real:
            return _verdict("rejected", cue, "does not want")
    for cue in right:
        if cue.cue == "reject" and not cue.sense.pronoun and cue.sense.pos == "imperfect":
            continue
        if cue.cue in ("reject", "reject-phrase", "reject-vote") and not negated(reading, cue):
            return _verdict("rejected", cue, "refusal after")
    return None


def _unreal(
    reading: Reading, place: Scope, left: list[Cue], right: list[Cue], over: list[Cue], real: list[Effect]
) -> Verdict | None:
    """Wishes, talks and hypotheses: they hold unless something real is said of the arrangement itself."""
    inner = [*reading.cues_in(place.first, place.last)]
    premature = next((c for c in (*over, *left, *inner, *right) if c.cue == "premature"), None)
    if premature:
        return _verdict("proposed", premature, "premature", "possible")
    talking = [c for c in (*over, *left) if c.cue == "negotiate-noun" and not negated(reading, c)]
    wishing = [
        c
        for c in (*over, *left)
        if (c.cue in WANTS or c.cue in ("conditional", "premature")) and not negated(reading, c)
    ]
    if wishing:
        real = [e for e in real if e.cue.cue not in ("bind", "allow")]
    if talking:
        real = [e for e in real if e.cue.cue not in ("continue", "still", "force-adj", "hold", "launch")]
    strong = [
        e
        for e in real
        if (e.cue.sense.pos == "masdar" and e.status == "signed" and reading.norm(e.cue.first - 1) in words("occurred"))
        or e.status in ("in-force", "suspended", "terminated", "ratified", "completed")
        or e.cue.sense.pos in ("perfect", "participle")
    ]
    if strong:
        return None
    talks = next((c for c in (*over, *left, *right) if c.cue in TALKS and not negated(reading, c)), None)
    certainty = _certainty(reading, (*over, *left))
    if talks:
        return _verdict("negotiating", talks, "talks", "certain")
    want = next((c for c in (*over, *left) if c.cue in WANTS and not negated(reading, c)), None)
    if want:
        return _verdict("proposed", want, "wish", "certain" if certainty == "probable" else certainty)
    guess = next(
        (c for c in (*over, *left) if c.sense.stance == "probable" or (c.cue in HYPOTHESES and is_modal(reading, c))),
        None,
    )
    if guess:
        return _verdict("proposed", guess, "hypothesis", certainty)
    return None


def _certainty(reading: Reading, found: tuple[Cue, ...]) -> str:
    modal = [c for c in found if c.cue in ("possible", "probable", "conditional") and is_modal(reading, c)]
    if any(c.cue == "possible" for c in modal):
        return "possible"
    if any(c.cue == "probable" for c in modal) or any(c.sense.stance == "probable" for c in found):
        return "probable"
    return "certain"


OBJECTS = frozenset(
    {"treaty", "neutrality", "membership", "base", "exercise", "alliance", "truce", "m-truce", "partnership"}
)


def _taken(reading: Reading, cue: Cue, head: int) -> bool:
    """Tell whether a cue before the head has another arrangement for its object («أنهت الحياد بانضمامها»)."""
    between = [c for c in reading.cues_in(cue.last, head, OBJECTS) if c.sense.pos in ("noun", "word")]
    return bool(between) and "و" not in reading.norm(head)[:1] and any("ب" in reading.norm(head)[:1] for _ in between)


def _works_under(reading: Reading, place: Scope) -> Cue | None:
    """Give the «بموجب» by which a text says what an arrangement makes its parties do now."""
    clause = reading.clauses[reading.clause_of(place.first)]
    for cue in reading.cues_in(clause.first, place.first, ("under",)):
        if cue.sense.lemma not in ("بموجب", "بمقتضى") or place.first - cue.last > 1:
            continue
        if cue.first - clause.first > 1:
            acts = [c for c in reading.cues_in(clause.first, cue.first) if c.sense.pos in ("perfect", "imperfect")]
            return (
                cue
                if acts
                and acts[-1].sense.pos == "imperfect"
                and not irrealis(reading, acts[-1])
                and not negated(reading, acts[-1])
                else None
            )
        present = any(
            c.sense.pos == "imperfect" and "س" not in c.proclitics
            for c in reading.cues_in(place.first, len(reading.tokens))
        )
        return cue if present else None
    return None


def _bound_after(reading: Reading, place: Scope) -> list[Cue]:
    """Give the binding verbs of clauses that go on with the arrangement as their subject («… وأتاح», «إذ تمنع …»)."""
    found: list[Cue] = []
    for clause in reading.clauses[reading.clause_of(place.last - 1) + 1 :]:
        if clause.kind not in ("coordinate", "adverbial"):
            break
        verbs = [c for c in reading.cues_in(clause.first, min(clause.last, clause.first + 2)) if c.sense.pos in FINITE]
        if not verbs or verbs[0].cue not in ("bind", "limit"):
            break
        found.append(verbs[0]._replace(sense=verbs[0].sense._replace(cue="bind")))
    return found


def _works_by_it(reading: Reading, place: Scope) -> Cue | None:
    """Give the verb of a clause that says what has begun under the arrangement («وبدأت بموجبه الدورات»)."""
    for clause in reading.clauses:
        if clause.first < place.last or clause.kind != "coordinate":
            continue
        by_it = reading.says(clause.first, min(clause.last, clause.first + 4), words("by-it"))
        begun = next(reading.cues_in(clause.first, clause.last, ("launch", "arrive", "receive", "perform")), None)
        if by_it and begun and begun.sense.pos == "perfect":
            return begun
    return None


def _furthest(real: list[Effect]) -> Verdict | None:
    if not real:
        return None
    best = max(real, key=lambda e: RANKS[e.status])
    return _verdict(best.status, best.cue, f"{best.cue.cue} says {best.status}")
