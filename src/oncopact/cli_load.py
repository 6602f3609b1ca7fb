"""The command that loads a graph into a triple store: its words and what it does."""
# ruff: noqa: D301  (click reads \b as "keep these lines")

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oncopact.errors import LoadError

if TYPE_CHECKING:
    from rich.progress import Progress

    from oncopact.endpoint import Endpoint
    from oncopact.loading import Loaded, Step


@click.command(short_help="Load a graph into a triple store.")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option("--endpoint", required=True, metavar="URL", help="The address of the server, dataset or repository.")
@click.option(
    "--server",
    type=click.Choice(["oxigraph", "fuseki", "graphdb", "rdf4j", "virtuoso"]),
    help="What server it is, where it does not say so itself.",
)
@click.option("--update-url", metavar="URL", help="For another server: where it takes updates; --endpoint is then …")
@click.option("--graph-store-url", metavar="URL", help="… where it takes questions, and this where it takes graphs.")
@click.option("--dry-run", is_flag=True, help="List what would be sent and removed; change nothing.")
@click.option("--full", is_flag=True, help="Send every graph, whether it changed or not.")
@click.option("--prune", is_flag=True, help="Remove what is gone even if it is more than half of what was loaded.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for an answer.",
)
@click.option("--quiet", is_flag=True, help="Print no account.")
def load(graph: Path, **options: Any) -> None:
    """Load a graph into a triple store: Oxigraph, Fuseki, GraphDB, RDF4J, Virtuoso, or another that speaks SPARQL 1.1.

    GRAPH is a store, or a .trig or .nq file. Each of its named graphs is replaced whole, and only those that changed
    since the last load; what is gone from GRAPH is removed there. Other graphs are not touched. A load that was
    interrupted is continued by the next one.

    User and password come from the variables ONCOPACT_USER and ONCOPACT_PASSWORD, or from a netrc file.

    \b
    Examples:
      oncopact load kg --endpoint http://localhost:7878 --dry-run
      oncopact load kg --endpoint https://graphs.example.org/repositories/deals
    """
    _run(graph, **options)


def _run(
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
    from oncopact import loading

    target = _target(endpoint, update_url, graph_store_url, server)
    with _shown(dry_run=dry_run) as (progress, say):
        try:
            done = loading.load(
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


def export_shards(graph: Path, out: Path | str, *, shards: int) -> None:
    """Write a graph as shards for bulk loaders."""
    from oncopact.exporters.shards import write_shards
    from oncopact.offers import offered

    with offered(graph) as found:
        write_shards((offer.quads for offer in found.graphs), out, shards=shards)


def _target(endpoint: str, update: str | None, graphs: str | None, server: str | None) -> str | Endpoint:
    from oncopact.endpoint import Endpoint, checked_url

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
    from oncopact.cli_tables import aligned

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
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (BarColumn(20), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield _moving(bar, dry_run=dry_run), (lambda words: console.print(words))


def _moving(bar: Progress, *, dry_run: bool) -> Callable[[Step], None]:
    task = bar.add_task("asking what was loaded", total=None)
    sent = triples = 0

    def progress(step: Step) -> None:
        nonlocal sent, triples
        sent += step.triples > 0
        triples += step.triples
        words = "graphs" if dry_run else f"graphs, {sent:,} sent with {triples:,} triples"
        bar.update(task, description=words, total=step.of, advance=1)
        _planned(step, dry_run=dry_run)

    return progress


def _planned(step: Step, *, dry_run: bool) -> None:
    """Print what would be done to a graph."""
    from oncopact.loading import Action

    if dry_run and step.action is not Action.KEEP:
        click.echo(f"{step.action}\t{step.graph}\t{step.triples}")
