"""Real triple stores, started here: Oxigraph (the program of the package of that name) and Virtuoso (Debian's)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import requests
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from requests.auth import AuthBase

USER, PASSWORD = "kg", "open sesame"
READER = "reader"
_PATIENCE = 120


@dataclass(slots=True)
class Server:
    """A triple store that runs in a process of its own.

    Attributes:
        home: Its folder.
        port: Of its HTTP service.
        process: While it runs.
        query, graphs: Where it takes questions and hands out graphs, below its address.
        auth: Who asks, in the tests' own questions.
        environ: What tells the credentials to `oncopact load`.
    """

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    query: str = ""
    graphs: str = ""
    auth: AuthBase | None = None
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """How it is started."""
        raise NotImplementedError

    def start(self) -> None:
        """Run it, and wait until it answers."""
        with (self.home / "out.txt").open("ab") as out:
            self.process = subprocess.Popen(self.command(), stdout=out, stderr=out, cwd=self.home)
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                requests.get(self.url, timeout=5)
            except requests.ConnectionError:
                assert self.process is not None
                assert self.process.poll() is None, (self.home / "out.txt").read_text(errors="replace")
                assert time.monotonic() < until, "the server does not start"
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End it as a failing machine would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def select(self, question: str) -> list[tuple[str, ...]]:
        """The answer to a question."""
        headers = {"Accept": "application/sparql-results+json"}
        answer = requests.post(
            self.url + self.query, data={"query": question}, headers=headers, auth=self.auth, timeout=60
        )
        answer.raise_for_status()
        found = answer.json()
        return [tuple(row[name]["value"] for name in found["head"]["vars"]) for row in found["results"]["bindings"]]

    def names(self) -> list[str]:
        """The named graphs of oncopact that it holds, but for the manifest."""
        rows = self.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
        return [name for (name,) in rows if name.startswith("https://w3id.org/oncopact/id/") and "manifest" not in name]

    def triples(self, graph: str) -> frozenset[Triple]:
        """What a named graph holds."""
        answer = requests.get(
            self.url + self.graphs,
            params={"graph": graph},
            headers={"Accept": "application/n-triples"},
            auth=self.auth,
            timeout=60,
        )
        answer.raise_for_status()
        return frozenset(quad.triple for quad in parse(answer.content, format=RdfFormat.N_TRIPLES))

    def check_holds(self, quads: tuple[Quad, ...]) -> None:
        """Compare graph by graph what it holds with what was sent, after counting."""
        sent: dict[str, set[Triple]] = {}
        for quad in quads:
            assert isinstance(quad.graph_name, NamedNode)
            sent.setdefault(quad.graph_name.value, set()).add(quad.triple)
        assert self.names() == sorted(sent)
        for graph, triples in sent.items():
            [(number,)] = self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
            assert int(number) == len(triples) > 0
            assert self.triples(graph) == triples


class Oxigraph(Server):
    """Oxigraph: knows nobody, takes a graph as one transaction.

    Attributes:
        mode: What it is told to do.
        largest: The size of its largest file, in bytes; a disk that is full, as far as it can see.
    """

    mode: str = "serve"
    largest: int | None = None

    def command(self) -> list[str]:
        """How it is started."""
        place = shutil.which("oxigraph") or str(Path(sys.executable).parent / "oxigraph")
        listening = ["--location", "data", "--bind", f"127.0.0.1:{self.port}", "--union-default-graph"]
        if self.largest is None:
            return [place, self.mode, *listening]
        limited = "import os, resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        limited += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({self.largest}, {self.largest})); "
        limited += "os.execv(sys.argv[1], sys.argv[1:])"
        return [sys.executable, "-c", limited, place, self.mode, *listening]

    def bulk_load(self, folder: Path) -> None:
        """Take shards while it does not run."""
        files = sorted(str(path) for path in folder.glob("*.nq.gz"))
        subprocess.run([self.command()[0], "load", "--location", "data", "--file", *files], cwd=self.home, check=True)


class Virtuoso(Server):
    """Virtuoso: asks for a password by digest authentication.

    Attributes:
        control: The port of its own protocol.
    """

    control: int = 0

    def command(self) -> list[str]:
        """How it is started."""
        (self.home / "virtuoso.lck").unlink(missing_ok=True)  # that a killed one left
        return ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]

    def say(self, *commands: str) -> None:
        """Have the administrator do something."""
        words = " ".join(f"{command};" for command in commands)
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{self.control}", "dba", "dba", "ERRORS=STDOUT", f"exec={words}"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "*** Error" not in done.stdout, done.stdout

    def bulk_load(self, folder: Path) -> None:
        """Take shards while it runs."""
        self.say("DELETE FROM DB.DBA.load_list", f"ld_dir('{folder}', '*.nq.gz', 'urn:none')", "rdf_loader_run()")


INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{control}
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
DirsAllowed = {shards}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 5
ServerRoot = {home}
[SPARQL]
ResultSetMaxRows = 10000
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
