"""From a count, the students counted and a printed rate to facts with a status."""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenrise.records.report import Severity
from evenrise.records.sources.cells import NO_MARK, marked, number
from evenrise.records.sources.published.job import Columns, Job
from evenrise.records.sql import literal, told
from evenrise.vocabulary.text import Text


# A school that hides a group has at most this many of its students (California hides
# 10 or fewer), so a sum over schools is short by at most this many for each.
HIDDEN_AT_MOST = 10
# A sum over schools is told only when the hidden students can be at most this share.
HIDDEN_SHARE = 0.1
# Printed rates are rounded to a tenth of a point; allow for it twice.
ROUNDING = 0.0011
WHOLE_POINTS = 0.0055  # and in files that print whole per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One indicator in a file: its count, the students counted, its printed rate.

    Names are folded column names, the first present is used. `indicator` may be SQL
    over the raw rows when `chosen_by_row`. `students_sql` stands in where the file
    prints no column of students but they follow from others. `whole` is what the rate
    is a share of when the file does not tell (100 in nearly all of California's files).
    `rate_of_events` says that the printed rate counts events (suspensions) and not
    students, so that it only shows which cells are blank.
    """

    indicator: str
    count: tuple[str, ...] = ()
    students: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    students_sql: str = ""
    chosen_by_row: bool = False
    rate_of_events: bool = False
    whole: int = 100
    name: str = "m"

    def given(self, columns: Columns) -> bool:
        """Whether the member has enough of the columns."""
        if not self.count and not self.rate:
            return columns.first(self.students) is not None
        numbers = columns.first(self.count) or columns.first(self.rate)
        return bool(numbers and (self.students_sql or columns.first(self.students)))

    def uses(self) -> dict[str, tuple[str, ...]]:
        """For the report: which names were looked for, by use."""
        label = self.name if self.chosen_by_row else self.indicator
        return {
            f"{label}: count": self.count,
            f"{label}: students": self.students,
            f"{label}: rate": self.rate,
        }

    def cells(self, columns: Columns) -> Iterator[tuple[str, str]]:
        """Columns of the placed table: name and SQL over the raw rows."""
        indicator = self.indicator if self.chosen_by_row else literal(self.indicator)
        yield f"{self.name}_i", indicator
        yield f"{self.name}_n", columns.sql(self.count)
        yield f"{self.name}_d", self.students_sql or columns.sql(self.students)
        yield f"{self.name}_r", columns.sql(self.rate)

    def weight(self) -> str:
        """SQL over the placed table: how many students the row stands for."""
        return number(f"{self.name}_d")


def facts(job: Job, chosen: str, measures: Sequence[Measure], authority: str) -> str:
    """A temporary table of facts of one member; returns its name.

    Columns as FACT_COLUMNS knows them, with `_file` and `_row`.
    """
    table = f"{chosen}_facts"
    selects = [_one_measure(job, chosen, one, authority) for one in measures]
    job.desk.con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS " + " UNION ALL ".join(selects)
    )
    _ask_impossible(job, table)
    return table


def _one_measure(job: Job, chosen: str, measure: Measure, authority: str) -> str:
    m = measure.name
    typed = f"{chosen}_{m}"
    rated = bool(measure.rate)
    blank = f"({m}_r IS NULL)" if rated else "FALSE"
    # A measure that is only a number of students has neither count nor rate.
    counted = bool(measure.count or measure.rate)
    job.desk.con.execute(f"""
        CREATE OR REPLACE TEMP TABLE {typed} AS
        SELECT _file, _row, school_year, level, organization_id, organization_name,
            district_id, group_family, "group", {m}_i AS indicator,
            {number(f"{m}_n")} AS n, {number(f"{m}_d")} AS d, {number(f"{m}_r")} AS r,
            ({marked(f"{m}_n")} OR {marked(f"{m}_d")} OR {marked(f"{m}_r")}) AS hidden,
            {blank} AS rate_blank
        FROM {chosen}
        WHERE coalesce({m}_n, {m}_d, {m}_r) IS NOT NULL AND {m}_i IS NOT NULL""")
    _refuse_words(job, chosen, measure)
    if not job.numbers(f"SELECT count(r) FROM {typed}")[0]:
        job.desk.con.execute(f"UPDATE {typed} SET rate_blank = FALSE")
    scale = _scale(job, typed, measure)
    if rated and job.columns.first(measure.count) is None:
        _note_worked_out(job, measure)
    _ask_zeros(job, typed)
    if measure.rate_of_events:
        _note_events(job, measure)
    else:
        _ask_rates(job, typed, scale)
    printed = f"round(r / {scale}, 6)"
    n = f"coalesce(n, round({printed} * d))"
    # A blank count beside a number of students was hidden by somebody.
    blank_count = f"WHEN {n} IS NULL THEN 'suppressed'" if counted else ""
    status = f"""CASE WHEN hidden THEN 'suppressed'
        WHEN rate_blank AND coalesce(n, 0) = 0 THEN 'suppressed'
        WHEN d IS NULL THEN 'not_loaded' {blank_count}
        WHEN d = 0 AND coalesce(n, 0) = 0 THEN 'no_students'
        WHEN {n} > d OR {n} < 0 THEN 'not_applicable'
        ELSE 'reported' END"""
    value = f"coalesce(n / nullif(d, 0), {printed})" if counted else "NULL::DOUBLE"
    return f"""
        SELECT _file, _row, indicator, 1 AS definition_version,
            {literal(authority)} AS authority, school_year, level, organization_id,
            organization_name, district_id, group_family, "group",
            CASE WHEN status <> 'suppressed' THEN n END AS numerator,
            CASE WHEN status <> 'suppressed' THEN d END AS denominator,
            CASE WHEN status = 'reported' THEN value END AS value, status
        FROM (SELECT * REPLACE ({n if counted else "NULL::DOUBLE"} AS n),
            {value} AS value, {status} AS status FROM {typed})
        WHERE status <> 'not_loaded'"""


def _refuse_words(job: Job, chosen: str, measure: Measure) -> None:
    """Refuse cells that are neither a number nor a mark; the rest of the row stays."""
    for part, names in (
        ("n", measure.count),
        ("d", measure.students),
        ("r", measure.rate),
    ):
        cell = f"{measure.name}_{part}"
        if names:
            job.desk.refuse_many(f"""
                SELECT _file, _row, {literal(names[0])} AS "column",
                    {told(NO_MARK, cell)} AS reason
                FROM {chosen} WHERE {cell} IS NOT NULL
                AND {number(cell)} IS NULL AND NOT {marked(cell)}""")


def _scale(job: Job, typed: str, measure: Measure) -> int:
    """1 when the file prints rates from 0 to 1, 100 when from 0 to 100.

    The printed rate is held against count / students where both are there; otherwise
    any rate above 1 shows that it is per cent; otherwise the family's habit decides.
    """
    row = job.numbers(f"""
        SELECT median(r / (n / d)) FILTER (WHERE n > 0 AND d > 0 AND r > 0),
            max(r), count(r) FROM {typed}""")
    ratio, largest, known = row or (None, None, 0)
    if not known:
        return measure.whole
    if ratio is not None:
        return 1 if ratio < 10 else 100
    if largest > 1:
        return 100
    if measure.whole == 100 and known > 1:
        job.note(
            f"No rate of {measure.indicator} is above 1, and the file gives no "
            "counts to compare: the rates were read as per cent, as this kind of "
            "file prints them.",
            f"Ninguna tasa de {measure.indicator} pasa de 1 y el archivo no da "
            "conteos para comparar: se leyeron como porcentajes, como los publica "
            "este tipo de archivo.",
        )
    return measure.whole


def _ask_zeros(job: Job, typed: str) -> None:
    """Counts of 0 with a blank rate: suppressed, and said so once a file."""
    row = job.numbers(f"""
        SELECT count(*), min(_row), any_value(indicator) FROM {typed}
        WHERE rate_blank AND coalesce(n, 0) = 0 AND NOT hidden""")
    count, first, indicator = row or (0, 0, "")
    if count:
        job.ask(
            "zero_with_blank_rate",
            Text(
                f"{count} rows give a count of 0 with a blank rate. They were read "
                "as too few to show, never as zero: is the original's * missing?",
                f"{count} filas dan un conteo de 0 con la tasa en blanco. Se "
                "leyeron como muy pocos para mostrar, nunca como cero: ¿se perdió "
                "el * del original?",
            ),
            f"{indicator}: {count} rows, {job.first(first)}",
            Severity.NOTICE,
        )


def _note_worked_out(job: Job, measure: Measure) -> None:
    what = "met standard" if measure.chosen_by_row else measure.indicator
    job.note(
        f"The file prints the rate of {what} and no count: counts were worked out "
        "from the rate, to the nearest student.",
        f"El archivo da la tasa de {what} y no el conteo: los conteos se calcularon "
        "con la tasa, redondeados al estudiante más cercano.",
    )


def _note_events(job: Job, measure: Measure) -> None:
    job.note(
        f"The rate this file prints counts events; for {measure.indicator} the rate "
        "was worked out from the students counted.",
        f"La tasa que publica este archivo cuenta eventos; para {measure.indicator} se "
        "calculó con los estudiantes contados.",
    )


def _ask_rates(job: Job, typed: str, scale: int) -> None:
    """Rates that do not agree with their own counts; those a hundred times off too."""
    whole = job.numbers(f"""
        SELECT count(*) >= 5 AND bool_and(abs(r / {scale} * 100
            - round(r / {scale} * 100)) < 1e-6) FROM {typed} WHERE r > 0""")[0]
    off = f"abs(r / {scale} - n / d) > {WHOLE_POINTS if whole else ROUNDING}"
    row = job.numbers(f"""
        SELECT count(*) FILTER (WHERE {off}), min(_row) FILTER (WHERE {off}),
            count(*) FILTER (WHERE {off} AND (abs(r / {scale} * 100 - n / d) <= 0.006
                OR abs(r / {scale} / 100 - n / d) <= 0.006 AND r / {scale} > 1)),
            any_value(indicator)
        FROM {typed} WHERE n >= 0 AND d > 0 AND n <= d AND r IS NOT NULL
            AND NOT hidden""")
    wrong, first, hundredfold, indicator = row or (0, 0, 0, "")
    if wrong:
        scaled = hundredfold > wrong / 2
        key = "rate_scale" if scaled else "rate_disagrees"
        why = (
            ("a hundred times off", "cien veces distinta")
            if scaled
            else ("not what its counts give", "distinta de la que dan sus conteos")
        )
        job.ask(
            key,
            Text(
                f"In {wrong} rows the printed rate of {indicator} is {why[0]}. The "
                "rate was worked out from the counts.",
                f"En {wrong} filas la tasa publicada de {indicator} es {why[1]}. "
                "La tasa se calculó con los conteos.",
            ),
            f"{wrong} rows, {job.first(first)}",
        )


def _ask_impossible(job: Job, table: str) -> None:
    """More students counted than there are: kept as counts, without a rate."""
    for indicator, count, first in job.desk.con.execute(f"""
        SELECT indicator, count(*), min(_row) FROM {table}
        WHERE status = 'not_applicable' GROUP BY indicator ORDER BY 1""").fetchall():
        job.ask(
            "count_above_students",
            Text(
                f"In {count} rows more students are counted for {indicator} than "
                "the row has students. No rate is given for them.",
                f"En {count} filas se cuentan para {indicator} más estudiantes de "
                "los que tiene la fila. No se da una tasa para ellas.",
            ),
            f"{count} rows, {job.first(first)}",
            Severity.NOTICE,
        )


_KEYS = "indicator, definition_version, authority, school_year"


def total_from_family(job: Job, table: str, family: str) -> None:
    """Facts of all students as the sum of a family that every student is in.

    Only where the whole file has no row for all students: copies of state files often
    keep a few groups. Students whose group is not in the file are not in the sum.
    """
    con = job.desk.con
    there = job.numbers(f"SELECT count(*) FROM {table} WHERE group_family = 'all'")
    if there and there[0]:
        return
    before = job.numbers(f"SELECT count(*) FROM {table}")
    con.execute(f"""
        INSERT INTO {table} BY NAME
        SELECT min(_file) AS _file, min(_row) AS _row, {_KEYS}, level, organization_id,
            any_value(organization_name) AS organization_name, district_id,
            'all' AS group_family, 'all' AS "group", sum(numerator) AS numerator,
            sum(denominator) AS denominator,
            sum(numerator) / nullif(sum(denominator), 0) AS value,
            'reported' AS status
        FROM {table} WHERE group_family = {literal(family)}
        GROUP BY ALL
        HAVING count(*) >= 2 AND bool_and(status = 'reported')""")
    after = job.numbers(f"SELECT count(*) FROM {table}")
    if before and after and after[0] > before[0]:
        job.note(
            "The file has no rows for all students: they were added up from the "
            f"groups of {family} that it shows. Students of groups that it does "
            "not show are not in the sum.",
            "El archivo no trae filas para todo el estudiantado: se sumaron los "
            f"grupos de {family} que muestra. Quienes pertenecen a grupos que no "
            "muestra no están en la suma.",
        )


def districts_from_schools(job: Job, table: str) -> None:
    """District facts as sums over schools, where the file has no district rows.

    A group that some schools hide is told only when the hidden students can be at
    most HIDDEN_SHARE of those shown; otherwise the district's fact is suppressed.
    """
    con = job.desk.con
    row = job.numbers(f"""
        SELECT count(*) FILTER (WHERE level = 'district'),
            count(*) FILTER (WHERE level = 'school') FROM {table}""")
    if not row or row[0] or not row[1]:
        return
    con.execute(f"""
        INSERT INTO {table} BY NAME
        WITH summed AS (
            SELECT min(_file) AS _file, min(_row) AS _row, {_KEYS}, district_id,
                group_family, "group", sum(numerator) AS n, sum(denominator) AS d,
                count(*) FILTER (WHERE status = 'suppressed') AS hidden
            FROM {table} WHERE level = 'school'
            GROUP BY {_KEYS}, district_id, group_family, "group")
        SELECT _file, _row, {_KEYS}, 'district' AS level,
            district_id AS organization_id, district_id, group_family, "group",
            CASE WHEN shown THEN n END AS numerator,
            CASE WHEN shown THEN d END AS denominator,
            CASE WHEN shown THEN n / d END AS value,
            CASE WHEN shown THEN 'reported' ELSE 'suppressed' END AS status
        FROM (SELECT *, coalesce(d > 0 AND n <= d
            AND hidden * {HIDDEN_AT_MOST} <= {HIDDEN_SHARE} * d, FALSE) AS shown
            FROM summed)""")
    job.note(
        "The file has no district rows: district counts are sums over its schools. "
        "A student counted at two schools in one year is counted twice. Groups "
        "that many schools hide are hidden for the district too.",
        "El archivo no trae filas de distrito: los conteos del distrito son sumas "
        "de sus escuelas. Quien fue contado en dos escuelas el mismo año cuenta "
        "dos veces. Los grupos que muchas escuelas ocultan quedan ocultos también "
        "para el distrito.",
    )
