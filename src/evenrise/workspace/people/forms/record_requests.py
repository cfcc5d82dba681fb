"""Answering a family's request for the record of looks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RecordForm(forms.Form):
    """In which language, and in which shape, the record is given."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("es", "Español")]
    )
    shape = forms.ChoiceField(
        label=_("As"),
        choices=[
            ("page", _("a page to print")),
            ("csv", _("a spreadsheet file (CSV)")),
        ],
    )
