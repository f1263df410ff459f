"""What becomes of an arrangement: its status and how certain that is, weighed from the cues about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.claims.dating import dates_of
from kg.claims.drafts import RANKS, Draft
from kg.claims.effects import FAMILIES, Effect, effect, irrealis, is_modal, negated, resulted
from kg.claims.reading import FINITE, Clause, Reading
from kg.claims.scopes import Scope
from kg.lexicon.cues import Cue, Sense
from kg.lexicon.grammar import words


class Verdict(NamedTuple):
    """A status with its certainty and dates; `explicit` tells whether the text gave a cue or it is the default."""

    status: str
    certainty: str
    dates: dict[str, str]
    cues: tuple[str, ...]
    rule: str
    explicit: bool

    def turned(self, status: str, rule: str) -> Verdict:
        """Give the verdict with another status that a rule found; its first date goes with the status."""
        dates = dict.fromkeys([status], next(iter(self.dates.values()))) if self.dates else {}
        return self._replace(status=status, dates=dates, rule=rule, explicit=True)

    def draft(self, kind: str, parties: dict[str, str], organization: str | None = None) -> Draft:
        """Give a draft of this kind between these parties that stands as judged."""
        draft = Draft(kind, parties, organization, self.status, self.certainty, self.dates)
        draft.explicit = self.explicit
        return draft


WANTS = frozenset(
    {"propose", "offer", "seek", "want", "consider", "intend", "request", "proposal", "idea", "intention"}
)
TALKS = frozenset({"negotiate", "negotiate-noun", "discuss", "postpone"})
HYPOTHESES = frozenset({"possible", "probable", "conditional", "premature", "question"})
DENIALS = frozenset({"deny", "deny-phrase"})
REFUSALS = frozenset({"reject", "reject-phrase", "oppose", "rule-out", "reject-vote"})
OPENING = frozenset(
    {
        "allow",
        "join",
        "enter",
        "sign",
        "build",
        "host",
        "welcome",
        "grant",
        "deploy",
        "take-part",
        "approve",
        "include",
        "bind",
        "buy",
        "deliver",
        "sell",
        "supply",
        "send",
        "open",
        "perform",
    }
)
OBJECTS = frozenset(
    {"treaty", "neutrality", "membership", "base", "exercise", "alliance", "truce", "m-truce", "partnership"}
)
DEFAULTS = {
    "neutrality": "in-force",
    "instrument": "signed",
    "base": "in-force",
    "membership": "in-force",
    "exercise": "completed",
    "arms": "in-force",
}


BY_IT = Sense("under", "بموجبه", "word", "sg", "", "")


class _Around(NamedTuple):
    """The cues about a head: before it in its clause, in its noun phrase, after it, and in the clauses above."""

    left: tuple[Cue, ...]
    inner: tuple[Cue, ...]
    right: tuple[Cue, ...]
    over: tuple[Cue, ...]

    @property
    def before(self) -> tuple[Cue, ...]:
        """Those whose word reaches down to the head: of the clauses above, then of its own."""
        return (*self.over, *self.left)


def judge(reading: Reading, place: Scope, family: str, *, default: str | None = None) -> Verdict:
    """Weigh the cues about one head: denial and refusal, then wishes and talks, then the furthest that is real."""
    around = _Around(*(_cues(reading, ranges) for ranges in (place.left, (place[:2],), place.right, place.over)))
    real = _real(reading, place, around, family)
    verdict = (
        (_not_held(reading, around) if family == "exercise" else None)
        or _denied(reading, place, around)
        or _refused(reading, around, real)
        or _unreal(reading, around, real)
        or _furthest(real)
        or _to_come(reading, around)
        or Verdict(default or DEFAULTS[family], "certain", {}, (), "default", False)
    )
    return verdict._replace(dates=dates_of(reading, place, family, verdict.status))


def _cues(reading: Reading, ranges: Iterable[tuple[int, int]]) -> tuple[Cue, ...]:
    return tuple(c for a, b in ranges for c in reading.cues_in(a, b))


def _real(reading: Reading, place: Scope, around: _Around, family: str) -> list[Effect]:
    """Give what the cues say that is or was so, in the order of the text."""
    table = FAMILIES[family]
    near = _near(reading, place, around.left)
    spoken = [c for c in around.right if c.sense.pos != "masdar"]
    if family == "instrument":
        spoken += _bound_after(reading, place)
    done = [e for c in near if (e := effect(reading, c, table, family))]
    if any(e.status in ("signed", "ratified") and e.cue.sense.pos != "participle" for e in done):
        spoken = [c for c in spoken if c.cue not in ("allow", "bind", "content", "open")]
    real = done + [e for c in (*around.inner, *spoken) if (e := effect(reading, c, table, family))]
    works = _works_under(reading, place) or _works_by_it(reading, place)
    return [*real, Effect("in-force", "certain", "", works)] if works else real


def _near(reading: Reading, place: Scope, left: tuple[Cue, ...]) -> list[Cue]:
    """Give the cues before a head that speak of it: none taken by another noun, none before a wish or talks."""
    turned = max((c.first for c in left if c.cue in WANTS | TALKS and not negated(reading, c)), default=-1)
    return [
        c
        for c in left
        if not _taken(reading, c, place.first)
        and (c.first > turned or c.cue in ("suspend", "end", "cancel"))
        and not (c.cue in ("allow", "bind") and c.sense.pos == "perfect")
    ]


def _not_held(reading: Reading, around: _Around) -> Verdict | None:
    """Tell of an exercise that did not take place («لم تُجرَ», «لم يتم إجراء»)."""
    both = (*around.left, *around.right)
    undone = [c for c in both if c.cue in ("hold", "close") and negated(reading, c) == "لم"]
    undone += [c for c in both if c.cue == "hold" and reading.norm(c.first - 2) == "لم"]
    return _verdict("denied", undone[0], "not held") if undone else None


def _denied(reading: Reading, place: Scope, around: _Around) -> Verdict | None:
    for cue in around.before:
        if cue.cue in DENIALS and not _cancelled(reading, cue):
            return _verdict("denied", cue, "denial")
        if cue.cue == "offer" and negated(reading, cue) == "لم":
            return _verdict("denied", cue, "not offered")
        if cue.cue in ("intend", "intention") and negated(reading, cue) in words("not-intended"):
            return _verdict("denied", cue, "no intention")
    for cue in (*around.inner, *around.right):
        if cue.cue == "deny-phrase":
            return _verdict("denied", cue, "denial after")
        if cue.cue == "intend" and negated(reading, cue) == "لا":
            return _verdict("denied", cue, "no intention")
    lack = next((c for c in around.left if c.cue == "lack" and not _lacks_more(reading, c, place.first)), None)
    if lack:
        return _verdict("denied", lack, "lacks it")
    return _negated_noun(reading, place.first)


def _lacks_more(reading: Reading, lack: Cue, first: int) -> bool:
    """Tell whether the noun just after is what does the lacking («لا ينص الاتفاق على …»), and not what is lacked."""
    return lack.last == first and reading.norm(first).startswith("ال")


def _negated_noun(reading: Reading, i: int) -> Verdict | None:
    """Read «لا اتفاق», «ليست معاهدة» and «لا توجد قاعدة», the noun at token i."""
    before = reading.norm(i - 1)
    between = next((g.mentions[0].first for g in reading.groups if g.last == i and g.prep == "بين"), i)
    if between != i and reading.norm(between - 1) == "بين":
        return _negated_noun(reading, between - 1)
    absent = reading.norm(i - 2) in ("لا", "ليس", "ليست") and before in words("existing")
    if before in words("no-noun") or absent:
        return Verdict("denied", "certain", {}, (before,), "negated noun", True)
    return None


def _cancelled(reading: Reading, cue: Cue) -> bool:
    """Tell whether a denial is itself negated («لم ينف»), or only takes up what another says («وهو ما تنفيه»)."""
    if cue.cue != "deny":
        return False
    return bool(negated(reading, cue)) or (bool(cue.sense.pronoun) and cue.sense.pos == "imperfect")


def _verdict(status: str, cue: Cue, rule: str, certainty: str = "certain") -> Verdict:
    return Verdict(status, certainty, {}, (cue.sense.lemma,), rule, True)


def _refused(reading: Reading, around: _Around, real: list[Effect]) -> Verdict | None:
    for cue in around.before:
        if cue.cue in REFUSALS and not negated(reading, cue):
            return _verdict("rejected", cue, "refusal")
        if cue.cue in OPENING and negated(reading, cue) == "لن":
            return _verdict("rejected", cue, "will not")
        if cue.cue in ("want", "allow", "seek") and negated(reading, cue) in words("not-wanted") and not real:
            return _verdict("rejected", cue, "does not want")
    for cue in around.right:
        if cue.cue == "reject" and not cue.sense.pronoun and cue.sense.pos == "imperfect":
            continue
        if cue.cue in ("reject", "reject-phrase", "reject-vote") and not negated(reading, cue):
            return _verdict("rejected", cue, "refusal after")
    return None


def _unreal(reading: Reading, around: _Around, real: list[Effect]) -> Verdict | None:
    """Read wishes, talks and hypotheses: they hold unless something real is said of the arrangement itself."""
    before = around.before
    premature = next((c for c in (*before, *around.inner, *around.right) if c.cue == "premature"), None)
    if premature:
        return _verdict("proposed", premature, "premature", "possible")
    affirmed = [c for c in before if not negated(reading, c)]
    if any(_is_strong(reading, e) for e in _beside(affirmed, real)):
        return None
    talks = next((c for c in (*before, *around.right) if c.cue in TALKS and not negated(reading, c)), None)
    if talks:
        return _verdict("negotiating", talks, "talks")
    certainty = _certainty(reading, before)
    want = next((c for c in affirmed if c.cue in WANTS), None)
    if want:
        return _verdict("proposed", want, "wish", "certain" if certainty == "probable" else certainty)
    guesses = (c for c in before if c.sense.stance == "probable" or (c.cue in HYPOTHESES and is_modal(reading, c)))
    guess = next(guesses, None)
    return _verdict("proposed", guess, "hypothesis", certainty) if guess else None


def _to_come(reading: Reading, around: _Around) -> Verdict | None:
    """Read an arrangement that is only to be concluded («ستوقع بلاده معاهدة», «اتفاق سيوقع الشهر المقبل»)."""
    for cue in (*around.left, *around.right):
        future = "س" in cue.proclitics or reading.norm(cue.first - 1) == "سوف"
        future = future and cue.cue in ("sign", "build", "announce", "renew")
        if (future or cue.cue == "scheduled") and not negated(reading, cue):
            return _verdict("proposed", cue, "still to come")
    return None


def _beside(affirmed: list[Cue], real: list[Effect]) -> list[Effect]:
    """Leave out what a wish or talks make unreal: «تسعى إلى اتفاق يتيح …», «مفاوضات مستمرة»."""
    unreal: set[str] = set()
    if any(c.cue in WANTS or c.cue == "conditional" for c in affirmed):
        unreal |= {"bind", "allow"}
    if any(c.cue == "negotiate-noun" for c in affirmed):
        unreal |= {"continue", "still", "force-adj", "hold", "launch"}
    return [e for e in real if e.cue.cue not in unreal]


def _is_strong(reading: Reading, said: Effect) -> bool:
    """Tell whether an effect outweighs a wish: a state that lasts, an event told as past («تم توقيع»)."""
    if said.status in ("in-force", "suspended", "terminated", "ratified", "completed"):
        return True
    if said.cue.sense.pos == "masdar" and said.status == "signed":
        return reading.norm(said.cue.first - 1) in words("occurred") or resulted(reading, said.cue)
    return said.cue.sense.pos in ("perfect", "participle")


def _certainty(reading: Reading, found: tuple[Cue, ...]) -> str:
    modal = [c for c in found if c.cue in ("possible", "probable", "conditional") and is_modal(reading, c)]
    if any(c.cue == "possible" for c in modal):
        return "possible"
    if any(c.cue == "probable" for c in modal) or any(c.sense.stance == "probable" for c in found):
        return "probable"
    return "certain"


def _taken(reading: Reading, cue: Cue, head: int) -> bool:
    """Tell whether a cue before the head has another arrangement for its object («أنهت الحياد بانضمامها»)."""
    between = [c for c in reading.cues_in(cue.last, head, OBJECTS) if c.sense.pos in ("noun", "word")]
    return bool(between) and reading.norm(head).startswith("ب")


def _works_under(reading: Reading, place: Scope) -> Cue | None:
    """Give the «بموجب» by which a text says what an arrangement makes its parties do now."""
    clause = reading.clauses[reading.clause_of(place.first)]
    for cue in reading.cues_in(clause.first, place.first, ("under",)):
        if cue.sense.lemma in ("بموجب", "بمقتضى") and place.first - cue.last <= 1:
            opens = cue.first - clause.first <= 1
            present = _present_after(reading, place) if opens else _present_before(reading, clause.first, cue)
            return cue if present else None
    return None


def _present_after(reading: Reading, place: Scope) -> bool:
    after = reading.cues_in(place.first, len(reading.tokens))
    return any(c.sense.pos == "imperfect" and "س" not in c.proclitics for c in after)


def _present_before(reading: Reading, first: int, under: Cue) -> bool:
    """Tell whether the last verb before «بموجب» is a real present («تستضيف … بموجب اتفاق»)."""
    acts = [c for c in reading.cues_in(first, under.first) if c.sense.pos in FINITE]
    if not acts or acts[-1].sense.pos != "imperfect":
        return False
    return not irrealis(reading, acts[-1]) and not negated(reading, acts[-1])


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
    """Give the verb of a clause that says what is done under the arrangement («وبدأت بموجبه الدورات»)."""
    for clause in reading.clauses:
        if clause.first < place.last or clause.kind not in ("coordinate", "relative"):
            continue
        done = _done_by_it(reading, clause)
        if done:
            return done
        by_it = reading.says(clause.first, min(clause.last, clause.first + 4), words("by-it"))
        begun = next(reading.cues_in(clause.first, clause.last, ("launch", "arrive", "receive", "perform")), None)
        if by_it and begun and begun.sense.pos == "perfect":
            return begun
    return None


def _done_by_it(reading: Reading, clause: Clause) -> Cue | None:
    """Give «بموجبها» in a relative clause that tells in the present what is done («التي تتزود السفن بموجبها»)."""
    verb = reading.norm(clause.first + 1)
    if (
        clause.kind != "relative"
        or verb[:1] not in ("ي", "ت")
        or reading.has(clause.first, clause.last, "bind", "allow")
    ):
        return None
    by_it = next((k for k in range(clause.first, clause.last) if reading.norm(k) in words("by-it")), None)
    lasting = reading.dated and any(reading.norm(d.first - 1) == "منذ" for d in reading.dated)
    if by_it is None or not (lasting or by_it - clause.first > 2):
        return None
    return next(reading.cues_in(by_it, by_it + 1), None) or Cue(by_it, by_it + 1, BY_IT, ())


def _furthest(real: list[Effect]) -> Verdict | None:
    if not real:
        return None
    best = max(real, key=lambda e: RANKS[e.status])
    return _verdict(best.status, best.cue, f"{best.cue.cue} says {best.status}")
