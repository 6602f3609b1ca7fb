"""Make the documentation's pictures: `make pictures`.

The page of the examples is opened in Chromium, without a network, at a fixed size, and what a reader does is done.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import oncopact

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("ONCOPACT_CHROMIUM", "/usr/bin/chromium")


def network(page: Page) -> None:
    """The network around an agreement, one of its facts open."""
    page.get_by_label("Search", exact=True).fill("norvexa")
    page.locator("#results a", has_text="licence: Kairui Biologics Co., Ltd. → Norvexa").click()
    page.locator("#panel button.fact", has_text="covers product").click()
    page.locator("#panel h3", has_text="Facts").evaluate("(head) => head.scrollIntoView()")


def reading(page: Page) -> None:
    """A release with a sentence chosen."""
    page.get_by_role("link", name="Releases").click()
    page.get_by_role("link", name="Norvexa Therapeutics and Kairui").click()
    page.locator("a.sentence", has_text="license fee").or_(
        page.locator("a.sentence", has_text="$60 million")
    ).last.click()
    page.locator("#panel button.fact").last.click()


PICTURES = {"page.png": network, "reading.png": reading}


def main() -> None:
    """Write all pictures into docs/pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "page.html"
        oncopact.view(oncopact.build([HERE.parent / "examples" / "releases"]), place, title="Example releases")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, act in PICTURES.items():
            context = browser.new_context(
                viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce", offline=True
            )
            page = context.new_page()
            page.goto(place.as_uri())
            act(page)
            page.evaluate("document.activeElement.blur()")
            page.mouse.move(0, 0)
            page.wait_for_timeout(500)
            page.screenshot(path=HERE / "pictures" / name)
            sys.stderr.write(f"docs/pictures/{name}: {(HERE / 'pictures' / name).stat().st_size // 1024} kB\n")
        browser.close()


if __name__ == "__main__":
    main()
