"""Who and what a sentence names: mentions, the groups that they form, and what governs a group."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import load
from kg.lexicon.cues import cues
from kg.lexicon.grammar import table, words
from kg.mentions import ACTOR_VIAS, GENITIVE, Group, Mention, find, groups
from kg.offsets import MappedText
from kg.text import Sentence, sentences


def one(text: str) -> Sentence:
    (sentence,) = sentences(MappedText.of(text))
    return sentence


def written(text: str, known: str = "") -> str:
    """Write the mentions of a text: `TUR:name`, `KOR+PRK:group-of-states`, `-:region` where no actor is meant."""
    found = find(one(text).tokens, frozenset(known.split()))
    return " ".join(f"{'+'.join(mention.actors) or '-'}:{mention.via}" for mention in found)


def group(text: str) -> str:
    """Write the groups of a text: `TUR+KAZ`, with `في:` for what governs them and `@اتفاق` for the noun described."""
    tokens = one(text).tokens
    return " ".join(
        f"{made.prep and made.prep + ':'}{'+'.join(made.actors)}{'@' + tokens[made.head].norm if made.is_nisba else ''}"
        for made in groups(tokens, find(tokens))
    )


def spans(text: str) -> list[str]:
    """Give the words of each group, from the first that belongs to it."""
    tokens = one(text).tokens
    found = groups(tokens, find(tokens))
    return [text[tokens[made.first].start : tokens[made.last - 1].end] for made in found]


MENTIONS = {
    # Names, with and without clitics.
    "وقعت تركيا وكازاخستان اتفاقية": "TUR:name KAZ:name",
    "بليبيا ولليبيا": "LBY:name LBY:name",
    "للعراق فالعراق وبالعراق": "IRQ:name IRQ:name IRQ:name",
    "كالسعودية": "SAU:name",
    "سوريا وسورية": "SYR:name SYR:name",
    "المملكة العربية السعودية": "SAU:name",
    "للمملكة العربية السعودية": "SAU:name",
    "الولايات المتحدة الأمريكية والمملكة المتحدة": "USA:name GBR:name",
    "جمهورية تركيا ودولة قطر ومملكة البحرين": "TUR:name QAT:name BHR:name",
    "القوات البحرية للجمهورية التركية": "TUR:name",
    "البوسنة والهرسك": "BIH:name",
    "السودان وجنوب السودان": "SDN:name SSD:name",
    "غينيا بيساو وغينيا الاستوائية وغينيا": "GNB:name GNQ:name GIN:name",
    "كوريا الجنوبية وكوريا الشمالية": "KOR:name PRK:name",
    "الكونغو الديمقراطية": "COD:name",
    "جمهورية الكونغو": "COG:name",
    "نيجيريا والنيجر": "NGA:name NER:name",
    "شمال قبرص التركية وقبرص": "TRNC:name CYP:name",
    "الاتحاد السوفيتي وألمانيا الشرقية": "SUN:name DDR:name",
    "الـيَـمَـنُ والصّينُ": "YEM:name CHN:name",
    "«تركيا» و«سوريا»": "TUR:name SYR:name",
    "USA ثم Russia": "USA:name RUS:name",
    # Seats.
    "أنقرة والكرملين والبيت الأبيض": "TUR:seat RUS:seat USA:seat",
    "البنتاغون وقصر الإليزيه": "USA:seat FRA:seat",
    "واشنطن ولندن وكانبرا": "USA:seat GBR:seat AUS:seat",
    "تل أبيب ورام الله": "ISR:seat PSE:seat",
    # Nisbas.
    "اتفاق تركي قطري": "TUR:nisba QAT:nisba",
    "بالطائرات الروسية": "RUS:nisba",
    "القاعدتان الأمريكيتان": "USA:nisba",
    "الجنود الفرنسيون": "FRA:nisba",
    "الأتراك والمصريون": "TUR:name EGY:name",
    "القوات السعودية والحكومة المغربية": "SAU:nisba MAR:nisba",
    "وقعت السعودية": "SAU:name",
    "وزير كوري جنوبي": "KOR:nisba",
    "الجيش الكوري الشمالي": "PRK:nisba",
    "القبارصة الأتراك": "TRNC:name",
    # Organizations, groups, companies, persons, lists of states.
    "حلف شمال الأطلسي والناتو وNATO": "NATO:organization NATO:organization NATO:organization",
    "منظمة معاهدة الأمن الجماعي": "CSTO:organization",
    "مجلس التعاون لدول الخليج العربية": "GCC:organization",
    "الاتحاد الأفريقي وجامعة الدول العربية": "AU:organization LAS:organization",
    "قوات سوريا الديمقراطية": "SDF:armed-group",
    "الجيش الوطني الليبي": "LNA:armed-group",
    "حركة الشباب وحزب الله": "al-shabaab:armed-group hezbollah:armed-group",
    "شركة بايكار ولوكهيد مارتن": "baykar:company lockheed-martin:company",
    "فلاديمير بوتين": "RUS:person",
    "الملك عبد الله الثاني": "JOR:person",
    "دول آسيا الوسطى": "KAZ+KGZ+TJK+TKM+UZB:group-of-states",
    "الكوريتان": "KOR+PRK:group-of-states",
    # Places, bases, instruments: mentions, but nobody who acts.
    "إسطنبول ثم هونغ كونغ": "TUR:place CHN:place",
    "قطاع غزة والضفة الغربية": "PSE:place PSE:place",
    "جنوب لبنان وشرق ليبيا": "LBN:place LBY:place",
    "قاعدة إنجرليك": "TUR:base",
    "القاعدة البحرية الروسية في طرطوس": "SYR:base",
    "معاهدة نيو ستارت": "RUS+USA:instrument",
    # Masks: a name inside a longer one that means something else.
    "بحر الصين الجنوبي": "-:region",
    "خليج عمان وخليج عدن": "-:region -:region",
    "نهر الأردن والبحر الأسود": "-:region -:region",
    "المحيطين الهندي والهادئ": "-:region",
    "البحرين الأحمر والأبيض": "-:region",
    "الحرب الإيرانية العراقية": "-:region",
    "اللغة التركية والليرة التركية": "-:region -:region",
    "المغرب العربي وصلاة المغرب": "-:region -:region",
    "قطر الدائرة": "-:region",
    "باريس سان جيرمان": "-:region",
    "وكالة الأنباء السعودية": "-:outlet",
    "قناة روسيا اليوم": "-:outlet",
    "صحيفة نيويورك تايمز الأمريكية": "-:outlet",
    "صحيفة الشرق الأوسط": "-:outlet",
    # Words that only look like names.
    "كيف لبنا رياض الأطفال": "",
    "إمارات عربية أخرى": "",
    "المنطقة الاقتصادية والدعم المالي": "",
    "سيروس وسيليبيا": "",
    "وزارة الدفاع": "",
}  # fmt: skip


@pytest.mark.parametrize("text", MENTIONS)
def test_mentions(text: str) -> None:
    assert written(text) == MENTIONS[text]


# A text, the actors that the document names elsewhere, and what an ambiguous name then is.
SUPPORTED = [
    ("زار وفد مالي العاصمة", "", ""),
    ("خروج مالي من المجموعة", "", ""),
    ("خروج مالي من المجموعة", "MLI", "MLI:name"),
    ("مالي وبوركينا فاسو", "", "MLI:name BFA:name"),
    ("النيجر ومالي", "", "NER:name MLI:name"),
    ("رئيس مالي", "", "MLI:name"),
    ("دعم مالي كبير", "MLI", ""),
    ("التحالف العربي", "", ""),
    ("في مالي", "", "MLI:name"),
    ("عمان", "", ""),
    ("عمان", "OMN", "OMN:name"),
    ("عمان", "JOR", "JOR:seat"),
    ("الأردن وعمان", "", "JOR:name OMN:name"),
    ("سلطنة عمان", "", "OMN:name"),
]


@pytest.mark.parametrize(("text", "known", "expected"), SUPPORTED)
def test_an_ambiguous_name_needs_support(text: str, known: str, expected: str) -> None:
    assert written(text, known) == expected


GROUPS = {
    # Coordination.
    "وقعت تركيا وكازاخستان اتفاقية": "TUR+KAZ",
    "فرنسا، ألمانيا، إيطاليا وإسبانيا": "FRA+DEU+ITA+ESP",
    "أذربيجان - تركيا": "AZE+TUR",
    "تركيا/ليبيا": "TUR+LBY",
    "(تركيا) وسوريا": "TUR+SYR",
    "«تركيا» و«سوريا»": "TUR+SYR",
    "روسيا وحلف الناتو": "RUS+NATO",
    "تركيا وتركيا وسوريا": "TUR+SYR",
    "كل من قطر والكويت": "QAT+KWT",
    "فرنسا وألمانيا، وكذلك إيطاليا": "FRA+DEU+ITA",
    "بين مصر من جهة، وقطر من جهة أخرى": "بين:EGY+QAT",
    "تركيا ثم سوريا": "TUR SYR",
    "وقعت تركيا مع سوريا": "TUR مع:SYR",
    "التركية ـ المصرية": "TUR+EGY",
    # Offices and bodies in between.
    "وزير دفاع ألبانيا": "ALB",
    "وزيرا دفاع تركيا وأذربيجان": "TUR+AZE",
    "وزارتا الدفاع في العراق وتركيا": "IRQ+TUR",
    "رئيس تركيا ورئيس العراق": "TUR+IRQ",
    "حكومتا العراق وتركيا": "IRQ+TUR",
    "القوات البحرية للجمهورية التركية": "TUR",
    "القوات المسلحة للمملكة المغربية": "MAR",
    "الرئيس التركي رجب طيب أردوغان ونظيره العراقي": "TUR+IRQ",
    "أردوغان ونظيره الإيراني مسعود بزشكيان": "TUR+IRN",
    "وزيرا الخارجية المصري سامح شكري والتركي هاكان فيدان": "EGY+TUR",
    "فلاديمير بوتين والرئيس الأمريكي دونالد ترامب": "RUS+USA",
    "التقى الوزير المصري نظيره السوداني": "EGY SDN",
    "شركة «بايكار» وليبيا": "baykar+LBY",
    # What governs a group: a word, a clitic, through offices and «كل من».
    "اتفاق بين روسيا والصين والهند": "بين:RUS+CHN+IND",
    "اتفاق بين كل من روسيا وإيران وسوريا": "بين:RUS+IRN+SYR",
    "بين حكومتي العراق وتركيا": "بين:IRQ+TUR",
    "بين وزير الدفاع المصري ونظيره السوداني": "بين:EGY+SDN",
    "مع كل من فرنسا وألمانيا": "مع:FRA+DEU",
    "مع وزير خارجية مصر": "مع:EGY",
    "مع نظيره السوداني": "مع:SDN",
    "للعراق وسوريا": "ل:IRQ+SYR",
    "لوزارة الدفاع العراقية": "ل:IRQ",
    "وللقوات التركية": "ل:TUR",
    "بليبيا": "ب:LBY",
    "ضد إسرائيل": "ضد:ISR",
    "من إيران إلى روسيا عبر تركيا": "من:IRN الى:RUS عبر:TUR",
    "باتجاه سوريا": "نحو:SYR",
    "لصالح مصر": "ل:EGY",
    "بقيادة السعودية": "بقيادة:SAU",
    "بوساطة قطر ومصر": "رعاية:QAT+EGY",
    "بمشاركة مصر والأردن": "بمشاركة:EGY+JOR",
    "لمواجهة الصين": "ضد:CHN",
    "باستثناء المجر": "سوى:HUN",
    "داخل العراق": "في:IRQ",
    "على غرار الناتو": "مثل:NATO",
    # Genitives: what is somebody's is no subject.
    "زيارة أنقرة": "gen:TUR",
    "توقيع تركيا اتفاقية": "gen:TUR",
    "مفاوضات تركيا والعراق": "gen:TUR+IRQ",
    "حلفاء أوكرانيا": "gen:UKR",
    "استقلال كوسوفو": "gen:XKX",
    "حدود إيران": "gen:IRN",
    "سيادة أوكرانيا": "gen:UKR",
    "سقوط نظام الأسد": "gen:SYR",
    "ستوقع تركيا": "TUR",
    "اختار العراق": "IRQ",
    "قال لبنان": "LBN",
    "انسحاب القوات من عضوية الناتو": "gen:NATO",
    "أعلنت أنقرة": "TUR",
    # Adjectives: on a thing, or on a body that acts.
    "اتفاق تركي قطري": "TUR+QAT@اتفاق",
    "القاعدتان الأمريكيتان": "USA@القاعدتان",
    "المناورات المصرية السعودية": "EGY+SAU@المناورات",
    "القاعدة البحرية الجديدة الروسية": "RUS@القاعده",
    "القوات الفرنسية والبريطانية": "FRA+GBR",
    "الجيش التركي": "TUR",
    "القيادتان العراقية والتركية": "IRQ+TUR",
    "الجنود الفرنسيون": "FRA@الجنود",
    "القاعدة البحرية الروسية": "RUS@القاعده",
    "المناورات البحرية التركية": "TUR@المناورات",
    "قاعدة «طرطوس» البحرية الروسية": "RUS@قاعده",
    "القوات البحرية الروسية": "RUS",
    "البحرية الروسية": "RUS",
    "شركة «بايكار» التركية": "baykar TUR@شركه",
    # Masks, places and instruments form no groups.
    "في بحر الصين الجنوبي": "",
    "إسطنبول وطرطوس": "",
    "قناة روسيا اليوم وتركيا": "TUR",
    "معاهدة نيو ستارت": "",
}  # fmt: skip


@pytest.mark.parametrize("text", GROUPS)
def test_groups(text: str) -> None:
    assert group(text) == GROUPS[text]


SPANS = {
    "وقّع وزيرا دفاع تركيا وأذربيجان الاتفاق": ["وزيرا دفاع تركيا وأذربيجان"],
    "اتفاق بين كل من روسيا وإيران": ["كل من روسيا وإيران"],
    "القوات البحرية للجمهورية التركية هناك": ["القوات البحرية للجمهورية التركية"],
    "للقوات التركية": ["للقوات التركية"],
    "أعلنت حكومتا العراق وتركيا وسوريا": ["حكومتا العراق وتركيا وسوريا"],
    "قال الرئيس التركي أردوغان": ["الرئيس التركي أردوغان"],
    "القاعدة الجوية الجديدة الروسية": ["الروسية"],
}


@pytest.mark.parametrize("text", SPANS)
def test_a_group_spans_the_words_that_belong_to_it(text: str) -> None:
    assert spans(text) == SPANS[text]


def test_a_mention_knows_its_row_and_its_grammar() -> None:
    (mention,) = find(one("وللروسيين").tokens)
    assert mention == Mention(0, 1, ("RUS",), "name", "RUS", ("و", "ل", "ال"), "pl", "m")
    assert not mention.is_nisba
    assert find(one("الجنود الروسيين").tokens)[0].is_nisba
    (person,) = find(one("وفلاديمير بوتين").tokens)
    assert (person.first, person.last, person.target) == (0, 2, "vladimir-putin")
    assert not person.is_nisba


def test_a_sentence_without_tokens_names_nobody() -> None:
    assert find(()) == ()
    assert groups((), ()) == ()


NAMES = sorted(load().surfaces())
NAMES = NAMES[:: len(NAMES) // 300]
OTHERS = [*sorted(words("transparent"))[::4], *sorted(table("prepositions"))[::2], *sorted(cues().words)[::2000]]
PARTS = st.sampled_from(NAMES) | st.sampled_from(OTHERS) | st.text(max_size=5)
MARKS = st.sampled_from([" ", " ", " ", " و", " ال", " وال", " لل", " ب", "، ", " - ", "/", " «", "» ", ". ", "\n"])
TEXTS = st.lists(st.tuples(PARTS, MARKS), max_size=20).map(lambda pairs: "".join(part + mark for part, mark in pairs))
KNOWN = st.sampled_from([frozenset[str](), frozenset({"MLI", "OMN"}), frozenset(load().actors)])


@settings(deadline=None)
@given(TEXTS, KNOWN)
def test_mentions_stand_in_order_within_the_sentence(text: str, known: frozenset[str]) -> None:
    for sentence in sentences(MappedText.of(text)):
        found = find(sentence.tokens, known)
        assert all(0 <= mention.first < mention.last <= len(sentence.tokens) for mention in found)
        assert all(before.last <= after.first for before, after in pairwise(found))
        assert all(actor in load().actors for mention in found for actor in mention.actors)
        assert found == find(sentence.tokens, known)


@settings(deadline=None)
@given(TEXTS, KNOWN)
def test_groups_hold_their_mentions(text: str, known: frozenset[str]) -> None:
    for sentence in sentences(MappedText.of(text)):
        found = find(sentence.tokens, known)
        made = groups(sentence.tokens, found)
        acting = [mention for mention in found if mention.via in ACTOR_VIAS and mention.actors]
        assert [mention for each in made for mention in each.mentions] == acting
        assert [problem for each in made if (problem := wrong(each, len(sentence.tokens)))] == []


def wrong(each: Group, length: int) -> str:
    """Tell what is wrong with a group, «» for nothing."""
    if not (0 <= each.first <= each.mentions[0].first and each.last == each.mentions[-1].last <= length):
        return f"{each}: its span does not hold its mentions"
    if each.actors != tuple(dict.fromkeys(actor for mention in each.mentions for actor in mention.actors)):
        return f"{each}: its actors are not those of its mentions"
    if each.prep not in {"", GENITIVE, "ل", "ب", "ك", *table("prepositions").values()}:
        return f"{each}: its preposition is none"
    if each.is_nisba and not (each.head < each.first and each.mentions[0].is_nisba and not each.prep):
        return f"{each}: it describes a noun, yet is not an adjective after it"
    return ""
