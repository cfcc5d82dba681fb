"""California's published families that share one reading, declared.

Column names are folded: lower case, no spaces, no punctuation. The first name of each
tuple is the state's own; the others were seen in copies and in later years.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from evenrise.records.sources.california.codes import (
    AUTHORITY,
    CENSUS_CATEGORIES,
    CENSUS_SILENT_PREFIXES,
    GROUP_WORDS,
    NOT_REPORTED_BY_TYPE,
    REPORTING_CATEGORIES,
)
from evenrise.records.sources.california.family import YEARLY, Family, card
from evenrise.records.sources.cells import number
from evenrise.records.sources.published.job import Columns, Job
from evenrise.records.sources.published.measured import Measure
from evenrise.records.sql import literal


CENSUS_GRADES = {
    "grtk": "TK",
    "grkn": "KG",
    **{f"gr{number:02d}": f"{number:02d}" for number in range(1, 13)},
}


def _grades(job: Job, placed: str) -> None:
    """Enrolment by grade, from the row of all students."""
    selects = [
        f"""SELECT c._file, c._row, 'enrollment' AS indicator,
            1 AS definition_version, {literal(AUTHORITY)} AS authority,
            school_year, level, organization_id, organization_name, district_id,
            'grade' AS group_family, {literal(grade)} AS "group",
            {number(f"r.{column}")} AS denominator, 'reported' AS status
        FROM {placed} AS c JOIN {job.rows} AS r USING (_row)
        WHERE c.group_family = 'all' AND charter_all AND organization_id IS NOT NULL
            AND school_year IS NOT NULL AND {number(f"r.{column}")} IS NOT NULL"""
        for column, grade in CENSUS_GRADES.items()
        if column in job.columns.written
    ]
    if selects:
        job.desk.facts(" UNION ALL ".join(selects))


GRADUATES = (
    "regularhsdiplomagraduatescount",
    "hsgradco",
    "hsgradcount",
    "graduatescount",
    "graduates",
)
COHORT = ("cohortstudents", "cohort", "cohortstudentscount")
ELIGIBLE = (
    "chronicabsenteeismeligiblecumulativeenrollment",
    "chronicabsenteeismeligibleenrollment",
    "chronicabsenteeismeligiblecumula",  # cut off by a database of ten years ago
    "eligiblecumulativeenrollment",
    "cumulativeenrollment",  # the first two years of the file
)
UNDUPLICATED = (
    "unduplicatedcountofstudentssuspendedtotal",
    "unduplicatedsuspensions",
    "unduplicatedcountofstudentssuspended",
)


def _worded(columns: Columns) -> str:
    """The group in words, folded; "not reported" goes with its category's type."""
    group = _folded(columns.sql(("subgroup",)))
    kind = _folded(columns.sql(("categorytype", "category")))
    return (
        f"CASE WHEN {group} = 'notreported' THEN 'notreported:' || "
        f"coalesce({kind}, '') ELSE {group} END"
    )


def _folded(sql: str) -> str:
    return f"regexp_replace(lower({sql}), '[^a-z]', '', 'g')"


GRADUATION = Family(
    card=card(
        "graduation",
        ("Four-year cohort graduation", "Graduación de la cohorte de cuatro años"),
        (
            (
                "The state's adjusted cohort graduation rate file: graduates, A-G "
                "completion, Seal of Biliteracy and dropouts of a cohort, by school "
                "and group."
            ),
            (
                "El archivo estatal de graduación de la cohorte ajustada: graduados, "
                "cursos A-G, Sello de Alfabetización Bilingüe y abandono, por "
                "escuela y grupo."
            ),
        ),
        YEARLY,
    ),
    needs=(COHORT, GRADUATES, ("reportingcategory",)),
    codes=REPORTING_CATEGORIES,
    total_from="gender",
    measures=(
        Measure(
            name="graduation",
            indicator="graduation",
            count=GRADUATES,
            students=COHORT,
            rate=("regularhsdiplomagraduatesrate", "hsgradra", "hsgradrate"),
        ),
        # The state divides A-G completers and Seals by graduates, not by the cohort.
        Measure(
            name="a_g",
            indicator="a_g_completion",
            count=("metuccsugradreqscount", "metuccsureqco", "metuccsureqcount"),
            students=GRADUATES,
            rate=("metuccsugradreqsrate", "metuccsureqra", "metuccsureqrate"),
        ),
        Measure(
            name="seal",
            indicator="biliteracy_seal",
            count=("sealofbiliteracycount", "sealofbiliteracyco"),
            students=GRADUATES,
            rate=("sealofbiliteracyrate", "sealofbiliteracyra"),
        ),
        Measure(
            name="left",
            indicator="dropout_cohort",
            count=("dropoutcount", "dropoutco"),
            students=COHORT,
            rate=("dropoutrate", "dropoutra"),
        ),
    ),
)

SUSPENSION = Family(
    card=card(
        "suspension",
        ("Suspensions", "Suspensiones"),
        (
            (
                "The state's suspension file: students suspended at least once, and "
                "all students enrolled at any time in the year, by school and group."
            ),
            (
                "El archivo estatal de suspensiones: estudiantes suspendidos al "
                "menos una vez y todo el estudiantado inscrito en el año, por "
                "escuela y grupo."
            ),
        ),
        YEARLY,
    ),
    needs=(UNDUPLICATED, ("cumulativeenrollment",), ("reportingcategory",)),
    codes=REPORTING_CATEGORIES,
    roll_up=True,
    measures=(
        Measure(
            name="suspended",
            indicator="suspension",
            count=UNDUPLICATED,
            students=("cumulativeenrollment",),
            rate=("suspensionratetotal", "suspensionrate"),
        ),
    ),
)

SUSPENSION_BY_GROUP = Family(
    card=card(
        "suspension_by_group",
        ("Suspensions, one row a group", "Suspensiones, una fila por grupo"),
        (
            (
                "A long copy of the state's suspension file, with the groups in words "
                "(category type and subgroup)."
            ),
            (
                "Una copia larga del archivo estatal de suspensiones, con los grupos "
                "en palabras (tipo de categoría y subgrupo)."
            ),
        ),
        YEARLY,
    ),
    needs=(UNDUPLICATED, ("cumulativeenrollment",), ("subgroup",)),
    forbids=("reportingcategory",),
    category=("subgroup",),
    key=_worded,
    codes={
        **GROUP_WORDS,
        **{
            f"notreported:{kind}": group for kind, group in NOT_REPORTED_BY_TYPE.items()
        },
    },
    roll_up=True,
    measures=(
        Measure(
            name="suspended",
            indicator="suspension",
            count=UNDUPLICATED,
            students=("cumulativeenrollment",),
            rate=("rate",),
            rate_of_events=True,
        ),
    ),
)

CHRONIC_ABSENCE = Family(
    card=card(
        "chronic_absence",
        ("Chronic absence", "Ausentismo crónico"),
        (
            (
                "The state's chronic absenteeism file: students absent on 10 per "
                "cent or more of their days, by school and group."
            ),
            (
                "El archivo estatal de ausentismo crónico: estudiantes ausentes el "
                "10 por ciento o más de sus días, por escuela y grupo."
            ),
        ),
        YEARLY,
    ),
    needs=(ELIGIBLE, ("chronicabsenteeismcount",)),
    codes=REPORTING_CATEGORIES,
    roll_up=True,
    measures=(
        Measure(
            name="absent",
            indicator="chronic_absence",
            count=("chronicabsenteeismcount",),
            students=ELIGIBLE,
            rate=("chronicabsenteeismrate",),
        ),
    ),
)

ENROLLMENT = Family(
    card=card(
        "enrollment",
        ("Census-day enrolment", "Matrícula del día del censo"),
        (
            (
                "The state's count of students on the first Wednesday in October, by "
                "school and group."
            ),
            (
                "El conteo estatal de estudiantes el primer miércoles de octubre, por "
                "escuela y grupo."
            ),
        ),
        YEARLY,
    ),
    needs=(("totalenr", "totalenrollment"), ("reportingcategory",)),
    codes=CENSUS_CATEGORIES,
    silent=CENSUS_SILENT_PREFIXES,
    besides=_grades,
    measures=(
        Measure(
            name="enrolled",
            indicator="enrollment",
            students=("totalenr", "totalenrollment"),
        ),
    ),
)
