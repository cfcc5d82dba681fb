"""A note about the work with a student."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import area
from evenrise.workspace.supports.forms.words import OPEN_BOOK


class NoteForm(forms.Form):
    """A note, open or restricted; who reads which stands beside the form."""

    text = forms.CharField(
        label=_("The note"), help_text=OPEN_BOOK, max_length=2_000, widget=area(6)
    )
    restricted = forms.BooleanField(
        label=_("Restricted"),
        help_text=_("Only for what others do not need to know to help the student."),
        required=False,
    )
