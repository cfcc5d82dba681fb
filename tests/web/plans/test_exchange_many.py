"""A file that changes many rows: written in sets, told how far it is, undone whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenrise.workspace.foundation.how_far import how_far, telling
from evenrise.workspace.plans.actions import bringing, file_work
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.content import (
    BudgetContent,
    LinkContent,
    MeasureContent,
    PlanContent,
    RungContent,
    content_bytes,
)
from evenrise.workspace.plans.models import Measure, Plan, PlanFile
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.queries.files import file_page, writing_of
from tests.web.plans.a_plan import make_plan


STEPS = 120


@pytest.fixture
def plan(cast, db_district) -> Plan:
    return make_plan(cast)


def step(place: int, above: str) -> RungContent:
    return RungContent(
        key=f"many-{place}",
        kind="step",
        parent=above,
        place=100 + place,
        title_en=f"Call family {place}",
        title_es=f"Llamar a la familia {place}",
        text_en="On the third day.",
        state="planned",
        links=(LinkContent(kind="finding", key=f"f{place}", headline_en="A gap"),),
        measures=(
            MeasureContent(key="m", place=0, title_en="Days", indicator="absence"),
        ),
        budget=(
            BudgetContent(key="b", source="base", school_year=2026, planned="10.00"),
        ),
    )


def changed(one: RungContent) -> RungContent:
    """The same step, all that can be said of it said otherwise."""
    return replace(
        one,
        title_en=f"{one.title_en}, soon",
        text_en="On the second day.",
        done_en="Everybody was reached.",
        begins_on="2026-01-12",
        state="begun",
        links=tuple(replace(link, headline_en="Another gap") for link in one.links),
        measures=tuple(replace(m, title_en="Days missed") for m in one.measures),
        budget=tuple(replace(line, planned="12.50") for line in one.budget),
    )


def many(cast, plan: Plan, steps: int) -> tuple[PlanContent, PlanFile]:
    """A plan with many steps, and a file that changes each; not taken in yet."""
    person, content = cast["superintendent"], content_of(plan)
    above = next(one.key for one in content.rungs if one.kind == "strategy")
    more = tuple(step(place, above) for place in range(steps))
    put_content(person, plan=plan, content=replace(content, rungs=content.rungs + more))
    before = content_of(plan)
    after = replace(
        before,
        rungs=tuple(
            changed(one) if one.key.startswith("many-") else one for one in before.rungs
        ),
    )
    one = PlanFile.objects.create(
        plan=plan,
        name="plan.csv",
        kind="csv",
        state=PlanFile.State.READY,
        before=content_bytes(before),
        after=content_bytes(after),
        version_before=plan.version,
        by=person,
    )
    return before, one


def test_many_changed_rows_are_taken_in_and_undone_whole(cast, plan) -> None:
    person = cast["superintendent"]
    before, one = many(cast, plan, STEPS)
    rows = set(Measure.objects.filter(rung__plan=plan).values_list("pk", flat=True))
    bringing.take_in(person, file=one)
    file_work.write_file(one.pk)
    one.refresh_from_db()
    assert one.state == PlanFile.State.DONE
    told = content_of(plan).rung("many-7")
    assert told is not None
    assert told == changed(before.rung("many-7"))
    one.plan.refresh_from_db()
    bringing.undo(person, file=one)
    assert content_of(plan) == before
    # A part of the same key stays the same row, so that what hangs on it stays.
    again = Measure.objects.filter(rung__plan=plan).values_list("pk", flat=True)
    assert set(again) == rows


def test_the_page_says_how_far_the_writing_is(cast, plan, as_person) -> None:
    _before, one = many(cast, plan, 2)
    url = f"/plans/{plan.slug}/files/{one.pk}?part=progress"
    bringing.take_in(cast["superintendent"], file=one)
    browser = as_person("superintendent")
    one.refresh_from_db()
    if one.state == PlanFile.State.WRITING:  # nobody has begun to write
        assert 'value="0"' in browser.get(url).content.decode()
    PlanFile.objects.filter(pk=one.pk).update(state=PlanFile.State.WRITING)
    with telling(writing_of(one.pk)) as tell:
        assert how_far(writing_of(one.pk)) == 0
        tell(0.4)
        assert 'value="40"' in browser.get(url).content.decode()
        tell(0.405)  # too little to write a file for
        one.refresh_from_db()
        assert file_page(one, "en").percent == 40
    assert how_far(writing_of(one.pk)) == 0
