"""Forms of a practice: its words, its materials, where it was tried, why it ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.cycles.actions.practices import PracticeSaid
from evenrise.workspace.cycles.models import Practice
from evenrise.workspace.foundation.fields import words_field
from evenrise.workspace.insights.forms import NamesNobody


MATERIALS = 6  # links that one practice may carry
_LONG = 6_000
_TEXTS = tuple(
    f"{name}_{language}"
    for name in ("title", "text", "context")
    for language in ("en", "es")
)
_web_address = URLValidator(schemes=["https", "http"])


_WHAT = _("What adults do, step by step, so that others can try it.")
_WHERE = _("With whom, in which grades and courses, what it needs. Name no student.")


class PracticeForm(NamesNobody):
    """What a practice says of itself, in both languages, and its materials."""

    title_en = words_field(_("Title in English"), "en")
    title_es = words_field(_("Title in Spanish"), "es")
    text_en = words_field(_("What people do, in English"), "en", _LONG, 4, _WHAT)
    text_es = words_field(_("What people do, in Spanish"), "es", _LONG, 4, _WHAT)
    context_en = words_field(
        _("Where it was tried, in English"), "en", _LONG, 4, _WHERE
    )
    context_es = words_field(
        _("Where it was tried, in Spanish"), "es", _LONG, 4, _WHERE
    )
    same_meaning = forms.BooleanField(
        label=_("A small correction: the other language still says the same."),
        required=False,
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MATERIALS + 1):
            told = {"number": number}
            self.fields[f"material_{number}"] = forms.CharField(
                label=gettext("Material %(number)d") % told,
                max_length=200,
                required=False,
            )
            self.fields[f"address_{number}"] = forms.CharField(
                label=gettext("Web address of material %(number)d") % told,
                max_length=1_000,
                required=False,
                widget=forms.URLInput,
            )

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        names = ("title", "text", "context")
        return [(self[f"{one}_en"], self[f"{one}_es"]) for one in names]

    @property
    def material_rows(self) -> list[tuple[BoundField, BoundField]]:
        """A material's name beside its address."""
        return [
            (self[f"material_{number}"], self[f"address_{number}"])
            for number in range(1, MATERIALS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages; a material has an address of the web."""
        told = super().clean()
        if not (told.get("title_en") or told.get("title_es")):
            self.add_error(
                "title_en", gettext("Write a title in English, in Spanish, or in both.")
            )
        for number in range(1, MATERIALS + 1):
            self._check_material(told, number)
        return told

    def _check_material(self, told: dict[str, Any], number: int) -> None:
        name, url = told.get(f"material_{number}"), told.get(f"address_{number}")
        if name and not url:
            self.add_error(
                f"address_{number}",
                gettext("Write where it is to be found, or take its name away."),
            )
        if url:
            try:
                _web_address(url)
            except forms.ValidationError:
                self.add_error(
                    f"address_{number}",
                    gettext("Write a whole web address that begins with https://."),
                )

    def said(self) -> PracticeSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        pairs = [
            (told[f"material_{number}"], told[f"address_{number}"])
            for number in range(1, MATERIALS + 1)
        ]
        return PracticeSaid(
            words={name: told[name] for name in _TEXTS},
            materials=tuple((name or url, url) for name, url in pairs if url),
            same_meaning=told.get("same_meaning", False),
        )


class NewPracticeForm(PracticeForm):
    """A practice that is made of a cycle."""

    ask_me = forms.BooleanField(
        label=_("People may ask me about it."),
        help_text=_("Your name and role stand on its page; you can take that back."),
        required=False,
    )


def initial_of(one: Practice) -> dict[str, Any]:
    """What the form shows of what stands already."""
    told: dict[str, Any] = {name: getattr(one, name) for name in _TEXTS}
    for number, material in enumerate(one.materials[:MATERIALS], 1):
        told |= {
            f"material_{number}": material["name"],
            f"address_{number}": material["url"],
        }
    return told | {"seen": one.version}


class TriedForm(NamesNobody):
    """Which cycle tried it, and what others should know of that place."""

    cycle = forms.TypedChoiceField(label=_("Which cycle of yours?"), coerce=int)
    note = forms.CharField(
        label=_("What was different there?"),
        help_text=_("One line; whoever may read the cycle reads it. Name no student."),
        max_length=300,
        required=False,
    )

    def __init__(
        self, *args: Any, cycles: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].choices = cycles  # type: ignore[attr-defined]


class RetireForm(NamesNobody):
    """Why people should not take it up any more."""

    why = forms.CharField(
        label=_("Why is it retired?"),
        help_text=_("Whoever finds it later reads this. It stays readable."),
        max_length=300,
    )
