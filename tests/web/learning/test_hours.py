"""Sums of hours that tell of nobody, and what partners give."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, strategies as st

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.actions.partners import (
    GivenHours,
    add_hours,
    add_partner,
    end_partner,
    take_hours_back,
)
from evenrise.workspace.learning.models import PartnerHours
from evenrise.workspace.learning.queries.few import shown_rows
from evenrise.workspace.learning.queries.learning_hours import file_rows, hours_page
from evenrise.workspace.people.roles import Role
from tests.web.cycles.a_cycle import home_of
from tests.web.learning.a_catalogue import came, make_one, make_session, make_staff


@pytest.fixture
def offering(cast):
    return make_one(cast["coach"], school_id=home_of(cast))


# -- sums


@pytest.mark.parametrize(
    ("people", "rows", "total"),
    [
        ([12, 30], [True, True], True),
        ([12, 9, 30], [False, False, True], True),  # 9 alone would be a subtraction
        ([6, 7, 30], [False, False, True], True),  # 13 together
        ([2, 3, 30, 40], [False, False, False, True], True),  # 5 together: too few
        ([4], [False], False),
        ([4, 5], [False, False], False),
        ([0, 12], [True, True], True),
        ([], [], True),
    ],
)
def test_no_row_of_few_can_be_had_by_subtraction(people, rows, total):
    found = shown_rows(people)
    assert (list(found.rows), found.total) == (rows, total)


@given(st.lists(st.integers(0, 40), max_size=15))
def test_what_is_hidden_holds_ten_in_two_rows(people):
    found = shown_rows(people)
    hidden = [n for n, shown in zip(people, found.rows, strict=True) if not shown]
    visible = [n for n, shown in zip(people, found.rows, strict=True) if shown]
    assert all(n == 0 or n >= 10 for n in visible)
    if found.total and hidden:
        assert len(hidden) >= 2
        assert sum(hidden) >= 10


def test_hours_by_school_and_role_never_tell_of_few(cast, offering):
    home, other = home_of(cast), cast["other_principal"].grants_today[0].school_id
    session = make_session(offering, days=-2)
    today = timezone.localdate()
    for school, role, many in (
        (home, Role.TEACHER, 11),
        (home, Role.COUNSELOR, 2),
        (other, Role.TEACHER, 12),
    ):
        came(session, make_staff(many, school, role), school_id=school, role=role)
    page = hours_page(cast["superintendent"], None, today, "en")
    by = {table.key: {row.name: row for row in table.rows} for table in page.tables}
    assert sorted(row.people for row in by["school"].values()) == ["12", "13"]
    assert not any(row.shown for row in by["role"].values())
    assert "25 people learned 50 hours" in page.answer
    file = file_rows(cast["superintendent"], None, today, "en")
    assert {row[3] for row in file if row[0] == "role"} == {""}
    own = hours_page(cast["principal"], None, today, "en")
    names = [row.name for row in own.tables[0].rows]
    assert len(names) == 1, "a principal reads of the own school alone"
    assert all(one.name not in str(page) for one in cast.values())


def test_too_few_people_have_no_sum_at_all(cast, offering):
    session = make_session(offering, days=-2)
    people = make_staff(4, home_of(cast))
    came(session, people, school_id=home_of(cast), role="teacher")
    page = hours_page(cast["superintendent"], None, timezone.localdate(), "en")
    assert "too few people" in page.answer
    assert not any(row.shown for table in page.tables for row in table.rows)


# -- partners


def test_partners_give_hours_that_can_be_taken_back(cast, as_person):
    home = home_of(cast)
    partner = add_partner(cast["coach"], name="Readers", kind="volunteers")
    with pytest.raises(InputProblem):
        add_partner(cast["coach"], name="readers", kind="partner")
    today = timezone.localdate()
    told = GivenHours(school_id=home, on=today, people=8, hours=Decimal("20.5"))
    made = add_hours(cast["coach"], partner=partner.pk, given=told)
    with pytest.raises(NotYours):
        add_hours(cast["other_principal"], partner=partner.pk, given=told)
    with pytest.raises(NotYours):
        take_hours_back(cast["other_principal"], key=made.pk)
    browser, url = as_person("coach"), reverse("partners")
    assert "1 partner gave 20.5 hours" in browser.get(url).content.decode()
    browser.post(reverse("partner_hours_back", args=[made.pk]))
    page = browser.get(url).content.decode()
    assert "The hours are taken back." in page
    assert "gave 20.5" not in page
    browser.post(reverse("partner_hours_back", args=[made.pk]), {"again": "1"})
    assert PartnerHours.objects.get(taken_back_at=None) == made
    end_partner(cast["coach"], partner=partner.pk)
    with pytest.raises(NotYours):
        add_hours(cast["coach"], partner=partner.pk, given=told)


def test_hours_are_noted_in_the_browser(cast, as_person):
    browser = as_person("principal")
    answer = browser.post(
        reverse("partner_new"), {"name": "A college", "kind": "university"}
    )
    sent = {
        "on": timezone.localdate().isoformat(),
        "place": home_of(cast),
        "people": "3",
        "hours": "6",
        "what": "=tutoring",
    }
    future = (timezone.localdate() + dt.timedelta(days=2)).isoformat()
    assert browser.post(answer.url, sent | {"on": future}).status_code == 422
    assert browser.post(answer.url, sent | {"place": "-"}).status_code == 422
    assert browser.post(answer.url, sent).status_code == 302
    told = as_person("teacher").get(reverse("partners_csv")).content.decode()
    assert "'=tutoring" in told, "no cell is taken for a formula"
