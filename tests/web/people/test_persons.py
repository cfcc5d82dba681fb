"""Accounts, roles, powers: what an administrator may do, while powers are on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.access import people_with
from evenrise.workspace.people.models import Person, PowersTurn, RoleGrant, School
from evenrise.workspace.people.roles import Right, Role


pytestmark = pytest.mark.django_db
PASSWORD = "three quiet green lamps"  # noqa: S105 - a test's


@pytest.fixture
def administrator(cast) -> Person:
    person = cast["administrator"]
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def off(administrator, as_person):
    """A browser of the administrator, powers off."""
    return as_person("administrator")


@pytest.fixture
def on(off):
    """The same with powers on."""
    answer = off.post(
        reverse("powers"), {"reason": "new school year", "proof": PASSWORD}
    )
    assert answer.status_code == 302
    return off


def verbs() -> list[str]:
    return list(LogEntry.objects.order_by("id").values_list("verb", flat=True))


def test_without_powers_the_pages_are_not_there(off, cast):
    for name, args in (("persons", ()), ("add_person", ()), ("bring_persons", ())):
        assert off.get(reverse(name, args=args)).status_code == 404
    assert off.get(reverse("person", args=(cast["teacher"].pk,))).status_code == 404
    assert off.get(reverse("powers")).status_code == 200


def test_the_right_counts_only_while_powers_are_on(cast):
    administrator = cast["administrator"]
    assert administrator.may(Right.SWITCH_POWERS)
    assert not administrator.may(Right.ADMINISTER)
    administrator.powers = PowersTurn()
    assert administrator.may(Right.ADMINISTER)
    cast["superintendent"].powers = PowersTurn()
    assert not cast["superintendent"].may(Right.ADMINISTER)


def test_a_wrong_password_switches_nothing_on(off):
    answer = off.post(reverse("powers"), {"reason": "testing", "proof": "wrong"})
    assert answer.status_code == 200
    assert not PowersTurn.objects.exists()
    assert off.get(reverse("persons")).status_code == 404


def test_powers_are_of_one_session_and_end(on, as_person):
    assert on.get(reverse("persons")).status_code == 200
    other = as_person("administrator")
    assert other.get(reverse("persons")).status_code == 404
    stolen = other.session
    stolen["powers"] = PowersTurn.objects.get().pk
    stolen.save()
    assert other.get(reverse("persons")).status_code == 404
    PowersTurn.objects.update(until=timezone.now())
    assert on.get(reverse("persons")).status_code == 404


def test_powers_are_shown_switched_off_and_on_record(on):
    assert reverse("powers") in on.get(reverse("persons")).content.decode()
    on.post(reverse("powers_off"))
    assert on.get(reverse("persons")).status_code == 404
    entry = LogEntry.objects.get(verb="people.switch_powers_on")
    assert entry.details == {"reason": "new school year", "minutes": 30}
    assert "people.switch_powers_off" in verbs()
    assert PASSWORD not in str(list(LogEntry.objects.values_list("details")))


def test_nobody_else_switches_powers_on(as_person):
    for role in ("superintendent", "principal", "board", "steward"):
        assert as_person(role).get(reverse("powers")).status_code == 404


def test_adding_a_person_and_a_letter(on, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = on.post(
            reverse("add_person"),
            {"name": "Ada Nwosu", "email": "Ada@Example.org", "language": "es"},
        )
    person = Person.objects.get(email="ada@example.org")
    assert answer["Location"] == reverse("person", args=(person.pk,))
    assert "people.add_person" in verbs()
    assert mail.outbox[0].to == ["ada@example.org"]
    assert "Hola" in mail.outbox[0].body
    again = on.post(
        reverse("add_person"),
        {"name": "Ada", "email": "ada@example.org", "language": "en"},
    )
    assert "has an account already" in again.content.decode()


def give(client, person, **told):
    return client.post(
        reverse("give_role", args=(person.pk,)),
        {
            "role": "principal",
            "scope": "school",
            "school": School.objects.first().pk,
            "begins_on": timezone.localdate().isoformat(),
            "reason": "stands in for a month",
            **told,
        },
    )


def test_a_role_by_hand_is_told_to_the_others(
    on, cast, as_person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert give(on, cast["coach"]).status_code == 302
    grant = RoleGrant.objects.get(person=cast["coach"], role="principal")
    assert (grant.origin, grant.given_by) == ("hand", cast["administrator"])
    assert [letter.to for letter in mail.outbox] == [[cast["superintendent"].email]]
    assert cast["coach"].name in mail.outbox[0].body
    assert as_person("coach").get(reverse("students")).status_code == 200


def test_nobody_gives_themself_a_role_that_sees_students(on, cast):
    answer = give(on, cast["administrator"])
    assert answer.status_code == 422
    assert "You cannot give yourself" in answer.content.decode()
    assert not RoleGrant.objects.filter(
        person=cast["administrator"], role="principal"
    ).exists()


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"scope": "district"}, "cannot have the scope"),
        ({"school": ""}, "needs a school"),
        ({"scope": "grade", "grade": ""}, "needs a grade"),
        ({"ends_on": "2020-01-01"}, "ends before it begins"),
    ],
)
def test_a_role_that_cannot_be(told, problem, on, cast):
    answer = give(on, cast["coach"], **told)
    assert answer.status_code == 422
    assert problem in answer.content.decode()


def test_ending_a_role_closes_the_next_click(on, cast, as_person):
    give(on, cast["coach"])
    coach = as_person("coach")
    assert coach.get(reverse("students")).status_code == 200
    grant = RoleGrant.objects.get(person=cast["coach"], role="principal")
    args = (cast["coach"].pk, grant.pk)
    on.post(reverse("end_role", args=args), {"reason": "back"})
    assert RoleGrant.objects.filter(pk=grant.pk).exists() is False
    assert coach.get(reverse("students")).status_code == 404
    assert "people.end_role" in verbs()


def test_a_role_of_long_ends_yesterday_and_stays_on_record(on, cast):
    give(on, cast["coach"], begins_on="2026-01-01")
    grant = RoleGrant.objects.get(person=cast["coach"], role="principal")
    args = (cast["coach"].pk, grant.pk)
    on.post(reverse("end_role", args=args), {"reason": "came back"})
    grant.refresh_from_db()
    assert grant.ends_on == timezone.localdate() - dt.timedelta(days=1)


def test_a_role_of_the_records_is_not_ended_by_hand(on, cast):
    grant = RoleGrant.objects.get(person=cast["teacher"], role="teacher")
    args = (cast["teacher"].pk, grant.pk)
    on.post(reverse("end_role", args=args), {"reason": "no reason"})
    grant.refresh_from_db()
    assert grant.ends_on is None


def test_who_is_taken_out_is_out_at_the_next_click(on, cast, as_person):
    teacher = as_person("teacher")
    assert teacher.get(reverse("students")).status_code == 200
    on.post(reverse("deactivate", args=(cast["teacher"].pk,)))
    assert teacher.get(reverse("students")).status_code == 302
    on.post(reverse("activate", args=(cast["teacher"].pk,)))
    assert teacher.get(reverse("students")).status_code == 302, "sign in again"
    on.post(reverse("deactivate", args=(cast["administrator"].pk,)))
    assert Person.objects.get(pk=cast["administrator"].pk).is_active


FILE = """email,name,staff_id,role,scope,school_id,reason
one@example.org,One,,teacher,section,,joins in August
two@example.org,Two,,principal,school,{school},leads from August
two@example.org,Two,,coach,school,{school},coaches too
"""


def test_many_by_a_file_are_tried_then_added(on, django_capture_on_commit_callbacks):
    text = FILE.format(school=School.objects.first().pk)
    tried = on.post(reverse("bring_persons"), {"text": text}).context["tried"]
    assert [row.line for row in tried.rows] == [2, 3, 4]
    assert not tried.problems
    assert not Person.objects.filter(email="one@example.org").exists()
    with django_capture_on_commit_callbacks(execute=True):
        on.post(reverse("bring_persons"), {"text": text, "add": "yes"})
    two = Person.objects.get(email="two@example.org")
    assert {g.role for g in two.grants.all()} == {Role.PRINCIPAL, Role.COACH}
    assert len(mail.outbox) == 1
    assert LogEntry.objects.get(verb="people.bring_persons").details["persons"] == 2


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("nobody,N,,,,,", "not an email address"),
        ("a@example.org,,,,,,", "A name is needed"),
        ("a@example.org,A,,queen,,,", "There is no role queen"),
        ("a@example.org,A,,principal,school,ZZ,because", "There is no school ZZ"),
        ("a@example.org,A,,principal,school,,because", "needs a school"),
        ("a@example.org,A,,board,,,", "A role needs a reason"),
        ("administrator@demo.example,J,,teacher,,,because", "You cannot give yourself"),
    ],
)
def test_one_bad_row_stops_the_file_and_says_why(row, problem, on):
    good = "good@example.org,Good,,,,,"
    text = f"email,name,staff_id,role,scope,school_id,reason\n{good}\n{row}\n"
    answer = on.post(reverse("bring_persons"), {"text": text, "add": "yes"})
    problems = answer.context["tried"].problems
    assert [p.line for p in problems] == [3]
    assert problem in problems[0].problem
    assert not Person.objects.filter(email="good@example.org").exists()


def test_a_file_that_is_none_is_said(on):
    answer = on.post(reverse("bring_persons"), {"text": "a;b\n1;2\n"})
    assert "lacks these columns: email, name." in answer.content.decode()


def test_queries_of_the_pages(on, cast, django_assert_max_num_queries):
    on.get(reverse("persons"))
    with django_assert_max_num_queries(9):
        on.get(reverse("persons"))
    with django_assert_max_num_queries(10):
        on.get(reverse("person", args=(cast["teacher"].pk,)))


def test_people_with_a_right_have_a_role_of_the_day_and_an_account(cast):
    today = timezone.localdate()
    holders = people_with(Right.BRING_FILES, today)
    assert cast["steward"] in holders
    assert cast["teacher"] not in holders
    assert [one.name for one in holders] == sorted(one.name for one in holders)
    grants = RoleGrant.objects.filter(person=cast["steward"])
    grants.update(ends_on=today - dt.timedelta(days=1))
    assert cast["steward"] not in people_with(Right.BRING_FILES, today)
    grants.update(ends_on=None)
    Person.objects.filter(pk=cast["steward"].pk).update(is_active=False)
    assert cast["steward"] not in people_with(Right.BRING_FILES, today)
