"""Records over the network: fetched from a small server, by click and by night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from evenrise.synthetic.district import build_district
from evenrise.vocabulary.progress import Silent
from evenrise.workspace.data.models import Import
from evenrise.workspace.data.night import Outcome, run_night
from evenrise.workspace.data.standing import standing
from evenrise.workspace.data.states import State
from evenrise.workspace.data.warning import leaving
from tests.support.servers import rows as tables_of
from tests.support.servers.oneroster import OneRosterServer, lists_of
from tests.web.conftest import AS_OF


SECRET = "not+so/secret:%"  # noqa: S105 - of a server of our own
MOST = {"attendance": 1, "scores": 1, "assignments": 1, "assessments": 1, "marks": 1}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("home", "at_once"),
]


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    folder = tmp_path_factory.mktemp("connected") / "district"
    build_district(
        folder, students=300, seed=5, as_of=AS_OF, progress=Silent(), years=1
    )
    tables = tables_of.read(folder)
    return lists_of({name: rows[: MOST.get(name)] for name, rows in tables.items()})


@pytest.fixture
def server(lists, home, monkeypatch) -> Iterator[OneRosterServer]:
    monkeypatch.setenv("SIS_SECRET", SECRET)
    with OneRosterServer(lists=lists) as running:
        (home.store / "district.toml").write_text(
            "[connections.sis]\n"
            'kind = "oneroster"\n'
            f'url = "{running.url}"\n'
            f'token_url = "{running.token_url}"\n'
            'client_id = "evenrise"\n'
            'secret_env = "SIS_SECRET"\n'
        )
        yield running


def test_a_steward_fetches_and_sees_the_difference(server, as_person) -> None:
    browser = as_person("steward")
    page = browser.get(reverse("data")).content.decode()
    assert "sis" in page
    assert SECRET not in page
    assert "SIS_SECRET" not in page
    before = standing()
    answer = browser.post(reverse("fetch_now", args=["sis"]))
    one = Import.objects.get()
    assert answer.url == reverse("import", args=[one.key])
    assert one.state == State.READY, one.problem
    assert one.story["differences"]["students"]["new"] > 200
    assert standing() == before
    assert "These files speak of" in browser.get(answer.url).content.decode()
    assert browser.post(reverse("fetch_now", args=["other"])).url == reverse("data")
    assert Import.objects.count() == 1


def test_by_night_another_district_waits_and_a_silent_server_is_told(
    server, mailoutbox
) -> None:
    (found,) = run_night(None, AS_OF)
    assert (found.name, found.outcome) == ("sis", Outcome.LEFT)
    assert "These files speak of Alder Coast Unified" in found.why.en
    assert "80 of 80 students" in leaving(Import.objects.get()).ask().en
    server.lists.clear()
    (found,) = run_night(None, AS_OF)
    assert found.outcome is Outcome.UNUSABLE
    assert SECRET not in found.why.en
    assert len(mailoutbox) == 2
