"""The forms of a review: a new one, and what is noted about one rung."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import Day, area
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.reviewing import Noted


class ReviewForm(NamesNobody):
    """A new review."""

    held_on = Day(ahead=True, label=_("On which day?"), initial=timezone.localdate)
    title_en = forms.CharField(
        label=_("Title in English"),
        help_text=_("For example: Mid-year review"),
        max_length=200,
        initial="Mid-year review",
    )
    title_es = forms.CharField(
        label=_("Title in Spanish"),
        max_length=200,
        initial="Revisión de mitad de año",
    )


class NoteForm(NamesNobody):
    """What was noticed about one rung, and what follows from it."""

    noticed = forms.CharField(
        label=_("What do we notice?"),
        help_text=_("What the steps and the numbers tell, and what surprised us."),
        max_length=4_000,
        required=False,
        widget=area(3),
    )
    decided = forms.CharField(
        label=_("What do we decide?"), max_length=2_000, required=False, widget=area(2)
    )
    owner = OnePerson(
        label=_("Who does it?"), required=False, empty_label=_("Nobody yet")
    )
    due_on = Day(ahead=True, label=_("Until when?"), required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.among(people)

    def clean(self) -> dict[str, Any]:
        """What is decided has somebody who does it, and a day."""
        told = super().clean() or {}
        if told.get("decided"):
            for name in ("owner", "due_on"):
                if not told.get(name):
                    self.add_error(name, _("Say who does it, and until when."))
        return told

    def told(self) -> Noted:
        """What was noted, when the form is valid."""
        said = self.cleaned_data
        return Noted(
            noticed=said["noticed"],
            decided=said["decided"],
            owner=said["owner"],
            due_on=said["due_on"],
        )
