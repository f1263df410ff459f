"""Who and what a sentence names: actors found by the longest match in the lexicon, and the lists that they form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg.lexicon import Lexicon, Surface, load
from kg.lexicon.cues import cues
from kg.lexicon.grammar import table, words
from kg.text import Split, Token, splits

GENITIVE = "gen"
ACTOR_VIAS = frozenset(
    {"name", "seat", "nisba", "organization", "armed-group", "company", "person", "group-of-states", "anaphor"}
)
# Words between an actor and what governs it that leave the actor the one who acts: «وزير دفاع X», «حكومة X».
TRANSPARENT = words("transparent")
PREPOSITIONS = table("prepositions")


class Mention(NamedTuple):
    """Actors named by tokens `first:last`: their ids, how they are named, and the proclitics of the first token.

    `via` is the lexicon's (`name`, `seat`, `nisba`, `person` …); `target` the row that was found; `number` a nisba's.
    """

    first: int
    last: int
    actors: tuple[str, ...]
    via: str
    target: str
    proclitics: tuple[str, ...]
    number: str | None = None
    gender: str | None = None

    @property
    def is_nisba(self) -> bool:
        """Whether it is an adjective of origin (تركي), which belongs to a noun."""
        return self.via == "nisba"


class Group(NamedTuple):
    """Coordinated mentions that fill one place in a clause: «وزراء دفاع ألبانيا وكرواتيا» from its first word.

    `prep` is the preposition that governs the group (clitic or word), `gen` where a noun does («استقلال كوسوفو»), «»
    where nothing does; `head` the index of the
    noun that a group of nisbas describes, or -1.
    """

    first: int
    last: int
    actors: tuple[str, ...]
    prep: str
    mentions: tuple[Mention, ...]
    head: int = -1

    @property
    def is_nisba(self) -> bool:
        """Whether the group is adjectives of origin on a noun that is not itself an acting body."""
        return self.head >= 0


_Entry = tuple[tuple[str, ...], tuple[Surface, ...]]


class _Index(NamedTuple):
    """The keys of the lexicon: those of one word, and the longer ones by their first two words, longest first."""

    single: dict[str, _Entry]
    longer: dict[str, dict[str, tuple[_Entry, ...]]]
    lexicon: Lexicon

    def entries(self, word: str, following: str) -> Iterator[_Entry]:
        """Give the entries that may begin here, the longest first."""
        by_second = self.longer.get(word)
        if by_second:
            yield from by_second.get(following, ())
            if following.startswith("ال"):
                yield from by_second.get(following[2:], ())
        if word in self.single:
            yield self.single[word]


@cache
def _index() -> _Index:
    lexicon = load()
    single: dict[str, _Entry] = {}
    longer: dict[str, dict[str, list[_Entry]]] = {}
    for key, senses in lexicon.surfaces().items():
        parts = tuple(key.split(" "))
        if len(parts) == 1:
            single[key] = (parts, senses)
        else:
            longer.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts, senses))
    by_length = {
        first: {second: tuple(sorted(found, key=lambda e: -len(e[0]))) for second, found in seconds.items()}
        for first, seconds in longer.items()
    }
    return _Index(single, by_length, lexicon)


def find(tokens: Sequence[Token], known: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """Find the mentions of a sentence: longest match first, left to right, masked names (regions, outlets) included.

    Instruments, bases and places are mentions too, with `via` saying so; their `actors` are the parties or the host.
    `known` are the actors that the document names elsewhere in words that cannot be misread: they support an
    ambiguous name («مالي», which is also «financial»).
    """
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        mention = _match(tokens, i, known)
        if mention:
            found.append(mention)
        i = mention.last if mention else i + 1
    return tuple(_in_context(tokens, found))


def _match(tokens: Sequence[Token], i: int, known: frozenset[str]) -> Mention | None:
    token = tokens[i]
    if token.kind == "punct" or token.kind == "number":
        return None
    ways = splits(token.norm) if token.kind == "word" else (Split((), token.norm),)
    best: tuple[int, Split, tuple[Surface, ...]] | None = None
    following = tokens[i + 1].norm if i + 1 < len(tokens) else ""
    for way in ways:
        if "س" in way.proclitics:
            continue
        for word, article in ((way.stem, False), ("ال" + way.stem, True)):
            if article and "ال" not in way.proclitics:
                continue
            for key, senses in _index().entries(word, following):
                length = _length(tokens, i, key)
                usable = tuple(s for s in senses if _takes(s, way, article)) if length else ()
                if usable and (best is None or length > best[0]):
                    best = (length, way, usable)
    return _mention(tokens, i, *best, known) if best else None


def _length(tokens: Sequence[Token], i: int, key: tuple[str, ...]) -> int:
    """Give how many tokens a key covers from i on, 0 where it does not match."""
    if i + len(key) > len(tokens):
        return 0
    for k in range(1, len(key)):
        norm = tokens[i + k].norm
        if norm != key[k] and norm != "ال" + key[k]:
            return 0
    return len(key)


def _takes(sense: Surface, way: Split, with_article: bool) -> bool:
    """Tell whether a sense can bear the proclitics: a name has its article in its key, a nisba may have one."""
    return with_article or "ال" not in way.proclitics or sense.via in ("nisba", "company", "person", "outlet")


def _mention(
    tokens: Sequence[Token], i: int, length: int, way: Split, senses: tuple[Surface, ...], known: frozenset[str]
) -> Mention | None:
    sense = _choose(tokens, i, length, senses, known)
    if sense is None:
        return None
    actors = _index().lexicon.actors_of(sense)
    return Mention(i, i + length, actors, sense.via, sense.target, way.proclitics, sense.number, sense.gender)


_RANK = ("instrument", "base", "region", "outlet", "group-of-states", "organization", "armed-group", "name", "seat",
         "person", "company", "nisba", "place")  # fmt: skip
_SUPPORT = frozenset(PREPOSITIONS) | words("supports")
_OF_MONEY = words("of-money")
_OF_STATES = frozenset({"name", "seat", "nisba"})


def _choose(
    tokens: Sequence[Token], i: int, length: int, senses: tuple[Surface, ...], known: frozenset[str]
) -> Surface | None:
    before = tokens[i - 1].norm if i else ""
    ranked = sorted(senses, key=lambda s: _RANK.index(s.via))
    for sense in ranked:
        known_here = sense.target in known and (length > 1 or (sense.via in _OF_STATES and before not in _OF_MONEY))
        supported = length == 1 and (before in _SUPPORT or _listed(tokens, i))
        if sense.ambiguous and not (supported or known_here):
            continue
        return sense
    return None


def _listed(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether an ambiguous name stands in a list beside a name that is not («مالي وبوركينا فاسو»)."""
    return tokens[i].norm[:1] == "و" or (i + 1 < len(tokens) and tokens[i + 1].norm[:1] == "و")


def _in_context(tokens: Sequence[Token], found: list[Mention]) -> Iterator[Mention]:
    """Read «السعودية» as an adjective after a definite noun that it describes, and «الأمريكيون» by itself as a name."""
    people = -1
    for mention in found:
        joined = "و" in mention.proclitics and mention.first == people
        if mention.via == "name" and _describes(tokens, mention):
            yield mention._replace(via="nisba")
        elif mention.is_nisba and _is_people(tokens, mention, joined=joined):
            people = mention.last
            yield mention._replace(via="name")
        else:
            yield mention


def _is_people(tokens: Sequence[Token], mention: Mention, *, joined: bool) -> bool:
    """Tell whether a plural nisba names a people («أخلى الأمريكيون القاعدة», «للفرنسيين»), not what a noun is."""
    if mention.number != "pl" or mention.gender != "m" or "ال" not in mention.proclitics:
        return False
    if joined or mention.first == 0 or _clitic(mention.proclitics):
        return True
    before = tokens[mention.first - 1]
    return before.kind != "word" or not any("ال" in way.proclitics for way in splits(before.norm)[:3])


_FEMININE_NAMES = words("feminine-names")


def _describes(tokens: Sequence[Token], mention: Mention) -> bool:
    if tokens[mention.first].norm not in _FEMININE_NAMES or mention.last - mention.first > 1 or not mention.first:
        return False
    before = tokens[mention.first - 1].norm
    return before.startswith("ال") and before.endswith(("ه", "ات")) and not before.startswith("المملكه")


def groups(tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[Group, ...]:
    """Join mentions that are coordinated into groups, and find for each the preposition or the noun that governs it."""
    acting = [m for m in mentions if m.via in ACTOR_VIAS and m.actors]
    found: list[Group] = []
    current: list[Mention] = []
    for mention in acting:
        if current and not _joined(tokens, current[-1], mention):
            found.append(_group(tokens, current))
            current = []
        current.append(mention)
    if current:
        found.append(_group(tokens, current))
    return tuple(found)


def _joined(tokens: Sequence[Token], left: Mention, right: Mention) -> bool:
    gap = range(left.last, right.first)
    coordinated = "و" in right.proclitics or any(
        tokens[k].norm == "و" or (tokens[k].norm.startswith("و") and tokens[k].norm[1:] in TRANSPARENT) for k in gap
    )
    if left.via == "nisba" and right.via in ("name", "person") and not coordinated:
        return left.actors == right.actors and not gap
    if not gap:
        return coordinated or (left.is_nisba and right.is_nisba) or left.actors == right.actors
    if (
        len(gap) <= _NAMES
        and any(_titled(tokens[k].norm) for k in gap)
        and all(_is_name_or_title(tokens, k) for k in gap)
    ):
        return True
    if all(_is_link(tokens, k) for k in gap):
        marks = [tokens[k].norm for k in gap if tokens[k].kind == "punct"]
        return coordinated or "،" in marks or "-" in marks or "/" in marks
    return False


_NAMES = 10
_COUNTERPARTS = words("counterparts")
_NOT_IN_NAMES = words("not-in-names")
_EACH_OF = words("each-of")


def _titled(norm: str) -> bool:
    """Tell whether a word brings in a second office-holder («… ونظيره العراقي»)."""
    return norm in _COUNTERPARTS


def _is_name_or_title(tokens: Sequence[Token], k: int) -> bool:
    """Tell whether a token can belong to an official's name or title: no verb that we know, no preposition, no mark."""
    token = tokens[k]
    if token.kind != "word":
        return token.norm in ("،", "-")
    if token.norm in PREPOSITIONS or token.norm in _NOT_IN_NAMES:
        return False
    senses = cues().words.get(token.norm, ())
    return not (senses and all(s.pos in ("perfect", "imperfect") for s in senses))


_APPOSED = words("apposed")


def _is_link(tokens: Sequence[Token], k: int) -> bool:
    norm = tokens[k].norm
    plain = norm[1:] if norm.startswith("و") else norm
    return (
        norm in ("،", "-", "(", ")", '"', "/", "و")
        or plain in TRANSPARENT
        or plain in _APPOSED
        or (tokens[k].kind == "latin")
    )


def _group(tokens: Sequence[Token], mentions: list[Mention]) -> Group:
    actors = tuple(dict.fromkeys(actor for m in mentions for actor in m.actors))
    first, prep, head = _governor(tokens, mentions[0])
    return Group(first, mentions[-1].last, actors, prep, tuple(mentions), head)


def _governor(tokens: Sequence[Token], mention: Mention) -> tuple[int, str, int]:
    """Walk left over the words that leave the actor acting, to the preposition or the noun that governs it."""
    i = mention.first
    clitic = _clitic(mention.proclitics)
    if clitic and not mention.is_nisba and not (clitic == "ل" and i and _is_body(tokens[i - 1].norm)):
        return i, clitic, -1
    while i > 0:
        norm = tokens[i - 1].norm
        if norm == '"' and i == mention.first and not mention.is_nisba and i > 1 and tokens[i - 2].kind == "word":
            i -= 1
            continue
        if norm == "في" and i > 1 and tokens[i - 2].norm in _MINISTRIES:
            i -= 1
            continue
        plain = norm if norm in PREPOSITIONS else norm.removeprefix("و").removeprefix("ف")
        if plain in PREPOSITIONS and not (norm == "من" and i > 1 and tokens[i - 2].norm in _EACH_OF):
            return i, PREPOSITIONS[plain], -1
        way = _transparent(norm)
        if way is None or _of_a_thing(tokens, i - 1):
            break
        i -= 1
        if _clitic(way.proclitics) and not (_clitic(way.proclitics) == "ل" and i and _is_body(tokens[i - 1].norm)):
            return i, _clitic(way.proclitics), -1
        if "و" in way.proclitics or "ف" in way.proclitics:
            break
    if mention.is_nisba and i == mention.first:
        return i, "", _noun_before(tokens, mention.first)
    if any(tokens[k].norm in _LIKE for k in range(max(0, i - 3), i)):
        return i, "مثل", -1
    return i, GENITIVE if i and _is_noun(tokens[i - 1]) and not _coordinated(tokens[i]) else "", -1


def _coordinated(token: Token) -> bool:
    return token.norm[:1] in ("و", "ف") and any(
        way.proclitics[:1] in (("و",), ("ف",)) for way in splits(token.norm)[1:]
    )


_NOUNS = words("nouns")
# Endings of nouns, and patterns that no verb has: استقلال, اجتماع, انهيار, حدود, نظام.
_NOUN_PATTERN = re.compile(
    r"(?!ال|[يتنسا])(?:.{4,}ه|.{3,}ا[تء])|است..ا.|ا.ت.ا.|ان..ا.|[^ايتنوفبلك].و.|[^ايتنسوفبلك].ا."
)


@cache
def _noun_forms(norm: str) -> bool:
    """Tell whether a form can only be a noun: by the cue tables, else by its ending."""
    for way in splits(norm):
        senses = cues().words.get(way.stem, ())
        if senses and "ال" not in way.proclitics:
            return all(s.pos in ("noun", "masdar") and not s.pronoun for s in senses)
    return any(
        way.stem in _NOUNS or _NOUN_PATTERN.fullmatch(way.stem) for way in splits(norm) if "ال" not in way.proclitics
    )


def _is_noun(token: Token) -> bool:
    """Tell whether a name after this word is its genitive («استقلال كوسوفو»), not a subject («وقعت تركيا»)."""
    return token.kind == "word" and _noun_forms(token.norm)


_LIKE = words("like")
_MINISTRIES = words("ministries")
_BODIES = words("bodies")


def _is_body(norm: str) -> bool:
    """Tell whether a word is an armed force, whose state follows with ل («القوات البحرية للجمهورية …»)."""
    return norm in _BODIES


_ARMS_OF_SERVICE = words("arms-of-service")


def _of_a_thing(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether «البحرية» and the like describe a thing before them and name no force («القاعدة البحرية»)."""
    if tokens[i].norm not in _ARMS_OF_SERVICE or not i:
        return False
    before = tokens[i - 1].norm
    noun = before.startswith("ال") and before not in PREPOSITIONS and before not in _NOT_IN_NAMES
    return before == '"' or (noun and before not in TRANSPARENT and not _is_body(before))


_OPENING = {'"': '"', ")": "("}


def _noun_before(tokens: Sequence[Token], first: int) -> int:
    """Give the noun that a nisba describes: past other adjectives and a name («قاعدة «طرطوس» البحرية الروسية»)."""
    i = _past_adjectives(tokens, first - 1)
    if i > 1 and tokens[i].norm in _OPENING:
        mark = _OPENING[tokens[i].norm]
        opening = next((k for k in range(i - 1, max(-1, i - 8), -1) if tokens[k].norm == mark), -1)
        i = _past_adjectives(tokens, opening - 1) if opening > 0 else i
    return i if i >= 0 and tokens[i].kind == "word" else -1


def _past_adjectives(tokens: Sequence[Token], i: int) -> int:
    while i > 0 and tokens[i].kind == "word" and _is_adjective(tokens[i].norm):
        if tokens[i - 1].kind != "word" and tokens[i - 1].norm not in _OPENING:
            break
        i -= 1
    return i


def _is_adjective(norm: str) -> bool:
    return (
        norm.endswith(("يه", "ي", "يين", "يتين", "يتان", "يان", "يون", "شتركه", "شترك", "ائمه", "ديده"))
        and len(norm) > 3
    )


@cache
def _transparent(norm: str) -> Split | None:
    for way in splits(norm):
        if way.stem in TRANSPARENT or ("ال" in way.proclitics and "ال" + way.stem in TRANSPARENT):
            return way
    return None


def _clitic(proclitics: tuple[str, ...]) -> str:
    return next((p for p in proclitics if p in ("ل", "ب", "ك")), "")
