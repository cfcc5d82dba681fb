"""Which organization a row of a California file is about, whatever its columns.

A CDS code is 14 digits: county 2, district 5, school 7. Files give it in one column
or in three, spreadsheets drop its leading zeros or turn it into `64980.0`; it is text
here, always whole. School 0000000 is the district itself, 0000001 its students in
nonpublic schools; district 00000 is the county, county 00 the state.

Organization ids: `CA`, county `19`, district `1964980`, school `19649801938000`.
"""

from __future__ import annotations

from evenrise.records.sources.california.codes import LEVELS, STATE_ID, STATE_NAME
from evenrise.records.sources.cells import code, lookup
from evenrise.records.sources.published.job import Columns
from evenrise.records.sql import literal, quoted


YEAR = ("academicyear", "schoolyear", "testyear", "reportingyear", "year")
LEVEL = ("aggregatelevel", "rtype", "typeid", "aggregationlevel")
COUNTY = ("countycode", "ccode")
DISTRICT = ("districtcode", "cdcode")
SCHOOL = ("schoolcode", "scode")
WHOLE = ("cds", "cdscode")
COUNTY_NAME = ("countyname", "cname", "county")
DISTRICT_NAME = ("districtname", "dname", "district", "lea")
SCHOOL_NAME = ("schoolname", "sname", "school")
CHARTER = ("charterschool", "charteryn", "charterschoolyn", "charter")
DASS = ("dass", "dassyn", "dassflag")
NONPUBLIC_NAME = "Nonpublic schools"

_WIDTHS = {"county": 2, "district": 5, "school": 7}


def has_place(folded: frozenset[str]) -> bool:
    """Whether a header says which organization its rows are about."""
    return bool(folded & set(WHOLE)) or (
        bool(folded & set(COUNTY)) and bool(folded & set(DISTRICT))
    )


def parts(columns: Columns) -> dict[str, str]:
    """SQL for county, district and school codes, NULL where they are no codes."""
    whole = columns.first(WHOLE)
    if whole is not None:
        full = code(quoted(whole), 14)
        return {
            "county": f"substr({full}, 1, 2)",
            "district": f"substr({full}, 3, 5)",
            "school": f"substr({full}, 8, 7)",
        }
    district = columns.sql(DISTRICT)
    if columns.first(DISTRICT) == "cdcode":
        district = f"substr({code(district, 7)}, 3, 5)"
    school = columns.sql(SCHOOL)
    return {
        "county": code(columns.sql(COUNTY), 2),
        "district": code(f"coalesce({district}, '0')", 5),
        "school": code(f"coalesce({school}, '0')", 7),
    }


def shortened(columns: Columns) -> str:
    """SQL that is true where a code had lost zeros or gained a `.0`."""
    whole = columns.first(WHOLE)
    if whole is not None:
        return f"length({quoted(whole)}) <> 14"
    tests = [
        f"coalesce(length({quoted(name)}) <> {width}, FALSE)"
        for names, width in ((COUNTY, 2), (DISTRICT, 5), (SCHOOL, 7))
        if (name := columns.first(names)) is not None and name != "cdcode"
    ]
    return f"({' OR '.join(tests)})" if tests else "FALSE"


def level(columns: Columns) -> str:
    """SQL for the level over a query that already has county, district, school."""
    by_code = (
        "CASE WHEN school <> '0000000' THEN 'school' WHEN district <> '00000' "
        "THEN 'district' WHEN county <> '00' THEN 'county' ELSE 'state' END"
    )
    if columns.first(LEVEL) is None:
        return by_code
    return f"coalesce({lookup('level_written', LEVELS)}, {by_code})"


def organization(names: str = "") -> str:
    """SQL for organization_id, district_id and organization_name.

    Over a query with level, county, district, school, county_name, district_name and
    school_name; `names` is an alias to read them from.
    """
    at = f"{names}." if names else ""
    return f"""
        CASE {at}level WHEN 'state' THEN {literal(STATE_ID)} WHEN 'county'
            THEN {at}county WHEN 'district' THEN {at}county || {at}district
            ELSE {at}county || {at}district || {at}school END AS organization_id,
        CASE WHEN {at}level IN ('district', 'school')
            THEN {at}county || {at}district END AS district_id,
        CASE {at}level WHEN 'state' THEN {literal(STATE_NAME)}
            WHEN 'county' THEN {at}county_name WHEN 'district' THEN {at}district_name
            ELSE coalesce({at}school_name, CASE WHEN {at}school = '0000001'
                THEN {literal(NONPUBLIC_NAME)} END) END AS organization_name"""
