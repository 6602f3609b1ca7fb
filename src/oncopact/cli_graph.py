"""Which graph a command means: the one named, wherever it stands among the words, or the only one that lies here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

__all__ = ["chosen", "here", "is_graph"]

_BUILT: Final = "graph.trig"
"""The file by which the folder of a build is known."""


def chosen(ctx: click.Context, words: Sequence[str], *, least: int = 0, most: int = 0) -> tuple[Path, tuple[str, ...]]:
    """The graph that is meant, and the command's other words.

    A word is the graph if a graph lies there, in whatever order the words stand; where none is, and there are no more
    words than the command needs, the graph is the one that lies here, and standard error says which.

    Args:
        ctx: The command's context, for its errors.
        words: All words of the command that are no options.
        least: So many words the command needs beside the graph.
        most: So many it takes.

    Raises:
        UsageError: There are too few or too many words, or no graph is named and not just one lies here.
    """
    at = next((index for index, word in enumerate(words) if is_graph(Path(word))), None)
    if at is None and len(words) > most:
        at = 0
    rest = tuple(word for index, word in enumerate(words) if index != at)
    if len(rest) > most:
        ctx.fail(f"{rest[most]}: one word too many; names of several words go in quotes")
    if len(rest) < least:
        _, _, wanted = ctx.command.collect_usage_pieces(ctx)[-1].rpartition(" ")
        ctx.fail(f"{wanted} is missing")
    return (Path(words[at]) if at is not None else here(ctx)), rest


def here(ctx: click.Context) -> Path:
    """The graph that lies here: the store in this folder, in a folder of it or in out/; else what a build wrote there.

    Raises:
        UsageError: There is none, or there are several.
    """
    from oncopact.store import is_store

    places = list(_places())
    found = [place for place in places if is_store(place)] or [place for place in places if _is_built(place)]
    if not found:
        ctx.fail("no graph lies here; name one, or make one: oncopact build RELEASE… --store kg")
    if len(found) > 1:
        ctx.fail(f"several graphs lie here: {', '.join(map(str, found))}; name the one that is meant")
    click.echo(f"graph: {found[0]}", err=True)
    return found[0]


def is_graph(place: Path) -> bool:
    """Whether a graph lies there: a store, the folder of a build, a file of RDF."""
    from oncopact.exporters.rdf import FORMATS
    from oncopact.store import is_store

    if place.is_dir():
        return is_store(place) or _is_built(place)
    return place.suffix.lower() in FORMATS and place.is_file()


def _is_built(place: Path) -> bool:
    return (place / _BUILT).is_file()


def _places() -> Iterator[Path]:
    """This folder, then the folders in it and in `out`, by name."""
    yield Path()
    for parent in (Path(), Path("out")):
        if parent.is_dir():
            yield from sorted(place for place in parent.iterdir() if place.is_dir())
