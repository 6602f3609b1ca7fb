"""Named graphs as they leave the house: sorted, as N-Triples, with the number and the hash that they are known by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from oncopact.namespaces import DCTERMS, ID
from oncopact.rewrite import named

__all__ = ["ENTRY", "MANIFEST", "PENDING", "Delivery", "delivered", "entry", "home_of", "triples_of"]

MANIFEST: Final = NamedNode(f"{ID}graph/manifest")
"""The named graph, at a triple store, that says what was loaded."""
ENTRY: Final = NamedNode(str(DCTERMS.identifier))
"""The property that leads from a graph to its entry there."""
PENDING: Final = "pending"
"""The entry of a graph that is being sent."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A named graph to be handed on.

    Attributes:
        graph: Its IRI.
        triples: How many it has.
        content: They as N-Triples, sorted.
    """

    graph: str
    triples: int
    content: bytes

    @property
    def entry(self) -> str:
        r"""What a manifest says of it.

        >>> Delivery("urn:g", 1, b"<urn:a> <urn:b> <urn:c> .\n").entry[:27]
        '1 triples, sha256 b6bbf512b'
        """
        return entry(self.triples, hashlib.sha256(self.content).hexdigest())


def entry(triples: int, digest: str) -> str:
    """What a manifest says of a graph of so many triples, whose content has this SHA-256."""
    return f"{triples} triples, sha256 {digest}"


def home_of(key: str, homes: int) -> int:
    """Which of so many places a key belongs to, the same on any machine."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:16], 16) % homes


def delivered(quads: Sequence[Quad]) -> Delivery:
    """A named graph, ready to be sent; its quads must be sorted."""
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    written = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
    return Delivery(named(quads[0].graph_name).value, len(quads), written or b"")


def triples_of(entry: str) -> int:
    """How many triples a graph has by its entry; -1 where it is none.

    >>> triples_of("12 triples, sha256 00"), triples_of(PENDING)
    (12, -1)
    """
    number = entry.partition(" ")[0]
    return int(number) if number.isdecimal() else -1
