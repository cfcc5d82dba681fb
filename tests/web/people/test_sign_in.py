"""Sign-in: passwords, second steps, sessions that end, limits, letters, the demo."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.middleware import SESSION_HOURS
from evenrise.workspace.people.models import Person


pytestmark = pytest.mark.django_db
PASSWORD = "three quiet green lamps"  # noqa: S105 - a test's


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


@pytest.fixture
def teacher(cast) -> Person:
    person = cast["teacher"]
    person.set_password(PASSWORD)
    person.second_step_at = None
    person.save()
    return person


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_second_step(person: Person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def enter(client: Client, person: Person, password: str = PASSWORD):
    return client.post(
        reverse("account_login"), {"login": person.email, "password": password}
    )


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_password_opens_and_is_on_record(teacher):
    client = Client()
    assert enter(client, teacher).status_code == 302
    assert inside(client)
    entry = LogEntry.objects.get(verb="people.sign_in")
    assert entry.details == {"by": "password"}
    client.post(reverse("account_logout"))
    assert not inside(client)
    assert LogEntry.objects.filter(verb="people.sign_out").count() == 1


def test_a_wrong_one_is_on_record_without_what_was_typed(teacher):
    client = Client()
    enter(client, teacher, "nearly right words")
    client.post(
        reverse("account_login"),
        {"login": "typed-a-secret@x.example", "password": PASSWORD},
    )
    assert not inside(client)
    first, second = LogEntry.objects.filter(verb="people.sign_in_refused").order_by(
        "id"
    )
    assert first.about_key == str(teacher.pk)
    assert second.about_key == ""
    told = str(list(LogEntry.objects.values_list("details", "about_key")))
    assert "nearly" not in told
    assert "typed" not in told


def test_without_a_second_step_only_its_setup_is_open(teacher):
    client = Client()
    enter(client, teacher)
    for name in ("students", "sections"):
        answer = client.get(reverse(name))
        assert answer["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.post(reverse("language"), {"language": "es"}).status_code == 302
    assert client.post(reverse("account_logout")).status_code == 302
    assert not inside(client)


def test_setting_it_up_opens_and_ends_other_sessions(teacher, monkeypatch):
    # A test's transaction never ends; what waits for its end happens at once.
    monkeypatch.setattr(transaction, "on_commit", lambda verb, **_: verb())
    client, other = Client(), Client()
    enter(client, teacher)
    enter(other, teacher)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert client.get(reverse("students")).status_code == 200
    assert other.get(reverse("students"))["Location"].startswith(
        reverse("account_login")
    )
    assert LogEntry.objects.filter(verb="people.add_second_step").exists()
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_who_has_one_is_asked_for_a_code(teacher):
    secret = with_second_step(teacher)
    client = Client()
    assert enter(client, teacher)["Location"] == reverse("mfa_authenticate")
    assert not inside(client)
    assert client.get(reverse("students")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not inside(client)
    assert LogEntry.objects.filter(verb="people.second_step_refused").exists()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert inside(client)
    assert client.get(reverse("students")).status_code == 200
    assert "mfa" in LogEntry.objects.get(verb="people.sign_in").details["by"]


def test_a_code_works_once(teacher):
    secret = with_second_step(teacher)
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        enter(client, teacher)
        client.post(reverse("mfa_authenticate"), {"code": code})
    assert inside(first)
    assert not inside(second)


def test_taking_it_off_makes_it_due_again(teacher):
    secret = with_second_step(teacher)
    client, other = Client(), Client()
    for one in (client, other):
        cache.clear()  # the same code twice within its half minute
        enter(one, teacher)
        one.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
        assert one.get(reverse("students")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=teacher, type="totp").exists()
    assert client.get(reverse("students"))["Location"] == reverse("mfa_activate_totp")
    assert other.get(reverse("students"))["Location"].startswith(
        reverse("account_login")
    )
    assert LogEntry.objects.filter(verb="people.remove_second_step").exists()


def test_taking_it_off_by_any_other_way_as_well(teacher):
    secret = with_second_step(teacher)
    client = Client()
    enter(client, teacher)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    Authenticator.objects.filter(user=teacher).delete()
    assert client.get(reverse("students")).status_code == 302
    teacher.refresh_from_db()
    assert teacher.second_step_at is None


def test_who_sees_no_student_needs_none(cast, as_person):
    Person.objects.update(second_step_at=None)
    client = as_person("board")
    assert client.get(reverse("students")).status_code == 404


def test_a_session_ends_for_good(cast, as_person):
    client = as_person("teacher")
    assert client.get(reverse("students")).status_code == 200
    session = client.session
    session["began"] = int(time.time()) - SESSION_HOURS * 3600 - 1
    session.save()
    answer = client.get(reverse("students"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert not inside(client)


def test_a_session_that_does_not_say_when_it_began_is_over(as_person):
    client = as_person("teacher")
    session = client.session
    del session["began"]
    session.save()
    assert client.get(reverse("students")).status_code == 302


def test_a_new_password_ends_other_sessions(teacher, as_person):
    client = as_person("teacher")
    teacher.set_password("four loud yellow boats")
    teacher.save()
    assert client.get(reverse("students")).status_code == 302


def test_tries_are_limited_for_every_process(teacher):
    for _ in range(6):
        enter(Client(), teacher, "wrong")
    client = Client()
    answer = enter(client, teacher)
    assert not inside(client)
    assert answer.status_code in {200, 429}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone()[0] > 0


def test_whose_tries_they_are(settings, rf):
    from evenrise.workspace.people.adapters import PersonAdapter

    request = rf.get("/", headers={"x-forwarded-for": "6.6.6.6, 10.1.2.3"})
    settings.HTTPS = True
    assert PersonAdapter(request).get_client_ip(request) == "10.1.2.3"
    settings.HTTPS = False
    assert PersonAdapter(request).get_client_ip(request) == "127.0.0.1"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Somebody asked"), ("es", "Alguien pidió")]
)
def test_a_new_password_by_letter(language, word, teacher):
    Person.objects.filter(pk=teacher.pk).update(language=language)
    client = Client(headers={"accept-language": "en"})
    client.post(reverse("account_reset_password"), {"email": teacher.email})
    letter = mail.outbox[0]
    assert letter.to == [teacher.email]
    assert word in letter.body
    link = re.search(r"http://[^/]+(/\S+)", letter.body)
    assert link is not None
    page = client.get(link[1], follow=True)
    new = "five slow silver trains"
    address = page.request["PATH_INFO"]
    client.post(address, {"password1": new, "password2": new})
    teacher.refresh_from_db()
    assert teacher.check_password(new)
    assert LogEntry.objects.filter(verb="people.reset_password").exists()


def test_a_stranger_gets_no_letter_and_the_same_answer(teacher):
    address = reverse("account_reset_password")
    known = Client().post(address, {"email": teacher.email})
    cache.clear()
    mail.outbox.clear()
    unknown = Client().post(address, {"email": "stranger@example.org"})
    assert not mail.outbox
    assert (known.status_code, known["Location"]) == (
        unknown.status_code,
        unknown["Location"],
    )


@pytest.mark.parametrize(
    "path", ["/account/email/", "/account/3rdparty/", "/account/signup/"]
)
def test_what_the_library_would_offer_is_not_there(path, as_person):
    client = as_person("teacher")
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "own@example.org"}).status_code == 404


def test_the_demo_door_is_not_there_where_records_are_real(cast):
    client = Client()
    for key in ("superintendent", "nobody"):
        assert client.post(reverse("enter_demo", args=(key,))).status_code == 404
        assert client.get(reverse("enter_demo", args=(key,))).status_code == 404
    assert cast["superintendent"].name not in (
        client.get(reverse("account_login")).content.decode()
    )


def test_the_demo_door(cast, settings):
    settings.DEMO = True
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    for person in cast.values():
        assert person.name in page
    address = reverse("enter_demo", args=("counselor",))
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert client.session["_auth_user_id"] == str(cast["counselor"].pk)
    assert client.get(reverse("students")).status_code == 200
    assert LogEntry.objects.get(verb="people.sign_in").details == {"by": "demo"}


def test_the_cast_is_placed_once_and_again():
    from evenrise.workspace.people.cast import PARTS, place_cast
    from evenrise.workspace.people.models import CaseloadPlace, RoleGrant

    def state():
        return (
            Person.objects.count(),
            RoleGrant.objects.count(),
            CaseloadPlace.objects.count(),
        )

    before = state()
    people = place_cast(_today())
    assert list(people) == [part.key for part in PARTS]
    assert state() == before


def _today():
    from django.utils import timezone

    return timezone.localdate()


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_change_password",
        "account_logout",
        "mfa_index",
        "mfa_activate_totp",
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_of_sign_in_are_ours_in_both_languages(name, language, teacher):
    client = Client(headers={"accept-language": language})
    if name.startswith(("mfa", "account_change", "account_logout")):
        enter(client, teacher)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'<html lang="{language}"' in text
    assert "foundation/base.html" in [t.name for t in answer.templates]
    assert text.count("<h1") == 1
