"""Students just past a rule's line beside students just short of it.

    studies = by_rule(given, readings, pool, look)

Where a district says "who is past this line on this day gets this support", the line
decides and nobody's judgment does: the strongest design there is without a lottery.
Everybody of whom the line speaks is in the study, each once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evenrise.findings.support_effects.assemble import (
    Given,
    Ints,
    Pool,
    row_of,
)
from evenrise.findings.support_effects.followed import AFTER_READING
from evenrise.findings.support_effects.study import Look, Rule, SupportStudy
from evenrise.indicators.flags.scores import LineScores


BEGUN = 60  # days after the reading within which the support began
RUNNING = 180  # days before it in which it had begun already: not placed by the reading


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A support, and one line as it was read on a day."""

    support: str
    scores: LineScores


def by_rule(
    key: str, given: Given, readings: Sequence[RuleReading], pool: Pool, look: Look
) -> SupportStudy | None:
    """The study of one support at its line; None where no reading is over yet.

    Several days of one line are put together, each student at the first of them. A
    reading whose time after is not over for the whole district is left out, as is who
    had the support already.

    Args:
        key: the support.
        given: all supports that were given.
        readings: the lines as they were read; the latest says which line is meant.
        pool: windows of everybody on the first days after the readings.
        look: when it is judged.
    """
    own = sorted(
        (one for one in readings if one.support == key), key=lambda x: x.scores.day
    )
    own = [one for one in own if _same_line(one, own[-1])]
    parts = [_rows(one, pool) for one in own]
    if not any(len(at) for at, _ in parts):
        return None
    at = np.concatenate([part for part, _ in parts])
    score = np.concatenate([part for _, part in parts])
    before, began = _starts(key, given, pool, at)
    fresh = ~before
    at, score, began = at[fresh], score[fresh], began[fresh]
    _, first = np.unique(pool.windows.student[at], return_index=True)
    return _study(key, given, own, (at[first], score[first], began[first]), pool, look)


def first_day(reading: dt.date) -> np.datetime64:
    """The first day that follows a reading: of the day itself the line knew already."""
    return np.datetime64(reading, "D") + 1


def _same_line(one: RuleReading, other: RuleReading) -> bool:
    mine, theirs = one.scores.line, other.scores.line
    return (mine.measure, mine.at, mine.grades) == (
        theirs.measure,
        theirs.at,
        theirs.grades,
    )


def _rows(one: RuleReading, pool: Pool) -> tuple[Ints, np.ndarray]:
    """Rows of the windows whose score is known, and the scores."""
    scores, windows = one.scores, pool.windows
    day = np.full(len(scores.students), first_day(scores.day))
    at = row_of(windows, scores.students, day)
    known = at >= 0
    over = pool.followed.counts.over & (pool.stratum >= 0)
    known[known] &= over[at[known]]
    return at[known], scores.score[known]


def _starts(
    key: str, given: Given, pool: Pool, at: Ints
) -> tuple[np.ndarray, np.ndarray]:
    """Who had begun the support not long before each row's day, and who began after.

    The second gives the row of `given`, -1 for none.
    """
    windows = pool.windows
    rows = np.flatnonzero(given.support == key)
    place = windows.places(given.student[rows])
    rows, place = rows[place >= 0], place[place >= 0].astype(np.int64)
    days = given.begins_on[rows].astype("datetime64[D]").astype(np.int64)
    order = np.lexsort((days, place))
    rows, keys = rows[order], (place * 100_000 + days)[order]
    day = windows.day[at].astype("datetime64[D]").astype(np.int64) - 1  # the reading
    own = windows.student[at].astype(np.int64) * 100_000 + day
    first = np.searchsorted(keys, own, side="left")
    last = np.searchsorted(keys, own + BEGUN, side="right")
    earlier = np.searchsorted(keys, own - RUNNING, side="left")
    began = np.where(
        last > first, rows[np.minimum(first, len(rows) - 1)] if len(rows) else -1, -1
    )
    return np.asarray(first > earlier), began


def _study(
    key: str,
    given: Given,
    readings: Sequence[RuleReading],
    columns: tuple[Ints, np.ndarray, np.ndarray],
    pool: Pool,
    look: Look,
) -> SupportStudy:
    at, score, began = columns
    windows, followed = pool.windows, pool.followed
    treated = began >= 0
    sessions = np.zeros((2, len(at)), np.int64)
    sessions[:, treated] = (
        given.planned[began[treated]],
        given.delivered[began[treated]],
    )
    left = followed.lost[at]
    line = readings[-1].scores.line
    days = np.unique(windows.day[at]).astype("datetime64[D]") - 1
    return SupportStudy(
        support=key,
        measured=replace(followed.measured, when=AFTER_READING[followed.domain]),
        treated=treated,
        outcome=np.where(left, 0.0, followed.after[at]),
        covariates=pool.covariates(key, given, at),
        covariate_names=pool.names,
        school=windows.school[at].astype(np.int64),
        started_on=windows.day[at],
        planned=sessions[0],
        delivered=sessions[1],
        lost=left,
        rule=Rule(
            score,
            0.0,
            "below" if line.of.below else "at_or_above",
            line,
            tuple(days.tolist()),
        ),
        look=look,
    )
