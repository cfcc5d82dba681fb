"""Fills an invented district's room of cycles by the verbs that people use.

Three teams: one adopted what it tried (ninth-grade attendance, tied to a step of the
district's plan, with weeks that show a signal), one abandoned its idea, and one still
thinks, in private, and looks at weeks that the records tell. Never called where records
are real.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from evenrise.indicators.weekly import Weekly
from evenrise.publishing.page_store.reading import PageStore
from evenrise.records.snapshots.school_weeks import school_weeks
from evenrise.workspace.cycles.actions.beginning import Begun, begin_cycle
from evenrise.workspace.cycles.actions.changing import change_cycle
from evenrise.workspace.cycles.actions.deciding import (
    Decided,
    decide,
    share,
    start_cycle,
)
from evenrise.workspace.cycles.actions.drivers import add_driver, change_driver
from evenrise.workspace.cycles.actions.live import renew
from evenrise.workspace.cycles.actions.team import add_member
from evenrise.workspace.cycles.actions.theory import (
    CauseSaid,
    VoiceSaid,
    add_cause,
    add_voice,
)
from evenrise.workspace.cycles.models import (
    Cycle,
    CycleMeasure,
    DriverKind,
    MeasureKind,
    WeekCount,
)
from evenrise.workspace.cycles.queries.starting import Ground, starting
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models import PlanKind, Rung, RungKind


People = Mapping[str, Person]
Said = Mapping[str, Any]
_ABOUT = ("chronic_absence", "attendance_rate")
_STRATEGY = "s5"  # of the demo's plan: students attend
_ENDED = {"greeting": 2, "letters": 9}  # weeks before the day of the demo
_TAUGHT = 6  # weeks that a test lasts
_LIVE = 20  # weeks of instruction that a live measure looks back


def place_cycles(pages: PageStore, on: dt.date, people: People) -> tuple[Cycle, ...]:
    """Make the cycles of an invented district.

    Args:
        pages: what people at work see of its records.
        on: the day of the demo.
        people: the cast, by role.

    Returns:
        The cycles: adopted, abandoned, a private draft; empty where some are there.
    """
    if Cycle.objects.exists():
        return ()
    return tuple(_cycle(said, pages, on, people) for said in _words()["cycle"])


@cache
def _words() -> dict[str, Any]:
    """What these teams say."""
    path = Path(__file__).with_name("demo_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _cycle(said: Said, pages: PageStore, on: dt.date, people: People) -> Cycle:
    lead = people[said["leads"]]
    ends = on - dt.timedelta(days=on.weekday(), weeks=_ENDED.get(said["name"], 0))
    begins = ends - dt.timedelta(weeks=_TAUGHT)
    made = begin_cycle(
        lead,
        said=Begun(
            title_en=said["title_en"],
            title_es=said["title_es"],
            language=said["language"],
            school_id=_school(people),
            notice=said["notice"],
            wonder=said["wonder"],
            ground=_ground(said, pages, lead),
        ),
    )
    for role in said["team"]:
        add_member(lead, cycle=made.pk, who=people[role].pk)
    _theory(said, made, lead)
    if said.get("live"):
        _live(said, made, lead)
    if not said["decision"]:
        return made
    days = {"begins_on": begins, "until": ends}
    _write(lead, made, "ask", said)
    _write(lead, made, "try", {**said, **days})
    if said["measure"]:
        _weeks(said, made, lead, begins)
    made.refresh_from_db()
    start_cycle(lead, cycle=made.pk, seen=made.version)
    _write(lead, made, "study", said)
    names = ("decision", "reason", "text_en", "text_es")
    told = Decided(**{name: said[name] for name in names})
    decide(lead, cycle=made.pk, said=told, seen=made.version)
    share(lead, cycle=made.pk)
    _as_it_was(made, begins, min(ends + dt.timedelta(days=3), on))
    return made


def _school(people: People) -> str | None:
    grant = people["principal"].grants_today[0]
    return str(grant.school_id) if grant.school_id else None


def _ground(said: Said, pages: PageStore, lead: Person) -> Ground:
    """The first team starts from a finding, for a step of the district's plan."""
    found = [one for one in pages.findings() if one.indicator in _ABOUT]
    step = _step()
    if said["name"] != "greeting" or not found:
        return Ground()
    asked = {"finding": found[0].key}
    if step is not None:
        asked["rung"] = f"{step.plan.slug}/{step.key}"
    begins = starting(lead, asked, "en")
    return begins.ground if begins else Ground()


def _step() -> Rung | None:
    """A step of the strategy about attendance; else any step of the plan."""
    steps = Rung.objects.filter(
        plan__kind=PlanKind.DISTRICT, kind=RungKind.STEP, removed_at=None
    ).select_related("plan")
    near = steps.filter(parent__key=_STRATEGY).order_by("place").first()
    return near or steps.order_by("pk").first()


def _write(lead: Person, made: Cycle, section: str, said: Said) -> None:
    made.refresh_from_db()
    change_cycle(lead, cycle=made.pk, section=section, said=said, seen=made.version)
    made.refresh_from_db()


def _theory(said: Said, made: Cycle, lead: Person) -> None:
    for one in said.get("voice", ()):
        add_voice(lead, cycle=made.pk, said=VoiceSaid(**one))
    for one in said.get("cause", ()):
        add_cause(lead, cycle=made.pk, said=CauseSaid(**one))
    for one in said.get("driver", ()):
        driver = _add(lead, made, DriverKind.PRIMARY, None, one["text"])
        above = driver
        for need in one["needs"]:
            above = _add(lead, made, DriverKind.SECONDARY, driver, need)
        idea = _add(lead, made, DriverKind.IDEA, above, one["idea"])
        change_driver(
            lead, cycle=made.pk, driver=idea, text=one["idea"], tried=one["tried"]
        )
        if one["further"]:
            _add(lead, made, DriverKind.IDEA, above, one["further"])


def _add(lead: Person, made: Cycle, kind: str, parent: int | None, text: str) -> int:
    return add_driver(lead, cycle=made.pk, kind=kind, parent=parent, text=text).pk


def _weeks(said: Said, made: Cycle, lead: Person, begins: dt.date) -> None:
    """What the team counted each Monday, before the change and after it."""
    measure = CycleMeasure.objects.create(
        cycle=made,
        name=said["measure"],
        kind=MeasureKind.SHARE,
        good=-1,
        groups=said["groups"],
        predicted=said["predicted"],
        by=lead,
    )
    before = len(said["weeks_before"])
    for group, counts, size in (
        ("", [*said["weeks_before"], *said["weeks_after"]], said["size"]),
        (
            said["groups"][0],
            [*said["group_before"], *said["group_after"]],
            said["group_size"],
        ),
    ):
        WeekCount.objects.bulk_create(
            WeekCount(
                measure=measure,
                group=group,
                week_on=begins + dt.timedelta(weeks=place - before),
                count=count,
                size=size,
                by=lead,
            )
            for place, count in enumerate(counts)
        )


def _live(said: Said, made: Cycle, lead: Person) -> None:
    """A live measure of the last weeks of which the records tell; counted at once."""
    now = standing()
    if now is None:
        return
    taught = school_weeks(snapshot_store().get(now.snapshot), made.school_id)
    weeks = [on for on, days in taught.items() if days]
    one = CycleMeasure.objects.create(
        cycle=made,
        name=said["live_name"],
        kind=MeasureKind.LIVE,
        indicator=Weekly(said["live"]),
        good=-1,
        school_id=made.school_id,
        groups=said["live_groups"],
        counted_from=weeks[-_LIVE:][0] if weeks else None,
        by=lead,
    )
    renew(one)


def _as_it_was(made: Cycle, begins: dt.date, decided: dt.date) -> None:
    """The team worked over weeks, not in the second in which a demo is made."""
    zone = timezone.get_current_timezone()
    noon = dt.time(12)
    began = dt.datetime.combine(begins - dt.timedelta(days=3), noon, zone)
    Cycle.objects.filter(pk=made.pk).update(
        made_at=began - dt.timedelta(days=14),
        locked_at=began,
        decided_on=decided,
        shared_at=dt.datetime.combine(decided, noon, zone),
    )
    made.refresh_from_db()
