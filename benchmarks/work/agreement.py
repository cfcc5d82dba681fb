"""Do the two ways agree, cell by cell? Speed means nothing otherwise."""

# ruff: noqa: S608 - the paths are our own
from __future__ import annotations

import json
import sys

import duckdb


def main() -> None:
    """`python -m benchmarks.work.agreement EVENRISE PANDAS`."""
    keys = "indicator, school_year, level, organization_id, group_family, group_name"
    shared = {
        name: f"(SELECT * RENAME (\"group\" AS group_name) FROM '{path}')"
        for name, path in zip(("ours", "theirs"), sys.argv[1:], strict=True)
    }
    sql = (
        "SELECT count(*), count(*) FILTER (o.numerator = t.numerator"
        f" AND o.denominator = t.denominator) FROM {shared['ours']} AS o"
        f" FULL JOIN {shared['theirs']} AS t USING ({keys})"
        # A program that nobody is in was not collected, to Evenrise.
        f" WHERE group_family IN (SELECT group_family FROM {shared['ours']})"
        " AND group_family NOT LIKE '%*%'"
        " AND group_family NOT IN ('race_any', 'language_status')"
    )
    row = duckdb.connect().execute(sql).fetchone()
    if row is None:
        raise SystemExit("nothing to compare")
    print(json.dumps({"cells": row[0], "agree": row[1]}))


if __name__ == "__main__":
    main()
