"""Who signed up for a session, and who came; for whoever keeps its roll."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.models import Session, SignUp


@dataclass(frozen=True, slots=True)
class RollLine:
    """Somebody of a roll. `mark`: yes, no or blank."""

    key: int
    name: str
    email: str
    school: str
    waiting: bool
    mark: str
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Roll:
    """The whole roll, by name."""

    answer: str
    lines: tuple[RollLine, ...]
    open: int  # with a place, and nothing noted yet


FILE_HEADS = ("email", "name", "came", "hours")


def session_named(key: int) -> Session | None:
    """A session with its offering."""
    found: Session | None = (
        Session.objects.select_related("offering", "offering__school", "leader")
        .filter(pk=key)
        .first()
    )
    return found


def roll_of(session: Session, language: Language) -> Roll:
    """Who signed up, who waits, and what is noted; one query."""
    rows = SignUp.objects.filter(session=session, withdrawn_at=None)
    lines = tuple(
        RollLine(
            key=row.pk,
            name=row.person.name,
            email=row.person.email,
            school=row.school.name if row.school else "",
            waiting=row.waiting,
            mark={True: "yes", False: "no", None: ""}[row.attended],
            hours=row.hours,
        )
        for row in rows.select_related("person", "school").order_by(
            "waiting", "person__name", "pk"
        )
    )
    placed = [one for one in lines if not one.waiting]
    came = sum(1 for one in lines if one.mark == "yes")
    open_ = sum(1 for one in placed if not one.mark)
    return Roll(_answer(len(placed), came, open_, language), lines, open_)


def file_rows(session: Session) -> list[tuple[object, ...]]:
    """The roll as a file, to fill and bring back."""
    roll = roll_of(session, "en")
    return [
        (one.email, one.name, one.mark, "" if one.hours is None else f"{one.hours}")
        for one in roll.lines
    ]


def _answer(placed: int, came: int, open_: int, language: Language) -> str:
    if not placed and not came:
        return _("Nobody signed up.")
    told = ngettext(
        "%(came)s of %(n)s person came;",
        "%(came)s of %(n)s people came;",
        placed,
    ) % {
        "came": numbers.count(came, language),
        "n": numbers.count(placed, language),
    }
    everything = _("everything is noted.")
    if not open_:
        return f"{told} {everything}"
    rest = ngettext("%(n)s is not noted yet.", "%(n)s are not noted yet.", open_) % {
        "n": numbers.count(open_, language)
    }
    return f"{told} {rest}"
