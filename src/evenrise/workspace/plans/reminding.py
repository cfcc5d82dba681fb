"""Reminders to the owners of steps, by mail: what begins, what ends, what is late.

Only for plans with an adopted edition: the days of a draft are no promise yet. One
letter a person and night, in their language; each step is named once for each day it is
due. A letter carries the titles of steps, which name no student.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.notices import address, send
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import (
    Edition,
    EditionState,
    Reminder,
    Rung,
    RungKind,
    StepState,
)
from evenrise.workspace.plans.queries.standing_rungs import standing_rungs
from evenrise.workspace.plans.said import rung_url, words_of


AHEAD = dt.timedelta(days=7)  # how long before its day a step is named
BEGINS, ENDS, LATE = "begins", "ends", "late"


@dataclass(frozen=True, slots=True)
class Named:
    """One step in a letter: why, and its day."""

    rung: Rung
    kind: str
    due_on: dt.date


def remind_owners(today: dt.date | None = None) -> int:
    """Write to everybody whose step begins, ends or is late; how many letters.

    A step is named once a kind and day: who was told once that it is late is told
    again only after its day was changed.
    """
    today = today or timezone.localdate()
    letters: dict[Person, list[Named]] = defaultdict(list)
    for one in _due(today):
        person = one.rung.person
        if person is not None:
            letters[person].append(one)
    sent = 0
    for person, steps in letters.items():
        if not person.may(Right.SEE_FINDINGS):
            continue
        with transaction.atomic():
            fresh = _fresh(person, steps)
            if not fresh:
                continue
            send(*letter(person, fresh), [person.email])
            sent += 1
    if sent:
        record(None, "plans.remind_owners", letters=sent)
    return sent


def _due(today: dt.date) -> list[Named]:
    adopted = Edition.objects.filter(state=EditionState.ADOPTED).values("plan")
    open_ = Q(state__in=(StepState.PLANNED, StepState.BEGUN))
    near = Q(begins_on__range=(today, today + AHEAD), state=StepState.PLANNED)
    rows = standing_rungs(
        Rung.objects.filter(
            open_ & (near | Q(ends_on__lte=today + AHEAD)),
            plan__in=adopted,
            kind=RungKind.STEP,
            person__is_active=True,
        ).order_by("ends_on", "begins_on", "pk")
    )
    return [named for one in rows for named in _named(one, today)]


def _named(one: Rung, today: dt.date) -> Iterable[Named]:
    if one.ends_on is not None and one.ends_on < today:
        yield Named(one, LATE, one.ends_on)
    elif one.ends_on is not None and one.ends_on <= today + AHEAD:
        yield Named(one, ENDS, one.ends_on)
    elif one.begins_on is not None and today <= one.begins_on <= today + AHEAD:
        yield Named(one, BEGINS, one.begins_on)


def _fresh(person: Person, steps: Sequence[Named]) -> list[Named]:
    """Steps that the person was not told of yet; from now on they were."""
    told = set(
        Reminder.objects.filter(
            person=person, rung__in=[one.rung.pk for one in steps]
        ).values_list("rung", "kind", "due_on")
    )
    fresh = [one for one in steps if (one.rung.pk, one.kind, one.due_on) not in told]
    Reminder.objects.bulk_create(
        (
            Reminder(person=person, rung=one.rung, kind=one.kind, due_on=one.due_on)
            for one in fresh
        ),
        ignore_conflicts=True,  # another worker told them in this moment
    )
    return fresh


def letter(person: Person, steps: Sequence[Named]) -> tuple[str, str]:
    """The letter in the person's language: its subject, its text."""
    language: Language = "es" if person.language == "es" else "en"
    with translation.override(language):
        subject = ngettext(
            "%(n)s step of the plan is yours",
            "%(n)s steps of the plan are yours",
            len(steps),
        ) % {"n": len(steps)}
        text = _(
            "Hello %(name)s,\n\n%(steps)s\n\nSay how far they are, or ask for another "
            "day:\n%(address)s\n\nPlease name no student in an answer to this letter.\n"
        ) % {
            "name": person.name,
            "steps": "\n\n".join(_line(one, language) for one in steps),
            "address": address(reverse("my_steps")),
        }
    return subject, text


def _line(one: Named, language: Language) -> str:
    words = {
        BEGINS: _("Begins on %(day)s: %(step)s"),
        ENDS: _("Due on %(day)s: %(step)s"),
        LATE: _("Was due on %(day)s: %(step)s"),
    }
    told = words[one.kind] % {
        "day": numbers.day(one.due_on, language),
        "step": words_of(one.rung, "title", language).text,
    }
    return f"{told}\n{address(rung_url(one.rung.plan, one.rung.key))}"
