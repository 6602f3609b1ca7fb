"""A graph → tables of agreements, milestones and payments: one row each, with its sentence and its release."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Quad

from oncopact.cells import guarded
from oncopact.errors import GraphError, OutputError
from oncopact.exporters.network_parts import Material, line
from oncopact.exporters.quotes import best
from oncopact.graph_view import GraphView, short
from oncopact.labels import agreement, amount, describe, names, notation
from oncopact.namespaces import DCTERMS, OP
from oncopact.queries import Table

if TYPE_CHECKING:
    import pandas

Cells: TypeAlias = dict[str, str | None]

TABLES: Final = ("agreements", "milestones", "payments")
"""The tables that there are."""

_SOURCE: Final = ("modality", "quote", "rule", "release", "release_title", "release_date", "file", "told_by")
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "agreements": (
        *("kind", "licensor", "licensee", "parties", "technologies", "products", "targets", "exclusive", "territory"),
        *("excluded_territory", "signed", "earliest", "latest", "events", "part_of", *_SOURCE, "agreement"),
    ),
    "milestones": (
        *("event", "kind", "status", "date", "earliest", "latest", "product", "reached_by", "parties", "pays"),
        *("became", *_SOURCE, "agreement", "milestone"),
    ),
    "payments": (
        *("kind", "payer", "payee", "qualifier", "amount", "currency", "percent", "minimum_percent"),
        *("maximum_percent", "as_printed", "for_milestone", "deal", *_SOURCE, "agreement", "payment"),
    ),
}
"""The columns of each table. Several values in a cell are joined by '; '. The last columns are node ids."""


def tables(quads: Iterable[Quad]) -> dict[str, Table]:
    """All three tables; rows sorted by the day of the release that told the fact first, then by id.

    Amounts are in units of the currency and never added up; rates are in per cent; dates have the precision stated,
    `earliest` and `latest` (`YYYY-MM-DD`) the days that they may mean. `modality` says how the sentence is meant
    (asserted, planned, conditional), `told_by` how many releases tell the fact.
    """
    material = Material.of(tuple(quads))
    return {name: _table(material, name) for name in TABLES}


def table(quads: Iterable[Quad], name: str) -> Table:
    """One of them.

    Raises:
        GraphError: There is no table of that name.
    """
    if name not in TABLES:
        raise GraphError("no such table", where=name, remedy=f"use one of {', '.join(TABLES)}")
    return _table(Material.of(tuple(quads)), name)


def spreadsheet(found: Table) -> str:
    r"""A table as CSV that a spreadsheet opens as it is meant.

    It begins with the byte order mark by which Excel knows UTF-8. A cell that a spreadsheet would take for a formula
    (it begins with =, +, -, @ or their full-width forms) gets an apostrophe before it, which says that it is text: a
    release can't make your spreadsheet calculate or call anything. No cell has a line break.

    >>> spreadsheet(Table(("quote",), (("=HYPERLINK(1)",), ("up 5%",))))
    "\ufeffquote\r\n'=HYPERLINK(1)\r\nup 5%\r\n"
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(found.columns)
    writer.writerows([harmless(cell or "") for cell in row] for row in found)
    return "\ufeff" + sheet.getvalue()


def harmless(cell: str) -> str:
    """A cell's text on one line so that no spreadsheet takes it for a formula; numbers stay.

    >>> [harmless(cell) for cell in ("@SUM(A1)", " =1+1", "-5", "- a dash", "12.5", "CD44v6")]
    ["'@SUM(A1)", "'=1+1", '-5', "'- a dash", '12.5', 'CD44v6']
    """
    return guarded(line(cell))


def frame(found: Table) -> pandas.DataFrame:
    """A table as a pandas frame: numbers as numbers, days as dates; a month or year as its first day.

    Raises:
        OutputError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        remedy = 'run pip install "oncopact[notebook]"'
        raise OutputError("pandas is not installed", where="to_pandas", remedy=remedy) from error
    made = pd.DataFrame(list(found.rows), columns=list(found.columns))
    for column in made.columns:
        if column in _NUMBERS:
            made[column] = pd.to_numeric(made[column])
        elif column in _DAYS:
            made[column] = pd.to_datetime(made[column], format="ISO8601")
        elif column == "exclusive":
            made[column] = made[column].map({"true": True, "false": False}).astype("boolean")
    return made


_NUMBERS: Final = frozenset({"amount", "percent", "minimum_percent", "maximum_percent", "told_by"})
_DAYS: Final = frozenset({"earliest", "latest", "release_date"})


# ---------------------------------------------------------------- rows


def _table(material: Material, name: str) -> Table:
    kind, cells = _ROWS[name]
    rows = sorted(
        (_source(material, iri) | cells(material, iri) for iri in material.said.instances(kind)),
        key=lambda row: (row["release_date"] or "9999", row[name[:-1]] or ""),
    )
    columns = COLUMNS[name]
    return Table(columns, tuple(tuple(row[column] for column in columns) for row in rows))


def _agreement(material: Material, iri: str) -> Cells:
    view = material.said
    return {
        "kind": _kind(view, iri, OP.agreementKind),
        "licensor": _names(view, iri, OP.licensor),
        "licensee": _names(view, iri, OP.licensee),
        "parties": _names(view, iri, OP.party),
        "technologies": _names(view, iri, OP.coversTechnology),
        "products": _names(view, iri, OP.coversProduct),
        "targets": _names(view, iri, OP.coversTarget),
        "exclusive": view.value(iri, OP.exclusive),
        "territory": _joined(view.values(iri, OP.territory)),
        "excluded_territory": _joined(view.values(iri, OP.excludedTerritory)),
        "signed": view.value(iri, OP.signedOn),
        "earliest": view.value(iri, OP.earliest),
        "latest": view.value(iri, OP.latest),
        "events": _joined(_events(view, iri)),
        "part_of": _ids(view.values(iri, OP.partOf)),
        "agreement": short(iri),
    }


def _events(view: GraphView, iri: str) -> Iterator[str]:
    """What happened to an agreement, in the order of time: 'announced 2001-11; amended'."""
    events = view.subjects(OP.ofAgreement, iri)
    for node in sorted(events, key=lambda node: (view.value(node, OP.earliest) or "9999", node)):
        yield " ".join(filter(None, (view.value(node, OP.eventKind), view.value(node, OP.date))))


def _milestone(material: Material, iri: str) -> Cells:
    view = material.said
    deals = view.values(iri, OP.underAgreement)
    return {
        "event": view.value(iri, OP.milestoneEvent),
        "kind": _kind(view, iri, OP.milestoneKind),
        "status": view.value(iri, OP.status),
        "date": view.value(iri, OP.date),
        "earliest": view.value(iri, OP.earliest),
        "latest": view.value(iri, OP.latest),
        "product": _names(view, iri, OP.concernsProduct),
        "reached_by": _names(view, iri, OP.achievedBy),
        "parties": _joined(name for deal in deals for name in names(view, deal, OP.party)),
        "pays": _joined(amount(view, paid) for paid in view.values(iri, OP.triggers)),
        "became": _joined(describe(view, node) for node in view.values(iri, OP.fulfilledBy)),
        "agreement": _ids(deals),
        "milestone": short(iri),
    }


def _payment(material: Material, iri: str) -> Cells:
    view = material.said
    deals = view.values(iri, OP.underAgreement)
    return {
        "kind": _kind(view, iri, OP.paymentKind),
        "payer": _names(view, iri, OP.payer),
        "payee": _names(view, iri, OP.payee),
        "qualifier": view.value(iri, OP.amountQualifier),
        "amount": _number(view, iri, OP.amount),
        "currency": view.value(iri, OP.currency),
        "percent": _number(view, iri, OP.percentage),
        "minimum_percent": _number(view, iri, OP.minimumPercentage),
        "maximum_percent": _number(view, iri, OP.maximumPercentage),
        "as_printed": _joined(view.values(iri, OP.amountText)),
        "for_milestone": _joined(describe(view, node) for node in view.subjects(OP.triggers, iri)),
        "deal": _joined(agreement(view, deal) for deal in deals),
        "agreement": _ids(deals),
        "payment": short(iri),
    }


_ROWS: Final[Mapping[str, tuple[str, Callable[[Material, str], Cells]]]] = {
    "agreements": (OP.Agreement, _agreement),
    "milestones": (OP.Milestone, _milestone),
    "payments": (OP.Payment, _payment),
}


def _source(material: Material, iri: str) -> Cells:
    """The sentence behind a row and the release that it stands in."""
    seen = material.evidence.get(iri, ())
    first = best(seen, material.issued)
    if first is None:
        return dict.fromkeys(_SOURCE)
    view = material.said
    return {
        "modality": first.modality,
        "quote": line(first.quote),
        "rule": first.rule,
        "release": short(first.release),
        "release_title": view.value(first.release, DCTERMS.title),
        "release_date": view.value(first.release, DCTERMS.issued),
        "file": view.value(first.release, DCTERMS.source),
        "told_by": str(len({item.release for item in seen})),
    }


def _kind(view: GraphView, iri: str, prop: str) -> str | None:
    found = view.value(iri, prop)
    return notation(found) if found else None


def _names(view: GraphView, iri: str, prop: str) -> str | None:
    return _joined(names(view, iri, prop))


def _ids(iris: Sequence[str]) -> str | None:
    return _joined(short(iri) for iri in iris)


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(line(value) for value in values)) or None


def _number(view: GraphView, iri: str, prop: str) -> str | None:
    found = view.number(iri, prop)
    return None if found is None else format(found, "f")
