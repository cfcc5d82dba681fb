"""Pictures as native charts and tables of slides: people can edit every number.

What a native chart cannot say, a hidden cell or a missing year, stands in words in the
name of its row, or as a break in the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from evenrise.findings.pictures import (
    Caterpillar,
    FunnelPlot,
    GapDots,
    HeatTable,
    Mark,
    Picture,
    SmallMultiples,
    Trend,
)
from evenrise.publishing.charts.ink import LIGHT, Tag, tags
from evenrise.publishing.charts.lettering import wrap
from evenrise.publishing.numbers import count, estimate, school_year
from evenrise.publishing.slides.funnel import add_funnel
from evenrise.publishing.slides.paper import FACE, Box, Deck, describe, rgb
from evenrise.publishing.wording import ALL_STUDENTS, NO_DATA, reason
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language


FORMATS = {
    "share": "0%",
    "points": "+0;\u22120;0",
    "ratio": "0.0",
    "days": "0",
    "sd": "0.0",
}
_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle": XL_MARKER_STYLE.TRIANGLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "bar": XL_MARKER_STYLE.DASH,
    "down": XL_MARKER_STYLE.STAR,
    "cross": XL_MARKER_STYLE.X,
    "ring": XL_MARKER_STYLE.CIRCLE,
}
MOST_PANELS = 6
MOST_ROWS = 14


def add_picture(deck: Deck, slide: Any, picture: Picture, box: Box) -> None:
    """Set a picture on a slide, natively, with its description."""
    match picture:
        case GapDots() | Caterpillar():
            _bars(deck, slide, picture, box)
        case Trend():
            _lines(deck, slide, picture, box)
        case SmallMultiples():
            _panels(deck, slide, picture, box)
        case FunnelPlot():
            add_funnel(deck, slide, picture, box)
        case HeatTable():
            _table(deck, slide, picture, box)


def _bars(deck: Deck, slide: Any, picture: GapDots | Caterpillar, box: Box) -> None:
    """Bars from zero with their intervals: dots have no native chart by rows."""
    language, unit = deck.language, picture.scale.unit
    rows = list(picture.rows[:MOST_ROWS])
    if isinstance(picture, GapDots) and picture.line is not None:
        label = picture.line_label or ALL_STUDENTS
        rows.insert(0, Mark(label, picture.line, "all"))
    data = _numbers(unit)
    data.categories = [_row_name(mark, unit, language) for mark in rows]
    scale = 100 if unit == "points" else 1
    values = [_scaled(mark.estimate.value, scale) for mark in rows]
    data.add_series(picture.scale.title[language], values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.emu, data)
    describe(frame, picture.alternative[language])
    chart = frame.chart
    _plain(chart, picture.scale.title[language])
    plot = chart.plots[0]
    plot.gap_width = 55
    series = plot.series[0]
    series.invert_if_negative = False
    for place, mark in enumerate(rows):
        fill = series.points[place].format.fill
        fill.solid()
        ink = {"focus": "c1", "all": "all", "context": "hair"}.get(mark.kind, "rule")
        fill.fore_color.rgb = rgb(LIGHT[ink])
    _error_bars(series, [mark.estimate for mark in rows], scale)
    chart.category_axis.reverse_order = True
    # The order of rows is turned round, so the upper end of the axis is at the foot.
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _axis_numbers(chart, unit)


def _numbers(unit: str) -> Any:
    """An empty sheet of numbers; python-pptx's builders carry no types."""
    builder: Any = CategoryChartData
    return builder(number_format=FORMATS.get(unit, "General"))


def _row_name(mark: Mark, unit: str, language: Language) -> str:
    name, one = mark.label[language], mark.estimate
    if not one.known:
        why = mark.bound[language] if mark.bound else reason(one.reason, language)
        return f"{name}: {why}"
    n = "" if one.n is None else f" (n {count(one.n, language)})"
    return f"{name}: {estimate(one, unit, language)}{n}"


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else round(value * scale, 6)


def _error_bars(series: Any, estimates: Sequence[Estimate], scale: float) -> None:
    """Intervals as the chart's own error bars (python-pptx has no call for them)."""
    sides: dict[str, list[str]] = {"plus": [], "minus": []}
    for place, one in enumerate(estimates):
        if one.value is None or one.lower is None or one.upper is None:
            continue
        for side, width in (
            ("plus", one.upper - one.value),
            ("minus", one.value - one.lower),
        ):
            sides[side].append(
                f'<c:pt idx="{place}"><c:v>{max(0.0, width) * scale:.6f}</c:v></c:pt>'
            )
    if not sides["plus"]:
        return
    ends = "".join(
        f'<c:{side}><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="'
        f'{len(estimates)}"/>{"".join(points)}</c:numLit></c:{side}>'
        for side, points in sides.items()
    )
    ink = LIGHT["ink"].lstrip("#")
    bars = parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}><c:errBarType val='both'/>"
        f"<c:errValType val='cust'/><c:noEndCap val='1'/>{ends}"
        "<c:spPr><a:ln w='15875'><a:solidFill><a:srgbClr"
        f" val='{ink}'/></a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    element = series._element  # noqa: SLF001
    element.xpath("./c:cat")[0].addprevious(bars)


def _lines(deck: Deck, slide: Any, picture: Trend, box: Box) -> None:
    chart = _line_chart(deck, slide, picture, box)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    _letters(chart.legend.font, 12)


def _line_chart(deck: Deck, slide: Any, picture: Trend, box: Box) -> Any:
    language, unit = deck.language, picture.scale.unit
    data = _numbers(unit)
    data.categories = [
        _year_name(picture, place, language) for place in range(len(picture.years))
    ]
    scale = 100 if unit == "points" else 1
    for one in picture.series:
        data.add_series(
            one.label[language], [_scaled(point.value, scale) for point in one.points]
        )
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box.emu, data)
    describe(frame, picture.alternative[language])
    chart = frame.chart
    _plain(chart, picture.scale.title[language])
    given = tags(tuple(one.kind for one in picture.series))
    for series, tag in zip(chart.plots[0].series, given, strict=True):
        _tag(series, tag)
    _axis_numbers(chart, unit)
    return chart


def _year_name(picture: Trend, place: int, language: Language) -> str:
    name = school_year(picture.years[place])
    if any(one.points[place].known for one in picture.series):
        return name
    return f"{name} ({NO_DATA[language]})"


def _tag(series: Any, tag: Tag) -> None:
    """Colour, mark and dash of a line, as in every other picture."""
    ink = rgb(LIGHT[tag.colour])
    series.smooth = False
    line = series.format.line
    line.color.rgb, line.width = ink, Pt(2.25)
    if tag.dash:
        line.dash_style = (
            MSO_LINE.ROUND_DOT if tag.dash.startswith(("2", "1")) else MSO_LINE.DASH
        )
    marker = series.marker
    marker.style, marker.size = _MARKERS[tag.mark], 8
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = ink
    marker.format.line.color.rgb = ink


def _panels(deck: Deck, slide: Any, picture: SmallMultiples, box: Box) -> None:
    """Small line charts side by side, on one scale."""
    panels = picture.panels[:MOST_PANELS]
    if not panels:
        return
    across = min(3, len(panels))
    rows = -(-len(panels) // across)
    wide, tall = box.width / across, box.height / rows
    top = max(
        (
            point.value or 0.0
            for panel in panels
            for one in panel.series
            for point in one.points
        ),
        default=1.0,
    )
    for place, panel in enumerate(panels):
        left = box.left + wide * (place % across)
        down = box.top + tall * (place // across)
        title = panel.title[deck.language]
        head = Box(left + 0.05, down, wide - 0.1, 0.35)
        lines = wrap(title, 11, (wide - 0.1) * 72, most=1)
        deck.words(slide, head, lines, deck.small(bold=True))
        field = Box(left, down + 0.32, wide, tall - 0.36)
        chart = _line_chart(deck, slide, panel, field)
        chart.has_title = False
        _skip_years(chart, len(panel.years) - 1)
        chart.value_axis.maximum_scale = top * 1.15 or 1.0
        for axis in (chart.value_axis, chart.category_axis):
            _letters(axis.tick_labels.font, 8)


def _skip_years(chart: Any, every: int) -> None:
    """Name only the first and the last year."""
    skip = parse_xml(f"<c:tickLblSkip {nsdecls('c')} val='{max(every, 1)}'/>")
    axis = chart.category_axis._element  # noqa: SLF001
    axis.xpath("./c:noMultiLvlLbl")[0].addprevious(skip)


def _table(deck: Deck, slide: Any, picture: HeatTable, box: Box) -> None:
    language, unit = deck.language, picture.scale.unit
    rows = [["", *(column[language] for column in picture.columns)]]
    for name, cells in zip(picture.rows, picture.cells, strict=True):
        told = []
        for one in cells:
            if not one.known:
                told.append(reason(one.reason, language))
                continue
            n = "" if one.n is None else f" (n {count(one.n, language)})"
            told.append(f"{estimate(one, unit, language)}{n}")
        rows.append([name[language], *told])
    deck.words(
        slide,
        Box(box.left, box.top, box.width, 0.35),
        [picture.scale.title[language]],
        deck.small(),
    )
    tall = min(box.height - 0.45, 0.5 * len(rows))
    place = Box(box.left, box.top + 0.4, box.width, tall)
    deck.table(slide, place, rows, picture.alternative[language])


def _plain(chart: Any, title: str) -> None:
    """The house's look: no legend unless asked, quiet lines, a title in words."""
    chart.has_legend = False
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = title
    _letters(frame.paragraphs[0].runs[0].font, 12)
    _letters(chart.font, 11)
    for axis in (chart.category_axis, chart.value_axis):
        axis.format.line.color.rgb = rgb(LIGHT["rule"])
    chart.value_axis.major_gridlines.format.line.color.rgb = rgb(LIGHT["hair"])
    chart.category_axis.has_major_gridlines = False


def _axis_numbers(chart: Any, unit: str) -> None:
    labels = chart.value_axis.tick_labels
    labels.number_format = FORMATS.get(unit, "General")
    labels.number_format_is_linked = False


def _letters(font: Any, size: float) -> None:
    font.size, font.bold, font.name = Pt(size), False, FACE
    font.color.rgb = rgb(LIGHT["muted"])
