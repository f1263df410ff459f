"""Treaties and the like: from the noun that names an arrangement to its kind, parties and status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.claims.discourse import Discourse
from kg.claims.drafts import BARE_DEFENCE, Draft
from kg.claims.parties import (
    described_by,
    groups_in,
    is_location,
    of_event,
    pair_before,
    subject,
    subject_above,
    unique,
    with_prep,
)
from kg.claims.reading import COMPLEMENTS, CONTRASTS, RELATIVES, Reading
from kg.claims.status import Scope, is_modal, judge, scope
from kg.lexicon import load
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group, Mention

HEADS = frozenset({"treaty", "declaration", "contract", "framework", "partnership", "cooperation", "alliance", "truce",
                   "m-truce", "corridor", "programme", "relations", "room", "joint-force", "mechanism", "initiative",
                   "guarantee-noun", "platform", "structure", "m-transit", "m-nonaggression", "factory",
                   "axis", "m-mutual"})  # fmt: skip
MODIFIERS = ("m-mutual", "m-nonaggression", "m-truce", "m-arms-control", "m-transit", "m-industry", "m-strategic",
             "m-defense", "m-military")  # fmt: skip
KIND_OF = {"m-mutual": "mutual-defense-pact", "m-nonaggression": "nonaggression-pact", "m-truce": "armistice",
           "m-industry": "defense-industry", "m-arms-control": "arms-control", "m-transit": "transit", "m-industry": "defense-industry",
           "m-strategic": "strategic-partnership", "m-defense": "defense-cooperation",
           "m-military": "defense-cooperation"}  # fmt: skip
OWN_KIND = {"truce": "armistice", "m-truce": "armistice", "room": "security-framework", "alliance": "alliance",
            "joint-force": "security-framework", "m-transit": "transit", "m-nonaggression": "nonaggression-pact",
            "m-mutual": "mutual-defense-pact", "m-industry": "defense-industry", "m-arms-control": "arms-control"}  # fmt: skip
STOPS = words("stops")
SINGLE_PARTY_OK = frozenset({"mutual-defense-pact", "security-framework", "arms-control", "joint-exercise", "transit"})


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
            and reading.has(0, cue.first, "negotiate", "negotiate-noun", "discuss", "sign", "propose", "seek", "consider")
        )
        if (cue.cue not in HEADS and not joint and not limiting and not making) or cue.sense.pos not in ("noun", "word", "masdar"):
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


def frames(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each arrangement noun of the sentence that has a kind and parties, or refers back to one that has."""
    found = [h for h in heads(reading) if h.first not in discourse.consumed]
    for n, head in enumerate(found):
        if (
            head.definite
            and n + 1 < len(found)
            and found[n + 1].first - head.last <= 1
            and reading.norm(head.first - 1) in ("يكون", "تكون", "ليس", "ليست")
        ):
            continue
        if _is_content(reading, found, n):
            continue
        after = (h.first for k, h in enumerate(found) if k > n and h.first >= head.end and not _is_content(reading, found, k))
        stop = next(after, None)
        place = scope(reading, head.first, max(head.end, head.last), stop)
        if is_target(reading, head):
            place = place._replace(left=(), over=())
        draft = _draft(reading, head, _without_leavers(reading, head, place), discourse)
        if draft:
            yield draft
    yield from _continued(reading, found, discourse)


TEMPORAL = frozenset({"بعد", "منذ", "عقب", "اثر", "قبل", "رغم", "وبعد", "بعيد", "قبيل"})


def is_target(reading: Reading, head: Head) -> bool:
    """Tell whether an arrangement is what somebody would join or leave («الانضمام إلى الميثاق»), no more."""
    before = reading.norm(head.first - 1)
    if before in TEMPORAL:
        return True
    if before in ("بموجب", "بمقتضى", "وفق", "بناء", "اساس") or reading.norm(head.first - 2) == "بموجب":
        return not reading.has(max(0, head.first - 3), head.first, "under") or not _leads(reading, head)
    return any(
        c.cue in ("join", "enter", "include")
        and 0 <= head.first - c.last <= 2
        and not (c.cue == "include" and c.sense.pos != "masdar")
        for c in reading.cues
    )


def _without_leavers(reading: Reading, head: Head, place: Scope) -> Scope:
    """Leave out of a treaty's scope that one of several parties left it; leaving a treaty of two ends it.

    «خرجت منها المكسيك», «انسحبت إيران من الحلف».
    """
    parties = load().instruments[head.instrument].parties if head.cue == "instrument" and head.instrument else ()
    if len(parties) == 2 or head.cue not in ("instrument", "alliance", "organization"):
        return place
    left = tuple((a, b) for a, b in place.left if not reading.has(a, b, "withdraw"))
    right = tuple(
        (a, min([b, *(c.first for c in reading.cues_in(a, b, ("withdraw",)) if c.sense.pos != "masdar")]))
        for a, b in place.right
    )
    return place._replace(left=left, right=right)


def _future(reading: Reading, place: Scope) -> bool:
    """Tell whether what is said of an indefinite arrangement is only what it would do («ستكون حاسمة», «من شأنها»)."""
    for a, b in place.right:
        words = [reading.norm(k) for k in range(a, min(b, a + 8))]
        if (
            "شانها" in words
            or "شانه" in words
            or any(w.startswith(("ستكون", "سيكون", "سوف", "ستمنح", "ستعزز")) for w in words)
        ):
            return True
        if any(is_modal(reading, c) for c in reading.cues_in(a, min(b, a + 6), ("possible",))):
            return True
    return False


def _is_content(reading: Reading, found: list[Head], n: int) -> bool:
    """Tell whether a noun only says what the arrangement before it holds («إعلان مبادئ تضمّن وقفاً لإطلاق النار»)."""
    head = found[n]
    if not n or not head.cue.startswith("m-"):
        return False
    if reading.clauses[reading.clause_of(head.first)].kind == "relative":
        return True
    return reading.has(max(found[n - 1].last, head.first - 4), head.first, "include", "content", "guarantee")


def _bare(reading: Reading, head: Head) -> bool:
    """Tell whether a definite noun stands without a modifier («الاتفاقية على …»), so that it refers back if it can."""
    if not head.definite or head.cue not in ("treaty", "declaration", "contract") or head.pronoun:
        return False
    described = any(c.first == head.last and c.cue.startswith("m-") for c in reading.cues)
    nisba = any(m.first == head.last and m.is_nisba for m in reading.mentions)
    between = any(g.prep in ("بين", "مع") for g in groups_in(reading, head.last, head.end))
    return not (described or nisba or between or reading.norm(head.last).startswith("ال") or reading.norm(head.last) == '"')


PLAIN_ALLIANCE = "alliance without military content"


def _between_named(reading: Reading, head: Head) -> bool:
    """Tell whether a noun phrase itself names with or between whom («التحالف بين موسكو وأنقرة»)."""
    inner = groups_in(reading, head.last, head.end)
    return bool(head.pronoun) or any(g.prep in ("بين", "مع") or (g.is_nisba and len(g.actors) > 1) for g in inner)


def _leads(reading: Reading, head: Head) -> bool:
    """Tell whether «بموجب» and its treaty open their clause, so that the clause says what the treaty does."""
    return head.first - reading.clauses[reading.clause_of(head.first)].first <= 2


def _draft(reading: Reading, head: Head, place: Scope, discourse: Discourse) -> Draft | None:
    kind, rule = kind_of(reading, head, place, armed=discourse.armed)
    if kind and _bare(reading, head) and discourse.antecedent(INSTRUMENT_KINDS, head.lemma):
        kind, rule = "", ""
    if rule == BARE_DEFENCE and obliges(reading, head.first, _until_next(reading, head)):
        kind = "mutual-defense-pact"
    if not kind and any(reading.norm(k).startswith(("مماثل", "مشابه")) for k in range(head.last, head.last + 2)):
        like = discourse.antecedent(INSTRUMENT_KINDS, "اتفاق")
        kind, rule = (like.kind, "like the one before") if like else ("", "")
    if _out_of_scope(reading, head) or any(reading.has(a, b, "reluctant") for a, b in place.left):
        return None
    parties = parties_of(reading, head, place, discourse, kind) if kind else {}
    listed = load().instruments[head.instrument].parties if head.cue == "instrument" and head.instrument else ()
    if len(listed) > 1 and not set(parties) <= set(listed):
        parties = dict.fromkeys(listed, "party")
    if rule == PLAIN_ALLIANCE and not _between_named(reading, head):
        return None
    if "EU" in parties and "europe" in parties:
        parties.pop("europe")
    back = _referent(head, kind, parties, discourse)
    if len(parties) < 2 and kind and back is None and not (parties and _collective(next(iter(parties)))):
        parties = _predicate_of(reading, head, discourse) or parties
    if not kind and back is None:
        return None
    verdict = judge(reading, place, "instrument", default=_default(kind, head) if kind else "signed")
    if not verdict.explicit and not head.definite and not head.instrument and _future(reading, place):
        verdict = verdict._replace(status="proposed", rule="still to come", explicit=True)
    if back is not None:
        draft = back.again(status=verdict.status, certainty=verdict.certainty, dates=verdict.dates)
        rule = f"refers back to {back.kind}"
    else:
        draft = Draft(kind, parties, status=verdict.status, certainty=verdict.certainty, dates=verdict.dates)
        draft.head, draft.instrument = head.cue, head.instrument if head.cue == "instrument" else None
        draft.name, draft.noun = own_name(reading, head), head.lemma
    draft.explicit, draft.definite, draft.at = verdict.explicit, head.definite, head.first
    draft.rules += [rule, verdict.rule]
    draft.cues += [reading.words(head.first, head.last), *verdict.cues]
    _propose(reading, place, draft)
    _features(reading, place, draft)
    return draft


INSTRUMENT_KINDS = frozenset({"mutual-defense-pact", "nonaggression-pact", "alliance", "defense-cooperation", "transit",
                              "armistice", "security-framework", "strategic-partnership", "arms-control",
                              "defense-industry"})  # fmt: skip
GENERIC = frozenset(
    {
        "treaty",
        "declaration",
        "contract",
        "alliance",
        "partnership",
        "framework",
        "initiative",
        "truce",
        "corridor",
        "programme",
        "cooperation",
    }
)


def _predicate_of(reading: Reading, head: Head, discourse: Discourse) -> dict[str, str]:
    """Give the parties of the arrangement of which a sentence says that it is, or holds, this one.

    «أن يكون الإعلان حلفا عسكريا», «المعاهدة لا تتضمن بندا للدفاع المشترك».
    """
    first = reading.clauses[reading.clause_of(head.first)].first
    linked = reading.has(first, head.first, "lack", "include", "content") or any(
        reading.norm(k) in ("يكون", "تكون", "ليس", "ليست") for k in range(first, head.first)
    )
    if not linked:
        return {}
    organizations = [m for m in reading.mentions if m.first < head.first and m.actors and _collective(m.actors[0])]
    if organizations:
        return {organizations[-1].actors[0]: "party"}
    last = discourse.antecedent(INSTRUMENT_KINDS)
    return (
        dict.fromkeys((a for a, r in last.parties.items() if r not in ("opponent", "against")), "party") if last else {}
    )


def _referent(head: Head, kind: str, parties: dict[str, str], discourse: Discourse) -> Draft | None:
    """Give the arrangement that a definite noun without parties of its own refers back to."""
    if not head.definite or head.pronoun or head.cue not in GENERIC or len(parties) >= 2 or head.instrument:
        return None
    kinds = frozenset({kind}) if kind else None
    found = discourse.antecedent(kinds, head.lemma)
    return found if found is not None and set(parties) <= set(found.parties) else None


def _propose(reading: Reading, place: Scope, draft: Draft) -> None:
    """Mark the one who suggests an arrangement and those who would come into it."""
    if draft.status not in ("proposed", "rejected") or len(draft.parties) < 2:
        return
    first = next(iter(draft.parties))
    if any(reading.has(a, b, "propose", "offer", "want", "seek", "proposal") for a, b in place.left):
        draft.parties[first] = "proposer"


def _continued(reading: Reading, found: list[Head], discourse: Discourse) -> Iterator[Draft]:
    """Read clauses that go on about an arrangement without naming it: «سقطت عام 1961», «وقّعتها القاهرة ودمشق»."""
    for clause in reading.clauses:
        if any(clause.first <= h.first < clause.last for h in found):
            continue
        verbs = [
            c
            for c in reading.cues_in(clause.first, min(clause.last, clause.first + 5))
            if (c.cue in CONTINUING and c.sense.pos == "perfect") or (c.cue in ("force", "still") and c.sense.pos == "word")
        ]
        if (
            not verbs
            or clause.kind in ("that", "and-that", "relative")
            or reading.has(clause.first, clause.last, *OTHER_TOPICS)
        ):
            continue
        verb = verbs[0]
        back = discourse.pending or discourse.antecedent(INSTRUMENT_KINDS, "اتفاق")
        if back is None or (back.sentence < reading.sentence.index - 1 and back is not discourse.pending):
            continue
        if back is not discourse.pending and clause.first > 0 and clause.kind not in ("coordinate", "contrast"):
            continue
        draft = _about_last(reading, verb, clause.last, back, discourse)
        if draft:
            yield draft


CONTINUING = frozenset(
    {"reject", "sign", "ratify", "approve", "end", "dissolve", "suspend", "announce", "build", "force"}
)


OTHER_TOPICS = ("join", "membership", "member", "base", "exercise", "drill", "weapon", "neutrality", "withdraw")
OFFERED = words("offered")


def _about_last(reading: Reading, verb: Cue, end: int, back: Draft, discourse: Discourse) -> Draft | None:
    place = scope(reading, verb.first, verb.last)
    after = [g for g in groups_in(reading, verb.last, end) if not is_location(g)]
    free = [g for g in after if g.prep == "" and not g.is_nisba]
    named = with_prep(after, "بين") or (tuple(a for g in free for a in g.actors) if verb.sense.pronoun else ())
    refused = verb.cue == "reject" and (
        verb.sense.pronoun or any(reading.norm(k) in OFFERED for k in range(verb.last, verb.last + 3))
    )
    if verb.cue == "reject" and not refused:
        return None
    if free and not verb.sense.pronoun and not named and not refused:
        return None
    if len(named) < 2 and len(back.scored) < 2 and not back.organization:
        partners = with_prep(after, "مع")
        named = unique(named, partners)
        alone = named or tuple(back.scored)
        if len(named) < 2 and not (len(alone) == 1 and _collective(alone[0])):
            return None
    verdict = judge(reading, place, "instrument")
    if refused:
        verdict = verdict._replace(status="rejected", rule="the offer is refused", explicit=True)
    if back.head == "treaty" and back.kind in ("defense-cooperation", "alliance") and obliges(reading, verb.last, end):
        back.kind = "mutual-defense-pact"
    draft = back.again(status=verdict.status, certainty=verdict.certainty, dates=verdict.dates)
    if len(named) >= 2 or (named and not back.parties):
        draft.parties = dict.fromkeys(named, "party")
    draft.explicit, draft.at = verdict.explicit, verb.first
    draft.rules += ["goes on about the last arrangement", verdict.rule]
    draft.cues += [reading.words(verb.first, verb.last), *verdict.cues]
    _features(reading, place, draft)
    return draft


def heading_parties(reading: Reading) -> tuple[str, ...]:
    """Give the parties of a second heading line that only says between whom («بين جمهورية زامبيا وجمهورية ملاوي»)."""
    if reading.norm(0) != "بين" or heads(reading):
        return ()
    return with_prep(groups_in(reading, 0, len(reading.tokens)), "بين")


def heading(reading: Reading) -> Draft | None:
    """Give the arrangement that a heading names for the lines below it, its parties as far as it gives them."""
    for head in heads(reading):
        if head.first > 2:
            return None
        place = scope(reading, head.first, max(head.end, head.last))
        kind, rule = kind_of(reading, head, place)
        if not kind:
            continue
        nisbas = described_by(reading, head.first, head.end)
        parties = dict.fromkeys(nisbas, "party")
        if head.instrument and not parties:
            parties = dict.fromkeys(load().instruments[head.instrument].parties, "party")
        draft = Draft(kind, parties, head=head.cue, instrument=head.instrument)
        draft.rules.append(f"heading: {rule}")
        draft.spans.append((reading.sentence.start, reading.sentence.end))
        return draft
    for mention in reading.mentions:
        row = load().actors.get(mention.actors[0]) if mention.actors else None
        if getattr(row, "kind", "") == "military-alliance" and mention.first <= 1:
            return Draft("alliance", {mention.actors[0]: "party"}, head="alliance", rules=["heading: alliance"],
                         spans=[(reading.sentence.start, reading.sentence.end)])  # fmt: skip
    return None


def _default(kind: str, head: Head) -> str:
    if (
        head.cue in ("cooperation", "relations", "partnership", "programme", "mechanism")
        or kind == "strategic-partnership"
    ):
        return "in-force"
    if kind in ("alliance", "security-framework") and head.cue in ("alliance", "organization"):
        return "in-force"
    return "signed"


_OFF = words("off")


def _out_of_scope(reading: Reading, head: Head) -> bool:
    """Tell whether the noun phrase speaks of trade, culture and the like and of nothing military."""
    words = {
        reading.norm(k).removeprefix("لل").removeprefix("ال").removeprefix("وال").removeprefix("ل")
        for k in range(head.first, head.end)
    }
    military = reading.has(head.first, head.end, *MODIFIERS, "s-training", "s-cyber", "s-intelligence", "s-exercises")
    return bool(words & _OFF) and not military


def kind_of(reading: Reading, head: Head, place: Scope, *, armed: bool = False) -> tuple[str, str]:
    """Give the kind of a head and the rule that found it; «» where the words do not tell."""
    if head.cue == "organization":
        if reading.has(head.first, head.first + 1, "alliance", "treaty"):
            return "alliance", f"alliance {head.instrument}"
        return PACT_KINDS[load().actors[head.instrument or ""].kind], f"named pact {head.instrument}"  # type: ignore[attr-defined]
    if head.instrument:
        return load().instruments[head.instrument].kind, f"instrument {head.instrument}"
    modifier = next((m for m in MODIFIERS if reading.has(head.first, head.end, m)), "")
    if not modifier and head.cue in ("treaty", "cooperation", "declaration") and _military_sector(reading, head):
        modifier = "m-defense"
    if (
        head.cue == "treaty"
        and modifier == "m-military"
        and reading.norm(head.last).removeprefix("ال") in ("دفاع", "دفاعي", "دفاعيه")
    ):
        return "defense-cooperation", BARE_DEFENCE
    content = next((m for m in MODIFIERS[:5] for a, b in place.right if reading.has(a, b, m)), "")
    if (
        modifier in ("", "m-military", "m-defense")
        and head.cue in ("treaty", "declaration")
        and _limits(reading, place)
    ):
        return "arms-control", "limits forces or arms"
    obliged = obliges(reading, reading.clauses[reading.clause_of(head.first)].first, _until_next(reading, head))
    match head.cue:
        case "treaty" | "declaration" | "contract" | "framework" | "guarantee-noun" | "structure":
            return _treaty_kind(
                head,
                modifier,
                content,
                obliged,
                alliance=reading.has(head.last, head.end, "alliance"),
                access=_opens_ports(reading, place), arms=_makes_arms(reading, head),
            )
        case "alliance" | "axis":
            return _alliance_kind(reading, head, place, modifier, armed=armed)
        case "partnership":
            if modifier in ("m-defense", "m-military") and not reading.has(head.first, head.end, "m-strategic"):
                return "defense-cooperation", "partnership in defence"
            if modifier in ("m-strategic", "") and (modifier or _is_strategic(reading, head)):
                return "strategic-partnership", "strategic partnership"
            return KIND_OF.get(modifier, ""), f"partnership {modifier}"
        case "cooperation" | "relations":
            if modifier in ("m-defense", "m-military", "m-mutual"):
                return "defense-cooperation", "military cooperation"
            return (
                (KIND_OF[modifier], f"cooperation {modifier}")
                if modifier in ("m-industry", "m-strategic")
                else ("", "")
            )
        case "corridor":
            return (
                ("transit", "military corridor") if modifier in ("m-transit", "m-defense", "m-military") else ("", "")
            )
        case "programme" | "factory" | "platform":
            return ("defense-industry", "joint programme") if _is_industry(reading, head, armed=armed) else ("", "")
        case "mechanism" | "initiative":
            return ("security-framework", "security mechanism") if modifier in ("m-defense", "m-military") else ("", "")
        case _:
            return (
                "security-framework" if head.cue == "troop-force" else OWN_KIND.get(head.cue, "")
            ), f"noun {head.cue}"


def _treaty_kind(
    head: Head, modifier: str, content: str, obliged: bool, *, alliance: bool, access: bool, arms: bool
) -> tuple[str, str]:
    if modifier in ("m-defense", "m-military", "m-strategic", "") and obliged and head.cue in ("treaty", "declaration"):
        return "mutual-defense-pact", "duty to help a party that is attacked"
    if modifier in ("m-defense", "m-military") and content == "m-truce":
        return "armistice", "content m-truce"
    if modifier:
        if head.cue in ("framework", "structure") and modifier in ("m-defense", "m-military"):
            return "security-framework", "security framework"
        return KIND_OF[modifier], f"noun of agreement with {modifier}"
    if alliance:
        return "alliance", "treaty of alliance"
    if arms:
        return "defense-industry", "treaty to develop or make weapons"
    if access:
        return "transit", "opens ports or airspace to forces"
    if content in ("m-mutual", "m-nonaggression", "m-truce", "m-transit"):
        return KIND_OF[content], f"content {content}"
    return "", ""


def _makes_arms(reading: Reading, head: Head) -> bool:
    """Tell whether the words after a treaty say that it is to develop or make weapons."""
    last = _until_next(reading, head)
    developed = any(reading.norm(k).removeprefix("ل") in ("تطوير", "انتاج", "تصنيع") for k in range(head.last, last))
    return developed and reading.has(head.last, last, "weapon", "aircraft", "ship", "drone")


def _limits(reading: Reading, place: Scope) -> bool:
    """Tell whether an accord sets limits to forces or arms («يقيّد عديد القوات», «يضع سقوفا للأسلحة»)."""
    return any(
        reading.has(a, b, "limit")
        and reading.has(a, b, "troop-force", "weapon", "foreign-forces", "materiel", "m-arms-control")
        for a, b in place.right
    )


def _military_sector(reading: Reading, head: Head) -> bool:
    """Tell whether a treaty without more is about a military sector, or about training among soldiers."""
    if reading.has(head.first, head.end, "s-counterterrorism", "s-border", "s-intelligence", "s-cyber", "s-exercises"):
        return True
    return reading.has(head.first, head.end, "s-training") and reading.has(0, len(reading.tokens), "m-military", "army")


def _opens_ports(reading: Reading, place: Scope) -> bool:
    return any(
        reading.has(a, b, "port", "s-airspace")
        and reading.has(a, b, "open", "allow", "bind", "use")
        and reading.has(a, b, "vessel", "aircraft", "troop-force")
        for a, b in place.right
    )


def _until_next(reading: Reading, head: Head) -> int:
    """Give where the words about a head end: at the next noun of agreement, or with the sentence."""
    after = [
        c.first
        for c in reading.cues
        if c.first >= head.end and c.cue in ("treaty", "alliance", "partnership") and c.sense.pos == "noun"
    ]
    return min([*after, len(reading.tokens)])


def obliges(reading: Reading, first: int, last: int) -> bool:
    """Tell whether words bind a party to act when another is attacked («تلزم كلا منهما بنجدة الآخر إذا هوجم»)."""
    attack = reading.has(first, last, "attack")
    each = reading.has(first, last, "each")
    bound = reading.has(first, last, "bind", "pledge", "guarantee")
    helped = reading.has(first, last, "help")
    twice = sum(1 for _ in reading.cues_in(first, last, ("attack",))) > 1
    return (attack and ((bound and (helped or each)) or (twice and each))) or (bound and helped and each)


def _alliance_kind(reading: Reading, head: Head, place: Scope, modifier: str, *, armed: bool) -> tuple[str, str]:
    if modifier == "m-mutual":
        return "mutual-defense-pact", "alliance with a duty to defend"
    plain = reading.norm(head.first).removeprefix("و").removeprefix("ال")
    concluded = reading.has(head.first, place.right[0][1], "sign") or any(reading.has(a, b, "sign") for a, b in place.left)
    if concluded and not modifier:
        return "alliance", "alliance that was concluded"
    numbered = reading.norm(head.last).removeprefix("ال") in ("ثلاثي", "رباعي", "خماسي", "ثنائي")
    if modifier or numbered or plain.startswith("حلف") or plain.startswith("احلاف"):
        return "alliance", "military alliance"
    if any(reading.has(a, b, "m-military", "m-defense") for a, b in place.left):
        return "alliance", "alliance among military words"
    if not armed:
        return "", ""
    return "strategic-partnership", PLAIN_ALLIANCE


def _is_strategic(reading: Reading, head: Head) -> bool:
    return any("استراتيجي" in reading.norm(k) or "ستراتيجي" in reading.norm(k) for k in range(head.first, head.end))


def _is_industry(reading: Reading, head: Head, *, armed: bool) -> bool:
    """Tell whether a programme or factory makes arms: by its words, or a joint one in a text about weapons."""
    weapons = ("weapon", "ship", "drone", "ammunition", "m-industry", "aircraft", "system")
    if head.cue == "factory":
        return reading.has(head.first, head.end, *weapons)
    words = {reading.norm(k).removeprefix("ال") for k in range(head.first, min(len(reading.tokens), head.end + 8))}
    joint = bool(words & {"مشترك", "مشتركه", "تتقاسمه", "بين", "مع"})
    return reading.has(head.first, head.end, *weapons, "produce") or (armed and joint) or "قتال" in words


def parties_of(reading: Reading, head: Head, place: Scope, discourse: Discourse, kind: str) -> dict[str, str]:
    """Give the parties of an arrangement by how they stand to its noun."""
    clause = reading.clauses[reading.clause_of(head.first)]
    inner = groups_in(reading, head.last, head.end)
    right = [g for a, b in place.right for g in groups_in(reading, a, b)]
    nisbas = described_by(reading, head.first, head.end)
    between = with_prep(inner, "بين") or with_prep(right, "بين")
    if len(between) >= 2:
        return dict.fromkeys(between, "party")
    if len(nisbas) >= 2:
        return dict.fromkeys(nisbas, "party")
    partners = with_prep([g for g in (*inner, *right) if not is_location(g)], "مع")
    if reading.has(clause.first, head.first, "tie"):
        partners = partners or with_prep(
            [g for g in groups_in(reading, clause.first, head.first) if g.prep == "ب"], "ب"
        )
    acting = subject(reading, clause.first, clause.last, head.first)
    if not partners and len(acting) < 2:
        partners = with_prep(groups_in(reading, clause.first, head.first), "مع")
    after = tuple(a for g in right if g.prep == "" and not g.is_nisba and _after_verb(reading, g) for a in g.actors)
    if not acting:
        acting = after
    if not acting:
        acting = tuple(
            a
            for g in groups_in(reading, clause.first, head.first)
            if g.prep == "gen" and of_event(reading, g)
            for a in g.actors
        )
    with_them = any(reading.norm(k) in ("معها", "معه", "معهما", "معهم") for k in range(head.last, place.last + 1))
    if with_them and not partners:
        partners = tuple(a for g in reading.groups if g.last <= head.first and g.prep for a in g.actors if a not in acting)[-1:]
    asker = _asker(reading, clause.first, head.first)
    refusers = tuple(a for a in acting if a not in asker)
    if asker and refusers and not partners:
        return dict.fromkeys(asker, "proposer") | dict.fromkeys(refusers, "party")
    invited = _invited(reading, clause.first, head.first)
    if invited:
        asker = acting or tuple(
            a for a in subject_above(reading, reading.clause_of(head.first), discourse) if a not in invited
        )
        return dict.fromkeys(unique(asker, invited), "party")
    if head.cue == "factory" and len(partners) == 1 and not acting and discourse.home:
        return dict.fromkeys(unique((discourse.home,), partners), "party")
    listed = load().instruments[head.instrument].parties if head.cue == "instrument" else ()
    if len(listed) > 1 and not set(partners) | set(acting) >= set(listed):
        return dict.fromkeys(listed, "party")
    if partners:
        acting = tuple(a for a in (acting or nisbas) if a not in partners)
        if not acting:
            acting = tuple(
                a for a in subject_above(reading, reading.clause_of(head.first), discourse) if a not in partners
            )
        return dict.fromkeys(unique(acting, partners), "party")
    if len(acting) >= 2:
        return dict.fromkeys(acting, "party")
    included = [g for g in right if reading.has(max(0, g.first - 3), g.first, "include", "tie")]
    if included:
        return dict.fromkeys(unique(acting, *(g.actors for g in included)), "party")
    sent = tuple(
        a
        for g in right
        if g.prep == "من" and reading.has(g.first - 3, g.first, "troops", "troop-force")
        for a in g.actors
    )
    if len(sent) >= 2:
        return dict.fromkeys(sent, "party")
    if head.cue == "organization" and reading.has(clause.first, head.first + 1, "tie"):
        tied = tuple(a for g in right if g.prep == "" and not g.is_nisba for a in g.actors)
        if len(tied) > 1:
            return dict.fromkeys(tied, "party")
    if head.cue == "organization":
        return {head.instrument or "": "party"}
    known = load().instruments[head.instrument].parties if head.instrument and head.cue == "instrument" else ()
    if known and not (nisbas and acting):
        return dict.fromkeys(known, "party")
    if any(reading.norm(k).endswith("هما") for a, b in ((clause.first, place.last), *place.right) for k in range(a, b)):
        pair = pair_before(reading, head.first, discourse)
        if len(pair) == 2 and set(acting) <= set(pair):
            return dict.fromkeys(pair, "party")
    few = unique(acting, nisbas, between)
    if not few and kind in SINGLE_PARTY_OK:
        few = tuple(a for g in (*inner, *right) if g.prep != "مثل" for a in g.actors if _collective(a))[:1]
    if (
        len(few) < 2
        and not (few and _collective(few[0]))
        and len(discourse.topic) >= 2
        and discourse.topic_of is not None
        and set(few) <= set(discourse.topic)
    ):
        return dict.fromkeys(discourse.topic, "party")
    return dict.fromkeys(few, "party")


def _asker(reading: Reading, first: int, head: int) -> tuple[str, ...]:
    """Give whose offer it is, by the name or nisba on the noun («ترفض عرضا أرمينيا لميثاق»)."""
    nouns = [c.first for c in reading.cues_in(first, head, ("proposal", "offer")) if c.sense.pos in ("noun", "masdar")]
    found = [g for g in groups_in(reading, first, head) if (g.is_nisba and g.head in nouns) or (g.first - 1 in nouns)]
    return found[0].actors if found else ()


def _invited(reading: Reading, first: int, head: int) -> tuple[str, ...]:
    """Give those to whom an arrangement is offered, between the offer and its noun («عرضت موسكو على واشنطن تعهدا»)."""
    offers = [c for c in reading.cues_in(first, head, ("offer", "propose", "proposal"))]
    if not offers:
        return ()
    found = [g for g in groups_in(reading, offers[0].last, head) if g.prep in ("على", "ل", "الى", "مع")]
    if offers[0].cue == "proposal" or offers[0].sense.pos == "masdar":
        free = [g for g in groups_in(reading, offers[0].last, head) if g.prep in ("", "gen") and not g.is_nisba]
        found += free[1:]
    return tuple(dict.fromkeys(a for g in found for a in g.actors))


def _after_verb(reading: Reading, group: Group) -> bool:
    """Tell whether a group is the subject of a verb just before it («وقّعتها القاهرة ودمشق»)."""
    acts = ("sign", "announce", "ratify", "approve", "build", "include", "tie", "hold", "reject", "launch", "take-part")
    return any(
        c.sense.pos in ("perfect", "imperfect") for c in reading.cues_in(max(0, group.first - 4), group.first, acts)
    )


def _collective(actor: str) -> bool:
    """Tell whether an actor is an organization, which can be the one party of a collective arrangement."""
    return hasattr(load().actors.get(actor), "members")


def own_name(reading: Reading, head: Head) -> str:
    """Give the name in quotation marks that follows the noun, «» for none."""
    for i in range(head.last, min(head.end, head.last + 5)):
        if reading.norm(i) == '"':
            for k in range(i + 1, min(i + 7, len(reading.tokens))):
                if reading.norm(k) == '"':
                    return " ".join(reading.norm(m) for m in range(i + 1, k))
    return ""


SECTORS = {"s-training": "training", "s-exercises": "exercises", "s-industry": "industry", "s-procurement": "procurement",
           "s-intelligence": "intelligence", "s-cyber": "cyber", "s-counterterrorism": "counterterrorism",
           "s-border": "border", "s-medical": "medical", "s-airspace": "airspace", "s-naval": "naval",
           "s-drones": "drones", "s-air-defense": "air-defense", "s-logistics": "logistics"}  # fmt: skip


def _features(reading: Reading, place: Scope, draft: Draft) -> None:
    for a, b in ((place.first, place.last), *place.right):
        for cue in reading.cues_in(a, b):
            if cue.cue in SECTORS:
                draft.sectors.add(SECTORS[cue.cue])
            elif cue.cue.startswith("p-"):
                draft.provisions.add(cue.cue[2:])
    if draft.kind == "mutual-defense-pact" and draft.status != "denied":
        draft.provisions.add("collective-defense")
