"""A team: its name, its school, who belongs to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks
from evenrise.workspace.people.models import Person, School


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name of the team"),
        help_text=_("For example: Ninth grade team. Do not name a student."),
        max_length=120,
    )


class NewTeamForm(NamesNobody):
    """A new team; who belongs to it is said on its page."""

    name = _name()
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), widget=LongSelect
    )

    def __init__(
        self, *args: Any, schools: QuerySet[School], person: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, person=person, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools
        if len(schools) == 1:
            field.initial = schools[0].pk
            field.empty_label = None


class TeamForm(NamesNobody):
    """A team's name and its members."""

    name = _name()
    members = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Who belongs to it?"),
        help_text=_(
            "Adults who work at the school or lead it. A member reads only about the "
            "students whom they serve."
        ),
        required=False,
        widget=Ticks,
    )

    def __init__(
        self, *args: Any, persons: QuerySet[Person], person: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, person=person, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = persons
