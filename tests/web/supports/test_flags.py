"""Who needs somebody this week: the list, its order, its file, and answers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.data.models import DataQuestion
from evenrise.workspace.foundation.models import LogEntry, StudentLook
from evenrise.workspace.insights.due import further_due
from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.models import (
    Flag,
    FlagAnswer,
    FlagRun,
    RuleChoice,
    WatchState,
)
from evenrise.workspace.supports.queries import flags as queries


pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAYS = {
    "line": "absent_share",
    "measure": "absent_share",
    "value": 12,
    "of": 90,
    "detail": {
        "schools": 1,
        "enrolled": 90,
        "absent": 12,
        "excused": 2,
        "medical": 1,
        "unexcused": 9,
        "suspended": 0,
        "since": "2025-09-01",
        "last": "2026-01-20",
    },
}


def served(person) -> list[Student]:
    found = students_seen_by(person, TODAY).filter(current=True)
    return list(found.order_by("sort_name", "pk"))


@pytest.fixture
def made(db_district) -> FlagRun:
    Flag.objects.all().delete()
    WatchState.objects.all().delete()
    return FlagRun.objects.create(
        snapshot="s", as_of=TODAY, rule_set="abc", students=0, flagged=0, no_data=0
    )


@pytest.fixture
def flag(made):
    def make(student, domain="attendance", level=1, ago=0, **more):
        opened = TODAY - dt.timedelta(days=ago)
        return Flag.objects.create(
            student=student,
            school=student.school,
            domain=domain,
            level=level,
            rule_set="abc",
            opened_on=opened,
            seen_on=TODAY,
            reasons=[DAYS],
            **more,
        )

    return make


@pytest.fixture
def watch(made):
    def make(student, **domains):
        states = {"attendance": 0, "behavior": 0, "course": 0, **domains}
        return WatchState.objects.create(
            student=student,
            **states,
            flags=sum(state > 0 for state in states.values()),
            unknown=sum(state < 0 for state in states.values()),
            run=made,
        )

    return make


def listed(client, **query):
    answer = client.get(reverse("flags"), query)
    assert answer.status_code == 200
    return [line.student_id for line in answer.context["page"].lines]


def test_first_who_waits_then_stronger_lines_then_the_oldest(cast, as_person, flag):
    old, new, strong, begun, both = served(cast["counselor"])[:5]
    flag(new, ago=1)
    flag(old, ago=9)
    flag(strong, level=2)
    flag(begun, level=2, ago=30, first_support_on=TODAY)
    flag(both, level=2, ago=20, first_support_on=TODAY)
    flag(both, domain="course", ago=5)
    assert listed(as_person("counselor")) == [
        student.pk for student in (strong, old, both, new, begun)
    ]
    assert listed(as_person("counselor"), waiting="yes") == [
        student.pk for student in (strong, old, both, new)
    ]
    assert listed(as_person("counselor"), fresh="yes") == [
        student.pk for student in (strong, both, new)
    ]
    assert listed(as_person("counselor"), domain="course") == [both.pk]


def test_a_line_says_why_since_when_and_that_nothing_began(cast, as_person, flag):
    student = served(cast["counselor"])[0]
    flag(student, ago=3)
    page = as_person("counselor").get(reverse("flags")).content.decode()
    assert "Absent 12 of 90 days this school year" in page
    assert "9 unexcused" in page
    assert "Nothing has begun" in page
    assert reverse("student", args=(student.pk,)) in page
    assert f"{reverse('begin_support', args=(student.pk,))}?flag=" in page
    assert not re.search(r"risk|score", page, re.IGNORECASE)
    spanish = as_person("counselor", "es").get(reverse("flags")).content.decode()
    assert "12 ausencias en 90 días de este año escolar" in spanish


def test_everybody_is_listed_once_page_by_page(cast, as_person, flag, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 7)
    students = served(cast["principal"])[:40]
    for place, student in enumerate(students):
        begun = {"first_support_on": TODAY} if place % 3 == 0 else {}
        flag(student, level=1 + place % 2, ago=place % 5, **begun)
        if place % 4 == 0:
            flag(student, domain="course", ago=place % 6)
    client, found, query = as_person("principal"), [], {}
    while True:
        page = client.get(reverse("flags"), query).context["page"]
        found += [line.student_id for line in page.lines]
        if not page.later:
            break
        query = {"after": page.later}
    assert len(found) == len(set(found)) == 40
    assert set(found) == {student.pk for student in students}


@pytest.mark.parametrize("role", ["principal", "counselor", "teacher", "steward"])
def test_the_list_holds_exactly_those_within_reach(role, cast, as_person, flag):
    for student in Student.objects.filter(current=True):
        flag(student)
    mine = {student.pk for student in served(cast[role])}
    client, found, query = as_person(role), set(), {}
    while True:
        page = client.get(reverse("flags"), query).context["page"]
        found |= {line.student_id for line in page.lines}
        if not page.later:
            break
        query = {"after": page.later}
    assert found == mine


def test_a_place_of_somebody_elses_flag_begins_the_list_anew(cast, as_person, flag):
    mine = served(cast["teacher"])
    keys = {student.pk for student in mine}
    other = Student.objects.filter(current=True).exclude(pk__in=keys).first()
    far = flag(other, level=2)
    for student in mine[:3]:
        flag(student)
    first = listed(as_person("teacher"))
    assert listed(as_person("teacher"), after=far.pk) == first
    assert listed(as_person("teacher"), after="1e9") == first


def test_more_rows_ask_no_more_questions(cast, as_person, flag):
    from django.db import connection

    students = served(cast["principal"])
    client = as_person("principal")
    flag(students[0])
    client.get(reverse("flags"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("flags"))
    for student in students[1:30]:
        flag(student)
        flag(student, domain="course")
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("flags"))
    assert len(many) <= len(few) + 2  # two counts, when there is a second page


def test_no_data_has_its_own_list_and_is_not_called_fine(cast, as_person, watch):
    ana, ben, *_ = served(cast["counselor"])
    watch(ana, course=-1)
    watch(ben)
    answer = as_person("counselor").get(reverse("flags"), {"show": "unknown"})
    lines = answer.context["rows"].lines
    assert [(line.url, line.unknown) for line in lines] == [
        (reverse("student", args=(ana.pk,)), ("Courses",))
    ]
    assert "No data is not" in answer.content.decode()
    only = {"show": "unknown", "domain": "behavior"}
    rows = as_person("counselor").get(reverse("flags"), only).context["rows"]
    assert rows.lines == ()


def test_a_whole_district_is_asked_for_a_school_first(cast, as_person, watch):
    student = served(cast["counselor"])[0]
    watch(student, course=-1)
    client = as_person("superintendent")
    rows = client.get(reverse("flags"), {"show": "unknown"}).context["rows"]
    assert rows.asks_school
    query = {"show": "unknown", "school": student.school_id}
    rows = client.get(reverse("flags"), query).context["rows"]
    assert len(rows.lines) == 1


def test_the_file_holds_the_list_and_every_student_in_it_is_a_look(
    cast, as_person, flag
):
    ana, ben, *_ = served(cast["counselor"])
    Student.objects.filter(pk=ana.pk).update(given_name="=SUM(A1)")
    flag(ana)
    flag(ana, domain="course")
    flag(ben)
    answer = as_person("counselor").get(reverse("flags_file"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["student_id"] for row in rows} == {ana.pk, ben.pk}
    assert len(rows) == 3
    assert "'=SUM(A1)" in {row["given_name"] for row in rows}
    assert "Absent 12 of 90 days" in rows[0]["reasons"]
    looks = StudentLook.objects.values_list("student_key", "where")
    assert set(looks) == {(ana.pk, "export"), (ben.pk, "export")}
    assert LogEntry.objects.filter(verb="people.export_students").count() == 1


def test_a_flag_set_aside_is_away_and_comes_back_by_itself(cast, as_person, flag):
    student = served(cast["counselor"])[0]
    one = flag(student)
    client, address = as_person("counselor"), reverse("flag_answer", args=(one.pk,))
    until = TODAY + dt.timedelta(days=7)
    told = {"set_aside": "1", "aside-reason": "A broken leg.", "aside-until": until}
    assert client.post(address, told).status_code == 302
    assert listed(client) == []
    page = client.get(address).content.decode()
    assert "A broken leg." in page
    entry = LogEntry.objects.get(verb="supports.set_flag_aside")
    assert entry.details == {"days": 7}
    assert student.pk not in str(entry.details) + entry.about_key
    FlagAnswer.objects.update(until=TODAY)
    assert listed(client) == [student.pk]


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_flag_is_set_aside_for_at_most_sixty_days(days, cast, as_person, flag):
    one = flag(served(cast["counselor"])[0])
    told = {
        "set_aside": "1",
        "aside-reason": "A broken leg.",
        "aside-until": TODAY + dt.timedelta(days=days),
    }
    answer = as_person("counselor").post(reverse("flag_answer", args=(one.pk,)), told)
    assert answer.status_code == 422
    assert not FlagAnswer.objects.exists()


def test_what_was_answered_is_taken_back(cast, as_person, flag):
    student = served(cast["counselor"])[0]
    one = flag(student)
    answer = FlagAnswer.objects.create(
        flag=one,
        kind="set_aside",
        reason="Away.",
        until=TODAY + dt.timedelta(days=5),
        by=cast["counselor"],
    )
    client = as_person("counselor")
    assert listed(client) == []
    back = reverse("flag_answer_back", args=(answer.pk,))
    assert client.post(back).status_code == 302
    assert listed(client) == [student.pk]
    entry = LogEntry.objects.get(verb="supports.take_back_answer")
    assert entry.details == {"was": "set_aside"}
    client.post(back)
    assert LogEntry.objects.filter(verb="supports.take_back_answer").count() == 1


def test_a_fact_that_is_contested_asks_the_stewards_and_names_nobody(
    cast, as_person, flag
):
    student = served(cast["counselor"])[0]
    one = flag(student)
    client, address = as_person("counselor"), reverse("flag_answer", args=(one.pk,))
    told = {"contest": "1", "contest-reason": f"{student.name} was here in March."}
    client.post(address, told)
    assert listed(client) == [student.pk]  # it stays in the list, with the words
    assert "was here in March" in client.get(reverse("flags")).content.decode()
    asked = DataQuestion.objects.get(kind="supports.contested")
    both = asked.text_en + asked.text_es + asked.where
    assert student.name not in both
    assert student.pk not in both
    assert cast["counselor"].name in asked.text_en
    assert asked.state == "open"
    client.post(reverse("flag_answer_back", args=(FlagAnswer.objects.get().pk,)))
    asked.refresh_from_db()
    assert (asked.state, asked.by_itself) == ("settled", True)
    client.post(address, told)
    asked.refresh_from_db()
    assert asked.state == "open"


def test_two_who_contest_ask_until_both_took_it_back(cast, as_person, flag):
    one = flag(served(cast["counselor"])[0])
    client, address = as_person("counselor"), reverse("flag_answer", args=(one.pk,))
    for words in ("He was here.", "She says so too."):
        client.post(address, {"contest": "1", "contest-reason": words})
    first, second = FlagAnswer.objects.all()
    client.post(reverse("flag_answer_back", args=(first.pk,)))
    assert DataQuestion.objects.get(kind="supports.contested").state == "open"
    client.post(reverse("flag_answer_back", args=(second.pk,)))
    assert DataQuestion.objects.get(kind="supports.contested").state == "settled"


def test_a_flag_that_closed_meanwhile_is_answered_no_more(cast, as_person, flag):
    one = flag(served(cast["counselor"])[0], closed_on=TODAY)
    answer = as_person("counselor").post(
        reverse("flag_answer", args=(one.pk,)),
        {"contest": "1", "contest-reason": "He was here."},
        follow=True,
    )
    assert "closed meanwhile" in answer.content.decode()
    assert not FlagAnswer.objects.exists()


def test_answering_is_a_look_and_not_yours_is_not_there(cast, as_person, flag):
    mine = {student.pk for student in served(cast["teacher"])}
    other = Student.objects.filter(current=True).exclude(pk__in=mine).first()
    far = flag(other)
    answer = FlagAnswer.objects.create(flag=far, kind="contested", reason="No.")
    client = as_person("teacher")
    for address in (
        reverse("flag_answer", args=(far.pk,)),
        reverse("flag_answer", args=(10**9,)),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"contest": "1"}).status_code == 404
    back = reverse("flag_answer_back", args=(answer.pk,))
    assert client.post(back).status_code == 404
    assert not StudentLook.objects.exists()
    near = flag(served(cast["teacher"])[0])
    assert client.get(reverse("flag_answer", args=(near.pk,))).status_code == 200
    assert StudentLook.objects.get().student_key == near.student_id


def test_a_students_page_tells_flags_today_earlier_and_what_is_not_known(
    cast, as_person, flag, watch
):
    student = served(cast["counselor"])[0]
    flag(student, ago=3)
    flag(student, domain="course", ago=90, closed_on=TODAY - dt.timedelta(days=60))
    watch(student, attendance=1, behavior=-1)
    address = reverse("student", args=(student.pk,))
    page = as_person("counselor").get(address).content.decode()
    assert page.count("Absent 12 of 90 days this school year") == 2
    assert "1 earlier flag" in page
    assert re.search(r"Not known</strong>: Behavior", page) or "Behavior" in page
    assert "No data is not" in page
    steward = as_person("steward").get(address).content.decode()
    assert "Absent 12 of 90 days" in steward
    assert reverse("flag_answer", args=(Flag.objects.first().pk,)) not in steward


def test_a_flag_whose_records_were_taken_back_says_so(cast, as_person, flag, watch):
    student = served(cast["counselor"])[0]
    one = flag(student, closed_on=TODAY)
    Flag.objects.filter(pk=one.pk).update(reasons=[])
    watch(student)
    page = as_person("counselor").get(reverse("student", args=(student.pk,)))
    assert "records that gave this flag were taken back" in page.content.decode()


def test_counts_by_school_and_grade_count_only_those_within_reach(
    cast, as_person, flag, watch
):
    students = served(cast["principal"])
    school = cast["principal"].grants_today[0].school_id
    for place, student in enumerate(students[:20]):
        watch(student, attendance=1 if place < 6 else 0, course=-1 if place < 3 else 0)
        if place < 6:
            flag(student, **({"first_support_on": TODAY} if place < 2 else {}))
    elsewhere = Student.objects.filter(current=True).exclude(
        pk__in=[student.pk for student in students]
    )
    for student in elsewhere[:5]:
        flag(student)
        watch(student, attendance=1)
    client = as_person("principal")
    page = client.get(reverse("flags_by_school"), {"school": school}).context["page"]
    told = [
        (int(x.students), int(x.flagged), int(x.waiting), int(x.unknown))
        for x in page.lines
    ]
    assert [sum(column) for column in zip(*told, strict=True)] == [20, 6, 4, 3]
    whole = as_person("superintendent").get(reverse("flags_by_school"))
    lines = whole.context["page"].lines
    assert sum(int(line.flagged) for line in lines) == 11
    assert sum(int(line.students) for line in lines) == 25
    teacher = as_person("counselor").get(reverse("flags_by_school"))
    own = {student.pk for student in served(cast["counselor"])}
    assert sum(int(x.flagged) for x in teacher.context["page"].lines) == len(
        own & set(Flag.objects.values_list("student_id", flat=True))
    )


def test_who_serves_students_is_told_how_many_wait(cast, flag):
    for student in served(cast["counselor"])[:3]:
        flag(student)
        flag(student, domain="course")
    flag(served(cast["counselor"])[3], first_support_on=TODAY)
    (due,) = [one for one in further_due(cast["counselor"]) if "flag" in one.words]
    assert due.words == "3 students you serve have a flag and nothing begun"
    assert due.url == f"{reverse('flags')}?waiting=yes"
    for role in ("superintendent", "steward", "board"):
        assert not [one for one in further_due(cast[role]) if "flag" in one.words]


def test_the_rule_is_chosen_from_a_day_with_a_reason(cast, as_person):
    client, address = as_person("superintendent"), reverse("choose_rule")
    told = {"rule_set": "balfanz", "begins_on": TODAY, "reason": "We compared them."}
    assert client.post(address, told).status_code == 302
    choice = RuleChoice.objects.get()
    assert (choice.rule_set, choice.begins_on, choice.by) == (
        "balfanz",
        TODAY,
        cast["superintendent"],
    )
    page = client.get(reverse("rules_of_flags")).content.decode()
    assert "We compared them." in page
    past = {**told, "begins_on": TODAY - dt.timedelta(days=1)}
    assert client.post(address, past).status_code == 422
    assert client.post(address, {**told, "rule_set": "nothing"}).status_code == 422
    assert RuleChoice.objects.count() == 1


def test_the_districts_own_lines_are_kept_as_they_were_written(as_person):
    client, address = as_person("cabinet"), reverse("choose_rule")
    told = {
        "rule_set": "own",
        "begins_on": TODAY,
        "reason": "Ours since 2019.",
        "measure_1": "absent_share",
        "at_1": "8",
        "grades_1": "6, 7, K",
        "measure_2": "failing_any",
        "at_2": "2",
        "severe_2": "on",
    }
    assert client.post(address, told).status_code == 302
    choice = RuleChoice.objects.get()
    assert choice.lines == [
        {
            "measure": "absent_share",
            "at": 0.08,
            "grades": ["06", "07", "KG"],
            "severe": False,
        },
        {"measure": "failing_any", "at": 2.0, "grades": [], "severe": True},
    ]
    page = client.get(reverse("rules_of_flags")).content.decode()
    assert "8% or more" in page
    for wrong in (
        {"at_1": "130"},
        {"at_1": ""},
        {"grades_1": "13"},
        {"measure_1": "", "measure_2": ""},
        {"measure_1": "likes_cats"},
        {"at_1": "nan"},
    ):
        assert client.post(address, {**told, **wrong}).status_code == 422, wrong
    assert RuleChoice.objects.count() == 1


def test_without_a_card_the_pages_say_so(as_person):
    client = as_person("counselor")
    page = client.get(reverse("early_warning_cards")).content.decode()
    assert "not been looked at yet" in page
    page = client.get(reverse("conditions")).content.decode()
    assert "when files are brought in" in page
