"""Open data of past students as `Cohorts`: arrays in, the product's own shape out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evenrise.indicators.flags.cohorts import Cohorts
from tests.support.paths import real_data


OULAD_WEEKS = (2, 4, 8, 12, 16, 20, 24)
PASS_MARK = 40  # of 100, at the Open University


def cohorts_from(
    features: Mapping[str, Any],
    *,
    rule: Any,
    outcome: Any,
    year: Any,
    school: Any,
    student: Any = None,
    checkpoint: Any = None,
    checkpoints: Sequence[str] = ("10-15",),
    groups: Mapping[str, Any] | None = None,
) -> Cohorts:
    """Cohorts of arrays; schools and groups may be given as words."""
    n = len(outcome)
    schools, school_code = np.unique(
        np.asarray(school).astype(str), return_inverse=True
    )
    coded = {name: _codes(values) for name, values in (groups or {}).items()}
    return Cohorts(
        names=tuple(features),
        features=np.column_stack(
            [np.asarray(one, np.float32) for one in features.values()]
        ),
        rule=np.asarray(rule, np.float64),
        outcome=np.asarray(outcome, np.float64),
        met_after=np.full(n, np.nan),
        school_year=np.asarray(year, np.int64),
        checkpoint=np.zeros(n, np.int64) if checkpoint is None else checkpoint,
        checkpoints=tuple(checkpoints),
        school=school_code.astype(np.int64),
        schools=tuple(schools.tolist()),
        student=np.arange(n) if student is None else student,
        groups={name: codes for name, (_, codes) in coded.items()},
        group_names={name: names for name, (names, _) in coded.items()},
    )


def _codes(values: Any) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    words = pd.Series(values).astype("object")
    names, code = np.unique(words.fillna("").astype(str), return_inverse=True)
    # A blank is no group.
    blank = names == ""
    place = np.where(blank, -1, np.cumsum(~blank) - 1)
    return tuple(names[~blank].tolist()), place[code].astype(np.int64)


def halves(n: int, seed: int = 20_261_122) -> NDArray[np.int64]:
    """Years for students who have none: half learn from, half to try on, by chance."""
    year = np.repeat([1, 2], [n - n // 2, n // 2])
    return np.random.default_rng(seed).permutation(year)


def oulad_tables() -> dict[str, pd.DataFrame]:
    """The files of the Open University, by name."""
    home = real_data("oulad")
    return {
        path.name.split(".")[0]: pd.read_csv(path) for path in home.glob("*.csv.gz")
    }


def oulad(tables: Mapping[str, pd.DataFrame], weeks: Sequence[int]) -> Cohorts:
    """Enrolments of 2013 and 2014 as they were known at the end of each week.

    Only registration, due dates and what was handed in by that day: not clicks. Who
    had left by then is not flagged any more. A score counts from the day the work was
    handed in: when it was marked is not in the data. Not on track: fail or withdrawn.
    """
    key = ["code_module", "code_presentation", "id_student"]
    people = tables["student"].merge(tables["student_registration"], on=key)
    parts = [_oulad_week(tables, people, 7 * week) for week in weeks]
    for at, part in enumerate(parts):
        part["checkpoint"] = at
    rows = pd.concat(parts, ignore_index=True)
    features = {
        name: rows[name]
        for name in (
            "missing",
            "handed_in",
            "late",
            "mean_score",
            "last_score",
            "registered",
            "attempts",
            "credits",
        )
    }
    return cohorts_from(
        features,
        rule=(rows["missing"] >= 1).astype(float) + (rows["mean_score"] < PASS_MARK),
        outcome=rows["final_result"].isin(["Fail", "Withdrawn"]),
        year=rows["code_presentation"].str[:4].astype(int),
        school=rows["code_module"],
        student=rows["id_student"].to_numpy(np.int64),
        checkpoint=rows["checkpoint"].to_numpy(np.int64),
        checkpoints=[f"week {week}" for week in weeks],
        groups={
            "disability": rows["disability"].map({True: "yes", False: "no"}),
            "deprivation": rows["imd_band"],
        },
    )


def _oulad_week(
    tables: Mapping[str, pd.DataFrame], people: pd.DataFrame, day: int
) -> pd.DataFrame:
    key = ["code_module", "code_presentation", "id_student"]
    left = people["date_unregistration"]
    here = people[
        (people["date_registration"].isna() | (people["date_registration"] <= day))
        & ~(left <= day)
    ].copy()
    # A final examination has no scores of most modules in the data: only coursework.
    due = tables["assessment"]
    due = due[(due["date"] <= day) & (due["assessment_type"] != "Exam")]
    done = tables["student_assessment"].merge(
        tables["assessment"], on="id_assessment", how="inner"
    )
    done = done[(done["date_submitted"] <= day) & (done["assessment_type"] != "Exam")]
    done = done.sort_values([*key, "date_submitted", "id_assessment"])
    done["late"] = done["date_submitted"] > done["date"]
    done["in_time"] = done["date"] <= day
    made = done.groupby(key, as_index=False).agg(
        handed_in=("id_assessment", "size"),
        done_of_due=("in_time", "sum"),
        late=("late", "sum"),
        mean_score=("score", "mean"),
        last_score=("score", "last"),
    )
    counts = due.groupby(key[:2], as_index=False).agg(due=("id_assessment", "size"))
    here = here.merge(made, on=key, how="left").merge(counts, on=key[:2], how="left")
    for name in ("handed_in", "done_of_due", "late", "due"):
        here[name] = here[name].fillna(0)  # none handed in is known to be none
    here["missing"] = here["due"] - here["done_of_due"]
    here["registered"] = here["date_registration"]
    here["attempts"] = here["num_of_prev_attempts"]
    here["credits"] = here["studied_credits"]
    return here


def uci() -> Cohorts:
    """Portuguese students of mathematics, after the first and the second period.

    Absences are of the whole year and have no dates, so they are not used. Not on
    track: a final grade below 10 of 20. There are no years: halves by chance.
    """
    frame = pd.read_csv(
        real_data("uci_student_performance") / "student-mat.csv", sep=";"
    )
    first, second = frame["G1"].astype(float), frame["G2"].astype(float)
    n = len(frame)
    failed = (frame["failures"] >= 1).astype(float)
    unknown = pd.Series(np.full(n, np.nan))
    early = failed + (first < 10)
    return cohorts_from(
        {
            "failures": pd.concat([frame["failures"]] * 2),
            "first": pd.concat([first] * 2),
            "second": pd.concat([unknown, second]),
            "study_time": pd.concat([frame["studytime"]] * 2),
        },
        rule=pd.concat([early, failed + (second < 10)]),
        outcome=pd.concat([frame["G3"] < 10] * 2),
        year=np.tile(halves(n), 2),
        school=pd.concat([frame["school"]] * 2),
        student=np.tile(np.arange(n), 2),
        checkpoint=np.repeat([0, 1], n),
        checkpoints=("first period", "second period"),
        groups={"sex": pd.concat([frame["sex"]] * 2)},
    )


def wisconsin() -> Cohorts:
    """Simulated students in the pattern of Wisconsin; not on track: no diploma."""
    frame = pd.read_csv(real_data("ews_testdata_wi") / "EWStestData.csv")
    used = (
        "attendanceTotal",
        "attendance30day",
        "assessmentMath",
        "assessmentRead",
        "courseGradesCore",
        "courseGradesAll",
        "GPA",
        "retention",
        "remedialCourse",
        "tardies",
        "majorDiscipline",
        "minorDiscipline",
        "officeReferral",
        "expulsionDays",
        "suspensionDays",
    )
    rule = (
        (frame["attendanceTotal"] <= 0.9).astype(float)
        + ((frame["suspensionDays"] >= 1) | (frame["minorDiscipline"] >= 2))
        + (frame["courseGradesCore"] < 1)
    )
    return cohorts_from(
        {name: frame[name] for name in used},
        rule=rule,
        outcome=frame["y"] != "Grad",
        year=halves(len(frame)),
        school=np.zeros(len(frame), int),
        groups={"Ethnicity": frame["Ethnicity"], "IEP": frame["IEP"]},
    )
