"""What the forms about a student share: how they are to be written, and their days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.fields import Day
from evenrise.workspace.foundation.long_select import LongSelect


__all__ = ["OPEN_BOOK", "Day", "pick", "today"]
OPEN_BOOK = _(
    "Write about the work, as if the student and family read it: they may ask for it."
)


def pick(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice of one."""
    return forms.ChoiceField(label=label, choices=choices, widget=LongSelect)


def today() -> dt.date:
    """What a form begins with."""
    return timezone.localdate()
