"""Long texts, cut into small chunks for the test, end up as a short one does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from evenrise.records.contracts import CONTRACTS
from evenrise.records.files import limits, texts
from tests.unit.records.district import bring_in, folder, reasons, rows, written


HEADER = "student_id,school_id,date,status,portion_absent,reason\n"


@pytest.fixture(autouse=True, params=["chunks", "one chunk"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether texts are cut into many chunks; every text is streamed in any case."""
    monkeypatch.setattr(texts, "STREAMED", 1)
    if request.param != "chunks":
        return False
    monkeypatch.setattr(texts, "CHUNK", 600)
    monkeypatch.setattr(texts, "SCAN_BLOCK", 256)
    monkeypatch.setattr(limits, "CHUNK", 600)
    return True


def _days(students: int = 8, days: int = 12) -> list[str]:
    return [
        f"S{student},00{1 + student % 2},2025-09-{day:02d},present,,"
        for student in range(1, students + 1)
        for day in range(1, days + 1)
    ]


def _attendance(home: Path, lines: list[str], end: str = "\n"):
    text = HEADER + "\n".join(lines) + end
    return bring_in(home / "store", folder(home / "in", attendance=text))


@pytest.mark.parametrize("end", ["\n", ""])
def test_an_ordered_text_is_kept_whole_with_its_lines(tmp_path, end, many):
    lines = _days()
    report = _attendance(tmp_path, lines, end)
    snapshot = written(report)
    assert (len(snapshot.parts("attendance")) > 3) == many
    stored = rows(snapshot, "attendance", "student_id, date, _row")
    assert [row[2] for row in stored] == list(range(1, len(lines) + 1))
    assert stored == sorted(stored)
    assert report.refused == 0


def test_slips_are_refused_with_their_own_lines(tmp_path):
    lines = _days()
    lines[10] = "S1,002,2025-13-11,present,,"
    lines[40] = "S4,001,2025-09-05,asleep,,"
    lines[41] = "S4,001"
    lines[70] = "S6,001,20226-09-11,present,,"
    lines[71] = "S6,001,2025-09-12,present,7,"
    report = _attendance(tmp_path, lines)
    assert reasons(report) == [
        ("attendance.csv", 12, "date"),
        ("attendance.csv", 42, "status"),
        ("attendance.csv", 43, ""),
        ("attendance.csv", 72, "date"),
        ("attendance.csv", 73, "portion_absent"),
    ]
    stored = rows(written(report), "attendance", "_row")
    kept = set(range(1, len(lines) + 1)) - {11, 41, 42, 71, 72}
    assert {row[0] for row in stored} == kept


def test_repeats_are_found_within_and_across_chunks(tmp_path):
    lines = _days()
    lines.insert(20, lines[19])
    lines.append(lines[0])
    report = _attendance(tmp_path, lines)
    assert reasons(report) == [
        ("attendance.csv", 22, "student_id"),
        ("attendance.csv", len(lines) + 1, "student_id"),
    ]
    assert len(rows(written(report), "attendance")) == len(lines) - 2


def test_a_shuffled_text_gives_the_same_rows_sorted_by_part(tmp_path):
    lines = _days()
    random.Random(3).shuffle(lines)  # noqa: S311 - an order, not a secret
    snapshot = written(_attendance(tmp_path, lines))
    stored = rows(snapshot, "attendance", "student_id, school_id, date::VARCHAR, _row")
    assert {row[3]: ",".join(row[:3]) for row in stored} == {
        place: line.removesuffix(",present,,")
        for place, line in enumerate(lines, start=1)
    }
    import duckdb

    for part in snapshot.parts("attendance"):
        keys = duckdb.sql(
            f"SELECT student_id, date FROM read_parquet('{part}')"  # noqa: S608 - our own
        ).fetchall()
        assert keys == sorted(keys)


def test_quoted_cells_that_span_lines_lose_nothing(tmp_path):
    lines = [
        f'S{n},001,2025-09-{1 + n % 28:02d},present,"",""' for n in range(100, 180)
    ]
    lines[3] = 'S103,001,2025-09-20,"pre\nsent",,'
    report = _attendance(tmp_path, lines)
    assert [r[2] for r in reasons(report)] == ["status"]
    assert len(rows(written(report), "attendance")) == len(lines) - 1


def test_a_new_code_is_asked_about_once_for_all_chunks(tmp_path):
    lines = [line.replace("present,,", "absent,1,beach") for line in _days()]
    report = _attendance(tmp_path, lines)
    assert [q.key for q in report.questions if q.key == "records.new_code"] == [
        "records.new_code"
    ]
    question = next(q for q in report.questions if q.key == "records.new_code")
    assert "96" in question.text.en
    assert question.where == "line 2, column reason"
    assert rows(written(report), "attendance", "count(*), count(reason)") == [(96, 0)]


def test_us_dates_and_spaces_stream_too(tmp_path):
    lines = [f" S{n} ,001,9/{1 + n % 28}/2025, present,," for n in range(100, 160)]
    report = _attendance(tmp_path, lines)
    assert report.refused == 0
    first = rows(written(report), "attendance", "student_id, date::VARCHAR, status")[0]
    assert first == ("S100", "2025-09-17", "present")
    story = next(f for f in report.files if f.name == "attendance.csv")
    assert any("month first" in note.en for note in story.notes)


def _scores(home: Path, lines: list[str]):
    text = "assignment_id,student_id,score,status,scored_on,has_comment\n"
    return bring_in(
        home / "store", folder(home / "in", scores=text + "\n".join(lines) + "\n")
    )


@pytest.mark.parametrize("student_first", [False, True])
def test_a_long_text_keeps_any_order_of_its_key(tmp_path, student_first, many):
    pairs = [(work, student) for work in range(10, 30) for student in range(10, 18)]
    if student_first:
        pairs.sort(key=lambda pair: pair[::-1])
    lines = [
        f"W{work},S{student},,missing,," for work, student in pairs
    ]  # nobody said when: a blank day must not disturb the order
    report = _scores(tmp_path, lines)
    snapshot = written(report)
    assert (len(snapshot.parts("scores")) > 3) == many
    stored = rows(snapshot, "scores", "assignment_id, student_id, _row")
    assert [row[2] for row in stored] == list(range(1, len(lines) + 1))
    assert report.refused == 0


def test_a_repeat_in_a_text_of_another_order_is_refused(tmp_path):
    lines = [
        f"W{work},S{student},7,scored,2025-09-0{1 + work % 9},N"
        for student in range(10, 18)
        for work in range(10, 30)
    ]
    lines.insert(31, lines[30])
    lines.append(lines[5])
    report = _scores(tmp_path, lines)
    assert reasons(report) == [
        ("scores.csv", 33, "assignment_id"),
        ("scores.csv", len(lines) + 1, "assignment_id"),
    ]
    assert len(rows(written(report), "scores")) == len(lines) - 2


def test_orders_of_a_key():
    assert CONTRACTS["attendance"].orders == (("student_id", "date", "school_id"),)
    assert CONTRACTS["scores"].orders == (
        ("assignment_id", "student_id"),
        ("student_id", "assignment_id"),
    )
    assert CONTRACTS["family_contacts"].orders == ()
    assert len(CONTRACTS["published_facts"].orders) <= 2


def test_two_sources_are_merged_without_blame(tmp_path):
    rostered = tmp_path / "roster"
    rostered.mkdir()
    (rostered / "users.csv").write_text(
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,"
        "userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
        "agentSourcedIds,grades,password\n"
        "S1,,,true,001,student,s1,,Ana,Ruiz,,,,,,,05,\n"
        "S9,,,true,001,student,s9,,Ben,Oh,,,,,,,05,\n"
    )
    report = bring_in(tmp_path / "store", folder(tmp_path / "in"), rostered)
    assert reasons(report) == []
    stored = rows(written(report), "students", "student_id, gender, race")
    assert sorted(stored, key=str) == [
        ("S1", "F", "white;asian"),
        ("S2", "M", "black"),
        ("S3", "X", None),
        ("S9", None, None),
    ]


def test_a_repeat_in_a_shuffled_text_is_refused_once(tmp_path):
    lines = _days()
    random.Random(5).shuffle(lines)  # noqa: S311 - an order, not a secret
    lines.insert(70, lines[3])  # every part meets every other
    report = _attendance(tmp_path, lines)
    assert reasons(report) == [("attendance.csv", 72, "student_id")]
    assert len(rows(written(report), "attendance")) == len(lines) - 1
