"""The forms of this room; words only, no decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect, LongSelectMultiple
from evenrise.workspace.insights.actions.evidence import EvidenceWritten, QuoteWritten
from evenrise.workspace.insights.actions.recommendations import Asked
from evenrise.workspace.insights.models import (
    AnswerVerdict,
    Evidence,
    EvidenceKind,
    Readers,
    SaidBy,
    StartKind,
    Theme,
    WrittenIn,
)
from evenrise.workspace.insights.names import refused_names
from evenrise.workspace.insights.shown import listed
from evenrise.workspace.people.models import Person


_MOST_TICKS = 40
QUOTES = 3  # places for quotes on an empty form; a filled one has two more
LONG = 8_000


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick, drawn in one go: Django's templates take 15 ms for sixty."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """All options, each with its label."""
        del renderer
        ticked = {str(one) for one in value or ()}
        begins = (attrs or {}).get("id", f"id_{name}")
        return format_html_join(
            "",
            '<div class="choice"><input type="checkbox" name="{}" value="{}" id="{}"{}>'
            ' <label for="{}">{}</label></div>',
            (
                (
                    name,
                    code,
                    f"{begins}_{place}",
                    mark_safe(" checked") if str(code) in ticked else "",
                    f"{begins}_{place}",
                    label,
                )
                for place, (code, label) in enumerate(self.choices)
            ),
        )


def offer_several(field: Any, choices: Sequence[tuple[Any, str]]) -> None:
    """Offer some as boxes to tick; many as a list, which takes less of a page.

    Args:
        field: a field of several choices of this form.
        choices: code and words of each.
    """
    if len(choices) > _MOST_TICKS:
        field.widget = LongSelectMultiple(attrs={"size": 12})
        told = (field.help_text, _("Hold Ctrl (on a Mac: Command) to choose several."))
        field.help_text = " ".join(str(one) for one in told if one)
    else:
        field.widget = Ticks()
    field.widget.is_required = field.required
    if not isinstance(field, forms.ModelMultipleChoiceField):
        field.choices = choices
    field.widget.choices = choices


class NamesNobody(forms.Form):
    """What is written here is read by many: a student's full name is refused."""

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Look for students' names in every text that was written.

        Raises:
            TypeError: when nobody said who writes.
        """
        told = super().clean() or {}
        if self.person is None:
            raise TypeError("A form that was sent needs the person who sent it.")
        for field in [name for name, value in told.items() if isinstance(value, str)]:
            found = refused_names(self.person, [told[field]]).full
            if found:
                self.add_error(field, names_refused(found))
        return told


def names_refused(names: Iterable[str]) -> str:
    """What a person reads who named a student."""
    return gettext(
        "This names a student: %(names)s. Write it without the name, for"
        " example “a student in ninth grade”."
    ) % {"names": listed(names)}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReasonForm(NamesNobody):
    """Why a finding is kept or set aside; `seen` is the decision the page showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=2_000, required=False, widget=_area(2)
    )


class SetAsideForm(ReasonForm):
    """Setting aside needs a reason."""

    reason = forms.CharField(
        label=_("Why is it set aside?"),
        help_text=_("Everybody who reads this finding will read the reason."),
        max_length=2_000,
        widget=_area(2),
    )


class RemarkForm(NamesNobody):
    """What somebody says."""

    text = forms.CharField(
        label=_("What would you like to say?"),
        help_text=_("Do not name a student."),
        max_length=LONG,
        widget=_area(3),
    )
    seen = forms.IntegerField(
        min_value=0, required=False, initial=0, widget=forms.HiddenInput
    )


class StartForm(NamesNobody):
    """A finding as a start."""

    kind = forms.ChoiceField(
        label=_("The start of"), choices=StartKind.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What do you have in mind?"), max_length=2_000, widget=_area(2)
    )


class EvidenceForm(forms.Form):
    """One visit, conversation or document."""

    kind = forms.ChoiceField(
        label=_("What was it?"), choices=EvidenceKind.choices, widget=LongSelect
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("For example: Ninth grade families on coming to school"),
        max_length=160,
    )
    held_on = DayField(
        label=_("When?"),
    )
    school = forms.ChoiceField(label=_("Where?"), required=False, widget=LongSelect)
    took_part = forms.CharField(
        label=_("Who took part?"),
        help_text=_("How many and in which role; no student's name."),
        max_length=300,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=WrittenIn.choices, widget=LongSelect
    )
    text = forms.CharField(
        label=_("What was seen, heard or read?"), max_length=40_000, widget=_area(10)
    )
    readers = forms.ChoiceField(
        label=_("Who may read it?"), choices=Readers.choices, widget=forms.RadioSelect
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=Ticks,
    )
    indicators = forms.MultipleChoiceField(
        label=_("Goes with these indicators"),
        required=False,
        widget=Ticks,
    )
    findings = forms.MultipleChoiceField(
        label=_("Goes with these findings"),
        required=False,
        widget=Ticks,
    )
    seen = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)
    not_students = forms.BooleanField(
        label=_("These words name no student."), required=False
    )

    def __init__(
        self, *args: Any, choices: dict[str, Any], language: Language, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        themes = Theme.objects.all()
        field = self.fields["themes"]
        field.queryset = themes  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name[language]  # type: ignore[attr-defined]
        for name in ("school", "indicators", "findings"):
            self.fields[name].choices = choices[name]  # type: ignore[attr-defined]
        self._theme_choices = [("", "–"), *((t.pk, t.name[language]) for t in themes)]
        self._add_quotes(int(choices.get("quotes", QUOTES)))

    def _add_quotes(self, count: int) -> None:
        self.count = count
        for place in range(count):
            self.fields[f"quote_{place}"] = forms.CharField(
                label=_("Quote"), max_length=LONG, required=False, widget=_area(2)
            )
            self.fields[f"said_by_{place}"] = forms.ChoiceField(
                label=_("Whose words?"),
                choices=SaidBy.choices,
                required=False,
                widget=LongSelect,
            )
            self.fields[f"theme_{place}"] = forms.ChoiceField(
                label=_("Theme"),
                choices=self._theme_choices,
                required=False,
                widget=LongSelect,
            )

    def quote_fields(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each quote, for the page."""
        names = ("quote", "said_by", "theme")
        return [
            tuple(self[f"{name}_{place}"] for name in names)  # type: ignore[misc]
            for place in range(self.count)
        ]

    def written(self) -> EvidenceWritten:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        quotes = tuple(
            QuoteWritten(
                told[f"quote_{place}"],
                told[f"said_by_{place}"] or SaidBy.STUDENT,
                int(told[f"theme_{place}"]) if told[f"theme_{place}"] else None,
            )
            for place in range(self.count)
            if told[f"quote_{place}"].strip()
        )
        return EvidenceWritten(
            kind=told["kind"],
            title=told["title"],
            held_on=told["held_on"],
            school_id=told["school"] or None,
            took_part=told["took_part"],
            language=told["language"],
            text=told["text"],
            readers=told["readers"],
            themes=tuple(one.pk for one in told["themes"]),
            quotes=quotes,
            findings=tuple(told["findings"]),
            indicators=tuple(told["indicators"]),
        )


def evidence_initial(one: Evidence) -> dict[str, Any]:
    """What a form shows of evidence that stands already."""
    links = list(one.links.all())
    shown: dict[str, Any] = {
        "kind": one.kind,
        "title": one.title,
        "held_on": one.held_on,
        "school": one.school_id or "",
        "took_part": one.took_part,
        "language": one.language,
        "text": one.text,
        "readers": one.readers,
        "themes": [theme.pk for theme in one.themes.all()],
        "indicators": [link.key for link in links if link.kind == "indicator"],
        "findings": [link.key for link in links if link.kind == "finding"],
        "seen": one.version,
    }
    for place, quote in enumerate(one.quotes.all()):
        shown[f"quote_{place}"] = quote.text
        shown[f"said_by_{place}"] = quote.said_by
        shown[f"theme_{place}"] = quote.theme_id or ""
    return shown


class ThemeForm(forms.Form):
    """A theme of the district's own."""

    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=120)
    about_en = forms.CharField(
        label=_("What belongs to it, in English"), max_length=300, required=False
    )
    about_es = forms.CharField(
        label=_("What belongs to it, in Spanish"), max_length=300, required=False
    )


class RecommendationForm(NamesNobody):
    """What a reviewer asks."""

    school = forms.ChoiceField(label=_("For"), required=False, widget=LongSelect)
    text_en = forms.CharField(
        label=_("In English"), max_length=LONG, required=False, widget=_area(4)
    )
    text_es = forms.CharField(
        label=_("In Spanish"), max_length=LONG, required=False, widget=_area(4)
    )
    findings = forms.MultipleChoiceField(
        label=_("Based on these findings"),
        required=False,
        widget=Ticks,
    )
    evidence = forms.MultipleChoiceField(
        label=_("Based on this written evidence"),
        required=False,
        widget=Ticks,
    )
    same_meaning = forms.BooleanField(
        label=_("A small correction: the other language still says the same."),
        required=False,
    )
    seen = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("school", "findings", "evidence"):
            self.fields[name].choices = choices[name]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the languages must say something."""
        told = super().clean()
        if not (told.get("text_en") or told.get("text_es")):
            self.add_error(
                "text_en", _("Write it in English, in Spanish, or in both languages.")
            )
        return told

    def asked(self) -> Asked:
        """What is asked, when the form is valid."""
        told = self.cleaned_data
        return Asked(
            text_en=told["text_en"],
            text_es=told["text_es"],
            school_id=told["school"] or None,
            findings=tuple(told["findings"]),
            evidence=tuple(int(key) for key in told["evidence"]),
            same_meaning=told["same_meaning"],
        )


class AnswerForm(NamesNobody):
    """How a recommendation is answered."""

    verdict = forms.ChoiceField(
        label=_("Your answer"), choices=AnswerVerdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why, and what will be done?"), max_length=LONG, widget=_area(3)
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
