"""Questions to a graph: named ones that ship with oncopact, or any SPARQL."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from oncopact.errors import QueryError
from oncopact.namespaces import PREFIXES, compact
from oncopact.resources import folder

_HEADER: Final = re.compile(r"#\s*(title|description):\s*(.+)")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True, order=True)
class NamedQuery:
    """A question that ships with oncopact.

    Attributes:
        name: What to call it by.
        title: The question in a few words.
        description: What its columns say.
        sparql: The query; prefixes need no declaration.
    """

    name: str
    title: str
    description: str
    sparql: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer.

    Attributes:
        columns: Names of the query's variables.
        rows: One cell for each column; None where the variable is unbound. IRIs are whole.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[str | None, ...]]:
        """The rows, in order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def to_csv(self) -> str:
        """Comma-separated values with a header line; an unbound cell is empty."""
        sheet = io.StringIO()
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return sheet.getvalue()

    def to_json(self) -> str:
        """A list of objects; an unbound cell is left out."""
        rows = [
            {column: cell for column, cell in zip(self.columns, row, strict=True) if cell is not None}
            for row in self.rows
        ]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

    def shortened(self) -> Table:
        """The same with prefixed names in place of our IRIs, for people to read."""
        return Table(self.columns, tuple(tuple(cell and _short(cell) for cell in row) for row in self.rows))


def _short(cell: str) -> str:
    return compact(cell) if cell.startswith(("http://", "https://")) and not compact(cell).startswith("<") else cell


@cache
def named() -> tuple[NamedQuery, ...]:
    """All questions that ship with oncopact, sorted by name."""
    return tuple(sorted(_read(path) for path in folder("ontology").joinpath("queries").glob("*.rq")))


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
    try:
        result = graph.query(sparql, prefixes=dict(PREFIXES))
        table = _table(result)
    except (SyntaxError, ValueError, OSError) as error:
        reason = str(error).strip().splitlines()
        remedy = "check the query against SPARQL 1.1"
        raise QueryError("the query failed: " + (reason[0] if reason else "malformed"), remedy=remedy) from error
    ordered = re.search(r"\border\s+by\b", sparql, re.IGNORECASE)
    return table if ordered else Table(table.columns, tuple(sorted(table.rows, key=_sortable)))


def _table(result: object) -> Table:
    if isinstance(result, pyoxigraph.QueryBoolean):
        return Table(("answer",), (("true" if result else "false",),))
    if isinstance(result, pyoxigraph.QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        rows = tuple(tuple(_cell(solution[column]) for column in columns) for solution in result)
        return Table(columns, rows)
    if isinstance(result, pyoxigraph.QueryTriples):
        triples = ((triple.subject, triple.predicate, triple.object) for triple in result)
        return Table(("subject", "predicate", "object"), tuple(tuple(map(_cell, triple)) for triple in triples))
    raise QueryError("the query gives no table", remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE")


def _cell(term: object) -> str | None:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return None if term is None else str(term)


def _sortable(row: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(cell or "" for cell in row)


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    header = {match[1]: match[2].strip() for match in _HEADER.finditer(text)}
    return NamedQuery(path.stem, header.get("title", path.stem), header.get("description", ""), text)
