"""Every page that the table of doors knows, in both languages, light and dark.

For each GET line of tests/web/doors.txt the page is opened as somebody who may open it:
no axe-core violation (WCAG 2.2 AA), no scrolling sideways at 320 px, nothing in the
console, nobody called but us, and no word of the other language left. The English page
is looked at wide, the Spanish one narrow.

What colors do takes longer than all else and hangs on no language: on each page it is
looked at wide and light in English, narrow and dark in Spanish; on everybody's start
page, on the first day and where nothing is, in all of these.
"""

from __future__ import annotations

import re
from typing import Literal

import pytest

from tests.support.examining import COLORS, axe, axe_by_night, left_over, too_wide
from tests.support.served import Served
from tests.support.visitors import NARROW, WIDE, Visitor, Visitors
from tests.web.test_doors import ROLES, Line, _address, lines


pytestmark = [pytest.mark.journey, pytest.mark.slow]
Colors = Literal["light", "dark", "light and dark"]
# Who is asked first to open a page: nobody, where the page is for everybody.
FIRST = ("nobody", "superintendent", "steward", "reviewer", "principal", "with_powers")
# For programs; and a part of a page, which the walk of the data steward meets in it.
NO_PAGES = ("api:", "import_progress")


def _called(line: Line) -> bool:
    return line.method == "GET" and not line.name.startswith(NO_PAGES)


def _opener(line: Line) -> str | None:
    """Who opens the page, if anybody does."""
    told = dict(zip(ROLES, line.answers, strict=True))
    able = [role for role in (*FIRST, *ROLES) if told[role] == "open"]
    return next(iter(able), None)


PAGES = [line for line in lines() if _called(line) and _opener(line)]


def _id(line: Line) -> str:
    return " ".join((line.name, *(f"{name}={value}" for name, value in line.arguments)))


def look_at(
    visitor: Visitor, language: str, *, narrow: bool, colors: Colors = "light and dark"
) -> list[str]:
    """Everything that is wrong with the page that is open."""
    page = visitor.page
    wrong = left_over(page, language, visitor.names)
    if page.locator("html").get_attribute("lang") != language:
        wrong.append(f"the page does not say that it is {language}")
    page.set_viewport_size(NARROW)
    wrong += too_wide(page)
    if not narrow:
        page.set_viewport_size(WIDE)
    wrong += axe(page, without=() if "light" in colors else COLORS)
    if "dark" in colors:
        wrong += axe_by_night(page)
    wrong += visitor.watch.told()
    page.set_viewport_size(WIDE)
    return wrong


def _is_page(visitor: Visitor, address: str) -> bool:
    answer = visitor.page.context.request.get(visitor.base + address, max_redirects=0)
    assert answer.status == 200, f"{address}: {answer.status}"
    return answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("line", PAGES, ids=_id)
def test_the_page_is_for_everybody(line: Line, visitors: Visitors, served: Served):
    role = _opener(line)
    assert role is not None
    wrong = []
    for language in ("en", "es"):
        address = _address(line, served.things)
        # Where the address says the language, it is asked for both.
        address = re.sub(r"^(.*?)/es/", rf"\1/{language}/", address, count=1)
        visitor = visitors.kept(role, language)
        if language == "en" and not _is_page(visitor, address):
            return  # a file; rooms test what is in it
        assert visitor.open(address) == 200, f"{role} at {address}"
        wrong += [
            f"{role}, {language}, {address}: {one}"
            for one in look_at(
                visitor,
                language,
                narrow=language == "es",
                colors="dark" if language == "es" else "light",
            )
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("role", ROLES[1:])
def test_everybodys_start_page(role: str, language: str, visitors: Visitors):
    visitor = visitors.kept(role, language)
    assert visitor.open("/start") == 200
    assert look_at(visitor, language, narrow=True) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_that_is_not_there(language: str, visitors: Visitors):
    for role in ("nobody", "teacher"):
        visitor = visitors.kept(role, language)
        assert visitor.open("/students/nobody-has-this") in {200, 404}
        visitor.open("/there/is/no/such/page")
        visitor.watch.told()  # the browser says 404 in its console
        assert look_at(visitor, language, narrow=True) == []
