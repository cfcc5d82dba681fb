"""The forms of a whole plan and of departments; words only, no decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.foundation.fields import words_field
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.plans.actions.plans import Begun, PlanSaid
from evenrise.workspace.plans.queries.choosing import DISTRICT, PlanChoices


_LONGEST = 10  # years that one plan may reach


class PlanForm(NamesNobody):
    """What a plan says of itself, and under which plan it stands."""

    title_en = words_field(_("Title in English"), "en")
    title_es = words_field(_("Title in Spanish"), "es")
    text_en = words_field(_("What it promises, in English"), "en", 8_000, 4)
    text_es = words_field(_("What it promises, in Spanish"), "es", 8_000, 4)
    same_meaning = forms.BooleanField(
        label=_("A small correction: the other language still says the same."),
        required=False,
    )
    begins_year = forms.TypedChoiceField(label=_("First school year"), coerce=int)
    ends_year = forms.TypedChoiceField(label=_("Last school year"), coerce=int)
    parent = forms.ChoiceField(label=_("Stands under"), required=False)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: PlanChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.of.items():
            if name in self.fields:
                self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        return [(self[f"{one}_en"], self[f"{one}_es"]) for one in ("title", "text")]

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages; years in their order, and not too many."""
        told = super().clean()
        if self.needs_title(told):
            self.add_error(
                "title_en", gettext("Write a title in English, in Spanish, or in both.")
            )
        first, last = told.get("begins_year"), told.get("ends_year")
        if first and last and not 0 <= last - first < _LONGEST:
            self.add_error(
                "ends_year",
                gettext("Choose a last year from the first one to nine years later."),
            )
        return told

    def needs_title(self, told: dict[str, Any]) -> bool:
        """Whether neither language says what the plan is called."""
        return not (told.get("title_en") or told.get("title_es"))

    def said(self) -> PlanSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        names = ("title_en", "title_es", "text_en", "text_es", "parent")
        return PlanSaid(
            **{name: told[name] for name in names},
            begins_year=told["begins_year"],
            ends_year=told["ends_year"],
            same_meaning=told.get("same_meaning", False),
        )


class NewPlanForm(PlanForm):
    """A plan that is begun: whose it is, and with what it begins."""

    place = forms.ChoiceField(label=_("Whose plan"), widget=LongSelect)
    begin = forms.ChoiceField(label=_("Begin with"))

    field_order = (
        *("begin", "place", "parent", "title_en", "title_es", "text_en", "text_es"),
        *("begins_year", "ends_year"),
    )

    def clean(self) -> dict[str, Any]:
        """The goals of a plan above need a plan above."""
        told = super().clean()
        if told.get("begin") == "above:" and not told.get("parent"):
            self.add_error("parent", gettext("Choose the plan whose goals it serves."))
        return told

    def needs_title(self, told: dict[str, Any]) -> bool:
        """A starting plan and a copy bring their own titles."""
        begins = str(told.get("begin", "")).partition(":")[0]
        return begins not in {"starting", "plan"} and super().needs_title(told)

    def school_id(self) -> str | None:
        """The school whose plan it is; None for the district."""
        place: str = self.cleaned_data["place"]
        return None if place == DISTRICT else place

    def begun(self) -> Begun:
        """With what it begins."""
        how, _colon, name = self.cleaned_data["begin"].partition(":")
        return Begun(how, name)


class DepartmentForm(forms.Form):
    """A department's name, in both languages."""

    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=120,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    name_es = forms.CharField(
        label=_("Name in Spanish"),
        max_length=120,
        widget=forms.TextInput(attrs={"lang": "es"}),
    )
