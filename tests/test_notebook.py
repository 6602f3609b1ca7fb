"""What Jupyter shows of a graph: a table that people can read, in which a hostile release stays text."""

from __future__ import annotations

from lxml import html
from pyoxigraph import Literal, Quad

from market import market
from oncopact.exporters.notebook import SHOWN
from oncopact.knowledge import KnowledgeGraph
from oncopact.model import Failure
from oncopact.namespaces import SKOS
from oncopact.summary import summarize


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


def test_names_from_releases_stay_text() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    quads = (
        Quad(quad.subject, quad.predicate, Literal(evil), quad.graph_name)
        if quad.predicate.value == str(SKOS.prefLabel)
        else quad
        for quad in market().quads
    )
    made = shown(KnowledgeGraph(quads, failures=(Failure("<b>evil</b>.txt", "broken"),)))
    assert not made.xpath(".//script | .//img | .//b")
    assert evil in made.text_content()
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
