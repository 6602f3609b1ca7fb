"""Releases from a bucket and shards to one, over S3's own protocol, by workers that share no disk with each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer

from oncopact.cli import cli
from oncopact.engines import Cluster
from oncopact.exporters.shards import write_shards
from oncopact.knowledge import build
from oncopact.model import Failure
from oncopact.readers import read
from oncopact.sharding import build_shards

SERIES = Path(__file__).parents[1] / "cases" / "series"
BUCKET = "s3://deals"


@pytest.fixture(scope="module")
def _bucket() -> Iterator[None]:
    """A bucket with the series; where it is, and who we are, stands in the environment, as on any machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "kg")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "open-sesame")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        system = fsspec.filesystem("s3")
        system.mkdir("deals")
        for path in SERIES.iterdir():
            system.pipe_file(f"deals/in/{path.name}", path.read_bytes())
        yield
    server.stop()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    write_shards(build([SERIES]).graphs, folder, shards=2)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def in_bucket(folder: str) -> dict[str, bytes]:
    system = fsspec.filesystem("s3")
    system.invalidate_cache()
    return {path.rpartition("/")[2]: system.cat_file(path) for path in system.ls(f"deals/{folder}", detail=False)}


@pytest.mark.usefixtures("_bucket")
def test_workers_read_from_a_bucket_and_write_to_it(whole: dict[str, bytes]) -> None:
    with Cluster(workers=2) as cluster:
        done = build_shards([f"{BUCKET}/in"], f"{BUCKET}/kg", shards=2, engine=cluster)
    assert done.releases > 10
    assert in_bucket("kg") == whole


@pytest.mark.usefixtures("_bucket")
def test_the_command_does_so_here(whole: dict[str, bytes]) -> None:
    words = ["build", f"{BUCKET}/in", "--out", f"{BUCKET}/here", "--shards", "2"]
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert in_bucket("here") == whole


@pytest.mark.usefixtures("_bucket")
@pytest.mark.parametrize("url", ["s3://nobodys/in", f"{BUCKET}/nothing"])
def test_what_is_not_there_is_one_line(url: str) -> None:
    [failure] = read(url)
    assert isinstance(failure, Failure)
    assert failure.message == f"{url}: there is no such file or folder; check the URL"


def test_a_server_that_does_not_answer_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec.filesystem("s3").clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "kg")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "open-sesame")
    [failure] = read("s3://deals/in")
    assert isinstance(failure, Failure)
    assert failure.message.startswith("s3://deals/in: cannot be opened (")
    assert "\n" not in failure.message
