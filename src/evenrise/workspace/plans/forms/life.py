"""The forms of a plan's life: a hearing, a vote, an amendment."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import Day, area
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.plans.actions.making_editions import Hearing, Vote, Why


class Digest(forms.CharField):
    """What the person saw, in a hidden field."""

    def __init__(self) -> None:
        super().__init__(max_length=64, min_length=64, widget=forms.HiddenInput)


class WhyForm(NamesNobody):
    """What an amendment is for; the public reads it."""

    why_en = forms.CharField(
        label=_("What is the amendment for? In English"),
        help_text=_("What changed since the plan was adopted, and the reason."),
        max_length=4_000,
        widget=area(3),
    )
    why_es = forms.CharField(
        label=_("What is the amendment for? In Spanish"),
        max_length=4_000,
        widget=area(3),
    )

    def why(self) -> Why:
        """The reason, when the form is valid."""
        told = self.cleaned_data
        return Why(told.get("why_en", ""), told.get("why_es", ""))


class HearingForm(WhyForm):
    """Where and when the public is heard."""

    on = Day(ahead=True, label=_("On which day is the public heard?"))
    place_en = forms.CharField(
        label=_("Where? In English"),
        help_text=_("Place, hour, and how to take part from home."),
        max_length=300,
    )
    place_es = forms.CharField(label=_("Where? In Spanish"), max_length=300)
    until = Day(
        ahead=True,
        label=_("Until which day are comments taken?"),
        help_text=_("At least until the day of the hearing."),
    )
    seen = Digest()
    field_order = ("on", "place_en", "place_es", "until", "why_en", "why_es", "seen")

    def __init__(self, *args: Any, amends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not amends:
            del self.fields["why_en"], self.fields["why_es"]

    def hearing(self) -> Hearing:
        """The hearing, when the form is valid."""
        told = self.cleaned_data
        return Hearing(
            on=told["on"],
            until=told["until"],
            place_en=told["place_en"],
            place_es=told["place_es"],
        )


def _votes(label: Any, initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=999, initial=initial)


class VoteForm(forms.Form):
    """How a board voted."""

    on = Day(ahead=True, label=_("On which day did the board vote?"))
    yes = _votes(_("Votes for"))
    no = _votes(_("Votes against"), 0)
    abstain = _votes(_("Abstained"), 0)
    absent = _votes(_("Absent"), 0)
    seen = Digest()

    def vote(self) -> Vote:
        """The vote, when the form is valid."""
        told: dict[str, Any] = self.cleaned_data
        on: dt.date = told["on"]
        return Vote(
            on=on,
            yes=told["yes"],
            no=told["no"],
            abstain=told["abstain"],
            absent=told["absent"],
        )


class AdoptForm(VoteForm):
    """How a board voted on a plan that was heard."""

    what = forms.ChoiceField(
        label=_("What did the board adopt?"),
        choices=(
            ("heard", _("The plan as it was heard")),
            ("work", _("The plan with the changes made after the hearing")),
        ),
        widget=forms.RadioSelect,
        initial="heard",
    )
    field_order = ("what", "on", "yes", "no", "abstain", "absent", "seen")

    def __init__(self, *args: Any, changed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changed:
            del self.fields["what"]


class AmendForm(WhyForm, VoteForm):
    """An amendment by vote."""

    field_order = (
        *("why_en", "why_es", "on", "yes", "no", "abstain", "absent"),
        "seen",
    )
