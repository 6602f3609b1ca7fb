"""The main job on one real release: every row of what it must find is a SPARQL query; every trap has a test."""

from __future__ import annotations

from pathlib import Path

import pytest

import oncopact
from oncopact.knowledge import KnowledgeGraph
from oncopact.model import SectionKind

RELEASE = Path(__file__).resolve().parents[3] / "shared" / "releases" / "immunogen-2002-10-15.txt"

PREFIX = """
PREFIX c: <https://w3id.org/oncopact/id/company/>
PREFIX j: <https://w3id.org/oncopact/id/conjugate/>
PREFIX a: <https://w3id.org/oncopact/id/antibody/>
PREFIX p: <https://w3id.org/oncopact/id/payload/>
PREFIX t: <https://w3id.org/oncopact/id/target/>
PREFIX tech: <https://w3id.org/oncopact/id/technology/>
PREFIX ak: <https://w3id.org/oncopact/id/concept/agreement-kind/>
PREFIX pk: <https://w3id.org/oncopact/id/concept/payment-kind/>
PREFIX mk: <https://w3id.org/oncopact/id/concept/milestone-kind/>
"""
FIRST_LICENCE = """?deal a op:Agreement ; op:agreementKind ak:licence ;
  op:licensor c:immunogen ; op:licensee c:boehringer-ingelheim . """
FROM_BI = "op:payer c:boehringer-ingelheim ; op:payee c:immunogen ; op:amountQualifier 'undisclosed'"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return oncopact.build([RELEASE])


def evidence(subject: str, prop: str = "", value: str = "") -> str:
    """A pattern that binds ?quote to the words behind a fact."""
    more = (f" ; op:evidenceProperty {prop}" if prop else "") + (f" ; op:evidenceValue {value}" if value else "")
    return f"?e op:evidenceFor {subject}{more} ; op:quote ?quote ; op:start ?start ; op:end ?end . "


ROWS = {
    "release date": "?r a op:Release ; dcterms:issued '2002-10-15'^^xsd:date . BIND('' AS ?quote)",
    "issuers": "?r a op:Release ; dcterms:publisher c:boehringer-ingelheim, c:immunogen . BIND('' AS ?quote)",
    "headline": "?r dcterms:title ?title FILTER(STRSTARTS(?title, 'BOEHRINGER INGELHEIM AND IMMUNOGEN ACHIEVE')) "
    "FILTER(STRENDS(?title, 'NOVEL ANTI-CANCER AGENT')) BIND('' AS ?quote)",
    "the press agency is a contact": "?r op:contact 'Rx Communications Group, LLC' . BIND('' AS ?quote)",
    "ImmunoGen": "c:immunogen a op:Company ; skos:altLabel 'ImmunoGen, Inc.' ; op:ticker 'Nasdaq: IMGN' . "
    + evidence("c:immunogen", "skos:altLabel", "'ImmunoGen, Inc.'"),
    "the Austrian unit": "c:boehringer-ingelheim-austria op:partOfGroup c:boehringer-ingelheim . "
    + evidence("c:boehringer-ingelheim-austria", "op:partOfGroup", "c:boehringer-ingelheim"),
    "bivatuzumab mertansine": "j:bivatuzumab-mertansine op:hasAntibody a:bivatuzumab ; op:hasPayload p:dm1 ; "
    "op:bindsTarget t:cd44v6 ; op:developedBy c:boehringer-ingelheim . "
    + evidence("j:bivatuzumab-mertansine", "op:bindsTarget", "t:cd44v6"),
    "cantuzumab mertansine": "j:cantuzumab-mertansine op:hasPayload p:dm1 ; op:hasAntibody a:cantuzumab . "
    + evidence("j:cantuzumab-mertansine", "op:hasPayload", "p:dm1"),
    "huN901-DM1 is BB-10901": "?j op:codeName 'huN901-DM1', 'BB-10901' ; op:hasPayload p:dm1 ; "
    "op:hasAntibody ?antibody . ?antibody op:codeName|skos:altLabel 'huN901' . "
    + evidence("?j", "op:codeName", "'BB-10901'"),
    "Trastuzumab-DM1": "?j op:codeName 'Trastuzumab-DM1' ; op:developedBy c:genentech ; op:hasPayload p:dm1 . "
    + evidence("?j", "op:developedBy", "c:genentech"),
    "MLN591DM1": "?j op:codeName 'MLN591DM1' ; op:developedBy c:millennium-pharmaceuticals ; op:hasPayload p:dm1 . "
    + evidence("?j", "op:developedBy", "c:millennium-pharmaceuticals"),
    "DM1 derives from maytansine": "p:dm1 op:derivativeOf p:maytansine . "
    + evidence("p:dm1", "op:derivativeOf", "p:maytansine"),
    "TAP is ImmunoGen's": "tech:tap op:ownedBy c:immunogen ; skos:prefLabel 'TAP' ; "
    "skos:altLabel 'Tumor-Activated Prodrug' . " + evidence("tech:tap", "op:ownedBy", "c:immunogen"),
    "first licence": FIRST_LICENCE + "?deal op:signedOn '2001-11'^^xsd:gYearMonth ; "
    "op:earliest '2001-11-01'^^xsd:date ; op:coversTechnology tech:tap ; op:coversTarget t:cd44 . "
    + evidence("?deal", "op:licensee", "c:boehringer-ingelheim"),
    "the former": "?deal op:licensor c:immunogen ; op:licensee c:gsk ; op:coversProduct j:cantuzumab-mertansine . "
    + evidence("?deal", "op:licensee", "c:gsk"),
    "the latter": "?deal op:licensor c:immunogen ; op:licensee c:british-biotech ; op:coversProduct ?j ; "
    "op:territory 'certain territories' . ?j op:codeName 'BB-10901' . "
    + evidence("?deal", "op:licensee", "c:british-biotech"),
    "multi-target, Genentech": "?deal op:party c:immunogen, c:genentech ; op:agreementKind ak:other . "
    + evidence("?deal", "op:party", "c:genentech"),
    "multi-target, Abgenix": "?deal op:party c:immunogen, c:abgenix ; op:agreementKind ak:other . "
    + evidence("?deal", "op:party", "c:abgenix"),
    "multi-target, Millennium": "?deal op:party c:immunogen, c:millennium-pharmaceuticals ; "
    "op:agreementKind ak:other . " + evidence("?deal", "op:party", "c:millennium-pharmaceuticals"),
    "milestone": FIRST_LICENCE + "?m a op:Milestone ; op:milestoneKind mk:clinical ; op:status 'achieved' ; "
    "op:underAgreement ?deal ; "
    f"op:concernsProduct j:bivatuzumab-mertansine ; op:triggers ?pay . ?pay {FROM_BI} . " + evidence("?m"),
    "upfront": FIRST_LICENCE
    + f"?pay op:paymentKind pk:upfront ; op:underAgreement ?deal ; {FROM_BI} . "
    + evidence("?pay"),
    "royalties": FIRST_LICENCE
    + f"?pay op:paymentKind pk:royalty ; op:underAgreement ?deal ; {FROM_BI} . "
    + evidence("?pay"),
    "milestone payments": FIRST_LICENCE + f"?pay op:paymentKind pk:milestone ; op:underAgreement ?deal ; {FROM_BI} . "
    "FILTER NOT EXISTS { ?any op:triggers ?pay } " + evidence("?pay"),
}


@pytest.mark.parametrize("row", sorted(ROWS))
def test_the_graph_answers(graph: KnowledgeGraph, row: str) -> None:
    answer = graph.query(PREFIX + "SELECT DISTINCT ?quote ?start ?end WHERE { " + ROWS[row] + "}")
    assert answer.rows, f"nothing found for: {row}"
    text = graph.findings[0].document.text
    for quote, start, end in answer.rows:
        if start is not None and end is not None:
            assert text[int(start) : int(end)] == quote


def test_the_companies_are_these_and_no_more(graph: KnowledgeGraph) -> None:
    answer = graph.query(
        "SELECT ?label WHERE { GRAPH ?g { ?x a op:Company ; skos:prefLabel ?label } "
        "FILTER(CONTAINS(STR(?g), '/facts')) }"
    )
    found = sorted(str(row[0]) for row in answer.rows)
    assert [name.split(",")[0] for name in found] == [
        "Abgenix",
        "Boehringer Ingelheim",
        "Boehringer Ingelheim Austria",
        "British Biotech",
        "GSK",
        "Genentech",
        "ImmunoGen",
        "Millennium Pharmaceuticals",
    ]


def test_exactly_these_facts(graph: KnowledgeGraph) -> None:
    for name, number in (("Agreement", 6), ("Milestone", 1), ("Payment", 4), ("Conjugate", 5)):
        answer = graph.query(f"SELECT DISTINCT ?x WHERE {{ ?x a op:{name} }}")
        assert len(answer.rows) == number, name


def test_turnover_and_research_spending_are_no_payments(graph: KnowledgeGraph) -> None:
    assert not graph.query("SELECT ?x WHERE { ?x op:amount ?a }").rows
    assert not graph.query("SELECT ?x WHERE { ?x op:currency 'EUR' }").rows


def test_no_day_is_invented(graph: KnowledgeGraph) -> None:
    assert not graph.query("SELECT ?x WHERE { ?x op:signedOn '2001-11-01'^^xsd:date }").rows


def test_what_may_come_is_no_product(graph: KnowledgeGraph) -> None:
    names = graph.query("SELECT ?name WHERE { ?x a op:Conjugate ; skos:prefLabel ?name }").rows
    assert not [name for (name,) in names if name and "yield" in name.lower()]


def test_no_evidence_lies_in_safe_harbour_or_contacts(graph: KnowledgeGraph) -> None:
    sections = {section for (section,) in graph.query("SELECT DISTINCT ?s WHERE { ?e op:section ?s }").rows}
    assert sections
    assert sections.isdisjoint({"safe-harbour", "contacts", "furniture", "signature"})


def test_a_sentence_is_not_broken_by_the_page(graph: KnowledgeGraph) -> None:
    document = graph.findings[0].document
    sentences = [
        " ".join(s.span.of(document.text).split()) for s in document.sentences if s.kind is SectionKind.SAFE_HARBOUR
    ]
    over_the_page = (
        "YOU ARE CAUTIONED NOT TO PLACE UNDUE RELIANCE ON THESE FORWARD-LOOKING STATEMENTS, "
        "WHICH ARE CURRENT ONLY AS OF THE DATE OF THIS RELEASE."
    )
    assert over_the_page in sentences
    assert not any(
        "-more-" in s.span.of(document.text) or "Page 2" in s.span.of(document.text) for s in document.sentences
    )


def test_it_conforms(graph: KnowledgeGraph) -> None:
    report = graph.validate()
    assert report.conforms, report.text
