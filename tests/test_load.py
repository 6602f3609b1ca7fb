"""Loading into a triple store: whole graphs, only what changed, nothing lost when something breaks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

import oncopact
import series
import triplestore
from oncopact import loading, remote
from oncopact.cli import cli
from oncopact.deliveries import MANIFEST
from oncopact.endpoint import SERVERS, Endpoint, layout
from oncopact.errors import GraphError, LoadError, StoreError
from oncopact.gather import gather
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load as vocabulary
from oncopact.loading import Action, Loaded, Step, load
from oncopact.store import ReleaseStore, only_one
from oncopact.transport import WAITS
from triplestore import Asked, TripleStore

P = NamedNode("urn:p")
OTHERS = Quad(NamedNode("urn:a"), P, NamedNode("urn:b"), NamedNode("urn:somebody-elses"))


def graph(**sizes: int) -> KnowledgeGraph:
    """Named graphs of so many triples."""
    return KnowledgeGraph(
        Quad(NamedNode(f"urn:{name}/{number}"), P, Literal(f"{size} “é” \\ \n {number}"), NamedNode(f"urn:g/{name}"))
        for name, size in sizes.items()
        for number in range(size)
    )


@pytest.fixture
def server() -> Iterator[TripleStore]:
    with triplestore.running() as store:
        store.graph.add(OTHERS)
        yield store


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials but those that a test sets, and no proxy."""
    for name in ("ONCOPACT_USER", "ONCOPACT_PASSWORD", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A graph's file."""
    graph(a=2).write(tmp_path / "graph.trig")
    return tmp_path / "graph.trig"


def send(source: KnowledgeGraph | Path, server: TripleStore, **options: object) -> Loaded:
    return load(source, server.url, sleep=lambda _: None, **options)  # type: ignore[arg-type]


def _refuses(method: str, status: int) -> triplestore.Fault:
    return lambda asked: status if asked.method == method else None


def holds(server: TripleStore, source: KnowledgeGraph) -> bool:
    return server.quads() == {*source.quads, OTHERS}


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


# ---------------------------------------------------------------- what is sent


def test_every_named_graph_arrives_whole(server: TripleStore) -> None:
    source = graph(a=3, b=1)
    assert send(source, server) == Loaded(added=2, triples=4)
    assert holds(server, source)


def test_a_second_load_sends_nothing(server: TripleStore) -> None:
    source = graph(a=3, b=1)
    send(source, server)
    server.log.clear()
    assert send(source, server) == Loaded(unchanged=2)
    assert server.writes() == []


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(server: TripleStore) -> None:
    send(graph(a=3, b=1, c=2, d=2), server)
    server.log.clear()
    changed = graph(a=3, b=2, d=2, e=1)
    assert send(changed, server) == Loaded(added=1, replaced=1, removed=1, unchanged=2, triples=3)
    assert sorted(server.puts()) == ["urn:g/b", "urn:g/e"]
    assert holds(server, changed)
    assert send(changed, server).nothing


def test_a_store_is_loaded_as_it_is_exported(server: TripleStore, tmp_path: Path) -> None:
    paths = sorted(series.FOLDER.glob("0[1-3]*.txt"))
    with ReleaseStore(tmp_path / "kg", write=True) as store:
        gather(store, paths, lexicon=vocabulary(), made_by="test", gate=lambda _: None)
    assert run("export", tmp_path / "kg", "--out", tmp_path / "kg.trig").exit_code == 0
    whole = KnowledgeGraph.load(tmp_path / "kg.trig")
    done = send(tmp_path / "kg", server)
    assert (done.added, done.triples) == (len({quad.graph_name for quad in whole.quads}), len(whole.quads))
    assert holds(server, whole)
    assert send(whole, server).nothing


def test_a_dry_run_tells_and_changes_nothing(server: TripleStore) -> None:
    send(graph(a=3, b=1, c=1), server)
    server.log.clear()
    steps: list[Step] = []
    done = send(graph(a=2, b=1, d=1), server, dry_run=True, progress=steps.append)
    assert done == Loaded(added=1, replaced=1, removed=1, unchanged=1, triples=3)
    assert [(step.action, step.graph) for step in steps] == [
        (Action.REPLACE, "urn:g/a"),
        (Action.KEEP, "urn:g/b"),
        (Action.ADD, "urn:g/d"),
        (Action.REMOVE, "urn:g/c"),
    ]
    assert server.writes() == []
    assert holds(server, graph(a=3, b=1, c=1))


def test_what_was_changed_there_is_found_by_counting_and_sent_again(server: TripleStore) -> None:
    source = graph(a=3, b=1)
    send(source, server)
    server.graph.remove(source.quads[0])
    assert send(source, server) == Loaded(replaced=1, unchanged=1, triples=3)
    assert holds(server, source)


def test_a_server_that_cuts_off_the_counts_is_asked_again(server: TripleStore) -> None:
    source = graph(**{f"g{number:02}": 1 for number in range(20)})
    send(source, server)
    server.rows = 7
    server.log.clear()
    assert send(source, server) == Loaded(unchanged=20)
    assert server.writes() == []


def test_full_sends_everything(server: TripleStore) -> None:
    send(graph(a=3, b=1), server)
    assert send(graph(a=3, b=1), server, full=True) == Loaded(replaced=2, triples=4)


def test_a_large_graph_goes_in_pieces(server: TripleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_PIECE", 200)
    source = graph(a=40)
    send(source, server)
    assert holds(server, source)
    assert server.puts() == ["urn:g/a"]
    assert sum(asked.method == "POST" and asked.graph == "urn:g/a" for asked in server.log) > 5


def test_a_manifest_that_the_server_cuts_off_is_read_by_pages(
    server: TripleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_PAGE", 3)
    source = graph(**{f"g{number:02}": 1 for number in range(20)})
    send(source, server)
    server.most = 5
    assert send(source, server) == Loaded(unchanged=20)


def test_many_graphs_are_entered_batch_by_batch(server: TripleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_GRAPHS", 3)
    monkeypatch.setattr(loading, "_WINDOW", 9)
    source = graph(**{f"g{number:02}": 1 + number % 4 for number in range(20)})
    assert send(source, server).added == 20
    assert sum("INSERT" in asked.update for asked in server.log) == 2 * 7  # 9, 9 and 2 graphs, 3 at once
    assert send(source, server) == Loaded(unchanged=20)


# ---------------------------------------------------------------- interrupted


@pytest.mark.parametrize("moment", range(12))
def test_a_load_that_breaks_at_any_request_is_continued(
    server: TripleStore, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    monkeypatch.setattr(loading, "_GRAPHS", 2)
    before, after = graph(a=3, b=1, c=2, z=1), graph(a=3, b=4, c=1, d=2, e=1)
    send(before, server)
    server.log.clear()
    server.fault = lambda _: 500 if len(server.writes()) > moment else None
    with pytest.raises(LoadError, match="500"):
        send(after, server)
    assert OTHERS in server.quads()
    server.fault = lambda _: None
    assert not send(after, server).nothing
    assert holds(server, after)
    assert send(after, server).nothing
    assert len(server.graph) == len(after.quads) + 1 + 5  # the others' triple, and the manifest's entries


def test_a_graph_that_arrived_in_part_is_sent_again(server: TripleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_PIECE", 200)
    server.fault = lambda asked: 507 if asked.method == "POST" and asked.graph else None
    with pytest.raises(LoadError, match="507"):
        send(graph(a=40, b=1), server)
    server.fault = lambda _: None
    assert send(graph(a=40, b=1), server) == Loaded(replaced=2, triples=41, resumed=2)
    assert holds(server, graph(a=40, b=1))


def test_a_store_that_says_yes_and_keeps_nothing_is_found_out(server: TripleStore) -> None:
    server.forgets = True
    with pytest.raises(LoadError, match=r"urn:g/a: the store has 0 triples of this graph after it was sent 3"):
        send(graph(a=3), server)
    server.forgets = False
    assert send(graph(a=3), server).resumed == 1


def test_a_wrong_folder_does_not_empty_the_triple_store(server: TripleStore) -> None:
    send(graph(a=1, b=1, c=1), server)
    with pytest.raises(LoadError, match=r"2 of the 3 graphs .* are not in what you load now; .*--prune"):
        send(graph(a=1), server)
    said: list[str] = []
    assert send(graph(a=1), server, dry_run=True, say=said.append).removed == 2
    assert "--prune" in said[0]
    assert holds(server, graph(a=1, b=1, c=1))
    assert send(graph(a=1), server, prune=True).removed == 2
    assert holds(server, graph(a=1))


def test_two_loads_of_one_store_are_not_run_at_once(server: TripleStore, tmp_path: Path) -> None:
    with ReleaseStore(tmp_path / "kg", write=True):
        pass
    with (
        only_one(tmp_path / "kg", "load.lock", "busy"),
        pytest.raises(StoreError, match="another load of the store is under way"),
    ):
        send(tmp_path / "kg", server)
    assert server.log == []


# ---------------------------------------------------------------- trouble that passes


@pytest.mark.parametrize("trouble", [429, 502, 503, 504, triplestore.RESET])
def test_what_may_pass_is_tried_again(server: TripleStore, trouble: int) -> None:
    last = len(WAITS)
    tries: dict[tuple[str, str, str], int] = {}

    def fault(asked: Asked) -> int | None:
        if asked.path == "/":
            return None
        key = (asked.method, asked.graph, asked.update)
        tries[key] = tries.get(key, 0) + 1
        return trouble if tries[key] <= (last if asked.graph == "urn:g/b" else 1) else None

    server.fault = fault
    said: list[str] = []
    assert send(graph(a=2, b=1), server, say=said.append).added == 2
    assert holds(server, graph(a=2, b=1))
    assert all("trying again in" in words for words in said)
    assert tries["PUT", "urn:g/b", ""] == last + 1


def test_it_is_not_tried_for_ever(server: TripleStore) -> None:
    server.fault = lambda asked: 503 if asked.method == "PUT" else None
    waited: list[float] = []
    with pytest.raises(
        LoadError, match=r"cannot write a graph: the server answers 503 .*, 7 times; what is loaded stays"
    ):
        load(graph(a=2), server.url, sleep=waited.append)
    assert tuple(waited) == WAITS


def test_the_wait_that_a_server_asks_for_is_kept(server: TripleStore) -> None:
    server.headers["Retry-After"] = "33"
    server.fault = lambda asked: 429 if asked.method == "PUT" and len(server.puts()) == 1 else None
    waited: list[float] = []
    load(graph(a=2), server.url, sleep=waited.append)
    assert waited == [33]


def test_a_server_that_dies_on_the_way_is_waited_for(tmp_path: Path) -> None:
    with triplestore.running() as server:
        server.fault = lambda asked: triplestore.RESET if asked.method == "PUT" else None
        with pytest.raises(LoadError, match=r"the connection broke \(.+\), 7 times"):
            send(graph(a=2), server)


# ---------------------------------------------------------------- trouble that stays


def test_each_refusal_is_one_line_and_asked_once(server: TripleStore, file: Path) -> None:
    for status, words in (
        (400, "see the server's log"),
        (403, "give a user who may write, or a server that is not read-only"),
        (404, "check --endpoint, and give the server's kind by --server"),
        (413, "limit on the size of a request"),
        (500, "see the server's log and its disk; what is loaded stays, and the next run sends the rest"),
        (507, "see the server's log and its disk"),
    ):
        server.says = "<html><h1>Sorry</h1>\n<xmp>disk\x1b[31m full</xmp>" + "x" * 999 + "</html>"
        server.fault = _refuses("PUT", status)
        server.log.clear()
        result = run("load", file, "--endpoint", server.url)
        assert result.exit_code == 1, result.output
        [line] = result.stderr.splitlines()
        assert line.startswith(f"Error: {server.url}/store: cannot write a graph: the server answers {status} ")
        assert words in line
        assert "Sorry disk [31m full" in line
        assert len(line) < 500
        assert len(server.puts()) == 1
        assert result.stdout == ""


def test_a_server_that_is_not_there_is_one_line(file: Path) -> None:
    with triplestore.running() as server:
        url = server.url
    result = run("load", file, "--endpoint", url)
    assert result.exit_code == 1
    words = "Connection refused; check the address, and whether the server runs"
    assert result.stderr == f"Error: {url}: no connection: {words}\n"


def test_an_answer_that_takes_too_long_is_one_line(file: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(LoadError, match=r"cannot reach the server: no answer within 0.2 seconds; give a longer"):
            load(file, url, timeout=0.2)


def test_https_to_a_server_that_speaks_http_says_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr("oncopact.transport._CONNECT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"https://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(LoadError, match=r"nothing there speaks https within 0.2 seconds; check"):
            load(file, url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("localhost:7878", "no address of a server"),
        ("ftp://localhost", "no address of a server"),
        ("http://local host/", "no address of a server"),
        ("http://localhost:70000", "no address of a server"),
        ("http://localhost/?graph=a", "the address has a ? or #"),
        ("http://me:secret@localhost:7878", "set ONCOPACT_USER and ONCOPACT_PASSWORD"),
    ],
)
def test_an_address_that_is_none_is_a_wrong_call(url: str, words: str, file: Path) -> None:
    result = run("load", file, "--endpoint", url)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "secret" not in result.stderr


def test_a_server_that_moved_is_not_followed(server: TripleStore) -> None:
    server.headers["Location"] = "https://elsewhere.example/"
    server.fault = lambda asked: 301 if asked.path != "/" else None
    with pytest.raises(LoadError, match=r"give the address that it moved to, https://elsewhere\.example/"):
        send(graph(a=1), server)


def test_what_is_no_sparql_service_is_said(server: TripleStore) -> None:
    server.fault = lambda asked: 200 if asked.path == "/query" else None
    with pytest.raises(LoadError, match="what answers here is no SPARQL service; check the address and --server"):
        send(graph(a=1), server)


def test_triples_without_a_graph_are_refused_before_anything_is_sent(server: TripleStore) -> None:
    loose = KnowledgeGraph([Quad(NamedNode("urn:a"), P, Literal("x"), DefaultGraph())])
    with pytest.raises(GraphError, match=r"1 triples stand in no named graph; give a store or the graph\.trig"):
        send(loose, server)
    blank = KnowledgeGraph([Quad(NamedNode("urn:a"), P, BlankNode("x"), NamedNode("urn:g"))])
    with pytest.raises(GraphError, match="blank nodes are not supported"):
        send(blank, server)
    assert server.log == []


def test_the_library_for_http_is_asked_for(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    for name in ("oncopact.transport", "oncopact.remote"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "requests", None)
    result = run("load", file, "--endpoint", "http://localhost:7878")
    assert result.stderr == "Error: the library that speaks HTTP is missing; install it: pip install 'oncopact[load]'\n"


# ---------------------------------------------------------------- who asks


@pytest.mark.parametrize("auth", [triplestore.BASIC, triplestore.DIGEST])
def test_credentials_come_from_the_environment(server: TripleStore, monkeypatch: pytest.MonkeyPatch, auth: str) -> None:
    monkeypatch.setenv("ONCOPACT_USER", triplestore.USER)
    monkeypatch.setenv("ONCOPACT_PASSWORD", triplestore.PASSWORD)
    server.auth = auth
    assert send(graph(a=2, b=1), server).added == 2
    assert send(graph(a=2, b=1), server).nothing
    assert holds(server, graph(a=2, b=1))


def test_credentials_come_from_a_netrc_file(
    server: TripleStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "netrc"
    place.write_text(
        f'machine 127.0.0.1 login {triplestore.USER} password "{triplestore.PASSWORD}"\n', encoding="utf-8"
    )
    place.chmod(0o600)
    monkeypatch.setenv("NETRC", str(place))
    server.auth = triplestore.BASIC
    assert send(graph(a=2), server).added == 1
    place.write_text("machine 127.0.0.1 log me in\n", encoding="utf-8")
    with pytest.raises(LoadError, match=r"netrc:\d+: the netrc file is broken"):
        send(graph(a=2), server)


def test_nobody_is_told_who_does_not_ask(server: TripleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCOPACT_USER", triplestore.USER)
    monkeypatch.setenv("ONCOPACT_PASSWORD", triplestore.PASSWORD)
    send(graph(a=2), server)
    assert {asked.who for asked in server.log} == {""}


@pytest.mark.parametrize("auth", [triplestore.BASIC, triplestore.DIGEST])
def test_a_wrong_password_is_one_line(
    server: TripleStore, monkeypatch: pytest.MonkeyPatch, file: Path, auth: str
) -> None:
    server.auth = auth
    asked = run("load", file, "--endpoint", server.url)
    assert asked.stderr.count("\n") == 1
    assert "the server asks for a user and a password; set ONCOPACT_USER and ONCOPACT_PASSWORD" in asked.stderr
    monkeypatch.setenv("ONCOPACT_USER", triplestore.USER)
    half = run("load", file, "--endpoint", server.url)
    assert half.stderr == (
        "Error: environment: ONCOPACT_PASSWORD is not set; set ONCOPACT_USER and ONCOPACT_PASSWORD, or neither\n"
    )
    monkeypatch.setenv("ONCOPACT_PASSWORD", "let me in")
    wrong = run("load", file, "--endpoint", server.url)
    assert wrong.stderr.count("\n") == 1
    assert "the server knows no such user and password; check ONCOPACT_USER and ONCOPACT_PASSWORD" in wrong.stderr
    assert "let me in" not in wrong.stderr
    assert {asked.exit_code, half.exit_code, wrong.exit_code} == {1}
    assert server.quads() == {OTHERS}


# ---------------------------------------------------------------- which server


def test_a_server_that_does_not_say_what_it_is_must_be_named(server: TripleStore) -> None:
    server.name = "proxy"
    with pytest.raises(
        LoadError, match=r"calls itself 'proxy', which is none that is known; give --server \(oxigraph, "
    ):
        send(graph(a=1), server)
    assert load(graph(a=1), server.url, server="oxigraph").added == 1
    addresses = Endpoint(f"{server.url}/query", f"{server.url}/update", f"{server.url}/store")
    assert load(graph(a=1), addresses).nothing


def test_a_repository_must_be_named(server: TripleStore) -> None:
    server.name = "GraphDB/11.0 RDF4J/5.1"
    with pytest.raises(LoadError, match="which repository is meant"):
        send(graph(a=1), server)


def test_three_addresses_may_be_given_on_the_command_line(server: TripleStore, file: Path) -> None:
    server.name = "proxy"
    words = ("load", file, "--endpoint", f"{server.url}/query", "--update-url", f"{server.url}/update")
    assert run(*words).exit_code == 2
    assert run(*words, "--graph-store-url", f"{server.url}/store").exit_code == 0
    assert run(*words, "--graph-store-url", f"{server.url}/store", "--server", "fuseki").exit_code == 2
    assert holds(server, graph(a=2))


@pytest.mark.parametrize("server", SERVERS)
def test_an_address_may_be_that_of_any_of_its_services(server: str) -> None:
    base = "http://h/repositories/r" if server in ("graphdb", "rdf4j") else "http://h:1/r"
    for known in (False, True):
        found = layout(server, base, known=known)
        assert {layout(server, url, known=known) for url in (found.query, found.update, found.graphs)} == {found}
        assert len({found.query, found.graphs}) == 2


def test_virtuoso_has_other_addresses_for_those_whom_it_knows() -> None:
    assert layout("virtuoso", "http://h:8890/sparql", known=True) == Endpoint(
        "http://h:8890/sparql-auth", "http://h:8890/sparql-auth", "http://h:8890/sparql-graph-crud-auth"
    )
    assert layout("virtuoso", "http://h:8890").graphs == "http://h:8890/sparql-graph-crud"


# ---------------------------------------------------------------- the command


def test_the_command_gives_a_clear_account(server: TripleStore, file: Path) -> None:
    planned = run("load", file, "--endpoint", server.url, "--dry-run")
    assert planned.stdout == "add\turn:g/a\t2\n"
    assert planned.stderr.endswith("tried dry: nothing was changed\n")
    first = run("load", file, "--endpoint", server.url)
    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        "graphs        number",
        "added         1",
        "replaced      0",
        "removed       0",
        "unchanged     0",
        "triples sent  2",
    ]
    again = run("load", file, "--endpoint", server.url)
    assert again.stderr == "nothing to do: the triple store is up to date, nothing was sent\n"
    assert run("load", file, "--endpoint", server.url, "--quiet", "--full").output == ""


def test_an_interruption_says_how_to_go_on(server: TripleStore, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Loaded:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "load", interrupted)
    result = run("load", file, "--endpoint", server.url)
    assert result.exit_code == 1
    assert result.stderr == "interrupted: what was loaded stays; run again to continue\n"


def test_the_package_loads(server: TripleStore, file: Path) -> None:
    assert oncopact.load(file, server.url).triples == 2
    assert any(quad.graph_name == MANIFEST for quad in server.graph)
