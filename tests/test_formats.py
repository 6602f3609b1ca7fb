"""Every form that a graph is written in is read back by its own library and is the same."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from pathlib import Path

import igraph
import networkx as nx
import pyoxigraph
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat
from rdflib import Dataset, Graph

from findings import IMMUNOGEN, licence_findings, milestone_findings
from oncopact.cli import cli
from oncopact.cli_export import _FORMATS, _SHARDS, _VIEWS
from oncopact.errors import GraphError, OutputError
from oncopact.exporters import jsonld, rdf
from oncopact.exporters.formats import FORMATS
from oncopact.exporters.network import View
from oncopact.graph import in_order
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.namespaces import CLASSES, ID, OP, PROPERTIES, SKOS, facts_graph

GRAPH = KnowledgeGraph.of((milestone_findings(), licence_findings()), lexicon=load())
PICTURES = ("png", "svg")
HOSTILE = "Évil & \"Söhne\" <b>\u2028=1+1;\x01\t'x' | 药"


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def renamed(graph: KnowledgeGraph, name: str) -> KnowledgeGraph:
    """The graph with a company called otherwise."""

    def other(quad: Quad) -> Quad:
        hit = quad.subject == NamedNode(f"{ID}{IMMUNOGEN}") and quad.predicate.value == str(SKOS.prefLabel)
        return Quad(quad.subject, quad.predicate, Literal(name), quad.graph_name) if hit else quad

    return KnowledgeGraph(other(quad) for quad in graph.quads)


@pytest.fixture(params=["plain", "hostile"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    return GRAPH if request.param == "plain" else renamed(GRAPH, HOSTILE)


# ---------------------------------------------------------------- the graph


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib's own reader uses what it deprecates
def test_json_ld_is_read_back_by_rdflib_and_by_oxigraph(graph: KnowledgeGraph) -> None:
    written = jsonld.jsonld(graph.quads)
    assert in_order(pyoxigraph.parse(written, format=RdfFormat.JSON_LD)) == graph.quads
    again = Dataset()
    again.parse(data=written, format="json-ld")
    assert set(again.quads()) == set(graph.dataset.quads())
    assert len(set(again.quads())) == len(graph.quads)


def test_json_ld_reads_as_plain_json() -> None:
    whole = json.loads(jsonld.jsonld(GRAPH.quads))
    name = str(facts_graph(milestone_findings().document.release.id))
    [nodes] = [graph["@graph"] for graph in whole["@graph"] if graph["id"] == name]
    [deal] = [node for node in nodes if node.get("licensee") == "company:boehringer-ingelheim"]
    assert deal["type"] == "Agreement"
    assert deal["licensor"] == "company:immunogen"
    assert deal["party"] == ["company:boehringer-ingelheim", "company:immunogen"]
    assert deal["signedOn"] == {"type": "xsd:gYearMonth", "@value": "2001-11"}
    [evidence, *_] = [graph["@graph"] for graph in whole["@graph"] if graph["id"].endswith("/evidence")]
    assert isinstance(evidence[0]["start"], int)
    assert evidence[0]["negated"] is False


def test_the_context_has_every_term_of_the_ontology() -> None:
    terms = jsonld.context()
    assert {str(term).removeprefix(str(OP)) for term in (*CLASSES, *PROPERTIES)} <= set(terms)


def test_json_ld_keeps_what_our_context_does_not_foresee() -> None:
    node, place = NamedNode("urn:x"), NamedNode("https://example.org/g")
    quads = in_order(
        [
            Quad(node, NamedNode("https://example.org/p"), Literal("Firma", language="de"), place),
            Quad(node, NamedNode(str(OP.licensor)), Literal("no IRI"), place),
            Quad(node, NamedNode(str(OP.start)), Literal("007", datatype=XSD_INTEGER), place),
            Quad(node, NamedNode(str(OP.start)), Literal("seven"), place),
            Quad(node, NamedNode(str(OP.quote)), NamedNode("urn:y"), place),
            Quad(node, RDF_TYPE, NamedNode("https://example.org/Class"), place),
            Quad(node, RDF_TYPE, NamedNode(str(OP.Company)), place),
            Quad(node, NamedNode(str(OP.quote)), Literal("without a graph")),
        ]
    )
    assert in_order(pyoxigraph.parse(jsonld.jsonld(quads), format=RdfFormat.JSON_LD)) == quads


XSD_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def test_rdf_xml_is_read_back_by_rdflib() -> None:
    again = Graph().parse(data=rdf.rdfxml(GRAPH.quads), format="xml")
    assert set(again) == set(Graph().parse(data=rdf.ntriples(GRAPH.quads), format="nt"))
    assert len(again) == len(rdf.facts(GRAPH.quads))


# ---------------------------------------------------------------- networks


@pytest.mark.parametrize("view", list(View))
def test_graphml_is_read_back_with_all_attributes(graph: KnowledgeGraph, view: str, tmp_path: Path) -> None:
    made = graph.to_networkx(view)
    [path] = graph.write(tmp_path / "kg.graphml", view=view)
    again: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.read_graphml(path, force_multigraph=True))
    assert nodes_of(again) == nodes_of(made)
    edges = {(start, end, f"{start} {key} {end}"): data for start, end, key, data in made.edges(keys=True, data=True)}
    assert {edge[:3]: edge[3] for edge in again.edges(keys=True, data=True)} == edges


@pytest.mark.parametrize("view", list(View))
def test_igraph_reads_graphml_with_all_attributes(graph: KnowledgeGraph, view: str, tmp_path: Path) -> None:
    made = graph.to_networkx(view)
    [path] = graph.write(tmp_path / "kg.graphml", view=view)
    again = igraph.Graph.Read_GraphML(str(path))
    assert {item["id"]: given(item) for item in again.vs} == nodes_of(made)
    assert [given(item) for item in again.es] == [data for _, _, data in made.edges(data=True)]
    ends = [(again.vs[item.source]["id"], again.vs[item.target]["id"]) for item in again.es]
    assert ends == list(made.edges())


def nodes_of(made: nx.MultiDiGraph[str]) -> dict[str, object]:
    return {name: made.nodes[name] for name in made}


def given(item: igraph.Vertex | igraph.Edge) -> dict[str, object]:
    """What igraph holds of a node or an edge; it fills what is absent with an empty text, NaN or False."""
    found = {name: value for name, value in item.attributes().items() if name != "id"}
    present = {name: value for name, value in found.items() if value != "" and not is_nan(value)}
    if found.get("exclusive") is False:  # nothing in these graphs is stated to be not exclusive
        del present["exclusive"]
    return present


def is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


@pytest.mark.parametrize("view", list(View))
def test_gexf_is_read_back_with_all_attributes(graph: KnowledgeGraph, view: str, tmp_path: Path) -> None:
    made = graph.to_networkx(view)
    [path] = graph.write(tmp_path / "kg.gexf", view=view)
    again = nx.read_gexf(path)
    nodes = {name: without(data, "viz", "start") for name, data in again.nodes(data=True)}
    assert nodes == nodes_of(made)
    edges = [(*edge[:2], without(edge[2], "id", "start")) for edge in again.edges(data=True)]
    assert sorted(edges, key=repr) == sorted(as_read(made), key=repr)


def as_read(made: nx.MultiDiGraph[str]) -> list[tuple[str, str, dict[str, object]]]:
    """Edges as GEXF gives them back: weights are floats, attributes come before what the format knows by itself."""
    return [
        (
            start,
            end,
            without(data, "weight", "label")
            | ({"weight": float(data["weight"])} if "weight" in data else {})
            | {"label": data["label"]},
        )
        for start, end, data in made.edges(data=True)
    ]


def without(data: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in data.items() if name not in names}


def test_gexf_has_colours_and_a_timeline_and_no_clock(tmp_path: Path) -> None:
    [path] = GRAPH.write(tmp_path / "kg.gexf")
    again = nx.read_gexf(path)
    assert again.nodes[IMMUNOGEN]["viz"]["color"] == {"r": 43, "g": 108, "b": 176, "a": 1.0}
    [deal] = [data for _, data in again.nodes(data=True) if data.get("signed") == "2001-11"]
    assert deal["start"] == "2001-11-01"
    assert "start" not in again.nodes[IMMUNOGEN]
    assert "lastmodifieddate" not in path.read_text()


@pytest.mark.parametrize("view", list(View))
def test_node_link_json_is_read_back(graph: KnowledgeGraph, view: str, tmp_path: Path) -> None:
    made = graph.to_networkx(view)
    [path] = graph.write(tmp_path / "kg.json", view=view)
    again = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="links")
    assert nx.utils.graphs_equal(again, made)


# ---------------------------------------------------------------- bulk import

TYPES: dict[str, Callable[[str], object]] = {
    "": str,
    "double": float,
    "long": int,
    "boolean": lambda text: {"true": True, "false": False}[text],
}


def rows(path: Path) -> list[dict[str, object]]:
    """A file of a bulk import as its header says: name:type, empty where there is nothing."""
    with path.open(encoding="utf-8", newline="") as stream:
        head, *body = csv.reader(stream)
    fields = [(column, str) if ":" in (column[0], column[2]) else typed(column) for column in head]
    return [{name: made(cell) for (name, made), cell in zip(fields, row, strict=True) if cell} for row in body]


def typed(column: str) -> tuple[str, Callable[[str], object]]:
    name, _, kind = column.partition(":")
    return name, TYPES[kind]


@pytest.mark.parametrize("view", list(View))
def test_bulk_files_hold_the_whole_network(graph: KnowledgeGraph, view: str, tmp_path: Path) -> None:
    made = graph.to_networkx(view)
    paths = graph.write(tmp_path / "bulk", form="neo4j", view=view)
    assert [path.name for path in paths] == ["nodes.csv", "relationships.csv"]
    nodes, edges = map(rows, paths)
    assert {row["id:ID"]: without(row, "id:ID", ":LABEL") for row in nodes} == {
        name: without(data, "type") for name, data in made.nodes(data=True)
    }
    assert [str(row[":LABEL"]).split(";")[0] for row in nodes] == [data["type"] for _, data in made.nodes(data=True)]
    assert [(row[":START_ID"], row[":END_ID"]) for row in edges] == list(made.edges())
    attributes = [without(row, ":START_ID", ":END_ID", ":TYPE") for row in edges]
    assert attributes == [data for _, _, data in made.edges(data=True)]


def test_relationships_are_typed_as_these_databases_spell_them(tmp_path: Path) -> None:
    _, edges = map(rows, GRAPH.write(tmp_path, form="neo4j"))
    kinds = {str(row[":TYPE"]) for row in edges}
    assert {"LICENSES_TO", "LICENSOR", "COVERS_TECHNOLOGY", "PAYS"} <= kinds
    nodes, _ = map(rows, GRAPH.write(tmp_path, form="neo4j"))
    assert {row[":LABEL"] for row in nodes} >= {"Company", "Conjugate;Product", "Antibody;Product"}


# ---------------------------------------------------------------- the command and the library


def test_the_command_knows_every_format_and_view() -> None:
    assert set(_FORMATS) == {*FORMATS, _SHARDS}
    assert set(_VIEWS) == set(View)


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.pieces and name not in PICTURES])
def test_command_and_library_write_the_same_bytes(form: str, tmp_path: Path) -> None:
    [source] = GRAPH.write(tmp_path / "kg.nq")
    [by_library] = GRAPH.write(tmp_path / f"library.{form}")
    assert run("export", source, "--out", tmp_path / f"command.{form}").exit_code == 0
    assert (tmp_path / f"command.{form}").read_bytes() == by_library.read_bytes()
    assert run("export", source, "--format", form).stdout_bytes == by_library.read_bytes()


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.files])
def test_forms_of_several_files_want_a_folder(form: str, tmp_path: Path) -> None:
    [source] = GRAPH.write(tmp_path / "kg.nq")
    written = GRAPH.write(tmp_path / "library", form=form)
    assert run("export", source, "--format", form, "--out", tmp_path / "command").exit_code == 0
    for path in written:
        assert (tmp_path / "command" / path.name).read_bytes() == path.read_bytes()
    assert run("export", source, "--format", form).exit_code == 2


def test_a_view_and_its_filters_are_the_commands_too(tmp_path: Path) -> None:
    [source] = GRAPH.write(tmp_path / "kg.nq")
    words = ("--view", "companies", "--since", "2001", "--until", "2002-12", "--kind", "licence")
    result = run("export", source, "--format", "json", *words)
    made = GRAPH.to_networkx("companies", since=2001, until="2002-12", kinds=["licence"])
    assert nx.utils.graphs_equal(nx.node_link_graph(json.loads(result.stdout), edges="links"), made)
    assert made.number_of_edges() == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--out", "kg.docx"),
        ("--format", "ttl", "--view", "companies"),
        ("--format", "csv", "--since", "2001"),
        ("--view", "products"),
        ("--format", "docx"),
    ],
)
def test_a_wrong_call_exits_with_2(words: tuple[str, ...], tmp_path: Path) -> None:
    [source] = GRAPH.write(tmp_path / "kg.nq")
    result = run("export", source, *words)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--since", "soon"), "no date"),
        (("--kind", "deal"), "no such kind"),
        (("--since", "2002", "--until", "2001"), "before it begins"),
    ],
)
def test_a_filter_that_means_nothing_is_one_line(words: tuple[str, ...], complaint: str, tmp_path: Path) -> None:
    [source] = GRAPH.write(tmp_path / "kg.nq")
    result = run("export", source, "--format", "gexf", *words)
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert complaint in line


def test_the_library_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such format"):
        GRAPH.write(tmp_path / "kg", form="docx")
    with pytest.raises(GraphError, match="no such view"):
        GRAPH.to_networkx("markets")
    with pytest.raises(OutputError, match="several files"):
        FORMATS["csv"].one(GRAPH.graphs, None)  # type: ignore[arg-type]
