"""What makes it fast changes nothing on real releases: the cues lose no fact, the quick check agrees with pySHACL."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from oncopact.conformity import judge
from oncopact.exporters import rdf
from oncopact.extract import extract
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.model import Findings, Release
from oncopact.readers import read
from oncopact.segment import segment
from oncopact.validate import validate, validate_quads

RELEASES: Final = Path(__file__).resolve().parents[3] / "shared" / "releases"


@pytest.fixture(scope="module")
def findings() -> list[Findings]:
    lexicon = load()
    return [extract(segment(item), lexicon) for item in read(RELEASES) if isinstance(item, Release)]


def test_showing_every_sentence_to_every_rule_finds_nothing_more(findings: list[Findings]) -> None:
    lexicon = load()
    differing = [
        found.document.release.source.name
        for found in findings
        if found != extract(found.document, lexicon, thorough=True)
    ]
    assert findings
    assert differing == []


def test_quick_check_of_all_releases_says_what_pyshacl_says(findings: list[Findings]) -> None:
    quads = KnowledgeGraph.of(findings, lexicon=load()).quads
    reference, doubtful = validate(rdf.dataset(quads)), judge(quads).doubtful
    assert doubtful is not None
    assert {result.focus for result in reference.results} <= doubtful
    report = validate_quads(quads)
    assert (report.conforms, report.results) == (reference.conforms, reference.results)
    assert sorted(report.graph) == sorted(reference.graph)
