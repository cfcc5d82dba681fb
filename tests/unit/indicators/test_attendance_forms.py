"""The two forms of an attendance file tell the same days."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from evenrise.indicators.compute import compute_facts
from tests.support.tables import DrawnSettings, draw


AS_OF = dt.date(2026, 6, 30)
KEYS = ("chronic_absence", "chronic_absence_edfacts", "attendance_rate")
DAYS = [
    day
    for day in (dt.date(2025, 9, 1) + dt.timedelta(days=n) for n in range(120))
    if day.weekday() < 5
]


def district(chance):
    """Spells that move and overlap, and what was missed, by student, school and day."""
    spells, missed = [], {}
    for place in range(30):
        student = f"s{place}"
        for school in chance.sample(["A", "B", "C"], chance.randint(1, 2)):
            first, last = sorted(chance.sample(DAYS, 2))
            spells.append((student, school, first, last))
            for day in DAYS:
                if first <= day <= last and chance.random() < 0.12:
                    kind = chance.choice([("absent", None), ("partial", 0.5)])
                    missed[student, school, day] = kind
    return spells, missed


def row(student, school, day, kind):
    return {
        "student_id": student,
        "school_id": school,
        "date": day,
        "status": kind[0],
        "portion_absent": kind[1],
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_absences_with_a_calendar_tell_what_every_day_tells(seed, tmp_path):
    chance = random.Random(seed)  # noqa: S311 - a game of dice, no secret
    spells, missed = district(chance)
    # Nobody is in two places on one day: there the forms know different things.
    spells = [s for s in spells if sum(t[0] == s[0] for t in spells) == 1]
    ours = {(student, school) for student, school, _, _ in spells}
    missed = {key: kind for key, kind in missed.items() if key[:2] in ours}
    shared = {
        "enrollments": [
            {
                "student_id": student,
                "school_id": school,
                "school_year": 2026,
                "grade": "04",
                "entered_on": first,
                "left_on": last,
            }
            for student, school, first, last in spells
        ],
        "calendar": [
            {"school_id": school, "date": day, "instructional": True}
            for school in ("A", "B", "C")
            for day in DAYS
        ],
    }
    absences = [row(*key, kind) for key, kind in missed.items()]
    every_day = [
        row(student, school, day, missed.get((student, school, day), ("present", None)))
        for student, school, first, last in spells
        for day in DAYS
        if first <= day <= last
    ]
    assert len(every_day) > 5 * len(absences) > 0
    one, other = (
        compute_facts(
            draw(tmp_path / str(len(rows)), shared | {"attendance": rows}),
            as_of=AS_OF,
            settings=DrawnSettings(),
            only=KEYS,
        )
        for rows in (absences, every_day)
    )
    assert len(one) > 20
    assert one.equals(other)
