"""facts.csv: every protected fact, in the columns promised, safe to open anywhere."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from evenrise.publishing.spreadsheets import FORMULA
from evenrise.statistics.small_numbers import ProtectedTable


COLUMNS = (
    "indicator",
    "definition_version",
    "authority",
    "school_year",
    "level",
    "organization_id",
    "organization_name",
    "group_family",
    "group",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "status",
    "source_file",
    "snapshot",
)


def write_facts(facts: ProtectedTable, path: Path) -> None:
    """Write the table; a text that looks like a formula gets an apostrophe before it.

    Args:
        facts: protected, so the file can be published as it is.
        path: the file to write.
    """
    table = pa.table({name: _safe(facts.table.column(name)) for name in COLUMNS})
    with path.open("wb") as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        csv.write_csv(table, file, csv.WriteOptions(include_header=False))


def _safe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    risky = pc.fill_null(pc.match_substring_regex(column, FORMULA), False)
    if not pc.any(risky).as_py():
        return column
    marked = pc.binary_join_element_wise("'", column, "")
    return pc.if_else(risky, marked, column)
