"""A plan, from a finding to the public page and back, by people with their own roles.

The reviewer recommends, the superintendent answers and opens the hearing, the
department's lead writes and proposes, the data steward approves, a parent reads it in
Spanish on a phone and says something; then the board's vote, and the way back from the
public page to the finding. Each goes by what stands on the pages.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_counselor_monday import in_days
from tests.journeys.test_days import DESK, PHONE, well
from tests.support.manual_pictures import take
from tests.support.visitors import Visitor


pytestmark = [pytest.mark.journey, pytest.mark.slow]
ASKED = "Begin the school year with a visit to every ninth grader's home."
ASKED_ES = "Comiencen el año con una visita a casa de cada estudiante de noveno."
TITLE, TITLE_ES = "Known from the first week", "Conocidos desde la primera semana"
COMMENT = "Quisiera que la visita fuera en sábado, porque trabajamos entre semana."


def test_from_a_finding_to_everybody_and_back(visitors):
    finding, headline = _reviewer_recommends(visitors)
    _superintendent_answers(visitors)
    plan = _lead_begins_the_plan(visitors)
    _hearing_opens(visitors, plan)
    _two_people_release(visitors, plan, 1)
    _a_parent_says_something(visitors, plan)
    _the_comment_is_answered(visitors, plan)
    _the_board_adopts(visitors, plan)
    _two_people_release(visitors, plan, 1)
    _everybody_reads_and_goes_back(visitors, plan, finding, headline)


def _reviewer_recommends(visitors) -> tuple[str, str]:
    """From the finding's own page."""
    visitor = visitors.enter("reviewer", viewport=DESK)
    page = visitor.page
    page.locator("main a[href^='/findings/gap:']").first.click()
    headline = page.locator("h1").inner_text()
    finding = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("link", name="Recommend something").click()
    page.locator("[name=text_en]").fill(ASKED)
    page.locator("[name=text_es]").fill(ASKED_ES)
    well(visitor)
    page.locator("main form button.button").click()
    expect(page.locator("main")).to_contain_text(ASKED)
    return finding, headline


def _superintendent_answers(visitors) -> None:
    visitor = visitors.enter("superintendent", viewport=DESK)
    page = visitor.page
    visitor.open("/recommendations")
    page.get_by_role("link", name=ASKED).first.click()
    page.locator("[name=verdict][value=accepted]").check()
    page.locator("[name=reason]").fill("Families asked for it too.")
    page.locator("main form button.button").click()
    expect(page.locator("main")).to_contain_text("Families asked for it too.")
    well(visitor)


def _lead_begins_the_plan(visitors) -> str:
    """From the starting plan; a strategy takes up what was recommended."""
    visitor = visitors.enter("cabinet", viewport=DESK)
    page = visitor.page
    visitor.open("/plans/new")
    page.locator("[name=title_en]").fill(TITLE)
    page.locator("[name=title_es]").fill(TITLE_ES)
    page.locator("[name=begin]").select_option(value=_starting(page))
    well(visitor)
    page.locator("main form button.button").click()
    expect(page.locator("h1")).to_contain_text(TITLE)
    plan = page.url.rsplit("/", 1)[1]
    take(page, "plan-ladder")
    well(visitor)

    visitor.open("/recommendations")
    page.get_by_role("link", name=ASKED).first.click()
    page.get_by_text("Put it into a plan").click()
    page.get_by_role("link", name=TITLE).first.click()
    page.locator("[name=rung]").select_option(value="s6")
    page.locator("main form button.button").click()
    visitor.open(f"/plans/{plan}/trace")
    row = page.locator("tr", has_text=ASKED).first
    expect(row).to_contain_text("Accepted")
    expect(row).to_contain_text("known by an adult*")
    take(page, "plan-trace")
    well(visitor)
    return plan


def _starting(page: Page) -> str:
    """The first plan to begin with."""
    options = page.locator("[name=begin] option")
    values = [str(one.get_attribute("value")) for one in options.all()]
    return next(one for one in values if "excellence" in one)


def _hearing_opens(visitors, plan: str) -> None:
    """Frozen as it stands; the public was heard yesterday, comments until next week."""
    visitor = visitors.enter("superintendent", viewport=DESK)
    page = visitor.page
    visitor.open(f"/plans/{plan}/editions")
    page.get_by_role("link", name="Open a public hearing").click()
    page.locator("[name=on]").fill(in_days(page, -1))
    page.locator("[name=until]").fill(in_days(page, 7))
    page.locator("[name=place_en]").fill("Library of the high school, 6 p.m.")
    page.locator("[name=place_es]").fill("Biblioteca de la preparatoria, 18:00")
    well(visitor)
    page.locator("main form button.button").click()
    expect(page.locator("main")).to_contain_text("Close the hearing")
    well(visitor)


def _two_people_release(visitors, plan: str, number: int) -> None:
    lead = visitors.enter("cabinet", viewport=DESK)
    lead.open(f"/plans/{plan}/editions/{number}")
    lead.page.get_by_role("button", name="Propose").click()
    expect(lead.page.locator("h1")).to_contain_text(TITLE)
    address = lead.page.url
    expect(lead.page.get_by_role("button", name="I read it")).to_have_count(0)
    steward = visitors.enter("steward", viewport=DESK)
    page = steward.page
    steward.open(address)
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("main")).to_contain_text("What we value")
    page.go_back()
    page.get_by_role("button", name="I read it").click()
    page.get_by_role("button", name="Make it public").click()
    expect(page.locator("body")).to_contain_text("It is public now.")
    well(steward)


def _a_parent_says_something(visitors, plan: str) -> None:
    """In Spanish, on a phone, without signing in."""
    visitor = visitors.new("es", viewport=PHONE)
    page = visitor.page
    visitor.open("/es/")
    page.get_by_role("link", name=TITLE_ES).click()
    expect(page.locator("h1")).to_contain_text(TITLE_ES)
    take(page, "plan-public-es")
    well(visitor, "es")
    page.get_by_role("link", name="Diga lo que piensa").click()
    page.locator("[name=rung_key]").select_option(value="s6")
    page.locator("[name=text]").fill(COMMENT)
    page.wait_for_timeout(3500)  # a program is quicker than this
    well(visitor, "es")
    page.locator("main form button.button").click()
    expect(page.locator("h1")).to_contain_text("Gracias")
    well(visitor, "es")


def _the_comment_is_answered(visitors, plan: str) -> None:
    visitor = visitors.enter("cabinet", viewport=DESK)
    page = visitor.page
    visitor.open(f"/plans/{plan}/comments")
    expect(page.locator("main")).to_contain_text("sábado")
    well(visitor)
    page.get_by_role("link", name="Read and decide").first.click()
    page.get_by_role("button", name="Show it and count it").click()
    visitor.open(f"/plans/{plan}/we-did/new")
    page.locator("[name=comments]").first.check()
    page.locator("[name=changed]").first.check()
    page.locator("[name=text_en]").fill("Visits are offered on Saturdays too.")
    page.locator("[name=text_es]").fill("Las visitas se ofrecen también en sábado.")
    page.locator("main form button.button").click()
    expect(page.locator("main")).to_contain_text("Saturdays too")
    well(visitor)


def _the_board_adopts(visitors, plan: str) -> None:
    visitor = visitors.enter("superintendent", viewport=DESK)
    page = visitor.page
    visitor.open(f"/plans/{plan}/editions")
    page.get_by_role("button", name="Close the hearing").click()
    page.get_by_role("link", name="Record the vote").click()
    page.locator("[name=on]").fill(in_days(page, 0))
    page.locator("[name=yes]").fill("6")
    page.locator("[name=no]").fill("1")
    page.locator("main form button.button").click()
    expect(page.locator("main")).to_contain_text("Adopted")
    well(visitor)
    visitor.open(f"/plans/{plan}")
    board = visitors.enter("board", "es", viewport=PHONE)
    board.open(f"/plans/{plan}/editions/1")
    expect(board.page.locator("main")).to_contain_text("Conocemos a cada estudiante")
    well(board, "es")


def _everybody_reads_and_goes_back(
    visitors, plan: str, finding: str, headline: str
) -> None:
    """From the public promise to what stands behind it, and what was said."""
    visitor = visitors.new("en", viewport=DESK)
    page = visitor.page
    visitor.open(f"/en/plans/{plan}/")
    expect(page.locator(".answer")).to_contain_text("6 yes, 1 no")
    take(page, "plan-public")
    well(visitor)
    page.get_by_role("link", name=re.compile("See that every student is known")).click()
    expect(page.locator("main")).to_contain_text(ASKED)
    expect(page.locator("main")).to_contain_text("Accepted")
    expect(page.locator("main")).to_contain_text("Saturdays too")
    expect(page.locator("blockquote[lang=es]")).to_contain_text("sábado")
    well(visitor)
    inside = visitors.enter("superintendent", viewport=DESK)
    inside.open(finding)
    expect(inside.page.locator("h1")).to_have_text(headline)
    well(inside)


def test_a_school_sees_its_part_and_not_the_pen(visitors):
    """The other principal reads the district's plan and changes nothing of it."""
    visitor: Visitor = visitors.enter("other_principal", "es", viewport=PHONE)
    page = visitor.page
    visitor.open("/plans")
    page.locator("main a[href='/plans/excellence-through-equity']").first.click()
    expect(page.locator("h1")).to_contain_text("Excelencia a través de la equidad")
    expect(page.locator("a[href$='/change']")).to_have_count(0)
    well(visitor, "es")
    assert visitor.open("/plans/excellence-through-equity/change") == 404
