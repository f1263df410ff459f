"""Reading along the tokens of a sentence: what single words and numbers can mean for a date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kg.dates.calendars import Counted, DecadeRow, Named, SeasonRow, calendars
from kg.text import Token, splits

LOST = "\ufffd"
_SHORT = 2
# «ألف وتسعمئة وثمان وتسعين» has four, «خمسة عشر» two.
_WORDS = 6
_OPENERS = frozenset("اليوم هذا هذه نفس ذات ذلك تلك قبل قبيل منذ بعد قبله بعده قبلها بعدها الربع النصف".split())


@lru_cache(maxsize=65536)
def forms(norm: str) -> tuple[tuple[str, bool, str], ...]:
    """Give the stems of a word without its proclitics: the stem, whether it bore the article, the proclitics before."""
    return tuple(
        (split.stem, "ال" in split.proclitics, "".join(part for part in split.proclitics if part != "ال"))
        for split in splits(norm)
        if "س" not in split.proclitics
    )


@lru_cache(maxsize=65536)
def unit_of(norm: str) -> tuple[Counted, bool, str] | None:
    """Give the unit of time that a word names, whether with the article, and its proclitics («بشهرين»)."""
    units = calendars().units
    return next(((units[stem], article, before) for stem, article, before in forms(norm) if stem in units), None)


@lru_cache(maxsize=65536)
def weekday_of(norm: str) -> int | None:
    """Give the weekday that a word names; the article is part of the name."""
    days = calendars().weekdays
    return next((days["ال" + stem] for stem, article, _ in forms(norm) if article and "ال" + stem in days), None)


@lru_cache(maxsize=65536)
def decade_of(norm: str) -> DecadeRow | None:
    """Give the decade that a word names."""
    decades = calendars().decades
    return next((decades[stem] for stem, _, _ in forms(norm) if stem in decades), None)


@lru_cache(maxsize=65536)
def season_of(norm: str) -> tuple[SeasonRow, bool] | None:
    """Give the season that a word names, and whether with the article."""
    seasons = calendars().seasons
    return next(((seasons[stem], article) for stem, article, _ in forms(norm) if stem in seasons), None)


@lru_cache(maxsize=65536)
def ordinal_of(norm: str, *, article: bool = True) -> int | None:
    """Give the place that a word counts («الرابع»)."""
    ordinals = calendars().ordinals
    return next((ordinals[stem] for stem, has, _ in forms(norm) if has == article and stem in ordinals), None)


@lru_cache(maxsize=65536)
def cardinal_of(norm: str) -> tuple[int, str] | None:
    """Give the number that a word names, and its proclitics."""
    cardinals = calendars().cardinals
    for stem, article, before in forms(norm):
        if stem in cardinals and not article and before in ("", "و", "ب"):
            return cardinals[stem], before
    return None


@lru_cache(maxsize=65536)
def months_of(norm: str) -> tuple[tuple[str, str], ...]:
    """Give the stems that could begin a month's name, and the proclitics of each."""
    heads = {name[0] for name in calendars().months}
    return tuple(
        (stem, before)
        for stem, article, before in (*forms(norm), (norm, False, ""))
        if stem in heads and not article and (len(stem) > _SHORT or before in ("", "و"))
    )


@lru_cache(maxsize=65536)
def may_open(norm: str) -> bool:
    """Tell whether a word can be the first of a date; most words of a text cannot."""
    names = calendars()
    firsts = {name[0] for name in names.nearbys} | _OPENERS
    return (
        any(stem in firsts or "ال" + stem in firsts for stem, _, _ in (*forms(norm), (norm, False, "")))
        or any((unit_of(norm), weekday_of(norm), decade_of(norm), season_of(norm), months_of(norm)))
        or ordinal_of(norm) is not None
    )


class Scan:
    """The tokens of a sentence, with questions about places in it; a place beyond either end answers no."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.norms = [token.norm for token in tokens]
        self.names = calendars()

    def norm(self, at: int) -> str:
        """Give the token at a place, or nothing."""
        return self.norms[at] if 0 <= at < len(self.norms) else ""

    def lost(self, at: int) -> bool:
        """Tell whether a lost number stands at a place."""
        return self.norm(at) == LOST

    def cue(self, name: str, at: int) -> bool:
        """Tell whether a word of a list of cues stands at a place, with proclitics or without."""
        words = self.names.cues[name]
        norm = self.norm(at)
        if norm in words:
            return True
        return any((("ال" + stem) if article else stem) in words for stem, article, _ in forms(norm))

    def number(self, at: int, low: int, high: int) -> int | None:
        """Give the plain number at a place, if it lies between bounds."""
        norm = self.norm(at)
        if not norm.isdigit() or len(norm) > 4 or self.tokens[at].kind != "number":
            return None
        return int(norm) if low <= int(norm) <= high else None

    def monthday(self, at: int) -> int | None:
        """Give the day of a month at a place, in one or two digits."""
        return self.number(at, 1, 31) if len(self.norm(at)) <= _SHORT else None

    def month(self, at: int) -> tuple[Named, int] | None:
        """Give the month whose name stands at a place, and the place after it."""
        for stem, _ in months_of(self.norm(at)) if self.norm(at) else ():
            for length in (2, 1):
                name = (stem, self.norm(at + 1))[:length]
                if name in self.names.months:
                    return self.names.months[name], at + length
        return None

    def shift(self, at: int) -> int | None:
        """Give how far «الماضي», «الجاري», «المقبل» count."""
        return self.names.shifts.get(self.norm(at))

    def joined(self, at: int) -> bool:
        """Tell whether a token is written together with the one before it."""
        return 0 < at < len(self.tokens) and not self.tokens[at].spaced

    def link(self, at: int) -> int | None:
        """Give the place after a word or mark that joins two dates: و - إلى حتى ،."""
        norm = self.norm(at)
        if norm == "و" and self.joined(at + 1):
            return at + 1
        return at + 1 if norm in ("-", "الي", "حتي", "،", ",", "او", "/") else None

    def words_number(self, at: int, limit: int) -> tuple[int, int] | None:
        """Give the number that words spell out from a place («ثمان وتسعين وتسعمائة وألف»), and the place after it."""
        total, end = 0, at
        while end < at + _WORDS and (part := cardinal_of(self.norm(end))):
            if end > at and part[1] != "و" and not self._teen(end, part[0]):
                break
            total += part[0]
            end += 1
        return (total, end) if end > at and total <= limit else None

    def _teen(self, at: int, value: int) -> bool:
        """Tell whether a token is the ten of «خمسة عشر»."""
        before = cardinal_of(self.norm(at - 1))
        return value == 10 and before is not None and before[0] < 10

    def ordinal(self, at: int) -> tuple[int, int] | None:
        """Give the day that words count («الحادي عشر», «الثالث والعشرين»), and the place after it."""
        first = ordinal_of(self.norm(at))
        if first is None:
            return None
        if self.norm(at + 1) == "عشر" and first < 10:
            return first + 10, at + 2
        tens = ordinal_of(self.norm(at + 1)) if self.norm(at + 1).startswith("وال") else None
        if tens in (20, 30) and first < 10:
            return first + tens, at + 2
        return (first, at + 1) if first <= 31 else None
