"""What becomes of an arrangement: its status, how certain that is, and which dates go with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.claims.drafts import RANKS
from kg.claims.reading import FINITE, Clause, Reading
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


class Effect(NamedTuple):
    """What one cue says: a status, its certainty, the key of a date beside it, and whether it is hypothetical."""

    status: str
    certainty: str
    date: str
    cue: Cue


WANTS = frozenset(
    {"propose", "offer", "seek", "want", "consider", "intend", "request", "proposal", "idea", "intention"}
)
TALKS = frozenset({"negotiate", "negotiate-noun", "discuss"})
HYPOTHESES = frozenset({"possible", "probable", "conditional", "premature", "question"})
DENIALS = frozenset({"deny", "deny-phrase"})
REFUSALS = frozenset({"reject", "reject-phrase", "oppose", "rule-out", "reject-vote"})
REAL = {
    "sign": ("signed", "signed"), "announce": ("signed", "signed"), "ratify": ("ratified", "ratified"),
    "approve": ("signed", "signed"), "force": ("in-force", "in-force"), "force-adj": ("in-force", "in-force"),
    "bind": ("in-force", ""), "launch": ("in-force", "in-force"), "tie": ("in-force", "in-force"),
    "host": ("in-force", "in-force"), "operate": ("in-force", "in-force"), "station": ("in-force", "in-force"),
    "continue": ("in-force", ""), "still": ("in-force", ""), "perform": ("in-force", "in-force"),
    "build": ("signed", "signed"), "suspend": ("suspended", "suspended"), "withdraw": ("terminated", "terminated"),
    "end": ("terminated", "terminated"), "dissolve": ("terminated", "terminated"),
    "expel": ("terminated", "terminated"), "allow": ("in-force", ""), "renew": ("signed", "signed"),
    "retake": ("terminated", "terminated"), "abandon": ("terminated", "terminated"),
}  # fmt: skip
ONE_OFF = {
    "hold": ("completed", "completed"), "close": ("completed", "completed"), "take-part": ("completed", "completed"),
    "deliver": ("completed", "completed"), "receive": ("completed", "completed"), "buy": ("completed", "completed"),
    "arrive": ("completed", "completed"), "sell": ("completed", "completed"),
}  # fmt: skip
FAMILIES: dict[str, dict[str, tuple[str, str]]] = {
    "instrument": REAL,
    "base": REAL | {"deploy": ("in-force", "in-force"), "deliver": ("terminated", "terminated"),
                    "receive": ("terminated", "terminated"), "build": ("in-force", "in-force"),
                    "hold": ("in-force", ""), "end": ("terminated", "terminated")},
    "membership": REAL | {"join": ("in-force", "in-force"), "enter": ("in-force", "in-force"),
                          "end": ("terminated", "terminated"), "take-part": ("in-force", "in-force"),
                          "sign": ("signed", "signed"), "approve": ("signed", "signed")},
    "exercise": ONE_OFF | {"launch": ("in-force", "in-force"), "suspend": ("suspended", "suspended"),
                           "end": ("completed", "completed"), "scheduled": ("signed", "planned"),
                           "sign": ("signed", "signed"), "still": ("in-force", ""), "announce": ("signed", "signed"),
                           "continue": ("in-force", "")},
    "arms": ONE_OFF | {"sign": ("signed", "signed"), "approve": ("signed", "signed"), "announce": ("signed", "signed"),
                       "suspend": ("suspended", "suspended"), "end": ("terminated", "terminated"),
                       "still": ("in-force", ""), "continue": ("in-force", ""), "ratify": ("ratified", "ratified")},
}  # fmt: skip
FAMILIES["neutrality"] = (
    {key: ("in-force", "in-force" if key != "ratify" and key != "approve" else "ratified") for key in REAL}
    | dict.fromkeys(("end", "withdraw", "dissolve", "abandon"), ("terminated", "terminated"))
    | {"content": ("in-force", ""), "pledge": ("in-force", ""), "pursue": ("in-force", "")}
)
DEFAULTS = {"neutrality": "in-force", "instrument": "signed", "base": "in-force", "membership": "in-force", "exercise": "completed",
            "arms": "in-force"}  # fmt: skip
IRREALIS_BEFORE = words("irrealis-before")
LEGISLATURES = words("legislatures")


class Scope(NamedTuple):
    """Where the words about one head stand: its own tokens, its clause, and the ranges that speak of it."""

    first: int
    last: int
    left: tuple[tuple[int, int], ...]
    right: tuple[tuple[int, int], ...]
    over: tuple[tuple[int, int], ...]


def scope(reading: Reading, first: int, last: int, stop: int | None = None) -> Scope:
    """Give the ranges that may speak of the head at `first:last`: its clause, relative clauses on it, those above it.

    `stop` cuts what stands to the right (where the next head begins).
    """
    clauses = reading.clauses
    k = reading.clause_of(first)
    own = clauses[k]
    end = own.last
    n = reading.clause_of(last - 1) + 1
    end = clauses[n - 1].last
    while n < len(clauses) and clauses[n].kind == "relative":
        end = clauses[n].last
        n += 1
    opened = reading.norm(own.first) in ("اما", "واما", "فاما")
    if opened and n < len(clauses) and reading.norm(clauses[n].first)[:1] == "ف":
        end = clauses[n].last
    if reading.norm(last) == ":" and _opens_line(reading, first):
        end, stop = len(reading.tokens), None
    if stop is not None:
        end = max(last, min(end, stop))
    return Scope(first, last, ((own.first, first),), ((last, end),), tuple(_above(reading, own)))


def _opens_line(reading: Reading, first: int) -> bool:
    return all(reading.tokens[k].kind in ("punct", "number") for k in range(first))


def _above(reading: Reading, own: Clause) -> Iterator[tuple[int, int]]:
    """Give the clauses above a complement; a relative counts where it reports («التقارير التي زعمت أن …»)."""
    clauses = reading.clauses
    clause = own
    while clause.kind in ("that", "and-that", "relative") and clause.parent >= 0:
        told = clause.kind != "relative" or reading.has(clause.first, clause.last, "say")
        clause = clauses[clause.parent]
        if told:
            yield clause.first, clause.last


def judge(reading: Reading, place: Scope, family: str, *, default: str | None = None) -> Verdict:
    """Weigh the cues about one head: denial and refusal first, then wishes and talks, then the furthest that is real."""
    left = [c for a, b in place.left for c in reading.cues_in(a, b)]
    inner = list(reading.cues_in(place.first, place.last))
    right = [c for a, b in place.right for c in reading.cues_in(a, b)]
    over = [c for a, b in place.over for c in reading.cues_in(a, b)]
    table = FAMILIES[family]
    spoken = [c for c in right if c.sense.pos != "masdar"]
    if family == "instrument":
        spoken += _bound_after(reading, place)
    near = [c for c in left if not _taken(reading, c, place.first)]
    turned = [c.first for c in left if c.cue in WANTS | TALKS and not _negated(reading, c)]
    near = [c for c in near if not turned or c.first > turned[-1] or c.cue in ("suspend", "end")]
    near = [c for c in near if not (c.cue in ("allow", "bind") and c.sense.pos == "perfect")]
    if any(e.status in ("signed", "ratified") and e.cue.sense.pos != "participle" for c in near if (e := _effect(reading, c, table, family))):
        spoken = [c for c in spoken if c.cue not in ("allow", "bind", "open")]
    real = [e for c in (*near, *inner, *spoken) if (e := _effect(reading, c, table, family))]
    undone = family == "exercise" and next(
        (c for c in (*left, *right) if c.cue in ("hold", "close") and _negated(reading, c) == "لم"), None
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
        if cue.cue == "offer" and _negated(reading, cue) == "لم":
            return _verdict("denied", cue, "not offered")
        if cue.cue in ("intend", "intention") and _negated(reading, cue) in ("لا", "ليس", "ليست", "عدم", "غير"):
            return _verdict("denied", cue, "no intention")
    for cue in (*reading.cues_in(place.first, place.last), *right):
        if cue.cue == "deny-phrase":
            return _verdict("denied", cue, "denial after")
        if cue.cue == "intend" and _negated(reading, cue) == "لا":
            return _verdict("denied", cue, "no intention")
    for cue in left:
        if cue.cue == "lack":
            return _verdict("denied", cue, "lacks it")
    if reading.norm(place.first - 1) in ("لا", "ولا", "ليس", "ليست", "وليس", "وليست", "بلا") or (
        reading.norm(place.first - 2) in ("لا", "ليس", "ليست")
        and reading.norm(place.first - 1) in ("توجد", "يوجد", "وجود")
    ):
        return Verdict("denied", "certain", {}, (reading.norm(place.first - 1),), "negated noun", True)
    return None


def _cancelled(reading: Reading, cue: Cue) -> bool:
    return cue.cue == "deny" and bool(_negated(reading, cue))


def _negated(reading: Reading, cue: Cue) -> str:
    return reading.negation(cue.first)


def _verdict(status: str, cue: Cue, rule: str, certainty: str = "certain") -> Verdict:
    return Verdict(status, certainty, {}, (cue.sense.lemma,), rule, True)


_OPENING = frozenset({"allow", "join", "enter", "sign", "build", "host", "grant", "deploy", "take-part", "approve",
                      "include", "bind", "buy", "deliver", "sell", "open", "perform"})  # fmt: skip


def _refused(
    reading: Reading, left: list[Cue], right: list[Cue], over: list[Cue], real: list[Effect]
) -> Verdict | None:
    for cue in (*over, *left):
        if cue.cue in REFUSALS and not _negated(reading, cue):
            return _verdict("rejected", cue, "refusal")
        if cue.cue in _OPENING and _negated(reading, cue) == "لن":
            return _verdict("rejected", cue, "will not")
        if cue.cue in ("want", "allow", "seek") and _negated(reading, cue) in ("لا", "لم", "غير", "عدم") and not real:
            return _verdict("rejected", cue, "does not want")
    for cue in right:
        if cue.cue == "reject" and not cue.sense.pronoun and cue.sense.pos == "imperfect":
            continue
        if cue.cue in ("reject", "reject-phrase", "reject-vote") and not _negated(reading, cue):
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
    talking = [c for c in (*over, *left) if c.cue == "negotiate-noun" and not _negated(reading, c)]
    wishing = [
        c
        for c in (*over, *left)
        if (c.cue in WANTS or c.cue in ("conditional", "premature")) and not _negated(reading, c)
    ]
    if wishing:
        real = [e for e in real if e.cue.cue not in ("bind", "allow")]
    if talking:
        real = [e for e in real if e.cue.cue not in ("continue", "still", "force-adj", "hold", "launch")]
    strong = [e for e in real if (e.cue.sense.pos == "masdar" and e.status == "signed" and reading.norm(e.cue.first - 1) in ("جري", "جرت", "تم", "تمت", "شهد")) or e.status in ("in-force", "suspended", "terminated", "ratified", "completed")
              or e.cue.sense.pos in ("perfect", "participle")]  # fmt: skip
    if strong:
        return None
    talks = next((c for c in (*over, *left, *right) if c.cue in TALKS and not _negated(reading, c)), None)
    certainty = _certainty(reading, (*over, *left))
    if talks:
        return _verdict("negotiating", talks, "talks", "certain")
    want = next((c for c in (*over, *left) if c.cue in WANTS and not _negated(reading, c)), None)
    if want:
        return _verdict("proposed", want, "wish", "certain" if certainty == "probable" else certainty)
    guess = next((c for c in (*over, *left) if c.sense.stance == "probable" or (c.cue in HYPOTHESES and is_modal(reading, c))), None)
    if guess:
        return _verdict("proposed", guess, "hypothesis", certainty)
    return None


def is_modal(reading: Reading, cue: Cue) -> bool:
    """Tell whether a modal word is one here: قد before a perfect affirms."""
    if cue.sense.lemma != "قد":
        return True
    after = reading.norm(cue.last)
    return (
        after[:1] in ("ي", "ت", "ن")
        and not reading.has(cue.last, cue.last + 1, "past")
        and not _perfect(reading, cue.last)
    )


def _perfect(reading: Reading, i: int) -> bool:
    return any(c.first == i and c.sense.pos == "perfect" for c in reading.cues)


def _certainty(reading: Reading, found: tuple[Cue, ...]) -> str:
    modal = [c for c in found if c.cue in ("possible", "probable", "conditional") and is_modal(reading, c)]
    if any(c.cue == "possible" for c in modal):
        return "possible"
    if any(c.cue == "probable" for c in modal) or any(c.sense.stance == "probable" for c in found):
        return "probable"
    return "certain"


def _effect(reading: Reading, cue: Cue, table: dict[str, tuple[str, str]], family: str) -> Effect | None:
    if cue.cue not in table:
        return None
    status, key = table[cue.cue]
    if cue.sense.pos == "perfect" and _conditional(reading, cue):
        return None
    if cue.sense.pos == "imperfect" and status == "in-force" and reading.has(cue.first - 1, cue.first, "past"):
        return None
    if (
        cue.cue == "force"
        and cue.sense.pos == "word"
        and any(c.sense.pos == "imperfect" for c in reading.cues_in(max(0, cue.first - 4), cue.first, ("enter",)))
    ):
        return None
    negation = _negated(reading, cue)
    if negation:
        if status in ("terminated", "suspended") and negation in ("لم", "لا"):
            return Effect("in-force", "certain", "", cue)
        return None
    if cue.cue == "approve" and family != "neutrality" and _by_legislature(reading, cue):
        status, key = "ratified", "ratified"
    if cue.sense.pos == "perfect" and reading.norm(cue.first - 1) in _NOMINAL and not cue.proclitics:
        return None
    if _irrealis(reading, cue) or (cue.sense.pos == "masdar" and not _happened(reading, cue)):
        return None
    if cue.cue in ONE_OFF and cue.sense.pos == "imperfect":
        status, key = "in-force", ""
    return Effect(status, "certain", key, cue)


_NOMINAL = words("nominal")
_EVENTS = frozenset({"sign", "ratify", "withdraw", "end", "dissolve", "suspend", "close", "launch", "force", "receive",
                     "deliver", "buy", "expel", "retake", "announce", "renew", "approve", "join", "hold"})  # fmt: skip
_OCCURS = words("occurs")


def _happened(reading: Reading, cue: Cue) -> bool:
    """Tell whether a masdar reports an event: at the head of its line, after a verb of occurring, or what is told."""
    if cue.cue not in _EVENTS:
        return False
    before = [reading.norm(k) for k in range(max(0, cue.first - 3), cue.first)]
    if cue.first <= 1 or reading.norm(cue.first - 1) in (":", "...", "-", '"'):
        return True
    if any(word in _OCCURS for word in before):
        return True
    if cue.cue != "join" and reading.has(max(0, cue.first - 8), cue.first, "decide", "carry-out", "launch"):
        return True
    far = 9 if cue.cue in ("end", "suspend", "withdraw", "sign", "expel") else 1
    if cue.cue in ("deliver", "buy", "receive", "sell"):
        return False
    told = any(
        c.sense.pos != "masdar" and (cue.first - c.last < far or "ب" in cue.proclitics)
        for c in reading.cues_in(max(0, cue.first - 9), cue.first, ("say", "announce"))
    )
    by_it = "ب" in cue.proclitics and bool(cue.sense.pronoun)
    return told or by_it or ("ب" in cue.proclitics and cue.cue != "join") or ("و" in cue.proclitics and cue.first < 12)


def _by_legislature(reading: Reading, cue: Cue) -> bool:
    if any(m.via == "organization" and 0 <= m.first - cue.last <= 2 for m in reading.mentions):
        return False
    nearby = range(max(0, cue.first - 3), min(len(reading.tokens), cue.last + 4))
    return any(reading.norm(k).removeprefix("و").removeprefix("ال") in LEGISLATURES for k in nearby) or reading.has(
        max(0, cue.first - 3), cue.last + 4, "legislature", "legislator"
    )


def _irrealis(reading: Reading, cue: Cue) -> bool:
    """Tell whether a verb form only says what may or shall be: after أن, with س, or a jussive after ل."""
    if cue.sense.pos == "imperfect":
        before = reading.norm(cue.first - 1)
        if cue.cue == "force" and before == "":
            return False
        return (
            "س" in cue.proclitics or before in IRREALIS_BEFORE or ("ل" in cue.proclitics and cue.cue not in ("force",))
        )
    return (
        cue.sense.pos == "masdar" and "ل" in cue.proclitics and cue.cue in ("sign", "build", "join", "buy", "deliver")
    )


OBJECTS = frozenset(
    {"treaty", "neutrality", "membership", "base", "exercise", "alliance", "truce", "m-truce", "partnership"}
)


def _conditional(reading: Reading, cue: Cue) -> bool:
    """Tell whether a verb stands in a condition («إذا التحقت تركيا»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    return any(
        c.sense.lemma in ("إذا", "لو", "في حال", "في حالة")
        for c in reading.cues_in(max(clause.first - 1, 0), cue.first, ("conditional",))
    )


def _taken(reading: Reading, cue: Cue, head: int) -> bool:
    """Tell whether a cue before the head has another arrangement for its object («أنهت الحياد بانضمامها»)."""
    between = [c for c in reading.cues_in(cue.last, head, OBJECTS) if c.sense.pos in ("noun", "word")]
    return bool(between) and "و" not in reading.norm(head)[:1] and any("ب" in reading.norm(head)[:1] for _ in between)


def _works_under(reading: Reading, place: Scope) -> Cue | None:
    """Give the «بموجب» by which a text says what an arrangement makes its parties do now: at the head of its clause,
    with a verb in the present after it.
    """  # fmt: skip
    clause = reading.clauses[reading.clause_of(place.first)]
    for cue in reading.cues_in(clause.first, place.first, ("under",)):
        if cue.sense.lemma not in ("بموجب", "بمقتضى") or place.first - cue.last > 1:
            continue
        if cue.first - clause.first > 1:
            acts = [c for c in reading.cues_in(clause.first, cue.first) if c.sense.pos in ("perfect", "imperfect")]
            return cue if acts and acts[-1].sense.pos == "imperfect" and not _irrealis(reading, acts[-1]) and not _negated(reading, acts[-1]) else None
        else:
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
        by_it = any(reading.norm(k) in ("بموجبه", "بموجبها", "بمقتضاه", "بمقتضاها") for k in range(clause.first, min(clause.last, clause.first + 4)))
        begun = next(reading.cues_in(clause.first, clause.last, ("launch", "arrive", "receive", "perform")), None)
        if by_it and begun and begun.sense.pos == "perfect":
            return begun
    return None


def _furthest(real: list[Effect]) -> Verdict | None:
    if not real:
        return None
    best = max(real, key=lambda e: RANKS[e.status])
    return _verdict(best.status, best.cue, f"{best.cue.cue} says {best.status}")


# -- dates

_FUTURE = words("future")


def dates_of(reading: Reading, place: Scope, family: str, status: str) -> dict[str, str]:
    """Give each date that stands by the head to the cue nearest before it (or after it), keyed by what that cue says."""
    ranges = [*place.left, (place.first, place.last), *place.right]
    first, last = min(a for a, _ in ranges), max(b for _, b in ranges)
    table = FAMILIES[family]
    found: dict[str, str] = {}
    for dated in reading.dated:
        if dated.first < first or dated.last > last or not dated.span.edtf:
            continue
        key = _date_key(reading, dated.first, dated.last, first, last, table, family, status, place)
        if key and key not in found:
            found[key] = dated.span.edtf
    return found


def _date_key(
    reading: Reading, a: int, b: int, first: int, last: int, table: dict[str, tuple[str, str]], family: str, status: str,
    place: Scope,
) -> str:  # fmt: skip
    before = reading.norm(a - 1)
    if before in ("منذ", "ومنذ", "فمنذ"):
        return "in-force" if status in ("in-force", "suspended", "terminated") else ""
    candidates = [
        c for c in reading.cues_in(first, last) if (c.cue in table or c.cue in ("reject", "propose", "offer"))
    ]
    candidates = [c for c in candidates if not _negated(reading, c)]
    for cue in sorted(candidates, key=lambda c: (_gap(c, a, b), c.first)):
        key = _key_of(reading, cue, table, status)
        if key:
            return key
    if family in ("instrument",) and a <= place.last + 3:
        return "signed"
    return {"completed": "completed", "terminated": "terminated", "suspended": "suspended", "rejected": "rejected",
            "proposed": "planned" if reading.norm(b) in _FUTURE else "proposed", "signed": "signed"}.get(status, "")  # fmt: skip


def _gap(cue: Cue, a: int, b: int) -> int:
    return a - cue.last if cue.last <= a else (cue.first - b) * 2


def _key_of(reading: Reading, cue: Cue, table: dict[str, tuple[str, str]], status: str) -> str:
    if cue.cue in ("propose", "offer"):
        return "proposed"
    if cue.cue == "reject":
        return "rejected"
    effect = _effect(reading, cue, table, "")
    if effect:
        return effect.date
    return "planned" if cue.cue in table and cue.sense.pos == "imperfect" and _irrealis(reading, cue) else ""
