"""The nouns that name an arrangement, and how far their noun phrases go."""

from __future__ import annotations

from typing import NamedTuple

from kg.claims.parties import (
    groups_in,
)
from kg.claims.reading import COMPLEMENTS, CONTRASTS, RELATIVES, Reading
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


def heads(reading: Reading) -> list[Head]:
    """Find the arrangement nouns of a sentence; one that stands inside another's noun phrase belongs to it."""
    found: list[Head] = []
    named = [m for m in reading.mentions if m.via == "instrument"]
    for mention in named:
        end = chunk_end(reading, mention.last)
        found.append(Head(mention.first, mention.last, end, "instrument", True, "", mention.target))
    for mention in reading.mentions:
        if mention.via == "organization" and _named_pact(reading, mention):
            first = mention.first - 1 - (reading.norm(mention.first - 1) == '"')
            found.append(
                Head(
                    max(first, 0),
                    mention.last,
                    chunk_end(reading, mention.last),
                    "organization",
                    True,
                    "",
                    mention.target,
                )
            )
    for cue in reading.cues:
        joint = (
            cue.cue == "troop-force"
            and cue.sense.pronoun
            and reading.norm(cue.last).removeprefix("ال") in ("موحده", "مشتركه", "اقليميه")
        )
        limiting = cue.cue == "m-arms-control" and reading.has(
            reading.clauses[reading.clause_of(cue.first)].first, cue.first, "sign", "pledge", "offer", "propose"
        )
        if cue.cue == "limit" and cue.sense.pos == "masdar" and reading.has(cue.last, cue.last + 1, "armament"):
            end = chunk_end(reading, cue.last)
            found.append(Head(cue.first, cue.last, end, "m-arms-control", False, "", None, cue.sense.lemma))
            continue
        making = (
            cue.cue == "m-industry"
            and cue.sense.lemma.startswith(("إنتاج", "تصنيع"))
            and reading.has(
                0, cue.first, "negotiate", "negotiate-noun", "discuss", "sign", "propose", "seek", "consider"
            )
        )
        if (cue.cue not in HEADS and not joint and not limiting and not making) or cue.sense.pos not in (
            "noun",
            "word",
            "masdar",
        ):
            continue
        if any(h.first <= cue.first < h.last for h in found if h.cue in ("instrument", "organization")):
            continue
        if any(
            m.via == "organization"
            and (m.first <= cue.first < m.last or (m.first == cue.last and cue.cue == "alliance"))
            for m in reading.mentions
        ):
            continue
        if "ال" not in cue.proclitics:
            found = [h._replace(end=h.last) if h.definite and h.last == cue.first else h for h in found]
        if any(h.first <= cue.first < h.end and h.first != cue.first for h in found if not _restarts(reading, h, cue)):
            continue
        if cue.cue == "contract" and (cue.sense.pronoun or _is_verb_here(reading, cue)):
            continue
        if cue.cue == "cooperation" and "ب" in cue.proclitics and reading.norm(cue.last) == "مع":
            continue
        if any(h.first == cue.first and h.last >= cue.last for h in found) or _introduces(reading, cue):
            continue
        if (
            cue.sense.number == "pl"
            and cue.cue in ("treaty", "alliance", "declaration", "contract")
            and not _specific(reading, cue)
        ):
            continue
        found = [h for h in found if not (h.first == cue.first and h.last < cue.last)]
        end = chunk_end(reading, cue.last) if reading.norm(cue.first - 1) not in ("هذه", "هذا") else cue.last
        definite = "ال" in cue.proclitics or any(reading.norm(k)[:2] == "ال" for k in range(cue.first + 1, cue.last))
        found.append(Head(cue.first, cue.last, end, cue.cue, definite, cue.sense.pronoun, None, cue.sense.lemma))
    return sorted(found)


def _named_pact(reading: Reading, mention: Mention) -> bool:
    """Tell whether an organization's name stands for the pact or forum itself: after the noun that says so."""
    row = load().actors.get(mention.target)
    if getattr(row, "kind", "") == "mission" or PACT_KINDS.get(getattr(row, "kind", "")) == "security-framework":
        if reading.has(mention.last, len(reading.tokens), "perform", "launch", "withdraw", "station", "end"):
            return reading.norm(mention.first - 1) not in ("من", "الي", "في")
    if getattr(row, "kind", "") not in PACT_KINDS:
        return False
    k = mention.first - 1 - (reading.norm(mention.first - 1) == '"')
    if PACT_KINDS[row.kind] == "security-framework" and reading.has(max(0, mention.first - 2), mention.first, "tie"):  # type: ignore[union-attr]
        return True
    noun = reading.has(k, k + 1, "treaty", "alliance", "mechanism", "axis") or reading.words(k, k + 1).startswith("آلي")
    return noun or (PACT_KINDS[row.kind] == "security-framework" and reading.norm(mention.last) == "بين")  # type: ignore[union-attr]


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
    """Tell whether «عقد» opens its clause, as the verb «held»."""
    opens = reading.clauses[reading.clause_of(cue.first)].first
    return cue.first - opens <= 1 and any(c.first == cue.first and c.sense.pos == "perfect" for c in reading.cues)


def _specific(reading: Reading, cue: Cue) -> bool:
    """Tell whether a plural names arrangements of given parties («اتفاقيات بين», «معاهدات مع»)."""
    end = chunk_end(reading, cue.last)
    return any(g.prep in ("بين", "مع") or len(g.actors) > 1 for g in groups_in(reading, cue.last, end))


def _restarts(reading: Reading, head: Head, cue: Cue) -> bool:
    """Tell whether a second noun in a noun phrase is coordinated with the first, and so a head of its own."""
    return (
        "و" in cue.proclitics
        and cue.first >= head.last
        and cue.cue not in ("m-truce", "m-mutual", "m-transit", "cooperation")
    )


def chunk_end(reading: Reading, start: int) -> int:
    """Give where the noun phrase that begins before `start` ends: at a verb, a relative, a mark or an adverb of time."""
    i = start
    limit = min(len(reading.tokens), start + 22, reading.clauses[reading.clause_of(start - 1)].last)
    while i < limit:
        norm = reading.norm(i)
        inside = any(g.mentions[0].first < i < g.last for g in reading.groups)
        if not inside and (norm in STOPS or norm in RELATIVES or norm in COMPLEMENTS or norm in CONTRASTS):
            return i
        if not inside and reading.tokens[i].kind == "punct" and norm in ("،", ".", "؛", ":", "؟", "!", "..."):
            return i
        if not inside and _verb(reading, i):
            return i
        i += 1
    return i


def _verb(reading: Reading, i: int) -> bool:
    here = [c for c in reading.cues if c.first == i and c.last == i + 1]
    return bool(here) and all(c.sense.pos in ("perfect", "imperfect") for c in here)
