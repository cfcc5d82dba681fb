"""The form of an initiative: its words and the three links of its chain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.cycles.models import Practice
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks, offer_several
from evenrise.workspace.learning.actions.initiatives import InitiativeSaid
from evenrise.workspace.learning.models import ICMap, Initiative
from evenrise.workspace.learning.queries.initiative_choices import InitiativeChoices
from evenrise.workspace.people.models import School
from evenrise.workspace.plans.models import Rung


def _line(label: Any, language: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"lang": language})
    return forms.CharField(label=label, max_length=300, required=False, widget=widget)


def _text(label: Any, language: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "lang": language})
    return forms.CharField(label=label, max_length=4_000, required=False, widget=widget)


def _choose(label: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, help_text=hint, widget=LongSelect
    )


class InitiativeForm(NamesNobody):
    """What the district asks adults to learn, and how anybody would see it."""

    title_en = _line(_("Title in English"), "en")
    title_es = _line(_("Title in Spanish"), "es")
    text_en = _text(_("What it is about, in English"), "en")
    text_es = _text(_("What it is about, in Spanish"), "es")
    begins_on = DayField(
        label=_("Begins on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    practice = _choose(_("The practice it passes on"))
    rung = _choose(_("The step or goal of a plan that it serves"))
    schools = forms.MultipleChoiceField(
        label=_("At which schools"),
        required=False,
        help_text=_("None chosen: all of the district."),
    )
    roles = forms.MultipleChoiceField(label=_("For whom the learning is"), widget=Ticks)
    hours = forms.DecimalField(
        label=_("Hours of learning that each of them needs"),
        required=False,
        min_value=0,
        max_value=999,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
    )
    map = _choose(_("The map by which practice is placed"))
    level = forms.TypedChoiceField(
        label=_("From which level practice counts as changed"),
        coerce=int,
        choices=[(one, str(one)) for one in range(1, 7)],
        help_text=_("1 is the ideal."),
    )
    indicator = _choose(_("The indicator that it should move"))
    group = _choose(_("The group whose gap should close"))
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: InitiativeChoices, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name in InitiativeChoices.__dataclass_fields__:
            told: Any = self.fields[name]
            told.choices = getattr(choices, name)
        offer_several(self.fields["schools"], choices.schools)

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        return [(self[f"{one}_en"], self[f"{one}_es"]) for one in ("title", "text")]

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages; a group only with an indicator."""
        told = super().clean()
        if not (told.get("title_en") or told.get("title_es")):
            self.add_error(
                "title_en", gettext("Give it a title in one of the two languages.")
            )
        if told.get("group", ":") not in {"", ":"} and not told.get("indicator"):
            self.add_error(
                "indicator",
                gettext("Choose the indicator in which the gap should close."),
            )
        return told

    def said(self) -> InitiativeSaid:
        """What was asked for, when the form is valid."""
        told = self.cleaned_data
        family, _colon, group = told["group"].partition(":")
        return InitiativeSaid(
            **{
                name: told[name]
                for name in (
                    *("title_en", "title_es", "text_en", "text_es", "begins_on"),
                    *("hours", "level", "roles", "indicator"),
                )
            },
            practice=_one(Practice, told["practice"]),
            rung=_one(Rung, told["rung"]),
            map=_one(ICMap, told["map"]),
            schools=list(School.objects.filter(pk__in=told["schools"])),
            group_family=family,
            group=group,
        )


def _one(model: Any, key: str) -> Any:
    return model.objects.filter(pk=key).first() if key else None


def initial_of(one: Initiative) -> dict[str, Any]:
    """What the form shows at first of an initiative that stands."""
    return {
        **{
            name: getattr(one, name)
            for name in (
                *("title_en", "title_es", "text_en", "text_es", "begins_on"),
                *("hours", "level", "roles", "indicator"),
            )
        },
        "practice": one.practice_id or "",
        "rung": one.rung_id or "",
        "map": one.map_id or "",
        "schools": [school.pk for school in one.schools.all()] if one.pk else [],
        "group": f"{one.group_family}:{one.group}",
        "seen": one.version,
    }


class MendedForm(NamesNobody):
    """What was mended where the chain broke."""

    link = forms.ChoiceField(
        label=_("Which link"),
        choices=[
            ("reached", _("Learning reached them")),
            ("practice", _("Practice changed")),
            ("students", _("Students gained")),
        ],
    )
    text_en = _text(_("What was mended, in English"), "en")
    text_es = _text(_("What was mended, in Spanish"), "es")

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        return [(self["text_en"], self["text_es"])]
