"""A support for courses is judged by failing marks, one for behavior by incidents."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from evenrise.findings.support_effects.effects import Menu, NoSettings, read_effects
from evenrise.findings.support_effects.followed import MARKS
from evenrise.findings.support_effects.reading import Verdict
from evenrise.indicators.flags.measures import Domain
from evenrise.indicators.flags.outcomes import mark_counts
from evenrise.indicators.flags.windows import absence_windows
from tests.support.tables import draw
from tests.unit.findings.support_effects.a_district import (
    AS_OF,
    CODES,
    DAYS,
    STUDENTS,
    district,
    given_to,
)


FEBRUARY = next(at for at, day in enumerate(DAYS) if day >= dt.date(2026, 2, 9))
TERMS = (
    (2025, "S1", dt.date(2025, 1, 17)),
    (2025, "S2", dt.date(2025, 6, 6)),
    (2026, "S1", dt.date(2026, 1, 16)),
    (2026, "S2", dt.date(2026, 6, 5)),
)
COURSES = 6
LAB = Menu(domains={"math_lab": Domain.COURSE})
CIRCLE = Menu(domains={"restorative_circle": Domain.BEHAVIOR})
SETTINGS = NoSettings()


def failing(seed: int = 6) -> np.ndarray:
    """Whether each student failed each course in each term: (students, 4, 6)."""
    rng = np.random.default_rng(seed)
    leaning = rng.beta(1.2, 6.0, STUDENTS)
    return rng.random((STUDENTS, len(TERMS), COURSES)) < leaning[:, None, None]


def chosen(share: np.ndarray, seed: int = 7) -> np.ndarray:
    """Who is given it: likelier the worse it stands, never sure."""
    rng = np.random.default_rng(seed)
    return rng.random(STUDENTS) < 1 / (1 + np.exp(3.2 - 6 * share))


def marks(failed: np.ndarray) -> dict[str, list[dict[str, object]]]:
    sections = [
        {"section_id": f"{year}{course}", "school_id": "A", "school_year": year}
        for year in (2025, 2026)
        for course in range(COURSES)
    ]
    rows = [
        {
            "student_id": code,
            "section_id": f"{year}{course}",
            "term": term,
            "mark": "F" if failed[place, at, course] else "B",
            "posted_on": day,
        }
        for place, code in enumerate(CODES)
        for at, (year, term, day) in enumerate(TERMS)
        for course in range(COURSES)
    ]
    return {"sections": sections, "marks": rows}


@pytest.fixture(scope="module")
def calm():
    return district()


def test_a_planted_lab_is_seen_in_marks_and_not_in_days(calm, tmp_path) -> None:
    failed = failing()
    who = chosen(failed[:, :3].mean(axis=(1, 2)))
    rng = np.random.default_rng(9)
    spared = who[:, None] & (rng.random((STUDENTS, COURSES)) < 0.6)
    failed[:, 3] &= ~spared
    snapshot = calm.snapshot(tmp_path, **marks(failed))
    given = given_to(who, "math_lab", FEBRUARY)
    (found,) = read_effects(snapshot, given, AS_OF, LAB)
    assert found.verdict is Verdict.HELPS
    assert found.measured is MARKS
    assert "failing" in found.sentence.en
    assert "reprobatorias" in found.sentence.es
    # Six in ten of their failing marks are spared; compared with alike students.
    planted = -0.6 / 0.4 * failed[who, 3].mean()
    # Those given it fail more than those beside them, so there is more to spare.
    assert planted < found.effect.value < planted / 3
    assert all(abs(one.after) < 0.1 for one in found.balance)
    (days,) = read_effects(snapshot, given, AS_OF)
    assert days.verdict is not Verdict.HELPS


def test_a_useless_lab_is_not_said_to_help(calm, tmp_path) -> None:
    failed = failing()
    who = chosen(failed[:, :3].mean(axis=(1, 2)))
    snapshot = calm.snapshot(tmp_path, **marks(failed))
    (found,) = read_effects(snapshot, given_to(who, "math_lab", FEBRUARY), AS_OF, LAB)
    assert found.verdict in (Verdict.CANNOT_TELL, Verdict.NO_USEFUL_DIFFERENCE)
    assert found.naive > 0.05  # plainly compared it would look harmful


def test_a_planted_circle_is_seen_in_incidents(calm, tmp_path) -> None:
    rng = np.random.default_rng(3)
    leaning = rng.gamma(1.2, 0.03, STUDENTS).clip(0, 0.5)
    there = rng.random((STUDENTS, len(DAYS))) < leaning[:, None]
    who = chosen(3 * there[:, :FEBRUARY].mean(axis=1))
    there[:, FEBRUARY:] &= ~(
        who[:, None] & (rng.random((STUDENTS, len(DAYS) - FEBRUARY)) < 0.6)
    )
    rows = [
        {
            "incident_id": f"{one}-{at}",
            "student_id": CODES[one],
            "school_id": "A",
            "date": DAYS[at],
        }
        for one, at in zip(*(part.tolist() for part in np.nonzero(there)), strict=True)
    ]
    snapshot = calm.snapshot(tmp_path, incidents=rows)
    given = given_to(who, "restorative_circle", FEBRUARY)
    (found,) = read_effects(snapshot, given, AS_OF, CIRCLE)
    assert found.verdict is Verdict.HELPS
    assert "incident" in found.sentence.en
    after = there[who, FEBRUARY : FEBRUARY + 45].mean()
    assert -1.5 * after < found.effect.value < -0.5 * after


def test_without_marks_a_course_support_is_judged_by_days(calm, tmp_path) -> None:
    who = np.arange(STUDENTS) < 300
    (found,) = read_effects(
        calm.snapshot(tmp_path), given_to(who, "math_lab", FEBRUARY), AS_OF, LAB
    )
    assert "days missed" in found.measured.name.en


def test_marks_are_counted_by_months(tmp_path) -> None:
    """By hand: one student, a start in February 2026."""
    posted = [
        ("2024S1", "F", "2024-12-20"),  # earlier
        ("2025S2", "F", "2025-06-06"),  # before
        ("2026S1", "B", "2026-01-16"),  # before
        ("2026Q", "F", "2026-02-20"),  # in the month itself: neither
        ("2026S2", "C", "2026-06-05"),  # after
        ("2026N", "71", "2026-06-05"),  # a number without a passing mark: not known
        ("2026S3", "F", "2026-08-01"),  # too late
    ]
    snapshot = draw(
        tmp_path,
        {
            "enrollments": [
                {
                    "student_id": "s",
                    "school_id": "A",
                    "school_year": 2026,
                    "grade": "07",
                    "entered_on": "2025-08-18",
                }
            ],
            "calendar": [
                {"school_id": "A", "date": day, "instructional": True} for day in DAYS
            ],
            "attendance": [],
            "assessments": [],
            "sections": [
                {"section_id": key, "school_id": "A", "school_year": int(key[:4])}
                for key, _, _ in posted
            ],
            "marks": [
                {
                    "student_id": "s",
                    "section_id": key,
                    "term": "T",
                    "mark": mark,
                    "posted_on": day,
                }
                for key, mark, day in posted
            ],
        },
    )

    def counted(as_of):
        day = [dt.date(2026, 2, 9)]
        return mark_counts(snapshot, absence_windows(snapshot, day, as_of), SETTINGS)

    found = counted(dt.date(2026, 8, 31))
    assert (found.n_earlier[0], found.bad_earlier[0]) == (1, 1)
    assert (found.n_before[0], found.bad_before[0]) == (2, 1)
    assert (found.n_after[0], found.bad_after[0]) == (1, 0)
    assert found.over[0]
    early = counted(dt.date(2026, 6, 1))
    assert (early.n_after[0], early.over[0]) == (0, False)
    # Five months would be July: the school year ends before.
    assert not counted(dt.date(2026, 6, 29)).over[0]
    assert counted(dt.date(2026, 6, 30)).over[0]
