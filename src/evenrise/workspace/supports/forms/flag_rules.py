"""Choosing the rule that flags follow: a published set, or the district's own lines."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.indicators.flags.rules import MEASURES
from evenrise.vocabulary.grades import parse_grade
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.actions.flag_choosing import own_lines_problem
from evenrise.workspace.supports.models import Domain
from evenrise.workspace.supports.queries.flag_rules import OWN
from evenrise.workspace.supports.queries.flag_sets import set_choices


PLACES = 6  # own lines that the form has room for
_PERCENT = 100


class ChooseRuleForm(forms.Form):
    """Which set, from which day, and why; and, for own lines, the lines.

    An own line is a measure and where it lies; shares are written in per cent.
    """

    rule_set = forms.ChoiceField(label=_("Rule"))
    begins_on = DayField(
        label=_("From"),
    )
    reason = forms.CharField(
        label=_("Why this rule?"),
        help_text=_("Everybody who sees flags may read it."),
        max_length=500,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, tries: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        # Who only tries a rule owes no reason yet.
        fields["reason"].required = fields["begins_on"].required = not tries
        fields["rule_set"].choices = set_choices()
        for place in range(1, PLACES + 1):
            fields[f"measure_{place}"] = forms.ChoiceField(
                label=_("What the line looks at"),
                choices=_measures(),
                required=False,
            )
            fields[f"at_{place}"] = forms.DecimalField(
                label=_("Where it lies"),
                help_text=_("Write shares in per cent: 10 for 10%."),
                required=False,
                min_value=0,
                max_digits=7,
                decimal_places=2,
            )
            fields[f"grades_{place}"] = forms.CharField(
                label=_("Grades (blank: all)"),
                help_text=_("For example: 6, 7, 8"),
                required=False,
                max_length=80,
            )
            fields[f"severe_{place}"] = forms.BooleanField(
                label=_("A strong flag"), required=False
            )

    @property
    def places(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of each own line."""
        names = ("measure", "at", "grades", "severe")
        return [
            tuple(self[f"{name}_{place}"] for name in names)
            for place in range(1, PLACES + 1)
        ]

    def clean_begins_on(self) -> dt.date | None:
        """Today or later: what was flagged stays by the rule that held."""
        day: dt.date | None = self.cleaned_data["begins_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(
                _("Choose today or a later day: what was flagged before stays.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """The own lines as plain data in `lines`; empty for a published set."""
        told = super().clean() or {}
        told["lines"] = []
        if told.get("rule_set") != OWN or self.errors:
            return told
        told["lines"] = [
            line
            for place in range(1, PLACES + 1)
            if (line := self._line(told, place)) is not None
        ]
        if not self.errors and (problem := own_lines_problem(told["lines"])):
            self.add_error("measure_1", problem[page_language()])
        return told

    def _line(self, told: dict[str, Any], place: int) -> dict[str, Any] | None:
        measure, at = told.get(f"measure_{place}"), told.get(f"at_{place}")
        if not measure:
            return None
        if at is None:
            self.add_error(f"at_{place}", _("Say where the line lies, as a number."))
            return None
        try:
            grades = [
                parse_grade(word)
                for word in str(told.get(f"grades_{place}") or "").split(",")
                if word.strip()
            ]
        except ValueError:
            self.add_error(
                f"grades_{place}", _("Write grades as TK, K or 1 to 12, with commas.")
            )
            return None
        share = MEASURES[measure].unit == "share"
        return {
            "measure": measure,
            "at": round(float(at) / (_PERCENT if share else 1), 3),
            "grades": grades,
            "severe": bool(told.get(f"severe_{place}")),
        }


def _measures() -> list[Any]:
    """Measures by domain."""
    language = page_language()
    groups: list[Any] = [("", "–")]
    for domain, label in Domain.choices:
        groups.append(
            (
                label,
                [
                    (key, one.words[language])
                    for key, one in MEASURES.items()
                    if one.domain.value == domain
                ],
            )
        )
    return groups
