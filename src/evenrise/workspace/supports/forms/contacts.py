"""A conversation with a family."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import Day, area
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.supports.actions.contacts import ContactWritten
from evenrise.workspace.supports.forms.words import OPEN_BOOK, pick, today
from evenrise.workspace.supports.queries.contacts import DIRECTION, HOW
from evenrise.workspace.supports.queries.languages import language_choices


class ContactForm(forms.Form):
    """One conversation: when, how, in which language, what was agreed."""

    held_on = Day(label=_("When?"), initial=today)
    how = pick(_("How?"), list(HOW.items()))
    direction = pick(_("Who began it?"), list(DIRECTION.items()))
    language = forms.ChoiceField(
        label=_("In which language did you speak?"), widget=LongSelect
    )
    interpreter = forms.BooleanField(
        label=_("An interpreter took part"), required=False
    )
    reached = forms.BooleanField(
        label=_("We reached the family"),
        help_text=_("Leave it empty when nobody answered: that counts too."),
        required=False,
        initial=True,
    )
    about = forms.CharField(
        label=_("What was agreed?"),
        help_text=OPEN_BOOK,
        max_length=1_000,
        required=False,
        widget=area(4),
    )

    def __init__(self, *args: Any, home: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = language_choices(home)

    def written(self) -> ContactWritten:
        """What was written, when the form is valid."""
        return ContactWritten(**self.cleaned_data)
