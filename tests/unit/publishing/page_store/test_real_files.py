"""The published files of a real district: what the pages say is what the file says."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from evenrise.publishing.page_store.prepare import prepare_pages
from evenrise.records.importing import ImportOptions, import_paths
from evenrise.records.snapshots import SnapshotStore
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.progress import Silent
from tests.support.paths import real_data


AS_OF = dt.date(2026, 11, 22)
GROUPS = {
    "TA": ("all", "all"),
    "SE": ("disability", "disability"),
    "SD": ("low_income", "low_income"),
    "EL": ("english_learner", "english_learner"),
    "RB": ("race_ethnicity", "black"),
}


def test_suspensions_of_santa_monica_malibu(tmp_path):
    folder = real_data("ca_smmusd_suspension_2019-24")
    report = import_paths(
        [folder],
        store=SnapshotStore(tmp_path / "store"),
        options=ImportOptions(as_of=AS_OF),
        progress=Silent(),
    )
    assert report.snapshot is not None
    pages = prepare_pages(
        report.snapshot, target=tmp_path / "p.sqlite", as_of=AS_OF, report=report
    )
    facts = {
        (
            one.organization.organization_id[-7:],
            one.school_year,
            one.group_family,
            one.group,
        ): one
        for one in pages.facts("suspension", level="school")
    }
    seen = hidden = 0
    left_out = set()
    path = folder / "smmusd_suspension_by_group.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["subgroup_code"] not in GROUPS:
                continue
            name = (
                row["school_code"].zfill(7)[-7:],
                int(row["academic_year"][:4]) + 1,
                *GROUPS[row["subgroup_code"]],
            )
            if name not in facts:
                left_out.add(name)
                continue
            one = facts[name]
            trace = pages.trace(one)
            assert trace.file is not None
            assert trace.file.endswith(path.name)
            assert trace.row is not None
            if row["rate"] == "":
                assert one.numerator is one.estimate.value is None
                hidden += 1
            elif not one.in_question:
                assert one.numerator == float(row["unduplicated_suspensions"])
                assert one.denominator == float(row["cumulative_enrollment"])
            seen += 1
    assert not left_out, left_out
    assert seen > 200
    assert hidden > 5
    assert len(pages.schools()) > 10
    pages.close()
    with pytest.raises(ArgumentProblem, match="name no districts"):
        prepare_pages(
            report.snapshot,
            target=tmp_path / "other.sqlite",
            as_of=AS_OF,
            district="Nowhere Unified",
        )
    assert not (tmp_path / "other.sqlite").exists()
