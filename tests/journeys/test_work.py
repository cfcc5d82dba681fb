"""Days of people who change something: files, releases, evidence, recommendations.

Everything is put back at the end of a walk, as far as the workspace puts things back.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.test_days import DESK, well
from tests.support.manual_pictures import take
from tests.support.served import Served


pytestmark = [pytest.mark.journey, pytest.mark.slow]
LONG = 300_000  # milliseconds: work in the background, on a busy machine
GONE = 3


def _shorter(served: Served, target: Path) -> Path:
    """Last night's file: the contacts with families without the last three."""
    lines = (served.records / "family_contacts.csv").read_text("utf-8").splitlines()
    target.write_text("\n".join(lines[:-GONE]) + "\n", encoding="utf-8")
    return target


def _row(page: Page, name: str) -> Locator:
    return page.locator("section", has=page.locator("#records")).locator(
        "tr", has=page.get_by_role("rowheader", name=name)
    )


def _until(page: Page, what: Locator) -> None:
    """Load the page again until it shows something, as a person would."""
    for _ in range(LONG // 2000):
        if what.count():
            return
        page.wait_for_timeout(2000)
        page.reload()
    expect(what).to_be_visible(timeout=1)


def test_a_data_steward_brings_in_a_file_and_takes_it_back(
    visitors, served, tmp_path: Path
):
    visitor = visitors.enter("steward", viewport=DESK)
    page = visitor.page
    page.get_by_role("link", name="Data", exact=True).click()
    before = page.locator("main").inner_text().rsplit("Snapshot", 1)[1]
    well(visitor)
    page.get_by_role("link", name="Bring in files").first.click()
    page.locator("#as_of").fill("2026-05-15")
    page.locator("#files").set_input_files(
        _shorter(served, tmp_path / "family_contacts.csv")
    )
    page.get_by_role("button", name="Read these files").click()

    # The difference, before anybody decides.
    expect(page.locator("h1")).to_have_text("What would change?", timeout=LONG)
    expect(page.locator(".answer")).to_contain_text("Nothing has changed yet")
    gone = _row(page, "Contacts with families").locator("td").nth(2)
    expect(gone).to_have_text(str(GONE))
    take(page, "difference")
    well(visitor)

    page.get_by_role("button", name=re.compile("^Bring it in")).click()
    expect(page.locator("#undo")).to_be_visible(timeout=LONG)
    expect(page.locator(".answer")).to_contain_text("the pages show them")
    well(visitor)

    # And back: what stood before stands again, and all of it is on record.
    page.get_by_label("Why").fill("The file was short")
    page.get_by_role("button", name="Put back what stood before").click()
    visitor.open("/data/")
    assert page.locator("main").inner_text().rsplit("Snapshot", 1)[1] == before
    visitor.open("/data/history")
    expect(page.locator("tbody tr").first).to_contain_text("Put back")
    well(visitor)


def test_two_people_stand_behind_what_becomes_public(visitors, served):
    steward = visitors.enter("steward", viewport=DESK)
    page = steward.page
    steward.open("/reports/")
    page.get_by_role("button", name="Propose the current figures").click()
    page.wait_for_url("**/reports/releases/*/")
    own = page.get_by_text("somebody else has to read and approve it")
    _until(page, own)
    release = page.url.removeprefix(steward.base)
    assert page.get_by_role("button", name="I read it and stand behind it").count() == 0
    well(steward)

    lead = visitors.enter("superintendent", viewport=DESK)
    page = lead.page
    page.locator(f"main a[href='{release}']").first.click()
    take(page, "release")
    preview = page.locator("a[href*='/preview/es/']").get_attribute("href")
    assert lead.open(str(preview)) == 200
    expect(page.locator("html")).to_have_attribute("lang", "es")
    lead.open(release)
    page.get_by_role("button", name="I read it and stand behind it").click()
    page.get_by_role("button", name="Make it public").click()
    expect(page.locator(".answer")).to_contain_text("State: public")
    well(lead)
    everybody = visitors.new()
    assert everybody.open("/en/") == 200
    well(everybody)


def test_a_reviewer_recommends_and_the_principal_answers(visitors, served):
    reviewer = visitors.enter("reviewer", viewport=DESK)
    page = reviewer.page
    school = str(served.things["school"])
    reviewer.open(f"/evidence/new?school={school}")
    page.get_by_label("Title").fill("Ninth graders on coming to school")
    page.get_by_label(re.compile("^When")).fill("2026-05-12")
    page.locator("textarea[name=text]").fill(
        "Twelve students walked us through a school day. The bus comes after the bell."
    )
    well(reviewer)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text("Ninth graders on coming to school")
    well(reviewer)

    reviewer.open(f"/recommendations/new?school={school}")
    page.locator("textarea[name=text_en]").fill("Let the bus come before the bell.")
    page.locator("textarea[name=text_es]").fill("Que el autobús llegue antes.")
    page.locator("input[name=findings]").first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".answer")).to_contain_text("Let the bus come before the bell.")
    asked = page.url.removeprefix(reviewer.base)

    principal = visitors.enter("principal", viewport=DESK)
    page = principal.page
    page.locator(f"main a[href='{asked}']").first.click()
    page.locator("[name=verdict]").first.check()
    page.locator("textarea[name=reason]").fill("The times change after the break.")
    take(page, "recommendation")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("main")).to_contain_text("The times change after the break.")
    well(principal)
    reviewer.open(asked)
    expect(reviewer.page.locator("main")).to_contain_text("after the break.")
