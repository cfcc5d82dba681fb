"""The words of supports, sessions and reviews, in the language of the page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _, ngettext

from evenrise.publishing.numbers import count, day, number
from evenrise.statistics.progress_rule import ProgressReading, Verdict
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.models import Review, Session, Support, SupportKind


def kind_name(kind: SupportKind) -> str:
    """A support's name in the page's language."""
    return kind.name[page_language()]


def in_language(one: SupportKind, field: str, language: Language) -> str:
    """A text of the menu that stands in both languages."""
    return str(getattr(one, f"{field}_{language}"))


def day_words(on: dt.date | None) -> str:
    """A day as the page's language writes it; a dash where there is none."""
    return "–" if on is None else day(on, page_language())


def value_words(value: float | None) -> str:
    """A value of a measure, without digits that say nothing."""
    if value is None:
        return "–"
    whole = float(value).is_integer()
    return number(value, 0 if whole else 1, page_language())


def dosage_words(a_week: Decimal, minutes: int) -> str:
    """How often and how long: three times a week, 30 minutes."""
    times = float(a_week)
    if times == 0.5:
        often = _("once in two weeks")
    elif times < 1:
        often = _("once in %(n)s weeks") % {"n": round(1 / times)}
    else:
        often = ngettext(
            "%(n)s time a week", "%(n)s times a week", 1 if times == 1 else 2
        ) % {"n": count(times, page_language())}
    return _("%(often)s, %(minutes)s minutes") % {"often": often, "minutes": minutes}


def delivered_words(delivered: int, planned: int) -> str:
    """Sessions delivered of those planned."""
    return _("%(given)s of %(planned)s sessions") % {
        "given": delivered,
        "planned": planned,
    }


def why_not_words(why: str) -> str:
    """Why a session was not given."""
    if not why:
        return ""
    return {
        Session.WhyNot.ABSENT: _("The student was absent"),
        Session.WhyNot.ADULT_AWAY: _("The adult was away"),
        Session.WhyNot.NO_TIME: _("There was no time"),
        Session.WhyNot.OTHER: _("Another reason"),
    }[Session.WhyNot(why)]


def why_not_choices() -> list[tuple[str, str]]:
    """The reasons that a tap can give."""
    return [(why.value, why_not_words(why)) for why in Session.WhyNot]


def decision_words(decision: str) -> str:
    """What a review decided."""
    return {
        Review.Decision.CONTINUE: _("Keep on as planned"),
        Review.Decision.CHANGE: _("Change to another support"),
        Review.Decision.INTENSIFY: _("More often or longer"),
        Review.Decision.FADE: _("Less often"),
        Review.Decision.EXIT: _("End the support"),
    }[Review.Decision(decision)]


def ended_words(how: str) -> str:
    """How a support ended."""
    return {
        Support.Ended.GOAL_MET: _("The goal was met"),
        Support.Ended.CHANGED: _("Another support follows"),
        Support.Ended.STOPPED: _("It was stopped"),
        Support.Ended.LEFT: _("The student left the district"),
    }[Support.Ended(how)]


def reading_words(reading: ProgressReading | None, points: int) -> str:
    """What the rule says of the points, in one or two sentences."""
    if reading is None:
        if points:
            return _(
                "There is no baseline and target, so no aim line to read the points"
                " against."
            )
        return _("No point has been added yet.")
    if reading.verdict is Verdict.TOO_EARLY:
        if reading.missing:
            return ngettext(
                "Too early to say: %(n)s more point is needed.",
                "Too early to say: %(n)s more points are needed.",
                reading.missing,
            ) % {"n": reading.missing}
        return _("Too early to say: the points lie within less than three weeks.")
    return _said(reading)


def _said(reading: ProgressReading) -> str:
    four = reading.rule == "four_points"
    if reading.verdict is Verdict.CHANGE:
        if four:
            return _(
                "The latest four points are all on the wrong side of the aim line:"
                " time to change the support."
            )
        return _(
            "The trend is clearly slower than the aim line: time to change the support."
        )
    if reading.verdict is Verdict.RAISE:
        if four:
            return _(
                "The latest four points are all better than the aim line: the goal can"
                " be set higher, or the support made less."
            )
        return _(
            "The trend is clearly faster than the aim line: the goal can be set higher,"
            " or the support made less."
        )
    return _("The points follow the aim line: keep on.")


def trend_words(reading: ProgressReading | None, language: Language) -> str:
    """The trend beside the aim, by the week, with its interval."""
    if reading is None or reading.trend is None:
        return ""
    trend = reading.trend

    def told(value: float) -> str:
        return number(value, 2 if abs(reading.aim) < 1 else 1, language)

    return _(
        "Trend: %(trend)s a week (%(low)s to %(high)s); the aim line: %(aim)s a week."
    ) % {
        "trend": told(trend.slope),
        "low": told(trend.lower),
        "high": told(trend.upper),
        "aim": told(reading.aim),
    }


def tier_words(tier: int) -> str:
    """A tier with its meaning."""
    return {
        1: _("Tier 1, for all"),
        2: _("Tier 2, targeted"),
        3: _("Tier 3, intensive"),
    }[tier]


def cost_words(kind: SupportKind) -> str:
    """What it costs for one student."""
    if kind.cost is None:
        return _("not known yet")
    return _("$%(amount)s a student") % {
        "amount": count(float(round(kind.cost)), page_language())
    }
