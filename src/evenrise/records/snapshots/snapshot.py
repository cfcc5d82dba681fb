"""One snapshot: its name by content, what its manifest tells, and its parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from evenrise.records.snapshots.reading import fact_table, organization_table


# 1: every table came from `files`. 2: a table names its `file_groups`; 0 is `files`,
# the files of this import, n is `earlier_files[n - 1]`. `_file` counts along the
# groups of its table, one after the other.
MANIFEST_FORMAT = 2
ID_LENGTH = 16  # hex letters of the manifest's SHA-256


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot: its name by content, its manifest and its Parquet parts."""

    id: str
    path: Path
    manifest: Mapping[str, Any]

    def has(self, table: str) -> bool:
        """Whether the table was collected (it may hold no rows)."""
        return table in self.manifest["tables"]

    def parts(self, table: str) -> tuple[Path, ...]:
        """The Parquet files of a table, in order; empty when not collected."""
        return tuple(path for path, _ in self.counted_parts(table))

    def counted_parts(self, table: str) -> tuple[tuple[Path, int], ...]:
        """The Parquet files of a table and the rows of each."""
        if not self.has(table):
            return ()
        home = self.path.parent.parent / "parts"
        parts = self.manifest["tables"][table]["parts"]
        return tuple((home / f"{one['sha256']}.parquet", one["rows"]) for one in parts)

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table that the files really brought."""
        if not self.has(table):
            return ()
        return tuple(self.manifest["tables"][table]["columns"])

    def rows(self, table: str) -> int:
        """How many rows a table holds; 0 when not collected."""
        if not self.has(table):
            return 0
        return int(self.manifest["tables"][table]["rows"])

    def facts(self) -> pa.Table:
        """Published facts: FACT_COLUMNS, with file, row and this snapshot's name."""
        return fact_table(self.parts("facts"), self.id)

    def organizations(self) -> pa.Table:
        """Names: level, organization_id, name, district_id."""
        return organization_table(self.parts("organizations"))

    def files(self, table: str) -> tuple[Mapping[str, Any], ...]:
        """What the manifest tells of the files a table came from; `_file` counts them.

        Among them are files of the same import that brought the table nothing.
        """
        if not self.has(table):
            return ()
        groups = self.manifest["tables"][table].get("file_groups", [0])
        earlier = self.manifest.get("earlier_files", [])
        named = [self.manifest["files"], *earlier]
        return tuple(file for group in groups for file in named[group])

    def all_files(self) -> tuple[Mapping[str, Any], ...]:
        """The files of the import, then those that brought what it carried over."""
        found = list(self.manifest["files"])
        earlier = self.manifest.get("earlier_files", [])
        for table, content in self.manifest["tables"].items():
            for group in content.get("file_groups", []):
                found += (
                    file
                    for file in (earlier[group - 1] if group else ())
                    if table in file.get("tables", [table]) and file not in found
                )
        return tuple(found)

    def lineage(self, table: str, file: int, row: int) -> tuple[str, int]:
        """The file's name and the line that a table's `_file` and `_row` lead to.

        The line is right as long as no cell above it spans lines.
        """
        told = self.files(table)[file]
        return str(told["name"]), row + int(told["header_line"])


def name_of(manifest: Mapping[str, Any]) -> str:
    """A snapshot's name: the fingerprint of what its manifest says.

    The day it was read is told, but is not part of what the records are.
    """
    kept = {key: part for key, part in manifest.items() if key != "as_of"}
    named = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(named).hexdigest()[:ID_LENGTH]
