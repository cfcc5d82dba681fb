"""A meeting, and what it decided about one student."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import Day, area
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.meetings import Decided
from evenrise.workspace.supports.forms.words import OPEN_BOOK, today
from evenrise.workspace.supports.models import MeetingItem


class MeetingForm(forms.Form):
    """A new meeting."""

    held_on = Day(label=_("On which day?"), initial=today, ahead=True)
    most = forms.IntegerField(
        label=_("How many students with a flag do you have time for?"),
        help_text=_("Four minutes a student: twelve take most of an hour."),
        min_value=0,
        max_value=40,
        initial=12,
    )


class MeetingNotesForm(NamesNobody):
    """What a team says about its own work."""

    notes = forms.CharField(
        label=_("About our work as a team"),
        help_text=_("What we learned, what we do differently. Do not name a student."),
        max_length=4_000,
        required=False,
        widget=area(3),
    )


class ItemForm(forms.Form):
    """What the team decided: without an adult and a day it would be a wish."""

    decision = forms.CharField(
        label=_("What do we do?"),
        help_text=OPEN_BOOK,
        max_length=500,
        widget=area(3),
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who acts?"),
        help_text=_("A member of the team who serves this student."),
        empty_label=_("Choose"),
        widget=LongSelect,
    )
    due_on = Day(label=_("Until when?"), ahead=True)
    seen = forms.CharField(
        required=False, max_length=500, strip=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, members: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = members

    def decided(self) -> Decided:
        """What was decided, when the form is valid."""
        told = self.cleaned_data
        return Decided(
            decision=told["decision"], owner=told["owner"], due_on=told["due_on"]
        )


def item_initial(item: MeetingItem) -> dict[str, Any]:
    """What the form shows of what stands already."""
    return {
        "decision": item.decision,
        "owner": item.owner_id,
        "due_on": item.due_on,
        "seen": item.decision,
    }
