"""Outcomes of single students, for findings that totals cannot give.

    with open_engine(snapshot, as_of=as_of, settings=settings) as engine:
        outcomes = outcomes_of(engine, "met_standard_ela", settings)

One query an indicator, on the tables that its facts stand on; everything after it is
done on whole columns. No name and no student's id leaves the engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from evenrise.indicators.engines.base import Question, Students
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine
from evenrise.indicators.naming import SettingsLike, SnapshotLike, read_names
from evenrise.indicators.outcomes import Flags, Floats, Ints, StudentOutcomes
from evenrise.indicators.registry import INDICATORS
from evenrise.vocabulary.school_year import SchoolYear


# The further number of each student, in SQL over the indicator's own table.
_AMOUNTS = {
    "met_standard_ela": "t.ela_score",
    "met_standard_math": "t.math_score",
    "chronic_absence": "CASE WHEN t.days_enrolled > 0 "
    "THEN CAST(t.days_absent AS DOUBLE) / t.days_enrolled END",
}
_SCORES = ("met_standard_ela", "met_standard_math")
_ABSENCE = "chronic_absence"
# What findings on single students are made of, in this order.
KEYS = (*_SCORES, _ABSENCE, "suspension", "d_f_rate")
FEWEST_IN_GRADE = 11  # scores; fewer give no mean and spread to stand on
_YEARS_BACK = 6  # how far an earlier year is looked for
_LAST_MONTH = 6  # of a school year that is over


def open_engine(
    snapshot: SnapshotLike, *, as_of: dt.date, settings: SettingsLike
) -> DuckDBEngine:
    """An engine on the snapshot, for facts and outcomes; close it, or use `with`."""
    district = read_names(snapshot, settings).district
    return DuckDBEngine(Question(snapshot, as_of, district))


def student_outcomes(
    snapshot: SnapshotLike, *, as_of: dt.date, settings: SettingsLike, key: str
) -> StudentOutcomes | None:
    """One indicator's outcomes, one row a student and finished school year.

    None where the district does not collect what the indicator needs.

    Raises:
        KeyError: when `key` names no indicator, or one without a yes or no.
    """
    with open_engine(snapshot, as_of=as_of, settings=settings) as engine:
        return all_outcomes(engine, settings=settings, keys=(key,)).get(key)


def all_outcomes(
    engine: DuckDBEngine, *, settings: SettingsLike, keys: Iterable[str] = KEYS
) -> dict[str, StudentOutcomes]:
    """The outcomes of several indicators; those that are not collected are left out.

    Years that are not over are left out too: a share of days, and whom a school
    served, are known at the end.

    Raises:
        KeyError: when a key names no indicator, or one without a yes or no.
    """
    wanted = tuple(keys)
    read = {key: _read(engine, key, settings) for key in _with_partners(wanted)}
    found = {key: rows for key, rows in read.items() if rows is not None and len(rows)}
    scores = {key: _standardised(found[key]) for key in _SCORES if key in found}
    standing = _standing([(found[key], score) for key, score in scores.items()])
    last = _last_finished(engine.question.as_of)
    return {
        key: _outcomes(key, rows, scores.get(key), standing, last)
        for key, rows in found.items()
        if key in wanted
    }


def _with_partners(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Both subjects' earlier scores say what a student brings to either."""
    more = _SCORES if any(key in _SCORES for key in keys) else ()
    return tuple(dict.fromkeys((*keys, *more)))


def _read(engine: DuckDBEngine, key: str, settings: SettingsLike) -> Students | None:
    one = INDICATORS[key]
    if not one.computed or not one.counts_students:
        raise KeyError(f"{key!r} says no yes or no of a student.")
    if engine.missing(one) is not None:
        return None
    thresholds = one.with_settings(settings.thresholds)
    return engine.students(one, thresholds, _AMOUNTS.get(key, "NULL"))


def _last_finished(as_of: dt.date) -> int:
    year = SchoolYear.of(as_of).spring
    return year if as_of.year == year and as_of.month >= _LAST_MONTH else year - 1


def _standardised(rows: Students) -> Floats:
    """Scores as standard deviations from the mean of their grade and year."""
    grade = rows.groups.get("grade", np.zeros(len(rows), dtype=np.int64))
    _, cell = np.unique(rows.school_year * 64 + grade + 1, return_inverse=True)
    known = np.isfinite(rows.amount)
    cells = int(cell.max()) + 1 if len(cell) else 0
    value = np.where(known, rows.amount, 0.0)
    n = np.bincount(cell, weights=known, minlength=cells)
    mean = np.bincount(cell, weights=value, minlength=cells) / np.maximum(n, 1)
    left = np.where(known, rows.amount - mean[cell], 0.0)
    squares = np.bincount(cell, weights=left * left, minlength=cells)
    spread = np.sqrt(squares / np.maximum(n - 1, 1))
    fit = known & (n[cell] >= FEWEST_IN_GRADE) & (spread[cell] > 0)
    return np.where(fit, left / np.where(spread[cell] > 0, spread[cell], 1), np.nan)


def _key(number: Ints, year: Ints) -> Ints:
    """Student and year as one number, in their order."""
    return number * 10_000 + year


def _standing(tests: list[tuple[Students, Floats]]) -> tuple[Ints, Floats]:
    """For each student and year with a score, the mean over the subjects, by key."""
    if not tests:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    key = np.concatenate([_key(rows.number, rows.school_year) for rows, _ in tests])
    score = np.concatenate([score for _, score in tests])
    known = np.isfinite(score)
    keys, at = np.unique(key[known], return_inverse=True)
    return keys, np.bincount(at, weights=score[known]) / np.bincount(at)


def _latest_before(rows: Students, keys: Ints, values: Floats) -> Floats:
    """Each row's value of the latest earlier year; nan where there is none."""
    if not len(keys):
        return np.full(len(rows), np.nan)
    at = np.searchsorted(keys, _key(rows.number, rows.school_year)) - 1
    same = (at >= 0) & (keys[at] // 10_000 == rows.number)
    return np.where(same, values[at], np.nan)


def _elsewhere_before(rows: Students, values: Floats) -> Floats:
    """The same from the rows themselves, of the latest earlier year elsewhere."""
    found = np.full(len(rows), np.nan)
    waiting: Flags = np.ones(len(rows), dtype=np.bool_)
    for back in range(1, min(_YEARS_BACK, len(rows) - 1) + 1):
        same = rows.number[back:] == rows.number[:-back]
        if not same.any():
            break
        elsewhere = same & (rows.school[back:] != rows.school[:-back])
        take = elsewhere & (rows.school[:-back] >= 0) & waiting[back:]
        found[back:] = np.where(take, values[:-back], found[back:])
        waiting[back:] &= ~take
    return found


def _outcomes(
    key: str,
    rows: Students,
    score: Floats | None,
    standing: tuple[Ints, Floats],
    last: int,
) -> StudentOutcomes:
    nothing = np.full(len(rows), np.nan)
    absent = rows.amount if key == _ABSENCE else nothing
    if score is not None:
        prior = _latest_before(rows, *standing)
    else:
        score = nothing
        prior = _elsewhere_before(rows, absent) if key == _ABSENCE else nothing
    kept = rows.school_year <= last
    groups = {
        family: codes[kept]
        for family, codes in rows.groups.items()
        if family not in ("race_any", "grade")
    }
    grade = rows.groups.get("grade", np.full(len(rows), -1, dtype=np.int64))
    return StudentOutcomes(
        indicator=key,
        good=INDICATORS[key].good,
        school_year=rows.school_year[kept],
        school=rows.school[kept],
        schools=rows.organizations,
        grade=grade[kept],
        happened=rows.numerator[kept] > 0,
        score=score[kept],
        share_absent=absent[kept],
        prior=prior[kept],
        groups=groups,
    )
