"""Planted supports are called what they are, on the way from files to a reading."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from evenrise.findings.support_effects.assemble import Given
from evenrise.findings.support_effects.effects import Menu, read_effects
from evenrise.findings.support_effects.reading import Doubt, Verdict
from evenrise.indicators.flags.measures import Domain
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.snapshots import SnapshotStore
from evenrise.synthetic.district import build_district, supports_path
from evenrise.synthetic.support_files import read_given
from evenrise.vocabulary.progress import Silent
from tests.support.examples import NIGHT


AS_OF = dt.date(2026, 7, 1)
CLUB = (Verdict.CANNOT_TELL, Verdict.NO_USEFUL_DIFFERENCE)


def readings(folder, students, seed):
    records = folder / "records"
    build_district(
        records, students=students, seed=seed, as_of=AS_OF, progress=Silent()
    )
    report = import_paths(
        [records],
        store=SnapshotStore(folder / "store"),
        options=ImportOptions(as_of=AS_OF),
        progress=Silent(),
    )
    given = Given(*read_given(supports_path(records)))
    found = read_effects(report.snapshot, given, AS_OF)
    return report.snapshot, given, {one.support: one for one in found}


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The size and the seed of the demonstration."""
    return readings(tmp_path_factory.mktemp("large"), 12_000, 1)


@pytest.mark.parametrize("seed", [1, 2, 3] if NIGHT else [2])
def test_three_planted_supports_are_told_apart(tmp_path, seed) -> None:
    _, _, found = readings(tmp_path, 3_000, seed)
    assert found["check_in"].verdict is Verdict.HELPS
    assert found["homework_club"].verdict in CLUB
    assert found["honors_lunch"].verdict is Verdict.NOT_COMPARABLE
    assert found["honors_lunch"].doubt is Doubt.UNALIKE


def test_the_demonstrations_supports_are_told_apart(large) -> None:
    _, _, found = large
    assert {key: one.verdict for key, one in found.items()} == {
        "check_in": Verdict.HELPS,
        "homework_club": Verdict.CANNOT_TELL,
        "honors_lunch": Verdict.NOT_COMPARABLE,
    }
    club = found["homework_club"]
    # It names the smallest effect that these numbers could have shown.
    assert club.smallest > club.useful
    assert club.more > 0
    check_in = found["check_in"]
    assert all(abs(one.after) < 0.1 for one in check_in.balance)
    # Plainly compared with all others, most of what it does is hidden.
    assert check_in.naive > check_in.effect.value / 4
    # A number that may not be compared is told nowhere.
    lunch = found["honors_lunch"].as_json()
    assert lunch["naive"] is lunch["effect"]["value"] is lunch["smallest"] is None


def test_asking_between_looks_changes_nothing(large) -> None:
    snapshot, given, found = large
    later = read_effects(snapshot, given, dt.date(2026, 11, 22))
    assert {one.support: one.effect for one in later} == {
        key: one.effect for key, one in found.items()
    }


def test_what_comes_after_the_look_changes_nothing(large) -> None:
    """January's answer is the same, whether the spring is known or not."""
    snapshot, given, _ = large
    january = dt.date(2026, 2, 10)
    known = given.begins_on <= np.datetime64(january)
    then = read_effects(snapshot, given.where(known), january)
    now = read_effects(snapshot, given, january)
    # The draw of comparable students hangs on supports known by the look only.
    assert [one.verdict for one in then] == [one.verdict for one in now]
    assert [one.effect for one in then] == [one.effect for one in now]


def test_judged_by_marks_the_useless_and_the_strongest_stay_what_they_are(
    large,
) -> None:
    """As the workspace judges them: both are for courses on the menu."""
    snapshot, given, found = large
    courses = dict.fromkeys(("homework_club", "honors_lunch"), Domain.COURSE)
    by_marks = read_effects(snapshot, given, AS_OF, Menu(domains=courses))
    told = {one.support: one for one in by_marks}
    assert told["check_in"] == found["check_in"]
    assert told["homework_club"].verdict in CLUB
    assert "failing" in told["homework_club"].measured.name.en
    assert told["honors_lunch"].verdict is Verdict.NOT_COMPARABLE
