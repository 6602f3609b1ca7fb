"""Shards for bulk loaders: all of the graph, the same bytes each time, and a manifest that can be checked."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import triplestore
from oncopact.cli import cli
from oncopact.deliveries import MANIFEST
from oncopact.errors import OutputError
from oncopact.exporters.rdf import nquads
from oncopact.exporters.shards import write_shards
from oncopact.knowledge import KnowledgeGraph, build
from oncopact.loading import Loaded, load
from oncopact.offers import offered

EXAMPLE = Path(__file__).parent.parent / "examples" / "releases" / "2001-03-corvane-sgml.txt"


def graph(*releases: int) -> KnowledgeGraph:
    """Two named graphs for each release."""
    return KnowledgeGraph(
        Quad(NamedNode(f"urn:{release}/{number}"), NamedNode("urn:p"), Literal("é" * number), _name(release, kind))
        for release in releases
        for kind in ("facts", "evidence")
        for number in range(3)
    )


def _name(release: int, kind: str) -> NamedNode:
    return NamedNode(f"urn:graph/{release}/{kind}")


def write(source: KnowledgeGraph, folder: Path, shards: int = 4) -> list[Path]:
    with offered(source) as found:
        return [
            path
            for path in map(Path, write_shards((offer.quads for offer in found.graphs), folder, shards=shards))
            if path.name.startswith("shard")
        ]


def read(*paths: Path) -> list[Quad]:
    return [quad for path in paths for quad in parse(gzip.decompress(path.read_bytes()), format=RdfFormat.N_QUADS)]


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def test_the_shards_together_are_the_graph_each_triple_once_and_sorted(tmp_path: Path) -> None:
    source = graph(*range(20))
    shards = write(source, tmp_path)
    assert [path.name for path in shards] == [f"shard-{number}-of-4.nq.gz" for number in range(1, 5)]
    quads = read(*shards)
    assert len(quads) == len(source.quads) == 120
    assert set(quads) == set(source.quads)
    for path in shards:
        assert gzip.decompress(path.read_bytes()).decode() == nquads(read(path))


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write(graph(*range(9)), tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "b").iterdir())
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)
    header = (tmp_path / "a" / "shard-1-of-4.nq.gz").read_bytes()[:10]
    assert header[3] == 0, "no name in the file"
    assert header[4:8] == bytes(4), "no time in the file"


def test_a_new_release_changes_one_shard_and_its_graphs_stay_together(tmp_path: Path) -> None:
    before = [path.read_bytes() for path in write(graph(*range(9)), tmp_path)]
    after = [path.read_bytes() for path in write(graph(*range(10)), tmp_path)]
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    homes = {(quad.graph_name, path) for path in tmp_path.glob("shard*") for quad in read(path)}
    assert len(homes) == 20
    assert len({(str(name).split("/")[1], path) for name, path in homes}) == 10


def test_the_manifest_tells_what_is_in_each_file(tmp_path: Path) -> None:
    write(graph(*range(9)), tmp_path)
    told = json.loads((tmp_path / "manifest.json").read_text())
    assert (told["format"], told["graphs"], told["quads"]) == (1, 18, 54)
    assert sorted(told["files"]) == sorted(path.name for path in tmp_path.glob("*.nq.gz"))
    for name, item in told["files"].items():
        content = (tmp_path / name).read_bytes()
        assert item["bytes"] == len(content)
        assert item["sha256"] == hashlib.sha256(content).hexdigest()
        assert item["content_sha256"] == hashlib.sha256(gzip.decompress(content)).hexdigest()
        assert item["quads"] == len(read(tmp_path / name))


def test_shards_of_an_earlier_export_do_not_stay(tmp_path: Path) -> None:
    write(graph(*range(9)), tmp_path, 12)
    (tmp_path / "notes.txt").write_text("mine")
    shards = write(graph(*range(3)), tmp_path, 2)
    assert {path.name for path in tmp_path.iterdir()} == {
        "shard-1-of-2.nq.gz",
        "shard-2-of-2.nq.gz",
        "loaded.nq.gz",
        "manifest.json",
        "notes.txt",
    }
    assert set(read(*shards)) == set(graph(*range(3)).quads)


def test_what_breaks_on_the_way_leaves_the_earlier_export(tmp_path: Path) -> None:
    write(graph(*range(9)), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken() -> None:
        with offered(graph(*range(20))) as found:
            write_shards((_stop(at, offer.quads) for at, offer in enumerate(found.graphs)), tmp_path, shards=4)

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def _stop(number: int, quads: tuple[Quad, ...]) -> tuple[Quad, ...]:
    if number == 7:
        raise KeyboardInterrupt
    return quads


def test_a_folder_with_other_quads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.nq.gz").write_bytes(b"")
    with pytest.raises(OutputError, match=r"old\.nq\.gz, which a bulk loader would take, too; give an empty folder"):
        write(graph(1), tmp_path)
    (tmp_path / "old.nq.gz").unlink()
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(OutputError, match=r"manifest\.json: no manifest of shards; give another"):
        write(graph(1), tmp_path)


def test_a_number_of_shards_out_of_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="from 1 to 256 shards"):
        write(graph(1), tmp_path, 0)


def test_a_load_goes_on_from_a_bulk_load(tmp_path: Path) -> None:
    write(graph(*range(9)), tmp_path)
    with triplestore.running() as server:
        server.graph.extend(read(*sorted(tmp_path.glob("*.nq.gz"))))
        assert load(graph(*range(9)), server.url) == Loaded(unchanged=18)
        assert load(graph(*range(10)), server.url) == Loaded(added=2, unchanged=18, triples=6)


def test_the_command_writes_shards_of_a_store(tmp_path: Path) -> None:
    run("build", EXAMPLE, "--store", tmp_path / "kg")
    result = run("export", tmp_path / "kg", "--format", "nquads.gz", "--shards", 2, "--out", tmp_path / "shards")
    assert (result.exit_code, result.output) == (0, "")
    shards = sorted((tmp_path / "shards").glob("shard-*"))
    assert len(shards) == 2
    assert set(read(*shards)) == set(build(EXAMPLE).quads)
    assert {quad.graph_name for quad in read(tmp_path / "shards" / "loaded.nq.gz")} == {MANIFEST}


def test_the_command_wants_a_folder(tmp_path: Path) -> None:
    assert run("export", tmp_path, "--format", "nquads.gz").exit_code == 2
    assert run("export", tmp_path, "--shards", 3).exit_code == 2
