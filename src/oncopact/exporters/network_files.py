"""A network → files: GraphML, GEXF, node-link JSON, and CSV for the bulk import of property-graph databases."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from oncopact.exporters.network_parts import Attributes, Value

if TYPE_CHECKING:
    import networkx as nx

COLOURS: Final[Mapping[str, str]] = {
    "Company": "#2b6cb0",
    "Institution": "#63a4d8",
    "Agreement": "#c05621",
    "Payment": "#b7901a",
    "Milestone": "#6b46a3",
    "Technology": "#0f766e",
    "Conjugate": "#c2255c",
    "Antibody": "#e07a9b",
    "Payload": "#8c1d40",
    "Product": "#b0506f",
    "Target": "#4d7c0f",
    "Release": "#7a7f87",
}
"""A colour for each class, told apart also by people who see red and green alike by their lightness."""

_OTHER: Final = "#7a7f87"


def graphml(made: nx.MultiDiGraph[str]) -> str:
    """A network as GraphML, which Cytoscape, Gephi, yEd, igraph and NetworkX read.

    An edge's id is made of its start, its key and its end: ids of edges are unique in a file, keys are not.
    """
    import networkx as nx

    shown: nx.MultiDiGraph[str] = nx.MultiDiGraph(**made.graph)
    shown.add_nodes_from(made.nodes(data=True))
    for start, end, key, data in made.edges(keys=True, data=True):
        shown.add_edge(start, end, f"{start} {key} {end}", **data)
    return "\n".join(nx.generate_graphml(shown)) + "\n"


def gexf(made: nx.MultiDiGraph[str]) -> str:
    """A network as GEXF 1.2 for Gephi: nodes have a colour by class, and what has a date has a start.

    Gephi's timeline plays by `start`: the day that a thing happened, or was first told.
    """
    import networkx as nx

    shown: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=made.graph["name"], mode="dynamic")
    for name, data in made.nodes(data=True):
        shown.add_node(name, **data, **_start(data), viz={"color": _rgb(str(data["type"]))})
    for start, end, key, data in made.edges(keys=True, data=True):
        shown.add_edge(start, end, key, **data, **_start(data))
    written = "\n".join(nx.generate_gexf(shown)) + "\n"
    return re.sub(r"<meta.*?</meta>", "<meta><creator>oncopact</creator></meta>", written, count=1, flags=re.DOTALL)


def _start(data: Attributes) -> Attributes:
    if data.get("type") not in (None, "Agreement", "Milestone", "Payment", "Release"):
        return {}  # a company doesn't begin with the first release that names it
    day = data.get("earliest") or data.get("since") or data.get("told")
    return {"start": day} if day else {}


def _rgb(kind: str) -> dict[str, int]:
    colour = COLOURS.get(kind, _OTHER)
    return {name: int(colour[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))}


def node_link(made: nx.MultiDiGraph[str]) -> str:
    """A network as node-link JSON, as D3 and NetworkX read it: lists `nodes` and `links`."""
    import networkx as nx

    return json.dumps(nx.node_link_data(made, edges="links"), ensure_ascii=False, indent=1) + "\n"


# ---------------------------------------------------------------- property graphs


def bulk(made: nx.MultiDiGraph[str]) -> dict[str, str]:
    """A network as the two files of a bulk import, with the headers that `neo4j-admin database import` reads.

    `nodes.csv` has `id:ID`, `:LABEL` and one typed column for each attribute; `relationships.csv` has `:START_ID`,
    `:END_ID`, `:TYPE` (`LICENSES_TO`) and the like. A cell holds the value itself: nothing is done for spreadsheets,
    which may take text for a formula. No cell has a line break.
    """
    nodes = [
        {"id:ID": name, ":LABEL": _label(str(data["type"]))} | {key: data[key] for key in data if key != "type"}
        for name, data in made.nodes(data=True)
    ]
    edges = [
        {
            ":START_ID": start,
            ":END_ID": end,
            ":TYPE": _upper(str(data["label"] if "relation" in data else data["property"])),
        }
        | {key: data[key] for key in data}
        for start, end, data in made.edges(data=True)
    ]
    return {"nodes.csv": _sheet(nodes, ("id:ID", ":LABEL")), "relationships.csv": _sheet(edges, _ENDS)}


_ENDS: Final = (":START_ID", ":END_ID", ":TYPE")
_WIDER: Final = {"Institution": "Company", "Conjugate": "Product", "Antibody": "Product", "Payload": "Product"}
_TYPES: Final = ((bool, "boolean"), (int, "long"), (float, "double"))


def _label(kind: str) -> str:
    """A class and the one above it: `MATCH (p:Product)` finds conjugates, too."""
    return f"{kind};{_WIDER[kind]}" if kind in _WIDER else kind


def _upper(name: str) -> str:
    """The name of a relationship as these databases spell it.

    >>> _upper("developedBy"), _upper("licenses_to")
    ('DEVELOPED_BY', 'LICENSES_TO')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


def _sheet(rows: Sequence[Mapping[str, Value]], fixed: Iterable[str]) -> str:
    fixed = tuple(fixed)
    names = sorted({name for row in rows for name in row} - set(fixed))
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([*fixed, *(f"{name}{_type([row[name] for row in rows if name in row])}" for name in names)])
    writer.writerows([_cell(row.get(name)) for name in (*fixed, *names)] for row in rows)
    return sheet.getvalue()


def _type(values: Iterable[Value]) -> str:
    kinds = {type(value) for value in values}
    return next((f":{word}" for kind, word in _TYPES if kinds == {kind}), "")


def _cell(value: Value | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
