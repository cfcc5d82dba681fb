"""What the two people of a coaching cycle write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.fields import area
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.learning.access import colleagues
from evenrise.workspace.learning.actions.coaching import Aim, Written
from evenrise.workspace.learning.models import Component, NoteKind
from evenrise.workspace.learning.queries.coaching import component_choices
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.forms.words import Day, today


COACHES, COACHED = "coaches", "coached"


class AimForm(NamesNobody):
    """What the two work on, from when to when."""

    goal = forms.CharField(
        label=_("What do you two want to see in practice?"),
        help_text=_(
            "One goal. For example: students explain their thinking to each other in "
            "every lesson. Do not name a student."
        ),
        max_length=2_000,
        widget=area(3),
    )
    component = forms.ChoiceField(
        label=_("A component of a map of practice"), required=False, widget=LongSelect
    )
    begins_on = Day(label=_("From"), ahead=True, initial=today)
    ends_on = Day(label=_("Until"), ahead=True, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["component"]
        field.choices = component_choices(language)
        if len(field.choices) == 1:
            del self.fields["component"]

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        told = super().clean()
        begins, ends = told.get("begins_on"), told.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("This is before the first day."))
        return told

    def aim(self) -> Aim:
        """What was written, as the verbs take it."""
        told = self.cleaned_data
        key = told.get("component")
        return Aim(
            goal=told["goal"],
            component=Component.objects.get(pk=key) if key else None,
            begins_on=told["begins_on"],
            ends_on=told["ends_on"],
        )


class AskForm(AimForm):
    """Who asks whom, as what."""

    mine = forms.ChoiceField(
        label=_("Who coaches?"),
        choices=[
            (COACHED, _("My colleague coaches me")),
            (COACHES, _("I coach my colleague")),
        ],
        initial=COACHED,
        widget=forms.RadioSelect,
    )
    other = OnePerson(
        label=_("With whom?"),
        help_text=_(
            "Whoever leads a school, or the district, does not coach the people they "
            "lead."
        ),
    )
    field_order = ("mine", "other", "goal", "component", "begins_on", "ends_on")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        other: Any = self.fields["other"]
        other.among(colleagues().exclude(pk=person.pk))


class NoteForm(NamesNobody):
    """A step of coaching."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=NoteKind.choices, widget=forms.RadioSelect
    )
    on = Day(label=_("Day"), initial=today)
    text = forms.CharField(
        label=_("In words"),
        help_text=_(
            "What was seen and heard, and what it may mean. You two alone read it. Do "
            "not name a student."
        ),
        max_length=8_000,
        widget=area(8),
    )

    def written(self) -> Written:
        """What was written, as the verbs take it."""
        told = self.cleaned_data
        return Written(kind=told["kind"], on=told["on"], text=told["text"])
