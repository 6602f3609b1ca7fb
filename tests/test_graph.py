"""Findings become named graphs: facts apart from evidence, identity by content, no two statements on one node."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from findings import BIVATUZUMAB, BOEHRINGER, HALDEN, IMMUNOGEN, licence_findings, milestone_findings, release_of
from oncopact.assemble import assemble
from oncopact.errors import GraphError, NothingReadError, OutputError
from oncopact.exporters.rdf import trig
from oncopact.graph import file_name, release_quads
from oncopact.graph_keys import nodes
from oncopact.knowledge import KnowledgeGraph, build
from oncopact.lexicon import load
from oncopact.model import (
    Basis,
    Document,
    EventKind,
    Evidence,
    Failure,
    Findings,
    PartialDate,
    Payment,
    PaymentKind,
    Qualifier,
    Relation,
    SectionKind,
    Span,
)
from oncopact.namespaces import ID, OP, RDF, SKOS, VOCABULARY_GRAPH, evidence_graph, facts_graph


def in_graph(quads: tuple[Quad, ...], name: str) -> list[Quad]:
    return [quad for quad in quads if quad.graph_name == NamedNode(name)]


def objects(quads: tuple[Quad, ...] | list[Quad], subject: str, prop: str) -> list[str]:
    return sorted(str(q.object) for q in quads if q.subject == NamedNode(subject) and q.predicate == NamedNode(prop))


def with_text(findings: Findings, text: str) -> Findings:
    """The same findings in another release, whose text goes on after the first one's."""
    document = findings.document
    release = release_of(text, "other.txt")
    return replace(
        findings,
        document=Document(release, document.sections, (), document.title, issued=document.issued),
    )


def test_a_release_has_one_graph_of_facts_and_one_of_evidence() -> None:
    quads = release_quads(milestone_findings())
    release = milestone_findings().document.release.id
    assert {quad.graph_name for quad in quads} == {
        NamedNode(facts_graph(release)),
        NamedNode(evidence_graph(release)),
    }
    kinds = Counter(
        str(q.object).rpartition("#")[2].rstrip(">")
        for q in in_graph(quads, facts_graph(release))
        if q.predicate == NamedNode(RDF.type)
    )
    assert kinds == {
        "Company": 4,
        "Conjugate": 2,
        "Antibody": 3,
        "Payload": 2,
        "Target": 2,
        "Technology": 1,
        "Agreement": 2,
        "AgreementEvent": 2,
        "Milestone": 1,
        "Payment": 4,
        "Release": 1,
    }
    typed = [q for q in in_graph(quads, evidence_graph(release)) if q.predicate == NamedNode(RDF.type)]
    assert {q.object for q in typed} == {NamedNode(OP.Evidence)}


def test_there_are_no_blank_nodes_and_every_node_lives_below_our_ids() -> None:
    for quad in (*release_quads(milestone_findings()), *release_quads(licence_findings())):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)
        assert str(quad.subject).startswith(f"<{ID}")


@pytest.mark.parametrize("with_vocabulary", [False, True])
def test_the_graph_conforms_to_the_shapes(with_vocabulary: bool) -> None:
    findings = (milestone_findings(), licence_findings())
    report = KnowledgeGraph.of(findings, lexicon=load() if with_vocabulary else None).validate()
    assert report.conforms, report.text


def test_the_bytes_depend_neither_on_the_order_of_inputs_nor_on_the_hash_seed() -> None:
    program = (
        "from findings import licence_findings, milestone_findings\n"
        "from oncopact.knowledge import KnowledgeGraph\nfrom oncopact.assemble import assemble\n"
        "from oncopact.exporters import rdf, network\nfrom oncopact.lexicon import load\nimport sys\n"
        "made = [licence_findings(), milestone_findings()][::int(sys.argv[1])]\n"
        "graph = KnowledgeGraph.of(assemble(made), lexicon=load())\n"
        "sys.stdout.reconfigure(encoding='utf-8')\n"
        "print(rdf.trig(graph.quads), rdf.turtle(graph.quads), rdf.nquads(graph.quads))\n"
        "print(network.graphml(graph.to_networkx()), graph.validate().graph.serialize(format='turtle'))\n"
        "print(*(graph.query(name) for name in ('agreements', 'payments', 'conjugates', 'milestones', 'evidence')))\n"
    )
    here = Path(__file__).resolve().parent
    outputs = set()
    for seed, step in (("1", "1"), ("2", "-1")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here.parent / 'src'}{os.pathsep}{here}"}
        command = [sys.executable, "-c", program, step]
        outputs.add(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 50_000


def test_a_release_given_twice_counts_once_under_the_first_of_its_names() -> None:
    once = assemble([milestone_findings("b/z.txt"), licence_findings(), milestone_findings("a/y.txt")])
    assert [item.document.release.source.name for item in once] == ["halden.txt", "a/y.txt"]


def test_two_undisclosed_payments_stay_two_where_only_one_is_triggered() -> None:
    keys = nodes(milestone_findings())
    assert len(set(keys.payments)) == 4


def test_payments_that_are_equal_merge_and_their_evidence_unites() -> None:
    findings = milestone_findings()
    upfront = findings.payments[1]
    again = replace(upfront, evidence=findings.payments[3].evidence)
    doubled = replace(findings, payments=(*findings.payments, again))
    assert nodes(doubled).payments[1] == nodes(doubled).payments[4]
    subject = nodes(doubled).payments[1]
    evidence = [
        quad
        for quad in release_quads(doubled)
        if quad.predicate == NamedNode(OP.evidenceFor) and quad.object == subject
    ]
    assert len(evidence) == 2


def test_an_agreement_that_two_releases_state_is_one_node_with_an_event_in_each() -> None:
    first = milestone_findings()
    second = with_text(first, first.document.text + "\nOne more line.\n")
    assert nodes(first).agreements == nodes(second).agreements
    assert set(nodes(first).events).isdisjoint(nodes(second).events)


def test_a_dated_event_is_one_node_in_all_releases() -> None:
    first = milestone_findings()
    ended = replace(
        first.agreements[0],
        event=EventKind.TERMINATED,
        event_date=PartialDate("2005-01", "2005-01-01", "2005-01-31"),
    )
    first = replace(first, agreements=(ended, first.agreements[1]))
    second = with_text(first, first.document.text + "\nOne more line.\n")
    assert nodes(first).events[0] == nodes(second).events[0]


def test_what_nothing_anchors_belongs_to_its_release() -> None:
    first = milestone_findings()
    loose = Payment(
        PaymentKind.ROYALTY, Qualifier.UNDISCLOSED, payees=(IMMUNOGEN,), evidence=first.payments[3].evidence
    )
    first = replace(first, payments=(*first.payments, loose))
    second = with_text(first, first.document.text + "\nOne more line.\n")
    assert nodes(first).payments[:4] == nodes(second).payments[:4]
    assert nodes(first).payments[4] != nodes(second).payments[4]


def test_the_same_rights_for_two_territories_are_two_agreements() -> None:
    findings = milestone_findings()
    here, there = (replace(findings.agreements[0], territory=place) for place in ("Japan", "North America"))
    both = replace(findings, agreements=(here, there), milestones=(), payments=())
    assert len(set(nodes(both).agreements)) == 2


def test_a_term_left_out_contradicts_nothing() -> None:
    findings = milestone_findings()
    silent, speaking = findings.agreements[0], replace(findings.agreements[0], territory="Japan")
    both = replace(findings, agreements=(silent, speaking), milestones=(), payments=())
    assert len(set(nodes(both).agreements)) == 1


def test_direction_is_part_of_an_agreements_identity() -> None:
    findings = milestone_findings()
    deal = findings.agreements[0]
    turned = replace(deal, licensors=deal.licensees, licensees=deal.licensors)
    other = replace(findings, agreements=(turned, findings.agreements[1]))
    assert nodes(findings).agreements[0] != nodes(other).agreements[0]


def test_dates_keep_their_precision_and_carry_bounds() -> None:
    findings = milestone_findings()
    deal = nodes(findings).agreements[0].value
    quads = release_quads(findings)
    assert objects(quads, deal, OP.signedOn) == ['"2001-11"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>']
    assert objects(quads, deal, OP.earliest) == ['"2001-11-01"^^<http://www.w3.org/2001/XMLSchema#date>']
    planned = nodes(licence_findings()).milestones[0].value
    assert objects(release_quads(licence_findings()), planned, OP.date) == ['"2023-07/2023-12"']


def test_announced_today_states_no_date_of_signing() -> None:
    findings = milestone_findings()
    deal = nodes(findings).agreements[1].value
    assert objects(release_quads(findings), deal, OP.signedOn) == []


def test_numbers_are_canonical() -> None:
    findings = licence_findings()
    quads = release_quads(findings)
    decimal = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    assert objects(quads, nodes(findings).payments[1].value, OP.amount) == [f'"1200000000"{decimal}']
    royalty = nodes(findings).payments[2].value
    assert objects(quads, royalty, OP.minimumPercentage) == [f'"8"{decimal}']
    assert objects(quads, royalty, OP.maximumPercentage) == [f'"12.5"{decimal}']
    assert objects(quads, royalty, OP.percentage) == []


def test_every_party_has_evidence_naming_it() -> None:
    findings = licence_findings()
    deal = nodes(findings).agreements[0]
    quads = release_quads(findings)
    evidence = [q.subject for q in quads if q.predicate == NamedNode(OP.evidenceFor) and q.object == deal]
    stated = {
        (objects(quads, iri.value, OP.evidenceProperty)[0], objects(quads, iri.value, OP.evidenceValue)[0])
        for iri in evidence
        if isinstance(iri, NamedNode) and objects(quads, iri.value, OP.evidenceProperty)
    }
    assert (f"<{OP.licensor}>", f"<{ID}{HALDEN}>") in stated
    assert (f"<{OP.party}>", f"<{ID}{HALDEN}>") in stated


def test_evidence_for_a_value_that_was_settled_otherwise_supports_the_node_alone() -> None:
    findings = milestone_findings()
    [seen] = findings.payments[0].evidence
    wrong = replace(seen, property="op:payer", value=IMMUNOGEN)
    payment = replace(findings.payments[0], evidence=(wrong,))
    changed = replace(findings, payments=(payment, *findings.payments[1:]))
    assert KnowledgeGraph.of((changed,)).validate().conforms


def test_a_denied_relation_gives_evidence_and_no_fact() -> None:
    findings = milestone_findings()
    relation = findings.relations[-1]
    denied = replace(relation, evidence=tuple(replace(item, negated=True) for item in relation.evidence))
    quads = release_quads(replace(findings, relations=(denied,)))
    assert objects(quads, f"{ID}{relation.subject}", OP.ownedBy) == []
    assert any(q.predicate == NamedNode(OP.negated) and q.object == _TRUE for q in quads)


_TRUE = Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))


def test_what_only_the_vocabulary_knows_never_stands_in_a_releases_graph() -> None:
    findings = milestone_findings()
    relation = findings.relations[-1]
    known = replace(relation, evidence=tuple(replace(item, basis=Basis.VOCABULARY) for item in relation.evidence))
    quads = release_quads(replace(findings, relations=(known,)))
    assert [q.graph_name for q in quads if q.predicate == NamedNode(OP.ownedBy)] == [NamedNode(VOCABULARY_GRAPH)]


def test_the_vocabularys_graph_names_owners_families_and_identifiers() -> None:
    graph = KnowledgeGraph.of((milestone_findings(),), lexicon=load())
    known = in_graph(graph.quads, VOCABULARY_GRAPH)
    assert objects(known, f"{ID}payload/dm1", OP.payloadFamily) == [f"<{ID}concept/payload-family/maytansinoid>"]
    assert objects(known, f"{ID}company/immunogen", OP.cik) == ['"0000855654"']
    assert objects(known, f"{ID}company/immunogen", SKOS.prefLabel) == ['"ImmunoGen"']


def test_a_preferred_label_is_not_an_alternative_one_too() -> None:
    quads = release_quads(milestone_findings())
    node = f"{ID}company/immunogen"
    assert objects(quads, node, SKOS.prefLabel) == ['"ImmunoGen"']
    assert objects(quads, node, SKOS.altLabel) == ['"ImmunoGen, Inc."']


def test_a_quote_that_does_not_stand_there_is_refused() -> None:
    findings = milestone_findings()
    wrong = Evidence(Span(0, 5), "SECOND", "by-hand", SectionKind.HEADLINE)
    broken = replace(findings, relations=(Relation(BIVATUZUMAB, "op:developedBy", BOEHRINGER, (wrong,)),))
    with pytest.raises(GraphError, match="is not in the text"):
        release_quads(broken)


@pytest.mark.parametrize(
    ("prop", "value", "complaint"),
    [("op:developedBy", "company/nobody", "not listed"), ("op:developer", BOEHRINGER, "no such term")],
)
def test_a_relation_to_nothing_known_is_refused(prop: str, value: str, complaint: str) -> None:
    findings = milestone_findings()
    seen = findings.relations[0].evidence
    with pytest.raises(GraphError, match=complaint):
        release_quads(replace(findings, relations=(Relation(BIVATUZUMAB, prop, value, seen),)))


def test_one_releases_contradiction_does_not_stop_the_others() -> None:
    findings = milestone_findings()
    broken = replace(findings, relations=(Relation("company/nobody", "op:linker", "x", (), literal=True),))
    graph = KnowledgeGraph.of((licence_findings(), broken))
    assert [failure.name for failure in graph.failures] == ["immunogen-2002-10-15.txt"]
    assert graph.releases == (licence_findings().document.release.id,)


def test_no_folder_of_the_machine_enters_the_graph() -> None:
    assert file_name("/srv/in/2002.zip!a/b.txt") == "2002.zip!b.txt"
    assert "/srv" not in trig(release_quads(milestone_findings("/srv/in/a.txt")))


FILED = """<SEC-DOCUMENT>0000912345-04-000042.txt : 20040505
<SEC-HEADER>
ACCESSION NUMBER:\t\t0000912345-04-000042
CONFORMED SUBMISSION TYPE:\t8-K
ITEM INFORMATION:\t\tOther events
FILED AS OF DATE:\t\t20040505
FILER:
\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tTARN PHARMA INC /DE/
\t\tCENTRAL INDEX KEY:\t\t\t0000912345
</SEC-HEADER>
<DOCUMENT>
<TYPE>EX-99.1
<TEXT>
Trial Begins

BOSTON, May 4, 2004 /PRNewswire/ -- Tarn Pharma, Inc. announced today that a trial of its antibody has begun.
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def test_what_the_header_of_a_filing_states_is_a_fact_with_evidence(tmp_path: Path) -> None:
    path = tmp_path / "filed.txt"
    path.write_text(FILED, encoding="utf-8")
    graph = build(path)
    (release,) = graph.releases
    stated = {
        (quad.predicate.value.removeprefix(str(OP)), str(getattr(quad.object, "value", "")))
        for quad in graph.quads
        if quad.graph_name == NamedNode(facts_graph(release)) and quad.subject == NamedNode(f"{ID}release/{release}")
    }
    tarn = f"{ID}company/tarn-pharma"
    assert {
        ("accessionNumber", "0000912345-04-000042"),
        ("formType", "8-K"),
        ("formItem", "5"),
        ("documentType", "EX-99.1"),
        ("filedOn", "2004-05-05"),
        ("filer", tarn),
        ("wireService", "PRNewswire"),
    } <= stated
    assert objects(in_graph(graph.quads, facts_graph(release)), tarn, OP.cik) == ['"0000912345"']
    (seen,) = [
        seen for fact in graph.explain("company/tarn-pharma").facts for seen in fact.evidence if seen.basis != "stated"
    ]
    assert (seen.basis, seen.quote) == ("container", "Tarn Pharma, Inc.")
    assert graph.validate().conforms


def test_a_submission_goes_before_its_exhibit_whatever_their_names(tmp_path: Path) -> None:
    alone = FILED.partition("<TEXT>\n")[2].partition("</TEXT>")[0]
    for name, text in (("a.txt", alone), ("b.txt", FILED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    graph = build(tmp_path)
    assert len(graph.releases) == 1
    assert '"0000912345-04-000042"' in {str(quad.object) for quad in graph.quads}


def test_a_mistyped_path_is_an_error_and_no_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(NothingReadError, match=r"no release was read: .*nowhere: there is no such file or folder"):
        build(tmp_path / "nowhere")
    with pytest.raises(NothingReadError, match=r"empty\.txt: the file is empty; .* \(the first of 2 such inputs\)"):
        build([tmp_path / "empty.txt", tmp_path / "nowhere"])


def test_a_graph_says_how_much_it_holds_and_what_is_missing() -> None:
    assert repr(KnowledgeGraph()) == "<KnowledgeGraph: 0 statements>"
    failed = KnowledgeGraph(failures=(Failure("a.txt", "empty"), Failure("b.txt", "no release", skipped=True)))
    assert repr(failed) == "<KnowledgeGraph: 0 statements; 1 inputs could not be read, see failures>"


def test_a_file_of_no_known_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no format has this ending"):
        KnowledgeGraph().write(tmp_path / "graph.docx")


def test_a_letter_before_a_payload_is_no_antibody(tmp_path: Path) -> None:
    path = tmp_path / "deal.txt"
    path.write_text(
        "LEEDS, May 2, 2019 /PRNewswire/ -- Halden said that earlier treatment with T-DM1 was allowed in the trial."
    )
    names = {str(quad.object) for quad in build(path).quads if str(quad.predicate.value).endswith("hasAntibody")}
    assert names == {"<https://w3id.org/oncopact/id/antibody/trastuzumab>"}
