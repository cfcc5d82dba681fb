"""Invented records: few students who move, overlap, vanish and come back."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st


STUDENTS = ("s1", "s2", "s3", "s4")
SCHOOLS = ("A", "B", "C")
YEARS = (2025, 2026)
DAYS = [
    *(dt.date(2025, 9, day) for day in range(1, 9)),
    dt.date(2025, 8, 31),
    dt.date(2026, 6, 30),
    dt.date(2026, 5, 31),
    dt.date(2025, 7, 1),
    dt.date(2025, 6, 30),
    dt.date(2025, 3, 3),
    dt.date(2024, 10, 7),
]
students = st.sampled_from(STUDENTS)
schools = st.sampled_from(SCHOOLS)
days = st.sampled_from(DAYS)
maybe_days = st.none() | days
years = st.sampled_from(YEARS)
yes_no = st.none() | st.booleans()


def rows(most: int, **columns: st.SearchStrategy) -> st.SearchStrategy:
    """Up to `most` rows with these columns."""
    return st.lists(st.fixed_dictionaries(columns), max_size=most)


RACES = ("american_indian", "asian", "black", "filipino", "pacific_islander", "white")
TABLES = {
    "schools": st.lists(schools, unique=True).flatmap(
        lambda known: st.tuples(
            *(
                st.fixed_dictionaries(
                    {
                        "school_id": st.just(school),
                        "district_id": st.sampled_from([None, "D1", "D2"]),
                    }
                )
                for school in known
            )
        ).map(list)
    ),
    "students": st.lists(students, unique=True).flatmap(
        lambda known: st.tuples(
            *(
                st.fixed_dictionaries(
                    {
                        "student_id": st.just(student),
                        "gender": st.sampled_from(["F", "M", "X", None]),
                        "hispanic": yes_no,
                        "race": st.lists(
                            st.sampled_from([*RACES, "other"]), max_size=2, unique=True
                        ).map(lambda found: ";".join(found) or None),
                        "race_ethnicity": st.sampled_from(
                            [None, "White ", "two_or_more", "hispanic", "unknown"]
                        ),
                    }
                )
                for student in known
            )
        ).map(list)
    ),
    "enrollments": rows(
        10,
        student_id=students,
        school_id=schools,
        school_year=years,
        grade=st.sampled_from(["TK", "KG", "05", "09", "10", "12"]),
        entered_on=days | st.just(dt.date(2024, 8, 1)) | st.just(dt.date(2025, 8, 1)),
        left_on=maybe_days,
    ),
    "programs": rows(
        8,
        student_id=students,
        program=st.sampled_from(
            ["english_learner", "reclassified", "disability", "low_income", "gifted"]
        ),
        started_on=maybe_days
        | st.just(dt.date(2019, 7, 1))
        | st.just(dt.date(2020, 6, 2)),
        ended_on=maybe_days,
    ),
    "calendar": rows(12, school_id=schools, date=days, instructional=st.booleans()),
    "attendance": rows(
        30,
        student_id=students,
        school_id=schools,
        date=days,
        status=st.sampled_from(["present", "absent", "absent", "tardy", "partial"]),
        portion_absent=st.sampled_from([None, None, 0.0, 0.25, 0.5, 0.75, 1.0]),
        reason=st.sampled_from(
            [None, "excused", "in_school_suspension", "out_of_school_suspension"]
        ),
    ),
}


@st.composite
def records(draw: st.DrawFn) -> dict[str, list[dict[str, object]]]:
    """Tables of a small district; each of them may be missing altogether."""
    kept = {name for name in TABLES if draw(st.integers(0, 7)) > 0}
    return {name: list(draw(TABLES[name])) for name in TABLES if name in kept}
