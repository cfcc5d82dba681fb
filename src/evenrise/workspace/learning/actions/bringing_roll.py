"""Who came, from a file: tried row by row, then all of it noted, or nothing.

    email, came, hours
    theo.nakamura@district.example, yes, 2.5

`email` may be a staff code of the district's records. A blank `hours` is the session's.
Somebody who had not signed up is signed up by the file.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.foundation.batches import in_batches
from evenrise.workspace.foundation.tried_rows import (
    ColumnProblem,
    Row,
    RowProblem,
    Tried,
    rows_in,
    yes_in,
)
from evenrise.workspace.learning.actions.attending import (
    begun_session,
    put_mark,
    save_marks,
)
from evenrise.workspace.learning.models import Session, SignUp
from evenrise.workspace.learning.queries.posts import Post, posts_of
from evenrise.workspace.people.models import Person


MOST = 2_000  # rows of one file
MOST_HOURS = Decimal(999)
_NEEDED = ("email", "came")


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row that can."""

    line: int
    name: str
    came: bool
    hours: Decimal | None


def bring_roll(
    person: Person, *, session: int, text: str, write: bool
) -> Tried[RowShown]:
    """Try a file, and note it when every row is good.

    A row about somebody of whom something is noted already is refused: so a file that
    is brought twice changes nothing, and one that is taken back leaves what was there.

    Raises:
        InputProblem: when it is no CSV file with the columns email and came, has too
            many rows, or the session has not begun.
        NotYours: when the roll is not theirs.
    """
    rows = rows_in(text, needed=_NEEDED, most=MOST, filled="came")
    with transaction.atomic():
        one = begun_session(person, session)
        known = _people(rows)
        posts = posts_of(list(known.values()), timezone.localdate())
        there = {
            row.person_id: row
            for row in SignUp.objects.select_for_update().filter(
                session=one, withdrawn_at=None
            )
        }
        found: list[tuple[SignUp, bool, Decimal | None]] = []
        shown, problems, seen = [], [], set[int]()
        for line, row in rows:
            try:
                who, came, hours = _read(row, known, posts, one)
                _fresh(who, there, seen)
            except ColumnProblem as problem:
                problems.append(RowProblem(line, problem.column, str(problem)))
                continue
            seen.add(who.pk)
            post = posts[who.pk]
            sign_up = there.get(who.pk) or SignUp(
                session=one,
                person=who,
                brought=True,
                school_id=post.school_id,
                role=post.role,
            )
            found.append((sign_up, came, hours))
            shown.append(RowShown(line, who.name, came, hours))
        if problems or not write or not found:
            return Tried(tuple(shown), tuple(problems))
        batch = _note(person, found, there)
        about = About("session", str(one.pk))
        record(person, "learning.bring_roll", about, batch=batch, rows=len(found))
    return Tried(tuple(shown), (), batch)


def _note(
    person: Person,
    found: list[tuple[SignUp, bool, Decimal | None]],
    there: Mapping[int, SignUp],
) -> str:
    batch = secrets.token_hex(6)
    for row, came, hours in found:
        put_mark(row, came, hours, person, batch)
    rows = [row for row, _came, _given in found]
    SignUp.objects.bulk_create([row for row in rows if row.person_id not in there])
    save_marks([row for row in rows if row.person_id in there])
    return batch


def _people(rows: list[tuple[int, Row]]) -> dict[str, Person]:
    """Who is meant, by address and by staff code; a query for each five hundred."""
    names = sorted({row["email"] for _line, row in rows if row["email"]})
    known: dict[str, Person] = {}
    for part in in_batches(names):
        among = Q(email__in=[name.lower() for name in part]) | Q(staff_id__in=part)
        for one in Person.objects.filter(among, is_active=True):
            known[one.email] = one
            if one.staff_id:
                known[one.staff_id] = one
    return known


def _read(
    row: Mapping[str, str],
    known: Mapping[str, Person],
    posts: Mapping[int, Post],
    session: Session,
) -> tuple[Person, bool, Decimal | None]:
    who = known.get(row["email"]) or known.get(row["email"].lower())
    if who is None or who.pk not in posts:
        raise ColumnProblem("email", _("Nobody of the staff has this address here."))
    if not yes_in(row, "came"):
        return who, False, None
    return who, True, _hours(row.get("hours", ""), session)


def _hours(text: str, session: Session) -> Decimal:
    if not text:
        return session.hours
    try:
        hours = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation as problem:
        raise ColumnProblem("hours", _("Write hours as 2.5.")) from problem
    if hours.is_nan() or not 0 < hours <= MOST_HOURS:
        raise ColumnProblem("hours", _("Write hours from 0.01 to 999."))
    return hours


def _fresh(who: Person, there: Mapping[int, SignUp], seen: set[int]) -> None:
    if who.pk in seen:
        raise ColumnProblem("email", _("This person stands in the file twice."))
    stands = there.get(who.pk)
    if stands is not None and stands.attended is not None:
        raise ColumnProblem(
            "email", _("Whether this person came is noted already; change it by hand.")
        )
