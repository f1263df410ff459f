"""Where to put the nodes of a drawing: forces first, then room for names. The same floats on every machine.

No sine, no logarithm, no matrix product: their last digits differ between processors, and a force layout blows such a
difference up. Additions run along the first axis, which numpy does row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

DISTANCE = 150.0  # pixels, between two nodes that are tied once
TO_MIDDLE = (0.014, 0.022)  # weaker sideways: screens are wide
LINE_HEIGHT = 46.0  # pixels that a node and its name take
GAP = 70.0  # pixels between two parts that nothing ties
ROUNDS = 400
WORK = 120_000  # nodes times rounds at most, above 300 nodes
LARGE = 700  # nodes of one part, above which its communities are placed first


def place(
    count: int, pulls: Mapping[tuple[int, int], int], widths: Sequence[float], homes: Sequence[int] = ()
) -> list[tuple[float, float]]:
    """Place `count` nodes; `pulls` counts the ties of two nodes, `widths` is the room that each name takes, in pixels.

    Parts that nothing ties are placed apart, the largest on top. Where `homes` numbers the community of each node, the
    communities of a large part are placed first, and then the nodes within each. The middle of the drawing is the
    origin; coordinates are rounded to 1 decimal.
    """
    if not count:
        return []
    x, y, room = np.zeros(count), np.zeros(count), np.array(widths, dtype=np.float64)
    parts = _components(count, pulls)
    for part in parts:
        if homes and len(part) > LARGE:
            x[part], y[part] = _place_large(part, pulls, room, homes)
        else:
            x[part], y[part] = _place_part(part, pulls, room[part])
    _pack(x, y, room, parts)
    return [(round(float(a), 1) + 0.0, round(float(b), 1) + 0.0) for a, b in zip(_middle(x), _middle(y), strict=True)]


def _components(count: int, pulls: Mapping[tuple[int, int], int]) -> list[list[int]]:
    """Give the parts that are tied within themselves, largest first.

    >>> _components(4, {(3, 1): 2})
    [[1, 3], [0], [2]]
    """
    home = list(range(count))

    def root(node: int) -> int:
        while home[node] != node:
            home[node] = home[home[node]]
            node = home[node]
        return node

    for one, other in sorted(pulls):
        first, second = sorted((root(one), root(other)))
        home[second] = first
    parts: dict[int, list[int]] = {}
    for node in range(count):
        parts.setdefault(root(node), []).append(node)
    return sorted(parts.values(), key=lambda part: (-len(part), part))


def _place_part(part: list[int], pulls: Mapping[tuple[int, int], int], room: Vector) -> tuple[Vector, Vector]:
    number = {node: index for index, node in enumerate(part)}
    own = {(number[one], number[other]): times for (one, other), times in pulls.items() if one in number}
    x, y = _settle(*_start(len(part)), np.sqrt(_matrix(len(part), own)))
    return _part(x, y, room)


def _place_large(
    part: list[int], pulls: Mapping[tuple[int, int], int], room: Vector, homes: Sequence[int]
) -> tuple[Vector, Vector]:
    """Place communities as if they were nodes, far enough apart for what is in them."""
    used = {home: number for number, home in enumerate(sorted({homes[node] for node in part}))}
    within: list[dict[tuple[int, int], int]] = [{} for _ in used]
    between: dict[tuple[int, int], int] = {}
    members: list[list[int]] = [[] for _ in used]
    for node in part:
        members[used[homes[node]]].append(node)
    for (one, other), times in sorted(pulls.items()):
        if (first := used.get(homes[one])) is None or (second := used.get(homes[other])) is None:
            continue
        ends, ties = ((one, other), within[first]) if first == second else ((first, second), between)
        ties[ends] = ties.get(ends, 0) + times
    places = [_place_part(own, ties, room[own]) for own, ties in zip(members, within, strict=True)]
    boxes = [_box(x, y, room[own]) for own, (x, y) in zip(members, places, strict=True)]
    across, down = _settle(*_start(len(used)), np.sqrt(_matrix(len(used), between)))
    factor = _apart(across, down, boxes)
    x, y = np.zeros(len(room)), np.zeros(len(room))
    for number, own in enumerate(members):
        left, right, top, bottom = boxes[number]
        x[own] = places[number][0] - (left + right) / 2.0 + across[number] * factor
        y[own] = places[number][1] - (top + bottom) / 2.0 + down[number] * factor
    return x[part], y[part]


def _matrix(count: int, pulls: Mapping[tuple[int, int], int]) -> Matrix:
    ties = np.zeros((count, count))
    for (one, other), times in sorted(pulls.items()):
        ties[one, other] += times
        ties[other, one] += times
    return ties


def _apart(x: Vector, y: Vector, boxes: Sequence[tuple[float, float, float, float]]) -> float:
    """Give the factor by which places must part for no two boxes around them to overlap."""
    wide = np.array([right - left + GAP for left, right, _, _ in boxes])
    high = np.array([bottom - top + GAP for _, _, top, bottom in boxes])
    across, down = np.abs(x[None, :] - x[:, None]), np.abs(y[None, :] - y[:, None])
    by_x = (wide[None, :] + wide[:, None]) / 2.0 / (across + 1e-9)
    by_y = (high[None, :] + high[:, None]) / 2.0 / (down + 1e-9)
    needed = np.minimum(by_x, by_y)
    np.fill_diagonal(needed, 0.0)
    return max(1.0, float(needed.max()))


def _start(count: int) -> tuple[Vector, Vector]:
    spread = 60.0 * float(np.sqrt(float(count)))
    xs = np.array([_radical(number + 1, 2) for number in range(count)])
    ys = np.array([_radical(number + 1, 3) for number in range(count)])
    return (xs - 0.5) * spread, (ys - 0.5) * spread


def _radical(number: int, base: int) -> float:
    """Mirror the digits of a number at the point: evenly spread places without chance.

    >>> [_radical(number, 2) for number in (1, 2, 3)]
    [0.5, 0.25, 0.75]
    """
    result, share = 0.0, 1.0
    while number:
        share /= base
        result += share * (number % base)
        number //= base
    return result


def _settle(x: Vector, y: Vector, ties: Matrix) -> tuple[Vector, Vector]:
    """Let ties pull and nodes push; nodes with many partners push harder, which keeps the middle open."""
    count = len(x)
    partners = np.add.reduce((ties > 0).astype(np.float64), axis=0)
    mass = np.sqrt(1.0 + partners)
    push = DISTANCE * DISTANCE * mass[:, None] * mass[None, :]
    pull = ties / np.sqrt(mass[:, None] * mass[None, :]) / DISTANCE
    rounds = ROUNDS if count <= 300 else max(60, WORK // count)
    for turn in range(rounds):
        across, down = x[None, :] - x[:, None], y[None, :] - y[:, None]
        square = across * across + down * down + 25.0
        force = push / square - pull * np.sqrt(square)
        move_x = np.add.reduce(across * force, axis=0) - TO_MIDDLE[0] * DISTANCE * mass * x
        move_y = np.add.reduce(down * force, axis=0) - TO_MIDDLE[1] * DISTANCE * mass * y
        length = np.sqrt(move_x * move_x + move_y * move_y) + 1e-9
        factor = np.minimum(length, 50.0 * (1.0 - turn / rounds) + 0.5) / length
        x, y = x + move_x * factor, y + move_y * factor
    return x, y


def _part(x: Vector, y: Vector, widths: Vector) -> tuple[Vector, Vector]:
    """Move nodes apart until no name covers another, by the shorter way; gives up after 200 rounds."""
    room = (widths[:, None] + widths[None, :]) / 2.0
    order = np.arange(len(x))
    sideways = np.where(order[None, :] >= order[:, None], 1.0, -1.0)
    for _ in range(200):
        across, down = x[None, :] - x[:, None], y[None, :] - y[:, None]
        over_x, over_y = room - np.abs(across), LINE_HEIGHT - np.abs(down)
        covered = (over_x > 0) & (over_y > 0) & (order[None, :] != order[:, None])
        if not covered.any():
            break
        by_x = covered & (over_x * 0.7 < over_y)
        by_y = covered & ~by_x
        sign_x = np.where(across == 0, sideways, np.where(across > 0, 1.0, -1.0))
        sign_y = np.where(down == 0, sideways, np.where(down > 0, 1.0, -1.0))
        x = x + np.add.reduce(np.where(by_x, sign_x * over_x * 0.25, 0.0), axis=0)
        y = y + np.add.reduce(np.where(by_y, sign_y * over_y * 0.25, 0.0), axis=0)
    return x, y


def _pack(x: Vector, y: Vector, widths: Vector, parts: Sequence[Sequence[int]]) -> None:
    """Put the parts into rows below the largest, as wide as it is or as a screen asks for."""
    boxes = [_box(x[list(part)], y[list(part)], widths[list(part)]) for part in parts]
    area = sum((right - left + GAP) * (bottom - top + GAP) for left, right, top, bottom in boxes)
    widest = max(boxes[0][1] - boxes[0][0], 1.3 * float(np.sqrt(area)))
    rows: list[list[int]] = [[]]
    used = 0.0
    for number, (left, right, _, _) in enumerate(boxes):
        if rows[-1] and used + right - left > widest:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += right - left + GAP
    floor = 0.0
    for row in rows:
        edge = -(sum(boxes[number][1] - boxes[number][0] for number in row) + GAP * (len(row) - 1)) / 2.0
        height = max(boxes[number][3] - boxes[number][2] for number in row)
        for number in row:
            left, right, top, bottom = boxes[number]
            part = list(parts[number])
            x[part] += edge - left
            y[part] += floor + (height - (bottom - top)) / 2.0 - top
            edge += right - left + GAP
        floor += height + GAP


def _box(x: Vector, y: Vector, widths: Vector) -> tuple[float, float, float, float]:
    half = widths / 2.0
    return float((x - half).min()), float((x + half).max()), float(y.min()), float(y.max())


def _middle(values: Vector) -> Vector:
    return values - float(values.min() + values.max()) / 2.0
