"""Pathways of students: worked cases, a plain judge, and what is not known."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from evenrise.indicators.pathways.asked import AREA_YEARS, AREAS, asked_of
from evenrise.indicators.pathways.compute import SCHEMA, State, pathways_of
from tests.support.tables import DrawnSettings, draw


AS_OF = dt.date(2026, 3, 10)
SETTINGS = DrawnSettings()
NOT_KNOWN, OPEN, UNDER_WAY, DONE = State


@dataclass(frozen=True)
class Drawn:
    """A drawn snapshot that, like a real one, has no parts of what is not collected."""

    inside: Any

    def has(self, table):
        return self.inside.has(table)

    def parts(self, table):
        return self.inside.tables.get(table, ())


def drawn(folder: Path, tables, parts=1):
    return Drawn(draw(folder, tables, parts=parts))


def stays(student, grade, years=1, school="H"):
    """The last `years` school years of a student who is in a grade in 2026."""
    return [
        {
            "student_id": student,
            "school_id": school,
            "school_year": 2026 - back,
            "grade": f"{grade - back:02d}",
            "entered_on": dt.date(2025 - back, 8, 20),
            "left_on": dt.date(2026 - back, 6, 5) if back else None,
        }
        for back in range(years)
    ]


def section(code, year=2025, **more):
    return {"section_id": code, "school_id": "H", "school_year": year, **more}


def mark(student, code, letter="B", *, term="S1", attempted=5, earned=None, on=None):
    got = (0 if letter == "F" else attempted) if earned is None else earned
    return {
        "student_id": student,
        "section_id": code,
        "term": term,
        "mark": letter,
        "credits_attempted": attempted,
        "credits_earned": got,
        "posted_on": on,
    }


def one(snapshot, student="ana", as_of=AS_OF, settings=SETTINGS):
    """A student's row; asked for alone and among everybody, it is the same."""
    alone = pathways_of(snapshot, as_of, [student], settings).to_pylist()
    everybody = pathways_of(snapshot, as_of, None, settings)
    assert everybody.schema == SCHEMA
    among = [row for row in everybody.to_pylist() if row["student_id"] == student]
    assert alone == among
    assert len(alone) == 1
    return alone[0]


def graduation(folder, *, grade, years, earned, this_year=()):
    """A student with so many credits in each year, the oldest first."""
    spring = [2026 - back for back in range(years - 1, 0, -1)]
    sections = [section(f"x{year}", year) for year in (*spring, 2026)]
    marks = [
        mark("ana", f"x{year}", attempted=got or 5, earned=got)
        for year, got in zip(spring, earned, strict=True)
        if got is not None
    ]
    marks += [mark("ana", "x2026", attempted=30, earned=got) for got in this_year]
    tables = {
        "enrollments": stays("ana", grade, years),
        "sections": sections,
        "marks": marks or [mark("ben", "x2026")],
    }
    return one(drawn(folder, tables))


@pytest.mark.parametrize(
    ("grade", "earned", "this_year", "state", "usual"),
    [
        (10, [55], [], UNDER_WAY, 55),  # a quarter of 220
        (10, [50], [], OPEN, 55),
        (10, [55], [25], OPEN, 82.5),  # marks of this year's first half are in
        (10, [55], [30], UNDER_WAY, 82.5),
        (9, [], [], UNDER_WAY, 0),  # nothing is usual yet
        (11, [55, None], [], NOT_KNOWN, 110),  # a year is not in the records
        (11, [None, 120], [], UNDER_WAY, 110),  # enough all the same
        (12, [60, 60, 60], [40], DONE, 192.5),
    ],
)
def test_graduation(grade, earned, this_year, state, usual, tmp_path):
    row = graduation(
        tmp_path,
        grade=grade,
        years=len(earned) + 1,
        earned=earned,
        this_year=this_year,
    )
    assert (row["graduation"], row["credits_usual"]) == (state, usual)


def test_credits_of_middle_school_are_not_of_high_school(tmp_path):
    tables = {
        "enrollments": stays("ana", 10, 3),
        "sections": [section("m", 2024), section("h", 2025)],
        "marks": [mark("ana", "m", attempted=60), mark("ana", "h", attempted=10)],
    }
    row = one(drawn(tmp_path, tables))
    assert (row["credits_earned"], row["graduation"]) == (10, OPEN)


def test_credits_brought_along_count(tmp_path):
    """A transcript of another school: sections of a year of which no stay tells."""
    tables = {
        "enrollments": stays("ana", 10, 1),
        "sections": [section("t", 2025)],
        "marks": [mark("ana", "t", attempted=60)],
    }
    assert one(drawn(tmp_path, tables))["graduation"] == UNDER_WAY


def test_without_credits_nobody_is_behind(tmp_path):
    tables = {
        "enrollments": stays("ana", 11, 3),
        "sections": [section("x", 2025, a_g="B")],
        "marks": [
            mark("ana", "x", attempted=None, earned=None) | {"credits_earned": None}
        ],
    }
    row = one(drawn(tmp_path, tables))
    assert row["graduation"] == NOT_KNOWN
    assert row["credits_earned"] is None


def test_without_marks_nothing_is_known(tmp_path):
    row = one(drawn(tmp_path, {"enrollments": stays("ana", 11, 3)}))
    names = ("graduation", "a_g", "career", "biliteracy")
    assert [row[name] for name in names] == [NOT_KNOWN] * 4


def test_a_mark_of_tomorrow_is_not_read(tmp_path):
    tables = {
        "enrollments": stays("ana", 10, 2),
        "sections": [section("a", 2025, a_g="A"), section("b", 2026, a_g="B")],
        "marks": [
            mark("ana", "a", attempted=55, on=dt.date(2025, 6, 1)),
            mark("ana", "b", attempted=50, on=AS_OF + dt.timedelta(days=1)),
        ],
    }
    before = drawn(tmp_path / "a", {**tables, "marks": tables["marks"][:1]})
    after = drawn(tmp_path / "b", tables)
    assert one(before) == one(after)
    later = one(after, as_of=AS_OF + dt.timedelta(days=1))
    assert later["credits_earned"] == 105


def test_a_c_counts_and_a_d_does_not(tmp_path):
    tables = {
        "enrollments": stays("ana", 11, 3),
        "sections": [
            section("m", 2024, a_g="C", course_code="M1"),
            section("n", 2025, a_g="c", course_code="M2"),
        ],
        "marks": [
            mark("ana", "m", "C-", term="S1"),
            mark("ana", "m", "D+", term="S2"),
            mark("ana", "n", "A", term="S1"),
            mark("ana", "n", "c+", term="S2"),
            mark("ana", "n", "A", term="Q3", attempted=0, earned=0),
        ],
    }
    assert one(drawn(tmp_path, tables))["years_C"] == 1.5


def test_a_course_counts_once_however_often(tmp_path):
    tables = {
        "enrollments": stays("ana", 11, 3),
        "sections": [
            section("m", 2024, a_g="C", course_code="M1"),
            section("n", 2025, a_g="C", course_code="M1"),
        ],
        "marks": [
            mark("ana", "m", "D", term="S1"),
            mark("ana", "n", "B", term="S1"),
            mark("ana", "m", "B", term="S2"),
            mark("ana", "n", "B", term="S2"),
        ],
    }
    assert one(drawn(tmp_path, tables))["years_C"] == 1.0


def a_g_tables(years, student="ana", grade=12, **more):
    """A student with so many years of each area, all passed with a B."""
    sections, marks = [], []
    for area, wanted in zip(AREAS, years, strict=True):
        for half in range(int(wanted * 2)):
            code = f"{area}{half // 2}"
            year = 2023 + half // 2
            if half % 2 == 0:
                sections.append(section(code, year, a_g=area, subject="other"))
            marks.append(mark(student, code, term=f"S{half % 2 + 1}"))
    return {
        "enrollments": stays(student, grade, 4),
        "sections": sections,
        "marks": marks,
        **more,
    }


def test_all_seven_areas(tmp_path):
    row = one(drawn(tmp_path, a_g_tables(AREA_YEARS)))
    assert (row["a_g"], row["areas_met"]) == (DONE, 127)


def test_further_years_count_as_elective(tmp_path):
    row = one(drawn(tmp_path, a_g_tables((2, 4, 4, 2, 2, 1, 0))))
    assert (row["a_g"], row["areas_met"], row["years_G"]) == (DONE, 127, 0)


def test_an_open_area_that_is_being_taken(tmp_path):
    tables = a_g_tables((2, 4, 2, 2, 2, 1, 1))
    tables["sections"].append(section("now", 2026, a_g="C", subject="math"))
    tables["rosters"] = [
        {"section_id": "now", "student_id": "ana", "started_on": dt.date(2025, 8, 20)}
    ]
    row = one(drawn(tmp_path, tables))
    assert row["a_g"] == UNDER_WAY
    assert row["areas_met"] == 127 - 4
    assert row["areas_now"] == 4


def test_a_missing_year_is_not_a_missing_course(tmp_path):
    tables = a_g_tables((1, 1, 1, 1, 0, 0, 0))
    row = one(drawn(tmp_path, tables))
    assert row["a_g"] == NOT_KNOWN


def test_marks_that_are_no_letters_are_not_known(tmp_path):
    tables = {
        "enrollments": stays("ana", 10, 2),
        "sections": [section("x", 2025, a_g="B")],
        "marks": [mark("ana", "x", "87")],
    }
    assert one(drawn(tmp_path, tables))["a_g"] == NOT_KNOWN


def test_terms_tell_parts_of_a_year_where_credits_do_not(tmp_path):
    blank = {"credits_attempted": None, "credits_earned": None}
    tables = {
        "enrollments": stays("ana", 10, 2),
        "sections": [section("x", 2025, a_g="B"), section("y", 2025, a_g="A")],
        "marks": [
            mark("ana", "x", term="S1") | blank,
            mark("ana", "y", term="Q1") | blank,
            mark("ana", "y", term="Q2") | blank,
        ],
    }
    row = one(drawn(tmp_path, tables))
    assert (row["years_B"], row["years_A"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("letters", "state", "courses"),
    [
        (["B", "C"], UNDER_WAY, 1),
        (["B", "F"], OPEN, 0),
        (["B", "C", "D", "A"], DONE, 2),
    ],
)
def test_career_courses_are_passed_as_a_whole(letters, state, courses, tmp_path):
    sections = [section("c0", 2025, subject="cte"), section("c1", 2025, level="cte")]
    marks = [
        mark("ana", f"c{place // 2}", letter, term=f"S{place % 2 + 1}")
        for place, letter in enumerate(letters)
    ]
    tables = {
        "enrollments": stays("ana", 10, 2),
        "sections": [*sections, section("o", 2025, subject="other")],
        "marks": [*marks, mark("ana", "o")],
    }
    row = one(drawn(tmp_path, tables))
    assert (row["career"], row["career_courses"]) == (state, courses)


def test_completions_say_what_is_done(tmp_path):
    tables = {
        "enrollments": stays("ana", 12, 4),
        "sections": [section("x", 2025, subject="ela")],
        "marks": [mark("ana", "x")],
        "completions": [
            {
                "student_id": "ana",
                "cohort_year": 2026,
                "school_id": "H",
                "outcome": "graduated",
                "completed_a_g": True,
                "cte_pathway": True,
                "biliteracy_seal": True,
            }
        ],
    }
    row = one(drawn(tmp_path, tables))
    assert (row["a_g"], row["career"], row["biliteracy"]) == (DONE, DONE, DONE)


def test_years_of_a_language_never_make_the_seal(tmp_path):
    tables = {
        "enrollments": stays("ana", 12, 4),
        "sections": [
            section(f"l{year}", year, subject="world_language", course_code=f"L{year}")
            for year in range(2022, 2026)
        ],
        "marks": [
            mark("ana", f"l{year}", term=term)
            for year in range(2022, 2026)
            for term in ("S1", "S2")
        ],
    }
    row = one(drawn(tmp_path, tables))
    assert (row["biliteracy"], row["language_years"]) == (UNDER_WAY, 4)


def test_in_summer_the_year_is_over(tmp_path):
    tables = {
        "enrollments": stays("ana", 9, 1),
        "sections": [section("x", 2026)],
        "marks": [mark("ana", "x", attempted=60)],
    }
    row = one(drawn(tmp_path, tables), as_of=dt.date(2026, 7, 15))
    assert (row["grade"], row["credits_usual"], row["graduation"]) == (
        "09",
        55,
        UNDER_WAY,
    )


def test_only_grades_9_to_12(tmp_path):
    tables = {"enrollments": [*stays("ana", 8, 2), *stays("ben", 9, 2)]}
    snapshot = drawn(tmp_path, tables)
    found = pathways_of(snapshot, AS_OF, None, SETTINGS)
    assert found["student_id"].to_pylist() == ["ben"]
    assert pathways_of(snapshot, AS_OF, ["ana"], SETTINGS).num_rows == 0
    assert pathways_of(snapshot, AS_OF, [], SETTINGS).num_rows == 0


def test_a_district_of_other_credits():
    assert asked_of({}).credits == 220
    small = asked_of({"ninth_grade_on_track.credits_to_graduate": 24})
    assert (small.credits, small.year) == (24, 1)
    own = asked_of(
        {"pathways.credits_to_graduate": 26, "pathways.credits_of_a_year": 2}
    )
    assert (own.credits, own.year) == (26, 2)


def _judge(student, tables):
    """Areas met and credits, one mark after the other; slow and plain."""
    sections = {row["section_id"]: row for row in tables["sections"]}
    best: dict[tuple[str, str], tuple[str, float]] = {}
    earned = 0.0
    for row in tables["marks"]:
        if row["student_id"] != student:
            continue
        told = sections[row["section_id"]]
        earned += row["credits_earned"]
        if told.get("a_g") and row["mark"][0] in "ABC":
            key = (told["course_code"], row["term"])
            best[key] = (told["a_g"], row["credits_attempted"] / 10)
    years = {area: sum(y for a, y in best.values() if a == area) for area in AREAS}
    over = sum(
        max(years[area] - needed, 0)
        for area, needed in zip(AREAS[:6], AREA_YEARS, strict=False)
    )
    met = 0
    for place, (area, needed) in enumerate(zip(AREAS, AREA_YEARS, strict=True)):
        if years[area] + (over if area == "G" else 0) >= needed:
            met |= 1 << place
    return earned, met


def test_a_plain_judge_agrees_on_invented_students(tmp_path):
    dice = random.Random(5)  # noqa: S311 - invented students, always the same
    sections = [
        section(
            f"s{place}",
            2023 + place % 3,
            course_code=f"c{place % 40}",
            a_g=AREAS[place % 40 % 7] if place % 40 < 35 else None,
            subject="other",
        )
        for place in range(120)
    ]
    marks, enrollments = [], []
    for student in range(80):
        enrollments += stays(f"p{student:02d}", 12, 4)
        for code in dice.sample(range(120), dice.randrange(5, 60)):
            marks += [
                mark(f"p{student:02d}", f"s{code}", dice.choice("AABBCCDF"), term=term)
                for term in ("S1", "S2")
            ]
    tables = {"enrollments": enrollments, "sections": sections, "marks": marks}
    snapshot = drawn(tmp_path, tables, parts=3)
    rows = pathways_of(snapshot, AS_OF, None, SETTINGS).to_pylist()
    assert len(rows) == 80
    for row in rows:
        told = (row["credits_earned"], row["areas_met"])
        assert told == _judge(row["student_id"], tables), row["student_id"]
    some = [row["student_id"] for row in rows[::7]]
    few = pathways_of(snapshot, AS_OF, some, SETTINGS).to_pylist()
    many = pathways_of(
        snapshot, AS_OF, [row["student_id"] for row in rows], SETTINGS
    ).to_pylist()
    assert few == rows[::7]
    assert many == rows
