"""Pathways of the students within reach: counts, a list, and one student's in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenrise.findings.pathways import (
    PATHWAY_NAMES,
    PathwayWords,
    open_areas,
    pathway_words,
)
from evenrise.indicators.pathways.asked import GRADES
from evenrise.indicators.pathways.compute import pathways_of
from evenrise.publishing import numbers
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.students import (
    StudentLine,
    StudentsPage,
    Wanted,
    narrowed,
    students_page,
)
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.models import Pathways, PathwayState
from evenrise.workspace.supports.queries.acted import (
    FEWEST,
    Span,
    slices,
    text_column,
    within,
)
from evenrise.workspace.supports.queries.acted_page import made_words
from evenrise.workspace.supports.queries.counting import Counts, counted
from evenrise.workspace.supports.queries.tables import counts_table


PATHWAYS = ("graduation", "a_g", "career", "biliteracy")
_GOOD = {  # the states whose share is told, by pathway
    "graduation": (PathwayState.UNDER_WAY, PathwayState.DONE),
    "a_g": (PathwayState.DONE,),
    "career": (PathwayState.UNDER_WAY, PathwayState.DONE),
    "biliteracy": (PathwayState.UNDER_WAY, PathwayState.DONE),
}


@dataclass(frozen=True, slots=True)
class PathLine:
    """One student on the list, with what is done and what is open."""

    student: StudentLine
    graduation: str
    a_g: str
    career: str
    biliteracy: str


@dataclass(frozen=True, slots=True)
class PathwaysPage:
    """The page; `students` is None until a large district's reader chose whom."""

    answer: str
    table: SafeString
    made: str
    students: StudentsPage | None
    lines: tuple[PathLine, ...]


def pathways_page(
    reach: Reach, wanted: Wanted, pathway: str, state: str, language: Language
) -> PathwaysPage:
    """Counts within a reach, and the students in grades 9 to 12 whom filters leave.

    Args:
        reach: how far the reader reaches.
        wanted: filters and place of the list.
        pathway: one of PATHWAYS, or blank.
        state: a value of PathwayState as text, or blank; only with a pathway.
        language: the reader's.
    """
    found = counted("pathways", reach, pathway_counts)
    rows = found.counts["rows"]
    chosen = wanted.school or wanted.section or wanted.caseload or wanted.search
    students: StudentsPage | None = None
    lines: tuple[PathLine, ...] = ()
    if chosen or not reach.district:
        seen = _with_state(students_within(reach), pathway, state)
        students = students_page(
            narrowed(seen, wanted, everywhere=reach.district), wanted, reach
        )
        lines = _lines(students, language)
    return PathwaysPage(
        answer=_answer(rows, language),
        table=counts_table(
            "pathways", found, lambda row: _cells(row, language), 5, language
        ),
        made=made_words(found),
        students=students,
        lines=lines,
    )


def _with_state(
    students: QuerySet[Student], pathway: str, state: str
) -> QuerySet[Student]:
    """Those in grades 9 to 12 whose pathway is in a state."""
    if pathway not in PATHWAYS or state not in map(str, PathwayState.values):
        return students.filter(grade__in=GRADES)
    told = Q(**{f"pathways__{pathway}": int(state)})
    return students.filter(told, grade__in=GRADES)


def _lines(page: StudentsPage, language: Language) -> tuple[PathLine, ...]:
    told = Pathways.objects.in_bulk([one.student_id for one in page.lines])
    return tuple(
        PathLine(one, *short_words(told.get(one.student_id), language))
        for one in page.lines
    )


def short_words(row: Pathways | None, language: Language) -> tuple[str, str, str, str]:
    """What is known of four pathways, in a few words each."""
    if row is None:
        nothing = str(PathwayState.NOT_KNOWN.label)
        return nothing, nothing, nothing, nothing
    return (
        _graduation(row, language),
        _a_g(row),
        _chosen(row.career),
        _chosen(row.biliteracy),
    )


def _chosen(state: int) -> str:
    """A pathway that a student may choose or not: without a course it is not begun."""
    if state == PathwayState.OPEN:
        return _("Not begun")
    return str(PathwayState(state).label)


def _graduation(row: Pathways, language: Language) -> str:
    state = PathwayState(row.graduation)
    if state is PathwayState.NOT_KNOWN or row.credits_earned is None:
        return str(state.label)
    earned = numbers.count(row.credits_earned, language)
    if state is PathwayState.DONE:
        return _("%(earned)s credits: all that graduation asks for") % {
            "earned": earned
        }
    told = {"earned": earned, "usual": numbers.count(row.credits_usual, language)}
    if state is PathwayState.OPEN:
        return _("%(earned)s credits, fewer than the usual %(usual)s") % told
    return _("%(earned)s credits, %(usual)s are usual by now") % told


def _a_g(row: Pathways) -> str:
    state = PathwayState(row.a_g)
    if state is PathwayState.DONE:
        return str(state.label)
    left = open_areas(row.areas_met)
    waits = [area for area in left if not row.areas_now >> "ABCDEFG".index(area) & 1]
    if state is PathwayState.NOT_KNOWN:
        return str(state.label)
    if not row.areas_now:  # in summer, or where rosters are not collected
        return _("Open: %(areas)s") % {"areas": ", ".join(left)}
    if not waits:
        return _("Open: %(areas)s; all of them being taken") % {
            "areas": ", ".join(left)
        }
    return _("Open: %(areas)s; no course now in %(waits)s") % {
        "areas": ", ".join(left),
        "waits": ", ".join(waits),
    }


def pathway_counts(students: QuerySet[Student] | None, span: Span) -> dict[str, Any]:
    """Students in grades 9 to 12 by the states of their pathways.

    Returns:
        `rows`: family, group, students, and where there are enough students, for each
        pathway [students in a good state, students of whom it is known].
    """
    rows = list(
        within(Pathways.objects.all(), students)
        .filter(student__current=True)
        .order_by()
        .values(
            "student__school_id",
            "student__grade",
            "student__group_codes__codes",
            *PATHWAYS,
        )
        .annotate(n=Count("pk"))
        .values_list(
            "student__school_id",
            "student__grade",
            "student__group_codes__codes",
            *PATHWAYS,
            "n",
        )
    )
    columns = list(zip(*rows, strict=True)) or [()] * 8
    school, grade, codes = (text_column(columns[place]) for place in range(3))
    states = {
        name: np.array(columns[3 + place], dtype=np.int64)
        for place, name in enumerate(PATHWAYS)
    }
    n = np.array(columns[7], dtype=np.int64)
    told = []
    for one in slices(school, grade, codes):
        every = int(n[one.rows].sum())
        row: dict[str, Any] = {
            "family": one.family,
            "group": one.group,
            "students": every,
        }
        if every >= FEWEST:
            for name, state in states.items():
                here, count = state[one.rows], n[one.rows]
                good = count[np.isin(here, _GOOD[name])].sum()
                row[name] = [int(good), int(count[here >= 0].sum())]
        told.append(row)
    return {"today": span.today.isoformat(), "rows": told}


def _answer(rows: list[Counts], language: Language) -> str:
    if not rows or "graduation" not in rows[0]:
        return _(
            "Too few to say: fewer than 11 students of grades 9 to 12 are within your "
            "reach."
        )
    good, known = rows[0]["graduation"]
    if not known:
        return _(
            "Of %(n)s students in grades 9 to 12 it is not known who is on course: "
            "credits are not collected."
        ) % {"n": numbers.count(rows[0]["students"], language)}
    return _(
        "%(good)s of %(known)s students in grades 9 to 12 whose credits are known have "
        "at least those that are usual by now."
    ) % {
        "good": numbers.count(good, language),
        "known": numbers.count(known, language),
    }


def _cells(row: Counts, language: Language) -> tuple[str, ...]:
    """How many, and four shares; a share of few known students is not told."""
    if "graduation" not in row:
        return ()
    told = [numbers.count(row["students"], language)]
    for name in PATHWAYS:
        good, known = row[name]
        if known == 0:
            told.append(_("not known"))
        elif known < FEWEST:
            told.append(_("too few to say"))
        else:
            share = wilson(good, known)
            told.append(
                f"{numbers.estimate(share, 'share', language)} "
                f"({numbers.interval(share, 'share', language)})"
            )
    return tuple(told)


def names_of(language: Language) -> tuple[tuple[str, str], ...]:
    """The four pathways: key and name."""
    return tuple((key, PATHWAY_NAMES[key][language]) for key in PATHWAYS)


@dataclass(frozen=True, slots=True)
class SaidPathway:
    """One pathway in one language."""

    key: str
    name: str
    state: str
    done: str
    open: str
    step: str


def said(one: PathwayWords, language: Language) -> SaidPathway:
    """A pathway in one language; blank where there is nothing to say."""
    return SaidPathway(
        one.key,
        one.name[language],
        one.state_words[language],
        one.done[language],
        "" if one.open is None else one.open[language],
        "" if one.step is None else one.step[language],
    )


def student_pathways(student: Student, language: Language) -> tuple[SaidPathway, ...]:
    """One student's pathways; none below grade 9.

    From the row made with the current snapshot; where that is not there yet, from the
    snapshot itself.

    Raises:
        InputProblem: a part of the records is missing or damaged.
    """
    if not student.current or student.grade not in GRADES:
        return ()
    kept = Pathways.objects.filter(pk=student.pk).first()
    row = _read(student) if kept is None else _as_row(kept)
    if row is None:
        return ()
    return tuple(said(one, language) for one in pathway_words(row))


def _as_row(kept: Pathways) -> dict[str, Any]:
    """A kept row as `pathways_of` gives it."""
    told = dict(zip(Pathways.DETAIL, kept.detail, strict=True))
    names = (*PATHWAYS, "credits_earned", "credits_usual", "areas_met", "areas_now")
    return told | {name: getattr(kept, name) for name in names}


def _read(student: Student) -> dict[str, Any] | None:
    now, snapshot = standing(), snapshot_store().current()
    if now is None or snapshot is None:
        return None
    found = pathways_of(snapshot, now.as_of, [student.pk], district_settings())
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows[0] if rows else None


@dataclass(frozen=True, slots=True)
class PathwaysPart:
    """What a student's page says of pathways."""

    student_id: str
    pathways: tuple[SaidPathway, ...]


def pathways_part(
    person: Person, student: Student, reach: Reach
) -> PathwaysPart | None:
    """The part of a student's page; always there, with the way to the shared page."""
    del person, reach
    if not student.current:
        return None
    return PathwaysPart(student.pk, student_pathways(student, page_language()))
