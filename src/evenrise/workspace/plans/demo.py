"""Fills an invented district's room of plans by the verbs that people use.

A reviewer from outside recommends, the superintendent answers, a plan is begun with
the starting plan, stands on findings and recommendations, promises measures, is
heard, adopted, worked on, and heard again for an amendment. A school's plan stands
below it. Never called where records are real.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.workspace.insights.actions.recommendations import (
    Asked,
    answer,
    recommend,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.adopting import (
    adopt,
    close_hearing,
    open_hearing,
)
from evenrise.workspace.plans.actions.answering_comments import (
    Answered,
    tell_what_was_done,
)
from evenrise.workspace.plans.actions.commenting import CommentWritten, enter_comment
from evenrise.workspace.plans.actions.linking import stand_on
from evenrise.workspace.plans.actions.making_editions import (
    Hearing,
    Vote,
    Why,
    promised_bytes,
)
from evenrise.workspace.plans.actions.plans import Begun, PlanSaid, begin_plan
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.actions.reporting import report_step
from evenrise.workspace.plans.content import (
    BudgetContent,
    GroupPromise,
    MeasureContent,
    PlanContent,
    RungContent,
    digest_of,
)
from evenrise.workspace.plans.models import Comment, Edition, Plan
from evenrise.workspace.plans.queries.content import content_of


People = Mapping[str, Person]

# Who answers for which steps; all other steps have a department alone.
OWNERS = {
    "t3": "cabinet",
    "t7": "counselor",
    "t8": "cabinet",
    "t9": "principal",
    "t11": "principal",
    "t15": "cabinet",
    "t20": "principal",
    "t25": "superintendent",
}
WAITS = {"t2": ("t1",), "t16": ("t15",), "t26": ("t25",)}
# How far the steps are; by whom it is said, and with which words.
SAID = (
    *((key, "done", "principal") for key in ("t9", "t11", "t20")),
    *((f"t{n}", "done", "cabinet") for n in (1, 2, 3, 4, 5, 8, 12, 14, 15, 18, 21)),
    *((f"t{n}", "done", "superintendent") for n in (25, 28, 29)),
    ("t7", "begun", "counselor"),
    *((f"t{n}", "begun", "cabinet") for n in (6, 10, 13, 16, 22, 23, 26)),
    ("t24", "stopped", "cabinet"),
)
WHY_STOPPED = "The partner withdrew; we look for another one."
# Which strategy stands on findings of an indicator.
ANSWERS_TO = {
    "chronic_absence": "s5",
    "attendance_rate": "s5",
    "suspension": "s7",
    "met_standard_ela": "s9",
    "met_standard_math": "s10",
    "advanced_courses": "s11",
    "a_g_completion": "s11",
    "ninth_grade_on_track": "s14",
    "d_f_rate": "s14",
}
MONEY = (
    ("t3", "title_2", 180_000),
    ("t7", "supplemental", 96_000),
    ("t8", "title_1", 64_000),
    ("t10", "supplemental", 42_000),
    ("t13", "base", 310_000),
    ("t15", "supplemental", 540_000),
    ("t21", "title_3", 58_000),
    ("t23", "supplemental", 75_000),
)


def place_plan(pages: PageStore, on: dt.date, people: People) -> tuple[Edition, ...]:
    """Make the plans of an invented district.

    Args:
        pages: what people at work see of its records.
        on: the day of the demo; the plan began a school year before.
        people: the cast, by role.

    Returns:
        The adopted edition, and the amendment that is heard now; empty where a plan
        is there already.
    """
    if Plan.objects.exists():
        return ()
    lead = people["superintendent"]
    asked = _recommendations(pages, people)
    first = SchoolYear.of(on).spring - 1
    plan = begin_plan(
        people["cabinet"],
        said=PlanSaid(title_en="", title_es="", begins_year=first, ends_year=first + 2),
        school_id=None,
        begun=Begun("starting", "excellence_through_equity"),
    )
    put_content(lead, plan=plan, content=_filled(content_of(plan), pages, people))
    _evidence(plan, pages, people, asked)
    adopted = _adopted(plan, people, first)
    for key, state, who in SAID:
        note = WHY_STOPPED if state == "stopped" else ""
        report_step(people[who], plan=plan.slug, key=key, state=state, note=note)
    _school_plan(plan, people)
    return adopted, _amended(plan, people)


@cache
def _words() -> dict[str, Any]:
    """What these people say."""
    path = Path(__file__).with_name("demo_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _recommendations(pages: PageStore, people: People) -> tuple[int, ...]:
    """What the reviewer asks, each with the answer of the superintendent."""
    found = [one.key for one in pages.main()]
    made = []
    for place, said in enumerate(_words()["recommended"]):
        one = recommend(
            people["reviewer"],
            asked=Asked(
                text_en=said["en"],
                text_es=said["es"],
                school_id=None,
                findings=tuple(found[place : place + 1]),
            ),
        )
        if said["verdict"]:
            answer(
                people["superintendent"],
                recommendation=one.pk,
                verdict=said["verdict"],
                reason=said["reason"],
                seen=0,
                version=one.version,
            )
        made.append(one.pk)
    return tuple(made)


def _filled(content: PlanContent, pages: PageStore, people: People) -> PlanContent:
    """With baselines and targets from the facts, owners, money, what waits for what."""
    return replace(
        content,
        rungs=tuple(_filled_rung(one, content, pages, people) for one in content.rungs),
    )


def _filled_rung(
    one: RungContent, content: PlanContent, pages: PageStore, people: People
) -> RungContent:
    owner = OWNERS.get(one.key)
    return replace(
        one,
        person=people[owner].email if owner else "",
        depends=WAITS.get(one.key, ()),
        measures=tuple(
            _promised(m, pages, content.ends_year) if m.indicator else m
            for m in one.measures
        ),
        budget=tuple(
            BudgetContent(
                key=f"b{place}",
                source=source,
                school_year=content.begins_year + place,
                planned=f"{dollars}.00",
            )
            for key, source, dollars in MONEY
            if key == one.key
            for place in (0, 1)
        ),
    )


def _promised(
    measure: MeasureContent, pages: PageStore, target_year: int
) -> MeasureContent:
    """A measure with the baseline of two years ago: a fifth better, the gap halved."""
    line = pages.indicator(measure.indicator)
    if line is None:
        return measure
    place = pages.district.organization_id
    everyone = {
        one.school_year: one
        for one in pages.facts(
            measure.indicator, organization_id=place, family="all", group="all"
        )
        if one.estimate.value is not None
    }
    if not everyone:
        return measure
    year = sorted(everyone)[-3:][0]
    baseline = round(everyone[year].estimate.value or 0, 3)
    better = baseline * 0.8 if line.info.good == "down" else baseline * 0.8 + 0.2
    return replace(
        measure,
        definition_version=pages.trace(everyone[year]).definition_version,
        baseline_year=year,
        baseline=baseline,
        target=round(better, 3),
        target_year=target_year,
        groups=_gaps(measure.indicator, pages, place, year),
    )


def _gaps(
    indicator: str, pages: PageStore, place: str, year: int
) -> tuple[GroupPromise, ...]:
    """The two gaps that concern most students."""
    behind = [
        (one.gap.students, one)
        for one in pages.facts(indicator, organization_id=place, school_year=year)
        if one.gap is not None and one.gap.behind and not one.gap.mirrored
    ]
    behind.sort(key=lambda pair: -pair[0])
    return tuple(
        GroupPromise(
            family=one.group_family,
            group=one.group,
            baseline_gap=round(abs(one.gap.difference.value or 0), 3),
            target_gap=round(abs(one.gap.difference.value or 0) / 2, 3),
        )
        for _students, one in behind[:2]
        if one.gap is not None
    )


def _evidence(
    plan: Plan, pages: PageStore, people: People, asked: tuple[int, ...]
) -> None:
    """Strategies stand on the main findings, and on what the reviewer asked."""
    lead = people["cabinet"]
    for one in pages.main():
        key = ANSWERS_TO.get(one.indicator or "")
        if key:
            stand_on(lead, plan=plan, key=key, values=[f"finding|{one.key}"])
    for key, number in zip(("s5", "s11", "s2"), asked, strict=False):
        stand_on(lead, plan=plan, key=key, values=[f"recommendation|{number}"])


def _adopted(plan: Plan, people: People, first: int) -> Edition:
    """Heard in May, adopted in June, before the plan's first year began."""
    lead = people["superintendent"]
    heard = open_hearing(
        lead,
        plan=plan,
        hearing=Hearing(
            on=dt.date(first - 1, 5, 21),
            until=dt.date(first - 1, 6, 4),
            place_en="Board room, 6 p.m., with interpreters",
            place_es="Sala de la mesa directiva, 18:00, con intérpretes",
        ),
        digest=digest_of(promised_bytes(plan)),
    )
    said: list[Comment] = [
        enter_comment(
            people["cabinet"],
            edition=heard,
            written=CommentWritten(
                text=one["text"],
                language=one["language"],
                heard_by=one["heard_by"],
                said_on=dt.date(first - 1, 5, 21),
                rung_key=one["rung"],
            ),
        )
        for one in _words()["comment"]
    ]
    for one in _words()["answer"]:
        tell_what_was_done(
            people["cabinet"],
            plan=plan,
            told=Answered(
                changed=one["changed"],
                text_en=one["en"],
                text_es=one["es"],
                comments=tuple(said[place].pk for place in one["comments"]),
                rung=plan.rungs.get(key=one["rung"]),
            ),
        )
    close_hearing(lead, edition=heard.pk)
    vote = Vote(on=dt.date(first - 1, 6, 18), yes=5, no=1, absent=1)
    return adopt(lead, edition=heard.pk, vote=vote, digest=heard.digest)


def _amended(plan: Plan, people: People) -> Edition:
    """A further step, which is heard now."""
    content = content_of(plan)
    told = _words()["further_step"]
    below = [one for one in content.rungs if one.parent == told["parent"]]
    now = timezone.now().isoformat(timespec="seconds")
    step = RungContent(
        key="t90",
        kind="step",
        place=len(below),
        en_at=now,
        es_at=now,
        state="planned",
        **told,
    )
    put_content(
        people["cabinet"],
        plan=plan,
        content=replace(content, rungs=(*content.rungs, step)),
    )
    today = timezone.localdate()
    return open_hearing(
        people["superintendent"],
        plan=plan,
        hearing=Hearing(
            on=today + dt.timedelta(days=14),
            until=today + dt.timedelta(days=21),
            place_en="Board room, 6 p.m., with interpreters",
            place_es="Sala de la mesa directiva, 18:00, con intérpretes",
        ),
        digest=digest_of(promised_bytes(plan)),
        why=Why(**_words()["amendment"]),
    )


def _school_plan(plan: Plan, people: People) -> None:
    """The principal's school begins with the goals of the district's plan."""
    school = people["principal"].grants_today[0].school
    if school is None:
        return
    begin_plan(
        people["principal"],
        said=PlanSaid(
            title_en=f"{school.name}: our part",
            title_es=f"{school.name}: nuestra parte",
            begins_year=plan.begins_year,
            ends_year=plan.ends_year,
            parent=plan.slug,
        ),
        school_id=school.pk,
        begun=Begun("above"),
    )
