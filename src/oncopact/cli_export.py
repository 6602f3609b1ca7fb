"""The command `oncopact export`: a graph in the forms that other tools read."""
# ruff: noqa: D301  (click reads \b as "keep these lines")

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from oncopact.cli_progress import place_or_url

_SHARDS: Final = "nquads.gz"
_FORMATS: Final = (
    "trig",
    "nq",
    "jsonld",
    "ttl",
    "nt",
    "rdf",
    "graphml",
    "gexf",
    "json",
    "neo4j",
    "png",
    "svg",
    "csv",
    _SHARDS,
)
_VIEWS: Final = ("everything", "companies", "products")


@click.command(short_help="Write a graph in the forms that other tools read.")
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), help="Else what the ending of FILE says; without either, trig."
)
@click.option(
    "--out", type=place_or_url, metavar="FILE", help="Or a URL; else standard output. For csv and neo4j a folder."
)
@click.option(
    "--view", type=click.Choice(_VIEWS), default="everything", show_default=True, help="What a network shows."
)
@click.option("--since", metavar="DATE", help="Networks: keep what happened then or later (2001, 2001-11, 2001-11-27).")
@click.option("--until", metavar="DATE", help="Networks: keep what happened then or earlier.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Networks: keep deals, milestones, payments of this kind. May be given again.",
)
@click.option("--shards", type=click.IntRange(1, 256), metavar="N", help="With nquads.gz: in how many files.")
@click.pass_context
def export(
    ctx: click.Context,
    graph: Path,
    form: str | None,
    out: Path | str | None,
    *,
    view: str,
    since: str | None,
    until: str | None,
    kinds: Sequence[str],
    shards: int | None,
) -> None:
    """Write a graph in the forms that other tools read. GRAPH is a store, a folder that build wrote, or a file.

    \b
    The graph:
      trig, nq, jsonld   named graphs with the evidence of every fact
      nquads.gz          the same as nq in N files and a manifest, for bulk loaders
      ttl, nt, rdf       the union of the facts, without evidence (rdf is RDF/XML)
    The network, whole or as a view (companies: who deals with whom; products: who owns, develops, passes on what):
      graphml            for Cytoscape, igraph, yEd
      gexf               for Gephi, with colours and a timeline
      json               node-link, for D3 and NetworkX
      png, svg           a picture
      neo4j              nodes.csv and relationships.csv for the bulk import of property-graph databases
    Tables:
      csv                agreements.csv, milestones.csv, payments.csv, each row with its sentence and release

    \b
    Examples:
      oncopact export kg --out kg.nq
      oncopact export kg --view companies --since 2015 --out market.gexf
      oncopact export kg --format csv --out tables
      oncopact export kg --format nquads.gz --shards 8 --out shards
    """
    if form == _SHARDS:
        from oncopact.cli_load import export_shards

        if out is None:
            ctx.fail("nquads.gz goes into a folder; give --out DIR")
        export_shards(graph, out, shards=shards or 1)
        return
    if shards is not None:
        ctx.fail("--shards goes with --format nquads.gz")
    from oncopact.exporters.formats import FORMATS, Cut, by_ending

    chosen = FORMATS[form] if form else (by_ending(Path(out)) if out else FORMATS["trig"])
    if chosen is None:
        ctx.fail(f"{out}: no format has this ending; give --format")
    cut = Cut(view, since, until, tuple(kinds))
    if not chosen.cut and not cut.whole:
        ctx.fail(f"--view, --since, --until and --kind go with networks, not with {chosen.name}")
    if chosen.files and out is None:
        ctx.fail(f"{chosen.name} has several files; give --out DIR")
    from oncopact.cli_store import opened

    with opened(graph) as graphs:
        if out is not None:
            from oncopact.urls import landing

            with landing(out) as place:
                chosen.write(graphs, place, cut)
            return
        for piece in chosen.one(graphs, cut):
            click.echo(piece, nl=False)
