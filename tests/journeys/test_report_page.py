"""The page in a real browser: accessible, light and dark, from a phone to a wall."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from evenrise.publishing.release import publish
from evenrise.vocabulary.progress import Silent
from tests.support.browser import browser
from tests.support.example_review import (
    example_review,
    nothing_found_review,
    one_school_review,
)


__all__ = ["browser"]
pytestmark = [pytest.mark.journey, pytest.mark.slow]
PAGES = {"en": "index.html", "es": "es/index.html"}
REVIEWS = {
    "full": example_review,
    "one school": one_school_review,
    "nothing found": nothing_found_review,
}


@pytest.fixture(scope="module")
def reviews(tmp_path_factory):
    """Each review's folder."""
    folders = {}
    for name, review in REVIEWS.items():
        out = tmp_path_factory.mktemp("journey") / "review"
        publish(review(), out, import_story={}, progress=Silent())
        folders[name] = out
    return folders


def opened(browser, reviews, language, *, review="full", width=1280, scheme="light"):
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page.goto((reviews[review] / PAGES[language]).as_uri())
    return page


@pytest.mark.parametrize("language", list(PAGES))
@pytest.mark.parametrize(
    ("width", "scheme"),
    [(1280, "light"), (1280, "dark"), (320, "light"), (1900, "dark")],
)
def test_axe_finds_nothing_wrong(browser, reviews, language, width, scheme):
    page = opened(browser, reviews, language, width=width, scheme=scheme)
    # What lies behind a summary is looked at too.
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    results = Axe().run(page)
    page.close()
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("review", ["one school", "nothing found"])
def test_axe_finds_nothing_wrong_in_small_reviews(browser, reviews, review):
    page = opened(browser, reviews, "es", review=review)
    results = Axe().run(page)
    page.close()
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("language", list(PAGES))
@pytest.mark.parametrize("width", [320, 375, 600, 768, 1139, 1280, 1500, 2560])
def test_a_page_never_scrolls_sideways(browser, reviews, language, width):
    page = opened(browser, reviews, language, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    room = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    page.close()
    assert room[0] <= room[1]


@pytest.mark.parametrize(("width", "shown"), [(320, "narrow"), (1280, "wide")])
def test_one_of_two_widths_of_a_picture_is_shown(browser, reviews, width, shown):
    page = opened(browser, reviews, "en", width=width)
    for kind in ("narrow", "wide"):
        visible = page.locator(f"figure .{kind}").first.is_visible()
        assert visible == (kind == shown)
    page.close()


def test_the_browser_reports_no_breach_of_the_policy(browser, reviews):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    url = (reviews["full"] / "index.html").as_uri()
    page.goto(url)
    page.close()
    assert [one for one in said if one != url and not one.startswith("data:")] == []


def test_a_keyboard_reaches_the_review_and_the_other_language(browser, reviews):
    page = opened(browser, reviews, "en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_role("link", name="Español").click()
    assert page.evaluate("document.documentElement.lang") == "es"
    page.get_by_role("link", name="English").click()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.close()


def test_text_can_be_twice_as_large(browser, reviews):
    """WCAG 1.4.4 and 1.4.10: at 200 % nothing is cut off sideways."""
    page = opened(browser, reviews, "es", width=640)
    page.evaluate("document.documentElement.style.zoom = '2'")
    room = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    page.close()
    assert room[0] <= room[1]


def test_print_opens_every_table_and_hides_the_switch(browser, reviews):
    page = opened(browser, reviews, "en")
    page.emulate_media(media="print")
    assert not page.locator(".languages").is_visible()
    assert not page.locator(".contents").is_visible()
    tables = page.locator("details table")
    assert tables.count() > 0
    heights = tables.evaluate_all(
        "all => all.map(t => t.getBoundingClientRect().height)"
    )
    assert min(heights) > 20
    page.close()
