"""Roles given and ended by hand.

Nobody gives themself a role that sees students: another administrator must. And every
such role given by hand is told by mail to the other administrators and to the
superintendents, so that a made-up account does not stay unseen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person, RoleGrant
from evenrise.workspace.people.notices import tell_of_role
from evenrise.workspace.people.roles import ROLES, Role, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A role as it is given: which, how far, from when to when, and why."""

    role: Role
    scope: Scope
    school_id: str | None = None
    grade: str = ""
    section_id: str | None = None
    caseload_id: int | None = None
    begins_on: dt.date
    ends_on: dt.date | None = None
    reason: str


def refuse_given(administrator: Person, *, person: Person | None, given: Given) -> None:
    """Say what is wrong with a role before it is given.

    Raises:
        InputProblem: when the role cannot have the scope, the scope lacks its school or
            grade, the days are the wrong way round, or it is a role that sees students
            for oneself.
    """
    card = ROLES[given.role]
    if given.scope not in card.scopes:
        raise InputProblem(
            _("The role %(role)s cannot have the scope %(scope)s; it can have %(all)s.")
            % {
                "role": given.role.value,
                "scope": given.scope.value,
                "all": ", ".join(card.scopes),
            }
        )
    if given.scope in {Scope.SCHOOL, Scope.GRADE} and not given.school_id:
        raise InputProblem(
            _("The scope %(scope)s needs a school.") % {"scope": given.scope.value}
        )
    if given.scope is Scope.GRADE and not given.grade:
        raise InputProblem(_("The scope grade needs a grade."))
    if given.ends_on is not None and given.ends_on < given.begins_on:
        raise InputProblem(_("The role ends before it begins."))
    if person is not None and person.pk == administrator.pk and card.sees_students:
        raise InputProblem(
            _(
                "You cannot give yourself a role that sees students; "
                "another administrator can."
            )
        )


def give_role(
    administrator: Person, *, person: Person, given: Given, tell: bool = True
) -> RoleGrant:
    """Give a person a role; with many at once (`tell` false) the caller tells of all.

    Raises:
        InputProblem: see `refuse_given`.
    """
    refuse_given(administrator, person=person, given=given)
    with transaction.atomic():
        grant = RoleGrant.objects.create(
            person=person,
            role=given.role,
            scope=given.scope,
            school_id=given.school_id or None,
            grade=given.grade if given.scope is Scope.GRADE else "",
            section_id=given.section_id or None,
            caseload_id=given.caseload_id,
            begins_on=given.begins_on,
            ends_on=given.ends_on,
            origin="hand",
            given_by=administrator,
            reason=given.reason,
        )
        record(
            administrator,
            "people.give_role",
            About("person", str(person.pk)),
            role=given.role,
            scope=given.scope,
            school=given.school_id or "",
            begins_on=given.begins_on.isoformat(),
            ends_on="" if given.ends_on is None else given.ends_on.isoformat(),
            reason=given.reason,
        )
        if tell and ROLES[given.role].sees_students:
            transaction.on_commit(lambda: tell_of_role(administrator, person, grant))
    return grant


def end_role(administrator: Person, *, grant: RoleGrant, reason: str) -> None:
    """End a role today: it no longer holds from this moment.

    A role that follows the records begins again with the next import while the post
    stands there; who must not have it is taken out instead.

    Raises:
        InputProblem: when the role follows the records, or has ended.
    """
    today = timezone.localdate()
    if grant.origin == "records":
        raise InputProblem(
            _(
                "This role follows the district's records and ends when the post "
                "ends there. To stop it now, close the account."
            )
        )
    if grant.ends_on is not None and grant.ends_on < today:
        raise InputProblem(_("This role has ended already."))
    with transaction.atomic():
        if grant.begins_on >= today:
            grant.delete()  # it was never held on a whole day
        else:
            grant.ends_on = today - dt.timedelta(days=1)
            grant.save(update_fields=["ends_on"])
        record(
            administrator,
            "people.end_role",
            About("person", str(grant.person_id)),
            role=grant.role,
            scope=grant.scope,
            school=grant.school_id or "",
            reason=reason,
        )
