"""The form of a visit: its day, the guide's questions, what the visitors suppose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.actions.visits import VisitSaid
from evenrise.workspace.cycles.guide import questions
from evenrise.workspace.cycles.models import SpotVisit
from evenrise.workspace.foundation.fields import Day
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.insights.models import WrittenIn


_AROUND = ("on", "language")  # what alone says nothing of a visit


class VisitForm(NamesNobody):
    """What was seen and said; every question may stay empty, not all of them."""

    on = Day(label=_("On which day were you there?"))
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=WrittenIn.choices
    )

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in questions():
            self.fields[f"q_{one.key}"] = forms.CharField(
                label=one.ask[language],
                help_text=one.look[language],
                max_length=4_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        told: Any = self.fields
        told["language"].initial = language
        self.fields["hypothesis"] = forms.CharField(
            label=gettext("What do you now suppose makes the difference?"),
            help_text=gettext("A guess that a cycle elsewhere could test."),
            max_length=2_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """Something was seen, or is supposed."""
        told = super().clean()
        if not any(told.get(name) for name in self.fields if name not in _AROUND):
            self.add_error(None, gettext("Write down at least one thing that you saw."))
        return told

    def said(self) -> VisitSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        return VisitSaid(
            on=told["on"],
            language=told["language"],
            answers={one.key: told[f"q_{one.key}"] for one in questions()},
            hypothesis=told["hypothesis"],
        )


def visit_initial(one: SpotVisit) -> dict[str, Any]:
    """What the form shows of what stands already."""
    answers = {f"q_{key}": text for key, text in one.answers.items()}
    told = {"on": one.on, "hypothesis": one.hypothesis} | answers
    return told | ({"language": one.language} if one.language else {})
