"""Standards by name, a district's own, and what staff say without their names."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.actions import self_assessing, standards as verbs
from evenrise.workspace.learning.actions.standards import StandardSaid
from evenrise.workspace.learning.map_content import Pair
from evenrise.workspace.learning.models import (
    SelfAnswer,
    SelfAnswered,
    SelfAssessment,
    Standard,
)
from evenrise.workspace.learning.queries.self_assessments import results_page
from evenrise.workspace.learning.queries.standards import sets_shown
from tests.web.cycles.a_cycle import home_of
from tests.web.learning.an_assessment import LIST, answered, make_assessment


pytestmark = pytest.mark.django_db


def test_the_published_lists_stand_by_name_alone(db_district):
    sets = {one.key: one for one in sets_shown("es")}
    told = {key: sum(len(f.items) for f in one.frames) for key, one in sets.items()}
    assert told == {"learning-forward-2011": 7, LIST: 11, "own": 0}
    assert len(sets[LIST].frames) == 3
    assert not any(
        item.about for one in sets.values() for f in one.frames for item in f.items
    )


def test_the_districts_own_are_written_by_who_organizes_the_district(cast, as_person):
    said = StandardSaid(Pair("Every adult learns", "Cada persona adulta aprende"))
    made = verbs.add_standard(cast["superintendent"], said=said)
    for role in ("principal", "coach", "teacher"):
        with pytest.raises(NotYours):
            verbs.remove_standard(cast[role], key=made.key)
    browser = as_person("superintendent")
    gone = browser.post(reverse("standard_remove", args=[made.key]))
    assert "Undo" in browser.get(gone["Location"]).content.decode()
    browser.post(reverse("standard_remove", args=[made.key]), {"again": "yes"})
    made.refresh_from_db()
    assert made.removed_at is None
    with pytest.raises(NotYours):
        verbs.change_standard(cast["superintendent"], key="evidence", said=said)


def test_one_answers_once_and_nothing_tells_who(cast, as_person, db_district):
    one = make_assessment(cast)
    url = reverse("self_assess", args=[one.pk])
    browser = as_person("teacher")
    assert "without your name" in browser.get(url).content.decode()
    before = LogEntry.objects.count()
    assert browser.post(url, {"s_evidence": "3"}).status_code == 302
    assert browser.post(url, {"s_evidence": "1"}).status_code == 422
    kept = SelfAnswer.objects.get()
    assert kept.answers == {"evidence": 3}
    assert {f.name for f in SelfAnswer._meta.get_fields()} == {
        *("id", "assessment", "school", "answers"),
    }
    assert SelfAnswered.objects.get().person == cast["teacher"]
    assert LogEntry.objects.count() == before
    assert "neither be shown nor changed" in browser.get(url).content.decode()


def test_an_empty_answer_is_asked_again_and_does_not_count(cast, as_person):
    one = make_assessment(cast)
    url = reverse("self_assess", args=[one.pk])
    assert as_person("teacher").post(url, {}).status_code == 422
    assert not SelfAnswered.objects.exists()


def test_only_staff_of_the_places_that_are_asked_answer(cast, as_person, db_district):
    one = make_assessment(cast)
    other = cast["other_principal"].grants_today[0].school
    one.schools.set([other])
    url = reverse("self_assess", args=[one.pk])
    assert as_person("principal").get(url).status_code == 404
    assert as_person("other_principal").get(url).status_code == 200
    assert as_person("board").get(url).status_code == 404


def test_nothing_is_read_while_it_is_open(cast, as_person, db_district):
    one = make_assessment(cast)
    answered(one, home_of(cast), [4] * 12)
    url = reverse("self_results", args=[one.pk])
    assert as_person("superintendent").get(url).status_code == 404
    SelfAssessment.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    page = as_person("teacher").get(url).content.decode()
    assert "9 in 10 or more" in page


def test_a_school_is_hidden_under_ten_and_another_with_it(cast, db_district):
    one = make_assessment(cast, -20, -1)
    home = home_of(cast)
    other = cast["other_principal"].grants_today[0].school_id
    answered(one, home, [4, 3, 2, 1, 4, 3, 2])
    answered(one, other, [4] * 6 + [2] * 7)
    today = timezone.localdate()
    together = results_page(one, "", today, "en")
    rows = {each.key: each.rows for each in together.standards}
    assert rows["evidence"][0][1] == "20"
    for school in (home, other):
        page = results_page(one, school, today, "en")
        assert {each.rows[0][1] for each in page.standards} == {"hidden"}
    answered(one, home, [3, 3, 3])
    page = results_page(one, other, today, "en")
    assert {each.key: each.rows[0][1] for each in page.standards}["evidence"] == "13"


def test_the_same_place_is_not_asked_again_soon(cast, db_district):
    make_assessment(cast)
    today = timezone.localdate()
    told = {"standards": LIST, "opens_on": today, "schools": [home_of(cast)]}
    with pytest.raises(InputProblem, match="60 days"):
        self_assessing.open_assessment(
            cast["principal"], closes_on=today + dt.timedelta(days=9), **told
        )
    later = today + dt.timedelta(days=71)
    told["opens_on"] = later
    made = self_assessing.open_assessment(
        cast["principal"], closes_on=later + dt.timedelta(days=9), **told
    )
    assert [each.pk for each in made.schools.all()] == [home_of(cast)]


def test_what_was_removed_does_not_come_back_beside_the_next_one(
    cast, db_district, as_person
):
    """The same staff would answer both; their difference is a single answer."""
    first = make_assessment(cast)
    lead, today = cast["superintendent"], timezone.localdate()
    self_assessing.remove_assessment(lead, key=first.pk)
    told = {"standards": LIST, "opens_on": today, "schools": [home_of(cast)]}
    self_assessing.open_assessment(
        cast["principal"], closes_on=today + dt.timedelta(days=9), **told
    )
    url = reverse("self_assessment_remove", args=[first.pk])
    page = as_person("superintendent").post(url, {"again": "yes"}, follow=True)
    assert "60 days" in page.content.decode()
    assert "Staff are asked again" not in page.content.decode()
    first.refresh_from_db()
    assert first.removed_at is not None


def test_a_principal_asks_their_own_staff_alone(cast, db_district):
    today = timezone.localdate()
    other = cast["other_principal"].grants_today[0].school_id
    for schools in ([], [other], [home_of(cast), other]):
        with pytest.raises(NotYours):
            self_assessing.open_assessment(
                cast["principal"],
                standards=LIST,
                opens_on=today,
                closes_on=today,
                schools=schools,
            )


def test_what_has_closed_is_not_removed(cast, db_district):
    closed, open_ = make_assessment(cast, -220, -200), make_assessment(cast)
    lead = cast["superintendent"]
    with pytest.raises(NotYours):
        self_assessing.remove_assessment(lead, key=closed.pk)
    self_assessing.remove_assessment(lead, key=open_.pk)
    again = self_assessing.remove_assessment(lead, key=open_.pk, again=True)
    assert again.removed_at is None


def test_a_list_no_longer_used_is_not_offered(cast, db_district):
    from evenrise.workspace.learning.queries.standards import standard_choices

    assert len(standard_choices("en")) == 2
    verbs.use_list(cast["superintendent"], key=LIST, used=False)
    assert len(standard_choices("en")) == 1
    assert Standard.objects.filter(standards__key=LIST).count() == 11
