"""A new advisory: its name, its school, whose it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.supports.queries.advisories import (
    owners_to_choose,
    schools_to_choose,
)


class AdvisoryForm(forms.Form):
    """A new advisory, empty."""

    name = forms.CharField(label=_("Name of the advisory"), max_length=120)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), widget=LongSelect
    )
    owner = OnePerson(label=_("The adult who follows these students"))

    def __init__(self, person: Person, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        schools = schools_to_choose(reach)
        fields["school"].queryset = schools
        fields["owner"].among(owners_to_choose(person, reach).only("name", "email"))
        fields["owner"].initial = person.pk
        only = list(schools[:2])
        if len(only) == 1:
            fields["school"].initial = only[0].pk
