"""The forms of a roll, a file of it, and three taps; words only, no decisions."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.tried_file import TriedFileForm
from evenrise.workspace.insights.forms import NamesNobody
from evenrise.workspace.learning.actions.attending import Came
from evenrise.workspace.learning.actions.signing_up import Said
from evenrise.workspace.learning.queries.asked import ASKED, TAPS


_MOST_HOURS = Decimal(999)
_MARKS = {"yes": True, "no": False, "": None}


def read_marks(
    data: QueryDict, keys: Iterable[int]
) -> tuple[dict[int, Came], list[str]]:
    """What a roll's form says, by sign-up.

    A roll may hold hundreds of people, so that it is read here and not by a form set.

    Args:
        data: what was sent: `came-KEY` (yes, no, blank) and `hours-KEY`.
        keys: the sign-ups of the roll; everything else that was sent is passed over.

    Returns:
        The marks, and the keys as text whose hours cannot be read.
    """
    marks: dict[int, Came] = {}
    wrong: list[str] = []
    for key in keys:
        said = data.get(f"came-{key}")
        if said not in _MARKS:
            continue
        hours: Decimal | None = None
        text = (data.get(f"hours-{key}") or "").strip()
        if text and said == "yes":
            hours = _hours(text)
            if hours is None:
                wrong.append(str(key))
                continue
        marks[key] = Came(_MARKS[said], hours)
    return marks, wrong


def _hours(text: str) -> Decimal | None:
    try:
        hours = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    if hours.is_nan():  # compares with nothing
        return None
    return hours if 0 < hours <= _MOST_HOURS else None


class AddToRollForm(forms.Form):
    """Somebody came who had not signed up."""

    email = forms.EmailField(label=_("Address of somebody else who came"))


class BringRollForm(TriedFileForm):
    """A roll to try, or the text that was tried."""

    largest = 1


class FeedbackForm(NamesNobody):
    """Three taps and a line."""

    words = forms.CharField(
        label=_("One thing that we should keep or change"),
        help_text=_("Name no student and no colleague."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in ASKED.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words, choices=TAPS, coerce=int, widget=forms.RadioSelect
            )
        self.order_fields([*ASKED, "words"])

    def said(self) -> Said:
        """What was said, when the form is valid."""
        told = self.cleaned_data
        return Said(
            useful=told["useful"],
            fits=told["fits"],
            time=told["time"],
            words=told["words"],
        )
