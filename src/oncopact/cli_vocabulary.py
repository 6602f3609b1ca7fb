"""The command `oncopact vocabulary`: the user's own files, checked."""
# ruff: noqa: D301  (click reads \b as "keep these lines")

from __future__ import annotations

from pathlib import Path

import click


@click.group(short_help="Check your own vocabulary files.")
def vocabulary() -> None:
    """Work with the vocabulary: the names and identifiers that are known beforehand."""


@vocabulary.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
def lint(folder: Path | None) -> None:
    """Check vocabulary files: columns, duplicates, dangling references, ambiguous names.

    Without FOLDER the shipped vocabulary is checked.

    \b
    Example:
      oncopact vocabulary lint my-vocabulary
    """
    from oncopact.resources import folder as shipped
    from oncopact.vocabulary import lint as problems_of

    problems = problems_of(folder or shipped("ontology/vocabulary"))
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(problems)} problems" if problems else "no problems", err=True)
    if problems:
        raise SystemExit(1)
