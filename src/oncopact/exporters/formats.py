"""The forms that a graph is handed on in: one table, used by the command line and by the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Quad

from oncopact.errors import OutputError
from oncopact.exporters import jsonld, network_files, rdf
from oncopact.exporters.files import write_pieces
from oncopact.exporters.network import View, network
from oncopact.exporters.picture import picture
from oncopact.exporters.tables import spreadsheet, tables
from oncopact.exporters.window import Day

if TYPE_CHECKING:
    import networkx as nx

Graphs: TypeAlias = Iterable[Sequence[Quad]]
"""A graph's named graphs one after the other, as a store gives them without holding all of it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What of a graph a network shows; see `network.network`."""

    view: str = View.EVERYTHING
    since: Day | None = None
    until: Day | None = None
    kinds: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it shows everything."""
        return self == Cut()


@dataclass(frozen=True, slots=True)
class Format:
    """A form to write a graph in.

    Attributes:
        name: What to call it by; for one file also its ending.
        title: What it is and for whom.
        pieces: Writes one file, piece by piece; None for a form of several files.
        files: Writes several files: their names and pieces.
        cut: Whether it is made from a network, of which a cut can be shown.
    """

    name: str
    title: str
    pieces: Callable[[Graphs, Cut], Iterable[bytes]] | None = None
    files: Callable[[Graphs, Cut], Iterable[tuple[str, Iterable[bytes]]]] | None = None
    cut: bool = False

    def write(self, graphs: Graphs, path: Path, cut: Cut) -> tuple[Path, ...]:
        """Write to a file, or for several files to a folder.

        Returns:
            The files written.

        Raises:
            OutputError: There is no space or no permission.
            GraphError: There is no such view or kind, or a date can't be read.
        """
        if self.files is None:
            write_pieces(path, self.one(graphs, cut))
            return (path,)
        written = []
        for name, pieces in self.files(graphs, cut):
            write_pieces(path / name, pieces)
            written.append(path / name)
        return tuple(written)

    def one(self, graphs: Graphs, cut: Cut) -> Iterable[bytes]:
        """The one file, piece by piece.

        Raises:
            OutputError: The form has several files.
        """
        if self.pieces is None:
            raise OutputError("has several files", where=f"format {self.name}", remedy="give a folder to write them to")
        return self.pieces(graphs, cut)


def by_ending(path: Path) -> Format | None:
    """The format that a file's ending asks for; None where no format of one file has it."""
    found = FORMATS.get(path.suffix.lower().removeprefix("."))
    return found if found and found.pieces else None


# ---------------------------------------------------------------- the table


def _quads(graphs: Graphs) -> tuple[Quad, ...]:
    return tuple(quad for graph in graphs for quad in graph)


def _rdf(name: str, title: str, write: Callable[[Sequence[Quad]], str]) -> Format:
    return Format(name, title, lambda graphs, _: (write(_quads(graphs)).encode(),))


def _network(name: str, title: str, write: Callable[[nx.MultiDiGraph[str]], str]) -> Format:
    return Format(name, title, lambda graphs, cut: (write(_cut(graphs, cut)).encode(),), cut=True)


def _cut(graphs: Graphs, cut: Cut) -> nx.MultiDiGraph[str]:
    return network(_quads(graphs), **{field.name: getattr(cut, field.name) for field in fields(cut)})


def _nquads(graphs: Graphs, _: Cut) -> Iterator[bytes]:
    """Graph by graph, since this is the form for large graphs."""
    yield from (rdf.nquads(graph).encode() for graph in graphs)


def _tables(graphs: Graphs, _: Cut) -> Iterator[tuple[str, Iterable[bytes]]]:
    for name, found in tables(_quads(graphs)).items():
        yield f"{name}.csv", (spreadsheet(found).encode(),)


def _bulk(graphs: Graphs, cut: Cut) -> Iterator[tuple[str, Iterable[bytes]]]:
    for name, content in network_files.bulk(_cut(graphs, cut)).items():
        yield name, (content.encode(),)


_ALL: Final = (
    _rdf("trig", "TriG: named graphs with evidence", rdf.trig),
    Format("nq", "N-Quads: the same, for stores and large graphs", _nquads),
    _rdf("jsonld", "JSON-LD: the same, for who reads JSON", jsonld.jsonld),
    _rdf("ttl", "Turtle: the facts alone", rdf.turtle),
    _rdf("nt", "N-Triples: the facts alone, one a line", rdf.ntriples),
    _rdf("rdf", "RDF/XML: the facts alone, for older tools", rdf.rdfxml),
    _network("graphml", "GraphML: the network, for Cytoscape, igraph, yEd", network_files.graphml),
    _network("gexf", "GEXF: the network, for Gephi", network_files.gexf),
    _network("json", "node-link JSON: the network, for D3 and NetworkX", network_files.node_link),
    Format("png", "a picture of the network", lambda graphs, cut: (picture(_cut(graphs, cut), "png"),), cut=True),
    Format("svg", "the same, to scale", lambda graphs, cut: (picture(_cut(graphs, cut), "svg"),), cut=True),
    Format("csv", "agreements, milestones, payments for a spreadsheet; a folder", files=_tables),
    Format("neo4j", "CSV for the bulk import of Neo4j and its like; a folder", files=_bulk, cut=True),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({form.name: form for form in _ALL})
"""All formats by name, in the order to list them."""
