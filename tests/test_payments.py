"""Payments: what a sum is for, who pays whom, what is no payment; each construction with its counterexample."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from oncopact.extract import extract
from oncopact.extractors.catalogue import RULES, Rule
from oncopact.extractors.purposes import NO_DEAL, THRESHOLD, purpose
from oncopact.lexicon import Lexicon, load
from oncopact.model import Findings, Payment, PaymentKind, Release, Source
from oncopact.segment import segment
from oncopact.text import OffsetMap

LICENCE = "Alderis, Inc. today announced that it has granted Borgmann AG an exclusive licence to ALD-12, a conjugate. "
DEAL = "Alderis, Inc. and Borgmann AG today announced a collaboration agreement. "
PURCHASE = "Borgmann AG today announced a definitive agreement to acquire Alderis, Inc. "
ABOUT = "\n\nAbout Alderis\n\nAlderis, Inc. is a drug company in Boston.\n"


@cache
def lexicon() -> Lexicon:
    return load()


def findings(text: str) -> Findings:
    release = Release("0" * 16, text, OffsetMap.identity(), Source("a.txt"))
    return extract(segment(release), lexicon())


def release(sentences: str, *, lead: str = LICENCE) -> str:
    return f"BOSTON, March 3, 2020 - {lead}{sentences}{ABOUT}"


def short(company: str) -> str:
    return company.partition("/")[2].partition("-")[0]


def told(payment: Payment) -> str:
    """A payment in one line: `upfront 25000000 USD exact borgmann>alderis`."""
    number = payment.amount if payment.amount is not None else payment.percent
    high = f"-{payment.percent_high}" if payment.percent_high is not None else ""
    unit = payment.currency or ("%" if payment.percent is not None else payment.text or "")
    sides = ["+".join(sorted(short(c) for c in side)) for side in (payment.payers, payment.payees)]
    figure = f"{Decimal(number).normalize():f}{high} " if number is not None else ""
    return f"{payment.kind} {figure}{unit}".strip() + f" {payment.qualifier} {'>'.join(sides)}"


def payments(sentences: str, *, lead: str = LICENCE) -> list[str]:
    return [told(payment) for payment in findings(release(sentences, lead=lead)).payments]


ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "values" / "payments.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def rows(lead: str) -> list[tuple[str, list[str]]]:
    """The texts of one lead with the payments that they state, sorted."""
    chosen = [row for row in ROWS if row[0] == lead]
    return [(row[2].replace("\\n", "\n"), sorted(row[3].split("; ")) if len(row) > 3 else []) for row in chosen]


@pytest.mark.parametrize(("text", "expected"), rows("licence"))
def test_payment_of_a_licence_is_read(text: str, expected: list[str]) -> None:
    assert sorted(payments(text)) == expected


@pytest.mark.parametrize(("text", "expected"), rows("collaboration"))
def test_payment_of_a_collaboration_is_read(text: str, expected: list[str]) -> None:
    assert sorted(payments(text, lead=DEAL)) == expected


@pytest.mark.parametrize(("text", "expected"), rows("purchase"))
def test_price_of_a_company_is_read(text: str, expected: list[str]) -> None:
    assert sorted(payments(text, lead=PURCHASE)) == expected


@pytest.mark.parametrize(("text", "expected"), rows("none"))
def test_money_of_another_sort_is_no_payment(text: str, expected: list[str]) -> None:
    assert payments(text) == expected == []


def test_deal_of_another_trade_gives_no_payment() -> None:
    text = (
        "OSLO, March 3, 2020 - Borgmann AG today announced an agreement to acquire Cheriton Bank Ltd., a broker, "
        "for $300 million in cash.\n"
    )
    assert findings(text).payments == ()


def test_threshold_is_apart_from_the_payment_it_triggers() -> None:
    text = "Yearly sales of $100 million trigger a payment of $5 million to Alderis."
    assert payments(text) == ["milestone 5000000 USD exact borgmann>alderis"]


PAYMENT_RULES = [rule for rule in RULES if rule.stage == "payments"]


def fired(text: str) -> set[str]:
    return {e.rule for payment in findings(text).payments for e in payment.evidence}


@pytest.mark.parametrize("rule", PAYMENT_RULES, ids=lambda rule: rule.name)
def test_rule_reads_its_example_and_leaves_its_counterexample(rule: Rule) -> None:
    frame = "BOSTON, March 3, 2020 - {}\n"
    assert rule.name in fired(frame.format(rule.example))
    assert rule.name not in fired(frame.format(rule.counterexample))


def test_evidence_names_only_companies_on_that_side() -> None:
    found = findings(release("Alderis will receive an upfront payment of $25 million, and royalties, from Borgmann."))
    assert found.payments
    for payment in found.payments:
        for item in payment.evidence:
            assert item.quote == found.document.text[item.span.start : item.span.end]
            if item.property == "op:payer":
                assert item.value in payment.payers
            if item.property == "op:payee":
                assert item.value in payment.payees


def test_no_company_pays_itself() -> None:
    text = "Borgmann has a deal with Alderis to buy Borgmann for $5 million. Alderis pays Alderis $3 million upfront."
    for payment in findings(release(text, lead=PURCHASE)).payments:
        assert not set(payment.payers) & set(payment.payees)


def test_milestone_and_its_money_are_linked() -> None:
    text = "Alderis has dosed the first patient with ALD-12, which triggers a milestone payment of $6 million."
    found = findings(release(text))
    assert [found.payments[i].kind for m in found.milestones for i in m.triggers] == [PaymentKind.MILESTONE]


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("upfront", PaymentKind.UPFRONT),
        ("option exercise fee", PaymentKind.OPTION_FEE),
        ("technology access fees", PaymentKind.LICENCE_FEE),
        ("at approval", PaymentKind.MILESTONE),
        ("in the aggregate", PaymentKind.TOTAL),
        ("for manufacturing", None),
    ],
)
def test_words_tell_the_purpose(phrase: str, kind: PaymentKind | None) -> None:
    assert purpose(phrase) is kind


def test_accounts_and_thresholds_are_known_by_their_words() -> None:
    assert NO_DEAL.search("net loss of $3 million")
    assert not NO_DEAL.search("an upfront payment of $3 million")
    assert THRESHOLD.search("once sales exceed ")
    assert not THRESHOLD.search("will pay ")
