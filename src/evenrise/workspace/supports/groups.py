"""Which groups each student is in, kept beside the directory for counting.

One short word a student, as `r4g0e1d1l0`: a letter a family and the place of the group
in the vocabulary's family. So half a million students are counted by group from one
column, decoded once for each distinct word. Groups are those of the facts: whoever
took part in a program at any time of the school year.
"""

# ruff: noqa: S608 - our own names of tables and columns

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from numpy.typing import NDArray

from evenrise.indicators.students import open_engine
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.school_year import SchoolYear


LETTERS = {
    "r": "race_ethnicity",
    "g": "gender",
    "e": "english_learner",
    "d": "disability",
    "l": "low_income",
    "f": "foster",
    "h": "homeless",
    "m": "migrant",
}
_PART = re.compile(r"([a-z])(\d+)")
_TABLE = "supports_studentgroups"

Words = NDArray[np.str_]
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the rows: the family and group that they share."""

    family: str
    group: str
    rows: Rows


def place_groups(snapshot: Snapshot, as_of: dt.date) -> int:
    """Write the groups of a snapshot's students, in sets; how many have a row.

    Args:
        snapshot: the current one.
        as_of: the day that its pages speak of.
    """
    with open_engine(snapshot, as_of=as_of, settings=DistrictSettings()) as engine:
        found = engine.memberships(SchoolYear.of(as_of).spring)
    rows = list(
        zip(found["student_id"].to_pylist(), _codes(found).to_pylist(), strict=True)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE staged_groups (student_id varchar(250), "
            "codes varchar(60))"
        )
        if connection.vendor == "postgresql":
            with cursor.copy("COPY staged_groups FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)
        else:
            # Django's cursor rewrites every statement's marks; the driver's own not.
            cursor.cursor.executemany("INSERT INTO staged_groups VALUES (?, ?)", rows)
        cursor.execute(f"DELETE FROM {_TABLE}")
        cursor.execute(
            f"INSERT INTO {_TABLE} (student_id, codes) SELECT g.student_id, g.codes "
            "FROM staged_groups AS g JOIN people_student AS s "
            "ON s.student_id = g.student_id"
        )
        placed = cursor.rowcount
        cursor.execute("DROP TABLE staged_groups")
    return int(placed)


def _codes(found: pa.Table) -> pa.Array:
    """One word a student from the columns of families."""
    words = pa.array([""] * found.num_rows, pa.string())
    for letter, family in LETTERS.items():
        if family not in found.column_names:
            continue
        place = found[family].combine_chunks()
        told = pc.binary_join_element_wise(letter, pc.cast(place, pa.string()), "")
        known = pc.greater_equal(place, 0)
        words = pc.binary_join_element_wise(words, pc.if_else(known, told, ""), "")
    return words


def groups_in(codes: Words) -> Iterator[Slice]:
    """The groups among some students, in the vocabulary's order.

    Args:
        codes: each row's word; blank where nothing is known.
    """
    distinct, place = np.unique(codes, return_inverse=True)
    told = [
        {letter: int(group) for letter, group in _PART.findall(word)}
        for word in distinct.tolist()
    ]
    for letter, family in LETTERS.items():
        groups = np.array([one.get(letter, -1) for one in told], dtype=np.int64)
        for at, group in enumerate(FAMILIES[family].groups):
            rows = (groups == at)[place]
            if rows.any():
                yield Slice(family, group.code, rows)
