"""The same graph wherever the reading runs, and one clear line when a worker dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner

from oncopact.cli import cli
from oncopact.engines import AHEAD, Here, Processes, engine
from oncopact.errors import EngineError
from oncopact.knowledge import build
from oncopact.lexicon import load
from oncopact.store import ReleaseStore
from oncopact.union import graphs

ROOT = Path(__file__).parents[1]
SERIES = ROOT / "tests" / "cases" / "series"


def doubled(number: int) -> int:
    return 2 * number


def leave(number: int) -> int:
    os._exit(number)


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    with Processes(2) as processes:
        yield processes


def test_results_come_in_the_order_of_the_inputs(two: Processes) -> None:
    assert list(two.map(doubled, range(50))) == [2 * n for n in range(50)]


def test_inputs_are_drawn_only_as_the_results_are_taken(two: Processes) -> None:
    drawn: list[int] = []

    def endless() -> Iterator[int]:
        for number in count():
            drawn.append(number)
            yield number

    results = two.map(doubled, endless())
    assert [next(results) for _ in range(5)] == [0, 2, 4, 6, 8]
    assert len(drawn) <= 5 + 2 * AHEAD


def test_here_draws_one_input_at_a_time() -> None:
    inputs = iter(range(9))
    results = Here().map(doubled, inputs)
    assert (next(results), next(inputs)) == (0, 1)


def test_the_graph_is_the_same_from_two_processes(two: Processes) -> None:
    assert build(SERIES, engine=two).quads == build(SERIES).quads


def test_a_store_is_the_same_from_two_processes(tmp_path: Path) -> None:
    runner = CliRunner()
    for name, options in (("one", ()), ("two", ("--jobs", "2"))):
        result = runner.invoke(cli, ["build", str(SERIES), "--store", str(tmp_path / name), "--quiet", *options])
        assert result.exit_code == 0, result.output
    with ReleaseStore(tmp_path / "one") as one, ReleaseStore(tmp_path / "two") as other:
        first, second = (sorted(map(str, (q for g in graphs(s.graph) for q in g))) for s in (one, other))
        assert len(first) > 1000
        assert first == second
    again = runner.invoke(cli, ["build", str(SERIES), "--store", str(tmp_path / "two"), "--jobs", "2"])
    assert "nothing to do" in again.output


def test_the_users_vocabulary_reaches_the_workers(tmp_path: Path, two: Processes) -> None:
    words = tmp_path / "words"
    words.mkdir()
    header = (ROOT / "ontology" / "vocabulary" / "technologies.tsv").read_text(encoding="utf-8").splitlines()[0]
    row = dict.fromkeys(header.split("\t"), "") | {"key": "technology/quillgate", "label": "Quillgate"}
    row |= {"status": "unchecked", "source": "ours"}
    (words / "technologies.tsv").write_text(header + "\n" + "\t".join(row.values()) + "\n", encoding="utf-8")
    text = "OSLO, May 4, 2005 - Alderis, Inc. has licensed Quillgate for antibodies against cancer to Borgmann AG.\n"
    (tmp_path / "release.txt").write_text(text, encoding="utf-8")
    graph = build(tmp_path / "release.txt", engine=two, lexicon=load(directories=[words]), folders=[words])
    assert "technology/quillgate" in " ".join(str(quad) for quad in graph.quads)


def test_a_process_that_dies_is_one_line() -> None:
    with Processes(1) as processes, pytest.raises(EngineError, match="a worker process died; run again"):
        list(processes.map(leave, [3]))


@pytest.mark.parametrize(("name", "jobs"), [("spark", 1), ("local", 0)])
def test_what_is_no_engine_is_refused(name: str, jobs: int) -> None:
    with pytest.raises(EngineError):
        engine(name, jobs=jobs)
