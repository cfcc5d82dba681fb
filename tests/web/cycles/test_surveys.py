"""Surveys of beliefs: once, without a name, told after the end and from ten answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions import surveys as verbs
from evenrise.workspace.cycles.actions.surveys import SurveySaid
from evenrise.workspace.cycles.beliefs import statements
from evenrise.workspace.cycles.models import (
    BeliefAnswer,
    BeliefAnswered,
    BeliefSurvey,
)
from evenrise.workspace.cycles.queries.meeting_due import surveys_due
from evenrise.workspace.cycles.queries.surveys import survey_result
from evenrise.workspace.insights.problems import NotYours


pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def survey(db_district, cast) -> BeliefSurvey:
    today = timezone.localdate()
    said = SurveySaid(
        name_en="What we believe",
        name_es="Lo que creemos",
        statements=statements()[:3],
        here=[cast["principal"].grants_today[0].school_id],
        elsewhere=[cast["other_principal"].grants_today[0].school_id],
        opens_on=today,
        closes_on=today + DAY,
    )
    return verbs.make_survey(cast["superintendent"], said=said)


def told(survey: BeliefSurvey, here: list[int], elsewhere: list[int]) -> None:
    key = survey.statements[0]["key"]
    BeliefAnswer.objects.bulk_create(
        BeliefAnswer(survey=survey, place=place, answers={key: n})
        for place, given in (("here", here), ("elsewhere", elsewhere))
        for n in given
    )
    survey.closes_on = timezone.localdate() - DAY
    survey.opens_on = survey.closes_on - DAY
    survey.save()


def result(survey: BeliefSurvey):
    return survey_result(survey, timezone.localdate(), "en")


def test_only_who_organizes_the_districts_learning_asks(survey, cast, as_person):
    url = reverse("belief_survey_new")
    for role, status in (
        ("superintendent", 200),
        ("principal", 404),
        ("teacher", 404),
        ("board", 404),
    ):
        assert as_person(role).get(url).status_code == status
    for role in ("principal", "cabinet"):
        with pytest.raises(NotYours):
            verbs.remove_survey(cast[role], survey=survey.pk)


def test_staff_of_the_schools_answer_once_and_without_a_name(survey, cast):
    key = survey.statements[0]["key"]
    verbs.answer_survey(cast["principal"], survey=survey.pk, answers={key: 5})
    verbs.answer_survey(cast["other_principal"], survey=survey.pk, answers={key: 2})
    with pytest.raises(InputProblem):
        verbs.answer_survey(cast["principal"], survey=survey.pk, answers={key: 1})
    with pytest.raises(InputProblem):
        verbs.answer_survey(cast["counselor"], survey=survey.pk, answers={key: 9})
    with pytest.raises(NotYours):
        verbs.answer_survey(cast["board"], survey=survey.pk, answers={key: 5})
    places = dict(BeliefAnswer.objects.values_list("place", "answers"))
    assert places == {"here": {key: 5}, "elsewhere": {key: 2}}
    fields = {field.name for field in BeliefAnswer._meta.get_fields()}
    assert fields == {"id", "survey", "place", "answers"}  # nothing tells whose
    assert BeliefAnswered.objects.count() == 2


def test_nothing_is_told_while_it_is_open(survey, as_person):
    told(survey, [5] * 30, [1] * 30)
    survey.closes_on = timezone.localdate()
    survey.save()
    assert result(survey).lines == ()
    page = as_person("superintendent").get(reverse("belief_survey", args=[survey.pk]))
    assert "Open until" in page.content.decode()


def test_a_small_side_hides_both(survey):
    told(survey, [5] * 6 + [1] * 3, [1] * 6 + [5] * 30)
    page = result(survey)
    assert "Fewer than ten" in page.answer
    assert {line.here.n for line in page.lines} == {"–"}
    assert {line.elsewhere.n for line in page.lines} == {"–"}


def test_a_difference_is_told_and_chance_is_not(survey):
    told(survey, [5] * 18 + [2] * 6, [4] * 8 + [1] * 24)
    page, words = result(survey), survey.statements[0]["en"]
    assert page.answer.endswith(words)
    assert (page.lines[0].here.share, page.lines[0].sure) == ("75%", "different")
    BeliefAnswer.objects.all().delete()
    told(survey, [5] * 12 + [2] * 10, [4] * 10 + [1] * 12)
    assert "answered alike" in result(survey).answer


def test_all_of_one_mind_are_told_without_a_number(survey):
    told(survey, [5] * 12, [4] * 8 + [1] * 24)
    line = result(survey).lines[0]
    assert (line.here.share, line.here.interval) == ("nearly everybody", "–")


def test_nearly_all_of_one_mind_look_the_same_as_all(survey):
    told(survey, [5] * 11 + [1], [4] + [1] * 11)
    line = result(survey).lines[0]
    assert (line.here.share, line.here.interval) == ("nearly everybody", "–")
    assert (line.elsewhere.share, line.elsewhere.interval) == ("hardly anybody", "–")


def test_the_same_staff_are_not_asked_again_soon(survey, cast):
    """Two results with nearly the same people would tell what one of them said."""
    lead, here = cast["superintendent"], cast["principal"].grants_today[0].school_id
    today = timezone.localdate()
    said = SurveySaid(
        name_en="Once more",
        name_es="Otra vez",
        statements=statements()[:3],
        here=[cast["other_principal"].grants_today[0].school_id],
        elsewhere=[here],
        opens_on=today,
        closes_on=today + DAY,
    )
    with pytest.raises(InputProblem, match="60 days"):
        verbs.make_survey(lead, said=said)
    verbs.remove_survey(lead, survey=survey.pk)
    other = verbs.make_survey(lead, said=said)
    with pytest.raises(InputProblem, match="60 days"):
        verbs.remove_survey(lead, survey=survey.pk, back=True)
    key = other.statements[0]["key"]
    verbs.answer_survey(cast["principal"], survey=other.pk, answers={key: 5})
    verbs.remove_survey(lead, survey=other.pk)
    with pytest.raises(InputProblem, match="60 days"):  # its answers were read
        verbs.make_survey(lead, said=said)


def test_a_survey_is_made_answered_and_removed_in_the_browser(
    db_district, cast, as_person
):
    browser, today = as_person("superintendent", "es"), timezone.localdate()
    here = cast["principal"].grants_today[0].school_id
    other = cast["other_principal"].grants_today[0].school_id
    sent = {
        "name_en": "Beliefs",
        "name_es": "Creencias",
        "here": [here],
        "elsewhere": [here],
        "asked": ["essays"],
        "own_1_en": "We greet",
        "opens_on": today,
        "closes_on": today + DAY,
    }
    url = reverse("belief_survey_new")
    wrong = browser.post(url, sent)
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"elsewhere", "own_1_es"}
    browser.post(url, sent | {"elsewhere": [other], "own_1_es": "Saludamos"})
    made = BeliefSurvey.objects.get()
    assert [one["key"] for one in made.statements] == ["essays", "own-1"]
    staff = as_person("teacher")
    assert "Answer it" in staff.get(reverse("spots")).content.decode()
    answer = reverse("belief_survey_answer", args=[made.pk])
    assert "We greet" in staff.get(answer).content.decode()
    assert staff.post(answer, {}).status_code == 422
    staff.post(answer, {"essays": "4"})
    assert staff.post(answer, {"essays": "1"}).status_code == 422
    assert BeliefAnswer.objects.get().answers == {"essays": 4}
    assert "Answer it" not in staff.get(reverse("spots")).content.decode()
    assert as_person("board").get(answer).status_code == 404
    remove = reverse("belief_survey_remove", args=[made.pk])
    browser.post(remove)
    page = reverse("belief_survey", args=[made.pk])
    assert browser.get(page).status_code == 404
    browser.post(remove, {"back": "yes"})
    assert browser.get(page).status_code == 200


def test_the_start_page_asks_whoever_has_not_answered(survey, cast):
    key = survey.statements[0]["key"]
    for person, number in (("principal", 1), ("other_principal", 1), ("board", 0)):
        assert len(list(surveys_due(cast[person]))) == number
    verbs.answer_survey(cast["principal"], survey=survey.pk, answers={key: 5})
    assert not list(surveys_due(cast["principal"]))
