"""Names on the open gold beside the checkout: what is read must be right, and most of what is there must be read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oncopact import lexicon, pipeline
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import Lexicon
from oncopact.model import Kind

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "evaluation" / "gold"
BARE = frozenset({Kind.COMPANY, Kind.CONJUGATE, Kind.ANTIBODY})
KINDS = ("antibodies", "companies", "conjugates", "payloads", "targets", "technologies")


def score(folder: Path, lex: Lexicon) -> dict[str, float]:
    """F1 of each kind of names and of all, by the scorer that is published with the gold."""
    gold, found = folder / "gold", folder / "found"
    gold.mkdir()
    found.mkdir()
    texts = {path.name.split(".")[0]: path for path in (SHARED / "releases").iterdir()}
    for record in sorted(GOLD.glob("*.json")):
        if record.stem not in texts:
            continue
        shutil.copy(record, gold)
        batch = pipeline.run([texts[record.stem]], lexicon=lex)
        for told in KnowledgeGraph.of(batch.findings[:1], lexicon=lex).records().values():
            (found / record.name).write_text(json.dumps({**told, "id": record.stem}), encoding="utf-8")
    command = [sys.executable, str(SHARED / "evaluation" / "score.py"), str(gold), str(found)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in printed.splitlines() if line.startswith("name"))
    return {row[0].removeprefix("name:"): float(row[row.index("F1") + 1]) for row in rows}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    return score(tmp_path_factory.mktemp("listed"), lexicon.load())


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    return score(tmp_path_factory.mktemp("bare"), lexicon.load(without=BARE))


def test_names_are_read(listed: dict[str, float]) -> None:
    assert listed["names"] >= 0.93


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_names_is_read(listed: dict[str, float], kind: str) -> None:
    assert listed[kind] >= 0.85


def test_names_need_no_list_of_companies_and_products(bare: dict[str, float]) -> None:
    assert bare["names"] >= 0.88
