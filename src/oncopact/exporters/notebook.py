"""A graph in Jupyter: how it shows itself (plain HTML, no script), and a network to move about in.

Everything that comes from releases is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from oncopact.errors import OutputError
from oncopact.exporters.network_files import COLOURS
from oncopact.exporters.picture import Place, colour_of, draw, layout
from oncopact.summary import Summary, summarize

if TYPE_CHECKING:
    import gravis
    import networkx as nx

    from oncopact.knowledge import KnowledgeGraph

__all__ = ["draw", "html", "interactive"]

SHOWN: Final = 10
"""How many agreements are shown."""


def html(graph: KnowledgeGraph) -> str:
    """How much of what is in a graph, who deals with whom, and what could not be read."""
    found = summarize(graph.view)
    parts = [f"<p><strong>Knowledge graph</strong>: {len(graph.quads):,} statements</p>", _counts(found)]
    parts += [_deals(found)] if found.deals else []
    failed = [failure for failure in graph.failures if not failure.skipped]
    if failed:
        names = ", ".join(escape(failure.name) for failure in failed[:SHOWN])
        parts.append(f"<p>{len(failed)} inputs could not be read: {names}{' …' if len(failed) > SHOWN else ''}</p>")
    return f'<div class="oncopact">{"".join(parts)}</div>'


def _counts(found: Summary) -> str:
    shown = [(name, number) for name, number in found.counts if number]
    return _table([name for name, _ in shown], [[f"{number:,}" for _, number in shown]])


def _deals(found: Summary) -> str:
    table = _table(("who", "what", "terms"), ((deal.who, deal.what, deal.terms) for deal in found.deals[:SHOWN]))
    more = len(found.deals) - SHOWN
    return table + (f"<p>and {more:,} more: <code>graph.table('agreements')</code></p>" if more > 0 else "")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th style="text-align:left">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if heads else ""


def _cell(text: str) -> str:
    return f'<td style="text-align:left">{escape(text)}</td>'


# ---------------------------------------------------------------- to move about in


def interactive(made: nx.MultiDiGraph[str], *, height: int = 500) -> gravis.Figure:
    """A network to drag, zoom and point at, by gravis: self-contained, nothing is fetched.

    Pointing at an edge shows the sentence behind it.

    Args:
        made: What `to_networkx` gives.
        height: In pixels.

    Raises:
        OutputError: gravis is not installed.
    """
    try:
        import gravis
        import networkx as nx
    except ImportError as error:
        remedy = 'run pip install "oncopact[notebook]"'
        raise OutputError("gravis is not installed", where="interactive", remedy=remedy) from error
    shown: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    places = _centred(layout(made))
    for name, data in made.nodes(data=True):
        kind = str(data["type"])
        shown.add_node(
            name,
            label=_plain(str(data["label"])),
            color=COLOURS.get(kind, COLOURS["Release"]),
            size=10 + 2 * min(made.degree(name), 20),
            x=places[name][0],
            y=places[name][1],
            hover=_said((data["label"], kind, data.get("quote"), data.get("told"))),
        )
    for start, end, key, data in made.edges(keys=True, data=True):
        relation = str(data.get("relation") or data.get("property")).replace("_", " ")
        words = (made.nodes[start]["label"], relation, made.nodes[end]["label"])
        said = (" ".join(map(str, words)), data.get("kinds"), data.get("amounts"), data.get("quote"), data.get("since"))
        weight = 1 + min(float(data.get("weight", 1)), 5)
        shown.add_edge(start, end, key, color=colour_of(data), size=weight, hover=_said(said))
    return gravis.d3(
        shown,
        graph_height=height,
        show_details_toggle_button=False,
        node_label_data_source="label",
        edge_curvature=0.25,
        node_hover_neighborhood=True,
        layout_algorithm_active=False,
        zoom_factor=_zoom(places, height),
    )


_EDGE: Final = 100
"""How long an edge is, in pixels."""


def _centred(places: Mapping[str, Place]) -> dict[str, Place]:
    """Places around the origin, in pixels, downwards: as a page counts them."""
    if not places:
        return {}
    x, y = ((max(axis) + min(axis)) / 2 for axis in zip(*places.values(), strict=True))
    return {name: (_EDGE * (place[0] - x), _EDGE * (y - place[1])) for name, place in places.items()}


def _zoom(places: Mapping[str, Place], height: int) -> float:
    """How much smaller the network must be shown to be seen as a whole, in a column of a page."""
    wide, high = (2 * max((abs(place[axis]) for place in places.values()), default=0) + 150 for axis in (0, 1))
    return min(1.0, 900 / wide, height / high)


def _said(lines: Iterable[object]) -> str:
    """Some lines as HTML; gravis puts it into the page as it is."""
    return "<br>".join(escape(str(line)) for line in lines if line)


def _plain(text: str) -> str:
    """A name that can't be markup: gravis writes it into a script."""
    return text.replace("<", "‹").replace(">", "›")
