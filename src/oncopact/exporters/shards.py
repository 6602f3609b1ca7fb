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
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from pyoxigraph import Literal, NamedNode, Quad

from oncopact.deliveries import ENTRY, MANIFEST, delivered
from oncopact.errors import OutputError
from oncopact.exporters.files import write_file
from oncopact.exporters.rdf import nquads

__all__ = ["MOST", "write_shards"]

MOST: Final = 256
"""As many shards can be written at once."""
_MANIFEST: Final = "manifest.json"
_LOADED: Final = "loaded.nq.gz"
_FORMAT: Final = 1
_LEVEL: Final = 6


def write_shards(graphs: Iterable[tuple[Quad, ...]], folder: Path, *, shards: int = 1) -> tuple[Path, ...]:
    """Write named graphs into a folder of shards.

    Args:
        graphs: Their quads, graph by graph, sorted.
        folder: Made where it is missing; shards of an earlier export are replaced.
        shards: How many, from 1 to MOST.

    Returns:
        The files written, the manifest last.

    Raises:
        OutputError: The folder has something else in it, or there is no space or no permission.
        ValueError: `shards` is out of its range.
    """
    if not 1 <= shards <= MOST:
        raise ValueError(f"from 1 to {MOST} shards can be written, not {shards}")
    width = len(str(shards))
    names = [f"shard-{number:0{width}}-of-{shards}.nq.gz" for number in range(1, shards + 1)]
    old = _old(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _Shards(folder, [*names, _LOADED]) as made:
            for quads in graphs:
                delivery = delivered(quads)
                made.write(_shard_of(delivery.graph, shards), quads)
                entry = Quad(NamedNode(delivery.graph), ENTRY, Literal(delivery.entry), MANIFEST)
                made.write(shards, (entry,))
            (folder / _MANIFEST).unlink(missing_ok=True)
            told = made.finish()
        for name in sorted(old - {*names, _LOADED}):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot write: {reason}", where=str(folder), remedy="give another --out folder") from error
    write_file(folder / _MANIFEST, _manifest(told))
    return (*(folder / name for name in told), folder / _MANIFEST)


@dataclass(slots=True)
class _Shard:
    """A file while it is written.

    Attributes:
        place: Where it will stand.
        raw, stream: The file beside its place, and what compresses into it.
        summed: The hash of what is in it.
        quads: How many it has so far.
        graphs: How many named graphs.
    """

    place: Path
    raw: IO[bytes]
    stream: gzip.GzipFile
    summed: hashlib._Hash = field(default_factory=hashlib.sha256)
    quads: int = 0
    graphs: int = 0


class _Shards:
    """Files that come to their places all at once, when all are whole."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self._made: list[_Shard] = []
        for name in names:
            raw = _part(folder / name).open("wb")
            # neither name nor time go into the file, since both would differ from run to run
            stream = gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=raw, mtime=0)
            self._made.append(_Shard(folder / name, raw, stream))

    def write(self, number: int, quads: tuple[Quad, ...]) -> None:
        """Add a graph's quads to a shard."""
        shard, content = self._made[number], nquads(quads).encode()
        shard.stream.write(content)
        shard.summed.update(content)
        shard.quads += len(quads)
        shard.graphs += 1

    def finish(self) -> dict[str, dict[str, str | int]]:
        """Put the files into their places; what is in each, by name."""
        told: dict[str, dict[str, str | int]] = {}
        for shard in self._made:
            shard.stream.close()
            shard.raw.close()
        for shard in self._made:
            os.replace(_part(shard.place), shard.place)
            with shard.place.open("rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
            told[shard.place.name] = {
                "graphs": shard.graphs,
                "quads": shard.quads,
                "bytes": shard.place.stat().st_size,
                "sha256": digest,
                "content_sha256": shard.summed.hexdigest(),
            }
        return told

    def __enter__(self) -> _Shards:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for shard in self._made:
            shard.raw.close()
            _part(shard.place).unlink(missing_ok=True)


def _part(place: Path) -> Path:
    return place.with_name(f".{place.name}.{os.getpid()}.part")


def _shard_of(graph: str, shards: int) -> int:
    """The shard of a graph: by its release, so that a new release changes one shard and leaves the others alone."""
    release = graph.rpartition("/")[0]
    return int(hashlib.sha256(release.encode()).hexdigest()[:16], 16) % shards


def _old(folder: Path) -> frozenset[str]:
    """The files of an earlier export.

    Raises:
        OutputError: There are compressed N-Quads that no manifest tells of; a bulk loader would take them, too.
    """
    told: Mapping[str, object] = {}
    manifest = folder / _MANIFEST
    if manifest.is_file():
        try:
            told = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OutputError(
                "no manifest of shards", where=str(manifest), remedy="give another --out folder"
            ) from error
    strange = {path.name for path in folder.glob("*.nq.gz")} - told.keys() if folder.is_dir() else set()
    foreign = sorted(name for name in strange if not name.startswith("shard-") and name != _LOADED)
    if foreign:
        what = f"the folder has {foreign[0]}, which a bulk loader would take, too"
        raise OutputError(what, where=str(folder), remedy="give an empty folder")
    return frozenset(told) | strange


def _manifest(told: Mapping[str, Mapping[str, str | int]]) -> str:
    files = dict(told)
    shards = [item for name, item in told.items() if name != _LOADED]
    whole = {
        "format": _FORMAT,
        "graphs": sum(int(item["graphs"]) for item in shards),
        "quads": sum(int(item["quads"]) for item in shards),
        "files": files,
    }
    return json.dumps(whole, indent=2) + "\n"
