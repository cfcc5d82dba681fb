"""Values and names as SQL: the one place where records quotes anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | int | None) -> str:
    """A value as SQL: quoted text, a plain number, or NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def parquet(paths: Iterable[Path]) -> str:
    """A `read_parquet` call over some parts; there must be one at least."""
    return f"read_parquet([{', '.join(literal(str(path)) for path in paths)}])"
