"""Which strict orders a Parquet part stands in, told from its dictionaries.

A column of ids is stored as numbers that point into a dictionary; comparing those
numbers is many times cheaper than comparing the ids of ninety million rows one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


Order = tuple[str, ...]


def orders_of(part: Path, orders: Sequence[Order]) -> list[Order]:
    """Those of the orders in which each row comes strictly after the one before.

    Every order names the same columns, in another turn. Blanks in them are taken for
    disorder: the slow way knows what to do.
    """
    left = list(orders)
    last: dict[str, Any] = {}
    for group in _groups(part, left[0]):
        if any(column.null_count for column in group.values()):
            return []
        first = {name: column[0].as_py() for name, column in group.items()}
        ranks = {name: _ranks(column) for name, column in group.items()}
        left = [
            order
            for order in left
            if (not last or _values(last, order) < _values(first, order))
            and _strictly_rising([ranks[name] for name in order])
        ]
        if not left:
            return []
        last = {name: column[-1].as_py() for name, column in group.items()}
    return left


def _values(row: Mapping[str, Any], order: Order) -> list[Any]:
    return [row[name] for name in order]


def _groups(part: Path, names: Sequence[str]) -> Iterator[dict[str, pa.Array]]:
    """The columns of each row group; texts as dictionaries."""
    meta = pq.read_metadata(part)
    file = pq.ParquetFile(part, read_dictionary=_in_dictionaries(meta))
    for number in range(file.num_row_groups):
        table = file.read_row_group(number, columns=list(names), use_threads=False)
        if table.num_rows:
            yield {name: _one(table.column(name)) for name in names}


def _in_dictionaries(meta: pq.FileMetaData) -> list[str]:
    """The columns that every row group stores as a dictionary.

    Where nearly all values differ the engine stores them plainly, and Arrow cannot
    read those as a dictionary.
    """
    plain, found = set[str](), set[str]()
    for group in range(meta.num_row_groups):
        for place in range(meta.num_columns):
            column = meta.row_group(group).column(place)
            coded = column.physical_type == "BYTE_ARRAY" and (
                "RLE_DICTIONARY" in column.encodings
            )
            (found if coded else plain).add(column.path_in_schema)
    return sorted(found - plain)


def _one(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece; a text with one dictionary."""
    if pa.types.is_string(column.type):
        column = pc.dictionary_encode(column)
    column = column.unify_dictionaries()
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _ranks(column: pa.Array) -> npt.NDArray[Any]:
    """Numbers that rise exactly where the values do."""
    if not isinstance(column, pa.DictionaryArray):
        if pa.types.is_date32(column.type):
            column = column.view(pa.int32())
        return _numbers(column)
    # The dictionary stands in order of first sight; its ranks put it in order.
    places = _numbers(pc.sort_indices(column.dictionary))
    if (places[1:] > places[:-1]).all():
        return _numbers(column.indices)  # it stands in order already
    ranks = np.empty(len(places), dtype=np.int32)
    ranks[places] = np.arange(len(places), dtype=np.int32)
    found: npt.NDArray[Any] = ranks[_numbers(column.indices)]
    return found


def _numbers(column: pa.Array) -> npt.NDArray[Any]:
    """The numbers of an Arrow column without blanks, not copied.

    `to_numpy` would import pandas where it is installed, which takes a second.
    """
    kind = np.dtype(str(column.type))
    numbers = np.frombuffer(column.buffers()[1], dtype=kind)
    return numbers[column.offset : column.offset + len(column)]


def _strictly_rising(columns: Sequence[npt.NDArray[Any]]) -> bool:
    """Whether rows rise: by the first column, then where it ties by the next ..."""
    rises: npt.NDArray[np.bool_] | None = None
    for ranks in reversed(columns):
        before, after = ranks[:-1], ranks[1:]
        more = after > before
        rises = more if rises is None else more | ((after == before) & rises)
    return rises is None or bool(rises.all())
