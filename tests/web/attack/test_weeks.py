"""Weeks by group: what one measure is asked, less what another one is.

A team chooses grades and groups of its live measures as it likes, as often as it likes,
and so does another team of the same school. The attacker here has all of their weeks,
and solves them; this shares no code with what settles them.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from evenrise.indicators.weekly import Weekly, WeeklyAsk, week_sums
from evenrise.records.settings import DistrictSettings
from evenrise.vocabulary.groups import FAMILIES
from evenrise.workspace.cycles.actions.live import renew
from evenrise.workspace.cycles.models import CycleMeasure, MeasureKind
from evenrise.workspace.cycles.queries.watched import watched
from tests.web.cycles.a_cycle import make_cycle


pytestmark = pytest.mark.django_db
FEW = 11
ON = dt.date(2025, 3, 10)
GRADES = ("09", "10", "11", "12")
ASKED = (
    GRADES,
    *((one,) for one in GRADES),
    *(tuple(one for one in GRADES if one != but) for but in GRADES),
)
FAMILY_CODES = ("race_ethnicity", "gender", "english_learner")
GROUPS = {
    family: [
        group.code
        for group in FAMILIES[family].groups
        if group.code not in {"not_reported", "not_english_learner"}
    ]
    for family in FAMILY_CODES
}


@pytest.fixture
def cycle(db_district, cast):
    made = make_cycle(cast)
    made.measures.all().delete()
    for place, grades in enumerate(ASKED):
        measure = CycleMeasure.objects.create(
            cycle=made,
            name=str(place),
            kind=MeasureKind.LIVE,
            indicator="weekly_absence",
            school_id=made.school_id,
            grades=[] if grades == GRADES else list(grades),
            groups=[code for codes in GROUPS.values() for code in codes],
            counted_from=ON,
            by=cast["teacher"],
        )
        renew(measure)
    return made


def students(district, school: str, family: str) -> np.ndarray:
    """How many stand behind each cell: grades by groups, and everybody else."""
    codes = GROUPS[family]
    cells = np.zeros((len(GRADES), len(codes) + 1), dtype=int)
    for row, grade in enumerate(GRADES):
        ask = WeeklyAsk(
            school_id=school,
            grades=(grade,),
            groups=tuple((family, code) for code in codes),
            first=ON,
            last=ON,
        )
        told = week_sums(
            Weekly.ABSENCE,
            district.snapshot,
            ask,
            as_of=district.as_of,
            settings=DistrictSettings(),
        )
        found = {one.group: one.students for one in told}
        cells[row, :-1] = [found.get(code, 0) for code in codes]
        cells[row, -1] = found.get("", 0) - cells[row, :-1].sum()
    return cells


def questions(cycle, family: str, shape: tuple[int, int]) -> list[np.ndarray]:
    """What was answered: sums of cells, as teams read them."""
    found = []
    for one in watched(cycle, team=True):
        rows = [GRADES.index(grade) for grade in ASKED[int(one.name)]]
        for series in (read.series for read in one.reading.series):
            if not any(w.on == ON and w.count is not None for w in series.weeks):
                continue
            sums = np.zeros(shape)
            if series.group == "":
                sums[rows] = 1
            elif series.group in GROUPS[family]:
                sums[rows, GROUPS[family].index(series.group)] = 1
            else:
                continue
            found.append(sums.ravel())
    return found


def test_no_small_group_is_worked_out_of_several_measures(cycle, db_district):
    for family in FAMILY_CODES:
        cells = students(db_district, cycle.school_id, family)
        small = np.flatnonzero((cells.ravel() > 0) & (cells.ravel() < FEW))
        told = questions(cycle, family, cells.shape)
        assert small.size
        assert len(told) > len(ASKED), "the attack needs something to take away from"
        nobody = np.eye(cells.size)[cells.ravel() == 0]
        known = np.vstack([*told, *nobody])
        rank = np.linalg.matrix_rank(known)
        for cell in small:
            one = np.eye(cells.size)[cell]
            assert np.linalg.matrix_rank(np.vstack([known, one])) == rank + 1, (
                family,
                np.unravel_index(cell, cells.shape),
            )
    for row in cycle.measures.latest("pk").weeks.filter(size=None):
        assert (row.count, row.students) == (0, None)
