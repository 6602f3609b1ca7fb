"""The rules by name: what each reads, with an example and a counterexample, and how often it fired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from oncopact.model import Evidence, Findings
from oncopact.queries import Table

if TYPE_CHECKING:
    from oncopact.extractors.catalogue import Rule


def rules() -> tuple[Rule, ...]:
    """All rules, sorted by stage and name."""
    from oncopact.extractors.catalogue import RULES

    return tuple(sorted(RULES, key=lambda rule: (rule.stage, rule.name)))


def hits(findings: Iterable[Findings]) -> Counter[str]:
    """How many evidences and mentions each rule gave, by the rule's name."""
    return Counter(name for item in findings for name in _fired(item))


def table(findings: Iterable[Findings] | None = None) -> Table:
    """The catalogue; with findings also how often each rule fired in them, rules outside the catalogue at the end."""
    rows = [(rule.name, str(rule.stage), rule.description, rule.example, rule.counterexample) for rule in rules()]
    if findings is None:
        return Table(("rule", "stage", "description", "example", "counterexample"), tuple(rows))
    fired = hits(findings)
    counted = [(name, stage, str(fired.pop(name, 0)), text, example) for name, stage, text, example, _ in rows]
    rest = [(name, "", str(number), "", "") for name, number in sorted(fired.items())]
    return Table(("rule", "stage", "hits", "description", "example"), (*counted, *rest))


def _fired(findings: Findings) -> Iterator[str]:
    for mention in findings.mentions:
        yield mention.rule
    for evidence in _evidence(findings):
        yield evidence.rule


def _evidence(findings: Findings) -> Iterator[Evidence]:
    for entity in findings.entities:
        for name in entity.names:
            yield name.evidence
    for facts in (findings.relations, findings.agreements, findings.milestones, findings.payments):
        for fact in facts:
            yield from fact.evidence
