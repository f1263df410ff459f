import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rdflib
from gold_build import gold, quads_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.errors import QueryError, StoreError
from kg.graph import IRI, Literal, Quad
from kg.store import FORMATS, LAYOUT, Layout, Section, Store, trig, turtle

E = "https://example.org/"
PLAIN = Layout({"e": E, "xsd": "http://www.w3.org/2001/XMLSchema#"})
XSD = "http://www.w3.org/2001/XMLSchema#"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from(["a", "b", "0a", "a.b", "a.", ".a", "-a", "a-1", "a%20b", "ب", "a/b", "", "a:b", "a,b"])
LITERALS = st.one_of(
    st.builds(Literal, TEXTS),
    st.builds(Literal, TEXTS, st.sampled_from(["ar", "en-GB"])),
    st.builds(Literal, st.sampled_from(["1", "-7", "007", "x"]), st.none(), st.just(IRI(XSD + "integer"))),
    st.builds(Literal, st.sampled_from(["true", "1"]), st.none(), st.just(IRI(XSD + "boolean"))),
    st.just(Literal("2024-09-11", None, IRI(XSD + "date"))),
)
IRIS = st.builds(lambda name: IRI(E + name), NAMES)
QUADS = st.lists(st.builds(Quad, IRIS, IRIS, st.one_of(IRIS, LITERALS), st.one_of(st.none(), IRIS)), max_size=8)


def quad(subject: str, predicate: str, obj: str | Literal, graph: str | None = None) -> Quad:
    target = obj if isinstance(obj, Literal) else IRI(E + obj)
    return Quad(IRI(E + subject), IRI(E + predicate), target, IRI(E + graph) if graph else None)


def opened(text: str, suffix: str, folder: Path) -> Store:
    file = folder / f"written{suffix}"
    file.write_text(text, encoding="utf-8", newline="")
    store = Store.open()
    store.load_file(file)
    return store


def parsed(text: str, form: RdfFormat) -> set[object]:
    return set(parse(text, form))


def triples(quads: list[Quad]) -> set[tuple[object, ...]]:
    return {quad[:3] for quad in quads}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@settings(deadline=None)
@given(quads=QUADS)
def test_turtle_and_trig_say_what_the_quads_say(quads: list[Quad]) -> None:
    triples = "\n".join(Quad(*quad[:3]).nq() for quad in quads)
    lines = "\n".join(quad.nq() for quad in quads)
    assert parsed(turtle(quads, PLAIN), RdfFormat.TURTLE) == parsed(triples, RdfFormat.N_TRIPLES)
    assert parsed(trig(quads, PLAIN), RdfFormat.TRIG) == parsed(lines, RdfFormat.N_QUADS)


@settings(deadline=None, max_examples=40)
@given(quads=QUADS)
def test_rdflib_reads_the_same_from_turtle_as_from_ntriples(quads: list[Quad]) -> None:
    lines = "\n".join(Quad(*quad[:3]).nq() for quad in quads)
    ours = rdflib.Graph().parse(data=turtle(quads, PLAIN), format="turtle")
    assert set(ours) == set(rdflib.Graph().parse(data=lines, format="nt"))


@given(quads=QUADS, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_quads_changes_no_byte(quads: list[Quad], chance: random.Random) -> None:
    shuffled = chance.sample(quads, len(quads))
    assert turtle(shuffled, PLAIN) == turtle(quads, PLAIN)
    assert trig(shuffled, PLAIN) == trig(quads, PLAIN)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_read_back_and_the_same_each_time(form: str, folder: Path) -> None:
    quads = [quad("s", "p", Literal("نعم", "ar"), "g"), quad("s", "p", "o", "g"), quad("s", "q", Literal("1\n2"), "h")]
    texts = set()
    for order in (quads, quads[::-1]):
        store = Store.open()
        store.load(order)
        texts.add(store.serialize(form))
    assert len(texts) == 1
    back = opened(texts.pop(), FORMATS[form], folder)
    if form in {"trig", "nquads", "jsonld"}:
        assert set(back.quads()) == set(quads)
    else:
        assert triples(list(back.quads())) == triples(quads)


def test_turtle_is_laid_out_for_a_reader() -> None:
    layout = Layout(
        {"e": E, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
        sections=[Section("Things", frozenset({E + "Thing"}), ((E + "place",),))],
        first=[E + "name"],
        head="A file.",
    )
    kind = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    integer = IRI(XSD + "integer")
    found = turtle(
        [
            Quad(IRI(E + "b"), kind, IRI(E + "Thing")),
            Quad(IRI(E + "a"), kind, IRI(E + "Thing")),
            Quad(IRI(E + "b"), IRI(E + "place"), Literal("9", None, integer)),
            Quad(IRI(E + "a"), IRI(E + "place"), Literal("10", None, integer)),
            Quad(IRI(E + "a"), IRI(E + "has"), IRI(E + "part")),
            Quad(IRI(E + "part"), IRI(E + "is"), Literal("جزء", "ar")),
            Quad(IRI(E + "a"), IRI(E + "name"), Literal("A", "en")),
            Quad(IRI(E + "a"), IRI(E + "name"), Literal("أ", "ar")),
        ],
        layout,
    )
    assert found == (
        "# A file.\n\n@prefix e: <https://example.org/> .\n\n# ==== Things ====\n\n"
        "e:b\n    a e:Thing ;\n    e:place 9 .\n\n"
        'e:a\n    a e:Thing ;\n    e:name "أ"@ar, "A"@en ;\n    e:has e:part ;\n    e:place 10 .\n'
        '    e:part e:is "جزء"@ar .\n'
    )


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian: raptor2-utils) is not installed")
@pytest.mark.parametrize(("suffix", "write"), [(".ttl", turtle), (".trig", trig)])
def test_raptor_counts_the_same_triples_in_the_gold_graph(suffix: str, write: Any, tmp_path: Path) -> None:
    quads = quads_of(gold())
    file = tmp_path / f"gold{suffix}"
    file.write_text(write(quads, LAYOUT), encoding="utf-8")
    form = {".ttl": "turtle", ".trig": "trig"}[suffix]
    done = subprocess.run(["rapper", "-c", "-i", form, str(file)], capture_output=True, text=True, check=True)
    assert f"returned {len(quads)} triples" in done.stderr
    assert "warning" not in done.stderr.lower()


def test_the_gold_graph_goes_through_the_store_unharmed(folder: Path) -> None:
    quads = quads_of(gold())
    store = Store.open()
    store.load(quads)
    assert len(store) == len(quads)
    assert turtle(store.quads(), LAYOUT) == turtle(quads, LAYOUT)
    assert set(opened(turtle(quads, LAYOUT), ".ttl", folder).quads()) == {Quad(*one[:3]) for one in quads}
    assert set(opened(trig(quads, LAYOUT), ".trig", folder).quads()) == set(quads)


def test_a_store_on_disk_keeps_its_quads_and_can_be_read_by_several(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "db")
    store.load([quad("s", "p", "o", "g")])
    del store
    readers = [Store.open(tmp_path / "db", read_only=True) for _ in range(2)]
    assert [len(reader) for reader in readers] == [1, 1]


def test_queries_see_all_graphs_and_the_default_graph() -> None:
    store = Store.open()
    store.load([quad("s", "p", Literal("1"), "g"), quad("s", "p", Literal("2"), "h"), quad("s", "p", Literal("3"))])
    found = store.select("SELECT ?o { ?s ?p ?o } ORDER BY ?o").rows
    assert found == ((Literal("1"),), (Literal("2"),), (Literal("3"),))
    assert store.ask(f"ASK {{ <{E}s> <{E}p> '2' }}")
    assert store.construct("CONSTRUCT WHERE { ?s ?p '1' }") == (quad("s", "p", Literal("1")),)
    assert store.describe(f"DESCRIBE <{E}s>")[0].subject == IRI(E + "s")
    assert store.select("SELECT ?x { OPTIONAL { ?x a ?x } }").rows == ((None,),)


@pytest.mark.parametrize(
    ("ask", "query", "expected"),
    [
        ("select", "ASK {}", "expected a SELECT"),
        ("ask", "SELECT * {}", "expected an ASK"),
        ("construct", "ASK {}", "expected a CONSTRUCT"),
        ("query", "SELECT", "line 1, column 7, in «SELECT»: expected"),
        ("query", "SELECT * {\n  ?s ?p }", "line 2, column 10, in «.s .p }»: something is missing"),
        ("query", "ASK { ?s nosuch:p ?o }", "line 1, column 18, in «.*»: prefix not found"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(ask: str, query: str, expected: str) -> None:
    with pytest.raises(QueryError, match=expected):
        getattr(Store.open(), ask)(query)


def test_what_cannot_be_read_or_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<a> <b> .", encoding="utf-8")
    store = Store.open()
    for path, expected in [
        (tmp_path / "none.ttl", "none.ttl: cannot be read"),
        (tmp_path / "x.docx", "not an RDF file"),
        (tmp_path / "bad.ttl", "bad.ttl: line 1, column"),
    ]:
        with pytest.raises(StoreError, match=expected):
            store.load_file(path)
    with pytest.raises(StoreError, match="not valid RDF"):
        store.load([Quad(IRI("no iri"), IRI(E + "p"), IRI(E + "o"))])
    with pytest.raises(StoreError, match="unknown format 'docx'"):
        store.serialize("docx")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "file")
