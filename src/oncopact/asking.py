"""One of our questions to a graph wherever it is kept: a graph's file, the folder of a build, a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Store

from oncopact.evidence_places import Texts
from oncopact.knowledge import KnowledgeGraph, read_text
from oncopact.questions import Answer, answer, question
from oncopact.store import ReleaseStore, is_store
from oncopact.tables import Table

__all__ = ["answered", "ask", "opened"]


@contextmanager
def opened(place: Path | str) -> Iterator[tuple[Store, Texts]]:
    """A graph to ask, whose default graph is the union of all, and its releases' texts.

    Raises:
        GraphError: There is no graph, or it cannot be read.
    """
    if is_store(place):
        with ReleaseStore(place) as store:
            yield store.graph, lambda release: read_text(Path(place) / "texts", release)
    else:
        graph = KnowledgeGraph.load(place)
        yield graph.store, graph.text


def answered(place: Path | str, name: str, parameters: Mapping[str, str | int], *, evidence: bool = False) -> Answer:
    """The answer to a question and how it was understood.

    Args:
        place: A `.trig`, `.nq`, `.ttl` or `.nt` file, the folder that a build wrote, or a store.
        name: The question's name or number.
        parameters: By name; things by any of their names.
        evidence: Give each row the places in the releases that it rests on.

    Raises:
        GraphError: There is no graph; a QueryError: the question, a parameter or what it names is not found.
    """
    query = question(name)
    with opened(place) as (graph, texts):
        return answer(graph, query, parameters, evidence=evidence, texts=texts)


def ask(place: Path | str, question: str, *, evidence: bool = False, **parameters: str | int) -> Table:
    """The answer to a question as a table; see `answered`. Hyphens in parameters are written as underscores.

    Raises:
        GraphError: As for `answered`.
    """
    return answered(place, question, parameters, evidence=evidence).table
