"""Is this change a signal, or the usual week-to-week wobble (METHODS card 7)?

Run charts and Shewhart charts in a few lines of NumPy each. New limits (`phases`) only
at a date written down before the data, or after a sustained shift with a documented
cause. Points left out of the limits stay on the chart, with their reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenrise.statistics.rates import Floats
from evenrise.statistics.run_rules import Runs, runs_about
from evenrise.vocabulary.estimates import Reason


MOVING_RANGE = 1.128  # of two normal values, in standard deviations (d2)
SCREEN = 3.267  # a moving range above this times the mean is left out, once (D4)
FEW_EXPECTED = 2.0  # counts per period below which a chart of gaps (g) is better
OVER_DISPERSED = 1.2  # Laney's sigma from which p' and u' are needed
LARGE_N = 2000  # denominators from which p' is needed too


class Chart(StrEnum):
    """Which chart: what is plotted, and how its spread follows."""

    RUN = "run"  # median, no limits
    XMR = "xmr"  # single values
    P = "p"  # shares
    P_PRIME = "pp"  # shares, Laney
    U = "u"  # events by exposure
    U_PRIME = "up"  # events by exposure, Laney
    C = "c"  # counts, same exposure
    G = "g"  # days or opportunities between rare events


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Values with center and limits, one entry a period; nan where there is none.

    `part` counts phases from 1, `runs` has one entry a phase. `sigma_z` is Laney's
    spread beyond chance by phase (1 where it does not apply); limits are never
    narrowed by it unless asked. `advice` names a better chart for these data.
    """

    value: Floats
    center: Floats
    lower: Floats
    upper: Floats
    beyond: NDArray[np.bool_]
    part: NDArray[np.int64]
    runs: tuple[Runs, ...]
    sigma_z: tuple[float, ...]
    advice: Chart | None = None
    reason: Reason | None = None

    @property
    def signal(self) -> bool:
        """Whether any point or run is unusual."""
        return bool(self.beyond.any()) or any(runs.signal for runs in self.runs)


def control_chart(  # noqa: PLR0913 - a chart's settings, all by name
    chart: Chart | str,
    y: ArrayLike,
    n: ArrayLike | None = None,
    *,
    phases: Sequence[int] = (),
    freeze: int | None = None,
    exclude: Sequence[int] = (),
    screen: bool = False,
    narrow: bool = False,
) -> ControlChart:
    """A run chart or a control chart.

    Sources: Shewhart 1931; Montgomery; Provost and Murray 2011; Nelson 1982 (screened
    moving ranges); Laney 2002, Quality Engineering 14:531 (p', u').

    Args:
        chart: which chart.
        y: values, or counts of events, in order of time; nan for no school.
        n: denominators or exposure, for p, p', u and u'.
        phases: the last period of each phase but the last, counted from 1.
        freeze: limits from the first so many periods only.
        exclude: periods left out of the limits, counted from 1.
        screen: leave out unusual moving ranges, once (xmr).
        narrow: let Laney's limits be narrower than chance (not for showing).

    Raises:
        ValueError: when the chart needs `n`, or the shapes differ.
    """
    kind = Chart(chart)
    count = np.asarray(y, dtype=np.float64)
    size = _sizes(kind, count, n)
    value = count / size
    periods = np.arange(1, count.size + 1)
    part = np.searchsorted(np.asarray(sorted(phases)), periods - 1, side="right") + 1
    left_out = np.isin(periods, np.asarray(exclude))
    center, lower, upper = (np.full(count.shape, np.nan) for _ in range(3))
    sigmas, runs = [], []
    for number in range(1, int(part.max(initial=0)) + 1):
        here = part == number
        use = here & ~left_out & ~np.isnan(value)
        base = use & (periods <= freeze) if freeze is not None else use
        sigma_z = 1.0
        if base.any():
            laney = _Laney(narrow=narrow)
            limits = _limits(kind, count, size, base, here, screen=screen, laney=laney)
            center[here], lower[here], upper[here] = limits
            sigma_z = laney.sigma
        sigmas.append(sigma_z)
        runs.append(runs_about(value[use], center[use]))
    beyond = np.zeros(count.shape, dtype=bool)
    known = ~np.isnan(value) & ~np.isnan(upper)
    beyond[known] = (value[known] > upper[known]) | (value[known] < lower[known])
    reason = None if np.any(~np.isnan(value)) else Reason.NO_STUDENTS
    advice = _advice(kind, count, size, center)
    return ControlChart(
        value,
        center,
        lower,
        upper,
        beyond,
        part.astype(np.int64),
        tuple(runs),
        tuple(sigmas),
        advice,
        reason,
    )


def moving_range(y: ArrayLike, *, screen: bool = False) -> float | None:
    """The mean moving range; None with fewer than two values.

    Args:
        y: values in order of time; nan is skipped over.
        screen: leave out ranges above 3.267 times their mean, once (Nelson 1982).
    """
    values = np.asarray(y, dtype=np.float64)
    steps = np.abs(np.diff(values[~np.isnan(values)]))
    if steps.size == 0:
        return None
    mean = float(steps.mean())
    if screen and np.any(steps < SCREEN * mean):
        mean = float(steps[steps < SCREEN * mean].mean())
    return mean


@dataclass
class _Laney:
    """Laney's spread of one phase: asked for once, remembered for the reader."""

    narrow: bool
    sigma: float = 1.0

    def of(self, z: Floats) -> float:
        mean = moving_range(z)
        found = 1.0 if mean is None else mean / MOVING_RANGE
        self.sigma = found
        return found if self.narrow else max(1.0, found)


def _limits(  # noqa: PLR0913 - one phase of one chart
    kind: Chart,
    count: Floats,
    size: Floats,
    base: NDArray[np.bool_],
    here: NDArray[np.bool_],
    *,
    screen: bool,
    laney: _Laney,
) -> tuple[Floats | float, Floats | float, Floats | float]:
    """(center, lower, upper) of the periods `here`, from the periods `base`."""
    values, exposure = (count / size)[base], size[here]
    if kind is Chart.RUN:
        return float(np.median(values)), np.nan, np.nan
    if kind is Chart.XMR:
        mean, step = float(values.mean()), moving_range(values, screen=screen)
        half = np.nan if step is None else 3 * step / MOVING_RANGE
        return mean, mean - half, mean + half
    if kind is Chart.G:
        mean = float(values.mean())
        half = 3 * float(np.sqrt(mean * (mean + 1)))
        return float(np.median(values)), max(0.0, mean - half), mean + half
    mean = float(count[base].sum() / size[base].sum())
    most = 1.0 if kind in (Chart.P, Chart.P_PRIME) else np.inf
    variance = mean * (1 - mean) if most == 1 else mean
    spread = np.sqrt(variance / exposure)
    if kind in (Chart.P_PRIME, Chart.U_PRIME) and variance > 0:
        z = (values - mean) / np.sqrt(variance / size[base])
        spread = spread * laney.of(z)
    return (
        mean,
        np.maximum(mean - 3 * spread, 0.0),
        np.minimum(mean + 3 * spread, most),
    )


def _sizes(kind: Chart, count: Floats, n: ArrayLike | None) -> Floats:
    needs = kind in (Chart.P, Chart.P_PRIME, Chart.U, Chart.U_PRIME)
    if not needs:
        return np.ones(count.shape)
    if n is None:
        raise ValueError(f"A {kind} chart needs a denominator for each period.")
    size = np.asarray(n, dtype=np.float64)
    if size.shape != count.shape:
        raise ValueError("Each period needs one value and one denominator.")
    return np.where(size > 0, size, np.nan)


def _advice(kind: Chart, count: Floats, size: Floats, center: Floats) -> Chart | None:
    """A chart that suits these data better."""
    if kind not in (Chart.P, Chart.U, Chart.C) or np.all(np.isnan(count * center)):
        return None
    if float(np.nanmean(size * center)) < FEW_EXPECTED:
        return Chart.G
    if kind is Chart.C:
        return None
    variance = center * (1 - center) if kind is Chart.P else center
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (count / size - center) / np.sqrt(variance / size)
    step = moving_range(z) or 0.0
    over = step / MOVING_RANGE > OVER_DISPERSED or np.nanmin(size) >= LARGE_N
    prime = Chart.P_PRIME if kind is Chart.P else Chart.U_PRIME
    return prime if over else None
