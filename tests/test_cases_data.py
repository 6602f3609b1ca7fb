"""The example releases and the difficult cases, checked as data: does each gold record fit its own text?"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = [(ROOT / "examples" / "releases", ROOT / "examples" / "gold")]
CASES = [(ROOT / "tests" / "cases", ROOT / "tests" / "cases")]

KEYS = {
    *("id", "release_date", "issuers", "companies", "conjugates", "antibodies", "payloads", "targets", "technologies"),
    *("agreements", "milestones", "payments", "products", "notes"),
}
AGREEMENT_KEYS = {
    *("kind", "parties", "licensor", "licensee", "technology", "targets", "products", "exclusive", "territory"),
    *("signed", "event", "quote", "notes"),
}
MILESTONE_KEYS = {
    *("event", "kind", "status", "date", "product", "agreement_between", "payer", "payee", "amount", "currency"),
    *("quote", "notes"),
}
PAYMENT_KEYS = {
    *("kind", "amount", "percent", "percent_text", "currency", "qualifier", "payer", "payee", "quote", "notes"),
}
AGREEMENT_KINDS = {
    *("licence", "collaboration", "option", "supply", "acquisition", "co-development", "research", "other"),
}
AGREEMENT_EVENTS = {"announced", "amended", "expanded", "renewed", "exercised", "terminated", "referenced"}
MILESTONE_KINDS = {"preclinical", "IND", "clinical", "regulatory", "commercial", "other"}
MILESTONE_STATUSES = {"achieved", "planned", "conditional"}
PAYMENT_KINDS = {
    *("upfront", "milestone", "royalty", "licence fee", "option fee", "equity", "research funding", "total", "other"),
}
QUALIFIERS = {"exact", "up_to", "at_least", "approximately", "undisclosed"}
CURRENCIES = {"USD", "EUR", "GBP", "CHF", "JPY", "AUD", "CAD", "CNY", "HKD", "DKK", "NOK", "SEK", "KRW"}
DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-Q[1-4])?"
INSTITUTE = re.compile(r"\b(University|Institute|Trust|Hospital|Foundation|Center|Centre)\b")
WORDS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+")


def pairs(folders: list[tuple[Path, Path]]) -> list[tuple[Path, Path]]:
    """Each text with the place of its gold record."""
    return [(text, gold / f"{text.stem}.json") for texts, gold in folders for text in sorted(texts.glob("*.txt"))]


ALL = [pytest.param(text, gold, id=text.stem) for text, gold in pairs(EXAMPLES) + pairs(CASES)]
each = pytest.mark.parametrize(("text_path", "gold_path"), ALL)


def record(path: Path) -> dict[str, Any]:
    loaded = json.loads(path.read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def readable(text: str) -> str:
    """The text as a reader takes it: entities resolved, cut words joined, trade marks and case dropped."""
    for _ in range(2):
        text = html.unescape(text)
    joined = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return folded(re.sub(r"<[^>]*>", "", joined).replace("®", "").replace("™", "")).lower()


def listed(value: object) -> list[Any]:
    """A slot's value as a list of what is stated."""
    items = value if isinstance(value, list) else [value]
    return [item for item in items if item is not None]


def names(items: list[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield item
        else:
            yield from (item["name"], *item.get("aliases", []))


def halves(name: str) -> list[str]:
    """`long form (SHORT)` as its two halves; any other name alone."""
    match = re.fullmatch(r"(.+?) \(([^()]+)\)", name)
    return [match[1], match[2]] if match else [name]


def relations(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [*gold["agreements"], *gold["milestones"], *gold["payments"]]


def test_there_are_eight_releases_and_more_than_forty_cases() -> None:
    assert len(pairs(EXAMPLES)) >= 8
    assert len(pairs(CASES)) >= 40


@pytest.mark.parametrize(("texts", "gold"), EXAMPLES + CASES)
def test_every_record_has_its_text(texts: Path, gold: Path) -> None:
    assert {path.stem for path in texts.glob("*.txt")} == {path.stem for path in gold.glob("*.json")}


def test_case_numbers_are_unique() -> None:
    numbers = [text.stem.split("-")[0] for text, _ in pairs(CASES)]
    assert numbers == sorted(set(numbers))
    assert all(re.fullmatch(r"\d{2,3}-[a-z0-9-]+", text.stem) for text, _ in pairs(CASES))


@each
def test_record_has_the_format_s_fields(text_path: Path, gold_path: Path) -> None:
    gold = record(gold_path)
    assert gold["id"] == text_path.stem
    assert gold.keys() <= KEYS
    assert gold.keys() >= KEYS - {"products", "notes"}
    for kind, keys in (("agreements", AGREEMENT_KEYS), ("milestones", MILESTONE_KEYS), ("payments", PAYMENT_KEYS)):
        for item in gold[kind]:
            assert item.keys() <= keys
            assert item.keys() >= keys - {"notes", "percent_text"}


@each
def test_values_are_in_the_format_s_lists(text_path: Path, gold_path: Path) -> None:
    gold = record(gold_path)
    assert {item["kind"] for item in gold["agreements"]} <= AGREEMENT_KINDS
    assert {item["event"] for item in gold["agreements"]} <= AGREEMENT_EVENTS
    assert {item["exclusive"] for item in gold["agreements"]} <= {True, False, None}
    assert {item["kind"] for item in gold["milestones"]} <= MILESTONE_KINDS
    assert {item["status"] for item in gold["milestones"]} <= MILESTONE_STATUSES
    assert {item["kind"] for item in gold["payments"]} <= PAYMENT_KINDS
    assert {item["qualifier"] for item in gold["payments"]} <= QUALIFIERS
    assert {item["currency"] for item in gold["payments"] + gold["milestones"]} <= CURRENCIES | {None}


@each
def test_dates_are_as_exact_as_the_format_allows(text_path: Path, gold_path: Path) -> None:
    gold = record(gold_path)
    dates = [gold["release_date"], *(a["signed"] for a in gold["agreements"]), *(m["date"] for m in gold["milestones"])]
    for date in listed(dates):
        assert re.fullmatch(rf"{DATE}(/{DATE})?", date), date


@each
def test_every_quote_stands_in_the_text(text_path: Path, gold_path: Path) -> None:
    gold, text = record(gold_path), folded(text_path.read_text("utf-8"))
    for item in [*gold["conjugates"], *relations(gold)]:
        assert item["quote"], item
        assert folded(item["quote"]) in text, item["quote"]


@each
def test_every_name_stands_in_the_text(text_path: Path, gold_path: Path) -> None:
    gold, text = record(gold_path), readable(text_path.read_text("utf-8"))
    kinds = ("companies", "conjugates", "antibodies", "payloads", "targets", "technologies", "products")
    for kind in kinds:
        for name in names(gold.get(kind, [])):
            assert all(readable(half) in text for half in halves(name)), f"{kind}: {name}"


@each
def test_companies_in_slots_are_listed(text_path: Path, gold_path: Path) -> None:
    gold = record(gold_path)
    companies = set(names(gold["companies"]))
    owned = [*gold["antibodies"], *gold["technologies"]]
    assert {owner for item in owned for owner in listed(item["owner"])} <= companies
    assert {name for item in gold["conjugates"] for name in item["developers"]} <= companies
    assert set(gold["issuers"]) <= companies
    for item in relations(gold):
        for slot in ("parties", "licensor", "licensee", "agreement_between", "payer", "payee"):
            strangers = {name for name in listed(item.get(slot)) if not INSTITUTE.search(name)}
            assert strangers <= companies, f"{slot}: {strangers - companies}"


@each
def test_things_in_slots_are_listed(text_path: Path, gold_path: Path) -> None:
    gold = record(gold_path)
    products = set(names([*gold["conjugates"], *gold["antibodies"], *gold.get("products", [])]))
    targets = {half for name in gold["targets"] for half in (name, *halves(name))}
    technologies = {half for item in gold["technologies"] for half in (item["name"], *halves(item["name"]))}
    for agreement in gold["agreements"]:
        assert set(agreement["products"]) <= products
        assert set(agreement["targets"]) <= targets
        assert set(listed(agreement["technology"])) <= technologies
    assert {name for milestone in gold["milestones"] for name in listed(milestone["product"])} <= products
    assert {name for item in [*gold["conjugates"], *gold["antibodies"]] for name in listed(item["target"])} <= targets


@each
def test_no_name_belongs_to_two_records(text_path: Path, gold_path: Path) -> None:
    gold = record(gold_path)
    for kinds in (("companies",), ("conjugates", "antibodies", "products"), ("technologies",)):
        found = [name.lower() for kind in kinds for name in names(gold.get(kind, []))]
        assert len(found) == len(set(found)), sorted(found)


@each
def test_rights_pass_between_parties(text_path: Path, gold_path: Path) -> None:
    for agreement in record(gold_path)["agreements"]:
        licensor, licensee = listed(agreement["licensor"]), listed(agreement["licensee"])
        assert {*licensor, *licensee} <= set(agreement["parties"])
        assert bool(licensor) == bool(licensee) or len(agreement["parties"]) == 1
        if agreement["kind"] in ("acquisition", "co-development", "supply"):
            assert not licensor


@each
def test_money_is_complete(text_path: Path, gold_path: Path) -> None:
    gold = record(gold_path)
    for payment in gold["payments"]:
        assert (payment["amount"] is None) == (payment["currency"] is None)
        stated = payment["amount"] is not None or payment["percent"] is not None
        assert (payment["qualifier"] == "undisclosed") != stated
    paid = {(item["amount"], item["currency"]) for item in gold["payments"]}
    for milestone in gold["milestones"]:
        assert (milestone["amount"] is None) == (milestone["currency"] is None)
        if milestone["amount"] is not None:
            assert (milestone["amount"], milestone["currency"]) in paid, "money for one event is a payment too"


@each
def test_amounts_are_printed(text_path: Path, gold_path: Path) -> None:
    gold, text = record(gold_path), text_path.read_text("utf-8")
    printed = {float(number.replace(",", "")) for number in NUMBER.findall(text)}
    printed |= {float(WORDS[word]) for word in re.findall(r"[a-z]+", text) if word in WORDS}
    scaled = {round(number * scale, 4) for number in printed for scale in (1, 1e6, 1e9)}
    for payment in gold["payments"]:
        if payment["amount"] is not None and not payment.get("notes", "").startswith("half of"):
            assert round(float(payment["amount"]), 4) in scaled, payment


@each
def test_texts_are_of_the_promised_size(text_path: Path, gold_path: Path) -> None:
    size = len(text_path.read_text("utf-8"))
    low, high = (1500, 8000) if text_path.parent.name == "releases" else (150, 2000)
    assert low <= size <= high
