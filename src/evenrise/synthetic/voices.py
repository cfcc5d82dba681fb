"""What students, families and staff say, and when school and family talked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.synthetic.chance import Chance, pick
from evenrise.synthetic.folder import Folder, Table, constant, days, keys, words
from evenrise.synthetic.leanings import Leanings
from evenrise.synthetic.names import LANGUAGES
from evenrise.synthetic.people import RACES
from evenrise.synthetic.places import Calendar
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.staff import Staff
from evenrise.synthetic.stays import Stays
from evenrise.vocabulary.grades import GRADES


_ITEMS = {
    "student": (
        "belonging",
        "known_by_an_adult",
        "safe_at_school",
        "treated_fairly",
        "culture_respected",
        "work_is_challenging",
        "feedback_helps_me",
        "voice_is_heard",
    ),
    "family": (
        "feel_welcome",
        "informed_in_my_language",
        "invited_to_decide",
        "child_is_safe",
        "child_is_known",
    ),
    "staff": (
        "time_to_learn_together",
        "leaders_listen",
        "high_expectations",
        "resources_are_enough",
    ),
}
_EASE = {"student": 0.35, "family": 0.65, "staff": 0.4}
_CUTS = (-1.3, -0.55, 0.25, 1.1)  # answers 1 (strongly disagree) to 5
_FIRST_ASKED = GRADES.index("05")
_KINDS = ("message", "call", "meeting", "event", "workshop", "visit")
_PIECE = 300_000


def write_surveys(
    folder: Folder,
    years: list[Stays],
    staff: Staff,
    leanings: Leanings,
    chance: Chance,
) -> None:
    """Write `survey_responses.csv`: three audiences, once each spring.

    Keys of respondents are drawn by chance and lead to nobody.
    """
    with folder.open("survey_responses") as table:
        for stays in years:
            for audience in _ITEMS:
                rng = chance.of("survey " + audience, stays.year)
                if audience == "staff":
                    school = staff.school
                    school = school[rng.random(len(school)) < 0.62]
                    lean, about = np.zeros(len(school)), None
                else:
                    asked = _asked(stays, audience, rng)
                    school, about = stays.school[asked], (stays, asked, leanings)
                    lean = _lean(stays, asked, leanings)
                _answers(
                    table, (audience, stays.year), (school, lean), about, leanings, rng
                )


def _asked(stays: Stays, audience: str, rng: np.random.Generator) -> NDArray[np.int64]:
    """The stays whose students, or families, answered."""
    answers = rng.random(len(stays)) < (0.74 if audience == "student" else 0.27)
    answers &= stays.last == stays.last.max()
    if audience == "student":
        answers &= stays.grade >= _FIRST_ASKED
    return np.flatnonzero(answers)


def _lean(
    stays: Stays, asked: NDArray[np.int64], leanings: Leanings
) -> NDArray[np.float64]:
    """How favourably they feel: by what they bring, and a little by group."""
    student = stays.student[asked]
    lean = 0.3 * leanings.people.latent[student, 1].astype(np.float64)
    if leanings.truths.background:
        for trait in ("disability", "homeless", "nonbinary", "black"):
            has = (
                leanings.people.gender[student] == 2
                if trait == "nonbinary"
                else leanings.people.has(trait, student, stays.year)
            )
            lean -= 0.2 * has
    return np.asarray(lean)


def _answers(
    table: Table,
    survey: tuple[str, int],
    respondents: tuple[NDArray[np.int32], NDArray[np.float64]],
    about: tuple[Stays, NDArray[np.int64], Leanings] | None,
    leanings: Leanings,
    rng: np.random.Generator,
) -> None:
    """Write every respondent's answers; one answer in forty is left out."""
    audience, year = survey
    school, lean = respondents
    items = _ITEMS[audience]
    for start in range(0, len(school), _PIECE):
        part = slice(start, start + _PIECE)
        size = len(school[part])
        own = lean[part] + 0.6 * rng.standard_normal(size) + _EASE[audience]
        feeling = own[:, None] + 0.75 * rng.standard_normal((size, len(items)))
        answer = np.searchsorted(_CUTS, feeling).ravel()
        kept = np.flatnonzero(rng.random(len(answer)) > 0.025)
        who, item = np.divmod(kept, len(items))
        # 48,271 shares no factor with 2^31 - 1: keys are in no order, none comes twice.
        key = (start + np.arange(size) + 1 + year) * 48_271 % 2_147_483_647
        groups = {} if about is None else _groups(about, part, who)
        table.add(
            administration_id=constant(f"climate-{year}-{audience}", len(kept)),
            respondent_key=keys("R", key[who], 10),
            school_id=words(leanings.places.codes, school[part][who]),
            audience=constant(audience, len(kept)),
            item_id=words(items, item),
            answer=words(("1", "2", "3", "4", "5"), answer[kept]),
            **groups,
        )


def _groups(
    about: tuple[Stays, NDArray[np.int64], Leanings],
    part: slice,
    who: NDArray[np.int64],
) -> dict[str, Any]:
    """The group columns that the survey itself asked for."""
    stays, asked, leanings = about
    stay = asked[part][who]
    student = stays.student[stay]
    return {
        "grade": words(GRADES, stays.grade[stay]),
        "gender": words(("F", "M", "X"), leanings.people.gender[student]),
        "race_ethnicity": words(RACES, leanings.people.race[student]),
    }


def write_contacts(
    folder: Folder,
    stays: Stays,
    calendar: Calendar,
    leanings: Leanings,
    chance: Chance,
) -> None:
    """Write `family_contacts.csv` of the latest year.

    Families who speak another language at home are written to less often, and two
    times in five in English.
    """
    rng = chance.of("contacts", stays.year)
    language = leanings.people.language[stays.student]
    often = np.where((language > 0) & leanings.truths.background, 0.8, 1.25) * np.where(
        stays.grade < _FIRST_ASKED, 1.4, 0.8
    )
    stay = np.repeat(np.arange(len(stays)), rng.poisson(often))
    span = (stays.last - stays.first)[stay]
    with folder.open("family_contacts") as table:
        for start in range(0, len(stay), _PIECE):
            some = stay[start : start + _PIECE]
            size = len(some)
            day = stays.first[some] + rng.random(size) * span[start : start + size]
            in_english = rng.random(size) < 0.4
            table.add(
                student_id=student_ids(leanings.people, stays.student[some]),
                date=days(calendar.dates[day.astype(np.int64)]),
                kind=words(
                    _KINDS, pick(rng, (0.42, 0.24, 0.17, 0.1, 0.03, 0.04), size)
                ),
                direction=words(
                    ("from_school", "from_family"), rng.random(size) < 0.31
                ),
                language=words(LANGUAGES, np.where(in_english, 0, language[some])),
            )
