"""Nodes in words: what to call an agreement, a milestone or a payment, which have no name of their own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from oncopact.graph_view import GraphView
from oncopact.model import AgreementKind, MilestoneKind, PaymentKind
from oncopact.namespaces import DCTERMS, OP, concept

_NOTATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {str(concept(kind)): kind.value for kinds in (AgreementKind, MilestoneKind, PaymentKind) for kind in kinds}
)
_QUALIFIERS: Final = MappingProxyType(
    {"up_to": "up to ", "at_least": "at least ", "approximately": "about ", "exact": "", "undisclosed": ""}
)


def notation(value: str) -> str:
    """A kind's concept as the word that records use; other values stay.

    >>> notation("https://w3id.org/oncopact/id/concept/payment-kind/licence-fee"), notation("2001-11")
    ('licence fee', '2001-11')
    """
    return _NOTATIONS.get(value, value)


def describe(view: GraphView, iri: str) -> str:
    """A node in a few words: its name, or who deals with whom, what happened, how much is paid for what."""
    match view.class_name(iri):
        case "Agreement":
            return agreement(view, iri)
        case "AgreementEvent":
            return _event(view, iri)
        case "Milestone":
            return _milestone(view, iri)
        case "Payment":
            return payment(view, iri)
        case "Release":
            return view.value(iri, DCTERMS.title) or view.label(iri)
        case _:
            return view.label(iri)


def agreement(view: GraphView, iri: str) -> str:
    """'licence: ImmunoGen → Boehringer Ingelheim'; sides that the text does not tell apart are joined by a dash."""
    kind = notation(view.value(iri, OP.agreementKind) or "agreement")
    kind = "agreement" if kind == AgreementKind.OTHER else kind
    givers, takers = names(view, iri, OP.licensor), names(view, iri, OP.licensee)
    if givers or takers:
        return f"{kind}: {', '.join(givers) or '?'} → {', '.join(takers) or '?'}"
    return f"{kind}: {' – '.join(names(view, iri, OP.party)) or '?'}"


def covered(view: GraphView, iri: str) -> tuple[str, ...]:
    """The names of what an agreement covers: technologies, then products, then targets."""
    return tuple(
        name for prop in (OP.coversTechnology, OP.coversProduct, OP.coversTarget) for name in names(view, iri, prop)
    )


def payment(view: GraphView, iri: str) -> str:
    """'upfront: USD 45,000,000', 'royalty: 8–12.5 %', 'milestone: undisclosed'."""
    return f"{notation(view.value(iri, OP.paymentKind) or 'payment')}: {amount(view, iri)}"


def amount(view: GraphView, iri: str) -> str:
    """How much a payment is, in figures where they are stated."""
    qualifier = _QUALIFIERS.get(view.value(iri, OP.amountQualifier) or "", "")
    if (number := view.number(iri, OP.amount)) is not None:
        return f"{qualifier}{view.value(iri, OP.currency) or ''} {number:,f}".replace("  ", " ")
    rates = [view.number(iri, prop) for prop in (OP.percentage, OP.minimumPercentage, OP.maximumPercentage)]
    if shown := [_plain(rate) for rate in rates if rate is not None]:
        return f"{qualifier}{'–'.join(shown)} %"
    return view.value(iri, OP.amountText) or "undisclosed"


def names(view: GraphView, iri: str, prop: str) -> tuple[str, ...]:
    """The names of a property's values."""
    return tuple(view.label(value) for value in view.values(iri, prop))


def _event(view: GraphView, iri: str) -> str:
    deal = view.value(iri, OP.ofAgreement)
    return f"{view.value(iri, OP.eventKind) or 'event'}: {agreement(view, deal) if deal else '?'}"


def _milestone(view: GraphView, iri: str) -> str:
    event = view.value(iri, OP.milestoneEvent) or "milestone"
    absent = [name for name in names(view, iri, OP.concernsProduct) if name.casefold() not in event.casefold()]
    status = view.value(iri, OP.status)
    product = ", ".join(absent)
    product = f" ({product})" if " of " in event else f" of {product}"  # no 'trials of its antibody of X-101'
    return event + (product if absent else "") + (f" ({status})" if status else "")


def _plain(number: Decimal) -> str:
    return format(number, "f")
