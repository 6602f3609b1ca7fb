"""Payments: what a sum is for, who pays whom, what is no payment; each construction with its counterexample."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

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


READ = {
    "verb of receiving, 'from'": (
        "Alderis will receive an upfront payment of $25 million from Borgmann.",
        ["upfront 25000000 USD exact borgmann>alderis"],
    ),
    "verb of receiving, other side from the deal": (
        "Alderis will receive an upfront payment of $25 million.",
        ["upfront 25000000 USD exact borgmann>alderis"],
    ),
    "verb of paying, indirect object": (
        "Borgmann will pay Alderis $25 million upfront.",
        ["upfront 25000000 USD exact borgmann>alderis"],
    ),
    "verb of paying, 'to'": (
        "Borgmann will make a milestone payment of EUR 3 million to Alderis.",
        ["milestone 3000000 EUR exact borgmann>alderis"],
    ),
    "passive, 'by' and 'to'": (
        "An upfront payment of $4 million will be made by Borgmann to Alderis.",
        ["upfront 4000000 USD exact borgmann>alderis"],
    ),
    "passive of the one who is paid": (
        "Alderis was paid an initial payment of $4 million by Borgmann.",
        ["upfront 4000000 USD exact borgmann>alderis"],
    ),
    "noun with 'by' and 'to'": (
        "The news followed a milestone payment of $2 million by Borgmann to Alderis.",
        ["milestone 2000000 USD exact borgmann>alderis"],
    ),
    "eligible to receive": (
        "Alderis is eligible to receive up to $300 million in milestone payments.",
        ["milestone 300000000 USD up_to borgmann>alderis"],
    ),
    "eligible for": (
        "Alderis may be eligible for up to $210 million in potential development and regulatory milestones.",
        ["milestone 210000000 USD up_to borgmann>alderis"],
    ),
    "kind before the figure": (
        "The licence brings Alderis a technology access fee of $3 million.",
        ["licence fee 3000000 USD exact borgmann>alderis"],
    ),
    "kind after the figure": (
        "Alderis will receive $8 million on signing.",
        ["upfront 8000000 USD exact borgmann>alderis"],
    ),
    "kind leads the sentence": (
        "Upon approval, Alderis will receive $20 million.",
        ["milestone 20000000 USD exact borgmann>alderis"],
    ),
    "kind far after the figure": (
        "Borgmann pays $400 million, potentially, for development events.",
        ["milestone 400000000 USD up_to borgmann>alderis"],
    ),
    "kinds by coordination": (
        "Borgmann will pay Alderis $1.1 million at the start of Phase II and $20 million at approval.",
        ["milestone 1100000 USD exact borgmann>alderis", "milestone 20000000 USD exact borgmann>alderis"],
    ),
    "one verb, three kinds": (
        (
            "Borgmann pays US$22 million upfront, US$3 million for clinical material and, on milestones, as much as "
            "US$410 million."
        ),
        [
            "upfront 22000000 USD exact borgmann>alderis",
            "other 3000000 USD exact borgmann>alderis",
            "milestone 410000000 USD up_to borgmann>alderis",
        ],
    ),
    "a list in the plural": (
        "Borgmann will pay Alderis upfront payments of $15 million for ALD-12 and $7 million for ALD-14.",
        ["upfront 15000000 USD exact borgmann>alderis", "upfront 7000000 USD exact borgmann>alderis"],
    ),
    "commas inside one kind": (
        "Alderis is eligible to receive over $1.6 billion in potential clinical, development and sales milestones.",
        ["milestone 1600000000 USD at_least borgmann>alderis"],
    ),
    "a total of a kind": (
        "Alderis is eligible to receive milestones up to a total of $245 million per target.",
        ["milestone 245000000 USD up_to borgmann>alderis"],
    ),
    "a total and what it consists of": (
        "Alderis will receive $75 million, consisting of an upfront payment and an equity investment.",
        ["total 75000000 USD exact borgmann>alderis", "upfront undisclosed borgmann>alderis"],
    ),
    "a total that restates parts": (
        "The deal is worth up to $500 million in upfront and milestone payments to Alderis.",
        ["total 500000000 USD up_to borgmann>alderis"],
    ),
    "a sum without a name in a new licence": (
        "Borgmann pays Alderis €30 million.",
        ["upfront 30000000 EUR exact borgmann>alderis"],
    ),
    "a conditional sum without a name": (
        "If all goes well, Alderis could collect as much as $24 million more.",
        ["milestone 24000000 USD up_to borgmann>alderis"],
    ),
    "due by the calendar only": (
        "Borgmann will pay Alderis $2 million within thirty days.",
        ["other 2000000 USD exact borgmann>alderis"],
    ),
    "for something other than rights": (
        "Borgmann will pay Alderis CHF 14 million towards a dedicated suite.",
        ["other 14000000 CHF exact borgmann>alderis"],
    ),
    "part of a sum, stated": (
        (
            "Borgmann is to pay Alderis $3.5 million on signing, of which $1.5 million will be used to buy newly "
            "issued Alderis common stock."
        ),
        ["upfront 3500000 USD exact borgmann>alderis", "equity 1500000 USD exact borgmann>alderis"],
    ),
    "part of a sum, as a fraction": (
        "Borgmann will pay Alderis $50 million at the outset, half of it by buying Alderis stock.",
        ["upfront 50000000 USD exact borgmann>alderis", "equity 25000000 USD exact borgmann>alderis"],
    ),
    "an investment": (
        "Alderis will receive an equity investment by Borgmann of $35 million.",
        ["equity 35000000 USD exact borgmann>alderis"],
    ),
    "a stake": (
        "Borgmann agreed to take a stake in Alderis by subscribing for shares at $12.40 apiece, $45 million in all.",
        ["equity 12.4 USD exact borgmann>alderis", "equity 45000000 USD exact borgmann>alderis"],
    ),
    "option exercised": (
        "Borgmann will pay Alderis $25 million to exercise its option for a second product.",
        ["option fee 25000000 USD exact borgmann>alderis"],
    ),
    "option, relative clause": (
        "The option, for which Borgmann paid a fee of $4 million in 2015, runs out in March.",
        ["option fee 4000000 USD exact borgmann>alderis"],
    ),
    "sum that is the object of a relative clause": (
        "Alderis keeps the $3 million that Borgmann had paid for its option.",
        ["option fee 3000000 USD exact borgmann>alderis"],
    ),
    "research funding, figure": (
        "Borgmann will provide $6 million in research funding to Alderis.",
        ["research funding 6000000 USD exact borgmann>alderis"],
    ),
    "research funding, at least": (
        "Borgmann pays not less than $2 million a year towards the salaries of Alderis's chemists.",
        ["research funding 2000000 USD at_least borgmann>alderis"],
    ),
    "research funded, no figure": (
        "Borgmann will fund research and development.",
        ["research funding undisclosed borgmann>"],
    ),
    "royalty in figures": (
        "Borgmann will pay Alderis royalties of 7.5 percent on net sales.",
        ["royalty 7.5 % exact borgmann>alderis"],
    ),
    "royalty, range": (
        "Borgmann will pay Alderis royalties of 4 to 6 percent on net sales.",
        ["royalty 4-6 % exact borgmann>alderis"],
    ),
    "royalty tiers and what they are tied to": (
        "Borgmann owes Alderis 7 percent of net sales up to €20 million and 10 percent of the portion above that.",
        ["royalty 7 % exact borgmann>alderis", "royalty 10 % exact borgmann>alderis"],
    ),
    "royalty in words": (
        "Alderis will receive tiered royalties in the low- to mid-single digits on net sales.",
        ["royalty low- to mid-single digits undisclosed borgmann>alderis"],
    ),
    "royalty in words, in two steps": (
        "Alderis will receive royalties that start in the high single digits and rise to the low teens.",
        ["royalty high single digits undisclosed borgmann>alderis"],
    ),
    "royalty lowered": (
        "The two have lowered the royalty that Borgmann pays on ALD-12 from 12 to 9 percent.",
        ["royalty 9 % exact borgmann>alderis"],
    ),
    "royalty reserved": (
        "A royalty of 2% of net revenue, of which Borgmann may buy back one half, is reserved to Alderis.",
        ["royalty 2 % exact borgmann>alderis"],
    ),
    "royalty as subject": (
        "Royalties of 5 percent are due to Alderis.",
        ["royalty 5 % exact borgmann>alderis"],
    ),
    "fees without figures": (
        "Alderis receives milestone payments plus royalties on net product sales.",
        ["milestone undisclosed borgmann>alderis", "royalty undisclosed borgmann>alderis"],
    ),
    "upfront payment without a figure": (
        "Borgmann made an upfront payment in June.",
        ["upfront undisclosed borgmann>alderis"],
    ),
    "payments contingent on milestones": (
        "Alderis is eligible to receive payments contingent on the achievement of certain regulatory milestones.",
        ["milestone undisclosed borgmann>alderis"],
    ),
    "figure and a fee without one": (
        "Alderis will receive $50 million upfront, as well as tiered royalties on sales.",
        ["upfront 50000000 USD exact borgmann>alderis", "royalty tiered undisclosed borgmann>alderis"],
    ),
    "table in plain text": (
        (
            "The terms are:\n\nUpfront payment        $25 million\nMilestones             up to $300 million\n"
            "Royalty                8 percent of net sales\n"
        ),
        [
            "upfront 25000000 USD exact borgmann>alderis",
            "milestone 300000000 USD up_to borgmann>alderis",
            "royalty 8 % exact borgmann>alderis",
        ],
    ),
    "list with labels": (
        "The terms are:\n\n* Upfront: $25 million\n* Royalty: 8 percent of net sales\n",
        ["upfront 25000000 USD exact borgmann>alderis", "royalty 8 % exact borgmann>alderis"],
    ),
    "nouns as subject": (
        "Upfront and near-term payments total $185 million.",
        ["upfront 185000000 USD exact borgmann>alderis"],
    ),
    "now and later": (
        "Alderis gets $12 million now and as much as $180 million later.",
        ["upfront 12000000 USD exact borgmann>alderis", "milestone 180000000 USD up_to borgmann>alderis"],
    ),
    "from all partners": (
        "Alderis has received more than $80 million from its partners to date.",
        ["total 80000000 USD at_least >alderis"],
    ),
    "opting in": (
        "Alderis has the right to opt in for $15 million.",
        ["option fee 15000000 USD exact alderis>borgmann"],
    ),
    "paid in shares": (
        "Alderis received 46 million shares and is eligible for $7 million at approval.",
        ["equity undisclosed borgmann>alderis", "milestone 7000000 USD exact borgmann>alderis"],
    ),
    "in exchange for the licence": (
        "Alderis granted Borgmann the licence in exchange for $20 million and royalties.",
        ["upfront 20000000 USD exact borgmann>alderis", "royalty undisclosed borgmann>alderis"],
    ),
    "sold": (
        "Alderis sold its rights to Borgmann for €40 million plus a royalty.",
        ["upfront 40000000 EUR exact borgmann>alderis", "royalty undisclosed borgmann>alderis"],
    ),
    "money flowing back": (
        "In return for the data, Alderis will pay Borgmann 4 percent of any net sales of ALD-12.",
        ["royalty 4 % exact alderis>borgmann"],
    ),
    "money sent on to a third company": (
        "Alderis will pass a quarter of this sum on to Cheriton Labs Ltd.",
        ["other 25 % exact alderis>cheriton"],
    ),
    "triggered by an event": (
        "The start of the trial triggers a payment of an undisclosed amount by Borgmann to Alderis.",
        ["milestone undisclosed borgmann>alderis"],
    ),
    "earned by an event": (
        "The choice of a target earns Alderis a licence fee of $3 million.",
        ["licence fee 3000000 USD exact borgmann>alderis"],
    ),
    "retained": (
        "$23.5 million of the upfront payment remains with Alderis.",
        ["upfront 23500000 USD exact borgmann>alderis"],
    ),
    "raised from one sum to another": (
        "The milestone that Borgmann pays on approval rises from $6 million to $8 million.",
        ["milestone 8000000 USD exact borgmann>alderis"],
    ),
    "settlement of the past": (
        "Borgmann pays Alderis $62.5 million for past sales of ALD-12.",
        ["other 62500000 USD exact borgmann>alderis"],
    ),
    "currencies: signs of countries": (
        "Borgmann will pay Alderis an upfront payment of A$5 million.",
        ["upfront 5000000 AUD exact borgmann>alderis"],
    ),
    "currencies: codes": (
        "Borgmann will pay Alderis an upfront payment of JPY 300 million.",
        ["upfront 300000000 JPY exact borgmann>alderis"],
    ),
    "currencies: in words": (
        "Borgmann paid Alderis four million dollars upfront.",
        ["upfront 4000000 USD exact borgmann>alderis"],
    ),
    "one fact twice": (
        "Alderis will receive an upfront payment of $25 million. The $25 million upfront payment is due now.",
        ["upfront 25000000 USD exact borgmann>alderis"],
    ),
    "a fee recalled by its name": (
        "Alderis will receive an upfront payment of $25 million. Alderis keeps the upfront payment.",
        ["upfront 25000000 USD exact borgmann>alderis"],
    ),
}
PARTNERS = {
    "profit shared equally": ("The companies will share profits equally.", ["other 50 % exact >"]),
    "costs 50:50": ("The companies will share costs 50:50.", ["other 50 % exact >"]),
    "each bears half": (
        "Each company bears half of the costs and will take half of the profits.",
        ["other 50 % exact >"],
    ),
    "one bears more": (
        "Borgmann will be responsible for 75% of the first $2 billion of R&D expenses.",
        ["other 75 % exact borgmann>"],
    ),
    "direction of the deal's other payment": (
        "Borgmann will pay Alderis $5 million upfront. Milestones of up to $80 million and royalties are foreseen.",
        ["upfront 5000000 USD exact borgmann>alderis", "milestone 80000000 USD up_to borgmann>alderis"],
    ),
    "infinitive with its own subject": (
        "The news: Borgmann to pay Alderis a $4 million upfront payment.",
        ["upfront 4000000 USD exact borgmann>alderis"],
    ),
}
BOUGHT = {
    "price of a purchase named by a noun": (
        "Borgmann has completed its acquisition of Alderis, Inc. for approximately $300 million in cash.",
        ["total 300000000 USD approximately borgmann>alderis"],
    ),
    "price in total": (
        "Borgmann will acquire Alderis for $300 million in cash.",
        ["total 300000000 USD exact borgmann>alderis"],
    ),
    "price per share and in total": (
        (
            "Borgmann will acquire all outstanding shares of Alderis for $23.00 per share in cash, or approximately "
            "$680 million."
        ),
        ["equity 23 USD exact borgmann>alderis", "total 680000000 USD approximately borgmann>alderis"],
    ),
    "price with its parts": (
        (
            "Borgmann will acquire Alderis for total consideration of up to $773 million, including an upfront payment "
            "as well as contingent milestone payments."
        ),
        [
            "total 773000000 USD up_to borgmann>alderis",
            "upfront undisclosed borgmann>alderis",
            "milestone undisclosed borgmann>alderis",
        ],
    ),
    "paid to shareholders": (
        "Alderis shareholders will receive an upfront payment of $925 million upon closing.",
        ["upfront 925000000 USD exact borgmann>alderis"],
    ),
}
NOT_PAID = {
    "turnover": "Borgmann had revenues of $2 billion in 2019.",
    "research spending": "Borgmann's R&D spending was more than EUR 1 billion.",
    "cash": "Alderis ended the year with cash and cash equivalents of $80 million.",
    "market": "The market for such drugs will reach $14 billion by 2027.",
    "market, pipeline": "The total market opportunity of its pipeline has the potential to reach $1 billion.",
    "financing": "Alderis closed a financing of $40 million with new investors.",
    "offering": "Alderis sold shares in a public offering at $5.18 per share.",
    "share price": "The closing price of Alderis common stock was $7.44 per share.",
    "earnings": "Alderis reported net income of $0.06 per share.",
    "dividend": "Borgmann raised its dividend to $0.32 per share.",
    "charge": "Borgmann will record a charge of $5.5 million, or $1.70 per share.",
    "threshold": "Alderis expects annual sales of $100 million.",
    "royalty bought": "Alderis acquired a royalty.",
    "no royalties": "Borgmann will pay no royalties.",
    "released": "Borgmann is released from the obligation to make milestone payments on ALD-12.",
    "price of a plant": "Borgmann completed its acquisition of a plant of Alderis for $5 million.",
    "purchase that failed": "Borgmann did not complete its acquisition of Alderis, Inc. for $300 million.",
    "not paid": "Borgmann elected not to pay the option fee of $5 million.",
    "milestones that are events": "Alderis has achieved several milestones.",
    "royalty in a name": "Royalty Row Partners published a list of 20 percent more names.",
    "stake held": "Borgmann holds 9.9% of the shares of Alderis.",
    "patients": "Responses were seen in 40 percent of patients.",
    "half of something else": "Half of the patients responded.",
    "shares outstanding": "Alderis has 46 million shares outstanding.",
    "licence revenue": "Alderis recognised $4.5 million of licence revenue.",
    "founded with": "Alderis was founded with $3 million from local angels.",
}


@pytest.mark.parametrize("name", READ)
def test_payment_of_a_licence_is_read(name: str) -> None:
    sentences, expected = READ[name]
    assert sorted(payments(sentences)) == sorted(expected)


@pytest.mark.parametrize("name", PARTNERS)
def test_payment_of_a_collaboration_is_read(name: str) -> None:
    sentences, expected = PARTNERS[name]
    assert payments(sentences, lead=DEAL) == expected


@pytest.mark.parametrize("name", BOUGHT)
def test_price_of_a_company_is_read(name: str) -> None:
    sentences, expected = BOUGHT[name]
    assert sorted(payments(sentences, lead=PURCHASE)) == sorted(expected)


@pytest.mark.parametrize("name", NOT_PAID)
def test_money_of_another_sort_is_no_payment(name: str) -> None:
    assert payments(NOT_PAID[name]) == []


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
