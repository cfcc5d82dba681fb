"""Makes a plan say exactly what a content says: rungs added, changed, removed.

Everything is done in sets and in one transaction: 4,000 rungs are some dozen
statements. What is not in the content is removed softly and can come back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.actions.putting_parts import (
    put_depends,
    put_parts,
    write_rows,
)
from evenrise.workspace.plans.actions.touching import keep_versions, touch
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.models import Department, Plan, Rung, StepReport
from evenrise.workspace.plans.queries.content import rung_content, rungs_of


T = TypeVar("T")
Telling = Callable[[float], None]
_IN_ONE_GO = 500  # rows of one statement: SQLite counts its variables
_CHANGED = (
    *("kind", "parent", "place", "department", "person", "begins_on", "ends_on"),
    *(f"{n}_{x}" for n in ("title", "text", "theory", "done") for x in ("en", "es")),
    *("en_at", "es_at", "state", "state_at", "serves", "lcff", "contributing"),
    *("service", "version", "removed_at"),
)


_COLUMNS = {name: f"{name}_id" for name in ("parent", "department", "person", "serves")}


@dataclass(frozen=True, slots=True)
class Put:
    """How many rungs a content added, changed and removed."""

    added: int
    changed: int
    removed: int


@transaction.atomic
def put_content(
    person: Person,
    *,
    plan: Plan,
    content: PlanContent,
    telling: Telling | None = None,
) -> Put:
    """Make the plan say exactly this.

    The plan stays whose it is: slug, kind, school and the plan above are not changed.
    A step without a state keeps the one it has.

    Args:
        person: who does it; every changed rung keeps what stood before, with them.
        plan: that is changed.
        content: all that it is to say.
        telling: is told how far the work is, 0 to 1.

    Raises:
        InputProblem: when the content names a person, a school or a rung that is not
            there; then nothing is changed.
    """
    telling = telling or _silent
    now = timezone.now()
    Plan.objects.select_for_update().get(pk=plan.pk)
    _put_head(plan, content)
    named = _Named.of(content)
    stood = {one.key: one for one in rungs_of(plan)}
    before = {key: rung_content(one) for key, one in stood.items()}
    wanted = {one.key: _with_state(one, before.get(one.key)) for one in content.rungs}
    gone = [one for key, one in stood.items() if key not in wanted]
    moved = [
        one for key, one in stood.items() if wanted.get(key, before[key]) != before[key]
    ]
    keep_versions(person, [*gone, *moved])
    telling(0.2)
    Rung.objects.filter(pk__in=[one.pk for one in gone]).update(
        removed_at=now, version=F("version") + 1
    )
    new = [key for key in wanted if key not in stood]
    rungs = _removed(plan, wanted) | stood
    again = [rungs[key] for key in new if key in rungs] + moved
    telling(0.3)
    _make(plan, wanted, rungs, named, now)
    telling(0.5)
    was = [_values(rung) for rung in again]
    for rung in again:
        _fill(rung, wanted[rung.key], rungs, named, now)
    telling(0.6)
    _save(again, was)
    changed = [rungs[key] for key in [*new, *(one.key for one in moved)]]
    telling(0.8)
    _report(person, changed, before)
    put_depends(_otherwise(changed, before, wanted, "depends"), wanted, rungs)
    parted = _otherwise(changed, before, wanted, "links", "measures", "budget")
    put_parts(person, parted, wanted, named.schools)
    telling(0.95)
    touch(plan, now)
    record(
        person,
        "plans.put",
        About("plan", plan.slug),
        added=len(new),
        changed=len(moved),
        removed=len(gone),
    )
    telling(1)
    return Put(len(new), len(moved), len(gone))


def _otherwise(
    rungs: list[Rung],
    before: Mapping[str, RungContent],
    wanted: Mapping[str, RungContent],
    *names: str,
) -> list[Rung]:
    """The rungs of which one of these fields is new or says something else."""
    return [
        one
        for one in rungs
        if one.key not in before
        or any(
            getattr(before[one.key], name) != getattr(wanted[one.key], name)
            for name in names
        )
    ]


def _silent(_done: float) -> None:
    """Nobody asked."""


def _put_head(plan: Plan, content: PlanContent) -> None:
    words = ("title_en", "title_es", "text_en", "text_es")
    for name in (*words, "begins_year", "ends_year"):
        setattr(plan, name, getattr(content, name))
    plan.en_at, plan.es_at = instant(content.en_at), instant(content.es_at)
    # The others' fields are left: a version counted meanwhile stays counted.
    plan.save(update_fields=[*words, "begins_year", "ends_year", "en_at", "es_at"])


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom and what a content names, by the names it uses."""

    departments: Mapping[str, int]
    people: Mapping[str, int]
    schools: frozenset[str]
    above: Mapping[str, int]

    @classmethod
    def of(cls, content: PlanContent) -> _Named:
        known = set(Department.objects.values_list("key", flat=True))
        Department.objects.bulk_create(
            Department(key=one.key, name_en=one.name_en, name_es=one.name_es)
            for one in content.departments
            if one.key not in known
        )
        emails = {one.person for one in content.rungs if one.person}
        slugs = {one.serves.partition("/")[0] for one in content.rungs if one.serves}
        rows = Rung.objects.filter(plan__slug__in=slugs, removed_at=None)
        return cls(
            dict(Department.objects.values_list("key", "pk")),
            dict(Person.objects.filter(email__in=emails).values_list("email", "pk")),
            frozenset(School.objects.values_list("pk", flat=True)),
            {
                f"{slug}/{key}": pk
                for slug, key, pk in rows.values_list("plan__slug", "key", "pk")
            },
        )


def _with_state(one: RungContent, before: RungContent | None) -> RungContent:
    if one.kind != "step":
        return replace(one, state="")
    return replace(
        one, state=one.state or (before.state if before else "") or "planned"
    )


def _removed(plan: Plan, wanted: Mapping[str, RungContent]) -> dict[str, Rung]:
    """Removed rungs that the content names: they come back."""
    return {
        one.key: one
        for one in Rung.objects.filter(plan=plan, removed_at__isnull=False)
        if one.key in wanted
    }


def _make(
    plan: Plan,
    wanted: Mapping[str, RungContent],
    rungs: dict[str, Rung],
    named: _Named,
    now: dt.datetime,
) -> None:
    """Make the rungs that are not there yet and add them to `rungs`: whole rows.

    A wave holds what stands below rungs that are there: as many statements as the
    ladder is deep. Creating is cheap; thousands of new rows changed later are not.
    """
    waiting = {key for key in wanted if key not in rungs}
    while waiting:
        ready = [
            key
            for key in wanted
            if key in waiting and wanted[key].parent not in waiting
        ]
        made = [Rung(plan=plan, key=key, version=0) for key in ready or waiting]
        for rung in made:
            _fill(rung, wanted[rung.key], rungs, named, now)
        Rung.objects.bulk_create(made, batch_size=_IN_ONE_GO)
        rungs |= {one.key: one for one in made}
        waiting.difference_update(one.key for one in made)


def _values(rung: Rung) -> list[Any]:
    """What a rung's row holds, in the order of `_CHANGED`; keys for other rows."""
    return [getattr(rung, _COLUMNS.get(name, name)) for name in _CHANGED]


def _save(rungs: list[Rung], was: list[list[Any]]) -> None:
    """Write the columns in which any of the rungs changed: each costs its time."""
    now = [_values(rung) for rung in rungs]
    columns = zip(
        _CHANGED, zip(*was, strict=True), zip(*now, strict=True), strict=False
    )
    names = [name for name, before, after in columns if before != after]
    if names:
        write_rows(Rung, rungs, names)


def _fill(
    rung: Rung,
    wanted: RungContent,
    rungs: Mapping[str, Rung],
    named: _Named,
    now: dt.datetime,
) -> None:
    """Put a rung's own fields; its parts follow for all together."""
    for name in ("title", "text", "theory", "done"):
        for language in ("en", "es"):
            setattr(rung, f"{name}_{language}", getattr(wanted, f"{name}_{language}"))
    rung.kind, rung.place = wanted.kind, wanted.place
    rung.parent = _one(rungs, wanted.parent, wanted) if wanted.parent else None
    rung.en_at, rung.es_at = instant(wanted.en_at), instant(wanted.es_at)
    rung.department_id = _one(named.departments, wanted.department, wanted)
    rung.person_id = _one(named.people, wanted.person, wanted)
    rung.serves_id = _one(named.above, wanted.serves, wanted)
    rung.begins_on, rung.ends_on = day(wanted.begins_on), day(wanted.ends_on)
    if wanted.state and wanted.state != rung.state:
        rung.state, rung.state_at = wanted.state, now
    rung.lcff, rung.contributing = list(wanted.lcff), wanted.contributing
    rung.service, rung.removed_at = wanted.service, None
    rung.version += 1


def _one(known: Mapping[str, T], name: str, wanted: RungContent) -> T | None:
    if not name:
        return None
    try:
        return known[name]
    except KeyError:
        raise InputProblem(
            _("“%(rung)s” names %(name)s, which is not here; correct it.")
            % {"rung": wanted.title_en or wanted.title_es, "name": name}
        ) from None


def _report(
    person: Person, changed: list[Rung], before: Mapping[str, RungContent]
) -> None:
    """A step's state that came with a content is said by who brought it."""
    StepReport.objects.bulk_create(
        StepReport(rung=one, state=one.state, note=str(_("From a file.")), by=person)
        for one in changed
        if one.kind == "step"
        and one.state != (before[one.key].state if one.key in before else "planned")
    )


def instant(told: str) -> dt.datetime | None:
    """The moment of an ISO text; None of a blank one."""
    return dt.datetime.fromisoformat(told) if told else None


def day(told: str) -> dt.date | None:
    """The day of an ISO text; None of a blank one."""
    return dt.date.fromisoformat(told) if told else None
