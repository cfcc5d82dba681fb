"""Verbs of what is offered to learn: offer, change, withdraw; what was changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access import may_organize, organizes
from evenrise.workspace.learning.models import Offering, SignUp, WhatChanged
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.languages import put_words
from evenrise.workspace.plans.actions.slugs import free_slug


# Words that addresses of the catalogue have in a title's place.
_TAKEN = frozenset({"new", "hours", "partners", "sessions"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingSaid:
    """What an offering says of itself. `same_meaning`: a small correction."""

    title_en: str
    title_es: str
    text_en: str = ""
    text_es: str = ""
    kind: str
    school_id: str | None = None
    roles: tuple[str, ...] = ()
    standards: tuple[int, ...] = ()
    initiative_id: int | None = None
    partner_id: int | None = None
    credit: str = ""
    same_meaning: bool = False


def make_offering(person: Person, *, said: OfferingSaid) -> Offering:
    """Offer something to learn.

    Raises:
        NotYours: when the person organizes nothing there.
    """
    if not may_organize(person, said.school_id):
        raise NotYours
    with transaction.atomic():
        made = Offering(
            slug=free_slug(
                Offering.objects, said.title_en or said.title_es, "offering", _TAKEN
            ),
            made_by=person,
        )
        _put(made, said)
        made.save()
        made.standards.set(said.standards)
        record(person, "learning.make_offering", _about(made))
    return made


def change_offering(
    person: Person, *, slug: str, said: OfferingSaid, seen: int
) -> Offering:
    """Change what an offering says of itself.

    Raises:
        NotYours: when it is not theirs, or would become somebody else's.
        Overtaken: when it was changed since, in another window.
    """
    with transaction.atomic():
        one = _held(person, slug)
        if not may_organize(person, said.school_id):
            raise NotYours
        if one.version != seen:
            raise Overtaken
        _put(one, said)
        one.version, one.changed_at = one.version + 1, timezone.now()
        one.save()
        one.standards.set(said.standards)
        record(person, "learning.change_offering", _about(one))
    return one


def withdraw_offering(person: Person, *, slug: str, gone: bool = True) -> Offering:
    """No longer offer something, or offer it again; what was learned stays.

    Raises:
        InputProblem: while somebody waits for a session that is still to come.
    """
    with transaction.atomic():
        one = _held(person, slug)
        if (one.withdrawn_at is not None) == gone:
            raise Overtaken
        coming = SignUp.objects.filter(
            session__offering=one,
            session__cancelled_at=None,
            session__ends_at__gt=timezone.now(),
            withdrawn_at=None,
        )
        if gone and coming.exists():
            raise InputProblem(
                _(
                    "People signed up for a session that is still to come. Cancel it"
                    " first, so that they are told."
                )
            )
        one.withdrawn_at = timezone.now() if gone else None
        one.save(update_fields=["withdrawn_at"])
        verb = "learning.withdraw_offering" if gone else "learning.restore_offering"
        record(person, verb, _about(one))
    return one


def tell_what_changed(
    person: Person, *, slug: str, text_en: str, text_es: str
) -> WhatChanged:
    """Say what was changed because of what people said of an offering."""
    with transaction.atomic():
        one = _held(person, slug)
        made = WhatChanged.objects.create(
            offering=one, text_en=text_en.strip(), text_es=text_es.strip(), by=person
        )
        record(person, "learning.tell_what_changed", _about(one))
    return made


def remove_what_changed(person: Person, *, key: int, gone: bool = True) -> WhatChanged:
    """Remove such a text, or bring it back.

    Raises:
        NotYours: when it is not there, or not theirs.
    """
    with transaction.atomic():
        one = WhatChanged.objects.select_related("offering").filter(pk=key).first()
        if one is None or not organizes(person, one.offering):
            raise NotYours
        one.removed_at = timezone.now() if gone else None
        one.save(update_fields=["removed_at"])
        verb = "remove_what_changed" if gone else "restore_what_changed"
        record(person, f"learning.{verb}", _about(one.offering))
    return one


def held_offering(person: Person, slug: str) -> Offering:
    """An offering that the person organizes.

    Raises:
        NotYours: when it is not there, or not theirs.
    """
    return _held(person, slug)


def _held(person: Person, slug: str) -> Offering:
    one = Offering.objects.filter(slug=slug).first()
    if one is None or not organizes(person, one):
        raise NotYours
    return one


def _put(one: Offering, said: OfferingSaid) -> None:
    words = {
        name: getattr(said, name)
        for name in ("title_en", "title_es", "text_en", "text_es")
    }
    put_words(one, words, same_meaning=said.same_meaning)
    one.kind, one.school_id = said.kind, said.school_id
    one.roles = list(said.roles)
    one.initiative_id, one.partner_id = said.initiative_id, said.partner_id
    one.credit = said.credit.strip()


def _about(one: Offering) -> About:
    return About("offering", one.slug)
