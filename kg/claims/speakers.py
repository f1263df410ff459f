"""Speakers: the noun phrases that name who says something, where they end, and the name in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kg.claims.reading import COMPLEMENTS, FINITE, RELATIVES, Reading
from kg.lexicon.cues import Cue
from kg.lexicon.grammar import table, words
from kg.mentions import TRANSPARENT, Mention
from kg.text import Token, normal

HEADS = frozenset({"source", "speaker", "legislature", "army", "commentator", "legislator", "troop-force"})
DOCUMENTS = words("speaker-documents")
MEDIA = words("speaker-media")
BODIES = words("speaker-bodies")
QUANTIFIERS = words("speaker-quantifiers")
PREPOSITIONS = table("prepositions")
ENDS = words("name-ends") | COMPLEMENTS | RELATIVES
NO_NAME = words("no-name")
RANKS = words("ranks")
NAME_PARTS = words("name-parts")
SAME = words("same")
SELF = ("ذات", "نفس")
BODY_WORDS = words("organizations") | words("legislatures")
QUOTES = '"«»“”'
LONGEST = 18
LONGEST_NAME = 5
APPOSITION = 12


class Speaker(NamedTuple):
    """Who speaks, at tokens `first:last` with what stands in apposition; `name` as written.

    `named` are the tokens of the name. `kind` is person, body, outlet, document, actor (a state or an organization by
    its name) or name (a word that may be a surname); `lemmas` are the nouns of the phrase; `bare` tells a definite noun
    without more («المصدر»), which refers back; `state` is the state that the phrase names, «» for none.
    """

    first: int
    last: int
    name: str
    named: tuple[int, int]
    kind: str
    lemmas: tuple[str, ...] = ()
    bare: bool = False
    state: str = ""


class _Phrase(NamedTuple):
    """Where a phrase ends, and the tokens of the name in it where one is named."""

    last: int
    name: tuple[int, int] | None = None


def speaker(reading: Reading, start: int, surnames: frozenset[str] = frozenset()) -> Speaker | None:
    """Read the noun phrase that begins at a token as somebody who can say something; None where it is no such phrase.

    `surnames` are those of persons whom the text has named before.
    """
    head = start + (reading.norm(start) == '"')
    while reading.norm(head).removeprefix("ل") in QUANTIFIERS:
        head += 1 + (reading.norm(head + 1) == "من")
    mention, noun = _mention_at(reading, head), _noun_at(reading, head)
    if mention:
        kind, phrase = _of_mention(mention)
        if head > start and reading.norm(phrase.last) == '"':
            phrase = _Phrase(phrase.last + 1, phrase.name)
    elif noun:
        kind = _kind(noun)
        phrase = _READERS[kind](reading, head)
    elif {reading.norm(head), reading.norm(head).removeprefix("ل")} & surnames:
        part = reading.norm(head).removeprefix("ل") in NAME_PARTS
        kind, phrase = "name", _Phrase(head + 1 + part)
    else:
        return None
    return _speaker(reading, start, head, kind, phrase)


def unknown(reading: Reading, start: int) -> Speaker | None:
    """Read a name that nobody has introduced («قال تيميز: …»): one to four words that are no others."""
    last = _end_of_name(reading, start)
    return _speaker(reading, start, start, "name", _Phrase(last)) if last > start else None


def _speaker(reading: Reading, start: int, head: int, kind: str, phrase: _Phrase) -> Speaker:
    first, last = phrase.name or (start, phrase.last)
    nouns = [c for c in reading.cues_in(head, phrase.last, HEADS) if c.sense.pos == "noun"]
    alone = phrase.last - (reading.norm(phrase.last - 1) in SAME) == head + 1 and is_definite(reading, head)
    itself = start == head or reading.norm(start) in SELF
    return Speaker(
        first=start,
        last=_after_apposition(reading, phrase.last),
        name=_written(reading, first, last),
        named=(first, last),
        kind=kind,
        lemmas=tuple(c.sense.lemma for c in nouns),
        bare=alone and itself and bool(nouns),
        state=_state(reading, start, phrase.last),
    )


def _written(reading: Reading, first: int, last: int) -> str:
    """Give words as they stand in the text, without stretching, quotation marks and the clitics of the first."""
    plain = "".join(" " * token.spaced + _repaired(reading, token) for token in reading.tokens[first:last])
    plain = _unquoted(" ".join(plain.replace("ـ", "").strip(" ،:").split()))
    clitics = next((m.proclitics for m in reading.mentions if m.first == first), None)
    if clitics is None:
        clitics = next((c.proclitics for c in reading.cues if c.first == first and c.cue in HEADS), ())
    if "ل" in clitics and "ال" in clitics:
        return "ال" + plain[plain.index("لل") + 2 :] if "لل" in plain else plain
    for mark in clitics:
        plain = plain.removeprefix(mark) if mark != "ال" else plain
    return plain


def _unquoted(text: str) -> str:
    """Take off quotation marks around a name, but not those of a name inside it («شركة "بايكار"»)."""
    marks = [i for i, char in enumerate(text) if char in QUOTES]
    around = marks[:1] == [0] and marks[-1:] == [len(text) - 1] and len(marks) == 2
    return text.strip(QUOTES + " ") if around or len(marks) == 1 else text


def _repaired(reading: Reading, token: Token) -> str:
    """Give a token as it stands in the file, or in normal form where its letters stand apart there."""
    raw = reading.raw[token.start : token.end]
    return raw if normal(raw) == token.norm else token.norm


def _state(reading: Reading, first: int, last: int) -> str:
    states = [m.actors[0] for m in reading.mentions if first <= m.first < last and m.actors and len(m.actors[0]) == 3]
    return states[-1] if states else ""


_SPEAKING_VIAS = frozenset({"person", "outlet", "name", "seat", "organization", "armed-group", "company"})


def _mention_at(reading: Reading, i: int) -> Mention | None:
    return next((m for m in reading.mentions if m.first == i and m.via in _SPEAKING_VIAS), None)


def _noun_at(reading: Reading, i: int) -> Cue | None:
    """Give the noun of a speaker at a token; «الجانبان» are the parties themselves, and «من جانبه» is nobody."""
    if reading.norm(i) in words("for-ones-part"):
        return None
    here = (c for c in reading.cues if c.first == i and c.cue in HEADS and c.sense.pos == "noun")
    return next((c for c in here if (c.sense.lemma, c.sense.number) != ("جانب", "du")), None)


def _kind(noun: Cue) -> str:
    for kind, lemmas in (("document", DOCUMENTS), ("outlet", MEDIA), ("body", BODIES)):
        if noun.sense.lemma in lemmas:
            return kind
    return "body" if noun.cue in ("legislature", "army", "troop-force") else "person"


def _of_mention(mention: Mention) -> tuple[str, _Phrase]:
    kind = mention.via if mention.via in ("person", "outlet") else "actor"
    return kind, _Phrase(mention.last, (mention.first, mention.last))


def is_definite(reading: Reading, i: int) -> bool:
    """Tell whether a word has the article, under other clitics or not."""
    return reading.norm(i).startswith(("ال", "وال", "لل", "بال", "ولل", "وبال", "فال"))


def _of_title(reading: Reading, head: int) -> _Phrase:
    """Read an office or a trade, and the name of its bearer: «وزير الدفاع اليوناني نيكوس دندياس»."""
    i = head
    noun = _noun_at(reading, head)
    singular = noun is None or noun.sense.number == "sg"
    while i < min(head + LONGEST, len(reading.tokens)):
        person = next((m for m in reading.mentions if m.first == i and m.via == "person"), None)
        if person:
            return _Phrase(person.last, (person.first, person.last))
        if i > head and _ends(reading, i):
            break
        if i > head and _closed(reading, i) and _may_be_name(reading, i):
            if singular and not _nisba(reading, i - 1):
                last = _end_of_name(reading, i)
                return _Phrase(last, (i, last))
            if is_definite(reading, i - 1):
                break
        i = _step(reading, i)
    return _apposed(reading, i) or _Phrase(i)


def _of_body(reading: Reading, head: int) -> _Phrase:
    """Read an authority or an institute: «القيادة العليا للقوات المسلحة», «حكومة بنما»."""
    i = head + 1
    while i < min(head + LONGEST, len(reading.tokens)) and not _ends(reading, i):
        if _closed(reading, i) and _may_be_name(reading, i):
            break
        i = _step(reading, i)
    return _Phrase(i)


def _of_outlet(reading: Reading, head: int) -> _Phrase:
    """Read «صحيفة «تا نيا» اليونانية», «وكالة كيودو», «صحيفة بريطانية»: the outlet's own name, where it has one."""
    named = next((m for m in reading.mentions if m.via == "outlet" and head <= m.first <= head + 3), None)
    if named and not any(reading.norm(k) in COMPLEMENTS for k in range(head, named.first)):
        last = named.last + (reading.norm(named.last) == '"')
        return _Phrase(_past_adjectives(reading, last), (named.first, named.last))
    if reading.norm(head + 1) in ('"', "("):
        close = next((k for k in range(head + 2, head + 8) if reading.norm(k) in ('"', ")")), 0)
        if close:
            return _Phrase(_past_adjectives(reading, close + 1), (head + 2, close))
    phrase = _of_body(reading, head)
    latin = [k for k in range(head + 1, phrase.last) if reading.tokens[k].kind == "latin"]
    return _Phrase(phrase.last, (latin[0], latin[-1] + 1)) if latin else phrase


def _of_document(reading: Reading, head: int) -> _Phrase:
    """Read a statement or a report, and whose it is: «بيان لوزارة الدفاع», «تقرير لموقع كذا»."""
    i = head + 1
    while reading.norm(i) in words("issued") or (_adjective_like(reading, i) and reading.norm(i) not in ENDS):
        i += 1
    begin = reading.norm(i)
    owned = begin == "عن" or begin.startswith("ل") or (i == head + 1 and not is_definite(reading, head))
    issuer = speaker(reading, i + (begin == "عن")) if owned else None
    if issuer and issuer.kind != "document":
        return _Phrase(issuer.last, issuer.named)
    named = next((k for k in range(head + 1, i) if reading.norm(k) in words("published")), i)
    return _Phrase(i, (head, named))


_READERS: Mapping[str, Callable[[Reading, int], _Phrase]] = {
    "person": _of_title,
    "body": _of_body,
    "outlet": _of_outlet,
    "document": _of_document,
}


def _step(reading: Reading, i: int) -> int:
    """Go over one token, a whole mention, or a name in quotation marks."""
    if reading.norm(i) == '"':
        return next((k + 1 for k in range(i + 1, min(i + 6, len(reading.tokens))) if reading.norm(k) == '"'), i + 1)
    return next((m.last for m in reading.mentions if m.first == i), i + 1)


def _closed(reading: Reading, i: int) -> bool:
    """Tell whether the noun phrase before token i is complete: its last word is definite, a name, or an adjective."""
    while reading.norm(i - 1) in RANKS and not is_definite(reading, i - 1):
        i -= 1
    if any(m.last == i and m.actors for m in reading.mentions) or reading.norm(i - 1) == '"':
        return True
    pronoun = any(c.last == i and c.sense.pronoun for c in reading.cues)
    before = reading.norm(i - 1)
    return is_definite(reading, i - 1) or pronoun or before in SAME or before.endswith(("ها", "هم", "باسمه"))


def _ends(reading: Reading, i: int) -> bool:
    """Tell whether a phrase ends before token i."""
    norm = reading.norm(i)
    if norm == '"':
        return _closed(reading, i)
    if reading.tokens[i].kind == "punct" or norm in ENDS:
        return not _goes_on_with(reading, i)
    if _clitic_begins(reading, i):
        return True
    if any(m.first <= i < m.last for m in reading.mentions):
        return False
    if norm in PREPOSITIONS or _is_time(reading, i):
        return not _goes_on_with(reading, i)
    if _is_verb(reading, i) or _after_nisba(reading, i) or _his_saying(reading, i):
        return True
    return _closed(reading, i) and (_is_object(reading, i) or norm in NO_NAME - RANKS)


def _his_saying(reading: Reading, i: int) -> bool:
    """Tell whether «قوله» and the like stand here: «نقلت عن مصادر | قولها إن»."""
    return any(c.first == i and c.cue == "say" and c.sense.pos == "masdar" and c.sense.pronoun for c in reading.cues)


def _after_nisba(reading: Reading, i: int) -> bool:
    """Tell whether a definite noun follows a definite adjective of origin, and begins what is said.

    «نفت الخارجية المصرية | الخبر», but not one more adjective: «الرئيس المصري الأسبق».
    """
    before = any(m.last == i and m.is_nisba and is_definite(reading, i - 1) for m in reading.mentions)
    norm = reading.norm(i)
    return before and norm.startswith("ال") and not norm.endswith(("ي", "يه")) and norm not in words("of-office")


def _is_time(reading: Reading, i: int) -> bool:
    return any(d.first <= i < d.last for d in reading.dated)


def _is_verb(reading: Reading, i: int) -> bool:
    here = [c for c in reading.cues if c.first == i]
    finite = any(c.sense.pos in FINITE and c.last == i + 1 for c in here)
    return finite and not any(c.cue in HEADS for c in here)


def _is_object(reading: Reading, i: int) -> bool:
    """Tell whether what is said begins here: «أعلنت الوزارة | توقيع اتفاق», «أعلن رئيسها | رغبتها».

    A second definite noun is no part of a phrase that is complete («جدد الوزير | التأكيد»): an adjective would be.
    """
    here = [c for c in reading.cues if c.first == i and c.cue not in HEADS]
    noun = any(c.sense.pos in ("noun", "masdar") and c.proclitics == ("ال",) for c in here)
    if noun and not reading.norm(i).endswith(("ي", "يه", "يون", "يين")):
        return True
    return any((c.sense.pos == "masdar" or c.sense.pronoun) and "ال" not in c.proclitics for c in here)


def _clitic_begins(reading: Reading, i: int) -> bool:
    """Tell whether a word with ب or ل leads out of the phrase: «بتجميد الاتفاق», «للصحفيين», «لرويترز»."""
    norm = reading.norm(i)
    if norm.startswith("ب") and len(norm) > 3 and norm != "باسم":
        rest = [c for c in reading.cues if c.first == i and "ب" in c.proclitics]
        body = any(c.cue in HEADS for c in rest) or norm.startswith("بال")
        return bool(rest or norm.startswith("بال")) and not (body and _noun_at(reading, i))
    if norm.startswith("ل"):
        outlet = any(m.first == i and m.via == "outlet" for m in reading.mentions)
        media = any(c.first == i and c.sense.lemma in MEDIA for c in reading.cues)
        return outlet or media or norm in words("listeners")
    return False


def _goes_on_with(reading: Reading, i: int) -> bool:
    """Tell whether a preposition belongs to the phrase: «مصدر في وزارة الدفاع», «مطلع على المفاوضات»."""
    norm = reading.norm(i)
    before = reading.norm(i - 1).removeprefix("ال")
    if norm in ("باسم", "لدي"):
        return True
    if before in words("speaker-open"):
        return norm in ("علي", "من", "عن")
    if norm not in ("في", "من"):
        return False
    noun = _noun_at(reading, i + 1)
    return bool(noun and _kind(noun) == "body") or any(
        m.first == i + 1 and m.via in ("seat", "name", "organization", "armed-group", "place", "outlet")
        for m in reading.mentions
    )


def _adjective_like(reading: Reading, i: int) -> bool:
    return any(m.first == i and m.is_nisba for m in reading.mentions) or reading.norm(i).endswith(("يه", "ي", "مشترك"))


def _past_adjectives(reading: Reading, i: int) -> int:
    while any(m.first == i and m.is_nisba for m in reading.mentions) or reading.norm(i) in words("said-of-media"):
        i += 1
    return i


def _may_be_name(reading: Reading, i: int) -> bool:
    """Tell whether a word can begin a personal name: no article, no other word that we know."""
    token = reading.tokens[i] if i < len(reading.tokens) else None
    if token is None or token.kind not in ("word", "latin") or len(token.norm) < 2:
        return False
    norm = token.norm
    if norm in NO_NAME or norm in ENDS or norm in PREPOSITIONS or norm in RANKS or is_definite(reading, i):
        return False
    raw = reading.raw[token.start : token.end]
    if raw.endswith(("ها", "هم", "ه", "ً", "ًا", "اً")) or _is_time(reading, i):
        return False
    if norm[0] in "بل" and (raw.endswith("ة") or norm[1:] in TRANSPARENT | BODY_WORDS):
        return False
    if any(m.first <= i < m.last for m in reading.mentions):
        return False
    return not any(c.first == i and c.last == i + 1 and not _rare(c) for c in reading.cues)


def _rare(cue: Cue) -> bool:
    """Tell whether a cue says little about a word: a verb form that a name may look like («يشار»)."""
    return cue.sense.pos in FINITE and not cue.proclitics and cue.cue == "say"


def _end_of_name(reading: Reading, first: int) -> int:
    """Give where a personal name ends that begins at a token."""
    i = first
    while i < min(first + LONGEST_NAME, len(reading.tokens)):
        family = reading.norm(i).startswith("ال") and not reading.norm(i).endswith(("ه", "ات"))
        inner = i > first and (family or reading.norm(i - 1) in NAME_PARTS)
        inner = inner and reading.norm(i) not in ENDS | NO_NAME and not _is_time(reading, i) and not _nisba(reading, i)
        if not (inner or _may_be_name(reading, i)) or reading.tokens[i].kind == "punct":
            break
        i += 1
    return i


def _nisba(reading: Reading, i: int) -> bool:
    """Tell whether a word is an adjective of origin without the article: «دبلوماسي مصري | رفيع المستوى»."""
    return any(m.first == i and m.is_nisba for m in reading.mentions) and not is_definite(reading, i)


def _apposed(reading: Reading, comma: int) -> _Phrase | None:
    """Read a name between commas after its title: «المتحدثة باسم الخارجية، ماريا زاخاروفا، بأن»."""
    if reading.norm(comma) != "،":
        return None
    i = comma + 1
    while reading.norm(i) in RANKS:
        i += 1
    person = next((m for m in reading.mentions if m.first == i and m.via == "person"), None)
    last = person.last if person else _end_of_name(reading, i)
    if last == i:
        last = _set_off(reading, i)
    if last > i and (reading.norm(last) in ("،", ")") or reading.norm(last) in COMPLEMENTS):
        return _Phrase(last, (i, last))
    return None


def _set_off(reading: Reading, i: int) -> int:
    """Give the end of two or three words between commas that can only be a name («، بات رايدر،»)."""
    last = next((k for k in range(i + 2, i + 4) if reading.norm(k) == "،"), i)
    plain = all(
        reading.tokens[k].kind == "word"
        and not is_definite(reading, k)
        and reading.norm(k) not in ENDS | NO_NAME
        and reading.norm(k) not in PREPOSITIONS
        and not _is_time(reading, k)
        and not _is_object(reading, k)
        and not any(m.first <= k < m.last for m in reading.mentions)
        for k in range(i, last)
    )
    return last if plain else i


def _after_apposition(reading: Reading, end: int) -> int:
    """Give where the sentence goes on after «، مدير الأبحاث في المركز،» or «، الذي طلب عدم نشر اسمه،»."""
    if reading.norm(end) != "،":
        return end
    for k in range(end + 2, min(end + APPOSITION, len(reading.tokens))):
        if reading.norm(k) == "،":
            return k + 1
    return end
