"""Any picture as SVG: the one door to the charts."""

from __future__ import annotations

from typing import assert_never

from evenrise.findings.pictures import (
    Caterpillar,
    FunnelPlot,
    GapDots,
    HeatTable,
    Picture,
    SmallMultiples,
    Trend,
)
from evenrise.publishing.charts.caterpillar import draw_caterpillar
from evenrise.publishing.charts.frame import WIDE, Frame
from evenrise.publishing.charts.funnel_plot import draw_funnel_plot
from evenrise.publishing.charts.gap_dots import draw_gap_dots
from evenrise.publishing.charts.heat_table import draw_heat_table
from evenrise.publishing.charts.ink import Medium
from evenrise.publishing.charts.small_multiples import draw_small_multiples
from evenrise.publishing.charts.trend import draw_trend
from evenrise.vocabulary.text import Language


def draw(
    picture: Picture,
    language: Language,
    *,
    width: float = WIDE,
    medium: Medium = "page",
    ident: str = "picture",
) -> str:
    """A picture as one SVG, titled and described in the reader's language.

    Args:
        picture: data and words; everything in it is already protected.
        language: whose words and numbers.
        width: in the picture's own units; below 520 labels stand above their rows.
        medium: `page` colours are CSS variables, `paper` colours are resolved.
        ident: the beginning of the ids inside, unique on its page.
    """
    frame = Frame(language, width, medium, ident)
    match picture:
        case GapDots():
            return draw_gap_dots(picture, frame)
        case Trend():
            return draw_trend(picture, frame)
        case SmallMultiples():
            return draw_small_multiples(picture, frame)
        case FunnelPlot():
            return draw_funnel_plot(picture, frame)
        case Caterpillar():
            return draw_caterpillar(picture, frame)
        case HeatTable():
            return draw_heat_table(picture, frame)
    assert_never(picture)
