"""Grouping on a Dask cluster: the bytes of a build in one piece, with one worker or two, and when a worker dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from oncopact import partitions, sharding
from oncopact.cli import cli
from oncopact.engines import Cluster
from oncopact.exporters.shards import write_shards
from oncopact.knowledge import build
from oncopact.sharding import build_shards

ROOT = Path(__file__).parents[2]
SERIES = ROOT / "tests" / "cases" / "series"
ALL = [ROOT / "tests" / "cases", ROOT / "examples" / "releases"]
SHARDS = 3


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All our cases and examples, in one piece."""
    folder = tmp_path_factory.mktemp("whole")
    write_shards(build(ALL).graphs, folder, shards=SHARDS)
    return content(folder)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster(workers=2) as started:
        yield started


@pytest.mark.parametrize("workers", [1, 2])
def test_the_bytes_are_those_of_a_build_in_one_piece(workers: int, whole: dict[str, bytes], tmp_path: Path) -> None:
    with Cluster(workers=workers) as started:
        done = build_shards(ALL, tmp_path, shards=SHARDS, engine=started)
    assert done.releases > 300
    assert content(tmp_path) == whole


class Mortal(Cluster):
    """A cluster that loses a worker, with all that it holds, when a step is to be done for the first time."""

    def __init__(self, step: Callable[..., Any]) -> None:
        super().__init__(workers=2)
        self.step, self.made, self.killed = step, list[Any](), 0

    def submit(self, function: Callable[..., Any], *args: Any) -> Any:
        if function is self.step and not self.killed:
            assert not any(item.exception() for item in self.made)
            pids = self._client.run(os.getpid)
            held = self._client.has_what()
            victim = max(pids, key=lambda worker: len(held[worker]))
            assert held[victim], "it holds something"
            self.killed = pids[victim]
            os.kill(self.killed, signal.SIGKILL)
        made = super().submit(function, *args)
        self.made.append(made)
        return made


@pytest.mark.parametrize(
    "step",
    [partitions.said, partitions.components, partitions.claims_solved, sharding._write_home],
    ids=lambda step: step.__name__,
)
def test_a_worker_that_dies_loses_nothing(step: Callable[..., Any], tmp_path: Path) -> None:
    mortal = Mortal(step)
    with mortal:
        build_shards([SERIES], tmp_path / "parts", shards=SHARDS, engine=mortal)
    assert mortal.killed
    write_shards(build([SERIES]).graphs, tmp_path / "whole", shards=SHARDS)
    assert content(tmp_path / "parts") == content(tmp_path / "whole")


def test_a_worker_that_dies_while_shards_are_written_loses_nothing(tmp_path: Path, cluster: Cluster) -> None:
    (tmp_path / "fuse").write_text("")
    pending = cluster.submit(_write_and_die, tmp_path)
    assert cluster.result(pending) == b"whole"
    assert not (tmp_path / "fuse").exists()
    assert content(tmp_path) == {"shard": b"whole"}


def _write_and_die(folder: Path) -> bytes:
    from oncopact.exporters.shards import writing

    with writing(folder, "shard") as stream:
        stream.write(b"whole")
        if (folder / "fuse").exists():
            (folder / "fuse").unlink()
            os.kill(os.getpid(), signal.SIGKILL)
    return (folder / "shard").read_bytes()


def test_the_command_groups_on_a_cluster(tmp_path: Path) -> None:
    words = ["build", str(SERIES), "--out", str(tmp_path / "parts"), "--shards", "2", "--engine", "dask", "--jobs", "2"]
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    write_shards(build([SERIES]).graphs, tmp_path / "whole", shards=2)
    assert content(tmp_path / "parts") == content(tmp_path / "whole")


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    words = ["build", str(SERIES), "--out", str(tmp_path / "file"), "--shards", "2", "--engine", "dask", "--jobs", "1"]
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if line.startswith("Error: ")] == [
        result.output.splitlines()[-1]
    ]
    assert "cannot write" in result.output
    assert (tmp_path / "file").read_text() == "mine"
