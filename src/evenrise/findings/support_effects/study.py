"""What is known of one support and of comparable students, before anything is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenrise.indicators.flags.lines import Line
from evenrise.vocabulary.text import Text


Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Unit(StrEnum):
    """What an effect is counted in."""

    POINTS = "points"  # a difference of shares, 0 to 1; shown times 100
    SD = "sd"  # standard deviations of a test score


@dataclass(frozen=True, slots=True)
class Measured:
    """What is compared after the start, said so that a sentence can go on with it."""

    name: Text  # "the share of school days missed"
    when: Text  # "in the 45 school days after it began"
    unit: Unit
    good: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Look:
    """Which of the planned looks this is, and its day.

    A support is judged each January and June, so that nobody stops at a lucky moment.
    """

    number: int = 1
    planned: int = 1
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """The score and the line by which a rule gave the support.

    `score` has one entry a student; at the cut itself the support is given, unless it
    is given below it. `line` and `days` are the line that was read, and when.
    """

    score: Floats
    cut: float
    given: Literal["at_or_above", "at_or_below", "below"]
    line: Line | None = None
    days: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportStudy:
    """Students given a support and comparable students, one row each, in columns.

    Rows with `lost` true left before the outcome could be seen: their outcome is not
    read. `covariates` has the shape (students, k) and is known from before the start;
    `covariate_names` are keys of words.COVARIATES. `delivered` and `planned` count
    sessions, 0 for students who were not given the support. `too_recent` students began
    so late that the outcome is not over; `unmatched` had nobody like them.

    Raises:
        ValueError: when the columns do not have one length, or hold NaN.
    """

    support: str
    measured: Measured
    treated: Flags
    outcome: Floats
    covariates: Floats
    covariate_names: tuple[str, ...]
    school: NDArray[np.int64]
    started_on: NDArray[np.datetime64]
    delivered: NDArray[np.int64]
    planned: NDArray[np.int64]
    lost: Flags
    too_recent: int = 0
    unmatched: int = 0
    rule: Rule | None = None
    look: Look = field(default_factory=Look)
    useful: float | None = None  # the smallest effect that would matter, in the unit
    everybody: float | None = None  # the mean outcome of all others in those months

    def __post_init__(self) -> None:
        """Refuse columns that do not belong together."""
        n = len(self.treated)
        columns = (
            self.outcome,
            self.covariates,
            self.school,
            self.started_on,
            self.delivered,
            self.planned,
            self.lost,
        )
        if any(len(column) != n for column in columns):
            raise ValueError("The columns of a study have one row for each student.")
        if self.covariates.shape != (n, len(self.covariate_names)):
            raise ValueError("Each covariate of a study needs a name.")
        if self.rule is not None and len(self.rule.score) != n:
            raise ValueError("A rule's score has one entry for each student.")
        if not (
            np.isfinite(self.outcome[~self.lost]).all()
            and np.isfinite(self.covariates).all()
        ):
            raise ValueError("A study holds numbers only: leave out what is unknown.")

    @property
    def followed(self) -> Flags:
        """Students whose outcome was seen."""
        return ~self.lost

    def attrition(self) -> tuple[float, float] | None:
        """Shares lost among those given the support and among the others."""
        given, others = self.treated, ~self.treated
        if not given.any() or not others.any():
            return None
        return float(self.lost[given].mean()), float(self.lost[others].mean())
