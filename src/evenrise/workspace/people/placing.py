"""Places a snapshot's directory into the workspace, in sets, in one transaction.

Rows are laid into temporary tables first (by COPY on PostgreSQL), then one statement a
table adds what is new, changes what differs and takes away what is gone. A student or
an adult who is gone stays, marked as not current: what people wrote about them keeps
its anchor. Nothing is decided here about who may see whom; roles that follow the
records are renewed at the end (see `roles_from_records`).
"""

# ruff: noqa: S608 - our own names of tables and columns

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from evenrise.records.snapshots.directory import Directory
from evenrise.workspace.people.roles import Role, Scope


@dataclass(frozen=True, slots=True)
class Placed:
    """How many rows stand now."""

    schools: int
    students: int
    sections: int
    rosters: int
    staff: int


# A post in the records gives this role and scope. Other posts give none by themselves.
# A counselor serves the students on a caseload; one who serves the whole school is
# given that by hand, with a reason.
FROM_RECORDS: dict[str, tuple[Role, Scope]] = {
    "teacher": (Role.TEACHER, Scope.SECTION),
    "counselor": (Role.COUNSELOR, Scope.CASELOAD),
    "principal": (Role.PRINCIPAL, Scope.SCHOOL),
    "assistant_principal": (Role.PRINCIPAL, Scope.SCHOOL),
    "coach": (Role.COACH, Scope.SCHOOL),
}


@dataclass(frozen=True, slots=True)
class _Copy:
    """One table of the directory and where it goes.

    `key` makes a row the same row; `marks` says that what is gone is marked as not
    current instead of taken away.
    """

    table: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]  # name, SQL type
    marks: bool = False
    removes: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


_LONGEST = 250  # letters; what is longer is cut, in names and titles
_TEXT = f"varchar({_LONGEST})"
_COPIES: dict[str, _Copy] = {
    "schools": _Copy(
        "people_school",
        ("school_id",),
        (
            ("school_id", _TEXT),
            ("name", _TEXT),
            ("level", _TEXT),
            ("students", "integer"),
            ("current", "boolean"),
        ),
        marks=True,
    ),
    "students": _Copy(
        "people_student",
        ("student_id",),
        (
            ("student_id", _TEXT),
            ("given_name", _TEXT),
            ("family_name", _TEXT),
            ("sort_name", _TEXT),
            ("grade", _TEXT),
            ("school_id", _TEXT),
            ("current", "boolean"),
            ("home_language", _TEXT),
            ("days_enrolled", "double precision"),
            ("days_absent", "double precision"),
        ),
        marks=True,
    ),
    "words": _Copy(
        "people_studentword",
        ("word", "student_id"),
        (("word", _TEXT), ("student_id", _TEXT)),
    ),
    "stays": _Copy(
        "people_furtherstay",
        ("student_id", "school_id"),
        (("student_id", _TEXT), ("school_id", _TEXT), ("grade", _TEXT)),
    ),
    "sections": _Copy(
        "people_section",
        ("section_id",),
        (
            ("section_id", _TEXT),
            ("school_id", _TEXT),
            ("school_year", "smallint"),
            ("title", _TEXT),
            ("subject", _TEXT),
            ("staff_id", _TEXT),
        ),
    ),
    "rosters": _Copy(
        "people_roster",
        ("section_id", "student_id"),
        (("section_id", _TEXT), ("student_id", _TEXT)),
    ),
    "staff": _Copy(
        "people_staffmember",
        ("staff_id",),
        (("staff_id", _TEXT), ("given_name", _TEXT), ("family_name", _TEXT)),
        removes=False,
    ),
    "assignments": _Copy(
        "people_staffassignment",
        ("staff_id", "school_id", "role"),
        (("staff_id", _TEXT), ("school_id", _TEXT), ("role", _TEXT)),
    ),
}
# What points at other rows goes first and comes last.
_REMOVE = ("words", "rosters", "stays", "assignments", "sections")
_PLACE = (
    "schools",
    "students",
    "words",
    "stays",
    "staff",
    "sections",
    "rosters",
    "assignments",
)


def fold(name: str) -> str:
    """A name as it is searched and sorted: small letters without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def place_directory(directory: Directory, on: dt.date) -> Placed:
    """Make the workspace's directory the same as the snapshot's.

    Args:
        directory: as `read_directory` gives it.
        on: the day on which roles that follow the records begin or end.
    """
    tables = _shaped(directory)
    with transaction.atomic(), connection.cursor() as cursor:
        for name in _PLACE:
            _stage(cursor, name, tables[name])
        for name in _REMOVE:
            _take_away(cursor, name)
        for name in _PLACE:
            _put(cursor, name)
        roles_from_records(cursor, on)
        for name in _PLACE:
            cursor.execute(f"DROP TABLE staged_{name}")
    return Placed(
        schools=tables["schools"].num_rows,
        students=directory.students.num_rows,
        sections=directory.sections.num_rows,
        rosters=directory.rosters.num_rows,
        staff=directory.staff.num_rows,
    )


def _shaped(directory: Directory) -> dict[str, pa.Table]:
    """The directory's tables with exactly the columns that are stored."""
    students = directory.students
    first, last = _filled(students["given_name"]), _filled(students["family_name"])
    full = pc.binary_join_element_wise(last, first, ", ")
    folded = [fold(str(name)).strip(", ") for name in full.to_pylist()]
    codes = students["student_id"].to_pylist()
    named = [name or code for name, code in zip(folded, codes, strict=True)]
    students = students.append_column("sort_name", pa.array(named, pa.string()))
    schools = directory.schools.append_column(
        "current", pa.array([True] * directory.schools.num_rows, pa.bool_())
    )
    tables = {
        "schools": schools.append_column("students", _enrolled(directory)),
        "students": students,
        "words": _words(codes, named),
        "stays": _further(directory),
        "sections": directory.sections,
        "rosters": directory.rosters,
        "staff": directory.staff,
        "assignments": directory.assignments,
    }
    return {
        name: pa.table(
            {
                column: _column(tables[name][column], kind)
                for column, kind in _COPIES[name].columns
            }
        )
        for name in tables
    }


def _words(codes: Sequence[str], names: Sequence[str]) -> pa.Table:
    """Each word of each name once; the name is folded already."""
    pairs = [
        (word, code)
        for code, name in zip(codes, names, strict=True)
        for word in dict.fromkeys(name.replace(",", " ").split())
    ]
    return pa.table(
        {
            "word": pa.array([word for word, _ in pairs], pa.string()),
            "student_id": pa.array([code for _, code in pairs], pa.string()),
        }
    )


def _column(values: pa.ChunkedArray, kind: str) -> pa.ChunkedArray:
    """Text is never null in the workspace, save a student's school."""
    if kind != _TEXT:
        return values
    text = pc.cast(values, pa.string())
    # PostgreSQL keeps no NUL in a text. A look at the bytes is a hundred times quicker
    # than at each text, and there nearly never is one.
    if any(_holds_nul(chunk.buffers()[2]) for chunk in text.chunks):
        text = pc.replace_substring(text, "\0", "")
    return pc.utf8_slice_codeunits(text, 0, _LONGEST)


def _holds_nul(letters: pa.Buffer | None) -> bool:
    return letters is not None and b"\0" in letters.to_pybytes()


def _filled(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(pc.cast(values, pa.string()), "")


def _enrolled(directory: Directory) -> pa.Array:
    """How many students are enrolled in each school today."""
    now = directory.students.filter(directory.students["current"])
    counts = now.group_by("school_id", use_threads=False).aggregate(
        [("student_id", "count")]
    )
    place = pc.index_in(directory.schools["school_id"], value_set=counts["school_id"])
    return pc.fill_null(pc.take(counts["student_id_count"], place), 0).combine_chunks()


def _further(directory: Directory) -> pa.Table:
    """The open stays besides a student's main school."""
    main = pc.binary_join_element_wise(
        _filled(directory.students["student_id"]),
        _filled(directory.students["school_id"]),
        "\n",
    )
    own = pc.binary_join_element_wise(
        _filled(directory.stays["student_id"]),
        _filled(directory.stays["school_id"]),
        "\n",
    )
    further = directory.stays.filter(pc.invert(pc.is_in(own, value_set=main)))
    return (
        further.group_by(["student_id", "school_id"], use_threads=False)
        .aggregate([("grade", "max")])
        .rename_columns(["student_id", "school_id", "grade"])
    )


def _stage(cursor: CursorWrapper, name: str, table: pa.Table) -> None:
    """Lay rows into a temporary table; the workspace's own tables are not locked."""
    copy = _COPIES[name]
    columns = ", ".join(f"{column} {kind}" for column, kind in copy.columns)
    cursor.execute(f"CREATE TEMPORARY TABLE staged_{name} ({columns})")
    rows = _rows(table, copy)
    if connection.vendor == "postgresql":
        target = f"COPY staged_{name} ({', '.join(copy.names)}) FROM STDIN"
        with cursor.copy(target) as stream:
            for row in rows:
                stream.write_row(row)
    else:
        marks = ", ".join("?" * len(copy.names))
        # Django's cursor rewrites every statement's marks; the driver's own does not.
        cursor.cursor.executemany(f"INSERT INTO staged_{name} VALUES ({marks})", rows)
    cursor.execute(f"CREATE INDEX staged_{name}_key ON staged_{name} ({_key(copy)})")


def _rows(table: pa.Table, copy: _Copy) -> list[tuple[object, ...]]:
    """The rows for the driver; text without a value is empty, not null."""
    columns: list[Sequence[object]] = []
    for (name, kind), values in zip(copy.columns, table.columns, strict=True):
        keep_null = kind != _TEXT or (name == "school_id" and copy.marks)
        whole = values if keep_null else pc.fill_null(values, "")
        columns.append(whole.to_pylist())
    return list(zip(*columns, strict=True))


def _key(copy: _Copy) -> str:
    return ", ".join(copy.key)


def _same(copy: _Copy) -> str:
    return " AND ".join(f"s.{part} = t.{part}" for part in copy.key)


def _take_away(cursor: CursorWrapper, name: str) -> None:
    copy = _COPIES[name]
    target = f"{copy.table} AS t"  # SQLite and PostgreSQL both take the alias
    cursor.execute(
        f"DELETE FROM {target} WHERE NOT EXISTS "
        f"(SELECT 1 FROM staged_{name} AS s WHERE {_same(copy)})"
    )


def _put(cursor: CursorWrapper, name: str) -> None:
    """Add what is new and change what differs; mark what is gone."""
    copy = _COPIES[name]
    rest = [column for column in copy.names if column not in copy.key]
    if rest:
        sets = ", ".join(f"{column} = excluded.{column}" for column in rest)
        differs = " OR ".join(
            f"{copy.table}.{column} IS DISTINCT FROM excluded.{column}"
            if connection.vendor == "postgresql"
            else f"{copy.table}.{column} IS NOT excluded.{column}"
            for column in rest
        )
        does = f"DO UPDATE SET {sets} WHERE {differs}"
    else:
        does = "DO NOTHING"
    names = ", ".join(copy.names)
    cursor.execute(
        f"INSERT INTO {copy.table} ({names}) SELECT {names} FROM staged_{name} "
        f"WHERE true ON CONFLICT ({_key(copy)}) {does}"
    )
    if copy.marks:
        cursor.execute(
            f"UPDATE {copy.table} AS t SET current = {_false()} "
            f"WHERE current = {_true()} AND NOT EXISTS "
            f"(SELECT 1 FROM staged_{name} AS s WHERE {_same(copy)})"
        )


def _true() -> str:
    return "true" if connection.vendor == "postgresql" else "1"


def _false() -> str:
    return "false" if connection.vendor == "postgresql" else "0"


def roles_from_records(cursor: CursorWrapper, on: dt.date) -> None:
    """Renew the roles that follow staff assignments, for people with an account.

    A role whose post ended ends the day before; a new post gives its role from today.
    Roles given by hand are left alone.
    """
    posts = " UNION ALL ".join(
        f"SELECT a.staff_id, '{role}' AS role, '{scope}' AS scope, "
        + ("a.school_id" if scope is Scope.SCHOOL else "NULL")
        + f" AS school_id FROM people_staffassignment AS a WHERE a.role = '{post}'"
        for post, (role, scope) in FROM_RECORDS.items()
    )
    wanted = (
        "SELECT DISTINCT p.id AS person_id, q.role, q.scope, q.school_id "
        f"FROM people_person AS p JOIN ({posts}) AS q ON q.staff_id = p.staff_id "
        "WHERE p.staff_id <> ''"
    )
    is_same = (
        "w.person_id = g.person_id AND w.role = g.role AND w.scope = g.scope "
        "AND coalesce(w.school_id, '') = coalesce(g.school_id, '')"
    )
    lost = (
        "origin = 'records' AND (ends_on IS NULL OR ends_on >= %s) "
        f"AND NOT EXISTS (SELECT 1 FROM ({wanted}) AS w WHERE {is_same})"
    )
    # A role that began today and is lost today was never held: it goes.
    cursor.execute(
        f"DELETE FROM people_rolegrant AS g WHERE begins_on >= %s AND {lost}", [on, on]
    )
    cursor.execute(
        f"UPDATE people_rolegrant AS g SET ends_on = %s WHERE {lost}",
        [on - dt.timedelta(days=1), on],
    )
    cursor.execute(
        "INSERT INTO people_rolegrant (person_id, role, scope, school_id, grade, "
        "begins_on, origin, reason) SELECT w.person_id, w.role, w.scope, w.school_id, "
        f"'', %s, 'records', '' FROM ({wanted}) AS w WHERE NOT EXISTS "
        "(SELECT 1 FROM people_rolegrant AS g WHERE g.origin = 'records' "
        f"AND (g.ends_on IS NULL OR g.ends_on >= %s) AND {is_same})",
        [on, on],
    )
