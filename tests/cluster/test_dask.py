"""The build on a Dask cluster: the same graph, also when a worker dies. `.ci/run` installs Dask and runs this."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oncopact.engines import Cluster, engine
from oncopact.errors import EngineError
from oncopact.knowledge import build

ROOT = Path(__file__).parents[2]
SERIES = ROOT / "tests" / "cases" / "series"


def slowly(number: int) -> int:
    time.sleep(0.2)
    return number * number


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster(workers=2) as started:
        yield started


def test_the_graph_is_the_same_from_a_cluster(cluster: Cluster) -> None:
    assert build(SERIES, engine=cluster).quads == build(SERIES).quads


def test_a_worker_that_dies_loses_nothing(cluster: Cluster) -> None:
    results = cluster.map(slowly, range(40))
    first = [next(results) for _ in range(3)]
    victim = next(iter(cluster._client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    assert [*first, *results] == [n * n for n in range(40)]


def test_a_scheduler_elsewhere_is_used(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    file = tmp_path / "scheduler.json"
    common = ["--scheduler-file", str(file)]
    run = [sys.executable, "-m"]
    scheduler = subprocess.Popen(
        [*run, "distributed.cli.dask_scheduler", *common, "--port", "0", "--no-dashboard"], env=environment
    )
    worker = subprocess.Popen([*run, "distributed.cli.dask_worker", *common, "--no-dashboard"], env=environment)
    try:
        for _ in range(100):
            if file.exists():
                break
            time.sleep(0.1)
        import json

        address = json.loads(file.read_text())["address"]
        with engine("dask", scheduler=address) as elsewhere:
            assert list(elsewhere.map(slowly, range(4))) == [0, 1, 4, 9]
    finally:
        worker.terminate()
        scheduler.terminate()
        worker.wait(20)
        scheduler.wait(20)


def test_a_scheduler_that_does_not_answer_is_one_line() -> None:
    with pytest.raises(EngineError, match="no scheduler answers"), engine("dask", scheduler="tcp://127.0.0.1:9"):
        pass
