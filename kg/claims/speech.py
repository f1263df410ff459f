"""Attribution: which source a text names for what it says, and how far that source's words go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.claims.reading import COMPLEMENTS, Reading
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words

ACCORDING = words("according")
SPEAKING = frozenset({"say", "deny", "announce"})
ENDS = COMPLEMENTS | words("name-ends")


class Said(NamedTuple):
    """A source's name as written, from token `first` on to where its words end, in one sentence."""

    source: str
    first: int
    last: int


@dataclass
class Attribution:
    """The running memory of who speaks: `current` lasts while a quotation or «وأضاف» goes on."""

    current: tuple[str, ...] = ()
    state: str = ""
    home: str = ""
    spoken: list[str] = field(default_factory=list)

    def read(self, reading: Reading) -> tuple[Said, ...]:
        """Find the sources of a sentence; a verb of saying without a subject of its own goes on with the last one."""
        found: list[Said] = [*self._headline(reading), *self._according(reading)]
        for cue in reading.cues:
            if cue.cue not in SPEAKING or cue.sense.pos not in ("perfect", "imperfect", "participle", "masdar"):
                continue
            if any(s.first <= cue.first < s.first + 1 for s in found):
                continue
            found.extend(self._by_verb(reading, cue))
        if found:
            self.current = tuple(dict.fromkeys(s.source for s in found))
        return tuple(found)

    def _headline(self, reading: Reading) -> list[Said]:
        """Read «مصدر وزاري: …» and «موسكو: …» at the head of a line."""
        for i in range(1, min(8, len(reading.tokens) - 2)):
            if reading.norm(i) == ":":
                if reading.has(0, 1, "source") and reading.sentence.kind != "bullet":
                    return [Said(_clean(reading, 0, i), i, len(reading.tokens))]
                return []
        return []

    def _according(self, reading: Reading) -> list[Said]:
        found = []
        for i in range(len(reading.tokens) - 1):
            if reading.norm(i).removeprefix("و") in ACCORDING:
                start = i + 1
                start += reading.norm(start) in ("ل", "عن", "ما")
                if reading.norm(i) in ("كما", "حسبما") or reading.has(start, start + 1, "say"):
                    if not reading.has(start, start + 1, "say"):
                        continue
                    start += 1
                end = _name_end(reading, start)
                if end > start and _is_source(reading, start, end):
                    found.append(Said(_clean(reading, start, end), 0, len(reading.tokens)))
        return found

    def _by_verb(self, reading: Reading, cue: Cue) -> list[Said]:
        start = cue.last
        last = len(reading.tokens)
        if cue.sense.lemma == "نقل" and cue.sense.pos == "perfect":
            return self._relayed(reading, cue)
        end = _name_end(reading, start)
        if cue.sense.pos in ("participle", "masdar"):
            return []
        if end > start and _is_source(reading, start, end):
            if cue.cue == "announce" and not reading.has(start, start + 1, "source"):
                return []
            if cue.cue == "say" and not _speaks(reading, cue, end):
                return []
            self._remember_state(reading, start, end)
            return [Said(_clean(reading, start, end), cue.first, last)]
        before = _subject_before(reading, cue.first)
        if cue.cue == "say" and not _speaks(reading, cue, start):
            return []
        if before and cue.cue != "announce" and _is_source(reading, *before):
            self._remember_state(reading, *before)
            return [Said(_clean(reading, *before), cue.first, last)]
        if cue.cue == "say" and self.current and cue.sense.pos == "perfect":
            return [Said(source, cue.first, last) for source in self.current[:1]]
        return []

    def _relayed(self, reading: Reading, cue: Cue) -> list[Said]:
        """Read «نقلت وكالة كذا عن مسؤول»: both are sources."""
        found = []
        end = _name_end(reading, cue.last, extra=("عن",))
        if end > cue.last and _is_source(reading, cue.last, end):
            found.append(Said(_clean(reading, cue.last, end), cue.first, len(reading.tokens)))
        for k in range(end, min(end + 12, len(reading.tokens))):
            if reading.norm(k) == "عن":
                stop = _name_end(reading, k + 1)
                if stop > k + 1 and (found or _is_source(reading, k + 1, stop)):
                    found.append(Said(_clean(reading, k + 1, stop), cue.first, len(reading.tokens)))
                break
        return found

    def _remember_state(self, reading: Reading, first: int, last: int) -> None:
        self.state = self.home
        for mention in reading.mentions:
            if first <= mention.first < last and mention.actors and len(mention.actors[0]) == 3:
                self.state = mention.actors[0]


def _speaks(reading: Reading, cue: Cue, end: int) -> bool:
    """Tell whether words follow: a complement, a quotation, «عن» or «ب», or a comma before one."""
    for k in range(end, min(end + 8, len(reading.tokens))):
        norm = reading.norm(k)
        if norm in COMPLEMENTS or norm in (":", '"') or norm in words("said-after") or norm[:1] == "ب":
            return True
    return cue.cue == "deny" or reading.norm(end) in ("،", "الي")


def _subject_before(reading: Reading, verb: int) -> tuple[int, int] | None:
    """Give the noun phrase right before a verb of saying, from the start of its clause."""
    clause = reading.clauses[reading.clause_of(verb)]
    first = clause.first
    while first < verb and (reading.tokens[first].kind == "punct" or reading.norm(first) in words("clause-openers")):
        first += 1
    while verb > first and reading.norm(verb - 1) in words("before-saying"):
        verb -= 1
    return (first, verb) if 0 < verb - first <= 7 else None


def _name_end(reading: Reading, start: int, extra: tuple[str, ...] = ()) -> int:
    """Give where a source's name ends: before a complementizer, a mark, or an adverb."""
    i = start
    while i < len(reading.tokens) and i - start < 14:
        norm = reading.norm(i)
        if norm in ENDS or norm in extra or norm.startswith(("لل", "خلال")):
            if norm == "،" and _name_goes_on(reading, i):
                i += 1
                continue
            if norm == '"' and i - start <= 3:
                i += 1
                continue
            break
        if any(d.first <= i < d.last for d in reading.dated) or _begins_content(reading, i):
            break
        if (
            any(c.first == i and c.sense.pos in ("perfect", "imperfect") for c in reading.cues)
            and not any(c.first == i and c.cue == "source" for c in reading.cues)
            and not any(m.first <= i < m.last for m in reading.mentions)
        ):
            break
        i += 1
    return i


def _begins_content(reading: Reading, i: int) -> bool:
    """Tell whether what the source says begins here: «أفاد مصدر | بتجميد», «أعلن رئيسها | رغبتها»."""
    here = [c for c in reading.cues if c.first == i and c.cue != "source"]
    return any(
        (c.sense.pos == "masdar" and "ب" in c.proclitics) or (c.sense.pronoun and c.sense.pos == "masdar") for c in here
    )


def _name_goes_on(reading: Reading, comma: int) -> bool:
    """Tell whether a comma only sets off the speaker's name («المتحدثة باسم الخارجية، ماريا زاخاروفا، بأن»)."""
    for k in range(comma + 2, min(comma + 5, len(reading.tokens))):
        if reading.norm(k) == "،":
            return reading.norm(k + 1) in COMPLEMENTS or reading.norm(k + 1) == "ان"
    return False


def _is_source(reading: Reading, first: int, last: int) -> bool:
    if last - first > 12:
        return False
    if reading.has(first, first + 2, "source", "legislature", "army", "commentator", "legislator"):
        return True
    return any(first <= m.first <= first + 1 and (m.actors or m.via == "outlet") for m in reading.mentions)


def _clean(reading: Reading, first: int, last: int) -> str:
    """Give a source's name as written: the person or outlet where one is named, else the whole phrase."""
    for mention in reading.mentions:
        if first <= mention.first and mention.last <= last and mention.via in ("person", "outlet"):
            return reading.words(mention.first, mention.last).strip(' "«»“”')
    tail = _proper_tail(reading, first, last)
    return reading.words(*(tail or (first, last))).strip(' "«»“”،').replace("ـ", "")


def _proper_tail(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """Give the personal name at the end of a title («وزير الدفاع التركي يشار غولر»): words after the last nisba."""
    describing = [m for m in reading.mentions if first <= m.first < last and (m.is_nisba or m.via == "organization")]
    commas = [k for k in range(first, last) if reading.norm(k) == "،"]
    if commas:
        return commas[0] + 1, (commas[1] if len(commas) > 1 else last)
    if not describing or not reading.has(first, last, "source"):
        return None
    start = describing[-1].last
    rest = range(start, last)
    if 2 <= len(rest) <= 4 and all(
        reading.tokens[k].kind == "word" and not reading.norm(k).startswith("ال") for k in rest
    ):
        return start, last
    return None


def contradicted(reading: Reading) -> str:
    """Give the source that denies what the sentence reports of another one («… وهو ما تنفيه أبوظبي»), «» for none."""
    for cue in reading.cues:
        back = cue.sense.pronoun or reading.norm(cue.last) in words("what-is-denied")
        if cue.cue == "deny" and cue.sense.pos in ("perfect", "imperfect") and back and cue.first > 3:
            end = _name_end(reading, cue.last)
            if end > cue.last and _is_source(reading, cue.last, end):
                return _clean(reading, cue.last, end)
            before = _subject_before(reading, cue.first)
            return _clean(reading, *before) if before and _is_source(reading, *before) else ""
    return ""
