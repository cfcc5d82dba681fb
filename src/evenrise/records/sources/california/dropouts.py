"""Annual dropouts: one row a school, race and gender, one column a grade.

`E9` to `E12` and `EUS` are students enrolled on the census day, `D9` to `DUS` those who
left; `ETOT` and `DTOT` are grades 9 to 12 (with ungraded secondary students), so grades
7 and 8 are read for nothing. The file has schools only: districts, counties and the
state are sums, and counties and the state only where all 58 counties are in the file.
The rate is dropouts over enrolment, as the state's own (2.4 per cent in 2016-17).
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.california import asked, places
from evenrise.records.sources.california.codes import (
    AUTHORITY,
    COUNTIES,
    DROPOUT_GENDERS,
    DROPOUT_RACES,
    STATE_ID,
    STATE_NAME,
)
from evenrise.records.sources.california.family import YEARLY, card
from evenrise.records.sources.cells import distinct, lookup
from evenrise.records.sources.published.job import Job
from evenrise.records.sql import literal
from evenrise.vocabulary.text import Text


GRADES = ("9", "10", "11", "12")
_NEEDS = {"ethnic", "gender", "etot", "dtot"}
_NEEDS |= {f"{letter}{grade}" for letter in "ed" for grade in GRADES}


# Level, the columns that tell its organizations apart, and their id.
_LEVELS = (
    ("school", "county, district, school, ", "county || district || school"),
    ("district", "county, district, ", "county || district"),
    ("county", "county, ", "county"),
    ("state", "", literal(STATE_ID)),
)


@dataclass(slots=True)
class Dropouts:
    """The state's file of annual dropouts by school, race, gender and grade."""

    card: SourceCard

    def recognise(self, member: Member) -> float:
        """Certain when code, race, gender and the grades' columns are all there."""
        folded = frozenset(member.folded)
        mine = folded >= _NEEDS and places.has_place(folded)
        return CERTAIN if mine else NOT_MINE

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Facts of every member."""
        for member in members:
            self.read_one(Job.of(member, desk))

    def read_one(self, job: Job) -> None:
        """One member: clean the rows, then count all groups in one pass."""
        job.desk.matched(job.member, _used(job))
        schools = job.make(f"{job.rows}_placed", _placed(job))
        asked.refuse_unplaced(job, schools)
        asked.note_shortened(job, schools)
        _ask_codes(job, schools)
        _ask_totals(job, schools)
        facts = job.make(f"{job.rows}_facts", _facts(_wide(job, schools)))
        _ask_more_than_enrolled(job, facts)
        job.desk.facts(f"SELECT * FROM {facts}")
        asked.about_facts(job.desk, [job.member], [facts])


def _used(job: Job) -> dict[str, str]:
    written = job.columns.written
    used = {
        "school_year": places.YEAR,
        "cds": places.WHOLE,
        "county": places.COUNTY,
        "district": places.DISTRICT,
        "school": places.SCHOOL,
        "race and ethnicity": ("ethnic",),
        "gender": ("gender",),
        "enrolled, grades 9-12": ("etot",),
        "dropouts, grades 9-12": ("dtot",),
    }
    for letter, what in (("e", "enrolled"), ("d", "dropouts")):
        used |= {f"{what}, grade {g}": (f"{letter}{g}",) for g in GRADES}
        used[f"{what}, ungraded"] = (f"{letter}us",)
    found = {use: job.columns.first(names) for use, names in used.items()}
    return {written[name]: use for use, name in found.items() if name}


def _placed(job: Job) -> str:
    parts = places.parts(job.columns)
    written = job.columns.sql(places.YEAR)
    year = asked.year_sql(job)
    counts = ", ".join(
        f"TRY_CAST({name} AS DOUBLE) AS {name}"
        for letter in "ed"
        for name in (*(f"{letter}{grade}" for grade in GRADES), f"{letter}tot")
    )
    return f"""
        SELECT _file, _row, {written} AS year_written,
            {year} AS school_year,
            {parts["county"]} AS county, {parts["district"]} AS district,
            {parts["school"]} AS school,
            county || district || school AS organization_id,
            {places.shortened(job.columns)} AS shortened,
            ethnic AS ethnic_written, upper(gender) AS gender_written,
            {lookup("split_part(ethnic, '.', 1)", dict(DROPOUT_RACES))} AS race,
            {lookup("upper(gender)", dict(DROPOUT_GENDERS))} AS gender, {counts}
        FROM {job.rows}"""


def _ask_codes(job: Job, schools: str) -> None:
    for what, written, read in (
        ("ETHNIC", "ethnic_written", "race"),
        ("GENDER", "gender_written", "gender"),
    ):
        codes = distinct(
            job.desk.con, f"(SELECT * FROM {schools} WHERE {read} IS NULL)", written
        )
        if codes:
            named = ", ".join(codes[:8])
            job.ask(
                "new_group_code",
                Text(
                    f"The {what} codes {named} were seen for the first time. Their "
                    "students count among all students only.",
                    f"Los códigos {named} de {what} se vieron por primera vez. Sus "
                    "estudiantes solo cuentan en el total.",
                ),
                f"column {what}",
            )


def _ask_totals(job: Job, schools: str) -> None:
    """Rows where the grades add up to more than the printed total."""
    e, d = (" + ".join(f"{letter}{g}" for g in GRADES) for letter in "ed")
    count, first = job.numbers(f"""
        SELECT count(*), min(_row) FROM {schools}
        WHERE {e} > etot OR {d} > dtot""")
    if count:
        job.ask(
            "total_disagrees",
            Text(
                f"In {count:.0f} rows grades 9 to 12 add up to more than the row's own "
                "total. The totals were used for all grades together.",
                f"En {count:.0f} filas los grados 9 a 12 suman más que el total de la "
                "fila. Para todos los grados juntos se usaron los totales.",
            ),
            f"{count:.0f} rows, {job.first(first)}",
        )


def _wide(job: Job, schools: str) -> str:
    """One row an organization and group (race, gender, both or neither).

    Each level is added up from the level below it, which is the smaller table.
    """
    sums = ", ".join(
        f"sum({letter}{part}) AS {letter}{part}"
        for letter in "ed"
        for part in (*GRADES, "tot")
    )
    start = (
        f"(SELECT * FROM {schools} WHERE organization_id IS NOT NULL "
        "AND school_year IS NOT NULL)"
    )
    below, queries = start, []
    for level, keys, code in _LEVELS:
        if level == "county" and not _whole_state(job, below):
            break
        group = f"school_year, {keys}race, gender"
        below = job.make(
            f"{job.rows}_{level}",
            f"SELECT min(_file) AS _file, min(_row) AS _row, {group}, {sums} "
            f"FROM {below} GROUP BY {group}",
        )
        queries.append(f"""
            SELECT {literal(level)} AS level, min(_file) AS _file, min(_row) AS _row,
                school_year, {code} AS organization_id,
                {_district(level)} AS district_id, race, gender,
                grouping(race) AS any_race, grouping(gender) AS any_gender, {sums}
            FROM {below} GROUP BY GROUPING SETS ({_sets(keys)})""")
    return job.make(f"{job.rows}_wide", " UNION ALL ".join(queries))


def _whole_state(job: Job, districts: str) -> bool:
    """Whether all counties are there; else a sum would pass for the state."""
    counties = job.numbers(f"SELECT count(DISTINCT county) FROM {districts}")[0]
    return bool(counties == COUNTIES)


def _sets(keys: str) -> str:
    """Grouping sets of an organization: all, race, gender, race by gender."""
    front = f"school_year, {keys}".rstrip(", ")
    groups = ("", ", race", ", gender", ", race, gender")
    return ", ".join(f"({front}{group})" for group in groups)


def _district(level: str) -> str:
    both = "county || district"
    return both if level in ("school", "district") else "NULL::VARCHAR"


def _facts(wide: str) -> str:
    grades = " UNION ALL ".join(
        f"""SELECT * REPLACE (e{g} AS etot, d{g} AS dtot), 'grade' AS group_family,
            '{int(g):02d}' AS "group"
        FROM {wide} WHERE any_race = 1 AND any_gender = 1"""
        for g in GRADES
    )
    return f"""
        SELECT _file, _row, 'dropout' AS indicator, 1 AS definition_version,
            {literal(AUTHORITY)} AS authority, school_year, level, organization_id,
            CASE WHEN level = 'state' THEN {literal(STATE_NAME)}
                WHEN level = 'school' AND organization_id LIKE '%0000001'
                THEN {literal(places.NONPUBLIC_NAME)} END AS organization_name,
            district_id, group_family, "group", dtot AS numerator,
            etot AS denominator,
            CASE WHEN etot > 0 AND dtot <= etot THEN dtot / etot END AS value,
            CASE WHEN etot > 0 AND dtot <= etot THEN 'reported'
                ELSE 'not_applicable' END AS status
        FROM (
            SELECT *, CASE WHEN any_race = 1 AND any_gender = 1 THEN 'all'
                WHEN any_gender = 1 THEN 'race_ethnicity'
                WHEN any_race = 1 THEN 'gender'
                ELSE 'race_ethnicity*gender' END AS group_family,
                CASE WHEN any_race = 1 AND any_gender = 1 THEN 'all'
                WHEN any_gender = 1 THEN race WHEN any_race = 1 THEN gender
                ELSE race || '*' || gender END AS "group"
            FROM {wide}
            UNION ALL {grades})
        WHERE "group" IS NOT NULL AND (etot > 0 OR dtot > 0)"""


def _ask_more_than_enrolled(job: Job, facts: str) -> None:
    """More dropouts than students on the census day: counted above, no rate here."""
    count, schools = job.numbers(f"""
        SELECT count(*), count(DISTINCT organization_id) FROM {facts}
        WHERE status = 'not_applicable'""")
    if count:
        job.note(
            f"{schools:.0f} organizations have a group with more dropouts in the year "
            f"than students on the census day ({count:.0f} rows, mostly schools that "
            "students join during the year). They count in every sum but get no rate.",
            f"{schools:.0f} organizaciones tienen un grupo con más abandonos en el año "
            f"que estudiantes el día del censo ({count:.0f} filas, sobre todo escuelas "
            "a las que se llega durante el año). Cuentan en las sumas, pero sin tasa.",
        )


DROPOUTS = Dropouts(
    card(
        "dropouts",
        ("Annual dropouts", "Abandono anual"),
        (
            (
                "The state's file of enrolment and dropouts by school, race, gender "
                "and grade."
            ),
            (
                "El archivo estatal de matrícula y abandono por escuela, raza, "
                "género y grado."
            ),
        ),
        YEARLY,
    )
)
