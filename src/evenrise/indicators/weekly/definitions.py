"""The weekly indicators, declared: what is counted, of what, by whose rule.

`rules.md` says the odd cases and works them in tables.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from evenrise.indicators.engines.weekly import Weekly
from evenrise.indicators.naming import SnapshotLike
from evenrise.vocabulary.text import Text


_DAYS = ("enrollments", "attendance")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyIndicator:
    """One weekly indicator.

    `unit` is None for a share; else the count is told for each `per` of its size.
    Fewer are better, of all of them. `settles`: how long after its Friday a week may
    still change because adults write things down later.
    """

    key: Weekly
    version: int
    authority: str
    source: str
    title: Text
    definition: Text
    needs: tuple[str, ...]
    unit: Text | None = None
    per: int = 1
    settles: dt.timedelta = dt.timedelta(0)

    @property
    def is_share(self) -> bool:
        """Whether it is so many of so many."""
        return self.unit is None

    def is_kept(self, snapshot: SnapshotLike) -> bool:
        """Whether the records have the tables that it needs."""
        return all(snapshot.has(table) for table in self.needs)


_INCIDENTS_UNIT = Text(
    "for every 100 students a week", "por cada 100 estudiantes a la semana"
)
_SWIS = (
    "five times the referrals for every 100 students and school day of the yearly "
    "summaries of SWIS (Sugai and Horner, OSEP Center on PBIS, 2009)"
)

WEEKLY: dict[Weekly, WeeklyIndicator] = {
    one.key: one
    for one in (
        WeeklyIndicator(
            key=Weekly.ABSENCE,
            version=1,
            authority="California Department of Education",
            source="chronic absence, Education Code 60901(c)(1); cde.ca.gov/ta/ac/cm",
            title=Text("Days missed", "Días de ausencia"),
            definition=Text(
                "Days missed, of days enrolled, by the rule of chronic absence.",
                "Días de ausencia, de los días de inscripción, según la regla de "
                "ausentismo crónico.",
            ),
            needs=_DAYS,
        ),
        WeeklyIndicator(
            key=Weekly.TARDY,
            version=1,
            authority="Evenrise",
            source="the status `tardy` of the attendance file (District CSV version 1)",
            title=Text("Days with a late arrival", "Días con llegada tarde"),
            definition=Text(
                "Days on which a student came late, of days enrolled, at schools that "
                "record late arrivals.",
                "Días en que un estudiante llegó tarde, de los días de inscripción, en "
                "las escuelas que registran las llegadas tarde.",
            ),
            needs=_DAYS,
        ),
        WeeklyIndicator(
            key=Weekly.INCIDENTS,
            version=1,
            authority="Evenrise",
            source=_SWIS,
            title=Text("Behavior incidents", "Incidentes de conducta"),
            definition=Text(
                "Behavior incidents that adults wrote down, for every 100 students "
                "enrolled and week of five days.",
                "Incidentes de conducta que registraron las personas adultas, por cada "
                "100 estudiantes inscritos y semana de cinco días.",
            ),
            needs=(*_DAYS, "incidents"),
            unit=_INCIDENTS_UNIT,
            per=500,
        ),
        WeeklyIndicator(
            key=Weekly.SUSPENSIONS,
            version=1,
            authority="California Department of Education",
            source=f"actions of cde.ca.gov/ds/ad/fssd.asp; {_SWIS}",
            title=Text("Suspensions", "Suspensiones"),
            definition=Text(
                "Incidents that the school answered with a suspension, in school or "
                "out of school, for every 100 students enrolled and week of five days.",
                "Incidentes a los que la escuela respondió con una suspensión, dentro "
                "o fuera de la escuela, por cada 100 estudiantes inscritos y semana "
                "de cinco días.",
            ),
            needs=(*_DAYS, "incidents"),
            unit=_INCIDENTS_UNIT,
            per=500,
        ),
        WeeklyIndicator(
            key=Weekly.MISSING_WORK,
            version=1,
            authority="Evenrise",
            source="`missing` and `not_submitted` of OneRoster 1.2 (scoreStatus)",
            title=Text("Work not handed in", "Trabajos sin entregar"),
            definition=Text(
                "Pieces of work due that week that were not handed in, of those of "
                "which the gradebook tells; exempt ones are left out.",
                "Trabajos con fecha de entrega en esa semana que no se entregaron, de "
                "los que aparecen en el libro de calificaciones; los exentos no "
                "cuentan.",
            ),
            needs=("enrollments", "sections", "assignments", "scores"),
            settles=dt.timedelta(days=14),
        ),
    )
}
