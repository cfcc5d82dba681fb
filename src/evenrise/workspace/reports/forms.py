"""The forms of briefings and releases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.reports.actions import Words


NOTE = "note:"  # a field's name before a finding's key


class EditionForm(forms.Form):
    """The words of one edition; one further field a finding."""

    title = forms.CharField(max_length=200, label=_("Title"))
    opening = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        label=_("Opening"),
        help_text=_("What a reader should know first, in a few sentences."),
    )
    closing = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        label=_("What the district does next"),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    follows_other = forms.BooleanField(
        required=False,
        label=_("This edition now says what the other language says"),
    )

    def __init__(
        self,
        *args: Any,
        findings: tuple[tuple[str, str], ...] = (),
        language: str = "en",
        **kwargs: Any,
    ) -> None:
        """`findings`: keys and headlines, these in the edition's `language`."""
        super().__init__(*args, **kwargs)
        for key, headline in findings:
            self.fields[NOTE + key] = forms.CharField(
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                label=_label(headline, language),
            )
        self.order_fields(
            ["title", "opening", *(NOTE + key for key, _told in findings), "closing"]
        )

    def words(self) -> Words:
        """What was written."""
        told = self.cleaned_data
        return Words(
            title=told["title"],
            opening=told["opening"],
            closing=told["closing"],
            notes={
                name.removeprefix(NOTE): words
                for name, words in told.items()
                if name.startswith(NOTE) and words
            },
        )


class BeginForm(forms.Form):
    """A new briefing: its first words, in one language."""

    title = forms.CharField(
        max_length=200,
        label=_("Title"),
        help_text=_("As its readers would ask: “Who misses school, and where?”"),
    )
    language = forms.ChoiceField(
        choices=[("en", _("English")), ("es", _("Spanish"))],
        label=_("You write first in"),
    )


class ReasonForm(forms.Form):
    """Why something is returned or withdrawn."""

    reason = forms.CharField(max_length=500, label=_("Reason"))


class ApproveForm(forms.Form):
    """That exactly this was read."""

    content = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(max_length=500, required=False, label=_("Note (optional)"))


def _label(headline: str, language: str) -> str:
    """A field's label; the headline in it is in the edition's language."""
    marked = format_html('<span lang="{}">{}</span>', language, headline)
    words = conditional_escape(_("Your words on: %(finding)s"))
    return mark_safe(words % {"finding": marked})  # noqa: S308 - both are escaped
