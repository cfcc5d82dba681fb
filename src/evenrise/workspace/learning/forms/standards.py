"""The forms of standards and of self-assessments; words only, no decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.fields import words_field
from evenrise.workspace.insights.forms import NamesNobody, Ticks
from evenrise.workspace.learning.actions.self_assessing import ANSWERS
from evenrise.workspace.learning.actions.standards import StandardSaid
from evenrise.workspace.learning.map_content import Pair
from evenrise.workspace.learning.queries.self_assessments import answer_words
from evenrise.workspace.learning.queries.standards import FrameShown, StandardShown


class StandardForm(NamesNobody):
    """A standard of the district's own."""

    name_en = words_field(_("Name in English"), "en", 160)
    name_es = words_field(_("Name in Spanish"), "es", 160)
    frame_en = words_field(_("Frame, in English"), "en", 120)
    frame_es = words_field(_("Frame, in Spanish"), "es", 120)
    about_en = words_field(_("What it asks of us, in English"), "en", 2_000, 3)
    about_es = words_field(_("What it asks of us, in Spanish"), "es", 2_000, 3)

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        names = ("name", "frame", "about")
        return [(self[f"{one}_en"], self[f"{one}_es"]) for one in names]

    def clean(self) -> dict[str, Any]:
        """A name in both languages: staff answer in either."""
        told = super().clean()
        for code in ("en", "es"):
            if not told.get(f"name_{code}"):
                self.add_error(f"name_{code}", gettext("Write it in both languages."))
        return told

    def said(self) -> StandardSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        name, about, frame = (
            Pair(told[f"{one}_en"], told[f"{one}_es"])
            for one in ("name", "about", "frame")
        )
        return StandardSaid(name, about, frame)


class AssessmentForm(forms.Form):
    """Which list, from when until when, and who is asked."""

    standards = forms.ChoiceField(label=_("List of standards"))
    opens_on = DayField(
        label=_("First day"),
    )
    closes_on = DayField(
        label=_("Last day"),
        help_text=_("What staff said can be read from the day after."),
    )
    schools = forms.MultipleChoiceField(
        label=_("Schools whose staff are asked"), required=False, widget=Ticks
    )

    def __init__(
        self,
        *args: Any,
        lists: list[tuple[str, str]],
        schools: list[tuple[str, str]],
        district: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["standards"].choices = lists
        fields["schools"].choices = schools
        fields["schools"].required = not district
        if district:
            fields["schools"].help_text = gettext("None: all staff of the district.")


class AnswerForm(forms.Form):
    """Four answers a standard; each may be left out."""

    def __init__(
        self,
        *args: Any,
        frames: list[FrameShown],
        schools: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.frames = frames
        self.only = schools[0][0] if len(schools) == 1 else None
        if len(schools) > 1:
            self.fields["school"] = forms.ChoiceField(
                label=gettext("Where you work"), choices=schools
            )
        choices = list(zip(map(str, ANSWERS), answer_words(), strict=True))
        for frame in frames:
            for one in frame.items:
                self.fields[f"s_{one.key}"] = forms.TypedChoiceField(
                    label=one.name.text,
                    choices=choices,
                    coerce=int,
                    empty_value=None,
                    required=False,
                    widget=forms.RadioSelect,
                )

    def parts(self) -> list[tuple[FrameShown, list[tuple[StandardShown, BoundField]]]]:
        """Each frame with its standards and their fields."""
        return [
            (frame, [(one, self[f"s_{one.key}"]) for one in frame.items])
            for frame in self.frames
        ]

    def answers(self) -> dict[str, int]:
        """What was answered, when the form is valid."""
        told = self.cleaned_data
        return {
            name.removeprefix("s_"): value
            for name, value in told.items()
            if name.startswith("s_") and value is not None
        }

    def school_id(self) -> str | None:
        """Where they work, as they said."""
        return self.cleaned_data.get("school") or self.only
