"""Days of people who read: superintendent, principal, counselor, teacher, a parent.

Each walk goes by what stands on the pages, as the person would, and asserts what the
person relies on. Pages that the walks meet are examined as every page is.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.examining import axe, left_over
from tests.support.manual_pictures import take
from tests.support.visitors import Visitor


pytestmark = [pytest.mark.journey, pytest.mark.slow]
DESK = {"width": 1100, "height": 760}
PHONE = {"width": 390, "height": 780}


def well(visitor: Visitor, language: str = "en") -> None:
    """The page that is open is accessible, and the browser has no complaint."""
    wrong = axe(visitor.page) + left_over(visitor.page, language, visitor.names)
    assert wrong + visitor.watch.told() == []


def _numbers(page: Page) -> dict[str, float]:
    """What the table of schools says of the gap, where it says something."""
    found = {}
    for row in page.locator("section[aria-labelledby=by-school] tbody tr").all():
        gap = row.locator("td.number").last.inner_text()
        told = re.search(r"([+−-])\s?(\d+(?:\.\d+)?)", gap)
        if told:
            found[row.locator("th").inner_text()] = abs(float(told[2]))
    return found


def test_a_superintendent_before_a_board_meeting(visitors):
    visitor = visitors.enter("superintendent", viewport=DESK)
    page = visitor.page
    expect(page.locator("h1")).to_contain_text("What changed")
    take(page, "start")

    # The largest gap stands on the first page, and leads to itself.
    largest = page.locator("main a[href^='/findings/gap:']").first
    headline = largest.inner_text()
    largest.click()
    expect(page.locator("h1")).to_have_text(headline)
    expect(page.locator(".answer")).to_contain_text("all other students")
    take(page, "finding")
    well(visitor)

    # From there to the schools: the gap of each stands in one table.
    page.locator("aside a[href^='/indicators/']").first.click()
    page.locator("#by-school").evaluate("node => node.scrollIntoView()")
    gaps = _numbers(page)
    assert gaps, "no school says its gap"
    take(page, "by-school")
    well(visitor)

    # And where a number came from: its definition, snapshot and files.
    page.locator("section[aria-labelledby=groups] td.number a").nth(1).click()
    expect(page.locator("h1")).to_have_text("Where does this number come from?")
    told = page.locator("main").inner_text()
    assert "Snapshot of the records" in told
    assert re.search(r"\.csv\s+[\d,]+ rows", told)
    take(page, "number")
    page.get_by_role("link", name="The exact rules").click()
    expect(page.locator("h1")).to_have_text("What exactly is counted?")
    well(visitor)


def test_a_number_about_one_student_leads_to_its_row(visitors, served):
    visitor = visitors.enter("counselor", viewport=DESK)
    visitor.open(f"/students/{served.things['served']}")
    source = visitor.page.locator("ol.sources li", has_text="attendance.csv").first
    line = re.search(r"(\S+\.csv), (?:line|row) ([\d,]+)", source.text_content() or "")
    if line is None:  # attendance by month is of many rows; a mark is of one
        source = visitor.page.locator("ol.sources li", has_text="marks.csv").first
        line = re.search(r"(\S+\.csv), line ([\d,]+)", source.text_content() or "")
    assert line is not None
    told = (served.records / line[1]).read_text(encoding="utf-8").splitlines()
    row = told[int(line[2].replace(",", "")) - 1]
    assert str(served.things["served"]) in row


def test_a_principal_beside_schools_like_hers(visitors):
    visitor = visitors.enter("other_principal", viewport=DESK)
    page = visitor.page
    page.locator("main a[href='/schools/E0001']").first.click()
    expect(page.locator("h1")).to_contain_text("serve its students?")
    beside = page.locator("section[aria-labelledby=beside]")
    expect(beside).to_contain_text("Results play no part")
    assert beside.locator("tbody tr").count() > 3
    page.locator("#beside").scroll_into_view_if_needed()
    take(page, "school")
    # A school like it opens, with its own page.
    like = page.locator("dl.like dt a").first
    name = like.inner_text()
    like.click()
    expect(page.locator("h1")).to_contain_text(name)
    well(visitor)


def test_a_counselor_opens_a_student_and_the_look_is_on_record(visitors):
    visitor = visitors.enter("counselor", viewport=DESK)
    page = visitor.page
    page.get_by_role("link", name="The students you serve").click()
    expect(page.locator(".answer")).to_contain_text("40 students are in this list.")
    lines = page.locator("table.cards tbody tr")
    assert lines.count() == 40
    assert all("On your caseload" in line for line in lines.all_inner_texts())
    take(page, "students")
    lines.first.locator("a").click()
    student = page.url.rsplit("/", 1)[1]
    name = page.locator("h1").inner_text()
    expect(page.locator(".reason")).to_contain_text("On your caseload")
    well(visitor)

    # A family asks who looked: whoever answers finds the counselor and the reason.
    steward = visitors.enter("steward", viewport=DESK)
    steward.open(f"/record-requests/{student}")
    expect(steward.page.locator("h1")).to_contain_text(name)
    steward.page.get_by_role("button", name="Give the record").click()
    expect(steward.page.locator("h1")).to_contain_text("Who looked at the records of")
    looks = [line.inner_text() for line in steward.page.locator("tbody tr").all()]
    assert any("Counselor" in one and "Serves the student" in one for one in looks)
    well(steward)


def _told(visitor: Visitor, address: str) -> tuple[int, str]:
    status = visitor.open(address)
    return status, visitor.page.locator("main").inner_text()


def test_a_teacher_sees_his_own_sections_and_nothing_else(visitors, served):
    visitor = visitors.enter("teacher", viewport=DESK)
    page = visitor.page
    sections = page.locator("section[aria-labelledby=sections] li")
    assert sections.count() >= 1
    sections.first.locator("a").click()
    lines = page.locator("table.cards tbody tr").all_inner_texts()
    assert lines
    assert all("In your section" in line for line in lines)

    # Somebody else's student and an address that nobody has: one and the same page.
    other = _told(visitor, f"/students/{served.things['elsewhere']}")
    nobody = _told(visitor, "/students/nobody-has-this")
    assert other == nobody
    assert other[0] == 404
    # Nor by search, nor by section, nor by a file.
    visitor.open(f"/students?q={served.things['elsewhere']}")
    assert page.locator("table.cards tbody tr").count() == 0
    answer = page.context.request.get(visitor.base + "/students.csv")
    assert str(served.things["elsewhere"]) not in answer.text()
    for closed in ("/data/", "/reports/", "/persons", "/record-requests"):
        assert visitor.open(closed) == 404, closed


def test_a_parent_reads_in_spanish_on_a_phone(visitors, served):
    visitor = visitors.new("es", viewport=PHONE, is_mobile=True, has_touch=True)
    page = visitor.page
    visitor.open("/")
    expect(page).to_have_url(f"{served.base}/es/")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("h1")).to_have_text(
        "¿Cómo atienden nuestras escuelas a sus estudiantes?"
    )
    take(page, "public-es")
    well(visitor, "es")
    # Her school, one of its figures, and where it comes from.
    page.locator("ul.columns a").first.click()
    expect(page.locator("h1")).to_contain_text("atiende")
    page.locator("td.number a[href*='/figures/']").first.click()
    expect(page.locator("h1")).to_have_text("¿De dónde viene esta cifra?")
    well(visitor, "es")
    # The same page in English, one tap away.
    page.locator(".language a").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
