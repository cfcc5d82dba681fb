"""The six published rule sets (SPECS 4.1, METHODS card 8), line by line.

Thresholds were found in other places and times: validate them locally before trusting
them (West 2013, "Just the Right Mix": many later dropouts attended). The card of the
district's own past says what each set would have found here.
"""

from __future__ import annotations

from evenrise.indicators.flags.lines import Line, RuleSet, Tiers, line
from evenrise.vocabulary.text import Text


MIDDLE = ("06", "07", "08")
HIGH = ("09", "10", "11", "12")
_EARNED_HERE = (
    "Marks count as they stand: the latest known mark of each course of this year."
)
_EARNED_HERE_ES = (
    "Las calificaciones cuentan como están: la última conocida de cada curso del año."
)


def _absent(at: float, *, severe: bool = False, key: str = "absent_share") -> Line:
    return line(
        key,
        at,
        Text(
            f"Absent on {at:.0%} of days or more",
            f"Ausente el {at * 100:.0f}\u00a0% de los días o más",
        ),
        severe=severe,
        measure="absent_share",
    )


ABC = RuleSet(
    key="abc",
    name=Text("Attendance, behavior, courses", "Asistencia, conducta, cursos"),
    authority="Balfanz, Herzog and Mac Iver; Everyone Graduates Center",
    source="Educational Psychologist 42(4), 2007; Frazelle and Nagel 2015 (REL)",
    version=1,
    lines=(
        _absent(0.10),
        _absent(0.20, severe=True, key="absent_share_severe"),
        line(
            "suspension_days",
            1,
            Text(
                "Suspended out of school for a day or more",
                "Suspendido fuera de la escuela un día o más",
            ),
        ),
        line(
            "minor_incidents",
            2,
            Text("Two minor incidents or more", "Dos incidentes leves o más"),
        ),
        line(
            "serious_incidents",
            1,
            Text("One serious incident or more", "Un incidente grave o más"),
        ),
        line(
            "failing_core",
            1,
            Text("An F in English or mathematics", "Una F en inglés o en matemáticas"),
        ),
    ),
    use=Text(
        "For all grades. An incident is serious when the school answered it with "
        "suspension out of school or expulsion, or when the district says its kind is. "
        + _EARNED_HERE,
        "Para todos los grados. Un incidente es grave cuando la escuela respondió con "
        "suspensión fuera de la escuela o expulsión, o cuando el distrito lo clasifica "
        "así. " + _EARNED_HERE_ES,
    ),
)

_SIXTH = ("06",)
BALFANZ = RuleSet(
    key="balfanz",
    name=Text("Balfanz, grade 6", "Balfanz, 6.º grado"),
    authority="Balfanz, Herzog and Mac Iver; Everyone Graduates Center",
    source="Educational Psychologist 42(4), 2007; new.every1graduates.org/?p=1339",
    version=1,
    lines=(
        line(
            "absent_share",
            0.20,
            Text(
                "Attended 80% of days or fewer",
                "Asistió el 80\u00a0% de los días o menos",
            ),
            severe=True,
            grades=_SIXTH,
        ),
        line(
            "suspension_days",
            1,
            Text(
                "Suspended out of school for a day or more",
                "Suspendido fuera de la escuela un día o más",
            ),
            grades=_SIXTH,
        ),
        line(
            "failing_math",
            1,
            Text("An F in mathematics", "Una F en matemáticas"),
            grades=_SIXTH,
        ),
        line(
            "failing_ela",
            1,
            Text("An F in English", "Una F en inglés"),
            grades=_SIXTH,
        ),
    ),
    use=Text(
        "For grade 6 only: the study followed sixth graders of one city, so other "
        "grades show no data. In schools with high poverty there, three in four "
        "students with one of the lines later left school. It also used an "
        "unsatisfactory mark for behavior, which our records do not hold. "
        + _EARNED_HERE,
        "Solo para 6.º grado: el estudio siguió a estudiantes de 6.º de una ciudad, "
        "así que los demás grados aparecen sin datos. En sus escuelas de mucha "
        "pobreza, tres de cada cuatro estudiantes que cruzaron una línea dejaron "
        "después la escuela. También usó una calificación insatisfactoria en conducta, "
        "que nuestros registros no contienen. " + _EARNED_HERE_ES,
    ),
)

COLORADO = RuleSet(
    key="colorado",
    name=Text("Colorado", "Colorado"),
    authority="Colorado Department of Education",
    source="cde.state.co.us/dropoutprevention/earlywarning",
    version=1,
    lines=(
        line(
            "absences_quarter",
            9,
            Text(
                "Nine absences or more in a quarter",
                "Nueve ausencias o más en un cuarto del año",
            ),
            grades=MIDDLE,
        ),
        line(
            "absences_year",
            36,
            Text(
                "Thirty-six absences or more in the year",
                "Treinta y seis ausencias o más en el año",
            ),
            grades=MIDDLE,
        ),
        line(
            "absent_share",
            0.10,
            Text(
                "Absent on 10% of days or more",
                "Ausente el 10\u00a0% de los días o más",
            ),
            grades=HIGH,
        ),
        line(
            "incidents",
            2,
            Text("Two incidents or more", "Dos incidentes o más"),
            grades=MIDDLE + HIGH,
        ),
        line(
            "failing_core",
            1,
            Text("An F in English or mathematics", "Una F en inglés o en matemáticas"),
            grades=MIDDLE,
        ),
        line(
            "gpa",
            2.0,
            Text("A mean of marks below 2.0", "Un promedio menor de 2.0"),
            grades=MIDDLE,
        ),
        line(
            "failing_any",
            1,
            Text("An F in any course", "Una F en cualquier curso"),
            grades=HIGH,
        ),
    ),
    use=Text(
        "For grades 6 to 12; younger students show no data. A quarter is the last nine "
        "weeks, for our records name no quarters; every recorded incident counts as "
        "mild or more serious. " + _EARNED_HERE,
        "Para los grados 6 a 12; los menores aparecen sin datos. Un cuarto del año son "
        "las últimas nueve semanas, porque nuestros registros no nombran cuartos; todo "
        "incidente registrado cuenta como leve o más grave. " + _EARNED_HERE_ES,
    ),
)

EDFI = RuleSet(
    key="edfi",
    name=Text("Ed-Fi", "Ed-Fi"),
    authority="Ed-Fi Alliance, Analytics Middle Tier",
    source="Ed-Fi-X-Analytics-Middle-Tier, samples/RiskIndicators.sql",
    version=1,
    lines=(
        line(
            "attended_share_severe",
            0.80,
            Text(
                "Attended less than 80% of days",
                "Asistió menos del 80\u00a0% de los días",
            ),
            severe=True,
            measure="attended_share",
        ),
        line(
            "attended_share",
            0.88,
            Text(
                "Attended less than 88% of days",
                "Asistió menos del 88\u00a0% de los días",
            ),
        ),
        line(
            "state_offenses",
            1,
            Text(
                "An offense under state law",
                "Una infracción según la ley estatal",
            ),
            severe=True,
        ),
        line(
            "incidents_severe",
            5,
            Text("Five incidents or more", "Cinco incidentes o más"),
            severe=True,
            measure="incidents",
        ),
        line("incidents", 2, Text("Two incidents or more", "Dos incidentes o más")),
        line(
            "lowest_mark_severe",
            65,
            Text("A mark below 65", "Una calificación menor de 65"),
            severe=True,
            measure="lowest_mark",
        ),
        line(
            "lowest_mark",
            72,
            Text("A mark below 72", "Una calificación menor de 72"),
        ),
    ),
    use=Text(
        "For all grades, where marks are numbers out of 100 (letters show no data) and "
        "the district names the kinds of incident that are offenses under state law "
        "(without these, fewer than two incidents show no data, never clear). "
        + _EARNED_HERE,
        "Para todos los grados, donde las calificaciones son números de 0 a 100 (las "
        "letras aparecen sin datos) y el distrito nombra los tipos de incidente que "
        "son infracciones estatales (sin ellos, menos de dos incidentes aparecen sin "
        "datos, nunca como sin señal). " + _EARNED_HERE_ES,
    ),
)

ACUMEN = RuleSet(
    key="acumen",
    name=Text("AcumenEd points", "Puntos de AcumenEd"),
    authority="AcumenEd",
    source="Open-source AcumenEd early-warning points",
    version=1,
    lines=(
        line(
            "absent_share",
            0.05,
            Text(
                "Absent on 5% to 9.9% of days: 1 point",
                "Ausente del 5\u00a0% al 9.9\u00a0% de los días: 1 punto",
            ),
        ),
        line(
            "absent_share_severe",
            0.10,
            Text(
                "Absent on 10% of days or more: 2 points",
                "Ausente el 10\u00a0% de los días o más: 2 puntos",
            ),
            severe=True,
            measure="absent_share",
        ),
        line(
            "incidents",
            1,
            Text("One or two incidents: 1 point", "Uno o dos incidentes: 1 punto"),
        ),
        line(
            "incidents_severe",
            3,
            Text(
                "Three incidents or more: 2 points", "Tres incidentes o más: 2 puntos"
            ),
            severe=True,
            measure="incidents",
        ),
        line(
            "gpa",
            3.0,
            Text(
                "A mean of marks from 2 to 2.99: 1 point",
                "Un promedio de 2 a 2.99: 1 punto",
            ),
        ),
        line("failing_any", 1, Text("One F: 1 point", "Una F: 1 punto")),
        line(
            "gpa_severe",
            2.0,
            Text(
                "A mean of marks below 2: 2 points", "Un promedio menor de 2: 2 puntos"
            ),
            severe=True,
            measure="gpa",
        ),
        line(
            "failing_any_severe",
            2,
            Text("Two F or more: 2 points", "Dos F o más: 2 puntos"),
            severe=True,
            measure="failing_any",
        ),
    ),
    use=Text(
        "For all grades. A flag is 1 point and a strong flag 2; the points of the "
        "three add up: 0 to 2 tier 1, 3 and 4 tier 2, 5 and 6 tier 3. A single point "
        "alone is tier 1 still. " + _EARNED_HERE,
        "Para todos los grados. Una señal vale 1 punto y una señal fuerte 2; los "
        "puntos de las tres áreas se suman: de 0 a 2 nivel 1, 3 y 4 nivel 2, 5 y 6 "
        "nivel 3. Un solo punto sigue siendo nivel 1. " + _EARNED_HERE_ES,
    ),
    tiers=Tiers(second=3, third=5),
)


def _level(level: int, key: str, at: float, en: str, es: str) -> Line:
    """A line of the four levels of Student Insights: 3 and 4 are strong."""
    return line(
        f"level_{level}_{key}",
        at,
        Text(f"{en} (level {level})", f"{es} (nivel {level})"),
        severe=level >= 3,
        measure=key,
    )


def _attended(level: int, at: float) -> Line:
    return _level(
        level,
        "attended_share_45",
        at,
        f"Attended less than {at:.0%} in the last 45 days",
        f"Asistió menos del {at * 100:.0f}\u00a0% en los últimos 45 días",
    )


STUDENT_INSIGHTS = RuleSet(
    key="student_insights",
    name=Text("Student Insights", "Student Insights"),
    authority="Student Insights, Somerville Public Schools",
    source="github.com/studentinsights/studentinsights, tiers of the high school",
    version=1,
    lines=(
        _attended(4, 0.80),
        _attended(3, 0.85),
        _attended(2, 0.90),
        _attended(1, 0.95),
        _level(4, "incidents", 7, "Seven incidents or more", "Siete incidentes o más"),
        _level(3, "incidents", 5, "Five or six incidents", "Cinco o seis incidentes"),
        _level(4, "failing_any", 4, "Four F or more", "Cuatro F o más"),
        _level(3, "failing_any", 3, "Three F", "Tres F"),
        _level(2, "failing_any", 2, "Two F", "Dos F"),
        _level(1, "failing_beside_two_ds", 1, "One F and two D", "Una F y dos D"),
    ),
    use=Text(
        "Made for a high school; used here for all grades with marks. Levels 3 and 4 "
        "are strong flags, 1 and 2 flags. The 45 days are of the calendar; incidents "
        "and marks are those of this school year. " + _EARNED_HERE,
        "Hecho para una escuela preparatoria; aquí vale para todos los "
        "grados con calificaciones. Los niveles 3 y 4 son señales fuertes; 1 y 2, "
        "señales. Los 45 días son del calendario; los incidentes y las calificaciones "
        "son los de este año escolar. " + _EARNED_HERE_ES,
    ),
)

RULE_SETS: dict[str, RuleSet] = {
    one.key: one for one in (ABC, BALFANZ, COLORADO, EDFI, ACUMEN, STUDENT_INSIGHTS)
}
