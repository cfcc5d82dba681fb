"""A snapshot being written: tables of finished parts, new ones and carried ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


OWN_FILES = 0  # the group of files that this import brings


@dataclass(frozen=True, slots=True)
class Content:
    """One finished table: the columns collected, its parts with their rows.

    `groups` are the groups of files that `_file` counts along (0: this import's own).
    """

    columns: tuple[str, ...]
    parts: tuple[tuple[Path, int], ...]
    groups: tuple[int, ...] = (OWN_FILES,)

    @property
    def paths(self) -> list[Path]:
        """The Parquet files, in order."""
        return [path for path, _ in self.parts]

    @property
    def carried(self) -> bool:
        """Whether the whole table comes from an earlier import."""
        return OWN_FILES not in self.groups


@dataclass(slots=True)
class Draft:
    """A snapshot being written: a folder aside, and the tables finished so far."""

    aside: Path
    tables: dict[str, Content] = field(default_factory=dict)
    earlier_files: list[list[Mapping[str, Any]]] = field(default_factory=list)

    def scratch(self) -> Path:
        """A folder for copies that nobody keeps."""
        folder = self.aside / "scratch"
        folder.mkdir(exist_ok=True)
        return folder

    def part(self, table: str, number: int) -> Path:
        """Where part `number` of a table is to be written."""
        return self.aside / f"{table}-{number:05d}.parquet"

    def add(
        self,
        table: str,
        columns: Sequence[str],
        parts: Sequence[tuple[Path, int]],
        groups: Sequence[int] = (OWN_FILES,),
    ) -> None:
        """Declare a table complete: its collected columns, its parts and their rows."""
        self.tables[table] = Content(tuple(columns), tuple(parts), tuple(groups))

    def group(self, files: Sequence[Mapping[str, Any]]) -> int:
        """The number of a group of earlier files; equal groups are told once."""
        wanted = list(files)
        if wanted not in self.earlier_files:
            self.earlier_files.append(wanted)
        return self.earlier_files.index(wanted) + 1

    def paths(self, table: str) -> list[Path]:
        """The Parquet files of a table; none when there is no such table."""
        content = self.tables.get(table)
        return content.paths if content else []
