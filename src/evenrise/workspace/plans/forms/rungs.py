"""The forms of a rung and of a step's report; words only, no decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.fields import words_field
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.rungs import RungSaid
from evenrise.workspace.plans.lcff import LCFF
from evenrise.workspace.plans.models import RungKind, Service, StepState
from evenrise.workspace.plans.queries.choosing import RungChoices


_LONG = 8_000
# What each kind of rung says besides its title and its text.
_FURTHER: dict[str, tuple[str, ...]] = {
    RungKind.VALUE: (),
    RungKind.PRIORITY: ("lcff",),
    RungKind.GOAL: ("theory", "lcff", "serves"),
    RungKind.STRATEGY: ("lcff", "serves"),
    RungKind.STEP: (
        *("done", "department", "owner", "begins_on", "ends_on", "depends"),
        *("serves", "contributing", "service"),
    ),
}
_WORDS = ("title", "text", "theory", "done")
_YES_NO = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]


class RungForm(NamesNobody):
    """One rung, in both languages; a kind has only the fields that it needs."""

    title_en = words_field(_("Title in English"), "en")
    title_es = words_field(_("Title in Spanish"), "es")
    text_en = words_field(_("What is meant, in English"), "en", _LONG, 3)
    text_es = words_field(_("What is meant, in Spanish"), "es", _LONG, 3)
    theory_en = words_field(
        _("Theory of action, in English: if we …, then …"), "en", _LONG, 3
    )
    theory_es = words_field(
        _("Theory of action, in Spanish: if we …, then …"), "es", _LONG, 3
    )
    done_en = words_field(_("What done means, in English"), "en", _LONG, 2)
    done_es = words_field(_("What done means, in Spanish"), "es", _LONG, 2)
    same_meaning = forms.BooleanField(
        label=_("A small correction: the other language still says the same."),
        required=False,
    )
    department = forms.ChoiceField(
        label=_("Department that answers for it"), required=False
    )
    owner = OnePerson(label=_("Person"), required=False, empty_label="–")
    begins_on = DayField(label=_("Begins on"), required=False)
    ends_on = DayField(label=_("Done by"), required=False)
    depends = forms.MultipleChoiceField(
        label=_("Waits for these steps"), required=False, widget=Ticks
    )
    serves = forms.ChoiceField(
        label=_("Serves, in the plan above"), required=False, widget=LongSelect
    )
    lcff = forms.TypedMultipleChoiceField(
        label=_("LCFF state priorities"),
        required=False,
        coerce=int,
        choices=LCFF,
        widget=Ticks,
    )
    contributing = forms.ChoiceField(
        label=_("Contributes to increased or improved services (LCAP)"),
        required=False,
        choices=_YES_NO,
    )
    service = forms.ChoiceField(
        label=_("That service is"),
        required=False,
        choices=[("", _("not said")), *Service.choices],
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: str, choices: RungChoices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kept = {"title", "text", *_FURTHER[kind]}
        self.words = [name for name in _WORDS if name in kept]
        for name in [one for one in self.fields if one not in _ALWAYS]:
            stem = name[:-3] if name[-3:] in {"_en", "_es"} else name
            offered = choices.of.get(stem)
            if stem not in kept or (stem in choices.of and not offered):
                del self.fields[name]
            elif offered:
                self.fields[name].choices = offered  # type: ignore[attr-defined]
        owner = self.fields.get("owner")
        if isinstance(owner, OnePerson):
            owner.among(choices.people)

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        return [(self[f"{name}_en"], self[f"{name}_es"]) for name in self.words]

    @property
    def further(self) -> list[BoundField]:
        """Everything that is neither text nor hidden nor a long list."""
        told = (*_ALWAYS, "depends", *(f.name for pair in self.pairs for f in pair))
        return [self[name] for name in self.fields if name not in told]

    @property
    def waiting(self) -> BoundField | None:
        """The list of steps to wait for, where there are any."""
        return self["depends"] if "depends" in self.fields else None

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages; days in their order."""
        told = super().clean()
        if not (told.get("title_en") or told.get("title_es")):
            self.add_error(
                "title_en", gettext("Write a title in English, in Spanish, or in both.")
            )
        first, last = told.get("begins_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("This day is before the one it begins."))
        return told

    def said(self) -> RungSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        words = {
            f"{name}_{language}": told[f"{name}_{language}"]
            for name in self.words
            for language in ("en", "es")
        }
        return RungSaid(
            words=words,
            department=told.get("department", ""),
            person=told["owner"].pk if told.get("owner") else None,
            begins_on=told.get("begins_on"),
            ends_on=told.get("ends_on"),
            depends=tuple(told.get("depends", ())),
            serves=int(told["serves"]) if told.get("serves") else None,
            lcff=tuple(told.get("lcff", ())),
            contributing={"yes": True, "no": False}.get(told.get("contributing", "")),
            service=told.get("service", ""),
            same_meaning=told["same_meaning"],
        )


_ALWAYS = ("same_meaning", "seen")


class ReportForm(NamesNobody):
    """How far a step is."""

    state = forms.ChoiceField(
        label=_("How far is it?"), choices=StepState.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In a sentence"),
        help_text=_("Needed where it stopped: why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
