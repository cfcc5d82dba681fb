"""What is written of a learning walk; it names no adult and no student."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.fields import area
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.learning.access import colleagues
from evenrise.workspace.learning.actions.walks import Seen, WalkTold
from evenrise.workspace.learning.models import ICMap
from evenrise.workspace.learning.queries.adult_names import adults_named
from evenrise.workspace.learning.queries.learning_teams import school_choices
from evenrise.workspace.learning.queries.walks import map_choices
from evenrise.workspace.people.forms.one_person import SeveralPeople
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.supports.forms.words import Day, today


class NamesNoAdult(NamesNobody):
    """What is told of a visit names neither a student nor an adult of the school."""

    school_id = ""

    def clean(self) -> dict[str, Any]:
        """Look for adults' names in every text that was written."""
        told = super().clean()
        school = self.school_id or told.get("school") or ""
        for name, value in list(told.items()):
            if name == "school" or not isinstance(value, str) or not school:
                continue
            found = adults_named([value], school)
            if found:
                self.add_error(
                    name,
                    gettext(
                        "This names an adult: %(names)s. Tell what was seen, not who "
                        "did it."
                    )
                    % {"names": ", ".join(found)},
                )
        return told


class WalkForm(NamesNoAdult):
    """Where, when, with which question, and who goes."""

    school = forms.ChoiceField(label=_("Which school?"), widget=LongSelect)
    on = Day(label=_("When?"), ahead=True, initial=today)
    question = forms.CharField(
        label=_("What do we want to learn?"),
        help_text=_("For example: when do students explain their thinking?"),
        max_length=300,
        widget=area(2),
    )
    map = forms.ChoiceField(
        label=_("A map of practice to look with"), required=False, widget=LongSelect
    )
    walkers = SeveralPeople(label=_("Who comes along?"), required=False)

    def __init__(
        self, *args: Any, person: Person, language: Language, **kwargs: Any
    ) -> None:
        super().__init__(*args, person=person, **kwargs)
        own: Any = self.fields
        own["school"].choices = school_choices(person)[1:]
        own["map"].choices = map_choices(language)
        if len(own["map"].choices) == 1:
            del own["map"]
        own["walkers"].among(colleagues().exclude(pk=person.pk))

    def told(self) -> WalkTold:
        """What was written, as the verbs take it."""
        told = self.cleaned_data
        chosen = told.get("map")
        return WalkTold(
            school=School.objects.get(pk=told["school"]),
            on=told["on"],
            question=told["question"],
            map=ICMap.objects.get(pk=chosen) if chosen else None,
            walkers=list(told["walkers"]),
        )


class SeenForm(NamesNoAdult):
    """What was seen and wondered in one stop."""

    stop = forms.IntegerField(
        label=pgettext_lazy("walk", "Stop"), min_value=1, max_value=40, initial=1
    )
    seen = forms.CharField(
        label=_("What did we see and hear?"),
        help_text=_("As a camera would tell it. Name no adult and no student."),
        max_length=4_000,
        required=False,
        widget=area(4),
    )
    wondered = forms.CharField(
        label=_("What do we wonder?"),
        help_text=_("A question, not a judgement."),
        max_length=4_000,
        required=False,
        widget=area(3),
    )

    def __init__(self, *args: Any, school_id: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school_id = school_id

    def clean(self) -> dict[str, Any]:
        """Something is written."""
        told = super().clean()
        if not (self.errors or told.get("seen") or told.get("wondered")):
            self.add_error("seen", _("Write what was seen, or what you wonder."))
        return told

    def told(self) -> Seen:
        """What was written, as the verbs take it."""
        told = self.cleaned_data
        return Seen(stop=told["stop"], seen=told["seen"], wondered=told["wondered"])


class ThanksForm(NamesNoAdult):
    """What the school hears afterwards."""

    thanks = forms.CharField(
        label=_("What do we thank the school for, and what did we learn?"),
        help_text=_("The school reads it once you share the walk."),
        max_length=4_000,
        required=False,
        widget=area(4),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, school_id: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school_id = school_id
