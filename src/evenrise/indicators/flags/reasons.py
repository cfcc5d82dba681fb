"""Why a student has a flag, as JSON: built in columns, for a whole district at once.

A reason names the line and the measure, the value, what it is a share of, and a detail
that lets a reader check it: days and why they were missed, courses with mark and day,
incidents by kind. Never what was written about an incident.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
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
Places = NDArray[np.int64]  # of students
Texts = Any  # a pyarrow array of strings: pyarrow.compute has no types


class Reasons:
    """The details of who crossed a line, each made once and told by every rule set."""

    def __init__(self, numbers: Numbers, crossed: Sequence[Crossed]) -> None:
        self.numbers = numbers
        self._details: dict[str, Texts] = {}
        parts: dict[str, list[Places]] = {}
        for one in crossed:
            parts.setdefault(_key(one), []).append(one.students)
        self._who = {key: _union(some, len(numbers)) for key, some in parts.items()}

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
            self._detail(crossed),
            "}",
        )

    def _detail(self, crossed: Crossed) -> Texts:
        key, measure = _key(crossed), crossed.line.measure
        who = self._who[key]
        if key not in self._details:
            makers = {
                Domain.ATTENDANCE: self._days,
                Domain.BEHAVIOR: self._incidents,
            }
            make = makers.get(crossed.line.domain)
            self._details[key] = make(who) if make else self._courses(who, measure)
        at = np.searchsorted(who, crossed.students)
        return pc.take(self._details[key], pa.array(at))

    def _column(self, who: Places) -> Callable[[str], Texts]:
        at = pa.array(who)
        return lambda name: pc.take(self.numbers.column_of(name), at)

    def _days(self, who: Places) -> Texts:
        table = self._column(who)
        first = self.numbers.counted.year.first_day
        parts: list[Texts] = []
        for name in ("enrolled", "absent", "excused", "medical", "unexcused"):
            parts += [f', "{name}": ', _whole(table(name))]
        parts += [', "since": ', _day(table("first_absent"), first)]
        parts += [', "last": ', _day(table("last_absent"), first)]
        return _joined('{"schools": ', _whole(table("schools")), *parts, "}")

    def _incidents(self, who: Places) -> Texts:
        column = self._column(who)("behavior_detail")
        return pc.coalesce(column, pa.scalar(_NOTHING))

    def _courses(self, who: Places, measure: str) -> Texts:
        table = self._column(who)
        names = _COURSES[measure]
        # Not `null_handling="skip"`: it drops rows in which every column is null.
        joined = pc.coalesce(table(names[0]), pa.scalar(""))
        for name in names[1:]:
            more = pc.coalesce(table(name), pa.scalar(""))
            both = pc.and_(pc.not_equal(joined, ""), pc.not_equal(more, ""))
            comma = pc.if_else(both, ", ", "")
            joined = pc.binary_join_element_wise(joined, comma, more, "")
        return _joined('{"courses": [', joined, "]}")


def _key(crossed: Crossed) -> str:
    """Which detail a line's reasons tell: one a domain, for courses one a measure."""
    line = crossed.line
    return line.measure if line.domain is Domain.COURSE else str(line.domain)


def _union(parts: Sequence[Places], students: int) -> Places:
    """The students of some parts, each once, in their order."""
    among = np.zeros(students, dtype=np.bool_)
    for part in parts:
        among[part] = True
    return np.flatnonzero(among)


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
