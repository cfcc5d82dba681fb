"""The page that student, family and counselor read together, in one of two languages.

The student's own words come first. No flag, no note, no other student is on it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing.numbers import count, day
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import Caseload, Student
from evenrise.workspace.people.queries.words import grade_words
from evenrise.workspace.supports.models import (
    AdvisoryPlace,
    StudentVoice,
    Support,
)
from evenrise.workspace.supports.queries.pathways import SaidPathway, student_pathways


_MOST_WORDS = 3  # of each kind: one sheet of paper
_KINDS = (
    StudentVoice.Kind.GOAL,
    StudentVoice.Kind.WORDS,
    StudentVoice.Kind.HELPS,
    StudentVoice.Kind.INTEREST,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the student said, in the language in which it was said."""

    text: str
    language: str
    on: str


@dataclass(frozen=True, slots=True)
class SaidKind:
    """The student's newest words of one kind."""

    title: str
    words: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class SharedSupport:
    """A support in plain words: what, what for, who, how often."""

    name: str
    goal: str
    who: str
    often: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next, and when."""

    when: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherPage:
    """Everything on the page, in its language."""

    name: str
    grade: str
    school: str
    voice: tuple[SaidKind, ...]
    pathways: tuple[SaidPathway, ...]
    attendance: str
    supports: tuple[SharedSupport, ...]
    next: tuple[NextStep, ...]
    contact: str
    today: str


def together_page(student: Student, language: Language) -> TogetherPage:
    """The page of a student within reach; Django's language must be the same one.

    Raises:
        InputProblem: a part of the records is missing or damaged.
    """
    today = timezone.localdate()
    going = list(
        Support.objects.filter(student=student, ended_on__isnull=True)
        .select_related("kind", "owner")
        .order_by("begins_on", "pk")
    )
    return TogetherPage(
        name=student.name,
        grade=grade_words(student.grade),
        school="" if student.school is None else student.school.name,
        voice=_voice(student, language),
        pathways=student_pathways(student, language),
        attendance=_attendance(student, language),
        supports=tuple(_support(one, language) for one in going),
        next=_next(going, today, language),
        contact=_contact(student),
        today=day(today, language),
    )


def _voice(student: Student, language: Language) -> tuple[SaidKind, ...]:
    titles = {
        StudentVoice.Kind.GOAL: _("My goals"),
        StudentVoice.Kind.WORDS: _("In my own words"),
        StudentVoice.Kind.HELPS: _("What helps me"),
        StudentVoice.Kind.INTEREST: _("What I care about"),
    }
    told = list(
        StudentVoice.objects.filter(student=student, withdrawn_at__isnull=True)
        .order_by("-said_on", "-pk")
        .values_list("kind", "text", "language", "said_on")
    )
    found = []
    for kind in _KINDS:
        words = tuple(
            Said(text, spoken, day(on, language))
            for one, text, spoken, on in told
            if one == kind
        )
        if words:
            found.append(SaidKind(titles[kind], words[:_MOST_WORDS]))
    return tuple(found)


def _attendance(student: Student, language: Language) -> str:
    if student.days_absent is None or not student.days_enrolled:
        return _("Attendance is not known: our records do not have it.")
    missed, every = student.days_absent, student.days_enrolled
    there = _("Present on %(there)s of %(days)s school days this year.") % {
        "there": count(every - missed, language),
        "days": count(every, language),
    }
    if missed == 0:
        return there
    return f"{there} " + ngettext(
        "%(missed)s day was missed.", "%(missed)s days were missed.", round(missed)
    ) % {"missed": count(missed, language)}


def _support(one: Support, language: Language) -> SharedSupport:
    weekly = float(one.sessions_a_week)
    often = ngettext(
        "%(n)s time a week, %(minutes)s minutes",
        "%(n)s times a week, %(minutes)s minutes",
        1 if weekly == 1 else 2,
    ) % {"n": count(weekly, language), "minutes": one.minutes}
    return SharedSupport(one.kind.name[language], one.goal, one.owner.name, often)


def _next(
    going: list[Support], today: dt.date, language: Language
) -> tuple[NextStep, ...]:
    """What is ahead, the soonest first."""
    steps: list[tuple[dt.date, str]] = []
    for one in going:
        told = {"support": one.kind.name[language]}
        if one.begins_on > today:
            steps.append((one.begins_on, _("%(support)s begins.") % told))
        if one.review_on >= today:
            words = _("We look together at how it goes: %(support)s.") % told
            steps.append((one.review_on, words))
        if one.planned_end_on >= today and one.planned_end_on != one.review_on:
            steps.append((one.planned_end_on, _("%(support)s is to end.") % told))
    return tuple(NextStep(day(when, language), what) for when, what in sorted(steps))


def _contact(student: Student) -> str:
    """Whom to tell when something is wrong: who serves or follows the student."""
    served = (
        Caseload.objects.filter(
            places__student=student,
            owner__is_active=True,
            owner__grants__role="counselor",
        )
        .order_by("pk")
        .values_list("owner__name", flat=True)
        .first()
    )
    if served:
        return str(served)
    followed = (
        AdvisoryPlace.objects.filter(
            student=student,
            ended_on__isnull=True,
            advisory__ended_on__isnull=True,
            advisory__owner__is_active=True,
        )
        .values_list("advisory__owner__name", flat=True)
        .first()
    )
    return str(followed or "")
