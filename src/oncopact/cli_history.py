"""The commands that tell what happened when, and what releases contradict each other on."""
# ruff: noqa: D301  (click reads \b as "keep these lines")

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click

from oncopact.cli_graph import chosen

_PIPED = 120
"""So many characters has a line that goes into a file or a pipe."""
_NARROW = 60
_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)


@click.command(short_help="Show what happened, in the order of time.")
@click.argument("words", nargs=-1, required=True, metavar="[GRAPH] NAME")
@_format
@click.pass_context
def timeline(ctx: click.Context, words: Sequence[str], form: str) -> None:
    """Show what happened to a company, product, technology or agreement, in the order of time.

    NAME is a name as printed, or an id: company/immunogen, agreement/349ba4b318e26ad4. Planned and conditional
    milestones say what became of them, options whether they were exercised. Below each entry stand the sentence that
    says so and its file.

    \b
    Example:
      oncopact timeline kg ImmunoGen
    """
    from oncopact import history
    from oncopact.asking import opened
    from oncopact.evidence_places import Places
    from oncopact.history_text import timeline_table, timeline_text
    from oncopact.store_view import StoreView

    graph, (name,) = chosen(ctx, words, least=1, most=1)
    with opened(graph) as (store, texts):
        view = StoreView(store)
        found, places = history.timeline(view, name), Places(view, texts)
        if form == "text":
            _print(timeline_text(found, places, width=_width()), len(found), "entry", "entries")
        else:
            table = timeline_table(found, places)
            click.echo(table.to_csv() if form == "csv" else table.to_json(), nl=False)


@click.command(short_help="Show what releases contradict each other on.")
@click.argument("words", nargs=-1, metavar="[GRAPH]")
@_format
@click.pass_context
def conflicts(ctx: click.Context, words: Sequence[str], form: str) -> None:
    """Show what releases contradict each other on: dates, amounts, roles, payloads; each side with its sentence.

    \b
    Example:
      oncopact conflicts kg
    """
    from oncopact import history
    from oncopact.asking import opened
    from oncopact.evidence_places import Places
    from oncopact.history_text import conflict_table, conflict_text
    from oncopact.store_view import StoreView

    graph, _ = chosen(ctx, words)
    with opened(graph) as (store, texts):
        view = StoreView(store)
        found, places = history.conflicts(view), Places(view, texts)
        if form == "text":
            _print(conflict_text(found, places, width=_width()), len(found), "contradiction", "contradictions")
        else:
            table = conflict_table(found, places)
            click.echo(table.to_csv() if form == "csv" else table.to_json(), nl=False)


def _width() -> int:
    return max(_NARROW, shutil.get_terminal_size().columns) if sys.stdout.isatty() else _PIPED


def _print(text: str, count: int, one: str, many: str) -> None:
    if text:
        click.echo(text)
    click.echo(f"{count or 'no'} {one if count == 1 else many}", err=True)
