"""The nightly import: alone where nothing gives reason to look, else with a letter."""

from __future__ import annotations

import pytest
from django.core import mail

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.data import at_work
from evenrise.workspace.data.models import Import, Standing
from evenrise.workspace.data.night import Outcome, run_night
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.data.states import State
from evenrise.workspace.data.tidying import find_interrupted
from tests.web.conftest import AS_OF
from tests.web.data.conftest import as_csv


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def night(tmp_path):
    folder = tmp_path / "from_the_system"
    folder.mkdir()

    def run(**files: bytes):
        for table, content in files.items():
            (folder / f"{table}.csv").write_bytes(content)
        (found,) = run_night(folder, AS_OF)
        return found

    return run


def test_good_files_are_brought_in_without_a_person(rows, night) -> None:
    found = night(attendance=as_csv(rows("attendance")[:-5]))
    assert found.outcome is Outcome.BROUGHT_IN, found.why
    one = Import.objects.get(key=found.key)
    assert one.state == State.CURRENT
    assert one.origin == Import.Origin.NIGHT
    assert standing().snapshot == one.snapshot == snapshot_store().current().id
    assert mail.outbox == []
    assert night().outcome is Outcome.UNCHANGED  # the same files the next night
    assert standing().brought == one


def test_too_many_refused_rows_wait_for_a_person(rows, night) -> None:
    before = standing()
    days = rows("attendance")
    broken = [dict(day, status="sleeping") for day in days[:40]] + days[40:]
    found = night(attendance=as_csv(broken))
    assert found.outcome is Outcome.LEFT
    assert "refused" in found.why.en
    assert standing() == before
    assert Import.objects.get(key=found.key).state == State.READY
    (letter,) = mail.outbox
    assert letter.to == ["steward@demo.example"]
    assert "Last night's files" in letter.body
    assert "Los archivos de anoche" in letter.body
    assert f"/data/imports/{found.key}" in letter.body


def test_a_few_refused_rows_do_not_hold_the_rest_back(rows, night) -> None:
    days = rows("attendance")
    broken = [dict(days[0], status="sleeping"), *days[1:]]
    found = night(attendance=as_csv(broken))
    assert found.outcome is Outcome.BROUGHT_IN, found.why
    assert found.refused == 1


def test_many_who_leave_wait_for_a_person(rows, night) -> None:
    found = night(students=as_csv(rows("students")[:-20]))
    assert found.outcome is Outcome.LEFT
    assert "20 of 80 students" in found.why.en
    assert "20 de 80 estudiantes" in mail.outbox[0].body


def test_an_empty_folder_is_no_quiet_night(night) -> None:
    found = night()
    assert found.outcome is Outcome.UNUSABLE
    assert len(mail.outbox) == 1
    assert "0001" not in mail.outbox[0].body


def test_files_that_cannot_be_used_are_told(night) -> None:
    before = standing()
    found = night(attendance=b"\x00\x01\x02" * 99)
    assert found.outcome is Outcome.UNUSABLE
    assert standing() == before
    assert len(mail.outbox) == 1


def test_the_first_files_wait_for_a_person(rows, night, home) -> None:
    Standing.objects.all().delete()
    (home.store / "current.json").unlink()
    tables = ("schools", "students", "enrollments")
    found = night(**{table: as_csv(rows(table)) for table in tables})
    assert found.outcome is Outcome.LEFT
    assert "There were no records before" in found.why.en


def test_without_folder_and_connection_there_is_nothing_to_do() -> None:
    with pytest.raises(InputProblem, match="--files"):
        run_night(None, AS_OF)


def test_nobody_takes_the_nights_work_for_abandoned(rows, night, monkeypatch) -> None:
    looks = []
    decide = at_work.is_abandoned

    def look(*_, **__):
        looks.append(find_interrupted())

    monkeypatch.setattr("evenrise.workspace.data.night.read_held", _after(look))
    monkeypatch.setattr("evenrise.workspace.data.night.commit_held", _before(look))
    found = night(attendance=as_csv(rows("attendance")[:-5]))
    assert found.outcome is Outcome.BROUGHT_IN
    assert looks == [0, 0]
    assert decide is at_work.is_abandoned


def _after(look):
    from evenrise.workspace.data.reading import read_held

    return lambda one: (look(), read_held(one))


def _before(look):
    from evenrise.workspace.data.committing import commit_held

    return lambda one: (look(), commit_held(one))
