"""Forms of a plan's measures: what to measure, what to promise, what to answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from evenrise.publishing.numbers import school_year
from evenrise.vocabulary.groups import group_name
from evenrise.workspace.foundation.fields import words_field
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.plans.queries.promising import LONGEST, Beginning, Wanted


_TITLE = 200
_NOTE = 2_000


class ChooseForm(forms.Form):
    """What is to be measured: indicator, place and baseline year (a GET form)."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    place = forms.ChoiceField(label=_("Place"), required=False)
    year = forms.TypedChoiceField(label=_("Baseline year"), coerce=int)

    def __init__(
        self,
        *args: Any,
        indicators: list[tuple[str, str]],
        places: list[tuple[str, str]],
        years: list[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        told: Any = self.fields
        told["indicator"].choices = [("", "–"), *indicators]
        told["year"].choices = [(str(one), school_year(one)) for one in years]
        if len(places) > 1:
            told["place"].choices = places
        else:
            del self.fields["place"]


class PromiseForm(NamesNobody):
    """What is promised; without a beginning only what is meant is said.

    Shares are written in per cent, gaps in points. A gap that is left blank is not
    promised.
    """

    target = forms.FloatField(
        label=_("Target for all students, in per cent"), min_value=0, max_value=100
    )
    target_year = forms.TypedChoiceField(
        label=_("Reached by the school year"), coerce=int
    )
    title_en = words_field(_("What it is called, in English"), "en", _TITLE)
    title_es = words_field(_("What it is called, in Spanish"), "es", _TITLE)
    note_en = words_field(_("What readers should know, in English"), "en", _NOTE, 2)
    note_es = words_field(_("What readers should know, in Spanish"), "es", _NOTE, 2)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, begins: Beginning | None, place: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.begins, self.place = begins, place
        told: Any = self.fields
        if begins is None:
            del self.fields["target"], self.fields["target_year"]
            return
        ahead = range(begins.year + 1, begins.year + LONGEST + 1)
        told["target_year"].choices = [(one, school_year(one)) for one in ahead]
        told["target"].widget.attrs |= {"step": "0.1", "inputmode": "decimal"}
        for one in begins.starts:
            if one.behind:
                told[_gap_field(one.family, one.group)] = forms.FloatField(
                    label=group_name(one.family, one.group)[reader_language()],
                    required=False,
                    min_value=0,
                    max_value=100,
                    widget=forms.NumberInput(
                        attrs={"step": "0.1", "inputmode": "decimal"}
                    ),
                )

    def gap(self, family: str, group: str) -> BoundField:
        """The field of one group's target gap."""
        return self[_gap_field(family, group)]

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """Texts, English beside Spanish."""
        return [
            (self["title_en"], self["title_es"]),
            (self["note_en"], self["note_es"]),
        ]

    def wanted(self) -> Wanted:
        """What was asked for, when the form is valid."""
        told = self.cleaned_data
        words = {
            name: told[name] for name in ("title_en", "title_es", "note_en", "note_es")
        }
        if self.begins is None:
            return Wanted(**words, groups={})
        gaps = {
            (one.family, one.group): told.get(_gap_field(one.family, one.group))
            for one in self.begins.starts
            if one.behind
        }
        return Wanted(
            **words,
            indicator=self.begins.info.key,
            organization_id=self.place,
            baseline_year=self.begins.year,
            target=told["target"] / 100,
            target_year=told["target_year"],
            groups={name: gap / 100 for name, gap in gaps.items() if gap is not None},
        )


def _gap_field(family: str, group: str) -> str:
    return f"gap_{family}__{group}"


class AnswerForm(NamesNobody):
    """What will be done about a red light."""

    text_en = words_field(_("What we will do, in English"), "en", _NOTE, 4)
    text_es = words_field(_("What we will do, in Spanish"), "es", _NOTE, 4)
    year = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """English beside Spanish."""
        return [(self["text_en"], self["text_es"])]
