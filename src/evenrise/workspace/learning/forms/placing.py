"""The form of a placement: a level a component, with what was seen; words only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.learning.actions.placing import Placed
from evenrise.workspace.learning.queries.maps import ComponentShown


class PlacingForm(NamesNobody):
    """Each component may be left out."""

    on = DayField(
        label=_("Day"),
    )
    school = forms.ChoiceField(label=_("Where you work"), required=False)

    def __init__(
        self,
        *args: Any,
        components: list[tuple[int, ComponentShown]],
        schools: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.components = components
        fields: dict[str, Any] = self.fields
        if len(schools) > 1:
            fields["school"].choices = schools
        else:
            del fields["school"]
        self.only = schools[0][0] if len(schools) == 1 else None
        for key, one in components:
            levels = [(str(level.number), level.name) for level in one.levels]
            fields[f"level_{key}"] = forms.TypedChoiceField(
                label=one.name.text,
                choices=levels,
                coerce=int,
                empty_value=None,
                required=False,
            )
            fields[f"seen_{key}"] = forms.CharField(
                label=_("What was seen"),
                max_length=2_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def parts(self) -> list[tuple[ComponentShown, BoundField, BoundField]]:
        """Each component with its two fields, for the page."""
        return [
            (one, self[f"level_{key}"], self[f"seen_{key}"])
            for key, one in self.components
        ]

    def placed(self) -> list[Placed]:
        """What was placed, when the form is valid."""
        told = self.cleaned_data
        return [
            Placed(key, told[f"level_{key}"], told[f"seen_{key}"])
            for key, _one in self.components
            if told[f"level_{key}"] is not None
        ]

    def school_id(self) -> str | None:
        """Where they work, as they said."""
        return self.cleaned_data.get("school") or self.only
