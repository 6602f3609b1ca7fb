"""What `oncopact build --shards` does: one machine or a cluster reads, groups and writes; here is said how it went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncopact.cli_progress import Progress
from oncopact.cli_tables import aligned

if TYPE_CHECKING:
    from oncopact.chunks import Told
    from oncopact.engines import Engine


def build(
    releases: Sequence[str],
    out: Path | str,
    *,
    shards: int,
    folders: Sequence[Path],
    curated: Path | None,
    quiet: bool,
    engine: Engine,
) -> None:
    """Read releases and write their graph as shards; the options are the command's.

    Raises:
        SystemExit: An input failed, a release was kept out, or there is none; the status is 1.
    """
    from oncopact import curation
    from oncopact.sharding import build_shards

    word = curation.load(curated) if curated else None
    with Progress(releases) as progress:

        def heard(part: Told) -> None:
            for failure in part.failures:
                progress.clear()
                named = failure.message if failure.name in failure.message else f"{failure.name}: {failure.message}"
                click.echo(("skipped: " if failure.skipped else "failed: ") + " ".join(named.split()), err=True)
            progress.step(inputs=part.inputs)

        done = build_shards(releases, out, shards=shards, engine=engine, folders=folders, curation=word, progress=heard)
    for name, report in done.refused:
        click.echo(f"kept out: {name}: the release breaks the shapes; see {report}", err=True)
    if not done.releases:
        click.echo("no release was read, nothing is written", err=True)
        raise SystemExit(1)
    if not quiet:
        counts = [("inputs", done.inputs), ("releases", done.releases)]
        told = (("skipped", done.skipped), ("failed", done.failed), ("kept out", len(done.refused)))
        counts += [(word, number) for word, number in told if number]
        counts += [("named graphs", done.graphs), ("quads", done.quads)]
        click.echo("\n".join(aligned([["written", "number"], *([name, str(number)] for name, number in counts)])))
        click.echo(f"\n{out}: {shards} shards, loaded.nq.gz, manifest.json")
    if done.refused or done.failed:
        raise SystemExit(1)
