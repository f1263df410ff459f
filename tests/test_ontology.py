"""The vocabulary, its reader, the shapes and the alignments; the published lists and code tables are data here."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import rdflib
from gold_build import gold, quads_of
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Literal, URIRef

import ontology
from kg.graph import Quad
from ontology import AKG, Term, VocabularyError, context, reference, vocabulary

FILES = ("vocabulary.ttl", "shapes.ttl", "alignments.ttl")
SH = "http://www.w3.org/ns/shacl#"
OA = "http://www.w3.org/ns/oa#"
CODE = "https://w3id.org/alliance-kg/code/"
CASES = tomllib.loads((Path(__file__).parent / "cases" / "ontology.toml").read_text(encoding="utf-8"))
SCHEMES: dict[str, str] = CASES["schemes"]
CAMEO: dict[str, str] = CASES["cameo"]


def akg(local: str) -> URIRef:
    return URIRef(AKG + local)


def sh(local: str) -> URIRef:
    return URIRef(SH + local)


def own(graph: rdflib.Graph) -> set[URIRef]:
    """Give every akg: name that stands anywhere in a graph."""
    return {one for triple in graph for one in triple if isinstance(one, URIRef) and one.startswith(AKG)}


def quoted(data: rdflib.Graph) -> list[URIRef]:
    """Give the quote selectors of a graph, sorted."""
    return sorted(one for one in data.subjects(URIRef(OA + "exact")) if isinstance(one, URIRef))


def name(node: object) -> str:
    """Give the part of an IRI behind its last separator."""
    return re.split(r"[#/]", str(node))[-1]


@pytest.fixture(scope="module")
def graphs() -> dict[str, rdflib.Graph]:
    return {name: ontology.graph(name) for name in FILES}


@pytest.fixture(scope="module")
def words(graphs: dict[str, rdflib.Graph]) -> rdflib.Graph:
    return graphs["vocabulary.ttl"]


@pytest.fixture(scope="module")
def example() -> str:
    """Give the example in the head of vocabulary.ttl as Turtle."""
    text = ontology.path("vocabulary.ttl").read_text(encoding="utf-8")
    prefixes = re.findall(r"^@prefix .*$", text, re.MULTILINE)
    return "\n".join([*prefixes, *re.findall(r"^#   (.*)$", text, re.MULTILINE)])


class TestVocabulary:
    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_holds_exactly_the_strings_of_claim_records_in_their_order(self, scheme: str) -> None:
        assert list(getattr(vocabulary(), scheme)) == SCHEMES[scheme].split()

    def test_every_term_has_a_label_and_a_definition_in_both_languages(self) -> None:
        letters = {"ar": re.compile(r"[\u0621-\u064a]"), "en": re.compile(r"[A-Za-z]")}
        terms = vocabulary().terms
        assert len(terms) > 200
        for term in terms.values():
            for text in (term.ar, term.definition_ar):
                assert letters["ar"].search(text), term.iri
            assert letters["en"].search(term.en), term.iri
            assert not letters["ar"].search(term.en + term.definition_en), term.iri
            assert term.definition_ar.endswith("."), term.iri
            assert term.definition_en.endswith((".", ".)")), term.iri

    def test_every_named_thing_is_a_term_that_says_where_it_is_defined(self, words: rdflib.Graph) -> None:
        subjects = {one for one in words.subjects() if str(one).startswith(AKG)}
        assert {str(one) for one in subjects} == set(vocabulary().terms)
        home = URIRef(AKG.rstrip("#"))
        assert [one for one in sorted(subjects) if (one, RDFS.isDefinedBy, home) not in words] == []

    def test_no_label_is_used_twice_in_a_scheme(self) -> None:
        for scheme in SCHEMES:
            terms: list[Term] = list(getattr(vocabulary(), scheme).values())
            assert len({term.ar for term in terms}) == len({term.en for term in terms}) == len(terms), scheme

    @pytest.mark.parametrize("name", FILES)
    def test_no_term_is_used_and_undefined(self, name: str, graphs: dict[str, rdflib.Graph]) -> None:
        assert {str(one) for one in own(graphs[name])} - set(vocabulary().terms) == set()

    def test_no_term_is_defined_and_unused(self, graphs: dict[str, rdflib.Graph]) -> None:
        used = own(graphs["shapes.ttl"]) | own(graphs["alignments.ttl"])
        words = graphs["vocabulary.ttl"]
        for subject, predicate, target in words:
            used |= {predicate} | ({target} if target != subject else set())
        used |= set(words.subjects(SKOS.inScheme))
        assert sorted(set(vocabulary().terms) - {str(one) for one in used}) == []

    def test_no_term_of_another_vocabulary_is_declared_and_unused(self, graphs: dict[str, rdflib.Graph]) -> None:
        words = graphs["vocabulary.ttl"]
        kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        declared = {one for kind in kinds for one in words.subjects(RDF.type, kind) if not str(one).startswith(AKG)}
        used = {one for graph in graphs.values() for s, p, o in graph for one in (p, o if p != RDF.type else s)}
        used |= {o for s, p, o in words if p == RDF.type and str(s).startswith(AKG)}
        assert sorted(declared - used) == []

    def test_each_kind_has_a_class_of_agreements_with_its_label(self, words: rdflib.Graph) -> None:
        for kind in vocabulary().kinds.values():
            assert (URIRef(kind.class_iri), RDFS.subClassOf, akg("Agreement")) in words
            named = vocabulary().terms[kind.class_iri]
            assert (named.ar, named.en) == (kind.ar, kind.en)
        assert len(list(words.subjects(RDFS.subClassOf, akg("Agreement")))) == len(vocabulary().kinds)

    def test_colours_differ_and_show_on_white(self) -> None:
        colors = [kind.color for kind in vocabulary().kinds.values()]
        assert len(set(colors)) == len(colors)
        assert [color for color in colors if contrast_with_white(color) < 3] == []

    def test_ranks_and_precedences_are_orders_without_ties(self) -> None:
        known = vocabulary()
        assert sorted(kind.precedence for kind in known.kinds.values()) == list(range(1, len(known.kinds) + 1))
        assert sorted(status.rank for status in known.statuses.values()) == list(range(len(known.statuses)))
        assert len({kind.dash for kind in known.kinds.values()}) == len(known.kinds)

    def test_the_life_cycle_goes_from_proposal_to_end_and_a_refusal_outranks_a_denial(self) -> None:
        rank = {name: status.rank for name, status in vocabulary().statuses.items()}
        path = "proposed negotiating signed ratified in-force completed suspended terminated".split()
        assert sorted(path, key=rank.__getitem__) == path
        assert rank["denied"] < min(rank[name] for name in path)
        assert rank["rejected"] > max(rank[name] for name in path)

    def test_what_is_active_has_come_about_and_is_drawn_full(self) -> None:
        active = [status for status in vocabulary().statuses.values() if status.active]
        assert [status.name for status in active] == ["signed", "ratified", "in-force"]
        assert {(status.polarity, status.line) for status in active} == {("positive", "solid")}

    def test_arrows_end_at_roles_that_are_drawn(self) -> None:
        for kind in vocabulary().kinds.values():
            assert {*kind.directed_from, *kind.directed_to} <= set(kind.draw_roles)
            assert kind.directed == bool(kind.directed_from)
            assert not {"opponent", "against"} & set(kind.draw_roles)

    def test_shortcuts_fit_their_kinds(self) -> None:
        known = vocabulary()
        by_iri = {one.iri: one for one in known.shortcuts.values()}
        for kind in known.kinds.values():
            if kind.shortcut:
                assert by_iri[kind.shortcut].kinds == (kind.name,)
                assert by_iri[kind.shortcut].symmetric != kind.directed
        for one in by_iri.values():
            assert one.properties[0] == one.iri
            assert bool(one.to_roles) != one.to_organization, one.name
            assert not {"denied", "rejected", "suspended"} & set(one.statuses), one.name
        assert known.shortcuts["hasDefensePactWith"].properties[1:] == (AKG + "alliedWith",)

    def test_obligations_follow_from_kinds_and_provisions(self) -> None:
        known = vocabulary()
        assert known.kinds["mutual-defense-pact"].obligations == ("defense",)
        assert known.kinds["defense-cooperation"].obligations == ()
        assert known.provisions["consultation"].obligations == ("consultation",)

    def test_date_keys_name_the_status_that_they_date(self) -> None:
        dates = vocabulary().dates
        assert {key: one.status for key, one in dates.items()} == {key: key for key in dates} | {"planned": None}

    @pytest.mark.parametrize(
        ("certainty", "status", "value"),
        [
            ("certain", "in-force", "CT+"),
            ("certain", "terminated", "CT+"),
            ("certain", "denied", "CT-"),
            ("certain", "rejected", "CT-"),
            ("probable", "signed", "PR+"),
            ("probable", "rejected", "PR-"),
            ("possible", "completed", "PS+"),
            ("possible", "denied", "PS-"),
            ("certain", "proposed", "Uu"),
            ("possible", "negotiating", "Uu"),
        ],
    )
    def test_factuality_follows_from_certainty_and_status(self, certainty: str, status: str, value: str) -> None:
        assert vocabulary().factuality(certainty, status) == value

    def test_every_certainty_and_status_lead_to_one_value(self) -> None:
        known = vocabulary()
        for status in known.statuses.values():
            for certainty in known.certainties:
                fits = [one for one in known.factualities.values() if one.polarity == status.polarity]
                assert len([one for one in fits if certainty in one.certainties]) == 1

    def test_terms_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            vocabulary().kinds["base"].color = "#000000"  # type: ignore[misc]
        with pytest.raises(TypeError):
            vocabulary().kinds["new"] = vocabulary().kinds["base"]  # type: ignore[index]

    def test_a_graph_is_the_callers_own(self) -> None:
        graph = ontology.graph()
        graph.remove((None, None, None))
        assert len(ontology.graph()) > 2000

    def test_importing_it_loads_no_rdf_library(self) -> None:
        code = "import sys, ontology; print('rdflib' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False"


def contrast_with_white(color: str) -> float:
    """Give the contrast ratio of WCAG 2 (1 to 21) between a colour and white."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


class TestFiles:
    @pytest.mark.parametrize("name", FILES)
    def test_two_parsers_read_the_same_triples_and_no_blank_node(self, name: str) -> None:
        import pyoxigraph

        first = ontology.graph(name)
        second = pyoxigraph.parse(path=str(ontology.path(name)), format=pyoxigraph.RdfFormat.TURTLE)
        lines = "\n".join(f"{one.triple} ." for one in second)
        other = rdflib.Graph().parse(data=lines, format="nt")
        assert {*first} == {*other}
        assert [one for triple in first for one in triple if isinstance(one, BNode)] == []

    @pytest.mark.parametrize("name", FILES)
    def test_every_literal_is_well_typed(self, name: str, graphs: dict[str, rdflib.Graph]) -> None:
        literals = [one for triple in graphs[name] for one in triple if isinstance(one, Literal)]
        assert literals
        assert [one for one in literals if one.ill_typed or not str(one).strip()] == []

    @pytest.mark.parametrize("name", FILES)
    def test_every_prefix_is_used(self, name: str) -> None:
        text = ontology.path(name).read_text(encoding="utf-8")
        prefixes = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
        assert [one for one in prefixes if not re.search(rf"[\s^(]{one}:\w", text)] == []

    def test_an_unknown_file_is_said_to_be_unknown(self) -> None:
        with pytest.raises(VocabularyError, match=r"rules\.ttl: no such file; the ontology has alignments\.ttl"):
            ontology.path("rules.ttl")


NEW_KIND = """
akg:kind-space a akg:Kind ; skos:inScheme akg:KindScheme ; skos:notation "space" ; akg:position 16 ;
    skos:prefLabel "تعاون فضائي"@ar , "space cooperation"@en ; skos:definition "تعاون."@ar , "Cooperation."@en ;
    akg:kindClass akg:SpaceCooperation ; akg:color "#123456" ; akg:dash "none" ; akg:precedence 16 ;
    akg:directed false ; akg:drawRole akg:role-party ; rdfs:isDefinedBy kg:ontology .
akg:SpaceCooperation a owl:Class ; rdfs:subClassOf akg:Agreement ;
    rdfs:label "تعاون فضائي"@ar , "space cooperation"@en ;
    rdfs:comment "تعاون."@ar , "Cooperation."@en ; rdfs:isDefinedBy kg:ontology .
"""


class TestReading:
    @pytest.mark.parametrize("case", CASES["fault"], ids=lambda case: case["name"])
    def test_a_malformed_file_is_told_by_file_term_and_what_is_missing(
        self, case: dict[str, Any], tmp_path: Path
    ) -> None:
        text = ontology.path("vocabulary.ttl").read_text(encoding="utf-8")
        assert case["old"] in text
        file = tmp_path / "faulty.ttl"
        file.write_text(text.replace(case["old"], case["new"]), encoding="utf-8")
        with pytest.raises(VocabularyError) as caught:
            ontology.read(file)
        message = str(caught.value)
        assert message.startswith(str(file))
        assert [one for one in case["says"] if one not in message] == []

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(VocabularyError, match=r"none\.ttl: no such file"):
            ontology.read(tmp_path / "none.ttl")

    def test_a_new_kind_is_turtle_alone(self, tmp_path: Path) -> None:
        file = tmp_path / "more.ttl"
        file.write_text(ontology.path("vocabulary.ttl").read_text(encoding="utf-8") + NEW_KIND, encoding="utf-8")
        kinds = ontology.read(file).kinds
        assert [*kinds] == [*vocabulary().kinds, "space"]
        assert (kinds["space"].en, kinds["space"].color, kinds["space"].dash) == ("space cooperation", "#123456", ())


def spoilt(shapes: rdflib.Graph) -> rdflib.Graph:
    """Give for every node shape a node of its class whose properties all have a value of a wrong sort, or none."""
    made = rdflib.Graph()
    for shape in sorted(shapes.subjects(RDF.type, sh("NodeShape"))):
        node = URIRef(f"urn:spoilt:{str(shape).rpartition('#')[2]}")
        target = shapes.value(shape, sh("targetClass"), any=True)
        made.add((node, RDF.type, target) if target else (node, akg("shortcutKind"), Literal("spoilt")))
        for one in shapes.objects(shape, sh("property")):
            path = shapes.value(one, sh("path"))
            if shapes.value(one, sh("class")) or shapes.value(one, sh("nodeKind")):
                made.add((node, path, Literal("spoilt")))
            elif shapes.value(one, sh("datatype")):
                made.add((node, path, URIRef("urn:spoilt:value")))
    return made


@pytest.fixture(scope="module")
def found(example: str, graphs: dict[str, rdflib.Graph]) -> dict[str, set[str]]:
    """Validate everything broken at once; the nodes that each shape complains of, by the shape's local name."""
    pyshacl = pytest.importorskip("pyshacl")
    shapes = graphs["shapes.ttl"]
    data = rdflib.Graph().parse(
        data="\n".join([example, *(case["turtle"] for case in CASES["broken"])]), format="turtle"
    )
    data += graphs["vocabulary.ttl"] + spoilt(shapes)
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert not conforms
    nodes = defaultdict(set)
    for one in results.subjects(RDF.type, sh("ValidationResult")):
        languages = {message.language for message in results.objects(one, sh("resultMessage"))}
        assert languages == {"ar", "en"}
        nodes[name(results.value(one, sh("sourceShape")))].add(name(results.value(one, sh("focusNode"))))
    return nodes


class TestShapes:
    @pytest.mark.parametrize("extra", ["nothing", "vocabulary.ttl", "alignments.ttl"])
    def test_the_documented_example_and_the_ontology_conform(
        self, extra: str, example: str, graphs: dict[str, rdflib.Graph]
    ) -> None:
        pyshacl = pytest.importorskip("pyshacl")
        source = rdflib.Graph().parse(data=example, format="turtle") if extra == "nothing" else graphs[extra]
        data = source + graphs["vocabulary.ttl"]
        conforms, _, text = pyshacl.validate(data, shacl_graph=graphs["shapes.ttl"], inference="none")
        assert conforms, text

    def test_the_example_is_whole(self, example: str) -> None:
        data = rdflib.Graph().parse(data=example, format="turtle")
        classes = {one for one in data.objects(None, RDF.type) if str(one).startswith(AKG)}
        wanted = "Claim Agreement TransitAgreement Participation Document Run PartialDate StatusPeriod Base State"
        assert classes == {akg(one) for one in wanted.split()}
        for one in quoted(data):
            start, end = (int(part) for part in re.findall(r"-(\d+)-(\d+)-quote$", str(one))[0])
            place = URIRef(str(one).removesuffix("quote") + "position")
            assert [int(str(data.value(place, URIRef(OA + part)))) for part in ("start", "end")] == [start, end]
            assert len(str(data.value(one, URIRef(OA + "exact")))) == end - start

    @pytest.mark.parametrize("case", CASES["broken"], ids=lambda case: case["turtle"].split()[0])
    def test_a_seeded_fault_is_found(self, case: dict[str, str], found: dict[str, set[str]]) -> None:
        node = case["turtle"].split()[0].partition(":")[2]
        assert node in found[case["shape"]]

    def test_every_shape_finds_what_breaks_it(
        self, found: dict[str, set[str]], graphs: dict[str, rdflib.Graph]
    ) -> None:
        shapes = {name(one) for one in graphs["shapes.ttl"].subjects(RDF.type, sh("PropertyShape"))}
        assert sorted(shapes - found.keys()) == []

    def test_every_class_has_a_shape(self, graphs: dict[str, rdflib.Graph]) -> None:
        words, shapes = graphs["vocabulary.ttl"], graphs["shapes.ttl"]
        classes = {one for one in words.subjects(RDF.type, OWL.Class) if str(one).startswith(AKG)}
        targets = set(shapes.objects(None, sh("targetClass")))
        bare = {one for one in classes if not targets & set(words.transitive_objects(one, RDFS.subClassOf))}
        assert sorted(bare) == []

    def test_every_property_shape_belongs_to_a_node_shape_and_speaks_both_languages(
        self, graphs: dict[str, rdflib.Graph]
    ) -> None:
        shapes = graphs["shapes.ttl"]
        for one in shapes.subjects(RDF.type, sh("PropertyShape")):
            assert len(list(shapes.subjects(sh("property"), one))) == 1
            assert {message.language for message in shapes.objects(one, sh("message"))} == {"ar", "en"}


class TestAlignments:
    def test_each_mapping_stands_as_a_triple_and_each_triple_as_a_mapping(
        self, graphs: dict[str, rdflib.Graph]
    ) -> None:
        links = graphs["alignments.ttl"]
        nodes = list(links.subjects(RDF.type, akg("Mapping")))
        ends = [tuple(links.value(one, akg(part)) for part in ("mapsFrom", "mapsBy", "mapsTo")) for one in nodes]
        assert len(set(ends)) == len(ends) > 60
        assert set(ends) == {triple for triple in links if str(triple[1]).endswith("Match")}

    def test_exact_and_broader_or_related_links_exclude_each_other(self, graphs: dict[str, rdflib.Graph]) -> None:
        found = defaultdict(set)
        for subject, relation, target in graphs["alignments.ttl"]:
            if str(relation).endswith("Match"):
                found[subject, target].add(name(relation))
        assert {pair: kinds for pair, kinds in found.items() if len(kinds) > 1} == {}

    def test_every_code_that_a_link_leads_to_is_in_its_table(self, graphs: dict[str, rdflib.Graph]) -> None:
        links = graphs["alignments.ttl"]
        codes = {one for one in links.objects(None, akg("mapsTo")) if str(one).startswith(CODE)}
        assert {one for one in codes if (one, SKOS.inScheme, None) not in links} == set()
        assert {name(links.value(one, SKOS.inScheme)) for one in codes} == {"atop", "cow", "dcad", "cameo", "plover"}

    @pytest.mark.parametrize(
        "home", ["code/", "www.wikidata.org/entity/", "schema.org/", "ns/prov#", "ns/oa#", "geosparql#", "2006/time#"]
    )
    def test_every_vocabulary_is_linked(self, home: str, graphs: dict[str, rdflib.Graph]) -> None:
        assert [one for one in graphs["alignments.ttl"].objects(None, akg("mapsTo")) if home in str(one)]

    def test_cameo_codes_are_the_published_ones(self, graphs: dict[str, rdflib.Graph]) -> None:
        links = graphs["alignments.ttl"]
        table = URIRef(CODE + "cameo")
        codes = {str(links.value(one, SKOS.notation)): one for one in links.subjects(SKOS.inScheme, table)}
        names = {code: {str(one) for one in links.objects(node, SKOS.prefLabel)} for code, node in codes.items()}
        assert names.keys() == CAMEO.keys()
        assert {code for code, found in names.items() if CAMEO[code] not in found} == set()
        for code, node in codes.items():
            above = links.value(node, SKOS.broader)
            assert (above is None) == (len(code) == 2)
            assert above is None or str(links.value(above, SKOS.notation)) == code[:-1]

    def test_signing_is_057_and_nothing_is_asylum(self, graphs: dict[str, rdflib.Graph]) -> None:
        links = graphs["alignments.ttl"]
        assert (akg("status-signed"), SKOS.closeMatch, URIRef(CODE + "cameo-057")) in links
        assert list(links.subjects(akg("mapsTo"), URIRef(CODE + "cameo-075"))) == []


class TestReference:
    def test_every_term_is_there_in_both_languages_with_its_mappings(self) -> None:
        text = reference.page()
        for iri, term in vocabulary().terms.items():
            if not iri.endswith("Scheme"):
                assert f'<section id="{name(iri)}">' in text
                assert all(
                    html.escape(said) in text for said in (term.ar, term.en, term.definition_ar, term.definition_en)
                )
        mappings = set(ontology.graph("alignments.ttl").subjects(RDF.type, akg("Mapping")))
        assert text.count("<li>") == len(mappings)

    def test_every_link_within_the_page_leads_somewhere_and_nothing_is_fetched(self) -> None:
        text = reference.page()
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r' id="([^"]+)"', text))
        assert re.findall(r"<(?:script|link|img|iframe)|url\(|@import", text) == []

    def test_it_is_the_same_each_time(self) -> None:
        code = "import sys; from ontology import reference; sys.stdout.buffer.write(reference.page().encode())"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        assert done.stdout == reference.page().encode()


class TestContext:
    def test_the_file_is_what_the_vocabulary_gives(self) -> None:
        text = (ontology.path("vocabulary.ttl").parent / "context.jsonld").read_text(encoding="utf-8")
        assert text == context.text(), "bring it up to date: kg ontology context -o ontology/context.jsonld"

    def test_it_has_every_class_and_property_and_no_concept(self) -> None:
        words = ontology.graph()
        known = {*words.subjects(RDF.type, OWL.Class), *words.subjects(RDF.type, OWL.ObjectProperty)}
        known |= set(words.subjects(RDF.type, OWL.DatatypeProperty))
        own = {name(one) for one in known if str(one).startswith(AKG)}
        entries = json.loads(context.text())["@context"]
        assert {key for key in entries if "akg:" in str(entries[key])} == own

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader of JSON-LD
    def test_json_by_it_says_what_the_turtle_says(self) -> None:
        record = {
            "@id": "id:agreement/a-1",
            "@type": "TransitAgreement",
            "kind": "akg:kind-transit",
            "contested": False,
            "witnesses": 2,
            "statusPeriod": {"@id": "id:period/a-1-1", "heldFrom": "2024-09-30", "status": "akg:status-signed"},
            "rdfs:label": {"@value": "عبور", "@language": "ar"},
        }
        text = json.dumps({**json.loads(context.text()), **record}, ensure_ascii=False)
        turtle = f"""@prefix akg: <{AKG}> . @prefix id: <{ontology.ID}> . @prefix rdfs: <{RDFS}> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            <{ontology.ID}agreement/a-1> a akg:TransitAgreement ; akg:kind akg:kind-transit ; akg:contested false ;
            akg:witnesses 2 ; akg:statusPeriod <{ontology.ID}period/a-1-1> ; rdfs:label "عبور"@ar .
            <{ontology.ID}period/a-1-1> akg:heldFrom "2024-09-30"^^xsd:date ; akg:status akg:status-signed ."""
        assert set(rdflib.Graph().parse(data=text, format="json-ld")) == set(rdflib.Graph().parse(data=turtle))


@pytest.mark.skipif(not shutil.which("java"), reason="HermiT needs Java")
class TestReasoning:
    def consistent(self, folder: Path, *graphs: rdflib.Graph) -> bool:
        """Ask HermiT; no class may be empty either."""
        owlready2 = pytest.importorskip("owlready2")
        file = folder / "all.nt"
        sum(graphs, rdflib.Graph()).serialize(file, format="nt", encoding="utf-8")
        world = owlready2.World()
        world.get_ontology(file.as_uri()).load()
        try:
            owlready2.sync_reasoner_hermit(world, ignore_unsupported_datatypes=True, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return False
        assert list(world.inconsistent_classes()) == []
        return True

    def test_the_ontology_its_alignments_and_the_example_are_consistent(
        self, tmp_path: Path, example: str, graphs: dict[str, rdflib.Graph]
    ) -> None:
        data = rdflib.Graph().parse(data=example, format="turtle")
        assert self.consistent(tmp_path, graphs["vocabulary.ttl"], graphs["alignments.ttl"], data)

    def test_the_graph_of_the_annotated_documents_is_consistent(
        self, tmp_path: Path, graphs: dict[str, rdflib.Graph]
    ) -> None:
        lines = "\n".join(Quad(*quad[:3]).nq() for quad in quads_of(gold()))
        assert self.consistent(tmp_path, graphs["vocabulary.ttl"], rdflib.Graph().parse(data=lines, format="nt"))

    @pytest.mark.parametrize("case", CASES["contradiction"], ids=lambda case: case["name"])
    def test_a_contradiction_is_found(
        self, case: dict[str, str], tmp_path: Path, example: str, graphs: dict[str, rdflib.Graph]
    ) -> None:
        data = rdflib.Graph().parse(data=f"{example}\n{case['turtle']}", format="turtle")
        assert not self.consistent(tmp_path, graphs["vocabulary.ttl"], data)
