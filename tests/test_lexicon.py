"""The gazetteer: its files, the forms that it is found by, and what they must and must not find."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pycountry
import pytest

from kg.errors import LexiconError
from kg.lexicon import Lexicon, Row, StateRow, Surface, dangling, load, normal_key, read
from kg.lexicon.nisba import forms
from kg.text import splits

STATE = """
[[state]]
id = "TUR"
ar = "تركيا"
en = "Türkiye"
source = "test"
lat = 39.9
lon = 32.9
region = "western-asia"
nisba = ["تركي"]
seats = ["أنقرة"]
"""
PLACE = '[[place]]\nid = "izmir"\nar = "إزمير"\nen = "Izmir"\nsource = "test"\n'


class Found(NamedTuple):
    """A match of the test's matcher: its key and the senses that the form can have there."""

    key: str
    senses: tuple[Surface, ...]

    @property
    def sure(self) -> tuple[Surface, ...]:
        """Give the senses that need no support; a mask leaves none but masks."""
        sure = tuple(sense for sense in self.senses if not sense.ambiguous)
        return tuple(sense for sense in sure if sense.via in ("region", "outlet")) or sure


@cache
def longest_key() -> int:
    return max(key.count(" ") + 1 for key in load().surfaces())


def found(text: str) -> Iterator[Found]:
    """Match longest first, left to right, with all ways to take proclitics off the first word."""
    tokens = normal_key(text).split(" ")
    at = 0
    while at < len(tokens):
        match = next((m for n in range(longest_key(), 0, -1) if (m := match_at(tokens, at, n))), None)
        if match:
            yield match
        at += match.key.count(" ") + 1 if match else 1


def match_at(tokens: list[str], at: int, length: int) -> Found | None:
    if at + length > len(tokens):
        return None
    for split in splits(tokens[at]):
        if "س" in split.proclitics:
            continue
        article = "ال" in split.proclitics
        for first, bare in (("ال" + split.stem, False), (split.stem, True)) if article else ((split.stem, False),):
            key = " ".join([first, *tokens[at + 1 : at + length]])
            senses = load().surfaces().get(key, ())
            if bare:
                senses = tuple(sense for sense in senses if sense.via in ("nisba", "person", "company"))
            if senses:
                return Found(key, senses)
    return None


def rows() -> Iterator[tuple[str, Row]]:
    lexicon = load()
    tables: dict[str, Mapping[str, Row]] = {
        "actor": lexicon.actors,
        "place": lexicon.places,
        "region": lexicon.regions,
        "person": lexicon.persons,
        "instrument": lexicon.instruments,
        "base": lexicon.bases,
        "outlet": lexicon.outlets,
    }
    for table, by_id in tables.items():
        yield from ((table, row) for row in by_id.values())


def table_of(sense: Surface) -> str:
    own = {"place", "person", "instrument", "base", "outlet"}
    if sense.via in own:
        return sense.via
    return "region" if sense.via in ("region", "group-of-states") else "actor"


def states(*, current: bool = True) -> list[StateRow]:
    every = [row for row in load().actors.values() if isinstance(row, StateRow)]
    return [row for row in every if (row.until is None) == current]


BAD_FILES = {
    "broken TOML": ({"states.toml": "[[state]\n"}, ["states.toml", "not a TOML file"]),
    "another table": ({"states.toml": "[[place]]\n"}, ["states.toml", "[[state]]", "found place"]),
    "not an array": ({"states.toml": "[state]\n"}, ["states.toml", "array of tables"]),
    "unknown key": ({"states.toml": STATE + 'capital = "x"\n'}, ["row 1 (TUR)", "capital", "unknown key", "iso2"]),
    "missing key": ({"places.toml": PLACE}, ["places.toml", "row 1 (izmir)", "state", "missing"]),
    "no id": ({"places.toml": "[[place]]\n"}, ["places.toml", "row 1 (no id)"]),
    "bad value": ({"states.toml": STATE.replace("39.9", "139.9")}, ["(TUR)", "lat", "90", "139.9"]),
    "empty name": ({"states.toml": STATE + 'names = [" "]\n'}, ["(TUR)", "names.0"]),
    "bad date": ({"states.toml": STATE + 'since = "1923-13-1"\n'}, ["(TUR)", "since"]),
    "id twice": ({"states.toml": STATE + STATE}, ["states.toml", "row 2", "'TUR'", "twice"]),
    "id in two files": (
        {"states.toml": STATE, "groups.toml": '[[group]]\nid = "TUR"\nar = "م"\nen = "m"\nsource = "test"\n'},
        ["groups.toml", "TUR", "rename"],
    ),
    "group without actors": (
        {"regions.toml": '[[region]]\nid = "r"\nar = "م"\nen = "m"\nsource = "test"\nkind = "group"\n'},
        ["regions.toml", "(r)", "at least one"],
    ),
    "person of two": (
        {"persons.toml": '[[person]]\nid = "p"\nar = "م"\nen = "m"\nsource = "test"\noffice = "king"\n'},
        ["persons.toml", "(p)", "either state or organization"],
    ),
}


@pytest.mark.parametrize(("files", "words"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_refused_with_its_place_and_the_cure(
    tmp_path: Path, files: dict[str, str], words: list[str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        read(tmp_path)
    for word in words:
        assert word in str(caught.value)


def test_an_empty_folder_is_an_empty_lexicon(tmp_path: Path) -> None:
    lexicon = read(tmp_path)
    assert not lexicon.actors
    assert not lexicon.surfaces()
    assert lexicon.label("ATLANTIS") == ("ATLANTIS", "ATLANTIS")


def test_a_reference_to_nobody_is_told(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text(PLACE + 'state = "TUR"\n', encoding="utf-8")
    assert list(dangling(read(tmp_path))) == [
        "[[place]] izmir: state: no actor has the id 'TUR'; correct it or add the actor"
    ]


def test_one_text_may_stand_where_a_list_may(tmp_path: Path) -> None:
    (tmp_path / "states.toml").write_text(STATE + 'example = "وفد تركي"\n', encoding="utf-8")
    assert read(tmp_path).actors["TUR"].example == ("وفد تركي",)


NISBAS = {
    "تركي": "تركي تركيا تركية تركيان تركيتان تركيتين تركيون تركيين تركيات",
    "إماراتي": "إماراتي إماراتيا إماراتية إماراتيان إماراتيتان إماراتيتين إماراتيون إماراتيين إماراتيات",
    "سنغافوري": "سنغافوري سنغافوريا سنغافورية سنغافوريان سنغافوريتان سنغافوريتين سنغافوريون سنغافوريين سنغافوريات",
}
NISBAS_OF_TWO = {
    "كوري جنوبي": {
        "كوري جنوبي",
        "كورية جنوبية",
        "كوري الجنوبي",
        "كورية الجنوبية",
        "كوريون جنوبيون",
        "كوريين الجنوبيين",
    },
    "جنوب أفريقي": {"جنوب أفريقي", "جنوب أفريقية", "جنوب الأفريقية", "جنوب أفريقيون", "جنوب أفريقيين"},
    "قبرصي تركي": {"قبرصي تركي", "قبرصية تركية", "قبرصية التركية", "قبرصيين التركيين"},
    "غيني استوائي": {"غيني استوائي", "غينية استوائية", "غينية الاستوائية"},
}


@pytest.mark.parametrize("nisba", NISBAS)
def test_a_nisba_takes_the_regular_endings(nisba: str) -> None:
    assert [form.text for form in forms(nisba)] == NISBAS[nisba].split()
    assert {form.definite for form in forms(nisba)} == {None}


@pytest.mark.parametrize("nisba", NISBAS_OF_TWO)
def test_the_words_of_a_nisba_agree(nisba: str) -> None:
    made = {form.text: form for form in forms(nisba)}
    assert made.keys() >= NISBAS_OF_TWO[nisba]
    assert all(form.definite == (" ال" in text) for text, form in made.items())


def senses(text: str) -> list[tuple[str, str, bool]]:
    return [(sense.target, sense.via, sense.ambiguous) for sense in load().surfaces().get(normal_key(text), ())]


SENSES = {
    "تركيا": [("TUR", "name", False)],
    "أتراك": [("TUR", "nisba", False)],
    "أنقرة": [("TUR", "seat", False)],
    "الكرملين": [("RUS", "seat", False)],
    "تونس": [("TUN", "name", False)],
    "سورية": [("SYR", "name", False), ("SYR", "nisba", False)],
    "كورية جنوبية": [("KOR", "nisba", False)],
    "كوري": [("KOR", "nisba", True), ("PRK", "nisba", True)],
    "قبارصة الأتراك": [("TRNC", "nisba", False)],
    "عمان": [("JOR", "seat", True), ("OMN", "name", True)],
    "مالي": [("MLI", "name", True), ("MLI", "nisba", True)],
    "مالية": [("MLI", "nisba", True)],
    "الكونغو": [("COD", "name", False), ("COG", "name", True)],
    "نيجيري": [("NGA", "nisba", False)],
    "نيجري": [("NER", "nisba", False)],
    "سوداني": [("SDN", "nisba", False)],
    "جنوب سوداني": [("SSD", "nisba", False)],
    "إسطنبول": [("istanbul", "place", False)],
    "دول آسيا الوسطى": [("central-asian-states", "group-of-states", False)],
    "البحر الأسود": [("black-sea", "region", False)],
    "صين": [],
    "بحري": [],
    "عربي": [],
    "المملكة": [],
}


@pytest.mark.parametrize("text", SENSES)
def test_a_form_has_its_senses(text: str) -> None:
    assert senses(text) == SENSES[text]


def test_a_surface_knows_its_grammar() -> None:
    surfaces = load().surfaces()
    assert surfaces[normal_key("روسيون")][0] == Surface("RUS", "nisba", "m", "pl")
    assert surfaces[normal_key("روسيتان")][0] == Surface("RUS", "nisba", "f", "du")
    assert surfaces[normal_key("كورية الشمالية")][0] == Surface("PRK", "nisba", "f", "sg", definite=True)
    assert surfaces["turkey"][0] == Surface("TUR", "name", latin=True)


ACTORS = {
    "دول آسيا الوسطى": ("KAZ", "KGZ", "TJK", "TKM", "UZB"),
    "إسطنبول": ("TUR",),
    "بحر الصين الجنوبي": (),
    "البيت الأبيض": ("USA",),
    "القبرصية التركية": ("TRNC",),
    "الكوريتين": ("KOR", "PRK"),
}


@pytest.mark.parametrize("text", ACTORS)
def test_a_match_gives_its_actors(text: str) -> None:
    (match,) = found(text)
    assert load().actors_of(match.sure[0]) == ACTORS[text]


# Everyday phrases whose words look like a name once hamza, vowel signs or a particle are off.
NOBODY = [
    "رئيس هيئة الأركان",
    "وصل باكرا إلى المطار",
    "مبلغا كبيرا من المال",
    "الوضع المالي والدعم المالي",
    "العديد من الدول",
    "في إطار الاتفاق",
    "تحديد مصيره",
    "مجريات الأحداث في القمة",
    "غيرت مجرى الحرب",
    "ثلاث لغات",
    "المنطقة الاقتصادية البحرية",
    "كيف يمكن ذلك",
    "مسقط رأسه",
    "الأزمة المالية",
    "كسرت الصمت",
    "القانون الروماني",
    "نصف قطر الدائرة",
    "بحر الصين الجنوبي",
    "دولار أميركي",
    "باللغة الروسية",
    "أميركا اللاتينية",
    "البحر الأبيض المتوسط",
    "المحيطين الهندي والهادئ",
    "الحرب العراقية الإيرانية",
    "حرية الملاحة في خليج عمان",
    "مسار أستانا",
    "بتوقيت موسكو",
]


@pytest.mark.parametrize("text", NOBODY)
def test_everyday_words_name_nobody(text: str) -> None:
    lexicon = load()
    assert [(m.key, s) for m in found(text) for s in m.sure if lexicon.actors_of(s)] == []


def test_every_example_is_found() -> None:
    missed = [
        (table, row.id, example)
        for table, row in rows()
        for example in row.example
        if not any((table_of(s), s.target) == (table, row.id) for m in found(example) for s in m.senses)
    ]
    assert missed == []


def test_no_counter_example_is_found() -> None:
    wrong = [
        (table, row.id, phrase)
        for table, row in rows()
        for phrase in row.never
        if any((table_of(s), s.target) == (table, row.id) for m in found(phrase) for s in m.sure)
    ]
    assert wrong == []


def test_no_reference_leads_nowhere() -> None:
    assert list(dangling(load())) == []


def test_every_key_is_in_normal_form_and_every_sense_leads_to_a_row() -> None:
    known = {(table, row.id) for table, row in rows()}
    for key, meant in load().surfaces().items():
        assert key
        assert normal_key(key) == key
        assert {(table_of(sense), sense.target) for sense in meant} <= known


def test_what_is_marked_ambiguous_is_a_form_of_its_row() -> None:
    surfaces = load().surfaces()
    stray = [
        (row.id, text)
        for table, row in rows()
        for text in row.ambiguous
        if not any(
            (table_of(s), s.target, s.ambiguous) == (table, row.id, True) for s in surfaces.get(normal_key(text), ())
        )
    ]
    assert stray == []


def test_two_actors_never_share_a_form_unmarked() -> None:
    vias = {"name", "seat", "nisba", "organization", "armed-group", "company", "group-of-states", "region"}
    shared = {
        key: sorted(targets)
        for key, meant in load().surfaces().items()
        if len(targets := {s.target for s in meant if s.via in vias and not s.ambiguous}) > 1
    }
    assert shared == {}


@pytest.mark.parametrize("file", ["states", "places", "regions"])
def test_rows_hold_no_form_twice(file: str) -> None:
    wanted = {"states": ("name",), "places": ("place",), "regions": ("region", "group-of-states")}[file]
    for table, row in rows():
        keys = [normal_key(text) for text in (row.ar, *row.names)]
        own = load().surfaces()[keys[0]]
        if table in ("actor", "place", "region") and any(s.target == row.id and s.via in wanted for s in own):
            assert len(keys) == len(set(keys)), row.id


def test_all_the_states_are_there() -> None:
    ids = {row.id for row in states()}
    assert sum(row.un_member for row in states()) == 193
    assert ids >= {"PSE", "TWN", "ESH", "XKX", "TRNC", "VAT", "COK", "NIU"}
    assert {row.id for row in states(current=False)} >= {"SUN", "YUG", "DDR", "CSK", "YMD", "south-vietnam"}


def test_states_bear_the_codes_of_iso_3166() -> None:
    for row in states():
        country = pycountry.countries.get(alpha_3=row.id)
        if row.id in ("XKX", "TRNC"):
            assert country is None
        else:
            assert (row.id, row.iso2) == (row.id, country.alpha_2)
    past = {country.alpha_3 for country in pycountry.historic_countries}
    assert {row.id for row in states(current=False) if len(row.id) == 3} <= past


def test_every_state_can_be_found_and_drawn() -> None:
    for row in states():
        assert row.nisba, row.id
        assert row.seats, row.id
        assert (row.lat, row.lon) != (0, 0), row.id
        assert (row.cow is None) == (row.id in {"ESH", "PSE", "VAT", "COK", "NIU", "TRNC"}), row.id
        assert (row.gw is None) == (row.cow is None), row.id
        assert row.qid, row.id


def test_numbers_of_states_are_unique_among_the_living() -> None:
    for number in ("cow", "gw", "iso2", "qid"):
        values = [value for row in states() if (value := getattr(row, number)) is not None]
        assert len(values) == len(set(values)), number


def test_capitals_are_no_places() -> None:
    seats = {normal_key(seat) for row in states() for seat in row.seats if seat not in row.ambiguous}
    places = {
        key for key, meant in load().surfaces().items() if any(s.via == "place" and not s.ambiguous for s in meant)
    }
    assert seats & places == set()


def test_there_are_places_in_most_states() -> None:
    hosts = {place.state for place in load().places.values()}
    assert len(load().places) >= 700
    assert len(hosts) >= 150


def test_a_lexicon_read_twice_gives_the_same_surfaces_in_the_same_order(tmp_path: Path) -> None:
    (tmp_path / "states.toml").write_text(STATE, encoding="utf-8")
    first, second = read(tmp_path), read(tmp_path)
    assert list(first.surfaces().items()) == list(second.surfaces().items())
    assert isinstance(first, Lexicon)
