"""The merged view as quads: agreements with their parties and periods, disagreements, actors, and direct lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from kg.graph.decided import influences
from kg.graph.names import AKG, FOAF, GEO, PROV, RDFS, SCHEMA, WIKIDATA, XSD, Names
from kg.graph.reported import TYPE, Fact, common, dated, instrument, integer, publisher_slug, terms
from kg.graph.speakers import side
from kg.graph.terms import IRI, Literal, Quad
from kg.graph.words import concept, kind, obligations, shortcuts, status_of_date
from kg.lexicon import ActorRow, CompanyRow, GroupRow, OrganizationRow, StateRow, load
from kg.model import Agreement, Claim, Decision, Disagreement, Document, Run, StatusPeriod
from ontology import vocabulary

_CLASSES: tuple[tuple[type[ActorRow], str], ...] = (
    (StateRow, "State"),
    (OrganizationRow, "Organization"),
    (GroupRow, "ArmedGroup"),
    (CompanyRow, "Company"),
)


def merged_quads(
    documents: Sequence[Document],
    claims: Mapping[str, Claim],
    agreements: Sequence[Agreement],
    disagreements: Sequence[Disagreement],
    decisions: Sequence[Decision],
    run: Run,
    names: Names,
) -> Iterator[Quad]:
    """Tell what follows from all claims together, each fact once, every derived node with its claims."""
    facts: list[Fact] = [*_run(run, names)]
    for publisher in sorted({document.publisher for document in documents if document.publisher}):
        facts.extend(_publisher(publisher, names))
    for agreement in agreements:
        cluster = [claims[one] for one in agreement.claims]
        facts.extend(_agreement(agreement, names))
        facts.extend(influences(agreement, decisions, names))
        facts.extend(_participations(agreement, cluster, names))
        facts.extend(_periods(agreement, names))
        facts.extend(_shortcuts(agreement, names))
    for disagreement in disagreements:
        facts.extend(_disagreement(disagreement, names))
    sites = sorted({one.instrument for one in agreements if one.instrument} & load().bases.keys())
    for site in sites:
        facts.extend(_site(site, names))
    for actor in sorted(_actors(claims.values(), sites)):
        facts.extend(_actor(actor, names))
    return (Quad(*fact, names.merged) for fact in dict.fromkeys(facts))


def _run(run: Run, names: Names) -> Iterator[Fact]:
    node = names.run(run.id)
    yield node, TYPE, AKG("Run")
    yield node, AKG("softwareVersion"), Literal(run.version)
    if run.recorded:
        yield node, PROV("endedAtTime"), Literal(f"{run.recorded}T00:00:00Z", None, XSD("dateTime"))


def _publisher(name: str, names: Names) -> Iterator[Fact]:
    node = names.publisher(publisher_slug(name))
    yield node, TYPE, FOAF("Agent")
    yield node, RDFS("label"), Literal(name)


def _agreement(agreement: Agreement, names: Names) -> Iterator[Fact]:
    node = names.agreement(agreement.id)
    yield node, TYPE, AKG("Agreement")
    yield node, TYPE, IRI(kind(agreement.kind).class_iri)
    yield node, RDFS("label"), Literal(agreement.label_ar, "ar")
    yield node, RDFS("label"), Literal(agreement.label_en, "en")
    yield from common(node, agreement.kind, agreement.status, agreement.certainty, agreement.organization, names)
    yield node, AKG("contested"), Literal("true" if agreement.contested else "false", None, XSD("boolean"))
    yield node, AKG("witnesses"), integer(agreement.witnesses)
    if agreement.belief is not None:
        yield node, AKG("belief"), Literal(str(agreement.belief), None, XSD("decimal"))
    yield from terms(node, agreement.provisions, agreement.sectors)
    yield from ((node, AKG("obligation"), term) for term in obligations(agreement.kind, agreement.provisions))
    yield from instrument(node, agreement.instrument, names)
    if agreement.accession_to:
        yield node, AKG("accessionTo"), names.agreement(agreement.accession_to)
    for party in agreement.parties:
        yield node, AKG("participation"), names.participation(agreement.id, party.actor, party.role)
    for event, edtf in agreement.dates.items():
        date = _date(agreement, event, names)
        yield node, AKG("date"), date
        yield from dated(date, edtf, event)
    yield from _derived(node, agreement.claims, names)


def _date(agreement: Agreement, event: str, names: Names) -> IRI:
    return names.date(f"{agreement.id}-{event}")


def _derived(node: IRI, claims: Iterable[str], names: Names) -> Iterator[Fact]:
    yield from ((node, PROV("wasDerivedFrom"), names.claim(claim)) for claim in claims)


def _participations(agreement: Agreement, cluster: Sequence[Claim], names: Names) -> Iterator[Fact]:
    """Tell each actor's part, also where one claim alone gives an actor that role."""
    told: dict[tuple[str, str], list[str]] = {}
    for claim in cluster:
        for party in claim.parties:
            told.setdefault((party.actor, party.role), []).append(claim.id)
    for (actor, role), claims in sorted(told.items()):
        node = names.participation(agreement.id, actor, role)
        yield node, TYPE, AKG("Participation")
        yield node, AKG("actor"), names.actor(actor)
        yield node, AKG("role"), concept("role", role)
        yield from _derived(node, claims, names)


def _periods(agreement: Agreement, names: Names) -> Iterator[Fact]:
    """Tell the periods, each with its dates as given and with the days between which it held for certain."""
    for number, period in enumerate(agreement.periods, 1):
        following = agreement.periods[number : number + 1]
        node = names.period(f"{agreement.id}-{number}")
        yield names.agreement(agreement.id), AKG("statusPeriod"), node
        yield node, TYPE, AKG("StatusPeriod")
        yield node, AKG("status"), concept("status", period.status)
        for name, opening in (("since", (period,)), ("until", following)):
            yield from (fact for one in opening for fact in _moment(agreement, node, name, one, names))
        for name, day in (("heldFrom", period.held_from), ("heldUntil", period.held_until)):
            if day:
                yield node, AKG(name), Literal(day, None, XSD("date"))
        yield from _derived(node, period.claims, names)


def _moment(agreement: Agreement, node: IRI, name: str, opening: StatusPeriod, names: Names) -> Iterator[Fact]:
    """Tell the date with which a period opens; it is the agreement's own unless the event came more than once."""
    if opening.since is None:
        return
    event = next(key for key in vocabulary().dates if status_of_date(key) == opening.status)
    date = _date(agreement, event, names)
    if agreement.dates.get(event) != opening.since:
        date = names.date(f"{agreement.id}-{event}-{opening.since}")
        yield from dated(date, opening.since, event)
    yield node, AKG(name), date


def _shortcuts(agreement: Agreement, names: Names) -> Iterator[Fact]:
    """Draw direct lines between actors, of agreements at the statuses that the vocabulary names and not contested."""
    if agreement.contested:
        return
    for rule in shortcuts(agreement.kind, agreement.status):
        starts = [party.actor for party in agreement.parties if party.role in rule.from_roles]
        ends = [party.actor for party in agreement.parties if party.role in rule.to_roles]
        if rule.to_organization:
            ends = [agreement.organization] if agreement.organization else []
        for start, end in product(starts, ends):
            if start != end:
                yield from _line(names.actor(start), names.actor(end), rule.properties, rule.symmetric)


def _line(start: IRI, end: IRI, properties: Sequence[str], symmetric: bool) -> Iterator[Fact]:
    for name in properties:
        yield start, IRI(name), end
        if symmetric:
            yield end, IRI(name), start


def _disagreement(disagreement: Disagreement, names: Names) -> Iterator[Fact]:
    node = names.disagreement(disagreement.id)
    yield node, TYPE, AKG("Disagreement")
    yield node, AKG("issue"), concept("issue", disagreement.issue)
    yield from ((node, AKG("disputes"), names.agreement(one)) for one in disagreement.agreements)
    yield from ((node, AKG("betweenClaim"), names.claim(one)) for one in disagreement.claims)
    yield from _derived(node, disagreement.claims, names)


def _site(site: str, names: Names) -> Iterator[Fact]:
    row, node = load().bases[site], names.base_site(site)
    yield node, TYPE, AKG("Base")
    yield from _labels(node, row.ar, row.en)
    yield node, AKG("host"), names.actor(row.host)
    yield from ((node, AKG("operator"), names.actor(actor)) for actor in row.operator)
    for name, edtf in (("since", row.since), ("until", row.until)):
        if edtf:
            date = names.date(f"base-{site}-{name}")
            yield node, AKG(name), date
            yield from dated(date, edtf)
    yield from _point(node, names.base_site(f"{site}-point"), row.lat, row.lon)


def _actors(claims: Iterable[Claim], sites: Iterable[str]) -> Iterator[str]:
    found = set()
    for claim in claims:
        found |= {party.actor for party in claim.parties} | ({claim.organization} if claim.organization else set())
        found |= set(side(claim.attributed_to))
    for site in sites:
        found |= {load().bases[site].host, *load().bases[site].operator}
    return iter(found)


def _actor(actor: str, names: Names) -> Iterator[Fact]:
    row, node = load().actors.get(actor), names.actor(actor)
    yield node, TYPE, AKG(next((name for model, name in _CLASSES if isinstance(row, model)), "Actor"))
    yield node, AKG("actorId"), Literal(actor)
    if row is None:
        yield node, RDFS("label"), Literal(actor)
        return
    yield from _labels(node, row.ar, row.en)
    if isinstance(row, StateRow):
        yield from _state(row, node)
    if row.qid:
        yield node, SCHEMA("sameAs"), WIKIDATA(row.qid)
    if row.lat is not None and row.lon is not None:
        yield from _point(node, names.actor(f"{actor}-point"), row.lat, row.lon)


def _state(row: StateRow, node: IRI) -> Iterator[Fact]:
    if row.iso2 and len(row.id) == 3:
        yield node, AKG("iso3"), Literal(row.id)
    yield from ((node, AKG(name), integer(code)) for name, code in (("cowCode", row.cow), ("gwCode", row.gw)) if code)
    if row.limited_recognition:
        yield node, AKG("recognition"), concept("recognition", "limited")
    elif row.un_member or row.until is None:
        yield node, AKG("recognition"), concept("recognition", "un-member" if row.un_member else "un-observer")


def _labels(node: IRI, arabic: str, english: str) -> Iterator[Fact]:
    yield node, RDFS("label"), Literal(arabic, "ar")
    yield node, RDFS("label"), Literal(english, "en")


def _point(node: IRI, point: IRI, lat: float, lon: float) -> Iterator[Fact]:
    yield node, GEO("hasGeometry"), point
    yield point, TYPE, GEO("Geometry")
    yield point, GEO("asWKT"), Literal(f"POINT({lon} {lat})", None, GEO("wktLiteral"))
