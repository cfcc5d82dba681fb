"""The pictures of a promise, for the pages that tell what students got."""

from __future__ import annotations

from functools import partial

from evenrise.findings.promises.model import MeasureReading
from evenrise.publishing.charts.promise_line import draw_promise_line
from evenrise.publishing.charts.promise_pictures import promise_pictures
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.queries.pictures import Shown, show_by


def promise_figures(reading: MeasureReading, language: Language) -> tuple[Shown, ...]:
    """Each picture that has a number to draw, in the order of the reading."""
    return tuple(
        show_by(
            partial(draw_promise_line, picture),
            language,
            f"promise-{at}",
            picture.title[language],
        )
        for at, picture in enumerate(promise_pictures(reading))
        if any(one.known for one in picture.points)
    )
