"""CAASPP research files: who met the standard in reading and in mathematics.

One row a school, test, grade and student group, comma in the files to 2021 and `^`
since 2022, when their column names changed too. Grade 13 is all grades together. Test
1 is English language arts, 2 mathematics (Smarter Balanced); the alternate assessments
and science are other scales and are left out. The older files print a percentage and
the students with scores, so the count is worked out to the nearest student. The lookup
files beside them (entities, student groups, tests) give the names.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.california import places
from evenrise.records.sources.california.codes import (
    LEVELS,
    TEST_ALL_GRADES,
    TEST_GROUPS,
    TEST_INDICATORS,
    GroupCodes,
)
from evenrise.records.sources.california.family import YEARLY, Family, card
from evenrise.records.sources.cells import lookup
from evenrise.records.sources.published.job import Columns, Job
from evenrise.records.sources.published.measured import Measure
from evenrise.vocabulary.text import Text


GROUP_ID = ("studentgroupid", "subgroupid", "demographicid")
TEST_ID = ("testid",)
_PLAIN = "ltrim(split_part({}, '.', 1), '0')"
_GRADES: GroupCodes = {
    f"grade {number}": ("grade", f"{number:02d}") for number in range(3, 13)
}
_OTHER: GroupCodes = {"other grade": None, "other test": None}


def _key(columns: Columns) -> str:
    """Student group for all grades; grade for all students; the rest is apart."""
    group = _PLAIN.format(columns.sql(GROUP_ID))
    grade = _PLAIN.format(columns.sql(("grade",)))
    test = _PLAIN.format(columns.sql(TEST_ID))
    return f"""CASE WHEN {test} NOT IN ('1', '2') THEN 'other test'
        WHEN {grade} = '{TEST_ALL_GRADES}' THEN {group}
        WHEN {group} = '1' THEN 'grade ' || {grade} ELSE 'other grade' END"""


RESEARCH = Family(
    card=card(
        "caaspp",
        ("CAASPP test results", "Resultados de las pruebas CAASPP"),
        (
            (
                "The state's research files: students tested and the share who met the "
                "standard in English language arts and mathematics."
            ),
            (
                "Los archivos de investigación del estado: estudiantes evaluados y "
                "proporción que alcanzó el estándar en inglés y matemáticas."
            ),
        ),
        YEARLY,
    ),
    needs=(
        GROUP_ID,
        TEST_ID,
        ("grade",),
        ("percentagestandardmetandabove", "countstandardmetandabove"),
    ),
    category=GROUP_ID,
    key=_key,
    codes={**TEST_GROUPS, **_GRADES, **_OTHER},
    measures=(
        Measure(
            name="met",
            indicator=lookup(_PLAIN.format('"testid"'), dict(TEST_INDICATORS)),
            chosen_by_row=True,
            count=("countstandardmetandabove",),
            students=(
                "studentswithscores",
                "totalstudentstestedwithscores",
                "totaltestedwithscoresatreportinglevel",
                "totaltestedwithscores",
            ),
            rate=("percentagestandardmetandabove",),
        ),
    ),
)


@dataclass(slots=True)
class Lookups:
    """Entities, student groups and tests: the names that go with the results."""

    card: SourceCard

    def recognise(self, member: Member) -> float:
        """Certain for each of the three files by its columns."""
        folded = frozenset(member.folded)
        entities = folded >= {
            "countycode",
            "districtcode",
            "schoolcode",
            "typeid",
            "districtname",
        }
        if entities and "testid" not in folded:
            return CERTAIN
        groups = folded >= {"demographicid", "demographicname"}
        tests = folded >= {"testid", "testname"} and len(folded) <= 4
        return CERTAIN if groups or tests else NOT_MINE

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Names of organizations; the other two files are only acknowledged."""
        for member in members:
            if "typeid" in member.folded:
                self.entities(Job.of(member, desk))
            else:
                desk.rows(member)
                desk.matched(member, dict.fromkeys(member.header, "a lookup"))
                desk.note(
                    member,
                    Text(
                        "A table of codes: it holds no figures to keep.",
                        "Una tabla de códigos: no trae cifras que guardar.",
                    ),
                )

    def entities(self, job: Job) -> None:
        """Every county, district and school with its name."""
        columns = job.columns
        parts = places.parts(columns)
        placed = job.make(
            f"{job.rows}_placed",
            f"""
            WITH raw AS (SELECT _file, _row, {parts["county"]} AS county,
                {parts["district"]} AS district, {parts["school"]} AS school,
                {lookup("typeid", dict(LEVELS))} AS level,
                {columns.sql(places.COUNTY_NAME)} AS county_name,
                {columns.sql(places.DISTRICT_NAME)} AS district_name,
                {columns.sql(places.SCHOOL_NAME)} AS school_name FROM {job.rows})
            SELECT _file, _row, level, {places.organization()} FROM raw""",
        )
        used = {
            "county": places.COUNTY,
            "district": places.DISTRICT,
            "school": places.SCHOOL,
            "level": ("typeid",),
            "county name": places.COUNTY_NAME,
            "district name": places.DISTRICT_NAME,
            "school name": places.SCHOOL_NAME,
        }
        job.desk.matched(
            job.member,
            {
                columns.written[name]: use
                for use, names in used.items()
                if (name := columns.first(names))
            },
        )
        (told,) = job.numbers(f"""
            SELECT count(DISTINCT organization_id) FROM {placed}
            WHERE organization_name IS NOT NULL AND level IS NOT NULL""")
        job.note(
            f"The names of {told:,} schools, districts and counties were taken from "
            "it; it holds no figures to keep.",
            f"De él se tomaron los nombres de {told:,} escuelas, distritos y condados; "
            "no trae cifras que guardar.",
        )
        job.desk.organizations(f"""
            SELECT level, organization_id, any_value(organization_name) AS name,
                any_value(district_id) AS district_id FROM {placed}
            WHERE organization_name IS NOT NULL AND organization_id IS NOT NULL
                AND level IS NOT NULL
            GROUP BY level, organization_id""")


LOOKUPS = Lookups(
    card(
        "caaspp_lookups",
        ("Names of schools and districts", "Nombres de escuelas y distritos"),
        (
            (
                "The lookup files of the state's test results: entities, student "
                "groups and tests."
            ),
            (
                "Las tablas de nombres de los resultados estatales: entidades, "
                "grupos y pruebas."
            ),
        ),
        YEARLY,
    )
)
