"""School accounts: OpenID Connect end to end, and each way it must not open."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from evenrise.config.sign_in import providers
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.models import Person
from tests.support.open_id import CLIENT, SECRET, Provider, new_key, running_provider


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running():
    with running_provider() as provider:
        yield provider


@pytest.fixture
def more() -> str:
    """Further lines of the provider's table."""
    return ""


@pytest.fixture
def provider(running, tmp_path, settings, more) -> Provider:
    fresh = Provider(address=running.address, key=running.key)
    running.__dict__.update(fresh.__dict__)
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    told = tmp_path / "open_id.toml"
    told.write_text(
        f'[district]\nname = "District"\nserver = "{running.address}"\n'
        f'client_id = "{CLIENT}"\nsecret_file = "{secret}"\n{more}\n'
    )
    settings.SOCIALACCOUNT_PROVIDERS, _ = providers(told, None)
    return running


def go(client: Client, **query: str):
    """Walk to the provider and back; the answer of our own callback."""
    address = reverse("openid_connect_login", args=("district",))
    away = urlsplit(client.get(address, query)["Location"])
    asked = http.client.HTTPConnection(away.hostname, away.port, timeout=5)
    asked.request("GET", f"{away.path}?{away.query}")
    back = urlsplit(asked.getresponse().getheader("Location"))
    asked.close()
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.fixture(autouse=True)
def _no_second_step(cast):
    Person.objects.update(second_step_at=None)


def test_an_address_that_is_written_down_opens_its_account(provider, cast):
    client = Client()
    answer = go(client)
    assert answer.status_code == 302
    assert signed_in(client) == str(cast["teacher"].pk)
    entry = LogEntry.objects.get(verb="people.sign_in")
    assert entry.person_key == cast["teacher"].pk
    assert "/token" in provider.asked
    # The second time the account is found by its subject.
    again = Client()
    go(again)
    assert signed_in(again) == str(cast["teacher"].pk)


def test_capitals_of_the_address_do_not_matter(provider, cast):
    provider.email = "Teacher@Demo.Example"
    client = Client()
    go(client)
    assert signed_in(client) == str(cast["teacher"].pk)


@pytest.mark.parametrize(
    "lie",
    [
        {"email": "stranger@demo.example"},
        {"verified": False},
        {"audience": "somebody-else"},
        {"expires_in": -3600},
        {"signs_with": new_key()},
        {"sends_id_token": False},
        {"told_subject": "sub-2"},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_what_opens_nothing(lie, provider, cast):
    provider.__dict__.update(lie)
    before = Person.objects.count()
    client = Client()
    answer = go(client)
    assert signed_in(client) is None
    assert Person.objects.count() == before
    assert cast["teacher"].name not in answer.content.decode()


@pytest.mark.parametrize(
    ("more", "opens"),
    [
        ('domains = ["demo.example"]', True),
        ('domains = ["elsewhere.example"]', False),
        ('domains = ["o.example"]', False),
    ],
)
def test_a_providers_word_is_taken_for_its_own_domains(opens, provider, cast):
    provider.verified = False
    client = Client()
    go(client)
    assert (signed_in(client) is not None) is opens


def test_an_address_that_changed_at_the_provider_opens_nothing(provider, cast):
    go(Client())
    provider.email = "someone.else@demo.example"
    client = Client()
    go(client)
    assert signed_in(client) is None


def test_who_was_taken_out_stays_out(provider, cast):
    Person.objects.filter(pk=cast["teacher"].pk).update(is_active=False)
    client = Client()
    go(client)
    assert signed_in(client) is None


def test_nobody_ties_a_further_account_to_theirs(provider, cast, as_person):
    provider.email = "private@mail.example"
    client = as_person("teacher")
    go(client, process="connect")
    other = Client()
    go(other)
    assert signed_in(other) is None


def test_a_code_of_another_state_opens_nothing(provider, cast):
    client = Client()
    client.get(reverse("openid_connect_login", args=("district",)))
    answer = client.get(
        reverse("openid_connect_callback", args=("district",)),
        {"code": "x", "state": "made-up"},
    )
    assert signed_in(client) is None
    assert answer.status_code in {200, 400, 401, 403}


def test_who_sees_students_still_sets_up_a_second_step(provider, cast):
    client = Client()
    go(client)
    answer = client.get(reverse("students"))
    assert answer["Location"] == reverse("mfa_activate_totp")


def test_a_provider_that_is_not_there(client):
    for name in ("openid_connect_login", "openid_connect_callback"):
        assert client.get(reverse(name, args=("nobody",))).status_code == 404
