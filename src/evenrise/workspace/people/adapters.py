"""How sign-in behaves: no sign-up, addresses are written down by an administrator."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from smtplib import SMTPException
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import translation

from evenrise.workspace.foundation.audit import record
from evenrise.workspace.people.models import Person


_log = logging.getLogger("evenrise.people")
_JUST_NOW = 300  # seconds


class PersonAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; there is no sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        del request
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries are counted: behind our own server, what that server says.

        Only the last address is its word; what stands before it anybody may write.
        """
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        last = told.rsplit(",", maxsplit=1)[-1].strip()
        if settings.HTTPS and last:
            return last
        return str(request.META.get("REMOTE_ADDR") or "unknown")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who it is, unless they have shown it in the last minutes.

        Who has just signed in sets up the second step without a password twice.
        """
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < _JUST_NOW:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def render_mail(
        self,
        template_prefix: str,
        email: Any,
        context: dict[str, Any],
        headers: Any = None,
    ) -> Any:
        """Write each letter in the language of the person who gets it."""
        person = context.get("user")
        language = person.language if isinstance(person, Person) else ""
        with translation.override(language or translation.get_language() or "en"):
            letter = super().render_mail(template_prefix, email, context, headers)
        return _Beside(letter) if template_prefix in _ASKED_BY_STRANGERS else letter


# Letters that somebody gets because a stranger typed their address.
_ASKED_BY_STRANGERS = {"account/email/password_reset_key"}


@dataclass(frozen=True, slots=True)
class _Beside:
    """A letter that leaves beside the answer, which must not tell an address is known.

    Neither the time that a mail server takes would be silent, nor its faults.
    """

    letter: EmailMessage

    def send(self) -> None:
        """Send it soon; whoever does not get it asks again."""
        Thread(target=self._send).start()

    def _send(self) -> None:
        try:
            self.letter.send()
        except (OSError, SMTPException) as problem:
            _log.warning("A letter could not be sent: %s.", type(problem).__name__)


class SchoolAccountAdapter(DefaultSocialAccountAdapter):
    """A school account opens the account that was made for its verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say no: an address that nobody wrote down opens nothing."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse what could open an account by another way than its address.

        Nobody ties a further school account to theirs by themself; an account whose
        address changed at the provider no longer opens; and the two statements of a
        provider (the signed one, and the one asked for) must name the same person.
        """
        connects = sociallogin.state.get("process") == AuthProcess.CONNECT
        if connects or not sociallogin.is_existing or not _agrees(sociallogin):
            record(None, "people.school_account_refused")
            raise ImmediateHttpResponse(
                render(request, "account/signup_closed.html", status=403)
            )


def _agrees(sociallogin: Any) -> bool:
    """Whether the provider says, verified, the address of the account it opens."""
    told = sociallogin.account.extra_data
    signed, asked = told.get("id_token"), told.get("userinfo")
    if signed and asked and signed.get("sub") != asked.get("sub"):
        return False
    addresses = {
        one.email.lower() for one in sociallogin.email_addresses if one.verified
    }
    return sociallogin.user.email.lower() in addresses


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step's words."""
