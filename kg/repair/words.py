"""What the repairs know of Arabic words: how frequent a form is, its letters, and its grammatical shape."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

TATWEEL = "ـ"
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
PRIVATE = "\ue000-\uf8ff"
LETTERS = "\u0621-\u063a\u0641-\u064a\u0671-\u06d3"
FINAL = ".؟!…"
CLOSING = "،؛,:;)]}»”’"
LEFT_JOINERS = frozenset("بتثجحخسشصضطظعغفقكلمنهيئ\u0640\u06a9\u06af\u067e\u0686\u06cc\u06a4")
UNKNOWN = -20.7

_SLACK = re.compile(f"[{MARKS}{TATWEEL}]")
_CORE = re.compile(f"[{LETTERS}{MARKS}{TATWEEL}A-Za-z0-9٠-٩]+(?:[-/.@'][A-Za-z0-9٠-٩{LETTERS}]+)*")
_GLYPH = re.compile(f"[{PRIVATE}]")
_NUMBER = re.compile(r"[0-9٠-٩][0-9٠-٩.,/٫٬-]*")
_ENDINGS = tuple("يتها يات ات ية ين ون ان هم ها نا ة ه ي ا ت وا".split())


@cache
def frequencies() -> dict[str, float]:
    """Give the frequency of each Arabic form (wordfreq, 620,000 forms without harakat); half a second, once."""
    from wordfreq import get_frequency_dict

    return dict(get_frequency_dict("ar"))


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """Drop harakat and tatweel.

    >>> bare("مُشـــترَك")
    'مشترك'
    """
    return _SLACK.sub("", word)


@lru_cache(maxsize=200_000)
def core(token: str) -> str:
    """Give the word inside a token, without punctuation, harakat and tatweel; empty if there is none.

    A token of private-use glyphs alone is a number whose digits were lost: it counts as «0».

    >>> core("«ســـوريا،")
    'سوريا'
    """
    found = _CORE.search(token)
    if found:
        return bare(found[0])
    return "0" if _GLYPH.search(token) else ""


@lru_cache(maxsize=200_000)
def log_frequency(word: str) -> float:
    """Give the natural log of a bare form's frequency; `UNKNOWN` where wordfreq has none."""
    found = frequencies().get(word)
    return math.log(found) if found else UNKNOWN


def is_known(word: str) -> bool:
    """Tell whether wordfreq lists the bare form."""
    return word in frequencies()


def ends_sentence(token: str) -> bool:
    """Tell whether a token closes a sentence, looking through closing quotes and brackets.

    >>> ends_sentence("مركزه.”"), ends_sentence("مركزه،")
    (True, False)
    """
    return token.rstrip(CLOSING.replace("،", "").replace(",", "").replace(";", "") + '"').endswith(tuple(FINAL))


def ends_clause(token: str) -> bool:
    """Tell whether any punctuation stands at a token's end."""
    return token.endswith((*FINAL, *CLOSING, '"'))


@lru_cache(maxsize=200_000)
def shape(word: str) -> str:
    """Give the grammatical shape of a bare word: clitics in front, a verb's prefix, the ending.

    >>> shape("والسورية"), shape("12"), shape("Yetkin")
    ('#والية', '#N', '#L')
    """
    if not word:
        return "#0"
    if _NUMBER.fullmatch(word):
        return "#N"
    if not "\u0621" <= word[0] <= "\u064a":
        return "#L"
    front, rest = _clitics(word)
    verbal = not front.endswith(("ا", "ال", "ل", "ب")) and len(rest) > 3 and rest[0] in "يتن"
    ending = next((e for e in _ENDINGS if rest.endswith(e) and len(rest) - len(e) >= 2), "")
    return f"#{front}{rest[0] + '-' if verbal else ''}{ending}"


def _clitics(word: str) -> tuple[str, str]:
    """Split off conjunction, preposition, article and future prefix where the rest is the commoner word."""
    known = frequencies()
    front, rest = "", word

    def commoner() -> bool:
        return len(rest) > 3 and known.get(rest[1:], 0.0) > known.get(rest, 0.0)

    if rest[0] in "وف" and commoner():
        front, rest = rest[0], rest[1:]
    if rest.startswith("لل") and len(rest) > 4:
        return front + "لل", rest[2:]
    if rest[0] in "بك" and rest[1:3] == "ال" and len(rest) > 4:
        return front + rest[0] + "ا", rest[3:]
    if rest.startswith("ال") and len(rest) > 4:
        return front + "ال", rest[2:]
    if rest[0] in "بل" and commoner():
        return front + rest[0], rest[1:]
    if rest[0] == "س" and rest[1:2] in ("ي", "ت") and len(rest) > 4 and commoner():
        return front + "س", rest[1:]
    return front, rest
