"""Is a support working? Points of progress against the line from baseline to target.

Two published rules of data-based individualization, the four-point rule and the
comparison of the trend with the aim line. Below the points that they ask for, the
answer is "too early to say", however the points look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike


WEEK = 7.0
FOUR = 4  # points in a row, the latest
FOUR_NEEDS = 6  # points since the support began or changed
FOUR_WEEKS = 3.0  # between the first and the latest of them
TREND_NEEDS = 8
TREND_WEEKS = 4.0
CONFIDENCE = 0.9


class Verdict(StrEnum):
    """What the rules say."""

    TOO_EARLY = "too_early"
    CHANGE = "change"  # on the wrong side of the aim line, or clearly slower than it
    RAISE = "raise"  # on the better side: the goal can be set higher
    KEEP = "keep"


class Rule(StrEnum):
    """Which rule spoke."""

    NONE = "none"
    FOUR_POINTS = "four_points"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class AimLine:
    """The straight line from a baseline to a target; days count from any one day.

    Raises:
        ValueError: when it does not lead forward in time.
    """

    begins: float
    baseline: float
    ends: float
    target: float

    def __post_init__(self) -> None:
        if not self.ends > self.begins:
            raise ValueError("An aim line ends after it begins.")

    @property
    def slope(self) -> float:
        """Units of the measure a day."""
        return (self.target - self.baseline) / (self.ends - self.begins)

    def at(self, days: ArrayLike) -> np.ndarray:
        """Where the line stands on some days; after its end it stays at the target."""
        held = np.clip(np.asarray(days, dtype=np.float64), self.begins, self.ends)
        return self.baseline + self.slope * (held - self.begins)


@dataclass(frozen=True, slots=True)
class Trend:
    """The line through the points: Theil and Sen's, which one odd day cannot turn.

    `slope`, `lower` and `upper` are units of the measure a week, with the interval of
    90 %; `start` and `end` are the line's values on the first and the latest day.
    """

    slope: float
    lower: float
    upper: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class ProgressReading:
    """What the points say: the verdict, the rule that gave it, and how many there are.

    `aim` is the aim line's slope in units of the measure a week. `missing` is how many
    points are still needed before the first rule may speak (0: only time is missing,
    or none).
    """

    verdict: Verdict
    rule: Rule
    points: int
    missing: int
    aim: float
    trend: Trend | None = None


def read_progress(
    days: ArrayLike, values: ArrayLike, aim: AimLine, *, rises: bool
) -> ProgressReading:
    """Apply the four-point rule, then the comparison of the trend.

    Four points: with at least six points over at least three weeks, the latest four all
    on the wrong side of the aim line ask for a change, all on the better side for a
    higher goal. Trend: with at least eight points over at least four weeks, a trend
    whose interval lies wholly on the wrong side of the aim line's slope asks for a
    change, wholly on the better side for a higher goal. Otherwise: keep on.

    Sources: National Center on Intensive Intervention, data-based individualization;
    Stecker and Lembke 2011, Advanced Applications of CBM (six points and three weeks,
    eight points and four weeks). They compare slopes without an interval and draw the
    trend by Tukey's method; here it is Theil and Sen's, and its interval (Sen 1968)
    must lie clear of the aim, since a slope of eight noisy points is seldom exact.

    Args:
        days: when each point was read, in days; in any order.
        values: what was read, in the measure's own unit; nan is left out.
        aim: the line from baseline to target.
        rises: whether more of the measure is better.

    Raises:
        ValueError: when days and values are not equally many.
    """
    on, read = _in_order(days, values)
    n = int(on.size)
    weeks = float(on[-1] - on[0]) / WEEK if n else 0.0
    trend = _trend(on, read)
    missing = max(FOUR_NEEDS - n, 0)
    a_week = aim.slope * WEEK
    if missing or weeks < FOUR_WEEKS:
        return ProgressReading(
            Verdict.TOO_EARLY, Rule.NONE, n, missing, a_week, trend if n > 2 else None
        )
    verdict, rule = _four_points(on, read, aim, rises=rises), Rule.FOUR_POINTS
    if verdict is Verdict.KEEP and n >= TREND_NEEDS and weeks >= TREND_WEEKS and trend:
        verdict, rule = _compared(trend, a_week, rises=rises), Rule.TREND
    return ProgressReading(verdict, rule, n, 0, a_week, trend)


def _in_order(days: ArrayLike, values: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    on = np.asarray(days, dtype=np.float64)
    read = np.asarray(values, dtype=np.float64)
    if on.shape != read.shape:
        raise ValueError("Each value needs its day.")
    known = ~np.isnan(read)
    order = np.argsort(on[known], kind="stable")
    return on[known][order], read[known][order]


def _four_points(
    on: np.ndarray, read: np.ndarray, aim: AimLine, *, rises: bool
) -> Verdict:
    ahead = read[-FOUR:] - aim.at(on[-FOUR:])
    better = ahead if rises else -ahead
    if bool((better < 0).all()):
        return Verdict.CHANGE
    return Verdict.RAISE if bool((better > 0).all()) else Verdict.KEEP


def _trend(on: np.ndarray, read: np.ndarray) -> Trend | None:
    """None when all points are of one day."""
    if on.size < 2 or on[0] == on[-1]:
        return None
    # Half a second of every start: only who draws a line pays for it.
    from scipy.stats import theilslopes  # noqa: PLC0415

    slope, middle, lower, upper = theilslopes(read, on, alpha=CONFIDENCE)
    return Trend(
        float(slope) * WEEK,
        float(lower) * WEEK,
        float(upper) * WEEK,
        float(middle + slope * on[0]),
        float(middle + slope * on[-1]),
    )


def _compared(trend: Trend, aim: float, *, rises: bool) -> Verdict:
    slower = trend.upper < aim if rises else trend.lower > aim
    faster = trend.lower > aim if rises else trend.upper < aim
    if slower:
        return Verdict.CHANGE
    return Verdict.RAISE if faster else Verdict.KEEP
