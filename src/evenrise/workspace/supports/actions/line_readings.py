"""Saying that a line of a rule gives a support on a day, and taking that back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.models import LineReading, SupportKind
from evenrise.workspace.supports.queries.line_readings import sets_with_lines


FARTHEST = 400  # days, in the past and to come


def read_line(
    person: Person, *, key: str, rule_set: str, line: str, read_on: dt.date
) -> LineReading:
    """Say that who is past a line on a day is given a support.

    Args:
        person: who says it.
        key: the support's.
        rule_set: the set that the line is of.
        line: the line's key.
        read_on: the day on which it is read, or was.

    Raises:
        NotYours: without the right, or when there is no such support.
        InputProblem: when there is no such line, the day is too far away, or another
            line is read for the support on it.
    """
    if not person.may(Right.ORGANIZE_SUPPORTS):
        raise NotYours
    kind = SupportKind.objects.filter(key=key).first()
    if kind is None:
        raise NotYours
    rules = sets_with_lines().get(rule_set)
    meant = [one for one in rules.lines if one.key == line] if rules else []
    if not meant:
        raise InputProblem(_("There is no such line; choose one of the list."))
    if abs((read_on - timezone.localdate()).days) > FARTHEST:
        raise InputProblem(_("Choose a day within a year of today."))
    with transaction.atomic():
        standing = kind.readings.select_for_update().filter(taken_back_at__isnull=True)
        if standing.filter(read_on=read_on).exists():
            raise InputProblem(
                _("A line is read for this support on that day: take it back first.")
            )
        made = LineReading.objects.create(
            kind=kind,
            rule_set=rule_set,
            line=line,
            measure=meant[0].measure,
            at=meant[0].at,
            grades=None if meant[0].grades is None else list(meant[0].grades),
            words_en=meant[0].words.en,
            words_es=meant[0].words.es,
            read_on=read_on,
            by=person,
        )
        record(
            person,
            "supports.read_line",
            About("line_reading", str(made.pk)),
            support=kind.key,
            read_on=read_on.isoformat(),
        )
    return made


def take_back_line(person: Person, *, reading: int) -> str:
    """Take back that a line gives a support on a day; returns the support's key.

    Raises:
        NotYours: without the right, or when there is no such reading.
    """
    if not person.may(Right.ORGANIZE_SUPPORTS):
        raise NotYours
    with transaction.atomic():
        one = (
            LineReading.objects.select_for_update()
            .filter(pk=reading, taken_back_at__isnull=True)
            .first()
        )
        if one is None:
            raise NotYours
        one.taken_back_at = timezone.now()
        one.save(update_fields=["taken_back_at"])
        record(person, "supports.take_back_line", About("line_reading", str(reading)))
    key: str = one.kind.key
    return key
