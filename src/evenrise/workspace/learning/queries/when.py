"""Days, times and hours of sessions, as a reader of each language writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel.dates import format_date, format_time
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.models import Session


def when_words(one: Session, language: Language) -> str:
    """`November 30, 2026, 3:30 PM to 5:00 PM`; several days with both their days."""
    begins = timezone.localtime(one.begins_at)
    ends = timezone.localtime(one.ends_at)
    told = {
        "day": numbers.day(begins.date(), language),
        "time": time_words(begins, language),
        "last": numbers.day(ends.date(), language),
        "end": time_words(ends, language),
    }
    if begins.date() == ends.date():
        return _("%(day)s, %(time)s to %(end)s") % told
    return _("%(day)s, %(time)s to %(last)s, %(end)s") % told


def time_words(moment: dt.datetime, language: Language) -> str:
    """`3:30 PM`, `3:30 p.m.`; a moment as it is here."""
    told = format_time(moment.time(), "short", locale=numbers.LOCALES[language])
    return str(told).replace("\u202f", numbers.NBSP)


def month_words(month: str, language: Language) -> str:
    """`2026-11` as `November 2026`."""
    first = dt.date.fromisoformat(f"{month}-01")
    pattern = "MMMM 'de' y" if language == "es" else "MMMM y"
    return str(format_date(first, pattern, locale=numbers.LOCALES[language]))


def month_of(moment: dt.datetime) -> str:
    """The month of a moment here: `2026-11`."""
    return f"{timezone.localtime(moment):%Y-%m}"


def hours_number(hours: Decimal | float, language: Language) -> str:
    """2.50 as `2.5`, 3.00 as `3`."""
    value = float(hours)
    digits = 0 if value.is_integer() else 1 if (value * 10).is_integer() else 2
    return numbers.number(value, digits, language)


def hours_words(hours: Decimal | float, language: Language) -> str:
    """`1 hour`, `2.5 hours`."""
    words = ngettext("%(n)s hour", "%(n)s hours", 1 if float(hours) == 1 else 2)
    return words % {"n": hours_number(hours, language)}


def in_year(spring: int, path: str) -> Q:
    """Moments of a school year here; `path` leads to the moment."""
    year = SchoolYear(spring)
    return Q(
        **{
            f"{path}__gte": _midnight(year.first_day),
            f"{path}__lt": _midnight(year.last_day + dt.timedelta(days=1)),
        }
    )


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
