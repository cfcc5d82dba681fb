"""Choosing one adult: from a list, or written down where the list would be too long.

In a district of 40,000 adults a list of everybody who can see a plan is a megabyte that
nobody reads through. There a name or an e-mail address is written, and the answer says
who is meant when several are.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.people.models import Person


MOST = 500  # adults in a list; of more, one is written
_TOLD = 6  # of those who match
_LONGEST = 300
_WORDS = 6
_MAIL = re.compile(r"[^\s()<>,]+@[^\s()<>,]+")


class OnePerson(forms.ModelChoiceField[Person]):
    """One adult of those whom `among` was given."""

    default_error_messages = {
        "nobody": _(
            "Nobody who can be chosen here matches “%(asked)s”. Write the name as the"
            " directory has it, or the e-mail address."
        ),
        "several": _(
            "Several people match: %(people)s. Write the e-mail address of the one who"
            " is meant."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), **{"widget": LongSelect, **kwargs})
        self.is_written = False

    def among(self, people: QuerySet[Person]) -> None:
        """Say who can be chosen; asked once a form, before it is shown or read."""
        self.queryset = people
        self.is_written = people.order_by()[: MOST + 1].count() > MOST
        if self.is_written:
            self.widget = forms.TextInput(
                attrs={"autocomplete": "off", "maxlength": _LONGEST}
            )
            self.widget.is_required = self.required
            self.help_text = _("Name, or e-mail address.")

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: the key in a list, else the name and the address."""
        if not self.is_written or isinstance(value, str):
            return super().prepare_value(value)
        key = value.pk if isinstance(value, Person) else value
        one = None if key is None else Person.objects.filter(pk=key).first()
        return "" if one is None else _words(one)

    def to_python(self, value: Any) -> Person | None:
        """The person who is meant; None where nothing is written."""
        if not self.is_written:
            return super().to_python(value)
        asked = str(value or "").replace("\x00", "").strip()[:_LONGEST]
        return self._meant(asked) if asked else None

    def _meant(self, asked: str) -> Person:
        people: QuerySet[Person] = self.queryset  # type: ignore[assignment]
        mail = _MAIL.search(asked)
        if mail is not None:
            found = list(people.filter(email__iexact=mail[0])[:1])
        else:
            found = list(people.filter(name__iexact=asked)[: _TOLD + 1])
        if not found and mail is None:
            for word in asked.split()[:_WORDS]:
                people = people.filter(name__icontains=word)
            found = list(people[: _TOLD + 1])
        if not found:
            raise self._problem("nobody", asked=asked)
        if len(found) > 1:
            told = ", ".join(map(_words, found[:_TOLD]))
            more = ", …" if len(found) > _TOLD else ""
            raise self._problem("several", people=told + more)
        return found[0]

    def _problem(self, code: str, **told: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=told)


def _words(one: Person) -> str:
    """How a written person reads, and can be sent again."""
    return f"{one.name} ({one.email})"
