"""A graph in a few lines: how many things of each kind, and who deals with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from oncopact.graph_view import GraphView
from oncopact.labels import covered, names, notation
from oncopact.namespaces import OP

_COUNTED: Final = (
    ("releases", OP.Release),
    ("companies", OP.Company),
    ("conjugates", OP.Conjugate),
    ("antibodies", OP.Antibody),
    ("payloads", OP.Payload),
    ("targets", OP.Target),
    ("technologies", OP.Technology),
    ("agreements", OP.Agreement),
    ("milestones", OP.Milestone),
    ("payments", OP.Payment),
)


@dataclass(frozen=True, slots=True)
class Deal:
    """An agreement in words.

    Attributes:
        who: 'ImmunoGen → Boehringer Ingelheim'; parties without direction are joined by a dash.
        what: What it covers; empty where nothing is stated.
        terms: Kind, territory, date and what was reported of it.
    """

    who: str
    what: str
    terms: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What was found.

    Attributes:
        counts: Pairs of a name in the plural and a number.
        deals: Sorted by the parties.
    """

    counts: tuple[tuple[str, int], ...]
    deals: tuple[Deal, ...]


def summarize(view: GraphView) -> Summary:
    """Count the nodes of a view of facts and put its agreements into words."""
    counts = tuple((name, len(view.instances(kind))) for name, kind in _COUNTED)
    deals = {_deal(view, iri) for iri in view.instances(OP.Agreement)}
    return Summary(counts, tuple(sorted(deals, key=lambda deal: (deal.who, deal.terms, deal.what))))


def _deal(view: GraphView, iri: str) -> Deal:
    givers, takers = names(view, iri, OP.licensor), names(view, iri, OP.licensee)
    directed = f"{', '.join(givers) or '?'} → {', '.join(takers) or '?'}"
    who = directed if givers or takers else " – ".join(names(view, iri, OP.party)) or "?"
    events = sorted({event for node in view.subjects(OP.ofAgreement, iri) for event in view.values(node, OP.eventKind)})
    signed = view.value(iri, OP.signedOn)
    terms = [
        notation(view.value(iri, OP.agreementKind) or ""),
        "exclusive" if view.value(iri, OP.exclusive) == "true" else "",
        *view.values(iri, OP.territory),
        *(f"not {place}" for place in view.values(iri, OP.excludedTerritory)),
        f"signed {signed}" if signed else "",
        *events,
    ]
    return Deal(who, ", ".join(covered(view, iri)), ", ".join(term for term in terms if term))
