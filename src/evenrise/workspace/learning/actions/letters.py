"""Letters to those who signed up: a place became free, moved, cancelled, after all.

Sent by the worker, so that two hundred letters keep nobody waiting. A letter carries
the title and the day of a session, and no student.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.models import Session
from evenrise.workspace.learning.queries.when import time_words
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.notices import address, send


class Letter(StrEnum):
    """Why somebody is written to."""

    PLACED = "placed"  # a place became free
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"


@task()
def write_letters(letter: str, session: int, people: Sequence[int]) -> None:
    """Write to each of these people, in their language."""
    one = Session.objects.select_related("offering").filter(pk=session).first()
    if one is None:
        return
    for person in Person.objects.filter(pk__in=people, is_active=True):
        send(*worded(Letter(letter), one, person), [person.email])


def tell(letter: Letter, session: int, people: Sequence[int]) -> None:
    """Have the letters written; nobody waits for them."""
    if people:
        write_letters.enqueue(str(letter), session, list(people))


def worded(letter: Letter, session: Session, person: Person) -> tuple[str, str]:
    """The letter in the person's language: its subject, its text."""
    language: Language = "es" if person.language == "es" else "en"
    with translation.override(language):
        title, _written = session.offering.said("title", language)
        begins = timezone.localtime(session.begins_at)
        told = {
            "name": person.name,
            "title": " ".join(title.split()),  # a line end would break a subject
            "day": numbers.day(begins.date(), language),
            "time": time_words(begins, language),
            "place": session.place or _("the place is not said yet"),
            "why": session.cancelled_why,
            "address": address(reverse("offering", args=[session.offering.slug])),
        }
        subject, text = _WORDS[letter]()
        return subject % told, text % told


def _placed() -> tuple[str, str]:
    return (
        _("A place for you: %(title)s"),
        _(
            "Hello %(name)s,\n\na place became free, and it is yours: %(title)s,"
            " %(day)s, %(time)s (%(place)s).\n\nIf you cannot come, sign off, so that"
            " somebody else can:\n%(address)s\n"
        ),
    )


def _moved() -> tuple[str, str]:
    return (
        _("Another day or place: %(title)s"),
        _(
            "Hello %(name)s,\n\n%(title)s is now on %(day)s, %(time)s (%(place)s).\n\n"
            "If you cannot come, sign off, so that somebody else can:\n%(address)s\n"
        ),
    )


def _cancelled() -> tuple[str, str]:
    return (
        _("Cancelled: %(title)s"),
        _(
            "Hello %(name)s,\n\n%(title)s on %(day)s, %(time)s does not take place."
            " The reason: %(why)s\n\nOther sessions:\n%(address)s\n"
        ),
    )


def _restored() -> tuple[str, str]:
    return (
        _("It takes place after all: %(title)s"),
        _(
            "Hello %(name)s,\n\n%(title)s on %(day)s, %(time)s (%(place)s) takes place"
            " after all. You are still signed up.\n\n%(address)s\n"
        ),
    )


_WORDS = {
    Letter.PLACED: _placed,
    Letter.MOVED: _moved,
    Letter.CANCELLED: _cancelled,
    Letter.RESTORED: _restored,
}
