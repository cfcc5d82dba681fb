"""The form of a comment from the public site: no sign-in, no cookie, a person reads it.

What protects it: a signed mark with the moment when the form was opened (a program
that posts at once, or days later, is refused), a field that people do not see, a
limit by address, and that nothing is shown before somebody of the district read it.
"""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.models import WrittenIn
from evenrise.workspace.plans.actions.commenting import hear_comment
from evenrise.workspace.reports.plan_releasing import PlanRelease


_SALT = "evenrise.reports.comment"
_SOONEST, _LATEST = 3, 24 * 3600  # seconds between opening the form and sending it


def fresh_mark() -> str:
    """A mark for a form that is opened now."""
    return signing.dumps("", salt=_SALT)


class CommentForm(forms.Form):
    """What somebody wishes to say; name and address are for an answer alone."""

    text = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        label=_("What would you like to say?"),
        help_text=_(
            "Please do not name any student or member of the staff: what you write "
            "may be shown to everybody, without your name."
        ),
    )
    rung_key = forms.ChoiceField(required=False, label=_("About"))
    name = forms.CharField(max_length=120, required=False, label=_("Your name"))
    reach = forms.CharField(
        max_length=200,
        required=False,
        label=_("Mail or telephone, if you would like an answer"),
        help_text=_("Never shown. You can leave both blank."),
    )
    mark = forms.CharField(widget=forms.HiddenInput)
    # People do not see it; whoever fills it is a program.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, rungs: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The whole plan")), *(rungs or [])]
        self.fields["rung_key"] = forms.ChoiceField(
            choices=choices, required=False, label=_("About")
        )
        self.order_fields(["rung_key", "text", "name", "reach"])

    def clean_mark(self) -> str:
        """The form was opened here, not a moment ago and not days ago."""
        told: str = self.cleaned_data["mark"]
        try:
            signing.loads(told, salt=_SALT, max_age=_LATEST)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This page was open for long; please send it once more."), "old"
            ) from None
        try:
            signing.loads(told, salt=_SALT, max_age=_SOONEST)
        except signing.SignatureExpired:
            return told
        raise forms.ValidationError(
            _("That was very quick; please send it once more."), "quick"
        )

    def take(self, request: HttpRequest, hearing: PlanRelease) -> bool:
        """Hand the comment to those who read it; whether it was taken.

        A program that filled the hidden field is thanked, and nothing is kept.
        """
        told = self.cleaned_data
        if told["website"]:
            return True
        if not ratelimit.consume(request, action="plan_comment"):
            self.add_error(
                None,
                _(
                    "Many comments came from your connection within the hour; please "
                    "try again later or write to the district."
                ),
            )
            return False
        edition = hearing.release.plan_edition
        assert edition is not None  # noqa: S101 - a plan's release names it
        language = getattr(request, "LANGUAGE_CODE", "en")
        try:
            hear_comment(
                edition=edition,
                text=told["text"].strip(),
                language=WrittenIn.SPANISH if language == "es" else WrittenIn.ENGLISH,
                name=told["name"].strip(),
                reach=told["reach"].strip(),
                rung_key=told["rung_key"],
            )
        except InputProblem as problem:
            self.add_error(None, str(problem))
            return False
        return True
