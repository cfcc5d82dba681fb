"""What the forms about a student share: how they are to be written, and their days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.long_select import LongSelect


OPEN_BOOK = _(
    "Write about the work, as if the student and family read it: they may ask for it."
)


def area(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def pick(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice of one."""
    return forms.ChoiceField(label=label, choices=choices, widget=LongSelect)


class Day(forms.DateField):
    """A day; without `ahead` it has come already."""

    def __init__(self, *args: Any, ahead: bool = False, **kwargs: Any) -> None:
        kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(*args, **kwargs)
        self.ahead = ahead

    def clean(self, value: Any) -> Any:
        """The day that was written.

        Raises:
            ValidationError: when it has not come yet, or is long gone.
        """
        told = super().clean(value)
        today = timezone.localdate()
        if told is not None and not self.ahead and told > today:
            raise forms.ValidationError(_("This day has not come yet."))
        if told is not None and abs((told - today).days) > 3660:  # ten years
            raise forms.ValidationError(_("Look at the year again."))
        return told


def today() -> dt.date:
    """What a form begins with."""
    return timezone.localdate()
