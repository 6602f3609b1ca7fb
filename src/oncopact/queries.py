"""Questions to a graph: named ones that ship with oncopact, or any SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Final

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from oncopact.errors import QueryError
from oncopact.namespaces import PREFIXES
from oncopact.question_files import NamedQuery, read
from oncopact.resources import folder
from oncopact.tables import Table

__all__ = ["NamedQuery", "Table", "ask", "catalogue", "find", "named", "of_terms", "store", "triples"]

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_NUMBERS: Final = frozenset(f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("decimal", "integer", "double"))


@cache
def catalogue() -> tuple[NamedQuery, ...]:
    """All questions that ship with oncopact: those that take parameters by number, then the overviews by name.

    Raises:
        QueryError: A question's file breaks the rules of `question_files`.
    """
    found = (read(path) for path in folder("ontology").joinpath("queries").glob("*.rq"))
    return tuple(sorted(found, key=lambda query: (not query.number, query.number, query.name)))


def named() -> tuple[NamedQuery, ...]:
    """The overviews, which take no parameters and can be asked by name alone, sorted by name."""
    return tuple(query for query in catalogue() if not query.number)


def find(name: str) -> NamedQuery:
    """The question of that name.

    Raises:
        QueryError: There is none.
    """
    for query in named():
        if query.name == name:
            return query
    known = ", ".join(query.name for query in named())
    raise QueryError("no query of that name", where=name, remedy=f"use one of {known}, or give --file")


def store(quads: Iterable[Quad]) -> Store:
    """A store to query: named graphs as they are, the default graph their union with each triple once.

    Engines that join the graphs while they answer return a fact once for each release that states it, and sums come
    out wrong; so the union is written down.
    """
    made, default = Store(), DefaultGraph()
    quads = tuple(quads)
    made.bulk_extend(quads)
    made.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, default) for quad in quads)
    return made


def ask(graph: Store, question: str) -> Table:
    """The answer to a query, given by name or as SPARQL.

    ASK gives one cell, CONSTRUCT and DESCRIBE three columns. Rows keep the query's order; where it states none they
    are sorted.

    Raises:
        QueryError: The query is unknown or malformed.
    """
    sparql = find(question).sparql if _NAME.fullmatch(question.strip()) else question
    with _checked():
        table = _table(graph.query(sparql, prefixes=dict(PREFIXES)))
    ordered = re.search(r"\border\s+by\b", sparql, re.IGNORECASE)
    return table if ordered else replace(table, rows=tuple(sorted(table.rows, key=_sortable)))


def triples(graph: Store, sparql: str) -> tuple[Quad, ...]:
    """The triples that a CONSTRUCT or DESCRIBE query gives.

    Raises:
        QueryError: The query is of another kind, or malformed.
    """
    default = DefaultGraph()
    with _checked():
        result = graph.query(sparql, prefixes=dict(PREFIXES))
        if isinstance(result, pyoxigraph.QueryTriples):
            return tuple(Quad(triple.subject, triple.predicate, triple.object, default) for triple in result)
    raise QueryError("the answer is a table, no triples", remedy="use CONSTRUCT or DESCRIBE for Turtle")


@contextmanager
def _checked() -> Iterator[None]:
    """Turn what the engine says of a query into one line."""
    try:
        yield
    except (SyntaxError, ValueError, OSError) as error:
        reason = str(error).strip().splitlines()
        remedy = "check the query against SPARQL 1.1"
        raise QueryError("the query failed: " + (reason[0] if reason else "malformed"), remedy=remedy) from error


def _table(result: object) -> Table:
    if isinstance(result, pyoxigraph.QueryBoolean):
        return Table(("answer",), (("true" if result else "false",),))
    if isinstance(result, pyoxigraph.QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        return of_terms(columns, [tuple(solution[column] for column in columns) for solution in result])
    if isinstance(result, pyoxigraph.QueryTriples):
        triples = [(triple.subject, triple.predicate, triple.object) for triple in result]
        return of_terms(("subject", "predicate", "object"), triples)
    raise QueryError("the query gives no table", remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE")


def of_terms(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> Table:
    """A table of RDF terms, None where a variable is unbound."""
    numeric = frozenset(
        column
        for index, column in enumerate(columns)
        if (cells := [row[index] for row in rows if row[index] is not None]) and all(map(_is_number, cells))
    )
    return Table(tuple(columns), tuple(tuple(map(_cell, row)) for row in rows), numeric=numeric)


def _is_number(term: object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def _cell(term: object) -> str | None:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return None if term is None else str(term)


def _sortable(row: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(cell or "" for cell in row)
