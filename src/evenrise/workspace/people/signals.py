"""Sign-ins and second steps: put on record, and kept in step with the person.

Never written: a password, a code, an address that nobody wrote down (somebody may have
typed a password there).
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as second_step
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth, update_session_auth_hash
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.sessions import BEGAN, METHOD, POWERS


_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@receiver(auth.user_logged_in)
def _signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    session = request.session
    session[BEGAN] = int(timezone.now().timestamp())
    session.pop(POWERS, None)
    before = (
        LogEntry.objects.filter(person_key=user.pk, verb="people.sign_in")
        .order_by("-id")
        .values_list("at", flat=True)
        .first()
    )
    Person.objects.filter(pk=user.pk).update(seen_before=before)
    user.seen_before = before
    record(user, "people.sign_in", by=_method(request))


def _method(request: HttpRequest) -> str:
    """How: password, second step, school account, or the demo's door."""
    told = request.session.get("account_authentication_methods") or []
    methods = [str(step.get("method", "")) for step in told if isinstance(step, dict)]
    return "+".join(filter(None, methods)) or str(request.session.get(METHOD, "other"))


@receiver(auth.user_logged_out)
def _signed_out(user: Person | None, **_: Any) -> None:
    if isinstance(user, Person):
        record(user, "people.sign_out")


@receiver(auth.user_login_failed)
def _refused(credentials: dict[str, Any], **_: Any) -> None:
    told = str(credentials.get("email") or credentials.get("username") or "")
    known = Person.objects.filter(email=told.strip().lower()).first()
    about = None if known is None else About("person", str(known.pk))
    record(None, "people.sign_in_refused", about)


@receiver(second_step.authentication_failed)
def _code_refused(user: Person, **_: Any) -> None:
    record(None, "people.second_step_refused", About("person", str(user.pk)))


@receiver(account.password_changed)
def _password_changed(user: Person, **_: Any) -> None:
    record(user, "people.change_password")


@receiver(account.password_reset)
def _password_reset(user: Person, **_: Any) -> None:
    record(user, "people.reset_password")


@receiver([post_save, post_delete], sender=Authenticator)
def _steps_changed(instance: Authenticator, **_: Any) -> None:
    """Keep `second_step_at` true, whoever adds or takes away a step.

    A change ends the person's other sessions: one of them may be why it was changed.
    """
    person = Person.objects.filter(pk=instance.user_id).first()
    if person is None:
        return
    stands = Authenticator.objects.filter(user=person, type__in=_STEPS).exists()
    if stands == (person.second_step_at is not None):
        return
    Person.objects.filter(pk=person.pk).update(
        second_step_at=timezone.now() if stands else None,
        sessions_stamp=F("sessions_stamp") + 1,
    )


@receiver([second_step.authenticator_added, second_step.authenticator_removed])
def _step_on_record(
    request: HttpRequest,
    user: Person,
    authenticator: Authenticator,
    signal: Any,
    **_: Any,
) -> None:
    """Put it on record, and let the session in which it happened go on."""
    added = signal is second_step.authenticator_added
    verb = "people.add_second_step" if added else "people.remove_second_step"
    record(user, verb, kind=str(authenticator.type))
    user.refresh_from_db(fields=["second_step_at", "sessions_stamp"])
    if request.user.is_authenticated and request.user.pk == user.pk:
        update_session_auth_hash(request, user)


@receiver(post_save, sender=Person)
def _address_kept(instance: Person, created: bool, **_: Any) -> None:  # noqa: FBT001
    """The address that a steward wrote down counts as verified."""
    if created:
        EmailAddress.objects.get_or_create(
            user=instance,
            email=instance.email,
            defaults={"verified": True, "primary": True},
        )
