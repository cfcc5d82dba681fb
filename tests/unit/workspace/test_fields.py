"""Fields of every room's forms: a day that can be, and words in their language."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.utils import timezone

from evenrise.workspace.foundation.day_field import DayField, DayInput
from evenrise.workspace.foundation.fields import Day, words_field


def _days(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def test_a_day_is_drawn_as_browsers_take_it():
    drawn = DayInput({"id": "x"}).render("on", dt.date(2026, 8, 1))
    assert 'type="date"' in drawn
    assert 'value="2026-08-01"' in drawn
    for field in (DayField(), Day(ahead=True)):
        assert isinstance(field.widget, DayInput)


@pytest.mark.parametrize(
    ("days", "ahead", "said"),
    [
        (0, False, ""),
        (1, False, "has not come yet"),
        (1, True, ""),
        (-3660, False, ""),
        (-3661, False, "year again"),
        (3661, True, "year again"),
    ],
)
def test_a_day_has_come_unless_told_and_its_year_can_be(days, ahead, said):
    field = Day(ahead=ahead)
    if not said:
        assert field.clean(_days(days)).isoformat() == _days(days)
        return
    with pytest.raises(forms.ValidationError, match=said):
        field.clean(_days(days))


def test_a_day_that_may_stay_empty():
    assert Day(required=False).clean("") is None


def test_words_are_marked_with_their_language():
    line, text = words_field("Title", "es", 12), words_field("Text", rows=3, hint="So")
    assert line.widget.attrs["lang"] == "es"
    assert isinstance(text.widget, forms.Textarea)
    assert "lang" not in text.widget.attrs
    assert text.widget.attrs["rows"] == 3
    assert text.help_text == "So"
    assert line.clean("") == ""
    with pytest.raises(forms.ValidationError):
        line.clean("n" * 13)
