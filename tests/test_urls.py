"""Releases from URLs and results to URLs: the same graph as from disk, and one line when a place cannot be reached."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import fsspec
import pytest
from click.testing import CliRunner, Result

from oncopact.cli import cli
from oncopact.errors import PlaceError
from oncopact.knowledge import KnowledgeGraph, build
from oncopact.model import Failure
from oncopact.readers import files, read
from oncopact.urls import exists, files_below, landing, names_in, outgoing, place_of, remove

FEW = sorted((Path(__file__).parents[1] / "examples" / "releases").iterdir())[:3]
BUCKET = f"memory://{UUID(int=8)}"


@pytest.fixture
def bucket() -> Iterator[str]:
    """A folder of the examples in memory, beside hidden files."""
    system = fsspec.filesystem("memory")
    system.rm("/", recursive=True)
    for path in FEW:
        system.pipe_file(f"{BUCKET}/in/{path.name}", path.read_bytes())
    system.pipe_file(f"{BUCKET}/in/.cache/old.txt", b"old")
    yield BUCKET
    system.rm("/", recursive=True)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def failures_of(url: str) -> list[Failure]:
    return [item for item in read(url) if isinstance(item, Failure)]


def zipped(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "in.zip", "w") as archive:
        for path in FEW:
            archive.write(path, f"year/{path.name}")
        archive.writestr("__MACOSX/x.txt", "x")
    return folder / "in.zip"


# ---------------------------------------------------------------- reading


def test_a_bucket_gives_the_graph_of_the_folder(bucket: str) -> None:
    whole = build(FEW)
    assert len(whole.findings) == 3
    assert build(f"{bucket}/in").quads == whole.quads
    assert build([f"file://{path}" for path in FEW]).quads == whole.quads


def test_files_come_in_order_without_hidden_ones(bucket: str) -> None:
    found = list(files([f"{bucket}/in", "-"]))
    assert [shown.rpartition("/")[2] for _, shown in found] == [*(path.name for path in FEW), "-"]
    assert all(place.startswith("memory://") for place, _ in found[:-1])


def test_one_file_is_shown_as_it_was_named(bucket: str) -> None:
    url = f"{bucket}/in/{FEW[0].name}"
    assert list(files_below(url)) == [(url, url)]
    assert [release.source.name for release in read(url) if not isinstance(release, Failure)] == [url]


def test_an_archive_opened_by_url_gives_the_graph_of_the_archive(tmp_path: Path) -> None:
    place = zipped(tmp_path)
    whole = build(place)
    assert len(whole.findings) == 3
    assert build(f"zip://::file://{place}").quads == whole.quads
    assert build(f"zip://year::file://{place}").quads == whole.quads
    assert build(f"file://{place}").quads == whole.quads
    with tarfile.open(tmp_path / "in.tar", "w") as archive:
        for path in FEW:
            archive.add(path, f"year/{path.name}")
    assert len(build(f"tar://::file://{tmp_path / 'in.tar'}").findings) == len(whole.findings)


def test_a_store_knows_what_it_has_from_a_bucket(bucket: str, tmp_path: Path) -> None:
    assert run("build", f"{bucket}/in", "--store", tmp_path / "kg").exit_code == 0
    assert KnowledgeGraph.load(tmp_path / "kg").quads == build(FEW).quads
    assert "nothing to do" in run("build", f"{bucket}/in", "--store", tmp_path / "kg").output
    gone = f"{bucket}/in/{FEW[0].name}"
    remove(gone)
    assert f"missing: {gone.replace('://', ':///')}" in run("status", tmp_path / "kg").output
    run("build", f"{bucket}/in", "--store", tmp_path / "kg", "--prune")
    assert KnowledgeGraph.load(tmp_path / "kg").quads == build(f"{bucket}/in").quads


# ---------------------------------------------------------------- writing


def test_results_go_to_a_bucket(bucket: str, tmp_path: Path) -> None:
    assert run("build", f"{bucket}/in", "--out", f"{bucket}/out/", "--quiet").exit_code == 0
    run("build", *FEW, "--out", tmp_path / "out", "--quiet")
    for path in (path for path in (tmp_path / "out").rglob("*") if path.is_file()):
        sent = fsspec.filesystem("memory").cat_file(f"{bucket}/out/{path.relative_to(tmp_path / 'out').as_posix()}")
        # an empty report takes its blank nodes' names from nowhere else
        assert sent == path.read_bytes() or path.name == "validation.ttl", path.name
    assert run("export", tmp_path / "out", "--out", f"{bucket}/kg.nq").exit_code == 0
    assert run("export", tmp_path / "out", "--format", "csv", "--out", f"{bucket}/tables").exit_code == 0
    assert names_in(f"{bucket}/tables") == {"agreements.csv", "milestones.csv", "payments.csv"}
    assert run("export", tmp_path / "out", "--format", "nquads.gz", "--out", f"{bucket}/shards").exit_code == 0
    assert names_in(f"{bucket}/shards") == {"shard-1-of-1.nq.gz", "loaded.nq.gz", "manifest.json"}


@pytest.mark.parametrize("where", ["memory", "disk"])
def test_what_breaks_on_the_way_leaves_what_was_there(where: str, bucket: str, tmp_path: Path) -> None:
    place = f"{bucket}/out.txt" if where == "memory" else tmp_path / "out.txt"

    def broken() -> None:
        with outgoing(place) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert not (exists(place) if isinstance(place, str) else any(tmp_path.iterdir()))
    with outgoing(place) as stream:
        stream.write(b"whole")
    with pytest.raises(KeyboardInterrupt):
        broken()
    content = fsspec.filesystem("memory").cat_file(place) if isinstance(place, str) else place.read_bytes()
    assert content == b"whole"
    remove(place)
    remove(place)


def test_a_path_is_written_to_as_a_path(tmp_path: Path) -> None:
    place = place_of(f"file://{tmp_path}/x")
    assert place == tmp_path / "x"
    with landing(place) as spot:
        assert spot == place


# ---------------------------------------------------------------- what cannot be reached


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://nowhere/a", "memory://nowhere/a: there is no such file or folder; check the URL"),
        ("zip://::file:///nowhere.zip", "zip://::file:///nowhere.zip: there is no such file or folder; check the URL"),
        ("gopher://x/a", "gopher://x/a: the protocol is unknown; see fsspec's list of protocols"),
        ("s3://b/a", "s3://b/a: s3:// needs a package that is not installed; install s3fs to access S3"),
    ],
)
def test_what_cannot_be_reached_is_one_line(url: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    assert [failure.message for failure in failures_of(url)] == [message]
    result = run("build", url, "--out", "nothing")
    assert result.exit_code == 1
    assert result.output == f"failed: {message}\nno release was read, nothing is written\n"
    if not url.startswith(("memory", "zip")):
        assert run("build", *FEW, "--quiet", "--out", url).output == f"Error: {message}\n"


def test_a_broken_archive_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(b"no archive")
    [failure] = failures_of(f"zip://::file://{tmp_path}/in.zip")
    assert "the archive is cut short or broken; fetch it again" in failure.message


def test_without_fsspec_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(PlaceError, match=r"URLs need fsspec, which is not installed; pip install 'oncopact\[remote\]'"):
        list(files_below("memory://x"))


def test_archives_are_not_written_and_stores_not_far_away(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="archives can be read, not written; give a folder"):
        outgoing(f"zip://x::file://{tmp_path}/x.zip").__enter__()
    result = run("build", *FEW, "--store", "s3://bucket/kg")
    assert result.exit_code == 2
    assert "a store lives on a disk of this machine; give a folder, or --out with --shards" in result.output
