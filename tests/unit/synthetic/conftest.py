"""Invented districts that the tests of this room share, each built once."""

# ruff: noqa: S608 - the SQL is put together from the names of our own tables

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from evenrise.synthetic.district import build_district
from evenrise.synthetic.truths import DEFAULT_TRUTHS, NO_TRUTHS, Truths
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class District:
    """A folder, what was planted in it, and its files as text tables in DuckDB."""

    folder: Path
    truths: Truths
    con: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> list[tuple]:
        return self.con.sql(sql).fetchall()

    def one(self, sql: str) -> tuple:
        (row,) = self.rows(sql)
        return row


def build(folder: Path, **asked) -> District:
    asked = {"students": 3_000, "seed": 1, "as_of": AS_OF, **asked}
    truths = build_district(folder, progress=Silent(), **asked)
    con = duckdb.connect()
    for file in sorted(folder.glob("*.csv*")):
        con.execute(
            f"CREATE TABLE {file.name.split('.')[0]} AS SELECT * FROM"
            f" read_csv('{file}', all_varchar = true, header = true)"
        )
    con.execute(
        "CREATE TABLE in_program AS SELECT DISTINCT student_id, program, spring"
        " FROM programs, range(2023, 2027) AS years(spring)"
        " WHERE started_on <= (spring || '-06-15')"
        " AND coalesce(ended_on, '9999') >= ((spring - 1) || '-09-15')"
    )
    return District(folder, truths, con)


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> District:
    return build(tmp_path_factory.mktemp("synthetic") / "small", students=300)


@pytest.fixture(scope="session")
def middling(tmp_path_factory) -> District:
    """3,000 students, with every attendance day written."""
    return build(
        tmp_path_factory.mktemp("synthetic") / "middling", attendance="every_day"
    )


@pytest.fixture(scope="session")
def large(tmp_path_factory) -> District:
    """The size of the demonstration, where every truth is planted."""
    return build(
        tmp_path_factory.mktemp("synthetic") / "large",
        students=12_000,
        truths=DEFAULT_TRUTHS,
    )


@pytest.fixture(scope="session")
def even(tmp_path_factory) -> District:
    """Nothing differs beyond chance."""
    return build(
        tmp_path_factory.mktemp("synthetic") / "even",
        students=12_000,
        years=2,
        truths=NO_TRUTHS,
    )
