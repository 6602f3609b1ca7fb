"""Releases on their way to the place where they stand in the whole graph: read, packed, and sorted by their home."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Final, TypeVar, cast

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from oncopact.books import VOCABULARY, known_graph
from oncopact.deliveries import home_of
from oncopact.exporters.rdf import lines
from oncopact.model import Failure
from oncopact.namespaces import ID
from oncopact.readings import Gate, reading_elsewhere, refused

__all__ = [
    "Chunk",
    "Packed",
    "Pieces",
    "Told",
    "at_home",
    "counted",
    "mixed",
    "pack",
    "read_places",
    "spread",
    "told",
    "unpack",
]

_T = TypeVar("_T")
_LEVEL: Final = 3
Pieces = tuple[tuple[Any, ...], ...]
"""What one place hands to all places, in their order."""


def spread(items: Iterable[tuple[str, _T]], homes: int) -> tuple[tuple[_T, ...], ...]:
    """Items by the place that their key belongs to."""
    found: list[list[_T]] = [[] for _ in range(homes)]
    for key, item in items:
        found[home_of(key, homes)].append(item)
    return tuple(map(tuple, found))


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Packed:
    """A release on its way to its home.

    Attributes:
        release: Its id.
        order: What the sources of one release are ordered by: precedence, then name.
        quads: Its graphs, made from it alone, as compressed N-Quads.
        listed: The entities in it that the vocabulary lists.
    """

    release: str
    order: tuple[str, str]
    quads: bytes
    listed: frozenset[str]

    def unpacked(self) -> tuple[Quad, ...]:
        """Its graphs; what it took from the vocabulary stands in one of its own."""
        return tuple(_kept(quad, self.release) for quad in unpack(self.quads))


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say of some inputs.

    Attributes:
        inputs: How many they were.
        refused: Name and report of each release that breaks the shapes.
        failures: Inputs that gave no release.
    """

    inputs: int = 0
    refused: tuple[tuple[str, str, str], ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some inputs, read."""

    told: Told
    releases: tuple[Packed, ...]


def read_places(places: Sequence[tuple[str, str]], *, folders: Sequence[Path] = (), gate: Gate = refused) -> Chunk:
    """Read inputs, each given by its path or URL and the name to show for it; see `readings.reading_elsewhere`."""
    work = partial(reading_elsewhere, folders=tuple(folders), gate=gate)
    found = [(shown, work((path, shown))) for path, shown in places]
    releases = tuple(
        Packed(item.part.release, (item.order, shown), pack(item.part.quads), item.part.listed)
        for shown, result in found
        for item in result.accepted
    )
    kept_out = tuple((item.name, item.release, item.report) for _, result in found for item in result.refused)
    failures = tuple(failure for _, result in found for failure in result.failures)
    return Chunk(Told(len(places), kept_out, failures), releases)


def told(chunk: Chunk) -> Told:
    """What there is to say of inputs that were read."""
    return chunk.told


def mixed(chunks: Sequence[Chunk], homes: int) -> Pieces:
    """The releases of several chunks, by home."""
    best = _best(release for chunk in chunks for release in chunk.releases)
    return spread(((f"{ID}graph/{item.release}", item) for item in best), homes)


def at_home(pieces: Sequence[Sequence[Packed]]) -> tuple[Packed, ...]:
    """The releases of a home, each once, sorted by id."""
    return _best(item for piece in pieces for item in piece)


def counted(pieces: Sequence[Sequence[Packed]]) -> int:
    """How many releases a home has."""
    return len({item.release for piece in pieces for item in piece})


def _best(releases: Iterable[Packed]) -> tuple[Packed, ...]:
    best: dict[str, Packed] = {}
    for item in releases:
        if item.release not in best or item.order < best[item.release].order:
            best[item.release] = item
    return tuple(item for _, item in sorted(best.items()))


def pack(quads: Iterable[Quad]) -> bytes:
    """Quads as compressed N-Quads, in their order."""
    return gzip.compress(lines(quads), _LEVEL, mtime=0)


def unpack(packed: bytes) -> Iterator[Quad]:
    """The quads again, in their order, unpacked as they are taken."""
    stream = cast("IO[bytes]", gzip.GzipFile(fileobj=io.BytesIO(packed)))
    return iter(pyoxigraph.parse(stream, format=RdfFormat.N_QUADS))


def _kept(quad: Quad, release: str) -> Quad:
    if quad.graph_name == VOCABULARY:
        return Quad(quad.subject, quad.predicate, quad.object, known_graph(release))
    return quad
