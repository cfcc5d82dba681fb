"""From a snapshot to one table of facts: computed from records, and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.define import Indicator
from evenrise.indicators.engines.base import Cells, Question
from evenrise.indicators.engines.duckdb_engine import DuckDBEngine
from evenrise.indicators.naming import (
    Names,
    SettingsLike,
    SnapshotLike,
    read_names,
)
from evenrise.indicators.published import published_facts, published_keys
from evenrise.indicators.registry import INDICATORS
from evenrise.indicators.results import SCHEMA, empty, from_facts
from evenrise.vocabulary.facts import Fact, Origin, Status
from evenrise.vocabulary.groups import ALL_FAMILY, ALL_STUDENTS
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.progress import Progress, Silent
from evenrise.vocabulary.school_year import SchoolYear


# Tables of student records; without any, nothing can be computed.
STUDENT_TABLES = (
    "enrollments",
    "completions",
    "attendance",
    "incidents",
    "marks",
    "assessments",
    "rosters",
    "scores",
)
# A school year is over, for indicators that need a whole one, from 1 June on.
_LAST_MONTH = 6


def compute_facts(
    snapshot: SnapshotLike,
    *,
    as_of: dt.date,
    settings: SettingsLike,
    progress: Progress | None = None,
    only: Iterable[str] | None = None,
    engine: DuckDBEngine | None = None,
) -> pa.Table:
    """Every fact that the snapshot holds or allows: a table of FACT_COLUMNS.

    Computed facts are for schools and the district, for every group family, and at
    the district for pairs of families. Cells without students do not occur; an
    indicator whose tables the district does not collect gives one fact with status
    `not_collected`. The table is not protected: `protect` comes after. An `engine` on
    the same snapshot and day (`students.open_engine`) is used and left open, so that
    the outcomes of students can be asked of the tables it has made.

    Raises:
        DefinitionProblem: when `settings` name a threshold that does not exist.
        KeyError: when `only` names an indicator that does not exist.
    """
    chosen = None if only is None else frozenset(only)
    if chosen is not None and (unknown := chosen - INDICATORS.keys()):
        raise KeyError(f"{min(unknown)!r} is no indicator.")
    published = published_facts(snapshot.facts(), only=chosen)
    wanted = [
        one
        for one in INDICATORS.values()
        if one.computed and (chosen is None or one.key in chosen)
    ]
    tables = [published]
    if any(snapshot.has(table) for table in STUDENT_TABLES):
        told = _Told(
            read_names(snapshot, settings),
            as_of,
            snapshot.id,
            published_keys(published),
        )
        progress = progress or Silent()
        with ExitStack() as stack:
            if engine is None:
                question = Question(snapshot, as_of, told.names.district)
                engine = stack.enter_context(DuckDBEngine(question))
            for place, one in enumerate(wanted):
                progress.step(one.title.en, place, len(wanted))
                tables.append(_facts(engine, one, told, settings))
        progress.step("", len(wanted), len(wanted))
    return pa.concat_tables(tables)


@dataclass(frozen=True, slots=True)
class _Told:
    """What every computed fact carries along."""

    names: Names
    as_of: dt.date
    snapshot: str
    published: frozenset[str]


def _facts(
    engine: DuckDBEngine, one: Indicator, told: _Told, settings: SettingsLike
) -> pa.Table:
    """One indicator's computed facts."""
    thresholds = one.with_settings(settings.thresholds)
    if engine.missing(one) is not None:
        return _no_number(one, told, Status.NOT_COLLECTED)
    cells = engine.cells(one, thresholds)
    if one.whole_year:
        cells = cells.until(_last_finished(told.as_of))
    if not len(cells):
        return _no_number(one, told, Status.NO_STUDENTS)
    return _table(cells, one, told)


def _last_finished(as_of: dt.date) -> int:
    year = SchoolYear.of(as_of).spring
    return year if as_of.year == year and as_of.month >= _LAST_MONTH else year - 1


def _no_number(one: Indicator, told: _Told, status: Status) -> pa.Table:
    """The one fact that says why there is no number; none where an agency tells it."""
    if one.key in told.published:
        return empty()
    district = told.names.district
    fact = Fact(
        indicator=one.key,
        definition_version=one.version,
        authority=one.authority,
        school_year=SchoolYear.of(told.as_of).spring,
        level=Level.DISTRICT,
        organization_id=district,
        organization_name=told.names.name("district", district),
        group_family=ALL_FAMILY,
        group=ALL_STUDENTS,
        numerator=None,
        denominator=None,
        value=None,
        status=status,
        origin=Origin.COMPUTED,
        snapshot=told.snapshot,
        district_id=district,
    )
    return from_facts([fact])


def _table(cells: Cells, one: Indicator, told: _Told) -> pa.Table:
    """The cells as facts, in a stated order: year, level, organization, family."""
    count = len(cells)
    names, places = told.names, cells.organizations
    columns = {
        "indicator": _same(one.key, count),
        "definition_version": pa.array(np.full(count, one.version, np.int16)),
        "authority": _same(one.authority, count),
        "school_year": pa.array(cells.school_year.astype(np.int16)),
        "level": _coded(cells.place, [level for level, _ in places]),
        "organization_id": _coded(cells.place, [code for _, code in places]),
        "organization_name": _coded(cells.place, [names.name(*p) for p in places]),
        "group_family": _coded(cells.group, [family for family, _ in cells.groups]),
        "group": _coded(cells.group, [group for _, group in cells.groups]),
        "numerator": pa.array(cells.numerator),
        "denominator": pa.array(cells.denominator),
        "value": pa.array(cells.numerator / cells.denominator),
        "status": _same(Status.REPORTED.value, count),
        "origin": _same(Origin.COMPUTED.value, count),
        "source_file": pa.nulls(count, pa.string()),
        "source_row": pa.nulls(count, pa.int64()),
        "snapshot": _same(told.snapshot, count),
        "district_id": _coded(cells.place, [names.district_of(*p) for p in places]),
    }
    order = np.lexsort((cells.group, cells.place, cells.school_year))
    return pa.table(columns, schema=SCHEMA).take(pa.array(order))


def _same(text: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


def _coded(codes: NDArray[np.int64], names: list[str]) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(codes))
