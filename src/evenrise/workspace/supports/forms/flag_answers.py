"""What a person may answer to a flag."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.supports.actions.flag_answering import MOST_DAYS


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class SetAsideForm(forms.Form):
    """Set a flag aside until a day; it comes back by itself."""

    prefix = "aside"
    reason = forms.CharField(
        label=_("Why can it wait?"),
        help_text=_("Everybody who serves this student may read it."),
        max_length=500,
        min_length=4,
        widget=_area(),
    )
    until = DayField(
        label=_("It comes back on"),
        help_text=_("At most 60 days from now."),
    )

    def clean_until(self) -> dt.date:
        """A day from tomorrow to sixty days on."""
        until: dt.date = self.cleaned_data["until"]
        days = (until - timezone.localdate()).days
        if not 1 <= days <= MOST_DAYS:
            raise forms.ValidationError(
                _("Choose a day from tomorrow to 60 days from now.")
            )
        return until


class ContestForm(forms.Form):
    """Note that the student or family says that a fact is wrong."""

    prefix = "contest"
    reason = forms.CharField(
        label=_("Which fact is wrong, and what do they say?"),
        help_text=_(
            "Everybody who serves this student may read it. The people who bring"
            " records in are asked to look; they are not told these words."
        ),
        max_length=500,
        min_length=4,
        widget=_area(),
    )
