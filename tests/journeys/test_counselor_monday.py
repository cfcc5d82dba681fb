"""A counselor's Monday: from the list to a planned support, a session, an exit.

In both languages, by what stands on the pages. Each walk is another browser and another
student; every page it meets is examined as every page is.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_days import DESK, PHONE, well
from tests.support.manual_pictures import take
from tests.support.visitors import Visitor


pytestmark = [pytest.mark.journey, pytest.mark.slow]


@dataclass(frozen=True)
class Words:
    """What the walk reads on the pages, in one language."""

    list: str
    nothing: str
    begin: str
    which: str
    goal: str
    mine: str
    given: str
    undo: str
    helping: str
    review: str
    reason: str
    kept: str
    ended: str
    acted: str
    kind: str


ENGLISH = Words(
    list="Who needs somebody this week?",
    nothing="Nothing has begun",
    begin="Begin a support",
    which="Which support fits",
    goal="Two weeks with every morning here",
    mine="What is mine to do this week?",
    given="Given today",
    undo="Undo",
    helping="helping",
    review="How does",
    reason="Two good weeks; we go on once a week.",
    kept="Continue",
    ended="Four weeks at the goal.",
    acted="Did somebody act in time?",
    kind="Check-in with an adult",
)
SPANISH = Words(
    list="¿Quién necesita a alguien esta semana?",
    nothing="No se ha comenzado nada",
    begin="Iniciar un apoyo",
    which="¿Qué apoyo",
    goal="Dos semanas aquí todas las mañanas",
    mine="¿Qué me toca hacer esta semana?",
    given="Se dio hoy",
    undo="Deshacer",
    helping="ayudando",
    review="¿Cómo",
    reason="Dos buenas semanas; seguimos una vez por semana.",
    kept="Continuar",
    ended="Cuatro semanas en la meta.",
    acted="¿Actuó alguien a tiempo?",
    kind="Saludo diario con una persona adulta",
)


def in_days(page: Page, number: int) -> str:
    """So many days from today where the district is, as a calendar's field takes it."""
    told = "n => new Date(Date.now() + n * 864e5).toLocaleDateString('sv-SE')"
    return str(page.evaluate(told, number))


def _from_the_list(visitor: Visitor, words: Words, language: str) -> str:
    """The list of the week, and the first student for whom nothing has begun."""
    page = visitor.page
    page.locator("main a[href*='/this-week']").first.click()
    expect(page.locator("h1")).to_have_text(words.list)
    first = page.locator("table.cards tbody tr").first
    expect(first).to_contain_text(words.nothing)
    student = first.locator("th a").inner_text()
    well(visitor, language)
    if language == "en":
        take(page, "monday-list")
    else:
        take(page, "monday-list-es")
    first.get_by_role("link", name=words.begin).first.click()
    expect(page.locator("h1")).to_contain_text(words.which)
    well(visitor, language)
    return student


def _plan(visitor: Visitor, words: Words, language: str) -> str:
    """Choose from the menu and plan; where the support's page is."""
    page = visitor.page
    page.get_by_role("link", name=words.kind).first.click()
    page.locator("[name=goal]").fill(words.goal)
    page.locator("[name=baseline]").fill("3")
    page.locator("[name=target]").fill("0")
    well(visitor, language)
    if language == "en":
        take(page, "monday-plan")
    else:
        take(page, "monday-plan-es")
    page.locator("main form button.button").click()
    expect(page.locator("h1")).to_contain_text(words.helping)
    expect(page.locator("main")).to_contain_text(words.goal)
    return page.url


def _log(visitor: Visitor, words: Words, support: str, language: str) -> None:
    """Two taps: my supports, given today. Taken back, and given again."""
    page = visitor.page
    page.locator("nav.trail a[href$='/supports']").click()
    expect(page.locator("h1")).to_have_text(words.mine)
    row = page.locator(f"#support-{support.rsplit('/', 1)[1]}")
    row.get_by_role("button", name=words.given).click()
    expect(row).to_contain_text(words.undo)
    row.get_by_role("button", name=words.undo).click()
    row.get_by_role("button", name=words.given).click()
    expect(row).to_contain_text(words.undo)
    well(visitor, language)
    if language == "en":
        take(page, "monday-sessions")
    else:
        take(page, "monday-sessions-es")


def _progress(visitor: Visitor, support: str, language: str) -> None:
    """One point of progress, on the support's page."""
    page = visitor.page
    page.goto(support)
    summary = page.locator("section[aria-labelledby=progress] details summary")
    if not page.locator("[name=value]").is_visible():
        summary.click()
    page.locator("[name=on]").first.fill(in_days(page, 0))
    page.locator("[name=value]").fill("2")
    page.locator("form[action$='/point'] button").click()
    expect(page.locator("section[aria-labelledby=progress] tbody tr")).to_have_count(1)
    well(visitor, language)


def _review(visitor: Visitor, words: Words, language: str) -> None:
    page = visitor.page
    page.locator("a.button[href$='/review']").click()
    expect(page.locator("h1")).to_contain_text(words.review)
    page.locator("[name=decision][value=continue]").check()
    page.locator("[name=reason]").fill(words.reason)
    page.locator("[name=next_on]").fill(in_days(page, 21))
    well(visitor, language)
    page.locator("main form button.button").click()
    expect(page.locator("section[aria-labelledby=reviews]")).to_contain_text(
        words.reason
    )


def _end(visitor: Visitor, words: Words, language: str) -> None:
    page = visitor.page
    page.locator("main a[href$='/end']").click()
    page.locator("[name=how][value=goal_met]").check()
    page.locator("[name=reason]").fill(words.ended)
    page.locator("main form button.button").click()
    expect(page.locator("main")).to_contain_text(words.ended)
    well(visitor, language)


@pytest.mark.parametrize(
    ("language", "words", "window"),
    [("en", ENGLISH, DESK), ("es", SPANISH, PHONE)],
    ids=["english-at-a-desk", "spanish-on-a-phone"],
)
def test_from_mondays_list_to_an_exit(visitors, language, words, window):
    visitor = visitors.enter("counselor", language, viewport=window)
    page = visitor.page
    student = _from_the_list(visitor, words, language)
    support = _plan(visitor, words, language)
    assert all(part in page.locator("h1").inner_text() for part in student.split(", "))
    _log(visitor, words, support, language)
    _progress(visitor, support, language)
    _review(visitor, words, language)
    _end(visitor, words, language)

    # The flag has its answer: the student stands no longer among those who wait.
    visitor.open("/this-week?waiting=yes")
    waiting = page.locator("table.cards tbody tr th")
    assert student not in waiting.all_inner_texts()
    visitor.open("/answers/")
    expect(page.locator("h1")).to_have_text(words.acted)
    well(visitor, language)
    visitor.open("/answers/helps/check_in")
    well(visitor, language)


def test_a_teacher_plans_for_her_own_students_only(visitors, served):
    visitor = visitors.enter("teacher", viewport=DESK)
    elsewhere = served.things["elsewhere"]
    taught = served.things["taught"]
    assert visitor.open(f"/supports/begin/{taught}") == 200
    well(visitor)
    assert visitor.open(f"/supports/begin/{elsewhere}") == 404
    assert visitor.open("/supports/begin/nobody-has-this") == 404


def test_a_superintendent_sees_whether_somebody_acted_and_whether_it_helped(visitors):
    visitor = visitors.enter("superintendent", viewport=DESK)
    page = visitor.page
    page.get_by_role("link", name="Students", exact=True).first.click()
    page.get_by_role("link", name="Did we act?").click()
    expect(page.locator("h1")).to_have_text(ENGLISH.acted)
    expect(page.locator(".answer")).to_contain_text("have had a first session")
    take(page, "monday-in-time")
    well(visitor)
    page.get_by_role("link", name="Tiers").click()
    expect(page.locator("h1")).to_have_text("Are tiers used as intended?")
    well(visitor)
    page.locator("nav.tabs").get_by_role("link", name="Does it help?").click()
    expect(page.locator("h1")).to_have_text("Does what we do for students help?")
    well(visitor)
    page.get_by_role("link", name=ENGLISH.kind).click()
    expect(page.locator("h1")).to_contain_text("Does this support help")
    take(page, "monday-helps")
    well(visitor)
