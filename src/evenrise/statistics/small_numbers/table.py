"""The only table of facts that may leave the building.

`protect()` alone makes one: publishing takes nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from evenrise.statistics.small_numbers.rule import Rule
from evenrise.vocabulary.facts import FACT_COLUMNS


class HiddenBecause(StrEnum):
    """Why a number is not shown."""

    SMALL = "small"  # ten or fewer students
    COMPLEMENT = "complement"  # ten or fewer students without the outcome
    WOULD_REVEAL = "would reveal another"  # subtracting it would give a hidden number
    BOUND = "bound"  # none or nearly none, all or nearly all: told as a bound


LOWER, UPPER, HIDDEN_BECAUSE = "lower", "upper", "hidden_because"
PROTECTED_COLUMNS: dict[str, str] = {
    **FACT_COLUMNS,
    LOWER: "float64",
    UPPER: "float64",
    HIDDEN_BECAUSE: "string",
}

_TYPES = {"int16": pa.int16(), "int64": pa.int64(), "float64": pa.float64()}
PROTECTED_SCHEMA: pa.Schema = pa.schema(
    [(name, _TYPES.get(kind, pa.string())) for name, kind in PROTECTED_COLUMNS.items()]
)

SEAL = object()  # held by protect() only


@dataclass(frozen=True, slots=True)
class Passed:
    """How many hidden numbers were attacked, and for how many effort did not suffice.

    `exposed` could not be protected by any repair.
    """

    attacked: int
    unsettled: int
    exposed: int


@dataclass(frozen=True, slots=True, eq=False)
class ProtectedTable:
    """Facts in which nothing hidden can be worked out from what is shown.

    `table` has the columns of `PROTECTED_COLUMNS`, in the order of the facts given.
    `lower` and `upper` are the 95 % interval of a reported rate of students, or the
    bound of a hidden one ("5 % or less" is 0 to 0.05, with value None).
    `hidden_because` is one of `HiddenBecause` for each fact that protect() hid.
    `withdrawn` facts are not in the table at all: that a row stands there, even a
    hidden one, would have told how many students there are; `left_out` names them for
    the ledger alone, and is never published. `passed` is what the attack found that
    the pattern had to withstand; `exposed` numbers cannot be protected any more, as a
    rule because earlier releases told what gives them away. `standing` facts are of
    years that stand as an earlier release told them, since they changed by none or by
    a few students: they carry the snapshot of then.

    Raises:
        TypeError: when anything but `protect` builds one.
    """

    table: pa.Table
    rule: Rule
    left_out: pa.Table
    passed: Passed
    standing: int
    seal: object

    def __post_init__(self) -> None:
        if self.seal is not SEAL:
            raise TypeError("Only protect() makes a ProtectedTable.")

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def withdrawn(self) -> int:
        """How many facts are not in the table at all."""
        return int(self.left_out.num_rows)

    @property
    def exposed(self) -> int:
        """How many hidden numbers cannot be protected any more."""
        return self.passed.exposed

    @property
    def hidden(self) -> int:
        """How many facts protect() hid, wholly or behind a bound."""
        return len(self) - int(self.table.column(HIDDEN_BECAUSE).null_count)

    def only(self, mask: pa.Array) -> ProtectedTable:
        """Some of the facts; what shows less gives away no more.

        Args:
            mask: booleans, one a fact.
        """
        return replace(self, table=self.table.filter(mask))

    def explain(self) -> dict[str, int]:
        """How many facts were hidden, by reason; a reason without any is left out."""
        counts = pc.value_counts(self.table.column(HIDDEN_BECAUSE)).to_pylist()
        found = {str(c["values"]): int(c["counts"]) for c in counts if c["values"]}
        return {str(r): found[r] for r in HiddenBecause if r in found}
