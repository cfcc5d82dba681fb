"""What people write in this room, checked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.data.queries.questions import who_may_answer
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.people.models import Person


_EARLIEST = dt.date(1990, 1, 1)


class BringIn(forms.Form):
    """The day that the files speak of; the files themselves go straight to the disk."""

    as_of = DayField(
        label=_("The day of these records"),
        input_formats=["%Y-%m-%d"],
        required=False,
    )

    def clean_as_of(self) -> dt.date:
        """Today unless told; never a day to come."""
        today = timezone.localdate()
        day: dt.date = self.cleaned_data.get("as_of") or today
        if not _EARLIEST <= day <= today:
            raise forms.ValidationError(
                _("Choose a day that has been, or leave it empty for today.")
            )
        return day


class Commit(forms.Form):
    """Yes; and where many students leave, that it is meant, and why."""

    agreed = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=500)


class Undo(forms.Form):
    """Why, and what stood when the person looked."""

    seen = forms.IntegerField()
    reason = forms.CharField(required=False, max_length=500)


class Note(forms.Form):
    """What was found out about a question."""

    note = forms.CharField(required=False, max_length=2000)


class Assign(forms.Form):
    """Who is to find out; nobody when left empty."""

    owner = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        widget=LongSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = who_may_answer().only("name")
