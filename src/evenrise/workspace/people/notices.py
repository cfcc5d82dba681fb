"""Letters of the workspace, each in the language of the person who gets it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import Person, RoleGrant
from evenrise.workspace.people.roles import ROLES, Role


_log = logging.getLogger("evenrise.people")


def invite(person: Person) -> None:
    """Tell a new person that they have an account, and how to choose a password."""
    with translation.override(person.language or "en"):
        send(
            _("Your account in the district's workspace"),
            _(
                "Hello %(name)s,\n\n"
                "an account was made for you. If your district signs in by a school "
                "account, use that. If not, choose a password here:\n\n%(address)s\n"
            )
            % {
                "name": person.name,
                "address": address(reverse("account_reset_password")),
            },
            [person.email],
        )


def tell_of_role(administrator: Person, person: Person, grant: RoleGrant) -> None:
    """Tell administrators and superintendents that a role now sees students."""
    for reader in _watchers(but=administrator):
        language: Language = "es" if reader.language == "es" else "en"
        with translation.override(language):
            send(
                _("A role that sees students was given"),
                _(
                    "%(administrator)s gave %(person)s (%(email)s) the role "
                    "%(role)s, %(scope)s, from %(day)s.\n\nReason: %(reason)s\n\n"
                    "If this should not be, end the role here:\n%(address)s\n"
                )
                % {
                    "administrator": administrator.name,
                    "person": person.name,
                    "email": person.email,
                    "role": ROLES[Role(grant.role)].name[language],
                    "scope": scope_words(grant),
                    "day": grant.begins_on.isoformat(),
                    "reason": grant.reason,
                    "address": address(reverse("person", args=(person.pk,))),
                },
                [reader.email],
            )


def tell_of_many(administrator: Person, roles: int) -> None:
    """Tell the same people that a file brought roles that see students."""
    for reader in _watchers(but=administrator):
        with translation.override(reader.language or "en"):
            send(
                _("Roles that see students were given by a file"),
                _(
                    "%(administrator)s brought a file: the persons in it now have "
                    "%(n)s roles that see students. Look at them here:\n%(address)s\n"
                )
                % {
                    "administrator": administrator.name,
                    "n": roles,
                    "address": address(reverse("persons")),
                },
                [reader.email],
            )


def scope_words(grant: RoleGrant) -> str:
    """How far a role reaches, in words."""
    school = "" if grant.school is None else grant.school.name
    words = {
        "district": _("the whole district"),
        "school": school,
        "grade": _("grade %(grade)s of %(school)s")
        % {"grade": grant.grade, "school": school},
        "section": _("one section") if grant.section_id else _("their own sections"),
        "caseload": _("one caseload")
        if grant.caseload_id
        else _("their own caseloads"),
    }
    return words[grant.scope]


def _watchers(*, but: Person) -> Iterable[Person]:
    holders = RoleGrant.objects.on(timezone.localdate()).filter(
        role__in=(Role.ADMINISTRATOR, Role.SUPERINTENDENT)
    )
    return Person.objects.filter(
        is_active=True, pk__in=holders.values("person")
    ).exclude(pk=but.pk)


def address(path: str) -> str:
    """A path as an address on the first of the hosts that people reach us by."""
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"
    return f"{'https' if settings.HTTPS else 'http'}://{host}{path}"


def send(subject: str, text: str, to: list[str]) -> None:
    """Send; a mail server that is away does not undo what was done."""
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, to)
    except (OSError, SMTPException):
        _log.exception("A letter could not be sent.")
