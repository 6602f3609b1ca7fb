"""Many releases as one set: what a thing is called is agreed on, what is said of it is not evened out."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import NamedNode

from findings import HALDEN, licence_findings, milestone_findings, release_of
from oncopact.assemble import assemble
from oncopact.knowledge import KnowledgeGraph
from oncopact.model import Findings
from oncopact.namespaces import ID, SKOS

HALDEN_NODE = NamedNode(f"{ID}{HALDEN}")
LABEL = NamedNode(str(SKOS.prefLabel))


def relabelled(findings: Findings, label: str, name: str, *, key: str | None = None) -> Findings:
    entities = tuple(replace(item, label=label, key=key) if item.id == HALDEN else item for item in findings.entities)
    release = release_of(findings.document.text + f"\n{name}\n", name)
    return replace(findings, entities=entities, document=replace(findings.document, release=release))


def labels(*findings: Findings) -> set[str]:
    graph = KnowledgeGraph.of(findings)
    return set(graph.view.values(HALDEN_NODE.value, LABEL.value))


def test_the_fullest_label_wins_in_any_order() -> None:
    both = [licence_findings(), relabelled(licence_findings(), "Halden", "b.txt")]
    assert labels(*both) == labels(*both[::-1]) == {"Halden Bio AS"}


def test_a_release_read_twice_counts_once_under_the_first_name() -> None:
    both = [licence_findings("b.txt"), licence_findings("/in/a.txt")]
    assert [item.document.release.source.name for item in assemble(both)] == ["/in/a.txt"]


def test_releases_come_in_the_order_of_their_ids() -> None:
    found = assemble([milestone_findings(), licence_findings()])
    assert [item.document.release.id for item in found] == sorted(item.document.release.id for item in found)
    assert assemble([]) == ()


def test_findings_whose_labels_agree_are_passed_on_as_they_are() -> None:
    made = licence_findings()
    assert assemble([made])[0] is made
