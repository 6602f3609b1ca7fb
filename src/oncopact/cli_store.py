"""What the commands do with a store; `cli` has their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from oncopact.cli_progress import Progress
from oncopact.cli_tables import aligned
from oncopact.knowledge import KnowledgeGraph
from oncopact.namespaces import OP
from oncopact.store import ReleaseStore, fingerprint, is_store
from oncopact.store_view import StoreView
from oncopact.union import graphs

if TYPE_CHECKING:
    from oncopact.engines import Engine
    from oncopact.explain import Explanation
    from oncopact.exporters.formats import Graphs
    from oncopact.model import Failure
    from oncopact.validate import ValidationReport


_LISTED: Final = 20
"""As many paths of one kind are listed."""

_AGAIN: Final = "to read again"
"""What other rules or another vocabulary read."""


def build(
    releases: Sequence[str],
    place: Path,
    *,
    folders: Sequence[Path],
    curated: Path | None,
    prune: bool,
    strict: bool,
    quiet: bool,
    engine: Engine,
) -> None:
    """Bring a store up to date; the options are the command's.

    Raises:
        SystemExit: An input failed, or a release was kept out; the status is 1.
    """
    from oncopact import curation
    from oncopact.gather import gather
    from oncopact.lexicon import load

    word = curation.load(curated) if curated else None
    with ReleaseStore(place, write=True) as store, Progress(releases) as progress:
        done = gather(
            store,
            releases,
            lexicon=load(directories=tuple(folders)),
            made_by=fingerprint(folders),
            prune=prune,
            strict=strict,
            curation=word,
            progress=progress.step,
            engine=engine,
            folders=folders,
        )
        progress.clear()
        for failure in done.failures:
            _say(failure)
        for name, report in done.quarantined:
            click.echo(f"kept out: {name}: the release breaks the shapes; see {report}", err=True)
        if not quiet:
            counts = [("added", done.added), ("replaced", done.replaced), ("removed", done.removed)]
            counts += [("inputs unchanged", done.unchanged), ("releases in the store", len(store.releases()))]
            skipped = sum(failure.skipped for failure in done.failures)
            told = (("skipped", skipped), ("failed", len(done.failures) - skipped), ("kept out", len(done.quarantined)))
            counts += [(word, number) for word, number in told if number]
            click.echo("\n".join(aligned([["releases", "number"], *([name, str(n)] for name, n in counts)])))
            if not done.written:
                click.echo("nothing to do: the store is up to date, nothing was written", err=True)
    if done.quarantined or any(not failure.skipped for failure in done.failures):
        raise SystemExit(1)


def _say(failure: Failure) -> None:
    named = failure.message if failure.name in failure.message else f"{failure.name}: {failure.message}"
    click.echo(("skipped: " if failure.skipped else "failed: ") + " ".join(named.split()), err=True)


def status(place: Path, *, folders: Sequence[Path]) -> None:
    """Print what a store holds and whether a run would find something to do."""
    from oncopact.gather import pending

    with ReleaseStore(place) as store:
        view = StoreView(store.graph)
        todo = pending(store, made_by=fingerprint(folders))
        inputs = sum(1 for _ in store.manifest)
        kinds = (
            ("companies", OP.Company),
            ("conjugates", OP.Conjugate),
            ("agreements", OP.Agreement),
            ("milestones", OP.Milestone),
            ("payments", OP.Payment),
        )
        rows = [["inputs", str(inputs)], ["releases", str(len(store.releases()))]]
        rows += [[word, str(len(view.instances(str(kind))))] for word, kind in kinds]
        rows += [["kept out", str(len(todo.quarantined))], ["inputs failed", str(len(todo.failed))]]
        click.echo("\n".join(aligned([["store", "number"], *rows])))
        for word, paths in (("changed", todo.changed), ("missing", todo.missing), (_AGAIN, todo.outdated)):
            for path in paths[:_LISTED]:
                click.echo(f"{word}: {path}")
            if len(paths) > _LISTED:
                click.echo(f"{word}: and {len(paths) - _LISTED} more")
        click.echo(
            "nothing to do" if todo.nothing else "to do: run oncopact build again, with --prune for what is missing"
        )


@contextmanager
def opened(place: Path) -> Iterator[Graphs]:
    """The named graphs of a store, or of a graph's file, one after the other."""
    if not is_store(place):
        yield KnowledgeGraph.load(place).graphs
        return
    with ReleaseStore(place) as store:
        yield graphs(store.graph)


def explain(place: Path, node: str) -> Explanation:
    """The explanation of a store, or of a graph's file."""
    from oncopact import store_view

    if not is_store(place):
        return KnowledgeGraph.load(place).explain(node)
    with ReleaseStore(place) as store:
        return store_view.explain(store.graph, node)


def validate(place: Path) -> ValidationReport:
    """The report on a store, or on a graph's file."""
    from oncopact.store_validate import validate_store

    if not is_store(place):
        return KnowledgeGraph.load(place).validate()
    with ReleaseStore(place) as store:
        return validate_store(store.graph)
