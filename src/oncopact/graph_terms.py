"""Values as RDF terms: names, amounts and dates each in the one spelling that a graph may carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode
from rdflib import URIRef

from oncopact.errors import GraphError
from oncopact.model import AgreementKind, MilestoneKind, PaymentKind
from oncopact.namespaces import DCTERMS, ID, OP, XSD, concept, expand
from oncopact.text import folded

Term: TypeAlias = NamedNode | Literal
"""An object of a triple; there are no blank nodes."""

_ENTITY: Final = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9._~-]*")

_DATE_TYPES: Final = (
    (re.compile(r"\d{4}-\d\d-\d\d"), XSD.date),
    (re.compile(r"\d{4}-\d\d"), XSD.gYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear),
)

_KINDS: Final[Mapping[URIRef, Callable[[str], AgreementKind | MilestoneKind | PaymentKind]]] = MappingProxyType(
    {OP.agreementKind: AgreementKind, OP.milestoneKind: MilestoneKind, OP.paymentKind: PaymentKind}
)
_DATES: Final = frozenset({OP.signedOn, OP.date, DCTERMS.issued})
_NUMBERS: Final = frozenset({OP.amount, OP.percentage, OP.minimumPercentage, OP.maximumPercentage})
_BOOLEANS: Final = frozenset({OP.exclusive, OP.negated})


@cache
def node(iri: str) -> NamedNode:
    """The node of an IRI of the ontology, of a concept or of another fixed vocabulary; kept, since few recur often."""
    return NamedNode(str(iri))


def entity(entity_id: str) -> NamedNode:
    """The node of an entity.

    Raises:
        GraphError: The id is no `<class>/<slug>`.

    >>> entity("company/immunogen").value
    'https://w3id.org/oncopact/id/company/immunogen'
    """
    if not _ENTITY.fullmatch(entity_id):
        raise GraphError("no entity id", where=repr(entity_id), remedy="give class and slug, company/immunogen")
    return NamedNode(f"{ID}{entity_id}")


def text(value: str) -> Literal:
    """A plain string."""
    return Literal(value)


def integer(value: int) -> Literal:
    """A count or an offset."""
    return Literal(str(value), datatype=node(XSD.integer))


def boolean(value: bool) -> Literal:
    """A truth value, `true` or `false`."""
    return Literal("true" if value else "false", datatype=node(XSD.boolean))


def decimal(value: Decimal) -> Literal:
    """A number in canonical form, since stores rewrite `1.50` to `1.5`.

    >>> decimal(Decimal("1.50")).value, decimal(Decimal("4.5E+7")).value
    ('1.5', '45000000')
    """
    plain = format(value, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Literal("0" if plain in ("", "-0") else plain, datatype=node(XSD.decimal))


def date(value: str) -> Literal:
    """A date in the precision stated; quarters and spans stay strings.

    >>> date("2001-11").datatype.value.rpartition("#")[2], date("2003-Q1").datatype.value.rpartition("#")[2]
    ('gYearMonth', 'string')
    """
    for pattern, datatype in _DATE_TYPES:
        if pattern.fullmatch(value):
            return Literal(value, datatype=node(datatype))
    return Literal(value)


def day(value: str) -> Literal:
    """A full date, for the bounds of a partial one."""
    return Literal(value, datatype=node(XSD.date))


def value_of(property_name: str, value: str, entities: frozenset[str]) -> Term:
    """The object that an evidence's property and value name, spelt as in the fact's triple.

    Args:
        property_name: A prefixed name, `op:licensor`.
        value: An entity id, a controlled value, or a literal's text.
        entities: The ids of the release's entities; any other value is a literal.

    Raises:
        GraphError: The property is unknown, or the value is none of its own.

    >>> value_of("op:licensor", "company/a", frozenset({"company/a"})).value
    'https://w3id.org/oncopact/id/company/a'
    >>> value_of("op:amount", "1.50", frozenset()).value
    '1.5'
    """
    term = expand(property_name)
    try:
        if term in _KINDS:
            return node(concept(_KINDS[term](value)))
        if term in _NUMBERS:
            return decimal(Decimal(value))
    except (ValueError, InvalidOperation) as error:
        raise GraphError(f"{value!r} is no value of {property_name}", remedy="see the ontology") from error
    if term in _BOOLEANS:
        return boolean(value.lower() == "true")
    if term in _DATES:
        return date(value)
    return entity(value) if value in entities else text(folded(value))
