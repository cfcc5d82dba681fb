"""Choosing one adult: a list of some, and a name or an address among very many."""

from __future__ import annotations

import pytest
from django import forms
from django.urls import reverse

from evenrise.workspace.people.forms import one_person
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.models import Advisory


pytestmark = pytest.mark.django_db


class Choosing(forms.Form):
    one = OnePerson(required=False, empty_label="–")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["one"].among(people)


@pytest.fixture
def people(cast):
    for name, email in (
        ("Ana Writes", "ana@demo.example"),
        ("Ana Writes", "ana.too@demo.example"),
        ("Anabel Writes Well", "anabel@demo.example"),
    ):
        Person.objects.create(name=name, email=email)
    return Person.objects.filter(name__startswith="Ana").order_by("name")


@pytest.fixture
def many(people, monkeypatch):
    monkeypatch.setattr(one_person, "MOST", 2)
    return people


def test_some_are_a_list(people):
    form = Choosing(people=people)
    assert str(form["one"]).count("<option") == people.count() + 1
    chosen = Choosing({"one": str(people[0].pk)}, people=people)
    assert chosen.is_valid()
    assert chosen.cleaned_data["one"] == people[0]


@pytest.mark.parametrize(
    ("asked", "email"),
    [
        ("anabel", "anabel@demo.example"),
        ("well ANA", "anabel@demo.example"),
        ("ANA@demo.example", "ana@demo.example"),
        ("Ana Writes (ana.too@demo.example)", "ana.too@demo.example"),
        ("  ", None),
    ],
)
def test_one_of_very_many_is_written(many, asked, email):
    form = Choosing({"one": asked}, people=many)
    assert "<option" not in str(form["one"])
    assert form.is_valid(), form.errors
    one = form.cleaned_data["one"]
    assert (None if one is None else one.email) == email


def test_several_who_match_are_told_with_their_addresses(many):
    form = Choosing({"one": "ana writes"}, people=many)
    (told,) = form.errors["one"]
    assert "Ana Writes (ana@demo.example)" in told
    assert "ana.too@demo.example" in told
    assert "anabel" not in told  # two are called just so


@pytest.mark.parametrize("asked", ["nobody@demo.example", "Zebulon", "\x00", "7014"])
def test_who_cannot_be_chosen_is_not_found(many, cast, asked):
    for wanted in (asked, cast["principal"].email if asked == "Zebulon" else asked):
        form = Choosing({"one": wanted}, people=many)
        assert form.is_valid() == (asked == "\x00")
        assert not form.cleaned_data.get("one")


def test_what_a_page_shows_can_be_sent_back(many):
    one = many.last()
    shown = Choosing(people=many, initial={"one": one.pk})["one"].value()
    again = Choosing({"one": shown}, people=many, initial={"one": one.pk})
    assert again.is_valid()
    assert again.cleaned_data["one"] == one
    assert not again.has_changed()


def test_an_advisory_is_given_to_somebody_written_down(cast, as_person, monkeypatch):
    monkeypatch.setattr(one_person, "MOST", 2)
    browser, counselor = as_person("superintendent"), cast["counselor"]
    school = cast["principal"].grants_today[0].school_id
    page = browser.get(reverse("add_advisory")).content.decode()
    assert cast["superintendent"].email in page
    assert counselor.email not in page
    told = {"name": "Ours", "school": school, "owner": counselor.email}
    answer = browser.post(reverse("add_advisory"), told)
    assert answer.status_code == 302
    assert Advisory.objects.get(owner=counselor).name == "Ours"
