"""What a district did, indicator by indicator, in Spanish: the district is the subject.

`did` takes {who}, {x}, {n}, {students}; `would` ends "Con la tasa de los demás
estudiantes, unos 31 menos ...", with {hab} for habría or habrían; `name` and `rest`
are the rate's name with its article, and whose it is stands between them; `headline`
says the gap in a few words, with {Who} and {students}; `do` ends "Menos estudiantes
...", and `topic` is what a headline is about. The twin of `deeds_en.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """The words of one indicator."""

    did: str
    would: str
    name: str
    rest: str = ""
    headline: str
    do: str
    topic: str

    @property
    def noun(self) -> str:
        """The rate's name: `la tasa de suspensión`."""
        return f"{self.name}{self.rest}"


_ALIKE = "en la misma proporción que los demás"
_STUDENTS = "la proporción de estudiantes"

DEEDS: dict[str, Deed] = {
    "suspension": Deed(
        did="{who} suspendió a {x} de sus {n} {students}",
        would="{hab} recibido una suspensión",
        name="la tasa de suspensión",
        headline="{Who} suspende a {students} con más frecuencia que a los demás",
        do="reciben una suspensión",
        topic="Suspensiones",
    ),
    "chronic_absence": Deed(
        did="el ausentismo crónico alcanzó en {who} a {x} de {n} {students}",
        would="{hab} tenido ausentismo crónico",
        name="la tasa de ausentismo crónico",
        headline="{Who} aún no logra que {students} asistan con la misma regularidad "
        "que los demás",
        do="tienen ausentismo crónico",
        topic="Ausentismo crónico",
    ),
    "graduation": Deed(
        did="{who} graduó en cuatro años a {x} de sus {n} {students}",
        would="se {hab} graduado",
        name="la tasa de graduación",
        headline=f"{{Who}} aún no logra que {{students}} se gradúen {_ALIKE}",
        do="se gradúan en cuatro años",
        topic="Graduación",
    ),
    "dropout": Deed(
        did="en los grados 9 a 12, el abandono escolar alcanzó en {who} a {x} de {n} "
        "{students}",
        would="{hab} abandonado la escuela",
        name="la tasa de abandono escolar",
        headline="{Who} pierde antes de la graduación a {students} con más frecuencia "
        "que a los demás",
        do="abandonan la escuela",
        topic="Abandono escolar",
    ),
    "a_g_completion": Deed(
        did="{who} llevó a {x} de sus {n} {students} a completar los cursos A-G",
        would="{hab} completado los cursos A-G",
        name="la tasa de cursos A-G completos",
        headline=f"{{Who}} aún no logra que {{students}} completen los cursos A-G "
        f"{_ALIKE}",
        do="completan los cursos A-G",
        topic="Cursos A-G",
    ),
    "biliteracy_seal": Deed(
        did="{who} llevó a {x} de sus {n} {students} a obtener el Sello de "
        "Alfabetización Bilingüe",
        would="lo {hab} obtenido",
        name="la proporción de graduados",
        rest=" con el Sello de Alfabetización Bilingüe",
        headline=f"{{Who}} aún no logra que {{students}} obtengan el Sello de "
        f"Alfabetización Bilingüe {_ALIKE}",
        do="obtienen el Sello de Alfabetización Bilingüe",
        topic="Sello de Alfabetización Bilingüe",
    ),
    "d_f_rate": Deed(
        did="{who} puso una D o una F a {x} de sus {n} {students}",
        would="{hab} recibido una D o una F",
        name=_STUDENTS,
        rest=" con una D o una F",
        headline="{Who} pone una D o una F a {students} con más frecuencia que a los "
        "demás",
        do="reciben una D o una F",
        topic="Calificaciones D y F",
    ),
    "ninth_grade_on_track": Deed(
        did="en noveno grado, {who} llevó en buen camino para graduarse a {x} de sus "
        "{n} {students}",
        would="{hab} ido en buen camino",
        name=_STUDENTS,
        rest=" en buen camino en noveno grado",
        headline=f"{{Who}} aún no logra que {{students}} terminen noveno grado en buen "
        f"camino {_ALIKE}",
        do="van en buen camino en noveno grado",
        topic="Noveno grado en buen camino",
    ),
    "met_standard_ela": Deed(
        did="{who} llevó a {x} de sus {n} {students} a alcanzar el estándar de inglés",
        would="lo {hab} alcanzado",
        name=_STUDENTS,
        rest=" que alcanzó el estándar de inglés",
        headline=f"{{Who}} aún no logra que {{students}} alcancen el estándar de "
        f"inglés {_ALIKE}",
        do="alcanzan el estándar de inglés",
        topic="Estándar de inglés",
    ),
    "met_standard_math": Deed(
        did="{who} llevó a {x} de sus {n} {students} a alcanzar el estándar "
        "de matemáticas",
        would="lo {hab} alcanzado",
        name=_STUDENTS,
        rest=" que alcanzó el estándar de matemáticas",
        headline=f"{{Who}} aún no logra que {{students}} alcancen el estándar de "
        f"matemáticas {_ALIKE}",
        do="alcanzan el estándar de matemáticas",
        topic="Estándar de matemáticas",
    ),
    "advanced_courses": Deed(
        did="{who} inscribió en cursos avanzados a {x} de sus {n} {students}",
        would="{hab} tenido un lugar en cursos avanzados",
        name=_STUDENTS,
        rest=" en cursos avanzados",
        headline="{Who} inscribe en cursos avanzados a {students} con menos frecuencia "
        "que a los demás",
        do="toman cursos avanzados",
        topic="Cursos avanzados",
    ),
    "ethnic_studies": Deed(
        did="{who} dio estudios étnicos antes de la graduación a {x} de sus {n} "
        "{students}",
        would="{hab} completado el curso",
        name="la proporción de graduados",
        rest=" que completó estudios étnicos",
        headline="{Who} aún no da estudios étnicos a {students} en la misma proporción "
        "que a los demás",
        do="completan estudios étnicos",
        topic="Estudios étnicos",
    ),
    "no_feedback_four_weeks": Deed(
        did="{who} dejó cuatro semanas sin comentarios sobre su trabajo a {x} de sus "
        "{n} {students}",
        would="{hab} esperado tanto",
        name=_STUDENTS,
        rest=" que pasó cuatro semanas sin comentarios",
        headline="{Who} deja cuatro semanas sin comentarios a {students} con más "
        "frecuencia que a los demás",
        do="pasan cuatro semanas sin comentarios",
        topic="Comentarios sobre el trabajo",
    ),
}
DEEDS["chronic_absence_edfacts"] = replace(
    DEEDS["chronic_absence"],
    rest=" según la regla federal",
    topic="Ausentismo crónico (regla federal)",
)
DEEDS["dropout_cohort"] = replace(
    DEEDS["dropout"],
    did="en la generación que se gradúa, el abandono escolar alcanzó en {who} a {x} "
    "de {n} {students}",
    rest=" en la generación que se gradúa",
    do="abandonan la escuela antes de que se gradúe su generación",
)


def general(title: str, good: str) -> Deed:
    """Words for an indicator nobody has written words for yet, from its title."""
    name = title[:1].lower() + title[1:] if title[1:2].islower() else title
    smaller = "menor" if good == "up" else "mayor"
    return Deed(
        did=f"{{who}} contó a {{x}} de sus {{n}} {{students}} en «{name}»",
        would=f"{{hab}} estado en «{name}»",
        name=f"la proporción de «{name}»",
        headline=f"{{Who}}: «{name}» muestra una {smaller} proporción de {{students}}",
        do=f"están en «{name}»",
        topic=title,
    )
