"""Answers to a flag, and the rule that flags follow."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from evenrise.workspace.data.models import DataQuestion
from evenrise.workspace.foundation.models import LogEntry, StudentLook
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.models import (
    FlagAnswer,
    RuleChoice,
)
from tests.web.supports.flag_fixtures import TODAY, listed, served


pytestmark = pytest.mark.django_db


def test_a_flag_set_aside_is_away_and_comes_back_by_itself(cast, as_person, make_flag):
    student = served(cast["counselor"])[0]
    one = make_flag(student)
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
def test_a_flag_is_set_aside_for_at_most_sixty_days(days, cast, as_person, make_flag):
    one = make_flag(served(cast["counselor"])[0])
    told = {
        "set_aside": "1",
        "aside-reason": "A broken leg.",
        "aside-until": TODAY + dt.timedelta(days=days),
    }
    answer = as_person("counselor").post(reverse("flag_answer", args=(one.pk,)), told)
    assert answer.status_code == 422
    assert not FlagAnswer.objects.exists()


def test_what_was_answered_is_taken_back(cast, as_person, make_flag):
    student = served(cast["counselor"])[0]
    one = make_flag(student)
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
    cast, as_person, make_flag
):
    student = served(cast["counselor"])[0]
    one = make_flag(student)
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


def test_two_who_contest_ask_until_both_took_it_back(cast, as_person, make_flag):
    one = make_flag(served(cast["counselor"])[0])
    client, address = as_person("counselor"), reverse("flag_answer", args=(one.pk,))
    for words in ("He was here.", "She says so too."):
        client.post(address, {"contest": "1", "contest-reason": words})
    first, second = FlagAnswer.objects.all()
    client.post(reverse("flag_answer_back", args=(first.pk,)))
    assert DataQuestion.objects.get(kind="supports.contested").state == "open"
    client.post(reverse("flag_answer_back", args=(second.pk,)))
    assert DataQuestion.objects.get(kind="supports.contested").state == "settled"


def test_a_flag_that_closed_meanwhile_is_answered_no_more(cast, as_person, make_flag):
    one = make_flag(served(cast["counselor"])[0], closed_on=TODAY)
    answer = as_person("counselor").post(
        reverse("flag_answer", args=(one.pk,)),
        {"contest": "1", "contest-reason": "He was here."},
        follow=True,
    )
    assert "closed meanwhile" in answer.content.decode()
    assert not FlagAnswer.objects.exists()


def test_answering_is_a_look_and_not_yours_is_not_there(cast, as_person, make_flag):
    mine = {student.pk for student in served(cast["teacher"])}
    other = Student.objects.filter(current=True).exclude(pk__in=mine).first()
    far = make_flag(other)
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
    near = make_flag(served(cast["teacher"])[0])
    assert client.get(reverse("flag_answer", args=(near.pk,))).status_code == 200
    assert StudentLook.objects.get().student_key == near.student_id


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
