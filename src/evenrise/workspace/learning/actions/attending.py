"""Verbs of who came: one by one, all at one press, from a file; each can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.access import keeps_roll
from evenrise.workspace.learning.models import Session, SignUp
from evenrise.workspace.learning.queries.posts import posts_of
from evenrise.workspace.people.models import Person


@dataclass(frozen=True, slots=True)
class Came:
    """Whether somebody came (None: not noted), and for how many hours."""

    attended: bool | None
    hours: Decimal | None = None  # None: the session's


def note_roll(
    person: Person, *, session: int, marks: Mapping[int, Came]
) -> tuple[Session, int]:
    """Note who came, by sign-up.

    Returns:
        The session, and how many sign-ups changed.

    Raises:
        NotYours: when the roll is not theirs to keep.
        InputProblem: before the session begins.
    """
    with transaction.atomic():
        one = begun_session(person, session)
        changed = []
        rows = SignUp.objects.select_for_update().filter(session=one, withdrawn_at=None)
        for row in rows.filter(pk__in=list(marks)):
            mark = marks[row.pk]
            hours = _hours(mark, one)
            if (row.attended, row.hours) == (mark.attended, hours):
                continue
            put_mark(row, mark.attended, hours, person)
            changed.append(row)
        save_marks(changed)
        if changed:
            about = About("session", str(one.pk))
            record(person, "learning.note_roll", about, rows=len(changed))
    return one, len(changed)


def all_came(person: Person, *, session: int) -> tuple[str, int]:
    """Everybody with a place of whom nothing is noted yet came.

    Returns:
        A name by which this press can be undone, and how many people it noted.
    """
    with transaction.atomic():
        one = begun_session(person, session)
        batch = secrets.token_hex(6)
        rows = list(
            SignUp.objects.select_for_update().filter(
                session=one, withdrawn_at=None, waiting=False, attended=None
            )
        )
        for row in rows:
            put_mark(row, attended=True, hours=one.hours, by=person, batch=batch)
        save_marks(rows)
        if rows:
            about = About("session", str(one.pk))
            record(person, "learning.all_came", about, rows=len(rows))
    return batch, len(rows)


def undo_roll(person: Person, *, session: int, batch: str) -> int:
    """Take back what one press or one file noted; returns for how many people.

    Whoever the file signed up as well is signed off again.

    Raises:
        NotYours: when nothing stands of it, or the roll is not theirs.
    """
    with transaction.atomic():
        one = begun_session(person, session)
        rows = list(
            SignUp.objects.select_for_update().filter(
                session=one, batch=batch, withdrawn_at=None
            )
        )
        if not batch or not rows:
            raise NotYours
        now = timezone.now()
        for row in rows:
            put_mark(row, attended=None, hours=None, by=None)
            row.withdrawn_at = now if row.brought else None
        save_marks(rows)
        about = About("session", str(one.pk))
        record(person, "learning.undo_roll", about, rows=len(rows))
    return len(rows)


def add_to_roll(person: Person, *, session: int, email: str) -> SignUp:
    """Somebody came who had not signed up; whoever waited came after all.

    Raises:
        InputProblem: when nobody of the staff has the address.
    """
    with transaction.atomic():
        one = begun_session(person, session)
        other = Person.objects.filter(
            email=email.strip().lower(), is_active=True
        ).first()
        posts = posts_of([other] if other else [], timezone.localdate())
        if other is None or other.pk not in posts:
            raise InputProblem(_("Nobody of the staff has this address here."))
        post = posts[other.pk]
        row = SignUp.objects.filter(
            session=one, person=other, withdrawn_at=None
        ).first() or SignUp(
            session=one, person=other, school_id=post.school_id, role=post.role
        )
        put_mark(row, attended=True, hours=one.hours, by=person)
        row.waiting = False
        row.save()
        record(person, "learning.add_to_roll", About("session", str(one.pk)))
    return row


def begun_session(person: Person, key: int) -> Session:
    """A session that began, and whose roll the person keeps.

    Raises:
        NotYours: when it is not there, cancelled, or not theirs.
        InputProblem: before it begins.
    """
    one = (
        Session.objects.select_for_update(of=("self",))
        .select_related("offering")
        .filter(pk=key, cancelled_at=None)
        .first()
    )
    if one is None or not keeps_roll(person, one):
        raise NotYours
    if one.begins_at > timezone.now():
        raise InputProblem(_("This session has not begun; nobody can have come yet."))
    return one


def put_mark(
    row: SignUp,
    attended: bool | None,  # noqa: FBT001 - as the column has it: yes, no, unknown
    hours: Decimal | None,
    by: Person | None,
    batch: str = "",
) -> None:
    """Put a mark on a row; it is not saved here. A mark by hand ends its batch."""
    row.attended = attended
    row.hours = hours if attended else None
    row.noted_by = by
    row.noted_at = None if by is None else timezone.now()
    row.batch = batch
    if attended:
        row.waiting = False


def save_marks(rows: list[SignUp]) -> None:
    """Save all of them in few writes."""
    names = ["attended", "hours", "noted_by", "noted_at", "batch", "waiting"]
    SignUp.objects.bulk_update(rows, [*names, "withdrawn_at"], batch_size=200)


def _hours(mark: Came, session: Session) -> Decimal | None:
    if not mark.attended:
        return None
    return session.hours if mark.hours is None else mark.hours
