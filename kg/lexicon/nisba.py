"""The forms of a nisba, the adjective of origin, such as تركي: تركية, تركيون and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

Gender = Literal["m", "f"]
Number = Literal["sg", "du", "pl"]


class Form(NamedTuple):
    """One inflected form; `definite` tells the inner words of a nisba of several words, else it is None."""

    text: str
    gender: Gender
    number: Number
    definite: bool | None = None


# «ين» is also the dual's oblique case; written without vowels it is far more often the plural.
_ENDINGS: tuple[tuple[str, Gender, Number], ...] = (
    ("", "m", "sg"),
    ("ا", "m", "sg"),
    ("ة", "f", "sg"),
    ("ان", "m", "du"),
    ("تان", "f", "du"),
    ("تين", "f", "du"),
    ("ون", "m", "pl"),
    ("ين", "m", "pl"),
    ("ات", "f", "pl"),
)


def forms(nisba: str) -> Iterator[Form]:
    """Inflect a masculine singular indefinite nisba.

    In a nisba of several words those that end in «ي» take the ending, the others stay as they are, and a second
    set has the article on the later words. The first word never has one: the matcher takes it off. The ending «ا»
    is the accusative (تركيًا).

    >>> [form.text for form in forms("هندي")]
    ['هندي', 'هنديا', 'هندية', 'هنديان', 'هنديتان', 'هنديتين', 'هنديون', 'هنديين', 'هنديات']
    >>> [form.text for form in forms("كوري جنوبي")][4:6]
    ['كورية جنوبية', 'كورية الجنوبية']
    """
    first, *later = nisba.split()
    for ending, gender, number in _ENDINGS:
        words = [_inflect(word, ending) for word in (first, *later)]
        yield Form(" ".join(words), gender, number, False if later else None)
        if later:
            definite = (words[0], *("ال" + word for word in words[1:]))
            yield Form(" ".join(definite), gender, number, True)


def _inflect(word: str, ending: str) -> str:
    return word + ending if word.endswith("ي") else word
