"""Graph and shapes → report: which node breaks which shape, in words that say what to do.

Two questions are asked. The form of every node is checked over all graphs together. Coverage (every fact has evidence,
all evidence has a fact) is checked over facts and evidence without what only the vocabulary knows, which needs none.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from rdflib import BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql import prepareQuery

from oncopact.conformity import judge, near
from oncopact.errors import GraphError
from oncopact.exporters import rdf
from oncopact.namespaces import ID, OP, PREFIXES, RDF, RDFS, SH, SKOS, VOCABULARY_GRAPH, compact
from oncopact.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pyoxigraph import Quad
    from rdflib.graph import _TripleType
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result as QueryResult
    from rdflib.term import Node

__all__ = ["SHAPES", "Result", "ValidationReport", "joined", "ontology", "shapes", "validate", "validate_quads"]

SHAPES: Final = Namespace("https://w3id.org/oncopact/shapes#")
"""The shapes' names."""

_BLANK: Final = "urn:blank-node:"
"""Stands in a report for any blank node of the data, whose label means nothing outside of the run."""

_UNNAMED: Final = frozenset({None, DATASET_DEFAULT_GRAPH_ID, VOCABULARY_GRAPH})
_COVERAGE: Final = "coverage.ttl"
_PREFIXES: Final = "prefixes.ttl"


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One node that breaks one shape.

    Attributes:
        focus: The node.
        path: The property concerned as a prefixed name; empty where the node as a whole is concerned.
        value: The offending value, a prefixed name or a literal; empty where there is none.
        shape: The broken shape's IRI, for a SPARQL constraint the constraint's own.
        message: What is wrong and what to do, parted by a semicolon.
        severity: `Violation`, `Warning` or `Info`.
    """

    focus: str
    path: str
    value: str
    shape: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What validation found.

    Attributes:
        conforms: Whether nothing worse than a warning was found. A warning marks a contradiction between sources, which
            a graph may hold.
        results: Sorted by focus node, path, value and shape.
        graph: The SHACL report, without blank nodes.
        coverage: Whether it was asked that facts have evidence; a graph of facts alone cannot be asked.
    """

    conforms: bool
    results: tuple[Result, ...]
    graph: Graph = field(repr=False, compare=False)
    coverage: bool = True

    @property
    def text(self) -> str:
        """The report for people: a summary, then one block for each result."""
        counts = {word: sum(result.severity == word for result in self.results) for word in ("Violation", "Warning")}
        said = (
            "conforms to the shapes"
            if self.conforms
            else f"breaks the shapes in {_number(counts['Violation'], 'place')}"
        )
        warned = f", with {_number(counts['Warning'], 'warning')}" if counts["Warning"] else ""
        unasked = "" if self.coverage else "There is no evidence in it, so facts were not asked for their evidence.\n"
        return f"The graph {said}{warned}.\n{unasked}" + "".join(f"\n{_block(result)}" for result in self.results)


def validate(data: Dataset | Graph, *, coverage: bool | None = None) -> ValidationReport:
    """Check a graph against the shapes.

    Args:
        data: A dataset with its named graphs, or one graph, which is then taken as the union of them all.
        coverage: Whether to ask that facts have evidence. None asks it where there is any evidence or any release's
            named graph, so not of a single graph of facts.

    Raises:
        GraphError: The installation's shapes or ontology cannot be read.

    >>> report = validate(Graph().add((ID["agreement/1"], RDF.type, OP.Agreement)))
    >>> report.conforms, report.coverage, report.results[0].path
    (False, False, 'op:agreementKind')
    """
    everything, covered, names = _Checked(), _Checked(), set()
    for triple, name in _triples(data):
        everything.add(triple)
        names.add(name)
        if name != VOCABULARY_GRAPH:
            covered.add(triple)
    asked = bool(names - _UNNAMED) or _has_evidence(covered) if coverage is None else coverage
    for triple in _known():
        everything.add(triple)
        covered.add(triple)
    forms, coverages = _shapes()
    reports = [_run(everything, forms), *([_run(covered, coverages)] if asked else [])]
    graph = _report_graph(reports)
    results = tuple(sorted(_results(graph)))
    return ValidationReport((None, SH.conforms, _TRUE) in graph, results, graph, asked)


def validate_quads(quads: Iterable[Quad], *, coverage: bool | None = None) -> ValidationReport:
    """Check a graph's quads: the report of `validate`, sooner.

    Nodes that conform beyond doubt are told apart first (`conformity`); pySHACL is asked about the others, each with
    all that the shapes look at from there.

    Args:
        quads: As `KnowledgeGraph.quads`.
        coverage: As for `validate`.

    Raises:
        GraphError: The installation's shapes or ontology cannot be read, or there are blank nodes.
    """
    quads = tuple(quads)
    verdict = judge(quads, coverage=coverage)
    doubtful = verdict.doubtful
    if doubtful is None:
        return validate(rdf.dataset(quads), coverage=coverage)
    if not doubtful:
        return replace(joined((), lambda _focus, _shape: True), coverage=verdict.coverage)
    report = validate(rdf.dataset(near(quads, doubtful)), coverage=verdict.coverage)
    return replace(joined((report,), lambda focus, _shape: focus in doubtful), coverage=verdict.coverage)


def joined(reports: Iterable[ValidationReport], keep: Callable[[str, str], bool]) -> ValidationReport:
    """The reports on parts of a graph as one.

    Args:
        reports: On parts that hold what their own nodes need to be checked, and other nodes in part only.
        keep: Whether a result counts, by its focus node and shape: one on a node that was there in part only does not.
    """
    graph = Graph()
    for prefix, namespace in {**PREFIXES, "ops": str(SHAPES)}.items():
        graph.bind(prefix, namespace)
    nodes: set[Node] = set()
    for report in reports:
        for node in report.graph.objects(None, SH.result):
            shapes = (report.graph.value(node, term) for term in (SH.sourceConstraint, SH.sourceShape))
            if keep(str(report.graph.value(node, SH.focusNode)), str(next(filter(None, shapes), ""))):
                nodes.add(node)
                for triple in report.graph.triples((node, None, None)):
                    graph.add(triple)
    _rooted(graph, sorted(nodes, key=str))
    results = tuple(sorted(_results(graph)))
    return ValidationReport((None, SH.conforms, _TRUE) in graph, results, graph)


def shapes() -> Graph:
    """All shapes, those of coverage included, as a graph of the caller's own."""
    return _parsed(sorted(folder("shapes").glob("*.ttl")))


def ontology() -> Graph:
    """The ontology and its concepts, as a graph of the caller's own."""
    return _parsed(sorted(folder("ontology").glob("*.ttl")))


# ---------------------------------------------------------------- reading


def _parsed(files: Iterable[Path]) -> Graph:
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except (OSError, SyntaxError) as error:
            raise GraphError("cannot be read as Turtle", where=str(file), remedy="reinstall oncopact") from error
    return graph


@cache
def _shapes() -> tuple[Graph, Graph]:
    """The shapes of form and those of coverage, read once and never changed."""
    files = sorted(folder("shapes").glob("*.ttl"))
    forms = _parsed(file for file in files if file.name != _COVERAGE)
    return forms, _parsed(file for file in files if file.name in (_COVERAGE, _PREFIXES))


@cache
def _known() -> tuple[_TripleType, ...]:
    """What the shapes need of the ontology: subclasses, and the schemes of concepts."""
    graph = ontology()
    return (
        *((s, p, o) for s, p, o in graph.triples((None, RDFS.subClassOf, None)) if str(o).startswith(str(OP))),
        *graph.triples((None, SKOS.inScheme, None)),
    )


def _triples(data: Dataset | Graph) -> Iterable[tuple[_TripleType, Node | None]]:
    """All triples with the graph each stands in, and IRIs for blank nodes, which the engine cannot compare."""
    quads = data.quads() if isinstance(data, Dataset) else ((*triple, DATASET_DEFAULT_GRAPH_ID) for triple in data)
    for subject, predicate, value, name in quads:
        yield (_skolem(subject), predicate, _skolem(value)), name


def _skolem(node: Node) -> Node:
    return URIRef(f"{_BLANK}{node}") if isinstance(node, BNode) else node


def _has_evidence(graph: Graph) -> bool:
    return (None, RDF.type, OP.Evidence) in graph


# ---------------------------------------------------------------- running


class _Checked(Graph):
    """A graph that parses each query text once; the engine asks the same query of every node."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> QueryResult:
        """Answer as `Graph.query` does."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _run(data: Graph, against: Graph) -> Graph:
    from pyshacl import validate as check  # costs a third of a second, and not every command needs it
    from pyshacl.errors import ReportableRuntimeError

    try:
        _, report, _ = check(data, shacl_graph=against, inference="none", advanced=False, inplace=True)
    except ReportableRuntimeError as error:
        raise GraphError("the graph cannot be checked", remedy=error.message) from error
    if not isinstance(report, Graph):
        raise GraphError("the validator gave no report", remedy=f"report this: {report}")
    return report


# ---------------------------------------------------------------- reporting

_TRUE: Final = Literal(True)


def _report_graph(reports: Iterable[Graph]) -> Graph:
    """One SHACL report whose nodes are named by their content; details are left out, since messages say all."""
    graph = Graph()
    for prefix, namespace in {**PREFIXES, "ops": str(SHAPES)}.items():
        graph.bind(prefix, namespace)
    nodes = []
    for report in reports:
        for result in report.objects(None, SH.result):
            facts = sorted(
                (str(predicate), _named(value))
                for predicate, value in report.predicate_objects(result)
                if predicate != SH.detail
            )
            node = _minted(f"{predicate} {value.n3()}" for predicate, value in facts)
            nodes.append(node)
            for predicate, value in facts:
                graph.add((node, URIRef(predicate), value))
    _rooted(graph, nodes)
    return graph


def _rooted(graph: Graph, nodes: Iterable[Node]) -> None:
    """Write the report's own node above its results."""
    nodes = tuple(nodes)
    root = _minted(sorted({str(node) for node in nodes}))
    graph.add((root, RDF.type, SH.ValidationReport))
    graph.add((root, SH.conforms, Literal((None, SH.resultSeverity, SH.Violation) not in graph)))
    for node in nodes:
        graph.add((root, SH.result, node))


def _named(value: Node) -> URIRef | Literal:
    """The value as a report can carry it: no blank node, and no character that an IRI may not have."""
    if isinstance(value, Literal):
        return value
    if not isinstance(value, URIRef) or value.startswith(_BLANK):
        return URIRef(_BLANK)
    return URIRef(_FORBIDDEN.sub(lambda char: quote(char.group()), value))


_FORBIDDEN: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


def _minted(parts: Iterable[str]) -> URIRef:
    return ID[f"validation/{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:16]}"]


def _results(graph: Graph) -> Iterable[Result]:
    for node in graph.objects(None, SH.result):
        focus, path, value = (graph.value(node, term) for term in (SH.focusNode, SH.resultPath, SH.value))
        shape = graph.value(node, SH.sourceConstraint) or graph.value(node, SH.sourceShape)
        message = min(str(text) for text in graph.objects(node, SH.resultMessage))
        yield Result(
            focus=str(focus),
            path=compact(str(path)) if path else "",
            value="" if value is None or value == focus else _readable(value),
            shape=str(shape),
            message=_IRI.sub(lambda match: compact(match.group()), message),
            severity=str(graph.value(node, SH.resultSeverity)).removeprefix(str(SH)),
        )


_IRI: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;]")


def _readable(value: Node) -> str:
    return compact(str(value)) if isinstance(value, URIRef) else value.n3()


def _block(result: Result) -> str:
    """A result for people."""
    wrong, _, remedy = result.message.partition("; ")
    rows = (
        ("property", result.path),
        ("value", result.value),
        ("wrong", wrong),
        ("to do", remedy),
        ("shape", result.shape.removeprefix(str(SHAPES))),
    )
    head = "a blank node" if result.focus == _BLANK else compact(result.focus)
    mark = "" if result.severity == "Violation" else f" ({result.severity.lower()})"
    return f"{head}{mark}\n" + "".join(f"  {name:<9} {words}\n" for name, words in rows if words)


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
