"""The ledger of all that was ever published.

What has been read cannot be taken back. The ledger is a folder with one Parquet file
a release; a file is never changed, each names the SHA-256 of the one before, and
together they say of every fact what was shown: its counts, or that it was hidden.
Nothing that was hidden stands in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evenrise.statistics.small_numbers.earlier import COUNTS, KEY
from evenrise.statistics.small_numbers.table import ProtectedTable
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.facts import Origin, Status


_TOLD = (*KEY, *COUNTS)
_BEFORE, _AS_OF = b"evenrise.before", b"evenrise.as_of"


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases of one district, in a folder that only grows."""

    folder: Path

    def releases(self) -> tuple[Path, ...]:
        """The files of the releases, oldest first."""
        return tuple(sorted(self.folder.glob("[0-9]*.parquet")))

    def append(self, told: ProtectedTable, as_of: dt.date) -> Path:
        """Write down what a release shows; the file it stands in."""
        self.folder.mkdir(parents=True, exist_ok=True)
        before = self.releases()
        number = int(before[-1].stem) + 1 if before else 1
        ours = _ours(told.table).select(list(_TOLD))
        named = {
            _BEFORE: _digest(before[-1]).encode() if before else b"",
            _AS_OF: as_of.isoformat().encode(),
        }
        path = self.folder / f"{number:06d}.parquet"
        aside = path.with_suffix(".writing")
        pq.write_table(ours.replace_schema_metadata(named), aside)
        aside.replace(path)
        return path

    def check(self) -> None:
        """See that no release was changed or taken away.

        Raises:
            InputProblem: when one was.
        """
        before = b""
        for number, path in enumerate(self.releases(), start=1):
            named = pq.read_schema(path).metadata or {}
            if named.get(_BEFORE) != before or int(path.stem) != number:
                raise InputProblem(
                    f"{path.name}: the ledger of releases was changed before this "
                    "file; bring the folder back from a copy."
                )
            before = _digest(path).encode()

    def published(self) -> pa.Table:
        """Everything that was ever shown or hidden: KEY, numerator, denominator.

        A fact stands in it once for each release that told of it.
        """
        tables = [pq.read_table(path) for path in self.releases()]
        if not tables:
            fields = [(name, pa.string()) for name in KEY]
            counts = [(name, pa.float64()) for name in COUNTS]
            return pa.schema([*fields, *counts]).empty_table()
        return pa.concat_tables(
            [table.replace_schema_metadata(None) for table in tables],
            promote_options="permissive",
        )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _ours(table: pa.Table) -> pa.Table:
    computed = pc.equal(table.column("origin"), pa.scalar(str(Origin.COMPUTED)))
    told = pc.is_in(
        table.column("status").cast(pa.string()),
        pa.array([str(Status.REPORTED), str(Status.SUPPRESSED)]),
    )
    return table.filter(pc.fill_null(pc.and_(computed, told), False))
