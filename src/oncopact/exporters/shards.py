"""A graph as compressed N-Quads in several files, for the bulk loaders of triple stores.

    shard-01-of-04.nq.gz …   the named graphs; those of one release stand in one shard, and always in the same
    loaded.nq.gz             what `oncopact load` needs to know that all of it is loaded
    manifest.json            what is in each file; written last, so that it stands beside whole files only

The same graph gives the same bytes. A shard is sorted by graph, subject, predicate and object.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import Literal, NamedNode, Quad

from oncopact.deliveries import ENTRY, MANIFEST, delivered, home_of
from oncopact.errors import OutputError, PlaceError
from oncopact.exporters.rdf import lines
from oncopact.urls import fetch, joined, names_in, outgoing, remove

__all__ = [
    "LOADED",
    "MOST",
    "Account",
    "Shard",
    "earlier",
    "entered",
    "finish",
    "shard_names",
    "shard_of",
    "start",
    "write_shards",
    "writing",
]

MOST: Final = 256
"""As many shards can be written at once."""
LOADED: Final = "loaded.nq.gz"
"""The file of the manifest graph."""
_MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_LEVEL: Final = 6
_WHOLE: Final = 1 << 26
"""No manifest is longer."""

Account = Mapping[str, str | int]
"""What is in a file: graphs, quads, bytes, and the hashes of the file and of its content."""


def write_shards(graphs: Iterable[tuple[Quad, ...]], folder: Path | str, *, shards: int = 1) -> tuple[Path | str, ...]:
    """Write named graphs into a folder of shards.

    Args:
        graphs: Their quads, graph by graph, sorted.
        folder: Or a URL; made where it is missing; shards of an earlier export are replaced.
        shards: How many, from 1 to MOST.

    Returns:
        The files written, the manifest last.

    Raises:
        OutputError: The folder has something else in it, or there is no space or no permission.
        PlaceError: The URL cannot be written to.
        ValueError: `shards` is out of its range.
    """
    names = [*shard_names(shards), LOADED]
    old = earlier(folder)
    try:
        with ExitStack() as places:
            made = [Shard(places.enter_context(outgoing(joined(folder, name)))) for name in names]
            for quads in graphs:
                delivery = delivered(quads)
                made[shard_of(delivery.graph, shards)].add(quads)
                made[-1].add((entered(delivery.graph, delivery.entry),))
            remove(joined(folder, _MANIFEST))
            told = {name: shard.finish() for name, shard in zip(names, made, strict=True)}
    except OSError as error:
        raise _unwritable(folder, error) from error
    finish(folder, told, old)
    return (*(joined(folder, name) for name in told), joined(folder, _MANIFEST))


def shard_names(shards: int) -> tuple[str, ...]:
    """The names of so many shards.

    Raises:
        ValueError: The number is out of its range, from 1 to MOST.
    """
    if not 1 <= shards <= MOST:
        raise ValueError(f"from 1 to {MOST} shards can be written, not {shards}")
    width = len(str(shards))
    return tuple(f"shard-{number:0{width}}-of-{shards}.nq.gz" for number in range(1, shards + 1))


def shard_of(graph: str, shards: int) -> int:
    """The shard of a graph: by its release, so that a new release changes one shard and leaves the others alone."""
    return home_of(graph.rpartition("/")[0], shards)


def entered(graph: str, entry: str) -> Quad:
    """A graph's entry in the manifest graph."""
    return Quad(NamedNode(graph), ENTRY, Literal(entry), MANIFEST)


class _Counted:
    """A file that knows how much went into it, and its hash."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw, self.bytes, self.summed = raw, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.bytes += len(data)
        self.summed.update(data)
        return self.raw.write(data)

    def flush(self) -> None:
        self.raw.flush()


class Shard:
    """A file of compressed N-Quads while it is written.

    Args:
        raw: What it goes to; the caller closes it.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = _Counted(raw)
        # neither name nor time go into the file, since both would differ from run to run
        self._stream = gzip.GzipFile(
            filename="", mode="wb", compresslevel=_LEVEL, fileobj=cast("IO[bytes]", self._raw), mtime=0
        )
        self._summed = hashlib.sha256()
        self._quads = self._graphs = 0

    def add(self, quads: Sequence[Quad], *, goes_on: bool = False) -> None:
        """Add a graph's quads, sorted; where a large one comes in pieces, all but the first go on with it."""
        content = lines(quads)
        self._stream.write(content)
        self._summed.update(content)
        self._quads += len(quads)
        self._graphs += not goes_on

    def finish(self) -> Account:
        """Write what is left; what is in the file."""
        self._stream.close()
        return {
            "graphs": self._graphs,
            "quads": self._quads,
            "bytes": self._raw.bytes,
            "sha256": self._raw.summed.hexdigest(),
            "content_sha256": self._summed.hexdigest(),
        }


def earlier(folder: Path | str) -> frozenset[str]:
    """The files of an earlier export into a folder.

    Raises:
        OutputError: There are compressed N-Quads that no manifest tells of; a bulk loader would take them, too.
        PlaceError: There is no access to the URL.
    """
    told: Mapping[str, object] = {}
    try:
        there = names_in(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if _MANIFEST in there:
        manifest = joined(folder, _MANIFEST)
        try:
            read = manifest.read_bytes() if isinstance(manifest, Path) else fetch(manifest, limit=_WHOLE)
            told = json.loads(read.decode())["files"]
        except (OSError, PlaceError, ValueError, KeyError, TypeError) as error:
            raise OutputError(
                "no manifest of shards", where=str(manifest), remedy="give another --out folder"
            ) from error
    strange = {name for name in there if name.endswith(".nq.gz") and not name.startswith(".")} - told.keys()
    foreign = sorted(name for name in strange if not name.startswith("shard-") and name != LOADED)
    if foreign:
        what = f"the folder has {foreign[0]}, which a bulk loader would take, too"
        raise OutputError(what, where=str(folder), remedy="give an empty folder")
    return frozenset(told) | strange


def start(folder: Path | str) -> None:
    """Take the manifest away, since it stands beside whole files only.

    Raises:
        OutputError: There is no permission.
        PlaceError: The URL cannot be written to.
    """
    try:
        remove(joined(folder, _MANIFEST))
    except OSError as error:
        raise _unwritable(folder, error) from error


def finish(folder: Path | str, told: Mapping[str, Account], old: Iterable[str]) -> None:
    """Take the files of an earlier export away, and write the manifest.

    Args:
        folder: Where the shards are.
        told: What is in each of them, the file of the manifest graph last.
        old: The earlier files.

    Raises:
        OutputError: There is no space or no permission.
        PlaceError: The URL cannot be written to.
    """
    try:
        for name in sorted(set(old) - told.keys()):
            remove(joined(folder, name))
    except OSError as error:
        raise _unwritable(folder, error) from error
    with writing(folder, _MANIFEST) as stream:
        stream.write(_manifest(told).encode())


@contextmanager
def writing(folder: Path | str, name: str) -> Iterator[IO[bytes]]:
    """A file of the folder to write, which stands there when it is whole.

    Raises:
        OutputError: There is no space or no permission.
        PlaceError: The URL cannot be written to.
    """
    try:
        with outgoing(joined(folder, name)) as stream:
            yield stream
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path | str, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"cannot write: {reason}", where=str(folder), remedy="give another --out folder")


def _manifest(told: Mapping[str, Account]) -> str:
    shards = [item for name, item in told.items() if name != LOADED]
    whole = {
        "format": _FORMAT,
        "graphs": sum(int(item["graphs"]) for item in shards),
        "quads": sum(int(item["quads"]) for item in shards),
        "files": {name: dict(item) for name, item in told.items()},
    }
    return json.dumps(whole, indent=2) + "\n"
