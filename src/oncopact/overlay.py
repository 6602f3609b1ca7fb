"""Changes to a store that are not written yet: read as if they were, then written in one transaction.

A store on disk takes a transaction whole or not at all, so a run that is killed leaves the state before or after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from oncopact.graph_terms import Term

_Graph = NamedNode | DefaultGraph

_DEFAULT: Final = DefaultGraph()


class Overlay:
    """A store with changes on top.

    Args:
        base: The store; nothing is written to it before `commit`.

    >>> overlay = Overlay(Store())
    >>> node = NamedNode("urn:a")
    >>> overlay.add(Quad(node, node, node))
    >>> len(list(overlay.match(node))), len(overlay.base)
    (1, 0)
    >>> overlay.commit()
    (1, 0)
    >>> len(overlay.base)
    1
    """

    def __init__(self, base: Store) -> None:
        self.base = base
        self._added = Store()
        self._removed: set[Quad] = set()

    def __contains__(self, quad: object) -> bool:
        return quad in self._added or (quad in self.base and quad not in self._removed)

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: _Graph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern, in no order; None stands for anything."""
        found = self.base.quads_for_pattern(subject, predicate, value, graph)
        yield from (found if not self._removed else (quad for quad in found if quad not in self._removed))
        yield from self._added.quads_for_pattern(subject, predicate, value, graph)

    def add(self, quad: Quad) -> None:
        """Let a quad stand, once."""
        if quad in self._removed:
            self._removed.remove(quad)
        elif quad not in self.base:
            self._added.add(quad)

    def insert(self, quads: Iterable[Quad]) -> None:
        """Let quads stand of which the caller knows that none does, and saves a look into the store for each."""
        self._added.extend(quads)

    def remove(self, quad: Quad) -> None:
        """Let a quad stand no more, if it did."""
        if quad in self._added:
            self._added.remove(quad)
        elif quad in self.base:
            self._removed.add(quad)

    def replace(self, old: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Take away what is old and not new, and add what is new."""
        fresh = set(new)
        for quad in set(old) - fresh:
            self.remove(quad)
        for quad in fresh:
            self.add(quad)

    def commit(self) -> tuple[int, int]:
        """Write all changes in one transaction; how many quads were added and removed.

        Raises:
            OSError: The disk is full or failing; nothing is written then.
        """
        added, removed = tuple(self._added), tuple(self._removed)
        if removed:
            changes = [f"DELETE DATA {{ {_data(removed)} }}"] + ([f"INSERT DATA {{ {_data(added)} }}"] if added else [])
            self.base.update(" ;\n".join(changes))
        elif added:
            self.base.extend(added)
        self._added, self._removed = Store(), set()
        return len(added), len(removed)


def _data(quads: Iterable[Quad]) -> str:
    """Quads as SPARQL writes them, each graph and each subject once, which is the faster to parse."""
    groups: dict[object, dict[str, list[str]]] = {}
    for quad in quads:
        subjects = groups.setdefault(quad.graph_name, {})
        subjects.setdefault(str(quad.subject), []).append(f"{quad.predicate} {quad.object}")
    blocks = []
    for graph, subjects in groups.items():
        triples = "\n".join(f"{subject} {' ; '.join(said)} ." for subject, said in subjects.items())
        blocks.append(triples if graph == _DEFAULT else f"GRAPH {graph} {{\n{triples}\n}}")
    return "\n".join(blocks)
