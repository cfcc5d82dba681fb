"""Learning teams: known to all staff, their meetings to their members alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from evenrise.workspace.cycles.protocols import protocols
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.actions import learning_teams as verbs, team_meetings
from evenrise.workspace.learning.models import LearningTeam, TeamMeeting
from evenrise.workspace.learning.queries.learning_calendar import (
    learning_calendar_of,
)
from evenrise.workspace.people.models import Student
from tests.web.cycles.a_cycle import make_cycle
from tests.web.learning.a_team import PRODUCT, STEP, make_team


pytestmark = pytest.mark.django_db

NOT_MEMBERS = (
    "superintendent",
    "cabinet",
    "principal",
    "other_principal",
    "counselor",
    "steward",
)


@pytest.fixture
def team(db_district, cast) -> LearningTeam:
    return make_team(cast)


def filled(cast, **changed) -> dict[str, object]:
    told = {
        "name": "Reading across subjects",
        "kind": "teachers",
        "goal": "Every student reads a text a week",
        "begins_on": timezone.localdate().isoformat(),
    }
    return told | changed


def page_of(client, team) -> str:
    return client.get(reverse("learning_team", args=[team.pk])).content.decode()


@pytest.mark.parametrize("role", NOT_MEMBERS)
def test_staff_know_the_goal_and_not_the_meetings(team, as_person, role):
    client = as_person(role)
    page = page_of(client, team)
    assert "zq80" in page
    assert PRODUCT not in page
    assert STEP not in page
    meeting = team.meetings.get()
    for name, arguments in (
        ("team_meeting", [team.pk, meeting.pk]),
        ("team_meeting_change", [team.pk, meeting.pk]),
        ("team_meeting_new", [team.pk]),
        ("team_calendar", [team.pk]),
        ("learning_team_change", [team.pk]),
        ("learning_team_finding", [team.pk]),
    ):
        assert client.get(reverse(name, args=arguments)).status_code == 404, name
    for name, arguments in (
        ("team_join", [team.pk]),
        ("team_leave", [team.pk]),
        ("team_lead", [team.pk]),
        ("learning_team_remove", [team.pk]),
        ("team_next_done", [team.pk, meeting.pk]),
        ("team_meeting_remove", [team.pk, meeting.pk]),
    ):
        assert client.post(reverse(name, args=arguments)).status_code == 404, name


def test_a_superior_does_not_let_themselves_in(team, cast, as_person):
    client = as_person("principal")
    told = {"other": cast["principal"].pk, "person": cast["principal"].pk}
    assert client.post(reverse("team_join", args=[team.pk]), told).status_code == 404
    assert client.post(reverse("team_lead", args=[team.pk]), told).status_code == 404
    with pytest.raises(NotYours):
        verbs.add_to_team(cast["coach"], team=team.pk, other=cast["principal"])


def test_a_team_is_made_changed_removed_and_back(db_district, cast, as_person):
    client = as_person("teacher")
    answer = client.post(reverse("learning_team_new"), filled(cast))
    team = LearningTeam.objects.get()
    assert answer.url == reverse("learning_team", args=[team.pk])
    change = reverse("learning_team_change", args=[team.pk])
    assert client.post(change, filled(cast, name="Reading", seen=1)).status_code == 302
    late = client.post(change, filled(cast, name="Late", seen=1))
    assert late.status_code == 422
    team.refresh_from_db()
    assert team.name == "Reading"
    remove = reverse("learning_team_remove", args=[team.pk])
    client.post(remove)
    assert (
        as_person("coach").get(reverse("learning_team", args=[team.pk])).status_code
        == 404
    )
    assert "Bring it back" in page_of(client, team)
    client.post(remove, {"restore": "1"})
    assert "Reading" in page_of(as_person("coach"), team)


def test_members_come_lead_and_go_but_one_lead_stays(team, cast, as_person):
    teacher = as_person("teacher")
    leave = reverse("team_leave", args=[team.pk])
    teacher.post(leave)
    assert team.members.filter(left_at=None).count() == 2  # the last lead stays
    teacher.post(reverse("team_join", args=[team.pk]), {"other": cast["counselor"].pk})
    counselor = as_person("counselor")
    assert PRODUCT in page_of(counselor, team)
    teacher.post(reverse("team_lead", args=[team.pk]), {"person": cast["counselor"].pk})
    teacher.post(leave)
    assert PRODUCT not in page_of(teacher, team)
    counselor.post(leave, {"person": cast["coach"].pk})
    meeting = team.meetings.get()
    url = reverse("team_meeting", args=[team.pk, meeting.pk])
    assert as_person("coach").get(url).status_code == 404
    assert counselor.get(url).status_code == 200


def test_a_goal_is_tied_to_a_finding_by_search(team, as_person, db_district):
    client = as_person("teacher")
    url = reverse("learning_team_finding", args=[team.pk])
    main = db_district.pages.main()[0]
    assert main.headline.en in client.get(url).content.decode().replace("&#x27;", "'")
    word = main.headline.en.split()[0]
    assert 'name="finding"' in client.get(url, {"q": word}).content.decode()
    none = client.get(url, {"q": "zzqq"}).content.decode()
    assert "No finding has these words" in none
    assert client.post(url, {"finding": "nobody-has-this"}).status_code == 422
    client.post(url, {"finding": main.key})
    team.refresh_from_db()
    assert (team.finding_key, team.headline_en) == (main.key, main.headline.en)
    client.post(url, {"finding": "-"})
    team.refresh_from_db()
    assert team.finding_key == ""


def test_an_unshared_cycle_is_named_to_its_team_alone(team, cast, as_person):
    cycle = make_cycle(cast)
    LearningTeam.objects.filter(pk=team.pk).update(cycle=cycle)
    assert cycle.title_en in page_of(as_person("coach"), team)
    for role in NOT_MEMBERS:
        assert cycle.title_en not in page_of(as_person(role), team)
    other = verbs.TeamTold(
        name="x",
        kind="teachers",
        school=None,
        goal="",
        evidence="",
        cycle=cycle,
        begins_on=timezone.localdate(),
        ends_on=None,
    )
    with pytest.raises(NotYours):
        verbs.make_learning_team(cast["principal"], told=other)


def test_a_meeting_begins_with_the_open_next_step(team, cast, as_person):
    client = as_person("teacher")
    url = reverse("team_meeting_new", args=[team.pk])
    assert STEP in client.get(url).content.decode()
    today = timezone.localdate().isoformat()
    answer = client.post(url, {"on": today, "agenda": "Look at work", "minutes": 45})
    meeting = TeamMeeting.objects.latest("pk")
    assert answer.url == reverse("team_meeting", args=[team.pk, meeting.pk])
    change = reverse("team_meeting_change", args=[team.pk, meeting.pk])
    told = {
        "on": today,
        "agenda": "Look at work",
        "held": "yes",
        "there": [cast["teacher"].pk],
        "product": "A common exit ticket",
        "next_step": "Give it on Friday",
        "next_by": cast["teacher"].pk,
        "next_on": today,
        "seen": team_meetings.stamp(meeting),
    }
    assert client.post(change, told).status_code == 302
    late = as_person("coach").post(change, told | {"product": "Another"})
    assert late.status_code == 422
    page = client.get(answer.url).content.decode()
    assert "A common exit ticket" in page
    assert cast["teacher"].name in page
    start = client.get(reverse("start")).content.decode()
    assert "Give it on Friday" in start
    client.post(reverse("team_next_done", args=[team.pk, meeting.pk]))
    assert "Give it on Friday" not in client.get(reverse("start")).content.decode()


def test_only_members_act_or_were_there(team, cast, as_person):
    meeting = team.meetings.get()
    told = {
        "on": meeting.on.isoformat(),
        "next_step": "x",
        "next_by": cast["principal"].pk,
        "seen": team_meetings.stamp(meeting),
    }
    url = reverse("team_meeting_change", args=[team.pk, meeting.pk])
    assert as_person("teacher").post(url, told).status_code == 422
    with pytest.raises(NotYours):
        team_meetings.change_team_meeting(
            cast["teacher"],
            meeting=meeting.pk,
            planned=team_meetings.Planned(
                on=meeting.on, minutes=None, place="", agenda=""
            ),
            held=team_meetings.Held(there=[cast["principal"]]),
            seen=team_meetings.stamp(meeting),
        )


def test_a_meeting_is_removed_and_brought_back(team, as_person):
    meeting = team.meetings.get()
    client = as_person("coach")
    url = reverse("team_meeting_remove", args=[team.pk, meeting.pk])
    client.post(url)
    assert PRODUCT not in page_of(client, team)
    client.post(url, {"restore": "1"})
    assert PRODUCT in page_of(client, team)


def test_the_calendar_holds_days_and_no_words(team, as_person):
    answer = as_person("coach").get(reverse("team_calendar", args=[team.pk]))
    told = answer.content.decode()
    day = timezone.localdate() - dt.timedelta(days=5)
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in told
    assert "Algebra\\, ninth grade" in told
    assert "zq8" not in told.replace("\r\n ", "")


def test_meetings_stand_in_ones_own_feed_while_one_is_in_the_team(team, cast):
    told = learning_calendar_of(cast["coach"]).decode()
    assert f"team-meeting-{team.meetings.get().pk}@evenrise" in told
    assert "zq8" not in told.replace("\r\n ", "")
    verbs.leave_team(cast["coach"], team=team.pk)
    assert "team-meeting" not in learning_calendar_of(cast["coach"]).decode()


def test_an_agenda_begins_with_a_protocol(team, as_person):
    url = reverse("team_meeting_new", args=[team.pk])
    protocol = next(iter(protocols().values()))
    page = as_person("teacher").get(url, {"protocol": protocol.key}).content.decode()
    begins = page.index("<textarea")
    assert escape(protocol.steps[0].name.en) in page[begins:]
    assert STEP in page
    spanish = as_person("teacher", "es").get(url, {"protocol": protocol.key})
    assert escape(protocol.steps[0].name.es) in spanish.content.decode()


def test_a_meeting_of_another_team_is_not_there(team, cast, as_person):
    other = make_team(cast, name="Other")
    meeting = team.meetings.get()
    url = reverse("team_meeting", args=[other.pk, meeting.pk])
    assert as_person("teacher").get(url).status_code == 404


def test_the_list_is_searched(team, cast, as_person):
    make_team(cast, name="Labs", goal="Safe labs", school=None, kind="staff")
    client = as_person("counselor")
    url = reverse("learning_teams")

    def told(**asked):
        return client.get(url, asked).content.decode()

    assert "Labs" in told()
    assert "Labs" not in told(q="algebra")
    assert "Labs" in told(kind="staff")
    assert "Labs" not in told(school=str(team.school_id))
    assert "Algebra" not in told(mine="1")
    assert cast["teacher"].name in told()
    assert client.get(url, {"q": "%", "kind": "zz"}).status_code == 200


def test_a_students_name_is_refused(team, cast, as_person):
    child = Student.objects.filter(current=True, school=team.school).first()
    name = f"{child.given_name} {child.family_name}"
    client = as_person("teacher")
    answer = client.post(reverse("learning_team_new"), filled(cast, goal=name))
    assert answer.status_code == 422
    today = timezone.localdate().isoformat()
    url = reverse("team_meeting_new", args=[team.pk])
    assert client.post(url, {"on": today, "agenda": name}).status_code == 422


def test_odd_numbers_are_not_there(team, as_person):
    client = as_person("teacher")
    url = reverse("team_lead", args=[team.pk])
    for odd in ("", "x", "-1", "9" * 30, "٣"):
        assert client.post(url, {"person": odd}).status_code == 404
