"""The cast in browsers: each signed in once, in each language, with one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.examining import Watch
from tests.support.served import Served


LOCALES = {"en": "en-US", "es": "es-MX"}
expect.set_options(timeout=30_000)  # a busy machine is no fault of a page
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}


@dataclass
class Visitor:
    """Somebody at a browser."""

    page: Page
    watch: Watch
    base: str
    names: re.Pattern[str] | None = None

    def open(self, address: str) -> int:
        """Go to an address of the workspace; the answer's status."""
        answer = self.page.goto(
            address if address.startswith("http") else self.base + address,
            wait_until="load",
        )
        assert answer is not None
        return answer.status


class Visitors:
    """Lets people of the cast in, and keeps their browsers until the end."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser, self.served = browser, served
        self._kept: dict[tuple[str, str], Visitor] = {}
        self._contexts: list[BrowserContext] = []

    def new(self, language: str = "en", **options: object) -> Visitor:
        """Somebody who has not signed in, in a browser of their own."""
        context = self.browser.new_context(
            **{
                "locale": LOCALES[language],
                # A browser far away would be a day ahead of its district every evening.
                "timezone_id": settings.TIME_ZONE,
                "viewport": WIDE,
                "color_scheme": "light",
                "reduced_motion": "reduce",
                **options,
            }  # type: ignore[arg-type]
        )
        context.set_default_timeout(30_000)
        self._contexts.append(context)
        page, served = context.new_page(), self.served
        return Visitor(page, Watch(page, served.base), served.base, served.names)

    def enter(self, role: str, language: str = "en", **options: object) -> Visitor:
        """One of the cast in a browser of their own; `nobody` stays outside."""
        visitor = self.new(language, **options)
        if role == "nobody":
            return visitor
        kept = {"name": "language", "value": language, "url": visitor.base}
        visitor.page.context.add_cookies([kept])  # what one walk chose stays with it
        key = "administrator" if role == "with_powers" else role
        visitor.open("/account/login/")
        visitor.page.locator(f'form[action$="/enter/{key}"] button').click()
        visitor.page.wait_for_url("**/start")
        if role == "with_powers":
            _switch_powers_on(visitor)
        return visitor

    def kept(self, role: str, language: str = "en") -> Visitor:
        """The same browser each time; for whoever only looks."""
        if (role, language) not in self._kept:
            self._kept[role, language] = self.enter(role, language)
        return self._kept[role, language]

    def close(self) -> None:
        """Close every browser that was opened."""
        for context in self._contexts:
            context.close()


def _switch_powers_on(visitor: Visitor) -> None:
    visitor.open("/powers")
    visitor.page.locator('main input[type="text"], main textarea').first.fill("A test")
    visitor.page.locator("main form button.button").click()
    visitor.page.wait_for_load_state()


@pytest.fixture(scope="session")
def visitors(browser: Browser, served: Served) -> Iterator[Visitors]:
    """The cast of the served district; import this name to use it."""
    people = Visitors(browser, served)
    yield people
    people.close()
