"""Forms of the trace: what a rung stands on, and which rung takes something up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.plans.models import LinkTo


class _Named(forms.MultipleChoiceField):
    """`kind|key` of things; whether they are there is the verb's to say."""

    def valid_value(self, value: object) -> bool:
        """Anything; the choices of a search are not those of the next one."""
        return bool(value)


class SearchForm(forms.Form):
    """What somebody looks for to stand on."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Everything")), *LinkTo.choices],
        required=False,
    )
    what = forms.CharField(max_length=320, required=False, widget=forms.HiddenInput)


class StandsOnForm(forms.Form):
    """What a rung is to stand on."""

    what = _Named(
        label=_("What it stands on"),
        error_messages={"required": _("Tick at least one line of the list.")},
    )


class TakeUpForm(forms.Form):
    """Which rung takes something up."""

    rung = forms.ChoiceField(
        label=_("Which part of the plan is to stand on it?"),
        help_text=_("A strategy or a step shows best what is done about it."),
    )

    def __init__(self, *args: Any, rungs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = [("", "–"), *rungs]  # type: ignore[attr-defined]
