"""Sectors and provisions, by the words around an arrangement."""

from __future__ import annotations

from kg.claims.drafts import Draft
from kg.claims.reading import Reading
from kg.claims.scopes import Scope

SECTORS = {
    "s-training": "training",
    "s-exercises": "exercises",
    "s-industry": "industry",
    "s-procurement": "procurement",
    "s-intelligence": "intelligence",
    "s-cyber": "cyber",
    "s-counterterrorism": "counterterrorism",
    "s-border": "border",
    "s-medical": "medical",
    "s-airspace": "airspace",
    "s-naval": "naval",
    "s-drones": "drones",
    "s-air-defense": "air-defense",
    "s-logistics": "logistics",
}


def features(reading: Reading, place: Scope, draft: Draft) -> None:
    """Add the sectors and provisions that the words in and after a noun phrase name."""
    for a, b in ((place.first, place.last), *place.right):
        for cue in reading.cues_in(a, b):
            if cue.cue in SECTORS:
                draft.sectors.add(SECTORS[cue.cue])
            elif cue.cue.startswith("p-"):
                draft.provisions.add(cue.cue[2:])
    if draft.kind == "mutual-defense-pact" and draft.status != "denied":
        draft.provisions.add("collective-defense")
