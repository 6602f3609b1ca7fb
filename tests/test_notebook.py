"""Jupyter: a graph shows itself, a network can be moved about in, a hostile release stays text, the file is clean."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import html
from pyoxigraph import Literal, Quad

from market import market
from oncopact.exporters.notebook import SHOWN, interactive
from oncopact.knowledge import KnowledgeGraph
from oncopact.model import Failure
from oncopact.namespaces import SKOS
from oncopact.summary import summarize

NOTEBOOK = Path(__file__).parents[1] / "examples" / "market.ipynb"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def shown(graph: KnowledgeGraph) -> html.HtmlElement:
    return html.fragment_fromstring(graph._repr_html_())


def test_counts_and_deals_are_shown() -> None:
    made = shown(market())
    counts, deals = made.findall(".//table")
    assert dict(zip(counts.xpath(".//th/text()"), counts.xpath(".//td/text()"), strict=True)) == {
        "releases": "4",
        "companies": "4",
        "conjugates": "1",
        "payloads": "1",
        "targets": "1",
        "technologies": "1",
        "agreements": "6",
        "milestones": "1",
        "payments": "2",
    }
    assert "Arbor → Birk" in deals.xpath(".//td/text()")


def hostile() -> KnowledgeGraph:
    """The market with names that are markup."""
    quads = (
        Quad(quad.subject, quad.predicate, Literal(EVIL), quad.graph_name)
        if quad.predicate.value == str(SKOS.prefLabel)
        else quad
        for quad in market().quads
    )
    return KnowledgeGraph(quads, failures=(Failure("<b>evil</b>.txt", "broken"),))


def test_names_from_releases_stay_text() -> None:
    made = shown(hostile())
    assert not made.xpath(".//script | .//img | .//b")
    assert EVIL in made.text_content()
    assert "<b>evil</b>.txt" in made.text_content()


def test_an_empty_graph_shows_itself_too() -> None:
    assert "0 statements" in shown(KnowledgeGraph()).text_content()


def test_a_long_list_is_cut_and_says_so() -> None:
    many = KnowledgeGraph(quad for at in range(5) for quad in _copies(at))
    made = shown(many)
    assert len(made.findall(".//table")[1].findall(".//tr")) == SHOWN + 1
    assert f"and {len(summarize(many.view).deals) - SHOWN} more" in made.text_content()


def _copies(at: int) -> list[Quad]:
    """The market's quads with other agreements and other names."""
    import pyoxigraph

    from oncopact.exporters.rdf import nquads

    text = nquads(market().quads).replace("/agreement/a", f"/agreement/{at}a").replace('"Arbor"', f'"Arbor {at}"')
    return list(pyoxigraph.parse(text.replace("/company/", f"/company/{at}"), format=pyoxigraph.RdfFormat.N_QUADS))


# ---------------------------------------------------------------- to move about in


def test_a_network_to_move_about_in_is_one_piece_with_the_sentences() -> None:
    page = interactive(market().to_networkx("companies")).to_html()
    made = html.document_fromstring(page)
    assert not made.xpath("//script[@src] | //link[@href] | //img[@src]")
    assert "Arbor licenses to Birk<br>licence<br>Arbor licensed JoinR to Birk<br>2001-04-01" in page


def test_names_can_not_leave_the_script_that_holds_them() -> None:
    page = interactive(hostile().to_networkx("companies")).to_html()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert r"\u2039script\u203aalert(1)" in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_empty_network_can_be_shown() -> None:
    assert "<script" in interactive(KnowledgeGraph().to_networkx()).to_html()


# ---------------------------------------------------------------- the file


def test_the_notebook_is_kept_without_what_a_run_leaves() -> None:
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert len(code) > 10
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert set(book["metadata"]) == {"kernelspec", "language_info"}
