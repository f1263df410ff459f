"""Treaties and the like: from the noun that names an arrangement to a draft of what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.claims.continued import continued
from kg.claims.discourse import Discourse
from kg.claims.drafts import BARE_DEFENCE, Draft
from kg.claims.effects import is_modal, negated
from kg.claims.features import features
from kg.claims.heads import Head, heads
from kg.claims.kinds import INSTRUMENT_KINDS, PLAIN_ALLIANCE, kind_of, obliges, out_of_scope, until_next
from kg.claims.parties import (
    described_by,
    groups_in,
    is_organization,
    subject,
    with_prep,
)
from kg.claims.reading import FINITE, Reading
from kg.claims.scopes import Scope, scope
from kg.claims.sides import listed_parties, parties_of, predicate_of
from kg.claims.status import judge
from kg.lexicon import load
from kg.lexicon.grammar import words

COPULAS = words("copulas")
TEMPORAL = words("temporal")
ACCORDING_TO = words("according-to")
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
LASTING = frozenset(
    {
        "cooperation",
        "relations",
        "partnership",
        "programme",
        "mechanism",
        "m-aid",
        "committee",
        "patrol",
        "p-intelligence-sharing",
    }
)
WOULD = tuple(sorted(words("would")))


def frames(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each arrangement noun that has a kind and parties, or that refers back to one that has."""
    found = [h for h in heads(reading) if h.first not in discourse.consumed]
    for n, head in enumerate(found):
        if _is_subject(reading, found, n) or _is_content(reading, found, n):
            discourse.pass_over(head.first, head.last, "it belongs to the arrangement noun beside it")
            continue
        place = _place(reading, found, n)
        if _is_left(reading, head):
            discourse.pass_over(head.first, head.last, "somebody leaves it, and nothing more is said of it")
            continue
        if is_target(reading, head):
            place = place._replace(left=(), over=())
        draft = _draft(reading, head, _without_leavers(reading, head, place), discourse)
        if draft:
            yield from _apart(reading, head, place, draft)
    yield from _such(reading, discourse)
    yield from continued(reading, found, discourse)


def _apart(reading: Reading, head: Head, place: Scope, draft: Draft) -> Iterator[Draft]:
    """Tell treaties of one with several apart: a plural noun and the list of those with whom, one treaty each."""
    after = [g for a, b in ((head.last, head.end), *place.right) for g in groups_in(reading, a, b)]
    partners = [a for a in with_prep(after, "مع") if a in draft.parties]
    own = [a for a in draft.sides if a not in partners]
    if not head.plural or head.cue not in ("treaty", "guarantee-noun") or len(partners) < 2 or len(own) != 1:
        yield draft
        return
    for partner in partners:
        sides = {a: role for a, role in draft.parties.items() if a in (own[0], partner)}
        yield replace(
            draft, parties=sides, dates=dict(draft.dates), spans=list(draft.spans), sources=list(draft.sources)
        )


def _such(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read that somebody has treaties like the one just spoken of («لديها مثل هذه الالتزامات مع الأطلسي وأذربيجان»)."""
    like = discourse.antecedent(INSTRUMENT_KINDS)
    for i in range(len(reading.tokens)):
        such = reading.norm(i).lstrip("بلو") == "مثل" and reading.norm(i + 1) in words("this")
        if like is None or not such or reading.norm(i + 2) not in words("commitments"):
            continue
        clause = reading.clauses[reading.clause_of(i)]
        partners = with_prep(groups_in(reading, i, clause.last), "مع")
        owner = subject(reading, clause.first, clause.last, i)
        for partner in partners if len(owner) == 1 else ():
            draft = Draft(
                like.kind, dict.fromkeys((owner[0], partner), "party"), status="in-force", at=i, head="treaty"
            )
            draft.rules.append(f"such as the {like.kind} before")
            draft.cues.append(reading.words(i, i + 3))
            if like.kind == "mutual-defense-pact":
                draft.provisions.add("collective-defense")
            yield draft


def _is_subject(reading: Reading, found: list[Head], n: int) -> bool:
    """Tell whether a noun is what the next one is said to be («ليس الاتفاق حلفا»)."""
    head = found[n]
    followed = n + 1 < len(found) and found[n + 1].first - head.last <= 1
    return head.definite and followed and reading.norm(head.first - 1) in COPULAS


def _place(reading: Reading, found: list[Head], n: int) -> Scope:
    """Give the scope of a head, up to the next one that is an arrangement of its own."""
    head = found[n]
    after = (k for k in range(n + 1, len(found)) if found[k].first >= head.end and not _is_content(reading, found, k))
    stop = next((found[k].first for k in after), None)
    return scope(reading, head.first, max(head.end, head.last), stop)


def is_target(reading: Reading, head: Head) -> bool:
    """Tell whether an arrangement is what somebody would join or leave («الانضمام إلى الميثاق»), no more."""
    before = reading.norm(head.first - 1)
    if before in TEMPORAL:
        return True
    if before in ACCORDING_TO or reading.norm(head.first - 2) == "بموجب":
        return not reading.has(max(0, head.first - 3), head.first, "under") or not _leads(reading, head)
    entered = ("join", "enter", "include") if head.definite else ("join", "include")
    return any(
        c.cue in entered and 0 <= head.first - c.last <= 2 and not (c.cue == "include" and c.sense.pos != "masdar")
        for c in reading.cues
    )


def _is_left(reading: Reading, head: Head) -> bool:
    """Tell whether a treaty of several is named only as what one party leaves («انسحبت روسيا من المعاهدة»)."""
    if head.cue not in ("instrument", "organization") or sum(len(a) == 3 for a in listed_parties(head)) == 2:
        return False
    return any(0 <= head.first - c.last <= 1 for c in reading.cues if c.cue == "withdraw")


def _without_leavers(reading: Reading, head: Head, place: Scope) -> Scope:
    """Leave out of a treaty's scope that one of several parties left it; leaving a treaty of two ends it.

    «خرجت منها المكسيك», «انسحبت إيران من الحلف».
    """
    if sum(len(a) == 3 for a in listed_parties(head)) == 2 or head.cue not in (
        "instrument",
        "alliance",
        "organization",
    ):
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
        after = [reading.norm(k) for k in range(a, min(b, a + 8))]
        if "شانها" in after or "شانه" in after or any(word.startswith(WOULD) for word in after):
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
    return not (
        described or nisba or between or reading.norm(head.last).startswith("ال") or reading.norm(head.last) == '"'
    )


def _between_named(reading: Reading, head: Head) -> bool:
    """Tell whether a noun phrase itself names with or between whom («التحالف بين موسكو وأنقرة»)."""
    inner = groups_in(reading, head.last, head.end)
    return bool(head.pronoun) or any(g.prep in ("بين", "مع") or (g.is_nisba and len(g.actors) > 1) for g in inner)


def _leads(reading: Reading, head: Head) -> bool:
    """Tell whether «بموجب» and its treaty open their clause, so that the clause says what the treaty does."""
    return head.first - reading.clauses[reading.clause_of(head.first)].first <= 2


def _draft(reading: Reading, head: Head, place: Scope, discourse: Discourse) -> Draft | None:
    kind, rule = _kind(reading, head, place, discourse)
    parties = _parties(reading, head, place, discourse, kind)
    back = _referent(reading, head, kind, parties, discourse)
    reason = _reason(reading, head, place, rule) or ("" if kind or back else "no kind of arrangement in its words")
    if reason:
        discourse.pass_over(head.first, head.last, reason)
        return None
    if back is None and len(parties) < 2 and not any(map(is_organization, parties)):
        parties = predicate_of(reading, head, discourse) or parties
    verdict = judge(reading, place, "instrument", default=_default(reading, kind, head) if kind else "signed")
    if not verdict.explicit and _unsigned(reading, head):
        discourse.pass_over(head.first, head.last, "it was not signed")
        return None
    if not verdict.explicit and not head.definite and not head.instrument and _future(reading, place):
        verdict = verdict._replace(status="proposed", rule="still to come", explicit=True)
    if kind == "mutual-defense-pact" and verdict.status == "signed" and _binds_now(reading, head):
        verdict = verdict._replace(status="in-force", rule="what it binds to is told", explicit=True)
    if back is not None:
        draft = back.again(status=verdict.status, certainty=verdict.certainty, dates=verdict.dates)
    else:
        draft = verdict.draft(kind, parties)
        draft.head, draft.instrument = head.cue, head.instrument if head.cue == "instrument" else None
        draft.name, draft.noun = own_name(reading, head), head.lemma
    draft.explicit, draft.definite, draft.at = verdict.explicit, head.definite, head.first
    draft.rules += [f"refers back to {back.kind}" if back else rule, verdict.rule]
    draft.cues += [reading.words(head.first, head.last), *verdict.cues]
    _propose(reading, place, draft)
    features(reading, place, draft)
    return draft


def _kind(reading: Reading, head: Head, place: Scope, discourse: Discourse) -> tuple[str, str]:
    """Give the kind that a head has here and its rule, «» where it refers back or its words do not tell."""
    kind, rule = kind_of(reading, head, place, armed=discourse.armed)
    if kind and _bare(reading, head) and discourse.antecedent(INSTRUMENT_KINDS, head.lemma):
        kind, rule = "", ""
    if rule == BARE_DEFENCE and obliges(reading, head.first, until_next(reading, head)):
        kind = "mutual-defense-pact"
    alike = any(reading.norm(k).startswith(("مماثل", "مشابه", "كهذ", "مثله")) for k in range(head.last, head.last + 2))
    like = discourse.antecedent(INSTRUMENT_KINDS, "اتفاق") if alike and not kind else None
    return (like.kind, "like the one before") if like else (kind, rule)


def _parties(reading: Reading, head: Head, place: Scope, discourse: Discourse, kind: str) -> dict[str, str]:
    """Give the parties of a head of this kind; a known treaty has its own, and the Union stands for its continent."""
    parties = parties_of(reading, head, place, discourse, kind) if kind else {}
    listed = listed_parties(head)
    if len(listed) > 1 and not set(parties) <= set(listed):
        parties = dict.fromkeys(listed, "party")
    if "EU" in parties:
        parties.pop("europe", None)
    return parties


def _reason(reading: Reading, head: Head, place: Scope, rule: str) -> str:
    """Tell why a head gives no claim whatever its parties, «» where nothing speaks against it."""
    if out_of_scope(reading, head):
        return "it is not about defence"
    if any(reading.has(a, b, "reluctant") for a, b in place.left):
        return "somebody is only reluctant"
    if rule == PLAIN_ALLIANCE and not _between_named(reading, head):
        return "an alliance without military words or named sides"
    return ""


def _binds_now(reading: Reading, head: Head) -> bool:
    """Tell whether a sentence says what a pact binds to and no news of its signing («أي اعتداء … وفقا للاتفاقية»)."""
    signed = any(c.sense.pos in FINITE for c in reading.cues_in(0, len(reading.tokens), ("sign", "announce")))
    stated = obliges(reading, 0, head.first) and reading.says(
        head.first - 2, head.first, ACCORDING_TO | words("according")
    )
    return stated and not signed


def _unsigned(reading: Reading, head: Head) -> bool:
    """Tell whether of a treaty only is said that it was not signed («لم تبرم الهند أي تحالف»)."""
    first = reading.clauses[reading.clause_of(head.first)].first
    signs = list(reading.cues_in(first, head.first, ("sign",)))
    return bool(signs) and negated(reading, signs[-1]) == "لم" and not head.definite


def _referent(reading: Reading, head: Head, kind: str, parties: dict[str, str], discourse: Discourse) -> Draft | None:
    """Give the arrangement that a definite noun refers back to: without parties of its own, or by those of another."""
    described = described_by(reading, head.first, head.end)
    if head.cue == "treaty" and head.definite and not kind and len(described) > 1:
        return discourse.between(described)
    if not head.definite or head.pronoun or head.cue not in GENERIC or len(parties) >= 2 or head.instrument:
        return None
    kinds = frozenset({kind}) if kind else None
    found = discourse.antecedent(kinds, head.lemma)
    return found if found is not None and set(parties) <= set(found.parties) else None


def _propose(reading: Reading, place: Scope, draft: Draft) -> None:
    """Mark the one who suggests an arrangement and those who would come into it."""
    called = draft.status == "proposed" and any(reading.has(a, b, "propose") for a, b in place.left)
    if draft.status not in ("proposed", "rejected") or (len(draft.parties) < 2 and not called):
        return
    first = next(iter(draft.parties), None)
    if first is None:
        return
    if any(reading.has(a, b, "propose", "offer", "want", "seek", "proposal") for a, b in place.left):
        draft.parties[first] = "proposer"


def heading_parties(reading: Reading) -> tuple[str, ...]:
    """Give the parties of a second heading line that only says between whom («بين مملكة النرويج وجمهورية فنلندا»)."""
    if reading.norm(0) != "بين" or heads(reading):
        return ()
    return with_prep(groups_in(reading, 0, len(reading.tokens)), "بين")


def heading(reading: Reading) -> Draft | None:
    """Give the arrangement that a heading names for the lines below it, its parties as far as it gives them."""
    for head in heads(reading):
        if head.first > 2:
            return None
        kind, rule = kind_of(reading, head, scope(reading, head.first, max(head.end, head.last)))
        if kind:
            parties = described_by(reading, head.first, head.end)
            if head.instrument and not parties:
                parties = load().instruments[head.instrument].parties
            return _headed(reading, head.cue, kind, parties, rule, head.instrument)
    for mention in reading.mentions:
        row = load().actors.get(mention.actors[0]) if mention.actors else None
        if getattr(row, "kind", "") == "military-alliance" and mention.first <= 1:
            return _headed(reading, "alliance", "alliance", mention.actors[:1], "alliance")
    return None


def _headed(
    reading: Reading, head: str, kind: str, parties: tuple[str, ...], rule: str, instrument: str | None = None
) -> Draft:
    span = (reading.sentence.start, reading.sentence.end)
    draft = Draft(kind, dict.fromkeys(parties, "party"), head=head, instrument=instrument)
    draft.rules.append(f"heading: {rule}")
    draft.spans.append(span)
    return draft


def _default(reading: Reading, kind: str, head: Head) -> str:
    """Give the status of an arrangement of which nothing is said: what is had or done goes on, a treaty is signed."""
    first = reading.clauses[reading.clause_of(head.first)].first
    if any(reading.norm(k).lstrip("وف").startswith("لدي") for k in range(first, head.first)):
        return "in-force"
    lasting = head.cue in LASTING
    body = kind in ("alliance", "security-framework") and head.cue in ("alliance", "organization")
    return "in-force" if lasting or body or kind == "strategic-partnership" else "signed"


def own_name(reading: Reading, head: Head) -> str:
    """Give the name in quotation marks that follows the noun, «» for none."""
    for i in range(head.last, min(head.end, head.last + 5)):
        if reading.norm(i) == '"':
            closing = (k for k in range(i + 1, min(i + 7, len(reading.tokens))) if reading.norm(k) == '"')
            end = next(closing, 0)
            if end:
                return " ".join(reading.norm(k) for k in range(i + 1, end))
    return ""
