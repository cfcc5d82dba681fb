"""The words in which students' rows are said, in the language of the page."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date
from django.utils.translation import get_language, gettext as _, ngettext

from evenrise.publishing.numbers import count
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.access import Reason
from evenrise.workspace.people.roles import ROLES, Role


def page_language() -> Language:
    """The language in which the page is being made."""
    return "es" if (get_language() or "").startswith("es") else "en"


def grade_words(grade: str) -> str:
    """A grade as people say it: "Grade 9", "Kindergarten"."""
    if grade == "TK":
        return _("Transitional kindergarten")
    if grade == "KG":
        return _("Kindergarten")
    if grade.isdigit():
        return _("Grade %(number)s") % {"number": int(grade)}
    return grade


def subject_words(subject: str) -> str:
    """A subject's code as people say it; a code of the district's own as it stands."""
    return {
        "ela": _("English language arts"),
        "math": _("Mathematics"),
        "science": _("Science"),
        "social_science": _("History and social science"),
        "world_language": _("World languages"),
        "arts": _("Arts"),
        "pe": _("Physical education"),
        "ethnic_studies": _("Ethnic studies"),
        "cte": _("Career and technical education"),
        "other": _("Other subject"),
    }.get(subject.casefold(), subject)


def month_words(year: int, month: int) -> str:
    """A month as the page's language writes it: "September 2025"."""
    first = dt.date(year, month, 1)
    return format_date(first, "LLLL y", locale=page_language()).capitalize()


def absence_words(days_absent: float | None, days_enrolled: float | None) -> str:
    """Days absent of days enrolled this school year, as words."""
    if days_absent is None or not days_enrolled:
        return _("attendance not collected")
    language = page_language()
    return ngettext(
        "absent %(absent)s of %(days)s day",
        "absent %(absent)s of %(days)s days",
        round(days_enrolled),
    ) % {
        "absent": count(days_absent, language),
        "days": count(days_enrolled, language),
    }


def reason_words(reason: str, sections: str = "", school: str = "") -> str:
    """Why a person sees a student.

    Args:
        reason: a value of `access.Reason`.
        sections: the titles of the person's sections that the student is in.
        school: the name of the student's school.
    """
    if reason == Reason.CASELOAD:
        return _("On your caseload")
    if reason == Reason.SECTION:
        return (
            _("In your section %(title)s") % {"title": sections}
            if sections
            else _("In your section")
        )
    if reason == Reason.GRADE:
        return _("In a grade that you work for")
    if reason == Reason.SCHOOL:
        return (
            _("You work for %(school)s") % {"school": school}
            if school
            else _("You work for this school")
        )
    return _("You work for the whole district")


def role_words(role: str) -> str:
    """A role's name."""
    return ROLES[Role(role)].name[page_language()] if role else ""
