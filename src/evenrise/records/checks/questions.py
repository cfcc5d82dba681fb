"""Questions that any district's records raise, asked in sets once all is read.

A row that names a student or a school nobody else tells of is kept and asked about,
not refused: its file may simply be older or newer than the other, the row is whole in
itself, and refusing it would change a school's numbers without a trace. Only what a
row says about itself can refuse it.
"""

# ruff: noqa: S608 - names are our own contracts', paths are quoted literals

from __future__ import annotations

from dataclasses import dataclass

from evenrise.records.checks.bench import Bench
from evenrise.records.checks.formulas import tell_of_formulas
from evenrise.records.contracts import CONTRACTS
from evenrise.records.report import Question, Severity
from evenrise.records.snapshots import Draft
from evenrise.records.snapshots.draft import OWN_FILES
from evenrise.records.sql import parquet, quoted
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.text import Text


# Families whose groups together are all students.
PARTITIONS = ("race_ethnicity", "gender", "grade")
_SLACK = 0.005  # rounding in published percentages


@dataclass(frozen=True, slots=True)
class _Asked:
    """One kind of question about a table, before it knows how often."""

    key: str
    en: str  # {n} rows, {who} an example
    es: str
    column: str
    severity: Severity = Severity.WARNING


class _Tables(dict[str, str]):
    """SQL for the rows of each table of a draft, brought or carried over.

    What is asked concerns the whole snapshot: a student who is unknown in new
    attendance may stand in a table of students that was carried over, and the other
    way round.
    """

    def __init__(self, bench: Bench, draft: Draft) -> None:
        super().__init__(
            (table, parquet(content.paths))
            for table, content in draft.tables.items()
            if table in CONTRACTS
        )
        self._own = [(one.name, one.header_line) for one in bench.ledger.stories]
        self._draft = draft

    def file(self, table: str, file: int) -> tuple[str, int]:
        """The name and the header line of the file that a table's `_file` means."""
        for group in self._draft.tables[table].groups:
            told = self._own if group == OWN_FILES else self._earlier(group)
            if file < len(told):
                return told[file]
            file -= len(told)
        raise IndexError(file)

    def _earlier(self, group: int) -> list[tuple[str, int]]:
        files = self._draft.earlier_files[group - 1]
        return [(str(one["name"]), int(one["header_line"])) for one in files]


def ask(bench: Bench, draft: Draft) -> None:
    """Ask everything that the tables of this import give reason to."""
    tables = _Tables(bench, draft)
    steps = (
        _ask_about_days,
        _ask_about_strangers,
        _ask_about_stays,
    )
    for done, step in enumerate(steps):
        bench.progress.step("questions", done, len(steps))
        step(bench, tables)
    tell_of_formulas(bench, draft)
    if "facts" in draft.tables:
        _ask_about_totals(bench, parquet(draft.paths("facts")))
    bench.progress.step("questions", len(steps), len(steps))


def _put(bench: Bench, tables: _Tables, table: str, asked: _Asked, sql: str) -> None:
    """Ask once a file, where a query finds rows: `_file`, `_row`, `who`, `often`.

    The rows are those of one table.
    """
    found = bench.con.execute(
        "SELECT _file, sum(often), min(_row), arg_min(who, _row) "
        f"FROM ({sql}) GROUP BY _file ORDER BY _file"
    ).fetchall()
    for file, often, row, who in found:
        name, header_line = tables.file(table, file)
        words = {"n": f"{int(often):,}", "who": who, "column": asked.column}
        bench.ledger.question(
            Question(
                key=asked.key,
                text=Text(asked.en.format(**words), asked.es.format(**words)),
                file=name,
                where=f"line {row + header_line}, column {asked.column}",
                severity=asked.severity,
            )
        )


def _ask_about_days(bench: Bench, tables: _Tables) -> None:
    """Attendance by student and school, once, for the questions about it."""
    if "attendance" not in tables:
        return
    bench.con.execute(
        "CREATE TEMP TABLE days AS SELECT student_id, school_id, count(*) AS often, "
        "min(date) AS first_day, max(date) AS last_day, min(_file) AS _file, "
        f"min(_row) AS _row FROM {tables['attendance']} GROUP BY student_id, school_id"
    )
    if "enrollments" in tables:
        _put(
            bench,
            tables,
            "attendance",
            _Asked(
                "records.attendance_outside_enrollment",
                "{n} students have days of attendance before they entered or after "
                "they left the school (the first is {who}). Are the dates of "
                "enrollment right?",
                "{n} estudiantes tienen días de asistencia antes de entrar o después "
                "de salir de la escuela (el primero es {who}). ¿Son correctas las "
                "fechas de inscripción?",
                "date",
            ),
            "SELECT d._file, d._row, d.student_id AS who, 1 AS often FROM days AS d "
            "JOIN (SELECT student_id, school_id, min(entered_on) AS came, "
            "max(coalesce(left_on, DATE '9999-12-31')) AS went "
            f"FROM {tables['enrollments']} GROUP BY student_id, school_id) AS e "
            "USING (student_id, school_id) "
            "WHERE d.first_day < e.came OR d.last_day > e.went",
        )
    if "calendar" in tables:
        _put(
            bench,
            tables,
            "attendance",
            _Asked(
                "records.attendance_outside_calendar",
                "{n} rows of attendance lie on days that the calendar does not call "
                "days of instruction (the first is {who}). Which is right?",
                "{n} filas de asistencia caen en días que el calendario no marca como "
                "lectivos (el primero es {who}). ¿Cuál es correcto?",
                "date",
            ),
            "SELECT a._file, a._row, CAST(a.date AS VARCHAR) AS who, a.often FROM "
            "(SELECT school_id, date, count(*) AS often, min(_file) AS _file, "
            f"min(_row) AS _row FROM {tables['attendance']} GROUP BY school_id, date) "
            f"AS a SEMI JOIN {tables['calendar']} AS s ON s.school_id = a.school_id "
            f"ANTI JOIN {tables['calendar']} AS c ON c.school_id = a.school_id "
            "AND c.date = a.date AND c.instructional",
        )


def _ask_about_strangers(bench: Bench, tables: _Tables) -> None:
    """Rows that name a student, school, section ... that its own table lacks."""
    for table, sql in tables.items():
        for column in CONTRACTS[table].columns:
            home = column.refers
            if home is None or home not in tables or home == table:
                continue
            name = quoted(column.name)
            inside = (
                "days"
                if table == "attendance"
                else f"(SELECT *, 1 AS often FROM {sql})"
            )
            key = CONTRACTS[home].key[0]
            _put(
                bench,
                tables,
                table,
                _Asked(
                    f"records.unknown_{home}",
                    "{n} rows name a {column} that " + home + " does not hold (the "
                    "first is {who}). They were kept. Is a file older than the other?",
                    "{n} filas nombran un {column} que no está en " + home + " (el "
                    "primero es {who}). Se conservaron. ¿Es un archivo más antiguo "
                    "que el otro?",
                    column.name,
                ),
                f"SELECT t._file, t._row, t.{name} AS who, t.often FROM {inside} AS t "
                f"ANTI JOIN {tables[home]} AS h ON h.{quoted(key)} = t.{name} "
                f"WHERE t.{name} IS NOT NULL",
            )


def _ask_about_stays(bench: Bench, tables: _Tables) -> None:
    """Enrollments that end before they begin, or overlap."""
    if "enrollments" not in tables:
        return
    stays = tables["enrollments"]
    _put(
        bench,
        tables,
        "enrollments",
        _Asked(
            "records.left_before_entering",
            "{n} enrollments end before they begin (the first is {who}'s).",
            "{n} inscripciones terminan antes de empezar (la primera es de {who}).",
            "left_on",
        ),
        f"SELECT _file, _row, student_id AS who, 1 AS often FROM {stays} "
        "WHERE left_on < entered_on",
    )
    _put(
        bench,
        tables,
        "enrollments",
        _Asked(
            "records.enrollments_overlap",
            "{n} enrollments begin while the same student is still enrolled (the first "
            "is {who}'s). Is a last day missing?",
            "{n} inscripciones empiezan cuando el mismo estudiante sigue inscrito (la "
            "primera es de {who}). ¿Falta un último día?",
            "entered_on",
        ),
        # An open stay ends with its school year, on 30 June.
        "SELECT _file, _row, student_id AS who, 1 AS often FROM (SELECT *, max("
        "coalesce(left_on, make_date(school_year, 6, 30))) OVER (PARTITION BY "
        "student_id ORDER BY entered_on, _file, _row ROWS BETWEEN UNBOUNDED PRECEDING "
        f"AND 1 PRECEDING) AS before FROM {stays}) WHERE entered_on < before",
    )


def _ask_about_totals(bench: Bench, facts: str) -> None:
    """Published groups that together are more than all students."""
    families = ", ".join(f"'{name}'" for name in PARTITIONS)
    place = "school_year, level, organization_id"
    # Two authorities count different students: theirs are never added.
    fact = f"indicator, authority, definition_version, {place}"
    found = bench.con.execute(
        f"SELECT indicator, {place}, g.group_family, g.people, t.people, "
        "g.source_file, g.source_row FROM "
        f"(SELECT {fact}, group_family, sum(denominator) AS people, "
        f"min(source_file) AS source_file, "
        f"min(source_row) AS source_row FROM {facts} "
        f"WHERE group_family IN ({families}) AND status = 'reported' GROUP BY ALL"
        f") AS g JOIN (SELECT {fact}, max(denominator) AS people FROM {facts} "
        "WHERE group_family = 'all' AND status = 'reported' GROUP BY ALL) AS t "
        f"USING ({fact}) WHERE g.people > t.people * (1 + {_SLACK}) + 1 "
        "ORDER BY level <> 'district', g.people - t.people DESC LIMIT 2000"
    ).fetchall()
    for indicator, year, _, code, family, groups, everybody, file, line in found:
        kind = FAMILIES[family].name
        kind = Text(kind.en.lower(), kind.es.lower())
        bench.ledger.question(
            Question(
                key="records.total_does_not_add_up",
                text=Text(
                    f"The groups by {kind.en} add up to {groups:,.0f} students, but "
                    f"all students are {everybody:,.0f} ({code}, "
                    f"{year - 1}-{year % 100:02d}). Were rows counted twice?",
                    f"Los grupos por {kind.es} suman {groups:,.0f} estudiantes, pero "
                    f"el total es {everybody:,.0f} ({code}, "
                    f"{year - 1}-{year % 100:02d}). ¿Se contaron filas dos veces?",
                ),
                file=file,
                where=f"line {line}",
                indicator=indicator,
                organization_id=code,
                school_year=year,
                group_family=family,
                severity=Severity.SERIOUS,
            )
        )
