"""The map against pyvis and against a bare canvas, on the same graph in one run.

`python tests/benchmarks/map.py [SIZE…]`; the sizes of the bars are 200, 2,000 and 10,000.
Per size (nodes; four times as many edges, an agreement each) and page:
write     seconds of CPU to make the page from the graph and its places
MB        the size of the file
ready     seconds from opening the file until it has been drawn and answers (two frames after it says that it is there)
filter    milliseconds from switching a kind off until that has been drawn
wheel     milliseconds of a frame while the wheel zooms: the median, and the longest
edges     how many the page holds
pyvis's default page is given a minute to come to rest.
"""

import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, sync_playwright
from pyvis.network import Network

from kg import maps
from kg.model import Agreement, Build, Party, Run
from ontology import vocabulary

SIZES = (200, 2_000, 10_000)
PATIENCE = 60_000  # milliseconds
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

FRAMES = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    return performance.now();
}"""
FILTER = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const times = [];
    for (const box of [...document.querySelectorAll('[data-group=kind]')].slice(0, 5)) {
        const began = performance.now();
        box.click();
        await frame();
        await frame();
        times.push(performance.now() - began);
    }
    return times.sort((one, other) => one - other)[2];
}"""
WHEEL = """async () => {
    const canvas = document.querySelector('canvas');
    const frame = () => new Promise(requestAnimationFrame);
    const times = [];
    await frame();
    for (let turn = 0, last = await frame(); turn < 40; turn += 1) {
        const at = { clientX: 640, clientY: 400, deltaY: turn % 20 < 10 ? -120 : 120, bubbles: true, cancelable: true };
        canvas.dispatchEvent(new WheelEvent('wheel', at));
        const now = await frame();
        times.push(now - last);
        last = now;
    }
    times.sort((one, other) => one - other);
    return [times[20], times[39]];
}"""
BARE = """<!DOCTYPE html><meta charset="utf-8"><canvas id="c" width="1280" height="800"></canvas>
<script id="g" type="application/json">%s</script><script>
const graph = JSON.parse(document.getElementById('g').textContent);
const ctx = document.getElementById('c').getContext('2d');
const place = new Map(graph.nodes.map(node => [node.id, node]));
const xs = graph.nodes.map(node => node.x), ys = graph.nodes.map(node => node.y);
const least = values => values.reduce((a, b) => Math.min(a, b));
const most = values => values.reduce((a, b) => Math.max(a, b));
const scale = Math.min(1200 / (most(xs) - least(xs)), 720 / (most(ys) - least(ys)));
const draw = factor => {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, 1280, 800);
    ctx.setTransform(scale * factor, 0, 0, scale * factor, 640, 400);
    ctx.lineWidth = 0.7 / scale / factor;
    for (const [color, edges] of Object.entries(graph.edges)) {
        ctx.beginPath();
        for (const [from, to] of edges) {
            const one = place.get(from), other = place.get(to);
            ctx.moveTo(one.x, one.y);
            ctx.lineTo(other.x, other.y);
        }
        ctx.strokeStyle = color;
        ctx.stroke();
    }
    for (const { x, y, label } of graph.nodes) {
        ctx.beginPath();
        ctx.arc(x, y, 4 / scale / factor, 0, 2 * Math.PI);
        ctx.fill();
    }
};
let factor = 1;
document.getElementById('c').addEventListener('wheel', event => draw(factor *= event.deltaY < 0 ? 1.1 : 1 / 1.1));
draw(1);
window.edges = Object.values(graph.edges).flat().length;
</script>"""


def graph(size: int) -> tuple[Build, maps.Picture]:
    """Make a network of `size` actors in communities, with four agreements to an actor, most of them within one."""
    chance = random.Random(1)
    kinds, statuses = list(vocabulary().kinds), list(vocabulary().statuses)
    communities = max(1, size // 80)
    across = math.ceil(math.sqrt(communities))
    nodes = []
    for number in range(size):
        home = number % communities
        x, y = (home % across) * 900 + chance.gauss(0, 210), (home // across) * 700 + chance.gauss(0, 160)
        lat, lon = chance.uniform(-40, 65), chance.uniform(-120, 150)
        nodes.append(
            {"id": f"N{number}", "ar": f"طرف {number}", "en": f"Actor {number}", "type": "state",
             "lat": lat, "lon": lon, "x": round(x, 1), "y": round(y, 1), "agreements": 8, "partners": 8,
             "betweenness": round(chance.random() / 100, 6), "community": home}
        )  # fmt: skip
    agreements, edges = [], []
    for number in range(4 * size):
        one = chance.randrange(size)
        near = one + communities * chance.randrange(1, 20)
        other = (near if chance.random() < 0.85 else chance.randrange(size)) % size
        other = other if other != one else (one + 1) % size
        kind, name = kinds[number % len(kinds)], f"agreement-{number}"
        agreements.append(
            Agreement(
                id=name, kind=kind, parties=(Party(actor=f"N{one}"), Party(actor=f"N{other}")),
                label_ar=f"اتفاق {number}", label_en=f"Agreement {number}", status=statuses[number % len(statuses)],
                certainty="certain", claims=("c-000000000000",),
            )
        )  # fmt: skip
        edges.append({"source": f"N{one}", "target": f"N{other}", "agreement": name, "kind": kind, "directed": False})
    build = Build(documents=(), claims=(), agreements=tuple(agreements), disagreements=(), run=Run(version="0"))
    return build, {"nodes": nodes, "edges": edges}


def ours(build: Build, picture: maps.Picture) -> str:
    return maps.page(build, picture, vocabulary(), lang="en")


def pyvis_page(build: Build, picture: maps.Picture, **node_options: Callable[[dict[str, Any]], Any]) -> str:
    """Write the graph as pyvis does by itself, directed: undirected it would drop parallel edges."""
    net = Network(directed=True, cdn_resources="in_line")
    if node_options:
        net.toggle_physics(False)
    for node in picture["nodes"]:
        net.add_node(node["id"], label=node["en"], **{key: value(node) for key, value in node_options.items()})
    for edge, agreement in zip(picture["edges"], build.agreements, strict=True):
        color = vocabulary().kinds[edge["kind"]].color
        net.add_edge(edge["source"], edge["target"], title=f"{agreement.label_ar} / {agreement.label_en}", color=color)
    return str(net.generate_html())


def pyvis_default(build: Build, picture: maps.Picture) -> str:
    return pyvis_page(build, picture)


def pyvis_placed(build: Build, picture: maps.Picture) -> str:
    return pyvis_page(build, picture, x=lambda node: node["x"], y=lambda node: node["y"])


def bare(build: Build, picture: maps.Picture) -> str:
    edges: dict[str, list[tuple[str, str]]] = {}
    for edge in picture["edges"]:
        edges.setdefault(vocabulary().kinds[edge["kind"]].color, []).append((edge["source"], edge["target"]))
    nodes = [{key: node[key] for key in ("id", "x", "y")} for node in picture["nodes"]]
    return BARE % json.dumps({"nodes": nodes, "edges": edges})


PAGES = {
    "ours": (ours, "", "allianceMap.data.edges.length"),
    "bare canvas": (bare, "window.edges > 0", "window.edges"),
    "pyvis, placed": (pyvis_placed, "window.network?.body?.nodeIndices.length > 0", "edges.length"),
    "pyvis, default": (
        pyvis_default,
        "window.network?.physics?.stabilized",
        "edges.length",
    ),
}


def opened(browser: Browser, file: Path, ready: str, count: str) -> list[str]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(PATIENCE)
    page.route("http*://**", lambda route: route.abort())
    try:
        page.goto(file.as_uri(), wait_until="commit")
        if ready:
            page.wait_for_function(ready, timeout=PATIENCE, polling=20)
        else:  # our policy forbids the evaluation of strings
            page.wait_for_selector("html[data-ready=true]", timeout=PATIENCE)
        shown = page.evaluate(FRAMES) / 1000
        edges = page.evaluate(count)
        middle, longest = page.evaluate(WHEEL)
        filtered = f"{page.evaluate(FILTER):.0f}" if not ready else ""
        return [f"{shown:.2f}", filtered, f"{middle:.0f} {longest:.0f}", f"{edges}"]
    except Error:
        return [f"> {PATIENCE / 1000:.0f}", "", "", ""]
    finally:
        page.close()


def main(sizes: list[int]) -> None:
    row = "{:>7}  {:<15} {:>8} {:>7} {:>8} {:>8} {:>10} {:>8}".format
    print(row("nodes", "page", "write", "MB", "ready", "filter", "wheel", "edges"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        first = Path(folder) / "first.html"  # what is read and started once is read and started here
        first.write_text(ours(*graph(3)), encoding="utf-8")
        opened(browser, first, *PAGES["ours"][1:])
        for size in sizes:
            given = graph(size)
            for name, (write, ready, count) in PAGES.items():
                began = time.process_time()
                text = write(*given)
                spent = time.process_time() - began
                file = Path(folder) / "page.html"
                file.write_text(text, encoding="utf-8")
                found = opened(browser, file, ready, count)
                print(row(size, name, f"{spent:.3f}", f"{len(text.encode()) / 1e6:.1f}", *found), flush=True)
        browser.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
