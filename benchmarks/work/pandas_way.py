"""The same three indicators in pandas, as a careful analyst would write them.

It reads the same Parquet files, only the columns it needs, and groups by all the
families of groups that Evenrise uses, at schools and in the district. Evenrise also
counts every pair of families; that is left out here, to the peer's advantage.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd

from evenrise.records.snapshots import Snapshot, SnapshotStore
from evenrise.synthetic.names import DISTRICT_CODE


PROGRAMS = (
    "english_learner",
    "disability",
    "low_income",
    "foster",
    "homeless",
    "migrant",
)
STUDENT_YEAR = ["student_id", "school_year"]


def main() -> None:
    """`python -m benchmarks.work.pandas_way STORE TARGET`."""
    snapshot = SnapshotStore(Path(sys.argv[1])).current()
    if snapshot is None:
        raise SystemExit("the store is empty")
    begun = time.perf_counter()
    tables = read(snapshot)
    loaded = time.perf_counter()
    groups = memberships(tables)
    counted = {
        "chronic_absence": chronic_absence(tables["attendance"]),
        "suspension": suspension(tables["enrollments"], tables["incidents"]),
        "d_f_rate": d_f_rate(tables["marks"], tables["sections"]),
    }
    facts = pd.concat(
        by_group(rows, groups).assign(indicator=key) for key, rows in counted.items()
    )
    done = time.perf_counter()
    facts.to_parquet(sys.argv[2])
    told = {
        "seconds": done - begun,
        "reading": round(loaded - begun, 2),
        "computing": round(done - loaded, 2),
        "rows": len(facts),
    }
    print(json.dumps(told))


def read(snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    """The columns that the three indicators need."""
    columns = {
        "students": ["student_id", "gender", "hispanic", "race"],
        "enrollments": [*STUDENT_YEAR, "school_id", "grade", "entered_on", "left_on"],
        "programs": ["student_id", "program", "started_on", "ended_on"],
        "attendance": ["student_id", "school_id", "date", "status"],
        "incidents": ["student_id", "school_id", "date", "action"],
        "marks": ["student_id", "section_id", "mark"],
        "sections": ["section_id", "school_id", "school_year"],
    }
    return {
        name: pd.concat(
            pd.read_parquet(part, columns=wanted) for part in snapshot.parts(name)
        )
        for name, wanted in columns.items()
    }


def spring(dates: pd.Series) -> pd.Series:
    """The school year of dates, by its spring."""
    dates = pd.to_datetime(dates)
    return dates.dt.year + (dates.dt.month >= 7)


def memberships(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The groups of every student and year: a column a family."""
    enrolled = tables["enrollments"].sort_values("entered_on")
    base: pd.DataFrame = enrolled.groupby(STUDENT_YEAR, as_index=False)[
        ["grade"]
    ].last()
    people = tables["students"].set_index("student_id")
    people["race_ethnicity"] = people["race"].fillna("not_reported")
    several = people["race"].str.contains(";", na=False)
    people.loc[several, "race_ethnicity"] = "two_or_more"
    hispanic = people["hispanic"].fillna(value=False).astype(bool)
    people.loc[hispanic, "race_ethnicity"] = "hispanic"
    people["gender"] = people["gender"].map(
        {"F": "female", "M": "male", "X": "nonbinary"}
    )
    base = base.join(people[["race_ethnicity", "gender"]], on="student_id")
    base["all"] = "all"
    spells = tables["programs"].merge(base[STUDENT_YEAR], on="student_id")
    fall = pd.to_datetime((spells["school_year"] - 1).astype(str) + "-07-01")
    end = pd.to_datetime(spells["school_year"].astype(str) + "-06-30")
    started, ended = (
        pd.to_datetime(spells["started_on"]),
        pd.to_datetime(spells["ended_on"]),
    )
    spells = spells[(started <= end) & (ended.isna() | (ended >= fall))]
    for program in PROGRAMS:
        has = spells.loc[spells["program"] == program, STUDENT_YEAR].drop_duplicates()
        index = pd.MultiIndex.from_frame(base[STUDENT_YEAR])
        member = index.isin(pd.MultiIndex.from_frame(has))
        base[program] = pd.Series(member, index=base.index).map(
            {True: program, False: f"not_{program}"}
        )
    return base


def places(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows once for the school and once for the district."""
    school = rows.assign(level="school", organization_id=rows["school_id"])
    district = rows.assign(level="district", organization_id=DISTRICT_CODE)
    return pd.concat([school, district])


PLACE = [*STUDENT_YEAR, "level", "organization_id"]


def chronic_absence(attendance: pd.DataFrame) -> pd.DataFrame:
    """Absent on a tenth of 31 or more days: a row a student, year and place."""
    days = attendance.assign(
        school_year=spring(attendance["date"]),
        absent=attendance["status"] == "absent",
    )
    sums = days.groupby([*STUDENT_YEAR, "school_id"], as_index=False).agg(
        days=("absent", "size"), absent=("absent", "sum")
    )
    sums = places(sums).groupby(PLACE, as_index=False)[["days", "absent"]].sum()
    counts = sums[(sums["days"] >= 31) & (sums["absent"] < sums["days"])]
    chronic = counts["absent"] * 10 >= counts["days"]
    return counts.assign(numerator=chronic)


def suspension(enrollments: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Suspended at least once: a row a student, year and place."""
    enrolled = places(enrollments)[PLACE].drop_duplicates()
    suspended = incidents[incidents["action"].str.endswith("_suspension")]
    suspended = suspended.assign(school_year=spring(suspended["date"]))
    once = places(suspended)[PLACE].drop_duplicates().assign(numerator=True)
    joined = enrolled.merge(once, how="left", on=PLACE)
    return joined.assign(numerator=joined["numerator"].notna())


def d_f_rate(marks: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """At least one D or F: a row a student, year and place."""
    joined = marks.merge(sections, on="section_id")
    joined["numerator"] = joined["mark"].str[0].isin(["D", "F"])
    return places(joined).groupby(PLACE, as_index=False)[["numerator"]].max()


def by_group(rows: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Sums for every place, family and group."""
    joined = rows.merge(groups, on=STUDENT_YEAR)
    families = ("all", "race_ethnicity", "gender", "grade", *PROGRAMS)
    parts = []
    for family in families:
        keys = ["school_year", "level", "organization_id", family]
        sums = joined.groupby(keys, as_index=False)["numerator"].agg(["sum", "size"])
        sums = sums.rename(
            columns={family: "group", "sum": "numerator", "size": "denominator"}
        )
        parts.append(sums.assign(group_family=family))
    return pd.concat(parts)


if __name__ == "__main__":
    main()
