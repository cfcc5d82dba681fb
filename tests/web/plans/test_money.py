"""A plan's money: planned and spent, brought and undone, and beside need."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evenrise.publishing.page_store import PageStore
from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.resources import resource_years, school_resources
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.plans.actions.bringing_spending import (
    bring_spending,
    undo_spending,
)
from evenrise.workspace.plans.actions.money import (
    LineWritten,
    SpentWritten,
    add_line,
    change_line,
    remove_line,
    spend,
    take_spending_back,
)
from evenrise.workspace.plans.dollars import dollars, read_dollars
from evenrise.workspace.plans.models import BudgetLine, Rung, Spending
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.money import money_page
from evenrise.workspace.plans.queries.money_need import need_page
from tests.web.plans.a_plan import make_plan, small_content


_DAY = dt.date(2026, 3, 31)


@pytest.fixture
def plan(cast):
    return make_plan(cast)


@pytest.fixture
def line(plan):
    return BudgetLine.objects.get(rung__plan=plan)


@pytest.fixture
def boss(cast):
    return cast["superintendent"]


def _spent(amount: str, until: dt.date = _DAY) -> SpentWritten:
    return SpentWritten(amount=Decimal(amount), until=until)


def _written(**changed) -> LineWritten:
    told = {"source": "title_1", "school_id": "", "school_year": 2027}
    return LineWritten(**(told | {"planned": Decimal("500.00")} | changed))


# -- amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("48000", "48000.00"),
        (" $1,234.5 ", "1234.50"),
        ("-20", "-20.00"),
        ("−$20.00", "-20.00"),
        ("0", "0.00"),
    ],
)
def test_an_amount_as_people_type_it(text: str, amount: str) -> None:
    assert read_dollars(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1.234,50",
        "1,23",
        "12,34",
        "1.005",
        "1e9",
        "--1",
        "1.2.3",
        "NaN",
        *("9" * 13, "٣", "1,", "$"),
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert read_dollars(text) is None


def test_dollars_as_a_page_says_them() -> None:
    assert dollars(Decimal("48000.00"), "en") == "$48,000"
    assert dollars(Decimal("-1234.5"), "es") == "−$1,234.50"


# -- the verbs


def test_a_line_is_planned_changed_removed_and_back(plan, boss) -> None:
    version = plan.version
    made = add_line(boss, plan=plan, key="t1", written=_written())
    assert made.key == "b1"
    assert plan.version == version + 1
    assert made.rung.versions.exists()
    change_line(
        boss,
        plan=plan,
        line=made.pk,
        written=_written(planned=Decimal("700.00")),
        seen=made.planned,
    )
    assert content_of(plan).rung("t1").budget[0].planned == "700.00"
    with pytest.raises(Overtaken):
        change_line(
            boss, plan=plan, line=made.pk, written=_written(), seen=Decimal("500.00")
        )
    remove_line(boss, plan=plan, line=made.pk)
    assert content_of(plan).rung("t1").budget == ()
    remove_line(boss, plan=plan, line=made.pk, gone=False)
    assert content_of(plan).rung("t1").budget[0].planned == "700.00"
    # A key is never given twice, also not that of a removed line.
    remove_line(boss, plan=plan, line=made.pk)
    assert add_line(boss, plan=plan, key="t1", written=_written()).key == "b2"


def test_planned_against_spent(plan, boss, line, cast) -> None:
    spend(boss, plan=plan, line=line.pk, written=_spent("12000.50"))
    later = _spent("50000", dt.date(2026, 4, 30))
    more = spend(boss, plan=plan, line=line.pk, written=later)
    page = money_page(cast["board"], plan, "en")
    assert page.answer == "$48,000 are planned; $62,000.50 were spent."
    assert page.total.over
    assert page.until == "April 30, 2026"
    assert not page.writes
    take_spending_back(boss, plan=plan, spending=more.pk)
    assert money_page(boss, plan, "en").total.left == "$35,999.50"
    with pytest.raises(Overtaken):
        take_spending_back(boss, plan=plan, spending=more.pk)
    take_spending_back(boss, plan=plan, spending=more.pk, gone=False)
    assert money_page(boss, plan, "en").total.over


def test_money_is_summed_by_source_year_and_school(plan, boss, cast) -> None:
    school = cast["principal"].grants_today[0].school
    add_line(boss, plan=plan, key="t1", written=_written(school_id=school.pk))
    page = money_page(boss, plan, "en")
    by = {
        title: {one.label: one.planned for one in rows}
        for title, _head, rows in page.by
    }
    assert by["By funding source"] == {
        "LCFF supplemental and concentration": "$48,000",
        "Title I": "$500",
    }
    assert by["By school year"] == {"2025-26": "$48,000", "2026-27": "$500"}
    assert by["By school"] == {"The whole district": "$48,000", school.name: "$500"}


def test_what_is_below_a_removed_rung_does_not_count(plan, boss) -> None:
    Rung.objects.filter(plan=plan, key="s1").update(removed_at="2026-01-01T00:00Z")
    assert money_page(boss, plan, "en").rungs == ()


def test_money_is_for_whoever_writes_the_plan(plan, cast, line) -> None:
    for role in ("principal", "board", "reviewer", "teacher", "steward"):
        person = cast[role]
        with pytest.raises(NotYours):
            add_line(person, plan=plan, key="t1", written=_written())
        with pytest.raises(NotYours):
            spend(person, plan=plan, line=line.pk, written=_spent("1"))
        with pytest.raises(NotYours):
            bring_spending(person, plan=plan, text="", write=True)


def test_a_schools_plan_plans_for_its_own_school(plan, cast) -> None:
    plan.kind = "school"
    plan.school = cast["principal"].grants_today[0].school
    plan.save()
    other = cast["other_principal"].grants_today[0].school_id
    with pytest.raises(NotYours):
        add_line(
            cast["principal"], plan=plan, key="t1", written=_written(school_id=other)
        )
    assert add_line(cast["principal"], plan=plan, key="t1", written=_written())


def test_a_line_of_another_plan_is_not_there(plan, boss, cast) -> None:
    other = make_plan(cast, replace(small_content(), slug="another"))
    theirs = BudgetLine.objects.get(rung__plan=other)
    with pytest.raises(NotYours):
        spend(boss, plan=plan, line=theirs.pk, written=_spent("1"))
    with pytest.raises(NotYours):
        remove_line(boss, plan=plan, line=theirs.pk)


# -- a file


def _file(*rows: str) -> str:
    return "\n".join(("rung,budget,amount,until,note", *rows))


def test_a_file_is_tried_booked_and_undone(plan, boss) -> None:
    text = _file('t2,b1,"$1,200.00",2026-03-31,"=July"', "t2,b1,,,")
    tried = bring_spending(boss, plan=plan, text=text, write=False)
    assert (len(tried.rows), tried.problems, tried.batch) == (1, (), "")
    assert not Spending.objects.exists()
    booked = bring_spending(boss, plan=plan, text=text, write=True)
    assert Spending.objects.get().note == "=July"
    # Brought again it is refused.
    again = bring_spending(boss, plan=plan, text=text, write=True)
    assert [(one.line, one.column) for one in again.problems] == [(2, "amount")]
    assert undo_spending(boss, plan=plan, batch=booked.batch) == 1
    assert money_page(boss, plan, "en").total.spent == "$0"
    with pytest.raises(NotYours):
        undo_spending(boss, plan=plan, batch=booked.batch)
    with pytest.raises(NotYours):
        undo_spending(boss, plan=plan, batch="")


def test_one_wrong_row_books_nothing(plan, boss) -> None:
    text = _file(
        "t2,b1,10,2026-03-31,",
        "t2,b9,10,2026-03-31,",
        "t2,b1,ten,2026-03-31,",
        "t2,b1,10,31.3.2026,",
        "t2,b1,10,2999-01-01,",
        "t2,b1,0,2026-03-31,",
    )
    tried = bring_spending(boss, plan=plan, text=text, write=True)
    assert [(one.line, one.column) for one in tried.problems] == [
        (3, "budget"),
        (4, "amount"),
        (5, "until"),
        (6, "until"),
        (7, "amount"),
    ]
    assert not Spending.objects.exists()


@pytest.mark.parametrize("text", ["", "\x00", "a,b\n1,2", '"', "rung,budget\nt2,b1"])
def test_what_is_no_such_file_is_said(plan, boss, text: str) -> None:
    with pytest.raises(InputProblem):
        bring_spending(boss, plan=plan, text=text, write=True)


# -- beside need


def test_the_records_tell_dollars_and_adults_by_school(db_district) -> None:
    snapshot = SnapshotStore(db_district.home.store).current()
    years = resource_years(snapshot)
    found = school_resources(
        snapshot, school_year=years[-1], as_of=dt.date(2026, 5, 15)
    )
    with (db_district.records / "spending.csv").open() as file:
        rows = [
            one for one in csv.DictReader(file) if int(one["school_year"]) == years[-1]
        ]
    schools = {one["school_id"] for one in rows}
    assert set(found.dollars) == schools
    for school in schools:
        amounts = [float(one["amount"]) for one in rows if one["school_id"] == school]
        assert sum(found.dollars[school].values()) == pytest.approx(sum(amounts))
    assert all(found.adults[s] >= found.teachers[s] > 0 for s in schools)


def test_schools_stand_by_name_with_what_they_have(plan, boss, cast) -> None:
    school = cast["principal"].grants_today[0].school
    add_line(boss, plan=plan, key="t1", written=_written(school_id=school.pk))
    page = need_page(plan, "low_income:low_income", "base", "en")
    assert [row.name for row in page.rows] == sorted(row.name for row in page.rows)
    row = next(row for row in page.rows if row.name == school.name)
    assert row.planned == "$500"
    assert row.dollars.startswith("$")
    assert row.teachers != "–"
    everything = need_page(plan, "low_income:low_income", "all", "es")
    more = next(row for row in everything.rows if row.name == school.name)
    assert int(more.dollars[1:].replace(",", "")) > int(
        row.dollars[1:].replace(",", "")
    )
    # A small district: a table, and no sentence about need.
    assert "ocho escuelas" in everything.answer or "eight" in everything.answer


def test_a_hidden_school_tells_nothing_by_the_way(plan, monkeypatch) -> None:
    """Where students are hidden, no figure for a student gives them away."""
    shown = PageStore.schools
    monkeypatch.setattr(
        PageStore,
        "schools",
        lambda self: tuple(
            replace(one, students=None) if n == 0 else one
            for n, one in enumerate(shown(self))
        ),
    )
    row = need_page(plan, "", "", "en").rows[0]
    assert row.students == "hidden"
    assert (row.dollars, row.teachers, row.adults, row.planned_each) == ("–",) * 4


# -- in the browser


def test_planning_and_booking_in_the_browser(as_person, plan) -> None:
    client = as_person("superintendent")
    new = reverse("budget_new", args=[plan.slug, "t1"])
    assert client.get(new).status_code == 200
    wrong = {"source": "base", "school_year": 2027, "planned": "-5", "school": ""}
    assert client.post(new, wrong).status_code == 422
    answer = client.post(new, wrong | {"planned": "5,000"}, follow=True)
    assert "$5,000" in answer.content.decode()
    line = BudgetLine.objects.get(rung__key="t1")
    change = reverse("budget_change", args=[plan.slug, line.pk])
    page = client.get(change).content.decode()
    assert 'value="5000.00"' in page
    told = wrong | {"planned": "6000", "seen": "5000.00"}
    assert "$6,000" in client.post(change, told, follow=True).content.decode()
    answer = client.post(change, told, follow=True)  # seen is old by now
    assert "Nothing of theirs was overwritten" in answer.content.decode()
    spending = reverse("spending_new", args=[plan.slug, line.pk])
    booked = {"amount": "1500", "until": "2026-03-31", "note": "Summer"}
    answer = client.post(spending, booked, follow=True).content.decode()
    assert "$1,500 of $6,000 were spent." in answer
    assert client.post(spending, booked | {"until": "2999-01-01"}).status_code == 422
    back = reverse("spending_back", args=[plan.slug, Spending.objects.get().pk])
    assert "$0 of $6,000" in client.post(back, follow=True).content.decode()
    remove = reverse("budget_remove", args=[plan.slug, line.pk])
    answer = client.post(remove, follow=True).content.decode()
    restore = reverse("budget_restore", args=[plan.slug, line.pk])
    assert restore in answer
    assert "$6,000" in client.post(restore, follow=True).content.decode()


def test_the_file_goes_out_and_comes_back(as_person, plan) -> None:
    client = as_person("cabinet", "es")
    lines = reverse("money_lines", args=[plan.slug])
    rows = list(csv.reader(io.StringIO(client.get(lines).content.decode("utf-8-sig"))))
    assert rows[1][:2] == ["t2", "b1"]
    rows[1][9:11] = ["100", "2026-03-31"]
    told = io.StringIO()
    csv.writer(told).writerows(rows)
    bring = reverse("spending_bring", args=[plan.slug])
    file = SimpleUploadedFile("b.csv", told.getvalue().encode(), "text/csv")
    answer = client.post(bring, {"file": file})
    assert answer.status_code == 200
    assert not Spending.objects.exists()
    answer = client.post(bring, {"text": told.getvalue(), "add": "yes"}, follow=True)
    undo = reverse("spending_undo", args=[plan.slug, Spending.objects.get().batch])
    assert undo in answer.content.decode()
    client.post(undo)
    assert Spending.objects.get().taken_back_at
    assert client.post(bring, {}).status_code == 422
    wrong = SimpleUploadedFile("b.csv", b"\xff\xfe\x00", "text/csv")
    assert client.post(bring, {"file": wrong}).status_code == 422


def test_readers_read_and_do_not_write(as_person, plan, line) -> None:
    board = as_person("board")
    page = board.get(reverse("plan_money", args=[plan.slug]))
    assert page.status_code == 200
    assert reverse("spending_new", args=[plan.slug, line.pk]) not in (
        page.content.decode()
    )
    assert board.get(reverse("money_need", args=[plan.slug])).status_code == 200
    principal = as_person("principal")
    for name, args in (
        ("budget_new", [plan.slug, "t1"]),
        ("budget_change", [plan.slug, line.pk]),
        ("spending_new", [plan.slug, line.pk]),
        ("spending_bring", [plan.slug]),
    ):
        assert principal.get(reverse(name, args=args)).status_code == 404
