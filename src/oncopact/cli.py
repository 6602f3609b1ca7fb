"""Words in, words out: the commands. Data goes to standard output, words about the work to standard error.

Exit status 0: done; 1: an input failed or a graph is invalid; 2: the command was called wrongly. Everything heavy is
imported inside the commands, so that help is quick.
"""
# ruff: noqa: D301  (click reads \b as "keep these lines")

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oncopact import __version__
from oncopact.cli_export import export
from oncopact.cli_graph import chosen
from oncopact.cli_history import conflicts, timeline
from oncopact.cli_load import load
from oncopact.cli_progress import place_or_url
from oncopact.cli_view import view
from oncopact.cli_vocabulary import vocabulary
from oncopact.collector import relax
from oncopact.errors import NothingReadError, OncopactError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.decorators import FC

    from oncopact.engines import Engine
    from oncopact.knowledge import KnowledgeGraph
    from oncopact.lexicon import Lexicon
    from oncopact.model import Failure, Findings
    from oncopact.queries import Table

PLACE = click.Path(path_type=Path)


class Commands(click.Group):
    """A group of commands whose own errors are one line and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except OncopactError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="oncopact")
def cli() -> None:
    """Turn oncology press releases into knowledge graphs: who licenses what to whom, and the sentence that says so.

    A first try, with any press release saved as text, HTML or EDGAR submission:

    \b
      oncopact build release.txt --out out    read it, write the graph to out/
      oncopact query out agreements           ask who licenses what to whom
      oncopact ask                            see what else can be asked
      oncopact explain out company/immunogen  see which sentences say so
      oncopact view out --out page.html       look at it in a browser

    Commands that read a graph take the one that lies here, in this folder or in a folder of it, where none is named.
    """


_releases = click.argument("releases", nargs=-1, required=True, metavar="RELEASE…")
_vocabulary = click.option(
    "--vocabulary",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A folder of your own vocabulary files; its rows add to ours or override them. May be given again.",
)


def _forms(*forms: str) -> Callable[[FC], FC]:
    """The option that says how to print an answer."""
    choice = click.Choice(forms)
    return click.option(
        "--format", "form", type=choice, default=forms[0], show_default=True, help="How to print the answer."
    )


_graph_alone = click.argument("words", nargs=-1, metavar="[GRAPH]")
_format = _forms("table", "csv", "json")
_format_or_turtle = _forms("table", "csv", "json", "turtle")


@cli.command(short_help="Read releases and write their knowledge graph.")
@_releases
@click.option(
    "--out", type=place_or_url, metavar="DIR", help="The folder or URL to write files to; made where missing."
)
@click.option(
    "--shards",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Write --out as N files for bulk loaders, where it is read.",
)
@click.option("--store", type=place_or_url, metavar="DIR", help="The store to keep up to date, for work that lasts.")
@click.option("--prune", is_flag=True, help="With --store: take away what came from files that are gone.")
@click.option("--strict", is_flag=True, help="With --store: stop at the first release that breaks the shapes.")
@click.option(
    "--curation",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Your word on what is the same, a table in the manner of SSSOM.",
)
@_vocabulary
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Read with N processes.")
@click.option(
    "--engine",
    "where",
    type=click.Choice(["local", "dask"]),
    default="local",
    help="Where to read: on this machine, or on a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="With --engine dask: the scheduler; without it, N local workers.")
@click.option("--quiet", is_flag=True, help="Print no summary.")
@click.pass_context
def build(
    ctx: click.Context,
    releases: Sequence[str],
    out: Path | str | None,
    store: Path | str | None,
    curation: Path | None,
    folders: Sequence[Path],
    *,
    jobs: int,
    where: str,
    scheduler: str | None,
    shards: int | None,
    prune: bool,
    strict: bool,
    quiet: bool,
) -> None:
    """Read releases and write their knowledge graph.

    RELEASE is a file, a folder (walked), an archive (.zip, .gz), a URL of one of these (s3://bucket/releases) or - for
    standard input. Text, HTML, Markdown, JSON and EDGAR submissions are told apart by their content.

    \b
    Into DIR go:
      graph.ttl       what the releases state, as Turtle
      graph.trig      the same in one named graph per release, with the evidence of every fact
      graph.graphml   the network, for Gephi, Cytoscape or NetworkX
      validation.ttl  and validation.txt: whether the graph keeps to the shapes
      texts/          each release's text, in which the evidence's offsets count

    With --store, DIR is a store that lasts: what is unchanged is left alone, what is new or changed is added, and a
    release that breaks the shapes is kept out with a report. All commands that take a graph take a store.

    With --shards, DIR gets compressed N-Quads and a manifest, for bulk loaders; with --engine dask they are made where
    the releases are read, and no machine holds the whole.

    \b
    Examples:
      oncopact build releases/ --out out
      oncopact build releases/ --store kg --jobs 4
      oncopact build s3://bucket/releases --out s3://bucket/kg --shards 64 --engine dask --scheduler tcp://head:8786
    """
    from oncopact.engines import engine
    from oncopact.urls import landing

    if scheduler is not None and where != "dask":
        ctx.fail("--scheduler goes with --engine dask")
    if (out is None) == (store is None):
        ctx.fail("give --out DIR to write files, or --store DIR to keep a store")
    if shards is not None and out is None:
        ctx.fail("--shards goes with --out")
    if store is not None:
        from oncopact.cli_store import build as into_store

        if isinstance(store, str):
            ctx.fail(f"{store}: a store lives on a disk of this machine; give a folder, or --out with --shards")
        with engine(where, jobs=jobs, scheduler=scheduler) as runs:
            into_store(
                releases, store, folders=folders, curated=curation, prune=prune, strict=strict, quiet=quiet, engine=runs
            )
        return
    if out is None or prune or strict:
        ctx.fail("--prune and --strict go with --store")
    if shards is not None:
        from oncopact.cli_shards import build as into_shards

        with engine(where, jobs=jobs, scheduler=scheduler) as runs:
            into_shards(releases, out, shards=shards, folders=folders, curated=curation, quiet=quiet, engine=runs)
        return
    with engine(where, jobs=jobs, scheduler=scheduler) as runs:
        graph = _graph(releases, _lexicon(folders), curation, engine=runs, folders=folders)
    report = graph.validate()
    with landing(out) as place:
        graph.write(place, report=report)
    if not quiet:
        from oncopact.cli_tables import show_summary

        show_summary(graph, report.conforms, out)
    if not report.conforms:
        broken = sum(result.severity == "Violation" for result in report.results)
        click.echo(f"invalid: the graph breaks the shapes {broken} times; see {out}/validation.txt", err=True)
    _finish(graph, ok=report.conforms)


@cli.command(short_help="Write one flat JSON record per release.")
@_releases
@click.option(
    "--out", type=PLACE, metavar="DIR", help="The folder to write to; without it, records go to standard output."
)
@_vocabulary
def records(releases: Sequence[str], out: Path | None, folders: Sequence[Path]) -> None:
    """Write one flat JSON record per release: names as printed, agreements, milestones, payments.

    A record is named after the release's file: deal.txt gives DIR/deal.json.

    \b
    Example:
      oncopact records releases/ --out records
    """
    from oncopact.exporters.files import write_file
    from oncopact.exporters.records import as_json

    graph = _graph(releases, _lexicon(folders))
    for name, content in graph.records().items():
        if out is None:
            click.echo(as_json(content), nl=False)
        else:
            write_file(out / f"{name}.json", as_json(content))
    _finish(graph)


@cli.command(short_help="Check a graph against the shapes.")
@_graph_alone
@_forms("text", "turtle")
@click.pass_context
def validate(ctx: click.Context, words: Sequence[str], form: str) -> None:
    """Check a graph against the shapes: values, kinds, directions, dates, and evidence for every fact.

    GRAPH is a .trig, .nq, .ttl or .nt file, or a folder or store that `oncopact build` wrote. Exit status 1 means
    that the graph is invalid; the report says which node, what is wrong, and what to do.

    \b
    Example:
      oncopact validate out/graph.trig
    """
    from oncopact import cli_store

    graph, _ = chosen(ctx, words)
    report = cli_store.validate(graph)
    click.echo(report.text if form == "text" else report.graph.serialize(format="turtle"), nl=False)
    if not report.conforms:
        raise SystemExit(1)


@cli.command(short_help="Ask a graph a question.")
@click.argument("words", nargs=-1, metavar="[GRAPH] [NAME]")
@click.option("--file", "source", type=click.File(encoding="utf-8"), metavar="Q.rq", help="A file with SPARQL, or -.")
@_format_or_turtle
@click.pass_context
def query(ctx: click.Context, words: Sequence[str], source: Any, form: str) -> None:
    """Ask a graph a question: one of ours by NAME, or your own SPARQL.

    Our overviews: agreements, payments, conjugates, milestones, evidence; `oncopact ask` has questions that take
    parameters. The default graph is the union of all releases; named graphs are reached by GRAPH. Prefixes (op:,
    company:, skos:, …) are declared for you. Turtle is for CONSTRUCT and DESCRIBE.

    \b
    Examples:
      oncopact query out agreements
      oncopact query out --file mine.rq --format csv > mine.csv
    """
    from oncopact.cli_ask import run_query

    run_query(words, source.read() if source else None, form=form, ctx=ctx)


@cli.command(
    short_help="Ask one of our questions, with parameters.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": True},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[GRAPH] [QUESTION] [--PARAMETER VALUE]…")
@_format_or_turtle
@click.option("--evidence", is_flag=True, help="Show for each row the sentences that it rests on.")
@click.option("--ids", is_flag=True, help="Show the ids of the nodes, too; explain takes them.")
@click.pass_context
def ask(
    ctx: click.Context,
    words: Sequence[str],
    form: str,
    *,
    evidence: bool,
    ids: bool,
) -> None:
    """Ask one of our questions, by name or number, with parameters. Without QUESTION they are listed.

    Things are given by any of their names, in any spelling: INN, code, brand, former or short name, or an id. What is
    asked and what the columns say is in docs/questions.md. Turtle gives the facts behind the answer. GRAPH and QUESTION
    may stand in either order.

    \b
    Examples:
      oncopact ask
      oncopact ask kg rights-to-technology --technology TAP --evidence
      oncopact ask kg agreements-of-company --company ImmunoGen --since 2001 --format csv > deals.csv
    """
    from oncopact.cli_ask import run

    run(words, form=form, evidence=evidence, ids=ids, ctx=ctx)


@cli.command(short_help="Show a node, its facts, and the words that state them.")
@click.argument("words", nargs=-1, required=True, metavar="[GRAPH] NODE")
@_forms("text", "json")
@click.pass_context
def explain(ctx: click.Context, words: Sequence[str], form: str) -> None:
    """Show a node, what is said of it, and for each fact the words that say so.

    NODE is a name as printed, an IRI, or an id: company/immunogen, agreement/349ba4b318e26ad4; `ask --ids` shows ids.
    Under each fact stand the quote, the release, the offsets in its text, the section and the rule that read it.

    \b
    Example:
      oncopact explain out company/immunogen
    """
    from oncopact import cli_store

    graph, (node,) = chosen(ctx, words, least=1, most=1)
    explanation = cli_store.explain(graph, node)
    click.echo(explanation.text if form == "text" else explanation.to_json(), nl=False)


@cli.command(short_help="Show what a store holds and what is to do.")
@click.argument("words", nargs=-1, metavar="[STORE]")
@_vocabulary
@click.pass_context
def status(ctx: click.Context, words: Sequence[str], folders: Sequence[Path]) -> None:
    """Show what a store holds, and which of its inputs have changed since.

    \b
    Example:
      oncopact status kg
    """
    from oncopact import cli_store

    store, _ = chosen(ctx, words)
    cli_store.status(store, folders=folders)


cli.add_command(export)


@cli.command(short_help="List the rules, with examples.")
@click.argument("releases", nargs=-1, metavar="[RELEASE]…")
@_format
def rules(releases: Sequence[str], form: str) -> None:
    """List the rules that read releases, each with an example; given releases, also how often each fired.

    \b
    Examples:
      oncopact rules
      oncopact rules release.txt --format csv
    """
    from oncopact.rules import table

    if not releases:
        _print(table(), form)
        return
    graph = _graph(releases, _lexicon(()))
    _print(table(graph.findings), form)
    _finish(graph)


@cli.command(short_help="Measure against records that people have written.")
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("releases", metavar="RELEASES", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--half",
    type=click.Choice(["all", "even", "odd"]),
    default="all",
    show_default=True,
    help="Only the releases at even or odd positions of the sorted list.",
)
@click.option(
    "--without",
    metavar="NAMES",
    default="",
    help="Run without the vocabulary's rows of these files, "
    "separated by commas: companies, conjugates, antibodies, payloads, targets, technologies.",
)
@_vocabulary
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="List the first N differences.")
@click.option("--fields", is_flag=True, help="Print the figures of each field, too.")
@click.option("--json", "saved", type=PLACE, metavar="FILE", help="Save all figures, for --against and --beside.")
@click.option("--against", type=PLACE, metavar="FILE", help="List what each release gained and lost since FILE.")
@click.option("--html", type=PLACE, metavar="FILE", help="Write a page with the worst releases, their text marked.")
@click.option(
    "--worst",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many releases the page shows.",
)
@click.option("--markdown", type=PLACE, metavar="FILE", help="Write the page for the documentation.")
@click.option("--corpus", metavar="NAME", help="What the reports call the records; without it, the folder's name.")
@click.option("--date", metavar="DATE", help="The date that the documentation's page states.")
@click.option(
    "--beside",
    multiple=True,
    type=PLACE,
    metavar="FILE",
    help="Saved figures of another run to set beside these in the documentation's page. May be given again.",
)
def evaluate(gold: Path, releases: Path, **options: Any) -> None:
    """Measure what is found against records that people have written.

    GOLD_DIR holds one record per release, <id>.json; RELEASES holds the releases, <id>.txt, <id>.html and so on.
    Printed are precision, recall and F1 by kind, and the first stage that lost what is missed: read (the text lacks
    the words), sections (they lie in a silent section), sentences, names, resolve, frames, merge, slots.

    \b
    Examples:
      oncopact evaluate gold/ releases/ --errors 20
      oncopact evaluate gold/ releases/ --json before.json
      oncopact evaluate gold/ releases/ --against before.json --html worst.html
    """
    from oncopact.cli_evaluate import run

    run(gold, releases, **options)


cli.add_command(vocabulary)
cli.add_command(view)


# ---------------------------------------------------------------- shared by the commands


def _lexicon(folders: Sequence[Path]) -> Lexicon:
    from oncopact.lexicon import load

    return load(directories=tuple(folders))


def _graph(
    releases: Sequence[str],
    lexicon: Lexicon,
    curated: Path | None = None,
    *,
    engine: Engine | None = None,
    folders: Sequence[Path] = (),
) -> KnowledgeGraph:
    """The graph of the releases; each input that fails is reported when it does.

    Raises:
        SystemExit: No input was a release.
    """
    from oncopact import curation
    from oncopact.cli_progress import Progress
    from oncopact.knowledge import build as build_graph
    from oncopact.model import Failure

    word = curation.load(curated) if curated else None
    missed: list[Failure] = []
    try:
        with Progress(releases) as progress:

            def step(result: Findings | Failure) -> None:
                progress.step(result)
                missed.extend([result] if isinstance(result, Failure) else [])

            graph = build_graph(releases, lexicon=lexicon, progress=step, curation=word, engine=engine, folders=folders)
    except NothingReadError:
        graph = None
    for failure in graph.failures if graph else missed:
        _report(failure)
    if graph is None or not graph.findings:
        click.echo("no release was read, nothing is written", err=True)
        raise SystemExit(1)
    return graph


def _report(result: Findings | Failure) -> None:
    from oncopact.model import Failure

    if isinstance(result, Failure):
        named = result.message if result.name in result.message else f"{result.name}: {result.message}"
        click.echo(("skipped: " if result.skipped else "failed: ") + " ".join(named.split()), err=True)


def _finish(graph: KnowledgeGraph, *, ok: bool = True) -> None:
    failed = [failure for failure in graph.failures if not failure.skipped]
    if failed or not ok:
        raise SystemExit(1)


def _print(table: Table, form: str) -> None:
    from oncopact.cli_tables import print_table

    print_table(table, form)


cli.add_command(load)
cli.add_command(timeline)
cli.add_command(conflicts)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    relax()
    cli(prog_name="oncopact")


if __name__ == "__main__":
    main()
