import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from gold_build import ROOT, gold, part_of_gold, quads_of
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery

from kg import exports, queries
from kg.errors import QueryError, StoreError
from kg.graph import IRI, Literal, Quad
from kg.model import Build
from kg.queries import guard
from kg.queries.result import width
from kg.store import Store

E = "https://w3id.org/alliance-kg/id/"
# Questions with parameters set, beside each question as it stands.
SET = [
    ("pacts-in-force", {"actor": "TUR"}),
    ("pacts-in-force", {"kind": "alliance"}),
    ("negotiating", {"actor": "SAU"}),
    ("negotiating", {"status": "proposed", "actor": "OTS"}),
    ("bases", {"host": "SYR", "status": "in-force"}),
    ("bases", {"operator": "TUR"}),
    ("transit", {"actor": "KAZ"}),
    ("memberships", {"organization": "CSTO", "status": "suspended"}),
    ("prospective-members", {"actor": "TUR"}),
    ("contested", {"issue": "status"}),
    ("claims-by-source", {"document": "002_46e9e28883ae77d4.txt"}),
    ("attributions", {"source": "مصادر تركية"}),
    ("arms-transfers", {"supplier": "TUR", "recipient": "KGZ"}),
    ("commitments-of", {"actor": "SAU"}),
    ("evidence", {"agreement": "mutual-defense-pact-PAK-SAU-2025"}),
    ("as-of", {"date": "2024-12-31", "actor": "TUR"}),
    ("timeline", {"actor": "TUR", "from": "2025-01-01", "to": "2025-12-31"}),
    ("common-allies", {"a": "TRNC", "b": "AZE"}),
    ("single-source", {"kind": "transit", "status": "in-force"}),
    ("actors", {"kind": "base"}),
    ("ties-of", {"actor": "SAU"}),
    ("pacts-in-force", {"date": "2025-12-31", "actor": "SAU"}),
    ("commitments-of", {"actor": "KAZ", "date": "2026-06-01"}),
    ("drawn-in", {"actor": "SAU"}),
    ("transit-corridors", {"actor": "KAZ"}),
    ("overlapping-memberships", {"a": "NATO", "b": "OTS"}),
    ("one-sided", {"actor": "TUR"}),
    ("changes-between", {"from": "2024-01-01", "to": "2026-06-30", "actor": "KAZ"}),
    ("uncertain-dates", {"actor": "SAU"}),
    ("coverage", {"kind": "base"}),
    ("provisions", {"provision": "nuclear-umbrella"}),
    ("corroborated", {"kind": "mutual-defense-pact"}),
    ("exercises", {"actor": "AZE", "status": "completed"}),
]


@pytest.fixture(scope="module")
def store() -> Store:
    opened = Store.open()
    opened.load(quads_of(gold()))
    opened.load_vocabulary()
    return opened


@pytest.fixture(scope="module")
def sample() -> list[Quad]:
    """The graph of some of the documents, for rdflib is slow."""
    return quads_of(part_of_gold("000_", "001_", "002_", "004_", "01.", "03.", "22."))


@pytest.fixture(scope="module")
def sample_store(sample: list[Quad]) -> Store:
    opened = Store.open()
    opened.load(sample)
    opened.load_vocabulary()
    return opened


@pytest.fixture(scope="module")
def rdflib_graph(sample: list[Quad]) -> rdflib.Graph:
    read = rdflib.Graph().parse(ROOT / "ontology" / "vocabulary.ttl", format="turtle")
    return read.parse(data=exports.nquads(quad._replace(graph=None) for quad in sample), format="nt")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build")
    exports.put(out, {"alliances.nq": exports.nquads(quads_of(gold()))})
    return out


def plain(term: Any) -> Any:
    """A term of rdflib as one of ours."""
    if not isinstance(term, rdflib.Literal):
        return IRI(str(term)) if term is not None else None
    string = term.datatype is None or str(term.datatype).endswith("#string")
    return Literal(str(term), term.language, None if string else IRI(str(term.datatype)))


def rows_of(query: str, graph: rdflib.Graph) -> list[tuple[Any, ...]]:
    found = graph.query(query)
    if found.type == "CONSTRUCT":
        return [tuple(plain(term) for term in triple) for triple in found.graph or ()]
    return [tuple(plain(term) for term in row) for row in found]  # type: ignore[union-attr]


def in_order(rows: Any) -> list[tuple[Any, ...]]:
    return sorted(rows, key=lambda row: [(term is not None, term.nt() if term else "") for term in row])


@pytest.mark.parametrize(("name", "params"), [*((name, {}) for name in queries.names()), *SET], ids=str)
def test_oxigraph_and_rdflib_give_the_same_answer(
    name: str, params: dict[str, str], sample_store: Store, rdflib_graph: rdflib.Graph
) -> None:
    found = queries.run(sample_store, name, params)
    assert len(found) > 0
    assert in_order(found.rows) == in_order(rows_of(queries.load(name).bind(params), rdflib_graph))


@pytest.mark.parametrize("name", queries.names())
def test_a_question_is_documented_and_valid_as_it_stands(name: str, store: Store) -> None:
    question = queries.load(name)
    assert question.title
    assert re.search("[\u0621-\u064a]", question.title_ar)
    assert question.description.endswith(".")
    assert question.example.startswith(f"kg query {name}")
    for name_set, value in re.findall(r"--param (\S+?)=(\S+)", question.example):
        question.bind({name_set: value})
    as_it_stands = store.query(question.text)
    assert as_it_stands == store.query(question.bind({}))
    if as_it_stands.variables is not None:
        assert tuple(question.columns) == as_it_stands.variables
    in_arabic = [question.description_ar, *question.columns_ar.values(), *(p.meaning_ar for p in question.parameters)]
    assert all(re.search("[\u0621-\u064a]", text) for text in in_arabic)
    assert "|" not in question.text_of_head()
    declared = set(re.findall(r"VALUES \?(\w+) \{[^}]*\}  # parameter", question.text))
    assert declared == {parameter.name for parameter in question.parameters}


def values(result: queries.Result, *names: str) -> list[tuple[str, ...]]:
    places = [result.variables.index(name) for name in names]
    return [tuple((row[place].value if row[place] else "") for place in places) for row in result.rows]  # type: ignore[union-attr]


# Questions whose answers were worked out by hand from the texts.
BY_HAND: list[tuple[str, dict[str, str], tuple[str, ...], list[tuple[str, ...]]]] = [
    ("transit", {"actor": "KAZ"}, ("agreement", "status", "signed", "in_force", "prior_authorization", "participant"), [
        (E + "agreement/transit-KAZ-TUR-2024", "in-force", "2024-09-11", "2026-04", "true", "KAZ"),
        (E + "agreement/transit-KAZ-TUR-2024", "in-force", "2024-09-11", "2026-04", "true", "TUR"),
    ]),
    ("common-allies", {"a": "TRNC", "b": "AZE"}, ("ally", "ally_ar"), [("TUR", "تركيا")]),
    ("memberships", {"organization": "CSTO", "status": "suspended"}, ("actor", "contested"), [
        ("ARM", "true"), ("UZB", "false"),
    ]),
    ("bases", {"host": "DJI"}, ("operator", "status", "since"), [
        ("CHN", "in-force", "2017-08"), ("FRA", "in-force", ""), ("SAU", "negotiating", ""), ("USA", "in-force", ""),
    ]),
    ("arms-transfers", {"supplier": "EGY"}, ("recipient", "status", "event", "date"), [
        ("SOM", "completed", "completed", "2024-08"),
    ]),
    ("as-of", {"date": "2025-06-30", "actor": "KAZ", "kind": "transit"}, ("status", "since", "furthest"), [
        ("signed", "2024-09-11", "in-force"),
    ]),
    ("as-of", {"date": "2026-05-01", "actor": "KAZ", "kind": "transit"}, ("status", "since"), [
        ("in-force", "2026-04"),
    ]),
    ("as-of", {"date": "2024-09-10", "actor": "KAZ", "kind": "transit"}, ("status",), []),
    ("commitments-of", {"actor": "PAK"}, ("kind", "status", "obligation"), [
        ("defense-cooperation", "in-force", ""), ("mutual-defense-pact", "in-force", "defense"),
    ]),
    ("claims-by-source", {"document": "01.txt"}, ("published", "claims", "agreements", "negative"), [
        ("2025-10-14", "4", "4", "1"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "params", "names", "expected"), BY_HAND, ids=str)
def test_answers_are_those_worked_out_by_hand(
    name: str, params: dict[str, str], names: tuple[str, ...], expected: list[tuple[str, ...]], store: Store
) -> None:
    assert values(queries.run(store, name, params), *names) == expected


def test_evidence_is_what_stands_in_the_text(store: Store) -> None:
    raws = {one.name: one.raw for one in gold().documents}
    found = queries.run(store, "evidence", {"agreement": "mutual-defense-pact-PAK-SAU-2025"})
    rows = values(found, "document", "start", "end", "quote")
    assert {row[0] for row in rows} == {"000_fd7816d76020d3a4.txt", "001_664631aed35553c6.txt"}
    assert all(raws[document][int(start) : int(end)] == quote for document, start, end, quote in rows)


def test_contested_claims_stand_side_by_side(store: Store) -> None:
    found = values(queries.run(store, "contested"), "disagreement", "status")
    assert {status for name, status in found if name.endswith("base-TUR-in-SYR")} == {"denied", "proposed"}
    assert len({name for name, _ in found}) == len(gold().disagreements)


# Every question, on the seeds: what it is asked, the answer, and the words that it follows from.
QUESTIONS = tomllib.loads((ROOT / "tests" / "cases" / "questions.toml").read_text(encoding="utf-8"))["question"]


@pytest.fixture(scope="module")
def seeds() -> Build:
    return part_of_gold("000_", "001_", "002_", "003_", "004_")


@pytest.fixture(scope="module")
def seed_store(seeds: Build) -> Store:
    opened = Store.open()
    opened.load(quads_of(seeds))
    opened.load_vocabulary()
    return opened


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case["name"])
def test_every_question_answers_the_seeds_as_worked_out_by_hand(
    case: dict[str, Any], seed_store: Store, seeds: Build
) -> None:
    found = values(queries.run(seed_store, case["name"], case["params"]), *case["columns"])
    rows = [[value.rpartition("/")[2] if value.startswith("http") else value for value in row] for row in found]
    if case.get("distinct"):
        rows = [row for number, row in enumerate(rows) if row not in rows[:number]]
    assert rows == case["rows"]
    quotes = [piece.quote for claim in seeds.claims for piece in claim.evidence]
    assert case["evidence"]
    assert [words for words in case["evidence"] if not any(words in quote for quote in quotes)] == []


def test_no_question_is_left_unasked() -> None:
    assert {case["name"] for case in QUESTIONS} == set(queries.names())


# Where a build comes from, and how a question is named


def test_a_build_is_asked_by_its_folder_or_a_file(build: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?x a akg:Agreement }"
    for source in (build, build / "alliances.nq"):
        assert queries.run(source, query).rows[0][0] == Literal(
            str(len(gold().agreements)), None, IRI("http://www.w3.org/2001/XMLSchema#integer")
        )
    with pytest.raises(StoreError, match="there is no build here; make one with `kg build"):
        queries.run(build / "nowhere", query)


def test_a_query_can_be_a_file(build: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text('# title: Mine\n\nSELECT ?a {\n  VALUES ?a { "x" }  # parameter\n}\n', encoding="utf-8")
    assert queries.run(build, str(file)).rows == queries.run(build, file).rows == ((Literal("x"),),)
    with pytest.raises(QueryError, match=r"nowhere\.rq: cannot be read"):
        queries.run(build, "nowhere.rq")
    file.write_bytes(b"SELECT \xff")
    with pytest.raises(QueryError, match="not UTF-8 at byte 7"):
        queries.run(build, file)


def test_an_unknown_name_is_answered_with_the_known_ones(store: Store) -> None:
    with pytest.raises(QueryError, match=r"no question named 'base'; did you mean bases.*The names are: actors, "):
        queries.run(store, "base")


@pytest.mark.parametrize(
    ("name", "params", "expected"),
    [
        ("bases", {"hosts": "SYR"}, "there is no parameter 'hosts'; this question has host, operator, status"),
        ("ties-of", {"actor": 'x" } #'}, "is no actor: letters, digits and hyphens only"),
        ("as-of", {"date": "2024"}, "a day such as 2025-12-31"),
        ("as-of", {"date": "2024-02-30"}, "is no date: day is out of range"),
        ("SELECT * {}", {"x": "1"}, "this question has none"),
    ],
)
def test_a_parameter_that_cannot_be_says_why(name: str, params: dict[str, str], expected: str, store: Store) -> None:
    with pytest.raises(QueryError, match=expected):
        queries.run(store, name, params)


@given(st.text(max_size=20))
def test_no_value_of_a_parameter_changes_the_question(value: str) -> None:
    bound = queries.load("attributions").bind({"source": value})
    assert sum(token.kind == "variable" for token in guard.tokens(bound)) >= 15
    assert "}  # parameter" not in bound
    guard.check(bound)


# What is refused

REFUSED = [
    ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "line 1, column 12: SERVICE is refused"),
    ("SELECT * {\n  service silent <http://example.org/> {} }", "line 2, column 3: SERVICE"),
    ("SELECT * { ?s ?p ?o . { SELECT * { SERVICE ?s {} } } }", "SERVICE"),
    ("SELECT * FROM <http://example.org/data.ttl> { ?s ?p ?o }", "FROM is refused: a query sees all graphs"),
    ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
    ("LOAD <http://example.org/>", "line 1, column 1: LOAD would change the data"),
    ("# SELECT\nPREFIX : <x:>\nINSERT DATA { :a :b :c }", "line 3, column 1: INSERT would change"),
    ("CLEAR ALL", "CLEAR would change"),
    ("WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH would change"),
    ("ASK {} ; LOAD <x:y>", "LOAD is refused"),
    ("", "expected SELECT, ASK, CONSTRUCT or DESCRIBE, found nothing"),
    ("{ ?s ?p ?o }", "found nothing"),
    ("SELCT * {}", "found 'SELCT'"),
]
HARMLESS = [
    "SELECT ?service { ?service a ?from }",
    'SELECT * { ?s ?p "SERVICE <http://example.org/>" }',
    'SELECT * { ?s ?p \'\'\'it\'s\nLOAD\'\'\' , """a "FROM" b""" }',
    "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
    "PREFIX service: <x:> SELECT * { ?s service:load service: }",
    "PREFIX : <x:> SELECT * { ?s :LOAD :FROM }",
    'SELECT * { ?s ?p "x"@load FILTER(?s < 3 && 4 > ?p) }',
    "SELECT * { GRAPH <x:g> { ?s ?p ?o } }",
    "DESCRIBE <x:y>",
]


@pytest.mark.parametrize(("query", "expected"), REFUSED)
def test_what_reaches_out_or_changes_data_is_refused(query: str, expected: str, store: Store) -> None:
    with pytest.raises(QueryError, match=re.escape(expected)):
        queries.run(store, query)


@pytest.mark.parametrize("query", HARMLESS)
def test_words_that_are_no_keywords_are_let_pass(query: str, store: Store) -> None:
    guard.check(query)
    store.query(query)


def services(tree: Any) -> Iterator[Any]:
    """The SERVICE clauses that rdflib's parser finds."""
    if getattr(tree, "name", None) == "ServiceGraphPattern":
        yield tree
    children = (
        tree.values()
        if isinstance(tree, dict)
        else tree
        if hasattr(tree, "__iter__") and not isinstance(tree, str)
        else ()
    )
    for child in children:
        yield from services(child)


@pytest.mark.parametrize("query", [*HARMLESS, *(query for query, _ in REFUSED[:3])])
def test_the_guard_and_the_parser_of_rdflib_find_the_same_services(query: str) -> None:
    found = [token for token in guard.tokens(query) if token.kind == "word" and token.text.upper() == "SERVICE"]
    assert bool(found) == bool(list(services(parseQuery(query))))


@given(st.text(st.sampled_from("SERVICEservice<>\"'#?$:@\\ \n{}.abé"), max_size=40))
def test_tokens_leave_nothing_out(query: str) -> None:
    spaces = re.compile(r"\s+|#[^\n\r]*")
    rest, at = query, 0
    for token in guard.tokens(query):
        between = query[at : token.start]
        assert spaces.sub("", between) == ""
        at = token.start + len(token.text)
    assert spaces.sub("", rest[at:]) == ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s ?p", "line 1, column 17"),
        (
            "SELECT ?x\nWHERE { ?x nosuch:name ?y }",
            "line 2, column 23, in «WHERE { ?x nosuch:name ?y }»: prefix not found",
        ),
    ],
)
def test_malformed_sparql_is_told_with_its_place(query: str, expected: str, store: Store) -> None:
    with pytest.raises(QueryError, match=f"malformed SPARQL, {re.escape(expected)}"):
        queries.run(store, query)


# How an answer is printed


def answered(query: str) -> queries.Result:
    return queries.run(Store.open(), query)


MIXED = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) {
    (<https://w3id.org/alliance-kg/id/actor/TUR> "تركيا"@ar 1) ("say \\"x\\", \\ty" UNDEF "2024-01-01"^^xsd:date) } }"""


def test_csv_tsv_and_json_follow_the_standard() -> None:
    result = answered(MIXED)
    assert list(csv.reader(io.StringIO(result.text("csv")))) == [
        ["a", "b", "c"],
        [E + "actor/TUR", "تركيا", "1"],
        ['say "x", \ty', "", "2024-01-01"],
    ]
    assert result.text("csv").count("\r\n") == 3
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert result.text("tsv").splitlines() == [
        "?a\t?b\t?c",
        f'<{E}actor/TUR>\t"تركيا"@ar\t"1"^^<{xsd}integer>',
        f'"say \\"x\\", \\ty"\t\t"2024-01-01"^^<{xsd}date>',
    ]
    assert json.loads(result.text("json")) == {
        "head": {"vars": ["a", "b", "c"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": E + "actor/TUR"},
                    "b": {"type": "literal", "value": "تركيا", "xml:lang": "ar"},
                    "c": {"type": "literal", "value": "1", "datatype": xsd + "integer"},
                },
                {
                    "a": {"type": "literal", "value": 'say "x", \ty'},
                    "c": {"type": "literal", "value": "2024-01-01", "datatype": xsd + "date"},
                },
            ]
        },
    }


def test_a_table_is_aligned_with_arabic_in_it() -> None:
    lines = answered(MIXED).text().splitlines()
    assert lines[0].split() == ["a", "b", "c"]
    assert lines[2].startswith("actor:TUR")
    assert lines[-1] == "(2 rows)"
    third = [width(line[: line.rindex(word)]) for line, word in [(lines[0], "c"), (lines[2], "1"), (lines[3], "2024")]]
    assert len(set(third)) == 1


def test_long_texts_are_wrapped_in_a_table() -> None:
    words = " ".join(["اتفاقية"] * 30)
    lines = answered(f'SELECT ("{words}" AS ?x) {{}}').text().splitlines()
    assert max(width(line) for line in lines) <= 60
    assert sum(line.count("اتفاقية") for line in lines) == 30


def test_an_answer_without_rows_still_has_its_columns() -> None:
    assert answered("SELECT ?a ?b { ?a <x:p> ?b }").text() == "a  b\n─  ─\n(0 rows)\n"


def test_ask_and_construct_are_printed_too() -> None:
    assert answered("ASK {}").text() == "true\n"
    assert json.loads(answered("ASK { <x:a> <x:b> <x:c> }").text("json")) == {"head": {}, "boolean": False}
    triples = answered('CONSTRUCT { <x:a> <x:b> "ج"@ar } {}')
    assert triples.text("turtle") == '<x:a>\n    <x:b> "ج"@ar .\n'
    assert triples.text("csv") == "subject,predicate,object\r\nx:a,x:b,ج\r\n"


def test_a_form_that_cannot_be_says_why() -> None:
    with pytest.raises(QueryError, match="only CONSTRUCT and DESCRIBE give triples"):
        answered("SELECT * {}").text("turtle")
    with pytest.raises(QueryError, match="unknown format 'xlsx'; expected one of table, csv, tsv, json, turtle"):
        answered("SELECT * {}").text("xlsx")
