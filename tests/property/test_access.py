"""Who may see whom: the set query against a slow judge written in plain Python.

Invented directories, roles and days; the judge reads the same rows one by one and
knows nothing of SQL. It decides who is seen, and which reason is told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import (
    Caseload,
    CaseloadPlace,
    FurtherStay,
    Person,
    RoleGrant,
    Roster,
    School,
    Section,
    Student,
)
from evenrise.workspace.people.roles import ROLES, Role, Scope
from tests.support.examples import examples


TODAY = dt.date(2026, 3, 2)
SCHOOLS = ("A", "B", "C")
GRADES = ("08", "09")
SECTIONS = ("a1", "a2", "b1")
TEACHERS = ("T1", "T2", "")
STUDENTS = tuple(f"s{n}" for n in range(8))
PEOPLE = (0, 1)


@dataclass(frozen=True)
class Pupil:
    key: str
    school: str | None
    grade: str
    current: bool
    further: frozenset[str]
    sections: frozenset[str]
    caseloads: frozenset[int]


@dataclass(frozen=True)
class Grant:
    person: int
    role: Role
    scope: Scope
    school: str
    grade: str
    section: str | None
    caseload: int | None
    begins: int  # days from today
    ends: int | None


@dataclass(frozen=True)
class World:
    pupils: tuple[Pupil, ...]
    teaches: dict[str, str]  # section: teacher
    owners: tuple[int, ...]  # of each caseload
    staff: tuple[str, ...]  # staff number of each person
    active: tuple[bool, ...]
    grants: tuple[Grant, ...]


def pupils(key: str) -> st.SearchStrategy[Pupil]:
    return st.builds(
        Pupil,
        key=st.just(key),
        school=st.sampled_from((*SCHOOLS, None)),
        grade=st.sampled_from(GRADES),
        current=st.booleans() | st.just(value=True),
        further=st.frozensets(st.sampled_from(SCHOOLS), max_size=2),
        sections=st.frozensets(st.sampled_from(SECTIONS)),
        caseloads=st.frozensets(st.sampled_from((0, 1))),
    )


@st.composite
def grants(draw: Any) -> Grant:
    scope = draw(st.sampled_from(list(Scope)))
    fitting = [role for role in Role if scope in ROLES[role].scopes]
    role = draw(st.sampled_from(fitting) | st.sampled_from(list(Role)))
    begins = draw(st.sampled_from((-3, -1, 0, 1)))
    ends = draw(st.none() | st.sampled_from([d for d in (-1, 0, 1) if d >= begins]))
    return Grant(
        person=draw(st.sampled_from(PEOPLE)),
        role=role,
        scope=scope,
        school=draw(st.sampled_from(SCHOOLS)),
        grade=draw(st.sampled_from(GRADES)),
        section=draw(st.sampled_from((*SECTIONS, None))),
        caseload=draw(st.sampled_from((0, 1, None))),
        begins=begins,
        ends=ends,
    )


worlds = st.builds(
    World,
    pupils=st.tuples(*map(pupils, STUDENTS)),
    teaches=st.fixed_dictionaries({s: st.sampled_from(TEACHERS) for s in SECTIONS}),
    owners=st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
    staff=st.sampled_from([("T1", "T2"), ("T1", ""), ("", "T2"), ("", "")]),
    active=st.tuples(st.booleans() | st.just(value=True), st.just(value=True)),
    grants=st.lists(grants(), max_size=5).map(tuple),
)


def judge(world: World, person: int, pupil: Pupil) -> str | None:
    """Why the person sees the student on TODAY; None when they do not."""
    if not world.active[person]:
        return None
    reasons = [
        reason
        for grant in world.grants
        if grant.person == person
        and grant.begins <= 0
        and (grant.ends is None or grant.ends >= 0)
        and ROLES[grant.role].sees_students
        for reason in (_reason(world, grant, pupil),)
        if reason is not None
    ]
    if not pupil.current and "district" not in _held(world, person):
        return None
    order = ("caseload", "section", "grade", "school", "district")
    return min(reasons, key=order.index, default=None)


def _held(world: World, person: int) -> set[str]:
    return {
        grant.scope.value
        for grant in world.grants
        if grant.person == person
        and grant.begins <= 0
        and (grant.ends is None or grant.ends >= 0)
        and ROLES[grant.role].sees_students
    }


def _reason(world: World, grant: Grant, pupil: Pupil) -> str | None:
    there = grant.school == pupil.school or grant.school in pupil.further
    number = world.staff[grant.person]
    if grant.section is not None:
        taught = grant.section in pupil.sections
    else:
        taught = bool(number) and number in {world.teaches[s] for s in pupil.sections}
    if grant.caseload is not None:
        serves = grant.caseload in pupil.caseloads
    else:
        serves = grant.person in {world.owners[c] for c in pupil.caseloads}
    holds = {
        Scope.DISTRICT: True,
        Scope.SCHOOL: there,
        Scope.GRADE: there and grant.grade == pupil.grade,
        Scope.SECTION: taught,
        Scope.CASELOAD: serves,
    }
    return grant.scope.value if holds[grant.scope] else None


def build(world: World) -> list[Person]:
    """The same world as rows of the database."""
    School.objects.bulk_create(School(school_id=s, name=s) for s in SCHOOLS)
    people = [
        Person.objects.create(
            email=f"p{n}@example.org",
            name=f"P{n}",
            staff_id=world.staff[n],
            is_active=world.active[n],
        )
        for n in PEOPLE
    ]
    caseloads = [
        Caseload.objects.create(name=str(n), owner=people[owner])
        for n, owner in enumerate(world.owners)
    ]
    Section.objects.bulk_create(
        Section(
            section_id=s,
            school_id=s[0].upper(),
            school_year=2026,
            staff_id=world.teaches[s],
        )
        for s in SECTIONS
    )
    Student.objects.bulk_create(
        Student(
            student_id=p.key,
            sort_name=p.key,
            school_id=p.school,
            grade=p.grade,
            current=p.current,
        )
        for p in world.pupils
    )
    FurtherStay.objects.bulk_create(
        FurtherStay(student_id=p.key, school_id=s, grade=p.grade)
        for p in world.pupils
        for s in p.further
    )
    Roster.objects.bulk_create(
        Roster(student_id=p.key, section_id=s) for p in world.pupils for s in p.sections
    )
    CaseloadPlace.objects.bulk_create(
        CaseloadPlace(student_id=p.key, caseload=caseloads[c])
        for p in world.pupils
        for c in p.caseloads
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(
            person=people[g.person],
            role=g.role,
            scope=g.scope,
            school_id=g.school if g.scope in {Scope.SCHOOL, Scope.GRADE} else None,
            grade=g.grade if g.scope is Scope.GRADE else "",
            section_id=g.section if g.scope is Scope.SECTION else None,
            caseload=caseloads[g.caseload]
            if g.scope is Scope.CASELOAD and g.caseload is not None
            else None,
            begins_on=TODAY + dt.timedelta(days=g.begins),
            ends_on=None if g.ends is None else TODAY + dt.timedelta(days=g.ends),
            origin="hand",
        )
        for g in world.grants
    )
    return people


@pytest.mark.django_db
@given(world=worlds)
@settings(
    max_examples=examples(150),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_set_is_what_the_judge_says(world: World) -> None:
    with transaction.atomic():
        people = build(world)
        keys = [pupil.key for pupil in world.pupils]
        for number, person in enumerate(people):
            # A worker's database may hold a district of other tests besides.
            seen = students_seen_by(person, TODAY).filter(pk__in=keys)
            told = dict(seen.values_list("pk", "reason"))
            judged = {
                pupil.key: reason
                for pupil in world.pupils
                if (reason := judge(world, number, pupil)) is not None
            }
            assert told == judged
        transaction.set_rollback(True)
