"""A day in a form: one that a calendar, a school year and a week can be told of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


YEARS = range(1900, 2200)


class DayInput(forms.DateInput):
    """A day, from a calendar where the browser has one; it takes only ISO dates."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of the years that people live in.

    The first and the last days that a computer knows have no week before or after
    them: one of them in a plan or a cycle would stop each page that reckons with it.
    """

    widget = DayInput

    def validate(self, value: Any) -> None:
        """Refuse a day of another age.

        Raises:
            ValidationError: for a year before 1900 or after 2199.
        """
        super().validate(value)
        if isinstance(value, dt.date) and value.year not in YEARS:
            raise ValidationError(_("Write a day of the years 1900 to 2199."))
