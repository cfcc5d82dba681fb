"""Writes the files of a District CSV folder, a piece at a time, in bounded memory."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv

from evenrise.synthetic.layout import FILES


Column = Any  # a pyarrow array: pyarrow has no types to speak of

# Unquoted: a cell with a comma or a quote stops the writer instead of breaking a line.
_OPTIONS = csv.WriteOptions(
    include_header=False, batch_size=65_536, quoting_style="none"
)


@dataclass(slots=True)
class Table:
    """One file being written: `add` appends rows."""

    name: str
    stream: BinaryIO
    rows: int = 0

    def add(self, **columns: Column) -> None:
        """Append rows; columns by name, all of one length, missing ones blank.

        Raises:
            KeyError: when a column is not in the file's layout.
        """
        layout = FILES[self.name]
        unknown = set(columns) - set(layout)
        if unknown:
            raise KeyError(f"{self.name} has no column {sorted(unknown)}.")
        length = len(next(iter(columns.values())))
        if length == 0:
            return
        arrays = [
            columns[name] if name in columns else pa.nulls(length, pa.string())
            for name in layout
        ]
        csv.write_csv(pa.table(arrays, names=list(layout)), self.stream, _OPTIONS)
        self.rows += length


class Folder:
    """A folder of District CSV files; gzipped when asked."""

    def __init__(self, path: Path, *, gz: bool = False) -> None:
        self.path = path
        self.gz = gz
        self.rows: dict[str, int] = {}
        path.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def open(self, name: str) -> Iterator[Table]:
        """One file of the folder, with its header already written."""
        with ExitStack() as stack:
            if self.gz:
                raw = stack.enter_context((self.path / f"{name}.csv.gz").open("wb"))
                # No file name and no time inside: the same seed gives the same bytes.
                stream = cast(
                    "BinaryIO",
                    stack.enter_context(
                        gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0)
                    ),
                )
            else:
                stream = stack.enter_context((self.path / f"{name}.csv").open("wb"))
            stream.write((",".join(FILES[name]) + "\n").encode())
            table = Table(name, stream)
            yield table
            self.rows[name] = table.rows


# `pa.array` imports pandas when it is installed, which takes longer than building a
# small district; so arrays are made from their buffers.


def text(values: Sequence[str | None]) -> Column:
    """A short text column."""
    cells = [(value or "").encode() for value in values]
    ends = np.cumsum([0, *(len(cell) for cell in cells)], dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(cells),
        pa.py_buffer(ends),
        pa.py_buffer(b"".join(cells)),
        _valid(np.array([value is not None for value in values], np.bool_)),
    )


def _valid(present: NDArray[np.bool_]) -> Any:
    """The bitmap of cells that are not blank; None when none is."""
    if present.all():
        return None
    return pa.py_buffer(np.packbits(present, bitorder="little"))


def coded(values: Column, codes: NDArray[Any]) -> Column:
    """`values[code]` for each code, without copying a value for every row."""
    return pa.DictionaryArray.from_arrays(numbers(codes.astype(np.int32)), values)


def words(choices: Sequence[str | None], codes: NDArray[Any]) -> Column:
    """A text column: `choices[code]` for each code, None blank."""
    return coded(text(choices), codes)


def yes_no(values: NDArray[np.bool_]) -> Column:
    """A Y/N column."""
    return words(("N", "Y"), values)


def days(values: NDArray[np.datetime64]) -> Column:
    """A column of ISO dates; NaT is blank."""
    dates = values.astype("datetime64[D]", copy=False)
    since = pa.py_buffer(dates.astype(np.int64).astype(np.int32))
    valid = _valid(~np.isnat(dates))
    return pa.Array.from_buffers(pa.date32(), len(dates), [valid, since])


def constant(value: str, length: int) -> Column:
    """The same text in every row."""
    return words((value,), np.zeros(length, np.int32))


def numbers(values: NDArray[Any], *, blank: NDArray[np.bool_] | None = None) -> Column:
    """A column of numbers; blank where asked."""
    return pa.Array.from_buffers(
        pa.from_numpy_dtype(values.dtype),
        len(values),
        [
            None if blank is None else _valid(~blank),
            pa.py_buffer(np.ascontiguousarray(values)),
        ],
    )


def keys(prefix: str, values: NDArray[np.integer[Any]], width: int) -> Column:
    """Codes like `A000017`: a prefix and a number of fixed width.

    Built from bytes, since formatting millions of numbers one by one is slow.
    """
    head = prefix.encode()
    size = len(head) + width
    cells = np.empty((len(values), size), np.uint8)
    cells[:, : len(head)] = np.frombuffer(head, np.uint8)
    rest = values.astype(np.int64)
    for place in range(size - 1, len(head) - 1, -1):
        rest, digit = np.divmod(rest, 10)
        cells[:, place] = digit + ord("0")
    offsets = np.arange(len(values) + 1, dtype=np.int32) * np.int32(size)
    return pa.StringArray.from_buffers(
        len(values), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(cells))
    )
