"""The commands `oncopact ask` and `query`: free options, the list of questions, how answers are printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncopact.asking import opened
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
    graph: Path | None,
    name: str | None,
    words: Sequence[str],
    *,
    form: str,
    evidence: bool,
    ids: bool,
    ctx: click.Context,
) -> None:
    """Ask and print; the options are the command's."""
    if graph is None or name is None:
        click.echo("\n".join(_listing()))
        return
    query = question(name)
    parameters = _parameters(ctx, query, words)
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


def _parameters(ctx: click.Context, query: NamedQuery, words: Sequence[str]) -> dict[str, str]:
    """The parameters that stand on the command line as `--name value` or `--name=value`."""
    given: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        parameter = query.parameter(name) if word.startswith("--") else None
        if parameter is None:
            ctx.fail(f"{query.name} has no parameter {word}. {_takes(query)}")
        if not equals:
            if not rest or rest[0].startswith("--"):
                ctx.fail(f"--{parameter.name} needs a value: {parameter.given}")
            value = rest.pop(0)
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
        lines.append(f"{number}  {query.name}")
        lines.append(f"      {query.title}")
        if query.parameters:
            names = " ".join(_option(each) for each in query.parameters)
            lines.append(f"      {names}")
    return lines


def _option(parameter: Parameter) -> str:
    return f"--{parameter.name}" if parameter.required else f"[--{parameter.name}]"


def run_query(graph: Path, name: str | None, sparql: str | None, *, form: str, ctx: click.Context) -> None:
    """Answer an overview or free SPARQL and print; the options are the command's.

    Raises:
        QueryError: There is no overview of that name, or the query is malformed.
    """
    if (name is None) == (sparql is None):
        known = "\n".join(f"  {item.name:<12} {item.title}" for item in named())
        ctx.fail(f"give the NAME of a question or --file, not both. Our questions:\n{known}")
    if name is not None and not any(item.name == name for item in named()):
        known = ", ".join(item.name for item in named())
        other = any(item.name == name for item in catalogue())
        remedy = f"ask it with oncopact ask GRAPH {name}" if other else f"use one of {known}, or --file"
        raise QueryError("no question of that name", where=name, remedy=remedy)
    if name is not None and form == "turtle":
        ctx.fail("an overview's answer is a table: use --format csv, or --file with CONSTRUCT")
    with opened(graph) as (store, _):
        if form == "turtle":
            click.echo(rdf.turtle(triples(store, sparql or "")), nl=False)
        else:
            print_table(queries_ask(store, sparql or name or ""), form)
