"""District profiles of the state's open data: one row a district, many indicators.

"California School District Areas" of each year: enrolment by group, and rates with the
students they are of. The counts behind the rates are not printed; they are worked out
from the rate to one decimal, which is exact to a student for districts of up to about
a thousand and within one in two thousand above. The rate of A-G completion is of
graduates, so its students are the graduates worked out first.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from evenrise.records.sources.california.codes import ALL, AUTHORITY
from evenrise.records.sources.california.family import YEARLY, Family, card
from evenrise.records.sources.cells import number
from evenrise.records.sources.published.job import Job
from evenrise.records.sources.published.measured import Measure
from evenrise.records.sql import literal


_GROUPS = {
    "enrolltotal": ALL,
    "aacount": ("race_ethnicity", "black"),
    "aicount": ("race_ethnicity", "american_indian"),
    "ascount": ("race_ethnicity", "asian"),
    "ficount": ("race_ethnicity", "filipino"),
    "hicount": ("race_ethnicity", "hispanic"),
    "mrcount": ("race_ethnicity", "two_or_more"),
    "picount": ("race_ethnicity", "pacific_islander"),
    "whcount": ("race_ethnicity", "white"),
    "nrcount": ("race_ethnicity", "not_reported"),
    "elcount": ("english_learner", "english_learner"),
    "foscount": ("foster", "foster"),
    "homcount": ("homeless", "homeless"),
    "migcount": ("migrant", "migrant"),
    "swdcount": ("disability", "disability"),
    "sedcount": ("low_income", "low_income"),
}


def _rate(name: str, indicator: str, rate: str, students: str) -> Measure:
    return Measure(
        name=name, indicator=indicator, rate=(rate,), students=(students,), whole=100
    )


def _enrolment(job: Job, placed: str) -> None:
    """Enrolment by group, from the wide columns."""
    selects = [
        f"""SELECT p._file, p._row, 'enrollment' AS indicator,
            1 AS definition_version, {literal(AUTHORITY)} AS authority,
            school_year, level, organization_id, organization_name, district_id,
            {literal(family)} AS group_family, {literal(group)} AS "group",
            {number(f"r.{column}")} AS denominator, 'reported' AS status
        FROM {placed} AS p JOIN {job.rows} AS r USING (_row)
        WHERE {number(f"r.{column}")} IS NOT NULL
            AND organization_id IS NOT NULL AND school_year IS NOT NULL"""
        for column, (family, group) in _GROUPS.items()
        if column in job.columns.written
    ]
    job.desk.facts(" UNION ALL ".join(selects))


PROFILE = Family(
    card=card(
        "district_profile",
        ("District profiles", "Perfiles de distrito"),
        (
            (
                "The state's open data on every district: enrolment by group, absence, "
                "suspension, graduation and test results."
            ),
            (
                "Los datos abiertos del estado sobre cada distrito: matrícula por "
                "grupo, ausentismo, suspensión, graduación y pruebas."
            ),
        ),
        YEARLY,
    ),
    needs=(("enrolltotal",), ("sedcount",), ("cdscode",)),
    besides=_enrolment,
    category=(),
    codes={"ALL": ALL},
    measures=(
        _rate("absent", "chronic_absence", "absentpct", "absenteligcount"),
        _rate("suspended", "suspension", "susppct", "enrollcumulative"),
        _rate("graduated", "graduation", "gradpct", "gradcohortcount"),
        Measure(
            name="a_g",
            indicator="a_g_completion",
            rate=("uccsureqmetpct",),
            students_sql=(
                f"CAST(round({number('gradpct')} * {number('gradcohortcount')} / 100) "
                "AS VARCHAR)"
            ),
        ),
        _rate("left", "dropout_cohort", "dropoutpct", "gradcohortcount"),
        _rate("ela", "met_standard_ela", "elastdmetpct", "elatested"),
        _rate("math", "met_standard_math", "mathstdmetpct", "mathtested"),
    ),
)
