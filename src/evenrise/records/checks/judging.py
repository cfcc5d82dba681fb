"""Rows against a contract: the SQL that types every cell and names the first slip."""

from __future__ import annotations

from collections.abc import Mapping

from evenrise.records.checks.cells import Cell, cell, literal, quoted
from evenrise.records.contracts import Contract
from evenrise.records.settings import DistrictSettings
from evenrise.vocabulary.errors import ArgumentProblem


MARK = "chr(31)"  # parts a column's name from its reason; no cell may hold it


def cells_of(
    contract: Contract, settings: DistrictSettings
) -> dict[str, tuple[str, Cell]]:
    """For each column of a contract its raw name in the query, and its expressions.

    Raises:
        ArgumentProblem: when district.toml maps a code to one the contract lacks.
    """
    made = {}
    for column in contract.columns:
        codes = settings.codes.get(f"{contract.name}.{column.name}", {})
        strangers = {code for code in codes.values() if column.codes} - {*column.codes}
        if strangers:
            raise ArgumentProblem(
                f"district.toml maps {contract.name}.{column.name} to "
                f"{', '.join(sorted(strangers))}: use {', '.join(column.codes)}."
            )
        raw = quoted(f"raw_{column.name}")
        made[column.name] = (raw, cell(column, raw, quoted(column.name), codes))
    return made


def typed_rows(
    contract: Contract,
    settings: DistrictSettings,
    given: Mapping[str, str],
    source: str,
    lineage: str = "_file, _row",
) -> str:
    """A query with raw and typed cells of all the contract's columns, and lineage.

    `given` maps the columns that the source has to SQL over it; others are NULL.
    """
    cells = cells_of(contract, settings)
    raws = ", ".join(
        f"{given.get(name, 'CAST(NULL AS VARCHAR)')} AS {raw}"
        for name, (raw, _) in cells.items()
    )
    types = ", ".join(
        f"CAST({one.value} AS {contract.column(name).kind.sql}) AS {quoted(name)}"
        for name, (_, one) in cells.items()
    )
    return f"SELECT *, {types} FROM (SELECT {raws}, {lineage} FROM {source})"  # noqa: S608 - names are quoted


def slip(contract: Contract, settings: DistrictSettings) -> str:
    """SQL over `typed_rows`: the first column at fault, MARK, its reason; or NULL."""
    parts = []
    for name, (_, one) in cells_of(contract, settings).items():
        parts.append(f"WHEN {one.bad} THEN {literal(name)} || {MARK} || {one.reason}")
    return f"CASE {' '.join(parts)} END"


def at_fault(contract: Contract, settings: DistrictSettings) -> str:
    """SQL over `typed_rows`: whether the row is refused (BOOLEAN, never NULL)."""
    cells = cells_of(contract, settings)
    return "(" + " OR ".join(one.bad for _, one in cells.values()) + ")"
