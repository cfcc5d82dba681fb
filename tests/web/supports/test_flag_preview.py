"""A rule is tried before it is chosen; without a run the list says that it is empty."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from evenrise.workspace.data.models import Standing
from evenrise.workspace.supports.actions.flag_preview import preview_rule
from evenrise.workspace.supports.actions.flagging import flag_current
from evenrise.workspace.supports.models import Flag, FlagRun, RuleChoice


pytestmark = pytest.mark.django_db


def test_own_lines_are_tried_and_nothing_is_chosen(db_district, as_person):
    low = {"rule_set": "own", "measure_1": "absent_share", "at_1": "1", "try": "yes"}
    page = as_person("superintendent").post(reverse("choose_rule"), low)
    assert page.status_code == 200
    text = page.content.decode()
    assert "students would have a flag." in text
    assert "Nothing is chosen yet." in text
    assert page.context["form"]["at_1"].value() == "1"  # what was written stands
    assert not RuleChoice.objects.exists()
    spanish = as_person("cabinet", "es").post(reverse("choose_rule"), low)
    assert "Todavía no se ha elegido nada." in spanish.content.decode()


def test_a_trial_finds_what_a_run_finds(db_district):
    run = flag_current()
    found = preview_rule("abc", ())
    assert (found.students, found.flagged) == (run.students, run.flagged)
    assert (found.no_data, found.now) == (run.no_data, run.flagged)
    strict = preview_rule("own", [{"measure": "absent_share", "at": 0.9}])
    assert strict.flagged < found.flagged == strict.now


def test_lines_that_cannot_be_are_told_as_when_choosing(db_district, as_person):
    told = {"rule_set": "own", "measure_1": "absent_share", "try": "yes"}
    page = as_person("superintendent").post(reverse("choose_rule"), told)
    assert page.status_code == 422
    assert "Say where the line lies, as a number." in page.content.decode()


def test_choosing_still_needs_a_reason(db_district, as_person):
    told = {"rule_set": "abc", "begins_on": "2099-01-01"}
    page = as_person("superintendent").post(reverse("choose_rule"), told)
    assert page.status_code == 422
    assert not RuleChoice.objects.exists()


def test_without_records_nothing_can_be_tried(db_district, as_person):
    Standing.objects.all().delete()
    told = {"rule_set": "abc", "try": "yes"}
    page = as_person("superintendent").post(reverse("choose_rule"), told)
    assert "no records were brought in" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "words"),
    [("superintendent", "Bring files in"), ("counselor", "Ask the person who brings")],
)
def test_before_the_first_run_the_list_does_not_say_that_nobody_has_a_flag(
    db_district, as_person, role, words
):
    FlagRun.objects.all().delete()
    Flag.objects.all().delete()
    text = as_person(role).get(reverse("flags")).content.decode()
    assert "Nobody has looked yet" in text
    assert "No student in this list has a flag" not in text
    assert words in text or role == "superintendent"


def test_a_browser_lets_a_rule_be_tried_without_a_reason(db_district, as_person):
    page = as_person("cabinet").get(reverse("choose_rule")).content.decode()
    assert re.search(r'<button[^>]*name="try"[^>]*formnovalidate', page)
