"""Why a student has a flag, as JSON: built in columns, for a whole district at once.

A reason names the line and the measure, the value, what it is a share of, and a detail
that lets a reader check it: days and why they were missed, courses with mark and day,
incidents by kind. Never what was written about an incident.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from evenrise.indicators.flags.judging import Crossed
from evenrise.indicators.flags.measures import Domain
from evenrise.indicators.flags.numbers import Numbers


# Which list of courses a measure's reason tells.
_CORE = ("failed_ela", "failed_math")
_FAILED = (*_CORE, "failed_other")
_COURSES = {
    "failing_core": _CORE,
    "failing_ela": _CORE[:1],
    "failing_math": _CORE[1:],
    "failing_any": _FAILED,
    "failing_beside_two_ds": (*_FAILED, "courses_with_d"),
    "gpa": (*_FAILED, "courses_with_d"),
    "lowest_mark": ("low_numbers",),
}
_NOTHING = '{"kinds": [], "days": 0}'
Texts = Any  # a pyarrow array of strings: pyarrow.compute has no types


class Reasons:
    """The details of all students, each made once and told by every rule set."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self._details: dict[str, Texts] = {}

    def of(self, crossed: Crossed) -> Texts:
        """One JSON text for each student who crossed a line."""
        line, rows = crossed.line, crossed.students
        number = self.numbers[line.measure]
        head = f'{{"line": "{line.key}", "measure": "{line.measure}", "value": '
        whole = "null" if number.of is None else _texts(number.of[rows])
        return _joined(
            head,
            _texts(number.value[rows]),
            ', "of": ',
            whole,
            ', "detail": ',
            pc.take(self._detail(line.measure, line.domain), pa.array(rows)),
            "}",
        )

    def _detail(self, measure: str, domain: Domain) -> Texts:
        key = measure if domain is Domain.COURSE else str(domain)
        if key not in self._details:
            makers = {
                Domain.ATTENDANCE: self._days,
                Domain.BEHAVIOR: self._incidents,
            }
            make = makers.get(domain)
            self._details[key] = make() if make else self._courses(measure)
        return self._details[key]

    def _days(self) -> Texts:
        table = self.numbers.column_of
        first = self.numbers.counted.year.first_day
        parts: list[Texts] = []
        for name in ("enrolled", "absent", "excused", "medical", "unexcused"):
            parts += [f', "{name}": ', _whole(table(name))]
        parts += [', "since": ', _day(table("first_absent"), first)]
        parts += [', "last": ', _day(table("last_absent"), first)]
        return _joined('{"schools": ', _whole(table("schools")), *parts, "}")

    def _incidents(self) -> Texts:
        column = self.numbers.column_of("behavior_detail")
        return pc.coalesce(column, pa.scalar(_NOTHING))

    def _courses(self, measure: str) -> Texts:
        table = self.numbers.column_of
        names = _COURSES[measure]
        # Not `null_handling="skip"`: it drops rows in which every column is null.
        joined = pc.coalesce(table(names[0]), pa.scalar(""))
        for name in names[1:]:
            more = pc.coalesce(table(name), pa.scalar(""))
            both = pc.and_(pc.not_equal(joined, ""), pc.not_equal(more, ""))
            comma = pc.if_else(both, ", ", "")
            joined = pc.binary_join_element_wise(joined, comma, more, "")
        return _joined('{"courses": [', joined, "]}")


def _joined(*parts: Texts) -> Texts:
    """Texts side by side; a plain string stands in every row."""
    rows = next(one for one in parts if not isinstance(one, str))
    if len(rows) == 0:
        return pa.array([], pa.string())
    return pc.binary_join_element_wise(*parts, "", null_handling="replace")


def _texts(values: NDArray[np.float64]) -> Texts:
    """Numbers as JSON: whole where they are."""
    whole = np.isnan(values) | (values == np.floor(values))
    if whole.all():
        shown = np.where(np.isnan(values), 0, values).astype(np.int64)
        return pc.cast(pa.array(shown, mask=np.isnan(values)), pa.string()).fill_null(
            "null"
        )
    return pc.cast(pa.array(np.round(values, 3)), pa.string())


def _whole(column: Texts) -> Texts:
    return pc.fill_null(pc.cast(pc.cast(column, pa.int64()), pa.string()), "0")


def _day(places: Texts, first: dt.date) -> Texts:
    """A day, from its place in the school year; null where none."""
    known = np.asarray(pc.is_valid(places))
    days = np.asarray(pc.fill_null(pc.cast(places, pa.int64()), 0))
    dates = np.datetime64(first) + days.astype("timedelta64[D]")
    texts = pc.cast(pa.array(dates, mask=~known), pa.string())
    quoted = pc.binary_join_element_wise('"', texts, '"', "")
    return pc.fill_null(quoted, "null")


def dictionary(codes: NDArray[np.integer[Any]], words: Sequence[str] | Texts) -> Texts:
    """A column of few words, each kept once."""
    kept = words if isinstance(words, pa.Array) else pa.array(list(words), pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(codes), kept)
