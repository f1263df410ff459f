"""The words by which a text speaks of arrangements: what they are, what becomes of them, and who says so.

Read from `cues_verbs.toml`, `cues_speech.toml` and `cues_nouns.toml`; inflected by `kg.lexicon.forms`. A cue has a
class («sign», «treaty», «m-mutual»); what a class means in a claim is for `kg.claims` to say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.errors import LexiconError
from kg.lexicon.forms import Form, PartOfSpeech, noun_forms, participle_forms, verb_forms
from kg.text import Token, normal, splits

FOLDER = Path(__file__).parent
Entry = TypeVar("Entry", bound=BaseModel)


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    example: str


class Verb(_Row):
    """A verb with its masdars and participles.

    `needs` are words one of which must follow within a few words, `unless` words none of which may; an
    `intransitive` verb takes no object pronoun («رحلة» is not «he left it»); `not` (here `never`) are forms that are
    far more often other words («نصف», half, is not «we describe»).
    """

    perfect: str
    imperfect: str
    masdar: tuple[str, ...] = ()
    participle: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    intransitive: bool = False
    never: tuple[str, ...] = Field((), alias="not")
    stance: Literal["certain", "probable", "possible"] | None = None
    cue: str = Field("say", alias="class")


class Noun(_Row):
    """A noun with its plurals and irregular duals."""

    lemma: str
    plural: tuple[str, ...] = ()
    dual: tuple[str, ...] = ()
    adjective: bool = False
    cue: str = Field(alias="class")


class Phrase(_Row):
    """Set phrases of one class, each word of which may bear the article."""

    text: tuple[str, ...]
    cue: str = Field(alias="class")


class Sense(NamedTuple):
    """What a written form may be: a cue class by its lemma, and the form's grammar."""

    cue: str
    lemma: str
    pos: PartOfSpeech
    number: str
    pronoun: str
    stance: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Cue(NamedTuple):
    """A cue in a sentence: tokens `first:last` (half-open), its sense, and the proclitics of its first token."""

    first: int
    last: int
    sense: Sense
    proclitics: tuple[str, ...]

    @property
    def cue(self) -> str:
        """Its class."""
        return self.sense.cue


class Cues(NamedTuple):
    """The tables: single words by form, phrases by first word."""

    words: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]

    def find(self, tokens: Sequence[Token]) -> list[Cue]:
        """Find all cues of a sentence, in order; cues may overlap (a phrase and its words)."""
        options = [splits(token.norm) if token.kind == "word" else () for token in tokens]
        found: list[Cue] = []
        for i, ways in enumerate(options):
            for way in ways:
                for words, sense in (entry for base in _bases(way.stem) for entry in self.phrases.get(base, ())):
                    end = i + len(words)
                    if end <= len(tokens) and all(_bare(options[i + k], w) for k, w in enumerate(words) if k):
                        found.append(Cue(i, end, sense, way.proclitics))
            found.extend(cue for cue in self._word(i, ways) if _governs(cue, tokens))
        return _outermost(found)

    def _word(self, i: int, ways: Sequence[Any]) -> Iterator[Cue]:
        for way in ways:
            senses = [s for s in self.words.get(way.stem, ()) if _fits(s, way.proclitics)]
            if senses:
                yield from (Cue(i, i + 1, sense, way.proclitics) for sense in senses)
                return


def _outermost(found: list[Cue]) -> list[Cue]:
    """Leave out words inside a set phrase («لا يستبعد» is not «يستبعد»); sectors, provisions and kinds may overlap."""
    covering = [c for c in found if c.last - c.first > 1 and c.cue[:2] not in ("s-", "p-", "m-")]
    spans = {k for c in covering for k in range(c.first, c.last)}
    return [c for c in found if c.last - c.first > 1 or c.first not in spans or c.cue[:2] in ("s-", "p-", "m-")]


_GOVERNED = 6


def _governs(cue: Cue, tokens: Sequence[Token]) -> bool:
    """Tell whether a word that the verb needs follows it, as a word or as a clitic, and none that makes it another."""
    after = [token.norm for token in tokens[cue.last : cue.last + _GOVERNED]]
    if any(norm in cue.sense.unless for norm in after):
        return False
    if not cue.sense.needs or cue.sense.pronoun:
        return True
    return any(norm == need or (len(need) == 1 and norm.startswith(need)) for norm in after for need in cue.sense.needs)


def _bare(ways: Sequence[Any], word: str) -> bool:
    return any(word in _bases(way.stem) and way.proclitics in ((), ("ال",)) for way in ways)


def _fits(sense: Sense, proclitics: tuple[str, ...]) -> bool:
    """Tell whether a form can bear these proclitics: no article on a verb or before a pronoun, no س but on a verb."""
    if "ال" in proclitics and (sense.pronoun or sense.pos in ("perfect", "imperfect")):
        return False
    if "س" in proclitics and sense.pos != "imperfect":
        return False
    verb = sense.pos in ("perfect", "imperfect")
    return not (verb and ("ب" in proclitics or "ك" in proclitics or ("ل" in proclitics and sense.pos == "perfect")))


@cache
def cues() -> Cues:
    """Read the cue files that come with the programme; raises LexiconError for a bad row."""
    words: dict[str, dict[Sense, None]] = {}
    phrases: dict[str, dict[tuple[tuple[str, ...], Sense], None]] = {}
    for form, sense in _all_forms():
        words.setdefault(form, {})[sense] = None
    for row in rows("cues_nouns.toml", "phrase", Phrase):
        for text in row.text:
            parts = tuple(_base(normal(_stem(word))) for word in text.split())
            sense = Sense(row.cue, text, "word", "sg", "", "")
            if len(parts) == 1:
                for form in _adjective_forms(parts[0]):
                    words.setdefault(form, {})[sense] = None
            else:
                phrases.setdefault(parts[0], {})[parts, sense] = None
    return Cues({k: tuple(v) for k, v in words.items()}, {k: tuple(v) for k, v in phrases.items()})


@cache
def _base(stem: str) -> str:
    """Give an adjective in ي by its masculine singular, anything else as it is (عسكرية → عسكري)."""
    for ending in ("يه", "يين", "يون", "يتين", "يتان", "يات"):
        if stem.endswith(ending) and len(stem) > len(ending) + 2:
            return stem[: -len(ending)] + "ي"
    return stem


@cache
def _bases(stem: str) -> tuple[str, ...]:
    """Give the forms that a word can stand for in a set phrase: also without the ا of an indefinite accusative."""
    return (_base(stem), _base(stem[:-1])) if stem.endswith("ا") and len(stem) > 3 else (_base(stem),)


def _adjective_forms(stem: str) -> tuple[str, ...]:
    if not stem.endswith("ي") or len(stem) < 4:
        return (stem,)
    return tuple(stem + ending for ending in ("", "ه", "ا", "ين", "ون", "تين", "تان", "ات", "ان"))


def _stem(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _all_forms() -> Iterator[tuple[str, Sense]]:
    for file, table in (("cues_verbs.toml", "verb"), ("cues_speech.toml", "speech")):
        for verb in rows(file, table, Verb):
            never = {normal(text) for text in verb.never}
            for form in (f for f in _verb_paradigm(verb) if f.text not in never):
                yield (
                    form.text,
                    Sense(
                        verb.cue,
                        verb.perfect,
                        form.pos,
                        form.number,
                        form.pronoun,
                        verb.stance or "",
                        verb.needs,
                        verb.unless,
                    ),
                )
    for noun in rows("cues_nouns.toml", "noun", Noun):
        made = participle_forms(noun.lemma) if noun.adjective else noun_forms(noun.lemma, noun.plural)
        for form in (*made, *(Form(normal(dual), "noun", "du") for dual in noun.dual)):
            yield form.text, Sense(noun.cue, noun.lemma, "noun", form.number, form.pronoun, "")


def _verb_paradigm(verb: Verb) -> Iterator[Form]:
    yield from (f for f in verb_forms(verb.perfect, verb.imperfect) if not (verb.intransitive and f.pronoun))
    for masdar in verb.masdar:
        yield from noun_forms(masdar, (), "masdar")
    for participle in verb.participle:
        yield from participle_forms(participle)
    for extra in verb.also:
        text = normal(extra)
        pos: PartOfSpeech = "imperfect" if text[0] in "يت" else "perfect"
        yield Form(text, pos, "sg")


def rows(file: str, table: str, model: type[Entry]) -> tuple[Entry, ...]:
    """Read one array of a cue file as checked rows; raises LexiconError naming the file, the row and what is wrong."""
    try:
        data = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: not valid TOML: {error}") from error
    found: list[Entry] = []
    for number, row in enumerate(data.get(table, ()), 1):
        try:
            found.append(model.model_validate(row))
        except ValidationError as error:
            problem = error.errors()[0]
            place = ".".join(map(str, problem["loc"]))
            raise LexiconError(f"{file}: {table} {number}: {place}: {problem['msg']}; correct the row") from error
    return tuple(found)
