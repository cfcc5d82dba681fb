"""Calendars: what people write is text in them, and no line of their own."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from evenrise.workspace.learning.actions.learning_calendar import LEARNING
from evenrise.workspace.learning.models import LearningTeam, TeamMeeting
from tests.web.learning.a_catalogue import came, make_one, make_session
from tests.web.learning.a_team import make_team


pytestmark = pytest.mark.django_db
ENDS = ("\n", "\r", "\r\n", "\x0b", "\x85", "\u2028")
LINE = re.compile(rb"\r\n|\r|\n")


@pytest.mark.parametrize("end", ENDS)
def test_no_text_becomes_a_line_of_a_calendar(client, cast, as_person, end):
    wrong = f"Greeting{end}ATTACH:https://evil.example/x{end}BEGIN:VALARM"
    team = make_team(cast)
    LearningTeam.objects.update(name=wrong)
    TeamMeeting.objects.update(place=wrong)
    offering = make_one(cast["superintendent"], title_en=wrong, title_es="")
    came(make_session(offering, place=wrong), [cast["teacher"]], attended=None)
    secret = LEARNING.make(cast["teacher"])
    answers = [
        as_person("teacher").get(reverse("team_calendar", args=[team.pk])),
        client.get(reverse("learning_feed", args=[secret])),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/calendar")
        begins = [line.split(b":")[0] for line in LINE.split(answer.content)]
        assert b"SUMMARY" in begins
        assert not {b"ATTACH", b"VALARM"} & set(begins)
        assert b"BEGIN:VALARM" not in LINE.split(answer.content)
