"""Forms of a plan's money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.shown import year_words
from evenrise.workspace.people.models import School
from evenrise.workspace.plans.actions.money import LineWritten, SpentWritten
from evenrise.workspace.plans.dollars import read_dollars
from evenrise.workspace.plans.models import BudgetLine, FundingSource, Plan


_LONGEST = 24  # signs of an amount


class _Dollars(forms.CharField):
    """An amount as people type it: 48,000 or $1,234.50."""

    default_error_messages = {"dollars": _("Write dollars as 48000 or 1,234.50.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The amount."""
        text = super().to_python(value)
        if not text:
            return None
        found = read_dollars(text) if len(text) <= _LONGEST else None
        if found is None:
            raise forms.ValidationError(self.error_messages["dollars"], code="dollars")
        return found


class LineForm(forms.Form):
    """Money planned for a rung."""

    source = forms.ChoiceField(
        label=_("Funding source"), choices=[("", "–"), *FundingSource.choices]
    )
    school_year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    school = forms.ChoiceField(label=_("School"), required=False, widget=LongSelect)
    planned = _Dollars(label=_("Planned, in dollars"))
    seen = forms.DecimalField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(plan.begins_year, plan.ends_year + 1)
        fields: dict[str, Any] = self.fields
        fields["school_year"].choices = [(year, year_words(year)) for year in years]
        if plan.school_id:
            del fields["school"]
            return
        schools = School.objects.filter(current=True).values_list("school_id", "name")
        fields["school"].choices = [("", _("The whole district")), *schools]

    def clean_planned(self) -> Decimal:
        """Nothing less than nothing is planned."""
        planned: Decimal = self.cleaned_data["planned"]
        if planned < 0:
            raise forms.ValidationError(gettext("Plan no less than 0 dollars."))
        return planned

    def written(self) -> LineWritten:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        return LineWritten(
            source=told["source"],
            school_id=told.get("school", ""),
            school_year=told["school_year"],
            planned=told["planned"],
        )


def line_initial(line: BudgetLine) -> dict[str, Any]:
    """What the form shows of a line that stands already."""
    return {
        "source": line.source,
        "school_year": line.school_year,
        "school": line.school_id or "",
        "planned": f"{line.planned:.2f}",
        "seen": f"{line.planned:.2f}",
    }


class SpentForm(forms.Form):
    """What was spent of a budget line."""

    amount = _Dollars(
        label=_("Spent since the last booking, in dollars"),
        help_text=_("A minus sign in front corrects an earlier booking."),
    )
    until = DayField(
        label=_("Booked until"),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_amount(self) -> Decimal:
        """Nothing is not spent."""
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(gettext("Write an amount that is not 0."))
        return amount

    def clean_until(self) -> Any:
        """A day that has come."""
        until = self.cleaned_data["until"]
        if until > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        if until.year < 2000:
            raise forms.ValidationError(gettext("This year cannot be."))
        return until

    def written(self) -> SpentWritten:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        return SpentWritten(
            amount=told["amount"], until=told["until"], note=told["note"]
        )
