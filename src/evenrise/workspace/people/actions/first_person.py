"""The first person of a new district: made on the server, by whoever looks after it."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person, RoleGrant
from evenrise.workspace.people.roles import Role, Scope


_REASON = "The first person, made on the server"


def refuse_a_second() -> None:
    """Only a district without an administrator has a first person.

    Raises:
        InputProblem: when somebody active administers already.
    """
    today = timezone.localdate()
    administering = RoleGrant.objects.on(today).filter(
        role=Role.ADMINISTRATOR, person__is_active=True
    )
    if administering.exists():
        raise InputProblem(
            "This district has an administrator already; they add people on the "
            "page People. Nothing changed."
        )


def refuse_password(password: str, *, email: str, name: str) -> None:
    """Say why a password is too weak.

    Raises:
        InputProblem: when it is.
    """
    try:
        validate_password(password, Person(email=email, name=name))
    except ValidationError as problem:
        raise InputProblem(" ".join(problem.messages)) from problem


@transaction.atomic
def add_first_person(*, email: str, name: str, password: str | None) -> Person:
    """Add an administrator, who then adds everybody else.

    Whoever administers sees no students; they must set up a second step, and cannot
    give a role that sees students to themself. An account that is there already (the
    last administrator has left) is let in again and becomes one.

    Args:
        email: their address.
        name: as it is said.
        password: theirs; None where they sign in by a school account or a link.

    Raises:
        InputProblem: when there is an administrator, or the address or the password
            cannot be used. Nothing changed then.
    """
    refuse_a_second()
    email, name = email.strip().lower(), name.strip()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise InputProblem(f"{email!r} is not an email address.") from problem
    if not name:
        raise InputProblem("A name is needed.")
    if password is not None:
        refuse_password(password, email=email, name=name)
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create_user(email, password, name=name)
    else:
        person.is_active = True
        if password is not None:
            person.set_password(password)
        person.save()
    RoleGrant.objects.create(
        person=person,
        role=Role.ADMINISTRATOR,
        scope=Scope.DISTRICT,
        begins_on=timezone.localdate(),
        origin="hand",
        reason=_REASON,
    )
    record(None, "people.add_first_person", About("person", str(person.pk)))
    return person
