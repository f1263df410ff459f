"""The world as one path to draw, and where things lie on it.

Outlines: Natural Earth 1:110m, admin 0 countries (public domain), from the package world-atlas 2.0.2, without
Antarctica. `world.txt` holds one ring a line: longitude and latitude in turns, in twentieths of a degree, each as the
difference to the one before. Projection: Natural Earth, the polynomial of Šavrič, Jenny, Patterson et al. (2011).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from pathlib import Path
from typing import Any

from kg.lexicon import BaseRow

UNIT = 20
SCALE = 560.0
RADIAN = 0.017453292519943295
SHELF_STEP = 110.0


def project(lat: float, lon: float) -> tuple[float, float]:
    """Give a place in pixels from the point where equator and prime meridian meet; south is positive.

    >>> project(0, 0)
    (0.0, 0.0)
    >>> project(39.93, 32.86)
    (258.0, -394.5)
    """
    x, y = _plane(lat, lon)
    return round(x, 1) + 0.0, round(y, 1) + 0.0


def _plane(lat: Any, lon: Any) -> tuple[Any, Any]:
    """Project one place, or arrays of them: sums and products alone, the same on every machine."""
    north, east = lat * RADIAN, lon * RADIAN
    square = north * north
    fourth = square * square
    x = east * (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)))
    y = north * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
    return x * SCALE, -y * SCALE


@cache
def outline() -> str:
    """Give the outlines of all countries as one SVG path."""
    lines = Path(__file__).with_name("world.txt").read_text(encoding="ascii").splitlines()
    return "".join(_ring([int(number) for number in line.split()]) for line in lines)


def _ring(steps: list[int]) -> str:
    lon = lat = 0
    points = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        lon, lat = lon + east, lat + north
        x, y = project(lat / UNIT, lon / UNIT)
        points.append(f"{x:g} {y:g}")
    return "M" + "L".join(points) + "Z"


def places(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """Place every node on the world, by its id.

    Where several share a place they stand side by side; an agreement stands in the middle of its parties; who has no
    coordinates waits on a shelf below the others.
    """
    nodes, edges = list(nodes), list(edges)
    found = dict(_capitals(nodes))
    hubs = {node["id"] for node in nodes if node["type"] == "agreement"}
    around = _around(edges, hubs)
    waiting = [node["id"] for node in nodes if node["id"] not in found and node["type"] != "agreement"]
    middle, floor = _below(list(found.values()))
    for number, node in enumerate(waiting):
        found[node] = (round(middle + (number - (len(waiting) - 1) / 2) * SHELF_STEP, 1), floor)
    found.update({hub: _middle([found[other] for other in around[hub]]) for hub in hubs})
    return found


def site(base: BaseRow) -> dict[str, Any]:
    """Give a base with its place on the world."""
    x, y = project(base.lat, base.lon)
    return {"id": base.id, "ar": base.ar, "en": base.en, "wx": x, "wy": y}


def _capitals(nodes: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[float, float]]]:
    import numpy as np

    known = [node for node in nodes if node["lat"] is not None and node["lon"] is not None]
    x, y = _plane(np.array([node["lat"] for node in known]), np.array([node["lon"] for node in known]))
    taken: dict[tuple[float, float], int] = {}
    for node, across, down in zip(known, x.tolist(), y.tolist(), strict=True):
        spot = across // 4, down // 4
        number = taken.get(spot, 0)
        taken[spot] = number + 1
        yield node["id"], (round(across + 7.0 * number, 1) + 0.0, round(down + 4.0 * number, 1) + 0.0)


def _below(spots: list[tuple[float, float]]) -> tuple[float, float]:
    """Give the middle of the shelf: under what is on the map."""
    if not spots:
        return 0.0, 0.0
    xs = [x for x, _ in spots]
    return round((min(xs) + max(xs)) / 2, 1), max(y for _, y in spots) + SHELF_STEP


def _around(edges: Iterable[Mapping[str, Any]], hubs: Set[str]) -> Mapping[str, list[str]]:
    """Give the other ends of the lines at every hub."""
    found: dict[str, list[str]] = defaultdict(list)
    for edge in edges if hubs else ():
        for here, other in ((edge["source"], edge["target"]), (edge["target"], edge["source"])):
            if here in hubs:
                found[here].append(other)
    return found


def _middle(spots: list[tuple[float, float]]) -> tuple[float, float]:
    count = max(1, len(spots))
    return round(sum(x for x, _ in spots) / count, 1), round(sum(y for _, y in spots) / count, 1)
