"""How sign-in behaves: no sign-up, and a second step where students are seen."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class PersonAdapter(DefaultAccountAdapter):
    """Accounts are made by a steward; there is no sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        del request
        return False


class SchoolAccountAdapter(DefaultSocialAccountAdapter):
    """A school account opens the account that a steward made for its address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say no: an address that nobody wrote down opens nothing."""
        del request, sociallogin
        return False


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step's words."""
