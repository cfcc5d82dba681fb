"""From a reading of a measure to its pictures: all students, then each gap."""

from __future__ import annotations

from evenrise.findings.pictures import Scale
from evenrise.findings.promises.model import Ahead, MeasureReading
from evenrise.publishing.charts.promise_line import (
    BASELINE,
    FORECAST,
    TARGET,
    PromiseLine,
)
from evenrise.publishing.numbers import amount, estimate, interval, school_year
from evenrise.publishing.wording import reason
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Language, Text


_POINTS_BEHIND = Text(
    "points that the group is behind all other students",
    "puntos que separan al grupo de los demás estudiantes",
)


def promise_pictures(
    reading: MeasureReading, source: Text | None = None
) -> tuple[PromiseLine, ...]:
    """The pictures of a reading, in the order of its points; none without a year.

    Args:
        reading: of one measure.
        source: what stands in the corner of each picture.
    """
    if not reading.axis:
        return ()
    promise = reading.promise
    everyone = Text(
        f"{promise.what.en}: all students",
        f"{promise.what.es}: el total de estudiantes",
    )
    share = Scale("share", promise.good, promise.what)
    ends = promise.baseline, promise.target
    found = [_picture(reading, 0, (everyone, share), ends, source)]
    for place, gap in enumerate(promise.gaps, 1):
        title = Text(
            f"{promise.what.en}: the gap for {gap.students.en}",
            f"{promise.what.es}: la brecha ({gap.name.es})",
        )
        behind = Scale("points", "down", _POINTS_BEHIND)
        ends = gap.baseline, gap.target
        found.append(_picture(reading, place, (title, behind), ends, source))
    return tuple(found)


def _picture(
    reading: MeasureReading,
    place: int,
    named: tuple[Text, Scale],
    ends: tuple[float | None, float | None],
    source: Text | None,
) -> PromiseLine:
    title, scale = named
    line = _line(reading, ends)
    ahead = _ahead(reading.ahead[place] if place < len(reading.ahead) else None)
    first, last = reading.axis[0], reading.axis[-1]
    if line is not None:
        first, last = min(first, line[0][0]), max(last, line[1][0])
    nothing = (Estimate.unknown(Reason.NOT_COLLECTED),) * (reading.axis[0] - first)
    points = (*nothing, *reading.points[place])
    years = tuple(range(first, last + 1))
    en, es = (
        _told(title[language], (years, points), line, ahead, scale.unit, language)
        for language in ("en", "es")
    )
    return PromiseLine(title, Text(en, es), scale, years, points, line, ahead, source)


def _line(
    reading: MeasureReading, ends: tuple[float | None, float | None]
) -> tuple[tuple[int, float], tuple[int, float]] | None:
    promise, (baseline, target) = reading.promise, ends
    begins, over = promise.baseline_year, promise.target_year
    if begins is None or over is None or baseline is None or target is None:
        return None
    return ((begins, baseline), (over, target)) if begins < over else None


def _ahead(one: Ahead | None) -> tuple[int, Estimate] | None:
    return (one.year, one.estimate) if one and one.estimate.known else None


def _told(
    title: str,
    counted: tuple[tuple[int, ...], tuple[Estimate, ...]],
    line: tuple[tuple[int, float], tuple[int, float]] | None,
    ahead: tuple[int, Estimate] | None,
    unit: str,
    language: Language,
) -> str:
    """What a sighted reader would take away: every year, the target, the forecast."""
    years, points = counted
    parts = [
        f"{school_year(year)} "
        + (estimate(one, unit, language) if one.known else reason(one.reason, language))
        for year, one in zip(years, points, strict=False)
    ]
    for name, end in zip((BASELINE, TARGET), line or (), strict=False):
        value = amount(end[1], unit, language)
        parts.append(f"{name[language]} {school_year(end[0])} {value}")
    if ahead is not None:
        year, one = ahead
        parts.append(
            f"{FORECAST[language]} {school_year(year)} {estimate(one, unit, language)}"
            f" ({interval(one, unit, language)})"
        )
    return f"{title}. {'; '.join(parts)}."
