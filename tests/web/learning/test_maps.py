"""Maps of practice: begun, written, used, brought and got."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.actions import components, maps as verbs
from evenrise.workspace.learning.exchange import csv_file, docx_file
from evenrise.workspace.learning.map_content import (
    ComponentContent,
    MapContent,
    Pair,
    examples,
)
from evenrise.workspace.learning.models import ICMap, MapState
from evenrise.workspace.learning.queries.map_content import content_of
from tests.web.learning.a_map import make_map


pytestmark = pytest.mark.django_db
GREETING = ComponentContent(
    Pair("Greeting", "El saludo"),
    Pair(),
    (Pair("All", "Todo"), Pair("Some", "Algo"), Pair("Few", "Poco")),
)


@pytest.fixture
def lead(db_district, cast):
    return cast["superintendent"]


@pytest.mark.parametrize("key", list(examples()))
def test_an_example_is_whole_in_both_languages_and_can_be_used(lead, key):
    made = verbs.begin_map(lead, said=MapContent(Pair()), begin=f"example:{key}")
    content = content_of(made)
    assert made.example
    assert all(one.name.en and one.name.es for one in content.components)
    assert all(
        level.en and level.es for one in content.components for level in one.levels
    )
    assert verbs.set_state(lead, slug=made.slug, state=MapState.USED).state == "used"


def test_a_map_without_all_its_levels_is_not_used(lead):
    said = MapContent(Pair("Knowing students"), levels=3)
    made = verbs.begin_map(lead, said=said)
    with pytest.raises(InputProblem, match="at least one component"):
        verbs.set_state(lead, slug=made.slug, state=MapState.USED)
    gap = ComponentContent(Pair("Greeting"), Pair(), (Pair("All"), Pair(), Pair("Few")))
    components.add_component(lead, slug=made.slug, said=gap, seen=made.version)
    with pytest.raises(InputProblem, match="every level of “Greeting”"):
        verbs.set_state(lead, slug=made.slug, state=MapState.USED)


def test_who_was_overtaken_overwrites_nothing(lead):
    made = verbs.begin_map(lead, said=MapContent(Pair("Knowing students"), levels=3))
    components.add_component(lead, slug=made.slug, said=GREETING, seen=made.version)
    with pytest.raises(Overtaken):
        components.add_component(lead, slug=made.slug, said=GREETING, seen=made.version)
    assert made.components.count() == 1


def test_components_move_leave_and_come_back(lead, as_person, cast):
    one = make_map(cast)
    browser = as_person("superintendent")
    keys = [each.key for each in content_of(one).components]
    browser.post(reverse("ic_component_move", args=[one.slug, keys[1]]), {"up": "yes"})
    assert [each.key for each in content_of(one).components][:2] == [keys[1], keys[0]]
    removed = browser.post(reverse("ic_component_remove", args=[one.slug, keys[0]]))
    page = browser.get(removed["Location"]).content.decode()
    assert "Undo" in page
    assert keys[0] not in [each.key for each in content_of(one).components]
    browser.post(
        reverse("ic_component_remove", args=[one.slug, keys[0]]), {"again": "yes"}
    )
    assert [each.key for each in content_of(one).components][1] == keys[0]


def test_a_principal_writes_their_own_map_and_not_the_districts(cast, as_person, lead):
    theirs = make_map(cast)
    principal = cast["principal"]
    with pytest.raises(NotYours):
        verbs.set_state(principal, slug=theirs.slug, state=MapState.RETIRED)
    url = reverse("ic_map_change", args=[theirs.slug])
    assert as_person("principal").get(url).status_code == 404
    own = verbs.begin_map(principal, said=MapContent(Pair("Ours")))
    mine = reverse("ic_map", args=[own.slug])
    assert as_person("principal").get(mine).status_code == 200
    assert as_person("other_principal").get(mine).status_code == 404
    assert as_person("teacher").get(mine).status_code == 404
    with pytest.raises(NotYours):
        verbs.begin_map(cast["teacher"], said=MapContent(Pair("Mine")))


@pytest.mark.parametrize("kind", [csv_file, docx_file])
@pytest.mark.parametrize("key", list(examples()))
def test_a_map_goes_out_and_comes_back_the_same(kind, key):
    told = examples()[key]
    back = kind.read(kind.write(told)).content
    assert back is not None
    assert (back.title, back.role, back.text) == (told.title, told.role, told.text)
    assert [(one.name, one.outcome, one.levels) for one in back.components] == [
        (one.name, one.outcome, one.levels) for one in told.components
    ]


def test_a_cell_cannot_run_as_a_formula():
    told = MapContent(Pair("=1+1"), levels=3, components=(GREETING,))
    written = csv_file.write(told)
    assert b"'=1+1" in written
    assert csv_file.read(written).content.title == Pair("=1+1")


def test_a_table_with_levels_side_by_side_is_read_in_its_language():

    document = Document()
    document.add_heading("Conocer a cada estudiante", level=1)
    table = document.add_table(rows=2, cols=5)
    rows = (
        ("Componente", "Resultado deseado", "Nivel 1 (ideal)", "Nivel 2", "Nivel 3"),
        ("El saludo", "Se saluda", "A cada quien", "Al grupo", "Todavía no"),
    )
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    out = io.BytesIO()
    document.save(out)
    found = docx_file.read(out.getvalue())
    assert found.problems == ()
    assert found.content.levels == 3
    assert found.content.components[0].name == Pair("", "El saludo")
    assert found.content.components[0].levels[2] == Pair("", "Todavía no")


def test_what_is_wrong_with_a_file_names_its_row_and_nothing_comes_in(lead, as_person):
    wrong = "Component;Level 1;Level 2;Level 3\nGreeting;All;;Few\n;All;Some;Few\n"
    found = csv_file.read(wrong.encode())
    assert [one.where.en for one in found.problems] == ["Row 2", "Row 3"]
    sent = {"file": SimpleUploadedFile("map.csv", wrong.encode())}
    page = as_person("superintendent").post(reverse("ic_map_bring"), sent)
    assert page.status_code == 422
    assert "Row 2" in page.content.decode()
    assert not ICMap.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 damaged", b"\x00\x01\x02", b"one,two\n1,2\n"]
)
def test_a_file_that_is_no_map_is_refused_with_a_sentence(lead, as_person, data):
    sent = {"file": SimpleUploadedFile("map.csv", data), "title": "A map"}
    page = as_person("superintendent").post(reverse("ic_map_bring"), sent)
    assert page.status_code == 422
    assert not ICMap.objects.exists()


def test_a_file_makes_a_map_in_work_and_comes_back_into_it(lead, as_person):
    browser = as_person("superintendent")
    text = "Component,Level 1,Level 2,Level 3\nGreeting,All,Some,Few\n"
    sent = {"file": SimpleUploadedFile("m.csv", text.encode()), "title": "Ours"}
    assert browser.post(reverse("ic_map_bring"), sent).status_code == 302
    made = ICMap.objects.get()
    assert (made.title_en, made.state) == ("Ours", "draft")
    got = browser.get(reverse("ic_map_file", args=[made.slug, "csv"])).content
    changed = got.replace(b"Some", b"Most days")
    sent = {"file": SimpleUploadedFile("m.csv", changed)}
    url = reverse("ic_map_bring_back", args=[made.slug])
    assert browser.post(url, sent).status_code == 302
    assert made.components.count() == 1
    assert content_of(made).components[0].levels[1].en == "Most days"


def test_a_students_name_in_a_file_is_refused(lead, as_person):
    from evenrise.workspace.people.models import Student

    student = Student.objects.filter(current=True).first()
    family, _comma, given = student.sort_name.partition(", ")
    text = f"Component,Level 1,Level 2,Level 3\n{given} {family},All,Some,Few\n"
    sent = {"file": SimpleUploadedFile("m.csv", text.encode()), "title": "Ours"}
    page = as_person("superintendent").post(reverse("ic_map_bring"), sent)
    assert page.status_code == 422
    assert not ICMap.objects.exists()
