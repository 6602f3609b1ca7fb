"""Ask one of our questions: parameters bound, SPARQL run, the answer put into words, each row with its evidence.

SPARQL is the core. What it can't do is done after it, row by row, as the question's header says: comparing a parameter
with a partial date, putting a node into words, counting the months between two partial dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from oncopact.errors import QueryError
from oncopact.evidence_places import Places, Texts
from oncopact.exporters import rdf
from oncopact.graph_view import Seen
from oncopact.labels import covered, describe, names
from oncopact.lookup import concept_name, find
from oncopact.namespaces import DCTERMS, ID, OP, PREFIXES, RDF, SKOS
from oncopact.partial_dates import bounds, months_between
from oncopact.queries import catalogue, of_terms
from oncopact.question_files import Months, NamedQuery, Parameter, Support
from oncopact.store_view import StoreView
from oncopact.tables import Quote, Table

__all__ = ["Answer", "answer", "question", "turtle"]

ANY: Final = Literal("any")
"""What stands for a parameter that is not given."""

Cell = NamedNode | Literal | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and how the question was understood.

    Attributes:
        query: The question.
        meant: Pairs of a parameter's name and what the name given for it led to, `ImmunoGen (company/immunogen)`.
        table: The answer.
        nodes: The nodes that its rows rest on, as IRIs, sorted.
    """

    query: NamedQuery
    meant: tuple[tuple[str, str], ...]
    table: Table
    nodes: tuple[str, ...]


def question(name: str) -> NamedQuery:
    """The question of a name, of another name that it goes by, or of a number.

    Raises:
        QueryError: There is none.
    """
    wanted = name.strip().lower().replace("_", "-")
    for query in catalogue():
        if wanted in (query.name, *query.also, str(query.number or "")):
            return query
    names = {name: query.name for query in catalogue() for name in (query.name, *query.also)}
    near = get_close_matches(wanted, names, n=3, cutoff=0.65) or [each for each in names if wanted and wanted in each]
    near = list(dict.fromkeys(names[each] for each in near))
    remedy = f"did you mean {', '.join(near[:4])}?" if near else "oncopact ask without a question lists them"
    raise QueryError("no question of that name", where=name, remedy=remedy)


def answer(
    graph: Store,
    query: NamedQuery,
    parameters: Mapping[str, str | int],
    *,
    evidence: bool = False,
    texts: Texts | None = None,
) -> Answer:
    """The answer to one of our questions, and how it was understood.

    Args:
        graph: A store whose default graph is the union of all.
        query: The question.
        parameters: By name; things by any of their names.
        evidence: Give each row the places in the releases that it rests on.
        texts: Gives a release's text by its id, so that evidence comes with its sentence.

    Raises:
        QueryError: A parameter is missing, unknown or of no use, or what it names is not found.
    """
    given = _checked(query, parameters)
    meant: list[tuple[str, str]] = []
    substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {}
    for parameter in query.parameters:
        if parameter.comparison:
            continue
        value, words = _value(graph, parameter, given.get(parameter.name))
        substitutions[Variable(parameter.variable)] = value
        if words:
            meant.append((parameter.name, words))
    result = graph.query(query.sparql, prefixes=dict(PREFIXES), substitutions=substitutions)
    if not isinstance(result, QuerySolutions):  # the reader of question files lets nothing else in
        raise QueryError("no SELECT query", where=query.name)
    columns = tuple(variable.value for variable in result.variables)
    rows = _compared(query, given, columns, [tuple(_term(row[column]) for column in columns) for row in result])
    view = StoreView(graph)
    table = _shown(query, columns, _spelt(view, query, columns, rows))
    places = Places(view, texts)
    found = [_evidence(places, query.supports, columns, row) for row in rows] if evidence else []
    nodes = {node for row in rows for support in query.supports for node in _nodes(columns, row, support.subject)}
    return Answer(query, tuple(meant), replace(table, evidence=tuple(found)), tuple(sorted(nodes)))


# ---------------------------------------------------------------- parameters


def _checked(query: NamedQuery, parameters: Mapping[str, str | int]) -> dict[str, str]:
    """The values by name, defaults filled in."""
    given = {parameter.name: parameter.default for parameter in query.parameters if parameter.default}
    for name, value in parameters.items():
        parameter = query.parameter(name)
        if parameter is None:
            known = ", ".join(each.name for each in query.parameters)
            remedy = f"it takes {known}" if known else "it takes none"
            raise QueryError("the question has no such parameter", where=f"{query.name} {name}", remedy=remedy)
        given[parameter.name] = str(value).strip()
    for parameter in query.parameters:
        if parameter.required and not given.get(parameter.name):
            what = f"the question needs a {parameter.name}: {parameter.given}"
            raise QueryError(what, where=query.name, remedy=f"give --{parameter.name}")
    since, until = given.get("since"), given.get("until")
    if since and until and bounds(since)[0] > bounds(until)[1]:
        raise QueryError(f"since {since} is later than until {until}", where=query.name, remedy="exchange them")
    return {name: value for name, value in given.items() if value}


def _value(graph: Store, parameter: Parameter, given: str | None) -> tuple[NamedNode | Literal, str]:
    """The term to substitute, and what it means in words where a name led to it."""
    if given is None:
        return ANY, ""
    if parameter.choices:
        if given.lower() not in parameter.choices:
            remedy = f"give {' or '.join(parameter.choices)}"
            raise QueryError("no such choice", where=f"{parameter.name} {given}", remedy=remedy)
        return Literal(given.lower()), ""
    if parameter.kind == "number":
        return Literal(_number(parameter, given)), ""
    found = find(graph, parameter.kind, given)
    return found.node, found.words


def _number(parameter: Parameter, given: str) -> int:
    if not given.isdecimal():
        raise QueryError("no whole number", where=f"{parameter.name} {given}", remedy="give one, 3")
    return int(given)


def _compared(
    query: NamedQuery, given: Mapping[str, str], columns: Sequence[str], rows: list[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """The rows that a comparison with a parameter leaves; one without the date asked for is left out."""
    for parameter in query.parameters:
        value = given.get(parameter.name)
        if not parameter.comparison or value is None:
            continue
        index = columns.index(parameter.column)
        rows = [row for row in rows if (cell := row[index]) is not None and _holds(parameter, value, cell.value)]
    return rows


def _holds(parameter: Parameter, value: str, cell: str) -> bool:
    if parameter.kind == "number":
        number, other = _number(parameter, value), float(cell)
        return number <= other if parameter.comparison == "<=" else number >= other
    first, last = bounds(value)
    return first <= cell if parameter.comparison == "<=" else last >= cell


# ---------------------------------------------------------------- the answer in words


def _term(value: object) -> Cell:
    return value if isinstance(value, NamedNode | Literal) else None


def _spelt(
    view: StoreView, query: NamedQuery, columns: Sequence[str], rows: Iterable[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """The rows with nodes in words, concepts by name, and months counted."""
    words = {columns.index(name) for name in query.words}
    made = []
    for row in rows:
        cells = list(row)
        for index, cell in enumerate(row):
            if index in words and (found := _iris(cell)):
                cells[index] = Literal("; ".join(sorted({_in_words(view, node) for node in found})))
            elif isinstance(cell, NamedNode) and cell.value.startswith(f"{ID}concept/"):
                cells[index] = Literal(concept_name(cell.value))
        for months in query.months:
            cells[columns.index(months.column)] = _months(months, columns, row)
        made.append(tuple(cells))
    return made


def _in_words(view: StoreView, node: str) -> str:
    """A node in words, with what a deal covers and who pays whom."""
    match view.class_name(node):
        case "Agreement" | "AgreementEvent":
            things = covered(view, view.value(node, OP.ofAgreement) or node)
            return describe(view, node) + (f" on {', '.join(things)}" if things else "")
        case "Payment":
            sides = (", ".join(names(view, node, prop)) or "?" for prop in (OP.payer, OP.payee))
            return f"{describe(view, node)}, {' → '.join(sides)}"
        case _:
            return describe(view, node)


def _months(months: Months, columns: Sequence[str], row: tuple[Cell, ...]) -> Cell:
    days = [cell.value for name in months.bounds if (cell := row[columns.index(name)]) is not None]
    return Literal(months_between(*days)) if len(days) == len(months.bounds) else None


def _shown(query: NamedQuery, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Table:
    """The table without the columns that only served to make it."""
    given = {parameter.variable for parameter in query.parameters if not parameter.comparison}
    kept = [index for index, name in enumerate(columns) if name not in given and not name.startswith("_")]
    return of_terms([columns[index] for index in kept], [tuple(row[index] for index in kept) for row in rows])


def turtle(graph: Store, nodes: Iterable[str], *, evidence: bool = False) -> str:
    """What a graph says of nodes, and what the things that they point at are called, as Turtle.

    Args:
        graph: A store whose default graph is the union of all.
        nodes: IRIs, as `Answer.nodes` has them.
        evidence: With their evidence, and the releases that it stands in.
    """
    default = DefaultGraph()
    wanted = set(nodes)
    if evidence:
        for node in sorted(wanted):
            for quad in graph.quads_for_pattern(None, NamedNode(OP.evidenceFor), NamedNode(node), default):
                if isinstance(quad.subject, NamedNode):
                    wanted.add(quad.subject.value)
    found = {quad for node in wanted for quad in graph.quads_for_pattern(NamedNode(node), None, None, default)}
    pointed = {quad.object for quad in found if isinstance(quad.object, NamedNode)} - {NamedNode(n) for n in wanted}
    for prop in (RDF.type, SKOS.prefLabel, DCTERMS.title, DCTERMS.source, DCTERMS.issued):
        for thing in pointed:
            found |= set(graph.quads_for_pattern(thing, NamedNode(prop), None, default))
    return rdf.turtle(found)


# ---------------------------------------------------------------- evidence


def _nodes(columns: Sequence[str], row: tuple[Cell, ...], column: str) -> tuple[str, ...]:
    """The IRIs in a cell, which may hold several, set apart by blanks."""
    return _iris(row[columns.index(column)])


def _iris(cell: Cell) -> tuple[str, ...]:
    parts = () if cell is None else cell.value.split()
    return tuple(parts) if all(part.startswith(str(ID)) for part in parts) else ()


def _evidence(
    places: Places, supports: Sequence[Support], columns: Sequence[str], row: tuple[Cell, ...]
) -> tuple[Quote, ...]:
    """The places that a row rests on, by date; a quote inside another one is left out."""
    found = {seen for support in supports for seen in _seen(places, support, columns, row)}
    return places.quotes(found)


def _seen(places: Places, support: Support, columns: Sequence[str], row: tuple[Cell, ...]) -> Iterator[Seen]:
    prefix, _, name = support.prop.partition(":")
    prop = PREFIXES[prefix] + name if name else ""
    cells = {column: cell.value for column, cell in zip(columns, row, strict=True) if cell is not None}
    value, release = cells.get(support.value, ""), cells.get(support.release, "")
    if (support.value and not value) or (support.release and not release):
        return
    for node in _nodes(columns, row, support.subject):
        for seen in places.seen(node):
            fits = not prop or seen.property == prop
            fits = fits and (not value or seen.value in (value, *value.split()))
            if fits and (not release or seen.release == release):
                yield seen
