"""Private-use glyphs: digits and letters that lost their code, decoded only on proof in the document itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from kg.repair.adjacency import adjacency
from kg.repair.steps import Edit, Piece
from kg.repair.words import LETTERS, PRIVATE, bare, core, frequencies, log_frequency

_RUN = re.compile(f"(?<![{LETTERS}{PRIVATE}ـ])[{PRIVATE}]{{1,12}}(?![{LETTERS}{PRIVATE}ـ])")
_IN_WORD = re.compile(f"(?<!\\S)([{LETTERS}ـ]*)([{PRIVATE}]+)([{LETTERS}ـ]*)(?!\\S)")
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?!\d)")
_URL_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d٠-٩])((?:19|20)\d\d)(?![\d٠-٩])")
_YEAR_WORD = re.compile(r"(?:^|\s)[وفبل]?(?:ال)?(?:عام|سنة|أعوام|عامي|سنتي|منذ|حتى)$")
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("الاثنين الإثنين", "الثلاثاء", "الأربعاء الاربعاء", "الخميس", "الجمعة", "السبت", "الأحد الاحد")
    )
    for name in names.split()
}
_MONTHS = (
    "يناير كانون|فبراير شباط فيفري|مارس آذار أذار|أبريل نيسان إبريل ابريل أفريل|مايو أيار ماي|يونيو حزيران يونيه جوان|"
    "يوليو تموز يوليوز يوليه جويلية|أغسطس آب غشت أوت|سبتمبر أيلول شتنبر|أكتوبر تشرين|نوفمبر نونبر|ديسمبر دجنبر"
)
MONTHS = {name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
NOT_BEFORE, NOT_AFTER = 1900, 2035
MARGIN = 5.0
MIN_KNOWN = 3
MAX_GROUPS, MAX_GAPS = 50, 20


@dataclass(frozen=True, slots=True)
class Run:
    """A number that consists of private-use glyphs, with the words around it."""

    glyphs: str
    start: int
    end: int
    before: str
    after: str

    @property
    def weekday(self) -> int | None:
        """The weekday named before it (Monday is 0)."""
        words = self.before.split()
        return _WEEKDAYS.get(core(words[-1])) if words else None

    @property
    def month(self) -> int | None:
        """The month named after it."""
        words = self.after.split()
        return MONTHS.get(core(words[0].split("/")[0])) if words else None

    @property
    def month_before(self) -> int | None:
        """The month named before it, as before a year."""
        words = self.before.split()
        return MONTHS.get(core(words[-1].split("/")[0])) if words else None

    @property
    def is_year(self) -> bool:
        """Whether four glyphs stand where a year stands."""
        return len(self.glyphs) == 4 and (bool(_YEAR_WORD.search(self.before.rstrip())) or self.month is None)


@dataclass(frozen=True)
class Evidence:
    """What a text proves about its glyph digits."""

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str) -> Evidence:
        """Collect the numbers made of private-use glyphs."""
        return cls(
            text,
            tuple(
                Run(m[0], m.start(), m.end(), text[max(0, m.start() - 40) : m.start()], text[m.end() : m.end() + 40])
                for m in _RUN.finditer(text)
            ),
        )

    @cached_property
    def dates(self) -> frozenset[tuple[int, int, int]]:
        """Year, month and day of the dates that the text gives in plain digits, as in URLs."""
        return frozenset((int(y), int(m), int(d)) for y, m, d in _URL_DATE.findall(self.text))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text gives in plain digits."""
        return frozenset(int(y) for y in _YEAR.findall(self.text))

    @cached_property
    def months(self) -> frozenset[tuple[int, int]]:
        """Year and month of the dates that the text gives in plain digits."""
        return frozenset((int(y), int(m)) for y, m in _URL_MONTH.findall(self.text) if 1 <= int(m) <= 12)

    @cached_property
    def dated(self) -> frozenset[int]:
        """The years that the text gives together with a month."""
        return frozenset(year for year, _ in self.months)

    def mapping(self) -> tuple[dict[str, str], list[str]]:
        """Find the one mapping of glyphs to digits that the text proves, with its facts; or none.

        The ten digits (or 1 to 9) have consecutive codes. Each number must stay possible, and at least two must
        say something that holds for one mapping only: a plausible year, a day on its weekday, a date given elsewhere.
        Glyphs whose codes are scattered are read only by years that the text gives in plain digits.
        """
        found = self._consecutive()
        found.sort(key=lambda item: -len(item[1]))
        if found and (len(found) == 1 or len(found[1][1]) < len(found[0][1])):
            return found[0]
        return self._by_known_dates() if not found else ({}, [])

    def _consecutive(self) -> list[tuple[dict[str, str], list[str]]]:
        """List the mappings of consecutive glyphs that at least two facts support, with the facts."""
        glyphs = {ord(c) for run in self.runs for c in run.glyphs}
        found: list[tuple[dict[str, str], list[str]]] = []
        if not 0 < len(glyphs) <= 10:
            return found
        for zero in range(min(glyphs, default=0) - 9, max(glyphs, default=-1) + 1):
            digits = _digits(zero, glyphs)
            facts = self._facts(digits) if digits else None
            if facts and len(facts) >= 2:
                found.append((digits, facts))
        return found

    def _by_known_dates(self) -> tuple[dict[str, str], list[str]]:
        """Read scattered glyphs where every year among the numbers is one that the text gives in plain digits.

        At least three different numbers must fit, and together in one way only.
        """
        years = sorted({run.glyphs: run for run in self.runs if run.is_year}.items())
        readings = list(self._readings(years, {}))
        if len(years) < MIN_KNOWN or len(readings) != 1:
            return {}, []
        digits = readings[0]
        if any(c not in digits for run in self.runs for c in run.glyphs):
            return {}, []
        facts = [f"{''.join(digits[c] for c in glyphs)} is a year given elsewhere" for glyphs, _ in years]
        return digits, sorted(facts)

    def _readings(self, years: list[tuple[str, Run]], digits: dict[str, str]) -> Iterator[dict[str, str]]:
        """Give each way to read the numbers as known years, one digit for one glyph."""
        if not years:
            yield digits
            return
        glyphs, run = years[0]
        for year in sorted(self.years):
            if self.months and run.month_before and (year, run.month_before) not in self.months and year in self.dated:
                continue
            wider = _extend(digits, glyphs, str(year))
            if wider is not None:
                yield from self._readings(years[1:], wider)

    def _facts(self, digits: dict[str, str]) -> list[str] | None:
        """List the facts that a mapping makes true; None if it makes a number impossible."""
        facts: dict[str, str] = {}
        for run in self.runs:
            if any(c not in digits for c in run.glyphs):
                return None
            fact = self._judge(run, "".join(digits[c] for c in run.glyphs))
            if fact is None:
                return None
            if fact:
                facts[run.glyphs] = fact
        return sorted(facts.values())

    def _judge(self, run: Run, number: str) -> str | None:
        """Give the fact behind a number, "" if it proves nothing, None if it cannot be."""
        value = int(number)
        if run.month:
            return self._judge_day(run, value, run.month)
        if run.is_year:
            return f"{number} is a plausible year" if NOT_BEFORE <= value <= NOT_AFTER else None
        return None if number.startswith("0") and len(number) > 1 else ""

    def _judge_day(self, run: Run, day: int, month: int) -> str | None:
        if not 1 <= day <= 31:
            return None
        if any((m, d) == (month, day) for _, m, d in self.dates):
            return f"day {day} of month {month} is a date given elsewhere"
        if run.weekday is None:
            return ""
        right = [y for y in sorted(self.years) if _weekday(y, month, day) == run.weekday]
        if right:
            return f"{right[0]}-{month:02}-{day:02} falls on the weekday that is named"
        return None if self.years else ""


def _weekday(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def _extend(digits: dict[str, str], glyphs: str, number: str) -> dict[str, str] | None:
    """Add the reading of a number to a mapping; None if a glyph or a digit would have two partners."""
    wider = dict(digits)
    for glyph, digit in zip(glyphs, number, strict=True):
        if wider.setdefault(glyph, digit) != digit:
            return None
    return wider if len(set(wider.values())) == len(wider) else None


def _digits(zero: int, glyphs: set[int]) -> dict[str, str]:
    """Map ten consecutive glyphs to digits; one glyph outside, if the place of 0 is free, is 0."""
    digits = {chr(zero + n): str(n) for n in range(10)}
    outside = [g for g in glyphs if not zero <= g <= zero + 9]
    if not outside:
        return digits
    if len(outside) == 1 and zero not in glyphs:
        del digits[chr(zero)]
        return digits | {chr(outside[0]): "0"}
    return {}


def digit_edits(text: str) -> list[Edit]:
    """Decode numbers written in private-use glyphs where the text proves the mapping."""
    evidence = Evidence.of(text)
    digits, facts = evidence.mapping()
    if not digits:
        return []
    why = "private-use glyphs are digits: " + "; ".join(facts)
    sure = min(0.99, 0.8 + 0.06 * len(facts))
    edits = []
    for run in evidence.runs:
        number = "".join(digits[c] for c in run.glyphs)
        edits.append(
            Edit("glyph digits", run.start, run.end, (Piece(number, run.start, run.end),), round(sure, 2), why)
        )
    return edits


@dataclass(frozen=True, slots=True)
class Gap:
    """A word with lost letters: what stands before and after the glyphs, where they are, the words beside it."""

    head: str
    glyphs: str
    tail: str
    start: int
    end: int
    previous: str
    following: str


def letter_edits(text: str) -> list[Edit]:
    """Fill lost letters of words where only one frequent word fits everywhere that the same glyphs stand."""
    gaps: dict[tuple[str, bool], list[Gap]] = {}
    for gap in _gaps(text):
        gaps.setdefault((gap.glyphs, bool(gap.tail)), []).append(gap)
    endings = {bare(word)[-n:] for word in re.findall(f"[{LETTERS}ـ]+", text) for n in (1, 2, 3)}
    edits: list[Edit] = []
    for group in sorted(gaps.values(), key=lambda g: (-len(g), g[0].start))[:MAX_GROUPS]:
        letters = _fill(group[:MAX_GAPS], endings) if len(group) > 1 else ""
        if not letters:
            continue
        why = f"«{group[0].head}{letters}{group[0].tail}» is the only frequent word that fits at {len(group)} places"
        edits.extend(Edit("glyph letters", g.start, g.end, (Piece(letters, g.start, g.end),), 0.85, why) for g in group)
    return sorted(edits, key=lambda e: e.start)


def _gaps(text: str) -> Iterator[Gap]:
    for match in _IN_WORD.finditer(text):
        head, tail = bare(match[1]), bare(match[3])
        if len(head) + len(tail) >= 2 and head:
            before, after = text[: match.start()][-60:].split(), text[match.end() :][:60].split()
            previous, following = before[-1:] or [""], after[:1] or [""]
            yield Gap(head, match[2], tail, match.start(2), match.end(2), core(previous[0]), core(following[0]))


def _fill(group: list[Gap], endings: set[str]) -> str:
    """Give the letters that the glyphs of a group stand for, or "" without proof.

    Letters that the text writes plainly at a word's end are not what a lost glyph stands for there.
    """
    size = len(group[0].glyphs)
    possible: dict[str, float] | None = None
    for gap in group:
        scores = {
            letters: _context(gap, letters)
            for letters in _completions(gap.head, gap.tail, size)
            if gap.tail or letters not in endings
        }
        possible = scores if possible is None else {k: v + scores[k] for k, v in possible.items() if k in scores}
    best = sorted((possible or {}).items(), key=lambda item: (-item[1], item[0]))[:2]
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < MARGIN):
        return ""
    return best[0][0]


def _completions(head: str, tail: str, size: int) -> list[str]:
    length = len(head) + size + len(tail)
    words = _by_beginning().get((length, head[:2]), ())
    return [w[len(head) : len(head) + size] for w in words if w.startswith(head) and w.endswith(tail)]


@cache
def _by_beginning() -> dict[tuple[int, str], list[str]]:
    """Index the known words by length and by their first two, and by their first letter; half a second, once."""
    index: dict[tuple[int, str], list[str]] = {}
    for word in sorted(frequencies()):
        for letters in (1, 2):
            index.setdefault((len(word), word[:letters]), []).append(word)
    return index


def _context(gap: Gap, letters: str) -> float:
    word = gap.head + letters + gap.tail
    beside = adjacency()
    score = log_frequency(word)
    if gap.previous:
        score += beside.words(gap.previous, word)
    return score + (beside.words(word, gap.following) if gap.following else 0.0)
