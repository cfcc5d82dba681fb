"""A long choice shows and chooses what Django's own does, and escapes as it does."""

from __future__ import annotations

import re

import pytest
from django import forms

from evenrise.workspace.foundation.long_select import LongSelect


CHOICES = [("", "Nobody"), (1, "<b>&'\""), ('2"', "Two")]


def _options(markup):
    return [
        (value, bool(chosen), label)
        for value, chosen, label in re.findall(
            r'<option value="([^"]*)"( selected)?>([^<]*)</option>', str(markup)
        )
    ]


@pytest.mark.parametrize("value", [None, "", 1, "1", '2"', "not there"])
def test_the_options_are_those_of_django(value):
    own, theirs = LongSelect(choices=CHOICES), forms.Select(choices=CHOICES)
    drawn = own.render("to", value, {"id": "id_to", "required": True})
    assert _options(drawn) == _options(theirs.render("to", value))
    assert drawn.startswith('<select id="id_to" name="to" required>')


def test_it_chooses_in_a_form():
    class Form(forms.Form):
        to = forms.TypedChoiceField(choices=CHOICES, coerce=str, widget=LongSelect)

    assert Form({"to": "1"}).is_valid()
    assert not Form({"to": "3"}).is_valid()
