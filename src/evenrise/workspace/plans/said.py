"""The words in which plans, rungs and their days are said, in the page's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenrise.publishing import numbers
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.models import Plan, Rung, RungKind, StepState
from evenrise.workspace.plans.models.plan import InTwoLanguages


Trail = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """A text and the language in which it is written.

    `lang` is blank where it is the page's own; `stale` is true where the reader's
    language is missing or older than the other one.
    """

    text: str
    lang: str = ""
    stale: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def html(self) -> SafeString:
        """The text for a page, with its language where that is not the page's."""
        if self.lang:
            return format_html('<span lang="{}">{}</span>', self.lang, self.text)
        return format_html("{}", self.text)


def words_of(one: InTwoLanguages, what: str, language: Language) -> Words:
    """A title, a text or another pair of fields, as this reader meets it."""
    text, written = one.said(what, language)
    stale = what == "title" and one.stale == language
    return Words(text, "" if written == language else written, stale)


def kind_words(kind: str) -> str:
    """What a kind of rung is called."""
    return str(RungKind(kind).label)


def numbered(kind: str, number: str) -> str:
    """A rung's kind and number as people say it: "Goal 3", "Strategy 3.2"."""
    return f"{kind_words(kind)} {number}".strip()


def state_words(state: str) -> str:
    """How far a step is."""
    return str(StepState(state).label)


def years_words(begins: int, ends: int) -> str:
    """The school years of a plan: "2026-27 to 2028-29"."""
    first, last = _label(begins), _label(ends)
    if begins == ends:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _label(spring: int) -> str:
    try:
        return SchoolYear(spring).label
    except ValueError:
        return str(spring)


def dates_words(
    begins: dt.date | None, ends: dt.date | None, language: Language
) -> str:
    """From when until when; blank where neither is said."""
    if begins and ends:
        told = {
            "first": numbers.day(begins, language),
            "last": numbers.day(ends, language),
        }
        return _("%(first)s to %(last)s") % told
    if ends:
        return _("until %(day)s") % {"day": numbers.day(ends, language)}
    if begins:
        return _("from %(day)s") % {"day": numbers.day(begins, language)}
    return ""


def is_late(rung: Rung, today: dt.date) -> bool:
    """Whether a step's day has passed and nobody said that it is done or stopped."""
    return (
        rung.kind == RungKind.STEP
        and rung.ends_on is not None
        and rung.ends_on < today
        and rung.state in {StepState.PLANNED, StepState.BEGUN}
    )


def plan_url(plan: Plan) -> str:
    """A plan's page."""
    return reverse("plan", args=[plan.slug])


def rung_url(plan: Plan, key: str) -> str:
    """A rung's page."""
    return reverse("rung", args=[plan.slug, key])


def plans_trail() -> Trail:
    """Where a plan's page stands."""
    return [(reverse("plans"), _("Plans"))]


def plan_trail(plan: Plan, language: Language) -> Trail:
    """Where a page within a plan stands."""
    title, _written = plan.said("title", language)
    return [*plans_trail(), (plan_url(plan), title or plan.slug)]
