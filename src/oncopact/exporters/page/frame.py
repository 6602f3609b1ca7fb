"""The page's numbers: every node, evidence, property and rule gets one, by which the page's parts speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from oncopact.exporters.rdf import is_facts
from oncopact.graph_view import GraphView, Seen
from oncopact.namespaces import CLASSES, DCTERMS, OP, RDFS, SKOS, compact
from oncopact.resources import folder

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
"""What JSON can say."""

SHOWN: Final = tuple(kind for kind in CLASSES if kind != OP.Evidence)
"""The classes whose nodes the page has, in their order there."""

DRAWN: Final = tuple(kind for kind in SHOWN if kind not in (OP.Release, OP.AgreementEvent))
"""The classes that stand in the drawing: releases are what evidence leads to, events belong to their agreement."""

_PLURALS: Final = MappingProxyType(
    {"Antibody": "Antibodies", "Company": "Companies", "Technology": "Technologies", "AgreementEvent": "Events"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A graph and the numbers of its parts.

    Attributes:
        view: All named graphs as one.
        stated: The triples that releases state; the others only the vocabulary knows.
        nodes: The IRIs shown, sorted; a node's number is its position.
        number: The way back.
        evidence: All evidence, by release and place.
        about: For each node's IRI, the numbers of its evidence.
        properties: The IRIs of all properties used.
        releases: The IRIs of the releases.
    """

    view: GraphView
    stated: frozenset[tuple[object, object, object]]
    nodes: tuple[str, ...]
    number: Mapping[str, int]
    evidence: tuple[Seen, ...]
    about: Mapping[str, tuple[int, ...]]
    properties: Mapping[str, int]
    releases: tuple[str, ...]

    def grounds(self, node: str, prop: str = "", value: str = "") -> list[int]:
        """The numbers of the evidence for one fact, or without `prop` for the node itself."""
        found = ((at, self.evidence[at]) for at in self.about.get(node, ()))
        return [at for at, seen in found if (seen.property, seen.value if prop else "") == (prop, value)]

    def numbers(self, node: str, *props: str) -> list[int]:
        """The numbers of the nodes that a node's properties lead to."""
        found = (value for prop in props for value in self.view.values(node, prop))
        return list(dict.fromkeys(self.number[value] for value in found if value in self.number))


def frame(quads: Iterable[Quad]) -> Frame:
    """The frame of a graph given by its named graphs."""
    quads = tuple(quads)
    view = GraphView(quads)
    nodes = tuple(sorted({iri for kind in SHOWN for iri in view.instances(kind)}))
    releases = view.instances(OP.Release)
    # a graph that was cut out of another may hold evidence of what it does not hold
    shown = frozenset(nodes)
    evidence = tuple(
        sorted(
            seen
            for found in view.evidence().values()
            for seen in found
            if seen.subject in shown and seen.release in shown
        )
    )
    about: dict[str, list[int]] = {}
    for at, seen in enumerate(evidence):
        about.setdefault(seen.subject, []).append(at)
    used = {prop for iri in nodes for prop, _ in view.facts(iri)} | {seen.property for seen in evidence} - {""}
    return Frame(
        view=view,
        stated=frozenset((q.subject, q.predicate, q.object) for q in quads if is_facts(q.graph_name)),
        nodes=nodes,
        number={iri: at for at, iri in enumerate(nodes)},
        evidence=evidence,
        about={iri: tuple(found) for iri, found in about.items()},
        properties={prop: at for at, prop in enumerate(sorted(used))},
        releases=releases,
    )


# ---------------------------------------------------------------- words


def plural(kind: str) -> str:
    """What many things of a class are called.

    >>> plural("Company"), plural("Payload")
    ('Companies', 'Payloads')
    """
    return _PLURALS.get(kind, f"{kind}s")


def property_label(prop: str) -> str:
    """A property in words: as the ontology labels it, or its own name taken apart.

    >>> property_label(str(OP.coversTechnology)), property_label(str(SKOS.prefLabel))
    ('covers technology', 'name')
    """
    if prop in _OWN:
        return _OWN[prop]
    name = compact(prop).rpartition(":")[2]
    return _labels().get(prop) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


_OWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        str(SKOS.prefLabel): "name",
        str(SKOS.altLabel): "also called",
        str(SKOS.exactMatch): "same as, elsewhere",
        str(SKOS.broader): "kind of",
        str(DCTERMS.issued): "issued",
        str(DCTERMS.source): "file",
    }
)


def inverse_label(prop: str) -> str:
    """A property seen from its value.

    >>> inverse_label(str(OP.party)), inverse_label(str(OP.earliest))
    ('Party to', 'earliest of')
    """
    return _INVERSE.get(prop) or f"{property_label(prop)} of"


_INVERSE: Final[Mapping[str, str]] = MappingProxyType(
    {
        str(prop): words
        for prop, words in (
            (OP.party, "Party to"),
            (OP.licensor, "Licensor in"),
            (OP.licensee, "Licensee in"),
            (OP.payer, "Pays"),
            (OP.payee, "Is paid"),
            (OP.achievedBy, "Reaches"),
            (OP.developedBy, "Develops"),
            (OP.ownedBy, "Owns"),
            (OP.acquiredBy, "Acquires"),
            (OP.partOfGroup, "Group of"),
            (OP.hasAntibody, "Antibody of"),
            (OP.hasPayload, "Payload of"),
            (OP.bindsTarget, "Bound by"),
            (OP.usesTechnology, "Used by"),
            (OP.deliversPayload, "Delivered by"),
            (OP.derivativeOf, "Source of"),
            (OP.coversProduct, "Covered by"),
            (OP.coversTechnology, "Covered by"),
            (OP.coversTarget, "Covered by"),
            (OP.concernsProduct, "Milestones"),
            (OP.underAgreement, "Under this agreement"),
            (OP.ofAgreement, "Events"),
            (OP.partOf, "Parts"),
            (OP.triggers, "Triggered by"),
            (OP.fulfilledBy, "Fulfils"),
            (DCTERMS.publisher, "Publishes"),
            (SKOS.broader, "Kinds"),
        )
    }
)


@cache
def _labels() -> Mapping[str, str]:
    path = folder("ontology") / "oncopact.ttl"
    quads = parse(path=str(path), format=RdfFormat.TURTLE)
    return MappingProxyType(
        {
            quad.subject.value: str(getattr(quad.object, "value", ""))
            for quad in quads
            if quad.predicate.value == str(RDFS.label) and isinstance(quad.subject, NamedNode)
        }
    )


def one_line(text: str, length: int) -> str:
    r"""Text for a small label: on one line, without marks that turn the direction of writing, cut at `length`.

    >>> one_line("Boehringer\n Ingelheim", 12)
    'Boehringer…'
    """
    line = " ".join(_TURNING.sub("", text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
