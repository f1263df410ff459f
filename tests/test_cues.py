"""Cues and function words: their files, that every row fires, and that code and data know the same names."""

from __future__ import annotations

import ast
import importlib
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ontology
from kg.claims.features import SECTORS
from kg.claims.reading import Reading
from kg.errors import LexiconError
from kg.lexicon import cues as module
from kg.lexicon import grammar
from kg.lexicon.cues import Cue, Noun, Phrase, Verb, cues, rows
from kg.offsets import MappedText
from kg.text import normal, sentences

ROOT = Path(__file__).parent.parent
TABLES: tuple[tuple[str, str, type[Any]], ...] = (
    ("cues_verbs.toml", "verb", Verb),
    ("cues_speech.toml", "speech", Verb),
    ("cues_nouns.toml", "noun", Noun),
    ("cues_nouns.toml", "phrase", Phrase),
)
# Classes that no frame asks for, and what their words are there for.
IDLE = {
    "a verb that opens a clause": {"again", "ally"},
    "a noun that a name after it belongs to": {"ally-noun", "dock", "group-noun"},
    "a set phrase whose words mean something else": {"idiom", "not-base"},
}
# What else stands where a cue class may: a head or site that is a name of the gazetteer, not a cue.
NOT_CUES = {"instrument", "organization"}


def every_row() -> Iterator[tuple[str, Any]]:
    for file, table, model in TABLES:
        yield from ((table, row) for row in rows(file, table, model))


def classes() -> set[str]:
    return {row.cue for _, row in every_row()}


def read(text: str) -> list[tuple[str, Cue]]:
    """Give the cues of a text as the frames see them, each with its words."""
    found: list[tuple[str, Cue]] = []
    for sentence in sentences(MappedText.of(text)):
        reading = Reading(sentence, text, (), (), tuple(cues().find(sentence.tokens)))
        found += [(reading.words(cue.first, cue.last), cue) for cue in reading.cues]
    return found


def lemmas(table: str, row: Any) -> tuple[str, ...]:
    return {"phrase": lambda: row.text, "noun": lambda: (row.lemma,)}.get(table, lambda: (row.perfect,))()


def test_every_example_fires_its_row() -> None:
    silent = [
        (table, row.cue, row.example)
        for table, row in every_row()
        if not any(cue.cue == row.cue and cue.sense.lemma in lemmas(table, row) for _, cue in read(row.example))
    ]
    assert silent == []


def test_every_set_phrase_is_found_by_itself() -> None:
    phrases = rows("cues_nouns.toml", "phrase", Phrase)
    silent = [
        (row.cue, text)
        for row in phrases
        for text in row.text
        if not any(cue.cue == row.cue and words == text for words, cue in read(text))
    ]
    assert silent == []


def test_files_hold_the_tables_that_are_read() -> None:
    for file in {file for file, _, _ in TABLES}:
        assert tables_of(file) == {table for name, table, _ in TABLES if name == file}


def tables_of(file: str) -> set[str]:
    return set(tomllib.loads((module.FOLDER / file).read_text(encoding="utf-8")))


VERB = '{ perfect = "وقع", imperfect = "يوقع", class = "sign", example = "وقعت أنقرة" }'
BAD_ROWS = {
    "broken TOML": ("verb", "verb = [", ["not valid TOML"]),
    "unknown key": ("verb", f"verb = [{VERB[:-1]}, root = 'x' }}]", ["verb 1", "root", "Extra inputs"]),
    "second row": ("verb", f"verb = [{VERB}, {{ perfect = 'عقد' }}]", ["verb 2", "example", "required"]),
    "no example": ("verb", "verb = [{ perfect = 'عقد', imperfect = 'يعقد' }]", ["verb 1", "example", "required"]),
    "no class": ("noun", "noun = [{ lemma = 'هدنة', example = 'هدنة' }]", ["noun 1", "class", "required"]),
    "unknown stance": ("verb", f"verb = [{VERB[:-1]}, stance = 'sure' }}]", ["verb 1", "stance", "certain"]),
    "text for a list": ("verb", f"verb = [{VERB[:-1]}, masdar = 'توقيع' }}]", ["verb 1", "masdar", "tuple"]),
    "number for a text": ("phrase", "phrase = [{ text = [7], class = 'x', example = '' }]", ["phrase 1", "text.0"]),
    "no row": ("phrase", "phrase = ['مذكرة تفاهم']", ["phrase 1"]),
}


@pytest.mark.parametrize(("table", "text", "words"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, text: str, words: list[str]
) -> None:
    (tmp_path / "cues.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(LexiconError) as caught:
        rows("cues.toml", table, {"verb": Verb, "noun": Noun, "phrase": Phrase}[table])
    for word in ("cues.toml", *words):
        assert word in str(caught.value)


def test_a_good_row_has_its_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cues.toml").write_text(f"verb = [{VERB}]", encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    (row,) = rows("cues.toml", "verb", Verb)
    assert (row.cue, row.masdar, row.needs, row.intransitive, row.stance) == ("sign", (), (), False, None)
    assert rows("cues.toml", "speech", Verb) == ()


@cache
def sources() -> tuple[tuple[Path, ast.Module], ...]:
    files = [*sorted((ROOT / "kg" / "claims").glob("*.py")), ROOT / "kg" / "mentions.py"]
    return tuple((file, ast.parse(file.read_text(encoding="utf-8"))) for file in files)


def constants(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def expressions(tree: ast.Module) -> Iterator[ast.AST]:
    """Give the expressions that stand for classes: what `cue` is compared with, what `has` and `cues_in` ask for."""
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in ("has", "cues_in"):
            yield from node.args[2:]
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "cue":
            yield from node.comparators


def asked(file: Path, tree: ast.Module) -> set[str]:
    """Give the classes that a module asks for, by constants of its own and by those that it names."""
    inside = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return {name for node in expressions(tree) for name in constants(node) | collections(inside, node)}


def collections(inside: ModuleType, node: ast.AST) -> set[str]:
    """Give what is in the collections of a module that are named here; of a table of tables, what is in these."""
    values = [getattr(inside, n.id, None) for n in ast.walk(node) if isinstance(n, ast.Name)]
    for value in [value for value in values if isinstance(value, dict)]:
        values.extend(inner for inner in value.values() if isinstance(inner, dict))
    flat = [v for v in values if isinstance(v, frozenset | tuple | dict) and not _holds_tables(v)]
    return {name for value in flat for name in value if isinstance(name, str)}


def _holds_tables(value: Any) -> bool:
    return isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values())


def test_code_asks_for_classes_that_the_files_have() -> None:
    unknown = {
        (file.name, name) for file, tree in sources() for name in asked(file, tree) - classes() if name not in NOT_CUES
    }
    assert unknown == set()


def test_every_class_is_asked_for() -> None:
    written = {name for _, tree in sources() for name in constants(tree)}
    families = {name for name in classes() if name.startswith("p-")}
    assert classes() - written - families == {name for names in IDLE.values() for name in names}


def test_sectors_and_provisions_are_terms_of_the_vocabulary() -> None:
    known = ontology.vocabulary()
    assert SECTORS.keys() == {name for name in classes() if name.startswith("s-")}
    assert set(SECTORS.values()) <= set(known.sectors)
    assert {name[2:] for name in classes() if name.startswith("p-")} <= set(known.provisions)


def calls(name: str) -> set[str]:
    """Give the names by which the programme asks grammar.toml for a set (`words`) or a mapping (`table`)."""
    found = set()
    for file in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name and node.args:
                found |= constants(node.args[0])
    return found


@pytest.mark.parametrize("section", ["words", "table"])
def test_every_set_of_the_grammar_is_used_and_every_name_is_there(section: str) -> None:
    assert calls(section) == set(grammar._data()[section])


# Sets that are compared with lemmas, as the cue files write them, or with what prepositions are read as.
LEMMAS = {"any-accord", "offices", "speaker-bodies", "speaker-documents", "speaker-media"}


def test_words_of_the_grammar_are_in_normal_form_and_stand_once() -> None:
    for name, listed in grammar._data()["words"].items():
        assert len(listed) == len(set(listed)), name
        assert name in LEMMAS or listed == [normal(word) for word in listed], name
    for name, mapping in grammar._data()["table"].items():
        assert name == "complement" or list(mapping) == [normal(word) for word in mapping], name


def test_sets_that_are_not_in_normal_form_say_what_they_are_compared_with() -> None:
    nouns = {row.lemma for row in rows("cues_nouns.toml", "noun", Noun)}
    read_as = set(grammar.table("prepositions").values()) | {"ب", "ل", "ك", ""}
    assert {lemma for name in LEMMAS for lemma in grammar.words(name)} <= nouns
    assert {preposition for listed in grammar.table("complement").values() for preposition in listed} <= read_as
    assert set(grammar.table("complement")) <= classes() | {"candidate"}


@pytest.mark.parametrize("ask", [grammar.words, grammar.table])
def test_a_name_that_the_grammar_lacks_is_an_error(ask: Any) -> None:
    with pytest.raises(LexiconError, match=r"grammar\.toml: \[(words|table)\]: there is no nothing"):
        ask("nothing")


def test_a_grammar_that_is_not_toml_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "grammar.toml"
    bad.write_text("[words]\na = [", encoding="utf-8")
    monkeypatch.setattr(grammar, "FILE", bad)
    grammar._data.cache_clear()
    with pytest.raises(LexiconError, match=r"grammar\.toml: not valid TOML"):
        grammar.words("negations")
    monkeypatch.undo()
    assert "لن" in grammar.words("negations")


# A text, and what is found in it, all of it: words=class, or nothing.
FOUND = {
    "الوقع كبير": "",
    "بوقع كبير": "",
    "سوقع الاتفاق": "الاتفاق=treaty",
    "ليوقع الاتفاق": "ليوقع=sign الاتفاق=treaty",
    "فستوقع الاتفاق": "فستوقع=sign الاتفاق=treaty",
    "وقّـعت الاتفاقيّة": "وقّـعت=sign الاتفاقيّة=treaty",
    "وكالاتفاقية": "وكالاتفاقية=treaty",
    "قضى الاتفاق بالحياد": "قضى=content الاتفاق=treaty بالحياد=neutrality",
    "قضى الوزير يومه هناك": "الوزير=source",
    "خرجت مالي من التحالف": "خرجت=withdraw التحالف=alliance",
    "خرجت مالي خاسرة": "",
    "استحوذت على سرب": "استحوذت=buy",
    "استحوذت الشركة": "",
    "يعد الهجوم عليه هجوما": "يعد=bind الهجوم=attack",
    "يعد الطعام": "",
    "مذكرة التفاهم": "مذكرة_التفاهم=treaty",
    "ومذكرة التفاهم": "ومذكرة_التفاهم=treaty",
    "مذكرة ثم التفاهم": "مذكرة=treaty التفاهم=treaty",
    "لا يستبعد الانضمام": "لا_يستبعد=possible الانضمام=join",
    "استبعد الانضمام": "استبعد=rule-out الانضمام=join",
    "قاعدة بيانات ضخمة": "قاعدة_بيانات=not-base",
    "قواعد الاشتباك": "قواعد_الاشتباك=not-base",
    "لا نية للانضمام": "لا_نية=deny-phrase للانضمام=join",
    "غرفة عمليات مشتركة": "غرفة_عمليات=room غرفة_عمليات_مشتركة=p-joint-command",
    "وقف إطلاق النار": "وقف_إطلاق_النار=m-truce إطلاق=launch",
    "دخلت حيّز التنفيذ": "دخلت=enter حيّز_التنفيذ=force",
    "القوات المسلحة": "القوات_المسلحة=m-military القوات=troop-force",
    "مقاتلتان عسكريتان": "مقاتلتان=weapon عسكريتان=m-military",
    "قيادات عسكرية ودفاعية": "عسكرية=m-military ودفاعية=m-military",
    "من المقرّر": "من_المقرّر=scheduled",
    "كأس العالم": "",
    "12 / 2024 NATO": "",
}  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found(text: str) -> None:
    found = dict.fromkeys(f"{words.replace(' ', '_')}={cue.cue}" for words, cue in read(text))
    assert " ".join(found) == FOUND[text]


STANCES = {"رجح مصدر ذلك": "probable", "قال مصدر ذلك": "certain", "وقع الاتفاق": ""}


@pytest.mark.parametrize("text", STANCES)
def test_a_verb_of_saying_has_its_stance(text: str) -> None:
    assert read(text)[0][1].sense.stance == STANCES[text]


def test_the_tables_hold_normal_forms_of_known_classes() -> None:
    found = cues()
    senses = [(form, sense) for form, listed in found.words.items() for sense in listed]
    senses += [(" ".join(words), sense) for listed in found.phrases.values() for words, sense in listed]
    assert len(senses) > 10_000
    assert {form for form, _ in senses if normal(form) != form} == set()
    assert {sense.cue for _, sense in senses} == classes()
    assert {words[0] for listed in found.phrases.values() for words, _ in listed} == found.phrases.keys()


WORDS = sorted(cues().words)[:: max(1, len(cues().words) // 400)]
tokens = st.lists(st.sampled_from(WORDS) | st.text(alphabet='اوفبلكسيتنمهقعد ،.:"12aA', max_size=6), max_size=25)


@settings(deadline=None)
@given(tokens, st.sampled_from(["", "و", "ال", "وال", "لل", "س"]))
def test_cues_are_in_order_within_the_sentence_and_the_same_each_time(parts: list[str], proclitic: str) -> None:
    for sentence in sentences(MappedText.of(" ".join(proclitic + part for part in parts))):
        found = cues().find(sentence.tokens)
        assert found == cues().find(sentence.tokens)
        assert [cue.first for cue in found] == sorted(cue.first for cue in found)
        assert all(0 <= cue.first < cue.last <= len(sentence.tokens) for cue in found)
        assert all(sentence.tokens[cue.first].kind == "word" for cue in found)
        assert not any("ال" in cue.proclitics and cue.sense.pos in ("perfect", "imperfect") for cue in found)
