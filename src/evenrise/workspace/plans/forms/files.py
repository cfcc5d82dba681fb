"""A file of a plan as it comes from a browser."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.plans.exchange.problems import MOST_BYTES


class BringPlanForm(forms.Form):
    """One file; what it is, is told by its content."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, XLSX or DOCX, as this page gives it. At most 12 MB."),
        error_messages={
            "required": _("Choose a file: nothing was sent."),
            "empty": _("The file is empty: save it again, and bring that."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.docx"}),
    )

    def clean_file(self) -> UploadedFile:  # type: ignore[type-arg]  # not when it runs
        """Not larger than a plan can be."""
        found: UploadedFile = self.cleaned_data["file"]  # type: ignore[type-arg]
        if (found.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 12 MB: take pictures out and save it again.")
            )
        return found
