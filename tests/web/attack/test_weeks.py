"""Weeks by group: what one measure is asked, less what another one is.

A team chooses grades and groups of its live measures as it likes, as often as it likes,
and so does another team of the same school. The attacker here has all of their weeks.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

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
FROM, UNTIL = dt.date(2025, 3, 3), dt.date(2025, 3, 17)
GROUPS = [
    group.code
    for family in ("race_ethnicity", "gender", "english_learner")
    for group in FAMILIES[family].groups
    if group.code not in {"not_reported", "not_english_learner"}
]
GRADES = ["09", "10", "11", "12"]


@pytest.fixture
def told(db_district, cast):
    """Weeks that teams of the school read: by grade, group and day."""
    cycle = make_cycle(cast)
    cycle.measures.all().delete()
    for name in ("", *GRADES):
        measure = CycleMeasure.objects.create(
            cycle=cycle,
            name=name or "all",
            kind=MeasureKind.LIVE,
            indicator="weekly_absence",
            school_id=cycle.school_id,
            grades=[name] if name else [],
            groups=GROUPS,
            counted_from=FROM,
            by=cast["teacher"],
        )
        renew(measure)
    return {
        (one.name, series.group, week.on): week.size
        for one in watched(cycle, team=True)
        for series in (read.series for read in one.reading.series)
        for week in series.weeks
        if week.count is not None
    }


@pytest.fixture
def truth(db_district, cast):
    """How many students stand behind each of them."""
    school = make_cycle(cast).school_id
    found: dict[tuple[str, str, dt.date], int] = defaultdict(int)
    families = {
        group.code: family.code
        for family in FAMILIES.values()
        for group in family.groups
        if family.code != "race_any"
    }
    for name in ("", *GRADES):
        ask = WeeklyAsk(
            school_id=school,
            grades=(name,) if name else (),
            groups=tuple((families[code], code) for code in GROUPS),
            first=FROM,
            last=UNTIL,
        )
        for row in week_sums(
            Weekly.ABSENCE,
            db_district.snapshot,
            ask,
            as_of=db_district.as_of,
            settings=DistrictSettings(),
        ):
            found[name or "all", row.group, row.week_on] = row.students
    return found


def test_no_small_group_is_the_difference_of_two_measures(told, truth):
    looked = 0
    for on in (FROM, UNTIL):
        for group in ("", *GROUPS):
            shown = [name for name in GRADES if (name, group, on) in told]
            if ("all", group, on) not in told:
                continue
            assert truth["all", group, on] >= FEW
            left = truth["all", group, on] - sum(truth[n, group, on] for n in shown)
            assert not 0 < left < FEW, (group, on)
            looked += bool(shown)
        for name in ("all", *GRADES):
            races = [one.code for one in FAMILIES["race_ethnicity"].groups]
            shown = [one for one in races if (name, one, on) in told]
            if (name, "", on) in told:
                left = truth[name, "", on] - sum(truth[name, one, on] for one in shown)
                assert not 0 < left < FEW, (name, on)
    assert looked > 4, "the attack needs something to take away from"


def test_of_a_hidden_week_no_number_is_kept(told, truth):
    for row in CycleMeasure.objects.latest("pk").weeks.filter(size=None):
        assert (row.count, row.students) == (0, None)
    small = [key for key, students in truth.items() if 0 < students < FEW]
    assert small
    assert not set(small) & set(told)
