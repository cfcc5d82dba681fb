"""Small tables of facts, written by hand, for the tests of this room."""

from __future__ import annotations

import pyarrow as pa

from evenrise.vocabulary.facts import FACT_COLUMNS


def fact(**given):
    """One computed fact of all students of a district, with what is given changed."""
    x, n = given.get("numerator"), given.get("denominator")
    row = {
        "indicator": "suspension",
        "definition_version": 1,
        "authority": "California",
        "school_year": 2025,
        "level": "district",
        "organization_id": "D",
        "organization_name": "District",
        "group_family": "all",
        "group": "all",
        "numerator": None,
        "denominator": None,
        "value": None if x is None or not n else x / n,
        "status": "reported" if n else "no_students",
        "origin": "computed",
        "source_file": None,
        "source_row": None,
        "snapshot": "s1",
        "district_id": "D",
    }
    return row | given


def group(family, name, x, n, **given):
    """One group's fact."""
    return fact(group_family=family, group=name, numerator=x, denominator=n, **given)


def table(rows):
    """Facts as an Arrow table."""
    types = {"int16": pa.int16(), "int64": pa.int64(), "float64": pa.float64()}
    schema = pa.schema(
        [(c, types.get(t, pa.string())) for c, t in FACT_COLUMNS.items()]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def family(name, counts, **given):
    """The facts of one family: {group: (x, n)}, and of all students together."""
    rows = [group(name, code, x, n, **given) for code, (x, n) in counts.items()]
    x, n = (sum(part) for part in zip(*counts.values(), strict=True))
    return [fact(numerator=x, denominator=n, **given), *rows]


def by_group(told):
    """The released rows by organization, family and group."""
    return {
        (r["indicator"], r["organization_id"], r["group_family"], r["group"]): r
        for r in told.table.to_pylist()
    }
