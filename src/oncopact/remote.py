"""A triple store from afar: what it holds of ours, and how that is changed, one named graph at a time.

What was loaded stands in a named graph of the store's own, the manifest: one triple for each graph, with the number of
its triples and the hash of their bytes. A graph is marked before it is sent and entered when it has been counted, so
that whatever breaks in between is known, and done again, by the next run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from oncopact.deliveries import ENTRY, MANIFEST
from oncopact.endpoint import Endpoint
from oncopact.errors import LoadError
from oncopact.transport import Transport

_TRIPLES: Final = "application/n-triples"
_RESULTS: Final = "application/sparql-results+json"
_NONE: Final = frozenset({HTTPStatus.NOT_FOUND.value})
"""What is answered where there is no such graph."""
_PAGE: Final = 5_000
_COUNTED: Final = 5
"""Graphs counted by one question that names each; Virtuoso takes seconds to understand one that names fifty."""
_PIECE: Final = 8_000_000
"""Bytes sent at once; larger graphs go in pieces."""


class Remote:
    """A triple store.

    Args:
        http: The session with it.
        endpoint: Its addresses.
    """

    def __init__(self, http: Transport, endpoint: Endpoint) -> None:
        self.http, self.endpoint = http, endpoint

    # ------------------------------------------------------------ reading

    def manifest(self) -> dict[str, str]:
        """The entry of each graph that was loaded, or began to be.

        Raises:
            LoadError: The store cannot be asked, or answers what it should not.
        """
        total = self._total()
        if not total:
            return {}
        found = self._whole_manifest()
        if len(found) < total:  # some stores cut what is long, and say nothing
            found = dict(self._manifest_by_pages())
        if len(found) != total:
            what = f"the manifest has {total} entries for {len(found)} graphs"
            raise LoadError(what, where=self.endpoint.graphs, remedy=f"drop the graph {MANIFEST} and load again")
        return found

    def counts(self, graphs: Sequence[str]) -> dict[str, int]:
        """How many triples each of these graphs has there.

        Raises:
            LoadError: As for `manifest`.
        """
        found = dict.fromkeys(graphs, 0)
        for start in range(0, len(graphs), _COUNTED):
            asked = " UNION ".join(  # each by name: stores go through all their graphs for a name that is bound later
                f"{{ SELECT ({graph} AS ?g) (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} }}"
                for graph in map(NamedNode, graphs[start : start + _COUNTED])
            )
            found |= self._counts(f"SELECT ?g ?n WHERE {{ {asked} }}")
        return found

    def counts_between(self, first: str, last: str) -> dict[str, int]:
        """How many triples the graphs of the manifest from one name to another have there.

        A store that cuts off long answers may leave some out: ask again for what seems to be missing.

        Raises:
            LoadError: As for `manifest`.
        """
        within = f"STR(?g) >= {Literal(first)} && STR(?g) <= {Literal(last)}"
        known = f"SELECT ?g WHERE {{ GRAPH {MANIFEST} {{ ?g {ENTRY} ?e }} FILTER({within}) }}"
        return self._counts(f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ {{ {known} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g")

    def _counts(self, question: str) -> dict[str, int]:
        return {graph: int(number) for graph, number in self._select(question, "count the triples")}

    def _total(self) -> int:
        question = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {MANIFEST} {{ ?g {ENTRY} ?e }} }}"
        return next((int(number) for (number,) in self._select(question, "read what was loaded")), 0)

    def _whole_manifest(self) -> dict[str, str]:
        answer = self.http.request(
            "GET",
            self.endpoint.graphs,
            doing="read what was loaded",
            params={"graph": MANIFEST.value},
            headers={"Accept": _TRIPLES},
            accept=_NONE,
        )
        if answer.status_code in _NONE:
            return {}
        try:
            triples = parse(answer.content, format=RdfFormat.N_TRIPLES)
            return {_value(triple.subject): _value(triple.object) for triple in triples if triple.predicate == ENTRY}
        except SyntaxError as error:
            what = f"the manifest is not the N-Triples that were asked for: {error.msg}"
            raise LoadError(what, where=self.endpoint.graphs, remedy="check the address and --server") from error

    def _manifest_by_pages(self) -> Iterator[tuple[str, str]]:
        last = ""
        while True:
            question = (
                f"SELECT ?g ?e WHERE {{ GRAPH {MANIFEST} {{ ?g {ENTRY} ?e }} "
                f"FILTER(STR(?g) > {Literal(last)}) }} ORDER BY STR(?g) LIMIT {_PAGE}"
            )
            page = self._select(question, "read what was loaded")
            if not page:
                return
            yield from ((graph, entry) for graph, entry in page)
            last = page[-1][0]

    def _select(self, question: str, doing: str) -> list[tuple[str, ...]]:
        # as a form: Virtuoso 7 never answers a question that is the body itself
        answer = self.http.request(
            "POST", self.endpoint.query, doing=doing, body={"query": question}, headers={"Accept": _RESULTS}
        )
        try:
            solutions = parse_query_results(answer.content, format=QueryResultsFormat.JSON)
            rows = [*solutions] if isinstance(solutions, QuerySolutions) else []
        except SyntaxError as error:
            what = f"cannot {doing}: what answers here is no SPARQL service"
            raise LoadError(what, where=self.endpoint.query, remedy="check the address and --server") from error
        return [tuple(_value(value) for value in row) for row in rows]

    # ------------------------------------------------------------ writing

    def put(self, graph: str, triples: bytes) -> None:
        """Put these N-Triples in the place of a graph.

        Raises:
            LoadError: The store refused or failed; the graph may then hold the old, the new, or a part of it.
        """
        for number, piece in enumerate(_pieces(triples)):
            self.http.request(
                "POST" if number else "PUT",
                self.endpoint.graphs,
                doing="write a graph",
                params={"graph": graph},
                body=piece,
                headers={"Content-Type": _TRIPLES},
            )

    def drop(self, graph: str) -> None:
        """Remove a graph, if it is there.

        Raises:
            LoadError: The store refused or failed.
        """
        self.http.request(
            "DELETE",
            self.endpoint.graphs,
            doing="remove a graph",
            params={"graph": graph},
            accept=_NONE,
        )

    def enter(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        """Replace entries in the manifest.

        Args:
            old: The entries that graphs have.
            new: Those that they are to have; graphs without one are forgotten.

        Raises:
            LoadError: The store refused or failed.
        """
        steps = [
            f"{word} DATA {{ GRAPH {MANIFEST} {{ {_entries(entries)} }} }}"
            for word, entries in (("DELETE", old), ("INSERT", new))
            if entries
        ]
        if steps:
            self.http.request(
                "POST", self.endpoint.update, doing="note what is loaded", body={"update": " ;\n".join(steps)}
            )


def _entries(entries: Mapping[str, str]) -> str:
    return " ".join(f"{NamedNode(graph)} {ENTRY} {Literal(entry)} ." for graph, entry in entries.items())


def _pieces(triples: bytes) -> Iterator[bytes]:
    """The lines in pieces of a size that servers and proxies take."""
    start = 0
    while len(triples) - start > _PIECE:
        end = triples.rindex(b"\n", start, start + _PIECE) + 1
        yield triples[start:end]
        start = end
    yield triples[start:]


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
