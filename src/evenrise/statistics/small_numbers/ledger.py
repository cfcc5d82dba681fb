"""The ledger of all that was ever published.

What has been read cannot be taken back. The ledger is a folder with one Parquet file
a release; a file is never changed, each names the SHA-256 of the one before, and
together they hold every released row as it was shown, and the names of the facts that
were left out. No number that was hidden stands in it; but that a fact was left out is
itself not public, so the folder is kept with the records.

    ledger = Ledger(folder)
    ledger.check()
    told = protect(facts, earlier=ledger.published())
    ...                         # publish `told`, whole
    ledger.add(told, as_of)
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from evenrise.statistics.small_numbers.earlier import KEY, LEFT_OUT, RELEASE
from evenrise.statistics.small_numbers.table import PROTECTED_SCHEMA, ProtectedTable
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.facts import Origin
from evenrise.vocabulary.text import Text


_ALSO = ("district_id", "origin")  # what else a row that was left out says
_SCHEMA = pa.schema([*PROTECTED_SCHEMA, (LEFT_OUT, pa.bool_()), (RELEASE, pa.int64())])
_BEFORE, _AS_OF = b"evenrise.before", b"evenrise.as_of"


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases of one district, in a folder that only grows."""

    folder: Path

    def releases(self) -> tuple[Path, ...]:
        """The files of the releases, oldest first."""
        return tuple(sorted(self.folder.glob("[0-9]*.parquet")))

    def add(self, told: ProtectedTable, as_of: dt.date) -> Path:
        """Write down a release, once it has left the house.

        Args:
            told: all that the release was made of.
            as_of: the day of the release.

        Returns:
            The file it stands in.

        Raises:
            InputProblem: when another release took its place meanwhile.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{os.getpid()}.writing"
        try:
            self.lay_aside(told, as_of, aside)
            return self.take(aside)
        finally:
            aside.unlink(missing_ok=True)

    def lay_aside(self, told: ProtectedTable, as_of: dt.date, path: Path) -> None:
        """Write a release that waits for its approval; it is not in the ledger yet.

        Args:
            told: all that the release is made of, protected beside this ledger.
            as_of: the day of the release.
            path: where it waits; on the same disk as the ledger.
        """
        before = self.releases()
        named = {
            _BEFORE: _digest(before[-1]).encode() if before else b"",
            _AS_OF: as_of.isoformat().encode(),
        }
        pq.write_table(_told(told).replace_schema_metadata(named), path)
        with path.open("rb") as written:
            os.fsync(written.fileno())

    def take(self, aside: Path) -> Path:
        """Take a release that was laid aside into the ledger: now it is published.

        Returns:
            The file it stands in; the one that was laid aside stays.

        Raises:
            InputProblem: when another release was taken since it was laid aside: it
                was not protected beside that one, and has to be made again.
        """
        before = self.releases()
        named = pq.read_schema(aside).metadata or {}
        number = int(before[-1].stem) + 1 if before else 1
        path = self.folder / f"{number:06d}.parquet"
        late = InputProblem(
            Text(
                f"{path.name}: another release was written to this ledger at the same "
                "time; make the release again, beside that one.",
                f"{path.name}: otra publicación se anotó en este registro al mismo "
                "tiempo; haga de nuevo la publicación, junto a esa.",
            )
        )
        if named.get(_BEFORE) != (_digest(before[-1]).encode() if before else b""):
            raise late
        try:
            os.link(aside, path)  # refuses a name that another release just took
        except FileExistsError:
            raise late from None
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
                    Text(
                        f"{path.name}: the ledger of releases was changed before this "
                        "file; bring the folder back from a copy.",
                        f"{path.name}: el registro de publicaciones fue cambiado antes "
                        "de este archivo; recupere la carpeta de una copia.",
                    )
                )
            before = _digest(path).encode()

    def published(self) -> pa.Table:
        """Every row that was ever released: what `protect(earlier=...)` takes.

        The columns of `PROTECTED_COLUMNS`; `left_out`, true where a fact was left out
        and its row only names it; and `release`, the number of the release, from 1.
        """
        tables = [_read(path) for path in self.releases()]
        return pa.concat_tables(tables) if tables else _SCHEMA.empty_table()


def _read(path: Path) -> pa.Table:
    table = pq.read_table(path).replace_schema_metadata(None)
    numbers = pa.array(np.full(table.num_rows, int(path.stem)))
    table = table.append_column(RELEASE, numbers)
    if set(table.column_names) != set(_SCHEMA.names):
        raise InputProblem(
            Text(
                f"{path.name}: this file of the ledger of releases has other columns "
                "than it should; bring the folder back from a copy.",
                f"{path.name}: este archivo del registro de publicaciones no tiene las "
                "columnas que debería; recupere la carpeta de una copia.",
            )
        )
    return table.select(_SCHEMA.names).cast(_SCHEMA)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _told(told: ProtectedTable) -> pa.Table:
    """The computed rows of a release, and the names of those it left out."""
    computed = pc.equal(told.table["origin"].cast(pa.string()), str(Origin.COMPUTED))
    shown = told.table.filter(pc.fill_null(computed, False))
    gone = told.left_out
    names = {name: gone[name] for name in (*KEY, *_ALSO)}
    nulls = {
        field.name: pa.nulls(gone.num_rows, field.type)
        for field in PROTECTED_SCHEMA
        if field.name not in names
    }
    left = pa.table({name: (names | nulls)[name] for name in PROTECTED_SCHEMA.names})
    parts = [
        part.cast(PROTECTED_SCHEMA).append_column(
            LEFT_OUT, pa.array(np.full(part.num_rows, flag))
        )
        for part, flag in ((shown, False), (left, True))
    ]
    return pa.concat_tables(parts)
