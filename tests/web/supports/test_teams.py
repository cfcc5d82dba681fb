"""Teams: who opens one, who sits in it, and whom it shows to whom."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.actions import meetings as verbs
from evenrise.workspace.supports.models import (
    Meeting,
    Team,
)
from tests.web.supports.a_team import flag, planned, today


pytestmark = pytest.mark.django_db


def test_a_member_reads_no_name_of_a_student_they_do_not_serve(
    cast, team, served, as_person
):
    for student in served[:2]:
        flag(student)
    meeting = planned(as_person("counselor"), team)
    page = as_person("teacher").get(reverse("meeting", args=[meeting.pk]))
    text = page.content.decode()
    assert "2 students you do not serve" in text
    for item in meeting.items.select_related("student"):
        assert item.student.family_name not in text
        assert item.student_id not in text
        url = reverse("meeting_item", args=[meeting.pk, item.pk])
        assert url not in text
        assert as_person("teacher").get(url).status_code == 404
        sent = {"decision": "x", "owner": cast["counselor"].pk, "seen": ""}
        assert as_person("teacher").post(url, sent).status_code == 404
        assert as_person("teacher").post(url, {"off": 1}).status_code == 404
    one = as_person("counselor").get(reverse("meeting", args=[meeting.pk]))
    assert served[0].name in one.content.decode()


def test_one_student_you_do_not_serve(cast, team, served, as_person):
    flag(served[0])
    meeting = planned(as_person("counselor"), team)
    page = as_person("teacher").get(reverse("meeting", args=[meeting.pk]))
    assert "1 student you do not serve" in page.content.decode()
    page = as_person("teacher", "es").get(reverse("meeting", args=[meeting.pk]))
    assert "1 estudiante a quien usted no atiende" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        ("superintendent", True),
        ("cabinet", True),
        ("principal", True),
        ("other_principal", False),
        ("counselor", True),
        ("teacher", True),
        ("coach", False),
        ("steward", False),
        ("board", False),
        ("reviewer", False),
        ("administrator", False),
    ],
)
def test_only_members_and_leads_open_a_team(cast, team, as_person, role, opens):
    meeting = Meeting.objects.create(team=team, held_on=today())
    client = as_person(role)
    for name, key in (("team", team.pk), ("meeting", meeting.pk)):
        answer = client.get(reverse(name, args=[key]))
        assert answer.status_code == (200 if opens else 404), name
    assert client.post(reverse("close_meeting", args=[meeting.pk])).status_code == (
        302 if opens else 404
    )


def test_who_is_no_member_any_more_does_not_open_it(cast, team, as_person):
    meeting = Meeting.objects.create(team=team, held_on=today())
    page = as_person("principal").post(
        reverse("team", args=[team.pk]),
        {"name": team.name, "members": [cast["counselor"].pk]},
    )
    assert page.status_code == 302
    opened = as_person("teacher").get(reverse("meeting", args=[meeting.pk]))
    assert opened.status_code == 404


def test_a_member_who_left_the_school_does_not_open_it(cast, team, as_person):
    from evenrise.workspace.people.models import StaffAssignment

    meeting = Meeting.objects.create(team=team, held_on=today())
    StaffAssignment.objects.filter(staff=cast["teacher"].staff_id).delete()
    opened = as_person("teacher").get(reverse("meeting", args=[meeting.pk]))
    assert opened.status_code == 404


def test_nobody_from_elsewhere_is_made_a_member(cast, team, as_person):
    for role in ("other_principal", "coach", "board"):
        answer = as_person("principal").post(
            reverse("team", args=[team.pk]),
            {"name": team.name, "members": [cast[role].pk]},
        )
        assert answer.status_code == 422
    assert team.members.count() == 3


def test_a_team_is_made_where_one_works(cast, school, as_person):
    other = cast["other_principal"].grants_today[0].school_id
    answer = as_person("counselor").post(
        reverse("add_team"), {"name": "Care team", "school": other}
    )
    assert answer.status_code == 422
    as_person("counselor").post(
        reverse("add_team"), {"name": "Care team", "school": school.pk}
    )
    team = Team.objects.get(name="Care team")
    assert team.members.get().person == cast["counselor"]
    assert team.members.get().leads


def test_a_teams_name_names_no_student(cast, school, served, as_person):
    answer = as_person("counselor").post(
        reverse("add_team"),
        {"name": f"Help for {served[0].name}", "school": school.pk},
    )
    assert answer.status_code == 422
    assert not Team.objects.exists()


def test_a_student_is_added_only_from_ones_own_reach(cast, team, served, as_person):
    meeting = Meeting.objects.create(team=team, held_on=today())
    url = reverse("meeting", args=[meeting.pk])
    beyond = (
        Student.objects.filter(school=team.school, current=True)
        .exclude(pk__in=students_seen_by(cast["counselor"], today()).values("pk"))
        .first()
    )
    client = as_person("counselor")
    assert client.post(url, {"add": beyond.pk}).status_code == 404
    assert client.post(url, {"add": "nobody"}).status_code == 404
    assert client.post(url, {"add": served[0].pk}).status_code == 302
    assert client.post(url, {"add": served[0].pk}).status_code == 302
    assert [item.student_id for item in meeting.items.all()] == [served[0].pk]
    found = client.get(url, {"q": served[1].family_name}).content.decode()
    assert f'value="{served[1].pk}"' in found
    told = client.get(url, {"q": beyond.student_id}).content.decode()
    assert beyond.family_name not in told


def test_a_team_ends_and_goes_on(cast, team, as_person):
    client, url = as_person("counselor"), reverse("team", args=[team.pk])
    client.post(url, {"end": 1})
    assert client.get(reverse("add_meeting", args=[team.pk])).status_code == 404
    with pytest.raises(verbs.NotYours):
        verbs.make_meeting(cast["counselor"], team=team, held_on=today(), most=3)
    client.post(url, {"resume": 1})
    assert client.get(reverse("add_meeting", args=[team.pk])).status_code == 200
