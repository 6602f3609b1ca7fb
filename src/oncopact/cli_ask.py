"""The commands `oncopact ask` and `query`: free options, the list of questions, how answers are printed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from oncopact.asking import opened
from oncopact.cli_graph import chosen, here, is_graph
from oncopact.cli_tables import aligned, print_table, show, show_quoted
from oncopact.errors import QueryError
from oncopact.exporters import rdf
from oncopact.queries import ask as queries_ask
from oncopact.queries import catalogue, named, triples
from oncopact.questions import answer, question, turtle

if TYPE_CHECKING:
    from oncopact.question_files import NamedQuery, Parameter
    from oncopact.questions import Answer


def run(
    words: Sequence[str],
    *,
    form: str,
    evidence: bool,
    ids: bool,
    ctx: click.Context,
) -> None:
    """Ask and print; the options are the command's."""
    loose, options = _apart(ctx, words)
    if not options and (not loose or (len(loose) == 1 and is_graph(Path(loose[0])))):
        click.echo("\n".join(_listing()))
        return
    graph, query = _asked(ctx, loose, options)
    parameters = _parameters(ctx, query, options)
    graph = graph or here(ctx)
    with opened(graph) as (store, texts):
        found = answer(store, query, parameters, evidence=evidence and form != "turtle", texts=texts)
        facts = turtle(store, found.nodes, evidence=evidence) if form == "turtle" else ""
    if form == "turtle":
        click.echo(facts, nl=False)
    elif form == "table":
        _explain(found)
        (show_quoted if evidence else show)(found.table.readable(ids=ids))
    else:
        print_table(found.table, form)


def _explain(found: Answer) -> None:
    """How the question was understood, for people."""
    if sys.stderr.isatty():
        click.echo(found.query.title, err=True)
    for name, meant in found.meant:
        click.echo(f"{name}: {meant}", err=True)


def _apart(ctx: click.Context, words: Sequence[str]) -> tuple[list[str], list[tuple[str, str | None]]]:
    """The words that stand alone, and pairs of `--name value` or `--name=value`, whatever their order."""
    loose: list[str] = []
    options: list[tuple[str, str | None]] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            loose.append(word)
            continue
        if not word.startswith("--"):
            ctx.fail(f"{word}: parameters begin with two hyphens")
        name, equals, value = word.removeprefix("--").partition("=")
        if not equals and rest and not rest[0].startswith("--"):
            value, equals = rest.pop(0), "="
        options.append((name, value if equals else None))
    return loose, options


def _asked(
    ctx: click.Context, loose: Sequence[str], options: Sequence[tuple[str, str | None]]
) -> tuple[Path | None, NamedQuery]:
    """The graph, if one is named, and the question: the two may stand in either order."""
    at = next((index for index, word in enumerate(loose) if is_graph(Path(word))), None)
    names = [word for index, word in enumerate(loose) if index != at]
    if at is None and names and (any(sign in names[0] for sign in "/\\.") or (len(names) > 1 and not _known(names[0]))):
        return _missing(Path(names[0]))
    graph = Path(loose[at]) if at is not None else None
    if not names:
        ctx.fail("which question? `oncopact ask` lists them")
    query = question(names[0])
    if len(names) > 1:
        word = names[1]
        free = next((each for each in query.parameters if each.name not in dict(options)), None)
        hint = f"; a value stands after its parameter's name: --{free.name} {shlex.quote(word)}" if free else ""
        ctx.fail(f"{word}: {'no graph is there' if graph is None else 'one word too many'}{hint}")
    return graph, query


def _known(name: str) -> bool:
    try:
        question(name)
    except QueryError:
        return False
    return True


def _missing(place: Path) -> NoReturn:
    with opened(place):  # which says why it can't be
        raise QueryError("no question of that name", where=str(place), remedy="oncopact ask lists them")


def _parameters(ctx: click.Context, query: NamedQuery, options: Sequence[tuple[str, str | None]]) -> dict[str, str]:
    """The parameters by name."""
    given: dict[str, str] = {}
    for name, value in options:
        parameter = query.parameter(name)
        if parameter is None:
            ctx.fail(f"{query.name} has no parameter --{name}. {_takes(query)}")
        if value is None:
            ctx.fail(f"--{parameter.name} needs a value: {parameter.given}")
        if parameter.name in given:
            ctx.fail(f"--{parameter.name} is given twice")
        given[parameter.name] = value
    missing = [parameter for parameter in query.parameters if parameter.required and parameter.name not in given]
    if missing:
        ctx.fail(f"{query.name} needs --{missing[0].name}: {missing[0].given}. {_takes(query)}")
    return given


def _takes(query: NamedQuery) -> str:
    if not query.parameters:
        return "It takes none."
    lines = aligned([[f"  --{each.name}", each.text, _note(each)] for each in query.parameters])
    return "\n".join(["It takes:", *lines])


def _note(parameter: Parameter) -> str:
    if parameter.required:
        return "required"
    return f"default {parameter.default}" if parameter.default else " | ".join(parameter.choices)


def _listing() -> list[str]:
    """All questions with their parameters, for people."""
    lines: list[str] = []
    for query in catalogue():
        number = f"{query.number:>2}" if query.number else "  "
        also = f" (or {', '.join(query.also)})" if query.also else ""
        lines.append(f"{number}  {query.name}{also}")
        lines.append(f"      {query.title}")
        if query.parameters:
            names = " ".join(_option(each) for each in query.parameters)
            lines.append(f"      {names}")
    return lines


def _option(parameter: Parameter) -> str:
    return f"--{parameter.name}" if parameter.required else f"[--{parameter.name}]"


def run_query(words: Sequence[str], sparql: str | None, *, form: str, ctx: click.Context) -> None:
    """Answer an overview or free SPARQL and print; the options are the command's.

    Raises:
        QueryError: There is no overview of that name, or the query is malformed.
    """
    graph, names = chosen(ctx, words, most=1)
    name = names[0] if names else None
    if (name is None) == (sparql is None):
        known = "\n".join(f"  {item.name:<12} {item.title}" for item in named())
        ctx.fail(f"give the NAME of a question or a query by --file. Our questions:\n{known}")
    if name is not None and not any(item.name == name for item in named()):
        known = ", ".join(item.name for item in named())
        other = any(item.name == name for item in catalogue())
        remedy = f"ask it with oncopact ask {graph} {name}" if other else f"use one of {known}, or --file"
        raise QueryError("no question of that name", where=name, remedy=remedy)
    if name is not None and form == "turtle":
        ctx.fail("an overview's answer is a table: use --format csv, or --file with CONSTRUCT")
    with opened(graph) as (store, _):
        if form == "turtle":
            click.echo(rdf.turtle(triples(store, sparql or "")), nl=False)
        else:
            print_table(queries_ask(store, sparql or name or ""), form)
