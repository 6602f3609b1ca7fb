"""The page's lists: agreements, milestones and payments with their columns, and what happened in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from oncopact.exporters.page.frame import Frame, Json
from oncopact.history import Happening, timeline
from oncopact.labels import amount, notation
from oncopact.namespaces import DCTERMS, ID, OP
from oncopact.text import folded


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        head: Its heading.
        kind: `link` (words that lead to the row's node), `words`, `date`, `nodes` (numbers of nodes) or `sum`.
        cell: What stands in a node's row. For a sum: [what to sort by first, what then, words].
    """

    head: str
    kind: str
    cell: Callable[[Frame, str], Json]


def tables(frame: Frame) -> Json:
    """For each list its name, its columns as [heading, kind], and its rows, each the node's number and its cells."""
    return [
        [
            name,
            [[column.head, column.kind] for column in columns],
            [_cells(frame, iri, columns) for iri in frame.view.instances(kind)],
        ]
        for name, kind, columns in _LISTS
    ]


def _cells(frame: Frame, iri: str, columns: Iterable[Column]) -> Json:
    return [frame.number[iri], *(column.cell(frame, iri) for column in columns)]


# ---------------------------------------------------------------- cells


def _words(prop: str) -> Callable[[Frame, str], Json]:
    return lambda frame, iri: ", ".join(notation(value) for value in frame.view.values(iri, prop))


def _nodes(*props: str) -> Callable[[Frame, str], Json]:
    return lambda frame, iri: [*frame.numbers(iri, *props)]


def _kind_of(prop: str, otherwise: str) -> Callable[[Frame, str], Json]:
    return lambda frame, iri: notation(frame.view.value(iri, prop) or otherwise)


def _parties(frame: Frame, iri: str) -> Json:
    """The first party and the second: licensor and licensee, or all parties in the first where no side is told."""
    givers, takers = frame.numbers(iri, OP.licensor), frame.numbers(iri, OP.licensee)
    return [*(givers or [at for at in frame.numbers(iri, OP.party) if at not in takers])]


def _exclusive(frame: Frame, iri: str) -> Json:
    return {"true": "yes", "false": "no"}.get(frame.view.value(iri, OP.exclusive) or "", "")


def _territory(frame: Frame, iri: str) -> Json:
    not_there = [f"not {place}" for place in frame.view.values(iri, OP.excludedTerritory)]
    return ", ".join([*frame.view.values(iri, OP.territory), *not_there])


def _events(frame: Frame, iri: str) -> Json:
    events = frame.view.subjects(OP.ofAgreement, iri)
    found = {(frame.view.value(event, OP.date) or "", frame.view.value(event, OP.eventKind) or "") for event in events}
    return ", ".join(f"{kind} {date}".strip() for date, kind in sorted(found))


def _reported(frame: Frame, iri: str) -> Json:
    """The date of the first release that speaks of it."""
    releases = {frame.evidence[at].release for at in frame.about.get(iri, ())}
    return min((day for release in releases if (day := frame.view.value(release, DCTERMS.issued))), default="")


def _sum(frame: Frame, iri: str) -> Json:
    view = frame.view
    number, currency = view.number(iri, OP.amount), view.value(iri, OP.currency) or ""
    if number is not None:
        return [currency, float(number), amount(view, iri)]
    rates = [view.number(iri, prop) for prop in (OP.percentage, OP.minimumPercentage, OP.maximumPercentage)]
    shown = [float(rate) for rate in rates if rate is not None]
    return ["%" if shown else "~", max(shown, default=0.0), amount(view, iri)]


def _said(frame: Frame, iri: str) -> Json:
    """How the payment is meant: stated, planned, conditional."""
    found = {frame.evidence[at].modality for at in frame.grounds(iri)}
    return ", ".join("stated" if word == "asserted" else word for word in sorted(found))


def _triggering(frame: Frame, iri: str) -> Json:
    return [frame.number[milestone] for milestone in frame.view.subjects(OP.triggers, iri)]


_REPORTED: Final = Column("First told", "date", _reported)

_LISTS: Final = (
    (
        "agreements",
        str(OP.Agreement),
        (
            Column("Agreement", "link", _kind_of(OP.agreementKind, "agreement")),
            Column("Parties or licensor", "nodes", _parties),
            Column("Licensee", "nodes", _nodes(OP.licensee)),
            Column("Covers", "nodes", _nodes(OP.coversTechnology, OP.coversProduct, OP.coversTarget)),
            Column("Exclusive", "words", _exclusive),
            Column("Territory", "words", _territory),
            Column("Signed", "date", _words(OP.signedOn)),
            Column("Events", "words", _events),
            _REPORTED,
        ),
    ),
    (
        "milestones",
        str(OP.Milestone),
        (
            Column("Milestone", "link", _kind_of(OP.milestoneEvent, "milestone")),
            Column("Kind", "words", _words(OP.milestoneKind)),
            Column("Status", "words", _words(OP.status)),
            Column("Date", "date", _words(OP.date)),
            Column("Product", "nodes", _nodes(OP.concernsProduct)),
            Column("Reached by", "nodes", _nodes(OP.achievedBy)),
            Column("Under", "nodes", _nodes(OP.underAgreement)),
            Column("Triggers", "nodes", _nodes(OP.triggers)),
            _REPORTED,
        ),
    ),
    (
        "payments",
        str(OP.Payment),
        (
            Column("Payment", "link", _kind_of(OP.paymentKind, "payment")),
            Column("Amount", "sum", _sum),
            Column("Payer", "nodes", _nodes(OP.payer)),
            Column("Payee", "nodes", _nodes(OP.payee)),
            Column("Under", "nodes", _nodes(OP.underAgreement)),
            Column("On reaching", "nodes", _triggering),
            Column("How said", "words", _said),
            _REPORTED,
        ),
    ),
)


# ---------------------------------------------------------------- timelines

_LIVED: Final = (
    OP.Company,
    OP.Institution,
    OP.Conjugate,
    OP.Antibody,
    OP.Product,
    OP.Payload,
    OP.Technology,
    OP.Target,
    OP.Agreement,
)
"""The classes whose instances have a timeline."""


def happenings(frame: Frame) -> tuple[Json, Json]:
    """What happened, and to whom.

    Returns:
        Rows [when, what, words, node, evidence or -1, year or 0] in the order of time; for each node's number, where it
        has any, the numbers of its rows.
    """
    lines = {iri: timeline(frame.view, iri) for kind in _LIVED for iri in frame.view.instances(kind)}
    every = sorted({item for line in lines.values() for item in line}, key=lambda item: (not item.day, item))
    position = {item: at for at, item in enumerate(every)}
    rows: list[Json] = [_row(frame, item) for item in every]
    owners: list[Json] = [
        [frame.number[iri], [position[item] for item in line]] for iri, line in sorted(lines.items()) if line
    ]
    return rows, owners


def _row(frame: Frame, item: Happening) -> Json:
    iri = f"{ID}{item.node}"
    seen = _evidence(frame, iri, item)
    year = item.day[:4]
    return [item.when, item.what, item.words, frame.number[iri], seen, int(year) if year.isdigit() else 0]


def _evidence(frame: Frame, iri: str, item: Happening) -> int:
    """The evidence whose words the timeline shows; an event without its own has its agreement's."""
    owners: Iterable[str] = (iri, *frame.view.values(iri, OP.ofAgreement))
    for owner in owners:
        for at in frame.about.get(owner, ()):
            seen = frame.evidence[at]
            source = frame.view.value(seen.release, DCTERMS.source) or ""
            if (folded(seen.quote), source) == (item.quote, item.source):
                return at
    return -1
