"""Many persons from one file: tried first with a reason for each row, then added.

Columns: email, name, staff_id, language, role, scope, school_id, grade, begins_on,
ends_on, reason. Only email and name are always needed. A person may have several rows,
one a role; who has an account already only gets the roles. Nobody is written to but
the other administrators: thousands of letters at once would look like an attack.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.grades import parse_grade
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.foundation.tried_rows import rows_in
from evenrise.workspace.people.actions.persons import add_person
from evenrise.workspace.people.actions.roles import Given, give_role, refuse_given
from evenrise.workspace.people.models import Person, RoleGrant, School
from evenrise.workspace.people.notices import tell_of_many
from evenrise.workspace.people.roles import ROLES, Role, Scope


MOST = 5_000  # rows of one file
_NEEDED = ("email", "name")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row that can be brought in: a person, and perhaps a role."""

    line: int
    email: str
    name: str
    staff_id: str
    language: str
    given: Given | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One row that cannot, and why."""

    line: int
    email: str
    problem: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A file as it was tried; nothing was written."""

    rows: tuple[PersonRow, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows are held against, read once for the whole file."""

    persons: Mapping[str, Person]
    by_staff: Mapping[str, str]  # staff number: address
    schools: frozenset[str]


def try_persons(administrator: Person, *, text: str) -> Tried:
    """Read a file and say, row by row, what would be added and what cannot be.

    Raises:
        InputProblem: when it is no CSV file with the columns email and name.
    """
    told = rows_in(text, needed=_NEEDED, most=MOST)
    known = _known({row["email"].lower() for _, row in told})
    rows: list[PersonRow] = []
    problems: list[RowProblem] = []
    coming: dict[str, str] = dict(known.by_staff)
    for line, row in told:
        email = row["email"].lower()
        try:
            rows.append(_read(administrator, line, row, known, coming))
        except InputProblem as problem:
            problems.append(RowProblem(line, email, str(problem)))
    return Tried(tuple(rows), tuple(problems))


def bring_persons(administrator: Person, *, text: str) -> Tried:
    """Add everybody in the file, or nobody when one row has a problem."""
    with transaction.atomic():
        tried = try_persons(administrator, text=text)
        if tried.problems:
            return tried
        made: dict[str, Person] = {}
        for row in tried.rows:
            person = made.get(row.email) or _person(administrator, row)
            made[row.email] = person
            if row.given is not None:
                give_role(administrator, person=person, given=row.given, tell=False)
        seeing = RoleGrant.objects.filter(
            person__in=list(made.values()),
            role__in=[role for role, card in ROLES.items() if card.sees_students],
        ).count()
        if seeing:
            transaction.on_commit(lambda: tell_of_many(administrator, seeing))
        record(
            administrator,
            "people.bring_persons",
            persons=len(made),
            rows=len(tried.rows),
        )
    return tried


def _person(administrator: Person, row: PersonRow) -> Person:
    found = Person.objects.filter(email=row.email).first()
    return found or add_person(
        administrator,
        email=row.email,
        name=row.name,
        staff_id=row.staff_id,
        language=row.language,
        tell=False,
    )


def _known(emails: set[str]) -> _Known:
    return _Known(
        persons=Person.objects.in_bulk(emails, field_name="email"),
        by_staff=dict(
            Person.objects.exclude(staff_id="").values_list("staff_id", "email")
        ),
        schools=frozenset(
            School.objects.filter(current=True).values_list("pk", flat=True)
        ),
    )


def _read(
    administrator: Person,
    line: int,
    row: Mapping[str, str],
    known: _Known,
    coming: dict[str, str],
) -> PersonRow:
    """One row, or the first problem with it."""
    email, name = row["email"].lower(), row["name"]
    try:
        validate_email(email)
    except ValidationError as problem:
        raise InputProblem(_("This is not an email address.")) from problem
    if not 0 < len(name) <= 200:
        raise InputProblem(_("A name is needed, of at most 200 letters."))
    staff_id = row.get("staff_id", "")
    if staff_id and coming.setdefault(staff_id, email) != email:
        raise InputProblem(
            _("The staff number %(code)s has an account already.") % {"code": staff_id}
        )
    language = row.get("language", "") or "en"
    if language not in {"en", "es"}:
        raise InputProblem(_("The language is en or es."))
    person = known.persons.get(email)
    given = _given(row, known)
    if given is not None:
        refuse_given(administrator, person=person, given=given)
    return PersonRow(line, email, name, staff_id, language, given, person is None)


def _given(row: Mapping[str, str], known: _Known) -> Given | None:
    if not row.get("role"):
        return None
    try:
        role = Role(row["role"])
    except ValueError as problem:
        raise InputProblem(
            _("There is no role %(role)s; there are %(all)s.")
            % {"role": row["role"], "all": ", ".join(Role)}
        ) from problem
    try:
        scope = Scope(row.get("scope") or ROLES[role].scopes[0])
        grade = parse_grade(row["grade"]) if row.get("grade") else ""
    except ValueError as problem:
        raise InputProblem(_("The scope or the grade is not known.")) from problem
    school = row.get("school_id", "")
    if school and school not in known.schools:
        raise InputProblem(_("There is no school %(code)s.") % {"code": school})
    if len(row.get("reason", "")) < 4:
        raise InputProblem(_("A role needs a reason."))
    return Given(
        role=role,
        scope=scope,
        school_id=school or None,
        grade=grade,
        begins_on=_day(row.get("begins_on", "")) or timezone.localdate(),
        ends_on=_day(row.get("ends_on", "")),
        reason=row["reason"][:300],
    )


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        raise InputProblem(
            _("%(text)s is not a day; write it as 2026-08-01.") % {"text": text}
        ) from problem
