"""Attribution: which source a text names for what it says, and how far that source's words go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.claims.drafts import Draft
from kg.claims.reading import COMPLEMENTS, FINITE, RELATIVES, Reading
from kg.claims.speakers import HEADS, Speaker, speaker, unknown
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words

ACCORDING = words("according")
SPEAKING = frozenset({"say", "deny", "announce"})
# What a person does with words alone: in a state's mouth it is the act itself («اقترحت سوفا معاهدة»).
PROPOSING = frozenset({"propose", "offer", "pledge"})
RENEWED = SPEAKING | PROPOSING | {"reject", "want"}
ADVERBS = words("adverbs")
# Sentences and words within which a verb without a subject goes on with the last one.
LATELY, NEAR = 8, 20
# Where the words of a source begin that are those of the whole sentence («…، بحسب وزارة الدفاع»).
WHOLE = -1
TELLING_WHOM = frozenset({"أبلغ", "أخبر"})


class Said(NamedTuple):
    """A source's name as written, and its words in one sentence: from token `first` on, `WHOLE` for all of it."""

    source: str
    first: int
    last: int


@dataclass
class Attribution:
    """The running memory of who speaks: `current` lasts while a quotation or «وأضاف» goes on.

    `state` is the state of the speaker of the sentence, which «بلاده» refers to, or `home`; `known` are all speakers
    and office-holders named so far, `surnames` the last words of their names.
    """

    current: tuple[str, ...] = ()
    state: str = ""
    home: str = ""
    known: list[Speaker] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)
    said_at: int = -LATELY
    quoting: int = -1

    def read(self, reading: Reading) -> tuple[Said, ...]:
        """Find the sources of a sentence; a verb of saying without a subject of its own goes on with the last one."""
        found = [*self._colon(reading), *self._according(reading)]
        for cue in reading.cues:
            if not reading.negation(cue.first) and not _quoted(reading, cue.first):
                found.extend(self._by(reading, cue, found))
        if not found and self._in_quotation(reading):
            found = [Said(source, WHOLE, len(reading.tokens)) for source in self.current]
        if found:
            self.current = tuple(dict.fromkeys(s.source for s in found if s.first == found[-1].first))
            self.said_at = reading.sentence.index
        self._remember(reading)
        return tuple(found)

    def _by(self, reading: Reading, cue: Cue, found: Sequence[Said]) -> list[Said]:
        """Read one verb or participle of saying."""
        rumour = any(reading.has(s.first, s.first + 1, "deny") for s in found)
        if any(s.first == cue.first for s in found) or (rumour and reading.norm(cue.first - 1) in RELATIVES):
            return []
        if cue.cue in SPEAKING and cue.sense.pos == "participle":
            return self._by_participle(reading, cue, found)
        if cue.sense.pos in FINITE:
            if cue.sense.lemma == "نقل":
                return self._relayed(reading, cue)
            return self._by_verb(reading, cue) if _is_saying(cue) else []
        return self._by_verb(reading, cue) if cue.cue == "possible" and "يستبعد" in cue.sense.lemma else []

    def _by_verb(self, reading: Reading, cue: Cue) -> list[Said]:
        start = _past_adverbs(reading, cue.last)
        before = _before(reading, cue.first, self.surnames)
        after = self._speaker(reading, start)
        who = (before or after) if cue.sense.lemma in TELLING_WHOM else (after or before)
        if who is None:
            who = unknown(reading, start)
            if who is None or not (_introduces(reading, cue, who) or _content_at(reading, who.last)):
                return self._going_on(reading, cue)
        end = who.last if who.first >= cue.last else start
        return self._said(reading, who, cue.first) if _fits(reading, cue, who, end) else []

    def _by_participle(self, reading: Reading, cue: Cue, found: Sequence[Said]) -> list[Said]:
        """Read «مؤكدا أن …» after another verb: its subject is that of the sentence."""
        if found or reading.norm(cue.first - 1) != "،" or not _speaks(reading, cue.last):
            return []
        subject = next(
            (s for s in self._speakers(reading) if s.last <= cue.first and s.kind in ("person", "body")), None
        )
        return self._said(reading, subject, cue.first) if subject else []

    def _going_on(self, reading: Reading, cue: Cue) -> list[Said]:
        """Give the subject of a verb without one («… حين قال إن», «وأضاف أن»): in the sentence, else who spoke last."""
        if cue.sense.pronoun or not _content_at(reading, cue.last):
            return []
        subjects = [s for s in self._speakers(reading) if s.last <= cue.first and not _governed(reading, s.first)]
        if subjects and cue.first - subjects[-1].last < NEAR:
            return self._said(reading, subjects[-1], cue.first)
        impersonal = cue.sense.pos == "imperfect" and cue.proclitics[:1] != ("و",)
        if impersonal or reading.sentence.index - self.said_at > LATELY:
            return []
        return [Said(source, cue.first, len(reading.tokens)) for source in self.current]

    def _relayed(self, reading: Reading, cue: Cue) -> list[Said]:
        """Read «نقلت وكالة كذا عن مسؤول»: both are sources."""
        who = self._speaker(reading, _past_adverbs(reading, cue.last))
        found = self._said(reading, who, cue.first) if who and cue.sense.pos in FINITE else []
        start = who.last if who else cue.last
        for k in range(start, min(start + 12, len(reading.tokens))):
            if reading.norm(k) == "عن":
                origin = self._speaker(reading, k + 1)
                return found + (self._said(reading, origin, cue.first) if origin else [])
        return found if cue.sense.pronoun or _speaks(reading, start) else []

    def _according(self, reading: Reading) -> list[Said]:
        """Read «بحسب وزارة الدفاع», «وفق ما نقلته رويترز عن مسؤول», «كما ذكرت صحيفة»: they cover the sentence."""
        found: list[Said] = []
        for i in range(len(reading.tokens) - 1):
            if {reading.norm(i), reading.norm(i).removeprefix("و")} & ACCORDING:
                found.extend(Said(s.source, WHOLE, len(reading.tokens)) for s in self._named_by(reading, i))
            elif reading.norm(i).removeprefix("و") in words("reported-in") and reading.norm(i + 1) == "في":
                who = self._speaker(reading, i + 2)
                if who and who.kind != "actor" and _content_at(reading, who.last):
                    found.extend(self._said(reading, who, i))
        return found

    def _named_by(self, reading: Reading, i: int) -> list[Said]:
        start = i + 1
        while reading.norm(start) in ("عن", "ما", "لما", "حد", "لسان"):
            start += 1
        verb = next((c for c in reading.cues_in(start, start + 1, SPEAKING)), None)
        if verb and verb.sense.lemma == "نقل":
            return self._relayed(reading, verb)
        if verb:
            start += 1 + (reading.norm(start + 1) in words("back"))
        elif reading.norm(i).removeprefix("و") in words("as-told"):
            return []
        if reading.norm(start) in words("reported-in") and reading.norm(start + 1) == "في":
            start += 2
        who = self._speaker(reading, start)
        one_more = (
            reading.norm(i).removeprefix("و") in words("as-told") and _speaks(reading, who.last) if who else False
        )
        if who is None or one_more:
            return []
        return self._said(reading, who, WHOLE)

    def _colon(self, reading: Reading) -> list[Said]:
        """Read «مصدر وزاري: …» at the head of a line, and in a heading «موسكو: …» too."""
        colon = next((i for i in range(1, min(9, len(reading.tokens) - 2)) if reading.norm(i) == ":"), 0)
        if not colon or reading.sentence.kind == "bullet":
            return []
        who = self._speaker(reading, 0)
        heading = reading.sentence.kind == "heading"
        if who is None or who.last != colon or (who.kind == "actor" and not heading):
            return []
        return self._said(reading, who, colon)

    def _in_quotation(self, reading: Reading) -> bool:
        """Tell whether a sentence goes on with the words of the last speaker: it opens with a quotation mark."""
        near = reading.sentence.index - self.said_at == 1
        return near and bool(reading.tokens) and reading.norm(0) == '"'

    def _speaker(self, reading: Reading, start: int) -> Speaker | None:
        return speaker(reading, start, frozenset(self.surnames))

    def _speakers(self, reading: Reading) -> Iterator[Speaker]:
        """Give the persons of a sentence whose names stand with their titles."""
        end = 0
        for i in range(len(reading.tokens)):
            if i >= end and reading.has(i, i + 1, *HEADS):
                who = speaker(reading, i)
                if who and who.kind != "name":
                    end = who.last
                    yield who

    def _said(self, reading: Reading, who: Speaker, first: int) -> list[Said]:
        """Note who speaks, and give the name: of «المصدر» and «الوزير», that of whom they refer to."""
        referent = self._referent(who) if who.bare else None
        if who.kind != "outlet":
            self.state = who.state or (referent.state if referent else "") or self.home
        if not referent:
            self.known.append(who)
        return [Said(referent.name if referent else who.name, first, len(reading.tokens))]

    def _referent(self, who: Speaker) -> Speaker | None:
        """Give whom a definite noun refers to: the last of that title, of «البيان» and «المسؤول نفسه» the last one."""
        named = [s for s in reversed(self.known) if not s.bare]
        alike = [s for s in named if set(who.lemmas) & set(s.lemmas[:1])]
        if alike:
            return alike[0]
        if who.kind == "document":
            return next((s for s in named if s.kind in ("body", "person", "actor")), None)
        if who.named[1] - who.named[0] > 1:
            return named[0] if named else None
        return next((s for s in named if s.kind == who.kind == "outlet"), None)

    def _remember(self, reading: Reading) -> None:
        for who in self._speakers(reading):
            if who.kind == "person" and who.named[1] - who.named[0] > 1 and who.named[0] > who.first:
                self.known.append(who)
                self.surnames.add(reading.norm(who.named[1] - 1))
        for mention in reading.mentions:
            if mention.via == "person":
                self.surnames.update(reading.norm(k) for k in range(mention.first + 1, mention.last))


def _is_saying(cue: Cue) -> bool:
    """Tell whether a verb is one of saying; «أعلن» is one of announcing alone."""
    announces = cue.sense.lemma == "أعلن" and cue.cue == "say"
    return (cue.cue in SPEAKING | PROPOSING or cue.sense.lemma == "جدد") and not announces


def _quoted(reading: Reading, i: int) -> bool:
    """Tell whether a token stands between quotation marks."""
    return sum(reading.norm(k) == '"' for k in range(i)) % 2 == 1


def _past_adverbs(reading: Reading, i: int) -> int:
    """Go over what may stand between a verb and its subject: «أكد أمس، من جهته، …», «أعلنت اليوم الجمعة …»."""
    start = i
    while i < len(reading.tokens):
        dated = next((d.last for d in reading.dated if d.first <= i < d.last), 0)
        if dated:
            i = dated
        elif reading.norm(i) in ADVERBS or (reading.norm(i) == "،" and i > start):
            i += 1
        elif reading.norm(i) == "من" and reading.norm(i + 1) in words("for-ones-part"):
            i += 2
        else:
            break
    return i


def _before(reading: Reading, verb: int, surnames: set[str]) -> Speaker | None:
    """Give the subject before a verb of saying: «وزارة الدفاع أكدت …», «الأمين العام، الذي شدد …»."""
    clause = reading.clauses[reading.clause_of(verb)]
    first, end = clause.first, verb
    while end > first and (reading.norm(end - 1) in words("before-saying") or reading.norm(end - 1) in ADVERBS):
        end -= 1
    if reading.norm(first) in RELATIVES and end - first <= 1:
        end = first - (reading.norm(first - 1) == "،")
        first = max(0, end - 12)
    for i in range(max(first, end - 12), end):
        who = speaker(reading, i, frozenset(surnames))
        if who and who.named[1] <= end <= max(who.last, who.named[1]) and not _governed(reading, i):
            return who
    return None


def _governed(reading: Reading, i: int) -> bool:
    """Tell whether a noun phrase hangs on a preposition before it, and is no subject."""
    return any(g.first <= i < g.last and g.prep not in ("", "gen") for g in reading.groups)


def _introduces(reading: Reading, cue: Cue, who: Speaker) -> bool:
    """Tell whether a full name stands with a verb that needs no more, or with who it is («أعلن فلان، أحد …»)."""
    first, last = who.named
    appositive = reading.norm(last) in ("احد", "احدي", "،") and _speaks(reading, who.last)
    return last - first > 1 and (cue.cue in ("deny", "possible") or appositive)


def _content_at(reading: Reading, i: int) -> bool:
    """Tell whether what is said begins at a token: «أن», a colon, a quotation, after adverbs or a preposition."""
    i = _past_adverbs(reading, i)
    i += reading.norm(i) == "،" or (reading.norm(i).startswith("لل") and reading.norm(i + 1) in COMPLEMENTS)
    if reading.norm(i) in ("الي", "علي", "عن", "من") and reading.norm(i + 1) in COMPLEMENTS:
        return True
    return reading.norm(i) in COMPLEMENTS or reading.norm(i) in (":", '"')


def _speaks(reading: Reading, end: int) -> bool:
    """Tell whether words follow a subject: a complement, a quotation, «عن» or «ب», or a comma before one."""
    for k in range(end, min(end + 8, len(reading.tokens))):
        norm = reading.norm(k)
        if norm in COMPLEMENTS or norm in (":", '"') or norm in words("said-after"):
            return True
    return reading.norm(end) in ("،", "الي") or reading.norm(end)[:1] == "ب"


def _fits(reading: Reading, cue: Cue, who: Speaker, end: int) -> bool:
    """Tell whether this subject says something with this verb, rather than does it («أقر البرلمان الاتفاق»)."""
    if cue.sense.lemma == "أقر":
        return reading.norm(end) in COMPLEMENTS or reading.norm(end)[:1] == "ب"
    if cue.cue == "deny" or cue.cue == "possible":
        return True
    if cue.cue == "announce" or cue.sense.lemma == "أعرب":
        own_act = who.kind == "actor" and reading.norm(end) not in words("befalls") | COMPLEMENTS
        return not own_act
    if cue.cue in PROPOSING:
        return who.kind in ("person", "name")
    if cue.sense.lemma == "جدد":
        return reading.has(end, end + 1, *RENEWED) or reading.norm(end) == "القول"
    return _speaks(reading, end)


class Witness(NamedTuple):
    """What one mention of an arrangement says of it, and on whose word.

    `explicit` tells whether it says how far the arrangement has come, `heading` whether it stands in a heading.
    """

    status: str
    explicit: bool
    heading: bool
    sources: tuple[str, ...]


def attributed(status: str, witnesses: Sequence[Witness]) -> list[str]:
    """Give the sources for the status of an arrangement, none where the text only speaks for itself.

    Who merely comments on it is no source, and a heading only sums up: its source gives way to those of the text. The
    longer of two forms of a name stands.
    """
    running = [w for w in witnesses if not w.heading] or list(witnesses)
    told = [w for w in running if w.status == status] or running
    own_word = any(w.explicit and not w.sources for w in told)
    if own_word and not any(w.explicit and w.sources for w in told):
        return []
    names = list(dict.fromkeys(source for w in told for source in w.sources))
    return [name for name in names if not any(set(name.split()) < set(other.split()) for other in names)]


def sources_of(said: Sequence[Said], draft: Draft) -> list[str]:
    """Give the sources in whose words a draft stands: of the last verb of saying before it, and «بحسب» anywhere."""
    before = [s for s in said if s.first <= draft.at]
    nearest = max((s.first for s in before), default=WHOLE)
    return list(dict.fromkeys(s.source for s in before if s.first in (nearest, WHOLE)))


def contradicted(reading: Reading) -> str:
    """Give the source that denies what the sentence reports of another one («… وهو ما تنفيه أبوظبي»), «» for none."""
    for cue in reading.cues:
        back = cue.sense.pronoun or reading.norm(cue.last) in words("what-is-denied")
        if cue.cue == "deny" and cue.sense.pos in FINITE and back and cue.first > 3:
            who = speaker(reading, _past_adverbs(reading, cue.last)) or _before(reading, cue.first, set())
            return who.name if who else ""
    return ""
