"""One family of published files: what its columns mean, and the way it is read.

A family is declared: how to know its header, which column names the group, and which
columns give the count, the students counted and the rate. The reading is the same for
all: clean the codes, place each row at its organization, choose one row where keys
repeat, tell suppressed from zero, bring rates to 0..1, and lay facts on the desk.

Rules that hold for every family:

- `*` is suppressed. A count of 0 with a blank rate is suppressed too: some copies turn
  `*` into 0, and a true zero has a rate of 0.
- Charter and DASS are two independent dimensions with an "All" row each. The All row is
  used and never added to its parts. Where a column was dropped, so that a key repeats,
  the row with the largest number of students is the All row: the whole is never
  smaller than its parts, and parts are suppressed (or trimmed) before the whole.
- The value is count / students where both are given, so the scale of the printed rate
  cannot mislead; where only a rate is given, the count is worked out from it.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evenrise.records.files.member import Member
from evenrise.records.sources.base import CERTAIN, NOT_MINE, Desk, SourceCard
from evenrise.records.sources.california import asked, places
from evenrise.records.sources.california.codes import AUTHORITY, GroupCodes
from evenrise.records.sources.cells import lookup
from evenrise.records.sources.published import measured
from evenrise.records.sources.published.job import Columns, Job
from evenrise.records.sources.published.measured import Measure
from evenrise.records.sql import quoted
from evenrise.vocabulary.text import Text


@dataclass(slots=True, kw_only=True)
class Family:
    """A family of published files; satisfies the `Source` protocol.

    `needs` lists what a header must have: one of each tuple's names. `forbids` are
    names that belong to a sister family. `category` is the column of the group, or
    empty where every row is about all students; `key` gives other SQL for the group's
    code. `roll_up` sums schools where districts have no rows, `total_from` names the
    family that adds up to all students where those have none, `besides` lays facts that
    stand in other columns (it is given the job and the table of placed rows).
    """

    card: SourceCard
    needs: tuple[tuple[str, ...], ...]
    measures: tuple[Measure, ...]
    forbids: tuple[str, ...] = ()
    category: tuple[str, ...] = ("reportingcategory",)
    key: Callable[[Columns], str] | None = None
    codes: GroupCodes = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    authority: str = AUTHORITY
    roll_up: bool = False
    total_from: str = ""
    besides: Callable[[Job, str], None] | None = None

    def recognise(self, member: Member) -> float:
        """Certain when the header has everything the family needs."""
        folded = frozenset(member.folded)
        if not places.has_place(folded) or folded & set(self.forbids):
            return NOT_MINE
        found = all(folded & set(names) for names in self.needs)
        return CERTAIN if found else NOT_MINE

    def read(self, members: Sequence[Member], desk: Desk) -> None:
        """Facts and names of every member, then what they leave to be asked."""
        tables = [self.read_one(member, desk) for member in members]
        read = [pair for pair in zip(members, tables, strict=True) if pair[1]]
        asked.about_facts(desk, [m for m, _ in read], [t for _, t in read])

    def read_one(self, member: Member, desk: Desk) -> str:
        """One member; its temporary table of facts, or "" when it has no measure."""
        job = Job.of(member, desk)
        present = tuple(m for m in self.measures if m.given(job.columns))
        desk.matched(member, self.used(job.columns, present))
        placed = job.make(f"{job.rows}_placed", self.placed_sql(job, present))
        asked.refuse_unplaced(job, placed)
        asked.note_shortened(job, placed)
        asked.about_new_codes(job, placed, self.codes, self.silent)
        if self.besides is not None:
            self.besides(job, placed)
        self.name(desk, placed)
        return self.facts(job, placed, present) if present else ""

    def facts(self, job: Job, placed: str, present: Sequence[Measure]) -> str:
        """Choose rows, measure them, complete them and lay them on the desk."""
        chosen = asked.choose_rows(job, placed, present[0])
        facts = measured.facts(job, chosen, present, self.authority)
        if self.total_from:
            measured.total_from_family(job, facts, self.total_from)
        if self.roll_up:
            measured.districts_from_schools(job, facts)
        job.desk.facts(f"SELECT * FROM {facts}")
        return facts

    def used(self, columns: Columns, present: Sequence[Measure]) -> dict[str, str]:
        """Which column, as written, was used for what."""
        plan = {
            "school_year": places.YEAR,
            "level": places.LEVEL,
            "county": places.COUNTY,
            "district": places.DISTRICT,
            "school": places.SCHOOL,
            "cds": places.WHOLE,
            "county name": places.COUNTY_NAME,
            "district name": places.DISTRICT_NAME,
            "school name": places.SCHOOL_NAME,
            "charter": places.CHARTER,
            "DASS": places.DASS,
            "group": self.category,
        }
        for one in present:
            plan |= one.uses()
        used: dict[str, str] = {}
        for use, names in plan.items():
            name = columns.first(names)
            if name is not None:  # graduates are a count, and the students of others
                written = columns.written[name]
                used[written] = f"{used[written]}; {use}" if written in used else use
        return used

    def placed_sql(self, job: Job, present: Sequence[Measure]) -> str:
        """SQL: every row with its year, organization, group and measure cells."""
        columns = job.columns
        code_parts = places.parts(columns)
        cells = "".join(
            f", {sql} AS {name}" for one in present for name, sql in one.cells(columns)
        )
        raw = f"""
            SELECT _file, _row, {asked.year_sql(job)}
                AS school_year,
                {columns.sql(places.YEAR)} AS year_written,
                upper({columns.sql(places.LEVEL)}) AS level_written,
                {code_parts["county"]} AS county,
                {code_parts["district"]} AS district,
                {code_parts["school"]} AS school,
                {places.shortened(columns)} AS shortened,
                {columns.sql(places.COUNTY_NAME)} AS county_name,
                {columns.sql(places.DISTRICT_NAME)} AS district_name,
                {columns.sql(places.SCHOOL_NAME)} AS school_name,
                {_is_all(columns, places.CHARTER)} AS charter_all,
                {_is_all(columns, places.DASS)} AS dass_all,
                {self.key_sql(columns)} AS code{cells}
            FROM {job.rows}"""
        families = {c: g[0] for c, g in self.codes.items() if g}
        groups = {c: g[1] for c, g in self.codes.items() if g}
        return f"""
            WITH raw AS ({raw}),
            leveled AS (SELECT *, {places.level(columns)} AS level FROM raw)
            SELECT *, {places.organization()},
                {lookup("code", dict(families))} AS group_family,
                {lookup("code", dict(groups))} AS "group"
            FROM leveled"""

    def key_sql(self, columns: Columns) -> str:
        """SQL over the raw rows for the group's code."""
        if self.key is not None:
            return self.key(columns)
        return f"upper({columns.sql(self.category)})" if self.category else "'ALL'"

    def name(self, desk: Desk, placed: str) -> None:
        """Names of organizations, where the file gives them."""
        desk.organizations(
            f"""SELECT level, organization_id, any_value(organization_name) AS name,
                any_value(district_id) AS district_id FROM {placed}
            WHERE organization_name IS NOT NULL AND organization_id IS NOT NULL
            GROUP BY level, organization_id"""
        )


def card(
    key: str, name: tuple[str, str], what: tuple[str, str], how_often: tuple[str, str]
) -> SourceCard:
    """A card of a published family: all of them share one merge rule."""
    return SourceCard(
        key=f"california_{key}",
        name=Text(*name),
        what=Text(*what),
        how_often=Text(*how_often),
        merge_rule=Text(
            "Facts stand as the state printed them. A file of a year, organization and "
            "group that is already there replaces it.",
            "Los datos quedan como el estado los publicó. Un archivo del mismo año, "
            "organización y grupo reemplaza al anterior.",
        ),
        tables=(),
    )


YEARLY = ("Once a year", "Una vez al año")


def _is_all(columns: Columns, names: tuple[str, ...]) -> str:
    """SQL: whether the row is the All row of a dimension; TRUE without the column."""
    name = columns.first(names)
    if name is None:
        return "TRUE"
    return f"coalesce(upper({quoted(name)}) IN ('ALL', 'A'), TRUE)"
