"""Inflection, held to camel-tools: its ALMOR engine analyses and generates with a small database of our lemmas.

The database is made from the tables below and knows nothing of `kg.lexicon.forms`: each stem says which endings may
follow it. Left out of it, as nothing in the news that is read here needs them: verbs of the second person, of the
first person singular and of the feminine plural, and the pronouns of these.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from kg.claims.reading import Reading
from kg.lexicon.cues import Cue, Noun, Verb, cues, rows
from kg.lexicon.forms import Form, noun_forms, participle_forms, verb_forms
from kg.offsets import MappedText
from kg.text import normal, sentences

PRONOUNS = ("ه", "ها", "هما", "هم", "نا")
# What may follow a stem, by slot; «+» stands for the pronouns.
ENDINGS = {
    # Perfect: he; she; they, masculine; the two, masculine and feminine; we.
    "he": [""], "he+": ["+"], "she": ["ت", "ت+"], "they": ["وا", "و+"], "two": ["ا", "ا+"], "twain": ["تا", "تا+"],
    "we": ["نا", "نا+"],
    # Imperfect: one, or we; the two (after a stem with its آ too); they.
    "one": [""], "one+": ["+"], "both": ["ان", "ا", "ان+", "ا+"], "آ": ["ن", "", "ن+", "+"],
    "all": ["ون", "وا", "ون+", "و+"],
    # Nouns: the bare word, its accusative, with a pronoun; ة and the duals; the sound plurals.
    "bare": [""], "acc": ["ا"], "own": ["+"], "ة": ["ة", "ت+", "تان", "تين", "تا", "تي", "تا+", "تي+"],
    "dual": ["ان", "ين", "ا", "ي", "ا+", "ي+"], "ات": ["ات", "ات+"], "ون": ["ون", "ين", "و", "ي", "و+", "ي+"],
    "adj": ["", "ا", "ة", "ان", "ين", "تان", "تين", "ون", "ات", "ي", "تا", "تي", "و"],
}  # fmt: skip
# The prefixes of each group of stems, and the slots that a prefix allows where it does not allow all.
PREFIXES = {"perfect": [""], "imperfect": ["ي", "ت", "ن"], "noun": [""]}
ONLY = {"ن": {"one", "one+"}}
SOUND = "he he+ she they two twain we"
BOTH = "one one+ both all"
# Verbs by their two stems; those with «intransitive» take no pronoun. A stem stands before the slots that it has.
VERBS = {
    "وقع يوقع": [f"perfect وقع {SOUND}", f"imperfect وقع {BOTH}"],
    "انسحب ينسحب intransitive": [f"perfect انسحب {SOUND}", f"imperfect نسحب {BOTH}"],
    "استخدم يستخدم": [f"perfect استخدم {SOUND}", f"imperfect ستخدم {BOTH}"],
    "أكد يؤكد": [f"perfect أكد {SOUND}", f"imperfect ؤكد {BOTH}"],
    "وصل يصل intransitive": [f"perfect وصل {SOUND}", f"imperfect صل {BOTH}"],
    "أنشأ ينشئ": ["perfect أنشأ he he+ she they twain we", "perfect أنشؤ they", "perfect أنشآ he he+",
                  f"imperfect نشئ {BOTH}"],
    "بدأ يبدأ": ["perfect بدأ he he+ she they twain we", "perfect بدؤ they", "perfect بدآ he he+",
                 "imperfect بدأ one one+ all", "imperfect بدؤ all", "imperfect بدآ آ"],
    "ضم يضم": ["perfect ضم he he+ she they two twain", "perfect ضمم we", f"imperfect ضم {BOTH}",
                "imperfect ضمم one one+"],
    "انضم ينضم intransitive": ["perfect انضم he she they two twain", "perfect انضمم we", f"imperfect نضم {BOTH}",
                               "imperfect نضمم one"],
    "باع يبيع": ["perfect باع he he+ she they two twain", "perfect بع we", f"imperfect بيع {BOTH}",
                 "imperfect بع one one+"],
    "أقام يقيم": ["perfect أقام he he+ she they two twain", "perfect أقم we", f"imperfect قيم {BOTH}",
                  "imperfect قم one one+"],
    "نفى ينفي": ["perfect نفى he", "perfect نفا he+", "perfect نف she they twain", "perfect نفي two we",
                 "imperfect نفي one one+ both", "imperfect نف one one+ all"],
    "ألغى يلغي": ["perfect ألغى he", "perfect ألغا he+", "perfect ألغ she they twain", "perfect ألغي two we",
                  "imperfect لغي one one+ both", "imperfect لغ one one+ all"],
    "تولى يتولى": ["perfect تولى he", "perfect تولا he+", "perfect تول she they twain", "perfect تولي two we",
                   "imperfect تولى one", "imperfect تولا one+", "imperfect تولي both", "imperfect تول one one+ all"],
    "دعا يدعو": ["perfect دعا he he+", "perfect دع she they twain", "perfect دعو two we",
                 "imperfect دعو one one+ both", "imperfect دع one one+ all"],
}  # fmt: skip
# Nouns by their singular and plurals.
NOUNS = {
    "اتفاقية اتفاقيات": ["noun اتفاقي ة ات"],
    "معاهدة معاهدات": ["noun معاهد ة ات"],
    "قاعدة قواعد": ["noun قاعد ة", "noun قواعد bare own"],
    "منشأة منشآت": ["noun منشأ ة", "noun منشآت bare own"],
    "قوة قوات قوى": ["noun قو ة ات", "noun قوى bare", "noun قوا own"],
    "اتفاق اتفاقات": ["noun اتفاق bare acc own dual ات"],
    "حليف حلفاء": ["noun حليف bare acc own dual", "noun حلفاء bare own", "noun حلفاؤ own", "noun حلفائ own"],
    "ميناء موانئ": ["noun ميناء bare own dual", "noun ميناؤ own", "noun مينائ own", "noun موانئ bare own"],
    "عضو أعضاء": ["noun عضو bare acc own dual", "noun أعضاء bare own", "noun أعضاؤ own", "noun أعضائ own"],
    "مسؤول مسؤولون مسؤولين": ["noun مسؤول bare acc own dual ون"],
    "توقيع": ["noun توقيع bare acc own"],
    "إنشاء": ["noun إنشاء bare own", "noun إنشاؤ own", "noun إنشائ own"],
    "تولي": ["noun تولي bare acc own"],
}
PARTICIPLES = {"موقع": ["noun موقع adj"], "منتشر": ["noun منتشر adj"]}

ORACLE = """
import json, sys
from camel_tools.morphology.analyzer import Analyzer
from camel_tools.morphology.database import MorphologyDB
from camel_tools.morphology.generator import Generator

asked = json.load(sys.stdin)
analyzer = Analyzer(MorphologyDB.builtin_db(flags="a"))
generator = Generator(MorphologyDB.builtin_db(flags="g"))
read = {word: sorted({a["lex"] for a in analyzer.analyze(word)}) for word in asked["words"]}
made = {
    lemma: sorted({a["diac"] for enc in asked["enc"] for a in generator.generate(lemma, {"pos": "verb", "enc0": enc})})
    for lemma in asked["lemmas"]
}
json.dump({"read": read, "made": made}, sys.stdout)
"""


class Lemma(NamedTuple):
    """A lemma: its name in the database, its stems there, whether it takes pronouns, and the forms that we give it."""

    name: str
    stems: list[str]
    pronouns: bool
    ours: frozenset[str]

    def slots(self) -> Iterator[tuple[str, str, str]]:
        """Give each stem with each of its slots."""
        for line in self.stems:
            group, stem, *slots = line.split()
            yield from ((group, stem, slot) for slot in slots)

    def category(self, group: str, slot: str) -> str:
        """Name what a stem is in the database: by its group, its slot, and whether pronouns may follow."""
        return f"{group}.{slot}" if self.pronouns else f"{group}.{slot}.alone"


def lemmas() -> Iterator[Lemma]:
    for words, stems in VERBS.items():
        perfect, imperfect, *rest = words.split()
        yield lemma(f"{perfect}/verb", stems, not rest, verb_forms(perfect, imperfect))
    for words, stems in NOUNS.items():
        singular, *plurals = words.split()
        yield lemma(f"{singular}/noun", stems, True, noun_forms(singular, tuple(plurals)))
    for word, stems in PARTICIPLES.items():
        yield lemma(f"{word}/participle", stems, False, participle_forms(word))


def lemma(name: str, stems: list[str], pronouns: bool, forms: Iterator[Form]) -> Lemma:
    return Lemma(name, stems, pronouns, frozenset(f.text for f in forms if pronouns or not f.pronoun))


def database() -> str:
    """Write the tables in ALMOR's format; a stem has one line, and so one category, for each of its slots."""
    prefixes = [f"{normal(p)}\t{group}{p}\tdiac:{p}" for group, found in PREFIXES.items() for p in found]
    suffixes = [f"{normal(end + pro)}\t{slot}{'+' * bool(pro)}\tdiac:{end}{pro} enc0:{pro or 0}"
                for slot, endings in ENDINGS.items() for end, pro in spelled(endings)]  # fmt: skip
    stems = [f"{normal(stem)}\t{known.category(group, slot)}\tdiac:{stem} lex:{known.name} pos:verb enc0:0"
             for known in lemmas() for group, stem, slot in known.slots()]  # fmt: skip
    parts = {
        "DEFINES": ["DEFINE pos pos:verb", "DEFINE diac diac:*open*", "DEFINE lex lex:*open*",
                    "DEFINE enc0 " + " ".join(f"enc0:{pro}" for pro in ("0", *PRONOUNS))],
        "DEFAULTS": ["DEFAULT pos:verb diac:- lex:- enc0:0"],
        "ORDER": ["ORDER diac lex pos enc0"],
        "TOKENIZATIONS": [], "STEMBACKOFF": [],
        "PREFIXES": prefixes, "SUFFIXES": suffixes, "STEMS": stems,
        **tables(),
    }  # fmt: skip
    return "".join(f"###{name}###\n" + "".join(f"{line}\n" for line in lines) for name, lines in parts.items())


def tables() -> dict[str, list[str]]:
    """Say which categories stand together: prefix and stem, stem and suffix, prefix and suffix."""
    before, after, around = set(), set(), set()
    for known in lemmas():
        for group, _, slot in known.slots():
            stem = known.category(group, slot)
            suffixes = (slot, slot + "+") if known.pronouns else (slot,)
            prefixes = [p for p in PREFIXES[group] if slot in ONLY.get(p, {slot})]
            before |= {f"{group}{prefix} {stem}" for prefix in prefixes}
            after |= {f"{stem} {suffix}" for suffix in suffixes}
            around |= {f"{group}{prefix} {suffix}" for prefix in prefixes for suffix in suffixes}
    return {"TABLE AB": sorted(before), "TABLE BC": sorted(after), "TABLE AC": sorted(around)}


def spelled(endings: list[str]) -> Iterator[tuple[str, str]]:
    """Give endings with their pronouns; «we» is never followed by «us»."""
    for ending in endings:
        for pronoun in PRONOUNS if ending.endswith("+") else ("",):
            if (ending, pronoun) != ("نا+", "نا"):
                yield ending.removesuffix("+"), pronoun


class Verdict(NamedTuple):
    """What ALMOR says: the lemmas that it reads in each of our forms, and the forms that it makes of each lemma."""

    read: dict[str, list[str]]
    made: dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def almor(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """Run ALMOR on the database, in a process of its own that finds it instead of looking for one elsewhere."""
    home = tmp_path_factory.mktemp("camel")
    folder = home / "data" / "morphology_db" / "own"
    folder.mkdir(parents=True)
    (folder / "morphology.db").write_text(database(), encoding="utf-8")
    own = {"default": "own", "datasets": {"own": {"path": "morphology_db/own"}}}
    catalogue = {"version": "1.6", "packages": {}, "components": {"MorphologyDB": own, "DisambigMLE": own}}
    (home / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    asked = {
        "words": sorted({word for known in lemmas() for word in known.ours}),
        "lemmas": [known.name for known in lemmas()],
        "enc": ["0", *PRONOUNS],
    }
    environment = os.environ | {"CAMELTOOLS_DATA": str(home), "HOME": str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", ORACLE]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return Verdict(answer["read"], {name: frozenset(map(normal, found)) for name, found in answer["made"].items()})


# Forms that we give and ALMOR does not know, with the reason why they may stay.
TOO_MANY = {
    "a doubled verb cannot be told by its letters («انضممنا» is right)": "انضمنا ضمناه ضمناها ضمناهما ضمناهم",
    "a broken plural that takes no nunation": "قواعدا موانئا",
    "a masdar that has no dual": "توقيعان توقيعين انشاءان انشاءين توليان توليين",
}
# Forms that ALMOR gives and we do not, by patterns in which P is a pronoun, with the reason.
TOO_FEW = {
    "a doubled verb cannot be told by its letters": "[يتن]ن?ضممP? (ان)?ضممناP?",
    "a hollow verb after لم: «يقم», «تبع», «ترد» are other words": "[يتن](قم|بع)P?",
    "a defective verb after لم with a pronoun: «تدعه», «ينوه» are other words": "[يتن](نف|لغ|تول|دع)P",
    "a dual that is written as a nisba is («اتفاقي», «اتفاقية»), or as good as never": (
        "(اتفاق|حليف|ميناء|عضو)ي (اتفاق|حليف|ميناء|عضو|مسؤول)[اي]P ميناءا"
    ),
    "a participle that governs a noun is written as other words are («موقعي»)": "(موقع|منتشر)(تا|تي|و|ي)",
}


def fits(word: str, patterns: str) -> bool:
    pronoun = f"({'|'.join(PRONOUNS)})"
    return any(re.fullmatch(pattern.replace("P", pronoun), word) for pattern in patterns.split())


def test_what_we_inflect_is_of_that_lemma_for_almor(almor: Verdict) -> None:
    unknown = {word for known in lemmas() for word in known.ours if known.name not in almor.read[word]}
    assert unknown == {word for words in TOO_MANY.values() for word in words.split()}


def test_what_almor_makes_is_among_our_forms(almor: Verdict) -> None:
    missing = {word for known in lemmas() for word in almor.made[known.name] - known.ours}
    assert {word for word in missing if not any(fits(word, patterns) for patterns in TOO_FEW.values())} == set()
    for reason, patterns in TOO_FEW.items():
        assert any(fits(word, patterns) for word in missing), f"nothing is missing any more because of {reason}"


def test_almor_makes_forms_of_every_lemma(almor: Verdict) -> None:
    assert min(len(found) for found in almor.made.values()) >= 7
    assert len(almor.made) == len(VERBS) + len(NOUNS) + len(PARTICIPLES)
    assert sum(len(found) for found in almor.made.values()) > 1500


def test_the_lemmas_are_rows_of_the_cue_files() -> None:
    verbs = {(row.perfect, row.imperfect) for row in rows("cues_verbs.toml", "verb", Verb)}
    verbs |= {(row.perfect, row.imperfect) for row in rows("cues_speech.toml", "speech", Verb)}
    nouns = {row.lemma for row in rows("cues_nouns.toml", "noun", Noun)}
    masdars = {masdar for row in rows("cues_verbs.toml", "verb", Verb) for masdar in row.masdar}
    assert {tuple(words.split()[:2]) for words in VERBS} <= verbs
    assert {words.split()[0] for words in NOUNS} <= nouns | masdars


# A sentence, a word in it, the class that the word must be found with, its number and its pronoun.
FOUND = [
    "ستوقّعانها الشهر المقبل | ستوقّعانها | sign du ها",
    "وقّعوا الاتفاق أمس | وقّعوا | sign pl",
    "وقّعاها في باريس | وقّعاها | sign du ها",
    "سيوقعونه غدا | سيوقعونه | sign pl ه",
    "لن توقّعه الحكومة | توقّعه | sign sg ه",
    "وكنا وقعناها أمس | وقعناها | sign pl ها",
    "أبرماه عام 1999 | أبرماه | sign du ه",
    "أبرموها سرا | أبرموها | sign pl ها",
    "انسحبتا من الحلف | انسحبتا | withdraw du",
    "وسينسحبون قريبا | وسينسحبون | withdraw pl",
    "فستنضمّان إليه | فستنضمّان | join du",
    "الدولتان المنضمتان حديثا | المنضمتان | join du",
    "ونفاه الناطق | ونفاه | deny sg ه",
    "نفتا ذلك | نفتا | deny du",
    "لم ينفِ الخبر أحد | ينفِ | deny sg",
    "ألغاها البرلمان | ألغاها | cancel sg ها",
    "ألغوا المعاهدة | ألغوا | cancel pl",
    "لم تلغ المعاهدة | تلغ | cancel sg",
    "أنشؤوا قاعدة | أنشؤوا | build pl",
    "أنشأوا قاعدة | أنشأوا | build pl",
    "سينشئونها هناك | سينشئونها | build pl ها",
    "بعد إنشائهما هناك | إنشائهما | build sg هما",
    "أقمنا قاعدة | أقمنا | build pl",
    "تبدآن المناورات | تبدآن | launch du",
    "يتولاها الجيش | يتولاها | perform sg ها",
    "ستتوليانها معا | ستتوليانها | perform du ها",
    "يدعوان إلى حلف | يدعوان | propose du",
    "دعتاها إلى الحلف | دعتاها | propose du ها",
    "يستضيفانها منذ عام | يستضيفانها | host du ها",
    "تسلّمتاها أمس | تسلّمتاها | receive du ها",
    "واشتروها من باريس | واشتروها | buy pl ها",
    "جمّدتا مشاركتهما | جمّدتا | suspend du",
    "ستصادقان عليها | ستصادقان | ratify du",
    "اختتماها أمس | اختتماها | close du ها",
    "رفضتاه معا | رفضتاه | reject du ه",
    "أكّدوا ذلك | أكّدوا | say pl",
    "تحتفظ بقاعدتيها في البلاد | بقاعدتيها | base du ها",
    "وبقواعدهم هناك | وبقواعدهم | base pl هم",
    "معاهدتاهما نافذتان | معاهدتاهما | treaty du هما",
    "نص معاهدتيهما | معاهدتيهما | treaty du هما",
    "وباتفاقياتهم الدفاعية | وباتفاقياتهم | treaty pl هم",
    "وللاتفاقيتين أثر | وللاتفاقيتين | treaty du",
    "كاتفاقنا السابق | كاتفاقنا | treaty sg نا",
    "وضعت قوتها هناك | قوتها | troop-force sg ها",
    "نشرت قوّتين هناك | قوّتين | troop-force du",
    "مع حلفائها | حلفائها | ally-noun pl ها",
    "وحلفاؤهم هناك | وحلفاؤهم | ally-noun pl هم",
    "لموانئهم أهمية | لموانئهم | port pl هم",
    "قال مسؤولو الحلف | مسؤولو | source pl",
    "بحسب مسؤوليها | مسؤوليها | source pl ها",
    "علّقتا عضويتيهما | عضويتيهما | membership du هما",
]  # fmt: skip
# A sentence, a word in it, and a class that the word must not be found with; «any» for all of them.
NOT_FOUND = [
    "رحلة جوية إلى باريس | رحلة | withdraw",
    "نظر إليه الوزير | إليه | any",
    "وصل إليها الوفد | إليها | any",
    "مذكرة تفاهم عسكرية | مذكرة | say",
    "علاقات قوية بين البلدين | قوية | any",
    "عقدة لوجستية | عقدة | any",
    "طلبة الكلية العسكرية | طلبة | any",
    "نشرة الأخبار | نشرة | any",
    "خرجت المظاهرة إلى الشارع | خرجت | withdraw",
    "أحرز تقدما كبيرا | تقدما | any",
    "فاز في كرة القدم | القدم | any",
    "عدة دول عربية | عدة | any",
    "وقع حلم قديم | حلم | any",
    "مدينة ساحلية | مدينة | any",
    "الواقعة شرق البلاد | الواقعة | any",
    "مواقع عسكرية | مواقع | any",
    "اتفاقي وثيق | اتفاقي | any",
    "في الجامعة العربية | الجامعة | any",
    "شركات تركية | شركات | any",
    "الأتراك والعرب | الأتراك | withdraw",
    "لقّنه درسًا قاسيا | درسًا | any",
    "الوزراء الجدد | الجدد | renew",
    "نصف القوات | نصف | say",
    "من أجل السلام | أجل | postpone",
    "بنية تحتية | بنية | intention",
    "عقد من الزمن | عقد | contract",
    "نظام ضمان اجتماعي | ضمان | include",
]


def cues_of(text: str) -> list[tuple[str, Cue]]:
    """Give the cues of a sentence as the frames see them, each with its words."""
    (sentence,) = sentences(MappedText.of(text))
    reading = Reading(sentence, text, (), (), tuple(cues().find(sentence.tokens)))
    return [(reading.words(cue.first, cue.last), cue) for cue in reading.cues]


@pytest.mark.parametrize("case", FOUND)
def test_an_inflected_word_is_found_in_its_sentence(case: str) -> None:
    text, word, expected = case.split(" | ")
    found = {f"{cue.cue} {cue.sense.number} {cue.sense.pronoun}".strip() for at, cue in cues_of(text) if at == word}
    assert expected in found


def unfit(case: str) -> set[str]:
    text, word, classes = case.split(" | ")
    assert word in text.split()
    return {cue.cue for at, cue in cues_of(text) if at == word and classes in ("any", cue.cue)}


@pytest.mark.parametrize("case", NOT_FOUND)
def test_a_word_that_looks_alike_is_not_found(case: str) -> None:
    assert unfit(case) == set()
