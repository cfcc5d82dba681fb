"""Two imports compared: every cell of their tables, and every fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from evenrise.indicators.compute import compute_facts
from evenrise.records.importing import import_paths
from evenrise.records.report import ImportReport
from evenrise.records.settings import DistrictSettings, ImportOptions
from evenrise.records.snapshots import SnapshotStore
from evenrise.vocabulary.progress import Silent


_LINEAGE = ("_file", "_row", "source_file", "source_row", "snapshot", "origin")


def bring_in(store: Path, paths: Iterable[Path], as_of: dt.date) -> ImportReport:
    """The ordinary import."""
    options = ImportOptions(as_of=as_of)
    return import_paths(
        list(paths), store=SnapshotStore(store), options=options, progress=Silent()
    )


def cells(report: ImportReport, table: str) -> list[dict[str, Any]]:
    """Every row of a table in a fixed order, without where it was read from."""
    assert report.snapshot is not None
    assert report.snapshot.has(table), table
    found = [
        {name: value for name, value in row.items() if name not in _LINEAGE}
        for part in report.snapshot.parts(table)
        for row in pq.ParquetFile(part).read().to_pylist()
    ]
    return sorted(found, key=lambda row: [(n, str(v)) for n, v in sorted(row.items())])


def facts(report: ImportReport, as_of: dt.date) -> list[dict[str, Any]]:
    """Every fact of a snapshot in a fixed order.

    A sum of days is as exact as floats are: the order of its rows shows in the last
    digit, so ten are compared.
    """
    assert report.snapshot is not None
    table = compute_facts(report.snapshot, as_of=as_of, settings=DistrictSettings())
    found = [
        {name: _said(value) for name, value in row.items() if name not in _LINEAGE}
        for row in table.to_pylist()
    ]
    return sorted(found, key=str)


def _said(value: Any) -> Any:
    return float(f"{value:.10g}") if isinstance(value, float) else value
