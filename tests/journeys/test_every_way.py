"""Other ways to work: keys alone, no JavaScript, 200 % zoom; and a first day."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_every_page import look_at
from tests.support.examining import too_wide
from tests.support.fill_district import FIRST
from tests.support.visitors import Visitors


pytestmark = [pytest.mark.journey, pytest.mark.slow]
# What has the focus: is it seen, and does it show that it has it?
_FOCUS = """
() => {
  const node = document.activeElement, box = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  const shows = node => {
    const style = getComputedStyle(node);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none';
  };
  return {
    name: node.tagName.toLowerCase(), words: (node.innerText || '').trim(),
    href: node.getAttribute('href') || '', body: node === document.body,
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && style.visibility === 'visible',
    shows: shows(node) || (node.parentElement && shows(node.parentElement)),
  };
}
"""
EMPTY = (
    "/start", "/indicators", "/schools", "/findings", "/evidence", "/recommendations",
    "/students", "/sections", "/caseloads", "/data/", "/data/imports", "/data/history",
    "/data/questions", "/reports/", "/keys", "/record-requests",
)  # fmt: skip


def _press_until(page: Page, href: str, most: int = 60) -> list[dict]:
    """Press Tab until a link has the focus; what had it on the way."""
    met = []
    for _ in range(most):
        page.keyboard.press("Tab")
        met.append(page.evaluate(_FOCUS))
        if href in met[-1]["href"]:
            return met
    pytest.fail(f"no link to {href} by Tab: {[one['words'] for one in met]}")


def test_by_keys_alone(visitors: Visitors):
    visitor = visitors.enter("superintendent")
    page = visitor.page
    page.keyboard.press("Tab")
    first = page.evaluate(_FOCUS)
    assert first["href"] == "#main"
    assert first["seen"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    met = _press_until(page, "/findings/gap:")
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings/gap:*")
    met += _press_until(page, "/fact?", most=80)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Where does this number come from?")
    unseen = [one for one in met if not one["body"] and not one["seen"]]
    silent = [one for one in met if not one["body"] and not one["shows"]]
    assert (unseen, silent) == ([], [])

    # The help opens and closes by keys, and gives the focus back.
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_without_javascript(visitors: Visitors):
    visitor = visitors.enter("superintendent", java_script_enabled=False)
    page = visitor.page
    page.locator("main a[href^='/findings/gap:']").first.click()
    page.get_by_role("button", name="Keep this finding").click()
    expect(page.locator("main")).to_contain_text("Kept")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Keep this finding")).to_be_visible()
    page.locator("aside a[href^='/indicators/']").first.click()
    page.select_option("#year", index=1)
    page.get_by_role("button", name="Show").first.click()
    assert "year=" in page.url
    # The menu, too, is there without a script.
    page.locator("nav.navigation a[href='/students']").click()
    page.get_by_label("Name or student number").fill("a")
    page.get_by_role("button", name="Show").click()
    assert page.locator("table.cards tbody tr").count() > 0
    page.locator("button[lang=es]").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator("button[lang=en]").click()  # a person's language is kept
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert visitor.watch.told() == []


def test_at_twice_the_size(visitors: Visitors):
    half = {"width": 640, "height": 450}  # what 1280 x 900 holds at 200 %
    visitor = visitors.enter("superintendent", viewport=half, device_scale_factor=2)
    page = visitor.page
    wrong = []
    for address in EMPTY[:10]:
        visitor.open(address)
        wrong += [f"{address}: {one}" for one in too_wide(page)]
    assert wrong == []
    page.get_by_role("button", name="Menu").click()
    page.locator("nav.navigation a[href='/findings']").click()
    expect(page.locator("h1")).to_be_visible()


def _code(secret: str) -> str:
    """The six digits of an authenticator app (RFC 6238, SHA-1, 30 s)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = struct.pack(">Q", int(time.time()) // 30)
    sum_ = hmac.new(key, step, hashlib.sha1).digest()
    place = sum_[-1] & 15
    number = struct.unpack(">I", sum_[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def test_a_first_day(browser, first_day):
    people = Visitors(browser, first_day)
    visitor = people.new()
    page = visitor.page
    wrong = []
    for address in ("/en/", "/es/"):  # nothing is public yet, and the page says so
        assert visitor.open(address) == 404
        visitor.watch.told()
        wrong += look_at(visitor, address.strip("/"), narrow=True)

    visitor.open("/account/login/")
    wrong += look_at(visitor, "en", narrow=True)
    email, password = FIRST
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button.button").first.click()

    # Whoever sees students sets up a second step before anything else.
    page.wait_for_url("**/account/2fa/totp/activate/")
    wrong += look_at(visitor, "en", narrow=True)
    visitor.open("/students")
    assert "totp/activate" in page.url
    secret = page.locator("main code").first.inner_text()
    page.locator("input[name=code]").fill(_code(secret))
    page.locator("main form button.button").first.click()
    page.wait_for_load_state()
    wrong += look_at(visitor, "en", narrow=True)

    # Then every page says that there is nothing yet, and what to do.
    for language in ("en", "es"):
        if language == "es":
            visitor.open("/start")
            page.locator("button[lang=es]").click()
        for address in EMPTY:
            assert visitor.open(address) == 200, address
            narrow = language == "es"
            wrong += [
                f"{language} {address}: {one}"
                for one in look_at(visitor, language, narrow=narrow)
            ]
    people.close()
    assert wrong == []
