"""The pages that are made from measured figures say what the figures say."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
STAGE = {"megabytes": 2.0, "releases": 100, "seconds": 4.0, "rate": 0.5, "times": 0.25}
BATCH = {"clock": 50.0, "memory": 200, "quarantined": 0}
WAY = {"releases": 10, "clock": 3.0, "processor": 4.0, "memory": 120, "faster": 1.0, "same": True}
FIGURES = {
    "machine": {"cores": 2, "python": "3.11.7", "system": "Linux x86_64", "oncopact": "0"},
    "size": {
        "releases": 100,
        "relevant": 60,
        "characters": 2_000_000,
        "quads": 20_000,
        "bytes": 4_000_000,
        "packed": 200_000,
    },
    "starts": [{"what": "python -c pass", "seconds": 0.01}, {"what": "oncopact --help", "seconds": 0.1}],
    "stages": [STAGE | {"stage": "file to validated quads, all"}],
    "growth": [BATCH | {"releases": 500 * n, "processor": 40.0 + n, "disk": 60 * n} for n in range(1, 11)],
    "ways": [WAY | {"name": "1 process"}, WAY | {"name": "2 processes", "faster": 1.8}],
}


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("report")


def test_pages_say_ratios_and_machine(report: Any) -> None:
    page = report.pages(FIGURES)["performance.md"]
    assert "| file to validated quads, all | 2.00 | 4.00 | 0.50 | 25 | 0.25 |" in page
    assert "2 cores, Linux x86_64, Python 3.11.7" in page
    assert "costs 1.19 times one of the first" in page
    assert "| `oncopact --help` | 0.100 | 0.090 |" in page


def test_plan_multiplies_what_was_measured(report: Any) -> None:
    page = report.pages(FIGURES)["scale.md"]
    assert "| 8 | 2.1 | 1.0 |" in page  # 1.5 million at 40 ms on eight cores, in hours; 120 MB each
    assert "0.30 billion quads, 60 GB of N-Quads, 3 GB packed" in page


def test_a_run_without_growth_makes_no_plan(report: Any) -> None:
    assert set(report.pages(FIGURES | {"growth": []})) == {"performance.md"}


def test_a_way_with_other_bytes_is_shouted(report: Any) -> None:
    other = FIGURES | {"ways": [WAY | {"name": "2 Dask workers", "same": False}]}
    assert "| NO |" in report.tables(other)
