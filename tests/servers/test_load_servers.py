"""Loading into real triple stores: the same content, nothing twice, nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad
from requests.auth import HTTPDigestAuth

import series
from oncopact import loading
from oncopact.cli import cli
from oncopact.deliveries import ENTRY, MANIFEST
from oncopact.endpoint import layout
from oncopact.errors import LoadError
from oncopact.exporters.shards import write_shards
from oncopact.gather import gather
from oncopact.knowledge import KnowledgeGraph, build
from oncopact.lexicon import load as vocabulary
from oncopact.loading import Loaded, Step, load
from oncopact.offers import offered
from oncopact.remote import Remote
from oncopact.store import ReleaseStore
from oncopact.transport import Credentials, Transport
from realservers import INI, PASSWORD, READER, USER, Oxigraph, Server, Virtuoso, free_port

EXAMPLES = Path(__file__).parents[2] / "examples" / "releases"


# ---------------------------------------------------------------- the servers


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials but those that a test sets, and no proxy."""
    for name in ("ONCOPACT_USER", "ONCOPACT_PASSWORD", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Oxigraph]:
    """An Oxigraph that is empty."""
    home = tmp_path / "oxigraph"
    home.mkdir()
    server = Oxigraph(home, free_port(), query="/query", graphs="/store")
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder that Virtuoso may read."""
    return tmp_path_factory.mktemp("shards")


@pytest.fixture(scope="session")
def virtuoso_started(tmp_path_factory: pytest.TempPathFactory, shards: Path) -> Iterator[Virtuoso]:
    """A Virtuoso for all tests, since it takes seconds to start."""
    home = tmp_path_factory.mktemp("virtuoso")
    server = Virtuoso(
        home, free_port(), query="/sparql-auth", graphs="/sparql-graph-crud-auth", auth=HTTPDigestAuth(USER, PASSWORD)
    )
    server.control = free_port()
    server.environ = {"ONCOPACT_USER": USER, "ONCOPACT_PASSWORD": PASSWORD}
    ini = INI.format(home=home, control=server.control, port=server.port, shards=shards)
    (home / "virtuoso.ini").write_text(ini, encoding="utf-8")
    server.start()
    try:
        server.say(
            f"USER_CREATE('{USER}', '{PASSWORD}')",
            f'GRANT SPARQL_SELECT TO "{USER}"',
            f'GRANT SPARQL_UPDATE TO "{USER}"',
            f"DB.DBA.RDF_DEFAULT_USER_PERMS_SET('{USER}', 7)",
            f"USER_CREATE('{READER}', '{PASSWORD}')",
            f'GRANT SPARQL_SELECT TO "{READER}"',
        )
        yield server
    finally:
        server.kill()


@pytest.fixture
def virtuoso(virtuoso_started: Virtuoso, monkeypatch: pytest.MonkeyPatch) -> Virtuoso:
    """It, emptied, and the credentials for it."""
    for name, value in virtuoso_started.environ.items():
        monkeypatch.setenv(name, value)
    virtuoso_started.say("log_enable(3)", "SPARQL CLEAR GRAPH <urn:none>", "RDF_GLOBAL_RESET()")
    return virtuoso_started


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of them."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Server)
    return found


# ---------------------------------------------------------------- what is loaded


@pytest.fixture(scope="session")
def examples() -> KnowledgeGraph:
    """All examples."""
    return build(EXAMPLES)


@pytest.fixture
def kg(tmp_path: Path) -> Path:
    """A store of releases that we may change: a copy of the series."""
    shutil.copytree(series.FOLDER, tmp_path / "series")
    into(tmp_path / "kg", tmp_path / "series")
    return tmp_path / "kg"


def into(store: Path, folder: Path) -> None:
    with ReleaseStore(store, write=True) as made:
        gather(made, [folder], lexicon=vocabulary(), made_by="test", gate=lambda _: None, prune=True)


def quads(store: Path) -> tuple[Quad, ...]:
    with offered(store) as found:
        return tuple(quad for offer in found.graphs for quad in offer.quads)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def test_all_examples_are_loaded_twice_and_are_the_same_there(server: Server, examples: KnowledgeGraph) -> None:
    graphs = {quad.graph_name for quad in examples.quads}
    assert load(examples, server.url) == Loaded(added=len(graphs), triples=len(examples.quads))
    server.check_holds(examples.quads)
    assert load(examples, server.url) == Loaded(unchanged=len(graphs))
    server.check_holds(examples.quads)


def test_a_store_is_loaded_by_the_command_and_its_changes_follow(server: Server, kg: Path) -> None:
    first = run("load", kg, "--endpoint", server.url)
    assert first.exit_code == 0, first.output
    server.check_holds(quads(kg))
    again = run("load", kg, "--endpoint", server.url)
    assert again.stderr == "nothing to do: the triple store is up to date, nothing was sent\n"
    path = next((kg.parent / "series").glob("02*.txt"))
    path.write_text(path.read_text().replace("CD30", "CD33"))
    next((kg.parent / "series").glob("03*.txt")).unlink()
    into(kg, kg.parent / "series")
    steps: list[Step] = []
    planned = load(kg, server.url, dry_run=True)
    assert load(kg, server.url, progress=steps.append) == planned
    assert (planned.added, planned.removed) == (2, 4)
    assert planned.unchanged > planned.replaced
    server.check_holds(quads(kg))
    assert load(kg, server.url).nothing


def test_what_arrived_answers_as_it_does_here(server: Server, examples: KnowledgeGraph) -> None:
    load(examples, server.url)
    question = """
        PREFIX op: <https://w3id.org/oncopact/ontology#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?licensor ?licensee ?quote WHERE {
          ?agreement op:licensor/skos:prefLabel ?licensor ; op:licensee/skos:prefLabel ?licensee .
          ?evidence op:evidenceFor ?agreement ; op:quote ?quote .
        }"""
    here = [tuple(str(cell) for cell in row) for row in examples.query(question).rows]
    assert len(here) > 5
    assert sorted(server.select(question)) == sorted(here)


def test_words_of_all_kinds_arrive_as_they_are(server: Server) -> None:
    words = (
        "“é” ℞ 👩🏽\u200d🔬 שלום",
        'quote " back\\slash',
        "line\nbreak\r\ttab",
        " ",
        "x" * 70_000,
        "<b>&amp;</b>",
        "\u200b\u00ad",
    )
    name, prop = NamedNode("https://w3id.org/oncopact/id/graph/words/facts"), NamedNode("urn:p")
    made = KnowledgeGraph(Quad(NamedNode(f"urn:{at}"), prop, Literal(word), name) for at, word in enumerate(words))
    assert load(made, server.url).triples == len(words)
    server.check_holds(made.quads)


def test_graphs_of_others_are_left_alone(server: Server, examples: KnowledgeGraph) -> None:
    remote = _remote(server)
    remote.put("urn:somebody-elses", b"<urn:a> <urn:b> <urn:c> .\n")
    load(examples, server.url)
    load(KnowledgeGraph(), server.url, prune=True)
    assert server.names() == []
    assert remote.counts(["urn:somebody-elses"]) == {"urn:somebody-elses": 1}
    remote.drop("urn:somebody-elses")
    remote.http.close()


def test_what_has_not_changed_is_counted_in_little_time(server: Server) -> None:
    """Virtuoso takes long to understand long questions, Oxigraph to answer short ones that name no graph."""
    names = [f"https://w3id.org/oncopact/id/graph/{number:04}/facts" for number in range(500)]
    nodes = [NamedNode(f"urn:{number}") for number in range(3)]
    made = KnowledgeGraph(Quad(node, node, node, NamedNode(name)) for name in names for node in nodes)
    assert load(made, server.url).added == 500
    start = time.monotonic()
    assert load(made, server.url).unchanged == 500
    assert time.monotonic() - start < 20, "some 100 ms are usual"


def test_what_was_changed_there_is_found_and_mended(server: Server, examples: KnowledgeGraph) -> None:
    load(examples, server.url)
    [lost, cut] = server.names()[2:4]
    remote = _remote(server)
    remote.drop(lost)
    remote.put(cut, b"<urn:a> <urn:b> <urn:c> .\n")
    remote.http.close()
    assert load(examples, server.url).replaced == 2
    server.check_holds(examples.quads)


def _remote(server: Server) -> Remote:
    known = isinstance(server, Virtuoso)
    who = Credentials(USER, PASSWORD) if known else None
    return Remote(Transport(who), layout("virtuoso" if known else "oxigraph", server.url, known=known))


# ---------------------------------------------------------------- killed


_SLOW = """
from oncopact import loading
from oncopact.cli import main
loading._GRAPHS = 4
main()
"""


def test_a_loader_that_is_killed_is_continued_by_the_next(server: Server, kg: Path) -> None:
    command = [sys.executable, "-c", _SLOW, "load", str(kg), "--endpoint", server.url]
    everything = len({quad.graph_name for quad in quads(kg)})
    environ = os.environ | {"PYTHONPATH": str(Path(loading.__file__).parents[1])}
    with subprocess.Popen(command, env=environ) as loader:
        until = time.monotonic() + 60
        while len(server.names()) < everything // 3:
            assert time.monotonic() < until
            assert loader.poll() is None
        loader.kill()
    here = len(server.names())
    assert 0 < here < everything
    done = load(kg, server.url)
    assert done.unchanged > 0, "what was loaded is not sent again"
    assert done.added + done.replaced + done.unchanged == everything
    server.check_holds(quads(kg))


def kill_on_the_way(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Kill the server when it is to take its tenth graph, in the midst of a batch."""
    put, taken = Remote.put, 0

    def put_or_kill(self: Remote, graph: str, triples: bytes) -> None:
        nonlocal taken
        taken += 1
        if taken == 10:
            server.kill()
        put(self, graph, triples)

    monkeypatch.setattr(Remote, "put", put_or_kill)
    monkeypatch.setattr(loading, "_GRAPHS", 4)


def test_a_server_that_is_killed_is_waited_for_and_nothing_is_missing(
    server: Server, kg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def restart(seconds: float) -> None:
        waited.append(seconds)
        server.start()

    kill_on_the_way(monkeypatch, server)
    load(kg, server.url, sleep=restart)
    assert len(waited) == 1
    load(kg, server.url)  # what the server had not yet written down is found by its count, and sent again
    server.check_holds(quads(kg))
    assert load(kg, server.url).nothing


def test_a_server_that_stays_away_is_one_line_and_the_load_goes_on_later(
    server: Server, kg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = quads(kg)
    kill_on_the_way(monkeypatch, server)
    with pytest.raises(LoadError, match=r"the connection broke \(.+\), 7 times; what is loaded stays"):
        load(kg, server.url, sleep=lambda _: None)
    server.start()
    done = load(kg, server.url)
    assert done.unchanged == 8, "two batches were there"
    assert done.resumed == 4, "the third was begun"
    assert quads(kg) == before
    server.check_holds(before)


# ---------------------------------------------------------------- refused


def one_line(result: Result, *words: str) -> None:
    """A failure is said in one line, and nothing else."""
    assert result.exit_code == 1
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    for word in words:
        assert word in line, line


def test_a_wrong_password_is_one_line(virtuoso: Virtuoso, kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCOPACT_PASSWORD", "open barley")
    one_line(run("load", kg, "--endpoint", virtuoso.url), "the server knows no such user and password; check ONCOPACT")
    assert virtuoso.names() == []


def test_no_password_is_one_line(virtuoso: Virtuoso, kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in virtuoso.environ:
        monkeypatch.delenv(name)
    one_line(run("load", kg, "--endpoint", virtuoso.url), "give a user who may write")
    assert virtuoso.names() == []


def test_one_who_may_only_read_is_told_so(virtuoso: Virtuoso, kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCOPACT_USER", READER)
    one_line(run("load", kg, "--endpoint", virtuoso.url), "permission", "give a user who may write")
    assert virtuoso.names() == []


def test_a_server_that_is_gone_is_one_line(server: Server, kg: Path) -> None:
    server.kill()
    one_line(run("load", kg, "--endpoint", server.url), "no connection: Connection refused; check the address")
    server.start()


def test_a_read_only_store_is_one_line_and_loses_nothing(
    oxigraph: Oxigraph, kg: Path, examples: KnowledgeGraph
) -> None:
    load(examples, oxigraph.url)
    oxigraph.kill()
    oxigraph.mode = "serve-read-only"
    oxigraph.start()
    result = run("load", kg, "--endpoint", oxigraph.url, "--prune")
    one_line(result, "403 Forbidden, The server is read-only; give a user who may write, or a server that is not")
    oxigraph.check_holds(examples.quads)
    assert load(examples, oxigraph.url).nothing


def test_a_full_store_is_one_line_and_loses_nothing(
    oxigraph: Oxigraph, examples: KnowledgeGraph, tmp_path: Path
) -> None:
    load(examples, oxigraph.url)
    before = oxigraph.names()
    oxigraph.kill()
    oxigraph.largest = 4_000_000
    oxigraph.start()
    prop, graphs = NamedNode("urn:p"), "https://w3id.org/oncopact/id/graph"
    large = KnowledgeGraph(
        Quad(NamedNode(f"urn:{graph}/{node}"), prop, Literal("x" * 1000), NamedNode(f"{graphs}/large{graph:02}/facts"))
        for graph in range(20)
        for node in range(250)
    )
    both = KnowledgeGraph([*examples.quads, *large.quads])
    both.write(tmp_path / "both.trig")
    result = run("load", tmp_path / "both.trig", "--endpoint", oxigraph.url)
    one_line(result, "the server answers 500", "File too large; see the server's log and its disk; what is loaded ")
    assert set(before) <= set(oxigraph.names())
    oxigraph.kill()
    oxigraph.largest = None
    oxigraph.start()
    assert load(both, oxigraph.url).unchanged >= len(before)
    oxigraph.check_holds(both.quads)


# ---------------------------------------------------------------- in bulk


def test_oxigraph_takes_shards_and_a_load_goes_on_from_there(oxigraph: Oxigraph, kg: Path, tmp_path: Path) -> None:
    assert run("export", kg, "--format", "nquads.gz", "--shards", 3, "--out", tmp_path / "shards").exit_code == 0
    oxigraph.kill()
    oxigraph.bulk_load(tmp_path / "shards")
    oxigraph.start()
    oxigraph.check_holds(quads(kg))
    assert load(kg, oxigraph.url).nothing


def test_virtuoso_takes_shards_and_a_load_goes_on_from_there(virtuoso: Virtuoso, kg: Path, shards: Path) -> None:
    assert run("export", kg, "--format", "nquads.gz", "--shards", 3, "--out", shards).exit_code == 0
    virtuoso.bulk_load(shards)
    virtuoso.check_holds(quads(kg))
    assert load(kg, virtuoso.url).nothing


def test_a_manifest_that_virtuoso_cuts_off_is_read_all_the_same(virtuoso: Virtuoso, shards: Path) -> None:
    """It hands out 10,000 triples of a graph, says that all is well, and keeps the rest to itself."""
    names = [f"https://w3id.org/oncopact/id/graph/{number:06}/facts" for number in range(12_000)]
    entries = [Quad(NamedNode(name), ENTRY, Literal(f"1 triples, sha256 {name[-12:]}"), MANIFEST) for name in names]
    write_shards(iter([tuple(entries)]), shards)
    virtuoso.bulk_load(shards)
    remote = _remote(virtuoso)
    found = remote.manifest()
    remote.http.close()
    found.pop(MANIFEST.value)
    assert found == {name: f"1 triples, sha256 {name[-12:]}" for name in names}
