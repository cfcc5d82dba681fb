"""A lookup for sets that stand beside other conditions: `pk__among=QUERYSET`.

    Q(school__in=schools) | Q(pk__among=further_stays.values("student"))

The same as `in`. PostgreSQL meets no index for `a = 1 OR b IN (SELECT ...)` and reads
the whole table; written as `b = ANY (ARRAY(SELECT ...))` the set is made once and both
sides meet their index. SQLite does that by itself.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


@Field.register_lookup
class Among(In):
    """`column IN (SELECT ...)`, in each database's quickest words."""

    lookup_name = "among"

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """`column = ANY (ARRAY(SELECT ...))`; a list of values stays `IN`."""
        if self.rhs_is_direct_value():
            sql, values = super().as_sql(compiler, connection)
            return sql, tuple(values)
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} = ANY (ARRAY{right})", (*left_values, *right_values)
