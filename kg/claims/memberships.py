"""Memberships: who is in, would join, left or was kept out of an organization or a pact."""

from __future__ import annotations

from collections.abc import Iterator

from kg.claims.arguments import opponents_of
from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.heads import chunk_end
from kg.claims.members import NOMINAL, Target, asked_before, members_of, target_of
from kg.claims.parties import groups_in, is_organization
from kg.claims.reading import Reading
from kg.claims.scopes import scope
from kg.claims.status import Verdict, judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import PREPOSITIONS

JOINING = ("join", "enter", "include", "rejoin")
TRIGGERS = frozenset({*JOINING, *NOMINAL, "withdraw", "suspend", "take-part", "belong", "expel"})
OPEN = ("proposed", "negotiating", "rejected", "denied")
PENDING = ("signed", "ratified")
FULL = words("full")


def frames(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each member that a sentence says is, was or would be in an organization or a pact."""
    seen: set[tuple[str, Target, str]] = set()
    for cue in reading.cues:
        if cue.cue not in TRIGGERS or _idle(reading, cue):
            continue
        target = target_of(reading, cue, discourse)
        if target is None:
            continue
        for member, date in members_of(reading, cue, target, discourse):
            if cue.cue == "withdraw" and member in target.pact and len(target.pact) > 2:
                target = target._replace(pact=tuple(a for a in target.pact if a != member))
            if (member, target, cue.cue) in seen or member == target.organization or member in target.pact:
                continue
            seen.add((member, target, cue.cue))
            yield _draft(reading, cue, member, target, date)
    yield from _dissolved(reading, discourse)


def _idle(reading: Reading, cue: Cue) -> bool:
    """Tell whether a word speaks of no membership here: troops that leave, «كامل العضوية», what did not happen.

    «ضم» is a verb where it opens its sentence, else the noun.
    """
    if cue.cue in ("withdraw", "expel") and _of_troops(reading, cue):
        return True
    if cue.cue in JOINING and cue.sense.pos in ("perfect", "imperfect") and reading.negation(cue.first) == "لم":
        return True
    governed = reading.norm(cue.first - 1) in PREPOSITIONS
    if cue.cue == "include" and cue.sense.pos == "perfect" and (governed or cue.first > 1):
        return True
    return cue.cue == "membership" and reading.norm(cue.first - 1) in FULL


def _dissolved(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """End the memberships of an organization that was dissolved («فحُلّ»)."""
    for cue in reading.cues_in(0, len(reading.tokens), ("dissolve",)):
        clause = reading.clauses[reading.clause_of(cue.first)]
        named = [g.actors[0] for g in groups_in(reading, clause.first, clause.last) if is_organization(g.actors[0])]
        if cue.sense.pos != "perfect" or reading.negation(cue.first):
            continue
        organization = named[0] if named else discourse.last_organization()
        days = [d.span.edtf for d in reading.dated if d.first < clause.last and d.span.edtf]
        for draft in list(discourse.recent):
            current = draft.kind == "membership" and draft.status == "in-force"
            if current and organization and draft.organization == organization:
                dates = {"terminated": days[-1]} if days and days[-1] else {}
                ended = draft.again(status="terminated", dates=dates, at=cue.first)
                ended.rules.append("its organization was dissolved")
                yield ended


def _of_troops(reading: Reading, cue: Cue) -> bool:
    """Tell whether troops leave, not a member («انسحاب القوات من النيجر»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    return reading.has(
        clause.first, min(clause.last, cue.last + 3), "troop-force", "troops", "presence", "army", "base"
    )


def _draft(reading: Reading, cue: Cue, member: str, target: Target, date: str) -> Draft:
    verdict = _judged(reading, cue, target)
    role = "observer" if reading.has(cue.first - 2, cue.last + 2, "observer") else "member"
    would = verdict.status in OPEN or (verdict.status in PENDING and cue.sense.pos == "masdar")
    if would and cue.cue in (*JOINING, "membership"):
        role = "prospective"
    parties = {member: role} | dict.fromkeys(target.pact, "party")
    if verdict.status in OPEN:
        against = opponents_of(reading, cue, (*parties, target.organization or ""))
        parties |= dict.fromkeys(against, "opponent")
    draft = verdict.draft("membership", parties, target.organization)
    if date and cue.cue in ("join", "enter", "withdraw"):
        draft.dates = {verdict.status: date}
    draft.head, draft.explicit, draft.at = "membership", verdict.explicit or cue.sense.pos == "perfect", cue.first
    draft.rules += [f"membership by {cue.cue}", verdict.rule]
    draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
    return draft


def _judged(reading: Reading, cue: Cue, target: Target) -> Verdict:
    """Judge a membership: refusals and talks beside «member» are about something else, «لن تنسحب» affirms."""
    place = scope(reading, cue.first, max(cue.last, chunk_end(reading, cue.last)))
    end = place.right[0][1]
    if target.pact:
        place = place._replace(right=())
    verdict = judge(reading, place, "membership", default=_default(reading, cue))
    if cue.cue == "withdraw":
        return _of_leaving(verdict)
    if cue.cue in NOMINAL and reading.has(cue.first - 5, cue.first, "no-longer"):
        return verdict.turned("terminated", "no longer a member")
    if cue.cue in JOINING and reading.negation(cue.first) == "لن":
        return verdict.turned("rejected", "will not")
    if cue.cue == "membership" and reading.has(cue.first - 4, cue.first, "candidate"):
        return verdict._replace(status="proposed", rule="a candidate", explicit=True)
    if verdict.status == "proposed" and _turned_down(reading, cue):
        return verdict.turned("rejected", "turned down after")
    return _of_being(reading, cue, end, _of_request(reading, cue, verdict))


def _turned_down(reading: Reading, cue: Cue) -> bool:
    """Tell whether the next clause says that those who were invited would not («دُعيت … إلى الانضمام لكنها رفضت»)."""
    k = reading.clause_of(cue.first) + 1
    if k >= len(reading.clauses) or reading.clauses[k].kind not in ("contrast", "coordinate"):
        return False
    clause = reading.clauses[k]
    verbs = reading.cues_in(clause.first, min(clause.last, clause.first + 3), ("reject", "decline"))
    acting = any(g.prep == "" and not g.is_nisba for g in groups_in(reading, clause.first, clause.last))
    return not acting and any(c.sense.pos == "perfect" for c in verbs)


def _of_being(reading: Reading, cue: Cue, end: int, verdict: Verdict) -> Verdict:
    """Judge words of being a member: talks beside «member» are about something else, a hypothesis is possible."""
    beside = verdict.rule in ("refusal after", "talks") and verdict.status in ("rejected", "proposed", "negotiating")
    if cue.cue == "member" and beside:
        return verdict._replace(status="in-force")
    if cue.cue == "membership" and not verdict.explicit and reading.has(cue.last, end, "possible", "conditional"):
        return verdict._replace(status="proposed", certainty="possible", rule="a possible membership", explicit=True)
    clause = reading.clauses[reading.clause_of(cue.first)]
    if verdict.rule == "hypothesis" and reading.has(clause.first, cue.first, "conditional"):
        return verdict._replace(certainty="possible")
    return verdict


def _of_leaving(verdict: Verdict) -> Verdict:
    """Read a withdrawal that is only threatened, planned or ruled out as a membership that lasts."""
    if verdict.status in OPEN:
        return verdict._replace(status="in-force", certainty="certain", dates={}, rule="has not left")
    return verdict


def _of_request(reading: Reading, cue: Cue, verdict: Verdict) -> Verdict:
    """Judge a request that was acted upon: approved or ratified («صادق البرلمان على طلب السويد الانضمام»)."""
    if verdict.status != "proposed" or not asked_before(reading, cue):
        return verdict
    clause = reading.clauses[reading.clause_of(cue.first)]
    for acted in reading.cues_in(clause.first, cue.first, ("ratify", "approve")):
        if acted.sense.pos == "perfect" and not reading.negation(acted.first):
            legislature = reading.has(clause.first, cue.first, "legislature", "legislator")
            status = "ratified" if acted.cue == "ratify" or legislature else "signed"
            return verdict.turned(status, f"{acted.cue} of a request")
    return verdict


def _default(reading: Reading, cue: Cue) -> str:
    if cue.cue == "include" and cue.sense.pos != "masdar":
        return "in-force"
    if cue.cue in JOINING:
        return "in-force" if cue.sense.pos == "perfect" and not reading.negation(cue.first) else "proposed"
    return "terminated" if cue.cue in ("withdraw", "expel") else "in-force"
