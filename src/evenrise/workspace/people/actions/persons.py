"""Accounts: add a person, take them out, bring them back; each is on record."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.notices import invite, tell_of_role
from evenrise.workspace.people.placing import roles_from_records
from evenrise.workspace.people.roles import ROLES, Role


def add_person(
    administrator: Person,
    *,
    email: str,
    name: str,
    staff_id: str,
    language: str,
    tell: bool = True,
) -> Person:
    """Add a person; a letter tells them how to choose a password.

    Roles that follow the records come with the staff number, at once; those that see
    students are told to the other administrators like roles given by hand. With many
    at once (`tell` false) one letter for all is sent by the caller.

    Raises:
        InputProblem: when the address or the staff number has an account already.
    """
    email = email.strip().lower()
    refuse_taken(email, staff_id)
    with transaction.atomic():
        person = Person.objects.create_user(
            email, name=name, staff_id=staff_id, language=language
        )
        record(administrator, "people.add_person", _about(person))
        if staff_id:
            with connection.cursor() as cursor:
                roles_from_records(cursor, timezone.localdate())
        if tell:
            transaction.on_commit(lambda: _tell(administrator, person))
    return person


def _tell(administrator: Person, person: Person) -> None:
    invite(person)
    for grant in person.grants.select_related("school"):
        if ROLES[Role(grant.role)].sees_students:
            tell_of_role(administrator, person, grant)


def refuse_taken(email: str, staff_id: str) -> None:
    """Say which of the two has an account already.

    Raises:
        InputProblem: when one has.
    """
    if Person.objects.filter(email=email).exists():
        raise InputProblem(_("%(email)s has an account already.") % {"email": email})
    if staff_id and Person.objects.filter(staff_id=staff_id).exists():
        raise InputProblem(
            _("The staff number %(code)s has an account already.") % {"code": staff_id}
        )


def deactivate(administrator: Person, *, person: Person) -> None:
    """Take a person out: their next click, in any session, is outside.

    Raises:
        InputProblem: when it is oneself.
    """
    if administrator.pk == person.pk:
        raise InputProblem(
            _("You cannot close your own account; another administrator can.")
        )
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(
            is_active=False, sessions_stamp=F("sessions_stamp") + 1
        )
        record(administrator, "people.deactivate", _about(person))


def activate(administrator: Person, *, person: Person) -> None:
    """Let a person in again, with the roles that still hold."""
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=True)
        record(administrator, "people.activate", _about(person))


def _about(person: Person) -> About:
    return About("person", str(person.pk))
