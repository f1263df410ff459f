"""Drafts: what one place in a text says of one arrangement, before the document's drafts are merged into claims."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

BARE_DEFENCE = "defence treaty without more"
RANKS = {
    "proposed": 0, "negotiating": 1, "signed": 2, "ratified": 3, "in-force": 4, "completed": 5,
    "suspended": 6, "terminated": 7, "denied": 8, "rejected": 9,
}  # fmt: skip


@dataclass
class Draft:
    """One mention of an arrangement.

    `parties` maps actor ids to roles, in the order of the text; `head` is the class of the word that names the
    arrangement («treaty», «base»), `noun` its lemma, `name` its own name in quotes; `explicit` tells whether a cue gave
    the status, `definite` whether the mention can refer back, `heading` whether it stands in a heading; `at` is the
    token of the head in its `sentence`; `spans` are the evidence, in raw offsets.
    """

    kind: str
    parties: dict[str, str]
    organization: str | None = None
    status: str = "signed"
    certainty: str = "certain"
    dates: dict[str, str] = field(default_factory=dict)
    provisions: set[str] = field(default_factory=set)
    sectors: set[str] = field(default_factory=set)
    sources: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    head: str = ""
    instrument: str | None = None
    name: str = ""
    sentence: int = 0
    at: int = 0
    noun: str = ""
    definite: bool = False
    heading: bool = False
    explicit: bool = True

    @property
    def scored(self) -> frozenset[str]:
        """The actors that tell arrangements apart: all but opponents and declared targets."""
        return frozenset(self.sides)

    @property
    def sides(self) -> tuple[str, ...]:
        """The same, in the order of the text."""
        return tuple(a for a, role in self.parties.items() if role not in ("opponent", "against"))

    def again(self, **changes: object) -> Draft:
        """Give a new mention of the same arrangement, with nothing said of it yet but these changes."""
        fresh = Draft(self.kind, dict(self.parties), self.organization, self.status)
        fresh.head, fresh.instrument, fresh.name, fresh.noun = self.head, self.instrument, self.name, self.noun
        return replace(fresh, **changes)  # type: ignore[arg-type]
