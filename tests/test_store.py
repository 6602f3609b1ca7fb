"""The store on disk: nothing twice, nothing half, one writer, the same answers as a file."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import DefaultGraph, NamedNode, Store
from rdflib import Graph

import series
from oncopact.assembly import Part, apply
from oncopact.cli import cli
from oncopact.errors import StoreError, ValidationError
from oncopact.exporters import rdf
from oncopact.gather import Gathered, gather, pending
from oncopact.knowledge import KnowledgeGraph, build
from oncopact.lexicon import load
from oncopact.namespaces import OP, SKOS
from oncopact.overlay import Overlay
from oncopact.store import ReleaseStore, fingerprint, is_store
from oncopact.store_validate import validate_store
from oncopact.union import graphs
from oncopact.validate import Result as Broken
from oncopact.validate import ValidationReport, validate

MADE_BY = fingerprint()


def passes(_: Part) -> None:
    """A gate that stands open: what the shapes say of our series is tested once, elsewhere."""


def add(store: Path, *paths: Path, **options: object) -> Gathered:
    with ReleaseStore(store, write=True) as made:
        settings: dict[str, object] = {"lexicon": load(), "made_by": MADE_BY, "gate": passes, **options}
        return gather(made, paths, **settings)  # type: ignore[arg-type]


def nquads(store: Path) -> str:
    with ReleaseStore(store) as found:
        return "".join(rdf.nquads(graph) for graph in graphs(found.graph))


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("store") / "kg"
    add(place, series.FOLDER)
    return place


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for path in sorted(series.FOLDER.glob("0[1-4]*.txt")):
        shutil.copy(path, folder)
    return folder


# ---------------------------------------------------------------- runs


def test_a_second_run_writes_nothing(store: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sorted(store.rglob("*.txt"))}
    again = add(store, series.FOLDER)
    assert (again.added, again.replaced, again.removed, again.written) == (0, 0, 0, False)
    assert again.unchanged == len(list(series.FOLDER.iterdir()))  # gold and questions are inputs that are no releases
    assert {path: path.stat().st_mtime_ns for path in sorted(store.rglob("*.txt"))} == before


def test_a_store_holds_what_a_file_does(store: Path) -> None:
    assert nquads(store) == rdf.nquads(build([series.FOLDER]).quads)


def test_one_by_one_and_all_at_once_are_the_same_bytes(inputs: Path, tmp_path: Path) -> None:
    for path in sorted(inputs.iterdir(), reverse=True):
        add(tmp_path / "one", path)
    add(tmp_path / "all", inputs)
    assert nquads(tmp_path / "one") == nquads(tmp_path / "all")


def test_a_changed_release_replaces_its_old_self(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", inputs)
    path = next(inputs.glob("02*"))
    path.write_text(path.read_text().replace("CD30", "CD33"))
    done = add(tmp_path / "kg", inputs)
    assert (done.added, done.removed, done.unchanged) == (1, 1, 3)
    add(tmp_path / "fresh", inputs)
    assert nquads(tmp_path / "kg") == nquads(tmp_path / "fresh")


def test_what_is_gone_stays_until_asked_for(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", inputs)
    next(inputs.glob("03*")).unlink()
    assert add(tmp_path / "kg", inputs).removed == 0
    assert add(tmp_path / "kg", inputs, prune=True).removed == 1
    add(tmp_path / "fresh", inputs)
    assert nquads(tmp_path / "kg") == nquads(tmp_path / "fresh")
    assert len(list((tmp_path / "kg" / "texts").glob("*.txt"))) == 3


def test_a_moved_folder_is_not_read_again(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", inputs)
    moved = inputs.rename(tmp_path / "moved")
    done = add(tmp_path / "kg", moved, prune=True)
    assert (done.added, done.replaced, done.removed) == (0, 0, 0)


def test_one_text_in_two_files_is_one_release_under_the_first_name(inputs: Path, tmp_path: Path) -> None:
    twin = inputs / "00-twin.txt"
    twin.write_text(next(inputs.glob("04*")).read_text() + "\n")
    for order in (("0[1-4]*", "00*"), ("00*", "0[1-4]*")):
        for pattern in order:
            add(tmp_path / order[0][1:2], *sorted(inputs.glob(pattern)))
    assert nquads(tmp_path / "0") == nquads(tmp_path / "[")
    assert "00-twin.txt" in nquads(tmp_path / "0")
    twin.unlink()
    add(tmp_path / "0", inputs, prune=True)
    add(tmp_path / "fresh", inputs)
    assert nquads(tmp_path / "0") == nquads(tmp_path / "fresh")


def test_an_exhibit_gives_way_to_its_submission_and_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oncopact.gather.CHUNK", 1)
    container = (series.FOLDER.parent / "readers/edgar/01-release-as-exhibit.txt").read_text()
    exhibit = container.partition("<TYPE>EX-99.1")[2].partition("<TEXT>\n")[2].partition("</TEXT>")[0]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(exhibit)
    (tmp_path / "in" / "b.txt").write_text(container)
    done = add(tmp_path / "kg", tmp_path / "in")
    assert (done.added, done.replaced) == (1, 0)
    assert "accessionNumber" in nquads(tmp_path / "kg")


def test_other_rules_read_everything_again(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", inputs)
    with ReleaseStore(tmp_path / "kg") as found:
        assert pending(found, made_by=MADE_BY).nothing
        assert len(pending(found, made_by="other").outdated) == 4
    assert add(tmp_path / "kg", inputs, made_by="other").replaced == 4


# ---------------------------------------------------------------- the gate


def report_of(part: Part) -> ValidationReport | None:
    if not any("her2" in str(quad.object).lower() for quad in part.quads):
        return None
    broken = Broken("urn:x", "", "", "urn:shape", "wrong; mend it", "Violation")
    return ValidationReport(False, (broken,), Graph())


def test_a_release_that_breaks_the_shapes_is_kept_out_with_its_report(inputs: Path, tmp_path: Path) -> None:
    done = add(tmp_path / "kg", inputs, gate=report_of)
    assert done.added == 3
    [(name, report)] = done.quarantined
    assert name.endswith("03-2000-11-licence-her2.txt")
    assert "mend it" in Path(report).read_text()
    assert add(tmp_path / "kg", inputs, gate=report_of).quarantined != ()
    assert add(tmp_path / "kg", inputs, made_by="mended").added == 1
    assert not Path(report).exists()


def test_strict_stops_at_it(inputs: Path, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"03-2000-11-licence-her2\.txt: the release breaks the shapes"):
        add(tmp_path / "kg", inputs, gate=report_of, strict=True)


def test_the_whole_series_passes_the_gate_and_the_store_conforms(store: Path) -> None:
    with ReleaseStore(store) as found:
        report = validate_store(found.graph)
    assert report.conforms, report.text
    assert report.coverage


# ---------------------------------------------------------------- one writer


def test_a_second_writer_is_refused(inputs: Path, tmp_path: Path) -> None:
    with ReleaseStore(tmp_path / "kg", write=True):
        result = run("build", inputs, "--store", tmp_path / "kg")
    assert result.exit_code == 1
    assert "another process is using the store; wait until it ends" in result.stderr


def test_readers_do_not_stand_in_each_others_way_but_keep_writers_out(store: Path) -> None:
    with ReleaseStore(store), ReleaseStore(store) as second:
        assert second.releases()
        with pytest.raises(StoreError, match="another process is using the store"):
            ReleaseStore(store, write=True)


def test_a_folder_of_other_things_is_no_store(inputs: Path) -> None:
    with pytest.raises(StoreError, match="not empty and no store"):
        ReleaseStore(inputs, write=True)
    with pytest.raises(StoreError, match="no store; make it with"):
        ReleaseStore(inputs)
    assert not is_store(inputs)


# ---------------------------------------------------------------- killed


KILLED = 50
_PROGRAM = """
import os, signal, sys, time
from oncopact import gather
from oncopact.lexicon import load
from oncopact.store import ReleaseStore
gather.CHUNK = 1
load()
whole, place, *inputs = sys.argv[1:]

def started(folder):
    builder = os.fork()
    if not builder:
        with ReleaseStore(folder, write=True) as store:
            gather.gather(store, inputs, lexicon=load(), made_by="test", gate=lambda part: None)
        os._exit(0)
    return builder

start = time.monotonic()
os.waitpid(started(whole), 0)
full = time.monotonic() - start
for line in sys.stdin:
    builder = started(place)
    time.sleep(float(line) * full)
    os.kill(builder, signal.SIGKILL)
    os.waitpid(builder, 0)
    print("killed", flush=True)
"""


def test_a_run_killed_at_any_moment_leaves_whole_releases_and_is_completed(tmp_path: Path) -> None:
    """Fifty times: killed somewhere on its way, opened, looked at, and in the end finished."""
    whole, place, moments = tmp_path / "whole", tmp_path / "kg", random.Random(20021015)
    complete = {part.release: len(set(part.quads)) for part in series.parts()}
    seen: set[int] = set()
    command = [sys.executable, "-c", _PROGRAM, str(whole), str(place), str(series.FOLDER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as builder:
        assert builder.stdin is not None
        assert builder.stdout is not None
        for attempt in range(KILLED):
            if attempt % 5 == 0:
                shutil.rmtree(place, ignore_errors=True)
            print(moments.uniform(0, 0.6), file=builder.stdin, flush=True)
            assert builder.stdout.readline() == "killed\n"
            if place.exists():
                with ReleaseStore(place, write=True) as found:
                    releases = found.releases()
                    assert all(len(found.books.raw(release)) == complete[release] for release in releases)
                    seen.add(len(releases))
    assert len(seen) > 5, "the runs were killed too early or too late to tell anything"
    add(place, series.FOLDER, made_by="test")
    assert nquads(place) == nquads(whole)


# ---------------------------------------------------------------- commands


def test_what_a_killed_run_left_is_cleared_away_by_the_next_that_writes(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", inputs)
    stray = tmp_path / "kg" / "texts" / "nobodys.txt"
    stray.write_text("written just before the end", encoding="utf-8")
    (tmp_path / "kg" / "unfinished").touch()
    add(tmp_path / "kg", inputs, made_by="mended")
    assert not stray.exists()
    assert not (tmp_path / "kg" / "unfinished").exists()
    assert len(list((tmp_path / "kg" / "texts").iterdir())) == 4


def test_removed_releases_take_their_texts_with_them(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", inputs)
    min(inputs.iterdir()).unlink()
    assert add(tmp_path / "kg", inputs, prune=True).removed == 1
    assert len(list((tmp_path / "kg" / "texts").iterdir())) == 3


def test_status_says_that_nothing_is_to_do_and_what_is(inputs: Path, tmp_path: Path) -> None:
    assert run("build", inputs, "--store", tmp_path / "kg").exit_code == 0
    assert run("status", tmp_path / "kg").stdout.endswith("nothing to do\n")
    next(inputs.glob("02*")).unlink()
    shown = run("status", tmp_path / "kg").stdout
    assert "missing: " in shown
    assert "--prune" in shown


def test_a_mistyped_path_is_told_and_not_remembered(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = run("build", inputs, tmp_path / "nowhere", tmp_path / "empty", "--store", tmp_path / "kg")
    assert told.exit_code == 1
    assert "nowhere: there is no such file or folder" in told.stderr
    assert "failed                 2" in told.stdout
    assert run("status", tmp_path / "kg").stdout.endswith("nothing to do\n")


def test_a_second_build_says_that_nothing_was_written(inputs: Path, tmp_path: Path) -> None:
    run("build", inputs, "--store", tmp_path / "kg")
    result = run("build", inputs, "--store", tmp_path / "kg")
    assert "nothing was written" in result.stderr
    assert result.exit_code == 0


def test_commands_answer_on_a_store_as_on_a_file(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "kg.trig"
    assert run("export", store, "--out", out).exit_code == 0
    shutil.copytree(store / "texts", tmp_path / "texts")
    for words in (
        ("query", "agreements"),
        ("query", "payments"),
        ("explain", "company/oriel-therapeutics"),
        ("explain", "technology/sitelink"),
        ("timeline", "Oriel"),
        ("conflicts",),
        ("validate",),
    ):
        command, *rest = words
        assert run(command, store, *rest).stdout == run(command, out, *rest).stdout, words


@pytest.mark.parametrize("form", ["nq", "ttl", "nt", "graphml"])
def test_a_store_is_exported_in_every_form(store: Path, form: str, tmp_path: Path) -> None:
    build([series.FOLDER]).write(tmp_path / f"kg.{form}")
    assert run("export", store, "--format", form).stdout == (tmp_path / f"kg.{form}").read_text()


def test_the_library_opens_a_store_as_it_opens_a_file(store: Path) -> None:
    assert KnowledgeGraph.load(store).quads == build([series.FOLDER]).quads


def test_build_wants_one_place_to_write_to(inputs: Path, tmp_path: Path) -> None:
    assert run("build", inputs).exit_code == 2
    assert run("build", inputs, "--out", tmp_path / "a", "--store", tmp_path / "b").exit_code == 2
    assert run("build", inputs, "--out", tmp_path / "a", "--prune").exit_code == 2


# ---------------------------------------------------------------- validation in batches


@pytest.mark.parametrize(
    "term", [OP.status, OP.party, SKOS.prefLabel, OP.evidenceFor, OP.currency, OP.eventKind, OP.quote, OP.contentHash]
)
def test_a_store_is_judged_as_its_file_is(term: str) -> None:
    """Take every triple of one property away: both find the same nodes wrong, for the same reasons."""
    made = Store()
    overlay = Overlay(made)
    apply(overlay, series.parts()[4:10])
    overlay.commit()
    from_file = KnowledgeGraph(
        quad for graph in graphs(made) for quad in graph if quad.predicate.value != str(term)
    ).validate()
    for quad in list(made.quads_for_pattern(None, NamedNode(str(term)), None, DefaultGraph())):
        made.remove(quad)
    from_store = validate_store(made)
    assert not from_store.conforms
    assert from_store.results == from_file.results


def test_each_release_of_the_series_is_judged_alike_alone_and_in_a_store() -> None:
    for part in series.parts():
        made = Store()
        overlay = Overlay(made)
        apply(overlay, (part,))
        overlay.commit()
        assert validate_store(made).results == validate(rdf.dataset(part.quads)).results
