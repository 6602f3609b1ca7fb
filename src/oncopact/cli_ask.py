"""The command `oncopact ask`: its free options, its list of questions, and how answers are printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncopact.asking import opened
from oncopact.cli_tables import aligned, show, show_quoted
from oncopact.queries import catalogue
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
    match form:
        case "turtle":
            click.echo(facts, nl=False)
        case "csv":
            click.echo(found.table.to_csv(), nl=False)
        case "json":
            click.echo(found.table.to_json(), nl=False)
        case _:
            _explain(found)
            (show_quoted if evidence else show)(found.table.readable(ids=ids))


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


def construct(graph: Path, source: str) -> str:
    """The triples of a CONSTRUCT or DESCRIBE query as Turtle.

    Raises:
        QueryError: The query is of another kind, or malformed.
    """
    from oncopact.exporters import rdf
    from oncopact.queries import triples

    with opened(graph) as (store, _):
        return rdf.turtle(triples(store, source))
