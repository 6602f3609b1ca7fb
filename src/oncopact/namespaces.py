"""The IRIs that a graph is made of: the ontology's terms, where resources live, concepts of controlled values.

`OP` is closed: a misspelt term raises `AttributeError` instead of entering a graph. A test holds this module and
`ontology/oncopact.ttl` to the same terms.
"""
# ruff: noqa: N815  (terms are spelt as the ontology spells them)

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from oncopact.errors import GraphError
from oncopact.model import AgreementKind, MilestoneKind, PaymentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CLASSES",
    "DCTERMS",
    "ID",
    "OA",
    "OP",
    "OWL",
    "PATHS",
    "PREFIXES",
    "PROPERTIES",
    "PROV",
    "RDF",
    "RDFS",
    "SDO",
    "SH",
    "SKOS",
    "VOCABULARY_GRAPH",
    "XSD",
    "compact",
    "concept",
    "evidence_graph",
    "expand",
    "facts_graph",
    "payload_family",
]


class OP(DefinedNamespace):
    """The terms of the oncopact ontology, one attribute each."""

    _fail = True
    _NS = Namespace("https://w3id.org/oncopact/ontology#")

    Agreement: URIRef
    AgreementEvent: URIRef
    Antibody: URIRef
    Company: URIRef
    Conjugate: URIRef
    Evidence: URIRef
    Institution: URIRef
    Milestone: URIRef
    Payload: URIRef
    Payment: URIRef
    Product: URIRef
    Release: URIRef
    Target: URIRef
    Technology: URIRef

    # companies
    acquiredBy: URIRef
    cik: URIRef
    formerName: URIRef
    partOfGroup: URIRef
    ticker: URIRef

    # molecules and platforms
    bindsTarget: URIRef
    brandName: URIRef
    codeName: URIRef
    deliversPayload: URIRef
    derivativeOf: URIRef
    developedBy: URIRef
    hasAntibody: URIRef
    hasPayload: URIRef
    linker: URIRef
    ownedBy: URIRef
    payloadFamily: URIRef
    usesTechnology: URIRef

    # agreements and their events
    agreementKind: URIRef
    coversProduct: URIRef
    coversTarget: URIRef
    coversTechnology: URIRef
    eventKind: URIRef
    excludedTerritory: URIRef
    exclusive: URIRef
    licensee: URIRef
    licensor: URIRef
    ofAgreement: URIRef
    partOf: URIRef
    party: URIRef
    signedOn: URIRef
    territory: URIRef

    # milestones
    achievedBy: URIRef
    concernsProduct: URIRef
    fulfilledBy: URIRef
    milestoneEvent: URIRef
    milestoneKind: URIRef
    status: URIRef
    triggers: URIRef
    underAgreement: URIRef

    # payments
    amount: URIRef
    amountQualifier: URIRef
    amountText: URIRef
    currency: URIRef
    maximumPercentage: URIRef
    minimumPercentage: URIRef
    payee: URIRef
    payer: URIRef
    paymentKind: URIRef
    percentage: URIRef

    # dates
    date: URIRef
    earliest: URIRef
    latest: URIRef

    # releases
    accessionNumber: URIRef
    documentType: URIRef
    filedOn: URIRef
    filer: URIRef
    formItem: URIRef
    formType: URIRef
    webAddress: URIRef
    wireService: URIRef
    contact: URIRef
    contentHash: URIRef

    # evidence
    basis: URIRef
    end: URIRef
    evidenceFor: URIRef
    evidenceProperty: URIRef
    evidenceValue: URIRef
    inRelease: URIRef
    modality: URIRef
    negated: URIRef
    quote: URIRef
    rule: URIRef
    section: URIRef
    start: URIRef


ID: Final = Namespace("https://w3id.org/oncopact/id/")
"""Where resources live: `ID[entity_id]` is the IRI of an entity."""

OA: Final = Namespace("http://www.w3.org/ns/oa#")
"""The Web Annotation vocabulary."""

_TERMS: Final = sorted(name for name in OP.__annotations__ if not name.startswith("_"))

CLASSES: Final = tuple(OP[name] for name in _TERMS if name[0].isupper())
"""All classes of the ontology, sorted."""

PROPERTIES: Final = tuple(OP[name] for name in _TERMS if name[0].islower())
"""All properties of the ontology, sorted."""

PATHS: Final[Mapping[URIRef, str]] = MappingProxyType(
    {
        OP.Agreement: "agreement",
        OP.AgreementEvent: "event",
        OP.Antibody: "antibody",
        OP.Company: "company",
        OP.Conjugate: "conjugate",
        OP.Evidence: "evidence",
        OP.Institution: "institution",
        OP.Milestone: "milestone",
        OP.Payload: "payload",
        OP.Payment: "payment",
        OP.Product: "product",
        OP.Release: "release",
        OP.Target: "target",
        OP.Technology: "technology",
    }
)
"""The first part of the IRIs of each class's instances, after `ID`; the shapes demand it."""

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "op": str(OP),
        "dcterms": str(DCTERMS),
        "oa": str(OA),
        "owl": str(OWL),
        "prov": str(PROV),
        "rdf": str(RDF),
        "rdfs": str(RDFS),
        "schema": str(SDO),
        "sh": str(SH),
        "skos": str(SKOS),
        "xsd": str(XSD),
    }
    | {path: f"{ID}{path}/" for path in PATHS.values()}
    | {
        "agreement-kind": f"{ID}concept/agreement-kind/",
        "milestone-kind": f"{ID}concept/milestone-kind/",
        "payment-kind": f"{ID}concept/payment-kind/",
        "payload-family": f"{ID}concept/payload-family/",
    }
)
"""Prefix to namespace, to bind in graphs, serialisations and queries."""

VOCABULARY_GRAPH: Final = ID["graph/vocabulary"]
"""The named graph of what only the vocabulary knows; it needs no evidence."""


def facts_graph(release_id: str) -> URIRef:
    """The named graph of a release's facts.

    >>> facts_graph("0f3a")
    rdflib.term.URIRef('https://w3id.org/oncopact/id/graph/0f3a/facts')
    """
    return ID[f"graph/{release_id}/facts"]


def evidence_graph(release_id: str) -> URIRef:
    """The named graph of a release's evidence."""
    return ID[f"graph/{release_id}/evidence"]


def expand(prefixed: str) -> URIRef:
    """The IRI of a prefixed name.

    Raises:
        GraphError: The prefix is unknown, or the name is no term of the ontology.

    >>> expand("op:licensor")
    rdflib.term.URIRef('https://w3id.org/oncopact/ontology#licensor')
    """
    prefix, colon, name = prefixed.partition(":")
    if not colon or prefix not in PREFIXES:
        known = ", ".join(f"{prefix}:" for prefix in PREFIXES)
        raise GraphError("unknown prefix", where=prefixed, remedy=f"use one of {known}")
    if prefix == "op" and name not in OP.__annotations__:
        raise GraphError("no such term in the ontology", where=prefixed, remedy="see ontology/oncopact.ttl")
    return URIRef(PREFIXES[prefix] + name)


def compact(iri: str) -> str:
    """The prefixed name of an IRI for people to read, or the IRI in angle brackets where no prefix fits.

    >>> compact(OP.licensor), compact(ID["company/immunogen"]), compact("urn:x")
    ('op:licensor', 'company:immunogen', '<urn:x>')
    """
    fitting = [(len(base), prefix) for prefix, base in PREFIXES.items() if iri.startswith(base) and iri != base]
    if not fitting:
        return f"<{iri}>"
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def concept(kind: AgreementKind | MilestoneKind | PaymentKind) -> URIRef:
    """The SKOS concept of a kind; its notation is the kind's value.

    >>> concept(PaymentKind.LICENCE_FEE)
    rdflib.term.URIRef('https://w3id.org/oncopact/id/concept/payment-kind/licence-fee')
    """
    return _in_scheme(_SCHEMES[type(kind)], kind.value)


def payload_family(name: str) -> URIRef:
    """The SKOS concept of a payload family, by the name that the vocabulary uses; a bracketed short form is left out.

    >>> payload_family("protein degrader (DAC)")
    rdflib.term.URIRef('https://w3id.org/oncopact/id/concept/payload-family/protein-degrader')
    """
    return _in_scheme("payload-family", re.sub(r"\s*\(.*?\)", "", name))


_SCHEMES: Final = MappingProxyType(
    {AgreementKind: "agreement-kind", MilestoneKind: "milestone-kind", PaymentKind: "payment-kind"}
)


def _in_scheme(scheme: str, value: str) -> URIRef:
    slug = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
    return ID[f"concept/{scheme}/{slug}"]
