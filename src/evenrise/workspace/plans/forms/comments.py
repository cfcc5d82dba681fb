"""The forms of comments and of "you said, we did"; what is public names no student."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.fields import Day, area
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks, names_refused
from evenrise.workspace.insights.models import Theme, WrittenIn
from evenrise.workspace.insights.names import refused_names
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.answering_comments import Answered
from evenrise.workspace.plans.actions.commenting import LONGEST, CommentWritten
from evenrise.workspace.plans.models import HeardBy, Rung


Choices = list[tuple[str, str]]
_PUBLIC = _(
    "Only where the words above name somebody or cannot be shown: what the public "
    "reads in their place, as close to them as can be."
)


class CommentForm(forms.Form):
    """A comment that was said at a meeting or in a letter."""

    text = forms.CharField(
        label=_("What was said?"),
        help_text=_("In the words and the language of whoever said it."),
        max_length=LONGEST,
        widget=area(5),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=WrittenIn.choices, widget=LongSelect
    )
    heard_by = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[one for one in HeardBy.choices if one[0] != HeardBy.SITE],
        widget=LongSelect,
    )
    said_on = Day(ahead=True, label=_("On which day?"), initial=timezone.localdate)
    rung_key = forms.ChoiceField(
        label=_("About which part?"), required=False, widget=LongSelect
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False, widget=LongSelect)
    public_text = forms.CharField(
        label=_("What is shown instead"),
        help_text=_PUBLIC,
        max_length=LONGEST,
        required=False,
        widget=area(3),
    )
    name = forms.CharField(
        label=_("Who said it?"),
        help_text=_("Never public; only to thank them, or to ask."),
        max_length=120,
        required=False,
    )
    reach = forms.CharField(
        label=_("How can we reach them?"),
        help_text=_("Mail or telephone; never public."),
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, person: Person, rungs: Choices, themes: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["rung_key"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole plan")),
            *rungs,
        ]
        _offer_themes(self, themes)

    def clean(self) -> dict[str, Any]:
        """What will be public names no student; the name of who said it may."""
        told = super().clean() or {}
        _check_public(self, told, told.get("text", ""))
        return told

    def written(self) -> CommentWritten:
        """What was said, when the form is valid."""
        told = self.cleaned_data
        return CommentWritten(
            text=told["text"],
            language=told["language"],
            heard_by=told["heard_by"],
            said_on=told["said_on"],
            name=told["name"],
            reach=told["reach"],
            rung_key=told["rung_key"],
            public_text=told["public_text"],
            theme=theme_of(told["theme"]),
        )


class AcceptForm(forms.Form):
    """Lets a comment be shown; where it names somebody, other words stand for it."""

    theme = forms.ChoiceField(label=_("Theme"), required=False, widget=LongSelect)
    public_text = forms.CharField(
        label=_("What is shown instead"),
        help_text=_PUBLIC,
        max_length=LONGEST,
        required=False,
        widget=area(3),
    )

    def __init__(
        self, *args: Any, person: Person, text: str, themes: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.text = person, text
        _offer_themes(self, themes)

    def clean(self) -> dict[str, Any]:
        """What will be public names no student."""
        told = super().clean() or {}
        _check_public(self, told, self.text)
        return told


class RefuseForm(NamesNobody):
    """Why a comment is left out."""

    why = forms.CharField(
        label=_("Why is it left out?"),
        help_text=_(
            "For example: it names a child; it was sent twice; it is an advertisement. "
            "Disagreeing is no reason."
        ),
        max_length=300,
        widget=area(2),
    )


class WeDidForm(NamesNobody):
    """What was done about what people said, or why not."""

    comments = forms.MultipleChoiceField(
        label=_("Which comments does this answer?"), required=False, widget=Ticks
    )
    theme = forms.ChoiceField(
        label=_("Or which theme of what people said?"),
        required=False,
        widget=LongSelect,
    )
    changed = forms.ChoiceField(
        label=_("Did the plan change because of it?"),
        choices=(("yes", _("Yes")), ("no", _("No, and we say why"))),
        widget=forms.RadioSelect,
    )
    rung = forms.ChoiceField(
        label=_("Where in the plan?"), required=False, widget=LongSelect
    )
    text_en = forms.CharField(
        label=_("What we did, in English"),
        max_length=LONGEST,
        required=False,
        widget=area(4),
    )
    text_es = forms.CharField(
        label=_("What we did, in Spanish"),
        max_length=LONGEST,
        required=False,
        widget=area(4),
    )
    same_meaning = forms.BooleanField(
        label=_("A small correction: the other language need not be looked at"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        comments: Choices,
        rungs: Choices,
        themes: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["comments"].choices = comments
        fields["rung"].choices = [("", _("No part of it")), *rungs]
        _offer_themes(self, themes)

    def clean(self) -> dict[str, Any]:
        """One language at least; the other may follow, and is shown as missing."""
        told = super().clean() or {}
        if not (told.get("text_en") or told.get("text_es")):
            self.add_error("text_en", _("Say what was done, or why not."))
        if not (told.get("comments") or told.get("theme")):
            self.add_error(
                "comments", _("Choose the comments or the theme that you answer.")
            )
        return told

    def told(self, rung: Rung | None) -> Answered:
        """What was said, when the form is valid."""
        said = self.cleaned_data
        return Answered(
            changed=said["changed"] == "yes",
            text_en=said["text_en"],
            text_es=said["text_es"],
            comments=tuple(int(one) for one in said["comments"]),
            theme=theme_of(said["theme"]),
            rung=rung,
            same_meaning=said.get("same_meaning", False),
        )


def theme_choices(language: Language) -> Choices:
    """The district's themes, in their order."""
    return [
        (str(one.pk), one.name[language]) for one in Theme.objects.order_by("place")
    ]


def theme_of(key: str) -> Theme | None:
    """The theme that was chosen."""
    return Theme.objects.filter(pk=key).first() if key else None


def _offer_themes(form: forms.Form, themes: Choices) -> None:
    field: Any = form.fields["theme"]
    field.choices = [("", _("No theme")), *themes]


def _check_public(form: Any, told: dict[str, Any], text: str) -> None:
    public = told.get("public_text") or ""
    found = refused_names(form.person, [public or text]).full
    if found:
        form.add_error("public_text", names_refused(found))
