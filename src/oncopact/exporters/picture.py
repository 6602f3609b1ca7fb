"""A network as a picture: parts side by side, classes and relations by colour, names where there is room.

Needs matplotlib and scipy: `pip install "oncopact[notebook]"`.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from oncopact.errors import OutputError
from oncopact.exporters.network_files import COLOURS

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

Place: TypeAlias = tuple[float, float]

Box: TypeAlias = tuple[dict[str, Place], float, float]
"""Places from the upper left corner on, width, height."""

_RELATIONS: Final[Mapping[str, str]] = {
    "licenses_to": "#c05621",
    "licensed_out": "#c05621",
    "licensed_to": "#c05621",
    "collaborates_with": "#2b6cb0",
    "acquires": "#6b46a3",
    "pays": "#b7901a",
    "owns": "#0f766e",
    "develops": "#4d7c0f",
}
_MUTUAL: Final = frozenset({"collaborates_with", "deals_with", "deals_in"})
_OTHER: Final = "#8a9099"
_SLOW: Final = 300
"""Beyond so many nodes the better layout takes too long."""
_TIGHT: Final = 0.7
"""Below this scale, names of all nodes would lie on each other."""


def picture(made: nx.MultiDiGraph[str], form: str = "png") -> bytes:
    """A network as PNG or SVG; the same network gives the same picture.

    Raises:
        OutputError: matplotlib or scipy is not installed, or there is nothing to draw.
    """
    try:
        import matplotlib as mpl
        import scipy  # noqa: F401  (the layout needs it)
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        remedy = 'run pip install "oncopact[notebook]"'
        raise OutputError(f"{error.name} is not installed", where=f"format {form}", remedy=remedy) from error
    if not made:
        raise OutputError("the network is empty", where=f"format {form}", remedy="widen --since, --until or --kind")
    places = layout(made)
    figure = Figure(figsize=_room(places), layout="constrained")
    FigureCanvasAgg(figure)
    draw(made, figure.add_subplot(), places=places)
    written = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "oncopact", "svg.fonttype": "none"}):
        figure.savefig(written, format=form, dpi=100, metadata={"Date": None} if form == "svg" else {"Software": None})
    return written.getvalue()


def draw(
    made: nx.MultiDiGraph[str],
    axes: Axes | None = None,
    *,
    names: int | None = None,
    places: Mapping[str, Place] | None = None,
) -> None:
    """Draw a network with matplotlib.

    Args:
        made: What `to_networkx` gives.
        axes: Where to draw; without them, a figure with room for the network. Where there is less room, nodes and
            letters are smaller.
        names: How many nodes get their name, those with the most neighbours; without it, as many as there is room for.
        places: Where each node goes; without it, as `layout` says.
    """
    import networkx as nx

    places = places or layout(made)
    if axes is None:
        import matplotlib.pyplot as plt

        axes = plt.subplots(figsize=_room(places), layout="constrained")[1]
    scale = _scale(places, axes)
    if names is None:
        names = len(made) if scale > _TIGHT else int(scale * len(made))
    degrees = {name: len(set(nx.all_neighbors(made, name))) for name in made}
    radii = {name: scale * math.sqrt(15 + 11 * degree) for name, degree in degrees.items()}
    kinds = sorted({str(data["type"]) for _, data in made.nodes(data=True)})
    _draw_edges(made, places, radii, axes, scale)
    for kind in kinds:
        shown = [name for name, data in made.nodes(data=True) if data["type"] == kind]
        axes.scatter(
            [places[name][0] for name in shown],
            [places[name][1] for name in shown],
            s=[4 * radii[name] ** 2 for name in shown],
            color=COLOURS.get(kind, _OTHER),
            edgecolors="white",
            zorder=2,
        )
    named = sorted(made, key=lambda name: (-degrees[name], name))[:names]
    _draw_names(made, places, radii, named, axes, scale)
    axes.legend(handles=_legend(made, kinds), loc="upper center", bbox_to_anchor=(0.5, 0), ncols=6, frameon=False)
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.margins(0.04)


def _extent(places: Mapping[str, Place]) -> Place:
    """How wide and how high a network is."""
    wide, high = (max(axis) - min(axis) for axis in zip(*places.values(), strict=True)) if places else (0.0, 0.0)
    return wide, high


def _room(places: Mapping[str, Place]) -> Place:
    """How many inches a network takes, an edge being about an inch long."""
    wide, high = _extent(places)
    return max(7.0, min(32.0, wide + 1)), max(3.0, min(32.0, high + 1.5))


def _scale(places: Mapping[str, Place], axes: Axes) -> float:
    """How much smaller nodes and letters must be than where there is room."""
    box = axes.get_position()
    pixels = axes.figure.bbox
    inches = pixels.width / axes.figure.dpi * box.width, pixels.height / axes.figure.dpi * box.height
    room = min(given / (needed + 1) for given, needed in zip(inches, _extent(places), strict=True))
    return max(0.4, min(1.0, 1.3 * room))


def colour_of(data: Mapping[str, object]) -> str:
    """The colour of an edge, by its relation."""
    return _RELATIONS.get(_relation(data), _OTHER)


def _relation(data: Mapping[str, object]) -> str:
    return str(data.get("relation") or data.get("property") or "")


def _draw_edges(
    made: nx.MultiDiGraph[str], places: Mapping[str, Place], radii: Mapping[str, float], axes: Axes, scale: float
) -> None:
    """Edges of one pair of nodes bend aside from each other; those without direction have no arrow."""
    from matplotlib.patches import FancyArrowPatch

    drawn: dict[frozenset[str], int] = {}
    for start, end, _, data in sorted(made.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        relation = _relation(data)
        mutual = relation in _MUTUAL
        if start == end or (mutual and start > end):
            continue
        pair = frozenset((start, end))
        nth = drawn[pair] = drawn.get(pair, -1) + 1
        bend = 0.14 * ((nth + 1) // 2) * (1 if nth % 2 else -1) * (1 if start < end else -1)
        line = FancyArrowPatch(
            places[start],
            places[end],
            arrowstyle="-" if mutual else "-|>",
            mutation_scale=9 * scale,
            color=colour_of(data),
            linewidth=scale * (0.8 + 0.5 * min(float(data.get("weight", 1)), 6)),
            alpha=0.75,
            shrinkA=radii[start],
            shrinkB=radii[end],
            connectionstyle=f"arc3,rad={bend}",
            zorder=1,
        )
        axes.add_patch(line)


def _draw_names(
    made: nx.MultiDiGraph[str],
    places: Mapping[str, Place],
    radii: Mapping[str, float],
    named: Sequence[str],
    axes: Axes,
    scale: float,
) -> None:
    for name in named:
        text = textwrap.shorten(str(made.nodes[name]["label"]), 40, placeholder=" …")
        axes.annotate(
            "\n".join(textwrap.wrap(text, 18)),
            places[name],
            xytext=(0, -radii[name] - 1),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=max(5.0, 8 * scale),
            linespacing=0.95,
            bbox={"boxstyle": "square,pad=0.05", "facecolor": "white", "alpha": 0.6, "linewidth": 0},
            zorder=3,
        )


def _legend(made: nx.MultiDiGraph[str], kinds: Sequence[str]) -> list[object]:
    from matplotlib.lines import Line2D

    dots: list[object] = [
        Line2D([], [], marker="o", linestyle="", markersize=8, color=COLOURS.get(kind, _OTHER), label=kind)
        for kind in kinds
    ]
    colours: dict[str, list[str]] = {}
    for relation in sorted({_relation(data) for _, _, data in made.edges(data=True)}):
        colours.setdefault(_RELATIONS.get(relation, _OTHER), []).append(relation.replace("_", " "))
    lines = [
        Line2D([], [], color=colour, label="other relations" if len(names) > 2 else ", ".join(names))
        for colour, names in sorted(colours.items(), key=lambda item: (item[0] == _OTHER, item[1]))
    ]
    return dots + lines


# ---------------------------------------------------------------- where the nodes go


def layout(made: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """Where each node goes: each part of the network by itself, the parts in rows, the largest first.

    A layout of the whole would throw parts that nothing joins far apart, and leave the parts themselves no room.
    """
    import networkx as nx

    whole = _graph(made, made.edges())
    parts = sorted(nx.connected_components(whole), key=lambda part: (-len(part), min(part)))
    return _packed([_part(_graph(part, whole.edges(part))) for part in parts])


def _graph(nodes: Iterable[str], edges: Iterable[tuple[str, ...]]) -> nx.Graph[str]:
    """An undirected graph in a fixed order: a view of a part has the order of a set, and a layout follows it."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from(sorted({(min(edge[:2]), max(edge[:2])) for edge in edges}))
    return graph


def _packed(boxes: Sequence[Box]) -> dict[str, Place]:
    """Boxes in rows, in each row in columns: what is lower than the row's first box stands one above the other."""
    width = max([box[1] for box in boxes] + [2.0 * math.sqrt(sum(box[1] * box[2] for box in boxes))])
    placed: dict[str, Place] = {}
    left = right = top = bottom = height = 0.0
    for places, wide, high in boxes:
        if bottom + high > height or wide > right - left:  # a new column
            left, bottom = right, 0.0
            if left + wide > width:  # a new row
                left, top, height = 0.0, top - height, 0.0
            right, height = left + wide, max(height, high)
        placed |= {name: (left + x, top - bottom - y) for name, (x, y) in places.items()}
        bottom += high
    return placed


def _part(part: nx.Graph[str]) -> Box:
    """The places of one connected part in a box, and the box's width and height; an edge is about 1 long."""
    import networkx as nx

    size = len(part)
    if size <= 2:
        return {name: (0.8 + 1.1 * at, 0.5) for at, name in enumerate(sorted(part))}, 0.5 + 1.1 * size, 1.0
    found = nx.kamada_kawai_layout(part) if size <= _SLOW else nx.spring_layout(part, seed=1, iterations=100)
    turned = _turned([(float(x), float(y)) for x, y in found.values()])
    xs, ys = ([place[axis] for place in turned] for axis in (0, 1))
    across = max(xs) - min(xs)
    scale = 1.5 * math.sqrt(size) / across
    places = {
        name: ((x - min(xs)) * scale + 0.8, (y - min(ys)) * scale + 0.4)
        for name, (x, y) in zip(found, turned, strict=True)
    }
    return places, across * scale + 1.6, (max(ys) - min(ys)) * scale + 0.9


def _turned(places: Sequence[Place]) -> list[Place]:
    """Places turned so that they spread from left to right, where names have room beside each other."""
    x, y = (sum(place[axis] for place in places) / len(places) for axis in (0, 1))
    xx = sum((place[0] - x) ** 2 - (place[1] - y) ** 2 for place in places)
    xy = sum(2 * (place[0] - x) * (place[1] - y) for place in places)
    angle = -math.atan2(xy, xx) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [((px - x) * cos - (py - y) * sin, (px - x) * sin + (py - y) * cos) for px, py in places]
