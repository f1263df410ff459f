"""The vocabulary as a page to read: every class, property and concept, in English and Arabic, with what it maps to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import AKG, Term, graph, vocabulary

_STYLE = """
:root { --ink: #1c2430; --soft: #5b6675; --line: #dde2e8; --tint: #f5f7f9; --link: #0b5cad; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 5rem; color: var(--ink); background: #fff;
  font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", "Noto Naskh Arabic", sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
[lang=ar] { direction: rtl; unicode-bidi: isolate; text-align: right; font-size: 1.06em; }
header, .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .4rem; }
h2 { margin: 3rem 0 1rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); display: flex;
  justify-content: space-between; font-size: 1.35rem; }
nav { margin: 1.5rem 0; padding: 1rem 1.25rem; background: var(--tint); border-radius: .5rem; columns: 3 14rem; }
nav a { display: flex; justify-content: space-between; gap: 1rem; break-inside: avoid; }
section { padding: 1rem 0 .9rem; border-bottom: 1px solid var(--line); scroll-margin-top: 1rem; }
section:target { background: #fff9e2; }
h3 { display: inline; font-size: 1.05rem; margin: 0; margin-inline-end: .6rem; }
code { font: .86em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; color: var(--soft); overflow-wrap: anywhere; }
a code { color: inherit; }
p { margin: .25rem 0 .4rem; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .15rem 1rem; margin: .4rem 0 0; font-size: .92rem; }
dt { color: var(--soft); }
dd { margin: 0; }
dd ul { list-style: none; margin: 0; padding: 0; }
.swatch { display: inline-block; width: 2.2rem; height: .45rem; border-radius: .2rem; vertical-align: middle; }
@media (max-width: 44rem) { header, .pair { grid-template-columns: 1fr; } dl { grid-template-columns: 1fr; } }
"""
_SKOS_WORDS = {
    "exactMatch": "is exactly", "closeMatch": "is close to", "broadMatch": "is narrower than",
    "narrowMatch": "is broader than", "relatedMatch": "is related to",
}  # fmt: skip
_KINDS_OF_PROPERTY = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_TRAITS = {OWL.FunctionalProperty: "at most one value", OWL.SymmetricProperty: "symmetric"}


@dataclass(frozen=True, slots=True)
class _Chapter:
    anchor: str
    en: str
    ar: str
    terms: tuple[URIRef, ...]


def page() -> str:
    """Write the reference as one HTML page that needs nothing else; the same bytes each time."""
    chapters = list(_chapters())
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(_text(_home(), 'title', 'en'))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            *_head(),
            *_contents(chapters),
            *(line for chapter in chapters for line in _chapter(chapter)),
            "</body>\n</html>\n",
        ]
    )


def _home() -> URIRef:
    return URIRef(AKG.rstrip("#"))


def _chapters() -> Iterator[_Chapter]:
    """Part the terms: classes, classes of agreements, properties, then each scheme: its class, and its concepts."""
    classes = _own(OWL.Class)
    concepts = set(_words().subjects(RDFS.subClassOf, SKOS.Concept))
    agreements = [one for one in classes if (one, RDFS.subClassOf, URIRef(AKG + "Agreement")) in _words()]
    rest = [one for one in classes if one not in concepts and one not in agreements]
    yield _Chapter("classes", "Classes", "الأصناف", tuple(rest))
    yield _Chapter("agreements", "Classes of agreements", "أصناف الاتفاقات", tuple(agreements))
    properties = sorted({one for kind in _KINDS_OF_PROPERTY for one in _own(kind)})
    shortcuts = [one for one in properties if (one, URIRef(AKG + "shortcutKind"), None) in _words()]
    rest = [one for one in properties if one not in shortcuts]
    yield _Chapter("properties", "Properties", "الخصائص", tuple(rest))
    yield _Chapter("direct", "Direct properties between actors", "خصائص مباشرة بين الفاعلين", tuple(shortcuts))
    for scheme in _own(SKOS.ConceptScheme):
        members = [one for one in _words().subjects(SKOS.inScheme, scheme) if isinstance(one, URIRef)]
        ordered = sorted(members, key=lambda one: int(str(_words().value(one, URIRef(AKG + "position")))))
        term = vocabulary().terms[str(scheme)]
        english = term.en.removeprefix("scheme: ").capitalize()
        yield _Chapter(_local(scheme), english, term.ar.removeprefix("قائمة: "), (_class_of(scheme), *ordered))


def _class_of(scheme: URIRef) -> URIRef:
    return URIRef(scheme.removesuffix("Scheme"))


def _own(kind: URIRef) -> list[URIRef]:
    found = (one for one in _words().subjects(RDF.type, kind) if isinstance(one, URIRef) and one.startswith(AKG))
    return sorted(found)


def _text(node: URIRef, name: str, language: str) -> str:
    literals = _words().objects(node, URIRef("http://purl.org/dc/terms/" + name))
    return next(str(one) for one in literals if isinstance(one, Literal) and one.language == language)


def _head() -> Iterator[str]:
    yield "<header>"
    for language in ("en", "ar"):
        title, text = (escape(_text(_home(), name, language)) for name in ("title", "description"))
        yield f'<div lang="{language}"><h1>{title}</h1><p>{text}</p></div>'
    version = escape(vocabulary().version)
    yield f"</header>\n<p><code>@prefix akg: &lt;{escape(AKG)}&gt; .</code> · version {version}</p>"


def _contents(chapters: Iterable[_Chapter]) -> Iterator[str]:
    yield "<nav>"
    for one in chapters:
        yield f'<a href="#{one.anchor}"><span>{escape(one.en)}</span><span lang="ar">{escape(one.ar)}</span></a>'
    yield "</nav>"


def _chapter(chapter: _Chapter) -> Iterator[str]:
    title = f'<span>{escape(chapter.en)}</span><span lang="ar">{escape(chapter.ar)}</span>'
    yield f'<h2 id="{chapter.anchor}">{title}</h2>'
    for node in chapter.terms:
        yield from _section(node)


def _section(node: URIRef) -> Iterator[str]:
    term = vocabulary().terms[str(node)]
    yield f'<section id="{_local(node)}">'
    yield f'<div class="pair"><div lang="en"><h3>{escape(term.en)}</h3><code>akg:{_local(node)}</code>'
    yield f"<p>{escape(term.definition_en)}</p></div>"
    yield f'<div lang="ar"><h3>{escape(term.ar)}</h3><p>{escape(term.definition_ar)}</p></div></div>'
    facts = [*_facts(node, term), *_mappings(node)]
    if facts:
        yield "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts) + "</dl>"
    yield "</section>"


def _facts(node: URIRef, term: Term) -> Iterator[tuple[str, str]]:
    if term.name != _local(node):
        yield "in claim records", f"<code>{escape(term.name)}</code>"
    for name, predicate in (("is a", RDFS.subClassOf), ("below", RDFS.subPropertyOf), ("of", RDFS.domain)):
        yield from _row(name, _words().objects(node, predicate))
    yield from _row("value", _words().objects(node, RDFS.range))
    yield from _row("has", _words().subjects(RDFS.domain, node))
    traits = [said for trait, said in _TRAITS.items() if (node, RDF.type, trait) in _words()]
    if traits:
        yield "always", ", ".join(traits)
    for name, local in (
        ("class", "kindClass"), ("obligations", "impliesObligation"), ("life-cycle rank", "lifecycleRank"),
        ("from kinds", "shortcutKind"), ("at statuses", "shortcutStatus"), ("polarity", "polarity"),
    ):  # fmt: skip
        yield from _row(name, _words().objects(node, URIRef(AKG + local)))
    color = _words().value(node, URIRef(AKG + "color"))
    if color:
        yield "drawn", f'<span class="swatch" style="background:{escape(str(color))}"></span> <code>{color}</code>'


def _row(name: str, values: Iterable[Node]) -> Iterator[tuple[str, str]]:
    shown = [_link(one) for one in sorted(values, key=str)]
    if shown:
        yield name, ", ".join(shown)


def _mappings(node: URIRef) -> Iterator[tuple[str, str]]:
    akg = {name: URIRef(AKG + name) for name in ("mapsFrom", "mapsBy", "mapsTo", "justification")}
    rows = []
    for one in sorted(_links().subjects(akg["mapsFrom"], node), key=str):
        target, relation = _links().value(one, akg["mapsTo"]), _links().value(one, akg["mapsBy"])
        why = {getattr(text, "language", ""): str(text) for text in _links().objects(one, akg["justification"])}
        rows.append(
            f"<li>{_SKOS_WORDS[_local(relation)]} {_target(target)}: {escape(why['en'])}"
            f' <span lang="ar">{escape(why["ar"])}</span></li>'
        )
    if rows:
        yield "elsewhere", f"<ul>{''.join(rows)}</ul>"


def _target(node: Node | None) -> str:
    notation = _links().value(node, SKOS.notation) if node else None
    if notation is None:
        return _link(node)
    labels = (one for one in _links().objects(node, SKOS.prefLabel) if getattr(one, "language", None) == "en")
    scheme = _local(_links().value(node, SKOS.inScheme)).upper()
    return f"{escape(scheme)} <code>{escape(str(notation))}</code> {escape(min(map(str, labels)))}"


def _link(node: Node | None) -> str:
    if not isinstance(node, URIRef):
        return escape(str(node))
    local, known = _local(node), str(node) in vocabulary().terms
    shown = node.n3(_links().namespace_manager) if not known else f"akg:{local}"
    return f'<a href="{f"#{local}" if known else escape(str(node))}"><code>{escape(shown)}</code></a>'


def _local(node: Node | None) -> str:
    return str(node).rpartition("#")[2].rpartition("/")[2]


@cache
def _words() -> Graph:
    return graph()


@cache
def _links() -> Graph:
    return graph("alignments.ttl")
