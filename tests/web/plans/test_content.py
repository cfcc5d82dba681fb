"""A plan is its content: what was put comes back, in bytes, whatever it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.plans.actions.putting import Put, put_content
from evenrise.workspace.plans.content import (
    content_bytes,
    digest_of,
    read_content,
)
from evenrise.workspace.plans.models import BudgetLine, Measure, Rung, RungVersion
from evenrise.workspace.plans.queries.content import content_of
from tests.web.plans.a_plan import make_plan, small_content


def test_bytes_come_back_and_have_one_form() -> None:
    content = small_content()
    told = content_bytes(content)
    assert read_content(told) == content
    assert content_bytes(read_content(told)) == told
    assert len(digest_of(told)) == 64
    assert content_bytes(replace(content, title_en="Ñandú\n")) != told


@pytest.mark.parametrize("told", [b"", b"[]", b"{}", b"\xff", b'{"format": 1}'])
def test_what_is_no_plan_is_refused(told: bytes) -> None:
    with pytest.raises(InputProblem):
        read_content(told)


def test_a_newer_plan_says_so() -> None:
    told = content_bytes(replace(small_content(), format=2))
    with pytest.raises(InputProblem, match="newer"):
        read_content(told)


def test_rungs_are_counted_as_people_name_them() -> None:
    numbers = small_content().numbers()
    assert numbers == {"p1": "1", "g1": "1", "s1": "1.1", "t1": "1.1.1", "t2": "1.1.2"}


def test_what_was_put_comes_back(cast) -> None:
    plan = make_plan(cast)
    plan.rungs.update(person=None)
    assert content_of(plan) == small_content()
    assert content_of(plan).as_promised().rung("t1").state == ""


def test_the_same_content_again_changes_nothing(cast) -> None:
    plan = make_plan(cast)
    put = put_content(cast["cabinet"], plan=plan, content=content_of(plan))
    assert put == Put(0, 0, 0)
    assert not RungVersion.objects.exists()


def test_rungs_are_added_changed_removed_and_come_back(cast) -> None:
    plan = make_plan(cast)
    whole = content_of(plan)
    shorter = replace(
        whole,
        rungs=(
            *(one for one in whole.rungs if one.key not in {"t1", "t2"}),
            replace(whole.rung("t1"), title_en="Call on the second day", state="begun"),
            replace(whole.rung("t1"), key="t3", place=2),
        ),
    )
    version = plan.version
    assert put_content(cast["cabinet"], plan=plan, content=shorter) == Put(1, 1, 1)
    assert plan.version == version + 1
    assert content_of(plan).rung("t2") is None
    assert content_of(plan).rung("t1").title_en == "Call on the second day"
    kept = RungVersion.objects.get(rung__key="t1").content
    assert kept["title_en"] == "Call on the third day"
    # The state of a step is said by somebody, also by a file.
    assert Rung.objects.get(key="t1").reports.get().by == cast["cabinet"]
    measure, line = Measure.objects.get().pk, BudgetLine.objects.get().pk
    put_content(cast["cabinet"], plan=plan, content=whole)
    assert content_of(plan) == whole
    assert (Measure.objects.get().pk, BudgetLine.objects.get().pk) == (measure, line)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("t1", {"person": "nobody@example.org"}),
        ("t1", {"department": "no-such"}),
        ("t1", {"depends": ("t9",)}),
        ("t1", {"serves": "elsewhere/g1"}),
        ("g1", {"parent": "p9"}),
    ],
)
def test_what_is_not_there_changes_nothing(cast, key: str, wrong: dict) -> None:
    plan = make_plan(cast)
    whole = content_of(plan)
    rungs = tuple(replace(r, **wrong) if r.key == key else r for r in whole.rungs)
    with pytest.raises(InputProblem, match=r"Call|Students attend"):
        put_content(cast["cabinet"], plan=plan, content=replace(whole, rungs=rungs))
    assert content_of(plan) == whole
