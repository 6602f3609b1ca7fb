"""Milestones: what counts as one, its status, date, product, country, the deal and the money that belong to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oncopact import lexicon
from oncopact.extract import extract
from oncopact.extractors.events import EVENTS, Event
from oncopact.lexicon import Lexicon
from oncopact.model import Document, Findings, Form, Kind, Mention, Milestone, Release, Source, Span
from oncopact.segment import segment
from oncopact.text import OffsetMap

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "values" / "milestones.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
LEAD = """\
Alderis Reports on Its Business

BOSTON, March 3, 2021 - Alderis, Inc., a biopharmaceutical company for cancer therapies, today reported on its business.

"""
NAMES = (
    (Kind.COMPANY, r"Alderis, Inc\.|Alderis|Borgmann AG|Borgmann|Corvex"),
    (Kind.CONJUGATE, r"ALD-12|ALD-14|Onkirel|zolbetatug vedotin"),
    (Kind.PRODUCT, r"BGM-7|Keltra"),
    (Kind.TARGET, r"CD70|Nectin-4"),
)


def rows(sort: str) -> list[tuple[str, list[str]]]:
    """The texts of one sort with the milestones that they tell, sorted."""
    chosen = [row for row in ROWS if row[0] == sort]
    return [(row[1].replace("\\n", "\n"), sorted(row[2].split("; ")) if len(row) > 2 else []) for row in chosen]


def names(document: Document, lexicon: Lexicon, *, page: object = None) -> tuple[Mention, ...]:
    """The names that the sentences of this file use, so that they test milestones and not names."""
    del lexicon, page
    found = [
        Mention(kind, Span(match.start(), match.end()), match.group(), "test")
        for kind, pattern in NAMES
        for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", document.text)
    ]
    return tuple(sorted(found, key=lambda mention: mention.span))


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oncopact.extract.recognize", names)


def findings(text: str) -> Findings:
    release = Release("0" * 16, LEAD + text, OffsetMap.identity(), Source("test.txt", Form.PLAIN))
    return extract(segment(release), lexicon.load())


def told(milestone: Milestone) -> str:
    """`clinical achieved 2014-06 ald-12`: kind, status, date and product."""
    product = milestone.product.partition("/")[2] if milestone.product else "-"
    return f"{milestone.kind} {milestone.status} {milestone.date.value if milestone.date else '-'} {product}"


def read(text: str) -> list[str]:
    return sorted(told(milestone) for milestone in findings(text).milestones)


DEAL = "Borgmann AG has agreed to acquire Alderis. "


def dealt(found: Findings, milestone: Milestone) -> str:
    """`told` with the payer, payee and amount of its money, else the first party of its deal."""
    paid = [found.payments[index] for index in milestone.triggers]
    sides = [company for payment in paid for company in (*payment.payers, *payment.payees)]
    parties = found.agreements[milestone.agreement].parties if milestone.agreement is not None else ()
    whom = [company.partition("/")[2].partition("-")[0] for company in sides or parties[:1]]
    return f"{told(milestone)} | {' '.join((*whom, *(str(int(p.amount)) for p in paid if p.amount is not None)))}"


@pytest.mark.parametrize(("text", "expected"), rows("said"))
def test_a_sentence_tells_its_milestones(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows("unsaid"))
def test_what_only_looks_like_a_milestone_is_left(text: str, expected: list[str]) -> None:
    assert read(text) == expected == []


@pytest.mark.parametrize(("text", "expected"), rows("deal"))
def test_a_milestone_stands_under_its_deal_with_its_money(text: str, expected: list[str]) -> None:
    found = findings(text)
    assert sorted(dealt(found, milestone) for milestone in found.milestones) == expected


@pytest.mark.parametrize(("text", "expected"), rows("no-deal"))
def test_a_step_without_deal_or_money_is_left(text: str, expected: list[str]) -> None:
    assert read(text) == expected == []


def by_rule(text: str, event: Event) -> list[Milestone]:
    told = findings(DEAL + text if event.deal else text).milestones
    return [milestone for milestone in told if any(e.rule == event.name for e in milestone.evidence)]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event.name))
def test_each_event_holds_on_its_example_and_leaves_its_counterexample(event: Event) -> None:
    assert by_rule(event.example, event)
    assert not by_rule(event.counterexample, event)


def test_headline_and_body_tell_one_event() -> None:
    text = (
        "Alderis Doses First Patient With ALD-12\n\nBOSTON, March 3, 2021 - Alderis, Inc. today announced that "
        "the first patient has been dosed in its Phase 1 trial of ALD-12.\n\n"
        "The first patient was dosed on March 1, 2021.\n"
    )
    release = Release("0" * 16, text, OffsetMap.identity(), Source("test.txt", Form.PLAIN))
    (milestone,) = extract(segment(release), lexicon.load()).milestones
    assert told(milestone) == "clinical achieved 2021-03-01 ald-12"
    assert milestone.event == "first patient dosed in Phase 1 trial of ALD-12"
    assert len(milestone.evidence) >= 2


def test_evidence_is_the_text_at_its_place() -> None:
    found = findings(
        "Borgmann AG filed an IND for ALD-12 in January 2021 and expects to start a Phase 1 trial in 2022."
    )
    for milestone in found.milestones:
        for evidence in milestone.evidence:
            assert evidence.span.of(found.document.text) == evidence.quote
            assert evidence.modality.value == ("asserted" if milestone.status.value == "achieved" else "planned")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Alderis has initiated a Phase II trial of ALD-12.", "initiation of Phase II trial of ALD-12"),
        ("ALD-12 entered Phase I in October 2000.", "entry into Phase I of ALD-12"),
        ("The FDA granted Fast Track designation to ALD-12.", "FDA Fast Track designation to ALD-12"),
        ("Borgmann launched Onkirel in Germany.", "launch of Onkirel in Germany"),
        ("Borgmann received approval for Onkirel in Canada.", "approval of Onkirel in Canada"),
        ("Alderis filed an IND for ALD-12.", "filing of IND for ALD-12"),
    ],
)
def test_the_label_is_in_the_words_of_the_release(text: str, label: str) -> None:
    assert [milestone.event for milestone in findings(text).milestones] == [label]


def test_safe_harbour_tells_no_milestone() -> None:
    text = (
        "This release contains forward-looking statements within the meaning of the Private Securities Litigation "
        "Reform Act of 1995. Alderis plans to file an IND for ALD-12 in 2022; actual results may differ materially."
    )
    assert read("Alderis reported on its business.\n\nForward-Looking Statements\n\n" + text) == []
