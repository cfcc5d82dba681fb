"""Reading what a snapshot holds besides its tables: facts and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.facts import FACT_COLUMNS
from evenrise.vocabulary.text import Text


ORGANIZATION_COLUMNS = {
    "level": "string",
    "organization_id": "string",
    "name": "string",
    "district_id": "string",
}


def schema_of(columns: Mapping[str, str]) -> pa.Schema:
    """An Arrow schema from column names and type names."""
    return pa.schema(
        [(name, pa.type_for_alias(kind)) for name, kind in columns.items()]
    )


def fact_table(parts: Sequence[Path], snapshot: str) -> pa.Table:
    """Published facts as a table of FACT_COLUMNS, naming their snapshot."""
    schema = schema_of(FACT_COLUMNS)
    table = _read(parts, schema)
    name = pa.repeat(pa.scalar(snapshot, pa.string()), table.num_rows)
    return table.set_column(schema.get_field_index("snapshot"), "snapshot", name)


def organization_table(parts: Sequence[Path]) -> pa.Table:
    """Names of organizations: level, organization_id, name, district_id."""
    return _read(parts, schema_of(ORGANIZATION_COLUMNS))


def _read(parts: Sequence[Path], schema: pa.Schema) -> pa.Table:
    if not parts:
        return schema.empty_table()
    # Not `read_table`: it imports the dataset machinery, which costs two seconds.
    try:
        tables = [pq.ParquetFile(part).read(columns=schema.names) for part in parts]
        return pa.concat_tables([table.cast(schema) for table in tables])
    except (pa.ArrowException, OSError) as problem:
        raise InputProblem(
            Text(
                f"A part of the store is missing or damaged ({parts[0].parent}): "
                "`evenrise check` names it; bring the files in again.",
                f"Falta una parte del almacén o está dañada ({parts[0].parent}): "
                "`evenrise check` dice cuál; incorpore de nuevo los archivos.",
            )
        ) from problem
