"""Lines of the start page: the team's next meeting, a survey that asks me."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.workspace.cycles.access import cycles_of
from evenrise.workspace.cycles.models import BeliefSurvey, Meeting
from evenrise.workspace.cycles.protocols import protocols
from evenrise.workspace.cycles.queries.surveys import survey_name
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.shown import day_words, reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


_AHEAD = dt.timedelta(days=7)
_MOST = 2  # lines of each kind; the start page is short


def meetings_due(person: Person) -> Iterable[Due]:
    """Meetings of the person's teams in the next seven days that have not ended."""
    if not person.may(Right.INQUIRE):
        return []
    today, language = timezone.localdate(), reader_language()
    found = Meeting.objects.filter(
        cycle__in=cycles_of(person).values("pk"),
        removed_at__isnull=True,
        ended_at__isnull=True,
        on__range=(today, today + _AHEAD),
    ).order_by("on", "pk")
    return [
        Due(
            _("Your team meets on %(day)s: %(protocol)s")
            % {
                "day": day_words(one.on, language),
                "protocol": protocols()[one.protocol].name[language],
            },
            reverse("cycle_meeting", args=[one.pk]),
        )
        for one in found[:_MOST]
    ]


def surveys_due(person: Person) -> Iterable[Due]:
    """Open surveys that ask the person and that they did not answer yet."""
    if not person.may(Right.INQUIRE):
        return []
    today, language, schools = (
        timezone.localdate(),
        reader_language(),
        sorted(own_schools(person)),
    )
    found = (
        BeliefSurvey.objects.filter(
            Q(here__in=schools) | Q(elsewhere__in=schools),
            removed_at__isnull=True,
            opens_on__lte=today,
            closes_on__gte=today,
        )
        .exclude(answered__person=person)
        .distinct()
    )
    return [
        Due(
            _("A survey asks you, without your name: %(name)s")
            % {"name": survey_name(one, language)},
            reverse("belief_survey_answer", args=[one.pk]),
        )
        for one in found[:_MOST]
    ]
