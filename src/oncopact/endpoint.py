"""Where a triple store takes questions, updates and graphs: one address is given, three are needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from oncopact.errors import LoadError

__all__ = ["SERVERS", "Endpoint", "checked_url", "is_repository", "layout", "server_of"]

_CREDENTIALS: Final = "set ONCOPACT_USER and ONCOPACT_PASSWORD, or write a netrc file"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The three addresses of a triple store.

    Attributes:
        query: For questions, by the SPARQL 1.1 Protocol.
        update: For updates, likewise.
        graphs: For whole graphs, by the SPARQL 1.1 Graph Store Protocol, the graph named by `?graph=`.
    """

    query: str
    update: str
    graphs: str


def checked_url(url: str) -> str:
    """An address as it is used, without a slash at its end.

    Raises:
        LoadError: It is no address of HTTP, or has credentials in it.

    >>> checked_url("http://localhost:7878/")
    'http://localhost:7878'
    """
    try:
        parts = urlsplit(url)
        sound = parts.port != 0 and not any(character.isspace() for character in url)
    except ValueError:
        parts, sound = urlsplit(""), False
    if parts.username is not None or parts.password is not None:
        what = "credentials do not belong into an address, where others on the machine can read them"
        raise LoadError(what, where=f"{parts.scheme}://…@{parts.hostname}", remedy=_CREDENTIALS)
    if not sound or parts.scheme not in ("http", "https") or not parts.hostname:
        raise LoadError("no address of a server", where=url, remedy="give one such as http://localhost:7878")
    if parts.query or parts.fragment:
        raise LoadError("the address has a ? or #", where=url, remedy="give the server's or repository's own")
    return url.rstrip("/")


SERVERS: Final = ("oxigraph", "fuseki", "graphdb", "rdf4j", "virtuoso")
"""The servers whose addresses are known."""


def layout(server: str, url: str, *, known: bool = False) -> Endpoint:
    """The addresses of a server.

    Args:
        server: One of SERVERS.
        url: Its address as its own manual has it: of the server, the dataset or the repository.
        known: Whether there are credentials.

    Raises:
        LoadError: The server is another.

    >>> layout("fuseki", "http://localhost:3030/deals").graphs
    'http://localhost:3030/deals/data'
    """
    url = checked_url(url)
    match server:
        case "oxigraph":
            base = _without(url, "/query", "/update", "/store")
            return Endpoint(f"{base}/query", f"{base}/update", f"{base}/store")
        case "fuseki":
            base = _without(url, "/query", "/sparql", "/update", "/data", "/get")
            return Endpoint(f"{base}/query", f"{base}/update", f"{base}/data")
        case "graphdb" | "rdf4j":
            base = _without(url, *_OF_REPOSITORY)
            return Endpoint(base, f"{base}/statements", f"{base}/rdf-graphs/service")
        case "virtuoso":  # one set of addresses for those whom it knows, and one for everybody
            base = _without(url, "/sparql", "/sparql-auth", "/sparql-graph-crud", "/sparql-graph-crud-auth")
            auth = "-auth" if known else ""
            return Endpoint(f"{base}/sparql{auth}", f"{base}/sparql{auth}", f"{base}/sparql-graph-crud{auth}")
        case _:
            raise LoadError("no server that is known", where=server, remedy=f"give one of {', '.join(SERVERS)}")


_OF_REPOSITORY: Final = ("/statements", "/rdf-graphs/service")


def is_repository(url: str) -> bool:
    """Whether an address is that of an RDF4J or GraphDB repository.

    >>> is_repository("http://localhost:7200/repositories/deals")
    True
    """
    *_, kind, name = ["", "", *urlsplit(_without(url, *_OF_REPOSITORY)).path.split("/")]
    return kind == "repositories" and bool(name)


def server_of(header: str) -> str | None:
    """The server that calls itself so in its answers.

    >>> server_of("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"), server_of("nginx")
    ('virtuoso', None)
    """
    said = header.lower()
    return next((server for server in SERVERS if server in said), None)


def _without(url: str, *tails: str) -> str:
    return next((url.removesuffix(tail) for tail in tails if url.endswith(tail)), url)
