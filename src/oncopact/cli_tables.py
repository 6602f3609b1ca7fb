"""Tables for people: drawn on a terminal, plain columns in a pipe."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncopact.queries import Table
from oncopact.summary import Summary, summarize

if TYPE_CHECKING:
    from oncopact.knowledge import KnowledgeGraph


_FEW = 5
"""As many columns can share a terminal's line even where their cells are long."""


def print_table(table: Table, form: str) -> None:
    """Print a table as `--format` says."""
    match form:
        case "csv":
            click.echo(table.to_csv(), nl=False)
        case "json":
            click.echo(table.to_json(), nl=False)
        case _:
            show(table.shortened())


def show(table: Table) -> None:
    """Print a table; columns without any value are left out."""
    rows = [[_line(cell) for cell in row] for row in table.rows]
    kept = [index for index, _ in enumerate(table.columns) if not rows or any(row[index] for row in rows)]
    columns = [table.columns[index] for index in kept]
    shown = [[row[index] for index in kept] for row in rows]
    width = shutil.get_terminal_size().columns
    if sys.stdout.isatty() and len(columns) > _FEW and max(map(len, aligned([columns, *shown]))) > width:
        click.echo("\n\n".join("\n".join(block(columns, row)) for row in shown))
    elif sys.stdout.isatty():
        _draw(columns, shown)
    else:
        click.echo("\n".join(aligned([columns, *shown])))
    _count(table)


def show_quoted(table: Table) -> None:
    """Print a table row by row, below each the sentences that it rests on; empty cells are left out."""
    width = max(40, shutil.get_terminal_size().columns if sys.stdout.isatty() else 120)
    for index, row in enumerate(table.rows):
        lines = block([column.replace("_", " ") for column in table.columns], [_line(cell) for cell in row])
        for words, place in table.quotes(index):
            lines += textwrap.wrap(words, width - 4, initial_indent="    ", subsequent_indent="     ")
            lines += [f"      {place}"] if place else []
        click.echo(("\n" if index else "") + "\n".join(lines))
    _count(table)


def _count(table: Table) -> None:
    click.echo(f"{len(table)} row{'' if len(table) == 1 else 's'}", err=True)


def show_summary(graph: KnowledgeGraph, conforms: bool, out: Path | str) -> None:
    """Print what a build found: agreements in words, then the counts, then where the files are."""
    from oncopact.knowledge import WRITTEN

    summary = summarize(graph.view)
    skipped = sum(failure.skipped for failure in graph.failures)
    failed = len(graph.failures) - skipped
    counts = [[name, str(number)] for name, number in summary.counts]
    counts += [["inputs skipped", str(skipped)]] if skipped else []
    counts += [["inputs failed", str(failed)]] if failed else []
    counts += [["validation", "conforms" if conforms else "invalid"]]
    if sys.stdout.isatty():
        _draw_summary(summary, counts)
    else:
        _print_summary(summary, counts)
    click.echo(f"\n{out}: {', '.join(WRITTEN)}, texts/")


def _print_summary(summary: Summary, counts: Sequence[Sequence[str]]) -> None:
    for deal in summary.deals:
        click.echo(f"{deal.who}: {deal.what}" if deal.what else deal.who)
        click.echo(f"    {deal.terms}")
    if summary.deals:
        click.echo("")
    click.echo("\n".join(aligned([["found", "number"], *counts])))


def _draw_summary(summary: Summary, counts: Sequence[Sequence[str]]) -> None:
    deals = [[deal.who, deal.what, deal.terms] for deal in summary.deals]
    if deals:
        _draw(["who", "what", "terms"], deals)
    _draw(["found", "number"], counts)


def _draw(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn

    drawn = Drawn(box=box.SIMPLE_HEAD, show_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    Console(markup=False, highlight=False).print(drawn)


def block(columns: Sequence[str], row: Sequence[str]) -> list[str]:
    """A row as lines of a name and a value, for tables too wide for the terminal; empty cells are left out.

    >>> block(["kind", "signed", "covers"], ["licence", "", "TAP"])
    ['kind    licence', 'covers  TAP']
    """
    return aligned([[column, cell] for column, cell in zip(columns, row, strict=True) if cell])


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with their columns below each other, two blanks apart.

    >>> aligned([["found", "number"], ["companies", "7"]])
    ['found      number', 'companies  7']
    """
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _line(cell: str | None) -> str:
    return " ".join(cell.split()) if cell else ""
