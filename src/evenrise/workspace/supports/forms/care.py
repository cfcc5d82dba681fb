"""Forms of a student's support: plan, session, point, review, end, tier."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.foundation.tried_file import TriedFileForm
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.care import Changed, Plan, Reviewed
from evenrise.workspace.supports.models import Review, Session, Support, SupportKind
from evenrise.workspace.supports.models.words import Area
from evenrise.workspace.supports.said import (
    decision_words,
    ended_words,
    tier_words,
    why_not_choices,
)


_DRAWN = 1e6  # beyond it no measure of a student lies


def number_field(label: Any) -> forms.FloatField:
    """A value of a measure that can be drawn; may stay empty."""
    return forms.FloatField(
        label=label, required=False, min_value=-_DRAWN, max_value=_DRAWN
    )


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def refuse_half_an_aim(form: forms.Form, told: dict[str, Any]) -> None:
    """A baseline needs its target, and a target its baseline."""
    known = [told.get(name) is not None for name in ("baseline", "target")]
    if any(known) and not all(known) and not form.errors:
        form.add_error(
            "target" if known[0] else "baseline",
            _("An aim line needs both: where the student is, and the target."),
        )


class PlanForm(forms.Form):
    """What a support is to be, prefilled from the menu."""

    goal = forms.CharField(
        label=_("Goal"),
        help_text=_("What the student will do or reach, in words they would use."),
        max_length=500,
        widget=_area(),
    )
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who gives it and answers for it"),
        widget=LongSelect,
    )
    begins_on = DayField(label=_("First day"))
    weeks = forms.IntegerField(label=_("Weeks"), min_value=1, max_value=60)
    sessions_a_week = forms.DecimalField(
        label=_("Sessions a week"),
        min_value=Decimal("0.1"),
        max_value=Decimal(20),
        max_digits=4,
        decimal_places=1,
    )
    minutes = forms.IntegerField(
        label=_("Minutes of one session"), min_value=1, max_value=600
    )
    review_on = DayField(label=_("Review on"))
    tier = forms.TypedChoiceField(label=_("Tier"), coerce=int)
    measure = forms.CharField(
        label=_("What progress is read in"), max_length=120, required=False
    )
    baseline = number_field(_("Where the student is now"))
    target = number_field(_("Where they want to be"))
    rises = forms.BooleanField(label=_("More of it is better"), required=False)
    exit_rule = forms.CharField(label=_("It ends when"), max_length=300)

    def __init__(
        self,
        *args: Any,
        kind: SupportKind,
        owners: QuerySet[Person],
        proposed: Plan,
        **kwargs: Any,
    ) -> None:
        usual = {
            "goal": proposed.goal,
            "owner": proposed.owner.pk,
            "begins_on": proposed.begins_on,
            "weeks": kind.weeks,
            "sessions_a_week": proposed.sessions_a_week,
            "minutes": proposed.minutes,
            "review_on": proposed.review_on,
            "tier": proposed.tier,
            "measure": proposed.measure,
            "rises": proposed.rises,
            "exit_rule": proposed.exit_rule,
        }
        super().__init__(*args, **{**kwargs, "initial": usual})
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = owners.only("name")
        fields["tier"].choices = [(tier, tier_words(tier)) for tier in (1, 2, 3)]
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Baseline and target come together; days follow one another."""
        told = super().clean() or {}
        refuse_half_an_aim(self, told)
        first, weeks = told.get("begins_on"), told.get("weeks")
        review_on = told.get("review_on")
        if first and weeks:
            if not 2000 <= first.year <= 2100:
                self.add_error("begins_on", _("This year cannot be."))
            elif review_on and not (
                first < review_on <= first + dt.timedelta(weeks=weeks)
            ):
                self.add_error(
                    "review_on",
                    _("The review lies between the first day and the last week."),
                )
        return told

    def plan(self) -> Plan:
        """What was planned."""
        told = self.cleaned_data
        return Plan(
            kind=self.kind,
            tier=told["tier"],
            goal=told["goal"],
            owner=told["owner"],
            begins_on=told["begins_on"],
            review_on=told["review_on"],
            planned_end_on=told["begins_on"] + dt.timedelta(weeks=told["weeks"]),
            sessions_a_week=told["sessions_a_week"],
            minutes=told["minutes"],
            exit_rule=told["exit_rule"],
            measure=told["measure"],
            baseline=told["baseline"],
            target=told["target"],
            rises=told["rises"],
        )


class BeginForm(PlanForm):
    """The plan of one student's support; the tier may follow it."""

    in_tier = forms.BooleanField(
        label=_("Also place the student in this tier, unless they are in it or higher"),
        required=False,
    )


class ChangeForm(forms.Form):
    """What of a running support can change without a review."""

    goal = forms.CharField(label=_("Goal"), max_length=500, widget=_area())
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who gives it and answers for it"),
        widget=LongSelect,
    )
    measure = forms.CharField(
        label=_("What progress is read in"), max_length=120, required=False
    )
    baseline = number_field(_("Where the student was at the start"))
    target = number_field(_("Where they want to be"))
    rises = forms.BooleanField(label=_("More of it is better"), required=False)
    exit_rule = forms.CharField(label=_("It ends when"), max_length=300)

    def __init__(
        self, *args: Any, one: Support, owners: QuerySet[Person], **kwargs: Any
    ) -> None:
        usual = {name: getattr(one, name) for name in self.base_fields}
        super().__init__(*args, **{**kwargs, "initial": usual})
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = owners.only("name")

    def clean(self) -> dict[str, Any]:
        """Baseline and target come together."""
        told = super().clean() or {}
        refuse_half_an_aim(self, told)
        return told

    def changed(self) -> Changed:
        """What was changed."""
        return Changed(**self.cleaned_data)


class SessionForm(forms.Form):
    """One tap: given on a day, or not and why. The day is today unless told."""

    given = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    held_on = DayField(label=_("Day of the session"), required=False)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=600, required=False
    )
    why_not = forms.ChoiceField(
        label=_("Why not"),
        choices=[("", ""), *((one.value, one.value) for one in Session.WhyNot)],
        required=False,
    )


class OtherDayForm(forms.Form):
    """A session of another day, written on the support's page."""

    held_on = DayField(label=_("Day of the session"))
    given = forms.ChoiceField(
        label=_("Was it given?"),
        choices=[("yes", _("Yes, given")), ("no", _("No, not given"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=600, required=False
    )
    why_not = forms.ChoiceField(label=_("If not, why"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["why_not"].choices = [("", "–"), *why_not_choices()]


class PointForm(forms.Form):
    """A reading of the measure on a day."""

    on = DayField(label=_("Day"))
    value = forms.FloatField(label=_("Value"))


class ReviewForm(forms.Form):
    """What a review decides, why, and when to look again."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What the points, the sessions and the student say."),
        max_length=500,
        widget=_area(),
    )
    next_on = DayField(
        label=_("Look again on"),
        help_text=_("A day after the planned end makes the plan and its aim longer."),
        required=False,
    )
    sessions_a_week = forms.DecimalField(
        label=_("Sessions a week from now on"),
        min_value=Decimal("0.1"),
        max_value=Decimal(20),
        max_digits=4,
        decimal_places=1,
        required=False,
    )
    minutes = forms.IntegerField(
        label=_("Minutes of one session"), min_value=1, max_value=600, required=False
    )
    how = forms.ChoiceField(label=_("If it ends: how"), required=False)
    step_down = forms.BooleanField(
        label=_("If it ends: the student goes down one tier"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["decision"].choices = [
            (one.value, decision_words(one.value)) for one in Review.Decision
        ]
        fields["how"].choices = end_choices()

    def clean(self) -> dict[str, Any]:
        """What a decision needs is there."""
        told = super().clean() or {}
        decision = told.get("decision")
        if decision in {"continue", "intensify", "fade"} and not told.get("next_on"):
            self.add_error("next_on", _("Say when to look again."))
        if decision in {"intensify", "fade"}:
            for name in ("sessions_a_week", "minutes"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Say the new dosage."))
        return told

    def reviewed(self) -> Reviewed:
        """What was decided."""
        told = self.cleaned_data
        return Reviewed(
            decision=told["decision"],
            reason=told["reason"],
            next_on=told["next_on"],
            sessions_a_week=told["sessions_a_week"],
            minutes=told["minutes"],
            how=told["how"] or Support.Ended.GOAL_MET,
            step_down=told["step_down"],
        )


def end_choices() -> list[tuple[str, str]]:
    """How a support can end."""
    return [(one.value, ended_words(one.value)) for one in Support.Ended]


class EndForm(forms.Form):
    """How a support ended, and why."""

    how = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=500, widget=_area())
    step_down = forms.BooleanField(
        label=_("The student goes down one tier"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["how"].choices = end_choices()


class TierForm(forms.Form):
    """A student's tier in one area, and the reason."""

    area = forms.ChoiceField(label=_("Area"), choices=Area.choices)
    tier = forms.TypedChoiceField(label=_("Tier"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("A sentence that the student and the family could read."),
        max_length=300,
        widget=_area(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["tier"].choices = [(tier, tier_words(tier)) for tier in (1, 2, 3)]


class BringForm(TriedFileForm):
    """A file of supports or sessions to try, or the text that was tried."""

    own_missing = forms.BooleanField(
        label=_("Where an owner has no account here, I own the support"),
        required=False,
    )
