"""Arms transfers: who sells, gives or delivers weapons to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.claims.arguments import agent_of, is_verb, object_of
from kg.claims.discourse import Discourse
from kg.claims.drafts import Draft
from kg.claims.parties import groups_in, unique, with_prep
from kg.claims.reading import Clause, Reading
from kg.claims.scopes import scope
from kg.claims.status import Verdict, judge
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import table, words
from kg.mentions import Group

WEAPONS = frozenset(
    {"weapon", "drone", "ship", "vessel", "aircraft", "ammunition", "materiel", "battery", "system", "shipment"}
)
MOVED = frozenset({"ship", "vessel", "aircraft", "materiel"})
GIVING = frozenset({"sell", "deliver", "supply", "send", "offer", "grant"})
TAKING = frozenset({"buy", "receive", "obtain", "request"})
DEALS = frozenset({"contract", "package"})
TRADE = (*GIVING, *TAKING, *DEALS, "arrive", "customer")
WARSHIPS = words("warships")
ARMS_SECTORS = {"drone": "drones", "s-air-defense": "air-defense"}
CIVIL = words("civil-aviation")
SYSTEMS = words("weapon-systems")
SINCE = words("since")
FORMER = words("former")
LATTER = words("latter")
CABINET = words("cabinet")
MAKERS = table("weapon-makers")
NAMED_WITHIN = 10


Sides = tuple[tuple[str, ...], tuple[str, ...]]


class Deal(NamedTuple):
    """The word of trade that gives the roles, and who supplies and who receives."""

    main: Cue
    sides: Sides


def arms(reading: Reading, discourse: Discourse) -> Iterator[Draft]:
    """Give a draft for each sale or delivery of weapons that has a supplier and a recipient."""
    done: set[Sides] = set()
    for cue in reading.cues:
        trade = _trade(reading, cue)
        if not trade:
            continue
        deal = _deal(reading, cue, trade, discourse)
        if deal is None or deal.sides in done:
            continue
        done.add(deal.sides)
        yield _transfer(reading, cue, deal)


def _trade(reading: Reading, cue: Cue) -> list[Cue]:
    """Give the words of trade in the clause of a weapon; a shipment must be one of weapons, an aircraft no airliner."""
    if cue.cue not in WEAPONS:
        return []
    clause = reading.clauses[reading.clause_of(cue.first)]
    above = clause.kind == "relative" and clause.parent >= 0
    first = reading.clauses[clause.parent].first if above else clause.first
    if not _is_weapon(reading, cue, first, clause.last):
        return []
    return [c for c in reading.cues_in(clause.first, clause.last, TRADE) if _trades(reading, c, cue)]


def _trades(reading: Reading, cue: Cue, weapon: Cue) -> bool:
    """Tell whether a word speaks of trade in this weapon: what an army moves about is not given away."""
    if cue.cue == "contract":
        return not (cue.sense.number == "pl" and reading.says(cue.first - 2, cue.first, SINCE))
    if cue.cue == "grant":
        return not reading.has(cue.last, weapon.first, "contract")
    if cue.cue == "arrive":
        return reading.norm(cue.first - 1) != "ما"
    if cue.cue == "package":
        return weapon.first - cue.last <= 1
    if cue.cue == "request":
        first = reading.clauses[reading.clause_of(cue.first)].first
        other = any(is_verb(c) and c.first < cue.first for c in reading.cues_in(first, cue.first))
        return is_verb(cue) and weapon.first > cue.first and not other
    return not (cue.cue == "send" and weapon.cue in MOVED)


def _is_weapon(reading: Reading, cue: Cue, first: int, last: int) -> bool:
    if cue.cue == "shipment":
        return reading.has(first, last, *(WEAPONS - {"shipment"}))
    if cue.cue == "vessel":
        return reading.says(cue.last, cue.last + 2, WARSHIPS)
    if cue.cue == "aircraft":
        return not reading.says(first, last, CIVIL)
    if cue.cue == "system":
        near = {reading.norm(k).removeprefix("لل").removeprefix("ال") for k in range(cue.last, cue.last + 4)}
        return bool(near & SYSTEMS) or reading.has(cue.last, cue.last + 4, *(WEAPONS - {"system"}), "s-air-defense")
    return True


def _transfer(reading: Reading, cue: Cue, deal: Deal) -> Draft:
    place = scope(reading, min(cue.first, deal.main.first), max(cue.last, deal.main.last))
    suppliers, recipients = deal.sides
    verdict = _judged(reading, deal.main, judge(reading, place, "arms", default=_default(reading, deal.main)))
    parties = dict.fromkeys(suppliers, "supplier") | dict.fromkeys(recipients, "recipient")
    draft = verdict.draft("arms-transfer", parties)
    draft.head, draft.at = "arms", cue.first
    draft.rules += [f"weapons by {deal.main.cue}", verdict.rule]
    draft.cues += [reading.words(cue.first, cue.last), *verdict.cues]
    clause = reading.clauses[reading.clause_of(cue.first)]
    draft.sectors.add("procurement")
    draft.sectors |= {s for c, s in ARMS_SECTORS.items() if reading.has(clause.first, clause.last, c)}
    return draft


def _default(reading: Reading, main: Cue) -> str:
    """Give the status where no cue tells: what is offered is proposed, a deal or what will be given is agreed."""
    if main.cue in ("offer", "request"):
        return "proposed"
    to_come = main.sense.pos == "imperfect" and ("س" in main.proclitics or reading.norm(main.first - 1) == "سوف")
    return "signed" if main.cue in DEALS or to_come else "in-force"


def _judged(reading: Reading, main: Cue, verdict: Verdict) -> Verdict:
    """Leave a headline's present tense open to the text below it; an approval of a sale makes it agreed."""
    if reading.sentence.kind in ("heading", "bullet") and verdict.status == "in-force":
        done = main.cue in ("receive", "deliver") and verdict.rule != "default"
        return verdict._replace(status="completed" if done else "in-force", explicit=False)
    if verdict.rule == "grant says completed" and main.cue != "grant":
        return verdict._replace(status="signed", rule="a contract that is granted")
    if verdict.rule == "approve says ratified" and reading.says(0, len(reading.tokens), CABINET):
        dates = {{"ratified": "signed"}.get(key, key): day for key, day in verdict.dates.items()}
        return verdict._replace(status="signed", dates=dates)
    return verdict


def _deal(reading: Reading, cue: Cue, trade: list[Cue], discourse: Discourse) -> Deal | None:
    """Give the first word of trade by which both sides are known, verbs before nouns like «صفقة»."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    origin = _origin(groups_in(reading, clause.first, clause.last), cue)
    mains = sorted(trade, key=lambda c: (c.cue not in GIVING | TAKING, c.cue == "request", c.first))
    for made in (origin, _maker(reading, cue, clause.last)):
        for main in mains:
            suppliers, recipients = _sides(reading, cue, main, trade, made, discourse)
            if suppliers and recipients:
                return Deal(main, (suppliers, recipients))
    return None


def _sides(
    reading: Reading, cue: Cue, main: Cue, trade: list[Cue], origin: tuple[str, ...], discourse: Discourse
) -> Sides:
    """Give who supplies and who receives, by what the main word of trade says of its agent and object."""
    clause = reading.clauses[reading.clause_of(cue.first)]
    found = groups_in(reading, clause.first, clause.last)
    acting = agent_of(reading, main, discourse)
    to = _recipients(reading, main, trade, found) or _of_two(reading, main, acting)
    by = unique(with_prep([g for g in found if g.first > trade[0].first], "من"), with_prep(found, "مع"))
    if main.cue in TAKING:
        between = with_prep(found, "بين")
        buyers = _asking(reading, found) or (between if len(between) == 2 else ())
        return _taken(reading, main, origin, by, acting, buyers, to)
    if main.cue == "send" and not to:
        return (), ()
    if not to and main.cue == "offer":
        to = _offered_to(reading, clause, found, discourse)
    if main.cue in GIVING or (main.cue in DEALS and to):
        return _given(main, origin, by, acting, to or object_of(reading, main), found)
    if main.cue == "arrive":
        senders = _one(origin, with_prep(found, "من"), _carrier(reading, found))
        return senders, _but(to, senders)
    suppliers = _one(origin, by)
    return suppliers, _but(unique(acting) or to or by, suppliers)


def _taken(
    reading: Reading,
    main: Cue,
    origin: tuple[str, ...],
    by: tuple[str, ...],
    acting: tuple[str, ...],
    asking: tuple[str, ...],
    to: tuple[str, ...],
) -> Sides:
    """Give the sides of a purchase: the buyer acts, asks («طلب سعودي لشراء») or is its genitive («شراء فيتنام»)."""
    buyers = asking or (object_of(reading, main) if not is_verb(main) else ()) or acting or to
    granting = tuple(a for a in acting if a not in buyers)
    origin = origin if not set(origin) >= set(buyers) else ()
    suppliers = _one(origin, _but(by, buyers), granting)
    buyers = _but(buyers, suppliers)
    if not suppliers and len(buyers) == 2:
        return buyers[1:], buyers[:1]
    return suppliers, buyers


def _given(
    main: Cue,
    origin: tuple[str, ...],
    by: tuple[str, ...],
    acting: tuple[str, ...],
    to: tuple[str, ...],
    found: Sequence[Group],
) -> Sides:
    """Give the sides of a sale or gift: the giver acts, else it is the weapon's origin or the masdar's genitive."""
    givers = _but(acting, to)
    if not is_verb(main):
        whose = _but(tuple(a for g in found if g.first == main.last and g.prep in ("gen", "") for a in g.actors), to)
        givers = whose or origin or givers
    return _one(givers, _but(origin, to), _but(by, to), _genitives(found, main.first, to)), to


def _but(actors: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(a for a in actors if a not in others)


def _one(*lists: Sequence[str]) -> tuple[str, ...]:
    """Give the first list that is not empty."""
    return next((tuple(actors) for actors in lists if actors), ())


def _asking(reading: Reading, found: Sequence[Group]) -> tuple[str, ...]:
    """Give whose request a purchase is («طلبا سعوديا لشراء»)."""
    asked = [
        g
        for g in found
        if (g.is_nisba and reading.has(g.head, g.head + 1, "request"))
        or (g.prep in ("gen", "") and _is_request(reading, g.first - 1))
    ]
    return asked[0].actors if asked else ()


def _is_request(reading: Reading, i: int) -> bool:
    """Tell whether a noun for a request stands at token i («طلب السعودية شراء …»)."""
    return i > 0 and any(c.sense.pos == "masdar" for c in reading.cues_in(i, i + 1, ("request",)))


def _origin(found: Sequence[Group], cue: Cue) -> tuple[str, ...]:
    """Give the nisba on the weapons («صواريخ روسية»)."""
    for group in found:
        near = 0 <= group.mentions[0].first - cue.last <= 3 or group.head < cue.last
        if group.is_nisba and near and group.head >= cue.first:
            return group.actors
    return ()


def _carrier(reading: Reading, found: Sequence[Group]) -> tuple[str, ...]:
    """Give whose ship or aircraft brings the weapons («سفينة روسية تحمل أسلحة»)."""
    carried = [g for g in found if g.is_nisba and reading.has(g.head, g.head + 1, "vessel", "aircraft", "ship")]
    return carried[0].actors if carried else ()


def _of_two(reading: Reading, main: Cue, acting: tuple[str, ...]) -> tuple[str, ...]:
    """Give which of two receives («اتفقت القاهرة وأنقرة على تزويد الأولى بطائرات»)."""
    if len(acting) != 2 or main.cue not in GIVING:
        return ()
    if reading.norm(main.last) in FORMER:
        return acting[:1]
    return acting[1:] if reading.norm(main.last) in LATTER else ()


def _maker(reading: Reading, cue: Cue, last: int) -> tuple[str, ...]:
    """Give the state that makes the weapon, by its name («مقاتلات «رافال»», «منظومة «إس-400»»)."""
    names = [reading.norm(k) for k in range(cue.last, min(last, cue.last + NAMED_WITHIN))]
    names = [name for name in names if name not in ('"', "-", "(", ")")]
    pairs = [f"{a} {b}" for a, b in pairwise(names)]
    return next(((MAKERS[name],) for name in (*pairs, *names) if name in MAKERS), ())


def _recipients(reading: Reading, main: Cue, trade: Sequence[Cue], found: Sequence[Group]) -> tuple[str, ...]:
    """Give whom weapons go to: after «إلى» and «ل», else the object of giving («سلّمت روسيا إيران»)."""
    to = with_prep([g for g in found if g.first > trade[0].first], "الى", "ل")
    if to or main.cue not in GIVING:
        return to
    return object_of(reading, main)


def _offered_to(reading: Reading, clause: Clause, found: Sequence[Group], discourse: Discourse) -> tuple[str, ...]:
    """Give whom weapons are offered to: «على الهند», or «عليها» of the one the text is about."""
    to = with_prep(found, "على")
    if not to and reading.says(clause.first, clause.last, ("عليها", "عليه")):
        return discourse.topic or discourse.subject
    return to


def _genitives(found: Sequence[Group], before: int, to: tuple[str, ...]) -> tuple[str, ...]:
    free = [g for g in found if g.last <= before and g.prep in ("gen", "")]
    return tuple(a for g in free for a in g.actors if a not in to)[-1:]
