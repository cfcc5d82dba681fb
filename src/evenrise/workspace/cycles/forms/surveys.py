"""Forms of a survey of beliefs: what it asks of whom, and the answers to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.actions.surveys import SurveySaid
from evenrise.workspace.cycles.beliefs import statements
from evenrise.workspace.cycles.models import BeliefSurvey
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.insights.forms import NamesNobody, Ticks, offer_several
from evenrise.workspace.people.models import School


OWN = 4  # statements that a district may add
_LONGEST = 92  # days that a survey may stay open


def _schools(label: Any) -> forms.ModelMultipleChoiceField[School]:
    return forms.ModelMultipleChoiceField(
        School.objects.filter(current=True), label=label
    )


def _day(label: Any) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget)


class SurveyForm(NamesNobody):
    """What is asked, at which schools, until when."""

    name_en = forms.CharField(
        label=_("Name in English"),
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    name_es = forms.CharField(
        label=_("Name in Spanish"),
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "es"}),
    )
    here = _schools(_("Here: the place to learn from"))
    elsewhere = _schools(_("Elsewhere: schools to compare with"))
    asked = forms.MultipleChoiceField(
        label=_("Statements"), widget=Ticks, required=False
    )
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"))

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        schools = list(School.objects.filter(current=True).values_list("pk", "name"))
        for name in ("here", "elsewhere"):
            offer_several(self.fields[name], schools)
        self.fields["asked"].choices = [  # type: ignore[attr-defined]
            (one["key"], one[language]) for one in statements()
        ]
        for number in range(1, OWN + 1):
            for code, label in (
                ("en", gettext("Your own statement %(number)d, in English")),
                ("es", gettext("Your own statement %(number)d, in Spanish")),
            ):
                self.fields[f"own_{number}_{code}"] = forms.CharField(
                    label=label % {"number": number},
                    max_length=300,
                    required=False,
                    widget=forms.TextInput(attrs={"lang": code}),
                )

    @property
    def own_rows(self) -> list[tuple[BoundField, BoundField]]:
        """The district's own statements, English beside Spanish."""
        return [
            (self[f"own_{number}_en"], self[f"own_{number}_es"])
            for number in range(1, OWN + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Both languages of every statement; no school on both sides; days in order."""
        told = super().clean()
        self._check_own(told)
        here, elsewhere = told.get("here") or [], told.get("elsewhere") or []
        if {one.pk for one in here} & {one.pk for one in elsewhere}:
            self.add_error(
                "elsewhere", gettext("A school stands on one of the two sides only.")
            )
        first, last = told.get("opens_on"), told.get("closes_on")
        if first and last and not 0 <= (last - first).days <= _LONGEST:
            self.add_error(
                "closes_on",
                gettext("Choose a last day from the first one to three months later."),
            )
        return told

    def _check_own(self, told: dict[str, Any]) -> None:
        pairs = [
            (told.get(f"own_{number}_en"), told.get(f"own_{number}_es"))
            for number in range(1, OWN + 1)
        ]
        for number, (english, spanish) in enumerate(pairs, 1):
            if bool(english) != bool(spanish):
                missing = "es" if english else "en"
                self.add_error(
                    f"own_{number}_{missing}",
                    gettext(
                        "Write it in both languages, so that everybody can answer."
                    ),
                )
        if not told.get("asked") and not any(any(pair) for pair in pairs):
            self.add_error("asked", gettext("Choose at least one statement."))

    def said(self, finding_key: str) -> SurveySaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        chosen = [one for one in statements() if one["key"] in told["asked"]]
        own = [
            {
                "key": f"own-{number}",
                "en": told[f"own_{number}_en"],
                "es": told[f"own_{number}_es"],
            }
            for number in range(1, OWN + 1)
            if told[f"own_{number}_en"]
        ]
        return SurveySaid(
            name_en=told["name_en"],
            name_es=told["name_es"],
            statements=(*chosen, *own),
            here=[one.pk for one in told["here"]],
            elsewhere=[one.pk for one in told["elsewhere"]],
            opens_on=told["opens_on"],
            closes_on=told["closes_on"],
            finding_key=finding_key,
        )


class SurveyAnswerForm(forms.Form):
    """One tap a statement; each may be passed over."""

    def __init__(
        self, *args: Any, survey: BeliefSurvey, language: Language, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        choices = [
            ("1", gettext("Not at all")),
            ("2", gettext("Rather not")),
            ("3", gettext("In between")),
            ("4", gettext("Rather yes")),
            ("5", gettext("Fully")),
        ]
        for one in survey.statements:
            self.fields[one["key"]] = forms.ChoiceField(
                label=one.get(language) or one["en"],
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[str, int]:
        """What was answered, when the form is valid."""
        return {key: int(told) for key, told in self.cleaned_data.items() if told}
