"""Choosing adults: from a list, or written down where the list would be too long.

In a district of 40,000 adults a list of everybody who can see a plan is a megabyte that
nobody reads through. There a name or an e-mail address is written, and the answer says
who is meant when several are.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenrise.workspace.foundation.long_select import LongSelect, LongSelectMultiple
from evenrise.workspace.people.models import Person


MOST = 500  # adults in a list; of more, one is written
_TOLD = 6  # of those who match
_LONGEST = 300
_WORDS = 6
_LINES = 200  # people written in one field
_MAIL = re.compile(r"[^\s()<>,]+@[^\s()<>,]+")


_NOBODY = _(
    "Nobody who can be chosen here matches “%(asked)s”. Write the name as the"
    " directory has it, or the e-mail address."
)
_SEVERAL = _(
    "Several people match: %(people)s. Write the e-mail address of the one who"
    " is meant."
)


class _AmongPeople:
    """What both fields share: a list of some, of many a text."""

    queryset: Any
    widget: Any
    help_text: Any
    required: bool
    empty_label: Any
    is_written = False
    writing: type[forms.TextInput | forms.Textarea] = forms.TextInput
    hint: Any = ""

    def among(self, people: QuerySet[Person]) -> None:
        """Say who can be chosen; asked once a form, before it is shown or read."""
        self.queryset = people
        rows = list(people.values_list("pk", "name", "email")[: MOST + 1])
        self.is_written = len(rows) > MOST
        if self.is_written:
            self.widget = self.writing(attrs=_WRITING[self.writing])
            self.widget.is_required = self.required
            self.help_text = " ".join(
                filter(None, map(str, (self.help_text, self.hint)))
            )
            return
        named = Counter(name for _pk, name, _mail in rows)
        none = [("", self.empty_label)] if self.empty_label else []
        self.widget.choices = none + [
            (pk, name if named[name] < 2 else f"{name} ({mail})")
            for pk, name, mail in rows
        ]

    def meant(self, asked: str) -> Person:
        """The one person whom a name, or an address, means.

        Raises:
            ValidationError: when nobody is meant, or several are.
        """
        people = self.queryset
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
            raise ValidationError(_NOBODY, code="nobody", params={"asked": asked})
        if len(found) > 1:
            told = ", ".join(map(_words, found[:_TOLD]))
            more = ", …" if len(found) > _TOLD else ""
            params = {"people": told + more}
            raise ValidationError(_SEVERAL, code="several", params=params)
        one: Person = found[0]
        return one


class OnePerson(_AmongPeople, forms.ModelChoiceField[Person]):
    """One adult of those whom `among` was given."""

    hint = _("Name, or e-mail address.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), **{"widget": LongSelect, **kwargs})

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
        asked = _plain(value)[:_LONGEST]
        return self.meant(asked) if asked else None


class SeveralPeople(_AmongPeople, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Some adults of those whom `among` was given."""

    writing = forms.Textarea
    hint = _("A name, or an e-mail address, on each line.")

    def __init__(self, **kwargs: Any) -> None:
        widget = LongSelectMultiple(attrs={"size": 8})
        super().__init__(Person.objects.none(), **{"widget": widget, **kwargs})

    def among(self, people: QuerySet[Person]) -> None:
        """Say who can be chosen; a list says how several are chosen."""
        super().among(people)
        if not self.is_written and not self.help_text:
            self.help_text = _("Hold Ctrl (on a Mac: Command) to choose several.")

    def prepare_value(self, value: Any) -> Any:
        """What the field shows: the keys in a list, else one person on each line."""
        if not self.is_written or value is None or isinstance(value, str):
            return super().prepare_value(value)
        keys = [one.pk if isinstance(one, Person) else one for one in value]
        chosen = Person.objects.filter(pk__in=keys).order_by("name", "pk")
        return "\n".join(map(_words, chosen))

    def clean(self, value: Any) -> Any:
        """The people who are meant, each once; lines that mean nobody are all told."""
        if not self.is_written:
            return super().clean(value)
        found: dict[int, Person] = {}
        wrong: list[ValidationError] = []
        asked = [line.strip() for line in _plain(value).splitlines()]
        for line in [line[:_LONGEST] for line in asked if line][:_LINES]:
            try:
                one = self.meant(line)
            except ValidationError as problem:
                wrong.append(problem)
            else:
                found[one.pk] = one
        if wrong:
            raise ValidationError(wrong)
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return list(found.values())


_WRITING: dict[type[forms.Widget], dict[str, Any]] = {
    forms.TextInput: {"autocomplete": "off", "maxlength": _LONGEST},
    forms.Textarea: {"autocomplete": "off", "rows": 4, "spellcheck": "false"},
}


def _plain(value: Any) -> str:
    return str(value or "").replace("\x00", "").strip()


def _words(one: Person) -> str:
    """How a written person reads, and can be sent again."""
    return f"{one.name} ({one.email})"
