"""Records are made from the graph alone, with names as the release prints them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from findings import (
    BOEHRINGER,
    BRITISH,
    CORVANE,
    HALDEN,
    IMMUNOGEN,
    Writer,
    licence_findings,
    milestone_findings,
)
from oncopact.errors import GraphError
from oncopact.exporters.records import as_json
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.model import Basis, EventKind, Findings, Kind

UNDISCLOSED: dict[str, Any] = {
    "amount": None,
    "percent": None,
    "currency": None,
    "qualifier": "undisclosed",
    "payer": "Boehringer Ingelheim GmbH",
    "payee": "ImmunoGen, Inc.",
}


def record(findings: Findings) -> dict[str, Any]:
    [made] = KnowledgeGraph.of((findings,), lexicon=load()).records().values()
    return made


def test_a_milestone_release_gives_its_whole_record() -> None:
    assert record(milestone_findings()) == {
        "id": "immunogen-2002-10-15",
        "release_date": "2002-10-15",
        "issuers": ["Boehringer Ingelheim GmbH", "ImmunoGen, Inc."],
        "companies": [
            {"name": "Boehringer Ingelheim GmbH", "ticker": None, "aliases": ["Boehringer Ingelheim"]},
            {"name": "ImmunoGen, Inc.", "ticker": "Nasdaq: IMGN", "aliases": ["ImmunoGen"]},
            {"name": "British Biotech", "ticker": None, "aliases": []},
            {"name": "Marlow Street Communications", "ticker": None, "aliases": [], "role": "contact"},
        ],
        "conjugates": [
            {
                "name": "bivatuzumab mertansine",
                "aliases": [],
                "antibody": "bivatuzumab",
                "payload": "DM1",
                "linker": None,
                "target": "CD44v6",
                "developers": ["Boehringer Ingelheim GmbH"],
            },
            {
                "name": "huN901-DM1",
                "aliases": ["BB-10901"],
                "antibody": "huN901",
                "payload": "DM1",
                "linker": None,
                "target": None,
                "developers": [],
            },
        ],
        "antibodies": [
            {
                "name": "anti-CD44v6 antibody",
                "aliases": [],
                "target": "CD44v6",
                "owner": "Boehringer Ingelheim GmbH",
            }
        ],
        "payloads": ["DM1", "maytansine"],
        "targets": ["CD44v6", "CD44"],
        "technologies": [{"name": "Tumor-Activated Prodrug (TAP)", "owner": "ImmunoGen, Inc."}],
        "agreements": [
            {
                "kind": "licence",
                "parties": ["Boehringer Ingelheim GmbH", "ImmunoGen, Inc."],
                "licensor": "ImmunoGen, Inc.",
                "licensee": "Boehringer Ingelheim GmbH",
                "technology": "Tumor-Activated Prodrug (TAP)",
                "targets": ["CD44"],
                "products": ["bivatuzumab mertansine"],
                "exclusive": None,
                "territory": None,
                "signed": "2001-11",
                "event": "referenced",
            },
            {
                "kind": "licence",
                "parties": ["ImmunoGen, Inc.", "British Biotech"],
                "licensor": "ImmunoGen, Inc.",
                "licensee": "British Biotech",
                "technology": None,
                "targets": [],
                "products": ["huN901-DM1"],
                "exclusive": None,
                "territory": "certain territories",
                "signed": None,
                "event": "referenced",
            },
        ],
        "milestones": [
            {
                "event": "start of clinical testing",
                "kind": "clinical",
                "status": "achieved",
                "date": None,
                "product": "bivatuzumab mertansine",
                "agreement_between": ["Boehringer Ingelheim GmbH", "ImmunoGen, Inc."],
                "payer": "Boehringer Ingelheim GmbH",
                "payee": "ImmunoGen, Inc.",
                "amount": None,
                "currency": None,
            }
        ],
        "payments": [
            {"kind": "milestone", **UNDISCLOSED, "percent_text": "undisclosed size"},
            {"kind": "upfront", **UNDISCLOSED, "percent_text": None},
            {"kind": "milestone", **UNDISCLOSED, "percent_text": None},
            {"kind": "royalty", **UNDISCLOSED, "percent_text": None},
        ],
        "products": [],
    }


def test_figures_are_plain_numbers_and_territory_is_put_together_again() -> None:
    made = record(licence_findings())
    assert [payment["amount"] for payment in made["payments"]] == [45_000_000, 1_200_000_000, None]
    assert [payment["qualifier"] for payment in made["payments"]] == ["exact", "up_to", "up_to"]
    assert made["payments"][2]["percent"] == 12.5
    assert made["payments"][2]["percent_text"] == "8% to 12.5%"
    [deal] = made["agreements"]
    assert deal["territory"] == "worldwide except Japan"
    assert deal["exclusive"] is True
    assert deal["signed"] == "2023-02-28"
    assert made["milestones"][0]["date"] == "2023-07/2023-12"


def test_names_are_the_releases_not_the_vocabularys() -> None:
    printed = as_json(record(milestone_findings()))
    assert "maytansinoid" not in printed
    assert "AbbVie" not in printed


def test_several_licensors_are_a_list_and_one_is_a_string() -> None:
    findings = milestone_findings()
    [first, second] = findings.agreements
    joint = replace(second, parties=(IMMUNOGEN, BOEHRINGER, BRITISH), licensors=(IMMUNOGEN, BOEHRINGER))
    deal = record(replace(findings, agreements=(first, joint)))["agreements"][1]
    assert deal["licensor"] == ["Boehringer Ingelheim GmbH", "ImmunoGen, Inc."]
    assert deal["licensee"] == "British Biotech"


def test_a_payload_that_only_the_name_encodes_is_printed_as_it_stands_in_the_name() -> None:
    findings = milestone_findings()
    relations = tuple(
        replace(item, evidence=tuple(seen for seen in item.evidence if seen.basis is Basis.NAME_ENCODED))
        if item.property == "op:hasPayload"
        else item
        for item in findings.relations
    )
    assert record(replace(findings, relations=relations))["conjugates"][0]["payload"] == "mertansine"


def test_what_stands_only_inside_a_products_name_is_no_payload_of_its_own() -> None:
    findings = milestone_findings()
    entities = tuple(
        replace(
            item,
            names=tuple(
                replace(name, evidence=replace(name.evidence, basis=Basis.NAME_ENCODED)) for name in item.names
            ),
        )
        if item.kind is Kind.PAYLOAD
        else item
        for item in findings.entities
    )
    assert record(replace(findings, entities=entities))["payloads"] == []


def test_a_company_of_a_group_with_a_name_of_its_own_stays_itself() -> None:
    findings = licence_findings()
    w = Writer(findings.document.text, findings.document.sections)
    owned = w.relation(CORVANE, "op:partOfGroup", HALDEN, w.evidence("Corvane"))
    made = record(replace(findings, relations=(*findings.relations, owned)))
    assert [company["name"] for company in made["companies"]] == ["Halden Bio AS", "Corvane Therapeutics, Inc."]


def test_a_name_that_is_former_by_now_is_the_name_in_an_older_release() -> None:
    findings = licence_findings()
    entities = tuple(
        replace(item, label="Corvane Pharma", names=tuple(replace(name, role="op:formerName") for name in item.names))
        if item.id == CORVANE
        else item
        for item in findings.entities
    )
    company = record(replace(findings, entities=entities))["companies"][1]
    assert company == {"name": "Corvane", "ticker": None, "aliases": ["Corvane Therapeutics, Inc."]}


def test_the_news_of_a_release_wins_over_what_it_recalls() -> None:
    findings = licence_findings()
    recalled = replace(findings.agreements[0], event=EventKind.REFERENCED)
    both = replace(findings, agreements=(recalled, findings.agreements[0]), milestones=(), payments=())
    assert [deal["event"] for deal in record(both)["agreements"]] == ["announced"]


def test_a_name_in_capitals_gives_way_to_the_running_texts() -> None:
    findings = milestone_findings()
    w = Writer(findings.document.text, findings.document.sections)
    conjugate = next(item for item in findings.entities if item.id == "conjugate/bivatuzumab-mertansine")
    loud = w.entity(conjugate.id, conjugate.kind, conjugate.label, ("BIVATUZUMAB MERTANSINE", "skos:altLabel"))
    entities = tuple(
        replace(item, names=(*loud.names, *item.names)) if item.id == conjugate.id else item
        for item in findings.entities
    )
    made = record(replace(findings, entities=entities))
    assert made["conjugates"][0]["name"] == "bivatuzumab mertansine"
    assert made["conjugates"][0]["aliases"] == []


def test_other_products_stand_among_the_products() -> None:
    findings = licence_findings()
    entities = tuple(
        replace(item, id="product/hb-204", kind=Kind.PRODUCT) if item.kind is Kind.CONJUGATE else item
        for item in findings.entities
    )
    deal = replace(findings.agreements[0], products=("product/hb-204",))
    made = record(replace(findings, entities=entities, relations=(), agreements=(deal,), milestones=()))
    assert made["products"] == [{"name": "HB-204", "aliases": []}]
    assert made["conjugates"] == []
    assert made["agreements"][0]["products"] == ["HB-204"]


def test_a_stored_graph_gives_the_records_that_a_fresh_one_gives(tmp_path: Any) -> None:
    graph = KnowledgeGraph.of((milestone_findings(), licence_findings()), lexicon=load())
    graph.write(tmp_path / "graph.trig")
    assert KnowledgeGraph.load(tmp_path / "graph.trig").records() == graph.records()


def test_records_are_named_after_files_and_kept_apart() -> None:
    made = KnowledgeGraph.of((milestone_findings("in/a.txt.gz"), licence_findings("in/a.htm"))).records()
    ids = sorted(f"a-{item.document.release.id}" for item in (milestone_findings(), licence_findings()))
    assert list(made) == ids
    assert list(KnowledgeGraph.of((milestone_findings("c.zip!in/b.txt"),)).records()) == ["c-b"]


def test_a_graph_without_evidence_gives_no_records(tmp_path: Any) -> None:
    KnowledgeGraph.of((licence_findings(),)).write(tmp_path / "graph.ttl")
    with pytest.raises(GraphError, match=r"\.trig"):
        KnowledgeGraph.load(tmp_path / "graph.ttl").records()


def test_a_record_is_json_with_its_letters_as_they_are() -> None:
    assert json.loads(as_json({"name": "Röhm"})) == {"name": "Röhm"}
    assert "Röhm" in as_json({"name": "Röhm"})
