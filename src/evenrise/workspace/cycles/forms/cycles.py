"""The forms of a cycle's own words; words only, no decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.cycles.actions.beginning import Begun
from evenrise.workspace.cycles.actions.deciding import Decided
from evenrise.workspace.cycles.models import DECIDED, CycleState
from evenrise.workspace.cycles.queries.starting import Ground
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.fields import words_field
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks
from evenrise.workspace.insights.models import WrittenIn


LONG = 8_000
SHORT = 300


def long_text(
    label: Any, rows: int = 3, hint: Any = "", language: str = ""
) -> forms.CharField:
    """A text of several lines; `language` where the label says which one."""
    return words_field(label, language, LONG, rows, hint)


def short_text(label: Any, hint: Any = "", language: str = "") -> forms.CharField:
    """One line."""
    return words_field(label, language, SHORT, hint=hint)


def a_day(label: Any, hint: Any = "") -> DayField:
    """A day, picked as browsers do; may stay empty."""
    return DayField(label=label, help_text=hint, required=False)


class PlainForm(NamesNobody):
    """Words of a cycle; `seen` is the version that the page showed."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """Texts that stand in both languages, English beside Spanish."""
        found = [name[:-3] for name in self.fields if name.endswith("_en")]
        return [(self[f"{name}_en"], self[f"{name}_es"]) for name in found]

    @property
    def further(self) -> list[BoundField]:
        """All the rest, in order."""
        told = {field.name for pair in self.pairs for field in pair}
        return [one for one in self.visible_fields() if one.name not in told]

    @property
    def version_seen(self) -> int:
        """The version that the page showed."""
        return self.cleaned_data.get("seen") or 0

    def said(self) -> dict[str, Any]:
        """The section's fields as the verb takes them."""
        return {k: v for k, v in self.cleaned_data.items() if k != "seen"}


class _Titled(PlainForm):
    """What a cycle is called, in one language or in both."""

    title_en = short_text(_("Title in English"), language="en")
    title_es = short_text(_("Title in Spanish"), language="es")

    def clean(self) -> dict[str, Any]:
        """One of the languages must say what it is called."""
        told = super().clean()
        if not (told.get("title_en") or told.get("title_es")):
            self.add_error(
                "title_en", gettext("Write a title in English, in Spanish, or in both.")
            )
        return told


class _Placed(_Titled):
    """Where a cycle runs, and in which language its team writes."""

    school = forms.ChoiceField(label=_("School"), required=False, widget=LongSelect)
    language = forms.ChoiceField(
        label=_("The language in which the team writes"), choices=WrittenIn.choices
    )

    def __init__(
        self, *args: Any, schools: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = list(schools)  # type: ignore[attr-defined]


class BeginForm(_Placed):
    """What a team says first."""

    notice = long_text(_("What do you notice?"))
    wonder = long_text(_("What do you wonder?"))

    def begun(self, ground: Ground) -> Begun:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        names = ("title_en", "title_es", "language", "notice", "wonder")
        return Begun(
            **{name: told[name] for name in names},
            school_id=told["school"] or None,
            ground=ground,
        )


class AskForm(_Placed):
    """What the team asks, and what it wants to reach."""

    notice = long_text(_("What do you notice?"))
    wonder = long_text(_("What do you wonder?"))
    aim = long_text(
        _("The aim"),
        hint=_("What will be different, for whom, by how much, and by when?"),
    )
    groups = forms.MultipleChoiceField(
        label=_("Groups of students whom the aim names"), required=False, widget=Ticks
    )
    rung = forms.ChoiceField(
        label=_("Part of a plan that it serves"), required=False, widget=LongSelect
    )

    def __init__(
        self,
        *args: Any,
        groups: Sequence[tuple[str, str]],
        rungs: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = list(groups)  # type: ignore[attr-defined]
        self.fields["rung"].choices = list(rungs)  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """The section's fields, a school and a rung as keys or None."""
        told = super().said()
        school, rung = told.pop("school"), told.pop("rung")
        told["school_id"] = school or None
        told["rung_id"] = int(rung) if rung else None
        return told


class TryForm(PlainForm):
    """What is tried, how small, until when, and what the team expects."""

    change = long_text(_("What do you try?"))
    where = short_text(_("Where?"))
    who = short_text(_("Who does it?"))
    how_small = short_text(
        _("How small can the test be?"),
        hint=_("One section, one week, one group: small tests are safe to learn from."),
    )
    begins_on = a_day(_("The change begins on"))
    until = a_day(_("We look back on"))
    prediction = long_text(
        _("What do you predict?"),
        hint=_("In a number where you can: it is locked when the cycle starts."),
    )

    def __init__(self, *args: Any, locked: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in locked & set(self.fields):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        told = super().clean()
        first, last = told.get("begins_on"), told.get("until")
        if first and last and last < first:
            self.add_error("until", gettext("This day is before the one it begins."))
        return told


class StudyForm(PlainForm):
    """What happened, beside what was predicted."""

    result = long_text(_("What happened?"), 4)
    side_effects = long_text(
        _("What else happened, and to whom?"),
        hint=_("Also to groups that the aim does not name, and to adults."),
    )
    learned = long_text(_("What did you learn?"))


class TellForm(_Titled):
    """What the cycle is called and found, in words for everybody."""

    text_en = long_text(_("What it found, for everybody, in English"), language="en")
    text_es = long_text(_("What it found, for everybody, in Spanish"), language="es")


class DecideForm(PlainForm):
    """What the team decides, and why."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[(one.value, one.label) for one in CycleState if one in DECIDED],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3})
    )
    text_en = long_text(
        _("What it found, in a sentence for everybody, in English"), 2, language="en"
    )
    text_es = long_text(
        _("What it found, in a sentence for everybody, in Spanish"), 2, language="es"
    )

    def decided(self) -> Decided:
        """What was chosen, when the form is valid."""
        names = ("decision", "reason", "text_en", "text_es")
        return Decided(**{name: self.cleaned_data[name] for name in names})
