"""The vocabulary as the page needs it: labels in both languages, and how kinds and statuses are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ontology import Kind, Status, Term, Vocabulary

FAINT, BOLD = 1.2, 2.3  # pixels


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


def _label(term: Term) -> dict[str, Any]:
    return {"id": term.name, "ar": term.ar, "en": term.en[:1].upper() + term.en[1:]}


def _kind(kind: Kind, glyphs: Mapping[str, str]) -> dict[str, Any]:
    return {**_label(kind), "color": kind.color, "glyph": glyphs.get(kind.name)}


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
