"""Where the nodes of a drawing stand: a force layout of each connected part, the parts packed in rows.

Only sums, products and square roots decide, which are exact to the last bit on every machine; a layout by a numerical
library would differ in the last digits from one processor to the next, and the page with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

Point: TypeAlias = tuple[float, float]

SPACING: Final = 80
"""How far apart neighbours stand, in the page's units."""

_REACH: Final = 3.0
"""How far nodes push each other off, in neighbours' distances."""

_ROUNDS: Final = 160
_SHAPE: Final = 1.7
"""Width to height of the whole."""


def places(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """A place for every node; the same for the same graph in any order.

    Args:
        nodes: Names.
        edges: Pairs of them; direction, repetition and loops are of no account.

    >>> places(["a", "b"], [("a", "b")])["a"] != places(["a", "b"], [("a", "b")])["b"]
    True
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]}))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    drawn = [_spread(graph, part) for part in parts]
    return {name: (round(x * SPACING), round(y * SPACING)) for part in _packed(drawn) for name, (x, y) in part.items()}


# ---------------------------------------------------------------- one part


def _spread(graph: nx.Graph[str], names: Sequence[str]) -> dict[str, Point]:
    """One connected part around its middle: a tree drawn in rings first, then let go."""
    start = _rings(graph, names)
    number = {name: at for at, name in enumerate(names)}
    xs, ys = [start[name][0] for name in names], [start[name][1] for name in names]
    pulls = [(number[a], number[b]) for a, b in graph.edges(names)]
    weights = [1.0 + 0.25 * graph.degree(name) for name in names]
    step = 0.4 + 0.05 * math.sqrt(len(names))
    for done in range(_ROUNDS if len(names) > 2 else 0):
        _move(xs, ys, pulls, weights, step * (1 - done / _ROUNDS))
    return {name: (xs[at], ys[at]) for name, at in number.items()}


def _rings(graph: nx.Graph[str], names: Sequence[str]) -> dict[str, Point]:
    """The tree from the node with most neighbours, each branch in a sector that its leaves need."""
    root = min(names, key=lambda name: (-graph.degree(name), name))
    parents, order = {root: ""}, [root]
    for name in order:
        for other in sorted(graph[name]):
            if other not in parents:
                parents[other] = name
                order.append(other)
    leaves = dict.fromkeys(names, 0)
    for name in reversed(order):
        leaves[name] = leaves[name] or 1
        if parents[name]:
            leaves[parents[name]] += leaves[name]
    begins, depths, found = {root: 0.0}, {root: 0}, {root: (0.0, 0.0)}
    used = dict.fromkeys(names, 0.0)
    for name in order[1:]:
        parent = parents[name]
        begins[name] = begins[parent] + used[parent]
        share = leaves[name] / leaves[root]
        used[parent] += share
        depths[name] = depths[parent] + 1
        turn = 2 * math.pi * (begins[name] + share / 2)
        # rounded, since the last bit of a sine is the library's affair
        found[name] = (round(depths[name] * math.cos(turn), 6), round(depths[name] * math.sin(turn), 6))
    return found


def _move(
    xs: list[float], ys: list[float], pulls: Sequence[tuple[int, int]], weights: Sequence[float], step: float
) -> None:
    """One round: neighbours pull, all near nodes push, nobody goes farther than `step`."""
    dx, dy = [0.0] * len(xs), [0.0] * len(xs)
    for a, b in _near(xs, ys):
        x, y = xs[a] - xs[b], ys[a] - ys[b]
        square = x * x + y * y
        if square < 1e-6:
            x, y, square = 0.01 * (1 + a % 3), 0.01 * (1 + b % 5), 5e-4
        elif square > _REACH * _REACH:
            continue
        push = weights[a] * weights[b] / square
        dx[a] += x * push
        dy[a] += y * push
        dx[b] -= x * push
        dy[b] -= y * push
    for a, b in pulls:
        x, y = xs[a] - xs[b], ys[a] - ys[b]
        pull = math.sqrt(x * x + y * y)
        dx[a] -= x * pull
        dy[a] -= y * pull
        dx[b] += x * pull
        dy[b] += y * pull
    for at in range(len(xs)):
        length = math.sqrt(dx[at] * dx[at] + dy[at] * dy[at])
        scale = step / length if length > step else 1.0
        xs[at] += dx[at] * scale
        ys[at] += dy[at] * scale


def _near(xs: Sequence[float], ys: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Pairs of nodes in the same or neighbouring cells of a grid, each once."""
    cells: dict[tuple[int, int], list[int]] = {}
    for at, (x, y) in enumerate(zip(xs, ys, strict=True)):
        cells.setdefault((math.floor(x / _REACH), math.floor(y / _REACH)), []).append(at)
    for (column, row), members in cells.items():
        for at, first in enumerate(members):
            for second in members[at + 1 :]:
                yield first, second
        for side in ((1, 0), (1, 1), (0, 1), (-1, 1)):
            for second in cells.get((column + side[0], row + side[1]), ()):
                for first in members:
                    yield first, second


# ---------------------------------------------------------------- all parts


def _packed(parts: Sequence[Mapping[str, Point]]) -> Iterator[dict[str, Point]]:
    """The connected parts side by side, the largest first, each as high as there is room; below them single nodes."""
    joined = [part for part in parts if len(part) > 1]
    single = [part for part in parts if len(part) == 1]
    boxes = [_box(part) for part in joined]
    sizes = [(right - left, bottom - top) for left, top, right, bottom in boxes]
    width = max([math.sqrt(_SHAPE * sum(w * h for w, h in sizes)), *(w for w, _ in sizes)], default=0.0)
    # the top of what is free, from left to right: pieces as [where it begins, how far down it is taken]
    skyline: list[tuple[float, float]] = [(0.0, 0.0)]
    for part, (left, top, _, _), (w, h) in zip(joined, boxes, sizes, strict=True):
        x, y = min(
            ((at, _depth(skyline, at, at + w)) for at, _ in skyline if at + w <= width + 1e-9),
            key=lambda place: (place[1], place[0]),
            default=(0.0, _depth(skyline, 0.0, w)),
        )
        skyline = _covered(skyline, x, x + w, y + h)
        yield {name: (px - left + x, py - top + y) for name, (px, py) in part.items()}
    below = max(depth for _, depth in skyline) + 1.0
    columns = max(1, math.floor(max(width, math.sqrt(_SHAPE * len(single) * _ROOM * _ROOM)) / _ROOM))
    for at, part in enumerate(single):
        yield dict.fromkeys(part, (_ROOM * (at % columns + 0.5), below + _ROOM * (at // columns)))


_ROOM: Final = 1.8
"""How far single nodes stand from each other, for their labels' sake."""


def _depth(skyline: Sequence[tuple[float, float]], left: float, right: float) -> float:
    """How far down the stretch is taken."""
    ends = [*(x for x, _ in skyline[1:]), math.inf]
    return max(depth for (x, depth), end in zip(skyline, ends, strict=True) if x < right and end > left)


def _covered(
    skyline: Sequence[tuple[float, float]], left: float, right: float, depth: float
) -> list[tuple[float, float]]:
    """The skyline with a stretch taken down to `depth`."""
    after = [old for x, old in skyline if x <= right][-1]
    rest = [(x, old) for x, old in skyline if x > right]
    return [*((x, old) for x, old in skyline if x < left), (left, depth), (right, after), *rest]


def _box(part: Mapping[str, Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    margin = 0.9
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin
