"""An invented district's review with everything that publishing must cope with.

Hidden cells, a missing year, long Spanish names, a question about the data, a school,
pairs of groups, a file name that looks like a formula. `SECRETS` are counts that
protect() hides and `LEAKS` how they would look; neither may ever be published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pyarrow as pa

from evenrise.findings.finding import (
    Certainty,
    EvidenceRow,
    Finding,
    Kind,
    NotRun,
    Review,
    Section,
    SourceNote,
)
from evenrise.findings.pictures import Picture
from evenrise.statistics.small_numbers import ProtectedTable, protect
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.facts import FACT_COLUMNS
from evenrise.vocabulary.groups import group_name
from evenrise.vocabulary.text import Text
from tests.support.example_pictures import (
    DISTRICT,
    PICTURES,
    SCHOOLS,
    SUSPENSIONS,
    YEARS,
    share,
)


SNAPSHOT = "s-4f1c2a77d0be"
# (numerator, denominator) that protect() must hide: ten or fewer with the outcome, or
# ten or fewer without it.
SECRETS = ((7, 917_431), (917_424, 917_431), (9, 816_253))
# How the hidden numbers would look if they leaked; nothing else looks so.
LEAKS = ("917424", "917,424", "0.00000763", "7.6300", "0.9999923", "1.10260", "816244")


def fact(
    group: tuple[str, str], x: float | None, n: float | None, **other: Any
) -> dict:
    """One fact of the example."""
    known = x is not None and n
    return {
        "indicator": "suspension",
        "definition_version": 1,
        "authority": "California Department of Education",
        "school_year": 2024,
        "level": "district",
        "organization_id": DISTRICT.organization_id,
        "organization_name": DISTRICT.name,
        "group_family": group[0],
        "group": group[1],
        "numerator": x,
        "denominator": n,
        "value": x / n if known else None,
        "status": "reported" if known else "suppressed",
        "origin": "published",
        "source_file": "suspension.csv",
        "source_row": 12,
        "snapshot": None,
        "district_id": DISTRICT.organization_id,
        **other,
    }


def facts() -> ProtectedTable:
    """Published facts behind the pictures, computed ones, and the secrets."""
    rows = [
        fact((family, group), *(counts or (None, None)), source_row=40 + place)
        for place, (family, group, _, _, counts) in enumerate(SUSPENSIONS)
    ]
    rows += [
        fact(
            ("all", "all"),
            x,
            n,
            level="school",
            organization_id=SCHOOLS[place].organization_id,
            organization_name=SCHOOLS[place].name,
            origin="computed",
            source_file=None,
            source_row=None,
            snapshot=SNAPSHOT,
        )
        for place, (x, n) in enumerate((*SECRETS, (60, 900), (31, 700), (44, 1200)))
    ]
    rows.append(fact(("gender", "nonbinary"), None, None, source_file="=cmd|' /C'!A0"))
    columns = {
        name: pa.array([row[name] for row in rows], getattr(pa, kind)())
        for name, kind in FACT_COLUMNS.items()
    }
    return protect(pa.table(columns))


def evidence() -> tuple[EvidenceRow, ...]:
    """The table behind the gap dots."""
    return tuple(
        EvidenceRow(
            label=group_name(family, group),
            numerator=None if counts is None else float(counts[0]),
            denominator=None if counts is None else float(counts[1]),
            estimate=one,
            school_year=2024,
            bound=None,
            reference_to=(
                ("indicator", "suspension"),
                ("school_year", 2024),
                ("level", "district"),
                ("organization_id", DISTRICT.organization_id),
                ("group_family", family),
                ("group", group),
            ),
        )
        for family, group, _, one, counts in SUSPENSIONS
    )


def finding(key: str, kind: Kind, picture: str | None, **other: Any) -> Finding:
    """One finding of the example."""
    drawn: Picture | None = PICTURES[picture]() if picture else None
    given: dict[str, Any] = {
        "indicator": "suspension",
        "school_year": 2024,
        "organization_id": DISTRICT.organization_id,
        "organization_name": DISTRICT.name,
        "certainty": Certainty.DIFFERENT,
        "headline": Text(
            "The district suspends students with disabilities more often than other"
            " students",
            "El distrito suspende a estudiantes con discapacidad más que al resto del"
            " estudiantado",
        ),
        "sentence": Text(
            "In 2023-24 the district suspended 53 of its 1,502 students with"
            " disabilities (3.5%, about one in 28) and 111 of its 7,416 other students"
            " (1.5%). At the rate of all other students, about 31 fewer would have been"
            " suspended.",
            "En 2023-24 el distrito suspendió a 53 de sus 1,502 estudiantes con"
            " discapacidad (3.5 %, cerca de 1 de cada 28) y a 111 de los otros 7,416"
            " (1.5 %). Con la tasa del resto del estudiantado, unas 31 personas menos"
            " habrían sido suspendidas.",
        ),
        "next_step": Text(
            "Ask at the two schools where most of these suspensions happen what came"
            " before each of them.",
            "Pregunte en las dos escuelas donde ocurren más suspensiones qué pasó antes"
            " de cada una.",
        ),
        "caveats": (
            Text(f"Only {key} knows this.", f"Solo {key} sabe esto."),
            Text(
                "The file counts a student once at each school, so a student suspended"
                " at two schools counts twice.",
                "El archivo cuenta a cada estudiante una vez por escuela; quien fue"
                " suspendido en dos escuelas cuenta dos veces.",
            ),
        ),
        "evidence": evidence(),
        "students": 31,
        "estimate": Estimate(0.0203, 0.011, 0.0308, 1502),
        **other,
    }
    return Finding(key=key, kind=kind, picture=drawn, **given)


def main_findings() -> tuple[Finding, ...]:
    """One finding of each kind of picture."""
    kinds = {
        "gap_dots": Kind.GAP,
        "trend": Kind.CHANGE,
        "heat_table": Kind.INTERSECTION,
        "small_multiples": Kind.CHANGE,
        "funnel_plot": Kind.SCHOOL,
        "caterpillar": Kind.ALIKE_STUDENTS,
    }
    found = []
    for place, (picture, kind) in enumerate(kinds.items()):
        other: dict[str, Any] = {}
        if kind is Kind.SCHOOL:
            other = {
                "organization_id": SCHOOLS[3].organization_id,
                "organization_name": SCHOOLS[3].name,
                "certainty": Certainty.UNCLEAR,
                "students": 1,
            }
        if picture == "small_multiples":
            other = {"certainty": Certainty.TOO_FEW, "students": None, "evidence": ()}
        found.append(finding(f"{kind}:suspension/{place}", kind, picture, **other))
    return tuple(found)


def question() -> Finding:
    """A question about the file."""
    return finding(
        "data:a_g_completion:2019",
        Kind.DATA_QUALITY,
        None,
        indicator="a_g_completion",
        students=None,
        estimate=None,
        evidence=(),
        next_step=None,
        headline=Text(
            "The A-G rate of 2018-19 is one sixteenth of the year before",
            "La tasa A-G de 2018-19 es la dieciseisava parte de la del año anterior",
        ),
        sentence=Text(
            "The file says 35 of 834 graduates completed the A-G courses; other years"
            " run near 68%. Ask who sent the file before anybody reads it as a fact.",
            "El archivo dice que 35 de 834 completaron los cursos A-G; otros años"
            " rondan el 68 %. Pregunte a quien envió el archivo antes de creerlo.",
        ),
    )


def section(
    indicator: str, findings: tuple[Finding, ...], *, place: int = 0
) -> Section:
    """One question of the review."""
    pictures = ("gap_dots", "trend", "gap_dots", "heat_table")
    return Section(
        indicator=indicator,
        title=Text(
            f"Suspension {place or ''}".strip(), f"Suspensiones {place or ''}".strip()
        ),
        question=Text(
            "Which students are suspended, and from where?",
            "¿A qué estudiantes se suspende, y en qué escuelas?",
        ),
        answer=Text(
            "164 of 8,918 students were suspended at least once in 2023-24 (1.8%).",
            "164 de 8,918 estudiantes fueron suspendidos al menos una vez en 2023-24"
            " (1.8 %).",
        ),
        definition=Text(
            "Students suspended at least once, in school or out of it, of all who were"
            " enrolled on any day of the year.",
            "Estudiantes suspendidos al menos una vez, dentro o fuera de la escuela, de"
            " todos los inscritos algún día del año.",
        ),
        authority="California Department of Education",
        definition_version=1,
        school_year=2024,
        picture=PICTURES[pictures[place % 4]](),
        evidence=evidence(),
        findings=findings,
        sources=("suspension.csv",),
        context=(
            EvidenceRow(
                Text("All of California", "Toda California"),
                201_113.0,
                5_837_690.0,
                share(201_113, 5_837_690),
                2024,
            ),
        ),
        context_note=Text(
            "The ten districts nearest in size and in family income.",
            "Los diez distritos más cercanos en tamaño e ingresos familiares.",
        ),
    )


def example_review(*, sections: int = 3) -> Review:
    """A district with six main findings and a question about its files."""
    main = main_findings()
    asked = question()
    return Review(
        district=DISTRICT,
        as_of=dt.date(2026, 11, 22),
        years=YEARS,
        title=Text(
            "Whom does Costa Serena Unified serve well, and whom not yet?",
            "¿A quiénes sirve bien Costa Serena Unified, y a quiénes todavía no?",
        ),
        summary=(
            Text(
                "The district suspended 164 of its 8,918 students in 2023-24, fewer"
                " than in any year since 2019-20.",
                "El distrito suspendió a 164 de sus 8,918 estudiantes en 2023-24, menos"
                " que en cualquier año desde 2019-20.",
            ),
            Text(
                "Students with disabilities were suspended twice as often as others: 53"
                " of 1,502.",
                "A estudiantes con discapacidad se les suspendió el doble que al resto:"
                " 53 de 1,502.",
            ),
            Text(
                "The gap for low-income students narrowed because fewer of them were"
                " suspended.",
                "La brecha de estudiantes de bajos ingresos se redujo porque se"
                " suspendió a menos.",
            ),
        ),
        main=main,
        sections=tuple(
            section(f"indicator_{place}", main if place == 0 else (), place=place)
            for place in range(sections)
        ),
        findings=(*main, asked),
        questions=(asked,),
        not_run=(
            NotRun(
                Kind.ALIKE_STUDENTS,
                Text(
                    "Published files hold no students, so alike students cannot be"
                    " compared.",
                    "Los archivos publicados no contienen estudiantes, así que no se"
                    " puede comparar a estudiantes parecidos.",
                ),
            ),
        ),
        schools=SCHOOLS,
        facts=facts(),
        sources=(
            SourceNote(
                "suspension.csv",
                Text("Suspension, California", "Suspensiones, California"),
                571,
                "ab" * 32,
            ),
        ),
        snapshot=SNAPSHOT,
    )


def one_school_review() -> Review:
    """A district of one school, with few years and no questions."""
    review = example_review(sections=1)
    return replace(
        review,
        years=(2024,),
        main=review.main[:1],
        findings=review.findings[:1],
        questions=(),
        not_run=(),
        schools=SCHOOLS[:1],
    )


def nothing_found_review() -> Review:
    """A district where no difference is clear."""
    review = example_review(sections=1)
    nothing = replace(
        review.sections[0], findings=(), picture=None, evidence=(), context=()
    )
    return replace(
        review,
        main=(),
        findings=(),
        questions=(),
        sections=(nothing,),
        schools=(),
        sources=(),
        snapshot=None,
    )
