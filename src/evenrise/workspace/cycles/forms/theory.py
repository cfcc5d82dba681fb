"""The forms of voices, causes, drivers, and of who joins; words only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.cycles.actions.theory import CauseSaid, VoiceSaid
from evenrise.workspace.cycles.forms.cycles import LONG, SHORT, PlainForm, a_day
from evenrise.workspace.cycles.models import CauseState
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.models import SaidBy
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person


_PEOPLE = [(code, label) for code, label in SaidBy.choices if code != SaidBy.PAGE]


class VoiceForm(PlainForm):
    """Whom the team asked, and what they said."""

    said_by = forms.ChoiceField(label=_("Who said it?"), choices=_PEOPLE)
    how_many = forms.IntegerField(
        label=_("How many said so?"), required=False, min_value=1, max_value=9_999
    )
    spoken = forms.CharField(
        label=_("What did they say?"),
        help_text=_("In their words, without anybody’s name."),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked_on = a_day(_("Asked on"))
    evidence = forms.ChoiceField(
        label=_("Written evidence it comes from"), required=False, widget=LongSelect
    )

    def __init__(
        self, *args: Any, evidence: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = list(evidence)  # type: ignore[attr-defined]

    def voice(self) -> VoiceSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        return VoiceSaid(
            said_by=told["said_by"],
            said=told["spoken"],
            how_many=told["how_many"],
            asked_on=told["asked_on"],
            evidence=int(told["evidence"]) if told["evidence"] else None,
        )


class CauseForm(PlainForm):
    """A cause, and what the evidence says of it."""

    text = forms.CharField(label=_("Cause"), max_length=SHORT)
    state = forms.ChoiceField(
        label=_("What does the evidence say?"),
        choices=CauseState.choices,
        initial=CauseState.OPEN,
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("What was looked at, and what did it say?"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Nothing is likely or ruled out without evidence."""
        told = super().clean()
        judged = told.get("state") and told["state"] != CauseState.OPEN
        if judged and not told.get("evidence") and "evidence" not in self.errors:
            self.add_error(
                "evidence",
                gettext("Write what was looked at, and what it said."),
            )
        return told

    def cause(self) -> CauseSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        return CauseSaid(
            text=told["text"], state=told["state"], evidence=told["evidence"]
        )


class DriverForm(PlainForm):
    """One thing of a theory."""

    text = forms.CharField(label=_("In a few words"), max_length=SHORT)


class IdeaForm(DriverForm):
    """A change idea, which this cycle may test."""

    tried = forms.BooleanField(label=_("This cycle tries it."), required=False)


class JoinForm(forms.Form):
    """Who joins a team."""

    who = OnePerson(label=_("Person"), empty_label="–")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.among(people)
