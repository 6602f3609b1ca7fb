"""The catalogue of rules: every example is read by its rule, every counterexample is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oncopact.extractors.catalogue import RULES, Rule
from oncopact.lexicon import load
from oncopact.model import Evidence, Findings, Span
from oncopact.pipeline import each

# What a release around the sentence says: who the two companies are, that medicines are its matter, no fact of its own.
LEAD = "VIENNA, May 3, 2021 -- Alderis, Inc. and Borgmann AG develop medicines for patients with cancer."
TAIL = """About Alderis

Alderis, Inc. is a biotechnology company that develops antibodies and drugs. ALD-12 is an antibody-drug conjugate.

About Borgmann

Borgmann AG is a pharmaceutical company.
"""


def release(sentence: str) -> str:
    """A release that says the sentence; one without a full stop is its headline, several parts are a release."""
    if "\n\n" in sentence:
        return sentence + "\n"
    if sentence.endswith((".", ".”", '."')):
        return f"News from Vienna\n\n{LEAD}\n\n{sentence}\n\n{TAIL}"
    return f"{sentence}\n\n{LEAD}\n\n{TAIL}"


def fired(rule: Rule, sentence: str, folder: Path) -> bool:
    """Whether the rule reads anything inside the sentence."""
    path = folder / "release.txt"
    path.write_text(release(sentence))
    [findings] = each([path], lexicon=load())
    assert isinstance(findings, Findings), findings
    whole = "\n\n" in sentence
    start = 0 if whole else findings.document.text.index(sentence)
    place = Span(start, start + len(sentence))
    return any(place.overlaps(span) for name, span in traces(findings) if name == rule.name)


def traces(findings: Findings) -> Iterator[tuple[str, Span]]:
    """Each rule that gave a mention or evidence, and where."""
    yield from ((mention.rule, mention.span) for mention in findings.mentions)
    yield from ((seen.rule, seen.span) for seen in evidence(findings))


def evidence(findings: Findings) -> Iterator[Evidence]:
    for entity in findings.entities:
        yield from (name.evidence for name in entity.names)
    for facts in (findings.relations, findings.agreements, findings.milestones, findings.payments):
        for fact in facts:
            yield from fact.evidence


NAMES = [rule.name for rule in RULES]


def test_rules_have_names_of_their_own() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_is_described(rule: Rule) -> None:
    assert rule.description
    assert rule.example
    assert rule.counterexample
    assert rule.example != rule.counterexample


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_reads_its_example(rule: Rule, tmp_path: Path) -> None:
    assert fired(rule, rule.example, tmp_path), rule.example


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_leaves_its_counterexample_alone(rule: Rule, tmp_path: Path) -> None:
    assert not fired(rule, rule.counterexample, tmp_path), rule.counterexample
