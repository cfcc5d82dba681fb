"""Making a caseload, putting students on it, handing it over."""

from __future__ import annotations

import csv
import io
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.foundation.tried_file import text_of
from evenrise.workspace.foundation.tried_rows import no_csv
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.caseloads import owners


_LARGEST = 1  # megabytes of a file of codes
MOST = 5_000  # students in one go


class CaseloadForm(forms.Form):
    """A new caseload: its name and whose it is."""

    name = forms.CharField(label=_("Name of the caseload"), max_length=120)
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=_("Whose it is"), widget=LongSelect
    )

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = owners(reach).only("name")


class HandOverForm(forms.Form):
    """Who serves these students from now on."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label=_("Hand over to"), widget=LongSelect
    )

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["to"].queryset = owners(reach).only("name")


class StudentsForm(forms.Form):
    """Students by their numbers: written, or in a CSV file's first column."""

    codes = forms.CharField(
        label=_("Student numbers, one a line"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label=_("Or a CSV file with a column student_id"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Read both into one list, `all_codes`."""
        told = super().clean() or {}
        codes = str(told.get("codes") or "").split()
        if told.get("file"):
            codes += _codes_in(told["file"])
        if not codes:
            raise forms.ValidationError(_("Name at least one student."))
        if len(codes) > MOST:
            raise forms.ValidationError(_("At most 5,000 students in one go."))
        told["all_codes"] = codes
        return told


def _codes_in(file: UploadedFile[Any]) -> list[str]:
    """The column `student_id` of a CSV file, or its first column.

    Not read as other files are: a list of codes may have no first row of names.
    """
    text = text_of(file, _LARGEST)
    try:
        rows = [row for row in csv.reader(io.StringIO(text)) if row]
    except csv.Error as problem:
        raise forms.ValidationError(no_csv()) from problem
    if not rows:
        return []
    heads = [head.strip().lower() for head in rows[0]]
    if "student_id" in heads:
        place = heads.index("student_id")
        return [row[place].strip() for row in rows[1:] if len(row) > place]
    return [row[0].strip() for row in rows]
