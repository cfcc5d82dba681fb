"""One student's page: who they are, and what the records of the snapshot tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenrise.publishing.numbers import count, day, school_year
from evenrise.records.snapshots import SnapshotStore
from evenrise.records.snapshots.student_days import Month
from evenrise.records.snapshots.student_file import (
    Assessment,
    Incident,
    Mark,
    Source,
    Stay,
    StudentFile,
    read_student,
)
from evenrise.workspace.people.access import Reach, Reason
from evenrise.workspace.people.models import Roster, StaffMember, Student
from evenrise.workspace.people.queries.students import own_sections
from evenrise.workspace.people.queries.words import (
    absence_words,
    grade_words,
    month_words,
    page_language,
    reason_words,
    subject_words,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table on the page: its cells, and where it was read."""

    cells: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Block:
    """One table of the page; `note` says why there is none."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    picture: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class StudentPage:
    """Everything the page shows."""

    name: str
    student_id: str
    school: str
    grade: str
    enrolled: bool
    absence: str
    reason: str
    sections: tuple[Row, ...]
    blocks: tuple[Block, ...]
    source: str
    as_of: str


def student_page(student: Student, reach: Reach) -> StudentPage:
    """The page of a student whom the person may see.

    Args:
        student: as `students_seen_by` gives it, with its `reason` and school.
        reach: how far the person reaches today.

    Raises:
        InputProblem: when a part of the records is missing or damaged.
    """
    reason = str(getattr(student, "reason", ""))
    file, as_of = _file(student.student_id)
    school = "" if student.school is None else student.school.name
    taught, own = _sections(student, reach)
    return StudentPage(
        name=student.name,
        student_id=student.student_id,
        school=school,
        grade=grade_words(student.grade),
        enrolled=student.current,
        absence=absence_words(student.days_absent, student.days_enrolled),
        reason=reason_words(reason, own, school),
        sections=taught,
        blocks=() if file is None else _blocks(file, reason),
        source="" if file is None or file.source is None else _from(file.source),
        as_of="" if as_of is None else day(as_of, page_language()),
    )


def _file(student_id: str) -> tuple[StudentFile | None, dt.date | None]:
    """The records of the current snapshot, up to the day it stands for."""
    snapshot = SnapshotStore(settings.HOME.store).current()
    if snapshot is None:
        return None, None
    as_of = dt.date.fromisoformat(str(snapshot.manifest["as_of"]))
    return read_student(snapshot, student_id, as_of), as_of


def _sections(student: Student, reach: Reach) -> tuple[tuple[Row, ...], str]:
    """The student's sections with their teachers, and the titles of one's own."""
    sections = [
        place.section
        for place in Roster.objects.filter(student=student)
        .select_related("section")
        .order_by("section__title", "section_id")
    ]
    codes = {section.staff_id for section in sections if section.staff_id}
    names = StaffMember.objects.in_bulk(codes) if codes else {}
    own = ""
    if reach.teaches or reach.sections:
        mine = set(own_sections(reach).order_by().values_list("pk", flat=True))
        own = ", ".join(s.title for s in sections if s.pk in mine and s.title)
    rows = tuple(
        Row(
            (
                section.title or section.section_id,
                names[section.staff_id].name if section.staff_id in names else "–",
            ),
            "",
        )
        for section in sections
    )
    return rows, own


def _blocks(file: StudentFile, reason: str) -> tuple[Block, ...]:
    return (
        _attendance(file.months, "attendance" in file.collected),
        _marks(file.marks, "marks" in file.collected),
        _assessments(file.assessments, "assessments" in file.collected),
        _incidents(file.incidents, reason, "incidents" in file.collected),
        _stays(file.stays),
    )


def _note(rows: Sequence[object], *, collected: bool) -> str:
    if rows:
        return ""
    if not collected:
        return _("Not collected: the files brought in have no such table.")
    return _("The records have none.")


def _from(source: Source) -> str:
    return _("%(file)s, line %(line)s") % {"file": source.file, "line": source.line}


def _attendance(months: Sequence[Month], collected: bool) -> Block:  # noqa: FBT001
    language = page_language()
    latest = max((month.school_year for month in months), default=0)
    shown = [month for month in months if month.school_year == latest]
    rows = tuple(
        Row(
            (
                month_words(month.year, month.month),
                count(month.enrolled, language),
                count(month.absent, language),
                count(month.excused, language),
                count(month.unexcused, language),
            ),
            _from(Source(month.file, month.line))
            if month.file and month.line
            else _("no row: every day attended"),
        )
        for month in shown
    )
    title = _("Attendance by month")
    return Block(
        "attendance",
        f"{title}, {school_year(latest)}" if latest else title,
        (_("Month"), _("Days enrolled"), _("Absent"), _("Excused"), _("Unexcused")),
        rows,
        _note(rows, collected=collected),
        _months_picture(shown),
    )


_BAR, _HIGH, _STEP = 14, 60, 22


def _months_picture(months: Sequence[Month]) -> SafeString | str:
    """Small bars: the share of each month's days that were missed, on one scale."""
    if not months:
        return ""
    bars = format_html_join(
        "",
        '<rect x="{}" y="0" width="{}" height="{}" class="frame"/>'
        '<rect x="{}" y="{}" width="{}" height="{}" class="bar"/>',
        (
            (x, _BAR, _HIGH, x, _HIGH - high, _BAR, high)
            for x, high in (
                (
                    place * _STEP,
                    round(_HIGH * month.absent / month.enrolled)
                    if month.enrolled
                    else 0,
                )
                for place, month in enumerate(months)
            )
        ),
    )
    words = _("Share of days absent, month by month: %(list)s.") % {
        "list": "; ".join(
            f"{month_words(month.year, month.month)}: "
            f"{absence_words(month.absent, month.enrolled)}"
            for month in months
        )
    }
    return format_html(
        '<svg class="months" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-label="{}">{}</svg>',
        len(months) * _STEP,
        _HIGH,
        len(months) * _STEP,
        _HIGH,
        words,
        bars,
    )


def _marks(marks: Iterable[Mark], collected: bool) -> Block:  # noqa: FBT001
    language = page_language()
    rows = tuple(
        Row(
            (
                "–" if one.school_year is None else school_year(one.school_year),
                one.title or one.section_id,
                one.term,
                one.mark,
                count(one.credits_earned, language),
            ),
            _from(one.source),
        )
        for one in sorted(
            marks,
            key=lambda one: (-(one.school_year or 0), one.title or "", one.term),
        )
    )
    return Block(
        "marks",
        _("Marks"),
        (_("School year"), _("Section"), _("Term"), _("Mark"), _("Credits earned")),
        rows,
        _note(rows, collected=collected),
    )


def _assessments(results: Iterable[Assessment], collected: bool) -> Block:  # noqa: FBT001
    language = page_language()
    met = {True: _("yes"), False: _("not yet"), None: "–"}
    rows = tuple(
        Row(
            (
                day(one.taken_on, language),
                one.assessment,
                subject_words(one.subject),
                count(one.scale_score, language),
                "–" if one.level is None else str(one.level),
                met[one.met_standard],
            ),
            _from(one.source),
        )
        for one in reversed(tuple(results))
    )
    return Block(
        "assessments",
        _("Assessments"),
        (
            _("Day"),
            _("Assessment"),
            _("Subject"),
            _("Score"),
            _("Level"),
            _("Met the standard"),
        ),
        rows,
        _note(rows, collected=collected),
    )


def _incidents(
    incidents: Iterable[Incident],
    reason: str,
    collected: bool,  # noqa: FBT001
) -> Block:
    """Incidents are not shown to somebody who only teaches the student a section."""
    heads = (
        _("Day"),
        _("School"),
        _("What the record says"),
        _("What the school did"),
        _("Days removed"),
    )
    title = _("Incidents")
    if reason == Reason.SECTION:
        note = _(
            "Shown to those who work for the student's school or grade, or serve them."
        )
        return Block("incidents", title, heads, (), note)
    language = page_language()
    rows = tuple(
        Row(
            (
                day(one.date, language),
                one.school,
                one.behavior or "–",
                one.action or "–",
                count(one.days_removed, language),
            ),
            _from(one.source),
        )
        for one in reversed(tuple(incidents))
    )
    return Block("incidents", title, heads, rows, _note(rows, collected=collected))


def _stays(stays: Iterable[Stay]) -> Block:
    language = page_language()
    rows = tuple(
        Row(
            (
                school_year(one.school_year),
                one.school,
                grade_words(one.grade),
                day(one.entered_on, language),
                _("still enrolled")
                if one.left_on is None
                else day(one.left_on, language),
            ),
            _from(one.source),
        )
        for one in reversed(tuple(stays))
    )
    return Block(
        "enrollments",
        _("Enrollment history"),
        (_("School year"), _("School"), _("Grade"), _("Entered"), _("Left")),
        rows,
        _note(rows, collected=True),
    )
