"""The form of a line that gives a support on a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.supports.queries.line_readings import line_choices


class LineReadingForm(forms.Form):
    """Which line, and when it is read."""

    line = forms.ChoiceField(
        label=_("Line of the rule"),
        help_text=_("Who is past it on that day is given the support."),
    )
    read_on = DayField(
        label=_("Day on which the line is read"),
        help_text=_("Of the day itself everything counts that was known on it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["line"].choices = [("", "–"), *line_choices()]

    @property
    def told(self) -> dict[str, Any]:
        """What was said, as `read_line` takes it."""
        rule_set, _colon, line = str(self.cleaned_data["line"]).partition(":")
        return {
            "rule_set": rule_set,
            "line": line,
            "read_on": self.cleaned_data["read_on"],
        }
