"""The alliance map: one HTML file that opens without a network and shows who is bound to whom, in whose words.

pyvis makes the page from `page.html`; vis-network comes from pyvis's own wheel and stands in the file, as do our
style, scripts and data. A content security policy with the hashes of that style and those scripts lets nothing else
run and nothing be fetched. What documents say is data: JSON whose `<` is escaped, shown as text only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import zlib
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kg import __version__, lexicon
from kg.errors import StoreError
from kg.lexicon import ActorRow, StateRow
from kg.maps import terms, world
from kg.maps.rows import drawing, records
from kg.maps.selection import narrow
from kg.model import Build

if TYPE_CHECKING:
    from ontology import Vocabulary

__all__ = ["FILE", "Page", "narrow", "page", "write"]

FILE = "alliances.html"
FOLDER = Path(__file__).parent / "web"
SCRIPTS = (
    "text", "dates", "data", "groups", "paint", "surface", "lines", "hulls", "picture", "scene", "overlay", "legend",
    "finder", "timeline", "cite", "panel", "table", "turtle", "exports", "address", "main",
)  # fmt: skip
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
    "nodes": {"borderWidth": 0, "chosen": False, "shape": "custom"},
}
_ARROW = {"arrows": "to"}
PACKED_ABOVE = 1_500_000  # characters of JSON


def write(
    build: Build,
    picture: Picture,
    vocabulary: Vocabulary,
    out: Path,
    *,
    lang: Language = "ar",
    title: str | None = None,
    start: str = "",
) -> Path:
    """Write the map as `alliances.html` into the folder `out`, or to `out` itself if it ends in .html; give its path.

    The file is replaced in one step. Raises StoreError if it cannot be written; the rest as in `page`.
    """
    file = out if out.suffix == ".html" else out / FILE
    text = page(build, picture, vocabulary, lang=lang, title=title, start=start)
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


class Page(str):
    """The map as an HTML text, which a notebook shows in a frame of its own.

    >>> Page("<b>&</b>")._repr_html_()[-43:]
    'srcdoc="&lt;b&gt;&amp;&lt;/b&gt;"></iframe>'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        frame = 'sandbox="allow-scripts allow-downloads allow-modals allow-popups" width="100%" height="720"'
        return f'<iframe {frame} style="border:0" srcdoc="{html.escape(self)}"></iframe>'


def page(
    build: Build,
    picture: Picture,
    vocabulary: Vocabulary,
    *,
    lang: Language = "ar",
    title: str | None = None,
    start: str = "",
) -> Page:
    """Give the map as one HTML text, the same bytes for the same input.

    `picture` is what `kg.network.picture` gives for the agreements of the build; `lang` is the language in which the
    page opens (both are in it); `title` replaces the usual heading; `start` is the fragment of an address that says
    what the page shows at first, such as `view=world&day=2024-12-31`.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    net.set_template_dir(str(FOLDER), "page.html")
    net.set_options(json.dumps(OPTIONS))
    _fill(net, picture, {one.id: number for number, one in enumerate(sorted(build.agreements, key=attrgetter("id")))})
    net.templateEnv.filters["embedded"] = _embedded
    net.templateEnv.globals["drawing"] = drawing
    net.templateEnv.globals["page"] = _parts(
        build, vocabulary, {node["region"] for node in net.nodes}, lang, title, start
    )
    net.templateEnv.globals["lang"] = lang
    return Page(str(net.generate_html(FILE)) + "\n")


def _fill(net: Any, picture: Picture, number: Mapping[str, int]) -> None:
    """Give pyvis the nodes, with their places in both views, and the edges, with the number of their agreement.

    Its lists are filled as they are: `add_edge` looks through all nodes for every edge.
    """
    spots = world.places(picture["nodes"], picture["edges"])
    actors = lexicon.load().actors
    net.nodes.extend([_node(node, spots[node["id"]], actors.get(node["id"])) for node in picture["nodes"]])
    net.edges.extend(
        [
            {"from": edge["source"], "to": edge["target"], "agreement": number[edge["agreement"]], **_ARROW}
            if edge["directed"]
            else {"from": edge["source"], "to": edge["target"], "agreement": number[edge["agreement"]]}
            for edge in picture["edges"]
        ]
    )


def _node(node: Mapping[str, Any], spot: tuple[float, float], actor: ActorRow | None) -> dict[str, Any]:
    row = dict(node)
    row["placed"] = row.pop("lat") is not None or row["type"] == "agreement"
    del row["lon"]
    row["wx"], row["wy"] = spot
    row["region"] = actor.region if isinstance(actor, StateRow) else None
    return row


def _sites(build: Build) -> list[dict[str, Any]]:
    """Give the bases that agreements name, with their place on the world."""
    named = sorted({one.instrument for one in build.agreements if one.kind == "base" and one.instrument})
    known = lexicon.load().bases
    return [world.site(known[name]) for name in named if name in known]


def _parts(
    build: Build,
    vocabulary: Vocabulary,
    regions: Set[str | None],
    lang: Language,
    title: str | None,
    start: str,
) -> dict[str, Any]:
    """Give what the template puts into the page, with the hashes that let our style and scripts run."""
    words = _strings()
    column = 0 if lang == "ar" else 1
    style, script = _read("style.css"), _script()
    sites = _sites(build)
    data = {
        "lang": lang,
        "title": title,
        "start": start,
        "version": __version__,
        "strings": words,
        **terms.legend(vocabulary, json.loads(_read("glyphs.json"))),
        "regions": terms.regions(regions),
        "iris": terms.iris(),
        "outline": world.outline(),
        "sites": sites,
        **records(build, (site["id"] for site in sites)),
    }
    return {
        "version": __version__,
        "heading": title or words["title"][column],
        "noscript": words["noscript"][column],
        "style": style,
        "script": script,
        "style_hash": _hash(style),
        "script_hash": _hash(script),
        "data": data,
    }


def _embedded(value: object) -> str:
    """Write a value so that it can stand inside a script element: as JSON or, where that is long, as it deflated.

    The JSON has no `<`, `>` or `&` and no line separators; base64 has none either, and begins with no bracket.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if len(text) > PACKED_ABOVE:
        return base64.b64encode(zlib.compress(text.encode(), 1)).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


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
