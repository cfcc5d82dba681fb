"""A team's meeting: who opens it, whom it shows, what is decided, the recap."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry, StudentLook
from evenrise.workspace.insights.due import further_due
from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import CaseloadPlace, Roster, Student
from evenrise.workspace.supports.actions import meetings as verbs
from evenrise.workspace.supports.actions.recap import letter, shares_of
from evenrise.workspace.supports.models import (
    Flag,
    Meeting,
    MeetingItem,
    StudentVoice,
    Support,
    SupportKind,
    Team,
    TeamMember,
)


pytestmark = pytest.mark.django_db


def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def school(cast):
    return cast["principal"].grants_today[0].school


@pytest.fixture
def served(cast) -> list[Student]:
    """On the counselor's caseload, and not in the teacher's sections."""
    taught = Roster.objects.filter(section__staff_id=cast["teacher"].staff_id)
    places = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"])
    return list(
        Student.objects.filter(pk__in=places.values("student"), current=True).exclude(
            pk__in=taught.values("student")
        )[:5]
    )


@pytest.fixture
def team(db_district, cast, school) -> Team:
    """The counselor, the teacher and the principal of one school."""
    team = Team.objects.create(name="Ninth grade team", school=school)
    for role in ("counselor", "teacher", "principal"):
        TeamMember.objects.create(team=team, person=cast[role])
    return team


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


def test_the_agenda_stands_in_the_order_it_states(cast, team, served, as_person):
    weak, strong, old, reviewed, begun = served
    flag(weak, opened=10)
    flag(old, opened=90)
    flag(strong, level=2, opened=1)
    flag(strong, opened=5, domain="course")
    flag(begun, level=2, first_support_on=today())
    flag(reviewed, level=2)
    support(reviewed, cast["counselor"], review_in=3)
    far = support(weak, cast["counselor"], review_in=20)
    meeting = planned(as_person("counselor"), team)
    found = list(meeting.items.values_list("student_id", "why"))
    assert found == [
        (reviewed.pk, "review"),
        (strong.pk, "flag"),
        (old.pk, "flag"),
        (weak.pk, "flag"),
    ]
    assert not meeting.items.filter(support=far).exists()


def test_a_flag_set_aside_or_closed_is_on_no_agenda(cast, team, served, as_person):
    closed, aside, left = served[:3]
    flag(closed, closed_on=today())
    flag(aside).answers.create(
        kind="set_aside", reason="Sick", until=today() + dt.timedelta(days=9)
    )
    flag(left)
    Student.objects.filter(pk=left.pk).update(current=False)
    assert planned(as_person("counselor"), team).items.count() == 0


def test_who_does_not_fit_waits_and_is_counted(cast, team, served, as_person):
    for student in served[:3]:
        flag(student)
    client = as_person("counselor")
    meeting = planned(client, team, most=1)
    assert meeting.items.count() == 1
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "2 more students have a flag" in page


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


def test_the_screen_shows_one_student_and_no_other(cast, team, served, as_person):
    first, second = served[:2]
    flag(first, level=2)
    flag(second)
    support(first, cast["counselor"], review_in=30)
    StudentVoice.objects.create(
        student=first,
        kind="words",
        text="Me gusta dibujar",
        language="es",
        said_on=today(),
        by=cast["counselor"],
    )
    meeting = planned(as_person("counselor"), team)
    item = meeting.items.get(student=first)
    page = as_person("counselor").get(
        reverse("meeting_item", args=[meeting.pk, item.pk])
    )
    text = page.content.decode()
    assert second.name not in text
    assert second.pk not in text
    assert '<blockquote lang="es"><p>Me gusta dibujar</p></blockquote>' in text
    assert "Check-in, " in text
    assert text.index("Me gusta dibujar") < text.index("What the records tell")
    look = StudentLook.objects.get(student_key=first.pk)
    assert look.person_key == cast["counselor"].pk


def test_a_flag_that_closed_meanwhile_is_told(cast, team, served, as_person):
    one = flag(served[0])
    client = as_person("counselor")
    item = planned(client, team).items.get()
    url = reverse("meeting_item", args=[item.meeting_id, item.pk])
    assert "closed on" not in client.get(url).content.decode()
    one.closed_on = today()
    one.save()
    assert "brought this student here closed on" in client.get(url).content.decode()


def test_a_decision_has_an_adult_of_the_team_and_a_day(cast, team, served, as_person):
    flag(served[0])
    meeting = planned(as_person("counselor"), team)
    item = meeting.items.get()
    url = reverse("meeting_item", args=[meeting.pk, item.pk])
    client = as_person("counselor")
    for wrong in (
        {"decision": "Call"},
        {"decision": "Call", "owner": cast["counselor"].pk},
        {"decision": "Call", "due_on": today().isoformat()},
        {"owner": cast["counselor"].pk, "due_on": today().isoformat()},
        # The teacher is a member and does not serve this student.
        {
            "decision": "Call",
            "owner": cast["teacher"].pk,
            "due_on": today().isoformat(),
        },
        {
            "decision": "Call",
            "owner": cast["superintendent"].pk,
            "due_on": today().isoformat(),
        },
    ):
        assert client.post(url, wrong).status_code == 422, wrong
    decide(client, item, cast["principal"])
    item.refresh_from_db()
    assert (item.decision, item.owner) == ("Call on Monday", cast["principal"])


def test_whoever_was_overtaken_is_told_and_overwrites_nothing(
    cast, team, served, as_person
):
    flag(served[0])
    meeting = planned(as_person("counselor"), team)
    item = meeting.items.get()
    decide(as_person("principal"), item, cast["counselor"], "The principal's words")
    answer = as_person("counselor").post(
        reverse("meeting_item", args=[meeting.pk, item.pk]),
        {
            "decision": "Mine",
            "owner": cast["counselor"].pk,
            "due_on": today().isoformat(),
            "seen": "",
        },
        follow=True,
    )
    assert "Nothing of theirs was overwritten" in answer.content.decode()
    item.refresh_from_db()
    assert item.decision == "The principal's words"


def test_the_recap_names_no_student_and_goes_out_once(
    cast, team, served, as_person, django_capture_on_commit_callbacks
):
    for student in served[:3]:
        flag(student)
    client = as_person("counselor")
    meeting = planned(client, team)
    items = list(meeting.items.select_related("student"))
    for item in items[:2]:
        decide(client, item, cast["principal"], f"Talk with {item.student.name}")
    decide(client, items[2], cast["counselor"])
    close = reverse("close_meeting", args=[meeting.pk])
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(close)
            client.post(close, {"reopen": 1})
            client.post(close)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        [cast["principal"].email, cast["counselor"].email]
    )
    (told,) = [one for one in mail.outbox if one.to == [cast["principal"].email]]
    whole = f"{told.subject}\n{told.body}"
    assert "2 things are yours" in whole
    assert "2 cosas" in whole
    assert reverse("meeting", args=[meeting.pk]) in whole
    for student in Student.objects.filter(current=True):
        assert student.pk not in whole
        assert student.name not in whole
    assert "Talk with" not in whole
    assert team.name not in whole


def test_a_letter_begins_in_the_persons_language(cast, team, served):
    meeting = Meeting.objects.create(team=team, held_on=dt.date(2026, 5, 4))
    cast["teacher"].keep_language("es")
    MeetingItem.objects.create(
        meeting=meeting,
        student=served[0],
        why="added",
        decision="Call",
        owner=cast["teacher"],
        due_on=dt.date(2026, 5, 11),
    )
    (share,) = shares_of(meeting)
    subject, text = letter(share, meeting)
    assert subject.startswith("Después de")
    assert text.index("1 cosa") < text.index("1 thing is yours")
    assert "11 de mayo de 2026" in text


def test_after_closing_the_page_is_the_recap(cast, team, served, as_person):
    flag(served[0])
    client = as_person("counselor")
    meeting = planned(client, team)
    item = meeting.items.get()
    decide(client, item, cast["counselor"])
    assert not [d for d in further_due(cast["counselor"]) if "meeting" in d.words]
    client.post(reverse("close_meeting", args=[meeting.pk]))
    (line,) = [d for d in further_due(cast["counselor"]) if "meeting" in d.words]
    assert line.url == reverse("meeting", args=[meeting.pk])
    assert served[0].name not in line.words
    page = client.get(line.url).content.decode()
    assert "Call on Monday" in page
    url = reverse("meeting_item", args=[meeting.pk, item.pk])
    late = client.post(
        url,
        {
            "decision": "Another",
            "owner": cast["counselor"].pk,
            "due_on": today().isoformat(),
            "seen": "Call on Monday",
        },
        follow=True,
    )
    assert "This meeting is closed" in late.content.decode()
    item.refresh_from_db()
    assert item.decision == "Call on Monday"
    client.post(url, {"done": 1})
    assert not [d for d in further_due(cast["counselor"]) if "meeting" in d.words]
    client.post(url, {"undone": 1})
    assert [d for d in further_due(cast["counselor"]) if "meeting" in d.words]


def test_the_log_tells_deeds_and_no_child(cast, team, served, as_person):
    flag(served[0])
    client = as_person("counselor")
    meeting = planned(client, team)
    item = meeting.items.get()
    decide(client, item, cast["counselor"], "Secret words")
    client.post(reverse("close_meeting", args=[meeting.pk]))
    entries = LogEntry.objects.filter(verb__startswith="supports.")
    told = " ".join(f"{e.verb} {e.about_key} {e.details}" for e in entries)
    assert "supports.decide" in told
    assert "supports.close_meeting" in told
    assert "Secret words" not in told
    assert served[0].name not in told
    keys = {e.about_kind for e in entries}
    assert keys <= {"meeting", "meeting_item", "team"}


def test_a_student_is_taken_off_while_nothing_is_decided(cast, team, served, as_person):
    for student in served[:2]:
        flag(student)
    client = as_person("counselor")
    meeting = planned(client, team)
    first, second = meeting.items.all()
    decide(client, first, cast["counselor"])
    for item in (first, second):
        client.post(reverse("meeting_item", args=[meeting.pk, item.pk]), {"off": 1})
    assert list(meeting.items.all()) == [first]


def test_a_verb_refuses_an_owner_who_does_not_serve(cast, team, served):
    meeting = Meeting.objects.create(team=team, held_on=today())
    item = MeetingItem.objects.create(meeting=meeting, student=served[0], why="added")
    decided = verbs.Decided(decision="x", owner=cast["teacher"], due_on=today())
    with pytest.raises(verbs.NotYours):
        verbs.decide(cast["counselor"], item=item.pk, decided=decided, seen="")


def test_a_decision_is_taken_back(cast, team, served, as_person):
    flag(served[0])
    client = as_person("counselor")
    item = planned(client, team).items.get()
    decide(client, item, cast["counselor"])
    url = reverse("meeting_item", args=[item.meeting_id, item.pk])
    client.post(url, {"clear": "Something else"})
    item.refresh_from_db()
    assert item.decision == "Call on Monday"
    client.post(url, {"clear": "Call on Monday"})
    item.refresh_from_db()
    assert (item.decision, item.owner, item.due_on) == ("", None, None)


def test_a_meeting_planned_by_mistake_is_removed_until_something_is_decided(
    cast, team, served, as_person
):
    for student in served[:2]:
        flag(student)
    client = as_person("counselor")
    wrong, right = planned(client, team), planned(client, team)
    first = right.items.first()
    decide(client, first, cast["counselor"])
    for one in (wrong, right):
        client.post(reverse("meeting", args=[one.pk]), {"drop": 1})
    assert list(Meeting.objects.all()) == [right]


def test_a_hidden_decision_keeps_a_meeting(cast, team, served, as_person):
    """Also one about a student whom the person does not serve."""
    flag(served[0])
    client = as_person("counselor")
    meeting = planned(client, team)
    decide(client, meeting.items.get(), cast["counselor"])
    as_person("teacher").post(reverse("meeting", args=[meeting.pk]), {"drop": 1})
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_notes_of_a_meeting_name_no_student(cast, team, served, as_person):
    meeting = Meeting.objects.create(team=team, held_on=today())
    url = reverse("meeting", args=[meeting.pk])
    client = as_person("counselor")
    answer = client.post(url, {"notes": f"We like {served[0].name}"})
    assert answer.status_code == 422
    client.post(url, {"notes": "We began on time."})
    meeting.refresh_from_db()
    assert meeting.notes == "We began on time."


def test_a_team_ends_and_goes_on(cast, team, as_person):
    client, url = as_person("counselor"), reverse("team", args=[team.pk])
    client.post(url, {"end": 1})
    assert client.get(reverse("add_meeting", args=[team.pk])).status_code == 404
    with pytest.raises(verbs.NotYours):
        verbs.make_meeting(cast["counselor"], team=team, held_on=today(), most=3)
    client.post(url, {"resume": 1})
    assert client.get(reverse("add_meeting", args=[team.pk])).status_code == 200
