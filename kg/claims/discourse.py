"""What a reader keeps in mind: whom the text is about, so that «البلدان», «المنظمة» and «بلاده» find their actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.claims.dateline import NEAR_THE_HEAD, end_of_dateline
from kg.claims.drafts import Draft
from kg.claims.reading import Reading
from kg.dates import find_in
from kg.lexicon import GroupRow, StateRow, load
from kg.lexicon.cues import Cue, cues
from kg.lexicon.grammar import table, words
from kg.mentions import Group, Mention, find, groups
from kg.model import DateSpan
from kg.text import Sentence, Token, splits

PAIRS = words("pairs")
BOTH = words("both")
MANY = words("many")
NUMERALS = table("numerals")
ORDINALS = table("ordinals")
ORGANIZATIONS = words("organizations")
OWN_COUNTRY = words("own-country")
ALLIANCE = "حلف"
ANY_ACCORD = words("any-accord")
KINGDOMS = table("kingdoms")
_NAMING = frozenset({"name", "seat", "nisba", "organization", "armed-group", "company"})
BROKEN_PLURAL_HOSTS = words("broken-plural-hosts")


class Salience(NamedTuple):
    """An actor list that was mentioned, at a sentence and a token."""

    actors: tuple[str, ...]
    sentence: int


@dataclass
class Discourse:
    """The running memory of one document.

    `topic` is the actors of the section heading or the line's opening; `home` the state that a report comes from (its
    dateline's, else the first that it names), which «البلاد», «الحكومة» and «الجيش» without a name belong to; `title`
    the actors that its title names; `known` the actors that the document names in words that cannot be misread;
    `armed` tells whether it speaks of weapons and soldiers.
    """

    raw: str
    dates: tuple[tuple[DateSpan, ...], ...] = ()
    cues: tuple[tuple[Cue, ...], ...] = ()
    lists: list[Salience] = field(default_factory=list)
    topic: tuple[str, ...] = ()
    topic_of: int | None = None
    subject: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    speaker_state: str = ""
    home: str = ""
    title: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    armed: bool = False
    recent: list[Draft] = field(default_factory=list)
    pending: Draft | None = None
    consumed: set[int] = field(default_factory=set)
    passed: list[tuple[int, int, str]] = field(default_factory=list)
    at: int = 0

    def read(self, sentence: Sentence) -> Reading:
        """Make a sentence ready, its anaphors resolved by what came before and within it."""
        self.consumed, self.passed = set(), []
        self.at = sentence.index
        dates = self.dates[sentence.index] if sentence.index < len(self.dates) else ()
        named = find(sentence.tokens, self.known)
        begin = end_of_dateline(sentence, named, dates)
        if begin:
            named = tuple(m for m in named if m.first >= begin)
            dates = tuple(d for d in dates if d.start >= sentence.tokens[min(begin, len(sentence.tokens) - 1)].start)
        known = groups(sentence.tokens, named)
        anaphors = list(self._anaphors(sentence, known))
        taken = {i for m in named if m.via != "place" for i in range(m.first, m.last)}
        extra = [m for m in anaphors if not taken & set(range(m.first, m.last))]
        merged = tuple(sorted((*named, *extra), key=lambda m: m.first))
        return Reading(sentence, self.raw, dates, merged, self.cues[sentence.index])

    @classmethod
    def open(cls, raw: str, reference: str | None, sentences: Sequence[Sentence]) -> Discourse:
        """Look through a document for the actors that it names beyond doubt and the state that it comes from."""
        known: set[str] = set()
        home, line = "", ""
        title: tuple[str, ...] = ()
        opening = True
        for sentence in sentences:
            named = [m for m in find(sentence.tokens) if m.via in _NAMING and m.actors]
            known.update(a for m in named for a in m.actors)
            mentions = [m for m in named if m.via in ("name", "seat", "nisba")]
            opening = opening and sentence.kind == "heading"
            if opening and not title:
                title = tuple(dict.fromkeys(a for m in mentions for a in m.actors if _is_party(a)))
            if not line and 0 < sentence.index <= NEAR_THE_HEAD and mentions and mentions[0].first == 0:
                line = mentions[0].actors[0] if mentions[0].via == "seat" else ""
            if not home and mentions:
                home = mentions[0].actors[0]
        war = ("weapon", "ship", "drone", "m-military", "m-defense", "m-mutual", "army", "troop-force")
        found = tuple(tuple(cues().find(s.tokens)) for s in sentences)
        armed = sum(c.cue in war for line in found for c in line) > 1
        return cls(
            raw,
            find_in(sentences, reference),
            found,
            home=line or home,
            title=title,
            known=frozenset(known),
            armed=armed,
        )

    def pass_over(self, first: int, last: int, reason: str) -> None:
        """Note that tokens `first:last` of the sentence give no claim, and why not."""
        self.passed.append((first, last, reason))

    def antecedent(self, kinds: frozenset[str] | None = None, noun: str = "") -> Draft | None:
        """Give the arrangement spoken of last, of these kinds and that this noun can refer to.

        A noun refers to one named by the same noun; «الاتفاق» and «الاتفاقية» refer to any instrument.
        """
        for draft in reversed(self.recent):
            fits = not noun or draft.noun == noun or (noun in ANY_ACCORD and draft.noun not in ("", "تعاون", "علاقة"))
            if (kinds is None or draft.kind in kinds) and fits:
                return draft
        return None

    def between(self, actors: Sequence[str]) -> Draft | None:
        """Give the treaty spoken of last that binds just these actors, None where there are two of them."""
        found = [d for d in self.recent if d.head in ("treaty", "instrument") and d.scored == set(actors)]
        return found[-1] if found and len({d.kind for d in found}) == 1 else None

    def pair(self) -> tuple[str, ...]:
        """Give the last two states that were named, for a dual pronoun; fewer where there are none."""
        return self._pair(())

    def last_organization(self) -> str:
        """Give the organization spoken of last, «» for none."""
        if self.pending and self.pending.organization:
            return self.pending.organization
        found = self._organization((), alliance=False)
        return found[0] if found else ""

    def note(self, reading: Reading) -> None:
        """Remember the actors of a sentence that was read, and whom it was about: its first free group."""
        free = [g for g in reading.groups if g.prep == "" and not g.is_nisba]
        if free:
            self.subject = free[0].actors
            if reading.sentence.kind != "bullet":
                self.lead = free[0].actors
        for group in reading.groups:
            if group.actors:
                self.lists.append(Salience(group.actors, reading.sentence.index))
        del self.lists[:-40]

    def _anaphors(self, sentence: Sentence, known: Sequence[Group]) -> Iterator[Mention]:
        tokens = sentence.tokens
        for i, token in enumerate(tokens):
            if token.kind != "word":
                continue
            for way in splits(token.norm):
                found = self._resolve(tokens, i, way.stem, way.proclitics, known)
                if found:
                    actors, last = found
                    yield Mention(i, last, actors, "anaphor", token.norm, way.proclitics)
                    break

    def _resolve(
        self, tokens: Sequence[Token], i: int, stem: str, proclitics: tuple[str, ...], known: Sequence[Group]
    ) -> tuple[tuple[str, ...], int] | None:
        after = tokens[i + 1].norm if i + 1 < len(tokens) else ""
        before = [g for g in known if g.last <= i]
        definite = "ال" in proclitics
        actors: tuple[str, ...] = ()
        last = i + 1
        if definite and stem in MANY and after.removeprefix("ال") in NUMERALS:
            actors = self._many(before, NUMERALS[after.removeprefix("ال")])
            last = i + 2
        elif (definite and stem in PAIRS and not _described(known, i + 1)) or stem in BOTH:
            actors = _apposed(tokens, known, i) or self._pair(before)
        elif definite and stem in ORGANIZATIONS and not _named_after(known, i + 1):
            actors = self._organization(before, alliance=False)
        elif definite and stem in ORDINALS and not (i and tokens[i - 1].norm.startswith("ال")):
            listed = _opening(tokens, known) or self.topic or self._two_before()
            actors = (listed[ORDINALS[stem]],) if ORDINALS[stem] < len(listed) > 1 else ()
        elif definite and stem == "مجلس" and i and tokens[i - 1].norm.endswith("دول"):
            actors = self._organization(before, alliance=False)
        elif definite and stem == ALLIANCE and not _named_after(known, i + 1):
            actors = self._organization(before, alliance=True)
        elif definite and stem in KINGDOMS and not _named_after(known, i + 1):
            actors = self._one_of(before, KINGDOMS[stem]) or ((self.home,) if self.home in KINGDOMS[stem] else ())
        elif stem in OWN_COUNTRY:
            actors = self._own(before)
        elif definite and stem in ("اخير", "اخيره") and not (i and tokens[i - 1].norm.startswith(("ال", "لل", "بال"))):
            actors = before[-1].actors[-1:] if before else (self.lists[-1].actors[-1:] if self.lists else ())
        elif "ال" + stem in BROKEN_PLURAL_HOSTS and definite and self.topic:
            actors = tuple(a for a in self.topic if len(a) == 3)[:1] or ((self.home,) if self.home else ())
        return (actors, last) if actors else None

    def _two_before(self) -> tuple[str, ...]:
        """Give the last two that the sentence before joins, whom «الأولى» and «الثانية» tell apart."""
        joined = [s.actors for s in self.lists if s.sentence == self.at - 1]
        return next((actors for actors in reversed(joined) if len(actors) == 2), ())

    def _recent(self, before: Sequence[Group]) -> Iterator[tuple[str, ...]]:
        yield from (g.actors for g in reversed(before))
        yield from (s.actors for s in reversed(self.lists))

    def _pair(self, before: Sequence[Group]) -> tuple[str, ...]:
        """Give the last list of just two states, else the only two that were named lately; never a guess among more.

        What the sentence itself names comes first.
        """
        own = _parties_of(g.actors for g in before if g.prep != "في")
        listed = (tuple(g.actors) for g in reversed(before))
        for actors in (*listed, *([own] if len(own) == 2 else []), *(s.actors for s in reversed(self.lists[-12:]))):
            states = tuple(a for a in actors if _is_party(a))
            if len(states) == 2 == len(actors):
                return states
        named = [s.actors for s in self.lists if s.sentence >= self.at - 2] + [g.actors for g in before]
        states = _parties_of(named)
        return states if len(states) == 2 else ()

    def _many(self, before: Sequence[Group], count: int) -> tuple[str, ...]:
        """Give the last list of that many actors, else the last that many states if no more were named lately."""
        for actors in self._recent(before):
            if len(actors) == count:
                return actors
        lately = [a for s in self.lists[-8:] for a in s.actors] + [a for g in before for a in g.actors]
        states = tuple(dict.fromkeys(a for a in lately if _is_party(a) and len(a) == 3))
        return states if len(states) == count else ()

    def _organization(self, before: Sequence[Group], *, alliance: bool) -> tuple[str, ...]:
        rows = load().actors
        for actors in self._recent(before):
            for actor in reversed(actors):
                row = rows.get(actor)
                kind = getattr(row, "kind", None)
                if hasattr(row, "members") and (not alliance or kind == "military-alliance"):
                    return (actor,)
        return ()

    def _one_of(self, before: Sequence[Group], candidates: tuple[str, ...]) -> tuple[str, ...]:
        for actors in self._recent(before):
            for actor in actors:
                if actor in candidates:
                    return (actor,)
        return ()

    def _own(self, before: Sequence[Group]) -> tuple[str, ...]:
        if before:
            return before[0].actors[:1] if len(before[0].actors) == 1 else before[-1].actors[:1]
        if self.speaker_state:
            return (self.speaker_state,)
        return self.subject[:1]


def _parties_of(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a for actors in lists for a in actors if _is_party(a)))


def _opening(tokens: Sequence[Token], known: Sequence[Group]) -> tuple[str, ...]:
    """Give the actors that a line opens with before a colon («كولومبيا والأرجنتين: …»)."""
    return known[0].actors if known and known[0].last < len(tokens) and tokens[known[0].last].norm == ":" else ()


def _is_party(actor: str) -> bool:
    return isinstance(load().actors.get(actor), StateRow | GroupRow)


def _apposed(tokens: Sequence[Token], known: Sequence[Group], i: int) -> tuple[str, ...]:
    """Give the two that are named after a comma («البلدان، فيتنام وأستراليا،»)."""
    marked = i + 1 < len(tokens) and tokens[i + 1].norm == "،"
    return next((g.actors for g in known if marked and g.first == i + 2 and len(g.actors) == 2), ())


def _described(known: Sequence[Group], i: int) -> bool:
    """Tell whether nisbas follow that name the two themselves («الجانبان المصري والقطري»)."""
    return any(g.mentions[0].first == i and g.mentions[0].is_nisba and len(g.actors) > 1 for g in known)


def _named_after(known: Sequence[Group], i: int) -> bool:
    return any(m.first == i for g in known for m in g.mentions)
