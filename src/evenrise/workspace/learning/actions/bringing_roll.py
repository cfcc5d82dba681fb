"""Who came, from a file: tried row by row, then all of it noted, or nothing.

    email, came, hours
    theo.nakamura@district.example, yes, 2.5

`email` may be a staff code of the district's records. A blank `hours` is the session's.
Somebody who had not signed up is signed up by the file.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import EvenriseError, InputProblem
from evenrise.workspace.foundation.audit import About, record
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
_YES = frozenset({"yes", "y", "1", "true", "si", "sí", "x"})
_NO = frozenset({"no", "n", "0", "false"})
_LOOKED_UP = 500


class _CellProblem(EvenriseError):  # noqa: N818 - read aloud: "a problem"
    """What is wrong in one cell."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot be noted: its line, its column, and why."""

    line: int
    column: str
    problem: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row that can."""

    line: int
    name: str
    came: bool
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Tried:
    """A file as it was tried; `batch` names what was noted, blank for nothing."""

    rows: tuple[RowShown, ...]
    problems: tuple[RowProblem, ...]
    batch: str = ""


def bring_roll(person: Person, *, session: int, text: str, write: bool) -> Tried:
    """Try a file, and note it when every row is good.

    A row about somebody of whom something is noted already is refused: so a file that
    is brought twice changes nothing, and one that is taken back leaves what was there.

    Raises:
        InputProblem: when it is no CSV file with the columns email and came, has too
            many rows, or the session has not begun.
        NotYours: when the roll is not theirs.
    """
    rows = _rows(text)
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
            except _CellProblem as problem:
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


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows that are not blank, each with its line in the file."""
    try:
        reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restval="")
        heads = {(head or "").strip().lower() for head in reader.fieldnames or ()}
        rows = [
            (
                reader.line_num,
                {
                    (head or "").strip().lower(): _plain(value)
                    for head, value in row.items()
                    if isinstance(value, str)
                },
            )
            for row in reader
        ]
    except csv.Error as problem:
        raise InputProblem(_("The file is not a CSV file.")) from problem
    if missing := [name for name in _NEEDED if name not in heads]:
        raise InputProblem(
            _("The file lacks the columns %(names)s.") % {"names": ", ".join(missing)}
        )
    told = [(number, row) for number, row in rows if row["came"]]
    if len(told) > MOST:
        raise InputProblem(_("A file holds at most %(n)s rows.") % {"n": MOST})
    return told


def _plain(value: str) -> str:
    """Without what a database cannot take, and without a spreadsheet's apostrophe."""
    told = value.replace("\x00", "").strip()
    return told[1:] if told[:2] in {"'=", "'+", "'-", "'@"} else told


def _people(rows: list[tuple[int, dict[str, str]]]) -> dict[str, Person]:
    """Who is meant, by address and by staff code; a query for each five hundred."""
    names = sorted({row["email"] for _line, row in rows if row["email"]})
    known: dict[str, Person] = {}
    for first in range(0, len(names), _LOOKED_UP):
        part = names[first : first + _LOOKED_UP]
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
        raise _CellProblem("email", _("Nobody of the staff has this address here."))
    said = row["came"].casefold()
    if said not in _YES | _NO:
        raise _CellProblem("came", _("Write yes or no."))
    if said in _NO:
        return who, False, None
    return who, True, _hours(row.get("hours", ""), session)


def _hours(text: str, session: Session) -> Decimal:
    if not text:
        return session.hours
    try:
        hours = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation as problem:
        raise _CellProblem("hours", _("Write hours as 2.5.")) from problem
    if not 0 < hours <= MOST_HOURS:
        raise _CellProblem("hours", _("Write hours from 0.01 to 999."))
    return hours


def _fresh(who: Person, there: Mapping[int, SignUp], seen: set[int]) -> None:
    if who.pk in seen:
        raise _CellProblem("email", _("This person stands in the file twice."))
    stands = there.get(who.pk)
    if stands is not None and stands.attended is not None:
        raise _CellProblem(
            "email", _("Whether this person came is noted already; change it by hand.")
        )
