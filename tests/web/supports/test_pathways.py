"""Pathways on pages: placed in sets, listed within reach, counted, read together."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evenrise.records.settings import DistrictSettings
from evenrise.workspace.foundation.models import StudentLook
from evenrise.workspace.people.access import reach_of, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.actions.effects import (
    effects_due,
    read_current_effects,
)
from evenrise.workspace.supports.actions.pathways import (
    pathways_due,
    place_pathways,
    renew,
)
from evenrise.workspace.supports.groups import place_groups
from evenrise.workspace.supports.models import (
    Flag,
    Note,
    Pathways,
    PathwayState,
    StudentVoice,
    Support,
    SupportKind,
)
from evenrise.workspace.supports.queries.counting import span_today
from evenrise.workspace.supports.queries.pathways import (
    PATHWAYS,
    pathway_counts,
    student_pathways,
)
from evenrise.workspace.supports.tasks import after_start
from tests.support.query_plans import analyze, plan_of


pytestmark = pytest.mark.django_db
HIGH = ("09", "10", "11", "12")


def within(person):
    reach = reach_of(person, timezone.localdate())
    return students_within(reach).filter(current=True).order_by("sort_name", "pk")


@pytest.fixture
def placed(db_district, cast):
    return place_pathways(db_district.snapshot, db_district.as_of, DistrictSettings())


@pytest.fixture
def ana(cast, placed):
    """A student of grades 9 to 12, of somebody who may support them."""
    leads = cast["superintendent"]
    return within(leads).filter(grade__in=HIGH).first()


def test_everybody_in_high_school_has_a_row(placed):
    students = Student.objects.filter(current=True, grade__in=HIGH)
    assert placed == students.count() > 100
    assert set(Pathways.objects.values_list("student_id", flat=True)) == set(
        students.values_list("pk", flat=True)
    )
    assert renew() == placed  # again: the same rows, none twice


def test_counts_add_up_and_few_are_not_told(cast, placed):
    rows = pathway_counts(None, span_today())["rows"]
    assert rows[0]["students"] == placed
    done = Pathways.objects.filter(a_g=PathwayState.DONE).count()
    known = Pathways.objects.filter(a_g__gte=0).count()
    assert rows[0]["a_g"] == [done, known]
    for row in rows:
        assert ("a_g" in row) == (row["students"] >= 11)
    mine = within(cast["superintendent"]).filter(grade__in=HIGH)[:5]
    few = Student.objects.filter(pk__in=[one.pk for one in mine])
    rows = pathway_counts(few, span_today())["rows"]
    assert not any(name in row for row in rows for name in PATHWAYS)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_list_shows_those_within_reach(pathway, cast, as_person, placed):
    high = Student.objects.filter(current=True, grade__in=HIGH).first()
    client = as_person("superintendent")
    for state in PathwayState.values:
        asked = {"school": high.school_id, "pathway": pathway, "state": state}
        told = client.get(reverse("pathways"), asked).content.decode()
        shown = set(re.findall(r'<th scope="row"><a href="/students/([^"]+)"', told))
        right = Pathways.objects.filter(
            **{pathway: state}, student__school=high.school_id
        )
        codes = set(right.values_list("student_id", flat=True))
        assert shown <= codes
        assert bool(shown) == bool(codes)


def test_another_school_is_not_there(cast, as_person, placed):
    theirs = within(cast["other_principal"]).values_list("pk", flat=True)
    mine = set(within(cast["principal"]).values_list("pk", flat=True))
    told = as_person("principal").get(reverse("pathways"))
    text = told.content.decode()
    assert not [code for code in theirs if code not in mine and code in text]


def test_a_whole_district_is_no_list(as_person, placed):
    told = as_person("superintendent").get(reverse("pathways")).content.decode()
    assert "Choose a school" in told
    assert "/together/" not in told


@pytest.mark.parametrize("role", ["superintendent", "principal", "counselor"])
def test_a_list_by_state_meets_indexes(role, cast, placed):
    high = Student.objects.filter(current=True, grade__in=HIGH).first()
    seen = within(cast[role]).filter(school=high.school_id, grade__in=HIGH)
    found = seen.filter(pathways__graduation=PathwayState.OPEN)[:51]
    analyze()
    told = plan_of(found)
    assert "SEARCH people_student USING" in told, told
    assert "SCAN people_student" not in told, told


def test_the_table_by_group(as_person, placed, db_district):
    place_groups(db_district.snapshot, db_district.as_of)
    told = as_person("superintendent").get(reverse("pathways")).content.decode()
    table = told.split('id="counts-caption"')[1].split("</table>")[0]
    assert table.count('<th scope="row">') > 8
    assert "%" in table


def test_the_part_of_a_student_page(as_person, ana):
    told = as_person("superintendent").get(reverse("student", args=(ana.pk,)))
    text = told.content.decode()
    assert "credits for graduation are earned" in text
    assert reverse("student_together", args=(ana.pk,)) in text
    child = Student.objects.filter(current=True, grade="03").first()
    text = as_person("superintendent").get(reverse("student", args=(child.pk,)))
    assert "credits for graduation" not in text.content.decode()


def test_the_kept_row_says_what_the_snapshot_says(cast, placed):
    for student in within(cast["superintendent"]).filter(grade__in=HIGH)[:12]:
        kept = student_pathways(student, "en")
        assert len(kept) == 4
        Pathways.objects.filter(pk=student.pk).delete()
        assert student_pathways(student, "en") == kept


def test_an_empty_high_school_has_no_rows(db_district, cast):
    Student.objects.update(current=False)
    settings = DistrictSettings()
    assert place_pathways(db_district.snapshot, db_district.as_of, settings) == 0


def something_of(student: Student, by: Person) -> Support:
    today = timezone.localdate()
    for kind, words in (("goal", "Quiero ser enfermera"), ("words", "I like to draw")):
        StudentVoice.objects.create(
            student=student,
            kind=kind,
            text=words,
            language="es" if kind == "goal" else "en",
            said_on=today,
            by=by,
        )
    StudentVoice.objects.create(
        student=student,
        kind="goal",
        text="Taken back",
        language="en",
        said_on=today,
        by=by,
        withdrawn_at=timezone.now(),
    )
    Note.objects.create(student=student, text="A note of ours", by=by)
    flag = Flag.objects.create(
        student=student,
        domain="attendance",
        level=1,
        rule_set="abc",
        opened_on=today,
        seen_on=today,
    )
    kind = SupportKind.objects.filter(key="check_in").first() or (
        SupportKind.objects.create(
            key="check_in",
            name_en="Daily check-in",
            name_es="Saludo diario",
            about_en="A talk.",
            about_es="Una charla.",
            area="attendance",
            tier=2,
            evidence="promising",
            sessions_a_week=2,
            minutes=10,
            weeks=8,
        )
    )
    return Support.objects.create(
        student=student,
        kind=kind,
        tier=2,
        goal="Here every Monday",
        owner=by,
        begins_on=today,
        review_on=today + dt.timedelta(days=28),
        planned_end_on=today + dt.timedelta(days=56),
        sessions_a_week=2,
        sessions_planned=16,
        minutes=10,
        exit_rule="Four weeks at goal",
        because_of=flag,
    )


def main_of(answer):
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


def test_the_page_to_read_together(cast, as_person, ana):
    support = something_of(ana, cast["superintendent"])
    client = as_person("superintendent")
    address = reverse("student_together", args=(ana.pk,))
    text = main_of(client.get(address))
    assert '<span lang="es">Quiero ser enfermera</span>' in text
    assert "Here every Monday" in text
    assert support.kind.name_en in text
    assert cast["superintendent"].name in text
    for hidden in ("A note of ours", "Taken back", "flag", "Flag", "Tier", "tier"):
        assert hidden not in text
    others = Student.objects.exclude(pk=ana.pk).values_list("pk", flat=True)
    assert not [code for code in others if code in text]
    at = [text.index(part) for part in ('id="voice"', 'id="pathways"', 'id="days"')]
    assert at == sorted(at)


def test_its_language_is_its_own(cast, as_person, ana):
    something_of(ana, cast["superintendent"])
    client = as_person("superintendent", "en")
    address = reverse("student_together", args=(ana.pk,))
    answer = client.get(address, {"in": "es"})
    assert answer["Content-Language"] == "es"
    assert '<html lang="es"' in answer.content.decode()
    text = main_of(answer)
    assert "créditos" in text
    assert "I like to draw" in text  # as it was said
    for english in ("credits", "school days", "Goal", "minutes", "done"):
        assert english not in text
    after = client.get(reverse("known"))  # the reader's own language stays
    assert '<html lang="en"' in after.content.decode()
    spanish = as_person("superintendent", "es").get(address, {"in": "en"})
    assert '<html lang="en"' in spanish.content.decode()


def test_reading_together_is_a_look(cast, as_person, ana):
    before = StudentLook.objects.count()
    as_person("superintendent").get(reverse("student_together", args=(ana.pk,)))
    look = StudentLook.objects.latest("id")
    assert StudentLook.objects.count() == before + 1
    assert (look.student_key, look.where) == (ana.pk, "page")


def test_not_theirs_and_not_there_are_the_same(cast, as_person, placed):
    mine = within(cast["counselor"])
    beyond = Student.objects.exclude(pk__in=mine.values("pk")).first()
    client = as_person("counselor")
    for code in (beyond.pk, "nobody-has-this"):
        address = reverse("student_together", args=(code,))
        assert client.get(address).status_code == 404


def test_who_is_told_when_something_is_wrong(cast, as_person, placed):
    served = within(cast["counselor"]).first()
    address = reverse("student_together", args=(served.pk,))
    text = main_of(as_person("counselor").get(address))
    assert f"Tell {cast['counselor'].name}" in text


def test_a_start_asks_for_what_an_earlier_version_left_out(db_district, cast):
    asked = {"renew_pathways", "renew_answers"}
    assert pathways_due()
    assert effects_due()
    after_start()
    assert asked <= set(_asked())
    DBTaskResult.objects.all().delete()
    renew()
    read_current_effects()
    assert not pathways_due()
    assert not effects_due()
    after_start()
    assert not asked & set(_asked())


def _asked() -> list[str]:
    paths = DBTaskResult.objects.values_list("task_path", flat=True)
    return [path.rpartition(".")[2] for path in paths]
