"""Places what a run found into the workspace, in sets: states, and stretches of flags.

Rows are laid into temporary tables first (by COPY on PostgreSQL), as
`people/placing.py` does; then a few statements open what is new, renew what still
holds and close what does not. A run may stand for a day *before* the latest one: an
import was undone, or older records became current. What later days had said is then
taken back (see `forget_later`), so that nobody acts on a flag of records that no longer
stand.
"""

# ruff: noqa: S608 - our own names of tables and columns

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pyarrow as pa
from django.db import connection
from django.db.backends.utils import CursorWrapper

from evenrise.workspace.supports.models import Flag, FlagRun


# Where a domain is suddenly not known (its file did not come), a flag is neither gone
# nor fine: it stands so many days after it was last seen, then it closes.
UNKNOWN_DAYS = 14
_TEXT = "varchar(250)"
_TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "staged_watch": (
        ("student_id", _TEXT),
        ("attendance", "smallint"),
        ("behavior", "smallint"),
        ("course", "smallint"),
        ("flags", "smallint"),
        ("unknown", "smallint"),
    ),
    "staged_flag": (
        ("student_id", _TEXT),
        ("domain", "varchar(12)"),
        ("school_id", _TEXT),
        ("level", "smallint"),
        ("reasons", "text"),
    ),
}
_SAME = "s.student_id = supports_flag.student_id AND s.domain = supports_flag.domain"
_FOUND = f"EXISTS (SELECT 1 FROM staged_flag AS s WHERE {_SAME})"


def place_run(run: FlagRun, watch: pa.Table, flags: pa.Table) -> None:
    """Make states and flags what this run found; inside the caller's transaction.

    Args:
        run: the run, saved; its `as_of` is the day that flags open and close on.
        watch: student_id, attendance, behavior, course, flags, unknown; one row a
            student enrolled.
        flags: student_id, domain, school_id, level, reasons (a JSON list as text).
    """
    with connection.cursor() as cursor:
        _stage(cursor, "staged_watch", watch, "student_id")
        _stage(cursor, "staged_flag", flags, "student_id, domain")
        _place_states(cursor, run)
        forget_later(cursor, run.as_of)
        _close(cursor, run)
        _renew(cursor, run)
        _open(cursor, run)
        for name in _TABLES:
            cursor.execute(f"DROP TABLE {name}")


def _stage(cursor: CursorWrapper, name: str, table: pa.Table, key: str) -> None:
    columns = _TABLES[name]
    told = ", ".join(f"{column} {kind}" for column, kind in columns)
    cursor.execute(f"CREATE TEMPORARY TABLE {name} ({told})")
    names = [column for column, _ in columns]
    values: list[Sequence[object]] = [table[column].to_pylist() for column in names]
    rows = list(zip(*values, strict=True))
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {name} ({', '.join(names)}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
    else:
        marks = ", ".join("?" * len(names))
        # Django's cursor rewrites every statement's marks; the driver's own does not.
        cursor.cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    cursor.execute(f"CREATE INDEX {name}_key ON {name} ({key})")


def _place_states(cursor: CursorWrapper, run: FlagRun) -> None:
    """One row a student enrolled; whoever left is watched no more."""
    cursor.execute(
        "DELETE FROM supports_watchstate WHERE NOT EXISTS (SELECT 1 FROM staged_watch "
        "AS s WHERE s.student_id = supports_watchstate.student_id)"
    )
    told = ("attendance", "behavior", "course", "flags", "unknown")
    names = ", ".join(told)
    sets = ", ".join(f"{name} = excluded.{name}" for name in (*told, "run_id"))
    cursor.execute(
        f"INSERT INTO supports_watchstate (student_id, {names}, run_id) "
        f"SELECT s.student_id, {', '.join(f's.{name}' for name in told)}, %s "
        "FROM staged_watch AS s JOIN people_student AS p "
        "ON p.student_id = s.student_id "
        f"WHERE true ON CONFLICT (student_id) DO UPDATE SET {sets}",
        [run.pk],
    )


def forget_later(cursor: CursorWrapper, as_of: dt.date) -> None:
    """Take back what days after `as_of` had said of flags.

    A flag that opened later and still holds opened today. Another one goes; when
    somebody has answered it or acted on it, it stays as a stretch of no length and
    without reasons, because the records that gave them no longer stand. A flag that a
    later day closed is open again where it still holds.
    """
    day = [as_of]
    cursor.execute(
        "UPDATE supports_flag SET opened_on = %s WHERE opened_on > %s "
        f"AND closed_on IS NULL AND {_FOUND}",
        [as_of, as_of],
    )
    cursor.execute(
        f"DELETE FROM supports_flag WHERE opened_on > %s AND NOT ({_acted_on()})", day
    )
    cursor.execute(
        "UPDATE supports_flag SET closed_on = opened_on, seen_on = opened_on, "
        "reasons = '[]' WHERE opened_on > %s",
        day,
    )
    cursor.execute(
        "UPDATE supports_flag SET closed_on = NULL WHERE id IN ("
        "SELECT max(f.id) FROM supports_flag AS f "
        "JOIN staged_flag AS s ON s.student_id = f.student_id AND s.domain = f.domain "
        "WHERE f.closed_on >= %s AND f.opened_on <= %s AND NOT EXISTS (SELECT 1 FROM "
        "supports_flag AS o WHERE o.student_id = f.student_id "
        "AND o.domain = f.domain AND o.closed_on IS NULL) "
        "GROUP BY f.student_id, f.domain)",
        [as_of, as_of],
    )
    cursor.execute(
        "UPDATE supports_flag SET closed_on = %s WHERE closed_on > %s "
        "AND opened_on <= %s",
        [as_of, as_of, as_of],
    )


def _acted_on() -> str:
    """Whether anything that people wrote points at a flag."""
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {one.related_model._meta.db_table} AS r "  # noqa: SLF001 - Django's own word for it
        f"WHERE r.{one.field.column} = supports_flag.id)"
        for one in Flag._meta.related_objects  # noqa: SLF001 - as above
    )


def _close(cursor: CursorWrapper, run: FlagRun) -> None:
    """Close what no longer holds; what is not known stands a while longer.

    Not so where another rule holds now: what it cannot say, nobody says any more.
    """
    unknown = " OR ".join(
        f"(supports_flag.domain = '{domain}' AND w.{domain} = -1)"
        for domain in ("attendance", "behavior", "course")
    )
    cursor.execute(
        "UPDATE supports_flag SET closed_on = %s, "
        "seen_on = CASE WHEN seen_on > %s THEN %s ELSE seen_on END "
        f"WHERE closed_on IS NULL AND NOT {_FOUND} AND NOT (seen_on >= %s "
        "AND rule_set = %s "
        "AND EXISTS (SELECT 1 FROM staged_watch AS w "
        f"WHERE w.student_id = supports_flag.student_id AND ({unknown})))",
        [
            *[run.as_of] * 3,
            run.as_of - dt.timedelta(days=UNKNOWN_DAYS),
            run.rule_set,
        ],
    )


def _renew(cursor: CursorWrapper, run: FlagRun) -> None:
    """What still holds: how far, why, in which school, by which rule, until today."""
    cursor.execute(
        f"UPDATE supports_flag SET level = s.level, reasons = {_json('s.reasons')}, "
        "school_id = (SELECT c.school_id FROM people_school AS c "
        "WHERE c.school_id = s.school_id), rule_set = %s, seen_on = %s "
        f"FROM staged_flag AS s WHERE {_SAME} AND supports_flag.closed_on IS NULL",
        [run.rule_set, run.as_of],
    )


def _open(cursor: CursorWrapper, run: FlagRun) -> None:
    cursor.execute(
        "INSERT INTO supports_flag (student_id, school_id, domain, level, rule_set, "
        "opened_on, seen_on, reasons) "
        "SELECT s.student_id, c.school_id, s.domain, s.level, %s, %s, %s, "
        f"{_json('s.reasons')} FROM staged_flag AS s "
        "JOIN people_student AS p ON p.student_id = s.student_id "
        "LEFT JOIN people_school AS c ON c.school_id = s.school_id "
        f"WHERE NOT EXISTS (SELECT 1 FROM supports_flag WHERE {_SAME} "
        "AND supports_flag.closed_on IS NULL)",
        [run.rule_set, run.as_of, run.as_of],
    )


def _json(column: str) -> str:
    return f"{column}::jsonb" if connection.vendor == "postgresql" else column
