"""A sentence made ready: its tokens with cues, actors, dates, clauses and negation, to be read by the frames."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kg.lexicon.cues import Cue
from kg.lexicon.grammar import words
from kg.mentions import Group, Mention, groups
from kg.model import DateSpan
from kg.text import Sentence, Token

NEGATIONS = words("negations")
COMPLEMENTS = words("complements")
RELATIVES = words("relatives")
CONTRASTS = words("contrasts")
ADVERBIALS = words("adverbials")
AND_THAT = words("and-that")
WHILE = words("while")
ACCORDING = words("according")
INSERTED = 12
SOURCES_CLOSE = words("sources-close")
MEETINGS = words("meetings")
# What may stand before the dual «عقدا»; elsewhere it is the noun, a contract.
BEFORE_VERB = frozenset({"", "،", ".", "قد", "وقد", "كانا", "ان"})
POSSESSED = ("base", "camp", "facility", "troop-force", "treaty", "alliance", "partnership")
HARAKAT = "".join(map(chr, range(0x64B, 0x653)))
FINITE = ("perfect", "imperfect")


class Clause(NamedTuple):
    """Tokens `first:last` that belong to one predicate; `kind` says how it hangs on `parent` (-1 for none)."""

    first: int
    last: int
    kind: str
    parent: int


class Dated(NamedTuple):
    """A date of the sentence, at tokens `first:last`."""

    first: int
    last: int
    span: DateSpan


@dataclass(frozen=True)
class Reading:
    """One sentence with all that was found in it; indices count its tokens."""

    sentence: Sentence
    raw: str = field(repr=False)
    dates: tuple[DateSpan, ...] = ()
    mentions: tuple[Mention, ...] = ()
    found: tuple[Cue, ...] = field(default=(), repr=False)

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The tokens."""
        return self.sentence.tokens

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The cues, in order of their first token."""
        return tuple(self._in_context(c) for c in self.found if not self._misspelt(c))

    def _in_context(self, cue: Cue) -> Cue:
        """Read «عقد» a meeting as holding it: only a treaty is concluded."""
        if cue.cue == "sign" and cue.sense.lemma == "عقد" and self.says(cue.last, cue.last + 6, MEETINGS):
            return cue._replace(sense=cue.sense._replace(cue="hold"))
        return cue

    def _misspelt(self, cue: Cue) -> bool:
        """Tell whether spelling that the normal form drops rules a sense out: ة is no pronoun, tanwin on no verb."""
        token = self.tokens[cue.first]
        word = self.raw[token.start : token.end]
        if token.norm == "عقدا" and cue.sense.pos in FINITE and self.norm(cue.first - 1) not in BEFORE_VERB:
            return True
        marked = cue.sense.pos in FINITE and "\u064b" in word
        return marked or (cue.sense.pronoun == "ه" and word.rstrip(HARAKAT).endswith("ة"))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The coordinated actors."""
        return groups(self.tokens, self.mentions)

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """The dates, with the tokens that they cover."""
        found = []
        for span in self.dates:
            covered = [i for i, t in enumerate(self.tokens) if t.start < span.end and t.end > span.start]
            if covered:
                found.append(Dated(covered[0], covered[-1] + 1, span))
        return tuple(found)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses, in order; together they cover the sentence."""
        return tuple(_clauses(self))

    def clause_of(self, i: int) -> int:
        """Give the index of the clause that token i stands in."""
        return next(k for k, c in enumerate(self.clauses) if c.first <= i < c.last)

    def words(self, first: int, last: int) -> str:
        """Give the raw words of tokens `first:last`."""
        part = self.tokens[first:last]
        return self.raw[min(t.start for t in part) : max(t.end for t in part)] if part else ""

    def norm(self, i: int) -> str:
        """Give token i in normal form, «» outside the sentence."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def says(self, first: int, last: int, wanted: Container[str]) -> bool:
        """Tell whether one of these words, in normal form, stands in tokens `first:last`."""
        return any(self.norm(i) in wanted for i in range(first, last))

    def cues_in(self, first: int, last: int, classes: Iterable[str] | None = None) -> Iterator[Cue]:
        """Give the cues that lie in tokens `first:last`, of these classes."""
        wanted = None if classes is None else frozenset(classes)
        return (c for c in self.cues if c.first >= first and c.last <= last and (wanted is None or c.cue in wanted))

    def has(self, first: int, last: int, *classes: str) -> bool:
        """Tell whether a cue of one of these classes lies in tokens `first:last`."""
        return next(self.cues_in(first, last, classes), None) is not None

    def negation(self, i: int) -> str:
        """Give the negating word that governs token i (at most two words before it), «» for none."""
        for k in (i - 1, i - 2):
            norm = self.norm(k)
            if norm in NEGATIONS and not _is_still(self, k):
                return norm.removeprefix("و").removeprefix("ف") if norm != "وليس" else "ليس"
            if norm in ("،", ":", "؛") or norm in COMPLEMENTS:
                return ""
        return ""


def _is_still(reading: Reading, k: int) -> bool:
    return any(c.cue in ("still", "deny-phrase", "possible") and c.first <= k < c.last for c in reading.cues)


def _clauses(reading: Reading) -> Iterator[Clause]:
    starts = [(0, "main")]
    for i in range(1, len(reading.tokens)):
        kind = _opens(reading, i) or _resumes(reading, i, starts)
        if kind:
            starts.append((i, kind))
    made: list[Clause] = []
    for n, (first, kind) in enumerate(starts):
        last = starts[n + 1][0] if n + 1 < len(starts) else len(reading.tokens)
        made.append(Clause(first, last, kind, _parent(made, kind)))
    yield from made


def _resumes(reading: Reading, i: int, starts: list[tuple[int, str]]) -> str:
    """Tell whether token i is the verb of a clause whose subject a relative clause parted from it.

    «فإيطاليا التي ترفض إرسال جندي تنتج المسيّرات»: the second verb is that of the clause before the relative.
    """
    if len(starts) < 2 or starts[-1][1] != "relative" or not _only_finite(reading, i):
        return ""
    above, first = starts[-2][0], starts[-1][0]
    verbs = [
        c.first for c in reading.cues if c.sense.pos in FINITE and above <= c.first < i and "ال" not in c.proclitics
    ]
    parted = not any(k < first for k in verbs) and any(first < k < i - 1 for k in verbs)
    return "coordinate" if parted and reading.norm(i - 1) not in _BINDERS else ""


def _only_finite(reading: Reading, i: int) -> bool:
    here = [c for c in reading.cues if c.first == i]
    return bool(here) and all(c.sense.pos in FINITE and not c.proclitics for c in here)


def _parent(made: list[Clause], kind: str) -> int:
    """Hang a complement or relative clause on the one before it; a clause beside it on that one's parent."""
    if not made or kind == "main":
        return -1
    if kind in ("that", "relative", "adverbial", "participle"):
        return len(made) - 1
    if kind == "and-that":
        before = next((k for k in range(len(made) - 1, -1, -1) if made[k].kind in ("that", "and-that")), -1)
        return made[before].parent if before >= 0 else len(made) - 1
    return made[-1].parent if made[-1].kind == "coordinate" else -1


def _opens(reading: Reading, i: int) -> str:
    """Tell whether a clause begins at token i, and of which kind; «» where none does."""
    norm, before = reading.norm(i), reading.norm(i - 1)
    if _inside_group(reading, i):
        return ""
    if f"{norm} {reading.norm(i + 1)}" in CONTRASTS:
        return "contrast"
    if norm == "ان" and f"{before} {norm}" in CONTRASTS:
        return ""
    if norm in AND_THAT:
        return "and-that"
    if norm in COMPLEMENTS and before not in ("غير", "الا", "رغم"):
        return "that"
    if norm in RELATIVES and not (norm == "ما" and before != "،"):
        return "relative"
    if norm in CONTRASTS or f"{norm} {reading.norm(i + 1)}" in CONTRASTS:
        return "contrast"
    if norm in SOURCES_CLOSE:
        return "participle"
    after_mark = before in ("،", "؛", ":", "...", "؟", "!", ".", "(") or before == '"'
    if before in ("؛", "...", "؟", "!", ".") or (before == ":" and i < 12):
        return "main"
    if after_mark and norm in ADVERBIALS:
        return "adverbial"
    if norm in WHILE and before != "في":
        return "adverbial"
    after_clause = after_mark and before != '"' and not _closes_insertion(reading, i - 1)
    if _possesses(reading, i) or _finite_with_conjunction(reading, i) or (after_clause and _finite(reading, i)):
        return "coordinate"
    return ""


def _closes_insertion(reading: Reading, comma: int) -> bool:
    """Tell whether a comma ends a source put between commas («رفضت برن، بحسب مصدر، طلب …»): the clause goes on."""
    opening = next((k for k in range(comma - 1, max(0, comma - INSERTED), -1) if reading.norm(k) == "،"), 0)
    return opening > 0 and reading.norm(opening + 1) in ACCORDING


def _possesses(reading: Reading, i: int) -> bool:
    """Tell whether a possessor and what it has begin here, without a verb («… ولتركيا قاعدة في الصومال»)."""
    owner = next((m for m in reading.mentions if m.first == i and m.proclitics[:2] == ("و", "ل")), None)
    return owner is not None and reading.has(owner.last, owner.last + 1, *POSSESSED)


def _inside_group(reading: Reading, i: int) -> bool:
    return any(g.mentions[0].first < i < g.last for g in reading.groups)


def _finite(reading: Reading, i: int) -> bool:
    return any(c.first == i and c.sense.pos in FINITE and "ال" not in c.proclitics for c in reading.cues)


_BINDERS = COMPLEMENTS | NEGATIONS | words("before-saying") | RELATIVES
_AUXILIARIES = words("auxiliaries")


def _finite_with_conjunction(reading: Reading, i: int) -> bool:
    if reading.norm(i) in _AUXILIARIES:
        return True
    here = [c for c in reading.cues if c.first == i and c.last == i + 1]
    if any(c.sense.pos in ("noun", "masdar") for c in here) and _modified(reading, i):
        return False
    return any(c.sense.pos in FINITE and c.proclitics[:1] in (("و",), ("ف",)) for c in here)


def _modified(reading: Reading, i: int) -> bool:
    """Tell whether an indefinite adjective follows, as it follows nouns («وتعاون عسكري»)."""
    return any(c.first == i + 1 and c.cue == "m-military" and not c.proclitics for c in reading.cues)
