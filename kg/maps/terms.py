"""The vocabulary as the page needs it: labels in both languages, and how kinds and statuses are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING, Any

from kg.graph import prefixes

if TYPE_CHECKING:
    from ontology import Kind, Status, Term, Vocabulary

FAINT, BOLD = 1.2, 2.3  # pixels
# Regions of states (`kg.lexicon`) and their codes in the UN's standard M49.
M49 = {
    "northern-africa": "015", "eastern-africa": "014", "middle-africa": "017", "southern-africa": "018",
    "western-africa": "011", "caribbean": "029", "central-america": "013", "south-america": "005",
    "northern-america": "021", "central-asia": "143", "eastern-asia": "030", "south-eastern-asia": "035",
    "southern-asia": "034", "western-asia": "145", "eastern-europe": "151", "northern-europe": "154",
    "southern-europe": "039", "western-europe": "155", "australia-new-zealand": "053", "melanesia": "054",
    "micronesia": "057", "polynesia": "061",
}  # fmt: skip


def legend(vocabulary: Vocabulary, glyphs: Mapping[str, str]) -> dict[str, Any]:
    """Give the kinds, statuses and certainties in the order of the vocabulary, and other `terms` by a prefixed id.

    `glyphs` are SVG paths on a grid of 16, by kind; one without is drawn as a dot. `outsiders` are the roles of those
    whom an arrangement does not bind.
    """
    drawn = {role for kind in vocabulary.kinds.values() for role in kind.draw_roles}
    return {
        "kinds": [_kind(kind, glyphs) for kind in vocabulary.kinds.values()],
        "statuses": [_status(status, vocabulary) for status in vocabulary.statuses.values()],
        "certainties": [_label(term) for term in vocabulary.certainties.values()],
        "outsiders": sorted(vocabulary.roles.keys() - drawn),
        "terms": [
            {**_label(term), "id": f"{group} {name}"}
            for group, terms in (
                ("role", vocabulary.roles),
                ("date", vocabulary.dates),
                ("provision", vocabulary.provisions),
                ("sector", vocabulary.sectors),
            )
            for name, term in terms.items()
        ],
    }


def regions(used: Set[str | None]) -> list[dict[str, str]]:
    """Give the labels of regions, by CLDR's names for the areas of UN M49, in the order of their ids.

    >>> regions({"western-asia"})
    [{'id': 'western-asia', 'ar': 'غرب آسيا', 'en': 'Western Asia'}]
    """
    from babel import Locale

    ar, en = (Locale(name).territories for name in ("ar", "en"))
    return [{"id": name, "ar": ar[M49[name]], "en": en[M49[name]]} for name in sorted(M49.keys() & used)]


def iris() -> dict[str, str]:
    """Give the prefixes by which the page names things in RDF, those of the exports."""
    return prefixes()


def _label(term: Term) -> dict[str, Any]:
    return {"id": term.name, "ar": term.ar, "en": term.en[:1].upper() + term.en[1:]}


def _kind(kind: Kind, glyphs: Mapping[str, str]) -> dict[str, Any]:
    return {**_label(kind), "color": kind.color, "glyph": glyphs.get(kind.name), "class": kind.class_iri}


def _status(status: Status, vocabulary: Vocabulary) -> dict[str, Any]:
    """Draw a status by its line, and the stronger the nearer it is to being in force."""
    ranks = sorted(one.rank for one in vocabulary.statuses.values() if one.active)
    share = ranks.index(status.rank) / max(1, len(ranks) - 1) if status.active else 0.0
    return {
        **_label(status),
        "line": status.line,
        "dash": list(status.dash),
        "active": status.active,
        "width": round(FAINT + (BOLD - FAINT) * share, 2),
    }
