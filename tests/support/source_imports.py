"""Importing a few files in a test and asking the snapshot for single facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from evenrise.records.importing import ImportOptions, ImportReport, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import SnapshotStore
from evenrise.vocabulary.progress import Silent


AS_OF = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Imported:
    """What an import left behind, easy to ask."""

    report: ImportReport

    @property
    def facts(self) -> pa.Table:
        assert self.report.snapshot is not None
        return self.report.snapshot.facts()

    def fact(self, organization: str, **words: Any) -> dict[str, Any]:
        """The one fact of an organization with these words; all students if unsaid."""
        words = {"group_family": "all", "group": "all"} | words
        table = self.facts.filter(pc.field("organization_id") == organization)
        for name, word in words.items():
            table = table.filter(pc.field(name) == word)
        rows = table.to_pylist()
        assert len(rows) == 1, f"{organization} {words}: {len(rows)} facts"
        return rows[0]

    def counts(self, organization: str, **words: Any) -> tuple[float, float]:
        """Numerator and denominator of the one fact."""
        fact = self.fact(organization, **words)
        return fact["numerator"], fact["denominator"]

    def names(self) -> Mapping[str, str]:
        """Names of organizations by id."""
        assert self.report.snapshot is not None
        rows = self.report.snapshot.organizations().to_pylist()
        return {row["organization_id"]: row["name"] for row in rows}

    def table(self, name: str) -> list[dict[str, Any]]:
        """The rows of a contract table."""
        assert self.report.snapshot is not None
        parts = self.report.snapshot.parts(name)
        import pyarrow.parquet as pq

        return [
            row for part in parts for row in pq.ParquetFile(part).read().to_pylist()
        ]

    def sources(self) -> dict[str, str | None]:
        """Which source read each file."""
        return {story.name: story.source for story in self.report.files}

    def notes(self) -> str:
        """Every note in English, one text."""
        return "\n".join(n.en for story in self.report.files for n in story.notes)

    def questions(self, key: str) -> list[Any]:
        """The questions of one kind."""
        return [one for one in self.report.questions if one.key == key]

    def refused(self) -> list[tuple[int | None, str, str]]:
        """Line, column and reason of every refused row."""
        return [
            (one.line, one.column, one.reason.en)
            for story in self.report.files
            for one in story.refusals
        ]


def imported(
    store: Path, *paths: Path, settings: DistrictSettings | None = None
) -> Imported:
    """Import paths into a new store."""
    options = ImportOptions(as_of=AS_OF, settings=settings or DistrictSettings())
    return Imported(
        import_paths(
            list(paths), store=SnapshotStore(store), options=options, progress=Silent()
        )
    )


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """A small file for a test."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path
