"""A plan travels as a file: got, brought, looked at, taken in, undone."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.plans.actions import bringing, file_work
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.exchange import csv_file, docx_file, xlsx_file
from evenrise.workspace.plans.models import Plan, PlanFile
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.files import file_page
from tests.web.plans.a_plan import make_plan


KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])


@pytest.fixture
def plan(cast, db_district) -> Plan:
    return make_plan(cast)


def edited(content: PlanContent, kind: str) -> bytes:
    """The file of a plan after a person changed a step's title in it."""
    if kind != "docx":
        changed = retitled(content, "t1", "Call on the second day")
        return bytes(file_work.FILES[kind].write(changed))
    document = Document(io.BytesIO(docx_file.write(content)))
    for one in document.paragraphs:
        if one.text == "Call on the third day":
            one.runs[0].text = "Call on the second day"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def brought(person, plan: Plan, data: bytes, name: str = "plan.csv") -> PlanFile:
    """A file that was brought and read, as the worker does it."""
    one = bringing.bring(person, plan=plan, name=name, data=data)
    file_work.read_file(one.pk)
    one.refresh_from_db()
    return one


def taken_in(person, one: PlanFile) -> PlanFile:
    bringing.take_in(person, file=one)
    file_work.write_file(one.pk)
    one.refresh_from_db()
    one.plan.refresh_from_db()
    return one


def retitled(content: PlanContent, key: str, title: str) -> PlanContent:
    rungs = tuple(
        replace(one, title_en=title) if one.key == key else one for one in content.rungs
    )
    return replace(content, rungs=rungs)


@KINDS
def test_a_plan_that_was_got_and_brought_changes_nothing(
    as_person, cast, plan, kind
) -> None:
    answer = as_person("superintendent").get(f"/plans/{plan.slug}/files/get/{kind}")
    assert answer.status_code == 200
    one = brought(cast["superintendent"], plan, answer.content)
    assert one.kind == kind
    assert one.state == PlanFile.State.REFUSED
    assert "just what the plan says" in one.problems[0]["en"]


@KINDS
def test_a_change_is_looked_at_taken_in_and_undone(cast, plan, kind) -> None:
    person, before = cast["superintendent"], content_of(plan)
    data = edited(before, kind)
    one = brought(person, plan, data)
    assert one.state == PlanFile.State.READY
    assert content_of(plan) == before
    shown = file_page(one, "en").difference
    assert shown is not None
    assert [rung.title.text for rung in shown.rungs] == ["Call on the second day"]
    taken_in(person, one)
    assert one.state == PlanFile.State.DONE
    after = content_of(plan).rung("t1")
    assert after is not None
    assert after.title_en == "Call on the second day"
    assert after.en_at > after.es_at
    bringing.undo(person, file=one)
    assert content_of(plan) == before


def test_what_changed_meanwhile_is_not_overwritten(cast, plan) -> None:
    person = cast["superintendent"]
    first = brought(
        person, plan, csv_file.write(retitled(content_of(plan), "t1", "One"))
    )
    second = brought(
        person, plan, csv_file.write(retitled(content_of(plan), "t1", "Two"))
    )
    taken_in(person, first)
    second.refresh_from_db()
    with pytest.raises(InputProblem, match="changed after"):
        bringing.take_in(person, file=second)
    third = brought(
        person, plan, csv_file.write(retitled(content_of(plan), "t1", "Three"))
    )
    taken_in(person, third)
    first.refresh_from_db()
    with pytest.raises(InputProblem, match="changed after this file"):
        bringing.undo(person, file=first)


def test_names_that_nobody_has_are_left_out_and_told(cast, plan) -> None:
    content = content_of(plan)
    rungs = tuple(
        replace(one, person="nobody@nowhere.example", title_en="Changed")
        if one.key == "t1"
        else one
        for one in content.rungs
    )
    one = brought(
        cast["superintendent"], plan, xlsx_file.write(replace(content, rungs=rungs))
    )
    assert one.state == PlanFile.State.READY
    assert any("nobody@nowhere.example" in told["en"] for told in one.problems)
    taken_in(cast["superintendent"], one)
    assert one.state == PlanFile.State.DONE


def test_rubbish_is_refused_in_one_sentence(cast, plan) -> None:
    for data in (b"\x00\x01", b"PK\x03\x04rubbish", b"a,b\n1,2\n", b"key,kind\n"):
        one = brought(cast["superintendent"], plan, data)
        assert one.state == PlanFile.State.REFUSED
        assert one.payload is None
        assert len(one.problems) == 1
        assert one.problems[0]["es"]
    with pytest.raises(InputProblem, match="empty"):
        bringing.bring(cast["superintendent"], plan=plan, name="x", data=b"")


def test_only_who_writes_the_plan_brings_files(as_person, cast, plan) -> None:
    with pytest.raises(NotYours):
        bringing.bring(cast["board"], plan=plan, name="x.csv", data=b"x")
    one = brought(cast["superintendent"], plan, csv_file.write(content_of(plan)))
    address = f"/plans/{plan.slug}/files/{one.pk}"
    assert as_person("superintendent").get(address).status_code == 200
    for role in ("principal", "board", "teacher"):
        assert as_person(role).get(address).status_code == 404
        assert as_person(role).post(f"{address}/take-in").status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_lead_through(as_person, cast, plan, language) -> None:
    client = as_person("superintendent", language)
    data = csv_file.write(retitled(content_of(plan), "t1", "Call sooner"))
    sent = SimpleUploadedFile("my plan.csv", data)
    answer = client.post(f"/plans/{plan.slug}/files/bring", {"file": sent})
    assert answer.status_code == 302
    one = PlanFile.objects.get(plan=plan)
    assert one.name == "my plan.csv"
    reading = client.get(answer["Location"])
    assert b"<progress" in reading.content
    file_work.read_file(one.pk)
    ready = client.get(answer["Location"])
    assert "sooner" in ready.content.decode()
    assert ready.content.count(b'class="button"') == 1
    client.post(f"/plans/{plan.slug}/files/{one.pk}/take-in")
    file_work.write_file(one.pk)
    undo = client.get(answer["Location"]).content.decode()
    assert f"/plans/{plan.slug}/files/{one.pk}/undo" in undo
    empty = client.post(f"/plans/{plan.slug}/files/bring", {})
    assert empty.status_code == 422


def test_a_file_that_is_left_is_not_read(cast, plan) -> None:
    person = cast["superintendent"]
    one = bringing.bring(
        person, plan=plan, name="x.csv", data=csv_file.write(content_of(plan))
    )
    bringing.leave(person, file=one)
    file_work.read_file(one.pk)
    one.refresh_from_db()
    assert one.state == PlanFile.State.LEFT
    assert one.payload is None


def test_words_of_one_language_make_the_other_older() -> None:
    before = PlanContent(
        slug="x",
        kind="district",
        begins_year=2026,
        ends_year=2026,
        rungs=(RungContent(key="g", kind="goal", title_en="A", title_es="Á"),),
    )
    now = timezone.now()
    found = file_work.stamped(before, retitled(before, "g", "B"), now).rungs[0]
    assert found.en_at
    assert not found.es_at
    assert docx_file.read(docx_file.write(before), before)[0] == before
