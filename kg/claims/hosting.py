"""Who keeps a base and on whose soil, by the verb of its clause: hosting, handing over, asking for, replacing."""

from __future__ import annotations

from typing import NamedTuple

from kg.claims.arguments import agent_of, is_verb
from kg.claims.discourse import Discourse
from kg.claims.parties import groups_in, with_prep
from kg.claims.reading import Reading
from kg.lexicon import StateRow, load
from kg.lexicon.cues import Cue
from kg.mentions import Group

VERBS = ("host", "welcome", "include", "deliver", "receive", "negotiate", "obtain", "sign", "offer")


class Roles(NamedTuple):
    """Operators and hosts, as far as a verb tells."""

    operators: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


def by_verb(reading: Reading, first: int, site: int, discourse: Discourse) -> Roles:
    """Give the roles by the verbs in tokens `first:site`, before a base: the nearest one that tells both or one."""
    verbs = list(reading.cues_in(first, site, VERBS))
    for verb in reversed(verbs):
        if not is_verb(verb) and verb.cue not in ("host", "deliver", "negotiate", "obtain"):
            continue
        roles = _roles(reading, verb, verbs, discourse)
        if roles.operators or roles.hosts:
            return roles
    return Roles()


def _roles(reading: Reading, verb: Cue, verbs: list[Cue], discourse: Discourse) -> Roles:
    clause = reading.clauses[reading.clause_of(verb.first)]
    found = groups_in(reading, clause.first, clause.last)
    acting = agent_of(reading, verb, discourse)
    match verb.cue:
        case "host" if any(v.cue == "offer" for v in verbs):
            return Roles(with_prep(found, "على"), only_soil(acting))
        case "host" | "include" | "welcome":
            return Roles((), only_soil(acting) or _place(verb, found))
        case "deliver":
            return Roles(acting, only_soil(with_prep(found, "الى", "ل")))
        case "receive":
            return Roles(with_prep(found, "من"), only_soil(acting))
        case "negotiate" if len(acting) == 1:
            return Roles(acting, only_soil(with_prep(found, "مع")))
        case "obtain":
            return Roles(acting, only_soil(with_prep(found, "من") or _approving(reading, verb, found)))
        case "sign" if len(acting) == 2:
            return Roles((), only_soil(acting))
        case _:
            return Roles()


def _place(verb: Cue, found: list[Group]) -> tuple[str, ...]:
    """Give the state of a place that hosts («تحتضن جزيرة كريت اليونانية …»)."""
    near = [g for g in found if g.is_nisba and verb.last <= g.head <= verb.last + 1]
    return near[0].actors if near else ()


def _approving(reading: Reading, verb: Cue, found: list[Group]) -> tuple[str, ...]:
    """Give whose consent was obtained («موافقة طاجيكستان»)."""
    consents = [c for c in reading.cues_in(verb.last, len(reading.tokens), ("approve",)) if c.sense.pos == "masdar"]
    return next((g.actors for g in found for c in consents if g.first == c.last), ())


def only_soil(actors: tuple[str, ...]) -> tuple[str, ...]:
    """Keep those on whose soil a base can stand: states, and the two that are treated as such."""
    rows = load().actors
    return tuple(a for a in actors if isinstance(rows.get(a), StateRow) or a in ("TRNC", "somaliland"))
