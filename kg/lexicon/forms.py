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
Number = Literal["sg", "du", "pl"]
OBJECTS = ("ه", "ها", "هما", "هم", "نا")


class Form(NamedTuple):
    """A written form: its letters, its part of speech, its number, and the pronoun at its end, if any."""

    text: str
    pos: PartOfSpeech
    number: Number
    pronoun: str = ""


def verb_forms(perfect: str, imperfect: str) -> Iterator[Form]:
    """Give the third-person and first-plural forms of a verb from its two stems (third person masculine singular).

    >>> [f.text for f in verb_forms("نفى", "ينفي") if not f.pronoun][:6]
    ['نفي', 'نفت', 'نفوا', 'نفيا', 'نفتا', 'نفينا']
    """
    yield from _perfects(perfect)
    yield from _imperfects(imperfect)


def _perfects(perfect: str) -> Iterator[Form]:
    past = normal(perfect)
    hamza = perfect.endswith("أ")
    weak = past[-1] in "يا" and len(past) > 2 and not hamza
    base = past[:-1] if weak else past
    long = (base + "ي" if past[-1] == "ي" else base + "و") if weak else past
    short = past[:-2] + past[-1] if perfect[-2] == "ا" else long
    yield from _with_objects(past, "perfect", "sg", before=base + "ا" if weak else past)
    yield from _with_objects(base + "ت", "perfect", "sg")
    yield from _with_objects(base + "وا", "perfect", "pl")
    # In normal form «أنشآ» is «أنشأ», and «أنشؤوا» has two spellings.
    if hamza:
        yield from _with_objects(past[:-1] + "ؤوا", "perfect", "pl")
    else:
        yield from _with_objects(long + "ا", "perfect", "du", before=long + "ا")
    yield from _with_objects(base + "تا", "perfect", "du")
    yield from (form for form in _with_objects(short + "نا", "perfect", "pl") if form.pronoun != "نا")


def _imperfects(imperfect: str) -> Iterator[Form]:
    body = normal(imperfect)[1:]
    hamza = imperfect.endswith("أ")
    weak = imperfect[-1] in "يىو"
    base = body[:-1] if weak else body
    for prefix in "يتن":
        before = body[:-1] + "ا" if imperfect.endswith("ى") else body
        yield from _with_objects(prefix + body, "imperfect", "sg", before=prefix + before)
        if weak:
            yield Form(prefix + base, "imperfect", "sg")
    for prefix in "يت":
        for stem in (base, body[:-1] + "ؤ") if hamza else (base,):
            yield from _with_objects(prefix + stem + "ون", "imperfect", "pl")
            yield from _with_objects(prefix + stem + "وا", "imperfect", "pl")
        dual = prefix + (body[:-1] if hamza else body)
        yield from _with_objects(dual + "ان", "imperfect", "du")
        yield from _with_objects(dual + "ا", "imperfect", "du", before=dual + "ا")


def _with_objects(text: str, pos: PartOfSpeech, number: Number, before: str = "") -> Iterator[Form]:
    """Give a form, and the form with each pronoun: `before` is what it becomes there (نفى, نفاه)."""
    yield Form(text, pos, number)
    stem = before or (text[:-1] if text.endswith("وا") else text)
    yield from (Form(stem + pronoun, pos, number, pronoun) for pronoun in OBJECTS)


def noun_forms(singular: str, plurals: tuple[str, ...], pos: PartOfSpeech = "noun") -> Iterator[Form]:
    """Give a noun's forms: bare, accusative, dual (also in construct), given plurals, each with possessive pronouns.

    >>> [f.text for f in noun_forms("قاعدة", ("قواعد",)) if not f.pronoun]
    ['قاعده', 'قاعدتان', 'قاعدتين', 'قاعدتا', 'قاعدتي', 'قواعد', 'قواعدا']
    """
    yield from _stem_forms(singular, "sg", pos)
    yield from _duals(singular, pos)
    for plural in plurals:
        if plural in (singular + "ون", singular + "ين"):
            yield from _sound_plural(normal(plural), pos)
        else:
            yield from _stem_forms(plural, "pl", pos)


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


def _stem_forms(word: str, number: Number, pos: PartOfSpeech) -> Iterator[Form]:
    stem = normal(word)
    yield Form(stem, pos, number)
    if (stem[-1] not in "هاءي" or word[-1] == "ي") and not stem.endswith("ات"):
        yield Form(stem + "ا", pos, number)
    for open_stem in _open_stems(word):
        yield from (Form(open_stem + pronoun, pos, number, pronoun) for pronoun in OBJECTS)


def _open_stems(word: str) -> tuple[str, ...]:
    """Give a word as it stands before a pronoun: ة opens to ت, ى to ا, a final hamza takes a seat by its case."""
    stem = normal(word)
    if word[-1] in "ةى":
        return (stem[:-1] + ("ت" if word[-1] == "ة" else "ا"),)
    if stem.endswith("اء"):
        return (stem, stem[:-1] + "ئ", stem[:-1] + "ؤ")
    return (stem,)


def _sound_plural(plural: str, pos: PartOfSpeech) -> Iterator[Form]:
    """Give a plural in ون or ين: before another noun and before a pronoun it has no ن (مسؤولو الحلف, مسؤولوه)."""
    yield Form(plural, pos, "pl")
    yield Form(plural[:-1], pos, "pl")
    yield from (Form(plural[:-1] + pronoun, pos, "pl", pronoun) for pronoun in OBJECTS)


def _duals(word: str, pos: PartOfSpeech) -> Iterator[Form]:
    """Give the dual; of a masculine noun only with its ن, because «اتفاقي» and «اتفاقيه» are other words."""
    stem = _open_stems(word)[0]
    yield Form(stem + "ان", pos, "du")
    yield Form(stem + "ين", pos, "du")
    if word.endswith("ة"):
        for ending in ("ا", "ي"):
            yield Form(stem + ending, pos, "du")
            yield from (Form(stem + ending + pronoun, pos, "du", pronoun) for pronoun in OBJECTS)
