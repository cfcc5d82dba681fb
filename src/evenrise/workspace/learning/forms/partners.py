"""The forms of partners and of the hours they give; words only, no decisions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.learning.actions.partners import GivenHours
from evenrise.workspace.learning.models import PartnerKind
from evenrise.workspace.learning.queries.choosing_offerings import DISTRICT, Choice


class PartnerForm(NamesNobody):
    """Who gives hours."""

    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=PartnerKind.choices)


class PartnerHoursForm(NamesNobody):
    """Hours that people of a partner gave, together."""

    on = DayField(
        label=_("Day"),
    )
    place = forms.ChoiceField(label=_("Where"), widget=LongSelect)
    people = forms.IntegerField(
        label=_("How many people"), min_value=1, max_value=10_000
    )
    hours = forms.DecimalField(
        label=_("Hours of all of them together"),
        max_digits=8,
        decimal_places=2,
        min_value=Decimal("0.25"),
        max_value=100_000,
    )
    what = forms.CharField(
        label=_("What for"),
        help_text=_("Name nobody, no volunteer and no student."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, places: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    def clean_on(self) -> dt.date:
        """A day that has come."""
        on: dt.date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        if on.year < 2000:
            raise forms.ValidationError(gettext("This year cannot be."))
        return on

    def given(self) -> GivenHours:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        place: str = told["place"]
        return GivenHours(
            school_id=None if place == DISTRICT else place,
            on=told["on"],
            people=told["people"],
            hours=told["hours"],
            what=told["what"],
        )
