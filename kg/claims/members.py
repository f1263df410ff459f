"""Who would be in what: the organization or pact that a membership word is about, and the states that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.claims.arguments import is_verb, object_of
from kg.claims.discourse import Discourse
from kg.claims.heads import Head, heads
from kg.claims.kinds import kind_of
from kg.claims.parties import groups_in, is_organization, subject, subject_above, unique, with_prep
from kg.claims.reading import Clause, Reading
from kg.claims.scopes import scope
from kg.claims.sides import parties_of
from kg.lexicon import load
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import table, words
from kg.mentions import Group

COMPLEMENT = table("complement")
PREPOSITIONS_OF_TARGET = words("prepositions-of-target")
BACK = words("back")
BESIDE = words("beside")
NOMINAL = ("member", "observer", "membership")


class Target(NamedTuple):
    """What one would be a member of: an organization, or a pact by its parties."""

    organization: str | None
    pact: tuple[str, ...]


def target_of(reading: Reading, cue: Cue, discourse: Discourse) -> Target | None:
    """Give what a membership word is about: an organization or pact after it, or what its pronoun refers to."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    window = 14 if cue.cue in ("member", "observer", "membership", "suspend") else 8
    for group in groups_in(reading, cue.last, min(clause.last, cue.last + window)):
        if is_organization(group.actors[0]) and _fits(reading, cue, group):
            return Target(group.actors[0], ())
    pact = _pact(reading, cue, discourse)
    if pact:
        return pact
    if _points_back(reading, cue):
        here = [g.actors[0] for g in reading.groups if g.last <= cue.first and is_organization(g.actors[0])]
        organization = here[-1] if here else discourse.last_organization()
        if organization:
            return Target(organization, ())
        last = discourse.antecedent()
        if (
            last
            and last.kind not in ("membership", "base", "arms-transfer")
            and len(last.scored) > 1
            and cue.cue in ("join", "enter", "withdraw", "include")
        ):
            return Target(None, tuple(a for a, role in last.parties.items() if role == "party"))
    return _acting_target(reading, cue, discourse)


def _acting_target(reading: Reading, cue: Cue, discourse: Discourse) -> Target | None:
    """Give the organization that acts on a membership («علّق الاتحاد عضوية …»), or that the section is about."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    acting = [a for a in subject(reading, clause.first, clause.last, cue.first) if is_organization(a)]
    given = reading.has(clause.first, cue.first, "grant", "suspend", "negotiate-noun", "lift", "launch", "reject")
    if acting and cue.cue in ("membership", "observer") and (given or _genitive(reading, cue)):
        return Target(acting[0], ())
    behind = [g.actors[0] for g in groups_in(reading, cue.last, cue.last + 3) if g.first == cue.last and g.prep == ""]
    listing = [a for a in (*acting, *behind) if is_organization(a)]
    if listing and cue.cue == "include" and is_verb(cue):
        return Target(listing[0], ())
    about = [a for a in discourse.topic if is_organization(a)] if cue.cue == "observer" else []
    return Target(about[0], ()) if about else None


def _genitive(reading: Reading, cue: Cue) -> list[Group]:
    return [g for g in groups_in(reading, cue.last, cue.last + 1) if g.prep in ("gen", "")]


def _fits(reading: Reading, cue: Cue, group: Group) -> bool:
    """Tell whether a group is the complement of a membership word by its preposition."""
    prep = "" if group.prep == "gen" else group.prep
    if prep not in COMPLEMENT[cue.cue] or group.is_nisba:
        return False
    if cue.cue == "suspend":
        return reading.has(cue.last, group.first + 1, "membership", "take-part")
    if cue.cue in ("withdraw", "enter") and group.prep in ("", "gen"):
        return group.first <= cue.last + 1
    return group.prep not in ("", "gen") or group.first <= cue.last + 1


def _pact(reading: Reading, cue: Cue, discourse: Discourse) -> Target | None:
    """Read «الانضمام إلى ميثاق … بين …»: the pact's parties are those that it is between."""
    if cue.cue not in ("join", "include", "withdraw", "enter", "membership", "suspend"):
        return None
    for head in heads(reading):
        near = range(cue.last, min(cue.last + 4, len(reading.tokens)))
        if head.first not in near or not _governed(reading, cue, head):
            continue
        kind, _ = kind_of(reading, head, scope(reading, head.first, max(head.end, head.last)))
        parties = parties_of(reading, head, scope(reading, head.first, head.end)._replace(left=()), discourse, kind)
        inner = tuple(a for g in groups_in(reading, head.first, head.end + 6) for a in g.actors)
        pact = tuple(a for a in parties if a in inner) if not head.instrument else tuple(parties)
        named = (
            load().instruments[head.instrument].organization if head.cue == "instrument" and head.instrument else None
        )
        if named:
            return Target(named, ())
        if len(pact) >= 2:
            return Target(None, pact)
        back = discourse.antecedent(frozenset({kind}) if kind else None) if head.definite else None
        if back and len(back.scored) >= 2 and back.kind != "membership":
            return Target(None, back.sides)
        if back and back.kind == "membership" and back.organization:
            return Target(back.organization, tuple(a for a, role in back.parties.items() if role == "party"))
    return None


def _governed(reading: Reading, cue: Cue, head: Head) -> bool:
    between = {reading.norm(k) for k in range(cue.last, head.first)}
    clitic = reading.norm(head.first)[:1] in ("ل", "ب")
    return bool(between & PREPOSITIONS_OF_TARGET) or clitic


def _points_back(reading: Reading, cue: Cue) -> bool:
    if cue.cue == "suspend":
        inside = reading.has(cue.last, cue.last + 3, "membership", "take-part")
        return inside and reading.says(cue.last, cue.last + 4, BACK)
    if (
        cue.sense.pronoun
        and cue.sense.pos in ("perfect", "imperfect", "masdar")
        and cue.cue in ("withdraw", "enter", "include")
    ):
        return cue.cue == "withdraw" or cue.sense.pos == "masdar"
    return reading.says(cue.last, cue.last + 2, BACK)


def members_of(reading: Reading, cue: Cue, target: Target, discourse: Discourse) -> list[tuple[str, str]]:
    """Give the states that are, were or would be members, each with the date that follows it, if any."""
    if cue.cue == "take-part" and cue.sense.pos != "masdar":
        return []
    named = _named(reading, cue, target)
    if named:
        return [(actor, "") for actor in named]
    chain = _members_after(reading, cue, target)
    if chain:
        end = reading.clauses[reading.clause_of(cue.first)].last
        return [(actor, _date_after(reading, g, chain, end)) for g in chain for actor in g.actors]
    acting = _allowed(reading, cue) or _members_before(reading, cue, target, discourse)
    beside = fellows(reading, cue) if acting and cue.cue == "member" else ()
    return [(actor, "") for actor in unique(acting, beside)]


def _named(reading: Reading, cue: Cue, target: Target) -> tuple[str, ...]:
    """Give the members by another word of the clause: who asks or is asked to join, who is given or refused it."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    after = groups_in(reading, cue.last, clause.last)
    if cue.cue in ("join", "membership"):
        asking = asked_before(reading, cue)
        inviting = [c for c in reading.cues_in(clause.first, cue.first, ("propose",)) if c.sense.lemma == "دعا"]
        invited = object_of(reading, inviting[0]) if inviting else ()
        if asking or invited:
            return _states(asking or invited)
    if cue.cue in ("membership", "observer") and target.organization:
        given = next(reading.cues_in(clause.first, cue.first, ("grant",)), None)
        if given:
            return _states(object_of(reading, given))
        if reading.has(clause.first, cue.first, "negotiate-noun"):
            return _states(with_prep(after, "مع"))
    if cue.cue == "include" and cue.sense.pos != "masdar":
        return _states(unique(*(g.actors for g in after if g.prep == "" and not g.is_nisba)))
    return ()


def _states(actors: Sequence[str]) -> tuple[str, ...]:
    """Keep what can be a member: states, and the few that claim to be."""
    return tuple(a for a in actors if (len(a) == 3 and not is_organization(a)) or a in ("TRNC", "somaliland"))


def asked_before(reading: Reading, cue: Cue) -> tuple[str, ...]:
    """Give whose request to join it is («طلب السويد الانضمام», «الطلب الأوكراني للانضمام»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    for asked in reading.cues_in(clause.first, cue.first, ("request",)):
        if asked.sense.pos == "masdar" and cue.first - asked.last <= 4:
            whose = [g for g in groups_in(reading, asked.last, cue.first) if g.prep in ("gen", "")]
            if whose:
                return whose[0].actors
    return ()


def fellows(reading: Reading, cue: Cue) -> tuple[str, ...]:
    """Give those beside whom one is a member («عضو في … إلى جانب أمريكا واليابان»)."""
    last = reading.clauses[reading.clause_of(cue.first)].last
    stop = next((c.first for c in reading.cues_in(cue.last, last, NOMINAL)), last)
    return _states(
        unique(*(g.actors for g in groups_in(reading, cue.last, stop) if reading.says(g.first - 3, g.first, BESIDE)))
    )


def _members_after(reading: Reading, cue: Cue, target: Target) -> list[Group]:
    """Give the members named after the word for it («انضمت فنلندا والسويد», «يضم الحلف تركيا واليونان»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    after = [
        g
        for g in groups_in(reading, cue.last, clause.last)
        if (g.prep == "" or (g.prep == "gen" and g.first == cue.last))
        and not g.is_nisba
        and not is_organization(g.actors[0])
        and not set(g.actors) & set(target.pact)
    ]
    if not after or after[0].first - cue.last > 4 or cue.cue == "suspend":
        return []
    return [after[0], *(g for g in after[1:] if reading.norm(g.first)[:1] == "و")]


def _allowed(reading: Reading, cue: Cue) -> tuple[str, ...]:
    """Give the one that is let join («يسمح لأوكرانيا بالانضمام»)."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    groups = [
        g
        for g in groups_in(reading, clause.first, cue.first)
        if g.prep == "ل" and reading.has(g.first - 2, g.first, "allow")
    ]
    return groups[-1].actors if groups else ()


def _members_before(reading: Reading, cue: Cue, target: Target, discourse: Discourse) -> tuple[str, ...]:
    """Give the one in apposition («تركيا العضو»), the subject of the clause, or that of a clause above."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    acting = tuple(
        a
        for a in subject(reading, clause.first, clause.last, cue.first)
        if a != target.organization and a not in target.pact
    )
    apposed = [g for g in reading.groups if 0 <= cue.first - g.last <= 1 and not is_organization(g.actors[0])]
    if cue.cue in ("member", "observer") and apposed and "و" not in cue.proclitics:
        acting = apposed[-1].actors
    elif cue.cue in ("member", "observer") and _members_at_large(reading, cue, acting):
        return ()
    if not acting and discourse.topic and discourse.topic_of is not None:
        acting = discourse.topic
    nominal = cue.cue in ("member", "observer", "membership") and not cue.sense.pronoun
    if nominal and not acting and not _linked(reading, clause):
        return ()
    if not acting or is_organization(acting[0]):
        above = subject_above(reading, reading.clause_of(cue.first), discourse)
        acting = tuple(a for a in above if not is_organization(a))
    return _states(acting)


def _members_at_large(reading: Reading, cue: Cue, acting: tuple[str, ...]) -> bool:
    """Tell whether «الأعضاء» are the members in general and not the subject of the clause."""
    if cue.sense.number != "pl":
        return False
    if not acting or "ال" in cue.proclitics:
        return True
    pronoun = reading.norm(cue.first - 1) in words("they-are")
    return cue.sense.lemma == "عضو" and not pronoun and not reading.has(cue.first - 3, cue.first, "still", "become")


def _linked(reading: Reading, clause: Clause) -> bool:
    """Tell whether a clause goes on about an actor named before it: a relative, a complement, or after «أما»."""
    return clause.kind in ("relative", "that", "coordinate") or reading.norm(0) in ("اما", "واما")


def _date_after(reading: Reading, group: Group, chain: list[Group], end: int) -> str:
    following = [g.first for g in chain if g.first > group.first]
    stop = min([end, *following])
    return next((d.span.edtf or "" for d in reading.dated if group.last <= d.first < stop), "")
