"""Money, percentages, dates and territories, from sentence to value.

The tables in `values/` hold a sentence per line in which braces mark each mention, and after a tab what the mentions
mean; a line without braces holds none. `\\n` is a line break of the release.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncopact.model import Mention, PartialDate, Span
from oncopact.recognizers import dates, money, percents, periods, territories
from oncopact.recognizers.countries import COUNTRIES
from oncopact.text import folded

TABLES = Path(__file__).parent / "values"


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table, line breaks put in."""
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.replace("\\n", "\n").split("\t")) for line in lines if line and not line.startswith("#")]


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its braces, and the spans that they marked."""
    plain, spans, opened = "", [], 0
    for character in text:
        if character == "{":
            opened = len(plain)
        elif character == "}":
            spans.append((opened, len(plain)))
        else:
            plain += character
    return plain, spans


def spans(mentions: tuple[Mention, ...]) -> list[tuple[int, int]]:
    return [(mention.span.start, mention.span.end) for mention in mentions]


def figure(low: Decimal, high: Decimal | None) -> str:
    return str(low) if high is None else f"{low}..{high}"


def amount_of(mention: Mention) -> str:
    value = mention.money
    assert value is not None
    qualifier = "" if value.qualifier == "exact" else f" {value.qualifier}"
    return f"{figure(value.amount, value.maximum)} {value.currency}{qualifier}"


def rate_of(mention: Mention) -> str:
    value = mention.percent
    assert value is not None
    qualifier = "" if value.qualifier == "exact" else f" {value.qualifier}"
    return figure(value.low, value.high) + qualifier


def expected(row: tuple[str, ...]) -> list[str]:
    return [part.strip() for part in row[1].split(";")] if len(row) > 1 else []


@pytest.mark.parametrize("row", rows("money"), ids=lambda row: row[0])
def test_amounts_are_found_with_span_currency_and_qualifier(row: tuple[str, ...]) -> None:
    text, places = marked(row[0])
    found = money.find(text)
    assert spans(found) == places
    assert [amount_of(mention) for mention in found] == expected(row)


@pytest.mark.parametrize("row", rows("percents"), ids=lambda row: row[0])
def test_percentages_are_found_with_span_and_qualifier(row: tuple[str, ...]) -> None:
    text, places = marked(row[0])
    found = percents.find(text)
    assert spans(found) == places
    assert [rate_of(mention) for mention in found] == expected(row)


def date_of(mention: Mention, *, bounds: bool) -> str:
    value = mention.date
    assert value is not None
    return f"{value.value} {value.earliest}..{value.latest}" if bounds else value.value


@pytest.mark.parametrize("row", rows("dates"), ids=lambda row: "|".join(row))
def test_dates_keep_their_precision(row: tuple[str, ...]) -> None:
    text, places = marked(row[0])
    found = dates.find(text, issued=issued(row[2]) if len(row) > 2 else None)
    wanted = [part for part in expected(row) if part]
    assert spans(found) == places
    assert [date_of(mention, bounds=" " in want) for mention, want in zip(found, wanted, strict=True)] == wanted


def issued(printed: str) -> PartialDate:
    parts = [int(part) for part in printed.split("-")]
    if len(parts) == 3:
        day = periods.day(*parts)
        assert day is not None
        return day
    return periods.month(*parts) if len(parts) == 2 else periods.year(parts[0])


@pytest.mark.parametrize("row", rows("territories"), ids=lambda row: row[0])
def test_territories_are_whole_phrases_that_split(row: tuple[str, ...]) -> None:
    text, places = marked(row[0])
    found = territories.find(text)
    assert spans(found) == places
    for mention, wanted in zip(found, expected(row), strict=True):
        kind, included, excluded = (*wanted.split("|"), "")[:3]
        assert mention.rule == f"territory.{kind}"
        assert territories.split(mention.text) == (included or None, excluded or None)


FINDERS = {
    "money": money.find,
    "percents": percents.find,
    "rate words": percents.rate_words,
    "dates": lambda text, start=0, end=None: dates.find(text, start, end, issued=periods.day(2003, 2, 14)),
    "territories": territories.find,
}
SENTENCES = [marked(row[0])[0] for name in ("money", "percents", "dates", "territories") for row in rows(name)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("royalties from {mid-single digit to low double-digit}", "mid-single digit to low double-digit"),
        ("a {low single-digit} royalty", "low single-digit"),
        ("in the {low- to mid-single digits}", "low- to mid-single digits"),
        ("in the {mid- to high-single digit} range", "mid- to high-single digit"),
        ("from the {high-single to low-double digits}", "high-single to low-double digits"),
        ("the {mid-single digits to low-teens}", "mid-single digits to low-teens"),
        ("{tiered double-digit} royalties", "tiered double-digit"),
        ("a {mid-to-high single-digit} tiered royalty", "mid-to-high single-digit"),
        ("{tiered} royalties on sales", "tiered"),
        ("tiered royalties ranging from the {mid-single to low-double digits}", "mid-single to low-double digits"),
        ("up to {mid-single digit percentage}", "mid-single digit percentage"),
        ("{mid-teens to mid-twenties}", "mid-teens to mid-twenties"),
        ("the {high teens}", "high teens"),
        ("{low 20s} percent", "low 20s percent"),
        ("{mid-single\n   digit} royalties", "mid-single digit"),
        ("royalties in the {teens}", "teens"),
        ("{high single digit to the mid-teens}", "high single digit to the mid-teens"),
        ("{LOW SINGLE-DIGIT} ROYALTIES", "LOW SINGLE-DIGIT"),
        ("single-digit nM potency", None),
        ("double-digit growth", None),
        ("a high double-digit million euro payment", None),
        ("children in their teens", None),
        ("tiered pricing", None),
        ("digital mid-stage double-blind work", None),
        ("a two-digit code", None),
    ],
)
def test_rates_in_words_keep_their_words_and_have_no_figure(text: str, words: str | None) -> None:
    plain, places = marked(text.replace("20s} percent", "20s percent}"))
    found = percents.rate_words(plain)
    assert spans(found) == places
    assert [mention.text for mention in found] == ([words] if words else [])
    assert all(mention.percent is None for mention in found)


@pytest.mark.parametrize(
    ("find", "text", "rule"),
    [
        ("money", "$45 million", "money.symbol-magnitude"),
        ("money", "$450,000", "money.symbol-number"),
        ("money", "EUR 45 million", "money.code-magnitude"),
        ("money", "EUR 450,000", "money.code-number"),
        ("money", "45 million euros", "money.number-currency"),
        ("money", "ten million euros", "money.words"),
        ("money", "$10 to $15 million", "money.range"),
        ("percents", "5%", "percent.figure"),
        ("percents", "five percent", "percent.words"),
        ("percents", "5-6%", "percent.range"),
        ("percents", "50:50", "percent.split"),
        ("rate words", "mid-teens", "percent.band"),
        ("rate words", "tiered royalties", "percent.tiered"),
        ("dates", "May 5, 2003", "date.month-day-year"),
        ("dates", "5 May 2003", "date.day-month-year"),
        ("dates", "May 2003", "date.month-year"),
        ("dates", "early May 2003", "date.part-of-month"),
        ("dates", "Q1 2003", "date.quarter"),
        ("dates", "H1 2003", "date.half"),
        ("dates", "early 2003", "date.part-of-year"),
        ("dates", "fall of 2003", "date.season"),
        ("dates", "fiscal 2003", "date.fiscal"),
        ("dates", "in 2003", "date.year"),
        ("dates", "2003-2005", "date.span"),
        ("dates", "2003-05-05", "date.iso"),
        ("dates", "05/15/2003", "date.numeric"),
        ("dates", "last month", "date.relative"),
        ("dates", "in May", "date.month-without-year"),
        ("dates", "on May 5", "date.day-without-year"),
    ],
)
def test_each_way_of_writing_has_its_rule(find: str, text: str, rule: str) -> None:
    assert [mention.rule for mention in FINDERS[find](text)] == [rule]


@pytest.mark.parametrize("name", FINDERS)
@given(
    parts=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), gap=st.sampled_from([". ", "\n\n", " ", "; "])
)
def test_a_mention_is_what_its_span_covers(name: str, parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    found = FINDERS[name](text)
    assert [mention.text for mention in found] == [folded(mention.span.of(text)) for mention in found]
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    assert all(mention.text and mention.text == mention.text.strip() for mention in found)


@pytest.mark.parametrize("name", FINDERS)
@given(before=st.sampled_from(SENTENCES), text=st.sampled_from(SENTENCES), after=st.sampled_from(SENTENCES))
def test_a_sentence_reads_the_same_inside_a_release(name: str, before: str, text: str, after: str) -> None:
    release = f"{before}.\n\n{text}\n\n{after}"
    at = len(before) + 3
    inside = FINDERS[name](release, at, at + len(text))
    alone = FINDERS[name](text)
    assert [replace(mention, span=Span(mention.span.start - at, mention.span.end - at)) for mention in inside] == list(
        alone
    )


@pytest.mark.parametrize("name", FINDERS)
@given(text=st.text(alphabet="$€£%12,.0 \n-–()aMQ/’'½dt", max_size=40))
def test_any_text_is_read_without_error(name: str, text: str) -> None:
    assert all(mention.span.of(text) for mention in FINDERS[name](text))


@given(
    number=st.integers(1, 999),
    cents=st.integers(0, 99),
    scale=st.sampled_from(
        [("", 0), (" thousand", 3), (" million", 6), ("-million", 6), (" billion", 9), ("M", 6), ("bn", 9)]
    ),
    sign=st.sampled_from(
        [("$", "USD"), ("US$", "USD"), ("€", "EUR"), ("EUR ", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("A$", "AUD")]
    ),
)
def test_a_written_amount_is_read_back(number: int, cents: int, scale: tuple[str, int], sign: tuple[str, str]) -> None:
    printed = f"{number}.{cents:02}" if cents else str(number)
    (mention,) = money.find(f"a fee of {sign[0]}{printed}{scale[0]} was paid")
    assert mention.money is not None
    assert mention.money.amount == Decimal(printed) * 10 ** scale[1]
    assert mention.money.currency == sign[1]
    assert mention.text == f"{sign[0]}{printed}{scale[0]}"


@given(amount=st.integers(1000, 10**12))
def test_separators_do_not_change_an_amount(amount: int) -> None:
    american = f"{amount:,}"
    ways = [f"${american}", f"EUR {american}", "CHF " + american.replace(",", "'")]
    if amount >= 10**6:
        ways.append("EUR " + american.replace(",", "."))
    for way in ways:
        assert [mention.money.amount for mention in money.find(way) if mention.money] == [amount]


@given(day=st.dates(min_value=date(1980, 1, 1), max_value=date(2049, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    name = periods.MONTHS[day.month - 1].capitalize()
    ways = [
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name} {day.year}",
        day.isoformat(),
        f"{name.upper()} {day.day}, {day.year}",
    ]
    for way in ways:
        (mention,) = dates.find(f"signed on {way}, as planned")
        assert mention.date is not None
        assert mention.date.value == mention.date.earliest == mention.date.latest == day.isoformat()


@given(year=st.integers(1980, 2049), which=st.integers(1, 4))
def test_a_written_quarter_is_read_back(year: int, which: int) -> None:
    word = ("first", "second", "third", "fourth")[which - 1]
    for way in (f"Q{which} {year}", f"the {word} quarter of {year}", f"{which}Q{year % 100:02}"):
        assert [mention.date for mention in dates.find(f"in {way}.")] == [periods.quarter(year, which)]


@pytest.mark.parametrize("name", COUNTRIES)
def test_every_country_is_a_territory_beside_another(name: str) -> None:
    text = f"rights in {name} and Japan"
    found = territories.find(text)
    assert [mention.text.removeprefix("The ") for mention in found] == [f"{name.removeprefix('The ')} and Japan"]


@pytest.mark.parametrize(
    "text",
    ["$5" + " " * 50_000, "2003" + " " * 50_000 + "and", "May" + " " * 50_000, "U.S." + "\n" * 50_000, "%" * 5_000],
)
def test_long_runs_cost_little(text: str) -> None:
    for find in FINDERS.values():
        find(text)
