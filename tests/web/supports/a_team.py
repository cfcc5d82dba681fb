"""What the tests of teams plan, decide and put on agendas."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.supports.models import (
    Flag,
    Meeting,
    MeetingItem,
    Support,
    SupportKind,
)


def today() -> dt.date:
    return timezone.localdate()


def flag(student, *, level=1, opened=60, domain="attendance", **told) -> Flag:
    day = today()
    return Flag.objects.create(
        student=student,
        school=student.school,
        domain=domain,
        level=level,
        rule_set="abc",
        opened_on=day - dt.timedelta(days=opened),
        seen_on=day,
        **told,
    )


def support(student, owner, *, review_in: int, **told) -> Support:
    kind, _new = SupportKind.objects.get_or_create(
        key="check_in_test",
        defaults={
            "name_en": "Check-in",
            "name_es": "Saludo",
            "area": "attendance",
            "tier": 2,
            "evidence": "promising",
            "sessions_a_week": 2,
            "minutes": 10,
            "weeks": 6,
        },
    )
    day = today()
    return Support.objects.create(
        student=student,
        kind=kind,
        tier=2,
        goal="In class on Mondays",
        owner=owner,
        begins_on=day - dt.timedelta(days=30),
        review_on=day + dt.timedelta(days=review_in),
        planned_end_on=day + dt.timedelta(days=60),
        sessions_a_week=2,
        sessions_planned=12,
        minutes=10,
        exit_rule="Four weeks in class",
        **told,
    )


def planned(client, team, most=12) -> Meeting:
    answer = client.post(
        reverse("add_meeting", args=[team.pk]),
        {"held_on": today().isoformat(), "most": most},
    )
    assert answer.status_code == 302, answer.content.decode()
    return Meeting.objects.latest("pk")


def decide(client, item: MeetingItem, owner, text="Call on Monday") -> None:
    answer = client.post(
        reverse("meeting_item", args=[item.meeting_id, item.pk]),
        {
            "decision": text,
            "owner": owner.pk,
            "due_on": (today() + dt.timedelta(days=7)).isoformat(),
            "seen": "",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
