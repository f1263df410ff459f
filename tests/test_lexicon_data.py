"""Facts of the lexicon: dates that can be, parties that were there, places that lie where they should."""

import datetime
from collections.abc import Iterator, Mapping
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

import kg.lexicon
from kg.lexicon import (
    ActorRow,
    CompanyRow,
    GroupRow,
    InstrumentRow,
    Member,
    OrganizationRow,
    PersonRow,
    Row,
    StateRow,
    load,
    normal_key,
)
from ontology import vocabulary

FIRST_YEAR, LAST_YEAR = 1800, 2060
DATES = ("since", "until", "signed", "in_force", "terminated")
ORDERED = (("since", "until"), ("signed", "in_force"), ("signed", "terminated"), ("in_force", "terminated"))

ORGANIZATION_KINDS = {"military-alliance", "regional", "bloc", "mission", "security-framework", "treaty-body"}
ORGANIZATIONS = (
    "NATO EU OTS CSTO SCO GCC LAS UN AU CIS OIC OSCE AES ECOWAS EAC SADC IGAD ASEAN ANZUS AUKUS QUAD BRICS OAS PIF "
    "MNJTF CENTO SEATO warsaw-pact g5-sahel"
).split()
GROUPS = (
    "ISIS SDF PKK HTS M23 RSF TPLF LNA hamas hezbollah houthis taliban boko-haram al-shabaab polisario-front "
    "wagner-group africa-corps kurdish-armed-groups somaliland abkhazia south-ossetia transnistria"
).split()

# Words that any treaty's name may be made of: a name of nothing else names no treaty.
GENERIC = (
    "معاهدة المعاهدة اتفاقية الاتفاقية اتفاق الاتفاق اتفاقيات اتفاقات ميثاق الميثاق حلف الحلف تحالف التحالف إعلان "
    "الإعلان بيان البيان مذكرة تفاهم التفاهم بروتوكول وثيقة مبادرة خطة شراكة الشراكة هدنة الهدنة الدفاع الدفاعي "
    "الدفاعية المشترك المشتركة المتبادل المتبادلة العسكري العسكرية الأمني الأمنية الأمن السلام للسلام الصداقة التعاون "
    "للتعاون وقف إطلاق النار عدم الاعتداء القوات الزائرة الاستراتيجية الثنائي الثنائية الثلاثي الثلاثية وضع الشاملة "
    "والتعاون والأمن والدفاع والشراكة في بين من"
)
# Parties that stand for the state that signed, by the rule at the head of instruments.toml.
SUCCESSORS = {"RUS", "MNE", "SRB"}
# Hosts whose soil is wide or scattered over the oceans.
WIDE = {"AUS", "DNK", "ECU", "GBR", "IND", "MUS", "NLD", "RUS", "SYC", "USA"}
SINGLE_OFFICES = {"president", "king", "emir", "sultan", "prime-minister", "foreign-minister", "defence-minister"}
SHARED_HEADS = {"AND", "BIH", "CHE", "SMR"}

needs_groups = pytest.mark.skipif(
    not (Path(kg.lexicon.__file__).parent / "groups.toml").exists(), reason="groups.toml is not there yet"
)


def tables() -> Iterator[tuple[str, Mapping[str, Row]]]:
    lexicon = load()
    yield "actor", lexicon.actors
    yield "person", lexicon.persons
    yield "instrument", lexicon.instruments
    yield "base", lexicon.bases
    yield "outlet", lexicon.outlets


def dated() -> Iterator[tuple[str, Row | Member]]:
    """Give everything that bears dates, memberships included."""
    for table, rows in tables():
        for row in rows.values():
            yield f"{table} {row.id}", row
            if isinstance(row, OrganizationRow):
                yield from ((f"{row.id} {member.actor}", member) for member in row.members)


def date_of(row: Row | Member, key: str) -> str | None:
    value: str | None = getattr(row, key, None)
    return value


def exists(date: str) -> bool:
    """Tell whether a date of EDTF level 0 is in the calendar."""
    year, *rest = (int(part) for part in date.split("-"))
    try:
        datetime.date(year, *(*rest, 1, 1)[:2])
    except ValueError:
        return False
    return FIRST_YEAR <= year <= LAST_YEAR


def before(first: str, second: str) -> bool:
    """Tell whether one date can be before or at another: only what both give is compared."""
    length = min(len(first), len(second))
    return first[:length] <= second[:length]


def in_time(row: ActorRow, date: str) -> bool:
    since, until = date_of(row, "since"), date_of(row, "until")
    return (since is None or before(since, date)) and (until is None or before(date, until))


def kilometres(one: ActorRow, lat: float, lon: float) -> float:
    assert one.lat is not None
    assert one.lon is not None
    a, b, c, d = (radians(x) for x in (one.lat, one.lon, lat, lon))
    return 12742 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


@pytest.mark.parametrize(
    ("date", "fits"), [("2024", True), ("2024-02-29", True), ("2023-02-29", False), ("1024-05", False)]
)
def test_the_lint_knows_the_calendar(date: str, fits: bool) -> None:
    assert exists(date) is fits


def test_every_date_is_in_the_calendar() -> None:
    wrong = [
        (who, key, date) for who, row in dated() for key in DATES if (date := date_of(row, key)) and not exists(date)
    ]
    assert wrong == []


def test_nothing_ends_before_it_begins() -> None:
    wrong = [
        (who, first, second)
        for who, row in dated()
        for first, second in ORDERED
        if (a := date_of(row, first)) and (b := date_of(row, second)) and not before(a, b)
    ]
    assert wrong == []


def test_ids_are_unique_over_the_tables() -> None:
    tables_of: dict[str, list[str]] = {}
    for table, rows in tables():
        for row in rows.values():
            tables_of.setdefault(row.id, []).append(table)
    assert {one: where for one, where in tables_of.items() if len(where) > 1} == {}


def test_instruments_and_bases_are_many() -> None:
    assert len(load().instruments) >= 110
    assert len(load().bases) >= 140


def test_the_fixed_ids_of_organizations_are_there() -> None:
    actors = load().actors
    assert [one for one in ORGANIZATIONS if not isinstance(actors.get(one), OrganizationRow)] == []


@needs_groups
def test_the_fixed_ids_of_groups_are_there() -> None:
    actors = load().actors
    assert [one for one in GROUPS if not isinstance(actors.get(one), GroupRow)] == []


def organizations() -> list[OrganizationRow]:
    return [row for row in load().actors.values() if isinstance(row, OrganizationRow)]


def test_organizations_are_of_a_known_kind() -> None:
    assert {row.kind for row in organizations()} <= ORGANIZATION_KINDS


def test_no_member_is_in_twice_at_a_time() -> None:
    wrong = [
        (row.id, one.actor)
        for row in organizations()
        for one, other in combinations(row.members, 2)
        if one.actor == other.actor and overlap(one, other)
    ]
    assert wrong == []


def overlap(one: Member | PersonRow, other: Member | PersonRow) -> bool:
    """Tell whether two terms share more than the day on which one gives way to the other."""
    first, second = sorted((one, other), key=lambda term: term.since or "")
    if first.until is None or second.since is None:
        return True
    return not before(first.until, second.since)


def test_no_organization_is_its_own_member() -> None:
    assert [row.id for row in organizations() if row.id in {member.actor for member in row.members}] == []


def test_members_join_within_the_life_of_the_state_and_of_the_organization() -> None:
    actors = load().actors
    wrong = [
        (row.id, member.actor, date)
        for row in organizations()
        for member in row.members
        for date in (member.since, member.until)
        if date and not (in_time(row, date) and (member.actor not in actors or in_time(actors[member.actor], date)))
    ]
    assert wrong == []


def instruments() -> list[InstrumentRow]:
    return list(load().instruments.values())


def test_kinds_and_provisions_are_terms_of_the_ontology() -> None:
    terms = vocabulary()
    for row in instruments():
        assert row.kind in terms.kinds, row.id
        assert row.kind != "membership", row.id
        assert set(row.provisions) <= terms.provisions.keys(), row.id
        assert len(set(row.provisions)) == len(row.provisions), row.id


def test_instruments_bind_two_states_or_an_organization_or_the_world() -> None:
    actors = load().actors
    for row in instruments():
        assert len(set(row.parties)) == len(row.parties), row.id
        if len(row.parties) == 1:
            assert isinstance(actors.get(row.parties[0]), OrganizationRow), row.id
        if not row.parties:
            assert row.kind == "arms-control", row.id


def test_parties_are_there_when_they_sign() -> None:
    actors = load().actors
    wrong = [
        (row.id, party)
        for row in instruments()
        for party in row.parties
        if row.signed and isinstance(state := actors.get(party), StateRow) and party not in SUCCESSORS
        if not in_time(state, row.signed)
    ]
    assert wrong == []


def test_a_treaty_serves_an_organization() -> None:
    actors = load().actors
    wrong = [
        row.id
        for row in instruments()
        if row.organization and not isinstance(actors[row.organization], OrganizationRow)
    ]
    assert wrong == []


def test_the_year_in_an_id_is_that_of_the_signature() -> None:
    years = [(row, row.id.rsplit("-", 1)[-1]) for row in instruments()]
    wrong = [row.id for row, year in years if year.isdecimal() and row.signed and not row.signed.startswith(year)]
    assert wrong == []


def test_treaties_are_dated_or_say_why_not() -> None:
    undated = {row.id for row in instruments() if row.signed is None}
    assert len(undated) <= len(instruments()) // 20


def test_a_name_says_more_than_that_it_is_a_treaty() -> None:
    generic = {normal_key(word) for word in GENERIC.split()}
    bare = [
        (row.id, name)
        for row in instruments()
        for name in (row.ar, *row.names)
        if set(normal_key(name).split()) <= generic
    ]
    assert bare == []


@pytest.mark.parametrize("table", ["instrument", "base"])
def test_a_name_belongs_to_one_row(table: str) -> None:
    owners: dict[str, list[str]] = {}
    for row in dict(tables())[table].values():
        for name in (row.ar, *row.names, *row.latin):
            owners.setdefault(normal_key(name), []).append(row.id)
    assert {name: rows for name, rows in owners.items() if len(rows) > 1} == {}


def test_no_treaty_or_base_bears_the_name_of_an_actor() -> None:
    taken = {
        (key, sense.target)
        for key, senses in load().surfaces().items()
        if any(sense.via in ("instrument", "base") for sense in senses)
        for sense in senses
        if sense.via not in ("instrument", "base", "place") and not sense.ambiguous
    }
    assert taken == set()


@pytest.mark.parametrize("table", ["instrument", "base"])
def test_every_row_has_an_example(table: str) -> None:
    assert [row.id for row in dict(tables())[table].values() if not row.example] == []


def test_hosts_are_states_or_hold_their_soil() -> None:
    actors = load().actors
    hosts = {(row.id, row.host) for row in load().bases.values() if row.host in actors}
    assert [pair for pair in sorted(hosts) if not isinstance(actors[pair[1]], StateRow | GroupRow)] == []


def test_no_host_operates_its_base_as_a_guest() -> None:
    for row in load().bases.values():
        assert row.host not in row.operator, row.id
        assert len(set(row.operator)) == len(row.operator), row.id


def test_bases_lie_apart_and_not_far_from_their_hosts_capital() -> None:
    actors, bases = load().actors, load().bases
    assert len({(row.lat, row.lon) for row in bases.values()}) == len(bases)
    far = [
        (row.id, round(distance))
        for row in bases.values()
        if isinstance(host := actors.get(row.host), StateRow) and row.host not in WIDE
        if (distance := kilometres(host, row.lat, row.lon)) > 2000
    ]
    assert far == []


def test_companies_groups_and_outlets_have_a_state_for_their_home() -> None:
    actors = load().actors
    homes = {row.id: row.state for row in actors.values() if isinstance(row, CompanyRow | GroupRow) and row.state}
    homes |= {row.id: row.country for row in load().outlets.values() if row.country}
    assert {one: home for one, home in homes.items() if not isinstance(actors.get(home), StateRow)} == {}


def test_persons_speak_for_a_state_or_for_an_organization_or_group() -> None:
    actors = load().actors
    for row in load().persons.values():
        speaks_for = actors[row.state or row.organization or ""]
        assert isinstance(speaks_for, StateRow) == (row.state is not None), row.id


def test_an_office_has_one_holder_at_a_time() -> None:
    persons = sorted(load().persons.values(), key=lambda row: row.id)
    wrong = [
        (one.id, other.id)
        for one, other in combinations(persons, 2)
        if (one.state, one.organization, one.office) == (other.state, other.organization, other.office)
        if one.office in SINGLE_OFFICES and one.state not in SHARED_HEADS and one.since and other.since
        if overlap(one, other)
    ]
    assert wrong == []
