"""Many releases as one set: what a thing is called is agreed on, what is said of it is not evened out."""

from __future__ import annotations

from dataclasses import replace

from findings import HALDEN, licence_findings, milestone_findings, release_of
from oncopact.assemble import assemble
from oncopact.model import Findings


def relabelled(findings: Findings, label: str, name: str, *, key: str | None = None) -> Findings:
    entities = tuple(replace(item, label=label, key=key) if item.id == HALDEN else item for item in findings.entities)
    release = release_of(findings.document.text + f"\n{name}\n", name)
    return replace(findings, entities=entities, document=replace(findings.document, release=release))


def labels(findings: tuple[Findings, ...]) -> set[str]:
    return {item.label for part in findings for item in part.entities if item.id == HALDEN}


def test_the_fullest_label_wins_in_any_order() -> None:
    both = [licence_findings(), relabelled(licence_findings(), "Halden", "b.txt")]
    assert labels(assemble(both)) == labels(assemble(both[::-1])) == {"Halden Bio AS"}


def test_the_vocabularys_label_wins_over_a_longer_one() -> None:
    listed = relabelled(licence_findings(), "Halden", "b.txt", key=HALDEN)
    assert labels(assemble([licence_findings(), listed])) == {"Halden"}


def test_releases_come_in_the_order_of_their_ids() -> None:
    found = assemble([milestone_findings(), licence_findings()])
    assert [item.document.release.id for item in found] == sorted(item.document.release.id for item in found)
    assert assemble([]) == ()


def test_findings_whose_labels_agree_are_passed_on_as_they_are() -> None:
    made = licence_findings()
    assert assemble([made])[0] is made
