"""Bringing many persons by a file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


_LARGEST = 2_000_000  # bytes


class BringForm(forms.Form):
    """A file to try, or the text that was tried and is now to be added."""

    file = forms.FileField(label=_("CSV file"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean_file(self) -> str:
        """The file's text; blank without a file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > _LARGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as problem:
            raise forms.ValidationError(
                _("The file is not a CSV file in UTF-8.")
            ) from problem

    def whole(self) -> str:
        """What to read: the file, or else the text."""
        return str(self.cleaned_data["file"] or self.cleaned_data["text"] or "")
