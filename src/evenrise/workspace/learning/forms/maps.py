"""The forms of a map of practice and of one component; words only, no decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.foundation.fields import words_field
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.learning.map_content import (
    FEWEST_LEVELS,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_LEVELS,
    USUAL_LEVELS,
    ComponentContent,
    MapContent,
    Pair,
)
from evenrise.workspace.learning.map_words import level_name


_MOST_BYTES = 2 * 2**20  # of a map's file


class MapForm(NamesNobody):
    """What a map says of itself."""

    begin = forms.ChoiceField(label=_("Begin with"), required=False)
    title_en = words_field(_("Title in English"), "en", 300)
    title_es = words_field(_("Title in Spanish"), "es", 300)
    role_en = words_field(_("Whose practice it is, in English"), "en", 120)
    role_es = words_field(_("Whose practice it is, in Spanish"), "es", 120)
    text_en = words_field(_("What it is about, in English"), "en", 8_000, 4)
    text_es = words_field(_("What it is about, in Spanish"), "es", 8_000, 4)
    levels = forms.TypedChoiceField(
        label=_("How many levels"),
        coerce=int,
        initial=USUAL_LEVELS,
        choices=[(n, str(n)) for n in range(FEWEST_LEVELS, MOST_LEVELS + 1)],
    )
    standard = forms.TypedChoiceField(
        label=_("Standard"), required=False, coerce=int, empty_value=None
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        begins: list[tuple[str, str]] | None,
        standards: list[tuple[Any, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["standard"].choices = [("", "–"), *standards]
        if begins is None:
            del fields["begin"]
        else:
            fields["begin"].choices = [("", gettext("An empty map")), *begins]

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        names = ("title", "role", "text")
        return [(self[f"{one}_en"], self[f"{one}_es"]) for one in names]

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages, unless what it begins with has one."""
        told = super().clean()
        if not (told.get("title_en") or told.get("title_es") or told.get("begin")):
            self.add_error(
                "title_en", gettext("Write a title in English, in Spanish, or in both.")
            )
        return told

    def said(self) -> MapContent:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        title, role, text = (
            Pair(told[f"{name}_en"], told[f"{name}_es"])
            for name in ("title", "role", "text")
        )
        return MapContent(title, role, text, levels=told["levels"])


class ComponentForm(NamesNobody):
    """A component and all of its levels, best first, in both languages."""

    name_en = words_field(_("Component in English"), "en", LONGEST_NAME)
    name_es = words_field(_("Component in Spanish"), "es", LONGEST_NAME)
    outcome_en = words_field(_("Desired outcome, in English"), "en", LONGEST_TEXT, 2)
    outcome_es = words_field(_("Desired outcome, in Spanish"), "es", LONGEST_TEXT, 2)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, levels: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = levels
        for number in range(1, levels + 1):
            name = level_name(number, levels)
            for code, label in (
                ("en", gettext("%(level)s, in English")),
                ("es", gettext("%(level)s, in Spanish")),
            ):
                self.fields[f"level_{number}_{code}"] = words_field(
                    label % {"level": name}, code, LONGEST_TEXT, 3
                )

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        names = ["name", "outcome", *(f"level_{n}" for n in range(1, self.levels + 1))]
        return [(self[f"{one}_en"], self[f"{one}_es"]) for one in names]

    def clean(self) -> dict[str, Any]:
        """A name in one of the languages."""
        told = super().clean()
        if not (told.get("name_en") or told.get("name_es")):
            self.add_error(
                "name_en", gettext("Write a name in English, in Spanish, or in both.")
            )
        return told

    def said(self) -> ComponentContent:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        return ComponentContent(
            Pair(told["name_en"], told["name_es"]),
            Pair(told["outcome_en"], told["outcome_es"]),
            tuple(
                Pair(told[f"level_{n}_en"].strip(), told[f"level_{n}_es"].strip())
                for n in range(1, self.levels + 1)
            ),
        )


class BringMapForm(forms.Form):
    """A file of a map; what it is, is told by its content."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV or DOCX. At most 2 MB."),
        error_messages={
            "required": _("Choose a file: nothing was sent."),
            "empty": _("The file is empty: save it again, and bring that."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.docx"}),
    )
    title = forms.CharField(
        label=_("Title, where the file has none"), max_length=300, required=False
    )

    def clean_file(self) -> UploadedFile:  # type: ignore[type-arg]  # not when it runs
        """Not larger than a map can be."""
        found: UploadedFile = self.cleaned_data["file"]  # type: ignore[type-arg]
        if (found.size or 0) > _MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 2 MB: take pictures out and save it again.")
            )
        return found
