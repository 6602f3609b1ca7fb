"""What networks are made of: attributes of nodes and edges, from a graph and its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from pyoxigraph import Quad

from oncopact.exporters.quotes import Evidence, Issued, best, issue_dates, told
from oncopact.exporters.rdf import is_vocabulary
from oncopact.exporters.window import When, when
from oncopact.graph_view import GraphView, Seen, short
from oncopact.labels import describe, notation
from oncopact.namespaces import DCTERMS, ID, OP, SKOS
from oncopact.text import folded

Value: TypeAlias = str | float | bool | int
"""What a node or an edge may carry."""

Attributes: TypeAlias = dict[str, Value]

Edge: TypeAlias = tuple[str, str, str, Attributes]
"""Start, end, key, attributes."""

ATTRIBUTES: Final = (
    (OP.agreementKind, "kind"),
    (OP.milestoneKind, "kind"),
    (OP.paymentKind, "kind"),
    (OP.payloadFamily, "family"),
    (SKOS.altLabel, "aliases"),
    (OP.codeName, "aliases"),
    (OP.brandName, "aliases"),
    (OP.formerName, "aliases"),
    (OP.signedOn, "signed"),
    (OP.date, "date"),
    (DCTERMS.issued, "date"),
    (OP.earliest, "earliest"),
    (OP.latest, "latest"),
    (OP.exclusive, "exclusive"),
    (OP.territory, "territory"),
    (OP.excludedTerritory, "excluded_territory"),
    (OP.milestoneEvent, "event"),
    (OP.status, "status"),
    (OP.amount, "amount"),
    (OP.currency, "currency"),
    (OP.amountQualifier, "qualifier"),
    (OP.amountText, "amount_text"),
    (OP.percentage, "percent"),
    (OP.minimumPercentage, "minimum_percent"),
    (OP.maximumPercentage, "maximum_percent"),
    (OP.ticker, "ticker"),
    (OP.cik, "cik"),
    (OP.linker, "linker"),
    (DCTERMS.source, "source"),
)
"""The properties that become attributes of a node, and what these are called."""

_NUMBERS: Final = frozenset(
    str(term) for term in (OP.amount, OP.percentage, OP.minimumPercentage, OP.maximumPercentage)
)
_ONE: Final = frozenset(str(term) for term in (OP.earliest, OP.latest, OP.signedOn, OP.date, OP.exclusive))
_FAMILY: Final = f"{ID}concept/payload-family/"
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML can't hold, neither as itself nor escaped."""


@dataclass(frozen=True, slots=True)
class Material:
    """A graph as networks are made from it.

    Attributes:
        view: All of it: facts, evidence, vocabulary.
        said: What releases say.
        known: What only the vocabulary knows.
        evidence: All evidence by node.
        issued: The days of the releases.
    """

    view: GraphView
    said: GraphView
    known: GraphView
    evidence: Evidence
    issued: Issued

    @classmethod
    def of(cls, quads: Sequence[Quad]) -> Material:
        """The material of a graph's quads, named graphs and all."""
        said = GraphView(quad for quad in quads if not is_vocabulary(quad.graph_name))
        known = GraphView(quad for quad in quads if is_vocabulary(quad.graph_name))
        return cls(GraphView(quads), said, known, said.evidence(), issue_dates(said))

    def when(self, iri: str) -> When | None:
        """When an agreement, a milestone or a payment was, or is to be."""
        return when(self.said, iri, self.evidence.get(iri, ()), self.issued)

    def node(self, iri: str) -> Attributes:
        """A node's attributes; where several values stand for one they are joined by semicolons."""
        view = self.view
        found: Attributes = {"label": line(describe(view, iri)), "type": view.class_name(iri), "iri": iri}
        texts: dict[str, list[str]] = {}
        for prop, name in ATTRIBUTES:
            values = view.values(iri, prop)
            if values and str(prop) in _NUMBERS:
                found[name] = float(Decimal(values[0]))
            elif values and prop == OP.exclusive:
                found[name] = values[0] == "true"
            elif values:
                shown = values[:1] if str(prop) in _ONE else values
                texts.setdefault(name, []).extend(line(_word(value)) for value in shown)
        texts["aliases"] = _others(texts.get("aliases", ()), str(found["label"]))
        found |= {name: "; ".join(dict.fromkeys(values)) for name, values in texts.items() if values}
        return found | self.quoted(self.evidence.get(iri, ()))

    def quoted(self, seen: Iterable[Seen]) -> Attributes:
        """The sentence to show, its rule and its release, and the day when the fact was told first."""
        seen = tuple(seen)
        first, days = best(seen, self.issued), told(seen, self.issued)
        if first is None:
            return {}
        found: Attributes = {"quote": line(first.quote), "rule": first.rule, "release": short(first.release)}
        return found | ({"told": days[0]} if days else {})


def _others(names: Iterable[str], label: str) -> list[str]:
    """A thing's other names, sorted; what differs only in capitals is no other name."""
    return [name for name in sorted(set(names)) if name.casefold() != label.casefold()]


def _word(value: str) -> str:
    """A controlled value by its word; other values stay."""
    return value.removeprefix(_FAMILY).replace("-", " ") if value.startswith(_FAMILY) else notation(value)


def line(text: str) -> str:
    r"""A text on one line, without what XML can't hold.

    >>> line("Boehringer\n Ingelheim\x01")
    'Boehringer Ingelheim'
    """
    return _UNPRINTABLE.sub("", folded(text))
