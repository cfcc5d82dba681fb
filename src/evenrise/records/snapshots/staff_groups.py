"""Groups of staff as the records tell them: gender, race and ethnicity of each adult.

The single-response rule of the students' families holds here too: Hispanic first, then
two or more races, then the race (Department of Education, 72 FR 59266).
"""

# ruff: noqa: S608 - our own names and quoted paths

from __future__ import annotations

from dataclasses import dataclass

from evenrise.records.contracts.contract import RACES
from evenrise.records.snapshots.asking import DAMAGE, here, rows_of, unreadable
from evenrise.records.snapshots.snapshot import Snapshot


NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class StaffGroups:
    """One adult's groups: codes of the families; `not_reported` where nothing stands.

    `gender` is F, M, X or `not_reported`.
    """

    gender: str
    race_ethnicity: str


def read_staff_groups(snapshot: Snapshot) -> dict[str, StaffGroups]:
    """The groups of every adult of a snapshot, by staff_id.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    try:
        rows = (
            here()
            .execute(
                "SELECT staff_id, gender, hispanic, race, race_ethnicity FROM "
                f"{rows_of(snapshot, 'staff')}"
            )
            .fetchall()
        )
    except DAMAGE as problem:
        raise unreadable(problem) from problem
    return {
        staff: StaffGroups(
            gender or NOT_REPORTED, race_of(race, given, hispanic=hispanic)
        )
        for staff, gender, hispanic, race, given in rows
    }


def race_of(race: str | None, given: str | None, *, hispanic: bool | None) -> str:
    """The one group of an adult.

    Args:
        race: codes of every race reported, with semicolons between them.
        given: the value of a source that gives one only.
        hispanic: Hispanic or Latino, of any race.
    """
    races = [one for one in (race or "").split(";") if one]
    if hispanic:
        return "hispanic"
    if len(races) > 1:
        return "two_or_more"
    one = races[0] if races else (given or "").strip().lower()
    known = one in RACES or (not races and one in ("hispanic", "two_or_more"))
    return one if known and one != "other" else NOT_REPORTED
