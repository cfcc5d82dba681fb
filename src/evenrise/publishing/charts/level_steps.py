"""One practice on its way over the levels of a map: one's own word, and a coach's.

Level 1, the ideal, is at the top. A circle is one's own placement, a diamond an
observer's; each kind has its line, told apart by its dash as well.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_skeleton

from evenrise.publishing.charts.canvas import Canvas
from evenrise.publishing.charts.frame import LABEL, SMALL, TINY, Frame
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import LOCALES, day
from evenrise.vocabulary.text import Language, Text


ROW = 34.0  # between one level and the next
SELF = Text("By oneself", "Por cuenta propia")
OBSERVED = Text("By a coach", "Por quien acompaña")
_LOOKS = {False: ("c1", "circle", ""), True: ("c2", "diamond", "7 4")}


@dataclass(frozen=True, slots=True)
class LevelPoint:
    """A placement at a level on a day."""

    on: dt.date
    level: int
    observed: bool = False


@dataclass(frozen=True, slots=True)
class LevelSteps:
    """What the picture shows; `levels` names them, the ideal first."""

    title: Text
    alternative: Text
    levels: tuple[Text, ...]
    points: tuple[LevelPoint, ...]


@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    right: float
    top: float
    first: dt.date
    days: int

    def at(self, one: LevelPoint) -> tuple[float, float]:
        """Where a placement stands."""
        share = (one.on - self.first).days / self.days if self.days else 0.5
        x = self.left + 12 + (self.right - self.left - 24) * share
        # Two kinds on the same day and level stay apart.
        shift = 7 if one.observed else 0
        return x, self.level(one.level) + shift

    def level(self, number: int) -> float:
        """The height of a level."""
        return self.top + ROW * (number - 1)


def draw_level_steps(picture: LevelSteps, frame: Frame) -> str:
    """The picture as SVG, titled and described in the reader's language.

    Raises:
        ValueError: when there is no placement to draw.
    """
    if not picture.points:
        raise ValueError("A picture of practice over time needs a placement.")
    canvas, language = frame.canvas(), frame.language
    names = [
        wrap(one[language], SMALL, frame.width * 0.36, most=1)[0]
        for one in picture.levels
    ]
    days = sorted(one.on for one in picture.points)
    plot = _Plot(
        max(width(name, SMALL) for name in names) + 10,
        frame.width - 6,
        18,
        days[0],
        (days[-1] - days[0]).days,
    )
    for number, name in enumerate(names, 1):
        y = plot.level(number)
        canvas.line((plot.left, y), (plot.right, y), "hair")
        canvas.text((plot.left - 8, y + 4), name, "muted", size=SMALL, anchor="end")
    bottom = plot.level(len(names)) + 22
    _days(canvas, plot, (days[0], days[-1]), bottom, language)
    for observed in (False, True):
        _series(canvas, plot, picture, observed=observed, language=language)
    canvas.height = _legend(canvas, picture, bottom + 14, language)
    return canvas.finish(picture.title[language], picture.alternative[language])


def _days(
    canvas: Canvas,
    plot: _Plot,
    ends: tuple[dt.date, dt.date],
    y: float,
    language: Language,
) -> None:
    first, last = (_short(one, language) for one in ends)
    if ends[0] == ends[1]:
        words = first
        middle = canvas.clamp((plot.left + plot.right) / 2, words, TINY)
        canvas.text((middle, y), words, "muted", size=TINY, anchor="middle")
        return
    canvas.text((plot.left, y), first, "muted", size=TINY)
    canvas.text((plot.right, y), last, "muted", size=TINY, anchor="end")


def _series(
    canvas: Canvas,
    plot: _Plot,
    picture: LevelSteps,
    *,
    observed: bool,
    language: Language,
) -> None:
    own = (one for one in picture.points if one.observed == observed)
    points = sorted(own, key=_day)
    ink, shape, dash = _LOOKS[observed]
    if len(points) > 1:
        canvas.polyline(
            [plot.at(one) for one in points], ink, stroke_width=2, stroke_dasharray=dash
        )
    kind = OBSERVED if observed else SELF
    for one in points:
        level = picture.levels[one.level - 1][language]
        said = f"{day(one.on, language)}: {level} ({kind[language]})"
        canvas.mark(plot.at(one), shape, ink, 5.5, say=said)


def _legend(
    canvas: Canvas, picture: LevelSteps, top: float, language: Language
) -> float:
    x, y = 0.0, top + 10
    for observed, label in ((False, SELF), (True, OBSERVED)):
        if any(one.observed == observed for one in picture.points):
            ink, shape, _dash = _LOOKS[observed]
            words = label[language]
            need = 20 + width(words, LABEL, bold=True)
            if x and x + need > canvas.width:
                x, y = 0.0, y + 20
            canvas.mark((x + 8, y), shape, ink, 5)
            canvas.text((x + 20, y + 4.5), words, ink, size=LABEL, bold=True)
            x += need + 24
    return y + 12


def _short(on: dt.date, language: Language) -> str:
    return str(format_skeleton("yMMMd", on, locale=LOCALES[language]))


def _day(one: LevelPoint) -> dt.date:
    return one.on
