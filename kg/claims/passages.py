"""Military transit told by a verb and no treaty: airspace, ports and soil that one state opens to another's forces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.claims.arguments import agent_of, is_verb
from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.features import SECTORS
from kg.claims.parties import groups_in, unique, with_prep
from kg.claims.reading import Clause, Reading
from kg.claims.scopes import scope
from kg.claims.status import Verdict, judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import PREPOSITIONS, Group
from kg.text import normal

MOVERS = frozenset({"vessel", "aircraft", "ship", "weapon", "troop-force", "troops", "convoy", "shipment", "materiel"})
ARMED = frozenset({"ship", "weapon", "troop-force", "troops", "convoy"})
MEDIA = frozenset({"airspace", "port"})
PASSING = ("pass", "use", "enter", "land")
BARS = ("open", "end", "bind")
GATES = ("allow", "bind", "open", "end", "suspend", "grant", "obtain", "approve", "reject", "deny")
STRIKES = words("strikes")
BARRING = words("barring")
CIVIL = words("civil-aviation")
OWN_SOIL = words("own-soil")
SOIL = words("soil")
OWNED_WITHIN = 4
# Tokens of a place that stands before its clause («وفي كوستاريكا، وافقت …»).
FRONTED = 4


class Way(NamedTuple):
    """What is passed through, at tokens `first:last`: airspace, a port, soil; `own` if a pronoun says whose it is."""

    first: int
    last: int
    own: bool


def transit(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Read «تجيز كينيا للسفن الأمريكية استعمال ميناء …», «أغلق العراق أجواءه أمام …» and supply routes."""
    yield from _routes(reading)
    for clause in reading.clauses:
        event = _event(reading, clause)
        way = _way(reading, clause) if event else None
        if not event or not way or reading.has(0, way.first, "treaty", "contract"):
            continue
        guests = _guests(reading, clause, event, discourse)
        hosts = tuple(h for h in _hosts(reading, clause, way, event, discourse) if h not in guests)
        if len(guests) > 1 and not hosts:
            guests, hosts = guests[:1], guests[1:]
        for host in hosts[:1]:
            for guest in guests[:2]:
                yield _draft(reading, clause, event, (host, guest))


def _event(reading: Reading, clause: Clause) -> Cue | None:
    """Give the word for passing or for opening and closing the way, where something military passes."""
    if reading.says(clause.first, clause.last, CIVIL) or not _military(reading, clause):
        return None
    gates = [c for c in reading.cues_in(clause.first, clause.last, GATES) if _is_gate(c)]
    for cue in reading.cues_in(clause.first, clause.last, PASSING):
        if reading.norm(cue.first) not in PREPOSITIONS and (gates or cue.cue != "land"):
            return cue
    beside = reading.has(clause.first, clause.last, "s-airspace", "s-logistics", "airspace")
    return next((c for c in gates if beside or c.cue in BARS), None)


def _is_gate(cue: Cue) -> bool:
    """Tell whether a verb opens or closes: of the verbs that end things only «أغلق» does."""
    return cue.cue != "end" or normal(cue.sense.lemma) in BARRING


def _military(reading: Reading, clause: Clause) -> bool:
    """Tell whether what moves is an armed force, or a vehicle or load that military words or a strike make one."""
    if reading.has(clause.first, clause.last, *ARMED):
        return True
    moves = reading.has(clause.first, clause.last, *MOVERS)
    armed = reading.has(clause.first, clause.last, "m-military", "attack", "ammunition")
    armed = armed or reading.says(clause.first, clause.last, STRIKES)
    return (moves and armed) or reading.has(clause.first, clause.last, "army", "s-naval")


def _way(reading: Reading, clause: Clause) -> Way | None:
    """Give what is passed through; soil only where something passes it."""
    for cue in reading.cues_in(clause.first, clause.last, MEDIA):
        return Way(cue.first, cue.last, bool(cue.sense.pronoun) or cue.sense.lemma.startswith("مجاله"))
    passed = reading.has(clause.first, clause.last, "pass", "s-airspace")
    for k in range(clause.first, clause.last) if passed else ():
        norm = reading.norm(k)
        if norm in OWN_SOIL or norm.removeprefix("ال") in SOIL:
            return Way(k, k + 1, norm in OWN_SOIL)
    return None


def _guests(reading: Reading, clause: Clause, event: Cue, discourse: Discourse) -> tuple[str, ...]:
    """Give whose forces they are: by the nisba or genitive on them, the one who asks, else the one who acts."""
    found = groups_in(reading, clause.first, clause.last)
    movers = list(reading.cues_in(clause.first, clause.last, MOVERS))
    owned = [g for g in found for m in movers if _owns(reading, g, m)]
    asking = [g for g in found if _asks(reading, g, event)]
    before = with_prep([g for g in found if g.first < event.first], "ل")
    named = unique(*(g.actors for g in owned)) or unique(*(g.actors for g in asking)) or before
    if named or not (is_verb(event) or any(m.sense.pronoun for m in movers)):
        return named
    return agent_of(reading, event, discourse)


def _owns(reading: Reading, group: Group, mover: Cue) -> bool:
    """Tell whether a group says whose a vehicle or force is: by a nisba, or as its genitive («سفن خفر السواحل …»)."""
    if group.is_nisba:
        return mover.first <= group.head < mover.last or (group.head < mover.first and group.first == mover.last)
    between = {reading.norm(k) for k in range(mover.last, group.first)}
    close = mover.last <= group.first <= mover.last + 3 and not between & PREPOSITIONS.keys()
    return (close and group.prep in ("gen", "")) or group.first <= mover.first < group.last


def _asks(reading: Reading, group: Group, event: Cue) -> bool:
    """Tell whether a passage is a group's request («طلب موسكو», «طلبا أمريكيا», «طلبا تقدم به الحلف»)."""
    if group.is_nisba:
        return reading.has(group.head, group.head + 1, "request")
    near = reading.has(max(0, group.first - 3), group.first, "request")
    return near and group.prep in ("", "gen") and group.last <= event.first


def _hosts(reading: Reading, clause: Clause, way: Way, event: Cue, discourse: Discourse) -> tuple[str, ...]:
    """Give whose the way is: by the name or nisba on it, by its pronoun the one who acts."""
    near = [
        m.actors
        for m in reading.mentions
        if way.last <= m.first < min(clause.last, way.last + OWNED_WITHIN)
        and len(m.actors) == 1
        and reading.norm(m.first - 1) not in ("الي", "امام", "نحو")
        and "ل" not in m.proclitics
    ]
    if near and not way.own:
        return near[0]
    acting = agent_of(reading, event, discourse)
    first = clause.first if clause.first > FRONTED else 0
    there = with_prep([g for g in groups_in(reading, first, clause.last) if not g.is_nisba], "في")
    return (acting if way.own else ()) or there or acting


def _draft(reading: Reading, clause: Clause, event: Cue, parties: tuple[str, str]) -> Draft:
    place = scope(reading, event.first, event.last)
    verdict = _judged(reading, clause, event, judge(reading, place, "instrument", default=_default(event)))
    draft = verdict.draft("transit", dict.fromkeys(parties, "party"))
    draft.head, draft.at = "verb", event.first
    draft.rules += [f"transit by {event.cue}", verdict.rule]
    draft.cues += [reading.words(event.first, event.last), *verdict.cues]
    if verdict.status in ("rejected", "proposed") and reading.has(clause.first, clause.last, "request", "propose"):
        draft.parties[parties[1]] = "proposer"
    for sector in reading.cues_in(clause.first, clause.last, ("s-naval", "s-logistics", "s-airspace")):
        draft.sectors.add(SECTORS[sector.cue])
    if reading.has(clause.first, clause.last, "airspace"):
        draft.sectors.add("airspace")
    return draft


def _default(event: Cue) -> str:
    if is_verb(event) and "س" in event.proclitics:
        return "signed"
    return "completed" if event.cue in ("pass", "use") and event.sense.pos == "perfect" else "in-force"


def _judged(reading: Reading, clause: Clause, event: Cue, verdict: Verdict) -> Verdict:
    """Read a closed or forbidden way as a suspended passage; what is open works."""
    barred = [c for c in reading.cues_in(clause.first, clause.last) if normal(c.sense.lemma) in BARRING]
    if barred and verdict.status not in ("denied", "rejected", "proposed", "negotiating"):
        return verdict.turned("suspended", f"{barred[0].sense.lemma} bars it")
    if verdict.status == "signed" and not verdict.explicit and "س" not in event.proclitics:
        return verdict._replace(status="in-force")
    return verdict


def _routes(reading: Reading) -> Iterator[Draft]:
    """Read «طريق إمداد الحلف عبر رومانيا»."""
    for cue in reading.cues_in(0, len(reading.tokens), ("route",)):
        if not reading.has(cue.last, cue.last + 2, "s-logistics") or reading.has(0, cue.first, "treaty"):
            continue
        clause = reading.clauses[reading.clause_of(cue.first)]
        found = groups_in(reading, cue.last, clause.last)
        users = [g for g in found if g.prep in ("", "ل")]
        through = with_prep(found, "عبر")
        if users and through:
            yield _draft(reading, clause, cue, (users[0].actors[0], through[0]))
