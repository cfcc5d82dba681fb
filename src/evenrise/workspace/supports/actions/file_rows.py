"""What a file of supports or of sessions holds, and what is shown of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from evenrise.workspace.foundation.tried_rows import Row, Tried, columns_in, rows_in


MOST = 5_000  # supports of one file
MOST_SESSIONS = 40_000
SUPPORT_COLUMNS = (
    "student_id",
    "support",
    "tier",
    "owner_staff_id",
    "begins_on",
    "review_on",
    "planned_end_on",
    "ended_on",
    "ended_how",
    "sessions_planned",
    "minutes",
    "goal",
)
SESSION_COLUMNS = (
    "student_id",
    "support",
    "begins_on",
    "held_on",
    "delivered",
    "minutes",
    "why_not",
)
_NEEDED = ("student_id", "support", "begins_on")


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row that can: what the page shows of it."""

    line: int
    student: str
    support: str
    day: dt.date
    owner: str


@dataclass(frozen=True, slots=True)
class TriedCare(Tried[RowShown]):
    """A file as it was tried: of supports or of sessions."""

    kind: str = "supports"  # supports | sessions


def care_rows(text: str) -> tuple[bool, list[tuple[int, Row]]]:
    """Whether a file holds sessions, not supports; and its rows, each with its line.

    Raises:
        InputProblem: when it is no CSV file with the columns that both kinds need.
    """
    sessions = "held_on" in columns_in(text)
    most = MOST_SESSIONS if sessions else MOST
    return sessions, rows_in(text, needed=_NEEDED, most=most)
