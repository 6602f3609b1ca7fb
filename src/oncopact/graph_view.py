"""A graph as its readers want it: the values of a property, the nodes of a class, the evidence of a fact.

Records, explanations, tables and the network are made from here, so that a stored graph gives what a fresh one does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from oncopact.namespaces import ID, OP, PATHS, RDF, SKOS

_NAMES: Final = (SKOS.prefLabel, SKOS.altLabel, OP.codeName, OP.brandName, OP.formerName)

NAME_PROPERTIES: Final = frozenset(str(term) for term in _NAMES)
"""The properties whose evidence prints an entity's name."""


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """One evidence: the place in a release that states a fact.

    Attributes:
        release: The release node's IRI.
        start, end: Code-point offsets into the release's text.
        rule, quote, section, basis, modality, negated: As the rule recorded them.
        subject: The node it speaks of.
        property: The property's IRI, or empty when it states the node itself.
        value: The value's IRI or text, or empty.
        iri: The evidence node.
    """

    release: str
    start: int
    end: int
    rule: str
    quote: str
    section: str
    basis: str
    modality: str
    negated: bool
    subject: str
    property: str
    value: str
    iri: str


class GraphView:
    """Triples by subject and property, each once, in a fixed order.

    Args:
        quads: From one graph or several; their union counts. Blank nodes, which we never write, are left out.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        triples = {
            (quad.subject.value, quad.predicate.value, quad.object)
            for quad in quads
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
        }
        self._forward: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        self._backward: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, prop, value in sorted(triples, key=lambda triple: (triple[0], triple[1], str(triple[2]))):
            self._forward[subject][prop].append(value)
            if isinstance(value, NamedNode):
                self._backward[value.value].append((prop, subject))

    def __contains__(self, subject: object) -> bool:
        return subject in self._forward

    def terms(self, subject: str, prop: str) -> tuple[NamedNode | Literal, ...]:
        """The objects of a property, sorted."""
        found = self._forward.get(subject)
        return tuple(found.get(str(prop), ())) if found else ()

    def values(self, subject: str, prop: str) -> tuple[str, ...]:
        """The IRIs or texts of a property's objects, sorted."""
        return tuple(term.value for term in self.terms(subject, prop))

    def value(self, subject: str, prop: str) -> str | None:
        """The first of a property's values, or None."""
        return next(iter(self.values(subject, prop)), None)

    def number(self, subject: str, prop: str) -> Decimal | None:
        """The first of a property's values as a number, or None."""
        found = self.value(subject, prop)
        return None if found is None else Decimal(found)

    def subjects(self, prop: str, value: str) -> tuple[str, ...]:
        """The nodes that have `value` for `prop`, sorted."""
        return tuple(subject for name, subject in self._backward.get(value, ()) if name == str(prop))

    def instances(self, kind: str) -> tuple[str, ...]:
        """The nodes of a class, sorted by IRI."""
        return self.subjects(RDF.type, str(kind))

    def facts(self, subject: str) -> tuple[tuple[str, NamedNode | Literal], ...]:
        """All properties and objects of a node, its type first."""
        found = self._forward.get(subject, {})
        pairs = [(prop, value) for prop, values in found.items() for value in values]
        return tuple(sorted(pairs, key=lambda pair: (pair[0] != str(RDF.type), pair[0], str(pair[1]))))

    def mentions(self, value: str) -> tuple[tuple[str, str], ...]:
        """All properties and subjects that point at a node, sorted by property."""
        return tuple(sorted(self._backward.get(value, ())))

    def label(self, subject: str) -> str:
        """A node's preferred name, or the tail of its IRI."""
        return self.value(subject, SKOS.prefLabel) or subject.removeprefix(str(ID))

    def class_name(self, subject: str) -> str:
        """The name of a node's class in the ontology, `Company`; empty where it has none."""
        kinds = [kind for kind in self.values(subject, RDF.type) if kind.startswith(str(OP))]
        return kinds[0].removeprefix(str(OP)) if kinds else ""

    def evidence(self) -> dict[str, tuple[Seen, ...]]:
        """All evidence by the node that it speaks of, in the order of the text."""
        found: dict[str, list[Seen]] = defaultdict(list)
        for iri in self.instances(OP.Evidence):
            seen = self._seen(iri)
            found[seen.subject].append(seen)
        return {subject: tuple(sorted(items)) for subject, items in sorted(found.items())}

    def evidence_for(self, subject: str) -> tuple[Seen, ...]:
        """The evidence of one node, in the order of the text."""
        return tuple(sorted(self._seen(iri) for iri in self.subjects(OP.evidenceFor, subject)))

    def _seen(self, iri: str) -> Seen:
        def say(prop: str) -> str:
            return self.value(iri, prop) or ""

        return Seen(
            release=say(OP.inRelease),
            start=int(say(OP.start) or 0),
            end=int(say(OP.end) or 0),
            rule=say(OP.rule),
            quote=say(OP.quote),
            section=say(OP.section),
            basis=say(OP.basis),
            modality=say(OP.modality),
            negated=say(OP.negated) == "true",
            subject=say(OP.evidenceFor),
            property=say(OP.evidenceProperty),
            value=say(OP.evidenceValue),
            iri=iri,
        )


def short(iri: str) -> str:
    """A resource's id, `company/immunogen`; other IRIs stay.

    >>> short("https://w3id.org/oncopact/id/company/immunogen")
    'company/immunogen'
    """
    tail = iri.removeprefix(str(ID))
    return tail if tail.partition("/")[0] in _PATHS or tail.startswith(("graph/", "concept/")) else iri


_PATHS: Final = frozenset(PATHS.values())
