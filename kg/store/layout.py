"""How exports are laid out: what a reader wants first comes first."""

from kg.graph.names import AKG, BASE, DCTERMS, FOAF, OA, PROV, RDFS, prefixes
from kg.store.turtle import Layout, Section


def _classes(*names: str) -> frozenset[str]:
    return frozenset(AKG(name).value for name in names)


_PLACE_IN_TEXT = (PROV("hadPrimarySource").value,), (AKG("evidence").value, OA("hasSelector").value, OA("start").value)

SECTIONS = (
    Section("Agreements", _classes("Agreement")),
    Section("Disagreements", _classes("Disagreement")),
    Section("Decisions of the curation", _classes("Decision")),
    Section("Claims, in the order of their texts", _classes("Claim"), _PLACE_IN_TEXT),
    Section("Documents", _classes("Document")),
    Section("Publishers", frozenset({FOAF("Agent").value})),
    Section("Runs", _classes("Run")),
    Section("Bases", _classes("Base")),
    Section("Actors", _classes("Actor", "State", "Organization", "ArmedGroup", "Company", "Person", "Region")),
)
_FIRST = (
    "label", "issue", "disputes", "betweenClaim", "actorId", "iso3", "cowCode", "gwCode", "recognition", "fileName",
    "published", "about", "kind", "status", "certainty", "factuality", "contested", "witnesses", "belief", "actor",
    "role", "organization", "dateKey", "edtf", "earliest", "latest", "asWritten", "instrument", "atBase",
    "accessionTo", "participation", "since", "until", "heldFrom", "heldUntil", "statusPeriod", "date", "provision",
    "sector", "obligation", "attributedTo", "attributedToActor", "evidence", "cue", "rule",
)  # fmt: skip
FIRST = tuple(RDFS(name).value if name == "label" else AKG(name).value for name in _FIRST) + tuple(
    OA(name).value for name in ("hasSource", "hasSelector", "start", "end", "exact", "prefix", "suffix")
)
TITLES = (AKG("fileName").value, DCTERMS("title").value)
HEAD = "A knowledge graph of alliances and defence agreements, by alliance-kg."


def layout(base: str = BASE) -> Layout:
    """Give the layout for names below a base."""
    return Layout(prefixes(base), SECTIONS, FIRST, HEAD, TITLES)


LAYOUT = layout()
