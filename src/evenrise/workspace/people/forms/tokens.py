"""The form of a key for a program."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.people.tokens import SCOPE_NAMES, TokenScope, latest_end


class TokenForm(forms.Form):
    """What a key is for, what it opens, until when."""

    name = forms.CharField(max_length=120, label=_("What is it for?"))
    scopes = forms.MultipleChoiceField(
        label=_("What may it read?"), widget=forms.CheckboxSelectMultiple
    )
    ends_on = DayField(
        label=_("Its last day"),
        help_text=_("At most a year from today."),
    )

    def __init__(self, person: Person, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        language: Language = "es" if get_language() == "es" else "en"
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - ours
        field.choices = [
            (scope.value, name[language])
            for scope, name in SCOPE_NAMES.items()
            if scope is not TokenScope.STUDENTS or person.may(Right.SEE_STUDENTS)
        ]

    def clean_ends_on(self) -> dt.date:
        """A day from today on, at most a year."""
        day: dt.date = self.cleaned_data["ends_on"]
        if not timezone.localdate() <= day <= latest_end():
            raise forms.ValidationError(_("Choose a day within the next year."))
        return day
