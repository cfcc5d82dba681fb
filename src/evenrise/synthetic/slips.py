"""Rows that no import should keep, for those who ask for them.

They are appended to files that are otherwise clean, and written down with their
lines, so that a test can check that each one is refused and nothing else is.
"""

from __future__ import annotations

import gzip
from dataclasses import replace

from evenrise.synthetic.folder import Folder
from evenrise.synthetic.layout import FILES
from evenrise.synthetic.people import People
from evenrise.synthetic.places import Places
from evenrise.synthetic.truths import Slip


SLIPS = (
    Slip("attendance", "date", "20226-03-01", "not a date"),
    Slip("attendance", "status", "perhaps", "not one of the codes"),
    Slip("enrollments", "grade", "14", "not a grade"),
    Slip("enrollments", "school_id", "", "required"),
    Slip("incidents", "date", "2026-02-30", "not a date"),
    Slip("marks", "mark", "", "required"),
    Slip("students", "birth_date", "31/31/2010", "not a date"),
)


def write_slips(
    folder: Folder, people: People, places: Places, year: int
) -> tuple[Slip, ...]:
    """Append the rows, and tell the line of each.

    Args:
        folder: the folder, with all of its files written.
        people: the children; the first of them has the slips.
        places: the schools.
        year: the latest school year.
    """
    usual = {
        "student_id": str(people.number[0]),
        "school_id": places.codes[0],
        "school_year": str(year),
        "date": f"{year}-02-03",
        "status": "present",
        "grade": "05",
        "entered_on": f"{year}-02-03",
        "incident_id": "I99999999",
        "section_id": f"S{year % 100}0000001",
        "term": "S2",
        "mark": "B",
    }
    written = []
    for slip in SLIPS:
        cells = usual | {slip.column: slip.cell}
        # Keys of their own, so that a row has one fault and not two.
        if slip.file == "students":
            cells["student_id"] = "999999999"
        row = ",".join(cells.get(column, "") for column in FILES[slip.file])
        path = folder.path / f"{slip.file}.csv"
        with (
            gzip.open(f"{path}.gz", "at", encoding="utf-8")
            if folder.gz
            else path.open("a", encoding="utf-8")
        ) as file:
            file.write(row + "\n")
        folder.rows[slip.file] += 1
        written.append(replace(slip, line=folder.rows[slip.file] + 1))
    return tuple(written)
