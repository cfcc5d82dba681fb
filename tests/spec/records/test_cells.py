"""How cells of each kind are read: drawn tables, one row a spelling."""

from __future__ import annotations

import duckdb
import pytest

from evenrise.records.checks.cells import typed
from evenrise.records.contracts import CONTRACTS, Kind
from evenrise.records.contracts.contract import Column


TABLE = """
    kind         cell                     becomes
    date         2025-09-01               2025-09-01
    date         2025-9-1                 2025-09-01
    date         9/1/2025                 2025-09-01
    date         09/01/2025               2025-09-01
    date         9/1/2025_12:00:00_AM     2025-09-01
    date         2025-09-01_00:00:00      2025-09-01
    date         20250901                 2025-09-01
    date         1.9.2025                 refused
    date         2025-02-30               refused
    date         13/13/2025               refused
    yes_no       Y                        True
    yes_no       yes                      True
    yes_no       TRUE                     True
    yes_no       0                        False
    yes_no       maybe                    refused
    number       1,234.5                  1234.5
    number       $12                      12.0
    number       -3                       -3.0
    number       half                     refused
    integer      3                        3
    integer      3.0                      3
    integer      3.5                      refused
    school_year  2026                     2026
    school_year  2025-26                  2026
    school_year  2025-2026                2026
    school_year  2025_2026                2026
    school_year  20252026                 2026
    school_year  2526                     2026
    school_year  9900                     2000
    school_year  2025-27                  refused
    school_year  20226                    refused
    grade        K                        KG
    grade        9                        09
    grade        Grade_9                  09
    grade        1st                      01
    grade        TK                       TK
    grade        13                       refused
    grade        PK                       refused
"""
CASES = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(("kind", "cell", "becomes"), CASES)
def test_a_cell(kind, cell, becomes):
    column = Column("x", Kind(kind), "")
    sql = f"SELECT {typed(column, 'raw', {})} FROM (SELECT ? AS raw)"  # noqa: S608 - ours
    value = duckdb.execute(sql, [cell.replace("_", " ")]).fetchall()[0][0]
    if " " in cell.replace("_", " ") and kind == "school_year":
        value = duckdb.execute(sql, [cell]).fetchall()[0][0]
    assert ("refused" if value is None else str(value)) == becomes


CODES = """
    column   cell                       becomes
    status   present                    present
    status   ABSENT                     absent
    status   unknown                    refused
    reason   Out_of_School_Suspension   out_of_school_suspension
    reason   out-of-school-suspension   out_of_school_suspension
    reason   A                          excused
"""


@pytest.mark.parametrize(
    ("column", "cell", "becomes"),
    [line.split() for line in CODES.strip().splitlines()[1:]],
)
def test_a_code(column, cell, becomes):
    contract = CONTRACTS["attendance"].column(column)
    codes = {"a": "excused"} if column == "reason" else {}
    sql = f"SELECT {typed(contract, 'raw', codes)} FROM (SELECT ? AS raw)"  # noqa: S608 - ours
    value = duckdb.execute(sql, [cell.replace("_", " ")]).fetchall()[0][0]
    assert (value or "refused") == becomes


def test_a_list_of_races_is_kept_in_order_and_a_stranger_refuses_it():
    race = CONTRACTS["students"].column("race")
    sql = f"SELECT {typed(race, 'raw', {})} FROM (SELECT unnest(?) AS raw)"  # noqa: S608 - ours
    told = duckdb.execute(sql, [["White; asian", "white;martian"]]).fetchall()
    assert told == [("white;asian",), (None,)]


def test_every_contract_stands_by_itself():
    for name, contract in CONTRACTS.items():
        assert contract.name == name
        assert {*contract.key, *contract.order} <= {*contract.names}
        assert all(
            c.codes for c in contract.columns if c.kind in {Kind.CODE, Kind.CODES}
        )
        homes = {c.refers for c in contract.columns if c.refers}
        assert homes <= {*CONTRACTS}
