"""What is planted in an invented district's records is found on the way to a review."""

from __future__ import annotations

import datetime as dt

import pytest

from evenrise.findings.finding import Certainty, Kind
from evenrise.findings.review import make_review, names_of
from evenrise.indicators.registry import INDICATORS
from evenrise.publishing.reviewing.facts import about, computed, named
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import SnapshotStore
from evenrise.statistics.small_numbers import protect
from evenrise.synthetic.district import build_district
from evenrise.synthetic.names import DISTRICT_CODE
from evenrise.synthetic.truths import Role
from evenrise.vocabulary.progress import Silent


CELL = ("indicator", "school_year", "organization_id", "group_family", "group")
AS_OF = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A district of 3,000 students, its truths and its review."""
    folder = tmp_path_factory.mktemp("planted")
    records = folder / "records"
    truths = build_district(
        records, students=3_000, seed=1, as_of=AS_OF, progress=Silent()
    )
    settings = DistrictSettings()
    options = ImportOptions(as_of=AS_OF, settings=settings)
    store = SnapshotStore(folder / "store")
    report = import_paths([records], store=store, options=options, progress=Silent())
    facts, students = computed(report.snapshot, AS_OF, settings, Silent())
    organizations = report.snapshot.organizations()
    # Without the last attack on what is hidden: it takes longer than all the rest, and
    # what is asked here is whether the review tells what is planted.
    mine = about(named(facts, organizations), DISTRICT_CODE)
    protected = protect(mine, effort=0.0)
    review = make_review(
        protected,
        district_id=DISTRICT_CODE,
        as_of=AS_OF,
        indicators=INDICATORS,
        names=names_of(organizations),
        students=students,
    )
    return truths, review, protected


@pytest.mark.slow
def test_the_planted_bright_spot_is_found_and_stands_on_the_first_page(built):
    truths, review, _ = built
    planted = truths["bright_spot"].school(Role.BRIGHT_SPOT)
    found = [one for one in review.findings if one.kind is Kind.BRIGHT_SPOT]
    assert found
    assert {one.organization_id for one in found} == {planted}
    assert any(one.kind is Kind.BRIGHT_SPOT for one in review.main)


@pytest.mark.slow
def test_alike_students_and_main_gaps_are_told(built):
    _, review, _ = built
    kinds = {
        one.kind for one in review.findings if one.certainty is Certainty.DIFFERENT
    }
    assert {Kind.ENVIRONMENT, Kind.BRIGHT_SPOT} <= kinds
    # Alike students are compared, or it is said why they could not be.
    made = {one.kind for one in review.findings}
    left = {one.kind for one in review.not_run}
    assert (Kind.ALIKE_STUDENTS in made) != (Kind.ALIKE_STUDENTS in left)
    assert Kind.BRIGHT_SPOT not in left


@pytest.mark.slow
def test_no_hidden_cell_is_told(built):
    _, review, protected = built
    hidden = {
        tuple(r[part] for part in CELL)
        for r in protected.table.to_pylist()
        if r["status"] == "suppressed"
    }
    kinds = (Kind.ALIKE_STUDENTS, Kind.BRIGHT_SPOT, Kind.ENVIRONMENT)
    for one in review.findings:
        if one.kind not in kinds and not one.details.get("model"):
            continue
        for row in one.evidence:
            name = dict(row.reference_to)
            if not name:
                continue
            cell = tuple(name[part] for part in CELL)
            if cell in hidden:
                assert row.estimate.value is None
                assert row.numerator is None
        whole = (one.indicator, one.school_year, one.organization_id, "all", "all")
        if one.kind is Kind.BRIGHT_SPOT and whole in hidden:
            assert one.estimate.value is None
