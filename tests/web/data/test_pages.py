"""The pages of the room: what they say, who may open them, what they cost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.workspace.data.models import Import
from evenrise.workspace.data.standing import standing
from evenrise.workspace.data.states import State
from tests.web.conftest import AS_OF
from tests.web.data.conftest import as_csv, sent


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
