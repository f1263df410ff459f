"""Inflection: every written form of a verb or a noun, in the normal form that texts are matched in.

Undiacritized Arabic writes most of a paradigm alike (active and passive, case, mood), so that a handful of affixes on
two stems of a verb, or on the singular and plurals of a noun, gives all forms. `tests/test_forms.py` holds the tables
to camel-tools' ALMOR generator on a small database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kg.text.normal import normal

PartOfSpeech = Literal["perfect", "imperfect", "masdar", "participle", "noun", "word"]
OBJECTS = ("ه", "ها", "هما", "هم", "نا")


class Form(NamedTuple):
    """A written form: its letters, its part of speech, its number, and the pronoun at its end, if any."""

    text: str
    pos: PartOfSpeech
    number: Literal["sg", "du", "pl"]
    pronoun: str = ""


def verb_forms(perfect: str, imperfect: str) -> Iterator[Form]:
    """Give the third-person and first-plural forms of a verb from its two stems (third person masculine singular).

    >>> [f.text for f in verb_forms("نفى", "ينفي") if not f.pronoun][:6]
    ['نفي', 'نفت', 'نفوا', 'نفيا', 'نفتا', 'نفينا']
    """
    past, present = normal(perfect), normal(imperfect)
    weak = past[-1] in "يا" and len(past) > 2 and not perfect.endswith("أ")
    base = past[:-1] if weak else past
    back = (base + "ي" if past[-1] == "ي" else base + "و") if weak else past
    for text, number in (
        (past, "sg"),
        (base + "ت", "sg"),
        (base + "وا", "pl"),
        (back + "ا", "du"),
        (base + "تا", "du"),
        (back + "نا", "pl"),
    ):
        yield from _with_objects(text, "perfect", number)
    body = present[1:]
    open_body = body[:-1] if body[-1] in "يوا" and weak else body
    dual_body = open_body + "ي" if open_body != body and body[-1] != "و" else body
    for prefix in "يتن":
        yield from _with_objects(prefix + body, "imperfect", "sg")
        if open_body != body:
            yield Form(prefix + open_body, "imperfect", "sg")
    for prefix in "يت":
        yield Form(prefix + open_body + "ون", "imperfect", "pl")
        yield Form(prefix + open_body + "وا", "imperfect", "pl")
        yield Form(prefix + dual_body + "ان", "imperfect", "du")
        yield Form(prefix + dual_body + "ا", "imperfect", "du")


def _with_objects(text: str, pos: PartOfSpeech, number: str) -> Iterator[Form]:
    yield Form(text, pos, number)  # type: ignore[arg-type]
    stem = text[:-1] if text.endswith("وا") else text
    stem = stem[:-1] + "ا" if pos == "perfect" and stem.endswith("ي") and number == "sg" else stem
    for pronoun in OBJECTS:
        yield Form(stem + pronoun, pos, number, pronoun)  # type: ignore[arg-type]


def noun_forms(singular: str, plurals: tuple[str, ...], pos: PartOfSpeech = "noun") -> Iterator[Form]:
    """Give a noun's forms: bare, accusative, dual (also in construct), given plurals, each with possessive pronouns.

    >>> [f.text for f in noun_forms("قاعدة", ("قواعد",)) if not f.pronoun]
    ['قاعده', 'قاعدتان', 'قاعدتين', 'قاعدتا', 'قاعدتي', 'قواعد', 'قواعدا']
    """
    yield from _stem_forms(normal(singular), "sg", pos)
    yield from _duals(normal(singular), pos)
    for plural in plurals:
        yield from _stem_forms(normal(plural), "pl", pos)


def participle_forms(masculine: str) -> Iterator[Form]:
    """Give a participle's forms: gender, number and, for the sound plural, case."""
    stem = normal(masculine)
    for ending, number in (
        ("", "sg"),
        ("ا", "sg"),
        ("ه", "sg"),
        ("ان", "du"),
        ("ين", "pl"),
        ("تان", "du"),
        ("تين", "du"),
        ("ون", "pl"),
        ("ات", "pl"),
    ):
        yield Form(stem + ending, "participle", number)  # type: ignore[arg-type]


def _stem_forms(stem: str, number: Literal["sg", "pl"], pos: PartOfSpeech) -> Iterator[Form]:
    yield Form(stem, pos, number)
    if stem[-1] not in "هاءي":
        yield Form(stem + "ا", pos, number)
    for open_stem in _open_stems(stem):
        for pronoun in OBJECTS:
            yield Form(open_stem + pronoun, pos, number, pronoun)


def _open_stems(stem: str) -> tuple[str, ...]:
    """Give the stem as it stands before a pronoun: ة opens to ت, a final hamza takes a seat by its case."""
    if stem.endswith("ه") and len(stem) > 3:
        return (stem[:-1] + "ت",)
    if stem.endswith("اء"):
        return (stem, stem[:-1] + "ئ", stem[:-1] + "ؤ")
    return (stem,)


def _duals(stem: str, pos: PartOfSpeech) -> Iterator[Form]:
    open_stem = _open_stems(stem)[0]
    for ending in ("ان", "ين", "ا", "ي"):
        if open_stem != stem or ending in ("ان", "ين"):
            yield Form(open_stem + ending, pos, "du")
