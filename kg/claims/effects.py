"""What one cue says of an arrangement, where it speaks of what is or was and not of what may be."""

from __future__ import annotations

from typing import NamedTuple

from kg.claims.reading import Reading
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words


class Effect(NamedTuple):
    """What one cue says: a status, its certainty, the key of a date beside it, and whether it is hypothetical."""

    status: str
    certainty: str
    date: str
    cue: Cue


REAL = {
    "sign": ("signed", "signed"),
    "announce": ("signed", "signed"),
    "ratify": ("ratified", "ratified"),
    "approve": ("signed", "signed"),
    "force": ("in-force", "in-force"),
    "force-adj": ("in-force", "in-force"),
    "bind": ("in-force", ""),
    "content": ("in-force", ""),
    "launch": ("in-force", "in-force"),
    "tie": ("in-force", "in-force"),
    "host": ("in-force", "in-force"),
    "operate": ("in-force", "in-force"),
    "station": ("in-force", "in-force"),
    "continue": ("in-force", ""),
    "still": ("in-force", ""),
    "perform": ("in-force", "in-force"),
    "build": ("signed", "signed"),
    "suspend": ("suspended", "suspended"),
    "withdraw": ("terminated", "terminated"),
    "end": ("terminated", "terminated"),
    "cancel": ("terminated", "terminated"),
    "dissolve": ("terminated", "terminated"),
    "expel": ("terminated", "terminated"),
    "allow": ("in-force", ""),
    "renew": ("signed", "signed"),
    "retake": ("terminated", "terminated"),
    "abandon": ("terminated", "terminated"),
}


ONE_OFF = {
    "hold": ("completed", "completed"),
    "close": ("completed", "completed"),
    "take-part": ("completed", "completed"),
    "deliver": ("completed", "completed"),
    "supply": ("completed", "completed"),
    "send": ("completed", "completed"),
    "grant": ("completed", "completed"),
    "receive": ("completed", "completed"),
    "obtain": ("completed", "completed"),
    "buy": ("completed", "completed"),
    "arrive": ("completed", "completed"),
    "sell": ("completed", "completed"),
}


TRANSFERS = frozenset(ONE_OFF) - {"hold", "close", "take-part"}


FAMILIES: dict[str, dict[str, tuple[str, str]]] = {
    "instrument": REAL,
    "base": REAL
    | {
        "deploy": ("in-force", "in-force"),
        "deliver": ("terminated", "terminated"),
        "receive": ("terminated", "terminated"),
        "build": ("in-force", "in-force"),
        "hold": ("in-force", ""),
        "end": ("terminated", "terminated"),
    },
    "membership": REAL
    | {
        "join": ("in-force", "in-force"),
        "rejoin": ("in-force", "in-force"),
        "become": ("in-force", "in-force"),
        "announce": ("in-force", "in-force"),
        "lift": ("in-force", "in-force"),
        "enter": ("in-force", "in-force"),
        "end": ("terminated", "terminated"),
        "take-part": ("in-force", "in-force"),
        "sign": ("signed", "signed"),
        "approve": ("signed", "signed"),
    },
    "exercise": {key: ONE_OFF[key] for key in ("hold", "close", "take-part")}
    | {
        "launch": ("in-force", "in-force"),
        "suspend": ("suspended", "suspended"),
        "end": ("completed", "completed"),
        "cancel": ("terminated", "terminated"),
        "postpone": ("suspended", "suspended"),
        "scheduled": ("signed", "planned"),
        "sign": ("signed", "signed"),
        "still": ("in-force", ""),
        "announce": ("signed", "signed"),
        "continue": ("in-force", ""),
    },
    "arms": ONE_OFF
    | {
        "sign": ("signed", "signed"),
        "approve": ("signed", "signed"),
        "announce": ("signed", "signed"),
        "suspend": ("suspended", "suspended"),
        "postpone": ("suspended", "suspended"),
        "lift": ("signed", "signed"),
        "end": ("terminated", "terminated"),
        "cancel": ("terminated", "terminated"),
        "still": ("in-force", ""),
        "continue": ("in-force", ""),
        "ratify": ("ratified", "ratified"),
    },
}


FAMILIES["neutrality"] = (
    {key: ("in-force", "in-force" if key != "ratify" and key != "approve" else "ratified") for key in REAL}
    | dict.fromkeys(("end", "cancel", "withdraw", "dissolve", "abandon"), ("terminated", "terminated"))
    | {"content": ("in-force", ""), "pledge": ("in-force", ""), "pursue": ("in-force", "")}
)


MAY = words("may")


IRREALIS_BEFORE = words("irrealis-before")


LEGISLATURES = words("legislatures")


def negated(reading: Reading, cue: Cue) -> str:
    """Give the word that negates a cue, «» for none."""
    return reading.negation(cue.first)


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


def effect(reading: Reading, cue: Cue, table: dict[str, tuple[str, str]], family: str) -> Effect | None:
    """Give what a cue says of an arrangement by its family's table; nothing where it is negated, or only may be."""
    if cue.cue not in table or (cue.cue == "take-part" and "ب" in cue.proclitics):
        return None
    status, key = table[cue.cue]
    if cue.cue == "arrive" and reading.norm(cue.first - 1) == "ما":
        return None
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
    if cue.cue == "force-adj" and reading.norm(cue.first - 2) == "ما":
        return None
    if cue.cue == "force-adj" and _no_more(reading, cue):
        return Effect("terminated", "certain", "terminated", cue)
    negation = negated(reading, cue)
    if negation == "لم" and cue.cue == "renew":
        return Effect("terminated", "certain", "terminated", cue)
    if negation:
        if status in ("terminated", "suspended") and negation in ("لم", "لا"):
            return Effect("in-force", "certain", "", cue)
        return None
    if cue.sense.lemma == "شكل" and cue.sense.pos == "imperfect":
        return None
    if cue.cue == "approve" and family != "neutrality" and _by_legislature(reading, cue):
        status, key = "ratified", "ratified"
    if cue.sense.pos == "perfect" and reading.norm(cue.first - 1) in _NOMINAL and not cue.proclitics:
        return None
    if irrealis(reading, cue) or (cue.sense.pos == "masdar" and not _happened(reading, cue)):
        return None
    if (cue.cue in (*ONE_OFF, "build") and cue.sense.pos == "imperfect") or (
        cue.cue in ONE_OFF and _begun(reading, cue)
    ):
        status, key = "in-force", ""
    return Effect(status, "certain", key, cue)


_NOMINAL = words("nominal")


_EVENTS = frozenset(
    {
        "sign",
        "ratify",
        "withdraw",
        "end",
        "cancel",
        "postpone",
        "dissolve",
        "suspend",
        "close",
        "launch",
        "force",
        "receive",
        "deliver",
        "buy",
        "expel",
        "retake",
        "announce",
        "renew",
        "approve",
        "join",
        "hold",
    }
)


_OCCURS = words("occurs")


def _no_more(reading: Reading, cue: Cue) -> bool:
    """Tell whether something is said to be so no more («لم تعد المعاهدة قائمة»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    pairs = (f"{reading.norm(k)} {reading.norm(k + 1)}" for k in range(clause.first, cue.first))
    return any(pair in words("no-more") for pair in pairs)


def resulted(reading: Reading, cue: Cue) -> bool:
    """Tell whether a masdar is what something led to («أسفرت المباحثات عن توقيع …»)."""
    first = reading.clauses[reading.clause_of(cue.first)].first
    led = reading.norm(cue.first - 1) in ("عن", "الي") or "ب" in cue.proclitics
    return led and reading.says(first, cue.first, words("results"))


WISHES = ("propose", "request", "want", "seek", "intend")


def _happened(reading: Reading, cue: Cue) -> bool:
    """Tell whether a masdar reports an event: at the head of its line, after a verb of occurring, or what is told."""
    if cue.cue not in _EVENTS or reading.has(max(0, cue.first - 4), cue.first, *WISHES):
        return False
    before = [reading.norm(k) for k in range(max(0, cue.first - 3), cue.first)]
    if cue.first <= 1 or reading.norm(cue.first - 1) in (":", "...", "-", '"'):
        return True
    if any(word in _OCCURS for word in before) or resulted(reading, cue):
        return True
    if cue.cue != "join" and reading.has(max(0, cue.first - 8), cue.first, "decide", "carry-out", "launch"):
        return True
    far = 9 if cue.cue in ("end", "cancel", "suspend", "withdraw", "sign", "expel") else 1
    if cue.cue in TRANSFERS:
        return False
    told = any(
        c.sense.pos != "masdar" and (cue.first - c.last < far or "ب" in cue.proclitics)
        for c in reading.cues_in(max(0, cue.first - 9), cue.first, ("say", "announce"))
    )
    by_it = "ب" in cue.proclitics and bool(cue.sense.pronoun)
    return told or by_it or ("ب" in cue.proclitics and cue.cue != "join") or ("و" in cue.proclitics and cue.first < 12)


def _begun(reading: Reading, cue: Cue) -> bool:
    """Tell whether a masdar is only begun or goes on («بدأت تركيا تسليم الصومال مروحيات»)."""
    return cue.sense.pos == "masdar" and reading.has(max(0, cue.first - 5), cue.first, "launch", "continue")


def _by_legislature(reading: Reading, cue: Cue) -> bool:
    if any(m.via == "organization" and 0 <= m.first - cue.last <= 2 for m in reading.mentions):
        return False
    nearby = range(max(0, cue.first - 3), min(len(reading.tokens), cue.last + 4))
    return any(reading.norm(k).removeprefix("و").removeprefix("ال") in LEGISLATURES for k in nearby) or reading.has(
        max(0, cue.first - 3), cue.last + 4, "legislature", "legislator"
    )


def irrealis(reading: Reading, cue: Cue) -> bool:
    """Tell whether a verb form only says what may or shall be: after أن, with س, or a jussive after ل."""
    if cue.sense.pos == "imperfect":
        before = reading.norm(cue.first - 1)
        if cue.cue == "force" and before == "":
            return False
        if before.lstrip("وف") in MAY:
            return True
        return (
            "س" in cue.proclitics or before in IRREALIS_BEFORE or ("ل" in cue.proclitics and cue.cue not in ("force",))
        )
    return (
        cue.sense.pos == "masdar" and "ل" in cue.proclitics and cue.cue in ("sign", "build", "join", "buy", "deliver")
    )


def _conditional(reading: Reading, cue: Cue) -> bool:
    """Tell whether a verb stands in a condition («إذا التحقت تركيا»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    return any(
        c.sense.lemma in ("إذا", "لو", "في حال", "في حالة")
        for c in reading.cues_in(max(clause.first - 1, 0), cue.first, ("conditional",))
    )
