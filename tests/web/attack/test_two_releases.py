"""Two releases one after the other, read over HTTP as anybody may: what do they tell?

Between them little changes: a student leaves, another's year is told otherwise. Whoever
kept the first file and takes the second must learn neither. The same search as in
`test_subtraction.py`, over both releases at once.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from evenrise.config.home import Home
from evenrise.indicators.compute import compute_facts
from evenrise.publishing.page_store.prepare import prepare_pages
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot, SnapshotStore
from evenrise.vocabulary.groups import PAIR
from evenrise.vocabulary.progress import Silent
from evenrise.workspace.data.standing import make_current
from evenrise.workspace.reports import actions, releasing
from evenrise.workspace.reports.models import Release
from tests.support.sparing import gate_spared
from tests.web.attack.test_subtraction import (
    FEW,
    LARGEST,
    Key,
    _key,
    _sums,
    _worked_out,
)


pytestmark = pytest.mark.django_db
Told = dict[Key, dict[str, str]]


def _read(client) -> Told:
    """The feed as a stranger takes it."""
    content = client.get("/feeds/facts.csv").getvalue().decode()
    return {_key(row): row for row in csv.DictReader(io.StringIO(content))}


def _truth(snapshot: Snapshot, as_of) -> dict[Key, tuple[float, float]]:
    facts = compute_facts(snapshot, as_of=as_of, settings=DistrictSettings())
    return {
        _key(row): (row["numerator"], row["denominator"])
        for row in facts.to_pylist()
        if row["origin"] == "computed"
        and PAIR not in row["group_family"]
        and row["numerator"] is not None
        and row["denominator"] is not None
    }


def _change(folder: Path) -> None:
    """One student of this year is gone; another was removed from class once more."""
    with (folder / "enrollments.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    latest = max(row["school_year"] for row in rows)
    now = [row for row in rows if row["school_year"] == latest]
    gone, removed = now[7]["student_id"], now[40]
    for path in folder.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if gone not in line]
        path.write_text("".join(kept), encoding="utf-8")
    with (folder / "incidents.csv").open("a", encoding="utf-8") as file:
        student, school = removed["student_id"], removed["school_id"]
        file.write(f"I99999999,{student},{school},{latest}-02-03,disruption,")
        file.write("out_of_school_suspension,1\n")


@pytest.fixture
def two(released, cast, client, district, tmp_path):
    """Both releases as read by a stranger, and the truth behind each."""
    first = _read(client)
    home = Home(tmp_path / "store")
    shutil.copytree(district.home.store, home.store)
    shutil.copytree(district.records, tmp_path / "records")
    _change(tmp_path / "records")
    before, settings.HOME = settings.HOME, home
    try:
        report = import_paths(
            [tmp_path / "records"],
            store=SnapshotStore(home.store),
            options=ImportOptions(as_of=district.as_of, allow_removal=True),
            progress=Silent(),
        )
        assert report.snapshot is not None
        assert report.snapshot.id != district.snapshot.id
        with gate_spared():
            prepare_pages(
                report.snapshot,
                target=home.pages / f"{report.snapshot.id}.sqlite",
                as_of=district.as_of,
                settings=DistrictSettings(),
                district=None,
                report=report,
                progress=Silent(),
            )
        make_current(report.snapshot, as_of=district.as_of, by=None)
        again = actions.propose_figures(person=cast["steward"])
        releasing.prepare_figures.call(again.pk)
        again = Release.objects.get(pk=again.pk)
        lead = cast["superintendent"]
        actions.approve(person=lead, release=again, content=again.content)
        releasing.publish_figures(person=lead, release=again)
        second = _read(client)
        truths = [
            _truth(one, district.as_of) for one in (district.snapshot, report.snapshot)
        ]
    finally:
        settings.HOME = before
    return (first, second), truths


def test_two_releases_tell_no_more_than_one(two):
    told, truths = two
    moved = {
        key
        for key in truths[0]
        if key in truths[1] and truths[0][key] != truths[1][key]
    }
    assert len(moved) > 10
    _differences_are_not_few_students(told, moved)
    attacked = 0
    by_year: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in truths[0]:
        if key in truths[1]:
            by_year[key[:2]].append(key)
    for keys in by_year.values():
        if len(keys) <= LARGEST // 2:
            attacked += _search(keys, told, truths)
    assert attacked > 500


def _differences_are_not_few_students(told, moved):
    """No number of the first release stands in the second, changed by a few."""
    for key in moved:
        rows = [one.get(key, {}) for one in told]
        for name in ("numerator", "denominator"):
            cells = [row.get(name, "") for row in rows]
            if all(cells):
                before, after = map(float, cells)
                assert before == after or abs(after - before) >= FEW, (key, name)


def _tells(one: Told, key: Key, name: str, true: float) -> bool:
    """Whether a release tells a number; one kept from an earlier day tells another."""
    cell = one.get(key, {}).get(name, "")
    return cell != "" and float(cell) == true


def _search(keys: list[Key], told, truths) -> int:
    """A number that is not the same in both releases is an unknown of its own."""
    sums = _sums(keys)
    attacked = 0
    for place, name in enumerate(("numerator", "denominator")):
        numbers = [np.array([truth[key][place] for key in keys]) for truth in truths]
        others = [np.array([truth[key][1] for key in keys]) for truth in truths]
        if place == 0 and any(
            (x > n).any() or (x != x.round()).any()
            for x, n in zip(numbers, others, strict=True)
        ):
            continue  # days, not students
        known = [
            np.array(
                [_tells(one, key, name, x) for key, x in zip(keys, true, strict=True)]
            )
            for one, true in zip(told, numbers, strict=True)
        ]
        same = numbers[0] == numbers[1]
        # One unknown where the two are one number, else one for each release.
        size = len(keys)
        at = [np.arange(size), np.where(same, np.arange(size), np.arange(size) + size)]
        all_known = np.ones(2 * size, dtype=bool)
        all_known[at[0]] = known[0]
        all_known[at[1]] = np.where(same, known[0] | known[1], known[1])
        values = np.concatenate(numbers)
        both = []
        for which in (0, 1):
            both += [
                ([int(at[which][m]) for m in members], int(at[which][whole]))
                for members, whole in sums
                if numbers[which][members].sum() == numbers[which][whole]
            ]
        wide = [*keys, *keys]
        attacked += int((~all_known).sum())
        for found in _worked_out(wide, all_known, both):
            assert values[found] >= FEW, (wide[found], name)
    return attacked
