"""The tables of District CSV, version 1: one file a table.

`CONTRACTS` holds them by name, in the order in which people meet them.
"""

from __future__ import annotations

from evenrise.records.contracts import (
    assessments,
    assignments,
    attendance,
    calendar,
    completions,
    enrollments,
    facilities,
    family_contacts,
    incidents,
    marks,
    programs,
    published_facts,
    rosters,
    schools,
    scores,
    sections,
    spending,
    staff,
    staff_assignments,
    students,
    survey_responses,
)
from evenrise.records.contracts.contract import Column, Contract, Kind


VERSION = 1
CONTRACTS: dict[str, Contract] = {
    module.CONTRACT.name: module.CONTRACT
    for module in (
        schools,
        calendar,
        students,
        enrollments,
        programs,
        attendance,
        incidents,
        sections,
        rosters,
        marks,
        assignments,
        scores,
        assessments,
        completions,
        staff,
        staff_assignments,
        spending,
        facilities,
        survey_responses,
        family_contacts,
        published_facts,
    )
}

__all__ = ["CONTRACTS", "VERSION", "Column", "Contract", "Kind"]
