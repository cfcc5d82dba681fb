"""What a district did, indicator by indicator, in Spanish: the district is the subject.

`did` takes {who}, {x}, {n}, {students}; `tail` ends "habría habido unos 31 estudiantes
menos ..."; `noun` is the rate's name with its article; `headline` says the gap in a
few words, with {Who} and {students}. The twin of `deeds_en.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of one indicator."""

    did: str
    tail: str
    noun: str
    headline: str


DEEDS: dict[str, Deed] = {
    "suspension": Deed(
        did="{who} suspendió a {x} de sus {n} {students}",
        tail="con alguna suspensión",
        noun="la tasa de suspensión",
        headline="{Who} suspende con más frecuencia a {students}",
    ),
    "chronic_absence": Deed(
        did="{who} tuvo con ausentismo crónico a {x} de sus {n} {students}",
        tail="con ausentismo crónico",
        noun="la tasa de ausentismo crónico",
        headline="{Who} aún no logra que {students} asistan con la misma regularidad",
    ),
    "graduation": Deed(
        did="{who} graduó en cuatro años a {x} de sus {n} {students}",
        tail="con su diploma",
        noun="la tasa de graduación",
        headline="{Who} aún no logra que {students} se gradúen en igual proporción",
    ),
    "dropout": Deed(
        did="{who} perdió por abandono escolar a {x} de sus {n} {students} "
        "de los grados 9 a 12",
        tail="con abandono escolar",
        noun="la tasa de abandono escolar",
        headline="{Who} pierde antes de graduarse a una mayor proporción de {students}",
    ),
    "a_g_completion": Deed(
        did="{who} llevó a {x} de sus {n} {students} a completar los cursos A-G",
        tail="con los cursos A-G completos",
        noun="la tasa de cursos A-G completos",
        headline="{Who} aún no logra que {students} completen los cursos A-G "
        "en igual proporción",
    ),
    "biliteracy_seal": Deed(
        did="{who} llevó a {x} de sus {n} {students} a obtener el Sello de "
        "Alfabetización Bilingüe",
        tail="con el Sello de Alfabetización Bilingüe",
        noun="la proporción con el Sello de Alfabetización Bilingüe",
        headline="{Who} aún no logra que {students} obtengan el Sello de "
        "Alfabetización Bilingüe en igual proporción",
    ),
    "d_f_rate": Deed(
        did="{who} puso una D o una F a {x} de sus {n} {students}",
        tail="con una D o una F",
        noun="la proporción con una D o una F",
        headline="{Who} pone notas D y F a una mayor proporción de {students}",
    ),
    "ninth_grade_on_track": Deed(
        did="{who} tuvo encaminados hacia la graduación a {x} de sus {n} {students} "
        "de noveno grado",
        tail="en buen camino en noveno grado",
        noun="la proporción en buen camino en noveno grado",
        headline="{Who} aún no logra que {students} vayan en buen camino en noveno "
        "grado en igual proporción",
    ),
    "met_standard_ela": Deed(
        did="{who} llevó a {x} de sus {n} {students} a alcanzar el estándar de inglés",
        tail="con el estándar de inglés alcanzado",
        noun="la proporción que alcanza el estándar de inglés",
        headline="{Who} aún no logra que {students} alcancen el estándar de inglés "
        "en igual proporción",
    ),
    "met_standard_math": Deed(
        did="{who} llevó a {x} de sus {n} {students} a alcanzar el estándar "
        "de matemáticas",
        tail="con el estándar de matemáticas alcanzado",
        noun="la proporción que alcanza el estándar de matemáticas",
        headline="{Who} aún no logra que {students} alcancen el estándar de "
        "matemáticas en igual proporción",
    ),
    "advanced_courses": Deed(
        did="{who} inscribió en cursos avanzados a {x} de sus {n} {students}",
        tail="en cursos avanzados",
        noun="la proporción en cursos avanzados",
        headline="{Who} inscribe en cursos avanzados a una menor proporción "
        "de {students}",
    ),
    "ethnic_studies": Deed(
        did="{who} dio estudios étnicos antes de la graduación a {x} de sus {n} "
        "{students}",
        tail="con el curso de estudios étnicos",
        noun="la proporción que completó estudios étnicos",
        headline="{Who} aún no da estudios étnicos a {students} en igual proporción",
    ),
    "no_feedback_four_weeks": Deed(
        did="{who} dejó cuatro semanas sin comentarios sobre su trabajo a {x} de sus "
        "{n} {students}",
        tail="sin comentarios durante cuatro semanas",
        noun="la proporción que pasó cuatro semanas sin comentarios",
        headline="{Who} deja sin comentarios sobre su trabajo a una mayor proporción "
        "de {students}",
    ),
}
DEEDS["chronic_absence_edfacts"] = replace(
    DEEDS["chronic_absence"],
    noun="la tasa de ausentismo crónico según la regla federal",
)
DEEDS["dropout_cohort"] = Deed(
    did="{who} perdió por abandono escolar a {x} de sus {n} {students} "
    "de la generación que se gradúa",
    tail=DEEDS["dropout"].tail,
    noun="la tasa de abandono de la generación que se gradúa",
    headline=DEEDS["dropout"].headline,
)


def general(title: str, good: str) -> Deed:
    """Words for an indicator nobody has written words for yet, from its title."""
    name = title[:1].lower() + title[1:] if title[1:2].islower() else title
    smaller = "menor" if good == "up" else "mayor"
    return Deed(
        did=f"{{who}} contó a {{x}} de sus {{n}} {{students}} en «{name}»",
        tail=f"en «{name}»",
        noun=f"la proporción de «{name}»",
        headline=f"{{Who}}: «{name}» muestra una {smaller} proporción de {{students}}",
    )
