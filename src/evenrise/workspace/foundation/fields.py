"""Fields that the forms of every room write alike: a day, and words in a language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.workspace.foundation.day_field import DayField


_TEN_YEARS = 3660  # days; further away, the year was mistyped


class Day(DayField):
    """A day of these years; without `ahead` it has come already."""

    def __init__(self, *, ahead: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ahead = ahead

    def clean(self, value: Any) -> Any:
        """The day that was written.

        Raises:
            ValidationError: when it has not come yet, or is ten years away.
        """
        told = super().clean(value)
        today = timezone.localdate()
        if told is not None and not self.ahead and told > today:
            raise forms.ValidationError(_("This day has not come yet."))
        if told is not None and abs((told - today).days) > _TEN_YEARS:
            raise forms.ValidationError(_("Look at the year again."))
        return told


def area(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def words_field(
    label: Any, language: str = "", most: int = 300, rows: int = 0, hint: Any = ""
) -> forms.CharField:
    """Words that may stay empty.

    Args:
        label: says the language too, where there is one.
        language: of the words ("en", "es"), for screen readers and spelling; blank for
            the page's own.
        most: characters.
        rows: lines that the field shows; 0 for a field of one line.
        hint: stands below the label.
    """
    attrs: dict[str, Any] = {"lang": language} if language else {}
    widget: forms.Widget = (
        forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
    )
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False, widget=widget
    )
