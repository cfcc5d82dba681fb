"""What a student said of themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import Day, area
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.supports.actions.voice import VoiceWritten
from evenrise.workspace.supports.forms.words import today
from evenrise.workspace.supports.queries.languages import language_choices
from evenrise.workspace.supports.queries.voice import KINDS


class VoiceForm(forms.Form):
    """The student's own words."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        initial="words",
    )
    text = forms.CharField(
        label=_("As the student said it"),
        help_text=_(
            "Their words, not yours, and in their language. Ask them whether their "
            "teachers may read it; they and their family may ask for it."
        ),
        max_length=500,
        widget=area(3),
    )
    language = forms.ChoiceField(
        label=_("In which language did they say it?"), widget=LongSelect
    )
    said_on = Day(label=_("When did they say it?"), initial=today)

    def __init__(self, *args: Any, home: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        listed = language_choices(home)
        # Students here speak English at school; the home's language stands second.
        fields["language"].choices = sorted(listed, key=lambda one: one[0] != "en")

    def written(self) -> VoiceWritten:
        """What was written, when the form is valid."""
        return VoiceWritten(**self.cleaned_data)
