"""What a release claims, as far as it tells one thing from another; and what is decided on it.

A release's graph is made from that release alone. What it says of names, agreements and milestones is boiled down to
claims here: equal claims of many releases are one, so that a deal recalled in a hundred boilerplates is weighed once.
Decisions say which node of the whole graph a claim's node is, and why. Nothing here decides.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pyoxigraph import Quad

from oncopact.exporters.rdf import is_facts
from oncopact.folding import compact, fold_company
from oncopact.graph_view import GraphView
from oncopact.model import EventKind, PartialDate, Status
from oncopact.namespaces import ID, OP, SKOS

__all__ = [
    "AgreementClaim",
    "Atom",
    "Claims",
    "Decision",
    "MilestoneClaim",
    "NameDecision",
    "Reason",
    "claims",
    "content",
    "days_apart",
    "of_content",
]


# ---------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """One thing that is said of an entity's name.

    Attributes:
        entity: `company/immunogen`.
        kind: `name`, `main`, `label`, `former`, `ticker`, `cik`, `apart`, or `listed` for what the vocabulary lists.
        value: The name folded for comparison, behind the family of names that it is unique in; for `label` as
            printed; for `ticker` the symbol and, behind a bar, the year of the release; for `apart` the group it is
            part of, who bought it, or whom it licenses from or to, pays or is paid by.
    """

    entity: str
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True, order=True)
class AgreementClaim:
    """What a release says of an agreement.

    Attributes:
        node: The node in the release's graph, `agreement/349ba4b318e26ad4`.
        kind: `licence`, …
        parties, licensors, licensees: Entities, sorted.
        covers: Technologies, targets and products, sorted.
        signed: Value and bounds of the stated date of signing.
        announced: The day of the release when it announces the agreement as news; empty when it has no date; None
            when it recalls, amends or ends an agreement.
        exclusive: `true` and `false`, as stated.
    """

    node: str
    kind: str
    parties: tuple[str, ...]
    licensors: tuple[str, ...] = ()
    licensees: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    signed: tuple[str, str, str] | None = None
    announced: str | None = None
    exclusive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class MilestoneClaim:
    """What a release says of a milestone.

    Attributes:
        node: The node in the release's graph.
        kind, status, event: As in the graph.
        product: An entity, or empty.
        under: The claim of the agreement it stands under, or empty.
        dated: Value and bounds of the stated date.
        said: The release's day; its month only where the milestone is planned or dated, for which the day is idle.
    """

    node: str
    kind: str
    status: str
    event: str
    product: str = ""
    under: str = ""
    dated: tuple[str, str, str] | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims of a release; those of agreements and milestones by their id."""

    atoms: frozenset[Atom]
    agreements: Mapping[str, AgreementClaim]
    milestones: Mapping[str, MilestoneClaim]


# ---------------------------------------------------------------- decisions


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why two nodes are one, or what speaks against it.

    Attributes:
        rule: `agreement.recalled`, `name.code`, …
        words: For people: what agrees, or what does not.
        other: The other node.
    """

    rule: str
    words: str
    other: str


@dataclass(frozen=True, slots=True)
class NameDecision:
    """What an entity is in the whole graph.

    Attributes:
        to: The entity that stands for it and for all that are the same.
        label: The preferred label of them all; empty where each release says the same.
        why: Why it is another's.
        perhaps: What it may be the same as, and why that is not certain.
    """

    to: str
    label: str = ""
    why: tuple[Reason, ...] = ()
    perhaps: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an agreement or milestone of a claim is in the whole graph.

    Attributes:
        to: The node that stands for it.
        date: The date that all releases together give it: value and bounds; None where they do not differ.
        event: The words for a milestone, where releases differ.
        why: Why it is another's.
        perhaps: What it may be the same as, and why that is not certain.
        fulfilled: The milestones that a planned or conditional one came to.
    """

    to: str
    date: tuple[str, str, str] | None = None
    event: str = ""
    why: tuple[Reason, ...] = ()
    perhaps: tuple[Reason, ...] = ()
    fulfilled: str = ""


# ---------------------------------------------------------------- reading a release's graph

FAMILIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "company": "company",
        "institution": "company",
        "conjugate": "product",
        "product": "product",
        "antibody": "antibody",
        "payload": "payload",
        "target": "target",
        "technology": "technology",
    }
)
"""Within a family one name means one thing; an antibody and its conjugate may share a code's letters, never a node."""

_NAMES: Final = (SKOS.prefLabel, SKOS.altLabel, OP.codeName, OP.brandName)
_COVERS: Final = (OP.coversTechnology, OP.coversTarget, OP.coversProduct)


def claims(quads: Iterable[Quad], release: str, listed: Iterable[str] = ()) -> Claims:
    """The claims of a release.

    Args:
        quads: The release's graphs; only its facts are read.
        release: Its id.
        listed: The ids of entities that the vocabulary lists.
    """
    view = GraphView(quad for quad in quads if is_facts(quad.graph_name))
    issued = view.value(f"{ID}release/{release}", OP.latest) or ""
    agreements = {_short(iri): _agreement(view, iri, issued) for iri in view.instances(OP.Agreement)}
    ids = {node: claim_id(claim) for node, claim in agreements.items()}
    milestones = (_milestone(view, iri, issued, ids) for iri in view.instances(OP.Milestone))
    return Claims(
        atoms=frozenset(_atoms(view, issued[:4], frozenset(listed))),
        agreements={ids[node]: claim for node, claim in sorted(agreements.items())},
        milestones={claim_id(claim): claim for claim in milestones},
    )


def claim_id(claim: AgreementClaim | MilestoneClaim) -> str:
    """A claim's name, which follows from its content."""
    return hashlib.sha256(content(claim).encode()).hexdigest()[:16]


def _short(iri: str) -> str:
    return iri.removeprefix(str(ID))


def _shorts(view: GraphView, iri: str, *props: str) -> tuple[str, ...]:
    return tuple(sorted({_short(value) for prop in props for value in view.values(iri, prop)}))


def _dated(view: GraphView, iri: str, prop: str) -> tuple[str, str, str] | None:
    value, first, last = (view.value(iri, name) for name in (prop, OP.earliest, OP.latest))
    return (value, first, last) if value and first and last else None


def _agreement(view: GraphView, iri: str, issued: str) -> AgreementClaim:
    events = {kind for event in view.subjects(OP.ofAgreement, iri) for kind in view.values(event, OP.eventKind)}
    return AgreementClaim(
        node=_short(iri),
        kind=(view.value(iri, OP.agreementKind) or "").rpartition("/")[2],
        parties=_shorts(view, iri, OP.party),
        licensors=_shorts(view, iri, OP.licensor),
        licensees=_shorts(view, iri, OP.licensee),
        covers=_shorts(view, iri, *_COVERS),
        signed=_dated(view, iri, OP.signedOn),
        announced=issued if EventKind.ANNOUNCED in events else None,
        exclusive=view.values(iri, OP.exclusive),
    )


def _milestone(view: GraphView, iri: str, issued: str, agreements: Mapping[str, str]) -> MilestoneClaim:
    dated = _dated(view, iri, OP.date)
    status = view.value(iri, OP.status) or ""
    under = next(iter(_shorts(view, iri, OP.underAgreement)), "")
    return MilestoneClaim(
        node=_short(iri),
        kind=(view.value(iri, OP.milestoneKind) or "").rpartition("/")[2],
        status=status,
        event=view.value(iri, OP.milestoneEvent) or "",
        product=next(iter(_shorts(view, iri, OP.concernsProduct)), ""),
        under=agreements.get(under, ""),
        dated=dated,
        said=issued if status == Status.ACHIEVED and not dated else issued[:7],
    )


def _atoms(view: GraphView, year: str, listed: frozenset[str]) -> Iterable[Atom]:
    yield from _opposed(view)
    for path, family in FAMILIES.items():
        for iri in view.instances(str(OP[path.capitalize()])):
            entity = _short(iri)
            yield Atom(entity, "listed" if entity in listed else "unlisted")
            label = view.label(iri)
            yield Atom(entity, "label", label)
            yield Atom(entity, "main", name_key(family, label))
            for prop in _NAMES:
                yield from (Atom(entity, "name", name_key(family, name)) for name in view.values(iri, prop))
            yield from (Atom(entity, "former", name_key(family, name)) for name in view.values(iri, OP.formerName))
            for prop in (OP.partOfGroup, OP.acquiredBy):
                yield from (Atom(entity, "apart", _short(other)) for other in view.values(iri, prop))
            yield from (Atom(entity, "cik", f"cik|{cik}") for cik in view.values(iri, OP.cik))
            for ticker in view.values(iri, OP.ticker):
                symbol = ticker.rpartition(":")[2].strip().upper()
                exchange = ticker.partition(":")[0].split()[0].upper() if ":" in ticker else ""
                yield Atom(entity, "ticker", f"ticker|{exchange}:{symbol}|{year}")


_ROLES: Final = ((OP.Agreement, OP.licensor, OP.licensee), (OP.Payment, OP.payer, OP.payee))


def _opposed(view: GraphView) -> Iterable[Atom]:
    """Nobody licenses to himself or pays himself: the two sides of a deal are two."""
    for kind, giver, taker in _ROLES:
        for iri in view.instances(kind):
            for one in _shorts(view, iri, giver):
                yield from (Atom(one, "apart", two) for two in _shorts(view, iri, taker) if two != one)


def name_key(family: str, name: str) -> str:
    """A name as it is compared with others of its family.

    >>> name_key("company", "ImmunoGen, Inc."), name_key("product", "BB-10901")
    ('company|immunogen', 'product|bb10901')
    """
    return f"{family}|{fold_company(name) if family == 'company' else compact(name)}"


def is_telling(key: str) -> bool:
    """Whether a product's name is its own: a code or a long word, no class of molecules.

    >>> is_telling("product|bb10901"), is_telling("product|adc"), is_telling("product|bivatuzumabmertansine")
    (True, False, True)
    """
    name = key.partition("|")[2]
    return (len(name) >= _CODE and any(char.isdigit() for char in name)) or len(name) >= _WORD


_CODE: Final = 4
_WORD: Final = 9


# ---------------------------------------------------------------- dates


def days_apart(one: str, two: str) -> int:
    """The days between two full dates.

    >>> days_apart("2001-11-27", "2001-11-30")
    3
    """
    return abs((datetime.date.fromisoformat(one) - datetime.date.fromisoformat(two)).days)


def days_before(day: str, days: int) -> str:
    """The full date so many days before another."""
    try:
        return (datetime.date.fromisoformat(day) - datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return day


def narrowest(dates: Iterable[tuple[str, str, str] | None]) -> tuple[str, str, str] | None:
    """Of several statements of one date the most exact, and of several as exact the first."""
    known = [date for date in dates if date]
    return min(known, key=lambda date: (days_apart(date[1], date[2]), date)) if known else None


def partial(date: tuple[str, str, str]) -> PartialDate:
    """A claim's date as the other rooms know it."""
    return PartialDate(*date)


# ---------------------------------------------------------------- as text

_T = TypeVar("_T", AgreementClaim, MilestoneClaim, NameDecision, Decision)


def content(item: AgreementClaim | MilestoneClaim | NameDecision | Decision) -> str:
    """A claim or decision as one line of JSON; what is absent is left out."""
    return json.dumps({key: value for key, value in asdict(item).items() if value not in ((), None)})


def of_content(kind: type[_T], text: str) -> _T:
    """The claim or decision of such a line."""
    fields: dict[str, Any] = json.loads(text)
    for name, value in fields.items():
        if isinstance(value, list):
            fields[name] = tuple(Reason(**item) if isinstance(item, dict) else item for item in value)
    return kind(**fields)


__all__ += ["FAMILIES", "claim_id", "days_before", "is_telling", "name_key", "narrowest", "partial"]
