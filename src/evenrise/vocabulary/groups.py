"""Student groups: students who share a reported characteristic.

A family holds groups that are read beside each other. Groups of different families
overlap, so their counts are never added. `*` joins two families into a pair:
family `race_ethnicity*gender`, group `hispanic*female`.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.vocabulary.joined_groups import joined
from evenrise.vocabulary.text import Text


PAIR = "*"
ALL_FAMILY = "all"
ALL_STUDENTS = "all"


@dataclass(frozen=True, slots=True)
class StudentGroup:
    """One group of one family, with its names for a page and for a sentence.

    `name` stands in tables and charts ("Hispanic or Latino"); `students` stands in a
    sentence ("Hispanic or Latino students"), people first.
    """

    family: str
    code: str
    name: Text
    students: Text


@dataclass(frozen=True, slots=True)
class GroupFamily:
    """Groups that are read beside each other, in the order they are always shown.

    `complement` names the group that means "everybody else" in a two-way family;
    `partition` says that every student is in exactly one group of the family.
    """

    code: str
    name: Text
    groups: tuple[StudentGroup, ...]
    complement: str | None = None
    partition: bool = True

    def group(self, code: str) -> StudentGroup:
        """The group with this code; KeyError when the family has none."""
        for group in self.groups:
            if group.code == code:
                return group
        raise KeyError(f"{code!r} is no group of the family {self.code!r}.")


def _family(
    code: str,
    name: tuple[str, str],
    *groups: tuple[str, str, str, str, str],
    complement: str | None = None,
    partition: bool = True,
) -> GroupFamily:
    return GroupFamily(
        code,
        Text(*name),
        tuple(
            StudentGroup(code, group, Text(en, es), Text(s_en, s_es))
            for group, en, es, s_en, s_es in groups
        ),
        complement,
        partition,
    )


_RACES = (
    (
        "american_indian",
        "American Indian or Alaska Native",
        "Indígena estadounidense o nativo de Alaska",
        "American Indian or Alaska Native students",
        "estudiantes indígenas estadounidenses o nativos de Alaska",
    ),
    ("asian", "Asian", "Asiático", "Asian students", "estudiantes asiáticos"),
    (
        "black",
        "Black or African American",
        "Negro o afroamericano",
        "Black or African American students",
        "estudiantes negros o afroamericanos",
    ),
    ("filipino", "Filipino", "Filipino", "Filipino students", "estudiantes filipinos"),
    (
        "hispanic",
        "Hispanic or Latino",
        "Hispano o latino",
        "Hispanic or Latino students",
        "estudiantes hispanos o latinos",
    ),
    (
        "pacific_islander",
        "Native Hawaiian or Pacific Islander",
        "Nativo de Hawái o isleño del Pacífico",
        "Native Hawaiian or Pacific Islander students",
        "estudiantes nativos de Hawái o isleños del Pacífico",
    ),
    ("white", "White", "Blanco", "White students", "estudiantes blancos"),
)


def _not_reported(what_en: str, what_es: str) -> tuple[str, str, str, str, str]:
    return (
        "not_reported",
        f"{what_en[:1].upper()}{what_en[1:]} not reported",
        f"{what_es[:1].upper()}{what_es[1:]} sin dato",
        f"students whose {what_en} is not reported",
        f"estudiantes sin dato de {what_es}",
    )


_RACE_NOT_REPORTED = _not_reported("race", "raza")


def _any_race(
    code: str, en: str, es: str, _: str, students_es: str
) -> tuple[str, str, str, str, str]:
    """A group of the multi-response rule, never to be taken for its namesake."""
    if code == "hispanic":
        return (
            code,
            f"{en}, of any race",
            f"{es}, de cualquier raza",
            f"{en} students of any race",
            f"{students_es} de cualquier raza",
        )
    reported = students_es.removeprefix("estudiantes ")
    return (
        code,
        f"{en}, alone or with others",
        f"{es}, solo o combinado",
        f"students reported as {en} alone or with others",
        f"estudiantes registrados como {reported}, solo o con otros grupos",
    )


def _two_way(
    code: str,
    name: tuple[str, str],
    yes: tuple[str, str, str, str],
    no: tuple[str, str, str, str],
) -> GroupFamily:
    return _family(
        code,
        name,
        (code, *yes),
        (f"not_{code}", *no),
        complement=f"not_{code}",
    )


FAMILIES: dict[str, GroupFamily] = {
    family.code: family
    for family in (
        _family(
            ALL_FAMILY,
            ("All students", "Todos los estudiantes"),
            (
                ALL_STUDENTS,
                "All students",
                "Todos los estudiantes",
                "all students",
                "todos los estudiantes",
            ),
        ),
        _family(
            "race_ethnicity",
            ("Race and ethnicity", "Raza y origen étnico"),
            *_RACES,
            (
                "two_or_more",
                "Two or more races",
                "Dos o más razas",
                "students of two or more races",
                "estudiantes de dos o más razas",
            ),
            _RACE_NOT_REPORTED,
        ),
        # Multi-response rule: a student counts in every group reported.
        _family(
            "race_any",
            (
                "Race and ethnicity, alone or with others",
                "Raza y origen étnico, solo o combinado",
            ),
            *(_any_race(*race) for race in _RACES),
            _RACE_NOT_REPORTED,
            partition=False,
        ),
        _family(
            "gender",
            ("Gender", "Género"),
            (
                "female",
                "Girls",
                "Alumnas",
                "girls",
                "las alumnas",
            ),
            (
                "male",
                "Boys",
                "Alumnos varones",
                "boys",
                "los alumnos varones",
            ),
            (
                "nonbinary",
                "Nonbinary",
                "No binario",
                "nonbinary students",
                "estudiantes no binarios",
            ),
            _not_reported("gender", "género"),
        ),
        _two_way(
            "english_learner",
            ("English learners", "Estudiantes que aprenden inglés"),
            (
                "English learners",
                "Aprenden inglés",
                "English learners",
                "estudiantes que aprenden inglés",
            ),
            (
                "Not English learners",
                "No aprenden inglés",
                "students who are not English learners",
                "estudiantes que no están aprendiendo inglés",
            ),
        ),
        _family(
            "language_status",
            ("Language status", "Situación lingüística"),
            (
                "english_learner_recent",
                "English learners for less than six years",
                "Aprenden inglés, menos de seis años",
                "English learners for less than six years",
                "estudiantes que aprenden inglés desde hace menos de seis años",
            ),
            (
                "long_term_english_learner",
                "Long-term English learners",
                "Aprenden inglés desde hace seis años o más",
                "long-term English learners",
                "estudiantes que aprenden inglés desde hace seis años o más",
            ),
            (
                "reclassified",
                "Reclassified as fluent",
                "Reclasificados con dominio del inglés",
                "students reclassified as fluent in English",
                "estudiantes reclasificados con dominio del inglés",
            ),
            (
                "never_english_learner",
                "Never English learners",
                "Nunca fueron aprendices de inglés",
                "students who were never English learners",
                "estudiantes que nunca fueron aprendices de inglés",
            ),
        ),
        _two_way(
            "disability",
            ("Disability", "Discapacidad"),
            (
                "Students with disabilities",
                "Con discapacidad",
                "students with disabilities",
                "estudiantes con discapacidad",
            ),
            (
                "Students without disabilities",
                "Sin discapacidad",
                "students without disabilities",
                "estudiantes sin discapacidad",
            ),
        ),
        _two_way(
            "low_income",
            ("Family income", "Ingresos familiares"),
            (
                "Low-income students",
                "De bajos ingresos",
                "students from low-income families",
                "estudiantes de familias con bajos ingresos",
            ),
            (
                "Not low-income",
                "No son de bajos ingresos",
                "students not from low-income families",
                "estudiantes cuyas familias no tienen bajos ingresos",
            ),
        ),
        _two_way(
            "foster",
            ("Foster care", "Crianza temporal"),
            (
                "Students in foster care",
                "En hogares de crianza temporal",
                "students in foster care",
                "estudiantes en hogares de crianza temporal",
            ),
            (
                "Not in foster care",
                "No están en crianza temporal",
                "students not in foster care",
                "estudiantes que no viven en hogares de crianza temporal",
            ),
        ),
        _two_way(
            "homeless",
            ("Housing", "Vivienda"),
            (
                "Students without stable housing",
                "Sin vivienda estable",
                "students without stable housing",
                "estudiantes sin vivienda estable",
            ),
            (
                "Students with stable housing",
                "Con vivienda estable",
                "students with stable housing",
                "estudiantes con vivienda estable",
            ),
        ),
        _two_way(
            "migrant",
            ("Migrant education", "Educación migrante"),
            (
                "Migrant students",
                "Migrantes",
                "migrant students",
                "estudiantes migrantes",
            ),
            (
                "Not migrant",
                "No migrantes",
                "students who are not migrant",
                "estudiantes que no son migrantes",
            ),
        ),
        _family(
            "grade",
            ("Grade", "Grado"),
            (
                "TK",
                "Transitional kindergarten",
                "Kínder de transición",
                "transitional kindergartners",
                "estudiantes de kínder de transición",
            ),
            ("KG", "Kindergarten", "Kínder", "kindergartners", "estudiantes de kínder"),
            *(
                (
                    f"{n:02d}",
                    f"Grade {n}",
                    f"Grado {n}",
                    f"students in grade {n}",
                    f"estudiantes del grado {n}",
                )
                for n in range(1, 13)
            ),
        ),
    )
}


def family(code: str) -> tuple[GroupFamily, ...]:
    """The family, or the two families of a pair; KeyError when unknown."""
    return tuple(FAMILIES[part] for part in code.split(PAIR))


def group_name(family_code: str, group_code: str) -> Text:
    """What a table calls the group; a pair's names are joined with a comma."""
    parts = [
        fam.group(code).name
        for fam, code in zip(family(family_code), group_code.split(PAIR), strict=True)
    ]
    return Text(", ".join(p.en for p in parts), ", ".join(p.es for p in parts))


def group_students(family_code: str, group_code: str) -> Text:
    """What a sentence calls the group's students, also those of two groups at once."""
    codes = group_code.split(PAIR)
    parts = [
        fam.group(code).students
        for fam, code in zip(family(family_code), codes, strict=True)
    ]
    if len(parts) == 2:
        first, second = zip(family_code.split(PAIR), codes, strict=True)
        said = joined(first, second)
        if said is not None:
            return said
    return Text(
        " who are also ".join(p.en for p in parts),
        " que también son ".join(p.es for p in parts),
    )
