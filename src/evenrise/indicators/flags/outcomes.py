"""What else followed given days than days missed: marks, and days with an incident.

    windows = absence_windows(snapshot, days, as_of)
    marks = mark_counts(snapshot, windows, settings)

A support for courses is judged by courses failed, one for behavior by days with an
incident. Rows are those of the windows, in their order.
"""

# ruff: noqa: S608 - the SQL is our own

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from string import Template

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.engines.sql_steps import steps_of
from evenrise.indicators.flags.counting import FlagSettings
from evenrise.indicators.flags.windows import MEMORY, Counts, Windows
from evenrise.records.snapshots.asking import asking, rows_of
from evenrise.records.snapshots.snapshot import Snapshot


MONTHS = 5  # in which marks are looked at, from the month after the start on
_JULY = 6  # months of a year before it
_COLUMNS = (
    "n_earlier",
    "bad_earlier",
    "n_before",
    "bad_before",
    "n_after",
    "bad_after",
)


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """Something counted before and after each row's day: of `n_*`, `bad_*` were bad.

    `over` says whether the whole time after was over when nothing later was known.
    """

    n_earlier: Counts
    bad_earlier: Counts
    n_before: Counts
    bad_before: Counts
    n_after: Counts
    bad_after: Counts
    over: NDArray[np.bool_]


def mark_counts(
    snapshot: Snapshot, windows: Windows, settings: FlagSettings
) -> OutcomeCounts:
    """Marks, and those that were failing, by the month of each row's day.

    Before: the twelve months that end with the month before; earlier: the twelve before
    them; after: five months from the next one on, as far as the school year goes. So
    all whose days lie in one month are asked about the same terms. A mark that says
    neither pass nor fail is left out.

    Args:
        snapshot: the records that the windows were made of.
        windows: the rows; nothing that became known after their `as_of` is read.
        settings: the district's; `early_warning.passing_mark` for marks as numbers.

    Raises:
        InputProblem: when a part of the store cannot be read.
    """
    month = windows.day.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    ahead = np.minimum(month + MONTHS, _last_of_year(month))
    passing = settings.thresholds.get("early_warning.passing_mark")
    values = {
        "as_of": f"DATE '{windows.as_of}'",
        "passing": "CAST(NULL AS DOUBLE)" if passing is None else repr(float(passing)),
    }
    codes = pa.array(windows.students.tolist(), pa.string())
    student = pa.DictionaryArray.from_arrays(pa.array(windows.student), codes)
    with asking(MEMORY) as con:
        for table in ("marks", "sections"):
            con.execute(
                f"CREATE VIEW {table} AS SELECT * FROM {rows_of(snapshot, table)}"
            )
        rows = pa.table(
            {
                "row": pa.array(np.arange(len(windows), dtype=np.int32)),
                "student_id": student.cast(pa.string()),
                "month": pa.array(month),
                "ahead": pa.array(ahead),
            }
        )
        con.register("asked_rows", rows)
        for _, name, sql in steps_of(__package__, "outcomes"):
            con.execute(
                f"CREATE TEMP TABLE {name} AS {Template(sql).substitute(values)}"
            )
        found = con.sql(
            f"SELECT {', '.join(_COLUMNS)} FROM mark_counts ORDER BY row"
        ).to_arrow_table()
    told: dict[str, Counts] = {
        name: found.column(name).to_numpy().astype(np.int32) for name in _COLUMNS
    }
    return OutcomeCounts(
        n_earlier=told["n_earlier"],
        bad_earlier=told["bad_earlier"],
        n_before=told["n_before"],
        bad_before=told["bad_before"],
        n_after=told["n_after"],
        bad_after=told["bad_after"],
        over=(ahead > month) & (ahead < _month(windows.as_of)),
    )


def _last_of_year(month: NDArray[np.int64]) -> NDArray[np.int64]:
    """June of each month's school year."""
    return np.asarray((month + _JULY) // 12 * 12 + _JULY - 1)


def _month(as_of: dt.date) -> int:
    """The first month that was not over on a day."""
    tomorrow = as_of + dt.timedelta(days=1)
    return tomorrow.year * 12 + tomorrow.month - 1


def incident_counts(windows: Windows) -> OutcomeCounts:
    """School days, and those on which an incident names the student.

    Raises:
        ValueError: when incidents were not collected.
    """
    if windows.incidents is None:
        raise ValueError("Incidents were not collected.")
    earlier, before, after = windows.incidents
    return OutcomeCounts(
        windows.days_earlier,
        np.minimum(earlier, windows.days_earlier),
        windows.days_before,
        np.minimum(before, windows.days_before),
        windows.days_after,
        np.minimum(after, windows.days_after),
        over=np.asarray(windows.due >= windows.after),
    )


def absence_counts(windows: Windows) -> OutcomeCounts:
    """School days, and those missed."""
    return OutcomeCounts(
        windows.days_earlier,
        windows.absent_earlier,
        windows.days_before,
        windows.absent_before,
        windows.days_after,
        windows.absent_after,
        over=np.asarray(windows.due >= windows.after),
    )
