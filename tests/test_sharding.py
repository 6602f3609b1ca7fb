"""A graph made in parts: the bytes of a build in one piece, whatever must be grouped across the parts."""

from __future__ import annotations

import gzip
import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import fsspec
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from oncopact import partitions
from oncopact.assembly import Part
from oncopact.blocks import name_block
from oncopact.chunks import Told
from oncopact.cli import cli
from oncopact.curation import Curation
from oncopact.curation import parse as parse_curation
from oncopact.engines import Here, engine
from oncopact.exporters.shards import write_shards
from oncopact.identity import Atom, NameDecision
from oncopact.identity_names import COMMON, solve
from oncopact.knowledge import build
from oncopact.namespaces import OP
from oncopact.sharding import CHUNK, Sharded, build_shards

ROOT = Path(__file__).parents[1]
SERIES, EXAMPLES = ROOT / "tests" / "cases" / "series", ROOT / "examples" / "releases"
FEW = sorted(EXAMPLES.iterdir())[:3]
HEADER = "subject_id\tpredicate_id\tobject_id\tobject_label\tcomment\n"


def sharded(paths: Sequence[Path | str], out: Path | str, shards: int, **options: Any) -> Sharded:
    return build_shards(paths, out, shards=shards, engine=options.pop("engine", Here()), **options)


def in_one_piece(paths: Sequence[Path | str], out: Path, shards: int, curation: Curation | None = None) -> None:
    write_shards(build(paths, curation=curation).graphs, out, shards=shards)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def test_the_guide_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    guide = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
    [command] = re.findall(r"^\$ oncopact (.*)$", guide, flags=re.MULTILINE)
    assert run(*shlex.split(command)).exit_code == 0
    by_command = content(tmp_path / "out" / "shards")
    [block] = re.findall(r"^```python\n(.*?)^```", guide, flags=re.MULTILINE | re.DOTALL)
    exec(compile(block, "cluster.md", "exec"), {})
    assert content(tmp_path / "out" / "shards") == by_command
    assert len(by_command) == 6


@pytest.mark.parametrize("shards", [1, 3, 11])
def test_the_bytes_are_those_of_a_build_in_one_piece(tmp_path: Path, shards: int) -> None:
    done = sharded([SERIES, EXAMPLES], tmp_path / "parts", shards)
    in_one_piece([SERIES, EXAMPLES], tmp_path / "whole", shards)
    assert content(tmp_path / "parts") == content(tmp_path / "whole")
    assert done.releases > 20
    assert done.inputs > CHUNK - 10
    assert len(done.files) == shards + 1


def test_processes_write_the_same(tmp_path: Path) -> None:
    with engine(jobs=2) as two:
        sharded(FEW, tmp_path / "parts", 2, engine=two)
    in_one_piece(FEW, tmp_path / "whole", 2)
    assert content(tmp_path / "parts") == content(tmp_path / "whole")


def test_many_chunks_are_grouped_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oncopact.sharding.CHUNK", 2)
    monkeypatch.setattr("oncopact.sharding.GROUP", 3)
    heard: list[Told] = []
    done = sharded([SERIES], tmp_path / "parts", 4, progress=heard.append)
    in_one_piece([SERIES], tmp_path / "whole", 4)
    assert content(tmp_path / "parts") == content(tmp_path / "whole")
    assert len(heard) > 6
    assert sum(part.inputs for part in heard) == done.inputs


def test_the_users_word_reaches_all_parts(tmp_path: Path) -> None:
    plain = build([SERIES])
    deals = plain.view.instances(OP.Agreement)
    stones = plain.view.instances(OP.Milestone)
    firms = plain.view.instances(OP.Company)
    rows = [(deals[0], "same", deals[3]), (deals[3], "same", deals[5]), (stones[0], "same", stones[2])]
    rows += [(firms[0], "same", firms[2]), (firms[1], "different", firms[3])]
    rows += [(firms[3], "preferred", "\tAnother Name")]
    word = parse_curation(HEADER + "".join("\t".join(row) + "\n" for row in rows))
    sharded([SERIES], tmp_path / "parts", 5, curation=word)
    in_one_piece([SERIES], tmp_path / "whole", 5, word)
    assert content(tmp_path / "parts") == content(tmp_path / "whole")
    in_one_piece([SERIES], tmp_path / "plain", 5)
    assert content(tmp_path / "plain") != content(tmp_path / "whole")


def test_a_release_in_two_files_stands_once(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        for path in FEW:
            (tmp_path / name / f"{name}-{path.name}").write_bytes(path.read_bytes())
    paths = [tmp_path / "b", tmp_path / "a"]
    done = sharded(paths, tmp_path / "parts", 2)
    in_one_piece(paths, tmp_path / "whole", 2)
    assert (done.inputs, done.releases) == (6, 3)
    assert content(tmp_path / "parts") == content(tmp_path / "whole")


def test_no_release_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    result = run("build", tmp_path / "in", "--out", tmp_path / "out", "--shards", 2)
    assert result.exit_code == 1
    assert "no release was read, nothing is written" in result.output
    assert not (tmp_path / "out").exists()


def test_what_breaks_the_shapes_is_kept_out_with_its_report(tmp_path: Path) -> None:
    odd = min(build(FEW).releases)

    def gate(part: Part) -> str | None:
        return "it is not to come in" if part.release == odd else None

    done = sharded(FEW, tmp_path / "out", 2, gate=gate)
    [(name, report)] = done.refused
    assert done.releases == done.inputs - 1
    assert Path(report).read_text().startswith(f"{name}\n\nit is not to come in")
    release = Path(report).stem
    assert not any(f"/{release}/".encode() in gzip.decompress(path.read_bytes()) for path in tmp_path.rglob("*.nq.gz"))


def test_the_command_writes_shards_to_a_url(tmp_path: Path) -> None:
    urls = [f"file://{path}" for path in FEW]
    run("build", *FEW, "--out", tmp_path / "out", "--shards", 2, "--quiet")
    result = run("build", *urls, "--out", "memory://shards/kg", "--shards", 2)
    assert result.exit_code == 0
    assert "memory://shards/kg: 2 shards, loaded.nq.gz, manifest.json" in result.output
    there = {path.rpartition("/")[2]: fsspec.filesystem("memory").cat_file(path) for path in _in_memory("/shards/kg")}
    assert there == content(tmp_path / "out")
    again = run("build", urls[0], "--out", "memory://shards/kg", "--shards", 1, "--quiet")
    assert again.exit_code == 0
    assert len(_in_memory("/shards/kg")) == 3, "the two shards of before are gone"


def _in_memory(folder: str) -> list[str]:
    return list(fsspec.filesystem("memory").ls(folder, detail=False))


def test_shards_go_with_out() -> None:
    result = run("build", EXAMPLES, "--store", "kg", "--shards", 2)
    assert result.exit_code == 2
    assert "--shards goes with --out" in result.output


def test_the_shards_load_as_one_graph(tmp_path: Path) -> None:
    sharded(FEW, tmp_path, 3)
    shards = sorted(tmp_path.glob("shard-*"))
    found = {quad for path in shards for quad in parse(gzip.decompress(path.read_bytes()), format=RdfFormat.N_QUADS)}
    assert found == set(build(FEW).quads)


# ---------------------------------------------------------------- names in parts


def decided(atoms: Iterable[Atom], homes: int, word: Curation | None = None) -> dict[str, NameDecision]:
    """The decisions on names that lie in several homes."""
    said = [
        partitions.Said(frozenset(atoms_here), {}, {}, {}, {}, frozenset(atom.entity for atom in atoms_here), b"")
        for atoms_here in _dealt(sorted(atoms), homes)
    ]
    word = word or Curation()
    shared = zip(*(partitions.shares(home, homes) for home in said), strict=True)
    links = partitions.components([partitions.joined(column) for column in shared], word)
    sent = zip(*(partitions.names_spread(at, home, links, homes) for at, home in enumerate(said)), strict=True)
    answers = [partitions.names_solved(column, word, homes) for column in sent]
    found: dict[str, NameDecision] = {}
    for at in range(homes):
        found |= partitions.whole([answer[at] for answer in answers])
    return found


def _dealt(atoms: Sequence[Atom], homes: int) -> list[list[Atom]]:
    return [list(atoms[at::homes]) for at in range(homes)]


def company(name: str, *said: tuple[str, str]) -> list[Atom]:
    base = [("unlisted", ""), ("label", name), ("main", f"company|{name}"), ("name", f"company|{name}")]
    return [Atom(f"company/{name}", kind, value) for kind, value in (*base, *said)]


@pytest.mark.parametrize("homes", [1, 2, 7])
def test_chains_of_shared_names_are_followed_through_all_parts(homes: int) -> None:
    atoms = company("a", ("former", "company|b")) + company("b", ("cik", "cik|7")) + company("c", ("cik", "cik|7"))
    atoms += company("c-x", ("ticker", "ticker|NYSE:C|2001")) + company("c-y", ("ticker", "ticker|NYSE:C|2002"))
    found = decided(atoms, homes)
    assert found == solve(atoms, Curation())
    assert {found[f"company/{name}"].to for name in "abc"} == {"company/a"} | {found["company/c"].to}
    assert found["company/c-x"].to == found["company/c-y"].to


def test_a_name_of_too_many_tells_nothing_in_parts_either() -> None:
    crowd = [atom for at in range(COMMON + 1) for atom in company(f"x{at}", ("name", "company|x"))]
    assert not decided(crowd, 3)
    few = [atom for at in range(COMMON) for atom in company(f"x{at}", ("name", "company|x"))]
    assert decided(few, 3) == solve(few, Curation())
    assert decided(few, 3)


def test_the_class_of_a_molecule_joins_nothing() -> None:
    assert name_block(Atom("product/adc", "main", "product|adc")) == ""
    assert name_block(Atom("product/bb-10901", "main", "product|bb10901")) == "product|bb10901"
    assert name_block(Atom("company/a", "ticker", "ticker|NYSE:A|")) == ""
