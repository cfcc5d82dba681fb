"""Forms of a team's meeting: its day and roles, a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.actions.meetings import MeetingSaid
from evenrise.workspace.cycles.models import Meeting
from evenrise.workspace.cycles.protocols import Protocol
from evenrise.workspace.foundation.fields import Day
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody


class TeamMeetingForm(NamesNobody):
    """When the team meets, about which question, and who looks after what."""

    on = Day(ahead=True, label=_("On which day?"))
    question = forms.CharField(
        label=_("Which question does the team bring?"),
        help_text=_("It stands on the screen for everybody. Name no student."),
        max_length=300,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        protocol: Protocol,
        names: list[str],
        language: Language,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.roles = [role.key for role in protocol.roles]
        choices = [("", gettext("Nobody yet")), *((name, name) for name in names)]
        for role in protocol.roles:
            self.fields[f"role_{role.key}"] = forms.ChoiceField(
                label=role.name[language],
                help_text=role.does[language],
                choices=choices,
                required=False,
                widget=LongSelect,
            )

    def clean(self) -> dict[str, Any]:
        """Names of adults may stand in the roles; only the question names nobody."""
        roles = {
            f"role_{key}": self.cleaned_data.pop(f"role_{key}", "")
            for key in self.roles
        }
        return super().clean() | roles

    def said(self) -> MeetingSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        roles = {key: told[f"role_{key}"] for key in self.roles}
        return MeetingSaid(
            on=told["on"],
            question=told["question"],
            roles={key: name for key, name in roles.items() if name},
        )


def meeting_initial(one: Meeting) -> dict[str, Any]:
    """What the form shows of what stands already."""
    roles = {f"role_{key}": name for key, name in one.roles.items()}
    return {"on": one.on, "question": one.question} | roles


class NoteForm(NamesNobody):
    """What was said in a step; `seen` is the text that the page showed."""

    text = forms.CharField(
        label=_("What was said"),
        help_text=_(
            "It becomes part of the cycle's record, for the team. Name no student."
        ),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(
        required=False, max_length=4_000, strip=False, widget=forms.HiddenInput
    )
