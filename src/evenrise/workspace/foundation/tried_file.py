"""The form of a file that is tried before it is written: the file, or its text again.

A file cannot be sent twice without being chosen twice, so that the page that shows what
was tried sends its text back when all of it is to be written.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy as _


_MEGABYTE = 1_000_000


class TriedFileForm(forms.Form):
    """A CSV file to try, or the text that was tried."""

    largest = 2  # megabytes
    file = forms.FileField(label=_("CSV file"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("text")

    def clean_file(self) -> str:
        """The file's text; blank without a file."""
        file = self.cleaned_data["file"]
        return text_of(file, self.largest) if file else ""

    def whole(self) -> str:
        """What to read, when the form is valid: the file, or else the text."""
        told = self.cleaned_data
        return str(told.get("file") or told.get("text") or "")


def text_of(file: UploadedFile[Any], largest: int) -> str:
    """What a file says.

    Args:
        file: as it was sent.
        largest: megabytes that are read.

    Raises:
        ValidationError: when it is larger, or not text in UTF-8.
    """
    if (file.size or 0) > largest * _MEGABYTE:
        raise forms.ValidationError(
            gettext("The file is larger than %(n)s MB; divide it into several.")
            % {"n": largest}
        )
    try:
        return str(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise forms.ValidationError(
            gettext("The file is not UTF-8 text; save it as CSV (UTF-8).")
        ) from problem
