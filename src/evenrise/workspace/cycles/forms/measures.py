"""Forms of what a cycle watches: a measure, its weeks, where limits begin anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.findings.weeks.judging import monday
from evenrise.vocabulary.groups import FAMILIES
from evenrise.workspace.cycles.actions.measures import MeasureSaid
from evenrise.workspace.cycles.actions.weeks import Counted
from evenrise.workspace.cycles.models import (
    ChartKind,
    CycleMeasure,
    MeasureKind,
    MeasurePart,
)
from evenrise.workspace.cycles.queries.live_kinds import is_share
from evenrise.workspace.cycles.said import aim_groups
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks
from evenrise.workspace.insights.shown import reader_language


_PER_CENT = 100.0
_MOST = 1_000_000.0


def _number(label: Any, help_text: Any = "") -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        help_text=help_text,
        min_value=-_MOST,
        max_value=_MOST,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class MeasureForm(NamesNobody):
    """One measure of a kind; after the start only what no prediction stands on."""

    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("For example: absent on Mondays in first period"),
        max_length=200,
    )
    part = forms.ChoiceField(
        label=_("What is it for?"),
        choices=MeasurePart.choices,
        widget=forms.RadioSelect,
    )
    good = forms.TypedChoiceField(
        label=_("Which way is good?"),
        coerce=int,
        choices=[(1, _("Up")), (-1, _("Down")), (0, _("Neither"))],
        widget=forms.RadioSelect,
    )
    unit = forms.CharField(
        label=_("In what is it counted?"),
        help_text=_("For example: words a minute"),
        max_length=60,
        required=False,
    )
    school = forms.ChoiceField(label=_("School"), required=False, widget=LongSelect)
    grades = forms.MultipleChoiceField(
        label=_("Grades; none ticked is all"), required=False, widget=Ticks
    )
    groups = forms.MultipleChoiceField(
        label=_("Groups that are watched beside all students"),
        required=False,
        widget=Ticks,
    )
    predicted = _number(_("What do you predict?"))
    target = _number(_("Target, if the district has one"))
    counted_from = DayField(
        label=_("First week that is watched"),
        required=False,
        help_text=_("Twelve weeks before the change show what was usual before it."),
    )
    chart = forms.ChoiceField(
        label=_("Chart"),
        help_text=_("Leave it to the numbers unless you know why."),
        required=False,
        choices=[("", _("The numbers decide")), *ChartKind.choices],
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        share: bool,
        locked: bool,
        new: bool = False,
        schools: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.share = kind, share
        told: Any = self.fields
        language = reader_language()
        told["groups"].choices = [
            (code, group.name[language]) for code, group in aim_groups().items()
        ]
        told["grades"].choices = [
            (group.code, group.name[language]) for group in FAMILIES["grade"].groups
        ]
        told["school"].choices = schools
        self._leave_out(locked=locked, new=new)
        if self.share:
            for name in {"predicted", "target"} & set(self.fields):
                told[name].help_text = _("In per cent")
                told[name].min_value, told[name].max_value = 0, _PER_CENT

    def _leave_out(self, *, locked: bool, new: bool) -> None:
        """Fields that this kind, or a cycle that has started, does not have."""
        gone: set[str] = set()
        if self.kind != MeasureKind.LIVE:
            gone |= {"school", "grades"}
        if self.share or self.kind == MeasureKind.LIVE:
            gone.add("unit")
        if locked:
            gone.add("predicted")
        if locked and not new:
            gone |= {"good", "school", "grades"}
        for name in gone:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Shares lie between 0 and 100 per cent."""
        told = super().clean()
        for name in ("predicted", "target"):
            value = told.get(name)
            if self.share and value is not None and not 0 <= value <= _PER_CENT:
                self.add_error(
                    name, gettext("Write a share between 0 and 100 per cent.")
                )
        return told

    def said(self, indicator: str) -> MeasureSaid:
        """What was said, when the form is valid; `indicator` of a live measure."""
        told = self.cleaned_data
        return MeasureSaid(
            name=told["name"],
            part=told["part"],
            chart=told["chart"],
            unit=told.get("unit", ""),
            groups=tuple(told["groups"]),
            target=self._value("target"),
            counted_from=told["counted_from"],
            good=told.get("good"),
            predicted=self._value("predicted"),
            school_id=told.get("school") or None,
            grades=tuple(told.get("grades", ())),
            indicator=indicator,
        )

    def _value(self, name: str) -> float | None:
        value = self.cleaned_data.get(name)
        if value is None:
            return None
        return float(value) / _PER_CENT if self.share else float(value)


def measure_initial(one: CycleMeasure) -> dict[str, Any]:
    """What a form shows of a measure that stands."""
    scale = _PER_CENT if is_share(one.kind, one.indicator) else 1.0
    numbers = {
        name: None if value is None else round(value * scale, 6)
        for name, value in (("predicted", one.predicted), ("target", one.target))
    }
    names = (
        "name",
        "part",
        "good",
        "unit",
        "groups",
        "grades",
        "counted_from",
        "chart",
    )
    told = {name: getattr(one, name) for name in names}
    return {**told, **numbers, "school": one.school_id or ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One week of the grid: its day, and for each group the fields."""

    on: dt.date
    words: str
    cells: list[tuple[str, BoundField, BoundField | None]]


class WeeksForm(forms.Form):
    """Several weeks at once: a count, and what it is of, for all and each group."""

    def __init__(
        self,
        *args: Any,
        weeks: Sequence[tuple[dt.date, str]],
        groups: Sequence[tuple[str, str]],
        kind: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.weeks, self.groups = weeks, groups
        self.sized = kind in (MeasureKind.SHARE, MeasureKind.EVENTS)
        self.share = kind == MeasureKind.SHARE
        of = gettext("of how many")
        low = None if kind == MeasureKind.VALUE else 0
        for on, words in weeks:
            for code, name in groups:
                for part in ("count", "size") if self.sized else ("count",):
                    label = f"{words}, {name}" + ("" if part == "count" else f", {of}")
                    field = forms.FloatField(
                        label=label,
                        required=False,
                        min_value=low if part == "count" else 0,
                        max_value=_MOST,
                        widget=forms.NumberInput(
                            attrs={
                                "step": "any",
                                "inputmode": "decimal",
                                "aria-label": label,
                                "class": "short",
                            }
                        ),
                    )
                    self.fields[_cell(part, on, code)] = field

    def rows(self) -> list[Row]:
        """The grid, a line a week."""
        return [
            Row(
                on,
                words,
                [
                    (
                        name,
                        self[_cell("count", on, code)],
                        self[_cell("size", on, code)] if self.sized else None,
                    )
                    for code, name in self.groups
                ],
            )
            for on, words in self.weeks
        ]

    def clean(self) -> dict[str, Any]:
        """A share has its size, and never more than it."""
        told = super().clean() or {}
        for on, _words in self.weeks:
            for code, _name in self.groups:
                name, of = _cell("count", on, code), _cell("size", on, code)
                count, size = told.get(name), told.get(of)
                if not self.share or count is None or name in self.errors:
                    continue
                if size is None:
                    self.add_error(of, gettext("Of how many?"))
                elif count > size:
                    self.add_error(name, gettext("More than of how many."))
        return told

    def counted(self) -> list[Counted]:
        """Every cell that was sent, when the form is valid.

        A cell that did not come is not one that was made blank.
        """
        told = self.cleaned_data
        return [
            Counted(
                code,
                on,
                told.get(_cell("count", on, code)),
                told.get(_cell("size", on, code)),
            )
            for on, _words in self.weeks
            for code, _name in self.groups
            if _cell("count", on, code) in self.data
        ]


def _cell(part: str, on: dt.date, code: str) -> str:
    return f"{part}_{on:%Y%m%d}_{code or 'all'}"


class PasteForm(forms.Form):
    """Rows of a spreadsheet: day, count, of how many, and may be the group's name."""

    rows = forms.CharField(
        label=_("Rows from a spreadsheet"),
        help_text=_(
            "One week a line: any day of the week, the count, and of how many; a fourth"
            " cell may name a group. A first line with headings is passed over."
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class _WeekForm(NamesNobody):
    """A week, by any of its days."""

    week_on = DayField(label=_("Any day of the week"))

    def clean_week_on(self) -> dt.date:
        """The Monday of that week."""
        found: dt.date = self.cleaned_data["week_on"]
        return monday(found)


class LeaveOutForm(_WeekForm):
    """A week that is not judged; a blank reason counts it again."""

    reason = forms.CharField(
        label=_("Why is it left out?"),
        help_text=_("It stays on the chart, hollow, with this reason."),
        max_length=200,
    )


class PhaseForm(_WeekForm):
    """From which week on limits are made anew, and why."""

    reason = forms.CharField(
        label=_("What changed, and why may the limits change with it?"), max_length=300
    )
