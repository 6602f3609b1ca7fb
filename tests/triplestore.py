"""A triple store for tests: the protocols of SPARQL 1.1 on this machine's loopback, in memory, with faults at will."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    serialize,
)

RESET = -1
"""A fault: the connection is cut without an answer."""
ANONYMOUS, BASIC, DIGEST = "", "Basic", "Digest"
USER, PASSWORD = "curator", "open sesame: é"
_REALM, _NONCE = "graphs", "5ca1ab1e"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in: its method, its path, the named graph, who asked, and the update, if it was one."""

    method: str
    path: str
    graph: str
    who: str
    update: str

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return self.method in ("PUT", "DELETE") or bool(self.update) or (self.method == "POST" and bool(self.graph))


Fault = Callable[[Asked], "int | None"]
"""The status to answer a request with instead of doing it, or None."""


@dataclass(slots=True)
class TripleStore:
    """A server that runs.

    Attributes:
        url: Its address.
        graph: What it holds.
        log: All requests so far.
        fault: Asked before each request.
        headers: Sent with each answer.
        auth: What it asks for.
        name: What it calls itself.
        most: As many triples of a graph are handed out; the rest is cut off.
        rows: As many rows of an answer are handed out.
        forgets: Whether it says yes to what it is sent, and keeps nothing.
        says: The words of a refusal.
    """

    url: str = ""
    graph: Store = field(default_factory=Store)
    log: list[Asked] = field(default_factory=list)
    fault: Fault = lambda _: None
    headers: dict[str, str] = field(default_factory=dict)
    auth: str = ANONYMOUS
    name: str = "Oxigraph/0"
    most: int = 10**9
    rows: int = 10**9
    forgets: bool = False
    says: str = "no"

    def quads(self) -> frozenset[Quad]:
        """All that it holds, but for the manifest."""
        return frozenset(quad for quad in self.graph if not str(quad.graph_name).endswith("graph/manifest>"))

    def writes(self) -> list[Asked]:
        """The requests that change something."""
        return [asked for asked in self.log if asked.writes]

    def puts(self) -> list[str]:
        """The named graphs that were sent, in order."""
        return [asked.graph for asked in self.log if asked.method == "PUT"]


@contextmanager
def running() -> Iterator[TripleStore]:
    """A server on a free port, until the end."""
    store = TripleStore()

    class Handler(_Handler):
        held = store

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    store.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    held: TripleStore
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def version_string(self) -> str:
        return self.held.name

    def handle_one(self) -> None:
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        graph = parse_qs(place.query).get("graph", [""])[0]
        form = parse_qs(body.decode()) if "form" in self.headers.get("Content-Type", "") else {}
        update = form.get("update", [""])[0]
        asked = Asked(self.command, place.path, graph, self.headers.get("Authorization", ""), update)
        self.held.log.append(asked)
        if not self._known(asked.who):
            challenge = {
                BASIC: f'Basic realm="{_REALM}"',
                DIGEST: f'Digest realm="{_REALM}", nonce="{_NONCE}", qop="auth"',
            }
            self._answer(401, headers={"WWW-Authenticate": challenge[self.held.auth]})
        elif (status := self.held.fault(asked)) == RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif status is not None:
            self._answer(status, self.held.says.encode())
        else:
            self._do(asked, body, form)

    do_GET = do_PUT = do_POST = do_DELETE = handle_one  # noqa: N815

    def _do(self, asked: Asked, body: bytes, form: dict[str, list[str]]) -> None:
        held, name = self.held.graph, NamedNode(asked.graph) if asked.graph else DefaultGraph()
        match asked.method, asked.path:
            case "POST", "/query":
                found = held.query(form["query"][0])
                assert isinstance(found, QuerySolutions)
                whole = json.loads(found.serialize(format=QueryResultsFormat.JSON) or b"")
                whole["results"]["bindings"] = whole["results"]["bindings"][: self.held.rows]
                self._answer(200, json.dumps(whole).encode())
            case "POST", "/update":
                held.update(asked.update)
                self._answer(204)
            case "PUT" | "POST", "/store" if not self.held.forgets:
                if asked.method == "PUT":
                    held.remove_graph(name)
                held.extend(
                    Quad(triple.subject, triple.predicate, triple.object, name)
                    for triple in parse(body, format=RdfFormat.N_TRIPLES)
                )
                self._answer(204)
            case "PUT" | "POST", "/store":
                self._answer(200)
            case "GET", "/store" if held.contains_named_graph(name):
                triples = sorted((quad.triple for quad in held.quads_for_pattern(None, None, None, name)), key=str)
                self._answer(200, serialize(triples[: self.held.most], format=RdfFormat.N_TRIPLES) or b"")
            case "DELETE", "/store" if held.contains_named_graph(name):
                held.remove_graph(name)
                self._answer(204)
            case _:
                self._answer(404, b"there is no such thing")

    def _answer(self, status: int, body: bytes = b"", *, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in {**self.held.headers, **(headers or {})}.items():
            self.send_header(key, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _known(self, who: str) -> bool:
        match self.held.auth:
            case "Basic":
                return who == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            case "Digest":
                said = dict(re.findall(r'(\w+)="?([^",]*)"?', who))
                return bool(said) and said.get("response") == _digest(self.command, said)
            case _:
                return True


def _digest(method: str, said: dict[str, str]) -> str:
    """The answer that RFC 2617 asks for."""

    def md5(*words: str) -> str:
        return hashlib.md5(":".join(words).encode()).hexdigest()

    return md5(md5(USER, _REALM, PASSWORD), _NONCE, said["nc"], said["cnonce"], said["qop"], md5(method, said["uri"]))
