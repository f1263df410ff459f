"""The nouns that name an arrangement, and how far their noun phrases go."""

from __future__ import annotations

from typing import NamedTuple

from kg.claims.parties import (
    groups_in,
)
from kg.claims.reading import COMPLEMENTS, CONTRASTS, MEETINGS, RELATIVES, Reading
from kg.lexicon import load
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Mention

HEADS = frozenset(
    {
        "treaty",
        "declaration",
        "contract",
        "framework",
        "partnership",
        "cooperation",
        "alliance",
        "truce",
        "m-truce",
        "corridor",
        "programme",
        "relations",
        "room",
        "joint-force",
        "mechanism",
        "initiative",
        "guarantee-noun",
        "platform",
        "structure",
        "m-transit",
        "m-nonaggression",
        "factory",
        "axis",
        "m-mutual",
        "m-aid",
        "committee",
        "patrol",
        "p-intelligence-sharing",
    }
)


STOPS = words("stops")


class Head(NamedTuple):
    """A noun that names an arrangement, and its noun phrase: tokens `first:last`, up to `end`."""

    first: int
    last: int
    end: int
    cue: str
    definite: bool
    pronoun: str
    instrument: str | None
    lemma: str = ""
    plural: bool = False


def heads(reading: Reading) -> list[Head]:
    """Find the arrangement nouns of a sentence; one that stands inside another's noun phrase belongs to it."""
    found = _named(reading)
    for cue in reading.cues:
        if _limits_arms(reading, cue):
            found.append(_head(reading, cue, "m-arms-control"))
        elif _is_head(reading, cue):
            found = _with(reading, found, cue)
    return sorted(found)


def _named(reading: Reading) -> list[Head]:
    """Give the instruments, and the organizations whose name stands for their pact, as heads."""
    found: list[Head] = []
    for mention in reading.mentions:
        end = chunk_end(reading, mention.last)
        if mention.via == "instrument":
            noun = next(
                (c.sense.lemma for c in reading.cues_in(mention.first, mention.last, ("treaty", "declaration"))), ""
            )
            found.append(Head(mention.first, mention.last, end, "instrument", True, "", mention.target, noun))
        elif mention.via == "organization" and _named_pact(reading, mention):
            first = max(0, mention.first - 1 - (reading.norm(mention.first - 1) == '"'))
            found.append(Head(first, mention.last, end, "organization", True, "", mention.target))
    return sorted(found, key=lambda head: head.cue != "instrument")


def _limits_arms(reading: Reading, cue: Cue) -> bool:
    """Tell whether a masdar limits armament by itself («تحديد تسلحهما»)."""
    return cue.cue == "limit" and cue.sense.pos == "masdar" and reading.has(cue.last, cue.last + 1, "armament")


def _is_head(reading: Reading, cue: Cue) -> bool:
    """Tell whether a cue is a noun that can name an arrangement here."""
    if cue.sense.pos not in ("noun", "word", "masdar"):
        return False
    if cue.cue in HEADS:
        return not _is_verb_here(reading, cue) and not _is_adverbial(reading, cue)
    if cue.cue == "troop-force":
        return bool(cue.sense.pronoun) and reading.norm(cue.last).removeprefix("ال") in words("united")
    if cue.cue == "m-arms-control":
        first = reading.clauses[reading.clause_of(cue.first)].first
        return reading.has(first, cue.first, "sign", "pledge", "offer", "propose")
    made = cue.cue == "m-industry" and cue.sense.lemma.startswith(("إنتاج", "تصنيع"))
    return made and reading.has(0, cue.first, *_TALKED_OF)


_TALKED_OF = ("negotiate", "negotiate-noun", "discuss", "sign", "propose", "seek", "consider")


def _is_adverbial(reading: Reading, cue: Cue) -> bool:
    """Tell whether «بالتعاون مع» only says with whom."""
    return cue.cue == "cooperation" and "ب" in cue.proclitics and reading.norm(cue.last) == "مع"


def _with(reading: Reading, found: list[Head], cue: Cue) -> list[Head]:
    """Add a noun to the heads found so far, unless it is part of one of them or only leads to another."""
    if any(h.first <= cue.first < h.last for h in found if h.cue in ("instrument", "organization")):
        return found
    if any(_names(m, cue) for m in reading.mentions):
        return found
    if "ال" not in cue.proclitics:
        found = [h._replace(end=h.last) if h.definite and h.last == cue.first else h for h in found]
    if any(h.first <= cue.first < h.end and h.first != cue.first for h in found if not _restarts(h, cue)):
        return found
    if any(h.first == cue.first and h.last >= cue.last for h in found) or _introduces(reading, cue):
        return found
    generic = cue.cue in ("treaty", "alliance", "declaration", "contract")
    if cue.sense.number == "pl" and generic and not _specific(reading, cue):
        return found
    kept = [h for h in found if not (h.first == cue.first and h.last < cue.last)]
    return [*kept, _head(reading, cue, cue.cue)]


def _names(mention: Mention, cue: Cue) -> bool:
    """Tell whether a noun is part of an organization's name («منظمة معاهدة الأمن الجماعي», «حلف» before «الناتو»)."""
    inside = mention.first <= cue.first < mention.last or (mention.first == cue.last and cue.cue == "alliance")
    return mention.via == "organization" and inside


def _head(reading: Reading, cue: Cue, named: str) -> Head:
    end = cue.last if reading.norm(cue.first - 1) in words("this") else chunk_end(reading, cue.last)
    definite = "ال" in cue.proclitics or any(reading.norm(k)[:2] == "ال" for k in range(cue.first + 1, cue.last))
    plural = cue.sense.number == "pl"
    return Head(cue.first, cue.last, end, named, definite, cue.sense.pronoun, None, cue.sense.lemma, plural)


def _named_pact(reading: Reading, mention: Mention) -> bool:
    """Tell whether an organization's name stands for the pact or forum itself: after the noun that says so."""
    kind = PACT_KINDS.get(getattr(load().actors.get(mention.target), "kind", ""))
    if kind is None:
        return False
    acts = reading.has(mention.last, len(reading.tokens), "perform", "launch", "withdraw", "station", "end")
    if kind == "security-framework" and acts:
        return reading.norm(mention.first - 1) not in ("من", "الي", "في")
    k = mention.first - 1 - (reading.norm(mention.first - 1) == '"')
    if kind == "security-framework" and reading.has(max(0, mention.first - 2), mention.first, "tie"):
        return True
    noun = reading.has(k, k + 1, "treaty", "alliance", "mechanism", "axis") or reading.words(k, k + 1).startswith("آلي")
    return noun or (kind == "security-framework" and reading.norm(mention.last) == "بين")


PACT_KINDS = {
    "mission": "security-framework",
    "military-alliance": "alliance",
    "security-framework": "security-framework",
    "dialogue": "security-framework",
}


def _introduces(reading: Reading, cue: Cue) -> bool:
    """Tell whether a noun only leads to the arrangement noun after it («مشروع اتفاقية», «إطار التعاون»)."""
    if cue.cue not in ("programme", "framework", "structure", "treaty", "initiative", "declaration"):
        return False
    after = {c.cue for c in reading.cues if c.first == cue.last}
    if cue.cue == "programme" and reading.has(cue.first, cue.first + 2, "bill"):
        return True
    if cue.cue in ("programme", "framework", "structure"):
        return bool(after & {"treaty", "alliance", "cooperation", "partnership"})
    return False


def _is_verb_here(reading: Reading, cue: Cue) -> bool:
    """Tell whether «عقد» opens its clause, as the verb «held», or is «عقده», its tie."""
    if cue.cue != "contract":
        return False
    if cue.sense.pronoun:
        return True
    if reading.says(cue.last, cue.last + 2, MEETINGS) or reading.has(cue.first, cue.last, "hold"):
        return True
    opens = reading.clauses[reading.clause_of(cue.first)].first
    return cue.first - opens <= 1 and any(c.first == cue.first and c.sense.pos == "perfect" for c in reading.cues)


def _specific(reading: Reading, cue: Cue) -> bool:
    """Tell whether a plural names arrangements of given parties («اتفاقيات بين», «معاهدات مع»)."""
    end = chunk_end(reading, cue.last)
    return any(g.prep in ("بين", "مع") or len(g.actors) > 1 for g in groups_in(reading, cue.last, end))


def _restarts(head: Head, cue: Cue) -> bool:
    """Tell whether a second noun in a noun phrase is coordinated with the first, and so a head of its own."""
    return (
        "و" in cue.proclitics
        and cue.first >= head.last
        and cue.cue not in ("m-truce", "m-mutual", "m-transit", "cooperation")
    )


def chunk_end(reading: Reading, start: int) -> int:
    """Give where the noun phrase begun before `start` ends: at a verb, a relative, a mark or an adverb of time."""
    i = start
    limit = min(len(reading.tokens), start + 22, reading.clauses[reading.clause_of(start - 1)].last)
    while i < limit:
        norm = reading.norm(i)
        inside = any(g.mentions[0].first < i < g.last for g in reading.groups)
        if not inside and (norm in STOPS or norm in RELATIVES or norm in COMPLEMENTS or norm in CONTRASTS):
            return i
        if not inside and reading.tokens[i].kind == "punct" and norm in ("،", ".", "؛", ":", "؟", "!", "..."):
            return i
        if not inside and (_verb(reading, i) or _negates(reading, i)):
            return i
        i += 1
    return i


def _negates(reading: Reading, i: int) -> bool:
    """Tell whether a negated verb begins here («معاهدة … لا تتضمن بندا»), which says what is not in the noun phrase."""
    return reading.norm(i) in words("negates-verbs") and reading.norm(i + 1)[:1] in ("ي", "ت", "ن")


def _verb(reading: Reading, i: int) -> bool:
    here = [c for c in reading.cues if c.first == i and c.last == i + 1]
    return bool(here) and all(c.sense.pos in ("perfect", "imperfect") for c in here)
