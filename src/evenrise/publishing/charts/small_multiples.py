"""Small multiples: the same trend for several schools or groups, on one scale."""

from __future__ import annotations

from evenrise.findings.pictures import SmallMultiples, Trend
from evenrise.publishing.charts.axis import Axis, axis_for, off_zero, reach_of_values
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import LABEL, SMALL, Frame, axis_title, finished
from evenrise.publishing.charts.ink import Tag, tags
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.charts.trend import (
    BANDS_BEYOND,
    Plot,
    draw_series,
    last_known,
    missing_years,
    sayer,
    ticks_beside,
)
from evenrise.publishing.numbers import count, estimate, school_year
from evenrise.publishing.wording import reason
from evenrise.vocabulary.estimates import Reason


PANEL = 205.0  # the narrowest a panel may be
PLOT = 92.0
GUTTER = 22.0


def draw_small_multiples(picture: SmallMultiples, frame: Frame) -> str:
    """The picture as SVG: a legend, then panels in the order given."""
    canvas = frame.canvas()
    if not picture.panels:
        canvas.height = 10
        return finished(canvas, picture, frame)
    first = picture.panels[0]
    top = axis_title(canvas, first.scale.title[frame.language])
    top = _legend(canvas, first, frame, top)
    values = reach_of_values(
        [
            point
            for panel in picture.panels
            for one in panel.series
            for point in one.points
        ],
        BANDS_BEYOND,
    )
    across = max(1, int((frame.width + GUTTER) // (PANEL + GUTTER)))
    across = min(across, len(picture.panels))
    wide = (frame.width - GUTTER * (across - 1)) / across
    tall = _panel_height(picture, frame, wide)
    for place, panel in enumerate(picture.panels):
        corner = (
            (place % across) * (wide + GUTTER),
            top + (place // across) * (tall + 14),
        )
        scale = axis_for(
            values,
            off_zero(values, panel.scale),
            corner[1] + tall - 22,
            corner[1] + tall - 22 - PLOT,
            most=3,
        )
        _panel(canvas, panel, scale, (corner, wide), frame)
    rows = -(-len(picture.panels) // across)
    below = top + rows * (tall + 14) - 8
    canvas.height = _hidden_words(canvas, picture, below, frame)
    return finished(canvas, picture, frame)


def _lacking(panel: Trend) -> dict[int, set[Reason | None]]:
    """Years that some line lacks and another has, with the reasons."""
    found: dict[int, set[Reason | None]] = {}
    for place in range(len(panel.years)):
        points = [one.points[place] for one in panel.series]
        unknown = {point.reason for point in points if not point.known}
        if unknown and any(p.known for p in points):
            found[place] = unknown
    return found


def _hidden_words(
    canvas: Canvas, picture: SmallMultiples, top: float, frame: Frame
) -> float:
    """What the hatched fields of the panels mean, once for all of them."""
    why = {
        reason(one, frame.language)
        for panel in picture.panels
        for unknown in _lacking(panel).values()
        for one in unknown
    }
    y = top + 4 if why else top
    for words in sorted(why):
        canvas.hatch((0, y + 3), (16, 11))
        canvas.text((24, y + SMALL), words, "muted", size=SMALL)
        y += 18
    return y


def _panel_height(picture: SmallMultiples, frame: Frame, wide: float) -> float:
    most = max(
        len(wrap(panel.title[frame.language], LABEL, wide, bold=True, most=2))
        for panel in picture.panels
    )
    return LABEL * LINE * most + 31 + PLOT + 22


def _legend(canvas: Canvas, panel: Trend, frame: Frame, top: float) -> float:
    if len(panel.series) < 2:
        return top + 4
    x, y = 0.0, top + 4
    for one, tag in zip(panel.series, _tags(panel), strict=True):
        words = wrap(one.label[frame.language], LABEL, frame.width - 40, most=1)[0]
        need = 34 + width(words, LABEL, bold=True) + 20
        if x and x + need > frame.width:
            x, y = 0.0, y + 21
        canvas.line(
            (x, y + 8),
            (x + 26, y + 8),
            tag.colour,
            stroke_width=2,
            stroke_dasharray=tag.dash,
        )
        canvas.mark((x + 13, y + 8), tag.mark, tag.colour, 4)
        canvas.text((x + 34, y + 12.5), words, tag.colour, size=LABEL, bold=True)
        x += need
    return y + 30


def _tags(panel: Trend) -> tuple[Tag, ...]:
    return tags(tuple(one.kind for one in panel.series))


def _panel(
    canvas: Canvas,
    panel: Trend,
    axis: Axis,
    where: tuple[tuple[float, float], float],
    frame: Frame,
) -> None:
    (x, _), wide = where
    title = wrap(panel.title[frame.language], LABEL, wide, bold=True, most=2)
    lowest = axis.end - 31
    first = lowest - LABEL * LINE * (len(title) - 1)
    canvas.lines((x, first), title, size=LABEL, bold=True)
    right = x + wide - 4
    moved = Canvas(canvas.width, canvas.medium, canvas.ident)
    left = x + ticks_beside(moved, axis, panel, frame, wide - 4)
    canvas.parts.append(f'<g transform="translate({x:.1f} 0)">')
    canvas.parts.extend(moved.parts)
    canvas.parts.append("</g>")
    plot = Plot(panel.years, left, right, axis)
    missing_years(canvas, plot, panel, (axis.end, axis.start - axis.end), frame)
    for one, tag in reversed(list(zip(panel.series, _tags(panel), strict=True))):
        draw_series(canvas, plot, one, tag, say=sayer(one, panel, frame), size=3.6)
    for place in _lacking(panel):
        canvas.hatch((plot.x(place) - 6, axis.start - 14), (12, 14))
    for place, anchor in ((0, "start"), (len(panel.years) - 1, "end")):
        edge = left if anchor == "start" else right
        if place or len(panel.years) > 1:
            canvas.text(
                (edge, axis.start + 16),
                school_year(panel.years[place]),
                "muted",
                size=11.5,
                anchor="start" if anchor == "start" else "end",
            )
    canvas.text((x, axis.end - 14), _last(panel, frame, wide), "muted", size=SMALL)


def _last(panel: Trend, frame: Frame, wide: float) -> str:
    """The last value of the panel's own series: the focus, or the first."""
    one = next((s for s in panel.series if s.kind == "focus"), panel.series[0])
    place = last_known(one)
    if place is None:
        words = reason(one.points[-1].reason if one.points else None, frame.language)
    else:
        point = one.points[place]
        words = estimate(point, panel.scale.unit, frame.language)
        if point.n is not None:
            words += f" (n {count(point.n, frame.language)})"
    return wrap(words, SMALL, wide, most=1)[0]
