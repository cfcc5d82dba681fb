"""What forms of adults who learn together share: a colleague, a longer text."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.db.models import QuerySet

from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.people.models import Person


def area(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def chosen_person(label: Any, **told: Any) -> forms.ModelChoiceField[Person]:
    """A choice of one adult; the form says among whom with `among`."""
    return forms.ModelChoiceField(
        Person.objects.none(), label=label, widget=LongSelect, **told
    )


def among(field: Any, people: QuerySet[Person]) -> None:
    """Offer people in a field; two of one name stand with their addresses."""
    named = Counter(people.values_list("name", flat=True))
    field.queryset = people
    field.label_from_instance = lambda one: (
        one.name if named[one.name] < 2 else f"{one.name} ({one.email})"
    )
