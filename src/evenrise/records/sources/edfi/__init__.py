"""Ed-Fi XML interchanges: enrolment, attendance, discipline, programs and more."""

# ruff: noqa: S608 - names come from the desk

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, LIKELY, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.edfi import tables
from evenrise.records.sources.edfi.records import PROGRAMS, RECORDS
from evenrise.records.sources.oneroster.tables import SUBJECT_WORDS, worded
from evenrise.records.sql import quoted
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


def kind_of(member: Member) -> str | None:
    """The kind of record a flattened table holds: its first column is `KIND#`."""
    first = member.header[0] if member.header else ""
    return first[:-1] if first.endswith("#") and first[:-1].isalnum() else None


@dataclass(slots=True)
class EdFi:
    """The data standard of the Ed-Fi Alliance, as XML interchanges."""

    card: SourceCard

    def recognise(self, member: Member) -> float:
        """Certain for kinds that are read, likely for any other of Ed-Fi's."""
        kind = kind_of(member)
        if kind is None:
            return NOT_MINE
        return CERTAIN if kind in RECORDS else LIKELY

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Load each kind of record, then lay the contract's tables on the desk."""
        given = _load(members, desk)
        spring = SchoolYear.of(desk.options.as_of).spring
        subject = worded("lower(s.name)", SUBJECT_WORDS)
        described = "StudentEducationOrganizationAssociation" in given
        plan = (
            ("schools", "School", tables.schools()),
            ("calendar", "CalendarDate", tables.calendar()),
            ("students", "Student", tables.students(described=described)),
            ("enrollments", "StudentSchoolAssociation", tables.enrollments()),
            ("attendance", "StudentSchoolAttendanceEvent", tables.attendance()),
            ("incidents", "DisciplineIncident", tables.incidents()),
            ("staff", "Staff", tables.staff()),
            (
                "staff_assignments",
                "StaffEducationOrganizationAssignmentAssociation",
                tables.staff_assignments(spring),
            ),
            ("sections", "Section", tables.sections(subject)),
            ("rosters", "StudentSectionAssociation", tables.rosters()),
            ("assignments", "GradebookEntry", tables.assignments()),
            ("scores", "StudentGradebookEntry", tables.scores()),
            ("assessments", "StudentAssessment", tables.assessments()),
        )
        for table, kind, sql in plan:
            if kind in given:
                desk.keep(table, sql)
        if given & set(PROGRAMS):
            desk.keep("programs", tables.programs(given))


def _load(members: Sequence[Member], desk: Desk) -> frozenset[str]:
    """A table `edfi_KIND` for every kind, empty where no file has it."""
    loaded: dict[str, list[str]] = {}
    for member in members:
        kind = kind_of(member)
        if kind is None or kind not in RECORDS:
            desk.matched(member, {})
            desk.note(
                member,
                Text(
                    "Ed-Fi records of a kind that Evenrise does not read.",
                    "Registros de Ed-Fi de un tipo que Evenrise no lee.",
                ),
            )
            continue
        rows, written = desk.rows(member), desk.columns(member)
        # Several may be there: a preferred name for some students, a first for all.
        found = {
            name: [one for one in names.split() if one in written]
            for name, names in RECORDS[kind].items()
        }
        used = {written[one]: name for name, some in found.items() for one in some}
        desk.matched(member, used)
        cells = ", ".join(
            f"coalesce({', '.join(['NULL::VARCHAR', *map(quoted, some)])}) AS {name}"
            for name, some in found.items()
        )
        loaded.setdefault(kind, []).append(f"SELECT {cells}, _file, _row FROM {rows}")
    for kind, names in RECORDS.items():
        blank = ", ".join(f"NULL::VARCHAR AS {name}" for name in names)
        queries = loaded.get(kind) or [
            f"SELECT {blank}, 0::INTEGER AS _file, 0::BIGINT AS _row LIMIT 0"
        ]
        desk.con.execute(
            f"CREATE OR REPLACE TEMP TABLE edfi_{kind} AS {' UNION ALL '.join(queries)}"
        )
    return frozenset(loaded)


EDFI = EdFi(
    SourceCard(
        key="edfi",
        name=Text("Ed-Fi XML interchanges", "Intercambios XML de Ed-Fi"),
        what=Text(
            "Schools, students, enrolment, attendance, discipline, programs, staff, "
            "sections and gradebooks of the Ed-Fi Data Standard, as XML.",
            "Escuelas, estudiantes, inscripción, asistencia, disciplina, programas, "
            "personal, secciones y calificaciones del estándar Ed-Fi, en XML.",
        ),
        how_often=Text("As often as every night", "Hasta cada noche"),
        merge_rule=Text(
            "Each import is the whole: records that an interchange no longer holds "
            "are gone from the next snapshot.",
            "Cada importación es completa: los registros que ya no están en el "
            "intercambio desaparecen de la siguiente copia.",
        ),
        tables=(
            "schools",
            "calendar",
            "students",
            "enrollments",
            "programs",
            "attendance",
            "incidents",
            "sections",
            "rosters",
            "assignments",
            "scores",
            "assessments",
            "staff",
            "staff_assignments",
        ),
    )
)
