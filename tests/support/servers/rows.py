"""District CSV folders read, narrowed to what a standard carries, and written again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path


Table = list[dict[str, str]]
Narrow = Mapping[str, Callable[[dict[str, str]], dict[str, str]] | None]


def read(folder: Path) -> dict[str, Table]:
    """Every table of a folder, by name."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def write(folder: Path, tables: Mapping[str, Table]) -> Path:
    """A District CSV folder of these tables."""
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def without(row: dict[str, str], *columns: str) -> dict[str, str]:
    """A row without some columns."""
    return {name: value for name, value in row.items() if name not in columns}
