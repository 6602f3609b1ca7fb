"""What happened when, what became of plans, and who contradicts whom."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

import series
from findings import HALDEN, HB204, licence_findings, release_of
from oncopact.called import find
from oncopact.errors import GraphError
from oncopact.graph_view import GraphView
from oncopact.history import conflicts, timeline
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.model import AgreementKind, EventKind, Findings, PartialDate

VIEW = GraphView(KnowledgeGraph.of(series.findings(), lexicon=load()).quads)


def told(name: str) -> list[tuple[str, str, str]]:
    return [(item.when, item.what, item.words) for item in timeline(VIEW, name)]


# ---------------------------------------------------------------- timelines


def test_an_agreements_life_is_told_in_the_order_of_time() -> None:
    deals = {item.node: item.words for item in timeline(VIEW, "Oriel") if "collaboration" in item.words}
    events = [item for item in timeline(VIEW, "Oriel") if item.node in deals]
    assert [(item.when, item.what) for item in events] == [
        ("1999-03-15", "announced"),
        ("1999", "signed"),
        ("2002-10-03", "amended"),
        ("2004-03-22", "renewed"),
    ]


def test_rights_returned_stand_in_the_companys_life() -> None:
    assert ("2010-08-30", "terminated") in [
        (when, what) for when, what, words in told("Halvorsen Pharma AG") if "PSMA" in words
    ]


def test_a_plan_says_when_it_came_to_pass() -> None:
    [(when, _, words)] = [row for row in told("HVP-220") if row[1] == "planned"]
    assert when == "2003-03-04"
    assert words.endswith("for 2003-Q4 (achieved by 2003-11-12)")


def test_a_former_name_leads_to_the_company() -> None:
    assert told("Marrowgate Biosciences, Inc.") == told("company/oriel-therapeutics")


def test_every_row_has_its_words_and_source() -> None:
    assert all(item.quote and item.source.endswith(".txt") for item in timeline(VIEW, "Oriel"))


def test_days_never_go_back() -> None:
    days = [item.day for item in timeline(VIEW, "Halvorsen")]
    assert days == sorted(days)


def changed(
    text: str,
    name: str,
    *,
    kind: AgreementKind | None = None,
    event: EventKind | None = None,
    amount: int | None = None,
) -> Findings:
    """The release of our licence, said again a month later with something else in it."""
    made = licence_findings(name)
    deal = replace(made.agreements[0], kind=kind or made.agreements[0].kind, event=event or made.agreements[0].event)
    payments = made.payments
    if amount:
        payments = (
            replace(payments[0], amount=Decimal(amount), text=f"${amount}", evidence=payments[0].evidence[:1]),
            *payments[1:],
        )
    document = replace(
        made.document,
        release=release_of(made.document.text + text, name),
        issued=PartialDate("2023-04-04", "2023-04-04", "2023-04-04"),
        issued_span=None,
    )
    return replace(made, document=document, agreements=(deal,), payments=payments)


def test_a_plan_without_a_sequel_says_so() -> None:
    view = GraphView(KnowledgeGraph.of([licence_findings()]).quads)
    [plan] = [item for item in timeline(view, HB204) if item.what == "planned"]
    assert plan.words.endswith("(no later word)")


@pytest.mark.parametrize(
    ("event", "outcome"),
    [(EventKind.ANNOUNCED, "(open, as far as the releases say)"), (EventKind.EXERCISED, "(exercised)")],
)
def test_an_option_is_open_or_exercised(event: EventKind, outcome: str) -> None:
    option = changed("\n", "a.txt", kind=AgreementKind.OPTION)
    later = changed("\n\nlater\n", "b.txt", kind=AgreementKind.OPTION, event=event)
    view = GraphView(KnowledgeGraph.of([option, later]).quads)
    [first] = [item for item in timeline(view, HALDEN) if item.what == "announced"]
    assert first.words.endswith(outcome)


def test_what_nobody_is_called_is_an_error_and_what_several_are_too() -> None:
    with pytest.raises(GraphError, match="nothing is called so; give a name as printed"):
        find(VIEW, "Nobody")
    with pytest.raises(GraphError, match="several things are called so; give one of"):
        find(VIEW, "h")


# ---------------------------------------------------------------- contradictions


def test_two_dates_of_one_deal_are_shown_each_with_its_sentence() -> None:
    [found] = conflicts(VIEW)
    assert [(side.value, side.source[:2]) for side in found.sides] == [("2000-03", "14"), ("2000-05", "02")]
    assert all(side.quote for side in found.sides)


def test_two_amounts_for_one_upfront_fee_are_shown() -> None:
    view = GraphView(KnowledgeGraph.of([licence_findings(), changed("\nagain\n", "b.txt", amount=40_000_000)]).quads)
    [found] = [item for item in conflicts(view) if item.kind == "amount"]
    assert [side.value for side in found.sides] == ["USD 40,000,000", "USD 45,000,000"]
    assert {side.source for side in found.sides} == {"halden.txt", "b.txt"}


def test_releases_that_agree_contradict_nothing() -> None:
    view = GraphView(KnowledgeGraph.of([licence_findings(), changed("\nagain\n", "b.txt")]).quads)
    assert conflicts(view) == ()
