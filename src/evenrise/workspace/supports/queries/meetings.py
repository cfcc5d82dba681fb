"""A team's meeting: the agenda, one student at a time, the recap, what is yours.

Whoever opens a meeting reads only about students within their own reach; of the others
the page says how many there are, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.looks import find_students
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.models import (
    AREA_NAMES,
    Flag,
    Meeting,
    MeetingItem,
)
from evenrise.workspace.supports.queries.flag_lines import (
    reasons_words,
    supports_begun,
)
from evenrise.workspace.supports.queries.flags import open_flags
from evenrise.workspace.supports.queries.voice import VoicePart, voice_part


WHY = {
    MeetingItem.Why.FLAG: gettext_lazy("A flag, and nothing begun"),
    MeetingItem.Why.REVIEW: gettext_lazy("A review is due"),
    MeetingItem.Why.ADDED: gettext_lazy("Added by the team"),
}
_DUE_LINES = 2  # meetings named on a start page


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One student on an agenda, as a row shows it."""

    key: int
    url: str
    student: Student
    grade: str
    why: str
    decision: str
    owner: str
    due: str
    done: str  # the day, or empty
    late: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting as one person may read it."""

    meeting: Meeting
    day: str
    lines: tuple[ItemLine, ...]
    unseen: int  # students on the agenda whom the reader does not serve
    decided: int
    first_url: str  # of the first student with no decision yet
    found: tuple[Student, ...]  # by the search for students to add
    search: str


def meeting_page(reach: Reach, meeting: Meeting, search: str = "") -> MeetingPage:
    """The agenda, or after closing the recap.

    Args:
        reach: how far the reader reaches today.
        meeting: one that is open to the reader.
        search: a name or number, to find a student to add.
    """
    rows = list(_items(meeting))
    seen = _students(reach, [row.student_id for row in rows])
    lines = tuple(
        _line(row, seen[row.student_id]) for row in rows if row.student_id in seen
    )
    open_ones = [line.url for line in lines if not line.decision]
    return MeetingPage(
        meeting,
        day_words(meeting.held_on, page_language()),
        lines,
        len(rows) - len(lines),
        sum(1 for line in lines if line.decision),
        (open_ones or [line.url for line in lines] or [""])[0],
        _to_add(reach, meeting, search, set(seen)) if search else (),
        search,
    )


def _items(meeting: Meeting) -> Iterable[MeetingItem]:
    return meeting.items.select_related("owner", "flag", "support__kind")


def _students(reach: Reach, keys: list[str]) -> dict[str, Student]:
    """Those of some students whom the reader serves, also where they left since."""
    found = students_within(reach).select_related("school").filter(pk__in=keys)
    return {row.student_id: row for row in found}


def _line(row: MeetingItem, student: Student) -> ItemLine:
    language, today = page_language(), timezone.localdate()
    return ItemLine(
        key=row.pk,
        url=item_url(row),
        student=student,
        grade=grade_words(student.grade),
        why=why_words(row),
        decision=row.decision,
        owner="" if row.owner is None else row.owner.name,
        due=day_words(row.due_on, language),
        done=day_words(row.done_at, language),
        late=row.done_at is None and row.due_on is not None and row.due_on < today,
    )


def item_url(row: MeetingItem) -> str:
    """The page of one student on an agenda."""
    return reverse("meeting_item", args=(row.meeting_id, row.pk))


def why_words(row: MeetingItem) -> str:
    """Why a student is on the agenda."""
    words = str(WHY[MeetingItem.Why(row.why)])
    if row.flag is not None:
        return f"{words}: {AREA_NAMES[row.flag.domain]}"
    if row.support is not None:
        return f"{words}: {row.support.kind.name[page_language()]}"
    return words


def _to_add(
    reach: Reach, meeting: Meeting, search: str, there: set[str]
) -> tuple[Student, ...]:
    return tuple(
        student
        for student in find_students(reach, search)
        if student.current
        and student.school_id == meeting.team.school_id
        and student.pk not in there
    )


@dataclass(frozen=True, slots=True)
class FlagTold:
    """One open flag of a student: its domain, its reasons, since when."""

    domain: str
    reasons: tuple[str, ...]
    since: str


@dataclass(frozen=True, slots=True)
class Running:
    """A support that runs: its words, its page, whether its review is why we talk."""

    words: str
    url: str
    review: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One student of a meeting, alone on the screen."""

    meeting: Meeting
    item: MeetingItem
    line: ItemLine
    student: Student
    place: int
    of: int
    before: str
    after: str
    voice: VoicePart | None
    flags: tuple[FlagTold, ...]
    flag_closed: str  # the day, where the flag that was the reason closed since
    supports: tuple[Running, ...]
    begin_url: str


def item_page(person: Person, reach: Reach, meeting: Meeting, key: int) -> ItemPage:
    """One student on the agenda: reasons, supports that run, their own words.

    Raises:
        Http404: when the student is not on the agenda, or not within reach.
    """
    rows = list(_items(meeting))
    seen = _students(reach, [row.student_id for row in rows])
    rows = [row for row in rows if row.student_id in seen]
    place = next((n for n, row in enumerate(rows) if row.pk == key), None)
    if place is None:
        raise Http404
    item = rows[place]
    student = seen[item.student_id]
    begun = supports_begun([student.pk]).get(student.pk, [])
    return ItemPage(
        meeting=meeting,
        item=item,
        line=_line(item, student),
        student=student,
        place=place + 1,
        of=len(rows),
        before=item_url(rows[place - 1]) if place else "",
        after=item_url(rows[place + 1]) if place + 1 < len(rows) else "",
        voice=voice_part(person, student, reach),
        flags=tuple(_flag(one) for one in _flags(student)),
        flag_closed=""
        if item.flag is None
        else day_words(item.flag.closed_on, page_language()),
        supports=tuple(
            Running(
                one.words,
                reverse("support", args=(one.key,)),
                one.key == item.support_id,
            )
            for one in begun
        ),
        begin_url=_begin_url(student, item),
    )


def _flags(student: Student) -> Iterable[Flag]:
    return open_flags(Student.objects.filter(pk=student.pk))


def _flag(one: Flag) -> FlagTold:
    return FlagTold(
        str(AREA_NAMES[one.domain]),
        tuple(reasons_words(one.reasons)),
        day_words(one.opened_on, page_language()),
    )


def _begin_url(student: Student, item: MeetingItem) -> str:
    url = reverse("begin_support", args=(student.pk,))
    return f"{url}?flag={item.flag_id}" if item.flag_id else url


def decisions_due(person: Person) -> list[Due]:
    """What the person took on in meetings that are closed; no line names a student."""
    rows = (
        MeetingItem.objects.filter(
            owner=person, done_at__isnull=True, meeting__closed_at__isnull=False
        )
        .exclude(decision="")
        .order_by()
        .values("meeting", "meeting__held_on")
        .annotate(things=Count("pk"), first=Min("due_on"))
        .order_by("first", "meeting")
    )
    language = page_language()
    return [
        Due(
            ngettext(
                "%(n)s thing from the meeting of %(held)s is yours%(until)s",
                "%(n)s things from the meeting of %(held)s are yours%(until)s",
                row["things"],
            )
            % {
                "n": row["things"],
                "held": day_words(row["meeting__held_on"], language),
                "until": _until(row["first"]),
            },
            reverse("meeting", args=(row["meeting"],)),
        )
        for row in rows[:_DUE_LINES]
    ]


def _until(day: dt.date | None) -> str:
    if day is None:
        return ""
    return _(", by %(day)s") % {"day": day_words(day, page_language())}
