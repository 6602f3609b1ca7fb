"""A page for people: one file with the network, lists, timelines and the releases, each fact with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import Quad

from oncopact.exporters.page.bundle import bundled
from oncopact.exporters.page.content import content
from oncopact.exporters.page.frame import Frame, frame
from oncopact.exporters.page.reading import reading
from oncopact.namespaces import ID, OP

__all__ = ["TEXTS", "page"]

TEXTS: Final = ("all", "deals", "none")
"""Which releases' texts go into a page: all, those that speak of agreements, milestones or payments, or none."""


def page(
    quads: Iterable[Quad], texts: Mapping[str, str], *, title: str = "oncopact", version: str, which: str = "all"
) -> str:
    """A graph as one HTML file that opens from disk and needs no network; the same graph gives the same bytes.

    Args:
        quads: The named graphs, with their evidence.
        texts: The releases' texts by their ids. A release without one is shown by the quotes of its evidence.
        title: What to call the page.
        version: Of oncopact, which the page states.
        which: One of `TEXTS`.
    """
    made = frame(quads)
    title = title.encode(errors="replace").decode()
    fitting = _fitting(made, {f"{ID}release/{release}": text for release, text in texts.items()})
    kept = {iri: fitting[iri] for iri in _wanted(made, which) if iri in fitting}
    readings = ((iri.rpartition("/")[2], reading(iri.rpartition("/")[2], text)) for iri, text in kept.items())
    return bundled(content(made, title=title, version=version, texts=frozenset(kept)), readings, title=title)


def _wanted(made: Frame, which: str) -> tuple[str, ...]:
    if which == "all":
        return made.releases
    deals = {iri for kind in (OP.Agreement, OP.Milestone, OP.Payment) for iri in made.view.instances(kind)}
    telling = {seen.release for seen in made.evidence if seen.subject in deals}
    return tuple(iri for iri in made.releases if which == "deals" and iri in telling)


def _fitting(made: Frame, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts in which the evidence counts; the offsets of another text would mark the wrong words."""
    broken = {
        seen.release
        for seen in made.evidence
        if (text := texts.get(seen.release)) is not None and text[seen.start : seen.end] != seen.quote
    }
    return {release: text for release, text in texts.items() if release not in broken}
