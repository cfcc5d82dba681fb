"""The pages of the room: what they say, who may open them, what they cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from evenrise.workspace.data.actions import imports as actions
from evenrise.workspace.data.models import DataQuestion, Import
from evenrise.workspace.data.standing import standing
from evenrise.workspace.data.states import State
from tests.web.conftest import AS_OF
from tests.web.data.conftest import as_csv, brought, sent


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "at_once")]


def test_a_steward_drops_files_and_brings_them_in_without_script(
    as_person, rows
) -> None:
    browser = as_person("steward")
    assert b'type="file"' in browser.get(reverse("bring_in")).content
    days = [*rows("attendance")[:-7], dict(rows("attendance")[0], status="=1+1")]
    answer = browser.post(
        reverse("bring_in"),
        {
            "as_of": AS_OF.isoformat(),
            "files": [sent("attendance.csv", as_csv(days)), sent("notes.txt", b"hi")],
        },
    )
    one = Import.objects.get()
    assert answer.url == reverse("import", args=[one.key])
    assert one.state == State.READY, one.problem
    page = browser.get(answer.url).content.decode()
    assert "What would change?" in page
    assert "Attendance" in page
    assert "notes.txt" in page
    refused = browser.get(reverse("import_refused", args=[one.key]))
    assert refused["Content-Disposition"].startswith("attachment")
    assert "status" in refused.content.decode()
    for line in refused.content.decode().splitlines():
        assert not any(cell.startswith(("=", "+", "@")) for cell in line.split(","))
    browser.post(reverse("import_commit", args=[one.key]))
    one.refresh_from_db()
    assert one.state == State.CURRENT, one.problem
    assert standing().snapshot == one.snapshot
    assert "the pages show them" in browser.get(answer.url).content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_opens_in_both_languages(as_person, rows, language) -> None:
    browser = as_person("steward", language)
    days = as_csv(rows("attendance")[:-9])
    browser.post(
        reverse("bring_in"),
        {"as_of": AS_OF.isoformat(), "files": [sent("attendance.csv", days)]},
    )
    one = Import.objects.get()
    for name, args in (
        ("data", ()),
        ("imports", ()),
        ("import", (one.key,)),
        ("import_progress", (one.key,)),
        ("standings", ()),
        ("data_questions", ()),
    ):
        answer = browser.get(reverse(name, args=args))
        assert answer.status_code == 200, name


# What a page may ask the database: the person and their roles (4 or so), and its own.
MOST_QUERIES = {
    "data": 20,
    "imports": 14,
    "import": 14,
    "import_progress": 10,
    "standings": 13,
    "data_questions": 11,
    "data_question": 12,
    "bring_in": 9,
}


@pytest.mark.parametrize("name", MOST_QUERIES)
def test_a_page_asks_no_more_when_there_is_more(
    as_person, cast, rows, name, django_assert_max_num_queries
) -> None:
    one = brought(cast["steward"], attendance=as_csv(rows("attendance")[:-5]))
    actions.commit(cast["steward"], one=one)
    Import.objects.bulk_create(
        Import(state=State.SET_ASIDE, as_of=AS_OF, by=cast["steward"])
        for _ in range(20)
    )
    asked = [
        DataQuestion(
            mark=str(n), kind="k", severity="warning", text_en="a", text_es="b"
        )
        for n in range(40)
    ]
    DataQuestion.objects.bulk_create(asked)
    first = DataQuestion.objects.first()
    args = {
        "import": [one.key],
        "import_progress": [one.key],
        "data_question": [first.pk],
    }.get(name, [])
    browser = as_person("steward")
    with django_assert_max_num_queries(MOST_QUERIES[name]):
        assert browser.get(reverse(name, args=args)).status_code == 200


def test_the_home_page_says_how_fresh_each_table_is(
    as_person, cast, rows, monkeypatch
) -> None:
    day = dt.date(2026, 3, 18)  # the last day of attendance is Friday the 13th
    monkeypatch.setattr("evenrise.workspace.data.views.home.today", lambda: day)
    page = as_person("steward").get(reverse("data")).content.decode()
    assert "March 13, 2026 (3 school days ago)" in page
    assert "Attendance reaches only to" in page
    page = as_person("steward", "es").get(reverse("data")).content.decode()
    assert "13 de marzo de 2026 (hace 3 días lectivos)" in page
