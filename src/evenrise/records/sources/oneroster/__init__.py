"""OneRoster CSV 1.1 and 1.2: rosters, classes, work set and work marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, LIKELY, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.oneroster import tables
from evenrise.records.sources.oneroster.kinds import READ, kind_of
from evenrise.records.sources.oneroster.merge import merge
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


@dataclass(slots=True)
class OneRoster:
    """The rostering standard of 1EdTech, as a folder or a zip of CSV files."""

    card: SourceCard

    def recognise(self, member: Member) -> float:
        """Certain for the standard's files; likely for those that carry little."""
        kind = kind_of(member.folded)
        if kind is None:
            return NOT_MINE
        return LIKELY if kind.name == "categories" else CERTAIN

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Merge the files by kind and lay the contract's tables on the desk."""
        roster = merge(members, desk)
        if not roster.given & set(READ):
            return
        as_of = SchoolYear.of(desk.options.as_of)
        ids = tables.Ids.of(desk.options.settings.mappings)
        tables.prepare(roster, as_of, ids)
        described = roster.has("demographics")
        for needed, table, sql in (
            (("orgs",), "schools", tables.schools()),
            (("users",), "students", tables.students(with_demographics=described)),
            (("users", "orgs"), "enrollments", tables.stays(as_of)),
            (("users",), "staff", tables.staff()),
            (("users", "orgs"), "staff_assignments", tables.staff_assignments(as_of)),
            (("classes",), "sections", tables.sections()),
            (("enrollments",), "rosters", tables.rosters()),
            (("lineItems",), "assignments", tables.assignments()),
            (("results",), "scores", tables.scores()),
        ):
            if roster.has(*needed):
                desk.keep(table, sql)


ONEROSTER = OneRoster(
    SourceCard(
        key="oneroster",
        name=Text("OneRoster CSV 1.1 and 1.2", "OneRoster CSV 1.1 y 1.2"),
        what=Text(
            "Schools, students, staff, classes, class rosters, work set and marked, "
            "from a folder or a zip. It carries no attendance, discipline or programs.",
            "Escuelas, estudiantes, personal, clases, listas de clase, tareas y "
            "calificaciones, de una carpeta o un zip. No trae asistencia, disciplina "
            "ni programas.",
        ),
        how_often=Text("As often as every night", "Hasta cada noche"),
        merge_rule=Text(
            "Bulk files hold everything and replace what was there. Delta files change "
            "the rows of the same sourcedId; rows marked tobedeleted are taken out.",
            "Los archivos «bulk» traen todo y reemplazan lo anterior. Los «delta» "
            "cambian las filas con el mismo sourcedId; las marcadas «tobedeleted» se "
            "quitan.",
        ),
        tables=(
            "schools",
            "students",
            "enrollments",
            "staff",
            "staff_assignments",
            "sections",
            "rosters",
            "assignments",
            "scores",
        ),
    )
)
