"""A funnel as a native scatter chart: limits as lines, schools as points with names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from evenrise.findings.finding import Kind
from evenrise.findings.pictures import FunnelPlot, FunnelPoint
from evenrise.publishing.charts.funnel_plot import CENTER, LIMIT_95, LIMIT_998
from evenrise.publishing.charts.ink import LIGHT
from evenrise.publishing.numbers import amount
from evenrise.publishing.slides.paper import FACE, Box, Deck, describe, rgb
from evenrise.publishing.wording import KINDS


MOST_LIMITS = 40


def add_funnel(deck: Deck, slide: Any, picture: FunnelPlot, box: Box) -> None:
    """Set the funnel on a slide."""
    language = deck.language
    builder: Any = XyChartData  # python-pptx carries no types
    data = builder(number_format="0.0%")
    every = max(1, len(picture.limits) // MOST_LIMITS)
    rows = picture.limits[::every]
    lines = (
        (LIMIT_95, 1, MSO_LINE.DASH),
        (LIMIT_95, 2, MSO_LINE.DASH),
        (LIMIT_998, 3, MSO_LINE.SOLID),
        (LIMIT_998, 4, MSO_LINE.SOLID),
    )
    for label, place, _ in lines:
        series = data.add_series(label[language])
        for row in rows:
            series.add_data_point(row[0], round(row[place], 6))
    center = data.add_series(CENTER[language])
    for row in (rows[0], rows[-1]) if rows else ():
        center.add_data_point(row[0], round(picture.center, 6))
    points = data.add_series(KINDS[Kind.SCHOOL][language])
    for point in picture.points:
        points.add_data_point(point.n, round(point.value, 6))
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *box.emu, data
    )
    describe(frame, picture.alternative[language])
    chart = frame.chart
    drawn = chart.plots[0].series
    for series, (_, _, dash) in zip(drawn, lines, strict=False):
        _line(series, "rule", dash)
    _line(drawn[4], "all", MSO_LINE.SOLID)
    _points(drawn[5], picture.points, picture.scale.unit, deck)
    _look(chart, picture, deck)


def _line(series: Any, ink: str, dash: Any) -> None:
    series.smooth = False
    series.format.line.color.rgb = rgb(LIGHT[ink])
    series.format.line.width = Pt(1.25)
    series.format.line.dash_style = dash
    series.marker.style = XL_MARKER_STYLE.NONE


def _points(series: Any, points: Sequence[FunnelPoint], unit: str, deck: Deck) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(LIGHT["rule"])
    for place, one in enumerate(points):
        named = one.outside > 0 or one.kind == "focus"
        ink = "c1" if one.kind == "focus" else "c2" if named else "rule"
        marker = series.points[place].marker
        marker.style = (
            XL_MARKER_STYLE.CIRCLE if ink != "c2" else XL_MARKER_STYLE.DIAMOND
        )
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = rgb(LIGHT[ink])
        marker.format.line.color.rgb = rgb(LIGHT[ink])
        if not named:
            continue
        label = series.points[place].data_label
        words = f"{one.label[deck.language]}, {amount(one.value, unit, deck.language)}"
        label.text_frame.text = words
        run = label.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.name = Pt(11), FACE
        label.position = XL_LABEL_POSITION.ABOVE


def _look(chart: Any, picture: FunnelPlot, deck: Deck) -> None:
    chart.has_legend = False
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = picture.scale.title[deck.language]
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.name = Pt(12), False, FACE
    chart.font.size, chart.font.name = Pt(11), FACE
    chart.value_axis.major_gridlines.format.line.color.rgb = rgb(LIGHT["hair"])
    chart.value_axis.minimum_scale = 0
    labels = chart.value_axis.tick_labels
    labels.number_format, labels.number_format_is_linked = "0%", False
    chart.category_axis.has_major_gridlines = False
    sizes = chart.category_axis.tick_labels
    sizes.number_format, sizes.number_format_is_linked = "#,##0", False
