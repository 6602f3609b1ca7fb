"""A graph into a triple store: each named graph replaced whole, and only those that changed since the last time.

What is done is safe to stop at any moment and to do again: see `remote`, whose manifest says what is there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from oncopact.deliveries import PENDING, triples_of
from oncopact.endpoint import SERVERS, Endpoint, checked_url, is_repository, layout, server_of
from oncopact.errors import LoadError
from oncopact.knowledge import KnowledgeGraph
from oncopact.offers import Offer, Offers, offered
from oncopact.store import is_store, only_one

if TYPE_CHECKING:
    from oncopact.remote import Remote
    from oncopact.transport import Transport

__all__ = ["Action", "Loaded", "Step", "load"]

_GRAPHS: Final = 50
"""As many are sent between two looks at the manifest."""
_WINDOW: Final = 2_000
"""As many are counted by one question."""


class Action(StrEnum):
    """What becomes of a graph at the store."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one graph.

    Attributes:
        action: What.
        graph: Its IRI.
        triples: How many were sent; 0 where none were.
        resumed: Whether an earlier load had begun to send it.
        of: Of about how many graphs this is one.
    """

    action: Action
    graph: str
    triples: int = 0
    resumed: bool = False
    of: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in graphs; or would do, when tried dry.

    Attributes:
        added, replaced, removed, unchanged: Graphs.
        triples: Sent.
        resumed: Graphs among them that an earlier load began and did not finish.
    """

    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    triples: int = 0
    resumed: int = 0

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to send and nothing to remove."""
        return not (self.added or self.replaced or self.removed)


def load(
    source: Path | str | KnowledgeGraph,
    endpoint: str | Endpoint,
    *,
    server: str | None = None,
    user: str | None = None,
    password: str | None = None,
    dry_run: bool = False,
    full: bool = False,
    prune: bool = False,
    timeout: float = 300.0,
    progress: Callable[[Step], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Loaded:
    """Bring a triple store to what a graph is, over the SPARQL 1.1 Graph Store Protocol and Update.

    Each named graph is replaced whole; what has not changed since the last load is not sent, once the store has counted
    it. Graphs that an earlier load brought and that are gone from the source are removed. Other graphs of the store are
    not touched. A load that was interrupted is continued by the next.

    Args:
        source: A store's folder, a graph's file, the folder of a build, or a graph in memory.
        endpoint: The address of the server, dataset or repository; or its three addresses.
        server: One of `endpoint.SERVERS`, where the server does not say so itself.
        user: Who asks; else ONCOPACT_USER says it, or a netrc file.
        password: The user's; else ONCOPACT_PASSWORD says it, or a netrc file.
        dry_run: Ask, compare and count, but change nothing.
        full: Send everything, whatever the manifest says.
        prune: Remove even more than half of what is there.
        timeout: Seconds to wait for each answer.
        progress: Called with what became of each graph.
        say: Told in a line what is waited for.
        sleep: Waits so many seconds before a new attempt.

    Returns:
        What was done.

    Raises:
        GraphError: The source cannot be read, or has triples outside of named graphs.
        LoadError: The triple store cannot be reached, refuses, fails, or does not hold what it was sent. What was
            loaded before stays; nothing of the source is touched.
    """
    with _alone(source, dry_run=dry_run), offered(source) as found:
        http = _session(endpoint, user, password, timeout=timeout, say=say, sleep=sleep)
        try:
            remote = _remote(http, endpoint, server)
            known = remote.manifest()
            _check_losses(known, found.has, prune=prune, refuse=not dry_run, say=say)
            counts = Counter[str]()
            for step in _steps(remote, known, found, dry_run=dry_run, full=full):
                counts.update({step.action: 1, "triples": step.triples, "resumed": step.resumed})
                progress(replace(step, of=found.about))
        finally:
            http.close()
    done = [counts[name] for name in (*Action, "triples", "resumed")]
    return Loaded(*done)


# ---------------------------------------------------------------- graph by graph


def _steps(remote: Remote, known: dict[str, str], found: Offers, *, dry_run: bool, full: bool) -> Iterator[Step]:
    """What becomes of each graph; what is left of `known` in the end is gone from the source."""
    for window in _slices(found.graphs, _WINDOW):
        entries = {item.graph: known.pop(item.graph) for item in window if item.graph in known}
        same = [item for item in window if entries.get(item.graph) == item.entry and not full]
        kept = _counted(remote, same)
        for batch in _slices(window, _GRAPHS):
            if not dry_run:
                _send(remote, entries, [item for item in batch if item.graph not in kept])
            for item in batch:
                yield _step(item, entries.get(item.graph), kept=item.graph in kept)
    for graph, entry in sorted(known.items()):
        if not dry_run:
            remote.drop(graph)
            remote.enter({graph: entry}, {})
        yield Step(Action.REMOVE, graph, resumed=entry == PENDING)


def _step(item: Offer, entry: str | None, *, kept: bool) -> Step:
    if kept:
        return Step(Action.KEEP, item.graph)
    action = Action.ADD if entry is None else Action.REPLACE
    return Step(action, item.graph, triples_of(item.entry), resumed=entry == PENDING)


def _counted(remote: Remote, same: Sequence[Offer]) -> frozenset[str]:
    """Which of the graphs that should be there, by the manifest, are there by their count."""
    if not same:
        return frozenset()
    wanted = {item.graph: triples_of(item.entry) for item in same}
    counts = remote.counts_between(min(wanted), max(wanted))
    counts |= remote.counts([graph for graph, number in wanted.items() if counts.get(graph) != number])
    return frozenset(graph for graph, number in wanted.items() if counts[graph] == number)


def _send(remote: Remote, entries: Mapping[str, str], changed: Sequence[Offer]) -> None:
    """Mark, send, count, enter: a graph whose entry is in the manifest is there, whole.

    Raises:
        LoadError: The store holds another number of triples than were sent.
    """
    if not changed:
        return
    marks = {item.graph: PENDING for item in changed}
    remote.enter({graph: entries[graph] for graph in marks if graph in entries}, marks)
    sent: dict[str, str] = {}
    for item in changed:
        made = item.delivery()
        remote.put(made.graph, made.content)
        sent[made.graph] = made.entry
    counts = remote.counts([*sent])
    for graph, entry in sent.items():
        if counts[graph] != triples_of(entry):
            what = f"the store has {counts[graph]} triples of this graph after it was sent {triples_of(entry)}"
            raise LoadError(what, where=graph, remedy="see the server's log, then run again")
    remote.enter(marks, sent)


def _slices(items: Iterable[Offer], size: int) -> Iterator[tuple[Offer, ...]]:
    left = iter(items)
    while found := tuple(islice(left, size)):
        yield found


def _check_losses(
    known: Mapping[str, str], has: Callable[[str], bool], *, prune: bool, refuse: bool, say: Callable[[str], None]
) -> None:
    """Refuse to empty a triple store because of a wrong folder.

    Raises:
        LoadError: More than half of what was loaded is gone from the source.
    """
    gone = sum(not has(graph) for graph in known)
    if prune or gone * 2 <= len(known):
        return
    what = f"{gone} of the {len(known)} graphs that were loaded into the triple store are not in what you load now"
    error = LoadError(what, remedy="if they are to be removed, give --prune; else check what you load, and where")
    if refuse:
        raise error
    say(str(error))


# ---------------------------------------------------------------- the two sides


def _session(
    endpoint: str | Endpoint,
    user: str | None,
    password: str | None,
    *,
    timeout: float,
    say: Callable[[str], None],
    sleep: Callable[[float], None],
) -> Transport:
    try:
        from oncopact.transport import Credentials, Transport, credentials
    except ModuleNotFoundError as error:
        if error.name != "requests":
            raise
        remedy = "install it: pip install 'oncopact[load]'"
        raise LoadError("the library that speaks HTTP is missing", remedy=remedy) from error
    if (user is None) != (password is None):
        raise LoadError("a user and a password go together", remedy="give both, or neither")
    url = endpoint.graphs if isinstance(endpoint, Endpoint) else checked_url(endpoint)
    who = Credentials(user, password) if user is not None and password is not None else credentials(url)
    return Transport(who, timeout=timeout, say=say, sleep=sleep)


def _remote(http: Transport, endpoint: str | Endpoint, server: str | None) -> Remote:
    """The triple store at an address.

    Raises:
        LoadError: It does not say what server it is, or which repository is meant.
    """
    from oncopact.remote import Remote

    if isinstance(endpoint, Endpoint):
        return Remote(http, endpoint)
    url, known = checked_url(endpoint), http.who is not None
    if server is None and is_repository(url):
        server = "rdf4j"
    if server is None:
        header = http.greet(url)
        server = server_of(header)
        if server is None:
            what = f"the server calls itself {header!r}, which is none that is known" if header else "no name is given"
            remedy = f"give --server ({', '.join(SERVERS)}), or --update-url and --graph-store-url"
            raise LoadError(what, where=url, remedy=remedy)
    if server in ("rdf4j", "graphdb") and not is_repository(url):
        raise LoadError("which repository is meant?", where=url, remedy="give its address, …/repositories/NAME")
    return Remote(http, layout(server, url, known=known))


@contextmanager
def _alone(source: Path | str | KnowledgeGraph, *, dry_run: bool) -> Iterator[None]:
    """Keep a second load of the same store away; the system lets go when the process ends.

    Raises:
        StoreError: Another load is under way.
    """
    if dry_run or isinstance(source, KnowledgeGraph) or not is_store(source):
        yield
        return
    with only_one(Path(source), "load.lock", "another load of the store is under way"):
        yield
