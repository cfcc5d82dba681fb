"""A public plan as documents: both languages, PDF/UA-1, slides, tables of the state."""

from __future__ import annotations

import io
from dataclasses import replace

import page
import pypdf
import pytest
from django.test import Client
from openpyxl import load_workbook
from pptx import Presentation

from evenrise.publishing.page_store.reading import PageStore
from evenrise.publishing.plans.documents import report, summary
from evenrise.publishing.plans.model import PlanStory, RungStory, Words
from evenrise.publishing.plans.slides import board_slides
from evenrise.publishing.plans.workbook import tables_workbook
from evenrise.workspace.plans.models import Edition
from evenrise.workspace.reports.plan_public import PublicPlan, public_plan
from evenrise.workspace.reports.plan_story import plan_story
from evenrise.workspace.reports.plan_tables import state_tables
from tests.web.conftest import AS_OF
from tests.web.reports.test_public_plans import (  # noqa: F401 - fixtures
    heard,
    plan,
    told,
)


each_language = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
def public(heard, db_district) -> tuple[PublicPlan, PageStore]:  # noqa: F811
    edition = Edition.objects.select_related("plan").get(pk=heard.pk)
    return public_plan(edition, AS_OF, db_district.pages), db_district.pages


def text_of(pdf: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return " ".join(one.extract_text() for one in reader.pages).replace("\n", " ")


@each_language
def test_the_report_and_the_page_conform(public, language, tmp_path) -> None:
    story = plan_story(*public, language)
    for name, make in (("report", report), ("summary", summary)):
        pdf = make(story)
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        told_by = page.validate_pdf(path, profile="ua1")
        assert [(one.rule_id, one.message) for one in told_by.failures] == []
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        assert reader.trailer["/Root"]["/Lang"] == f"{language}-US"
        words = {
            "en": "Excellence for all, together",
            "es": "Excelencia para todos, en común",
        }
        assert words[language] in text_of(pdf)
    assert len(pypdf.PdfReader(tmp_path / "summary.pdf").pages) == 1


@each_language
def test_the_report_tells_measures_steps_and_money(public, language) -> None:
    story = plan_story(*public, language)
    told_there = text_of(report(story))
    goal = story.goals[0]
    assert goal.measures[0].label in told_there
    assert "$48,000" in told_there
    assert story.summary[0] in told_there
    made = public[0]
    assert story.summary[0].startswith(f"{made.done} ")


def test_a_page_stays_one_page_with_many_goals(public) -> None:
    story = plan_story(*public, "en")
    long = Words("A goal with many words " * 12, "en")
    goal = replace(story.goals[0], title=long)
    many = replace(story, rungs=(goal,) * 30)
    assert len(pypdf.PdfReader(io.BytesIO(summary(many))).pages) == 1


def test_a_plan_that_says_nothing_still_makes_documents() -> None:
    story = PlanStory(
        language="es",
        title="Plan =1+1 👩🏽‍🏫 #[x]",
        kind="Plan",
        place="Distrito",
        years="2026-27",
        edition="Edición 1",
        day=AS_OF,
        made="Hecho.",
        summary=("Nada todavía.",),
        rungs=(
            RungStory(
                kind="goal", name="Meta 1", title=Words("*A* $x$", "en"), level=2
            ),
        ),
    )
    assert len(pypdf.PdfReader(io.BytesIO(report(story))).pages) >= 1
    assert len(pypdf.PdfReader(io.BytesIO(summary(story))).pages) == 1
    assert len(Presentation(io.BytesIO(board_slides(story))).slides) == 3


@each_language
def test_slides_have_titles_languages_and_notes(public, language) -> None:
    story = plan_story(*public, language)
    deck = Presentation(io.BytesIO(board_slides(story)))
    assert deck.core_properties.language == f"{language}-US"
    titles = [one.shapes.title.text for one in deck.slides]
    assert all(titles)
    assert titles[0] == story.title
    assert all(one.has_notes_slide for one in deck.slides)


@each_language
def test_the_tables_of_the_lcap(public, language) -> None:
    story = plan_story(*public, language)
    book = load_workbook(io.BytesIO(tables_workbook(story)))
    assert len(book.sheetnames) == 4
    actions = book[book.sheetnames[2]]
    rows = list(actions.iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in rows] == ["1.1.1", "1.1.2"]
    assert 48_000 in [row[3] for row in rows]
    metrics = {x.name: x for x in story.tables}[story.tables[1].name]
    assert metrics.rows
    assert len(metrics.heads) == 7
    assert {len(row) for row in metrics.rows} == {7}


def test_a_school_plan_has_the_tables_of_the_spsa(public) -> None:
    made, pages = public
    school = replace(made, content=replace(made.content, kind="school"))
    tables = state_tables(school, pages, "en")
    assert [one.name for one in tables] == [
        "SPSA goals",
        "SPSA outcomes",
        "SPSA strategies",
        "SPSA budget",
    ]
    assert tables[3].rows[-1] == ("Total", "$48,000.00")
    assert "Foster youth" in tables[0].rows[0][2]


@each_language
def test_everybody_takes_the_documents_of_a_public_plan(told, language) -> None:  # noqa: F811
    slug = told.plan_edition.plan.slug
    client = Client()
    for name, begins in (
        ("report.pdf", b"%PDF"),
        ("summary.pdf", b"%PDF"),
        ("slides.pptx", b"PK"),
        ("tables.xlsx", b"PK"),
    ):
        answer = client.get(f"/{language}/plans/{slug}/documents/{name}")
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
    base = f"/{language}/plans/{slug}"
    assert f"{base}/documents/report.pdf" in client.get(f"{base}/").content.decode()
    assert client.get(f"{base}/documents/secret.pdf").status_code == 404


def test_a_plan_that_is_not_public_has_no_documents(heard, released) -> None:  # noqa: F811
    slug = heard.plan.slug
    assert Client().get(f"/en/plans/{slug}/documents/report.pdf").status_code == 404
