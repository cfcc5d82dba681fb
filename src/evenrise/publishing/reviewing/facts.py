"""The facts of a snapshot: computed, named, and those that one review speaks of."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc

from evenrise.indicators.compute import STUDENT_TABLES, compute_facts
from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.indicators.students import all_outcomes, open_engine
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot
from evenrise.statistics.small_numbers import ProtectedTable
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.progress import Progress


def computed(
    snapshot: Snapshot, as_of: dt.date, settings: DistrictSettings, progress: Progress
) -> tuple[pa.Table, dict[str, StudentOutcomes]]:
    """The facts, and the outcomes of single students where there are records.

    Both are asked of one engine, so that attendance is read once.
    """
    if not any(snapshot.has(table) for table in STUDENT_TABLES):
        facts = compute_facts(
            snapshot, as_of=as_of, settings=settings, progress=progress
        )
        return facts, {}
    with open_engine(snapshot, as_of=as_of, settings=settings) as engine:
        facts = compute_facts(
            snapshot, as_of=as_of, settings=settings, progress=progress, engine=engine
        )
        return facts, all_outcomes(engine, settings=settings)


def named(facts: pa.Table, organizations: pa.Table) -> pa.Table:
    """The facts, with the names that other files give to nameless organizations.

    A state's result files often carry codes alone; its list of schools and districts
    stands in a file of its own.
    """
    place = facts.column_names.index("organization_name")
    key = _keys(facts)
    found = pc.index_in(key, value_set=_keys(organizations).unique())
    first = _first_names(organizations)
    given = pc.take(first, found)
    blank = pc.equal(pc.fill_null(facts["organization_name"], ""), "")
    names = pc.if_else(blank, given, facts["organization_name"])
    return facts.set_column(place, facts.schema.field(place), names)


def _keys(table: pa.Table) -> pa.ChunkedArray:
    level = pc.cast(table["level"], "string")
    return pc.binary_join_element_wise(
        level, pc.cast(table["organization_id"], "string"), " "
    )


def _first_names(organizations: pa.Table) -> pa.ChunkedArray:
    """A name for each unique key, in the order of the unique keys."""
    keyed = pa.table({"key": _keys(organizations), "name": organizations["name"]})
    grouped = keyed.group_by("key", use_threads=False).aggregate([("name", "first")])
    order = pc.index_in(keyed["key"].unique(), value_set=grouped["key"])
    return pc.take(grouped["name_first"], order)


def about(facts: pa.Table, district: str) -> pa.Table:
    """The facts that a review of one district may speak of.

    Its own, its schools', and those of whole districts, counties and states; other
    districts' schools are left out early, since a state's files hold thousands.
    """
    others = pc.and_(
        pc.equal(facts["level"], "school"),
        pc.not_equal(pc.fill_null(facts["district_id"], ""), district),
    )
    return facts.filter(pc.invert(others))


def shown(facts: ProtectedTable, district: str) -> ProtectedTable:
    """The facts that are published with the review, `facts.csv`.

    Everything of the district, its schools and its state; of counties and other
    districts only all students together, which is what they were compared by.
    """
    table = facts.table
    wide = pc.is_in(table["level"], value_set=pa.array(["district", "county"]))
    other = pc.and_(wide, pc.not_equal(table["organization_id"], district))
    group = pc.not_equal(table["group_family"], ALL_FAMILY)
    return facts.only(pc.invert(pc.and_(other, group)))
