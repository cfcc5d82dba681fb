"""The cast: the same few people for the demo, the tests and the manual.

One person a role. Where the district's records know the post, the person holds a real
post of the current directory, found by a rule that depends on nothing but the records:

- the principal leads the largest school that has a principal, a counselor and a
  teacher with students (students enrolled today; on equal numbers the first code);
- the other principal leads the largest school after it;
- the counselor, the teacher and the coach work in the principal's school: the first
  counselor by code, the teacher with most students, the first coach;
- the counselor's caseload has about 40 students of that school: every so many by code.

Who holds a post is named as the records name them (an invented district's names are
invented); the others have names of ours. Never call this where records are real.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count

from evenrise.workspace.people.models import (
    Caseload,
    CaseloadPlace,
    Person,
    RoleGrant,
    School,
    Section,
    StaffAssignment,
    StaffMember,
    Student,
)
from evenrise.workspace.people.placing import roles_from_records
from evenrise.workspace.people.roles import Role, Scope


CASELOAD_SIZE = 40
_HOST = "demo.example"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the cast: a key, a name of ours, a role and how far it reaches."""

    key: str
    name: str
    role: Role
    scope: Scope

    @property
    def email(self) -> str:
        """The address, which no mail ever reaches."""
        return f"{self.key.replace('_', '.')}@{_HOST}"


PARTS: tuple[Part, ...] = (
    Part("superintendent", "Dr. Marisol Vega", Role.SUPERINTENDENT, Scope.DISTRICT),
    Part("cabinet", "Desmond Clarke", Role.CABINET, Scope.DISTRICT),
    Part("principal", "Ingrid Halvorsen", Role.PRINCIPAL, Scope.SCHOOL),
    Part("other_principal", "Samuel Okafor", Role.PRINCIPAL, Scope.SCHOOL),
    Part("counselor", "Lucía Paredes", Role.COUNSELOR, Scope.CASELOAD),
    Part("teacher", "Theo Nakamura", Role.TEACHER, Scope.SECTION),
    Part("coach", "Renata Fuentes", Role.COACH, Scope.SCHOOL),
    Part("steward", "Priya Raman", Role.DATA_STEWARD, Scope.DISTRICT),
    Part("board", "Walter Odell", Role.BOARD, Scope.DISTRICT),
    Part("reviewer", "Dr. Amina Farouk", Role.REVIEWER, Scope.DISTRICT),
    Part("administrator", "Joan Whitfield", Role.ADMINISTRATOR, Scope.DISTRICT),
)


@dataclass(frozen=True, slots=True)
class _Post:
    """A post of the directory: whose and where; empty where there is none."""

    staff_id: str = ""
    school_id: str = ""


def place_cast(on: dt.date) -> dict[str, Person]:
    """Make the cast, or find it as it stands; their roles begin on a day.

    Called again after another snapshot it changes nothing of a person who is there
    already, whatever post the records give them now.
    """
    with transaction.atomic():
        posts = _posts()
        people: dict[str, Person] = {}
        for part in PARTS:
            post = posts.get(part.key, _Post())
            person, is_new = Person.objects.get_or_create(
                email=part.email, defaults=_about(part, post)
            )
            people[part.key] = person
            if is_new:
                _give(part, post, person, on)
        with connection.cursor() as cursor:
            roles_from_records(cursor, on)
        _fill_caseload(people["counselor"], posts.get("counselor", _Post()))
    return people


def find_cast() -> list[tuple[Part, Person]]:
    """The cast as it stands, in the order of the parts."""
    by_email = Person.objects.filter(is_active=True).in_bulk(
        [part.email for part in PARTS], field_name="email"
    )
    return [(part, by_email[part.email]) for part in PARTS if part.email in by_email]


def _about(part: Part, post: _Post) -> dict[str, str]:
    """Name, post and password of a new person; a post is held by one account only."""
    staff = None
    if post.staff_id and not Person.objects.filter(staff_id=post.staff_id).exists():
        staff = StaffMember.objects.filter(pk=post.staff_id).first()
    named = staff is not None and bool(f"{staff.given_name}{staff.family_name}".strip())
    return {
        "name": staff.name if staff is not None and named else part.name,
        "staff_id": "" if staff is None else staff.staff_id,
        "password": "!",  # nobody signs in by password: see the demo's door
    }


def _give(part: Part, post: _Post, person: Person, on: dt.date) -> None:
    """Give the role by hand where the records give none."""
    follows_records = {Role.PRINCIPAL, Role.COUNSELOR, Role.TEACHER, Role.COACH}
    if person.staff_id and part.role in follows_records:
        return
    school = post.school_id if part.scope is Scope.SCHOOL else None
    if part.scope is Scope.SCHOOL and not school:
        return  # no school to lead: the records have none
    RoleGrant.objects.create(
        person=person,
        role=part.role,
        scope=part.scope,
        school_id=school,
        begins_on=on,
        origin="hand",
        reason="An invented district's cast",
    )


def _posts() -> dict[str, _Post]:
    """The posts by the rule above."""
    schools = list(
        School.objects.filter(current=True)
        .order_by("-students", "school_id")
        .values_list("school_id", flat=True)
    )
    if not schools:
        return {}
    principal, counselor, coach = map(_holders, ("principal", "counselor", "coach"))
    teacher = _teachers()
    home = max(
        schools,
        key=lambda code: (
            code in principal,
            code in counselor,
            code in teacher,
            -schools.index(code),
        ),
    )
    rest = [code for code in schools if code != home] or [home]
    other = max(rest, key=lambda code: (code in principal, -schools.index(code)))
    return {
        "principal": _Post(principal.get(home, ""), home),
        "other_principal": _Post(principal.get(other, ""), other),
        "counselor": _Post(counselor.get(home, ""), home),
        "teacher": _Post(teacher.get(home, ""), home),
        "coach": _Post(coach.get(home, ""), home),
    }


def _holders(role: str) -> dict[str, str]:
    """The first adult by code who has a post, for each school."""
    found: dict[str, str] = {}
    posts = StaffAssignment.objects.filter(role=role).order_by("-staff_id")
    found.update(posts.values_list("school_id", "staff_id"))
    return found


def _teachers() -> dict[str, str]:
    """The teacher with most students, for each school."""
    rows = (
        StaffAssignment.objects.filter(role="teacher")
        .values_list("school_id", "staff_id")
        .order_by("school_id", "staff_id")
    )
    seats = _seats()
    best: dict[str, tuple[int, str]] = {}
    for school, staff in rows:
        taught = seats.get((school, staff), 0)
        if taught > best.get(school, (0, ""))[0]:
            best[school] = (taught, staff)
    return {school: staff for school, (_, staff) in best.items()}


def _seats() -> dict[tuple[str, str], int]:
    """How many places the sections of a teacher have in a school."""
    rows = (
        Section.objects.exclude(staff_id="")
        .values("school_id", "staff_id")
        .annotate(taught=Count("rosters"))
        .values_list("school_id", "staff_id", "taught")
        .order_by()
    )
    return {(school, staff): taught for school, staff, taught in rows}


def _fill_caseload(counselor: Person, post: _Post) -> None:
    """Give the counselor a caseload, once."""
    caseload, is_new = Caseload.objects.get_or_create(
        owner=counselor, name="Students I serve"
    )
    if not is_new:
        return
    codes = list(
        Student.objects.filter(school=post.school_id, current=True)
        .order_by("student_id")
        .values_list("student_id", flat=True)
    )
    step = max(1, len(codes) // CASELOAD_SIZE)
    CaseloadPlace.objects.bulk_create(
        CaseloadPlace(caseload=caseload, student_id=code)
        for code in codes[::step][:CASELOAD_SIZE]
    )
