"""Verbs of whoever learns: sign up, sign off; say in thirty seconds what it was worth.

What somebody says of a session is kept without them: no entry in the record of deeds
tells when somebody answered, since the order of two lists would tell whose words these
are.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.actions.places import has_place, move_up
from evenrise.workspace.learning.models import (
    FeedbackGiven,
    Offering,
    Session,
    SessionFeedback,
    SignUp,
)
from evenrise.workspace.learning.queries.feedback import may_say, waits_for
from evenrise.workspace.learning.queries.for_whom import is_for
from evenrise.workspace.learning.queries.posts import posts_of
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


def sign_up(person: Person, *, session: int) -> SignUp:
    """Sign up; where no place is left, wait for one.

    Raises:
        NotYours: when there is no such session.
        InputProblem: when it is over, cancelled, or for others.
        Overtaken: when the person is signed up already.
    """
    with transaction.atomic():
        one = _open(person, session)
        if SignUp.objects.filter(
            session=one, person=person, withdrawn_at=None
        ).exists():
            raise Overtaken
        post = posts_of([person], timezone.localdate()).get(person.pk)
        made = SignUp.objects.create(
            session=one,
            person=person,
            waiting=not has_place(one),
            school_id=post.school_id if post else None,
            role=post.role if post else "",
        )
        record(person, "learning.sign_up", About("session", str(one.pk)))
    return made


def sign_off(person: Person, *, session: int) -> None:
    """Sign off; who waited longest gets the place.

    Raises:
        NotYours: when the person is not signed up.
        InputProblem: when somebody noted already who came.
    """
    with transaction.atomic():
        one = _locked(session)
        mine = SignUp.objects.filter(
            session=one, person=person, withdrawn_at=None
        ).first()
        if one is None or mine is None:
            raise NotYours
        if mine.attended is not None or one.ends_at <= timezone.now():
            raise InputProblem(_("This session is over; nobody signs off any more."))
        mine.withdrawn_at = timezone.now()
        mine.save(update_fields=["withdrawn_at"])
        move_up(one)
        record(person, "learning.sign_off", About("session", str(one.pk)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Three taps from 1 (no) to 4 (yes), and a line."""

    useful: int
    fits: int
    time: int
    words: str = ""


def say(person: Person, *, session: int, said: Said) -> None:
    """Say what a session was worth: once, and kept without one's name.

    Raises:
        NotYours: when the person was not there.
        Overtaken: when they said it already.
        InputProblem: before it began, or after its days for this are over.
    """
    with transaction.atomic():
        one = _locked(session)
        if one is None or not may_say(person, one):
            raise NotYours
        if FeedbackGiven.objects.filter(session=one, person=person).exists():
            raise Overtaken
        if not waits_for(one, timezone.now()):
            raise InputProblem(
                _("This can be said from the beginning until a week after the end.")
            )
        SessionFeedback.objects.create(
            session=one,
            useful=said.useful,
            fits=said.fits,
            time=said.time,
            words=said.words.strip(),
        )
        FeedbackGiven.objects.create(session=one, person=person)


def _locked(key: int) -> Session | None:
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("offering")
        .filter(pk=key)
        .first()
    )


def _open(person: Person, key: int) -> Session:
    one = _locked(key)
    if one is None or not person.may(Right.INQUIRE):
        raise NotYours
    offering: Offering = one.offering
    if one.cancelled_at is not None or offering.withdrawn_at is not None:
        raise InputProblem(_("This session was cancelled; choose another one."))
    if one.ends_at <= timezone.now():
        raise InputProblem(_("This session is over; choose another one."))
    if not is_for(person, offering):
        raise InputProblem(
            _("This is for colleagues in other roles or at another school.")
        )
    return one
