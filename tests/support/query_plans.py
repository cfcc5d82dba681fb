"""How a database would find the rows of a query, for tests that watch its indexes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet


def plan_of(query: QuerySet[Any]) -> str:
    """The query's plan, a step a line; the test is skipped where plans read otherwise.

    Args:
        query: not evaluated.
    """
    if connection.vendor != "sqlite":
        pytest.skip("plans are read as SQLite writes them")
    sql, params = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return "\n".join(row[3] for row in cursor.fetchall())


def analyze() -> None:
    """Let the database count its rows, so that it can choose between indexes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
