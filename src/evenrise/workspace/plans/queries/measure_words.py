"""The words of a measure that several pages share: its title, promise and forecast."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenrise.findings.promises.model import Ahead, Label, MeasureReading
from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import year_words
from evenrise.workspace.plans.content import MeasureContent
from evenrise.workspace.plans.said import Words


# These readings say themselves how sure we are.
SAID_BY_LABEL = (Label.TOO_FEW, Label.NO_DATA)


def title_words(
    measure: MeasureContent, reading: MeasureReading, language: Language
) -> Words:
    """What a measure is called; marked where its own title is in the other language."""
    own = measure.title_en if language == "en" else measure.title_es
    other: Language = "es" if language == "en" else "en"
    there = measure.title_es if language == "en" else measure.title_en
    lang = other if there and not own else ""
    return Words(reading.promise.what[language], lang)


def promise_words(reading: MeasureReading, language: Language) -> list[str]:
    """What is promised, a line for all students and one for each gap."""
    one = reading.promise
    if one.baseline is None or one.target is None or one.target_year is None:
        return []
    told = {
        "first": numbers.amount(one.baseline, "share", language),
        "target": numbers.amount(one.target, "share", language),
        "begins": year_words(one.baseline_year or 0) if one.baseline_year else "–",
        "year": year_words(one.target_year),
    }
    lines = [
        _("All students: from %(first)s in %(begins)s to %(target)s by %(year)s") % told
    ]
    for gap in one.gaps:
        if gap.baseline is None or gap.target is None:
            continue
        lines.append(
            _("Gap for %(students)s: from %(first)s to %(target)s")
            % {
                "students": gap.students[language],
                "first": numbers.number(gap.baseline * 100, 1, language),
                "target": numbers.amount(gap.target, "points", language).lstrip("+"),
            }
        )
    return lines


def ahead_words(ahead: Ahead, language: Language) -> str:
    """The forecast in a sentence, or that it cannot be said."""
    if not ahead.estimate.known and ahead.gap is None:
        return _("No forecast: four years of one rule are needed, and no more ahead.")
    if not ahead.estimate.known and ahead.gap is not None:
        words = _("No forecast of the gap for %(who)s: too few years can be shown.")
        return words % {"who": ahead.gap.students[language]}
    unit = "share" if ahead.gap is None else "points"
    told = {
        "year": year_words(ahead.year),
        "value": numbers.estimate(ahead.estimate, unit, language),
        "interval": numbers.interval(ahead.estimate, unit, language),
        "who": ahead.gap.students[language] if ahead.gap else "",
    }
    words = (
        _("Forecast for %(year)s: %(value)s (%(interval)s)")
        if ahead.gap is None
        else _("Forecast of the gap for %(who)s in %(year)s: %(value)s (%(interval)s)")
    ) % told
    if ahead.meets is None:
        return f"{words}."
    if not ahead.meets:
        reach = _("if all goes on as it went, the target is out of reach")
    elif ahead.likely:
        reach = _("if all goes on as it went, the target is within reach")
    else:
        reach = _("whether the target is within reach is unclear")
    return f"{words}; {reach}."
