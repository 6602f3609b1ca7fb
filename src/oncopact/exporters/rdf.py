"""Quads → Turtle, TriG, N-Quads, N-Triples and RDF/XML; the same quads give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat
from rdflib import XSD, Dataset, Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from oncopact.errors import GraphError
from oncopact.graph import in_order
from oncopact.namespaces import ID, PREFIXES, RDF, VOCABULARY_GRAPH

FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
}
"""The files that `load` reads and `write` writes, by their ending."""


def facts(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The union of all releases' facts, each triple once, in the default graph: no evidence, no vocabulary."""
    default = DefaultGraph()
    return in_order(
        Quad(quad.subject, quad.predicate, quad.object, default) for quad in quads if is_facts(quad.graph_name)
    )


def is_facts(graph: object) -> bool:
    """Whether a named graph holds a release's facts; a graph without names holds nothing else."""
    if isinstance(graph, NamedNode):
        return graph.value.startswith(f"{ID}graph/") and graph.value.endswith("/facts")
    return True


def is_vocabulary(graph: object) -> bool:
    """Whether a named graph holds what only the vocabulary knows."""
    return isinstance(graph, NamedNode) and graph.value == str(VOCABULARY_GRAPH)


def turtle(quads: Iterable[Quad]) -> str:
    """The union of the facts as Turtle for people to read."""
    graph = Graph()
    _bind(graph)
    for quad in facts(quads):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    written = io.BytesIO()
    _Turtle(graph).serialize(written)
    return written.getvalue().decode()


class _Turtle(TurtleSerializer):
    """rdflib's serializer, which spells the decimal 8 as 8.0: another literal than the one in the graph."""

    def label(self, node: Node, position: int) -> str:
        if isinstance(node, Literal) and node.datatype == XSD.decimal and "." not in node:
            return f'"{node}"^^xsd:decimal'
        return super().label(node, position)


def trig(quads: Sequence[Quad]) -> str:
    """All named graphs as TriG."""
    written = _serialize(in_order(quads), RdfFormat.TRIG, prefixes=dict(PREFIXES))
    lines = written.split("\n")
    body = [line for line in lines if not line.startswith("@prefix ")]
    words = "\n".join(body)
    used = [f"@prefix {prefix}: <{base}> ." for prefix, base in sorted(PREFIXES.items()) if f"{prefix}:" in words]
    return "\n".join([*used, "", *body]).rstrip("\n") + "\n"


def nquads(quads: Sequence[Quad]) -> str:
    """All named graphs as N-Quads, one statement a line."""
    return _serialize(in_order(quads), RdfFormat.N_QUADS)


def lines(quads: Iterable[Quad]) -> bytes:
    """Quads that are sorted already as N-Quads."""
    return pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b""


def ntriples(quads: Sequence[Quad]) -> str:
    """The union of the facts, one statement a line."""
    return _serialize(facts(quads), RdfFormat.N_TRIPLES)


def rdfxml(quads: Sequence[Quad]) -> str:
    """The union of the facts as RDF/XML, for tools that read nothing else."""
    used = facts(quads)
    kinds = {quad.object for quad in used if quad.predicate.value == str(RDF.type)}
    names = [str(term) for term in {quad.predicate for quad in used} | kinds]
    prefixes = {name: base for name, base in sorted(PREFIXES.items()) if any(f"<{base}" in term for term in names)}
    return _serialize(used, RdfFormat.RDF_XML, prefixes=prefixes)


def dataset(quads: Iterable[Quad]) -> Dataset:
    """The same quads as an rdflib dataset whose default view is the union of its graphs."""
    made = Dataset(default_union=True)
    _bind(made)
    names = {quad.graph_name for quad in quads}
    graphs = {
        name: made.graph(URIRef(name.value)) if isinstance(name, NamedNode) else made.default_graph
        for name in sorted(names, key=str)
    }
    for quad in quads:
        graphs[quad.graph_name].add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return made


def load(path: Path) -> tuple[Quad, ...]:
    """The quads of a file, sorted.

    Raises:
        GraphError: The file is missing, of another kind, or broken.
    """
    form = FORMATS.get(path.suffix.lower())
    if not path.exists():
        raise GraphError("there is no such file or folder", where=str(path), remedy="check the path")
    if form is None:
        endings = ", ".join(FORMATS)
        raise GraphError("no graph file", where=str(path), remedy=f"give a file that ends in {endings}")
    try:
        return in_order(pyoxigraph.parse(path=str(path), format=form))
    except SyntaxError as error:
        raise GraphError(f"broken RDF: {error.msg}", where=str(path), remedy="build the graph again") from error
    except OSError as error:
        raise GraphError((error.strerror or str(error)).lower(), where=str(path), remedy="check the path") from error


def _serialize(quads: Iterable[Quad], form: RdfFormat, prefixes: dict[str, str] | None = None) -> str:
    written = pyoxigraph.serialize(quads, format=form, prefixes=prefixes)
    return (written or b"").decode()


def _bind(graph: Graph) -> None:
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base, override=True)


def _term(term: object) -> URIRef | Literal:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value == _STRING
        return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
    raise GraphError("blank nodes are not supported", where=str(term), remedy="give every node an IRI")


_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
