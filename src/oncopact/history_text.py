"""Timelines and contradictions as people read them: each with the sentence that says so; and as tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from oncopact.evidence_places import Places
from oncopact.history import Conflict, Happening, Side
from oncopact.tables import Table

__all__ = ["conflict_table", "conflict_text", "timeline_table", "timeline_text"]

_INDENT = "    "
_NARROW = 40


def timeline_table(happenings: Iterable[Happening], places: Places) -> Table:
    """A timeline as a table."""
    rows = tuple((item.when, item.what, item.words, item.source, _words(places, item)) for item in happenings)
    return Table(("when", "what", "of", "source", "words"), rows)


def conflict_table(found: Iterable[Conflict], places: Places) -> Table:
    """Contradictions as a table, one row a side."""
    rows = tuple(
        (item.kind, item.about, side.value, side.source, _words(places, side)) for item in found for side in item.sides
    )
    return Table(("kind", "about", "says", "source", "words"), rows)


def timeline_text(happenings: Iterable[Happening], places: Places, *, width: int = 120) -> str:
    """A timeline for people: what happened when, and below it the sentence that says so and its file.

    What is printed alike is one entry: two payments of one size under one deal, say, with the sentence of the first.

    Args:
        happenings: In the order of time.
        places: Gives the sentences.
        width: Characters of a line.
    """
    told: dict[tuple[str, str, str], list[Happening]] = {}
    for item in happenings:
        told.setdefault((item.when, item.what, item.words), []).append(item)
    dates = max((len(when) for when, _, _ in told), default=0)
    kinds = max((len(what) for _, what, _ in told), default=0)
    lines: list[str] = []
    for (when, what, words), same in told.items():
        head = f"{when:<{dates}}  {what:<{kinds}}  "
        lines += _wrapped(words + (f" (x{len(same)})" if len(same) > 1 else ""), head, " " * len(head), width)
        lines += _said(places, same[0], _INDENT, width)
    return "\n".join(lines)


def conflict_text(found: Iterable[Conflict], places: Places, *, width: int = 120) -> str:
    """Contradictions for people: what they are about, then each side with its sentence and file."""
    blocks = []
    for item in found:
        lines = _wrapped(item.about, f"{item.kind}: ", "  ", width)
        for side in item.sides:
            lines.append(f"  {side.value}")
            lines += _said(places, side, _INDENT, width)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _words(places: Places, item: Happening | Side) -> str:
    return places.quotes([item.seen])[0].words if item.seen else ""


def _said(places: Places, item: Happening | Side, indent: str, width: int) -> Iterator[str]:
    """The sentence and the file below an entry."""
    words = _words(places, item)
    if words:
        yield from _wrapped(f"“{words}”", indent, indent + " ", width)
    if item.source:
        yield indent + item.source


def _wrapped(words: str, first: str, rest: str, width: int) -> list[str]:
    room = max(width, len(rest) + _NARROW)
    return textwrap.wrap(words, room, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
