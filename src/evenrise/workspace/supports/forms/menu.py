"""The form of one support of the menu: both languages, always together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.supports.models import SupportKind


_PAIRS = ("for_whom", "measure")  # may stay empty, in both languages
_WITHIN = (("sessions_a_week", 0.1, 20), ("minutes", 1, 600), ("weeks", 1, 60))


class KindForm(forms.ModelForm[SupportKind]):
    """What the menu says of a support."""

    class Meta:
        model = SupportKind
        fields = (
            "name_en",
            "name_es",
            "about_en",
            "about_es",
            "for_whom_en",
            "for_whom_es",
            "area",
            "tier",
            "evidence",
            "evidence_source",
            "sessions_a_week",
            "minutes",
            "weeks",
            "cost",
            "measure_en",
            "measure_es",
            "rises",
        )
        labels = {
            "name_en": _("Name in English"),
            "name_es": _("Name in Spanish"),
            "about_en": _("What it is, in English"),
            "about_es": _("What it is, in Spanish"),
            "for_whom_en": _("For whom, in English"),
            "for_whom_es": _("For whom, in Spanish"),
            "area": _("What it is for"),
            "tier": _("Tier"),
            "evidence": _("What is known about it"),
            "evidence_source": _("Where that is written"),
            "sessions_a_week": _("Sessions a week"),
            "minutes": _("Minutes of one session"),
            "weeks": _("Weeks"),
            "cost": _("Dollars for one student"),
            "measure_en": _("What progress is read in, in English"),
            "measure_es": _("What progress is read in, in Spanish"),
            "rises": _("More of it is better"),
        }
        widgets = {
            "about_en": forms.Textarea(attrs={"rows": 3}),
            "about_es": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["cost"].required = False
        for name, low, high in _WITHIN:
            fields[name].widget.attrs |= {"min": low, "max": high}

    def clean(self) -> dict[str, Any]:
        """A text in one language needs the other; numbers stay within reason."""
        told = super().clean() or {}
        for name in _PAIRS:
            written = [bool(told.get(f"{name}_{code}")) for code in ("en", "es")]
            if any(written) and not all(written):
                missing = f"{name}_{'es' if written[0] else 'en'}"
                self.add_error(missing, _("Write it in both languages."))
        for name, low, high in _WITHIN:
            value = told.get(name)
            if value is not None and not low <= float(value) <= high:
                self.add_error(
                    name,
                    _("Write a number from %(low)s to %(high)s.")
                    % {"low": low, "high": high},
                )
        return told
