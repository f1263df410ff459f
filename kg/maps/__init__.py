"""The alliance map: one HTML file that opens without a network and shows who is bound to whom, in whose words.

pyvis makes the page from `page.html`; vis-network comes from pyvis's own wheel and stands in the file, as do our
style, scripts and data. A content security policy with the hashes of that style and those scripts lets nothing else
run and nothing be fetched. What documents say is data: JSON whose `<` is escaped, shown as text only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kg import __version__
from kg.errors import StoreError
from kg.maps import terms, world
from kg.model import Agreement, Build, Claim, Document

if TYPE_CHECKING:
    from ontology import Vocabulary

__all__ = ["FILE", "page", "write"]

FILE = "alliances.html"
FOLDER = Path(__file__).parent
SCRIPTS = ("text", "data", "paint", "scene", "overlay", "legend", "panel", "table", "main")
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"

Language = Literal["ar", "en"]
Picture = Mapping[str, Sequence[Mapping[str, Any]]]

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "selectConnectedEdges": False,
        "tooltipDelay": 3600000,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "zoomSpeed": 0.7,
    },
    "nodes": {"borderWidth": 0, "chosen": False},
    "edges": {"selectionWidth": 0, "arrows": {"to": {"scaleFactor": 0.5}}, "color": {"inherit": False}},
}


def write(
    build: Build,
    picture: Picture,
    vocabulary: Vocabulary,
    out: Path,
    *,
    lang: Language = "ar",
    title: str | None = None,
) -> Path:
    """Write the map as `alliances.html` into the folder `out`, or to `out` itself if it ends in .html; give its path.

    The file is replaced in one step. Raises StoreError if it cannot be written; the rest as in `page`.
    """
    file = out if out.suffix == ".html" else out / FILE
    text = page(build, picture, vocabulary, lang=lang, title=title)
    draft = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(file)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise StoreError(f"{file}: cannot write the map: {error.strerror}; choose another folder") from error
    return file


def page(
    build: Build, picture: Picture, vocabulary: Vocabulary, *, lang: Language = "ar", title: str | None = None
) -> str:
    """Give the map as one HTML text, the same bytes for the same input.

    `picture` is what `kg.network.picture` gives for the agreements of the build; `lang` is the language in which the
    page opens (both are in it); `title` replaces the usual heading.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    net.set_template_dir(str(FOLDER), "page.html")
    net.set_options(json.dumps(OPTIONS))
    _fill(net, picture)
    net.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    net.templateEnv.globals["page"] = _parts(build, vocabulary, lang, title)
    net.templateEnv.globals["lang"] = lang
    return str(net.generate_html(FILE)) + "\n"


def _fill(net: Any, picture: Picture) -> None:
    """Give pyvis the nodes and edges: where they lie in both views, and how far parallel lines bend."""
    spots = world.places(picture["nodes"], picture["edges"])
    for node in picture["nodes"]:
        known = {key: value for key, value in node.items() if key not in {"id", "lat", "lon"}}
        x, y = spots[node["id"]]
        placed = node["lat"] is not None or node["type"] == "agreement"
        net.add_node(node["id"], label=node["ar"], shape="custom", wx=x, wy=y, placed=placed, **known)
    bends = _bends(picture["edges"])
    for edge, bend in zip(picture["edges"], bends, strict=True):
        known = {key: edge[key] for key in ("agreement", "source_role", "target_role")}
        name = f"{edge['agreement']} {edge['source']} {edge['target']}"
        arrows = "to" if edge["directed"] else ""
        net.add_edge(edge["source"], edge["target"], id=name, bend=bend, arrows=arrows, **known)


def _bends(edges: Sequence[Mapping[str, Any]]) -> list[float]:
    """Spread the lines between two nodes as a fan: 0 is straight, the sign is the side as seen from the source.

    >>> _bends([{"source": "A", "target": "B"}, {"source": "B", "target": "A"}, {"source": "A", "target": "C"}])
    [-0.11, -0.11, 0.0]
    """
    fans: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        fans[min(edge["source"], edge["target"]), max(edge["source"], edge["target"])].append(number)
    bends = [0.0] * len(edges)
    for (first, second), numbers in fans.items():
        step = min(0.22, 1.3 / len(numbers))
        for place, number in enumerate(numbers):
            side = 1 if edges[number]["source"] == first else -1
            middle = 0 if first == second else (len(numbers) - 1) / 2
            bends[number] = round(side * (place - middle) * step, 3) + 0.0
    return bends


def _parts(build: Build, vocabulary: Vocabulary, lang: Language, title: str | None) -> dict[str, Any]:
    """Give what the template puts into the page, with the hashes that let our style and scripts run."""
    words = _strings()
    column = 0 if lang == "ar" else 1
    style, script = _read("style.css"), _script()
    return {
        "version": __version__,
        "heading": title or words["title"][column],
        "noscript": words["noscript"][column],
        "style": style,
        "script": script,
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "data": _json(_data(build, vocabulary, lang, title)),
    }


def _data(build: Build, vocabulary: Vocabulary, lang: Language, title: str | None) -> dict[str, Any]:
    claims = {claim.id: claim for claim in build.claims}
    used = {claim for agreement in build.agreements for claim in agreement.claims}
    return {
        "lang": lang,
        "title": title,
        "strings": _strings(),
        **terms.legend(vocabulary, json.loads(_read("glyphs.json"))),
        "outline": {"path": world.outline()},
        "agreements": [_agreement(agreement, claims) for agreement in sorted(build.agreements, key=lambda one: one.id)],
        "claims": [_claim(claims[name]) for name in sorted(used & claims.keys())],
        "documents": [_document(document) for document in sorted(build.documents, key=lambda one: one.name)],
        "disagreements": [{"claims": list(one.claims)} for one in sorted(build.disagreements, key=lambda one: one.id)],
    }


def _agreement(agreement: Agreement, claims: Mapping[str, Claim]) -> dict[str, Any]:
    known = [claims[name] for name in agreement.claims if name in claims]
    return {
        "id": agreement.id,
        "kind": agreement.kind,
        "ar": agreement.label_ar,
        "en": agreement.label_en,
        "parties": [[party.actor, party.role] for party in agreement.parties],
        "organization": agreement.organization,
        "status": agreement.status,
        "certainty": agreement.certainty,
        "contested": agreement.contested,
        "dates": agreement.dates,
        "provisions": list(agreement.provisions),
        "sectors": list(agreement.sectors),
        "claims": [claim.id for claim in sorted(known, key=_place)],
        "documents": sorted({claim.document for claim in known}),
    }


def _place(claim: Claim) -> tuple[str, int, str]:
    return claim.document, claim.evidence[0].start, claim.id


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "document": claim.document,
        "status": claim.status,
        "certainty": claim.certainty,
        "attributed_to": list(claim.attributed_to),
        "quotes": [evidence.quote for evidence in claim.evidence],
        "cues": list(claim.cues),
    }


def _document(document: Document) -> dict[str, Any]:
    fields = ("name", "title", "publisher", "date", "url")
    return {field: getattr(document, field) for field in fields}


def _json(value: object) -> str:
    """Write JSON that can stand inside a script element: no `<`, `>` or `&`, and no line separators."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.translate({ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


@cache
def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _strings() -> dict[str, list[str]]:
    words: dict[str, list[str]] = json.loads(_read("strings.json"))
    return words


@cache
def _script() -> str:
    """Join vis-network and our scripts, ours in one scope of their own."""
    import pyvis

    vis = (Path(pyvis.__file__).parent / VIS).read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]
    ours = "\n".join(_read(f"{name}.js") for name in SCRIPTS)
    return f'{vis}\n(() => {{\n"use strict";\n{ours}\n}})();\n'


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
