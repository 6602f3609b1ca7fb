"""The page as its readers use it, in a real browser: with the pointer, with the keyboard, by a screen reader's tree."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, expect, sync_playwright

import oncopact
from hostile import ENDS, IMAGE, TITLE, hostile_graph
from oncopact.knowledge import KnowledgeGraph, build
from scale import large_graph

Open: TypeAlias = Callable[..., Page]
"""Opens a page: `open_page(path, "#view", width=…, height=…, dark=…)`."""

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900)}
VIEWS = ("#network", "#agreements", "#milestones", "#payments", "#timeline", "#releases")
EXAMPLES = Path(__file__).parents[2] / "examples" / "releases"
CHROMIUM = os.environ.get("ONCOPACT_CHROMIUM", "/usr/bin/chromium")

# ---------------------------------------------------------------- a browser without a network


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def examples() -> KnowledgeGraph:
    return build([EXAMPLES])


@pytest.fixture(scope="session")
def example_page(examples: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    oncopact.view(examples, path, title="examples")
    return path


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    oncopact.view(hostile_graph(folder), folder / "page.html", title=TITLE)
    return folder / "page.html"


@pytest.fixture(scope="session")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "page.html"
    oncopact.view(large_graph(), path, title="large")
    return path


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens pages offline; at the end none has complained or asked for anything but itself."""
    complaints: list[str] = []
    contexts = []

    def opened(
        path: Path, where: str = "", *, width: int = 1400, height: int = 900, dark: bool = False, still: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if still else "no-preference",
            offline=True,
        )
        contexts.append(context)
        page = context.new_page()
        own = path.as_uri()

        def asked(request: Request) -> None:
            if request.url.partition("#")[0] != own and not request.url.startswith("data:"):
                complaints.append(f"asked for {request.url}")

        def said(message: ConsoleMessage) -> None:
            complaints.append(f"{message.type}: {message.text}")

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.goto(own + where)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


# ---------------------------------------------------------------- what the tests ask


def colours(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def drawn(page: Page) -> list[dict[str, Any]]:
    """The nodes that the drawing shows: label, whether it is written, place on the screen."""
    return list(
        page.evaluate(
            """document.getElementById("canvas")._cyreg.cy.nodes().filter((node) => !node.hasClass("off")).map(
            (node) => ({ id: node.id(), label: node.data("label"), written: node.hasClass("labelled"),
                         classes: node.classes(), ...node.renderedPosition() }))"""
        )
    )


def labelled(page: Page) -> None:
    """Wait until the drawing has its labels."""
    page.wait_for_function("document.getElementById('canvas')._cyreg.cy.nodes('.labelled').length > 0")


def fact(page: Page, prop: str) -> Locator:
    return page.locator("#panel button.fact", has=page.locator(".head", has_text=re.compile(f"^{prop}$"))).first


# ---------------------------------------------------------------- opening


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_view_opens_and_fits_its_width(example_page: Path, open_page: Open, size: str, dark: bool) -> None:
    width, height = SIZES[size]
    page = open_page(example_page, width=width, height=height, dark=dark)
    assert page.title() == "Network – examples"
    for view in VIEWS:
        page.locator(f"nav a[href='{view}']").click()
        expect(page.locator("nav a[aria-current=page]")).to_have_attribute("href", view)
        expect(page.locator("main > section:visible")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("where", [*VIEWS, "#network?node=company/immunogen", "release"])
def test_an_accessibility_checker_finds_nothing(example_page: Path, open_page: Open, where: str, dark: bool) -> None:
    page = open_page(example_page, "#releases" if where == "release" else where, dark=dark)
    if where == "release":
        page.locator("td.title a").first.click()
        page.locator("a.sentence").first.click()
        page.locator("#panel button.fact").first.click()
    found = Axe().run(page).response["violations"]
    assert [(item["id"], [node["html"] for node in item["nodes"]][:3]) for item in found] == []


def test_the_switch_changes_between_light_and_dark_and_is_remembered(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    light = colours(page)
    button = page.get_by_role("button", name="Theme: auto")
    button.click()
    assert colours(page) == light
    page.get_by_role("button", name="Theme: light").click()
    assert colours(page) != light
    page.reload()
    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    assert colours(page) != light
    assert colours(open_page(example_page, dark=True)) == colours(page)


# ---------------------------------------------------------------- the network


def test_a_search_finds_a_thing_by_another_of_its_names(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    page.get_by_label("Search", exact=True).fill("kairui")
    expect(page.locator("#results li").first).to_contain_text("Kairui Biologics Co., Ltd.")
    expect(page.get_by_role("status").first).to_contain_text("fit the search")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kairui Biologics Co., Ltd.")).to_be_focused()
    assert "node=company/kairui-biologics" in page.url


def test_a_click_in_the_drawing_opens_the_things_facts(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    labelled(page)
    node = max((node for node in drawn(page) if "Company" in node["classes"]), key=lambda node: node["written"])
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + node["x"], box["y"] + node["y"])
    expect(page.locator("#head-panel")).to_contain_text(node["label"].rstrip("…"))
    chosen = [item["id"] for item in drawn(page) if "chosen" in item["classes"]]
    assert chosen == [node["id"]]


def test_what_was_faded_comes_back_when_the_panel_is_closed(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#network?node=company/kairui-biologics")
    faded = "document.getElementById('canvas')._cyreg.cy.elements('.faded').length"
    assert page.evaluate(faded) > 20
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate(faded) == 0
    page.get_by_label("Search", exact=True).fill("kairui")
    assert page.evaluate(faded) > 20
    page.get_by_label("Search", exact=True).fill("")
    assert page.evaluate(faded) == 0


def test_filters_by_class_and_year_take_things_out_of_the_drawing(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    everything = drawn(page)
    page.get_by_role("checkbox", name="Payments").uncheck()
    without = drawn(page)
    assert 0 < len(without) < len(everything)
    assert not any("Payment" in node["classes"] for node in without)
    page.get_by_label("from").select_option("2016")
    page.get_by_label("to", exact=True).select_option("2016")
    of_a_year = [node["label"] for node in drawn(page)]
    assert 0 < len(of_a_year) < len(without)
    assert "Aldervane plc" in of_a_year
    assert "Norvexa Therapeutics, Inc." not in of_a_year


def test_who_deals_with_whom_shows_companies_alone(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    page.get_by_label("Who deals with whom").check()
    kinds = {kind for node in drawn(page) for kind in node["classes"]} & {
        "Company",
        "Institution",
        "Agreement",
        "Target",
    }
    assert kinds <= {"Company", "Institution"}
    assert len(drawn(page)) > 8


def test_a_thousand_things_are_drawn_and_labelled_without_labels_on_each_other(
    large_page: Path, open_page: Open
) -> None:
    page = open_page(large_page)
    labelled(page)
    shown = drawn(page)
    assert len(shown) >= 950
    written = [node for node in shown if node["written"]]
    assert len(written) > 20
    assert len({(round(node["x"]), round(node["y"])) for node in shown}) > 0.99 * len(shown)
    taken = page.evaluate(
        """(() => { const start = performance.now(); const box = document.getElementById("search");
        box.value = "number 39"; box.dispatchEvent(new Event("input", { bubbles: true }));
        return performance.now() - start; })()"""
    )
    expect(page.locator("#results li").first).to_contain_text("number 39")
    assert taken < 2000


# ---------------------------------------------------------------- facts and sentences


def test_a_click_on_a_fact_shows_its_sentence_rule_and_triple(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#agreements")
    page.locator("tr", has_text="Norvexa").filter(has_text="KR-208").locator("td.link a").click()
    licensor = fact(page, "licensor")
    expect(licensor).to_have_attribute("aria-expanded", "false")
    licensor.click()
    why = page.locator(f"#{licensor.get_attribute('aria-controls')}")
    quote = why.locator("blockquote mark").first.inner_text()
    sentence = why.locator("blockquote").first.inner_text()
    assert quote
    assert quote in sentence
    assert "Kairui" in sentence
    expect(why.locator(".rule code").first).to_have_text(re.compile(r"^agreement\."))
    expect(why.locator("pre").last).to_have_text(re.compile(r"^agreement:\w+ op:licensor company:kairui-biologics \.$"))


def test_read_leads_to_the_words_in_the_release(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#network?node=company/kairui-biologics")
    fact(page, "name").click()
    quote = page.locator("#panel .why mark").first.inner_text()
    page.locator("#panel .why a.read").first.click()
    expect(page.locator("#head-reading")).to_be_visible()
    marked = page.locator("article mark.active")
    assert "".join(marked.all_inner_texts()) == quote
    expect(marked.first).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#canvas")).to_be_visible()


def test_a_click_on_a_sentence_shows_what_is_read_from_it(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#releases")
    page.get_by_role("link", name="Norvexa Therapeutics and Kairui").click()
    sentence = page.locator("a.sentence", has_text="in every territory except").first
    sentence.click()
    expect(sentence).to_have_attribute("aria-current", "true")
    head = page.locator("#head-panel").inner_text()
    number = int(head.split()[0])
    assert number > 3
    expect(page.locator("#panel ul.facts > li")).to_have_count(number)
    page.locator("#panel button.fact").last.click()
    expect(page.locator("article mark.active").first).to_be_in_viewport()
    expect(page.locator("#panel .why .rule code").first).to_have_text(re.compile(r"^\w+[.\w-]*$"))
    expect(page.locator("#panel .why summary").first).to_have_text("Evidence as triples")


def test_nothing_is_read_from_the_safe_harbour(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#releases")
    page.get_by_role("link", name="Norvexa Therapeutics and Kairui").click()
    harbour = page.get_by_role("region", name=re.compile("no facts are read"))
    assert harbour.count() > 0
    expect(harbour.locator("mark, a.sentence")).to_have_count(0)


# ---------------------------------------------------------------- lists and timelines


def test_a_list_is_sorted_by_a_click_on_its_head(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#payments")
    head = page.get_by_role("columnheader", name="Amount")
    sums = page.locator("td.sum")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    upwards = sums.all_inner_texts()
    dollars = [int(text.rpartition(" ")[2].replace(",", "")) for text in upwards if re.search(r"USD [\d,]+$", text)]
    assert len(dollars) > 3
    assert dollars == sorted(dollars)
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert sums.all_inner_texts() != upwards


def test_a_list_is_narrowed_down_by_words(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#agreements")
    every = page.locator("tbody tr").count()
    page.get_by_label("Narrow down").fill("kairui")
    rows = page.locator("tbody tr")
    assert 0 < rows.count() < every
    assert all("kairui" in text.lower() for text in rows.all_inner_texts())
    expect(page.locator("#rows")).to_have_text(f"{rows.count()} of {every} rows")


def test_a_timeline_is_of_what_is_chosen(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#timeline")
    every = page.locator("#line li").count()
    page.get_by_label("Of", exact=True).fill("Kairui Biologics Co., Ltd. (company)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Timeline of Kairui Biologics Co., Ltd.")).to_be_visible()
    some = page.locator("#line li")
    assert 0 < some.count() < every
    dates = [text.removeprefix("by ") for text in page.locator("#line time").all_inner_texts() if text[-1].isdigit()]
    assert dates == sorted(dates)
    some.first.locator("a.thing").click()
    expect(page.locator("#panel")).to_be_visible()


# ---------------------------------------------------------------- the keyboard


def test_the_keyboard_leads_from_the_search_to_a_sentence_and_back(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search", exact=True)).to_be_focused()
    page.keyboard.type("norvexa")
    until(page, "#results a")
    page.keyboard.press("Enter")
    expect(page.locator("#head-panel")).to_be_focused()
    until(page, "#panel button.fact")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .why mark").first).to_be_visible()
    until(page, "#panel a.read")
    page.keyboard.press("Enter")
    expect(page.locator("article mark.active").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_closing_the_panel_leads_back_to_where_it_was_opened(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page, "#agreements")
    page.get_by_label("Narrow down").focus()
    until(page, "td.link a")
    opened = str(page.evaluate("document.activeElement.getAttribute('href')"))
    page.keyboard.press("Enter")
    expect(page.locator("#head-panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_attribute("href", opened)


def test_the_drawing_moves_by_keys(example_page: Path, open_page: Open) -> None:
    page = open_page(example_page)
    page.locator("#canvas").focus()
    before = drawn(page)[0]
    page.keyboard.press("ArrowLeft")
    assert drawn(page)[0]["x"] == pytest.approx(before["x"] + 80)
    page.keyboard.press("+")
    page.keyboard.press("0")
    assert drawn(page)[0]["x"] == pytest.approx(before["x"], abs=2)


def until(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until what has the focus fits."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


# ---------------------------------------------------------------- hostile releases


def test_a_hostile_release_stays_text(hostile_page: Path, open_page: Open) -> None:
    page = open_page(hostile_page)
    assert page.title() == f"Network – {TITLE}"
    expect(page.locator("h1")).to_have_text(TITLE)
    scripts = page.locator("script").count()
    for view in VIEWS:
        page.goto(page.url.partition("#")[0] + view)
        expect(page.locator("main > section:visible")).to_have_count(1)
        things = page.locator("main > section:visible a.thing")
        for link in range(min(3, things.count())):
            things.nth(link).click()
            for button in page.locator("#panel button.fact").all()[:6]:
                button.click()
    page.goto(page.url.partition("#")[0] + "#releases")
    page.locator("td.title a").click()
    expect(page.locator("article")).to_contain_text("document.title='owned'")
    expect(page.locator("article")).to_contain_text(IMAGE)
    assert page.locator("script").count() == scripts
    assert page.locator("main img, aside img, article b, article i, main iframe").count() == 0
    assert ENDS in page.locator("#reading").inner_text()
    assert page.title() != "owned"


def test_a_mark_that_turns_writing_turns_only_its_own_words(hostile_page: Path, open_page: Open) -> None:
    page = open_page(hostile_page, "#agreements")
    for item in page.locator("bdi").all()[:40]:
        assert item.evaluate("(element) => getComputedStyle(element).unicodeBidi") == "isolate"
    boxes = [box for cell in page.locator("tbody tr").first.locator("td").all() if (box := cell.bounding_box())]
    assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes)


def test_the_policy_stops_what_the_page_does_not_hold(example_page: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(example_page.as_uri())
    with pytest.raises(Error, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<b>x</b>'")
    page.evaluate(
        """(() => { const image = document.createElement("img"); image.src = "https://example.org/x.png";
        document.body.append(image); })()"""
    )
    blocked = page.evaluate(
        """new Promise((resolve) => { document.addEventListener("securitypolicyviolation",
        (event) => resolve(event.effectiveDirective), { once: true });
        fetch("https://example.org/").catch(() => {}); })"""
    )
    assert blocked == "connect-src"
    page.close()
