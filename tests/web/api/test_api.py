"""The interface for programs: no more than its person may see, every look on record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from evenrise.workspace.foundation.models import StudentLook
from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.actions.tokens import make_token, revoke_token
from evenrise.workspace.people.models import Student
from evenrise.workspace.people.tokens import TokenScope


ALL = [scope.value for scope in TokenScope]


@pytest.fixture
def key_of(cast, settings):
    """A key of one of the cast, with all scopes; the second step is not asked for."""
    settings.DEMO = True

    def make(role, scopes=ALL, days=30):
        ends_on = timezone.localdate() + dt.timedelta(days=days)
        return make_token(cast[role], name="a test", scopes=scopes, ends_on=ends_on)

    return make


@pytest.fixture
def ask(client):
    def get(path, secret):
        return client.get(
            f"/api/v1/{path}", headers={"authorization": f"Bearer {secret}"}
        )

    return get


def test_without_a_key_nothing_opens(client, db_district):
    for path in ("indicators", "facts?indicator=suspension", "findings", "students"):
        assert client.get(f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize(
    "role", ["superintendent", "principal", "counselor", "teacher"]
)
def test_a_program_sees_exactly_the_students_its_person_sees(
    role, cast, key_of, ask, db_district
):
    _token, secret = key_of(role)
    seen, after = {}, ""
    while after is not None:
        told = ask(f"students?limit=500&after={after}", secret).json()
        seen |= {one["student_id"]: one["reason"] for one in told["students"]}
        after = told["after"]
    expected = students_seen_by(cast[role], timezone.localdate()).filter(current=True)
    assert seen == {one.pk: one.reason for one in expected}
    looks = StudentLook.objects.filter(where="api", person_key=cast[role].pk)
    assert set(looks.values_list("student_key", flat=True)) == set(seen)


def test_not_yours_and_not_there_are_the_same(cast, key_of, ask, db_district):
    _token, secret = key_of("teacher")
    mine = students_seen_by(cast["teacher"], timezone.localdate())
    other = Student.objects.exclude(pk__in=mine.values("pk")).first()
    assert other is not None
    not_mine = ask(f"students/{other.pk}", secret)
    not_there = ask("students/nobody", secret)
    assert not_mine.status_code == not_there.status_code == 404
    assert not_mine.content == not_there.content


@pytest.mark.parametrize("role", ["board", "administrator"])
def test_who_may_not_use_it_has_no_key_that_opens(role, key_of, ask, db_district):
    _token, secret = key_of(role)
    assert ask("indicators", secret).status_code == 401


def test_a_role_without_students_opens_no_students(key_of, ask, db_district):
    _token, secret = key_of("coach")
    assert ask("indicators", secret).status_code == 200
    assert ask("students", secret).status_code == 403


def test_a_key_opens_only_its_scopes(key_of, ask, db_district):
    _token, secret = key_of("superintendent", scopes=["findings"])
    assert ask("findings", secret).status_code == 200
    assert ask("facts?indicator=suspension", secret).status_code == 403
    assert ask("students", secret).status_code == 403


def test_students_need_a_person_with_a_second_step(key_of, ask, settings, db_district):
    _token, secret = key_of("superintendent")
    assert ask("students?limit=1", secret).status_code == 200
    settings.DEMO = False
    assert ask("students?limit=1", secret).status_code == 403


def test_an_ended_key_opens_nothing(cast, key_of, ask, db_district):
    token, secret = key_of("superintendent")
    revoke_token(cast["superintendent"], token=token)
    assert ask("indicators", secret).status_code == 401
    _late, old = key_of("superintendent", days=-1)
    assert ask("indicators", old).status_code == 401


def test_a_person_who_left_takes_their_keys_along(cast, key_of, ask, db_district):
    _token, secret = key_of("superintendent")
    cast["superintendent"].is_active = False
    cast["superintendent"].save()
    assert ask("indicators", secret).status_code == 401


def test_facts_are_the_protected_ones(key_of, ask, db_district):
    _token, secret = key_of("superintendent")
    found, offset = [], 0
    while offset is not None:
        path = f"facts?indicator=chronic_absence&limit=1000&offset={offset}"
        told = ask(path, secret).json()
        found += told["facts"]
        offset = told["offset"]
    pages = db_district.pages
    expected = {
        one.fact_id: (one.numerator, one.denominator, one.estimate.value)
        for one in pages.facts("chronic_absence")
    }
    keys = ("numerator", "denominator", "value")
    assert {
        one["fact_id"]: tuple(one[key] for key in keys) for one in found
    } == expected
    hidden = [one for one in found if one["status"] == "suppressed"]
    assert hidden
    assert all(one["numerator"] is None and one["value"] is None for one in hidden)


def test_a_secret_is_kept_nowhere(key_of, db_district):
    token, secret = key_of("superintendent")
    token.refresh_from_db()
    assert secret not in str(vars(token))
