"""Bases and standing troops: who keeps what on whose soil."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.claims.arguments import finite_at, is_verb, opponents_of
from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.features import SECTORS
from kg.claims.hosting import Roles, by_verb, only_soil
from kg.claims.parties import groups_in, pair_before, subject, subject_above, with_prep
from kg.claims.reading import Reading
from kg.claims.scopes import Scope, scope
from kg.claims.sites import SITES, TROOPS, Site, owned_after, sites
from kg.claims.status import Verdict, judge
from kg.lexicon import load
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import PREPOSITIONS, Group, Mention

KEPT = words("kept")
PLACES = words("places")
PLACE_PREPOSITIONS = words("place-prepositions")
SOIL = words("soil")
OWN_SOIL = words("own-soil")
SOIL_OR_THERE = words("soil-or-there")
STANDING = words("standing")
MOVES = ("withdraw", "station", "expel", "deploy", "end", "cancel", "dissolve")
WANTS = ("propose", "request", "consider", "want", "intend", "seek", "negotiate", "discuss", "sign", "reject")
LEAVING = ("withdraw", "end", "expel")
EXISTING = words("existing")
HOLDING = ("operate", "host", "include", "welcome")


def frames(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each base that has an operator and a host; an accord about the base is part of it."""
    for site in sites(reading):
        accord = _accord(reading, site)
        first = accord.first if accord else site.first
        place = scope(reading, first, min(site.last + 3, len(reading.tokens)))
        if reading.has(site.first - 3, site.first, "p-base-rights") or _is_generic(reading, site):
            continue
        around = groups_in(reading, accord.last, site.first) if accord else []
        clause = reading.clauses[reading.clause_of(site.first)]
        roles = by_verb(reading, clause.first, site.first, discourse)
        hosts = hosts_of(reading, site, place, discourse, roles)
        operators = operators_of(reading, site, place, discourse, hosts, roles)
        if accord and set(operators) & set(hosts):
            hosts = tuple(h for h in hosts if h not in operators) or tuple(
                a for a in with_prep(around, "بين") if a not in operators
            )
        hosts = tuple(h for h in hosts if h not in operators)
        if accord and (not hosts or not operators):
            pair = with_prep(around, "بين")
            operators = operators or tuple(a for a in pair if a not in hosts)[-1:]
            hosts = hosts or tuple(a for a in pair if a not in operators)[:1]
        if accord and not hosts:
            hosts = _described_before(reading, clause.first, site.first, operators)
        if not hosts or not operators or (site.cue not in SITES and not _stationed(reading, site, place)):
            continue
        if accord:
            discourse.consumed.add(accord.first)
        apart = [(o,) for o in operators] if site.several and len(operators) > 1 else [operators]
        for host in hosts:
            for operator in apart:
                yield _draft(reading, site, place, operator, host, signed=accord is not None)
    yield from _replaced(reading)


def _replaced(reading: Reading) -> Iterator[Draft]:
    """Read «حلّت القوات الروسية محل القوات الفرنسية في …»: one's presence begins where another's ends."""
    for cue in reading.cues_in(0, len(reading.tokens), ("replace",)):
        clause = reading.clauses[reading.clause_of(cue.first)]
        found = groups_in(reading, cue.last, clause.last)
        hosts = _located(reading, cue.last, clause.last)
        sides = [g for g in found if not set(g.actors) & set(hosts)][:2]
        if not is_verb(cue) or len(sides) < 2 or not hosts or not reading.has(cue.last, clause.last, *TROOPS, "source"):
            continue
        for group, status in zip(sides, ("in-force", "terminated"), strict=True):
            draft = Draft("base", dict.fromkeys(group.actors, "operator") | {hosts[0]: "host"}, status=status)
            draft.head, draft.at, draft.provisions = "base", cue.first, {"troop-deployment"}
            draft.rules.append("one presence replaces another")
            draft.cues.append(reading.words(cue.first, cue.last))
            yield draft


def _draft(reading: Reading, site: Site, place: Scope, operators: tuple[str, ...], host: str, *, signed: bool) -> Draft:
    verdict = _judged(reading, site, place, signed=signed)
    parties = dict.fromkeys(operators, "operator") | {host: "host"}
    if verdict.status in ("proposed", "rejected", "denied"):
        against = next(reading.cues_in(site.first, site.last), None)
        parties |= dict.fromkeys(opponents_of(reading, against, tuple(parties)) if against else (), "opponent")
    draft = verdict.draft("base", parties)
    draft.head, draft.at = "base-treaty" if signed else "base", site.first
    draft.rules += [f"{site.cue} of an operator at a host", verdict.rule]
    draft.cues += [reading.words(site.first, site.last), *verdict.cues]
    _features(reading, site, place, draft)
    return draft


def _judged(reading: Reading, site: Site, place: Scope, *, signed: bool) -> Verdict:
    verdict = judge(reading, place, "base", default="signed" if signed else "in-force")
    kept = reading.says(max(0, site.first - 3), min(len(reading.tokens), site.last + 3), KEPT)
    if verdict.status == "negotiating" and kept:
        return verdict._replace(status="in-force", rule="a base whose future is negotiated stands")
    if verdict.rule == "renew says signed":
        return verdict._replace(status="in-force", dates={}, rule="a base whose accord is renewed stands")
    if signed and verdict.rule == "build says in-force":
        return verdict._replace(status="signed")
    if verdict.status in ("proposed", "negotiating", "signed", "terminated") and _only_wanted_gone(reading, site):
        return verdict._replace(status="in-force", dates={}, rule="that it shall go says that it stands")
    if reading.says(site.first - 3, site.first, EXISTING) and reading.negation(site.first - 1):
        return verdict.turned("denied", "there is none")
    return _in_the_past(reading, site, verdict)


def _only_wanted_gone(reading: Reading, site: Site) -> bool:
    """Tell whether somebody only wants troops to go or agrees that they will («طالبت بسحب القوات»)."""
    first = reading.clauses[reading.clause_of(site.first)].first
    leaving = [c for c in reading.cues_in(first, site.first, LEAVING) if c.sense.pos == "masdar"]
    wanted = [c for c in reading.cues_in(first, site.first, WANTS) if leaving and c.last <= leaving[0].first]
    return bool(wanted) and not reading.has(first, site.first, "decide", "carry-out", "announce")


def _in_the_past(reading: Reading, site: Site, verdict: Verdict) -> Verdict:
    """Read «كانت تستضيف» as a base that is no more, and «القاعدة المزمعة» as one that is planned."""
    first = reading.clauses[reading.clause_of(site.first)].first
    held = [c for c in reading.cues_in(first, site.first, HOLDING) if c.sense.pos == "imperfect"]
    if held and reading.has(first, held[0].first, "past") and verdict.status == "in-force":
        return verdict.turned("terminated", "what was so")
    if reading.has(site.last, site.last + 3, "scheduled"):
        return verdict.turned("proposed", "a planned base")
    return verdict


def _described_before(reading: Reading, first: int, last: int, but: tuple[str, ...]) -> tuple[str, ...]:
    """Give whose court or body acts on the accord about a base («جمّدت المحكمة الكولومبية اتفاق القواعد …»)."""
    found = [g for g in groups_in(reading, first, last) if g.is_nisba and not set(g.actors) & set(but)]
    return only_soil(found[0].actors[:1]) if found else ()


def _accord(reading: Reading, site: Site) -> Cue | None:
    """Give the noun of an accord that is about the base: before it in its clause, or above its relative clause."""
    if site.cue in TROOPS:
        return None
    clause = reading.clauses[reading.clause_of(site.first)]
    first = clause.first
    if clause.kind == "relative" and clause.parent >= 0:
        first = reading.clauses[clause.parent].first
    before = [c for c in reading.cues_in(first, site.first, ("treaty", "contract")) if c.sense.pos in ("noun", "word")]
    special = ("m-mutual", "m-nonaggression", "m-truce", "m-arms-control", "m-defense", "m-strategic")
    if (
        not before
        or reading.has(before[-1].first, site.first, *special)
        or reading.has(before[-1].last, site.first, "use", "include")
    ):
        return None
    return before[-1]


def _is_generic(reading: Reading, site: Site) -> bool:
    """Tell whether bases in general are meant («قواعد أجنبية»), not those of one actor."""
    return site.base is None and any(
        "اجنبي" in reading.norm(k) or "خارجيه" in reading.norm(k) for k in range(site.last - 1, site.last + 4)
    )


def _stationed(reading: Reading, site: Site, place: Scope) -> bool:
    ranges = (*place.left, (site.first, place.last), *place.right)
    if site.cue == "presence":
        return True
    first = reading.clauses[reading.clause_of(site.first)].first
    holding = any(is_verb(c) for c in reading.cues_in(first, site.first, HOLDING))
    if site.cue == "troop-force" and not site.pronoun and not holding and not owned_after(reading, site.last):
        return False
    if holding or with_prep(groups_in(reading, first, first + 2), "ل"):
        return True
    return any(reading.has(a, b, *MOVES) or _exists(reading, a, b) for a, b in ranges)


def _exists(reading: Reading, first: int, last: int) -> bool:
    return reading.says(first, last, STANDING)


def hosts_of(reading: Reading, site: Site, place: Scope, discourse: Discourse, roles: Roles) -> tuple[str, ...]:
    """Give on whose soil a base stands: the place after it, the base's own, the host that acts, or the topic."""
    clause = reading.clauses[reading.clause_of(site.first)]
    end = _reach(reading, site, max(b for _, b in place.right))
    located = _located(reading, site.last, end) or _located(reading, clause.first, site.first)
    if located:
        return located
    if site.base:
        return (load().bases[site.base].host,)
    if roles.hosts:
        return roles.hosts
    guests = with_prep(groups_in(reading, clause.first, site.first), "مع")
    if guests and any(reading.norm(k) == "البلاد" for k in range(site.last, end)):
        return guests[-1:]
    soil = _own_soil(reading, site, end) or _soil_before(reading, clause.first, site.first)
    theirs = [c for c in reading.cues_in(clause.first, site.first, ("legislator", "legislature")) if c.sense.pronoun]
    named = [g for g in reading.groups if theirs and g.last <= theirs[0].first]
    if named:
        return named[-1].actors[-1:]
    if soil or reading.has(clause.first, site.first, "host", "allow", "grant", "legislator", "reject"):
        acting = subject(reading, clause.first, clause.last, site.first)
        return acting or subject_above(reading, reading.clause_of(site.first), discourse)[:1]
    direct = _object_of_leaving(reading, clause.first, end)
    if direct:
        return direct
    if discourse.topic and (len(discourse.topic) == 1 or discourse.topic_of is not None):
        return discourse.topic[:1]
    denied = reading.has(0, len(reading.tokens), "deny", "deny-phrase", "reject") or reading.norm(site.first - 1) in (
        "ليس",
        "ليست",
    )
    return (discourse.home,) if denied and discourse.home else ()


def _reach(reading: Reading, site: Site, end: int) -> int:
    """Give how far words go that can say where a site is: up to the next verb of its own clause."""
    own = reading.clause_of(site.first)
    verbs = (c.first for c in reading.cues_in(site.last, end, ("sign", "say", "announce", "decide", "negotiate")))
    return min([end, *(k for k in verbs if reading.clause_of(k) == own and finite_at(reading, k))])


def _located(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    found: list[str] = []
    for mention in reading.mentions:
        if not first <= mention.first < last or mention.via in ("outlet", "region", "instrument", "base", "person"):
            continue
        if mention.is_nisba and reading.norm(mention.first - 1).removeprefix("ال") not in SOIL:
            continue
        if len(mention.actors) == 1 and only_soil(mention.actors) and _local(reading, mention, bool(found)):
            found.extend(mention.actors)
    return tuple(dict.fromkeys(found))


def _local(reading: Reading, mention: Mention, more: bool) -> bool:
    """Tell whether a mention is governed by a word of place, or coordinated with one that is."""
    if "ب" in mention.proclitics or mention.is_nisba:
        return True
    k = mention.first - 1
    if reading.norm(k) == "من" and reading.norm(k - 1).endswith("كل"):
        k -= 2
    while k >= 0 and reading.norm(k).removeprefix("و") in PLACES:
        if reading.norm(k)[:1] == "ب" or reading.norm(k) in ("اراضي", "الاراضي"):
            return True
        k -= 1
    if reading.norm(k) == "من" and reading.has(k - 1, k, "request", "propose"):
        return False
    if reading.norm(k) in PLACE_PREPOSITIONS and reading.norm(k + 1) != "بين":
        return reading.norm(k) != "الي" or mention.via == "place"
    return more and "و" in mention.proclitics


def _own_soil(reading: Reading, site: Site, end: int) -> bool:
    return reading.says(site.last, end, SOIL_OR_THERE)


def _soil_before(reading: Reading, first: int, last: int) -> bool:
    return reading.says(first, last, OWN_SOIL)


def _object_of_leaving(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """Give the place that troops left, where it is the verb's object («غادر آخر جندي فرنسي مالي»)."""
    if not reading.has(first, last, "withdraw"):
        return ()
    free = [g for g in groups_in(reading, first, last) if g.prep == "" and not g.is_nisba]
    return free[-1].actors[-1:] if free else ()


def operators_of(
    reading: Reading, site: Site, place: Scope, discourse: Discourse, hosts: tuple[str, ...], roles: Roles
) -> tuple[str, ...]:
    """Give whose base it is: the nisba on it, the one it is «for», the one who acts, or the lexicon's operator."""
    end = max(b for _, b in place.right)
    named = (
        _covering(reading, site, hosts)
        or _nisba_on(reading, site, end)
        or _owner(reading, site, end, hosts)
        or _receiver(reading, site)
        or _asking(reading, site, hosts)
        or _units(reading, site, end, hosts)
    )
    named = named or tuple(a for a in roles.operators if a not in hosts)
    if named:
        return named
    clause = reading.clauses[reading.clause_of(site.first)]
    if site.cue == "troop-force" and not site.pronoun and not _kept(reading, clause.first, site.first):
        return ()
    acting = _acting(reading, site, end, discourse, hosts)
    if acting and (site.cue != "presence" or reading.has(clause.first, end, *MOVES)):
        return acting
    if site.base and load().bases[site.base].operator:
        return tuple(o for o in load().bases[site.base].operator if o not in hosts)
    if reading.has(clause.first, end, "operate", "build", "negotiate", "withdraw", "end", "deliver"):
        after = _strangers([g for g in groups_in(reading, site.last, end) if g.prep == ""], hosts)
        above = tuple(a for a in subject_above(reading, reading.clause_of(site.first), discourse) if a not in hosts)
        return after[0].actors if after else above[:1]
    return ()


def _kept(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a verb says that somebody keeps what follows («تحتفظ بقوات»)."""
    return any(is_verb(c) for c in reading.cues_in(first, last, ("operate",)))


def _strangers(groups: Iterable[Group], hosts: tuple[str, ...]) -> list[Group]:
    return [g for g in groups if not set(g.actors) & set(hosts)]


def _covering(reading: Reading, site: Site, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the forces that the site is named by («القوات الروسية»)."""
    if site.cue not in TROOPS:
        return ()
    groups = _strangers([g for g in reading.groups if g.first <= site.first < g.last], hosts)
    return groups[0].actors if groups else ()


def _nisba_on(reading: Reading, site: Site, end: int) -> tuple[str, ...]:
    """Give the nisba on the site, at most three words after it («قاعدة عسكرية تركية»)."""
    nisbas = [g for g in groups_in(reading, site.last, end) if g.is_nisba]
    on = [g for g in nisbas if site.first - 1 <= g.head < site.last and g.mentions[0].first - site.last <= 3]
    if not on and site.cue == "base":
        on = [
            g
            for g in nisbas
            if g.head == site.last and g.first < site.last + 4 and reading.norm(g.head) not in PREPOSITIONS
        ]
    return on[0].actors if on else ()


def _owner(reading: Reading, site: Site, end: int, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the one that the base is «for» («قاعدة لروسيا»)."""
    clause = reading.clauses[reading.clause_of(site.first)]
    groups = _strangers([g for g in groups_in(reading, clause.first, end) if g.prep == "ل"], hosts)
    return groups[-1].actors if groups else ()


def _receiver(reading: Reading, site: Site) -> tuple[str, ...]:
    """Give the one that is granted the base («منحت روسيا قاعدة»)."""
    clause = reading.clauses[reading.clause_of(site.first)]
    granted = next(reading.cues_in(clause.first, site.first, ("grant",)), None)
    if not granted:
        return ()
    receivers = [g for g in groups_in(reading, granted.last, site.first) if g.prep in ("", "gen", "ل")]
    return receivers[-1].actors if receivers else ()


def _asking(reading: Reading, site: Site, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the one whose request the base is («طلب روسي لإقامة قاعدة»)."""
    clause = reading.clauses[reading.clause_of(site.first)]
    groups = [
        g
        for g in groups_in(reading, clause.first, site.first)
        if g.is_nisba and reading.has(g.head, g.head + 1, "request", "proposal", "offer")
    ]
    return groups[0].actors if _strangers(groups[:1], hosts) else ()


def _units(reading: Reading, site: Site, end: int, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the army that the troops come from («قوات من مصر», «الجيش التركي … وجوده»)."""
    clause = reading.clauses[reading.clause_of(site.first)]
    if site.cue in TROOPS:
        groups = [g for g in groups_in(reading, site.last, min(end, site.last + 7)) if g.prep == "من"]
        if _strangers(groups[:1], hosts):
            return groups[0].actors
    troops = [
        g
        for g in groups_in(reading, clause.first, site.first)
        if g.is_nisba and reading.has(g.head, g.head + 1, "troop-force", "troops", "army")
    ]
    return troops[0].actors if _strangers(troops[:1], hosts) else ()


def _acting(reading: Reading, site: Site, end: int, discourse: Discourse, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the subject of the site's clause, or what the pronoun on the site stands for."""
    clause = reading.clauses[reading.clause_of(site.first)]
    acting = tuple(a for a in subject(reading, clause.first, clause.last, site.first) if a not in hosts)
    if site.pronoun == "هما":
        acting = tuple(a for a in pair_before(reading, site.first, discourse) if a not in hosts) or acting
    if site.pronoun and not acting:
        above = subject_above(reading, reading.clause_of(site.first), discourse)
        acting = tuple(a for a in above if a not in hosts)
    if site.pronoun and not acting and clause.kind == "that":
        later = _strangers([g for g in reading.groups if g.first >= end and g.prep == ""], hosts)
        acting = later[0].actors if later else ()
    return acting


def _features(reading: Reading, site: Site, place: Scope, draft: Draft) -> None:
    if site.cue in TROOPS:
        draft.provisions.add("troop-deployment")
    for a, b in ((site.first, place.last), *place.right):
        for cue in reading.cues_in(a, b):
            if cue.cue in ("s-naval", "s-training", "s-logistics"):
                draft.sectors.add(SECTORS[cue.cue])
            elif cue.cue == "p-base-rights":
                draft.provisions.add("base-rights")
