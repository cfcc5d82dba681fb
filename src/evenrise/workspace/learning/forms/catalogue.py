"""The forms of the catalogue: an offering, a session, what was changed; words only."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from evenrise.workspace.foundation.day_field import DayField
from evenrise.workspace.foundation.long_select import LongSelect
from evenrise.workspace.insights.forms import NamesNobody, Ticks
from evenrise.workspace.learning.actions.offerings import OfferingSaid
from evenrise.workspace.learning.actions.sessions import SessionSaid
from evenrise.workspace.learning.models import Offering, OfferingKind, Session
from evenrise.workspace.learning.queries.choosing_offerings import DISTRICT, Choice
from evenrise.workspace.people.forms.one_person import OnePerson
from evenrise.workspace.people.models import Person


MOST_HOURS = 999
_LONGEST = dt.timedelta(days=400)


def _line(label: Any, language: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"lang": language})
    return forms.CharField(label=label, max_length=300, required=False, widget=widget)


def _text(label: Any, language: str, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "lang": language})
    return forms.CharField(label=label, max_length=8_000, required=False, widget=widget)


class OfferingForm(NamesNobody):
    """What is offered, and for whom."""

    title_en = _line(_("Title in English"), "en")
    title_es = _line(_("Title in Spanish"), "es")
    text_en = _text(_("What one learns, and how, in English"), "en")
    text_es = _text(_("What one learns, and how, in Spanish"), "es")
    same_meaning = forms.BooleanField(
        label=_("A small correction: the other language still says the same."),
        required=False,
    )
    kind = forms.ChoiceField(label=_("Way of learning"), choices=OfferingKind.choices)
    place = forms.ChoiceField(label=_("For which school"), widget=LongSelect)
    roles = forms.MultipleChoiceField(
        label=_("For which roles"),
        help_text=_("Tick none, and it is for all staff."),
        required=False,
        widget=Ticks,
    )
    standards = forms.MultipleChoiceField(
        label=_("Standards that it serves"), required=False, widget=Ticks
    )
    initiative = forms.ChoiceField(
        label=_("Initiative that it belongs to"), required=False
    )
    partner = forms.ChoiceField(label=_("Partner who gives it"), required=False)
    credit = forms.CharField(
        label=_("Credit"),
        help_text=_("For example: 1 unit, salary column; 15 clock hours."),
        max_length=200,
        required=False,
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, choices: dict[str, list[Choice]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        for name in ("standards", "initiative", "partner"):
            if not [code for code, _label in choices[name] if code]:
                del self.fields[name]

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts, English beside Spanish."""
        return [(self[f"{one}_en"], self[f"{one}_es"]) for one in ("title", "text")]

    def clean(self) -> dict[str, Any]:
        """A title in one of the languages."""
        told = super().clean()
        if not (told.get("title_en") or told.get("title_es")):
            self.add_error(
                "title_en", gettext("Write a title in English, in Spanish, or in both.")
            )
        return told

    def said(self) -> OfferingSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        place: str = told["place"]
        names = ("title_en", "title_es", "text_en", "text_es", "kind", "credit")
        return OfferingSaid(
            **{name: told[name] for name in names},
            school_id=None if place == DISTRICT else place,
            roles=tuple(told["roles"]),
            standards=tuple(int(key) for key in told.get("standards", ())),
            initiative_id=_key(told.get("initiative")),
            partner_id=_key(told.get("partner")),
            same_meaning=told["same_meaning"],
        )


def offering_initial(one: Offering) -> dict[str, Any]:
    """What the form shows of an offering that stands already."""
    texts = {name: getattr(one, name) for name in ("title_en", "title_es")}
    return texts | {
        "text_en": one.text_en,
        "text_es": one.text_es,
        "kind": one.kind,
        "place": one.school_id or DISTRICT,
        "roles": one.roles,
        "standards": [str(key) for key in one.standards.values_list("pk", flat=True)],
        "initiative": one.initiative_id or "",
        "partner": one.partner_id or "",
        "credit": one.credit,
        "seen": one.version,
    }


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


def _day(label: Any, *, required: bool = True, **told: Any) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=required, widget=widget, **told)


class SessionForm(NamesNobody):
    """When, where, with whom, for how many."""

    on = _day(_("Day"))
    begins = _time(_("Begins at"))
    ends = _time(_("Ends at"))
    until = _day(
        _("Last day"),
        required=False,
        help_text=_("Only where it lasts for several days, or is done in one's time."),
    )
    hours = forms.DecimalField(
        label=_("Hours that count"),
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.25"),
        max_value=MOST_HOURS,
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    places = forms.IntegerField(
        label=_("Places"),
        help_text=_("Leave it empty where everybody may come."),
        min_value=1,
        max_value=5_000,
        required=False,
    )
    leader = OnePerson(label=_("Who leads it"), required=False, empty_label="–")
    led_by = forms.CharField(
        label=_("Or somebody without an account"), max_length=200, required=False
    )

    def __init__(self, *args: Any, leaders: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        leader: Any = self.fields["leader"]
        leader.among(leaders)

    def clean(self) -> dict[str, Any]:
        """It ends after it began, and within reason."""
        told = super().clean()
        if {"on", "begins", "ends"} <= set(told):
            begins, ends = self._moments(told)
            if ends <= begins:
                field = "until" if told.get("until") else "ends"
                self.add_error(field, gettext("It must end after it began."))
            elif ends - begins > _LONGEST:
                self.add_error("until", gettext("Choose a day within a year."))
        return told

    @staticmethod
    def _moments(told: dict[str, Any]) -> tuple[dt.datetime, dt.datetime]:
        last = told.get("until") or told["on"]
        return (
            timezone.make_aware(dt.datetime.combine(told["on"], told["begins"])),
            timezone.make_aware(dt.datetime.combine(last, told["ends"])),
        )

    def said(self) -> SessionSaid:
        """What was written, when the form is valid."""
        told = self.cleaned_data
        begins, ends = self._moments(told)
        return SessionSaid(
            begins_at=begins,
            ends_at=ends,
            hours=told["hours"],
            place=told["place"],
            leader_id=told["leader"].pk if told["leader"] else None,
            led_by=told["led_by"],
            places=told["places"],
        )


def session_initial(one: Session) -> dict[str, Any]:
    """What the form shows of a session that stands already."""
    begins, ends = timezone.localtime(one.begins_at), timezone.localtime(one.ends_at)
    return {
        "on": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "until": None if begins.date() == ends.date() else ends.date(),
        "hours": one.hours,
        "place": one.place,
        "places": one.places,
        "leader": one.leader_id or "",
        "led_by": one.led_by,
    }


class CancelForm(NamesNobody):
    """Why a session does not take place."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody who signed up reads it in a letter."),
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class WhatChangedForm(NamesNobody):
    """What was changed because of what people said."""

    text_en = _text(_("What was changed, in English"), "en", 3)
    text_es = _text(_("What was changed, in Spanish"), "es", 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The text, English beside Spanish."""
        return [(self["text_en"], self["text_es"])]

    def clean(self) -> dict[str, Any]:
        """Something was written."""
        told = super().clean()
        if not (told.get("text_en") or told.get("text_es")):
            self.add_error(
                "text_en", gettext("Write it in English, in Spanish, or in both.")
            )
        return told


def _key(text: Any) -> int | None:
    return int(text) if text else None
