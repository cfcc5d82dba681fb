"""A finding about attendance becomes a cycle with a signal, a practice, an initiative.

A team of a teacher and a coach asks, tries, counts and adopts; the practice is passed
on with a map and coaching; two people release the plan, and everybody reads what was
tried with its step. By what stands on the pages, in both languages: English at a desk
by day, Spanish on a phone.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation

from tests.journeys.test_counselor_monday import in_days
from tests.journeys.test_days import DESK, PHONE, well
from tests.support.manual_pictures import take
from tests.support.visitors import Visitor


pytestmark = [pytest.mark.journey, pytest.mark.slow]
PLAN = "excellence-through-equity"
STEP = re.compile("Action step|Paso de acción")
BEFORE = (15, 14, 16, 13, 15, 14, 15, 16, 14, 13)
SINCE = (6, 5, 6, 5, 4, 5)
SAID = {
    "aim": (
        "Nine of ten are here on Mondays in six weeks.",
        "Nueve de cada diez están aquí los lunes en seis semanas.",
    ),
    "voice": ("Nobody notices whether I come.", "Nadie nota si vengo."),
    "cause": ("The bus comes late", "El autobús llega tarde"),
    "proof": ("On time on nine of ten Mondays.", "Puntual nueve de cada diez lunes."),
    "driver": ("Students are awaited", "Alguien espera a los estudiantes"),
    "measure": ("Absent on Mondays", "Ausencias de los lunes"),
    "result": (
        "Absences fell from twelve to four.",
        "Las ausencias bajaron de doce a cuatro.",
    ),
    "beside": (
        "First periods begin three minutes later.",
        "La primera hora comienza tres minutos más tarde.",
    ),
    "why": ("It held for six weeks.", "Se mantuvo durante seis semanas."),
    "goal": ("To say every name right.", "Decir bien cada nombre."),
    "note": (
        "Twenty-two of twenty-six by name.",
        "Veintidós de veintiséis por su nombre.",
    ),
}


@dataclass(frozen=True)
class Walk:
    """One walk: its people's language and window, and what they call their cycle."""

    language: str
    window: dict[str, int]
    title_en: str
    title_es: str
    signal: str
    adopted: str
    tried: str
    ideas: str

    @property
    def title(self) -> str:
        """The cycle's title, as the walk reads it."""
        return self.title_es if self.language == "es" else self.title_en

    def say(self, what: str) -> str:
        """What the team writes, in its language."""
        return SAID[what][self.language == "es"]


ENGLISH = Walk(
    "en",
    DESK,
    "Awaited on Mondays",
    "Alguien los espera el lunes",
    "signal",
    "Adopted as it is",
    "What was tried",
    "Somebody waits at the door.",
)
SPANISH = Walk(
    "es",
    PHONE,
    "A word on Fridays",
    "Una palabra los viernes",
    "señal",
    "Adoptado tal cual",
    "Lo que se probó",
    "El viernes alguien cuenta lo que traerá el lunes.",
)


@pytest.mark.parametrize("walk", [ENGLISH, SPANISH], ids=["english", "spanish"])
def test_from_a_finding_to_the_public_page(visitors, walk):
    teacher = _enter(visitors, "teacher", walk)
    cycle = _asks(teacher, walk)
    step = _names_a_step(teacher, cycle, walk)
    _explains(teacher, cycle, walk)
    _nobody_above_reads(visitors, cycle)
    _tries_and_counts(teacher, cycle, walk)
    practice = _adopts_and_shares(teacher, cycle, walk)
    _passes_it_on(visitors, practice, step, walk)
    _coaching_stays_between_two(visitors, walk)
    _two_release(visitors, walk)
    _everybody_reads(visitors, step, walk)


def _enter(visitors, role: str, walk: Walk) -> Visitor:
    entered: Visitor = visitors.enter(role, walk.language, viewport=walk.window)
    return entered


def _send(page: Page) -> None:
    page.locator("main form button.button").first.click()


def _asks(teacher: Visitor, walk: Walk) -> str:
    """From the finding's own page; the cycle's address."""
    page = teacher.page
    teacher.open("/findings")
    page.locator("main a[href^='/findings/'][href*='chronic_absence']").first.click()
    page.locator("main a[href*='/cycles/new?finding=']").first.click()
    page.locator("[name=title_en]").fill(walk.title_en)
    page.locator("[name=title_es]").fill(walk.title_es)
    page.locator("select[name=language]").select_option(value=walk.language)
    page.locator("[name=notice]").fill(walk.ideas)
    well(teacher, walk.language)
    _send(page)
    expect(page.locator("h1")).to_contain_text(walk.title)
    return re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)


def _names_a_step(teacher: Visitor, cycle: str, walk: Walk) -> str:
    """The aim, and the step of the plan that it serves; the step's key."""
    page = teacher.page
    teacher.open(f"{cycle}/change/ask")
    page.locator("[name=aim]").fill(walk.say("aim"))
    options = page.locator("[name=rung] option").all()
    chosen = next(one for one in options if STEP.search(one.text_content() or ""))
    page.locator("[name=rung]").select_option(value=chosen.get_attribute("value"))
    _send(page)
    served = page.locator(f"main a[href*='/plans/{PLAN}/rungs/']").first
    return str(served.get_attribute("href")).rsplit("/", 1)[1]


def _explains(teacher: Visitor, cycle: str, walk: Walk) -> None:
    """Whom they asked, a cause that the evidence ruled out, a theory of improvement."""
    page = teacher.page
    teacher.open(f"{cycle}/voices/new")
    page.locator("[name=spoken]").fill(walk.say("voice"))
    _send(page)
    teacher.open(f"{cycle}/causes/new")
    page.locator("[name=text]").fill(walk.say("cause"))
    page.locator("[name=evidence]").fill(walk.say("proof"))
    state = page.locator("select[name=state]")
    if state.count():
        state.select_option(value="ruled_out")
    else:
        page.locator("[name=state][value=ruled_out]").check()
    well(teacher, walk.language)
    _send(page)
    teacher.open(f"{cycle}/theory/new?kind=primary")
    page.locator("[name=text]").fill(walk.say("driver"))
    _send(page)
    expect(page.locator("main svg:visible").first).to_be_visible()
    well(teacher, walk.language)


def _nobody_above_reads(visitors, cycle: str) -> None:
    """It is the team's own: for a superintendent it is not there."""
    for role in ("superintendent", "principal"):
        above = visitors.enter(role, viewport=DESK)
        assert above.open(cycle) == 404


def _tries_and_counts(teacher: Visitor, cycle: str, walk: Walk) -> None:
    """The prediction is locked; sixteen weeks show a signal since the change."""
    page = teacher.page
    teacher.open(f"{cycle}/change/try")
    for name in ("change", "where", "who", "how_small", "prediction"):
        page.locator(f"[name={name}]").fill(walk.ideas)
    page.locator("[name=begins_on]").fill(in_days(page, -42))
    page.locator("[name=until]").fill(in_days(page, 0))
    _send(page)
    teacher.open(f"{cycle}/measures/new?kind=share")
    page.locator("[name=name]").fill(walk.say("measure"))
    page.locator("[name=good][value='-1']").check()
    page.locator("[name=predicted]").fill("8")
    well(teacher, walk.language)
    _send(page)
    teacher.open(f"{cycle}/start")
    well(teacher, walk.language)
    _send(page)
    assert teacher.open(f"{cycle}/change/try") in {200, 404}
    expect(page.locator("[name=prediction]")).to_have_count(0)
    teacher.open(cycle)
    page.locator("#watched h4 a").first.click()
    measure = page.url
    teacher.open(f"{measure}/weeks")
    weeks = zip(range(-112, 0, 7), (*BEFORE, *SINCE), strict=True)
    rows = "\n".join(f"{in_days(page, day)}\t{count}\t120" for day, count in weeks)
    page.locator("[name=rows]").fill(rows)
    page.locator("form[action$='/paste'] button").click()
    teacher.open(measure)
    expect(page.locator("main")).to_contain_text(walk.signal, ignore_case=True)
    if walk.language == "es":
        take(page, "cycle-weeks-es")
    else:
        take(page, "cycle-weeks")
    well(teacher, walk.language)


def _adopts_and_shares(teacher: Visitor, cycle: str, walk: Walk) -> str:
    """Prediction beside result, a decision, a practice; the practice's address."""
    page = teacher.page
    teacher.open(f"{cycle}/change/study")
    page.locator("[name=result]").fill(walk.say("result"))
    page.locator("[name=side_effects]").fill(walk.say("beside"))
    _send(page)
    teacher.open(f"{cycle}/decide")
    page.locator("[name=decision][value=adopted]").check()
    page.locator("[name=reason]").fill(walk.say("why"))
    page.locator("[name=text_en]").fill(f"{walk.title_en}: absences fell.")
    page.locator("[name=text_es]").fill(f"{walk.title_es}: bajaron las ausencias.")
    well(teacher, walk.language)
    _send(page)
    teacher.open(f"{cycle}/share")
    _send(page)
    teacher.open(cycle)
    if walk.language == "es":
        take(page, "cycle-decided-es")
    else:
        take(page, "cycle-decided")
    well(teacher, walk.language)
    page.locator("main a[href*='/practices/new?cycle=']").first.click()
    page.locator("[name=title_en]").fill(walk.title_en)
    page.locator("[name=title_es]").fill(walk.title_es)
    page.locator("[name=text_en]").fill("Somebody waits at the door.")
    page.locator("[name=text_es]").fill("Alguien espera en la puerta.")
    page.locator("[name=ask_me]").check()
    well(teacher, walk.language)
    _send(page)
    expect(page.locator("h1")).to_contain_text(walk.title)
    well(teacher, walk.language)
    return re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)


def _passes_it_on(visitors, practice: str, step: str, walk: Walk) -> None:
    """The department's lead makes an initiative of it, for a step of the plan."""
    lead = _enter(visitors, "cabinet", walk)
    page = lead.page
    lead.open(practice)
    page.locator("main a[href*='/initiatives/new?practice=']").click()
    rung = f"{PLAN}/{step}"
    there = page.url
    lead.open(f"{there}&rung={rung}")
    assert page.locator("[name=rung]").input_value()
    page.locator("[name=roles][value=teacher]").check()
    page.locator("[name=hours]").fill("3")
    page.locator("[name=map]").select_option(index=1)
    page.locator("[name=indicator]").select_option(value="chronic_absence")
    well(lead, walk.language)
    _send(page)
    expect(page.locator("ol.chain > li")).to_have_count(3)
    page.locator("[name=state][value=underway]").click()
    expect(page.locator("ol.chain > li")).to_have_count(3)
    if walk.language == "es":
        take(page, "initiative-chain-es")
    else:
        take(page, "initiative-chain")
    well(lead, walk.language)


def _coaching_stays_between_two(visitors, walk: Walk) -> None:
    """The teacher asks the coach; a note is for the two, and for nobody above."""
    teacher, coach = _enter(visitors, "teacher", walk), _enter(visitors, "coach", walk)
    page = teacher.page
    teacher.open("/learning/coaching/new")
    page.locator("[name=mine][value=coached]").check()
    other = page.locator("[name=other]")
    coached_by = coach.page.locator("header.masthead").text_content() or ""
    names = [one.text_content() or "" for one in other.locator("option").all()]
    told = next(one for one in names if one.split(" (")[0] in coached_by and one)
    other.select_option(label=told)
    page.locator("[name=goal]").fill(walk.say("goal"))
    component = page.locator("[name=component]")
    component.select_option(index=1)
    well(teacher, walk.language)
    _send(page)
    coaching = re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)
    coach.open(coaching)
    coach.page.locator("form[action$='/agree'] button").click()
    coach.open(f"{coaching}/notes/new")
    coach.page.locator("[name=text]").fill(walk.say("note"))
    _send(coach.page)
    teacher.open(coaching)
    expect(page.locator("main")).to_contain_text(walk.say("note"))
    well(teacher, walk.language)
    for role in ("superintendent", "principal", "with_powers"):
        assert visitors.enter(role, viewport=DESK).open(coaching) == 404


def _two_release(visitors, walk: Walk) -> None:
    """Progress as of today: the lead proposes, the data steward reads and approves."""
    lead = _enter(visitors, "cabinet", walk)
    lead.open(f"/plans/{PLAN}/editions")
    editions = lead.page.locator(f"main a[href*='/plans/{PLAN}/editions/']")
    hrefs = [str(one.get_attribute("href")) for one in editions.all()]
    numbers = sorted({int(m[1]) for x in hrefs if (m := re.search(r"/(\d+)$", x))})
    steward = _enter(visitors, "steward", walk)
    for number in numbers:  # the one adopted, and its amendment in hearing
        lead.open(f"/plans/{PLAN}/editions/{number}")
        propose = lead.page.locator("form[action*='propose'] button")
        if not propose.count():
            continue
        propose.first.click()
        steward.open(lead.page.url)
        steward.page.locator("form[action$='/approve'] button").click()
        steward.page.locator("form[action$='/publish'] button").click()
    well(steward, walk.language)


def _everybody_reads(visitors, step: str, walk: Walk) -> None:
    """With the step, without signing in; and in the board's report and slides."""
    visitor = visitors.new(walk.language, viewport=walk.window)
    page = visitor.page
    visitor.open(f"/{walk.language}/plans/{PLAN}/rungs/{step}/")
    told = page.locator("section[aria-labelledby=tried]")
    expect(told).to_contain_text(walk.title)
    expect(told).to_contain_text(walk.adopted)
    expect(told.locator("ol > li")).not_to_have_count(0)
    if walk.language == "es":
        take(page, "cycle-public-es")
    else:
        take(page, "cycle-public")
    well(visitor, walk.language)
    where = f"{visitor.base}/{walk.language}/plans/{PLAN}"
    assert page.request.get(f"{where}/documents/report.pdf").status == 200
    deck = Presentation(
        io.BytesIO(page.request.get(f"{where}/documents/slides.pptx").body())
    )
    shapes = [one for slide in deck.slides for one in slide.shapes]
    words = " ".join(one.text_frame.text for one in shapes if one.has_text_frame)
    assert walk.tried in words
    assert walk.title in words
