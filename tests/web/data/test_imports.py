"""Files come in: read, compared, brought in, undone; and refused where they must be."""

from __future__ import annotations

import pytest

from evenrise.workspace.data.actions import imports as actions
from evenrise.workspace.data.standing import (
    current_pages,
    snapshot_store,
    standing,
)
from evenrise.workspace.data.states import State
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
    assert "chronic_absence" in moved

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
