"""Many releases' findings as one set: each release once, one label for one thing.

What releases say of a thing stays in their own graphs and is never evened out; only what a thing is called is agreed
on here, since a node has one preferred name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from oncopact.model import Findings


def assemble(findings: Iterable[Findings]) -> tuple[Findings, ...]:
    """The findings of each release once, sorted by release, entities of one id with one label.

    A release read twice (alone and in its container, say) counts once, under the first of its names. The label of a
    thing that several releases call differently is the vocabulary's where one of them has it from there, else the
    longest, and of several as long the first in order.
    """
    once: dict[str, Findings] = {}
    for item in sorted(findings, key=_identity):
        once.setdefault(item.document.release.id, item)
    labels = _labels(once.values())
    return tuple(_relabelled(item, labels) for _, item in sorted(once.items()))


def _identity(findings: Findings) -> tuple[str, str]:
    return findings.document.release.id, findings.document.release.source.name


def _labels(findings: Iterable[Findings]) -> dict[str, str]:
    """For each entity that has several labels, the one to use."""
    rivals: dict[str, set[tuple[bool, int, str]]] = defaultdict(set)
    for item in findings:
        for entity in item.entities:
            rivals[entity.id].add((entity.key is None, -len(entity.label), entity.label))
    return {entity_id: min(labels)[2] for entity_id, labels in rivals.items() if len(labels) > 1}


def _relabelled(findings: Findings, labels: dict[str, str]) -> Findings:
    if not any(labels.get(item.id, item.label) != item.label for item in findings.entities):
        return findings
    entities = tuple(replace(item, label=labels.get(item.id, item.label)) for item in findings.entities)
    return replace(findings, entities=entities)
