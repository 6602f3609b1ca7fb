"""Explaining reads what the run stored: a node, its facts, and for each the words, the place and the rule."""

from __future__ import annotations

import json

import pytest

from findings import licence_findings, milestone_findings
from oncopact.errors import GraphError
from oncopact.graph_keys import nodes
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.namespaces import ID

GRAPH = KnowledgeGraph.of((milestone_findings(), licence_findings()), lexicon=load())


@pytest.mark.parametrize(
    "name", ["company/immunogen", "company:immunogen", f"{ID}company/immunogen", f"<{ID}company/immunogen>"]
)
def test_a_node_is_found_by_id_prefixed_name_or_iri(name: str) -> None:
    assert GRAPH.explain(name).iri == f"{ID}company/immunogen"


def test_each_fact_carries_the_words_that_state_it() -> None:
    explanation = GRAPH.explain("conjugate/bivatuzumab-mertansine")
    [payload] = [fact for fact in explanation.facts if fact.property == "op:hasPayload"]
    assert (payload.value, payload.value_id) == ("DM1", "payload/dm1")
    text = milestone_findings().document.text
    assert {seen.basis for seen in payload.evidence} == {"stated", "name_encoded"}
    assert all(text[seen.start : seen.end] == seen.quote for seen in payload.evidence)


def test_what_points_at_a_node_is_shown_with_its_evidence() -> None:
    pointing = GRAPH.explain("company/british-biotech").pointing
    [licensee] = [fact for fact in pointing if fact.property == "op:licensee"]
    assert licensee.subject.startswith("licence: ImmunoGen → British Biotech")
    assert licensee.evidence[0].quote.startswith("huN901-DM1, also called")


def test_a_payment_without_words_for_one_side_falls_back_on_the_words_for_the_payment() -> None:
    royalty = nodes(milestone_findings()).payments[3].value.removeprefix(str(ID))
    [fact] = [fact for fact in GRAPH.explain("company/immunogen").pointing if royalty in fact.subject]
    assert [seen.quote for seen in fact.evidence] == ["royalties on sales"]


def test_what_only_the_vocabulary_knows_is_said_to_be_so() -> None:
    explanation = GRAPH.explain("company/immunogen")
    [acquirer] = [fact for fact in explanation.facts if fact.property == "op:acquiredBy"]
    assert acquirer.origin == "vocabulary"
    assert "known from the vocabulary" in explanation.text


def test_the_text_names_place_section_and_rule() -> None:
    text = GRAPH.explain(nodes(milestone_findings()).agreements[1].value).text
    assert text.startswith("licence: ImmunoGen → British Biotech\nAgreement agreement/")
    assert "about, rule by-hand" in text
    assert "immunogen-2002-10-15.txt [" in text


def test_modality_is_shown_where_a_statement_is_not_asserted() -> None:
    planned = nodes(licence_findings()).milestones[0].value
    assert "(planned)" in GRAPH.explain(planned).text


def test_an_explanation_is_json_for_programs() -> None:
    content = json.loads(GRAPH.explain("payload/dm1").to_json())
    assert content["label"] == "DM1"
    assert content["facts"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("company/immuno", "did you mean company/immunogen"), ("urn:nothing", "nothing is called so")],
)
def test_an_unknown_node_is_refused_with_a_hint(name: str, hint: str) -> None:
    with pytest.raises(GraphError, match=hint):
        GRAPH.explain(name)
