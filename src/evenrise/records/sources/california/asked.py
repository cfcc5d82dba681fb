"""What a California file leaves to be told, refused or asked about."""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

import re
from collections.abc import Sequence

from evenrise.records.files.member import Member
from evenrise.records.report import Severity
from evenrise.records.sources.base import Desk
from evenrise.records.sources.california import places
from evenrise.records.sources.california.codes import GroupCodes
from evenrise.records.sources.cells import NO_YEAR, distinct, lookup, school_years
from evenrise.records.sources.doubts import doubts
from evenrise.records.sources.published.job import Job
from evenrise.records.sources.published.measured import Measure
from evenrise.records.sql import literal, told
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


_YEAR_IN_NAME = re.compile(
    r"(?<!\d)(\d{4}[-_]\d{4}|\d{4}[-_]\d{2}|\d{8}|\d{4}|\d{2})(?!\d)"
)
_MOST_NAMED = 8


def year_from_name(job: Job) -> int | None:
    """The school year that a file without a year column carries in its name.

    `cohort1819_Final.xlsx!cohort1819` is 2018-19. Two digits are a spring
    (`chronicabsenteeism25`). Noted, as it is the only thing read from a name.
    """
    for written in _YEAR_IN_NAME.findall(job.member.name.replace("\\", "/")):
        try:
            year = SchoolYear.parse(f"20{written}" if len(written) == 2 else written)
        except ValueError:
            continue
        job.note(
            f"The file has no column for the year; {year.label} was read from its "
            "name.",
            f"El archivo no tiene columna de año; {year.label} se leyó de su nombre.",
        )
        return year.spring
    job.ask(
        "no_year",
        Text(
            "The file says nowhere which school year it is about, so none of it "
            "could be used. Put the year into its name, such as 2018-19.",
            "El archivo no dice de qué año escolar es, así que no se pudo usar. "
            "Ponga el año en su nombre, por ejemplo 2018-19.",
        ),
        "",
        Severity.SERIOUS,
    )
    return None


def year_sql(job: Job) -> str:
    """SQL for the school year: the file's own column, else the file's name."""
    if job.columns.first(places.YEAR) is None:
        return literal(year_from_name(job)) + "::INTEGER"
    written = job.columns.sql(places.YEAR)
    springs = school_years(distinct(job.desk.con, job.rows, written))
    return lookup(written, dict(springs)) + "::INTEGER"


_NO_CODE = Text(
    "is not a county, district and school code: a spreadsheet may have shortened it",
    "no es un código de condado, distrito y escuela: quizá una hoja de cálculo lo "
    "acortó",
)


def refuse_unplaced(job: Job, placed: str) -> None:
    """Refuse rows without a believable place, and rows without a school year."""
    columns, written = job.columns, job.columns.written
    where = columns.first(places.WHOLE) or columns.first(places.DISTRICT) or ""
    job.desk.refuse_many(f"""
        SELECT _file, _row, {literal(written.get(where, where))} AS "column",
            {told(_NO_CODE)} AS reason
        FROM {placed} WHERE organization_id IS NULL""")
    year = columns.first(places.YEAR)
    if year is not None:
        job.desk.refuse_many(f"""
            SELECT _file, _row, {literal(written[year])} AS "column",
                {told(NO_YEAR, "coalesce(year_written, '–')")} AS reason
            FROM {placed}
            WHERE organization_id IS NOT NULL AND school_year IS NULL""")


def note_shortened(job: Job, placed: str) -> None:
    """Tell that leading zeros were restored, and in how many rows."""
    row = job.numbers(
        f"SELECT count(*) FROM {placed} WHERE shortened AND organization_id IS NOT NULL"
    )
    if row and row[0]:
        job.note(
            f"In {row[0]} rows a county, district or school code had lost its "
            "leading zeros or gained a decimal; it was restored.",
            f"En {row[0]} filas un código de condado, distrito o escuela había "
            "perdido sus ceros iniciales o tenía un decimal; se restauró.",
        )


def about_new_codes(
    job: Job, placed: str, codes: GroupCodes, silent: tuple[str, ...]
) -> None:
    """Ask about group codes that stand in no table; their rows are left out."""
    unknown = [
        (str(code), int(count))
        for code, count in job.desk.con.execute(f"""
            SELECT coalesce(code, '(blank)'), count(*) FROM {placed}
            WHERE group_family IS NULL GROUP BY 1 ORDER BY 1""").fetchall()
        if code not in codes and not str(code).startswith(silent or ("\0",))
    ]
    if unknown:
        named = ", ".join(code for code, _ in unknown[:_MOST_NAMED])
        more = ", ..." if len(unknown) > _MOST_NAMED else ""
        rows = sum(count for _, count in unknown)
        job.ask(
            "new_group_code",
            Text(
                f"The group codes {named}{more} were seen for the first time; "
                f"their {rows} rows were left out. Which groups are they?",
                f"Los códigos de grupo {named}{more} se vieron por primera vez; "
                f"sus {rows} filas no se usaron. ¿Qué grupos son?",
            ),
            f"{rows} rows",
        )


def choose_rows(job: Job, placed: str, first: Measure) -> str:
    """One row a key: the All row of charter and DASS, else the largest.

    At county, district and state a file with a charter column must have an All row;
    a school is wholly charter or not, so its only row will do.
    """
    chosen = f"{placed}_chosen"
    key = f"school_year, organization_id, level, code, {first.name}_i"
    # The window sees narrow rows; whole ones would be copied through the sort.
    job.make(
        chosen,
        f"""
        SELECT whole_row.*, alike FROM {placed} AS whole_row JOIN (
            SELECT _row, row_number() OVER (PARTITION BY {key} ORDER BY whole DESC,
                    students DESC NULLS LAST, _row) AS place,
                count(*) FILTER (WHERE whole) OVER (PARTITION BY {key}) AS alike
            FROM (SELECT _row, {key}, charter_all AND dass_all AS whole,
                    {first.weight()} AS students
                FROM {placed} WHERE organization_id IS NOT NULL
                AND school_year IS NOT NULL AND group_family IS NOT NULL)
            WHERE whole OR level = 'school') USING (_row)
        WHERE place = 1""",
    )
    _tell_repeats(job, chosen)
    _tell_parts(job, placed, chosen)
    return chosen


def _tell_repeats(job: Job, chosen: str) -> None:
    row = job.numbers(f"""
        SELECT count(*), sum(alike), min(_row) FROM {chosen} WHERE alike > 1
        """)
    keys, rows, first = row or (0, 0, 0)
    if not keys:
        return
    absent = [
        name
        for name, names in (("charter", places.CHARTER), ("DASS", places.DASS))
        if job.columns.first(names) is None
    ]
    because = (
        (
            (
                f" The file has no {' or '.join(absent)} column, so parts look like "
                "their whole."
            ),
            (
                f" El archivo no tiene la columna {' ni '.join(absent)}, así que las "
                "partes se confunden con su total."
            ),
        )
        if absent
        else ("", "")
    )
    job.ask(
        "keys_repeat",
        Text(
            f"{rows:,} rows repeat the organization and group of another row "
            f"({keys:,} different ones).{because[0]} Of each, the row with the most "
            "students was used, as a whole is never smaller than its parts; "
            "nothing was added.",
            f"{rows:,} filas repiten la organización y el grupo de otra "
            f"({keys:,} distintas).{because[1]} De cada una se usó la fila con más "
            "estudiantes, porque un total nunca es menor que sus partes; no se "
            "sumó nada.",
        ),
        f"{rows} rows, {job.first(first)}",
    )


def _tell_parts(job: Job, placed: str, chosen: str) -> None:
    row = job.numbers(f"""
        SELECT count(*) FILTER (WHERE NOT (charter_all AND dass_all)),
            (SELECT count(DISTINCT (school_year, level, organization_id, code))
             FROM {placed} AS p WHERE level <> 'school' AND group_family IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM {chosen} AS c
                WHERE c.organization_id = p.organization_id AND c.code = p.code
                AND c.school_year = p.school_year AND c.level = p.level)
                AND organization_id IS NOT NULL AND school_year IS NOT NULL)
        FROM {placed}""")
    parts, lost = row or (0, 0)
    if parts:
        job.note(
            f"{parts} rows are parts (charter or not, alternative or not) of an "
            "All row; the All rows were used and nothing was added.",
            f"{parts} filas son partes (chárter o no, alternativa o no) de una "
            "fila «All»; se usaron las filas «All» y no se sumó nada.",
        )
    if lost:
        job.ask(
            "no_all_row",
            Text(
                f"For {lost} organizations and groups the file has rows for parts "
                "(charter or not, alternative or not) but none for All. They were "
                "left out, since the parts may not be all there.",
                f"Para {lost} organizaciones y grupos el archivo trae filas de "
                "partes (chárter o no, alternativa o no) pero ninguna «All». No se "
                "usaron, porque quizá no están todas las partes.",
            ),
            f"{lost} organizations and groups",
        )


def about_facts(desk: Desk, members: Sequence[Member], tables: Sequence[str]) -> None:
    """Ask about facts that are hard to believe, over all members together."""
    names = {
        int(row[0]): member
        for member, table in zip(members, tables, strict=True)
        for row in desk.con.execute(f"SELECT min(_file) FROM {table}").fetchall()
        if row[0] is not None
    }
    for question in doubts(desk.con, tables, names):
        desk.question(question)
