"""A person's own steps: late, this month, waiting for others, later; and done."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import Rung, RungKind, StepState
from evenrise.workspace.plans.said import (
    Words,
    dates_words,
    is_late,
    rung_url,
    state_words,
    words_of,
)


_OPEN = (StepState.PLANNED, StepState.BEGUN)
_RECENT = 10  # done or stopped steps that are still shown


@dataclass(frozen=True, slots=True)
class MyStep:
    """One of a person's steps."""

    url: str
    title: Words
    plan: str
    dates: str
    state: str
    waits: tuple[tuple[str, str], ...]  # address and title of what it waits for


@dataclass(frozen=True, slots=True)
class MySteps:
    """All of a person's steps, each in one place only: the first that fits."""

    late: tuple[MyStep, ...]
    waiting: tuple[MyStep, ...]
    month: tuple[MyStep, ...]
    later: tuple[MyStep, ...]
    ended: tuple[MyStep, ...]

    @property
    def answer(self) -> str:
        """In one sentence."""
        open_ones = [*self.late, *self.waiting, *self.month, *self.later]
        if not open_ones:
            return _("No open step has your name on it.")
        told = ngettext(
            "%(n)s open step has your name on it.",
            "%(n)s open steps have your name on them.",
            len(open_ones),
        ) % {"n": len(open_ones)}
        if self.late:
            told += " " + ngettext(
                "%(n)s of them is late.", "%(n)s of them are late.", len(self.late)
            ) % {"n": len(self.late)}
        return told


def steps_of(person: Person) -> QuerySet[Rung]:
    """The steps that carry a person's name, in plans that are not set aside."""
    return Rung.objects.filter(
        person=person,
        kind=RungKind.STEP,
        removed_at=None,
        plan__set_aside_at=None,
    )


def my_steps(person: Person, today: dt.date, language: Language) -> MySteps:
    """A person's steps; three queries whatever their number."""
    unfinished = Rung.objects.filter(removed_at=None).exclude(state=StepState.DONE)
    rows = (
        steps_of(person)
        .select_related("plan__school")
        .prefetch_related(Prefetch("depends", unfinished.select_related("plan")))
        .order_by("ends_on", "begins_on", "id")
    )
    found: dict[str, list[MyStep]] = {
        name: [] for name in ("late", "waiting", "month", "later", "ended")
    }
    for one in rows:
        found[_where(one, today)].append(_shown(one, language))
    found["ended"] = found["ended"][-_RECENT:][::-1]
    return MySteps(**{name: tuple(steps) for name, steps in found.items()})


def _where(one: Rung, today: dt.date) -> str:
    if one.state not in _OPEN:
        return "ended"
    if is_late(one, today):
        return "late"
    if one.depends.all():
        return "waiting"
    first, last = month_of(today)
    begins, ends = one.begins_on or dt.date.min, one.ends_on or dt.date.max
    due = one.ends_on is not None and first <= ends <= last
    starts = one.begins_on is not None and first <= begins <= last
    running = one.state == StepState.BEGUN
    return "month" if due or starts or running else "later"


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month."""
    days = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=days)


def _shown(one: Rung, language: Language) -> MyStep:
    title, _written = one.plan.said("title", language)
    return MyStep(
        url=rung_url(one.plan, one.key),
        title=words_of(one, "title", language),
        plan=f"{one.plan.school.name}: {title}" if one.plan.school else title,
        dates=dates_words(one.begins_on, one.ends_on, language),
        state=state_words(one.state),
        waits=tuple(
            (rung_url(other.plan, other.key), other.said("title", language)[0])
            for other in one.depends.all()
        ),
    )


def steps_due(person: Person) -> list[Due]:
    """Lines of the start page: what is late, and what is due this month."""
    if not person.may(Right.SEE_FINDINGS):
        return []
    today = timezone.localdate()
    last = month_of(today)[1]
    days = steps_of(person).filter(state__in=_OPEN, ends_on__lte=last)
    ends = list(days.values_list("ends_on", flat=True))
    late = sum(1 for day in ends if day is not None and day < today)
    soon = len(ends) - late
    url, lines = reverse("my_steps"), []
    if late:
        words = ngettext(
            "%(n)s of your action steps is late",
            "%(n)s of your action steps are late",
            late,
        )
        lines.append(Due(words % {"n": late}, url))
    if soon:
        words = ngettext(
            "%(n)s of your action steps is due this month",
            "%(n)s of your action steps are due this month",
            soon,
        )
        lines.append(Due(words % {"n": soon}, url))
    return lines
