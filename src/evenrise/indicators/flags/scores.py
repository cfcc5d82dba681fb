"""How far every student lies from one line of a rule, on the day that it is read.

What a rule decides is seen by comparing students just past its line with students just
short of it; so those who did not cross it are told too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from evenrise.indicators.engines.base import Tables
from evenrise.indicators.flags.counting import (
    MEMORY,
    FlagSettings,
    count,
    counting,
)
from evenrise.indicators.flags.judging import NO_DATA, crosses
from evenrise.indicators.flags.lines import Line
from evenrise.indicators.flags.numbers import MINIMUM_DAYS, Number, Numbers


@dataclass(frozen=True, slots=True)
class LineScores:
    """Everybody of whom the line speaks and whose number is known on the day.

    `students` holds codes in their order. `score` is the student's number less where
    the line lies, in the measure's unit (shares from 0 to 1): 0 is on the line.
    `past` says who crossed it; for a measure that is crossed below its line those on
    the line did not.
    """

    day: dt.date
    line: Line
    students: NDArray[np.str_]
    score: NDArray[np.float64]
    past: NDArray[np.bool_]


def line_scores(
    snapshot: Tables,
    day: dt.date,
    line: Line,
    settings: FlagSettings,
    *,
    memory: str = MEMORY,
) -> LineScores:
    """Read one line on a day, from what was known on it.

    Args:
        snapshot: a snapshot's tables.
        day: the day; nothing that became known later is read.
        line: a line of a rule set.
        settings: the district's.
        memory: for the engine.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    with counting(snapshot, day, settings, memory=memory) as one:
        counted = count(one)
    minimum = settings.thresholds.get("early_warning.minimum_days", MINIMUM_DAYS)
    number = Numbers(counted, snapshot, minimum)[line.measure]
    state = crosses(line, number)
    known = state != NO_DATA
    if line.grades is not None:
        known &= np.isin(counted.table["grade"].to_numpy(), line.grades)
    codes = counted.table["student_id"].to_pylist()
    return LineScores(
        day,
        line,
        np.array(codes, np.str_)[known],
        _from_line(line, number)[known],
        (state == 1)[known],
    )


def _from_line(line: Line, number: Number) -> NDArray[np.float64]:
    """The distance from the line; a share on it is exactly 0, whatever it is of."""
    if number.of is None:
        return np.asarray(number.value - line.at, np.float64)
    at = Fraction(str(line.at))
    beyond = number.value * at.denominator - number.of * at.numerator
    days = np.where(number.of > 0, number.of, np.nan)
    return np.asarray(beyond / (days * at.denominator), np.float64)
