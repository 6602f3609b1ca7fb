"""The command that makes a page to look at."""
# ruff: noqa: D301  (click reads \b as "keep these lines")

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from oncopact.cli_graph import chosen


@click.command(short_help="Make a page to look at a graph.")
@click.argument("words", nargs=-1, metavar="[GRAPH]")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="The page; else standard output."
)
@click.option(
    "--about",
    metavar="NAME",
    help="Only releases that speak of this company, product, technology or agreement: a name or an id.",
)
@click.option("--title", metavar="TITLE", help="What the page is called; else what it is about, or the folder's name.")
@click.option(
    "--texts",
    type=click.Choice(["all", "deals", "none"]),
    default="all",
    show_default=True,
    help="Which releases' texts go in: all, those that speak of agreements, milestones or payments, or none.",
)
@click.pass_context
def view(
    ctx: click.Context, words: Sequence[str], out: Path | None, about: str | None, title: str | None, texts: str
) -> None:
    """Make a page to look at a graph: the network, lists, timelines, and each release with its facts marked.

    GRAPH is a store, a folder that `oncopact build` wrote, or its .trig or .nq file. The page is one file that opens
    from disk in any browser and needs no network. A click on a fact shows the sentence that states it and the rule that
    read it; a click on a sentence shows what is read from it.

    A page of some hundred releases is a few megabytes; of a larger store, show what a thing is about.

    \b
    Examples:
      oncopact view kg --out page.html
      oncopact view kg --about ImmunoGen --out immunogen.html
    """
    from oncopact.viewer import view as page_of

    if out is None and sys.stdout.isatty():
        ctx.fail("a page is nothing to read on a terminal; give --out page.html")
    graph, _ = chosen(ctx, words)
    page = page_of(graph, out, title=title, texts=texts, about=about)
    if texts == "all" and 'id="text-' not in page:
        click.echo("no texts lie beside the graph: the page shows the quotes alone", err=True)
    if out is None:
        click.echo(page, nl=False)
    else:
        click.echo(f"{out}: {len(page.encode()) / 1e6:.1f} MB", err=True)
