"""The same quads give the same bytes, and what is written is read back as it was."""

from __future__ import annotations

import io
import os
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from findings import BOEHRINGER, IMMUNOGEN, licence_findings, milestone_findings
from oncopact.errors import GraphError, OutputError
from oncopact.exporters import rdf
from oncopact.exporters.files import write_file
from oncopact.exporters.network import graphml
from oncopact.graph import in_order
from oncopact.graph_keys import nodes
from oncopact.knowledge import WRITTEN, KnowledgeGraph
from oncopact.lexicon import load
from oncopact.namespaces import OP, RDF

GRAPH = KnowledgeGraph.of((milestone_findings(), licence_findings()), lexicon=load())


@pytest.mark.parametrize("ending", [".trig", ".nq"])
def test_named_graphs_are_read_back_as_they_were_written(tmp_path: Path, ending: str) -> None:
    [path] = GRAPH.write(tmp_path / f"graph{ending}")
    assert KnowledgeGraph.load(path).quads == GRAPH.quads


@pytest.mark.parametrize("ending", [".ttl", ".nt"])
def test_the_union_of_facts_is_read_back_as_it_was_written(tmp_path: Path, ending: str) -> None:
    [path] = GRAPH.write(tmp_path / f"graph{ending}")
    assert KnowledgeGraph.load(path).quads == rdf.facts(GRAPH.quads)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_quads_does_not_matter(random: object) -> None:
    shuffled = list(GRAPH.quads)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_order(shuffled) == GRAPH.quads
    assert rdf.nquads(shuffled) == rdf.nquads(GRAPH.quads)


def test_the_dataset_is_rdflibs_view_of_the_same_graphs() -> None:
    assert len({quad.graph_name for quad in GRAPH.quads}) == 5
    assert sum(len(graph) for graph in GRAPH.dataset.graphs()) == len(GRAPH.quads)
    kinds = {kind for _, _, kind, _ in GRAPH.dataset.quads((None, RDF.type, None, None))}
    assert {OP.Evidence, OP.Agreement} <= kinds


def test_turtle_declares_our_prefixes_and_leaves_evidence_out() -> None:
    written = rdf.turtle(GRAPH.quads)
    assert "company:immunogen a op:Company" in written
    assert "op:Evidence" not in written
    assert "op:cik" not in written


def test_trig_declares_only_prefixes_in_use() -> None:
    heads = [line for line in rdf.trig(GRAPH.quads).splitlines() if line.startswith("@prefix")]
    names = [line.split()[1].rstrip(":") for line in heads]
    assert names == sorted(names)
    assert any(line.startswith("@prefix op:") for line in heads)
    assert not any(line.startswith("@prefix sh:") for line in heads)


def test_an_empty_graph_can_be_written_and_read(tmp_path: Path) -> None:
    [path] = KnowledgeGraph().write(tmp_path / "empty.trig")
    assert KnowledgeGraph.load(path).quads == ()


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.trig", "this is no RDF", "broken RDF"),
        ("a.txt", "", "ends in"),
        ("missing.trig", None, "no such file"),
    ],
)
def test_a_file_that_is_no_graph_is_refused(tmp_path: Path, name: str, content: str | None, complaint: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(GraphError, match=complaint):
        KnowledgeGraph.load(tmp_path / name)


def test_nodes_of_the_network_carry_label_type_dates_and_amounts() -> None:
    network = GRAPH.to_networkx()
    assert network.nodes[IMMUNOGEN]["label"] == "ImmunoGen"
    assert network.nodes[IMMUNOGEN]["type"] == "Company"
    upfront = nodes(licence_findings()).payments[0].value.rpartition("/id/")[2]
    assert network.nodes[upfront]["amount"] == 45_000_000.0
    assert network.nodes[upfront]["currency"] == "USD"
    deal = nodes(milestone_findings()).agreements[0].value.rpartition("/id/")[2]
    assert network.nodes[deal]["signed"] == "2001-11"
    assert network.nodes[deal]["label"] == "licence: ImmunoGen → Boehringer Ingelheim"


def test_edges_between_companies_are_derived_and_quote_the_sentence() -> None:
    network = GRAPH.to_networkx()
    [edge] = [data for data in network[IMMUNOGEN][BOEHRINGER].values() if data["property"] == "licenses_to"]
    assert edge["origin"] == "derived"
    assert str(edge["quote"]).startswith("ImmunoGen licensed its")
    assert not any(data["property"] == "licenses_to" for data in network[BOEHRINGER][IMMUNOGEN].values())
    pays = [data for data in network[BOEHRINGER][IMMUNOGEN].values() if data["property"] == "pays"]
    assert len(pays) == 4


def test_stated_and_known_edges_are_told_apart() -> None:
    network = GRAPH.to_networkx()
    assert network["payload/dm1"]["payload/maytansine"]["derivativeOf"]["origin"] == "stated"
    assert network["company/immunogen"]["company/abbvie"]["acquiredBy"]["origin"] == "vocabulary"


def test_every_edge_of_a_release_that_rests_on_a_sentence_quotes_it() -> None:
    network = GRAPH.to_networkx()
    silent = {data["property"] for _, _, data in network.edges(data=True) if data["origin"] != "vocabulary"} - {
        data["property"] for _, _, data in network.edges(data=True) if "quote" in data
    }
    assert silent == {"publisher"}


def test_graphml_is_read_back_by_networkx() -> None:
    network = GRAPH.to_networkx()
    again = nx.read_graphml(io.BytesIO(graphml(network).encode()), force_multigraph=True)
    assert set(again.nodes) == set(network.nodes)
    assert again.number_of_edges() == network.number_of_edges()


def test_a_folder_gets_all_files_and_the_releases_texts(tmp_path: Path) -> None:
    written = GRAPH.write(tmp_path / "out")
    assert {path.name for path in written} >= set(WRITTEN)
    found = milestone_findings().document.release
    assert (tmp_path / "out" / "texts" / f"{found.id}.txt").read_bytes().decode() == found.text
    assert not list((tmp_path / "out").rglob("*.part"))


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (GRAPH.write(tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_folder_in_the_place_of_a_file_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "graph.trig" / "inside").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot write"):
        write_file(tmp_path / "graph.trig", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.trig"]


def test_a_file_in_the_place_of_the_folder_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError) as caught:
        GRAPH.write(tmp_path / "out" / "graph.trig")
    assert "\n" not in str(caught.value)


def test_an_older_file_survives_a_failed_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="no space left"):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["graph.ttl"]


def test_literals_of_other_languages_keep_their_tag() -> None:
    import pyoxigraph

    quad = pyoxigraph.Quad(
        pyoxigraph.NamedNode("https://w3id.org/oncopact/id/company/a"),
        pyoxigraph.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"),
        pyoxigraph.Literal("Firma", language="de"),
    )
    [(_, _, value, _)] = rdf.dataset([quad]).quads((URIRef("https://w3id.org/oncopact/id/company/a"), None, None, None))
    assert value.n3() == '"Firma"@de'
