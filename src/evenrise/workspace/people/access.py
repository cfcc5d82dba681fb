"""The door to students: *which students may this person see, and why*.

One set query answers, for lists, single pages, exports and the API alike:

    students_seen_by(person, on=today).filter(grade="09")

Each student carries `reason`, the nearest one that holds: the person serves them, then
teaches their section, then works for their grade, their school, the district. A
student outside the set and a student who does not exist are the same: not there.
A function of one student would be asked thousands of times a page; a set is asked once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from evenrise.workspace.people import lookups as _lookups  # noqa: F401 - `among`
from evenrise.workspace.people.models import (
    CaseloadPlace,
    FurtherStay,
    Person,
    RoleGrant,
    Roster,
    Student,
)
from evenrise.workspace.people.roles import ROLES, Right, Role, Scope, roles_with


class Reason(StrEnum):
    """Why a person may see a student, the nearest first."""

    CASELOAD = "caseload"
    SECTION = "section"
    GRADE = "grade"
    SCHOOL = "school"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a person's roles reach on a day, for seeing students."""

    district: bool = False
    schools: frozenset[str] = frozenset()
    grades: frozenset[tuple[str, str]] = frozenset()
    sections: frozenset[str] = frozenset()
    teaches: str = ""  # the staff_id whose sections are meant
    caseloads: frozenset[int] = frozenset()
    own_caseloads: bool = False
    person: int = 0
    roles: Mapping[Reason, str] = field(default_factory=dict)

    def role_for(self, reason: str) -> str:
        """The role through which a reason holds, for the record of looks."""
        return self.roles.get(Reason(reason), "")


def people_with(right: Right, on: dt.date) -> QuerySet[Person]:
    """Everybody whose roles of a day carry a right, wherever, by name."""
    grants = RoleGrant.objects.on(on).filter(role__in=roles_with(right))
    return Person.objects.filter(
        is_active=True, pk__in=grants.values("person")
    ).order_by("name")


def reach_of(person: Person, on: dt.date) -> Reach:
    """How far the person reaches on a day; one query, fails closed.

    A role that does not see students adds nothing, whatever its scope.
    """
    if not person.is_active:
        return Reach()
    grants = [
        grant
        for grant in RoleGrant.objects.filter(person=person).on(on).order_by("id")
        if ROLES[Role(grant.role)].sees_students
    ]

    def of(scope: Scope) -> list[RoleGrant]:
        return [grant for grant in grants if grant.scope == scope]

    sections, caseloads = of(Scope.SECTION), of(Scope.CASELOAD)
    return Reach(
        district=bool(of(Scope.DISTRICT)),
        schools=frozenset(str(grant.school_id) for grant in of(Scope.SCHOOL)),
        grades=frozenset(
            (str(grant.school_id), grant.grade) for grant in of(Scope.GRADE)
        ),
        sections=frozenset(g.section_id for g in sections if g.section_id),
        teaches=person.staff_id if any(not g.section_id for g in sections) else "",
        caseloads=frozenset(g.caseload_id for g in caseloads if g.caseload_id),
        own_caseloads=any(not g.caseload_id for g in caseloads),
        person=person.pk,
        roles={Reason(grant.scope): grant.role for grant in reversed(grants)},
    )


def students_seen_by(person: Person, on: dt.date) -> QuerySet[Student]:
    """The students whom the person may see on a day, each with its `reason`.

    Whoever reaches the whole district also sees students who left; everybody else sees
    those enrolled now.
    """
    return students_within(reach_of(person, on))


def students_within(reach: Reach) -> QuerySet[Student]:
    """The students within a reach, each with its `reason`."""
    ways = _ways(reach)
    reason = Case(
        *(When(condition, then=Value(why.value)) for why, condition in ways),
        default=Value(Reason.DISTRICT.value if reach.district else ""),
        output_field=CharField(),
    )
    found = Student.objects.annotate(reason=reason)
    if reach.district:
        return found
    if not ways:
        return found.none()
    any_way = Q()
    for _, condition in ways:
        any_way |= condition
    return found.filter(any_way, current=True)


def _ways(reach: Reach) -> list[tuple[Reason, Q]]:
    """The conditions under which a student is within reach, the nearest first."""
    ways: list[tuple[Reason, Q]] = []
    served = CaseloadPlace.objects.all()
    named = Q(caseload__in=reach.caseloads) if reach.caseloads else Q()
    own = Q(caseload__owner=reach.person) if reach.own_caseloads else Q()
    if named or own:
        ways.append(
            (Reason.CASELOAD, Q(pk__among=served.filter(named | own).values("student")))
        )
    places = Roster.objects.all()
    taught = Q(section__staff_id=reach.teaches) if reach.teaches else Q()
    given = Q(section__in=reach.sections) if reach.sections else Q()
    if taught or given:
        ways.append(
            (
                Reason.SECTION,
                Q(pk__among=places.filter(taught | given).values("student")),
            )
        )
    elsewhere = FurtherStay.objects.all()
    if reach.grades:
        grades = Q()
        for school, grade in sorted(reach.grades):
            grades |= Q(school=school, grade=grade)
        also = elsewhere.filter(grades).values("student")
        ways.append((Reason.GRADE, grades | Q(pk__among=also)))
    if reach.schools:
        schools = Q(school__in=sorted(reach.schools))
        also = elsewhere.filter(schools).values("student")
        ways.append((Reason.SCHOOL, schools | Q(pk__among=also)))
    return ways
