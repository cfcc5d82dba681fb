"""Files come in: read, compared, brought in, undone; and refused where they must be."""

from __future__ import annotations

import os

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.records.snapshots import SnapshotStore
from evenrise.workspace.data import committing, reading
from evenrise.workspace.data.actions import imports as actions
from evenrise.workspace.data.models import Import, Standing
from evenrise.workspace.data.queries.imports import import_page
from evenrise.workspace.data.saying import BaseChanged, NotNow, Said
from evenrise.workspace.data.standing import (
    current_pages,
    snapshot_store,
    standing,
)
from evenrise.workspace.data.states import State
from evenrise.workspace.data.tidying import find_interrupted, tidy
from evenrise.workspace.data.uploads import folder_of
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.models import Student
from tests.web.data.conftest import as_csv, brought


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "at_once")]


def test_new_attendance_is_read_compared_brought_in_and_undone(cast, rows) -> None:
    steward = cast["steward"]
    before = standing()
    days = rows("attendance")
    changed = [dict(day) for day in days]
    for day in changed[:400]:
        day["status"] = "absent"
    one = brought(steward, attendance=as_csv(changed[:-5]))
    assert one.state == State.READY, one.problem
    told = one.story["differences"]
    assert told["attendance"]["gone"] == 5
    assert 0 < told["attendance"]["changed"] <= 400
    assert told["students"]["same"] == len(rows("students"))
    assert standing() == before  # nothing that people see changed
    moved = {one["key"]: one for one in one.moves["indicators"]}
    assert moved["attendance_rate"]["changed"] > 0

    actions.commit(steward, one=one)
    one.refresh_from_db()
    assert one.state == State.CURRENT, one.problem
    assert standing().snapshot == one.snapshot == snapshot_store().current().id
    assert current_pages().snapshot == one.snapshot
    assert standing().brought == one

    actions.undo(steward, seen=standing().pk, reason="The wrong export")
    one.refresh_from_db()
    assert one.state == State.UNDONE
    assert standing().snapshot == before.snapshot == snapshot_store().current().id
    assert Student.objects.filter(current=True).exists()


def test_the_same_content_twice_would_change_nothing(cast, rows, as_person) -> None:
    days = as_csv(rows("attendance"))
    one = brought(cast["steward"], attendance=days)
    assert one.state == State.READY
    page = as_person("steward").get(reverse("import", args=[one.key]))
    assert "Nothing would change" in page.content.decode()
    actions.commit(cast["steward"], one=one)
    again = brought(cast["steward"], attendance=days)
    assert again.snapshot == standing().snapshot  # named by its content
    actions.set_aside(cast["steward"], one=again)
    tidy()
    assert snapshot_store().current().id == standing().snapshot == again.snapshot


def test_a_difference_that_is_no_longer_right_is_not_brought_in(cast, rows) -> None:
    days = rows("attendance")
    first = brought(cast["steward"], attendance=as_csv(days[:-3]))
    second = brought(cast["steward"], attendance=as_csv(days[:-6]))
    actions.commit(cast["steward"], one=first)
    with pytest.raises(BaseChanged, match="Somebody brought in files meanwhile"):
        actions.commit(cast["cabinet"], one=second)
    second.refresh_from_db()
    assert second.state == State.READY
    assert import_page(second, "es").stale
    stood = standing()
    actions.begin_again(cast["cabinet"], one=second)
    second.refresh_from_db()
    assert second.state == State.READY
    assert second.base == stood.snapshot
    assert second.story["differences"]["attendance"]["gone"] == 3
    actions.commit(cast["cabinet"], one=second)
    assert standing().snapshot == second.snapshot != stood.snapshot


def test_two_yes_in_the_queue_only_the_first_comes_true(cast, rows, settings) -> None:
    days = rows("attendance")
    first = brought(cast["steward"], attendance=as_csv(days[:-3]))
    second = brought(cast["steward"], attendance=as_csv(days[:-6]))
    # Both said yes before the worker came to either.
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    actions.commit(cast["steward"], one=first)
    actions.commit(cast["cabinet"], one=second)
    with pytest.raises(NotNow):
        actions.commit(cast["cabinet"], one=second)
    for one in (first, second):
        committing.commit(one.key)
        one.refresh_from_db()
    assert first.state == State.CURRENT
    assert second.state == State.READY
    assert "meanwhile" in second.problem
    assert "mientras tanto" in second.problem_es
    assert standing().snapshot == first.snapshot == snapshot_store().current().id


def test_many_who_leave_need_a_tick_and_a_reason(cast, rows, as_person) -> None:
    students = rows("students")
    one = brought(cast["steward"], students=as_csv(students[:-10]))
    assert one.state == State.READY, one.problem
    page = as_person("steward").get(reverse("import", args=[one.key]))
    assert "10 of 80 students would no longer be in the records" in (
        page.content.decode()
    )
    for agreed, reason in ((False, ""), (True, " "), (False, "Moved away")):
        with pytest.raises(Said, match="10 of 80 students"):
            actions.commit(cast["steward"], one=one, agreed=agreed, reason=reason)
    actions.commit(cast["steward"], one=one, agreed=True, reason="A school closed")
    one.refresh_from_db()
    assert one.state == State.CURRENT
    kept = LogEntry.objects.get(verb="data.commit")
    assert kept.details["students_gone"] == 10
    assert kept.details["many_leave"] is True


def test_the_district_says_how_many_are_many(cast, rows, home) -> None:
    (home.store / "district.toml").write_text("[thresholds]\nremoval_share = 0.2\n")
    one = brought(cast["steward"], students=as_csv(rows("students")[:-10]))
    actions.commit(cast["steward"], one=one)
    one.refresh_from_db()
    assert one.state == State.CURRENT


def test_files_that_are_no_tables_are_refused_by_content(cast) -> None:
    before = standing()
    one = brought(
        cast["steward"],
        students=b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        attendance=b"<html><script>alert(1)</script></html>",
    )
    assert one.state == State.REFUSED
    assert one.problem
    assert standing() == before
    actions.begin_again(cast["steward"], one=one)
    one.refresh_from_db()
    assert one.state == State.REFUSED


def test_a_fault_of_ours_is_told_without_what_it_said(
    cast, rows, monkeypatch, caplog
) -> None:
    def break_down(*_, **__):
        raise ValueError("Ana Maria Torres, 0042")

    monkeypatch.setattr(reading, "import_paths", break_down)
    one = brought(cast["steward"], attendance=as_csv(rows("attendance")))
    assert one.state == State.REFUSED
    assert "fault of ours" in one.problem
    assert "Torres" not in one.problem + one.problem_es
    assert not LogEntry.objects.filter(details__icontains="Torres").exists()


def test_a_reading_stops_when_a_person_asks(cast, rows, monkeypatch) -> None:
    tell = reading.Steps.step

    def ask(self, what, done, total):
        one = Import.objects.get(state=State.READING)
        if not one.stop_asked and reading.phase_of(what) == "pages":
            actions.stop(cast["steward"], one=one)
        tell(self, what, done, total)

    monkeypatch.setattr(reading.Steps, "step", ask)
    one = brought(cast["steward"], attendance=as_csv(rows("attendance")[:-4]))
    assert one.state == State.SET_ASIDE
    assert len(snapshot_store().names()) == 1  # what was staged is gone again
    assert not (folder_of(one.key) / "x").exists()


def test_an_import_that_stops_before_its_turn_is_never_read(
    cast, rows, settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    one = brought(cast["steward"], attendance=as_csv(rows("attendance")))
    assert one.state == State.WAITING
    assert find_interrupted() == 0  # its task is in the queue
    actions.stop(cast["steward"], one=one)
    reading.read(one.key)
    one.refresh_from_db()
    assert one.state == State.SET_ASIDE
    assert one.story is None


def test_undo_needs_a_reason_and_sees_what_the_person_saw(cast, rows) -> None:
    steward = cast["steward"]
    first = standing()
    with pytest.raises(Said, match="nothing before"):
        actions.undo(steward, seen=first.pk, reason="Wrong")
    one = brought(steward, attendance=as_csv(rows("attendance")[:-3]))
    actions.commit(steward, one=one)
    with pytest.raises(BaseChanged):
        actions.undo(steward, seen=first.pk, reason="Wrong")
    with pytest.raises(Said, match="Say why"):
        actions.undo(steward, seen=standing().pk, reason="  ")
    two = brought(steward, attendance=as_csv(rows("attendance")[:-9]))
    actions.commit(steward, one=two)
    for name in (one.snapshot, first.snapshot):  # undone one after the other
        actions.undo(steward, seen=standing().pk, reason="Wrong export")
        assert standing().snapshot == name == snapshot_store().current().id
    with pytest.raises(Said, match="nothing before"):
        actions.undo(steward, seen=standing().pk, reason="Wrong")
    assert Standing.objects.count() == 5  # what stood is never taken back


def test_a_commit_that_fails_leaves_pages_and_records_agreed(
    cast, rows, monkeypatch
) -> None:
    one = brought(cast["steward"], attendance=as_csv(rows("attendance")[:-3]))
    before = standing()
    swap = SnapshotStore.make_current

    def break_after(self, name):
        swap(self, name)
        if name != before.snapshot:
            raise OSError("the disk went away")

    monkeypatch.setattr(SnapshotStore, "make_current", break_after)
    actions.commit(cast["steward"], one=one)
    one.refresh_from_db()
    assert one.state == State.READY
    assert "fault of ours" in one.problem
    assert standing() == before
    assert snapshot_store().current().id == before.snapshot


def test_every_deed_is_on_record_and_names_no_child(cast, rows) -> None:
    one = brought(cast["steward"], attendance=as_csv(rows("attendance")[:-3]))
    actions.commit(cast["steward"], one=one)
    actions.undo(cast["steward"], seen=standing().pk, reason="Wrong export")
    verbs = list(
        LogEntry.objects.filter(verb__startswith="data.")
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert verbs[1:] == [
        "data.bring_in",
        "data.read",
        "data.commit",
        "data.brought_in",
        "data.make_current",
        "data.undo_import",
        "data.undo",
    ] or set(verbs) >= {"data.bring_in", "data.read", "data.commit", "data.undo"}
    for entry in LogEntry.objects.filter(verb__startswith="data."):
        assert set(entry.details) <= {
            "files",
            "bytes",
            "rows",
            "refused",
            "snapshot",
            "students",
            "students_gone",
            "many_leave",
            "reason",
        }


def test_files_go_after_their_day_and_so_do_drops_that_never_ended(
    cast, rows, home
) -> None:
    one = brought(cast["steward"], attendance=as_csv(rows("attendance")[:-3]))
    actions.set_aside(cast["steward"], one=one)
    left = home.uploads / "neverknown12"
    left.mkdir()
    tidy()
    assert folder_of(one.key).is_dir()  # a day has not gone by
    assert left.is_dir()
    Import.objects.update(files_until=timezone.now())
    os.utime(left, (0, 0))
    tidy()
    one.refresh_from_db()
    assert one.files_gone
    assert not folder_of(one.key).exists()
    assert not left.exists()
    with pytest.raises(Said, match="removed from this server"):
        actions.begin_again(cast["steward"], one=one)


def test_a_look_at_some_rows_shows_codes_and_never_a_name(
    cast, rows, as_person
) -> None:
    students = [
        dict(one, given_name="Ana", family_name="Torres") for one in rows("students")
    ]
    one = brought(cast["steward"], students=as_csv(students))
    actions.commit(cast["steward"], one=one)
    students[0] |= {"given_name": "Anna", "gender": "male"}
    changed = [*students[:-1], dict(students[-1], student_id="7777")]
    one = brought(cast["steward"], students=as_csv(changed))
    told = one.samples["students"]
    assert dict(told["columns"]) == {"given_name": 1, "gender": 1}
    assert told["changed"] == [["0000", "gender", "F", "M"]]
    assert told["new"] == ["7777"]
    assert told["gone"] == ["0079"]
    page = as_person("steward").get(reverse("import", args=[one.key])).content.decode()
    assert "0000: gender F &gt; M" in page
    assert "Torres" not in page
    assert "Anna" not in page
