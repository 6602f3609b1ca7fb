"""A graph made in as many places as it has shards: read, grouped by identity and written there, never whole in one.

    inputs ──read──▶ releases ──by home──▶ what is said ──by shared name──▶ linked entities
                                            │  ▲                              │
                                            │  └──── decisions on names ◀─────┘
                                            ├──by parties──▶ decisions on agreements ──┐
                                            ├──by product──▶ decisions on milestones ──┤
                                            └────────────── shards ◀───────────────────┘

The bytes are those that `oncopact export --format nquads.gz` writes of a build on one machine. `partitions` has the
steps; here they are handed to an engine, which makes again what a worker that dies had made.
"""

from __future__ import annotations

import hashlib
import heapq
import operator
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from oncopact import partitions
from oncopact.books import AGREEMENT, ASSEMBLED, MILESTONE, VOCABULARY
from oncopact.chunks import Packed, Told, at_home, counted, mixed, pack, read_places, told, unpack
from oncopact.curation import Curation
from oncopact.deliveries import entry
from oncopact.engines import Engine
from oncopact.exporters import shards as files_of
from oncopact.exporters.shards import LOADED, Account, Shard, entered, shard_names, shard_of, writing
from oncopact.graph import in_order, position
from oncopact.identity import Decision, NameDecision
from oncopact.namespaces import ID
from oncopact.partitions import Answers, Said
from oncopact.readers import files
from oncopact.readings import Gate, refused
from oncopact.rewrite import named
from oncopact.union import by_graph
from oncopact.urls import joined

__all__ = ["Sharded", "build_shards"]

CHUNK: Final = 32
"""So many inputs are read in one go; a worker that dies loses at most that much of what it had under way."""
GROUP: Final = 64
"""So many chunks are sorted by home in one go."""
_PIECE: Final = 10_000
"""So many quads of a large graph are held at once."""


@dataclass(frozen=True, slots=True)
class Sharded:
    """What a build into shards did.

    Attributes:
        releases: How many stand in the shards.
        inputs: How many were read.
        skipped: How many of them are no releases.
        failed: How many could not be read.
        refused: Source and file of the report of each release that was kept out, in the order of reading.
        files: What is in each file, by name.
    """

    releases: int
    inputs: int
    skipped: int
    failed: int
    refused: tuple[tuple[str, str], ...]
    files: Mapping[str, Account]

    @property
    def graphs(self) -> int:
        """How many named graphs stand in the shards."""
        return self._sum("graphs")

    @property
    def quads(self) -> int:
        """How many quads."""
        return self._sum("quads")

    def _sum(self, what: str) -> int:
        return sum(int(account[what]) for name, account in self.files.items() if name != LOADED)


def build_shards(
    paths: Iterable[Path | str],
    out: Path | str,
    *,
    shards: int,
    engine: Engine,
    folders: Sequence[Path] = (),
    curation: Curation | None = None,
    progress: Callable[[Told], None] | None = None,
    gate: Gate = refused,
) -> Sharded:
    """Read releases and write their graph as shards for bulk loaders.

    Args:
        paths: Files, folders, archives, or URLs of such; workers on other machines must reach them.
        out: A folder, or a URL, that the workers reach, too.
        shards: How many, from 1 to `exporters.shards.MOST`; so many places share the grouping.
        engine: Where it runs, started.
        folders: The user's vocabulary.
        curation: The user's word on what is the same.
        progress: Called with what there is to say of some inputs as they are read, in their order; only numbers are
            kept of it.
        gate: What decides whether a release may come in.

    Raises:
        OutputError: The folder has something else in it, or there is no space or no permission.
        PlaceError: A URL cannot be written to.
        EngineError: The engine lost the work for good.
        ValueError: `shards` is out of its range.
    """
    names = shard_names(shards)
    old = files_of.earlier(out)
    run = _Run(engine, shards, tuple(folders), curation or Curation())
    refused_so_far: list[tuple[str, str]] = []
    counts = {"inputs": 0, "skipped": 0, "failed": 0}

    def heard(part: Told) -> None:
        refused_so_far.extend(_reported(out, part))
        counts["inputs"] += part.inputs
        for failure in part.failures:
            counts["skipped" if failure.skipped else "failed"] += 1
        if progress is not None:
            progress(part)

    pieces = run.read(paths, gate, heard)
    releases = sum(engine.result(engine.submit(counted, column)) for column in pieces)
    if not releases:
        return Sharded(0, **counts, refused=tuple(refused_so_far), files={})
    files_of.start(out)
    written = run.write(pieces, out, names)
    loaded = engine.submit(_write_loaded, [engine.submit(operator.itemgetter(1), item) for item in written], out)
    accounts = {
        name: engine.result(engine.submit(operator.itemgetter(0), item))
        for name, item in zip(names, written, strict=True)
    }
    accounts[LOADED] = engine.result(loaded)
    files_of.finish(out, accounts, old)
    return Sharded(releases, **counts, refused=tuple(refused_so_far), files=accounts)


def _reported(out: Path | str, part: Told) -> Iterator[tuple[str, str]]:
    """Write the reports on what was kept out: what it was read from, and where the report is."""
    for name, release, report in part.refused:
        with writing(joined(out, "quarantine"), f"{release}.txt") as stream:
            stream.write(f"{name}\n\n{report}".encode())
        yield name, str(joined(joined(out, "quarantine"), f"{release}.txt"))


class _Run:
    """The steps, handed to an engine; what they make stays where it is made.

    Args:
        engine: Started.
        homes: How many places.
        folders: The user's vocabulary.
        curation: The user's word.
    """

    def __init__(self, engine: Engine, homes: int, folders: tuple[Path, ...], curation: Curation) -> None:
        self.engine, self.homes, self.folders, self.curation = engine, homes, folders, curation
        self.submit = engine.submit

    # ------------------------------------------------------------ reading

    def read(self, paths: Iterable[Path | str], gate: Gate, heard: Callable[[Told], None]) -> Sequence[Sequence[Any]]:
        """Read inputs, and say what there is to say of them in their order: the releases by home, in pieces."""
        work = partial(read_places, folders=self.folders, gate=gate)
        places, waiting = files(paths), deque[Any]()
        rows: list[Sequence[Any]] = []
        group: list[Any] = []
        while batch := tuple(islice(places, CHUNK)):
            group.append(self.submit(work, batch))
            waiting.append(self.submit(told, group[-1]))
            if len(waiting) > self.engine.ahead:
                heard(self.engine.result(waiting.popleft()))
            if len(group) == GROUP:
                rows.append(self._apart(mixed, group, self.homes))
                group = []
        rows.append(self._apart(mixed, group, self.homes))
        while waiting:
            heard(self.engine.result(waiting.popleft()))
        return self._shuffled(rows)

    def _apart(self, function: Callable[..., Any], *args: Any, last: int = 0) -> Sequence[Any]:
        """What a step makes for each home, each piece on its own; `last` pieces more."""
        made = self.submit(function, *args)
        return [self.submit(operator.itemgetter(at), made) for at in range(self.homes + last)]

    def _shuffled(self, rows: Iterable[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        return [list(column) for column in zip(*rows, strict=True)]

    # ------------------------------------------------------------ grouping

    def write(self, pieces: Sequence[Sequence[Any]], out: Path | str, names: Sequence[str]) -> Sequence[Any]:
        """Group what the homes say, and write each home's shard; what was written, by home."""
        submit, homes = self.submit, range(self.homes)
        said = [submit(partitions.said, list(column)) for column in pieces]
        named, last = self._names(said)
        vocabulary = submit(
            partial(partitions.common_vocabulary, folders=self.folders),
            [submit(partitions.taken, home) for home in said],
            last,
        )
        deals, why_deals = self._claims(AGREEMENT, said, named, [{} for _ in homes])
        events, why_events = self._claims(MILESTONE, said, named, deals)
        why_names = [submit(operator.itemgetter(2), item) for item in last]
        common = shard_of(ASSEMBLED.value, self.homes)
        made = []
        for at in homes:
            reasons = [*why_names, *why_deals, *why_events] if at == common else []
            known = vocabulary if at == common else b""
            made.append(
                submit(
                    _write_home,
                    list(pieces[at]),
                    said[at],
                    named[at],
                    deals[at],
                    events[at],
                    reasons,
                    known,
                    out,
                    names[at],
                )
            )
        return made

    def _names(self, said: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
        """The decisions on names by home, and what the vocabulary's graph needs of each place."""
        submit = self.submit
        shared = self._shuffled(self._apart(partitions.shares, home, self.homes) for home in said)
        links = submit(partitions.components, [submit(partitions.joined, column) for column in shared], self.curation)
        sent = self._shuffled(
            self._apart(partitions.names_spread, at, home, links, self.homes) for at, home in enumerate(said)
        )
        solve = partial(partitions.names_solved, folders=self.folders)
        *answers, last = self._shuffled(
            self._apart(solve, column, self.curation, self.homes, last=1) for column in sent
        )
        return [submit(partitions.whole, column) for column in answers], last

    def _claims(
        self, kind: str, said: Sequence[Any], named: Sequence[Any], deals: Sequence[Any]
    ) -> tuple[Sequence[Any], Sequence[Any]]:
        """The decisions on agreements or milestones by home, and the reasons of each place."""
        submit = self.submit
        together: Any = {}
        if self.curation.of("same"):
            spoken = [
                submit(partitions.curated, kind, home, names, told_of, self.curation)
                for home, names, told_of in zip(said, named, deals, strict=True)
            ]
            together = submit(partitions.lumps, spoken, self.curation)
        sent = self._shuffled(
            self._apart(partitions.claims_spread, kind, at, home, named[at], deals[at], together, self.homes)
            for at, home in enumerate(said)
        )
        *answers, reasons = self._shuffled(
            self._apart(partitions.claims_solved, kind, column, self.curation, self.homes, last=1) for column in sent
        )
        return [submit(partitions.whole, column) for column in answers], [
            submit(operator.itemgetter(0), item) for item in reasons
        ]


# ---------------------------------------------------------------- writing


def _write_home(
    pieces: Sequence[Sequence[Packed]],
    home: Said,
    names: Mapping[str, NameDecision],
    deals: Mapping[str, Decision],
    events: Mapping[str, Decision],
    reasons: Sequence[bytes],
    known: bytes,
    out: Path | str,
    name: str,
) -> tuple[Account, bytes]:
    """Write a shard: what is in it, and the entries of its graphs in the manifest graph, packed."""
    answers, releases = Answers(names, deals, events), {item.release: item for item in at_home(pieces)}
    shared = {ASSEMBLED.value: reasons, VOCABULARY.value: [known] if known else []}
    common = {graph: found for graph, found in shared.items() if any(next(unpack(part), None) for part in found)}
    entries: list[Quad] = []
    with writing(out, name) as stream:
        shard = Shard(stream)
        for graph in sorted([*(f"{ID}graph/{release}/" for release in releases), *common]):
            if graph in common:
                entries.append(_add(shard, graph, _merged(common[graph])))
                continue
            release = releases[graph.removeprefix(f"{ID}graph/").rstrip("/")]
            graphs = by_graph(partitions.own(release, home, answers))
            entries.extend(_add(shard, named(quads[0].graph_name).value, quads) for quads in graphs)
        account = shard.finish()
    return account, pack(in_order(entries))


def _add(shard: Shard, graph: str, quads: Iterable[Quad]) -> Quad:
    """Write a graph, piece by piece; its entry."""
    summed, count, rest = hashlib.sha256(), 0, iter(quads)
    while piece := tuple(islice(rest, _PIECE)):
        shard.add(piece, goes_on=count > 0)
        triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in piece)
        summed.update(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
        count += len(piece)
    return entered(graph, entry(count, summed.hexdigest()))


def _merged(packed: Iterable[bytes]) -> Iterator[Quad]:
    """Sorted quads from several places, each once."""
    last: Quad | None = None
    for quad in heapq.merge(*map(unpack, packed), key=position):
        if quad != last:
            yield quad
        last = quad


def _write_loaded(entries: Sequence[bytes], out: Path | str) -> Account:
    """Write the manifest graph."""
    with writing(out, LOADED) as stream:
        shard = Shard(stream)
        for quad in heapq.merge(*map(unpack, entries), key=position):
            shard.add((quad,))
        return shard.finish()
