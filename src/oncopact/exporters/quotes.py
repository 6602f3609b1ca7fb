"""Which of a fact's sentences stands beside it where there is room for one, and when the releases told it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from oncopact.graph_view import GraphView, Seen
from oncopact.model import Basis, Modality, SectionKind
from oncopact.namespaces import OP

Evidence: TypeAlias = Mapping[str, tuple[Seen, ...]]
"""All evidence by node, as `GraphView.evidence` gives it."""

Issued: TypeAlias = Mapping[str, str]
"""The day of each release, `YYYY-MM-DD`, by its IRI; a release without a date is not in it."""

_LATE: Final = "9999"
"""Sorts after every date."""

_ASIDE: Final = frozenset({SectionKind.ABOUT.value, SectionKind.FOOTNOTE.value, SectionKind.TABLE.value})


def issue_dates(view: GraphView) -> dict[str, str]:
    """The day of each release; for one that dates itself by month or year, the first day of it."""
    found = {iri: view.value(iri, OP.earliest) for iri in view.instances(OP.Release)}
    return {iri: day for iri, day in found.items() if day}


def best(seen: Iterable[Seen], issued: Issued) -> Seen | None:
    """The sentence to show.

    What is said comes before what is denied or only encoded in a name; the node itself before one of its
    properties; the release that told it first before later ones; news before boilerplate; then the text's order.
    """

    def rank(item: Seen) -> tuple[object, ...]:
        return (
            item.negated,
            item.basis != Basis.STATED,
            item.modality != Modality.ASSERTED,
            bool(item.property),
            issued.get(item.release, _LATE),
            item.section in _ASIDE,
            item,
        )

    return min(seen, key=rank, default=None)


def told(seen: Iterable[Seen], issued: Issued) -> tuple[str, str] | None:
    """The days of the first and the last release that tell a fact; None where none of them is dated."""
    days = sorted(issued[item.release] for item in seen if item.release in issued)
    return (days[0], days[-1]) if days else None


def supporting(items: Iterable[Seen], prop: str, value: str) -> list[Seen]:
    """Of a node's evidence, that of one property's value; where there is none, that of the node itself."""
    items, prop = tuple(items), str(prop)  # an rdflib term equals no plain text
    found = [item for item in items if (item.property, item.value) == (prop, value)]
    return found or [item for item in items if not item.property]
