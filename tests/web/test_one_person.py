"""Choosing adults: a list of some, and names or addresses among very many."""

from __future__ import annotations

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.learning.models import LearningWalk
from evenrise.workspace.people.forms import one_person
from evenrise.workspace.people.forms.one_person import OnePerson, SeveralPeople
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.models import Advisory


pytestmark = pytest.mark.django_db


class Choosing(forms.Form):
    one = OnePerson(required=False, empty_label="–")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["one"].among(people)


class ChoosingSome(forms.Form):
    some = SeveralPeople(required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["some"].among(people)


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


def test_two_of_one_name_stand_with_their_addresses(people):
    page = str(Choosing(people=people)["one"])
    assert ">Ana Writes (ana.too@demo.example)<" in page
    assert ">Anabel Writes Well<" in page


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


def test_several_of_some_are_chosen_in_a_list(people):
    keys = [str(one.pk) for one in people[:2]]
    form = ChoosingSome({"some": keys}, people=people)
    assert str(form["some"]).count(" selected") == 2
    assert "multiple" in str(form["some"])
    assert form.is_valid(), form.errors
    assert {str(one.pk) for one in form.cleaned_data["some"]} == set(keys)


def test_several_of_very_many_are_written_on_lines(many):
    told = " Anabel \n\nana@demo.example\nANA@demo.example\x00"
    form = ChoosingSome({"some": told}, people=many)
    assert "<textarea" in str(form["some"])
    assert form.is_valid(), form.errors
    mails = [one.email for one in form.cleaned_data["some"]]
    assert mails == ["anabel@demo.example", "ana@demo.example"]


def test_each_line_that_means_nobody_is_told(many):
    form = ChoosingSome({"some": "Zebulon\nana writes\nQuentin"}, people=many)
    told = " ".join(form.errors["some"])
    assert "“Zebulon”" in told
    assert "“Quentin”" in told
    assert "Several people match: Ana Writes (ana@demo.example)" in told


def test_what_several_lines_show_can_be_sent_back(many):
    chosen = list(many)
    shown = ChoosingSome(people=many, initial={"some": [one.pk for one in chosen]})
    form = ChoosingSome({"some": shown["some"].value()}, people=many)
    assert form.is_valid(), form.errors
    assert set(form.cleaned_data["some"]) == set(chosen)


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


def test_a_walk_is_joined_by_people_written_down(cast, as_person, monkeypatch):
    monkeypatch.setattr(one_person, "MOST", 2)
    browser, school = as_person("principal"), cast["principal"].grants_today[0].school
    names = f"{cast['teacher'].email}\n{cast['counselor'].email}"
    told = {"school": school.pk, "question": "When do students explain?"}
    sent = {**told, "on": timezone.localdate().isoformat(), "walkers": names}
    page = browser.get(reverse("walk_new")).content.decode()
    assert cast["teacher"].name not in page
    answer = browser.post(reverse("walk_new"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    walk = LearningWalk.objects.get(question=told["question"])
    assert {cast["teacher"], cast["counselor"]} < set(walk.walkers.all())
    again = browser.get(reverse("walk_change", args=[walk.pk])).content.decode()
    assert cast["teacher"].email in again
