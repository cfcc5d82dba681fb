"""Questions about the data: the same one finds its answer, and names no student."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.workspace.data.actions import imports as actions, questions
from evenrise.workspace.data.asking import (
    keep_questions,
    kind_of_file,
    mark_of,
    without_example,
)
from evenrise.workspace.data.models import DataQuestion, Import
from evenrise.workspace.data.queries.questions import questions_owned_by
from evenrise.workspace.data.saying import Said
from evenrise.workspace.data.states import State
from evenrise.workspace.foundation.models import LogEntry
from tests.web.conftest import AS_OF
from tests.web.data.conftest import as_csv, brought


OPEN, ANSWERED, SETTLED = DataQuestion.State


def asked(line: int = 12, file: str = "attendance_2026-05-14.csv", n: int = 3) -> dict:
    return {
        "key": "records.attendance_outside_enrollment",
        "severity": "warning",
        "text": {
            "en": f"{n} students have days before they entered (the first is 0042). "
            "Are the dates right?",
            "es": f"{n} estudiantes tienen días antes de entrar (el primero es 0042). "
            "¿Son correctas las fechas?",
        },
        "file": file,
        "where": f"line {line}, column date",
    }


def an_import(*told: dict, files: tuple[str, ...] = ("attendance.csv",)) -> Import:
    story = {"questions": list(told), "files": [{"file": name} for name in files]}
    return Import.objects.create(state=State.CURRENT, as_of=AS_OF, story=story)


def test_the_same_question_has_one_mark_whatever_night_it_is() -> None:
    first = asked()
    assert mark_of(first) == mark_of(asked(99, "in/attendance_2026-05-15.csv", 7))
    assert mark_of(first) != mark_of(dict(first, where="line 12, column status"))
    assert mark_of(first) != mark_of(dict(first, key="records.other"))
    assert mark_of(first) != mark_of(dict(first, organization_id="A"))
    assert mark_of(first) != mark_of(dict(first, file="marks.csv"))
    assert kind_of_file("drop.zip!a/Attendance 2026-05-14.csv") == "attendance #.csv"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("3 rows (the first is 0042). Why?", "3 rows. Why?"),
        ("3 filas (la primera es de 0042). ¿Por qué?", "3 filas. ¿Por qué?"),
        ("begin early (the first is A(7)'s). Is", "begin early. Is"),
        ("5 rows (of 7) differ.", "5 rows (of 7) differ."),
    ],
)
def test_the_example_is_left_out(told, kept) -> None:
    assert without_example(told) == kept


@pytest.mark.django_db
def test_an_answer_stays_when_the_same_question_comes_back(cast) -> None:
    keep_questions(an_import(asked()))
    one = DataQuestion.objects.get()
    assert "0042" not in one.text_en + one.text_es
    steward = cast["steward"]
    with pytest.raises(Said):
        questions.answer(steward, question=one, note=" ")
    questions.answer(steward, question=one, note="Late entries; they are right.")
    again = an_import(asked(77, n=5), files=("attendance_2.csv",))
    keep_questions(again)
    one.refresh_from_db()
    assert one.state == ANSWERED
    assert one.note == "Late entries; they are right."
    assert one.text_en.startswith("5 students")
    assert one.last_import == again
    assert DataQuestion.objects.count() == 1


@pytest.mark.django_db
def test_what_the_same_file_no_longer_asks_is_settled_and_may_open_again(cast) -> None:
    keep_questions(an_import(asked()))
    one = DataQuestion.objects.get()
    keep_questions(an_import(files=("students.csv",)))  # another file came
    one.refresh_from_db()
    assert one.state == OPEN
    keep_questions(an_import(files=("attendance_2026-05-16.csv",)))
    one.refresh_from_db()
    assert (one.state, one.by_itself) == (SETTLED, True)
    keep_questions(an_import(asked()))
    one.refresh_from_db()
    assert (one.state, one.by_itself) == (OPEN, False)
    questions.settle(cast["steward"], question=one, note="Put right in the system.")
    keep_questions(an_import(asked()))
    one.refresh_from_db()
    assert one.state == SETTLED  # a person closed it


@pytest.mark.django_db
def test_a_question_given_to_a_person_stands_in_their_list(cast) -> None:
    keep_questions(
        an_import(asked(), dict(asked(), severity="serious", key="records.x"))
    )
    first, second = DataQuestion.objects.order_by("severity")
    for one in (first, second):
        questions.assign(cast["steward"], question=one, owner=cast["cabinet"])
    mine = questions_owned_by(cast["cabinet"])
    assert [one.severity for one in mine] == ["serious", "warning"]
    assert not questions_owned_by(cast["steward"]).exists()
    questions.answer(cast["cabinet"], question=first, note="Asked the school.")
    assert questions_owned_by(cast["cabinet"]).get() == second
    details = [entry.details for entry in LogEntry.objects.filter(verb__contains="que")]
    assert "Asked the school." not in str(details)


@pytest.mark.django_db
def test_real_questions_of_an_import_are_kept_and_shown(
    home, at_once, cast, rows, as_person
) -> None:
    stays = rows("enrollments")
    stays[3]["entered_on"] = "2026-03-10"  # after days of attendance
    one = brought(cast["steward"], enrollments=as_csv(stays))
    assert one.state == State.READY, one.problem
    browser = as_person("steward")
    page = browser.get(reverse("import", args=[one.key])).content.decode()
    assert "days of attendance before they entered" in page
    actions.commit(cast["steward"], one=one)
    kept = DataQuestion.objects.get(kind="records.attendance_outside_enrollment")
    assert stays[3]["student_id"] not in kept.text_en
    browser.post(
        reverse("question_assign", args=[kept.pk]), {"owner": cast["cabinet"].pk}
    )
    other = as_person("cabinet", "es")
    page = other.get(reverse("data_question", args=[kept.pk])).content.decode()
    assert "días de asistencia" in page
    assert kept.where not in page  # the line leads to a student; she may not bring in
    other.post(reverse("question_answer", args=[kept.pk]), {"note": "Fechas tardías."})
    kept.refresh_from_db()
    assert (kept.state, kept.answered_by) == (ANSWERED, cast["cabinet"])
    for role in ("teacher", "counselor", "board", "administrator"):
        answer = as_person(role).get(reverse("data_question", args=[kept.pk]))
        assert answer.status_code == 404


@pytest.mark.django_db
def test_only_people_who_answer_questions_can_be_asked(home, cast, as_person) -> None:
    keep_questions(an_import(asked()))
    one = DataQuestion.objects.get()
    as_person("steward").post(
        reverse("question_assign", args=[one.pk]), {"owner": cast["teacher"].pk}
    )
    one.refresh_from_db()
    assert one.owner is None
