"""A stored graph → release records: flat, with names as the release prints them.

Everything comes from a release's two graphs, facts and evidence; what the vocabulary alone knows never enters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from oncopact.graph_view import NAME_PROPERTIES, GraphView, Seen
from oncopact.labels import notation
from oncopact.model import Basis, EventKind, Qualifier
from oncopact.namespaces import DCTERMS, OP
from oncopact.text import folded

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
"""What a record is made of."""

_STRENGTH: Final = tuple(sorted(EventKind, key=lambda kind: kind is EventKind.REFERENCED))
"""Of two things that one release does to a deal, the one it mentions only in passing is not the news."""

_ACRONYM: Final = re.compile(r"[A-Z][A-Za-z0-9α-ω/+-]{0,11}")


def record(facts: GraphView, evidence: GraphView, *, name: str) -> dict[str, Json]:
    """The record of one release.

    Args:
        facts: The release's facts graph.
        evidence: Its evidence graph.
        name: The record's id: the input file's stem.
    """
    release = facts.instances(OP.Release)[0]
    book = _Book.of(facts, evidence)
    issuers = book.in_order(facts.values(release, DCTERMS.publisher))
    contacts: list[Json] = [
        {"name": contact, "ticker": None, "aliases": [], "role": "contact"}
        for contact in facts.values(release, OP.contact)
    ]
    return {
        "id": name,
        "release_date": facts.value(release, DCTERMS.issued),
        "issuers": list(book.names(issuers)),
        "companies": _companies(book) + contacts,
        "conjugates": _conjugates(book),
        "antibodies": _antibodies(book),
        "payloads": [book.name(iri) for iri in book.standing(OP.Payload)],
        "targets": [book.name(iri) for iri in book.standing(OP.Target)],
        "technologies": _technologies(book),
        "agreements": _agreements(book),
        "milestones": _milestones(book),
        "payments": _payments(book),
        "products": _products(book),
    }


def as_json(content: Mapping[str, Json]) -> str:
    """A record as a file holds it."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


# ---------------------------------------------------------------- names as printed


@dataclass(frozen=True, slots=True)
class _Book:
    """One release's facts, evidence and printed names.

    Attributes:
        facts: The facts graph.
        seen: Evidence by node, in the order of the text.
        printed: Each entity's printed names in the order of the text; the evidence of each.
        group: A company that is part of a group whose name it bears, to that group.
    """

    facts: GraphView
    seen: Mapping[str, tuple[Seen, ...]]
    printed: Mapping[str, tuple[Seen, ...]]
    group: Mapping[str, str]

    @classmethod
    def of(cls, facts: GraphView, evidence: GraphView) -> _Book:
        seen = evidence.evidence()
        printed = {
            iri: tuple(item for item in items if item.property in NAME_PROPERTIES) for iri, items in seen.items()
        }
        return cls(facts, seen, printed, _groups(facts, printed))

    def entities(self, kind: str) -> tuple[str, ...]:
        """The entities of a class, in the order of the text."""
        return self.in_order(self.facts.instances(kind))

    def standing(self, kind: str) -> tuple[str, ...]:
        """Those that the release names in their own right, not only inside another's name."""
        return tuple(
            iri
            for iri in self.entities(kind)
            if any(item.basis != Basis.NAME_ENCODED for item in self.printed.get(iri, ()))
        )

    def in_order(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Nodes in the order of their first evidence; a node without any comes last."""
        return tuple(sorted(set(iris), key=lambda iri: (self._first(iri), iri)))

    def _first(self, iri: str) -> tuple[int, int]:
        places = self.printed.get(iri) or self.seen.get(iri) or ()
        return (0, places[0].start) if places else (1, 0)

    def forms(self, iri: str) -> tuple[str, ...]:
        """Every printed name, once.

        Spellings in other capitals (a headline's) give way to the running text's; what the vocabulary knows as a
        former name comes last, and is the name where the release, being older, prints no other.
        """
        found: dict[str, str] = {}
        for item in sorted(self.printed.get(iri, ()), key=lambda item: (_is_former(item), item)):
            key = item.value.casefold()
            if key not in found or (found[key].isupper() and not item.value.isupper()):
                found[key] = item.value
        return tuple(found.values())

    def members(self, iri: str) -> tuple[str, ...]:
        """A company and those that stand under its name."""
        return (iri, *self.in_order(member for member, group in self.group.items() if group == iri))

    def name(self, iri: str) -> str:
        """The name to use in a record's fields."""
        iri = self.group.get(iri, iri)
        forms = [form for member in self.members(iri) for form in self.forms(member)]
        if not forms:
            return self.facts.label(iri)
        match self.facts.class_name(iri):
            case "Company" | "Institution":
                former = {item.value for item in self.printed.get(iri, ()) if _is_former(item)}
                return max((form for form in forms if form not in former), key=len, default=forms[0])
            case "Target" | "Technology":
                return _with_short_form(forms)
            case _:
                return forms[0]

    def aliases(self, iri: str) -> list[Json]:
        """The other printed names."""
        forms = [form for member in self.members(iri) for form in self.forms(member)]
        return [form for form in dict.fromkeys(forms) if form != self.name(iri)]

    def names(self, iris: Iterable[str]) -> tuple[str, ...]:
        """Printed names, once each."""
        return tuple(dict.fromkeys(self.name(iri) for iri in iris))

    def slot(self, subject: str, prop: str) -> tuple[str, ...]:
        """The printed names of a property's values, in the order of the text."""
        return self.names(self.in_order(self.facts.values(subject, prop)))

    def part(self, subject: str, prop: str) -> Json:
        """A conjugate's half: what the text states, else what its name encodes, as it stands in the name."""
        stated, encoded = [], []
        for value in self.in_order(self.facts.values(subject, prop)):
            items = [item for item in self.seen.get(subject, ()) if (item.property, item.value) == (str(prop), value)]
            inside = [item for item in items if item.basis == Basis.NAME_ENCODED]
            if inside and len(inside) == len(items):
                encoded.append(folded(inside[0].quote))
            else:
                stated.append(self.name(value))
        return _one_or_list(stated or encoded)


def _is_former(item: Seen) -> bool:
    return item.property == str(OP.formerName)


def _groups(facts: GraphView, printed: Mapping[str, tuple[Seen, ...]]) -> dict[str, str]:
    """Companies of a group whose printed name starts with the group's."""
    found = {}
    for company in facts.instances(OP.Company):
        for group in facts.values(company, OP.partOfGroup):
            heads = tuple(item.value.casefold() + " " for item in printed.get(group, ()))
            names = [item.value.casefold() for item in printed.get(company, ())]
            if heads and names and all(name.startswith(heads) for name in names):
                found[company] = group
    return {company: group for company, group in found.items() if group not in found}


def _with_short_form(forms: list[str]) -> str:
    """'long form (SHORT)' where both are printed, else the first form."""
    short = next((form for form in forms if _ACRONYM.fullmatch(form)), "")
    both = next((form for form in forms if short and f"({short})" in form), None)
    if both:
        return both
    long = next((form for form in forms if not _ACRONYM.fullmatch(form) and re.search(r"[ -]", form)), "")
    return f"{long} ({short})" if short and long and "(" not in long and short not in long.split() else forms[0]


def _one_or_list(values: Iterable[Json]) -> Json:
    found = list(values)
    return None if not found else found[0] if len(found) == 1 else found


# ---------------------------------------------------------------- entities


def _companies(book: _Book) -> list[Json]:
    shown = [iri for iri in book.entities(OP.Company) if iri not in book.group and book.forms(iri)]
    return [
        {
            "name": book.name(iri),
            "ticker": next((book.facts.value(member, OP.ticker) for member in book.members(iri)), None),
            "aliases": book.aliases(iri),
        }
        for iri in shown
    ]


def _conjugates(book: _Book) -> list[Json]:
    return [
        {
            "name": book.name(iri),
            "aliases": book.aliases(iri),
            "antibody": book.part(iri, OP.hasAntibody),
            "payload": book.part(iri, OP.hasPayload),
            "linker": book.facts.value(iri, OP.linker),
            "target": _one_or_list(book.slot(iri, OP.bindsTarget)),
            "developers": list(book.slot(iri, OP.developedBy)),
        }
        for iri in book.standing(OP.Conjugate)
    ]


def _antibodies(book: _Book) -> list[Json]:
    return [
        {
            "name": book.name(iri),
            "aliases": book.aliases(iri),
            "target": _one_or_list(book.slot(iri, OP.bindsTarget)),
            "owner": _one_or_list(book.slot(iri, OP.developedBy)),
        }
        for iri in book.standing(OP.Antibody)
    ]


def _technologies(book: _Book) -> list[Json]:
    return [
        {"name": book.name(iri), "owner": _one_or_list(book.slot(iri, OP.ownedBy))}
        for iri in book.standing(OP.Technology)
    ]


def _products(book: _Book) -> list[Json]:
    return [{"name": book.name(iri), "aliases": book.aliases(iri)} for iri in book.standing(OP.Product)]


# ---------------------------------------------------------------- agreements, milestones, payments


def _agreements(book: _Book) -> list[Json]:
    facts = book.facts
    return [
        {
            "kind": _kind(facts, iri, OP.agreementKind),
            "parties": list(book.slot(iri, OP.party)),
            "licensor": _one_or_list(book.slot(iri, OP.licensor)),
            "licensee": _one_or_list(book.slot(iri, OP.licensee)),
            "technology": _one_or_list(book.slot(iri, OP.coversTechnology)),
            "targets": list(book.slot(iri, OP.coversTarget)),
            "products": list(book.slot(iri, OP.coversProduct)),
            "exclusive": _truth(facts.value(iri, OP.exclusive)),
            "territory": _territory(facts, iri),
            "signed": facts.value(iri, OP.signedOn),
            "event": _event(facts, iri),
        }
        for iri in book.entities(OP.Agreement)
    ]


def _milestones(book: _Book) -> list[Json]:
    facts = book.facts
    found: list[Json] = []
    for iri in book.entities(OP.Milestone):
        paid = book.in_order(facts.values(iri, OP.triggers))
        under = facts.value(iri, OP.underAgreement)
        amounts = [(facts.number(payment, OP.amount), facts.value(payment, OP.currency)) for payment in paid]
        payers, payees = (dict.fromkeys(n for p in paid for n in book.slot(p, side)) for side in (OP.payer, OP.payee))
        between = list(book.slot(under, OP.party)) if under else []
        if not between and payers and payees:
            between = [*payers, *payees]  # who pays whom has a deal, described or not
        amount, currency = amounts[0] if len(set(amounts)) == 1 else (None, None)
        found.append(
            {
                "event": facts.value(iri, OP.milestoneEvent),
                "kind": _kind(facts, iri, OP.milestoneKind),
                "status": facts.value(iri, OP.status),
                "date": facts.value(iri, OP.date),
                "product": _one_or_list(book.slot(iri, OP.concernsProduct)),
                "agreement_between": list[Json](between),
                "payer": _one_or_list(payers),
                "payee": _one_or_list(payees),
                "amount": _plain(amount),
                "currency": currency,
            }
        )
    return found


def _payments(book: _Book) -> list[Json]:
    facts = book.facts
    found: list[Json] = []
    for iri in book.entities(OP.Payment):
        amount = facts.number(iri, OP.amount)
        highest = facts.number(iri, OP.maximumPercentage)  # the record has one number: a range is known up to its end
        found.append(
            {
                "kind": _kind(facts, iri, OP.paymentKind),
                "amount": _plain(amount),
                "percent": _plain(facts.number(iri, OP.percentage) if highest is None else highest),
                "currency": facts.value(iri, OP.currency),
                "qualifier": facts.value(iri, OP.amountQualifier) if highest is None else Qualifier.UP_TO.value,
                "payer": _one_or_list(book.slot(iri, OP.payer)),
                "payee": _one_or_list(book.slot(iri, OP.payee)),
                "percent_text": None if amount is not None else facts.value(iri, OP.amountText),
            }
        )
    return found


def _kind(facts: GraphView, iri: str, prop: str) -> str | None:
    found = facts.value(iri, prop)
    return notation(found) if found else None


def _event(facts: GraphView, agreement: str) -> str | None:
    kinds = [facts.value(event, OP.eventKind) for event in facts.subjects(OP.ofAgreement, agreement)]
    return next((kind.value for kind in _STRENGTH if kind.value in kinds), None)


def _territory(facts: GraphView, agreement: str) -> str | None:
    """'worldwide except Japan', put together again from its two halves."""
    within = ", ".join(facts.values(agreement, OP.territory))
    without = ", ".join(facts.values(agreement, OP.excludedTerritory))
    return f"{within} except {without}".strip() if without else within or None


def _truth(value: str | None) -> bool | None:
    return None if value is None else value == "true"


def _plain(number: Decimal | None) -> Json:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
