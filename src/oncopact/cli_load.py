"""What `oncopact load` does; `cli` has its words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncopact.cli_tables import aligned
from oncopact.endpoint import Endpoint, checked_url
from oncopact.errors import LoadError
from oncopact.loading import Action, Loaded, Step, load

if TYPE_CHECKING:
    from rich.progress import Progress


def run(
    graph: Path,
    *,
    endpoint: str,
    server: str | None,
    update_url: str | None,
    graph_store_url: str | None,
    dry_run: bool,
    full: bool,
    prune: bool,
    timeout: float,
    quiet: bool,
) -> None:
    """Load a graph, show how it goes, and give the account; the options are the command's.

    Raises:
        UsageError: An address is none, or one of several is missing.
    """
    target = _target(endpoint, update_url, graph_store_url, server)
    with _shown(dry_run=dry_run) as (progress, say):
        try:
            done = load(
                graph,
                target,
                server=server,
                dry_run=dry_run,
                full=full,
                prune=prune,
                timeout=timeout,
                progress=progress,
                say=say,
            )
        except KeyboardInterrupt:
            click.echo("interrupted: what was loaded stays; run again to continue", err=True)
            raise SystemExit(1) from None
    if not quiet:
        _account(done, dry_run=dry_run)


def _target(endpoint: str, update: str | None, graphs: str | None, server: str | None) -> str | Endpoint:
    if (update is None) != (graphs is None):
        raise click.UsageError("--update-url and --graph-store-url go together; --endpoint takes the questions then")
    if update is not None and server is not None:
        raise click.UsageError("give --server, or --update-url and --graph-store-url")
    try:
        url = checked_url(endpoint)
        if update is None or graphs is None:
            return url
        return Endpoint(url, checked_url(update), checked_url(graphs))
    except LoadError as error:
        raise click.UsageError(str(error)) from error


def _account(done: Loaded, *, dry_run: bool) -> None:
    counts = [("added", done.added), ("replaced", done.replaced), ("removed", done.removed)]
    counts += [("unchanged", done.unchanged)]
    counts += [("continued from an earlier load", done.resumed)] if done.resumed else []
    counts += [("triples to send" if dry_run else "triples sent", done.triples)]
    click.echo(
        "\n".join(aligned([["graphs", "number"], *([name, str(number)] for name, number in counts)])), err=dry_run
    )
    if dry_run:
        click.echo("tried dry: nothing was changed", err=True)
    elif done.nothing:
        click.echo("nothing to do: the triple store is up to date, nothing was sent", err=True)


@contextmanager
def _shown(*, dry_run: bool) -> Iterator[tuple[Callable[[Step], None], Callable[[str], None]]]:
    """How a load shows itself: on a terminal as a line that moves, and what is waited for in lines of their own."""
    if not sys.stderr.isatty():
        yield (lambda step: _planned(step, dry_run=dry_run)), (lambda words: click.echo(words, err=True))
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield _moving(bar, dry_run=dry_run), (lambda words: console.print(words))


def _moving(bar: Progress, *, dry_run: bool) -> Callable[[Step], None]:
    task = bar.add_task("asking what was loaded", total=None)
    seen = sent = triples = 0

    def progress(step: Step) -> None:
        nonlocal seen, sent, triples
        seen += 1
        sent += step.action in (Action.ADD, Action.REPLACE)
        triples += step.triples
        bar.update(task, description=f"{seen} graphs seen, {sent} sent with {triples:,} triples")
        _planned(step, dry_run=dry_run)

    return progress


def _planned(step: Step, *, dry_run: bool) -> None:
    """Print what would be done to a graph."""
    if dry_run and step.action is not Action.KEEP:
        click.echo(f"{step.action}\t{step.graph}\t{step.triples}")
