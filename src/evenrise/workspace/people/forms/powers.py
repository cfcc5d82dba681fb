"""Switching an administrator's powers on."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.people.models import Person


class PowersForm(forms.Form):
    """A reason, and again a proof of who one is.

    The proof is the password; whoever signs in by a school account has none and gives
    a code of the second step. The invented district's people have neither.
    """

    reason = forms.CharField(
        label=_("What do you need them for?"), max_length=300, min_length=4
    )
    proof = forms.CharField(
        label=_("Your password, or a code of your second step"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        max_length=200,
    )

    def __init__(self, request: HttpRequest, person: Person, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.request = request
        self.person = person
        if settings.DEMO:
            del self.fields["proof"]

    def clean_proof(self) -> str:
        """Check the proof; only so often a minute."""
        proof = str(self.cleaned_data["proof"])
        allowed = ratelimit.consume(
            self.request, action="reauthenticate", user=self.person
        )
        if not allowed:
            raise forms.ValidationError(_("Too many tries. Wait a minute, then again."))
        if not (self.person.check_password(proof) or self._is_code(proof)):
            raise forms.ValidationError(_("That is not right. Nothing is switched on."))
        return ""

    def _is_code(self, proof: str) -> bool:
        step = Authenticator.objects.filter(
            user=self.person, type=Authenticator.Type.TOTP
        ).first()
        return step is not None and bool(step.wrap().validate_code(proof))
