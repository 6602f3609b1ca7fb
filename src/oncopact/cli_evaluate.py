"""The command `oncopact evaluate`: figures to standard output, files where asked for, words to standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import click

from oncopact import evaluate_report as report
from oncopact.cli_tables import aligned
from oncopact.evaluate import WITHOUT, Evaluation, Judged, evaluate
from oncopact.exporters.files import write_file
from oncopact.lexicon import load


def run(
    gold: Path,
    releases: Path,
    *,
    half: str,
    without: str,
    folders: Sequence[Path],
    errors: int,
    fields: bool,
    saved: Path | None,
    against: Path | None,
    html: Path | None,
    worst: int,
    markdown: Path | None,
    corpus: str | None,
    date: str | None,
    beside: Sequence[Path],
) -> None:
    """Evaluate, print, write; the options are the command's.

    Raises:
        SystemExit: A release could not be read; the status is 1.
    """
    left_out = _left_out(without)
    before = report.load(against) if against else None
    others = [report.load(path) for path in beside]
    lexicon = load(directories=tuple(folders), without=frozenset(WITHOUT[name] for name in left_out))
    result = evaluate(gold, releases, lexicon=lexicon, half=half, without=left_out, corpus=corpus, progress=_progress())
    if sys.stderr.isatty():
        click.echo("\r" + " " * 20 + "\r", nl=False, err=True)
    _print(result, fields=fields, errors=errors)
    if before is not None:
        click.echo("\n" + "\n".join(report.changes(before, result)))
    if saved:
        write_file(saved, report.as_json(result))
    if markdown:
        write_file(markdown, report.markdown(result, date=date, beside=others))
    if html:
        from oncopact.evaluate_html import page

        write_file(html, page(result, worst=worst))
    _finish(result)


def _left_out(without: str) -> tuple[str, ...]:
    """The vocabulary files named, sorted.

    Raises:
        click.BadParameter: One is unknown.
    """
    names = sorted({name.strip() for name in without.split(",") if name.strip()})
    for name in names:
        if name not in WITHOUT:
            raise click.BadParameter(f"{name} is none of {', '.join(WITHOUT)}", param_hint="--without")
    return tuple(names)


class _Counter:
    """Counts on the terminal while releases are read."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _: Judged) -> None:
        self.count += 1
        click.echo(f"\r{self.count} read", nl=False, err=True)


def _progress() -> _Counter | None:
    return _Counter() if sys.stderr.isatty() else None


def _print(result: Evaluation, *, fields: bool, errors: int) -> None:
    click.echo(f"{len(result.judged)} releases\n")
    blocks = [report.table(result), report.stage_table(result)]
    if fields:
        blocks.insert(1, report.slot_table(result))
    click.echo("\n\n".join("\n".join(aligned(_even(rows))) for rows in blocks))
    if errors:
        click.echo("\n" + "\n".join(islice(report.lines(result), errors)))


def _even(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of one length, numbers flush right."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    sizes = [max(len(row[column]) for row in full) for column in range(width)]
    return [[row[0], *(cell.rjust(size) for cell, size in zip(row[1:], sizes[1:], strict=True))] for row in full]


def _finish(result: Evaluation) -> None:
    for item in result.judged:
        if item.failure:
            verb = "skipped" if item.failure.skipped else "failed"
            click.echo(f"{verb}: {' '.join(item.failure.message.split())}", err=True)
    if result.absent:
        click.echo(f"no release for {len(result.absent)} records: {', '.join(result.absent)}", err=True)
    if result.failures:
        raise SystemExit(1)
