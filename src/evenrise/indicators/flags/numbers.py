"""From what was counted to the number that each measure looks at, one a student."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.engines.base import Tables
from evenrise.indicators.flags.counting import Counted
from evenrise.indicators.flags.measures import MEASURES


Floats = NDArray[np.float64]
MINIMUM_DAYS = 10  # days enrolled before attendance is judged (EDFacts FS195)
TWO = 2


@dataclass(frozen=True, slots=True)
class Number:
    """One measure of all students: nan where it is not known.

    `of` is what a share is a share of (days); None for everything else.
    """

    value: Floats
    of: Floats | None = None


class Numbers:
    """Every measure by key, worked out when a line first asks for it."""

    def __init__(self, counted: Counted, tables: Tables, minimum_days: float) -> None:
        self.counted = counted
        self.tables = tables
        self.minimum_days = minimum_days
        self._made: dict[str, Number] = {}

    def __len__(self) -> int:
        return int(self.counted.table.num_rows)

    def __getitem__(self, measure: str) -> Number:
        if measure not in self._made:
            self._made[measure] = self._number(measure)
        return self._made[measure]

    def column_of(self, name: str) -> Any:
        """A column as it was counted, in one piece: an Arrow array."""
        column = self.counted.table.column(name).combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            return column.chunk(0) if column.num_chunks else pa.array([], column.type)
        return column

    def column(self, name: str) -> Floats:
        """A column of what was counted; nan where there is nothing."""
        column = self.counted.table.column(name).cast(pa.float64())
        return np.asarray(column.to_numpy(), dtype=np.float64)

    def _number(self, measure: str) -> Number:
        needs = MEASURES[measure].needs
        if not all(self.tables.has(need.partition(".")[0]) for need in needs):
            return Number(np.full(len(self), np.nan))
        makers = {
            "attendance": self._days,
            "behavior": self._incidents,
            "course": self._marks,
        }
        return makers[MEASURES[measure].domain](measure)

    def _days(self, measure: str) -> Number:
        enrolled, absent = self.column("enrolled"), self.column("absent")
        enrolled = np.where(enrolled >= self.minimum_days, enrolled, np.nan)
        known = np.where(np.isnan(enrolled), np.nan, 0.0)
        if measure == "absent_share":
            return Number(absent + known, enrolled)
        if measure == "attended_share":
            return Number(enrolled - absent, enrolled)
        if measure == "attended_share_45":
            recent = self.column("enrolled_45")
            recent = np.where(recent >= self.minimum_days, recent, np.nan)
            return Number(recent - self.column("absent_45"), recent)
        if measure == "unexcused_absences" and not self.counted.has_reasons:
            return Number(np.full(len(self), np.nan))
        names = {
            "absences_quarter": "absent_63",
            "absences_year": "absent",
            "unexcused_absences": "unexcused",
        }
        return Number(self.column(names[measure]) + known)

    def _incidents(self, measure: str) -> Number:
        counted = self.counted
        known = counted.has_incidents
        if measure == "state_offenses":
            known = counted.has_state_offenses
        elif measure != "incidents":
            known = counted.has_actions
        if not known:
            return Number(np.full(len(self), np.nan))
        names = {"serious_incidents": "serious", "minor_incidents": "minor"}
        return Number(np.nan_to_num(self.column(names.get(measure, measure))))

    def _marks(self, measure: str) -> Number:
        if measure == "failing_core":
            return Number(self._core())
        if measure in ("failing_ela", "failing_math"):
            subject = measure.removeprefix("failing_")
            known = self.column(f"known_{subject}") > 0
            return Number(np.where(known, self.column(measure), np.nan))
        if measure == "gpa":
            letters = self.column("letters")
            some = np.where(letters > 0, letters, np.nan)
            return Number(np.round(self.column("points") / some, 3))
        if measure == "lowest_mark":
            return Number(self.column("lowest_mark"))
        known = self.column("known_marks") > 0
        failing = self.column("failing_any")
        if measure == "failing_beside_two_ds":
            failing = np.where(self.column("ds") >= TWO, failing, 0.0)
        return Number(np.where(known, failing, np.nan))

    def _core(self) -> Floats:
        """English and mathematics together; a subject not taken cannot be failed."""
        failing = np.zeros(len(self))
        every = np.ones(len(self), dtype=np.bool_)
        some = np.zeros(len(self), dtype=np.bool_)
        for subject in ("ela", "math"):
            known = self.column(f"known_{subject}") > 0
            failing += np.where(known, self.column(f"failing_{subject}"), 0.0)
            some |= known
            # Only who sits somewhere today, in sections of known subjects, is known
            # not to take it: nan compares as neither.
            spared = (self.column(f"takes_{subject}") == 0) & (
                self.column("takes_unknown") == 0
            )
            every &= known | spared
        return np.where((failing > 0) | (every & some), failing, np.nan)
