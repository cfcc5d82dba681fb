"""The pattern page in a browser: every part, both languages, light, dark, small."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page

from tests.support.browser import browser  # noqa: F401 - a fixture by its name
from tests.web.look.test_sheet import SHEET


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ("en", "es")
PATHS = ("/patterns", "/no-such-page", "/account/login/")
SCRIPT = SHEET.with_name("evenrise.js")


@lru_cache
def _sheet() -> str:
    return SHEET.read_text(encoding="utf-8")


@pytest.fixture
def html(db):
    """The HTML of a path in a language, with the sheet put into it."""

    @lru_cache
    def made(language: str, path: str = "/patterns") -> str:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        with override_settings(DEMO=True):
            return _dressed(client.get(path).content.decode())

    return made


def _dressed(text: str) -> str:
    start = text.index('<link rel="stylesheet"')
    end = text.index(">", start) + 1
    return text[:start] + f"<style>{_sheet()}</style>" + text[end:]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def _shown(page: Page, text: str, width: int = 1440) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(text)
    page.add_script_tag(path=str(SCRIPT))


@pytest.mark.journey
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_violation(html, page, language, path):
    for scheme, width in (("light", 1440), ("dark", 320)):
        page.emulate_media(color_scheme=scheme)
        _shown(page, html(language, path), width)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert not found.response["violations"], found.generate_report()


@pytest.mark.journey
@pytest.mark.parametrize("width", [320, 768, 1440, 2560])
def test_no_page_is_wider_than_its_window(html, page, width):
    _shown(page, html("es"), width)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


@pytest.mark.journey
def test_letters_of_twice_the_size_fit(html, page):
    """WCAG 1.4.4: text at 200 % of a phone's usual size, nothing cut off."""
    _shown(page, html("es"), 640)
    page.evaluate("document.documentElement.style.fontSize = '34px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.journey
def test_what_is_pressed_is_large_enough(html, page):
    """WCAG 2.5.8: 24 by 24, or inline in a sentence; ours are larger on purpose."""
    _shown(page, html("en"), 320)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          'button, .button, select, input:not([type=hidden]), summary, .tabs a')]
          .filter(e => e.checkVisibility() && !e.closest('dialog, .term'))
          .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 23.9 && box.height > 0
            || box.width < 22 && box.width > 0)
          .map(([words]) => words)"""
    )
    assert not small


@pytest.mark.journey
def test_motion_is_for_those_who_want_it(html, page):
    page.emulate_media(reduced_motion="reduce")
    _shown(page, html("en"))
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('*')]
              .filter(e => getComputedStyle(e).transitionDuration !== '0s').length"""
        )
        == 0
    )


@pytest.mark.journey
def test_keys_open_help_and_reach_the_search(html, page):
    _shown(page, html("en"))
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('help').open")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("?/")
    assert page.evaluate("document.activeElement.value") == "?/"
    assert not page.evaluate("document.getElementById('help').open")


@pytest.mark.journey
def test_a_picture_is_walked_with_the_arrows(html, page):
    _shown(page, html("en"))
    page.focus("svg [data-say]")
    page.keyboard.press("ArrowRight")
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert said.startswith("2024-25")
    assert page.inner_text(".tip") == said
    page.keyboard.press("Escape")
    assert not page.is_visible(".tip")


@pytest.mark.journey
def test_on_paper_nothing_is_left_to_press(html, page):
    page.emulate_media(media="print")
    _shown(page, html("en"))
    shown = page.evaluate(
        """() => [...document.querySelectorAll('button, nav, form, .skip')]
          .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 60))"""
    )
    assert not shown
    ground = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert ground
    assert page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--paper')"
    ) == ("#fbfaf6")
