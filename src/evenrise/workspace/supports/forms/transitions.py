"""A note for the next school."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import area
from evenrise.workspace.supports.actions.transitions import TransitionWritten
from evenrise.workspace.supports.forms.words import OPEN_BOOK


class TransitionForm(forms.Form):
    """What the next school should know."""

    strengths = forms.CharField(
        label=_("What is this student good at, and proud of?"),
        help_text=OPEN_BOOK,
        max_length=500,
        widget=area(3),
    )
    helps = forms.CharField(
        label=_("What helps this student learn?"),
        help_text=OPEN_BOOK,
        max_length=500,
        widget=area(3),
    )
    trusted_adult = forms.CharField(
        label=_("Which adult do they trust here?"),
        help_text=_("A name and how to reach them; ask that adult first."),
        max_length=200,
        required=False,
    )
    family_wishes = forms.CharField(
        label=_("What does the family wish?"),
        help_text=OPEN_BOOK,
        max_length=500,
        required=False,
        widget=area(3),
    )

    def written(self) -> TransitionWritten:
        """What was written, when the form is valid."""
        return TransitionWritten(**self.cleaned_data)
