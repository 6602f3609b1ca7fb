"""One input, read as far as it can be without knowing of the others: its releases' graphs, judged by the shapes.

This is the work that engines spread over processes and machines; it goes there as a function and a path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oncopact import lexicon as lexicons
from oncopact.assembly import Part
from oncopact.conformity import judge
from oncopact.errors import GraphError
from oncopact.graph import file_name, precedence
from oncopact.knowledge import part_of
from oncopact.lexicon import Lexicon
from oncopact.model import Failure, Findings
from oncopact.pipeline import at

__all__ = ["Accepted", "Gate", "Reading", "Refused", "reading", "reading_elsewhere", "refused"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A release that may come in.

    Attributes:
        order: What the sources of one release are ordered by, see `graph.precedence`.
        part: Its graph.
        text: The text that its evidence points into.
    """

    order: str
    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A release that breaks the shapes.

    Attributes:
        source: What it was read from.
        name: The file's name.
        release: Its id.
        report: What is wrong.
    """

    source: str
    name: str
    release: str
    report: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one input gave."""

    accepted: tuple[Accepted, ...] = ()
    refused: tuple[Refused, ...] = ()
    failures: tuple[Failure, ...] = ()


Gate = Callable[[Part], str | None]
"""The report on a release that must stay out, else None."""


def refused(part: Part) -> str | None:
    """The report on a release whose graph breaks the shapes."""
    if judge(part.quads).conforms:
        return None
    from oncopact.validate import validate_quads

    report = validate_quads(part.quads)
    return None if report.conforms else report.text


def reading(place: tuple[str, str], *, lexicon: Lexicon, gate: Gate = refused) -> Reading:
    """Read one input.

    Args:
        place: The path of a file, or `-`, and the name to show for it.
        lexicon: The vocabulary.
        gate: What decides whether a release may come in.
    """
    path, shown = place
    accepted: dict[str, Accepted] = {}
    out: list[Refused] = []
    failures: list[Failure] = []
    for result in at(path, name=shown, lexicon=lexicon):
        if not isinstance(result, Findings):
            failures.append(result)
            continue
        source = result.document.release.source.name
        try:
            part = part_of(result)
        except GraphError as error:
            failures.append(Failure(source, str(error)))
            continue
        order, report = precedence(result.document.release.source), gate(part)
        if report is not None:
            out.append(Refused(source, file_name(source), part.release, report))
        elif part.release not in accepted or order < accepted[part.release].order:
            accepted[part.release] = Accepted(order, part, result.document.text)
    return Reading(tuple(accepted.values()), tuple(out), tuple(failures))


def reading_elsewhere(place: tuple[str, str], *, folders: Sequence[Path] = (), gate: Gate = refused) -> Reading:
    """Read one input where the lexicon is not at hand, as in a worker process, which keeps it once loaded.

    Args:
        place: See `reading`.
        folders: The user's vocabulary.
        gate: See `reading`; a function of a module.
    """
    return reading(place, lexicon=lexicons.load(directories=tuple(folders)), gate=gate)
